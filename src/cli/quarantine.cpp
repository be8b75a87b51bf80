// puntual quarantine show | lift: after a restore nothing is sent until a person says until when was sent before.
#include <cstdio>

#include "app/quarantine_job.h"
#include "cli/deployment.h"
#include "cli/remote.h"
#include "cli/words.h"

namespace puntual::cli {
namespace {

std::string_view why_es(std::string_view why) {
  if (why == "restored") return "la base de datos se restauró de una copia";
  if (why == "older_database") return "la base de datos es más vieja que lo que este servidor ya había hecho";
  if (why == "failover") return "otra base de datos tomó el lugar de la anterior, y pudo perder lo último";
  return "no se pudo leer por qué";
}

Result<int> run_show(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const auto quarantine, deployment->store->read([](Tx& tx) { return engine::quarantine_of(tx); }));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(quarantine_json(quarantine)).c_str());
    return quarantine ? kUnsafe : kOk;
  }
  if (!quarantine) {
    std::printf("No hay cuarentena: los envíos siguen su curso.\n");
    return kOk;
  }
  const Zone zone = Zone::of(deployment->config.creditor.zone);
  std::printf("EN CUARENTENA desde el %s: %s.\nNo se envía nada a nadie; lo que llega sí se atiende.\n", moment_text(quarantine->since, zone).c_str(),
              std::string(why_es(quarantine->why)).c_str());
  if (quarantine->known_to) std::printf("El servidor todavía trabajaba el %s: pudo enviar por lo menos hasta entonces.\n", moment_text(*quarantine->known_to, zone).c_str());
  std::printf("\nAntes de levantarla: importe la cartera y los pagos más recientes, para que nadie reciba un cobro que ya pagó.\n"
              "Después diga hasta cuándo pudo haber enviado el servidor perdido:\n"
              "  puntual quarantine lift --sent-until AAAA-MM-DDTHH:MM --by 'quién lo dice, y cómo lo sabe'\n");
  return kUnsafe;
}

Result<int> run_lift(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post("/v1/quarantine/lift", {{"sent_until", arguments.text("--sent-until")}, {"by", arguments.text("--by")}},
                                          "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(answer, run_lift_job(*deployment->store, *deployment->desk, config.creditor, arguments.text("--sent-until"), arguments.text("--by"),
                                          deployment->clock.now()));
  }
  if (arguments.has("--json")) {
    std::printf("%s\n", answer.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const auto document, parse_json(answer));
  const auto number = [&](std::string_view name) { return static_cast<long long>(member_int(document, name).value_or(0)); };
  std::printf("Fin de la cuarentena: los envíos siguen.\nA %lld personas quizá se les escribió: cuenta como contacto y no se les repite.\n"
              "Mensajes que ya no se envían: %lld.\n", number("people"), number("cancelled"));
  return kOk;
}

}  // namespace

Command quarantine_show_command() {
  return {.name = "quarantine show",
          .summary = "Is sending in quarantine after a restore, and why; exit code 6 if so",
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .run = run_show};
}

Command quarantine_lift_command() {
  return {.name = "quarantine lift",
          .summary = "Send again: what the lost server may have said until then counts as said",
          .options = with_deployment_options({{"--sent-until", "MOMENT", "Until when the lost server may have sent; 2026-11-22T10:00 is the creditor's time", true},
                                              {"--by", "TEXT", "Who says so, and how they know", true},
                                              {"--json", "", "As one JSON object"}}),
          .examples = "  puntual quarantine lift --sent-until 2026-11-22T10:00 --by 'Marta Ruiz, por el registro del servidor'\n",
          .run = run_lift};
}

}  // namespace puntual::cli
