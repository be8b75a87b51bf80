// puntual number confirm: the owner of the sending number allows it to be used for this creditor.
#include <cstdio>

#include "cli/deployment.h"
#include "cli/remote.h"
#include "engine/number_owner.h"

namespace puntual::cli {
namespace {

Result<int> run_number_confirm(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  const std::string owner = arguments.text("--owner"), by = arguments.text("--by");
  if (remote) {
    RETURN_IF_ERROR(remote->post("/v1/number/confirm", {{"owner", owner}, {"by", by}},
                                 "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) {
      return engine::confirm_owner(tx, creditor, owner, by, deployment->clock.now());
    }));
  }
  std::printf("Queda constancia: %s permite usar su número, según %s.\n", owner.c_str(),
              by.c_str());
  return kOk;
}

}  // namespace

Command number_confirm_command() {
  return {.name = "number confirm",
          .summary = "Record that the owner of the sending number allows it for this creditor",
          .options = with_deployment_options(
              {{"--owner", "NAME", "The owner, as whatsapp.number_owner has it", true},
               {"--by", "WHO", "Who confirms it for the owner, and how", true}}),
          .examples =
              "  puntual number confirm --owner 'Grupo Alameda' --by 'Marta Ruiz, correo del 3 de "
              "noviembre'\n",
          .run = run_number_confirm};
}

}  // namespace puntual::cli
