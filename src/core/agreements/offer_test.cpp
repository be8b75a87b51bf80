#include "core/agreements/offer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/agreements/kind_unit.h"
#include "core/compliance/rule_book.h"
#include "core/strategy/strategy.h"

namespace puntual {
namespace {

const CivilDate kTuesday = date_of(2026, 11, 24);
const Currency kPesos = Currency::of("COP");

bool colombia_rests(CivilDate date) {
  return weekday_of(date) == Weekday::Sunday ||
         compliance::RuleBook::built_in().find("CO")->calendar.is_holiday(date);
}

DebtToday debt_of(int64_t minor) {
  return {.owed = {minor, kPesos}, .today = kTuesday, .is_closed = colombia_rests};
}

Mandate generous() {
  return {.promise_days_max = 15,
          .promise_percent_min = 50,
          .instalments_max = 4,
          .plan_days_max = 100,
          .down_payment_percent_min = 20,
          .instalment_minor_min = 1'000'000,
          .spacing = Spacing::Monthly};
}

std::string shown(const Offer& offer) {
  std::string text;
  for (const auto& one : offer.instalments)
    text += fmt::format("{} {}; ", format_date(one.due_on), one.amount_minor / 100);
  return text;
}

TEST(Offers, AreOneSumTwoPartsAndAsManyAsAreWished) {
  const auto found = agreements::offers(generous(), debt_of(24'000'000), {.instalments = 3});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(shown(found[0]),
            "2026-11-27 80000; 2026-12-28 80000; 2027-01-27 80000; ");  // What they asked for comes
                                                                        // first.
  EXPECT_EQ(shown(found[1]), "2026-12-09 240000; ");
  EXPECT_EQ(shown(found[2]), "2026-11-27 120000; 2026-12-28 120000; ");  // The 27th is a Sunday.
}

TEST(Offers, BeginWhenThePersonCanAndAskWhatTheyCan) {
  const auto found = agreements::offers(generous(), debt_of(25'000'050),
                                        {.date = kTuesday + 1, .amount_minor = 7'000'000});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].instalments.front().due_on, kTuesday + 1);
  // The cents go with the last, and so does what does not divide.
  EXPECT_EQ(found[0].instalments.size(), 4u);
  EXPECT_EQ(found[0].instalments.front(), (Instalment{kTuesday + 1, 6'250'000}));
  EXPECT_EQ(found[0].instalments.back().amount_minor, 6'250'050);
}

TEST(Offers, AskForNothingBeforeItIsDue) {
  DebtToday debt = debt_of(24'000'000);
  debt.due = {{kTuesday + 6, 24'000'000}};
  const auto found = agreements::offers(generous(), debt, {.date = kTuesday + 1, .instalments = 3});
  ASSERT_EQ(found.size(), 3u);
  for (const auto& offer : found)
    EXPECT_EQ(offer.instalments.front().due_on, kTuesday + 6) << shown(offer);
  const auto unasked = agreements::offers(generous(), debt, {});
  ASSERT_EQ(unasked.size(), 3u);
  EXPECT_GE(unasked[1].instalments.front().due_on, kTuesday + 6);  // The down payment as well.
  for (const auto& offer : unasked)
    EXPECT_TRUE(agreements::check_mandate(generous(), debt, offer)) << shown(offer);
}

