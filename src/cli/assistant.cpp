// puntual assistant off | on: whether the language model of [assistant] is asked.
#include <cstdio>

#include "cli/deployment.h"
#include "cli/remote.h"
#include "engine/second_reading.h"

namespace puntual::cli {
namespace {

Result<int> switch_assistant(const Arguments& arguments, bool is_on) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    RETURN_IF_ERROR(remote->post(is_on ? "/v1/assistant/on" : "/v1/assistant/off", {},
                                 "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) {
      engine::switch_reader(tx, config.creditor.id, is_on, deployment->clock.now());
    }));
  }
  if (!is_on) {
    std::printf("Apagado: no se le pregunta nada al asistente hasta «puntual assistant on».\n");
  } else {
    std::printf("%s\n", config.assistant.url.empty()
                            ? "Permitido, pero no hay ninguno: llene [assistant] en puntual.toml."
                            : "Encendido.");
  }
  return kOk;
}

}  // namespace

Command assistant_off_command() {
  return {.name = "assistant off",
          .summary = "Ask the language model nothing from now on; everything else goes on",
          .options = deployment_options(),
          .run = [](const Arguments& arguments) { return switch_assistant(arguments, false); }};
}

Command assistant_on_command() {
  return {.name = "assistant on",
          .summary = "Ask the language model of [assistant] again",
          .options = deployment_options(),
          .run = [](const Arguments& arguments) { return switch_assistant(arguments, true); }};
}

}  // namespace puntual::cli
