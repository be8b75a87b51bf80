#include "app/charges_config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace puntual {
namespace {

Rate read_agreed(TomlTable& table) {
  static constexpr std::string_view kKinds[] = {"effective_annual", "nominal_annual", "monthly"};
  const std::string text = table.required_text("agreed_rate");
  Rate rate{.micro_percent = micro_of(text).value_or(-1),
            .kind = *rate_kind_of(table.choice("rate_kind", kKinds)),
            .day_basis = static_cast<int32_t>(table.integer("day_basis", 365, {360, 365}))};
  if (table.has("agreed_rate") &&
      (rate.micro_percent < 0 || rate.micro_percent > kMicroPercentMax)) {
    table.problem(
        "agreed_rate",
        fmt::format("agreed_rate = \"{}\" (expected percent in quotes, as in \"24.5\", up to 1000)",
                    text));
    rate.micro_percent = 0;
  }
  return rate;
}

// "30"; 0: not said.
int64_t read_percent(TomlTable& table, std::string_view key) {
  const std::string text = table.text(key);
  if (text.empty()) return 0;
  const auto micro = micro_of(text);
  if (!micro || *micro == 0 || *micro > kMicroPercentMax)
    table.problem(key,
                  fmt::format("{} = \"{}\" (expected percent in quotes, as in \"30\")", key, text));
  return micro.value_or(0);
}

InterestTerms read_terms(TomlTable& table) {
  static constexpr std::string_view kBooks[] = {"daily", "monthly"};
  InterestTerms terms{.agreed = read_agreed(table),
                      .credit = table.required_text("credit"),
                      .since = {},
                      .grace_days = static_cast<int32_t>(table.integer("grace_days", 0, {0, 365})),
                      .max_micro_percent = 0,
                      .capital_first = table.flag("capital_first", false),
                      .is_monthly = table.choice("book", kBooks) == "monthly"};
  const auto since = parse_date(table.required_text("since"));
  if (table.has("since") && !since)
    table.problem("since", fmt::format("'since': {}", since.error().message));
  terms.since = since.value_or(CivilDate{});
  terms.max_micro_percent = read_percent(table, "max_percent");
  terms.tax_micro_percent = read_percent(table, "interest_tax_percent");
  terms.tax = table.text("interest_tax");
  if ((terms.tax_micro_percent > 0) == terms.tax.empty())
    table.problem("interest_tax",
                  "interest_tax = \"IVA\" and interest_tax_percent = \"19\" go together: who owes "
                  "is told both");
  return terms;
}

}  // namespace

std::string charge_table_path(const std::string& tables_dir, std::string_view country) {
  std::string name(country);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return fmt::format("{}/{}.toml", tables_dir, name);
}

Result<ChargeTable> charge_table_of(const std::string& tables_dir, std::string_view country) {
  const std::string path = charge_table_path(tables_dir, country);
  if (std::ifstream file(path, std::ios::binary); file) {
    ASSIGN_OR_RETURN(
        ChargeTable table,
        charges::read_table(std::string(std::istreambuf_iterator<char>(file), {}), path));
    if (table.country != country)
      return fail(ErrorCode::Invalid, "{}: is of {}, not of {}", path, table.country, country);
    return table;
  }
  for (const auto& table : charges::built_in_tables()) {
    if (table.country == country) return table;
  }
  return fail(ErrorCode::NotFound,
              "there is no table of late interest for {}: write one as {} (docs/charges.md)",
              country, path);
}

Result<ChargesConfig> read_charges(TomlTable root, const Creditor& creditor,
                                   const std::string& data_dir,
                                   const std::function<void(std::string&)>& anchor_path) {
  ChargesConfig config{.tables_dir = data_dir + "/tasas", .rules = {}};
  if (!root.has("charges")) return config;
  TomlTable table = root.table("charges");
  if (std::string own = table.text("tables"); !own.empty()) {
    anchor_path(own);
    config.tables_dir = std::move(own);
  }
  ChargeRules rules{.terms = read_terms(table),
                    .table = {},
                    .evidence = table.required_text("agreed_evidence"),
                    .products = table.texts("products"),
                    .has_costs = table.flag("collection_costs", false),
                    .costs_micro_percent = read_percent(table, "collection_costs_percent")};
  auto law = charge_table_of(config.tables_dir, creditor.country);
  if (!law && law.error().code == ErrorCode::NotFound)
    return table.problem("credit", law.error().message), config;
  if (!law) return std::unexpected(law.error());
  rules.table = *std::move(law);
  rules.due_moves = table.flag("due_moves", rules.table.due_moves);
  const bool knows_credit = std::ranges::find(rules.table.ceilings, rules.terms.credit,
                                              &Ceiling::credit) != rules.table.ceilings.end();
  if (table.has("credit") && !knows_credit && rules.terms.agreed.micro_percent > 0) {
    table.problem("credit", fmt::format("credit = \"{}\": the table of {} has no ceiling of that "
                                        "kind (see: puntual charges show)",
                                        rules.terms.credit, creditor.country));
  }
  if (rules.has_costs && !rules.table.costs)
    table.problem("collection_costs",
                  fmt::format("the table of {} allows no collection costs", creditor.country));
  if (creditor.currency != rules.table.currency) {
    table.problem("credit", fmt::format("the table of {} is in {}, and creditor.currency is {}",
                                        creditor.country, rules.table.currency, creditor.currency));
  }
  if (creditor.charges.empty()) {
    table.problem("agreed_rate",
                  "[charges] without creditor.charges: who owes must be told; write a sentence "
                  "such as charges = \"El saldo incluye los intereses de mora pactados.\"");
  }
  config.rules = std::make_shared<const ChargeRules>(std::move(rules));
  return config;
}

}  // namespace puntual
