#include "core/charges/interest.h"

#include <algorithm>

namespace puntual {
namespace {

using Wide = __int128;  // Minor units in parts of kDailyOne: ten years of any debt fit.

// What is owed, day by day.
class Replay {
 public:
  Replay(const InterestTerms& terms, const ChargeTable& table, const OverdueDebt& debt)
      : terms_(terms), table_(table), debt_(debt) {}

  Interest run() {
    auto event = debt_.events.begin();
    const auto happens_before = [&](CivilDate day) {
      for (; event != debt_.events.end() && event->on < day; ++event) take(*event);
    };
    const CivilDate first = std::max(debt_.due_on + 1 + terms_.grace_days, terms_.since);
    for (CivilDate day = first; day <= debt_.through && !told_.stopped_on; day = day + 1) {
      happens_before(day);
      if (terms_.asked_through(day) == day - 1) unasked_ = 0;
      last_ = day;
      accrue(day);
    }
    happens_before(CivilDate{INT32_MAX});
    told_.capital_minor = capital_;
    told_.interest_minor = interest_;
    told_.costs_minor = costs_;
    return std::move(told_);
  }

 private:
  void accrue(CivilDate day) {
    if (capital_ <= 0 || is_resting(day)) return;
    if (ceiling_ == nullptr || day > ceiling_->to || day > table_.confirmed_until) use(day);
    if (ceiling_ == nullptr) {
      told_.stopped_on = day;
      return;
    }
    Wide more = Wide{capital_} * daily_;
    if (terms_.max_micro_percent > 0) {
      const Wide most = Wide{whole_} * terms_.max_micro_percent * (kDailyOne / 100'000'000);
      more = std::clamp<Wide>(most - accrued_, 0, more);
    }
    if (more == 0) return;
    const int64_t before = whole_units(with_tax(accrued_));
    accrued_ += more;
    const int64_t due = whole_units(with_tax(accrued_)) - before;
    interest_ += due;
    unasked_ += due;
    piece(day).minor += due;
  }

  [[nodiscard]] Wide with_tax(Wide interest) const {
    return interest + interest / 100'000'000 * terms_.tax_micro_percent;
  }

  // To the nearest minor unit; of coarser ones down, so that nobody is asked for more than the law
  // allows.
  [[nodiscard]] int64_t whole_units(Wide parts) const {
    const auto minor = static_cast<int64_t>((parts + kDailyOne / 2) / kDailyOne);
    return minor - minor % table_.round_minor;
  }

  // The piece that the day belongs to.
  InterestPiece& piece(CivilDate day) {
    const bool goes_on = !told_.pieces.empty() && told_.pieces.back().to + 1 == day &&
                         told_.pieces.back().base_minor == capital_ &&
                         told_.pieces.back().ceiling == ceiling_ &&
                         (!debt_.cut_after || day != *debt_.cut_after + 1);
    if (!goes_on)
      told_.pieces.push_back({.from = day,
                              .to = day,
                              .base_minor = capital_,
                              .rate = rate_,
                              .is_ceiling = is_ceiling_,
                              .ceiling = ceiling_});
    told_.pieces.back().to = day;
    return told_.pieces.back();
  }

  void use(CivilDate day) {
    ceiling_ = table_.ceiling(terms_.credit, day);
    if (ceiling_ == nullptr) return;
    rate_ = terms_.agreed;
    daily_ = charges::daily_of(rate_);
    const int64_t most = ceiling_->rate ? charges::daily_of(*ceiling_->rate) : daily_;
    is_ceiling_ = most < daily_;
    if (!is_ceiling_) return;
    rate_ = *ceiling_->rate;
    daily_ = most;
  }

  [[nodiscard]] bool is_resting(CivilDate day) const {
    return std::ranges::any_of(debt_.rests,
                               [&](const Days& one) { return one.from <= day && day <= one.to; });
  }

  void take(const DebtEvent& event) {
    switch (event.kind) {
      case DebtEventKind::Capital:
        whole_ += event.minor;
        capital_ += event.minor;
        break;
      case DebtEventKind::Cost:
        costs_ += event.minor;
        break;
      case DebtEventKind::Waived: {
        const int64_t part = lower(interest_, event.minor);
        lower(costs_, event.minor - part);
        break;
      }
      case DebtEventKind::Settled:
        if (event.minor > 0) end_if_paid(event);
        event.minor > 0 ? settle(event.minor) : unsettle(-event.minor);
    }
    if (capital_ < 0) over_ -= std::exchange(capital_, 0);
    if (over_ > 0) settle(std::exchange(over_, 0));
  }

  // Whoever pays all that was asked for on that day is done: what had grown since, and was asked of
  // nobody, falls away.
  void end_if_paid(const DebtEvent& paid) {
    if (terms_.asked_through(paid.on) >= last_) unasked_ = 0;
    if (unasked_ == 0 || paid.minor < capital_ + interest_ + costs_ - unasked_) return;
    const int64_t over = std::exchange(unasked_, 0);
    int64_t left = over;
    for (auto piece = told_.pieces.rbegin(); piece != told_.pieces.rend(); ++piece)
      left -= lower(piece->minor, left);
    left = over - lower(interest_, over);
    lower(capital_, left);  // Where an earlier part had gone to it: that has paid capital instead.
  }

  void settle(int64_t left) {
    if (terms_.capital_first) left -= lower(capital_, left);
    for (const OwedPart part : table_.order) {
      if (part == OwedPart::Interest) left -= lower(interest_, left);
      if (part == OwedPart::Costs) left -= lower(costs_, left);
      if (part == OwedPart::Capital) left -= lower(capital_, left);
    }
    over_ = left;
  }

  // What was paid beyond all that was owed goes first; then capital is owed again; the rest had
  // paid interest, which bears none.
  void unsettle(int64_t minor) {
    minor -= lower(over_, minor);
    const int64_t again = std::min(minor, std::max<int64_t>(0, whole_ - capital_));
    capital_ += again;
    interest_ += minor - again;
  }

  static int64_t lower(int64_t& owed, int64_t by) {
    const int64_t part = std::min(owed, by);
    owed -= part;
    return part;
  }

  const InterestTerms& terms_;
  const ChargeTable& table_;
  const OverdueDebt& debt_;
  Interest told_;
  int64_t whole_ = 0, capital_ = 0, interest_ = 0,
          costs_ = 0;          // All capital there ever was; what is owed.
  int64_t over_ = 0;           // Settled and not owed, at this moment of the telling.
  int64_t unasked_ = 0;        // Of all interest, what is of days that are asked for later,
  CivilDate last_{INT32_MIN};  // and the last day that was told.
  Wide accrued_ = 0;           // All interest there ever was.
  const Ceiling* ceiling_ = nullptr;
  Rate rate_;
  int64_t daily_ = 0;
  bool is_ceiling_ = false;
};

}  // namespace

int64_t Interest::total_minor() const { return total_through(CivilDate{INT32_MAX}); }

int64_t Interest::total_through(CivilDate day) const {
  int64_t total = 0;
  for (const auto& one : pieces) total += one.to <= day ? one.minor : 0;
  return total;
}

CivilDate InterestTerms::asked_on(CivilDate day) const {
  while (asked_through(day) != day - 1) day = day + 1;
  return day;
}

namespace charges {

Interest interest_of(const InterestTerms& terms, const ChargeTable& table,
                     const OverdueDebt& debt) {
  return Replay(terms, table, debt).run();
}

}  // namespace charges
}  // namespace puntual