TEST(Offers, AreNeverWorseThanWhatIsDueAnyway) {
  // 10,000 are overdue, the rest is due in eight days: a down payment of 40,000 is asked for no
  // sooner.
  DebtToday debt = debt_of(20'000'000);
  debt.due = {{kTuesday - 9, 1'000'000}, {kTuesday + 8, 19'000'000}};
  for (const auto& offer :
       agreements::offers(generous(), debt, {.date = kTuesday + 1, .instalments = 2})) {
    EXPECT_GE(offer.instalments.front().due_on, kTuesday + 8) << shown(offer);
    EXPECT_TRUE(agreements::check_mandate(generous(), debt, offer)) << shown(offer);
  }
  // Due later than the mandate's last day: to promise it for its own day is no favour, and a
  // counter-offer is not before it.
  debt.due = {{kTuesday + 26, 20'000'000}};  // A Sunday.
  const auto offers = agreements::offers(generous(), debt, {});
  ASSERT_FALSE(offers.empty());
  EXPECT_EQ(shown(offers[0]), "2026-12-21 200000; ");
  const auto verdict = agreements::judge_promise(generous(), debt, kTuesday + 40, {});
  ASSERT_EQ(verdict.answer, PromiseAnswer::TooLate);
  EXPECT_EQ(verdict.latest, kTuesday + 27);
  EXPECT_TRUE(
      agreements::check_mandate(generous(), debt, {.instalments = {{verdict.latest, 20'000'000}}}));
  EXPECT_FALSE(agreements::check_mandate(generous(), debt,
                                         {.instalments = {{verdict.latest + 1, 20'000'000}}}));
}

TEST(Offers, FallBackToFewerPartsWhenOneWouldBeTooSmallOrTooLate) {
  Mandate mandate = generous();
  mandate.plan_days_max = 70;
  const auto short_plan = agreements::offers(mandate, debt_of(24'000'000), {.instalments = 4});
  ASSERT_EQ(short_plan.size(), 3u);
  EXPECT_EQ(short_plan[2].instalments.size(), 3u);
  EXPECT_EQ(agreements::offers(mandate, debt_of(1'500'000), {}).size(),
            1u);  // Half of it is less than an instalment may be.
}

TEST(Offers, AreNoneBeyondTheMandate) {
  DebtToday debt = debt_of(24'000'000);
  debt.broken = 2;
  EXPECT_TRUE(agreements::offers(generous(), debt, {}).empty());
  debt.broken = 0;
  debt.made = 2;
  EXPECT_TRUE(agreements::offers(generous(), debt, {}).empty());
  EXPECT_EQ(agreements::judge_promise(generous(), debt, kTuesday, std::nullopt).answer,
            PromiseAnswer::Person);
  EXPECT_TRUE(agreements::offers(generous(), debt_of(0), {}).empty());
}

TEST(Offers, ForgiveOnlyWhatTheMandateForgives) {
  Mandate mandate = generous();
  mandate.discount_percent = 10;
  const auto offers = agreements::offers(mandate, debt_of(24'000'000), {});
  ASSERT_FALSE(offers.empty());
  for (const auto& offer : offers) {
    EXPECT_EQ(offer.discount_minor, 2'400'000);
    EXPECT_EQ(offer.total_minor(), 21'600'000);
    EXPECT_FALSE(agreements::check_mandate(generous(), debt_of(24'000'000), offer));
  }
}

TEST(Promises, AreJudgedByDateAmountAndPast) {
  const auto judged = [](std::optional<CivilDate> date, std::optional<int64_t> minor) {
    return agreements::judge_promise(generous(), debt_of(24'000'000), date, minor);
  };
  EXPECT_EQ(judged(std::nullopt, std::nullopt).answer, PromiseAnswer::NeedsDate);
  EXPECT_EQ(judged(kTuesday - 1, std::nullopt).answer, PromiseAnswer::NeedsDate);
  EXPECT_EQ(judged(kTuesday + 16, std::nullopt).answer, PromiseAnswer::TooLate);
  EXPECT_EQ(judged(kTuesday + 16, std::nullopt).latest, kTuesday + 15);
  EXPECT_EQ(judged(kTuesday + 15, std::nullopt).answer, PromiseAnswer::Accepted);
  EXPECT_EQ(judged(kTuesday + 3, 11'999'999).answer, PromiseAnswer::TooLittle);
  EXPECT_EQ(judged(kTuesday + 3, 11'999'999).minimum_minor, 12'000'000);
  EXPECT_EQ(judged(kTuesday + 3, 12'000'000).offer.instalments.front(),
            (Instalment{kTuesday + 3, 12'000'000}));
  EXPECT_EQ(judged(kTuesday + 3, 99'000'000).offer.total_minor(), 24'000'000);
  // The 8th of December is a holiday in Colombia.
  EXPECT_EQ(judged(date_of(2026, 12, 8), std::nullopt).offer.instalments.front().due_on,
            date_of(2026, 12, 9));
}

