#include "sim/oracle.h"

#include "base/phone.h"
#include "core/compliance/rule_book.h"
#include "engine/audit.h"

namespace puntual::sim {
namespace {

// Minutes of the day in which collection may be sent on this weekday, by the strict reading of the pack.
compliance::DayHours hours_of(std::string_view country, Weekday day) {
  const auto* land = compliance::RuleBook::built_in().find(country);
  return land == nullptr ? compliance::kClosed : land->pack.messages.strict.days[static_cast<size_t>(day)];
}

struct Wished {
  bool names_day = false;
  bool is_open = false;
};
Wished wished_at(const ConsumerHours& hours, const LocalTime& local) {
  Wished wished;
  for (const auto& interval : hours.intervals) {
    if ((interval.weekdays >> static_cast<int>(weekday_of(local.date)) & 1) == 0) continue;
    wished.names_day = true;
    wished.is_open |= local.ms_of_day >= interval.from_ms && local.ms_of_day < interval.to_ms;
  }
  return wished;
}

constexpr int kWeekMax = 3;  // Of the house and of the shipped strategies.

bool collects(Purpose purpose) { return purpose == Purpose::PreDue || purpose == Purpose::Overdue; }

bool is_proven(Tx& tx, const Debtor& debtor) {
  const auto address = tx.addresses.find(debtor.creditor_id, debtor.id, debtor.phone.empty() ? debtor.user_id : canonical_of_wa_id(debtor.phone));
  return address && address->state == AddressState::Confirmed;
}

}  // namespace

void Oracle::violation(const OutboxMessage& message, Instant now, Never kind, std::string_view what) {
  ++counts_[static_cast<size_t>(kind)];
  violations_.push_back(fmt::format("{} message {} ({}): {}", format_utc(now), message.id.value, message.dedupe_key, what));
}

void Oracle::check_window(Tx& tx, const OutboxMessage& message, const Debtor& debtor, Zone zone, Instant now) {
  const LocalTime local = zone.local(now);
  if (const auto wish = tx.contact_hours.of(message.creditor_id, debtor.id)) {
    const Wished wished = wished_at(wish->hours, local);
    const bool replaces = debtor.country == "CO" && wish->hours.separate_instrument && wish->hours.after_contract;
    if (!replaces && (wished.names_day || debtor.country != "CO") && !wished.is_open) violation(message, now, Never::OutsideHours, "outside the hours that the person asked for");
    if (replaces && wished.names_day) {
      if (!wished.is_open) violation(message, now, Never::OutsideHours, "outside the hours that the person asked for");
      return;
    }
  }
  const compliance::DayHours hours = hours_of(debtor.country, weekday_of(local.date));
  if (local.ms_of_day < hours.from * kMinuteMs || local.ms_of_day >= hours.to * kMinuteMs) {
    violation(message, now, Never::OutsideHours, "outside the legal hours");
  }
  if (compliance::is_holiday(debtor.country, local.date)) {
    violation(message, now, Never::OutsideHours, "on a holiday");
  }
  const int64_t end_ms = local.ms_of_day + message.ttl_seconds * kSecondMs;
  if (end_ms > hours.to * kMinuteMs) violation(message, now, Never::OutsideHours, "it may be delivered after the legal hours");
}

void Oracle::check_frequency(const OutboxMessage& message, const Debtor& debtor, CivilDate today, Instant now) {
  if (++collection_by_day_[{debtor.id, today}] > 1) violation(message, now, Never::SentTwice, "a second reminder on one day");
  const auto count_since = [&](int32_t days) {
    int count = 0;
    for (auto it = collection_by_day_.lower_bound({debtor.id, today - (days - 1)});
         it != collection_by_day_.end() && it->first.first == debtor.id; ++it) {
      count += it->second;
    }
    return count;
  };
  const bool chile = debtor.country == "CL";
  if (count_since(7) > (chile ? 2 : kWeekMax)) violation(message, now, Never::Other, "too many reminders in seven days");
  if (chile && count_since(3) > 1) violation(message, now, Never::Other, "not two whole days after the last reminder");
}

void Oracle::see_send(Tx& tx, const OutboxMessage& message, const Debtor& debtor, Zone zone, Instant now) {
  ++sends_;
  if (!keys_sent_.insert(message.dedupe_key).second) violation(message, now, Never::SentTwice, "a second body for the same key");
  if (message.state != MessageState::InFlight) violation(message, now, Never::Other, "not in flight when handed over");
  if (message.purpose != Purpose::OptOutAck && !tx.permissions.opt_outs(message.creditor_id, debtor.id).empty()) {
    violation(message, now, Never::AfterStop, "after the person's stop");
  }
  if (message.purpose != Purpose::OptOutAck &&
      !tx.permissions.of(message.creditor_id, debtor.id).consent[static_cast<size_t>(Channel::WhatsApp)].granted) {
    violation(message, now, Never::Other, "without a consent");
  }
  if (debtor.role > Role::Guarantor) violation(message, now, Never::Other, "to somebody who owes nothing");
  if (message.purpose != Purpose::OptOutAck && tx.case_flags.active(message.creditor_id, debtor.id) != 0) {
    violation(message, now, Never::Other, "although the case forbids it");
  }
  if ((collects(message.purpose) || message.purpose == Purpose::PaymentConfirmation) && !is_proven(tx, debtor)) {
    violation(message, now, Never::Other, "facts of a debt to a number that is not confirmed");
  }
  if (!collects(message.purpose)) return;
  check_window(tx, message, debtor, zone, now);
  check_frequency(message, debtor, zone.local(now).date, now);
  if (message.purpose == Purpose::IdentityCheck) return;
  for (const auto id : message.covered) {
    const auto invoice = tx.invoices.find(message.creditor_id, id);
    if (!invoice || invoice->balance_minor <= 0) violation(message, now, Never::AfterPayment, "about an invoice that owes nothing");
  }
  if (tx.templates.status(message.creditor_id, message.template_name, message.language) != "APPROVED") {
    violation(message, now, Never::Other, "its template is not approved");
  }
}

void Oracle::see_refusal(const OutboxMessage& message, Zone zone, Instant now) {
  keys_sent_.erase(message.dedupe_key);
  if (collects(message.purpose)) --collection_by_day_[{message.debtor_id, zone.local(now).date}];
}

void Oracle::see_books(Tx& tx, CreditorId creditor) {
  for (auto& mismatch : tx.ledger.mismatches(creditor, 10)) {
    ++counts_[static_cast<size_t>(Never::Other)];
    violations_.push_back(std::move(mismatch));
  }
  for (const auto& fault : engine::verify_audit(tx, {}).faults) {
    ++counts_[static_cast<size_t>(Never::Other)];
    violations_.push_back(fmt::format("audit trail, record {}: {}", fault.record_id, fault.what_es));
  }
}

}  // namespace puntual::sim
