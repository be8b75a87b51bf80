#include "document/statement.h"

#include "base/locale.h"
#include "base/text.h"
#include "document/pdf.h"

namespace puntual::document {
namespace {

std::string due_text(const Invoice& invoice, const std::string& locale) {
  return invoice.due_on ? format_short_date(*invoice.due_on, locale) : "sin fecha";
}

Block parties(const Statement& statement) {
  const Creditor& creditor = statement.creditor;
  std::vector<std::pair<std::string, std::string>> rows{{"A nombre de", title_case_name(statement.debtor_name)}, {"Empresa", creditor.name}};
  if (!creditor.address.empty()) rows.emplace_back("Domicilio", creditor.address);
  if (!creditor.phone.empty()) rows.emplace_back("Teléfono", creditor.phone);
  rows.emplace_back("Fecha", format_long_date(statement.today, statement.locale));
  return table(std::move(rows));
}

Block invoices(const Statement& statement) {
  std::vector<std::vector<std::string>> cells;
  for (const auto& one : statement.invoices) {
    cells.push_back({one.number, one.product, due_text(one, statement.locale), format_money(one.amount, statement.locale),
                     format_money(one.balance(), statement.locale)});
  }
  return columns({{"Factura", 3}, {"Concepto", 5}, {"Vence", 3}, {"Valor", 4, true}, {"Saldo", 4, true}}, std::move(cells));
}

Block details(const Statement& statement) {
  const Invoice& one = statement.invoices.front();
  std::vector<std::pair<std::string, std::string>> rows{{"Factura", one.number}};
  if (!one.product.empty()) rows.emplace_back("Concepto", one.product);
  if (one.issued_on) rows.emplace_back("Emitida", format_long_date(*one.issued_on, statement.locale));
  if (one.due_on) rows.emplace_back("Vence", format_long_date(*one.due_on, statement.locale));
  rows.emplace_back("Valor", format_money(one.amount, statement.locale));
  const int64_t asked = one.amount.minor + one.charged_minor;
  if (one.balance_minor < asked) rows.emplace_back("Abonado", format_money({asked - one.balance_minor, one.amount.currency}, statement.locale));
  if (!one.breakdown.empty()) rows.emplace_back("El saldo se compone de", one.breakdown);
  return table(std::move(rows));
}

Block payments(const Statement& statement) {
  std::vector<std::vector<std::string>> cells;
  for (const auto& one : statement.payments) {
    cells.push_back({format_short_date(one.paid_on, statement.locale), one.method, format_money(one.amount, statement.locale)});
  }
  return columns({{"Fecha", 3}, {"Medio", 8}, {"Valor", 4, true}}, std::move(cells));
}

// What the balances are made of, where that is more than the debts themselves.
void add_breakdowns(std::vector<Block>& blocks, const Statement& statement) {
  if (statement.kind == DocumentKind::Invoice) return;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& one : statement.invoices) {
    if (!one.breakdown.empty()) rows.emplace_back(one.number, one.breakdown);
  }
  if (!rows.empty()) blocks.push_back(table(std::move(rows)));
}

std::string total_text(const Statement& statement) {
  std::vector<std::string> totals;
  for (const auto& total : totals_of(statement)) totals.push_back(format_money(total, statement.locale));
  return fmt::format("Saldo total a hoy: {}", join_list(totals, statement.locale));
}

bool is_owed(const Statement& statement) {
  for (const auto& total : totals_of(statement)) {
    if (total.minor > 0) return true;
  }
  return false;
}

void add_ways_to_pay(std::vector<Block>& blocks, const Statement& statement) {
  if (!is_owed(statement)) return blocks.push_back(paragraph("No queda nada por pagar. ¡Gracias!"));
  blocks.push_back(heading("Cómo pagar"));
  if (!statement.payment_link.empty()) {
    blocks.push_back(paragraph("Con este enlace, o con el código:"));
    blocks.push_back(monospace(statement.payment_link));
    blocks.push_back(qr(statement.payment_link));
  }
  if (!statement.creditor.help.empty()) {
    blocks.push_back(paragraph(fmt::format("Si tiene alguna duda, {}{}", statement.creditor.help, statement.creditor.help.ends_with('.') ? "" : ".")));
  } else if (statement.payment_link.empty()) {
    blocks.push_back(paragraph("Pregúntenos en el mismo chat por donde recibió este documento."));
  }
}

}  // namespace

Result<std::string> print_statement(const Statement& statement) {
  PUNTUAL_CHECK(!statement.invoices.empty());
  const bool is_one = statement.kind == DocumentKind::Invoice;
  Document document{.title = is_one ? "Detalle de factura" : "Estado de cuenta", .footer = statement.creditor.name, .created = {statement.today.days * kDayMs},
                    .blocks = {parties(statement), heading(is_one ? "Factura" : "Lo que está pendiente")}};
  document.blocks.push_back(is_one ? details(statement) : invoices(statement));
  document.blocks.push_back(heading(total_text(statement)));
  add_breakdowns(document.blocks, statement);
  if (!statement.creditor.charges.empty()) document.blocks.push_back(paragraph(statement.creditor.charges));
  if (!statement.payments.empty()) {
    document.blocks.push_back(heading("Sus últimos pagos"));
    document.blocks.push_back(payments(statement));
  }
  add_ways_to_pay(document.blocks, statement);
  if (is_one) document.blocks.push_back(paragraph("Este detalle informa; no reemplaza la factura original."));
  return to_pdf(document);
}

}  // namespace puntual::document
