#include "core/documents/statement.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace puntual {
namespace {

constexpr std::string_view kWords[] = {"statement", "invoice", "agreement", "receipt"};  // By kind.
constexpr size_t kFileNameMax = 60;

}  // namespace

std::string text_of(const DocumentOrder& order) {
  const auto word = kWords[static_cast<size_t>(order.kind)];
  return order.about == 0 ? std::string(word) : fmt::format("{} {}", word, order.about);
}

std::optional<DocumentOrder> document_order_of(std::string_view text) {
  const auto word = text.substr(0, text.find(' '));
  const auto known = std::ranges::find(kWords, word);
  if (known == std::end(kWords)) return std::nullopt;
  DocumentOrder order{.kind = static_cast<DocumentKind>(known - std::begin(kWords)), .about = 0};
  if (order.kind == DocumentKind::Statement)
    return text == word ? std::optional(order) : std::nullopt;
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), order.about);
  if (error != std::errc{} || end != text.data() + text.size() || order.about == 0)
    return std::nullopt;
  return order;
}

std::vector<Money> totals_of(const Statement& statement) {
  std::vector<Money> totals;
  for (const auto& invoice : statement.invoices) {
    const auto known = std::ranges::find(totals, invoice.amount.currency, &Money::currency);
    if (known == totals.end())
      totals.push_back(invoice.balance());
    else
      known->minor += invoice.balance_minor;
  }
  return totals;
}

std::string file_name_of(const Statement& statement) {
  if (statement.kind == DocumentKind::Statement || statement.invoices.empty())
    return fmt::format("estado-de-cuenta-{}.pdf", format_date(statement.today));
  std::string name = "factura-";
  for (const char c : fold_text(statement.invoices.front().number)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_plain)
      name += c;
    else if (name.back() != '-')
      name += '-';
  }
  if (name.size() > kFileNameMax) name.resize(kFileNameMax);
  while (name.ends_with('-')) name.pop_back();
  return name + ".pdf";
}

}  // namespace puntual