TEST(Promises, OnAHolidayAtTheMandatesEndMoveToTheDayBefore) {
  Mandate mandate = generous();
  mandate.promise_days_max = 14;  // Until the 8th of December, a holiday.
  const auto verdict =
      agreements::judge_promise(mandate, debt_of(24'000'000), date_of(2026, 12, 8), std::nullopt);
  ASSERT_EQ(verdict.answer, PromiseAnswer::Accepted);
  EXPECT_EQ(verdict.offer.instalments.front().due_on, date_of(2026, 12, 7));
  EXPECT_EQ(verdict.latest, date_of(2026, 12, 7));
}

TEST(Offers, FollowTheSameDayOfEachMonthOrItsLast) {
  EXPECT_EQ(agreements::months_later(date_of(2027, 1, 31), 1), date_of(2027, 2, 28));
  EXPECT_EQ(agreements::months_later(date_of(2027, 1, 31), 13), date_of(2028, 2, 29));
  EXPECT_EQ(agreements::months_later(date_of(2027, 1, 15), -2), date_of(2026, 11, 15));
}

int some(int from, int to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to));
}

Mandate any_mandate() {
  return {.promise_days_max = some(1, 61),
          .promise_percent_min = some(1, 101),
          .instalments_max = some(1, 25),
          .plan_days_max = some(0, 731),
          .down_payment_percent_min = some(0, 91),
          .instalment_minor_min = some(0, 5'000'000),
          .spacing = some(0, 2) == 0 ? Spacing::Monthly : Spacing::Fortnightly,
          .discount_percent = some(0, 3) == 0 ? some(0, 91) : 0};
}

RC_GTEST_PROP(Offers, NeverLeaveTheMandateWhateverIsWished, ()) {
  const Mandate mandate = any_mandate();
  DebtToday debt = debt_of(some(1, 100'000'000));
  debt.owed.currency = some(0, 2) == 0 ? kPesos : Currency::of("CLP");
  debt.today = kTuesday + some(0, 700);
  const int closed_of_ten = some(0, 10);
  if (some(0, 2) == 0)
    debt.is_closed = [=](CivilDate date) {
      return (date.days * 7919 % 10 + 10) % 10 < closed_of_ten;
    };
  Wish wish;
  if (some(0, 2) == 0) wish.date = debt.today + some(-40, 900);
  if (some(0, 2) == 0) wish.amount_minor = some(-5, 120'000'000);
  if (some(0, 2) == 0) wish.instalments = some(-3, 40);
  const auto found = agreements::offers(mandate, debt, wish);
  RC_ASSERT(found.size() <= 3u);
  for (const auto& offer : found) {
    const auto shape = agreements::check_shape(debt, offer);
    if (!shape) RC_FAIL(shape.error().message);
    const auto inside = agreements::check_mandate(mandate, debt, offer);
    if (!inside) RC_FAIL(inside.error().message);
    RC_ASSERT(offer.total_minor() + offer.discount_minor == debt.owed.minor);
  }
}

