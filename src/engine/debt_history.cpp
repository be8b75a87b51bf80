#include "engine/debt_history.h"

#include <algorithm>

#include "core/compliance/business_days.h"

namespace puntual::engine {
namespace {

using store::Charge;
using store::ChargeKind;

constexpr CivilDate kFromTheBeginning{INT32_MIN / 2};  // With days before it.

}  // namespace

CivilDate payable_until(const Desk& desk, const Creditor& creditor, const Invoice& invoice) {
  const CivilDate due_on = *invoice.due_on;
  return desk.charges->due_moves ? compliance::business_days_after(
                                       desk.law.book().find(creditor.country), due_on - 1, 1)
                                 : due_on;
}

DebtHistory::DebtHistory(Tx& tx, const Creditor& creditor, const Invoice& invoice, Until until)
    : zone_(Zone::of(creditor.zone)), charges_(tx.charges.of_invoice(creditor.id, invoice.id)) {
  if (until.payment != nullptr)
    std::erase_if(charges_, [&](const Charge& one) { return one.at > until.payment->recorded_at; });
  const auto entries = tx.ledger.entries_of(creditor.id, invoice.id);
  bool is_reached = false;
  for (const auto& [at, entry] : entries) {
    const bool is_its = until.payment != nullptr && entry.payment_id == until.payment->id;
    if ((is_its && !until.is_with) || (is_reached && !is_its)) break;
    is_reached = is_its;
    // What the file said when it told of the invoice first was so from the beginning.
    const CivilDate on =
        at == entries.front().at && !entry.payment_id ? kFromTheBeginning : local(at);
    take(entry, on,
         entry.payment_id ? tx.payments.find(creditor.id, entry.payment_id) : std::nullopt);
  }
  for (const auto& one : charges_) {
    if (one.kind == ChargeKind::CollectionCost)
      add(one.from, DebtEventKind::Cost, one.amount_minor);  // Whenever we came to book it.
    if (one.kind == ChargeKind::Waiver)
      add(local(one.at), DebtEventKind::Waived, -one.amount_minor);
  }
  std::ranges::stable_sort(events_, {}, &DebtEvent::on);
  for (const auto& note : tx.case_flags.all_of(creditor.id, invoice.debtor_id))
    rest(note.since, note.cleared_at);
  for (const auto& one : tx.agreements.of_debtor(creditor.id, invoice.debtor_id)) {
    if (std::ranges::find(one.covered, invoice.id) != one.covered.end())
      rest(one.made_at, one.ended_at);
  }
}

void DebtHistory::settle(CivilDate on, int64_t minor) {
  const auto later = std::ranges::upper_bound(events_, on, {}, &DebtEvent::on);
  events_.insert(later, {on, DebtEventKind::Settled, minor});
}

Interest DebtHistory::interest(const ChargeRules& rules, CivilDate due_on, CivilDate through,
                               std::optional<CivilDate> cut_after) const {
  return charges::interest_of(rules.terms, rules.table,
                              {.due_on = due_on,
                               .events = events_,
                               .rests = rests_,
                               .through = through,
                               .cut_after = cut_after});
}

int64_t DebtHistory::overdue_on(const ChargeRules& rules, CivilDate due_on, CivilDate day) const {
  const auto later =
      std::ranges::find_if(events_, [&](const DebtEvent& one) { return one.on >= day; });
  return charges::interest_of(rules.terms, rules.table,
                              {.due_on = due_on,
                               .events = {events_.begin(), later},
                               .rests = rests_,
                               .through = day - 1,
                               .cut_after = {}})
      .capital_minor;
}

std::optional<Charge> DebtHistory::costs() const {
  std::optional<Charge> all;
  for (const auto& one : charges_) {
    if (one.kind != ChargeKind::CollectionCost) continue;
    if (all)
      all->amount_minor += one.amount_minor;
    else
      all = one;
  }
  return all;
}

int64_t DebtHistory::booked_minor() const {
  int64_t minor = 0;
  for (const auto& one : charges_)
    minor += one.kind == ChargeKind::Interest || one.kind == ChargeKind::Correction
                 ? one.amount_minor
                 : 0;
  return minor;
}

std::optional<CivilDate> DebtHistory::booked_to() const {
  std::optional<CivilDate> last;
  for (const auto& one : charges_) {
    if (one.kind == ChargeKind::Interest) last = std::max(last.value_or(one.to), one.to);
  }
  return last;
}

bool DebtHistory::is_resting(CivilDate day) const {
  return std::ranges::any_of(rests_,
                             [&](const Days& one) { return one.from <= day && day <= one.to; });
}

void DebtHistory::add(CivilDate on, DebtEventKind kind, int64_t minor) {
  if (minor != 0) events_.push_back({on, kind, minor});
}

void DebtHistory::take(const LedgerEntry& entry, CivilDate on,
                       const std::optional<Payment>& payment) {
  const bool lowers = entry.credit == Account::Receivable;
  if (entry.debit == Account::Charges || entry.credit == Account::Charges) return;
  if (entry.debit == Account::Invoiced || entry.credit == Account::Invoiced) {
    // In doubt less: an amount that the file lowers was never owed, and one that it raises is owed
    // from then on.
    return add(lowers ? kFromTheBeginning : on, DebtEventKind::Capital,
               lowers ? -entry.amount.minor : entry.amount.minor);
  }
  if (!lowers && entry.debit != Account::Receivable) {
    if (payment && entry.credit == Account::Reported) explain(payment->paid_on, entry.amount.minor);
    return;
  }
  // Money counts from the day on which it was paid, however late we heard of it; what is gone
  // again, from the day it went.
  const CivilDate counts = lowers && payment ? payment->paid_on : on;
  add(counts, DebtEventKind::Settled, lowers ? entry.amount.minor : -entry.amount.minor);
  if (entry.debit == Account::Reported) reported_.push_back(events_.size() - 1);
}

// A payment that the file had counted: now we know on which day it was made.
void DebtHistory::explain(CivilDate paid_on, int64_t left) {
  for (size_t i = 0; i < reported_.size() && left > 0; ++i) {
    DebtEvent& told = events_[reported_[i]];
    if (told.on <= paid_on) continue;
    const int64_t part = std::min(left, told.minor);
    told.minor -= part;
    left -= part;
    add(paid_on, DebtEventKind::Settled, part);
  }
}

void DebtHistory::rest(Instant since, std::optional<Instant> until) {
  rests_.push_back({local(since), until ? local(*until) : CivilDate{INT32_MAX}});
}

}  // namespace puntual::engine
