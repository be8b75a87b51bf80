#include "document/receipt_page.h"

#include "base/locale.h"
#include "base/text.h"
#include "document/paper_words.h"
#include "document/pdf.h"

namespace puntual::document {
namespace {

Block what_came_in(const Receipt& receipt) {
  const PaperWords say(receipt.locale);
  const Payment& payment = receipt.payment;
  std::vector<std::pair<std::string, std::string>> rows{
      {say("Recibimos de", "Recebemos de"), title_case_name(receipt.debtor_name)},
      {"Empresa", receipt.creditor.name}};
  const auto add = [&](std::string label, const std::string& value) {
    if (!value.empty()) rows.emplace_back(std::move(label), value);
  };
  add(say("Identificación tributaria", "Inscrição fiscal"), receipt.creditor.tax_id);
  add(say("Domicilio", "Endereço"), receipt.creditor.address);
  add(say("Teléfono", "Telefone"), receipt.creditor.phone);
  add("Valor", format_money(payment.amount, receipt.locale));
  add(say("Fecha del pago", "Data do pagamento"),
      format_long_date(payment.paid_on, receipt.locale));
  // The command line's word for what somebody wrote down.
  add(say("Medio", "Meio"), payment.method == "manual"
                                ? say("Anotado por la empresa", "Registrado pela empresa")
                                : payment.method);
  if (payment.returned_minor > 0)
    add(say("Devuelto", "Devolvido"),
        format_money({payment.returned_minor, payment.amount.currency}, receipt.locale));
  return table(std::move(rows));
}

Block how_applied(const Receipt& receipt) {
  const PaperWords say(receipt.locale);
  std::vector<std::vector<std::string>> cells;
  for (const auto& part : receipt.parts) {
    cells.push_back({part.invoice, part.product, format_money(part.applied, receipt.locale),
                     format_money(part.left, receipt.locale)});
  }
  return columns({{say("Factura", "Fatura"), 3},
                  {say("Concepto", "Descrição"), 5},
                  {say("Aplicado", "Aplicado"), 4, true},
                  {say("Saldo hoy", "Saldo hoje"), 4, true}},
                 std::move(cells));
}

// What of it was for paying late, where that was charged.
std::vector<std::pair<std::string, std::string>> what_was_paid(const Receipt& receipt) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& part : receipt.parts) {
    if (part.of.interest_minor + part.of.costs_minor > 0)
      rows.emplace_back(part.invoice,
                        charges::breakdown(part.of, part.applied.currency, receipt.locale));
  }
  return rows;
}

}  // namespace

Result<std::string> print_receipt(const Receipt& receipt, const std::string& logo) {
  const PaperWords say(receipt.locale);
  const Payment& payment = receipt.payment;
  Document page{.title = say("Recibo de pago", "Recibo de pagamento"),
                .footer = fmt::format("{} · {} {}", receipt.creditor.name, say("Recibo", "Recibo"),
                                      payment.id.value),
                .language = say.language(),
                .logo = logo,
                .created = {receipt.today.days * kDayMs},
                .blocks = {what_came_in(receipt)}};
  if (!receipt.parts.empty()) {
    page.blocks.push_back(heading(say("Cómo se aplicó", "Como foi aplicado")));
    page.blocks.push_back(how_applied(receipt));
    if (auto rows = what_was_paid(receipt); !rows.empty()) {
      page.blocks.push_back(
          heading(say("De qué se compone lo aplicado", "Composição do que foi aplicado")));
      page.blocks.push_back(table(std::move(rows)));
    }
  }
  if (payment.unapplied_minor > 0) {
    const std::string kept =
        format_money({payment.unapplied_minor, payment.amount.currency}, receipt.locale);
    page.blocks.push_back(paragraph(say(fmt::format("Quedan {} a su favor.", kept),
                                        fmt::format("Ficam {} a seu favor.", kept))));
  }
  page.blocks.push_back(paragraph(fmt::format("{} {}.", say("Saldos al", "Saldos em"),
                                              format_long_date(receipt.today, receipt.locale))));
  if (!receipt.parts.empty() || payment.unapplied_minor > 0)
    page.blocks.push_back(paragraph(say("Gracias por su pago.", "Obrigado pelo seu pagamento.")));
  return to_pdf(page);
}

}  // namespace puntual::document