TEST(Drafts, AreLaidOutWhetherTheMandateAllowsThemOrNot) {
  const DebtToday debt = debt_of(24'000'050);
  const auto plan = agreements::lay_out(generous(), debt, {.parts = 3, .first_on = kTuesday + 3});
  EXPECT_EQ(
      shown(plan),
      "2026-11-27 80000; 2026-12-28 80000; 2027-01-27 80000; ");  // The cents go with the last.
  EXPECT_FALSE(agreements::beyond_mandate(generous(), debt, plan));
  const auto with_first = agreements::lay_out(
      generous(), debt,
      {.parts = 3, .first_on = kTuesday + 3, .first_minor = 10'000'000, .discount_minor = 50});
  EXPECT_EQ(shown(with_first), "2026-11-27 100000; 2026-12-28 70000; 2027-01-27 70000; ");
  EXPECT_EQ(with_first.total_minor() + with_first.discount_minor, debt.owed.minor);
  const auto part = agreements::lay_out(generous(), debt, {.first_minor = 15'000'000});
  EXPECT_EQ(shown(part), "2026-11-24 150000; ");
  EXPECT_FALSE(agreements::beyond_mandate(generous(), debt, part));
}

TEST(Drafts, ThatGoBeyondNameTheBound) {
  const DebtToday debt = debt_of(24'000'000);
  const auto bound_of = [&](const OfferDraft& draft, const DebtToday& of) {
    const auto beyond =
        agreements::beyond_mandate(generous(), of, agreements::lay_out(generous(), of, draft));
    return beyond ? fmt::format(
                        "{} {}", agreements::text_of(beyond->bound),
                        beyond->day ? format_date(*beyond->day) : std::to_string(beyond->limit))
                  : "inside";
  };
  EXPECT_EQ(bound_of({.parts = 5, .first_on = kTuesday + 1}, debt), "parts 4");
  EXPECT_EQ(bound_of({.first_on = kTuesday + 16}, debt), "last_day 2026-12-09");
  EXPECT_EQ(bound_of({.discount_minor = 100}, debt), "discount 0");
  EXPECT_EQ(bound_of({.first_minor = 11'000'000}, debt), "amount 12000000");
  EXPECT_EQ(bound_of({.parts = 3, .first_on = kTuesday + 6}, debt), "first_day 2026-11-27");
  EXPECT_EQ(bound_of({.parts = 3, .first_on = kTuesday + 1, .first_minor = 1'000'000}, debt),
            "first_amount 4800000");
  DebtToday tired = debt;
  tired.broken = 2;
  EXPECT_EQ(bound_of({}, tired), "broken 2");
  tired.made = 2;
  EXPECT_EQ(bound_of({}, tired), "agreements 2");
}

// $ 194.921 was once asked for as 64.974, 64.973 and 64.973.
TEST(Offers, AreInSumsThatPeoplePay) {
  Mandate mandate = generous();
  mandate.down_payment_percent_min = 0;
  const auto sums = [&](int64_t minor, std::string_view currency, int32_t parts) {
    DebtToday debt = debt_of(minor);
    debt.owed.currency = Currency::of(currency);
    std::vector<int64_t> amounts;
    for (const auto& one :
         agreements::lay_out(mandate, debt, {.parts = parts, .first_on = kTuesday + 3}).instalments)
      amounts.push_back(one.amount_minor);
    return amounts;
  };
  using Sums = std::vector<int64_t>;
  EXPECT_EQ(sums(19'492'100, "COP", 3), (Sums{6'490'000, 6'490'000, 6'512'100}));
  EXPECT_EQ(sums(45'991, "CLP", 2), (Sums{22'990, 23'001}));
  EXPECT_EQ(sums(125'000, "MXN", 3), (Sums{41'600, 41'600, 41'800}));
  EXPECT_EQ(sums(30'000, "COP", 3), (Sums{10'000, 10'000, 10'000}));  // Too little to round so.
  mandate.down_payment_percent_min = 40;
  EXPECT_EQ(sums(19'492'100, "COP", 3), (Sums{7'800'000, 5'840'000, 5'852'100}));
}

