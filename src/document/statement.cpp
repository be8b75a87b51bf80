#include "document/statement.h"

#include "base/locale.h"
#include "base/text.h"
#include "document/paper_words.h"
#include "document/pdf.h"
#include "document/ways_to_pay.h"

namespace puntual::document {
namespace {

std::string due_text(const Invoice& invoice, const std::string& locale) {
  return invoice.due_on ? format_short_date(*invoice.due_on, locale)
                        : PaperWords(locale)("sin fecha", "sem data");
}

Block parties(const Statement& statement) {
  const PaperWords say(statement.locale);
  const Creditor& creditor = statement.creditor;
  std::vector<std::pair<std::string, std::string>> rows{
      {say("A nombre de", "Em nome de"), title_case_name(statement.debtor_name)},
      {"Empresa", creditor.name}};
  if (!creditor.tax_id.empty())
    rows.emplace_back(say("Identificación tributaria", "Inscrição fiscal"), creditor.tax_id);
  if (!creditor.address.empty()) rows.emplace_back(say("Domicilio", "Endereço"), creditor.address);
  if (!creditor.phone.empty()) rows.emplace_back(say("Teléfono", "Telefone"), creditor.phone);
  rows.emplace_back(say("Fecha", "Data"), format_long_date(statement.today, statement.locale));
  return table(std::move(rows));
}

Block invoices(const Statement& statement) {
  const PaperWords say(statement.locale);
  std::vector<std::vector<std::string>> cells;
  for (const auto& one : statement.invoices) {
    cells.push_back({one.number, one.product, due_text(one, statement.locale),
                     format_money(one.amount, statement.locale),
                     format_money(one.balance(), statement.locale)});
  }
  return columns({{say("Factura", "Fatura"), 3},
                  {say("Concepto", "Descrição"), 5},
                  {say("Vence", "Vencimento"), 3},
                  {"Valor", 4, true},
                  {"Saldo", 4, true}},
                 std::move(cells));
}

Block details(const Statement& statement) {
  const PaperWords say(statement.locale);
  const Invoice& one = statement.invoices.front();
  std::vector<std::pair<std::string, std::string>> rows{{say("Factura", "Fatura"), one.number}};
  if (!one.product.empty()) rows.emplace_back(say("Concepto", "Descrição"), one.product);
  if (one.issued_on)
    rows.emplace_back(say("Emitida", "Emissão"),
                      format_long_date(*one.issued_on, statement.locale));
  if (one.due_on)
    rows.emplace_back(say("Vence", "Vencimento"), format_long_date(*one.due_on, statement.locale));
  rows.emplace_back("Valor", format_money(one.amount, statement.locale));
  const int64_t asked = one.amount.minor + one.charged_minor;
  if (one.balance_minor < asked)
    rows.emplace_back(
        say("Abonado", "Já pago"),
        format_money({asked - one.balance_minor, one.amount.currency}, statement.locale));
  if (!one.breakdown.empty())
    rows.emplace_back(say("El saldo se compone de", "O saldo é composto de"), one.breakdown);
  return table(std::move(rows));
}

Block payments(const Statement& statement) {
  const PaperWords say(statement.locale);
  std::vector<std::vector<std::string>> cells;
  for (const auto& one : statement.payments) {
    cells.push_back({format_short_date(one.paid_on, statement.locale), one.method,
                     format_money(one.amount, statement.locale)});
    if (one.returned.minor > 0)
      cells.push_back(
          {format_short_date(one.returned_on, statement.locale),
           one.returned == one.amount
               ? say("Se anuló o devolvió el pago", "O pagamento foi anulado ou devolvido")
               : say("Se devolvió una parte", "Uma parte foi devolvida"),
           "− " + format_money(one.returned, statement.locale)});
  }
  return columns({{say("Fecha", "Data"), 3}, {say("Medio", "Meio"), 8}, {"Valor", 4, true}},
                 std::move(cells));
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
  for (const auto& total : totals_of(statement))
    totals.push_back(format_money(total, statement.locale));
  return fmt::format("{}: {}",
                     PaperWords(statement.locale)("Saldo total a hoy", "Saldo total hoje"),
                     join_list(totals, statement.locale));
}

bool is_owed(const Statement& statement) {
  for (const auto& total : totals_of(statement)) {
    if (total.minor > 0) return true;
  }
  return false;
}

}  // namespace

Result<std::string> print_statement(const Statement& statement, const std::string& logo) {
  PUNTUAL_CHECK(!statement.invoices.empty());
  const PaperWords say(statement.locale);
  const bool is_one = statement.kind == DocumentKind::Invoice;
  Document document{.title = is_one ? say("Detalle de factura", "Detalhe da fatura")
                                    : say("Estado de cuenta", "Extrato da conta"),
                    .footer = statement.creditor.name,
                    .language = say.language(),
                    .logo = logo,
                    .created = {statement.today.days * kDayMs},
                    .blocks = {parties(statement), heading(is_one ? say("Factura", "Fatura")
                                                                  : say("Lo que está pendiente",
                                                                        "O que está em aberto"))}};
  document.blocks.push_back(is_one ? details(statement) : invoices(statement));
  document.blocks.push_back(heading(total_text(statement)));
  add_breakdowns(document.blocks, statement);
  if (!statement.creditor.charges.empty())
    document.blocks.push_back(paragraph(statement.creditor.charges));
  if (!statement.payments.empty()) {
    document.blocks.push_back(heading(say("Sus últimos pagos", "Seus últimos pagamentos")));
    document.blocks.push_back(payments(statement));
  }
  if (is_owed(statement)) {
    add_ways_to_pay(document.blocks, {.creditor = statement.creditor,
                                      .locale = statement.locale,
                                      .link = statement.payment_link,
                                      .transfer = statement.transfer,
                                      .transfer_reference = statement.transfer_reference,
                                      .has_other_currency = totals_of(statement).size() > 1});
  } else {
    document.blocks.push_back(
        paragraph(say("No queda nada por pagar. ¡Gracias!", "Não há nada a pagar. Obrigado!")));
  }
  if (is_one)
    document.blocks.push_back(
        paragraph(say("Este detalle informa; no reemplaza la factura original.",
                      "Este detalhe é informativo; não substitui a fatura original.")));
  return to_pdf(document);
}

}  // namespace puntual::document
