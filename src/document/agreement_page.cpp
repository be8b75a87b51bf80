#include "document/agreement_page.h"

#include "base/locale.h"
#include "base/text.h"
#include "document/paper_words.h"
#include "document/pdf.h"
#include "document/ways_to_pay.h"

namespace puntual::document {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string money_on(const AgreementPaper& paper, int64_t minor) {
  return format_money({minor, paper.agreement.total.currency}, paper.locale);
}

// Within a sentence a date stays on one line.
std::string unbroken(std::string_view date) {
  std::string text;
  for (const char c : date) text += c == ' ' ? std::string_view("\u00a0") : std::string_view(&c, 1);
  return text;
}

std::string state_on(const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  switch (paper.agreement.state) {
    case AgreementState::Active:
      return say("en curso", "em andamento");
    case AgreementState::Kept:
      return say("cumplido", "cumprido");
    case AgreementState::PartlyKept:
      return say("cumplido en parte", "cumprido em parte");
    case AgreementState::Broken:
      return say("incumplido", "não cumprido");
    case AgreementState::Cancelled:
      return say("sin efecto", "sem efeito");
  }
  return {};
}

Block parties_of(const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  Rows rows{
      {"Entre", paper.creditor.name},
      {say("Y", "E"), paper.debtor_name.empty() ? say("(ya no se conserva)", "(já não se conserva)")
                                                : title_case_name(paper.debtor_name)}};
  if (!paper.creditor.tax_id.empty())
    rows.emplace_back(say("Identificación tributaria", "Inscrição fiscal"), paper.creditor.tax_id);
  if (!paper.creditor.address.empty())
    rows.emplace_back(say("Domicilio de la empresa", "Endereço da empresa"),
                      paper.creditor.address);
  if (!paper.creditor.phone.empty())
    rows.emplace_back(say("Teléfono de la empresa", "Telefone da empresa"), paper.creditor.phone);
  rows.emplace_back(say("Fecha", "Data"), format_long_date(paper.made_on, paper.locale));
  rows.emplace_back(say("Estado", "Situação"), state_on(paper));
  return table(std::move(rows));
}

Block debts_of(const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  Rows rows;
  for (const auto& invoice : paper.covered) {
    std::string text =
        fmt::format("{}, {} {}", invoice.product.empty() ? say("cuenta", "conta") : invoice.product,
                    say("por", "de"), format_money(invoice.amount, paper.locale));
    if (invoice.due_on)
      text += fmt::format(", {} {}", say("con vencimiento el", "com vencimento em"),
                          unbroken(format_long_date(*invoice.due_on, paper.locale)));
    rows.emplace_back(invoice.number, std::move(text));
  }
  return table(std::move(rows));
}

// The split that MX-AGREEMENT wants, where the creditor's file tells it.
Block breakdown_of(const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  Rows rows;
  for (const auto& invoice : paper.covered) {
    if (!invoice.breakdown.empty())
      rows.emplace_back(
          fmt::format("{} {}", say("Cómo se compone", "Como se compõe"), invoice.number),
          invoice.breakdown);
  }
  return table(std::move(rows));
}

Block schedule_of(const AgreementPaper& paper) {
  Rows rows;
  for (const auto& one : paper.agreement.instalments)
    rows.emplace_back(format_long_date(one.due_on, paper.locale),
                      money_on(paper, one.amount_minor));
  rows.emplace_back("Total", money_on(paper, paper.agreement.total.minor));
  return table(std::move(rows));
}

// Discount or none, all or a part: what Mexico wants said in so many words (MX-AGREEMENT), and
// everybody wants to know.
Block outcome_of(const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  const Agreement& a = paper.agreement;
  const std::string discount = money_on(paper, a.discount_minor);
  const int64_t left = left_open(a);
  return table(
      {{say("Descuento", "Desconto"),
        a.discount_minor == 0
            ? say("ninguno", "nenhum")
            : say(fmt::format(
                      "con todos los pagos hechos a tiempo, la empresa descuenta los {} restantes",
                      discount),
                  fmt::format(
                      "com todos os pagamentos feitos em dia, a empresa desconta os {} restantes",
                      discount))},
       {say("Con todos los pagos", "Com todos os pagamentos"),
        left == 0 ? say("queda pagado todo lo que cubre este acuerdo",
                        "fica pago tudo o que este acordo cobre")
                  : say(fmt::format("queda pagada una parte; siguen pendientes {}",
                                    money_on(paper, left)),
                        fmt::format("fica paga uma parte; continuam em aberto {}",
                                    money_on(paper, left)))}});
}

// To whom, and with which reference, stands here as MX-AGREEMENT wants it. With an account for
// transfers that is the reference which stands with it: two of them on one page are one too many.
void add_how_to_pay(std::vector<Block>& blocks, const AgreementPaper& paper) {
  const PaperWords say(paper.locale);
  std::vector<std::string> numbers;
  for (const auto& invoice : paper.covered) numbers.push_back(invoice.number);
  Rows rows{{say("A quién", "A quem"),
             fmt::format("{} {}", say("solo a", "somente a"), paper.creditor.name)}};
  const bool has_other = !paper.transfer.bank.empty() && !paper.transfer_reference.empty();
  if (!numbers.empty() && !has_other)
    rows.emplace_back(say("Con la referencia", "Com a referência"),
                      join_list(numbers, paper.locale));
  add_ways_to_pay(blocks, {.creditor = paper.creditor,
                           .locale = paper.locale,
                           .link = paper.payment_link,
                           .transfer = paper.transfer,
                           .transfer_reference = paper.transfer_reference});
  blocks.push_back(table(std::move(rows)));
}

}  // namespace

Result<std::string> print_agreement(const AgreementPaper& paper, const std::string& logo) {
  const PaperWords say(paper.locale);
  const Agreement& a = paper.agreement;
  Document page{.title = a.kind == AgreementKind::Plan
                             ? say("Acuerdo de pago en cuotas", "Acordo de pagamento em parcelas")
                             : say("Acuerdo de pago", "Acordo de pagamento"),
                .footer = fmt::format("{} {}", say("Acuerdo", "Acordo"), a.id.value),
                .language = say.language(),
                .logo = logo,
                .created = paper.printed_at,
                .blocks = {parties_of(paper), heading(say("Lo que cubre", "O que cobre")),
                           debts_of(paper), breakdown_of(paper),
                           heading(say("Cuándo se paga y cuánto", "Quando e quanto se paga")),
                           schedule_of(paper), outcome_of(paper)}};
  add_how_to_pay(page.blocks, paper);
  if (!a.words.empty()) {
    page.blocks.push_back(heading(say("Cómo se acordó", "Como foi acordado")));
    page.blocks.push_back(paragraph(a.words));
  }
  page.blocks.push_back(heading("Registro"));
  page.blocks.push_back(paragraph(say(
      "La huella del registro en que quedó este acuerdo; con ella se comprueba que no cambió "
      "después.",
      "A impressão digital do registro deste acordo; com ela se comprova que não mudou depois.")));
  page.blocks.push_back(monospace(paper.record_hash));
  return to_pdf(page);
}

}  // namespace puntual::document
