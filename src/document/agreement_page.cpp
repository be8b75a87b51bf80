#include "document/agreement_page.h"

#include "base/locale.h"
#include "base/text.h"
#include "document/pdf.h"

namespace puntual::document {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string money_on(const AgreementPaper& paper, int64_t minor) { return format_money({minor, paper.agreement.total.currency}, paper.locale); }

Block parties_of(const AgreementPaper& paper) {
  Rows rows{{"Entre", paper.creditor.name}, {"Y", paper.debtor_name.empty() ? "(ya no se conserva)" : title_case_name(paper.debtor_name)}};
  if (!paper.creditor.address.empty()) rows.emplace_back("Domicilio de la empresa", paper.creditor.address);
  if (!paper.creditor.phone.empty()) rows.emplace_back("Teléfono de la empresa", paper.creditor.phone);
  rows.emplace_back("Fecha", format_long_date(paper.made_on, paper.locale));
  rows.emplace_back("Estado", paper.state);
  return table(std::move(rows));
}

Block debts_of(const AgreementPaper& paper) {
  Rows rows;
  for (const auto& invoice : paper.covered) {
    rows.emplace_back(invoice.number, fmt::format("{}, por {}{}", invoice.product.empty() ? "cuenta" : invoice.product, format_money(invoice.amount, paper.locale),
                                                  invoice.due_on ? ", con vencimiento el " + format_long_date(*invoice.due_on, paper.locale) : std::string()));
  }
  return table(std::move(rows));
}

// The split that MX-AGREEMENT wants, where the creditor's file tells it.
Block breakdown_of(const AgreementPaper& paper) {
  Rows rows;
  for (const auto& invoice : paper.covered) {
    if (!invoice.breakdown.empty()) rows.emplace_back(fmt::format("Cómo se compone {}", invoice.number), invoice.breakdown);
  }
  return table(std::move(rows));
}

Block schedule_of(const AgreementPaper& paper) {
  Rows rows;
  for (const auto& one : paper.agreement.instalments) rows.emplace_back(format_long_date(one.due_on, paper.locale), money_on(paper, one.amount_minor));
  rows.emplace_back("Total", money_on(paper, paper.agreement.total.minor));
  return table(std::move(rows));
}

// Discount or none, all or a part: what Mexico wants said in so many words (MX-AGREEMENT), and everybody wants to know.
Block outcome_of(const AgreementPaper& paper) {
  const Agreement& a = paper.agreement;
  Rows rows{{"Descuento", a.discount_minor == 0 ? std::string("ninguno") : fmt::format("con todos los pagos hechos a tiempo, la empresa descuenta los {} restantes", money_on(paper, a.discount_minor))}};
  const int64_t left = left_open(a);
  rows.emplace_back("Con todos los pagos", left == 0 ? std::string("queda pagado todo lo que cubre este acuerdo")
                                                     : fmt::format("queda pagada una parte; siguen pendientes {}", money_on(paper, left)));
  return table(std::move(rows));
}

void add_how_to_pay(std::vector<Block>& blocks, const AgreementPaper& paper) {
  Rows rows{{"A quién", fmt::format("solo a {}", paper.creditor.name)}};
  if (!paper.payment_link.empty()) rows.emplace_back("Dónde", paper.payment_link);
  std::vector<std::string> numbers;
  for (const auto& invoice : paper.covered) numbers.push_back(invoice.number);
  if (!numbers.empty()) rows.emplace_back("Con la referencia", join_list(numbers, paper.locale));
  blocks.push_back(heading("Cómo pagar"));
  blocks.push_back(table(std::move(rows)));
  if (!paper.creditor.help.empty()) {
    blocks.push_back(paragraph(fmt::format("Si tiene alguna duda, {}{}", paper.creditor.help, paper.creditor.help.ends_with('.') ? "" : ".")));
  }
}

}  // namespace

Result<std::string> print_agreement(const AgreementPaper& paper) {
  const Agreement& a = paper.agreement;
  Document page{.title = a.kind == AgreementKind::Plan ? "Acuerdo de pago en cuotas" : "Acuerdo de pago", .footer = fmt::format("Acuerdo {}", a.id.value),
                .created = paper.printed_at,
                .blocks = {parties_of(paper), heading("Lo que cubre"), debts_of(paper), breakdown_of(paper), heading("Cuándo se paga y cuánto"), schedule_of(paper), outcome_of(paper)}};
  add_how_to_pay(page.blocks, paper);
  if (!a.words.empty()) {
    page.blocks.push_back(heading("Cómo se acordó"));
    page.blocks.push_back(paragraph(a.words));
  }
  page.blocks.push_back(heading("Registro"));
  page.blocks.push_back(paragraph("La huella del registro en que quedó este acuerdo; con ella se comprueba que no cambió después."));
  page.blocks.push_back(monospace(paper.record_hash));
  return to_pdf(page);
}

}  // namespace puntual::document
