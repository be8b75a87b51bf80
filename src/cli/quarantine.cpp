// puntual quarantine show | raise | lift: after a restore nothing is sent until a person says until
// when was sent before.
#include <cstdio>

#include "app/quarantine_job.h"
#include "app/words.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

std::string_view why_es(std::string_view why) {
  if (why == "restored") return "la base de datos se restauró de una copia";
  if (why == "older_database")
    return "la base de datos es más vieja que lo que este servidor ya había hecho";
  if (why == "failover")
    return "otra base de datos tomó el lugar de la anterior, y pudo perder lo último";
  if (why == "unreadable") return "no se pudo leer por qué";
  return why;  // The words of whoever raised it.
}

Result<int> run_show(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const auto quarantine,
                   deployment->store->read([](Tx& tx) { return engine::quarantine_of(tx); }));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(quarantine_json(quarantine)).c_str());
    return quarantine ? kUnsafe : kOk;
  }
  if (!quarantine) {
    std::printf("No hay cuarentena: los envíos siguen su curso.\n");
    return kOk;
  }
  const Zone zone = Zone::of(deployment->config.creditor.zone);
  std::printf(
      "EN CUARENTENA desde el %s: %s.\nNo se envía nada a nadie; lo que llega sí se atiende.\n",
      moment_text(quarantine->since, zone).c_str(), std::string(why_es(quarantine->why)).c_str());
  if (quarantine->known_to)
    std::printf("El servidor todavía trabajaba el %s: pudo enviar por lo menos hasta entonces.\n",
                moment_text(*quarantine->known_to, zone).c_str());
  std::printf(
      "\nAntes de levantarla: importe la cartera y los pagos más recientes, para que nadie reciba "
      "un cobro que ya pagó.\n"
      "WhatsApp no repite lo que el servidor perdido ya escuchó. Busque en WhatsApp Manager o en "
      "el registro de ese servidor quién pidió\n"
      "que no le escriban y qué números eran de otra persona, y anótelos:\n"
      "  puntual person stop PERSONA --why 'pidió la baja el 22/11'\n"
      "  puntual person number PERSONA wrong\n"
      "Después diga hasta cuándo pudo haber enviado el servidor perdido:\n"
      "  puntual quarantine lift --sent-until AAAA-MM-DDTHH:MM --by 'quién lo dice, y cómo lo "
      "sabe'\n");
  return kUnsafe;
}

Result<int> run_raise(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    RETURN_IF_ERROR(remote->post("/v1/quarantine/raise",
                                 {{"why", arguments.text("--why")}, {"by", arguments.text("--by")}},
                                 "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    RETURN_IF_ERROR(run_raise_job(*deployment->store, arguments.text("--why"),
                                  arguments.text("--by"), deployment->clock.now()));
  }
  std::printf(
      "En cuarentena: no se envía nada a nadie. Qué hacer ahora: puntual quarantine show\n");
  return kOk;
}

Result<int> run_lift(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post("/v1/quarantine/lift",
                                          {{"sent_until", arguments.text("--sent-until")},
                                           {"by", arguments.text("--by")}},
                                          "application/json", "{}"));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(answer, run_lift_job(*deployment->store, *deployment->desk, config.creditor,
                                          arguments.text("--sent-until"), arguments.text("--by"),
                                          deployment->clock.now()));
  }
  if (arguments.has("--json")) {
    std::printf("%s\n", answer.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const auto document, parse_json(answer));
  const auto number = [&](std::string_view name) {
    return static_cast<long long>(member_int(document, name).value_or(0));
  };
  std::printf(
      "Fin de la cuarentena: los envíos siguen.\nA %lld personas quizá se les escribió: cuenta "
      "como contacto y no se les repite.\n"
      "Mensajes que ya no se envían: %lld.\n",
      number("people"), number("cancelled"));
  return kOk;
}

}  // namespace

Command quarantine_show_command() {
  return {.name = "quarantine show",
          .summary = "Is sending in quarantine after a restore, and why; exit code 6 if so",
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .run = run_show};
}

Command quarantine_raise_command() {
  return {
      .name = "quarantine raise",
      .summary =
          "Stop all sending, since the database may not know what was sent: pg_dump, a disk's "
          "snapshot",
      .options = with_deployment_options({{"--why", "TEXT", "What happened to the database", true},
                                          {"--by", "LOGIN", "Who says so"}}),
      .examples =
          "  puntual quarantine raise --why 'la base de datos volvió del pg_dump de las 03:00'\n",
      .run = run_raise};
}

Command quarantine_lift_command() {
  return {.name = "quarantine lift",
          .summary = "Send again: what the lost server may have said until then counts as said",
          .options = with_deployment_options(
              {{"--sent-until", "MOMENT",
                "Until when the lost server may have sent; 2026-11-22T10:00 is the creditor's time",
                true},
               {"--by", "TEXT", "Who says so, and how they know", true},
               {"--json", "", "As one JSON object"}}),
          .examples =
              "  puntual quarantine lift --sent-until 2026-11-22T10:00 --by 'Marta Ruiz, por el "
              "registro del servidor'\n",
          .run = run_lift};
}

}  // namespace puntual::cli
