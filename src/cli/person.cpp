// puntual person …, puntual contact record: what is known about a person, shown and changed.
#include <algorithm>
#include <cstdio>
#include <span>

#include "app/person_job.h"
#include "app/words.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

const Option kChannel{"--channel", "C", "whatsapp, sms, email, voice, visit, letter or all"};
const Option kInstrument{"--instrument", "TEXT",
                         "Where the proof is found: a form's number, a recording, a letter"};
const Option kAt{"--at", "WHEN",
                 "YYYY-MM-DD, or with time 2026-11-20T10:00:00-05:00; now when left out"};
const Option kRecordedJson{"--json", "", "What is recorded then, as one JSON object"};

// The name of an option as the field of the order: "--text-version" → "text_version".
std::string field_of(std::string_view option) {
  std::string name(option.substr(2));
  std::ranges::replace(name, '-', '_');
  return name;
}

json::object order_of(const Arguments& arguments, std::span<const Option> options) {
  json::object order{{"by", "operator"}};
  for (const auto& option : options) {
    if (!arguments.has(option.name)) continue;
    order[field_of(option.name)] =
        option.placeholder.empty() ? json::value(true) : json::value(arguments.text(option.name));
  }
  return order;
}

// "2026-11-24T09:00:00-05:00" as people say it: "mar 24 nov 2026"; empty when there is none.
std::string day_in(const json::value& item, std::string_view key) {
  const std::string at = text_in(item, key);
  const auto date = parse_date(std::string_view(at).substr(0, 10));
  return date ? fmt::format("{} {}", day_text(*date), at.substr(0, 4)) : at;
}

template <class Print>
void print_list(const json::value& person, std::string_view name, const char* title,
                Print&& print) {
  const auto* items = member_array(person, name);
  if (items == nullptr || items->empty()) return;
  std::printf("%s\n", title);
  for (const auto& item : *items) std::printf("  %s\n", for_terminal(print(item)).c_str());
}

// In Colombia only what was asked for apart from the contract, and after it, opens other hours.
std::string hours_effect(const json::value& wish) {
  if (!member_bool(wish, "narrows_only").value_or(false)) return {};
  std::string lacks;
  if (!member_bool(wish, "separate_instrument").value_or(false))
    lacks = "que conste fuera del contrato (--separate-instrument)";
  if (!member_bool(wish, "after_contract").value_or(false)) {
    lacks += std::string(lacks.empty() ? "" : " y ") +
             "que se haya pedido después de firmarlo (--after-contract)";
  }
  return fmt::format(
      ".\nNo surte efecto todavía para abrir otras horas: falta {}. Mientras tanto solo se le "
      "escribe cuando coinciden "
      "sus horas y las de la ley",
      lacks);
}

