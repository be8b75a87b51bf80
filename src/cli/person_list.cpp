// puntual person list: whom a person must look at.
#include <cstdio>

#include "app/words.h"
#include "base/json.h"
#include "base/phone.h"
#include "cli/deployment.h"

namespace puntual::cli {
namespace {

struct Advice {
  std::string_view why, es, remedy;
};
constexpr Advice kAdvice[] = {
    {"number_doubt", "contestó, y no se sabe si el número es suyo",
     "puntual person number {} confirm|wrong --evidence …"},
    {"number_silent", "no contesta si el número es suyo",
     "búsquele por otro camino; luego puntual person number {} confirm|wrong --evidence …"},
    {"stop_doubt", "quizás pidió que no se le escriba más",
     "puntual person stop {}, o puntual person allow {} --instrument … si pide que se le escriba"},
    {"stranger", "escribe desde un número que no conocemos",
     "léalo con puntual inbox show {}; si es alguien de su cartera, cargue el archivo con ese "
     "número o puntual person same {} …"},
    {"insolvency_told", "escribió que está en insolvencia",
     "puntual person unflag {} insolvency, si no es así"},
    {"death_told", "alguien escribió que falleció",
     "puntual person unflag {} deceased, si no es así"},
};

const Advice& advice_on(std::string_view why) {
  for (const auto& one : kAdvice) {
    if (one.why == why) return one;
  }
  return kAdvice[0];
}

std::string remedy_for(const Advice& advice, DebtorId id) {
  std::string text(advice.remedy);
  for (auto at = text.find("{}"); at != std::string::npos; at = text.find("{}"))
    text.replace(at, 2, std::to_string(id.value));
  return text;
}

Result<int> list_people(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Zone zone = Zone::of(creditor.zone);
  json::array waiting;
  RETURN_IF_ERROR(deployment->store->read([&](Tx& tx) {
    for (const auto& one : tx.attention.all(creditor.id)) {
      const auto debtor = tx.debtors.find(creditor.id, one.debtor_id);
      if (!debtor || debtor->erased_at) continue;
      const Advice& advice = advice_on(one.why);
      waiting.push_back(json::object{
          {"debtor", std::to_string(one.debtor_id.value)},
          {"name", debtor->name},
          {"phone", mask_phone(debtor->phone)},
          {"why", one.why},
          {"es", advice.es},
          {"remedy", remedy_for(advice, one.debtor_id)},
          {"since", one.since ? json::value(format_rfc3339(*one.since, zone.offset_at(*one.since)))
                              : json::value(nullptr)}});
    }
  }));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(json::object{{"waiting", waiting}}).c_str());
    return kOk;
  }
  if (waiting.empty()) std::printf("Nadie espera que una persona lo mire.\n");
  for (const auto& one : waiting) {
    const auto since = parse_rfc3339(text_in(one, "since"));
    std::printf("%s (%s): %s%s\n    %s\n", for_terminal(text_in(one, "name")).c_str(),
                text_in(one, "phone").c_str(), text_in(one, "es").c_str(),
                since ? (", desde el " + moment_text(*since, zone)).c_str() : "",
                text_in(one, "remedy").c_str());
  }
  return kOk;
}

}  // namespace

Command person_list_command() {
  return {.name = "person list",
          .summary =
              "Whom a person must look at: doubtful numbers, stops and deaths that the machine "
              "does not decide",
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .run = list_people};
}

}  // namespace puntual::cli
