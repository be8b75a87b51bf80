// puntual charges show | check | confirm: what the law lets one charge for paying late, and who
// vouches for these figures.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/durable_file.h"
#include "base/embedded.h"
#include "base/json.h"
#include "cli/deployment.h"

namespace puntual::cli {
namespace {

std::string country_of(const Arguments& arguments, const Config& config) {
  std::string country = arguments.text("COUNTRY");
  for (char& c : country) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return country.empty() ? config.creditor.country : country;
}

std::string ceiling_text(const Ceiling& one) {
  return fmt::format(
      "  {:<24} {} a {}  {:<28} {}", one.credit, format_date(one.from), format_date(one.to),
      one.rate ? charges::rate_es(charges::text_of(*one.rate)) : "sin techo: lo pactado", one.law);
}

json::object table_json(const ChargeTable& table) {
  json::array ceilings;
  for (const auto& one : table.ceilings) {
    ceilings.push_back(
        {{"credit", one.credit},
         {"from", format_date(one.from)},
         {"to", format_date(one.to)},
         {"rate", one.rate ? json::value(charges::text_of(*one.rate)) : json::value(nullptr)},
         {"law", one.law}});
  }
  json::array order;
  for (const auto part : table.order) order.emplace_back(text_of(part));
  return {{"country", table.country},
          {"version", table.version},
          {"currency", table.currency},
          {"order", std::move(order)},
          {"ceilings", std::move(ceilings)},
          {"collection_cost", table.costs ? json::value(table.costs->law) : json::value(nullptr)},
          {"confirmed_by",
           table.is_confirmed() ? json::value(table.confirmed_by) : json::value(nullptr)},
          {"confirmed_until", table.is_confirmed() ? json::value(format_date(table.confirmed_until))
                                                   : json::value(nullptr)}};
}

void print_rules(const ChargeRules& rules) {
  const auto until = rules.table.known_until(rules.terms.credit, rules.terms.since);
  std::printf(
      "Se cobra lo pactado en «%s»: %s, desde el %s, con %d días de gracia, como «%s».\n",
      rules.evidence.c_str(), charges::rate_es(charges::text_of(rules.terms.agreed)).c_str(),
      format_date(rules.terms.since).c_str(), rules.terms.grace_days, rules.terms.credit.c_str());
  std::printf(
      "%s\n",
      until ? fmt::format("Se calcula hasta el {}; para seguir, agregue las tasas y confírmelas.",
                          format_date(*until))
                  .c_str()
            : "No se calcula nada: nadie ha confirmado la tasa de esos días.");
}

Result<int> show_charges(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const ChargeTable table,
                   charge_table_of(config.charges.tables_dir, country_of(arguments, config)));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(table_json(table)).c_str());
    return kOk;
  }
  std::printf("%s  %s\n", table.version.c_str(),
              table.is_confirmed()
                  ? fmt::format("confirmada por {} el {}, hasta el {}", table.confirmed_by,
                                format_date(table.confirmed_on), format_date(table.confirmed_until))
                        .c_str()
                  : "sin confirmar: no rige (puntual charges confirm)");
  for (const auto& one : table.ceilings) std::printf("%s\n", ceiling_text(one).c_str());
  if (table.costs) {
    std::printf("  %s desde el día %d de atraso; %s%s\n",
                charges::costs_name({.costs_name = table.costs->name}, "es").c_str(),
                table.costs->first_day, table.costs->law.c_str(),
                table.costs->needs_units() && table.costs->units.empty()
                    ? fmt::format("; falta el valor de la {}", table.costs->unit).c_str()
                    : "");
  }
  if (!table.order_law.empty()) std::printf("  un pago va: %s\n", table.order_law.c_str());
  if (table.country != config.creditor.country) return kOk;
  if (config.charges.rules)
    print_rules(*config.charges.rules);
  else
    std::printf("No se cobra nada por pagar tarde: falta [charges] en los ajustes.\n");
  return kOk;
}

Result<int> check_charges(const Arguments& arguments) {
  const std::string path = arguments.text("FILE");
  ASSIGN_OR_RETURN(const std::string text, read_file(path));
  ASSIGN_OR_RETURN(const ChargeTable table, charges::read_table(text, path));
  std::printf("%s: correcto, %s con %zu tasas%s\n", path.c_str(), table.version.c_str(),
              table.ceilings.size(),
              table.is_confirmed()
                  ? fmt::format(", confirmada por {} hasta el {}", table.confirmed_by,
                                format_date(table.confirmed_until))
                        .c_str()
                  : ", sin confirmar");
  return kOk;
}

// Writes the deployment's own table: the text of the one in use, with who vouches for it below.
Result<int> confirm_charges(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  const std::string country = country_of(arguments, config),
                    path = charge_table_path(config.charges.tables_dir, country);
  ASSIGN_OR_RETURN(const CivilDate until, parse_date(arguments.text("--until")));
  ASSIGN_OR_RETURN(const ChargeTable table, charge_table_of(config.charges.tables_dir, country));
  const bool speaks = std::ranges::any_of(table.ceilings,
                                          [&](const Ceiling& one) {
                                            return one.from <= until && until <= one.to;
                                          }) ||
                      (table.costs && !table.costs->units.empty());
  if (!speaks)
    return fail(ErrorCode::Conflict,
                "the table of {} says nothing of {}: add that day's rate to {} first", country,
                arguments.text("--until"), path);
  std::string text;
  if (std::filesystem::exists(path)) {
    ASSIGN_OR_RETURN(text, read_file(path));
  } else {
    text = embedded_file(
               fmt::format("data/charges/{}", std::filesystem::path(path).filename().string()))
               .value_or("");
  }
  Clock clock;
  const CivilDate today = Zone::of(config.creditor.zone).local(clock.now()).date;
  const std::string confirmed =
      charges::confirmed_text(text, {.by = arguments.text("--by"), .on = today, .until = until});
  RETURN_IF_ERROR(charges::read_table(confirmed, path));
  std::error_code error;
  std::filesystem::create_directories(config.charges.tables_dir, error);
  RETURN_IF_ERROR(write_durably(path, confirmed));
  std::printf("%s: confirmada por %s hasta el %s. Rige cuando el servidor arranque de nuevo.\n",
              path.c_str(), arguments.text("--by").c_str(), format_date(until).c_str());
  return kOk;
}

}  // namespace

std::vector<Command> charges_commands() {
  return {
      {.name = "charges show",
       .summary = "What the law lets one charge for paying late, who vouches for it and until "
                  "when; what is charged here",
       .positionals = {"[COUNTRY]"},
       .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
       .run = show_charges},
      {.name = "charges check",
       .summary = "Check a table of one's own (xx.toml); every mistake with its line",
       .positionals = {"FILE"},
       .run = check_charges},
      {.name = "charges confirm",
       .summary = "Vouch for the table of a country up to a day: without that nothing is computed",
       .positionals = {"[COUNTRY]"},
       .options =
           with_deployment_options({{"--by", "NAME", "Who has looked the figures up", true},
                                    {"--until", "DATE", "The last day they are sure of", true}}),
       .examples = "  puntual charges confirm CO --by ana --until 2026-12-31\n",
       .run = confirm_charges}};
}

}  // namespace puntual::cli