void print_person(const json::value& person) {
  const auto es = [](const json::value& item, std::string_view key) {
    return std::string(value_es(text_in(item, key)));
  };
  std::printf("%s (%s), registro %s: %s\n", for_terminal(text_in(person, "name")).c_str(),
              text_in(person, "phone").c_str(), text_in(person, "debtor").c_str(),
              es(person, "role").c_str());
  if (const auto* identity = member(person, "identity")) {
    const std::string evidence = es(*identity, "evidence");
    std::printf("Su número: %s%s\n", es(*identity, "state").c_str(),
                evidence.empty() ? ""
                                 : fmt::format(" ({} {})", evidence,
                                               for_terminal(text_in(*identity, "reference")))
                                       .c_str());
  }
  const auto id = [](const json::value& item) { return std::string(item.get_string()); };
  print_list(person, "same_person", "La misma persona en otros registros:", id);
  print_list(person, "same_phone", "Con el mismo teléfono:", id);
  print_list(person, "consents", "Autorizaciones:", [&](const json::value& item) {
    const std::string kind = es(item, "kind");
    return fmt::format("{} {} {} «{}»{}", day_in(item, "at"), es(item, "act"), es(item, "channel"),
                       text_in(item, "instrument"), kind.empty() ? "" : fmt::format(" ({})", kind));
  });
  print_list(person, "opt_outs", "Bajas:", [&](const json::value& item) {
    const std::string lifted = day_in(item, "lifted_at");
    const std::string words = text_in(item, "words");
    return fmt::format(
        "{} {} ({}){}{}", day_in(item, "at"), es(item, "channel"), es(item, "through"),
        words.empty() ? "" : fmt::format(" «{}»", words),
        lifted.empty() ? ""
                       : fmt::format("; levantada {} «{}»", lifted, text_in(item, "lifted_by")));
  });
  print_list(person, "flags", "Estado del caso:", [&](const json::value& item) {
    const std::string cleared = day_in(item, "cleared_at");
    return fmt::format("{} desde {} ({}){}", es(item, "flag"), day_in(item, "since"),
                       es(item, "through"), cleared.empty() ? "" : "; terminó " + cleared);
  });
  print_list(person, "hours", "Horario que pidió:", [](const json::value& item) {
    const std::string withdrawn = day_in(item, "withdrawn_at");
    return fmt::format("{} «{}»{}", text_in(item, "intervals"), text_in(item, "instrument"),
                       withdrawn.empty() ? hours_effect(item) : "; retirado " + withdrawn);
  });
  print_list(person, "attachments",
             "Archivos que envió (se bajan por la API):", [](const json::value& item) {
               const std::string state = text_in(item, "state");
               if (state == "kept")
                 return fmt::format("{} {} en {}", day_in(item, "at"), text_in(item, "file_type"),
                                    text_in(item, "file"));
               return fmt::format("{} {}", day_in(item, "at"),
                                  state == "wanted" ? "por descargar" : "no se pudo descargar");
             });
  if (!member_bool(person, "hours_leave_room").value_or(true)) {
    std::printf(
        "  Atención: en esas horas no cabe ningún recordatorio (necesita algo más de tres horas "
        "seguidas); no se le escribirá.\n");
  }
  const auto* now = member(person, "now");
  std::printf("Ahora mismo un recordatorio %s\n", member_bool(*now, "allowed").value_or(false)
                                                      ? "está permitido."
                                                      : "no está permitido:");
  print_list(*now, "reasons", "", [](const json::value& item) { return text_in(item, "es"); });
}

Result<int> print_answer(const Arguments& arguments, const std::string& answer) {
  if (arguments.has("--json")) {
    std::printf("%s\n", answer.c_str());
  } else {
    ASSIGN_OR_RETURN(const json::value person, parse_json(answer));
    print_person(person);
  }
  return kOk;
}

Result<int> show_person(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  ASSIGN_OR_RETURN(const std::string answer,
                   show_person_job(*deployment->store, deployment->desk->law, creditor,
                                   arguments.text("PERSON"), now));
  return print_answer(arguments, answer);
}

Result<int> change_person(const Arguments& arguments, std::string_view verb, json::object order) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  const std::string subject = arguments.text("PERSON");
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(
        answer, remote->post(fmt::format("/v1/debtors/{}/{}", Remote::escaped(subject), verb), {},
                             "application/json", to_json(order)));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(
        answer, run_person_job(*deployment->store, deployment->desk->law, creditor, subject, verb,
                               to_json(order), deployment->clock.now()));
  }
  return print_answer(arguments, answer);
}

// A verb whose second word, if it has one, is a field of the order as well.
Command verb_command(std::string_view name, std::string_view summary, std::vector<Option> options,
                     std::string_view examples = {}, std::string_view second = {},
                     std::string_view second_field = {}) {
  Command command{.name = name,
                  .summary = summary,
                  .positionals = {"PERSON"},
                  .options = {},
                  .examples = examples,
                  .run = {}};
  if (!second.empty()) command.positionals.push_back(second);
  const std::string_view spoken = name.substr(name.find(' ') + 1);
  const std::string_view verb = name == "contact record" ? "contact" : spoken;
  command.run = [verb, options, second, second_field](const Arguments& arguments) {
    json::object order = order_of(arguments, options);
    if (!second.empty()) order[second_field] = arguments.text(second);
    return change_person(arguments, verb, std::move(order));
  };
  options.push_back(kRecordedJson);
  command.options = with_deployment_options(std::move(options));
  return command;
}

}  // namespace

