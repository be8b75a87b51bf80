#include "engine/agreement_paper.h"

#include "base/json.h"
#include "engine/agreements.h"
#include "engine/answer_with_document.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/pay_links.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kPaperTemplate = "hoja_acuerdo_v1";
constexpr std::string_view kPaperStep = "agreement_paper";
constexpr int64_t kFreshMs = kHourMs;  // Later it is no answer any more.

// The record of an agreement; empty when there is none, which the audit would say.
std::string record_hash(Tx& tx, const Agreement& agreement) {
  for (const auto& event : tx.timeline.of_debtor(agreement.creditor_id, agreement.debtor_id)) {
    if (event.kind != "agreement_made") continue;
    const auto facts = parse_json(event.facts);
    if (facts && text_in(*facts, "agreement") == std::to_string(agreement.id.value)) return event.hash;
  }
  return {};
}

}  // namespace

AgreementPaper paper_of(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor, const Agreement& agreement, Instant now) {
  AgreementPaper paper{.creditor = creditor, .debtor_name = debtor.name, .locale = locale_of(debtor, creditor), .agreement = agreement,
                       .made_on = home_zone(debtor, creditor).local(agreement.made_at).date,
                       .printed_at = now, .covered = {}, .payment_link = {}, .record_hash = record_hash(tx, agreement)};
  for (const auto id : agreement.covered) {
    if (const auto invoice = tx.invoices.find(creditor.id, id)) paper.covered.push_back(*invoice);
  }
  if (agreement.state != AgreementState::Active) return paper;
  paper.payment_link = payment_link(tx, desk, creditor, agreement, paper.covered, now);
  paper.transfer = desk.settings.transfer;
  if (!paper.transfer.bank.empty()) {
    const PayAbout about{.kind = PayAboutKind::Agreement, .id = agreement.id.value};
    paper.transfer_reference = transfer_reference(tx, desk, creditor, debtor.id, about, paper.covered, now);
  }
  return paper;
}

void send_paper(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor, const Agreement& agreement, Instant now) {
  if (!desk.print_agreement || agreement.kind != AgreementKind::Plan || agreement.through != "chat" || now - agreement.made_at >= kFreshMs) return;
  (void)answer_with_document(tx, desk, creditor, debtor.id,
                             {.order = {.kind = DocumentKind::Agreement, .about = agreement.id.value}, .template_name = kPaperTemplate, .step = kPaperStep,
                              .dedupe_key = fmt::format("{}:{}", kPaperStep, agreement.id.value)}, now);
}

}  // namespace puntual::engine
