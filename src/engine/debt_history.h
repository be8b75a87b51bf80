// What has happened to an invoice, as its late interest sees it: read from the books, the rows of
// charges, and all that makes interest rest (a case flag, an agreement). Values of one moment of
// one transaction.
#pragma once

#include <optional>
#include <vector>

#include "core/charges/charge_rules.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// No further than until a payment was booked, and with it or not.
struct Until {
  const Payment* payment = nullptr;
  bool is_with = false;
};

// The last day on which paying costs nothing but the days of grace: the due date, or where the
// rules move it the business day that follows it.
[[nodiscard]] CivilDate payable_until(const Desk& desk, const Creditor& creditor,
                                      const Invoice& invoice);

class DebtHistory {
 public:
  DebtHistory(Tx& tx, const Creditor& creditor, const Invoice& invoice, Until until = {});

  // As if so much had been paid on that day.
  void settle(CivilDate on, int64_t minor);

  // `due_on` is payable_until(). Of the days to `through`; a piece ends with `cut_after`.
  [[nodiscard]] Interest interest(const ChargeRules& rules, CivilDate due_on, CivilDate through,
                                  std::optional<CivilDate> cut_after) const;
  // What was overdue when that day began, by all that is known now.
  [[nodiscard]] int64_t overdue_on(const ChargeRules& rules, CivilDate due_on, CivilDate day) const;
  // The costs that were charged, what was taken back of them set off.
  [[nodiscard]] std::optional<store::Charge> costs() const;
  // All interest that was ever booked, and what was taken back of it because it was none.
  [[nodiscard]] int64_t booked_minor() const;
  // The last day whose interest is booked.
  [[nodiscard]] std::optional<CivilDate> booked_to() const;
  [[nodiscard]] bool is_resting(CivilDate day) const;

 private:
  [[nodiscard]] CivilDate local(Instant at) const { return zone_.local(at).date; }
  void add(CivilDate on, DebtEventKind kind, int64_t minor);
  void take(const LedgerEntry& entry, CivilDate on, const std::optional<Payment>& payment);
  void explain(CivilDate paid_on, int64_t left);
  void rest(Instant since, std::optional<Instant> until);

  const Zone zone_;
  std::vector<store::Charge> charges_;
  std::vector<DebtEvent> events_;
  std::vector<size_t> reported_;  // Places of what files said; before the events are sorted.
  std::vector<Days> rests_;
};

}  // namespace puntual::engine
