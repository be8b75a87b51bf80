// puntual pause | resume: nothing is sent while paused; what comes in is still heard.
#include "engine/pause.h"

#include <cstdio>

#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

Result<int> set_pause(const Arguments& arguments, bool paused) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    RETURN_IF_ERROR(remote->post(paused ? "/v1/pause" : "/v1/resume",
                                 {{"why", arguments.text("--why")}}, "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) -> Result<void> {
      if (paused) {
        engine::pause_sending(tx, config.creditor.id, deployment->clock.now(),
                              arguments.text("--why"), "operator");
      } else {
        return engine::resume_sending(tx, config.creditor, deployment->clock.now());
      }
      return {};
    }));
  }
  std::printf("%s\n", paused ? "En pausa: no se enviará nada hasta «puntual resume»."
                             : "Se reanudan los envíos.");
  return kOk;
}

}  // namespace

Command pause_command() {
  return {.name = "pause",
          .summary = "Stop all sending at once; what comes in is still heard",
          .options = with_deployment_options(
              {{"--why", "TEXT", "For whoever finds it paused", false, "by hand"}}),
          .run = [](const Arguments& arguments) { return set_pause(arguments, true); }};
}

Command resume_command() {
  return {.name = "resume",
          .summary = "Go on sending after a pause",
          .options = deployment_options(),
          .run = [](const Arguments& arguments) { return set_pause(arguments, false); }};
}

}  // namespace puntual::cli