RC_GTEST_PROP(Offers, AskForKindSumsButInTheLastPart, ()) {
  const Mandate mandate = any_mandate();
  DebtToday debt = debt_of(some(1, 100'000'000));
  constexpr std::string_view kCurrencies[] = {"COP", "CLP", "ARS", "MXN", "PYG", "CLF"};
  debt.owed.currency = Currency::of(kCurrencies[some(0, 6)]);
  for (const auto& offer : agreements::offers(mandate, debt, {.instalments = some(2, 25)})) {
    if (offer.kind() != AgreementKind::Plan) continue;
    const int64_t kind = agreements::kind_unit_minor(debt.owed.currency);
    const auto parts = std::span(offer.instalments).first(offer.instalments.size() - 1);
    int64_t least = offer.instalments.back().amount_minor;
    for (const auto& one : parts) least = std::min(least, one.amount_minor);
    for (const auto& one : parts) RC_ASSERT(least < 11 * kind || one.amount_minor % kind == 0);
    RC_ASSERT(offer.total_minor() + offer.discount_minor == debt.owed.minor);
    RC_ASSERT(offer.instalments.front().amount_minor * 100 >=
              offer.total_minor() * mandate.down_payment_percent_min);
  }
}

RC_GTEST_PROP(Drafts, AddUpToWhatIsOwed, ()) {
  const DebtToday debt = debt_of(some(10'000, 100'000'000));
  const OfferDraft draft{
      .parts = some(2, 12), .first_on = debt.today + some(0, 90), .discount_minor = some(0, 5'000)};
  const auto offer = agreements::lay_out(any_mandate(), debt, draft);
  RC_ASSERT(offer.total_minor() + offer.discount_minor == debt.owed.minor);
  RC_ASSERT(std::ssize(offer.instalments) == draft.parts);
}

RC_GTEST_PROP(Promises, AreAcceptedOnlyInsideTheMandate, ()) {
  const Mandate mandate = any_mandate();
  const DebtToday debt = debt_of(some(1, 100'000'000));
  const auto date = some(0, 4) == 0 ? std::nullopt : std::optional(debt.today + some(-3, 70));
  const auto amount =
      some(0, 2) == 0 ? std::nullopt : std::optional<int64_t>(some(-5, 120'000'000));
  const auto verdict = agreements::judge_promise(mandate, debt, date, amount);
  if (verdict.answer == PromiseAnswer::Accepted) {
    RC_ASSERT(agreements::check_shape(debt, verdict.offer).has_value());
    RC_ASSERT(agreements::check_mandate(mandate, debt, verdict.offer).has_value());
  }
  if (verdict.answer == PromiseAnswer::TooLate) {
    RC_ASSERT(agreements::judge_promise(mandate, debt, verdict.latest, std::nullopt).answer ==
              PromiseAnswer::Accepted);
  }
  if (verdict.answer == PromiseAnswer::TooLittle) {
    RC_ASSERT(agreements::judge_promise(mandate, debt, date, verdict.minimum_minor).answer ==
              PromiseAnswer::Accepted);
  }
}

TEST(Offers, EndWithinThreeYears) {
  const DebtToday debt = debt_of(100);
  const CivilDate last = agreements::months_later(debt.today, 36);
  EXPECT_TRUE(agreements::check_shape(debt, {.instalments = {{last, 100}}}));
  EXPECT_FALSE(agreements::check_shape(debt, {.instalments = {{last + 1, 100}}}));
}

Agreement in_three() {
  Agreement agreement;
  agreement.instalments = {{kTuesday, 100}, {kTuesday + 30, 100}, {kTuesday + 60, 100}};
  agreement.grace_days = 2;
  return agreement;
}

TEST(Progress, FollowsFromWhatWasPaidAgainstTheDatesSoFar) {
  const Agreement agreement = in_three();
  const auto state = [&](int64_t paid, int64_t owed, int32_t day) {
    return agreements::progress_of(agreement, {.paid_minor = paid, .owed_minor = owed},
                                   kTuesday + day)
        .state;
  };
  EXPECT_EQ(state(0, 300, 2), AgreementState::Active);
  EXPECT_EQ(state(0, 300, 3), AgreementState::Broken);
  EXPECT_EQ(state(99, 201, 3), AgreementState::PartlyKept);
  EXPECT_EQ(state(100, 200, 32), AgreementState::Active);
  EXPECT_EQ(state(150, 150, 33), AgreementState::PartlyKept);
  EXPECT_EQ(state(200, 100, 33), AgreementState::Active);
  EXPECT_EQ(state(300, 50, 1), AgreementState::Kept);
  EXPECT_EQ(state(250, 0, 1),
            AgreementState::Kept);  // Nothing is owed any more, and something was paid.
  EXPECT_EQ(state(0, 0, 1), AgreementState::Cancelled);  // The debt went otherwise.
  EXPECT_EQ(state(-20, 320, 3),
            AgreementState::Broken);  // The file took back what it had reported.
  EXPECT_EQ(
      agreements::progress_of(agreement, {.paid_minor = 150, .owed_minor = 150}, kTuesday).met, 1u);
  EXPECT_EQ(agreements::progress_of(agreement, {.paid_minor = 150, .owed_minor = 150}, kTuesday)
                .missing_minor,
            50);
}

// What was waived since is asked less, at the end; and whoever was let off everything has kept
// nothing.
TEST(Progress, AsksLessAtItsEndByWhatWasWaived) {
  const Agreement agreement = in_three();
  const auto after = [&](int64_t paid, int64_t waived) {
    return agreements::progress_of(
        agreement, {.paid_minor = paid, .waived_minor = waived, .owed_minor = 300 - paid - waived},
        kTuesday);
  };
  EXPECT_EQ(agreements::asked_now(agreement, 130),
            (std::vector<Instalment>{{kTuesday, 100}, {kTuesday + 30, 70}, {kTuesday + 60, 0}}));
  EXPECT_EQ(after(0, 130).missing_minor, 100);
  EXPECT_EQ(after(100, 130).missing_minor, 70);
  EXPECT_EQ(after(100, 130).state, AgreementState::Active);
  EXPECT_EQ(after(170, 130).state, AgreementState::Kept);
  EXPECT_EQ(after(0, 300).state, AgreementState::Cancelled);
}

TEST(MandateFile, IsReadStrictlyAndTellsItselfInWords) {
  const std::string base =
      "name = \"x\"\nstop_on = [\"paid\", \"dispute\", \"opt_out\"]\n[[cadence]]\nsegments = "
      "[\"new\"]\n[[cadence.step]]\n"
      "id = \"a\"\nday = 1\nobjective = \"remind\"\ntemplate = \"t\"\n[[mandate]]\nsegments = "
      "[\"new\", \"hardship\"]\n";
  const auto good = strategy::parse(
      base + "instalments_max = 3\nplan_days_max = 90\ndown_payment_percent_min = 20\n", "x.toml");
  ASSERT_TRUE(good) << good.error().message;
  ASSERT_NE(good->mandate_of(Segment::Hardship), nullptr);
  EXPECT_EQ(good->mandate_of(Segment::New)->instalments_max, 3);
  EXPECT_EQ(good->mandate_of(Segment::Punctual), nullptr);
  EXPECT_NE(agreements::describe_es(*good->mandate_of(Segment::New))
                .find("hasta 3 pagos mensuales en 90 días, con un primer pago del 20 %"),
            std::string::npos);
  const auto error = [&](std::string_view more) {
    const auto parsed = strategy::parse(base + std::string(more), "x.toml");
    return parsed ? std::string() : parsed.error().message;
  };
  EXPECT_NE(error("instalment_max = 3\n").find("instalments_max"), std::string::npos);
  EXPECT_NE(
      error("instalments_max = 3\nplan_days_max = 20\n").find("no room for a second instalment"),
      std::string::npos);
  EXPECT_NE(error("[[mandate]]\nsegments = [\"new\"]\n").find("has two mandates"),
            std::string::npos);
}

}  // namespace
}  // namespace puntual
