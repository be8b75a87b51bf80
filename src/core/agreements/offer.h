// What may be agreed today, inside the creditor's mandate: concrete offers, and the answer to a
// promise of the person's own. Pure; thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/agreements/agreement.h"
#include "core/agreements/mandate.h"

namespace puntual {

// What the mandate is asked about.
struct DebtToday {
  Money owed;       // Of the invoices that would be covered: one currency.
  CivilDate today;  // The person's.
  std::vector<Instalment> due =
      {};  // What of it is due when; the rest is by now. Nothing is asked for before that.
  int32_t made = 0;    // Agreements with them in the mandate's months,
  int32_t broken = 0;  // and of those, broken or kept in part.
  std::function<bool(CivilDate)>
      is_closed;  // No payment is asked for on such a day; empty: every day is open.
};

// What the person has said of it; each part may be unknown.
struct Wish {
  std::optional<CivilDate> date;        // From when they can pay.
  std::optional<int64_t> amount_minor;  // How much at a time.
  std::optional<int32_t> instalments;
};

struct Offer {
  std::vector<Instalment> instalments;  // By date, at least one. Integers that add up exactly.
  int64_t discount_minor = 0;           // Forgiven when all is kept.

  [[nodiscard]] AgreementKind kind() const {
    return instalments.size() == 1 ? AgreementKind::Promise : AgreementKind::Plan;
  }
  [[nodiscard]] int64_t total_minor() const;
  bool operator==(const Offer&) const = default;
};

// What somebody at the desk puts together for a person.
struct OfferDraft {
  int32_t parts = 1;
  std::optional<CivilDate> first_on = {};  // Unknown: the first day on which we ask for anything.
  std::optional<int64_t> first_minor =
      {};  // Unknown: an equal part. Of one payment: the payment, and what it leaves is still owed.
  int64_t discount_minor = 0;
};

// The bound of a mandate that an offer goes beyond, and where it stands: a count, per cent or minor
// units, or a day.
enum class Bound : uint8_t {
  NoMandate,
  Agreements,
  Broken,
  Parts,
  LastDay,
  Discount,
  Amount,
  RestDay,
  Instalment,
  FirstDay,
  FirstAmount
};
struct Beyond {
  Bound bound = Bound::NoMandate;
  int64_t limit = 0;
  std::optional<CivilDate> day = {};
};

enum class PromiseAnswer : uint8_t { Accepted, NeedsDate, TooLate, TooLittle, Person };

struct PromiseVerdict {
  PromiseAnswer answer = PromiseAnswer::Person;
  Offer offer;       // Accepted: the promise, its date moved to an open day.
  CivilDate latest;  // TooLate: the last day that the mandate allows, and never one before it is
                     // due. Promised then, it is accepted.
  int64_t minimum_minor = 0;  // TooLittle: the least that it takes.
};

namespace agreements {

// The same day some months later, or earlier; where that month has none, its last.
[[nodiscard]] CivilDate months_later(CivilDate date, int32_t months);

// At most three: all of it later, two parts, several parts (as many as wished, or as the mandate
// allows); the parts they wish for come first. Empty: only a person may agree on anything with
// them.
[[nodiscard]] std::vector<Offer> offers(const Mandate& mandate, const DebtToday& debt,
                                        const Wish& wish);

// Its schedule as the mandate spaces it, on open days, whether the mandate allows it or not. At
// least one part.
[[nodiscard]] Offer lay_out(const Mandate& mandate, const DebtToday& debt, const OfferDraft& draft);
// The day itself, or the first open one after it.
[[nodiscard]] CivilDate open_day_from(const DebtToday& debt, CivilDate wanted);
// The most that the mandate forgives.
[[nodiscard]] int64_t discount_max(const Mandate& mandate, const DebtToday& debt);

// No amount: all that is owed.
[[nodiscard]] PromiseVerdict judge_promise(const Mandate& mandate, const DebtToday& debt,
                                           std::optional<CivilDate> date,
                                           std::optional<int64_t> amount_minor);

// Is it an agreement at all: amounts above zero, no more than is owed, dates ascending from today
// on? Invalid says what is not.
[[nodiscard]] Result<void> check_shape(const DebtToday& debt, const Offer& offer);
[[nodiscard]] std::string_view text_of(Bound bound);  // "last_day"
// The first bound that it goes beyond; none: it is inside.
[[nodiscard]] std::optional<Beyond> beyond_mandate(const Mandate& mandate, const DebtToday& debt,
                                                   const Offer& offer);
// The same as a refusal: Forbidden names the bound.
[[nodiscard]] Result<void> check_mandate(const Mandate& mandate, const DebtToday& debt,
                                         const Offer& offer);

}  // namespace agreements
}  // namespace puntual