std::vector<Command> person_commands() {
  return {
      {.name = "person show",
       .summary = "What is recorded of a person: consents, stops, case, hours, role, and what the "
                  "gate says now",
       .positionals = {"PERSON"},
       .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
       .examples = "  puntual person show '+573001234567'   a phone, document, external id or id\n",
       .run = show_person},
      verb_command(
          "person stop",
          "The person does not want to be written to: holds at once, on every number of theirs",
          {kChannel, {"--why", "TEXT", "What they said, or where"}},
          "  puntual person stop 10203040 --why 'llamó el lunes'\n"),
      verb_command("person allow", "Lift a stop because the person asked for it later",
                   {kChannel, kInstrument, kAt},
                   "  puntual person allow 10203040 --instrument 'carta 118' --at 2026-11-20\n"),
      verb_command("person consent", "Record that the person authorised a channel",
                   {kChannel,
                    kInstrument,
                    {"--kind", "KIND", "contract, form, file, chat, letter or call"},
                    kAt,
                    {"--text-version", "TEXT", "Of the words they agreed to"}},
                   "  puntual person consent 10203040 --channel sms --kind form --instrument "
                   "'formulario 33'\n"),
      verb_command("person revoke", "Record that the person took an authorisation back",
                   {kChannel,
                    kInstrument,
                    {"--kind", "KIND", "contract, form, file, chat, letter or call"},
                    kAt}),
      verb_command(
          "person flag", "Record the state of the case; what is planned is cancelled",
          {{"--note", "TEXT", "Where it is known from"}, kAt},
          "  puntual person flag 10203040 deceased\n"
          "FLAG is disputed, served_in_court, insolvency, deceased or utility_claim_open\n",
          "FLAG", "flag"),
      verb_command("person unflag", "The state of the case has ended", {}, {}, "FLAG", "flag"),
      verb_command("person hours", "Record the hours that the person asked to be contacted in",
                   {{"--intervals", "TEXT", "Such as: lun-vie 09:00-12:00, sab 10:00-12:00"},
                    kInstrument,
                    kAt,
                    {"--separate-instrument", "", "It is not a clause of the contract"},
                    {"--after-contract", "", "It was asked for after the contract was signed"},
                    {"--names-sundays-holidays", "", "It names Sundays and holidays"},
                    {"--withdraw", "", "The wish no longer holds"}}),
      verb_command(
          "person role",
          "What the person is to the debt; only debtor, co_debtor and guarantor are written to", {},
          "ROLE is debtor, co_debtor, guarantor, third_party, reference, beneficiary, employer or "
          "minor\n",
          "ROLE", "role"),
      verb_command(
          "person number",
          "Say whose the number in use is, once a person has looked: theirs, or not",
          {{"--evidence", "TEXT", "How it is known: a call, a contract, a code"}},
          "  puntual person number 10203040 confirm --evidence 'llamada del 20 de noviembre'\n"
          "STATE is confirm or wrong; a wrong number is never written to again\n",
          "STATE", "state"),
      verb_command("person same",
                   "Two records are one person: history, caps, stops and the case count for both",
                   {}, {}, "OTHER", "with"),
      verb_command("person unlink", "A record stands for itself again", {}),
      verb_command(
          "contact record",
          "Tell of a call, visit, letter, SMS or e-mail made elsewhere: it counts like ours",
          {kChannel,
           kAt,
           {"--direction", "D", "out, or in when the person called"},
           {"--purpose", "P", "overdue, pre_due, reply …"}},
          "  puntual contact record 10203040 --channel voice\n"),
  };
}

}  // namespace puntual::cli
