// Late interest of one invoice, told anew from everything that has happened to it: simple interest
// on the capital that was overdue on each day, at the lower of what was agreed and the ceiling of
// that day. No interest on interest, ever.
//
// A day counts when it ends: what is asked for on a day holds the interest of the days before it
// (asked_through), at any hour and wherever it is told, and whoever pays all of that owes nothing
// more: the days not asked for yet are over with it. A part paid leaves the rest, and the day
// itself counts in full. The due date and the days of grace after it cost nothing. In doubt less is
// charged: days on which a debt rested cost nothing, and neither does a day that no confirmed
// ceiling speaks of. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/charges/charge_table.h"

namespace puntual {

// What was agreed with those who owe, and how it is proven ([charges]).
struct InterestTerms {
  Rate agreed;
  std::string credit;  // Which of the country's ceilings is theirs.
  CivilDate since;  // The first day that this program computes; what was before is the creditor's
                    // own matter.
  int32_t grace_days = 0;
  int64_t max_micro_percent = 0;  // All interest of an invoice is never more than this part of its
                                  // capital; 0: no such bound.
  bool capital_first = false;     // Agreed otherwise than the country's order.
  int64_t tax_micro_percent =
      0;  // Comes on top of interest, and is none: no ceiling counts it; 0: there is no such tax.
  std::string tax = {};     // "IVA": as it is told to people.
  bool is_monthly = false;  // Asked for when a month has ended; else every day.

  // The last day whose interest is asked for on this one: what is owed on a day is what has come to
  // be owed by the end of it.
  [[nodiscard]] CivilDate asked_through(CivilDate day) const {
    return day - (is_monthly ? ymd_of(day).day : 1);
  }
  // The first day, from this one on, on which something new is asked for.
  [[nodiscard]] CivilDate asked_on(CivilDate day) const;
};

enum class DebtEventKind : uint8_t {
  Capital,  // So much more capital; negative: less.
  Settled,  // Paid, reported or given up; negative: taken back.
  Cost,     // Collection costs.
  Waived,   // Interest or costs given up by a person.
};
struct DebtEvent {
  CivilDate on;  // It counts from the day after it on.
  DebtEventKind kind = DebtEventKind::Capital;
  int64_t minor = 0;
};

struct Days {
  CivilDate from, to;  // Both are of them.
};

struct OverdueDebt {
  CivilDate due_on;
  std::span<const DebtEvent> events;   // By day.
  std::span<const Days> rests;         // A dispute, an insolvency, an agreement: no interest.
  CivilDate through;                   // The last day that is computed.
  std::optional<CivilDate> cut_after;  // A piece ends with this day: what was booked before.
};

// Days in a row with one capital and one rate.
struct InterestPiece {
  CivilDate from, to;
  int64_t base_minor = 0;
  Rate rate;                // The one that was used:
  bool is_ceiling = false;  // the law's, which is lower than the agreed one.
  const Ceiling* ceiling = nullptr;
  int64_t minor = 0;  // All pieces add up to the sum, which is rounded once.
};

struct Interest {
  std::vector<InterestPiece> pieces;
  // What is owed after all events.
  int64_t capital_minor = 0, interest_minor = 0, costs_minor = 0;
  std::optional<CivilDate>
      stopped_on;  // The first day that nobody may compute: no confirmed ceiling.

  [[nodiscard]] int64_t total_minor() const;  // Of all pieces.
  [[nodiscard]] int64_t total_through(CivilDate day) const;
};

namespace charges {

// The pieces point into the table.
[[nodiscard]] Interest interest_of(const InterestTerms& terms, const ChargeTable& table,
                                   const OverdueDebt& debt);

}  // namespace charges
}  // namespace puntual
