#include "core/agreements/offer.h"

#include <algorithm>

#include "base/names.h"
#include "core/agreements/kind_unit.h"

namespace puntual {

int64_t Offer::total_minor() const {
  int64_t total = 0;
  for (const auto& instalment : instalments) total += instalment.amount_minor;
  return total;
}

namespace agreements {
namespace {

bool is_open(const DebtToday& debt, CivilDate date) {
  return !debt.is_closed || !debt.is_closed(date);
}

constexpr int32_t kRestMax =
    15;  // Days in a row on which nothing is asked for: no calendar has more.

constexpr Names<Bound, 11> kBounds = {{{{"no_mandate", "none holds"},
                                        {"agreements", "too many agreements"},
                                        {"broken", "too many broken agreements"},
                                        {"parts", "too many instalments"},
                                        {"last_day", "the last payment is too late"},
                                        {"discount", "too much is forgiven"},
                                        {"amount", "too little is agreed on"},
                                        {"rest_day", "a payment on a day of rest"},
                                        {"instalment", "an instalment is too small"},
                                        {"first_day", "the first payment is too late"},
                                        {"first_amount", "the first payment is too small"}}}};

struct Dates {
  CivilDate first, last;
};

// The day itself, or the nearest open one after it, else before it; none when all of them are
// closed.
std::optional<CivilDate> open_day(const DebtToday& debt, CivilDate wanted, Dates within) {
  for (CivilDate date = wanted; date <= within.last; date = date + 1) {
    if (is_open(debt, date)) return date;
  }
  for (CivilDate date = std::min(wanted, within.last + 1) - 1; date >= within.first;
       date = date - 1) {
    if (is_open(debt, date)) return date;
  }
  return std::nullopt;
}

CivilDate spaced(const Mandate& mandate, CivilDate first, int32_t n) {
  return mandate.spacing == Spacing::Monthly ? months_later(first, n) : first + 14 * n;
}

// Whole units of the currency are easier to pay and to say.
int64_t round_down(int64_t minor, Currency currency) {
  return minor - minor % currency.minor_per_major();
}
int64_t percent_up(int64_t minor, int32_t percent) { return (minor * percent + 99) / 100; }

bool may_agree(const Mandate& mandate, const DebtToday& debt) {
  return debt.owed.minor > 0 && debt.made < mandate.agreements_max &&
         debt.broken < mandate.broken_max;
}

// The earliest day on which we ask for so much; who wants to may promise an earlier one.
CivilDate first_asked(const DebtToday& debt, int64_t minor) {
  CivilDate from = debt.today;
  int64_t due_later = 0;
  for (const auto& one : debt.due) due_later += one.due_on > from ? one.amount_minor : 0;
  while (minor > debt.owed.minor - due_later) {
    CivilDate next{INT32_MAX};
    for (const auto& one : debt.due) next = one.due_on > from ? std::min(next, one.due_on) : next;
    if (next.days == INT32_MAX) break;
    from = next;
    for (const auto& one : debt.due) due_later -= one.due_on == from ? one.amount_minor : 0;
  }
  return from;
}

// To pay on the day on which it is due anyway needs no mandate: what is not due yet may be promised
// for then, however few days are allowed, and where that is a day of rest, for the next open one.
Dates promise_dates(const Mandate& mandate, const DebtToday& debt, int64_t minor) {
  const CivilDate by_mandate = debt.today + mandate.promise_days_max;
  CivilDate due = first_asked(debt, std::min(minor, debt.owed.minor));
  if (due <= by_mandate) return {debt.today, by_mandate};
  constexpr int32_t kRestDaysMax = 10;  // In a row; no calendar knows as many.
  for (int32_t n = 0; n < kRestDaysMax && !is_open(debt, due); ++n) due = due + 1;
  return {debt.today, due};
}

// When the first instalment of a plan, of so much, may be: soon, if it is a down payment.
Dates first_dates(const Mandate& mandate, const DebtToday& debt, int64_t minor) {
  const CivilDate from = first_asked(debt, minor);
  return {from, mandate.down_payment_percent_min > 0 ? from + kDownPaymentDays
                                                     : spaced(mandate, from, 1)};
}

std::optional<Offer> all_later(const Mandate& mandate, const DebtToday& debt, const Wish& wish) {
  const Dates within{first_asked(debt, debt.owed.minor),
                     promise_dates(mandate, debt, debt.owed.minor).last};
  if (within.first > within.last) return std::nullopt;
  const auto on = open_day(
      debt, std::clamp(wish.date.value_or(within.last), within.first, within.last), within);
  if (!on) return std::nullopt;
  const int64_t discount = discount_max(mandate, debt);
  return Offer{.instalments = {{*on, debt.owed.minor - discount}}, .discount_minor = discount};
}

int64_t round_down_to(int64_t unit, int64_t minor) { return minor - minor % unit; }

// What the parts are rounded to: what people pay in, where even the least part is many times that.
int64_t unit_of_parts(int64_t least_minor, Currency currency) {
  const int64_t kind = kind_unit_minor(currency);
  return least_minor >= 10 * kind ? kind : std::min(kind, currency.minor_per_major());
}

// Equal parts, the first never less than the down payment; the last takes what does not divide.
std::vector<int64_t> amounts_of(const Mandate& mandate, Money total, int32_t parts) {
  const int64_t down_least = percent_up(total.minor, mandate.down_payment_percent_min);
  const int64_t least = std::min(total.minor / parts, (total.minor - down_least) / (parts - 1));
  const int64_t unit = unit_of_parts(least, total.currency);
  const int64_t down = std::min(total.minor, round_down_to(unit, down_least + unit - 1));
  const int64_t equal = round_down_to(unit, total.minor / parts);
  const int64_t first = std::max(down, equal);
  const int64_t other =
      first == equal ? equal : round_down_to(unit, (total.minor - first) / (parts - 1));
  std::vector<int64_t> amounts(static_cast<size_t>(parts), other);
  amounts.front() = first;
  amounts.back() = total.minor - first - other * (parts - 2);
  return amounts;
}

std::optional<Offer> in_parts(const Mandate& mandate, const DebtToday& debt, const Wish& wish,
                              int32_t parts) {
  Offer offer{.instalments = {}, .discount_minor = discount_max(mandate, debt)};
  const auto amounts =
      amounts_of(mandate, {debt.owed.minor - offer.discount_minor, debt.owed.currency}, parts);
  if (std::ranges::min(amounts) < std::max<int64_t>(1, mandate.instalment_minor_min))
    return std::nullopt;
  const Dates first = first_dates(mandate, debt, amounts.front());
  const CivilDate limit = debt.today + mandate.plan_days_max;
  for (int32_t n = 0; n < parts; ++n) {
    const bool is_first = offer.instalments.empty();
    const CivilDate wanted =
        is_first ? std::clamp(wish.date.value_or(first.last), first.first, first.last)
                 : spaced(mandate, offer.instalments.front().due_on, n);
    if (wanted > limit) return std::nullopt;
    const auto on = is_first ? open_day(debt, wanted, {first.first, std::min(first.last, limit)})
                             : open_day(debt, wanted, {offer.instalments.back().due_on + 1, limit});
    if (!on) return std::nullopt;
    offer.instalments.push_back({*on, amounts[static_cast<size_t>(n)]});
    if (*on < first_asked(debt, offer.total_minor()))
      return std::nullopt;  // Worse than what is due anyway.
  }
  return offer;
}

int32_t parts_wished(const Mandate& mandate, const DebtToday& debt, const Wish& wish) {
  int64_t parts = mandate.instalments_max;
  if (wish.amount_minor && *wish.amount_minor > 0)
    parts = (debt.owed.minor - 1) / *wish.amount_minor + 1;
  if (wish.instalments) parts = *wish.instalments;
  return static_cast<int32_t>(std::clamp<int64_t>(parts, 2, mandate.instalments_max));
}

}  // namespace

CivilDate months_later(CivilDate date, int32_t months) {
  const auto [year, month, day] = ymd_of(date);
  const int32_t all = year * 12 + month - 1 + months;
  for (int32_t last = day;; --last) {
    if (const auto found = civil_date(all / 12, all % 12 + 1, last)) return *found;
  }
}

std::vector<Offer> offers(const Mandate& mandate, const DebtToday& debt, const Wish& wish) {
  std::vector<Offer> found;
  if (!may_agree(mandate, debt)) return found;
  const auto add = [&](std::optional<Offer> offer) {
    if (offer) found.push_back(*std::move(offer));
    return offer.has_value();
  };
  add(all_later(mandate, debt, wish));
  if (mandate.instalments_max < 2) return found;
  add(in_parts(mandate, debt, wish, 2));
  // Who wishes two parts is shown the longest plan beside them; where it does not fit, a shorter
  // one.
  const int32_t wished = parts_wished(mandate, debt, wish);
  for (int32_t parts = wished == 2 ? mandate.instalments_max : wished; parts > 2; --parts) {
    if (add(in_parts(mandate, debt, wish, parts))) break;
  }
  // What they asked for comes first.
  if (wish.instalments || wish.amount_minor) {
    std::ranges::stable_partition(found, [&](const Offer& one) {
      return std::ssize(one.instalments) == wished && one.kind() == AgreementKind::Plan;
    });
  }
  return found;
}

PromiseVerdict judge_promise(const Mandate& mandate, const DebtToday& debt,
                             std::optional<CivilDate> date, std::optional<int64_t> amount_minor) {
  const int64_t amount = std::min(amount_minor.value_or(debt.owed.minor), debt.owed.minor);
  const Dates within = promise_dates(mandate, debt, amount);
  const auto latest = open_day(debt, within.last, within);
  if (!may_agree(mandate, debt) || !latest) return {};
  PromiseVerdict verdict{.answer = PromiseAnswer::Accepted,
                         .offer = {},
                         .latest = *latest,
                         .minimum_minor = percent_up(debt.owed.minor, mandate.promise_percent_min)};
  if (!date || *date < debt.today) {
    verdict.answer = PromiseAnswer::NeedsDate;
  } else if (*date > within.last) {
    verdict.answer = PromiseAnswer::TooLate;
  } else if (amount < verdict.minimum_minor) {
    verdict.answer = PromiseAnswer::TooLittle;
  } else {
    verdict.offer.instalments = {{*open_day(debt, *date, within), amount}};
  }
  return verdict;
}

CivilDate open_day_from(const DebtToday& debt, CivilDate wanted) {
  return open_day(debt, wanted, {debt.today, wanted + kRestMax}).value_or(wanted);
}

int64_t discount_max(const Mandate& mandate, const DebtToday& debt) {
  return round_down(debt.owed.minor * mandate.discount_percent / 100, debt.owed.currency);
}

Offer lay_out(const Mandate& mandate, const DebtToday& debt, const OfferDraft& draft) {
  const int32_t parts = std::max(draft.parts, 1);
  const int64_t total = debt.owed.minor - draft.discount_minor;
  std::vector<int64_t> amounts =
      parts == 1 ? std::vector{total} : amounts_of(mandate, {total, debt.owed.currency}, parts);
  if (draft.first_minor) {
    amounts.front() = *draft.first_minor;
    const int64_t other = (total - amounts.front()) / std::max(parts - 1, 1);
    const int64_t unit = unit_of_parts(other, debt.owed.currency);
    for (size_t n = 1; n < amounts.size(); ++n) amounts[n] = round_down_to(unit, other);
  }
  Offer offer{.instalments = {}, .discount_minor = draft.discount_minor};
  const CivilDate first_on = draft.first_on.value_or(first_asked(debt, amounts.front()));
  for (int32_t n = 0; n < parts; ++n) {
    const CivilDate wanted = spaced(mandate, first_on, n);
    // What does not divide goes with the last.
    const int64_t amount =
        n > 0 && n + 1 == parts ? total - offer.total_minor() : amounts[static_cast<size_t>(n)];
    offer.instalments.push_back({open_day_from(debt, wanted), amount});
  }
  return offer;
}

constexpr int32_t kLongestMonths = 36;  // Further away is a slip of the pen.

Result<void> check_shape(const DebtToday& debt, const Offer& offer) {
  if (offer.instalments.empty())
    return fail(ErrorCode::Invalid, "an agreement without instalments");
  CivilDate before = debt.today - 1;
  int64_t left = debt.owed.minor - offer.discount_minor;
  for (const auto& [due_on, amount_minor] : offer.instalments) {
    if (due_on <= before) {
      return fail(ErrorCode::Invalid, "an instalment on {} (expected later than {})",
                  format_date(due_on), format_date(before));
    }
    if (amount_minor <= 0)
      return fail(ErrorCode::Invalid, "an instalment of {} (expected more than zero)",
                  amount_minor);
    if (amount_minor > left) {
      return fail(ErrorCode::Invalid, "instalments of more than the {} that is owed",
                  format_plain(debt.owed));
    }
    left -= amount_minor;
    before = due_on;
  }
  if (const CivilDate last = months_later(debt.today, kLongestMonths); before > last) {
    return fail(ErrorCode::Invalid, "an instalment on {} (expected {} at the latest: three years)",
                format_date(before), format_date(last));
  }
  if (offer.discount_minor < 0 || (offer.discount_minor > 0 && left != 0)) {
    return fail(ErrorCode::Invalid,
                "a discount goes with all of the rest: instalments and discount must add up to {}",
                format_plain(debt.owed));
  }
  return {};
}

std::string_view text_of(Bound bound) { return kBounds.text(bound); }

std::optional<Beyond> beyond_mandate(const Mandate& mandate, const DebtToday& debt,
                                     const Offer& offer) {
  const int64_t total = offer.total_minor();
  const bool is_plan = offer.kind() == AgreementKind::Plan;
  const CivilDate latest =
      is_plan ? debt.today + mandate.plan_days_max : promise_dates(mandate, debt, total).last;
  if (debt.made >= mandate.agreements_max) return Beyond{Bound::Agreements, mandate.agreements_max};
  if (debt.broken >= mandate.broken_max) return Beyond{Bound::Broken, mandate.broken_max};
  if (std::ssize(offer.instalments) > mandate.instalments_max)
    return Beyond{Bound::Parts, mandate.instalments_max};
  if (offer.instalments.back().due_on > latest) return Beyond{Bound::LastDay, 0, latest};
  if (offer.discount_minor > discount_max(mandate, debt))
    return Beyond{Bound::Discount, discount_max(mandate, debt)};
  const int64_t least =
      is_plan ? debt.owed.minor : percent_up(debt.owed.minor, mandate.promise_percent_min);
  if (is_plan ? total + offer.discount_minor != least : total + offer.discount_minor < least)
    return Beyond{Bound::Amount, least};
  for (const auto& [due_on, amount_minor] : offer.instalments) {
    if (!is_open(debt, due_on)) return Beyond{Bound::RestDay, 0, due_on};
    if (is_plan && amount_minor < mandate.instalment_minor_min)
      return Beyond{Bound::Instalment, mandate.instalment_minor_min};
  }
  if (!is_plan) return std::nullopt;
  const auto& first = offer.instalments.front();
  const CivilDate first_latest = first_dates(mandate, debt, first.amount_minor).last;
  if (first.due_on > first_latest) return Beyond{Bound::FirstDay, 0, first_latest};
  const int64_t down = percent_up(total, mandate.down_payment_percent_min);
  if (first.amount_minor < down) return Beyond{Bound::FirstAmount, down};
  return std::nullopt;
}

Result<void> check_mandate(const Mandate& mandate, const DebtToday& debt, const Offer& offer) {
  const auto beyond = beyond_mandate(mandate, debt, offer);
  if (!beyond) return {};
  return fail(ErrorCode::Forbidden, "beyond the mandate: {} (the bound is {})",
              kBounds.shown(beyond->bound),
              beyond->day ? format_date(*beyond->day) : std::to_string(beyond->limit));
}

}  // namespace agreements
}  // namespace puntual
