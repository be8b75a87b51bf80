#include "engine/explain.h"

#include <charconv>

#include "base/phone.h"
#include "engine/contact_facts.h"

namespace puntual::engine {
namespace {

std::optional<int64_t> whole_number(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<DebtorId> find_subject(Tx& tx, const Creditor& creditor, std::string_view subject) {
  if (const auto invoice = tx.invoices.find_by_number(creditor.id, subject)) return invoice->debtor_id;
  for (const auto kind : {IdentifierKind::External, IdentifierKind::Document, IdentifierKind::Bsuid}) {
    if (const auto id = tx.debtors.find_by(creditor.id, kind, subject)) return *id;
  }
  if (const auto number = whole_number(subject)) {
    if (tx.debtors.find(creditor.id, DebtorId{*number})) return DebtorId{*number};
    if (const auto invoice = tx.invoices.find(creditor.id, InvoiceId{*number})) return invoice->debtor_id;
    if (const auto message = tx.outbox.find(creditor.id, MessageId{*number})) return message->debtor_id;
  }
  if (const auto phone = parse_phone(subject, creditor.country)) {
    if (const auto id = tx.debtors.find_by(creditor.id, IdentifierKind::Phone, phone->canonical)) return *id;
  }
  return fail(ErrorCode::NotFound, "'{}': no debtor, invoice or message is called so (expected an invoice number, a document, "
              "a phone or an id)", subject);
}

Result<Explanation> explain(Tx& tx, const Creditor& creditor, DebtorId id, Instant now, const Law& law) {
  const auto row = tx.debtors.for_review(creditor.id, id);
  if (!row) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  Explanation explanation{.debtor = row->debtor, .silence = row->silence};
  explanation.invoices = tx.invoices.all_of(creditor.id, id);
  explanation.messages = tx.outbox.of_debtor(creditor.id, id);
  explanation.events = tx.timeline.of_debtor(creditor.id, id);
  explanation.opt_outs = tx.permissions.opt_outs(creditor.id, id);
  const auto moments = tx.debtors.review_moments(creditor.id, id);
  explanation.silent_until = moments.first;
  explanation.next_review_at = moments.second;
  const ContactFacts facts = contact_facts(tx, row->debtor, now, law);
  explanation.decision_now = compliance::decide(facts.request(row->debtor, creditor, Purpose::Overdue, law), now);
  return explanation;
}

}  // namespace puntual::engine
