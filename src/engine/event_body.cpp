#include "engine/event_body.h"

#include "base/json.h"
#include "base/text.h"
#include "core/events/event.h"
#include "core/portfolio/told_state.h"

namespace puntual::engine {
namespace {

constexpr size_t kTextBytesMax = 400;  // Of a reference or a name: longer ones are cut.
constexpr size_t kFactsBytesMax = 10'000;

json::value cut(std::string_view text) { return json::value(beginning_of(text, kTextBytesMax)); }

template <class IdType>
json::value id_text(IdType id) {
  return json::value(std::to_string(id.value));
}

json::object invoice_json(const Invoice& invoice) {
  return {{"id", id_text(invoice.id)},
          {"number", cut(invoice.number)},
          {"currency", invoice.amount.currency.code()},
          {"amount_minor", invoice.amount.minor},
          {"balance_minor", invoice.balance_minor},
          {"charged_minor", invoice.charged_minor},
          {"state", told_state(invoice.amount.minor, invoice.state)}};
}

json::object payment_json(const Payment& payment) {
  return {{"id", id_text(payment.id)},
          {"source", cut(payment.source)},
          {"source_id", cut(payment.source_id)},
          {"reference", cut(payment.reference)},
          {"currency", payment.amount.currency.code()},
          {"amount_minor", payment.amount.minor},
          {"unapplied_minor", payment.unapplied_minor},
          {"method", cut(payment.method)},
          {"paid_on", format_date(payment.paid_on)}};
}

json::object message_json(const OutboxMessage& message) {
  json::object about{{"id", id_text(message.id)},
                     {"purpose", text_of(message.purpose)},
                     {"channel", text_of(message.channel)},
                     {"state", text_of(message.state)}};
  if (!message.step.empty()) about["step"] = message.step;
  if (!message.template_name.empty()) about["template"] = message.template_name;
  if (message.error_code != 0) about["error_code"] = message.error_code;
  return about;
}

json::object person_json(Tx& tx, const Debtor& debtor) {
  json::object person;
  const auto say = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) person[name] = cut(value);
  };
  say("name", debtor.name);
  say("phone", debtor.phone);
  say("email", debtor.email);
  for (const auto& one : tx.debtors.identifiers(debtor.creditor_id, debtor.id)) {
    if (one.kind == IdentifierKind::Document) say("document", one.value);
    if (one.kind == IdentifierKind::External) say("external_id", one.value);
  }
  return person;
}

// Of an agreement the terms stand in the record that made it, and its number in the detail of every
// one: "promise 7 …".
void add_agreement(json::object& data, const TimelineEvent& record) {
  if (!record.kind.starts_with("agreement_")) return;
  const auto number = record.detail.find(' ');
  if (number == std::string::npos) return;
  const auto end = std::min(record.detail.find(' ', number + 1), record.detail.size());
  json::object agreement{
      {"id", record.detail.substr(number + 1, end - number - 1)},
      {"kind", record.detail.substr(0, number)},
      {"state", record.kind == "agreement_made" ? "active" : record.kind.substr(10)}};
  const auto facts =
      record.facts.size() <= kFactsBytesMax ? parse_json(record.facts) : json::value();
  for (const auto* name :
       {"currency", "total_minor", "discount_minor", "invoices", "instalments"}) {
    if (const auto* value = facts ? member(*facts, name) : nullptr) agreement[name] = *value;
  }
  data["agreement"] = std::move(agreement);
}

}  // namespace

std::string event_body(Tx& tx, const TimelineEvent& record, bool is_full) {
  const CreditorId creditor = record.creditor_id;
  json::object data{{"detail", cut(record.detail)}};
  if (record.debtor_id) {
    data["debtor"] = id_text(record.debtor_id);
    const auto debtor = is_full ? tx.debtors.find(creditor, record.debtor_id) : std::nullopt;
    if (debtor && !debtor->erased_at) data["person"] = person_json(tx, *debtor);
  }
  if (record.payment_id) {
    if (const auto payment = tx.payments.find(creditor, record.payment_id))
      data["payment"] = payment_json(*payment);
  }
  if (record.invoice_id) {
    if (const auto invoice = tx.invoices.find(creditor, record.invoice_id))
      data["invoice"] = invoice_json(*invoice);
  }
  if (record.message_id) {
    if (const auto message = tx.outbox.find(creditor, record.message_id))
      data["message"] = message_json(*message);
  }
  add_agreement(data, record);
  json::object event{{"id", events::id_of(record.id)},
                     {"type", events::type_of(record)},
                     {"timestamp", format_utc(record.at)},
                     {"data", std::move(data)}};
  std::string body = to_json(event);
  if (body.size() <= kEventBytesMax) return body;
  // Names of hundreds of control characters, which JSON writes as six bytes each: the ids must do.
  for (const auto* part : {"person", "payment", "invoice", "agreement"})
    event["data"].get_object().erase(part);
  return to_json(event);
}

}  // namespace puntual::engine
