#include "engine/agreement_paper.h"

#include "engine/agreement_record.h"
#include "engine/agreements.h"
#include "engine/answer_with_document.h"
#include "engine/charge_overdue.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/pay_links.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kPaperTemplate = "hoja_acuerdo_v1";
constexpr int64_t kFreshMs = kHourMs;  // Later it is no answer any more.

}  // namespace

Result<AgreementPaper> paper_of(Tx& tx, const Desk& desk, const Creditor& creditor,
                                const Debtor& debtor, const Agreement& agreement, Instant now) {
  const auto record = record_of(tx, agreement);
  if (!record || !is_as_recorded(agreement, *record)) {
    return fail(ErrorCode::Unsafe,
                "agreement {} is not what the timeline recorded when it was made: look with "
                "'puntual audit verify'",
                agreement.id.value);
  }
  AgreementPaper paper{.creditor = creditor,
                       .debtor_name = debtor.name,
                       .locale = locale_of(debtor, creditor),
                       .agreement = agreement,
                       .made_on = home_zone(debtor, creditor).local(agreement.made_at).date,
                       .printed_at = now,
                       .covered = {},
                       .payment_link = {},
                       .record_hash = record->hash};
  for (const auto id : agreement.covered) {
    if (const auto invoice = tx.invoices.find(creditor.id, id)) paper.covered.push_back(*invoice);
  }
  break_down(tx, desk, creditor, paper.locale, paper.covered);
  if (agreement.state != AgreementState::Active) return paper;
  paper.payment_link = payment_link(tx, desk, creditor, agreement, paper.covered, now);
  if (desk.settings.transfer.takes(agreement.total.currency)) {
    paper.transfer = desk.settings.transfer;
    const PayAbout about{.kind = PayAboutKind::Agreement, .id = agreement.id.value};
    paper.transfer_reference =
        transfer_reference(tx, desk, creditor, debtor.id, about, paper.covered, now);
  }
  return paper;
}

void send_paper(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                const Agreement& agreement, Instant now) {
  if (!desk.print_agreement || agreement.kind != AgreementKind::Plan ||
      (agreement.through != "chat" && agreement.through != "page") ||
      now - agreement.made_at >= kFreshMs)
    return;
  (void)answer_with_document(
      tx, desk, creditor, debtor.id,
      {.order = {.kind = DocumentKind::Agreement, .about = agreement.id.value},
       .template_name = kPaperTemplate,
       .step = kPaperStep,
       .dedupe_key = fmt::format("{}:{}", kPaperStep, agreement.id.value)},
      now);
}

}  // namespace puntual::engine
