// puntual pause | resume: nothing is sent while paused; what comes in is still heard.
#include <cstdio>

#include "cli/deployment.h"

namespace puntual::cli {

Command pause_command() {
  return {.name = "pause",
          .summary = "Stop all sending at once; what comes in is still heard",
          .options = with_deployment_options({{"--why", "TEXT", "For whoever finds it paused", false, "by hand"}}),
          .run = [](const Arguments& arguments) -> Result<int> {
            ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::Write));
            RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) {
              tx.creditors.pause(deployment->config.creditor.id, deployment->clock.now(), arguments.text("--why"));
            }));
            std::printf("En pausa: no se enviará nada hasta «puntual resume».\n");
            return kOk;
          }};
}

Command resume_command() {
  return {.name = "resume",
          .summary = "Go on sending after a pause",
          .options = deployment_options(),
          .run = [](const Arguments& arguments) -> Result<int> {
            ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::Write));
            RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) { tx.creditors.resume(deployment->config.creditor.id); }));
            std::printf("Se reanudan los envíos.\n");
            return kOk;
          }};
}

}  // namespace puntual::cli
