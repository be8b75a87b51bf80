#include "core/charges/charge_rules.h"

#include <algorithm>

#include "base/locale.h"

namespace puntual {

bool ChargeRules::apply_to(const Invoice& invoice) const {
  return invoice.due_on && invoice.amount.currency.code() == table.currency &&
         (products.empty() || std::ranges::find(products, invoice.product) != products.end());
}

CivilDate ChargeRules::through(CivilDate today) const { return today - (is_monthly ? ymd_of(today).day : 1); }

namespace charges {

std::string breakdown(const OwedParts& parts, Currency currency, const std::string& locale) {
  const bool is_portuguese = locale.starts_with("pt");
  std::string text = fmt::format("Capital {}", format_money({parts.capital_minor, currency}, locale));
  const auto add = [&](std::string_view name, int64_t minor) {
    if (minor > 0) text += fmt::format("; {} {}", name, format_money({minor, currency}, locale));
  };
  add(is_portuguese ? "juros de mora" : "intereses de mora", parts.interest_minor);
  add(is_portuguese ? "despesas de cobrança" : "gastos de cobranza", parts.costs_minor);
  return text;
}

std::string included(const OwedParts& parts, Currency currency, const std::string& locale) {
  const bool is_portuguese = locale.starts_with("pt");
  std::vector<std::string> items;
  const auto add = [&](int64_t minor, std::string_view name) {
    if (minor > 0) items.push_back(fmt::format("{} de {}", format_money({minor, currency}, locale), name));
  };
  add(parts.interest_minor, is_portuguese ? "juros de mora" : "intereses de mora");
  add(parts.costs_minor, is_portuguese ? "despesas de cobrança" : "gastos de cobranza");
  return items.empty() ? std::string() : fmt::format("{} {}", is_portuguese ? "inclui" : "incluye", join_list(items, locale));
}

}  // namespace charges
}  // namespace puntual
