#include "core/charges/charge_rules.h"

#include <algorithm>

#include "base/locale.h"

namespace puntual {

bool ChargeRules::apply_to(const Invoice& invoice) const {
  return invoice.due_on && invoice.amount.currency.code() == table.currency &&
         (products.empty() || std::ranges::find(products, invoice.product) != products.end());
}

namespace charges {

namespace {

std::string name_with(std::string_view name, std::string_view tax, bool is_portuguese) {
  return tax.empty() ? std::string(name)
                     : fmt::format("{} {} {}", name, is_portuguese ? "com" : "con", tax);
}

}  // namespace

std::string interest_name(const OwedParts& parts, const std::string& locale) {
  const bool is_portuguese = locale.starts_with("pt");
  return name_with(is_portuguese ? "juros de mora" : "intereses de mora", parts.tax, is_portuguese);
}

std::string costs_name(const OwedParts& parts, const std::string& locale) {
  if (!parts.costs_name.empty()) return parts.costs_name;
  return locale.starts_with("pt") ? "despesas de cobrança" : "gastos de cobranza";
}

std::string breakdown(const OwedParts& parts, Currency currency, const std::string& locale) {
  std::string text =
      fmt::format("Capital {}", format_money({parts.capital_minor, currency}, locale));
  const auto add = [&](std::string_view name, int64_t minor) {
    if (minor > 0) text += fmt::format("; {} {}", name, format_money({minor, currency}, locale));
  };
  add(interest_name(parts, locale), parts.interest_minor);
  add(costs_name(parts, locale), parts.costs_minor);
  return text;
}

std::string included(const OwedParts& parts, Currency currency, const std::string& locale) {
  std::vector<std::string> items;
  const auto add = [&](int64_t minor, std::string_view name) {
    if (minor > 0)
      items.push_back(fmt::format("{} de {}", format_money({minor, currency}, locale), name));
  };
  add(parts.interest_minor, interest_name(parts, locale));
  add(parts.costs_minor, costs_name(parts, locale));
  return items.empty() ? std::string()
                       : fmt::format("{} {}", locale.starts_with("pt") ? "inclui" : "incluye",
                                     join_list(items, locale));
}

}  // namespace charges
}  // namespace puntual
