#include "engine/explain.h"

#include <algorithm>
#include <charconv>

#include "base/phone.h"
#include "core/portfolio/document_number.h"
#include "core/portfolio/import_cells.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/suspend.h"

namespace puntual {

bool Explanation::is_stop_in_doubt() const {
  return !opt_outs.empty() && std::ranges::all_of(opt_outs, [](const store::OptOut& one) {
    return one.through == "doubt";
  });
}

}  // namespace puntual

namespace puntual::engine {
namespace {

std::optional<int64_t> whole_number(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Topic> find_topic(Tx& tx, const Creditor& creditor, std::string_view subject) {
  const auto of_invoice = [](const Invoice& invoice) {
    return Topic{.debtor = invoice.debtor_id, .invoice = invoice.id, .message = {}};
  };
  const auto of_message = [](const OutboxMessage& message) {
    return Topic{.debtor = message.debtor_id, .invoice = {}, .message = message.id};
  };
  const auto of_person = [](DebtorId id) {
    return Topic{.debtor = id, .invoice = {}, .message = {}};
  };
  if (const auto invoice = tx.invoices.find_by_number(creditor.id, subject))
    return of_invoice(*invoice);
  for (const auto kind :
       {IdentifierKind::External, IdentifierKind::Document, IdentifierKind::Bsuid}) {
    if (const auto id = tx.debtors.find_by(creditor.id, kind, subject)) return of_person(*id);
  }
  if (const auto number = whole_number(subject)) {
    if (tx.debtors.find(creditor.id, DebtorId{*number})) return of_person({*number});
    if (const auto invoice = tx.invoices.find(creditor.id, InvoiceId{*number}))
      return of_invoice(*invoice);
    if (const auto message = tx.outbox.find(creditor.id, MessageId{*number}))
      return of_message(*message);
  }
  if (const auto document = portfolio::read_document(subject)) {
    for (const std::string& form :
         {portfolio::document_in_one_form(*document, creditor.country), *document}) {
      if (const auto id = tx.debtors.find_by(creditor.id, IdentifierKind::Document, form))
        return of_person(*id);
    }
  }
  if (const auto phone = parse_phone(subject, creditor.country)) {
    if (const auto id = tx.debtors.find_by(creditor.id, IdentifierKind::Phone, phone->canonical))
      return of_person(*id);
  }
  if (const auto message = tx.outbox.find_by_platform_id(creditor.id, subject))
    return of_message(*message);
  return fail(
      ErrorCode::NotFound,
      "'{}': no debtor, invoice or message is called so (expected an invoice number, a document, "
      "a phone, an id, or WhatsApp's id of a message)",
      subject);
}

Result<DebtorId> find_subject(Tx& tx, const Creditor& creditor, std::string_view subject) {
  ASSIGN_OR_RETURN(const Topic topic, find_topic(tx, creditor, subject));
  return topic.debtor;
}

Result<Explanation> explain(Tx& tx, const Creditor& creditor, const Topic& topic, Instant now,
                            const Law& law) {
  const DebtorId id = topic.debtor;
  const auto row = tx.debtors.for_review(creditor.id, id);
  if (!row) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  Explanation explanation{.topic = topic,
                          .debtor = row->debtor,
                          .address = address_in_use(tx, row->debtor),
                          .silence = row->silence};
  explanation.unfit = why_unfit(tx, row->debtor);
  if (creditor.paused_at) explanation.paused_why = tx.creditors.paused_why(creditor.id);
  if (const auto number = tx.sending_numbers.find(creditor.id, creditor.phone_number_id))
    explanation.number_owner = number->owner;
  explanation.invoices = tx.invoices.all_of(creditor.id, id);
  explanation.messages = tx.outbox.of_debtor(creditor.id, id);
  explanation.events = tx.timeline.of_debtor(creditor.id, id);
  explanation.opt_outs = tx.permissions.opt_outs(creditor.id, id);
  const auto moments = tx.debtors.review_moments(creditor.id, id);
  explanation.silent_until = moments.first;
  explanation.next_review_at = moments.second;
  const ContactFacts facts = contact_facts(tx, row->debtor, now, law);
  if (const auto rest = rest_of(facts.suspensions)) {
    explanation.rest = rest->code;
    explanation.rest_until = rest->until;
  }
  if (explanation.is_stop_in_doubt() && explanation.silence.starts_with(code_of(Reason::OptOutAll)))
    explanation.silence = kStopDoubt;
  explanation.decision_now =
      compliance::decide(facts.request(row->debtor, creditor, Purpose::Overdue, law), now);
  return explanation;
}

}  // namespace puntual::engine
