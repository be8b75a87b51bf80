#include "core/documents/statement.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace puntual {
namespace {

constexpr std::string_view kStatementWord = "statement";
constexpr std::string_view kInvoiceWord = "invoice ";
constexpr size_t kFileNameMax = 60;

}  // namespace

std::string text_of(const DocumentOrder& order) {
  return order.kind == DocumentKind::Statement ? std::string(kStatementWord) : fmt::format("{}{}", kInvoiceWord, order.about.value);
}

std::optional<DocumentOrder> document_order_of(std::string_view text) {
  if (text == kStatementWord) return DocumentOrder{};
  if (!text.starts_with(kInvoiceWord)) return std::nullopt;
  text.remove_prefix(kInvoiceWord.size());
  DocumentOrder order{.kind = DocumentKind::Invoice, .about = {}};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), order.about.value);
  if (error != std::errc{} || end != text.data() + text.size() || !order.about) return std::nullopt;
  return order;
}

std::vector<Money> totals_of(const Statement& statement) {
  std::vector<Money> totals;
  for (const auto& invoice : statement.invoices) {
    const auto known = std::ranges::find(totals, invoice.amount.currency, &Money::currency);
    if (known == totals.end()) totals.push_back(invoice.balance());
    else known->minor += invoice.balance_minor;
  }
  return totals;
}

std::string file_name_of(const Statement& statement) {
  if (statement.kind == DocumentKind::Statement || statement.invoices.empty()) return fmt::format("estado-de-cuenta-{}.pdf", format_date(statement.today));
  std::string name = "factura-";
  for (const char c : fold_text(statement.invoices.front().number)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_plain) name += c;
    else if (name.back() != '-') name += '-';
  }
  if (name.size() > kFileNameMax) name.resize(kFileNameMax);
  while (name.ends_with('-')) name.pop_back();
  return name + ".pdf";
}

}  // namespace puntual
