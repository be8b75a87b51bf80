#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "core/strategy/strategy.h"

namespace puntual {
namespace {

const CivilDate kDue = date_of(2026, 11, 24);

Step step_at(int32_t day, int32_t valid_days, std::string_view objective = "remind") {
  return {.id = fmt::format("d{}", day),
          .day = day,
          .valid_days = valid_days,
          .objective = std::string(objective),
          .template_name = "t"};
}

// The seed practice: −7, −3, 0, +7, +14, +30, and a last notice that nobody has reviewed.
Cadence seed_cadence() {
  return {.segments = {Segment::New},
          .steps = {step_at(-7, 3), step_at(-3, 2), step_at(0, 0), step_at(7, 6), step_at(14, 15),
                    step_at(30, Step::kAlways), step_at(60, Step::kAlways, "last_notice")}};
}

Strategy seed_strategy() {
  Strategy strategy;
  strategy.priority = {"most_overdue", "largest_balance"};
  return strategy;
}

Invoice invoice_due(CivilDate due, int64_t balance_minor = 1000, int64_t id = 1) {
  Invoice invoice;
  invoice.id = {id};
  invoice.number = fmt::format("F-{}", id);
  invoice.due_on = due;
  invoice.amount = {balance_minor, Currency::of("COP")};
  invoice.balance_minor = balance_minor;
  return invoice;
}

PlanAnswer propose_for(const std::vector<Invoice>& invoices, CivilDate today) {
  return strategy::propose(invoices, seed_cadence(), seed_strategy(), today);
}

// What the engine does when the message has been written.
void write_down(std::vector<Invoice>& invoices, const Proposal& proposal, CivilDate today) {
  for (size_t i = 0; i < proposal.covered.size(); ++i) {
    invoices[proposal.covered[i]].last_step_day = proposal.marks[i];
    invoices[proposal.covered[i]].last_step_on = today;
  }
}

TEST(Propose, WalksTheSeedPractice) {
  std::vector<Invoice> invoices{invoice_due(kDue)};
  std::vector<int32_t> days;
  for (CivilDate today = kDue - 20; today < kDue + 120; today = today + 1) {
    const auto answer = propose_for(invoices, today);
    if (!answer.proposal) continue;
    days.push_back(today - kDue);
    write_down(invoices, *answer.proposal, today);
  }
  EXPECT_EQ(days, (std::vector<int32_t>{-7, -3, 0, 7, 14, 30}));
}

TEST(Propose, AnAgedPortfolioEntersOnceAtTheLastCollectingStep) {
  std::vector<Invoice> invoices{invoice_due(kDue - 400)};
  const auto answer = propose_for(invoices, kDue);
  ASSERT_TRUE(answer.proposal);
  EXPECT_EQ(seed_cadence().steps[answer.proposal->step].day, 30);
  write_down(invoices, *answer.proposal, kDue);
  for (int32_t later = 1; later < 400; ++later)
    EXPECT_FALSE(propose_for(invoices, kDue + later).proposal);
}

TEST(Propose, ALastNoticeLeavesForTheInvoiceForWhichItWasRead) {
  Cadence cadence = seed_cadence();
  cadence.steps.back().gap_days = 15;
  std::vector two = {invoice_due(kDue - 90), invoice_due(kDue - 90)};
  two[1].id = {two[0].id.value + 1};
  for (auto& one : two) one.last_step_day = 30;
  EXPECT_EQ(strategy::propose(two, cadence, seed_strategy(), kDue).awaiting.size(), 2U);
  two[1].released_notice_day = 60;
  auto answer = strategy::propose(two, cadence, seed_strategy(), kDue);
  ASSERT_TRUE(answer.proposal);
  EXPECT_EQ(answer.proposal->lead, 1U);
  EXPECT_EQ(answer.proposal->marks.front(), 60);
  EXPECT_EQ(answer.awaiting,
            (std::vector<std::pair<size_t, size_t>>{{0, cadence.steps.size() - 1}}));
  two[1].released_notice_day = Invoice::kNoStep;
  for (auto& one : two) one.held_notice_day = 60;
  cadence.steps.back().reviewed = true;
  answer = strategy::propose(two, cadence, seed_strategy(), kDue);
  EXPECT_FALSE(answer.proposal) << "held back, whoever else hears it";
  EXPECT_EQ(answer.silence, "cadence_finished");
}

TEST(Propose, TheLastNoticeNeedsAReviewAndAStepBeforeIt) {
  Cadence cadence = seed_cadence();
  Invoice invoice = invoice_due(kDue - 90);
  auto answer = strategy::propose(std::vector{invoice}, cadence, seed_strategy(), kDue);
  ASSERT_TRUE(answer.proposal);
  EXPECT_EQ(answer.proposal->marks, (std::vector<int32_t>{30}));
  invoice.last_step_day = 30;
  answer = strategy::propose(std::vector{invoice}, cadence, seed_strategy(), kDue);
  EXPECT_FALSE(answer.proposal);
  EXPECT_EQ(answer.silence, "needs_review");
  EXPECT_EQ(answer.next_review_on,
            std::nullopt);  // A review changes the strategy: nobody is looked at day by day for it.
  cadence.steps.back().valid_days = 40;
  answer = strategy::propose(std::vector{invoice}, cadence, seed_strategy(), kDue);
  EXPECT_EQ(answer.silence, "needs_review");
  EXPECT_EQ(answer.next_review_on, kDue - 90 + 60 + 41);
  EXPECT_NE(
      strategy::propose(std::vector{invoice}, cadence, seed_strategy(), *answer.next_review_on)
          .silence,
      "needs_review");
  EXPECT_EQ(
      strategy::propose(std::vector{invoice}, cadence, seed_strategy(), *answer.next_review_on - 1)
          .silence,
      "needs_review");
  cadence.steps.back().reviewed = true;
  cadence.steps.back().gap_days = 15;
  answer = strategy::propose(std::vector{invoice}, cadence, seed_strategy(), kDue);
  ASSERT_TRUE(answer.proposal);
  EXPECT_EQ(answer.proposal->marks, (std::vector<int32_t>{60}));
  invoice.last_step_on = kDue - 5;
  answer = strategy::propose(std::vector{invoice}, cadence, seed_strategy(), kDue);
  EXPECT_FALSE(answer.proposal);
  EXPECT_EQ(answer.next_review_on, kDue + 10);
}

TEST(Propose, OneMessageForAllDebtsLedByTheMostOverdue) {
  std::vector<Invoice> invoices{invoice_due(kDue + 3, 500, 1), invoice_due(kDue - 7, 900, 2),
                                invoice_due(kDue - 20, 100, 3), invoice_due(kDue + 40, 700, 4)};
  invoices[2].last_step_day = 14;
  const auto answer = propose_for(invoices, kDue);
  ASSERT_TRUE(answer.proposal);
  EXPECT_EQ(answer.proposal->lead, 1u);  // F-3 is older, but there is nothing new to say about it.
  // What is due in three days is not named among what is overdue: it has its own message in its own
  // words.
  EXPECT_EQ(answer.proposal->covered, (std::vector<size_t>{1, 2}));
  EXPECT_EQ(answer.proposal->marks, (std::vector<int32_t>{7, 14}));
  EXPECT_TRUE(answer.proposal->covers_overdue);
}

TEST(Propose, EachCurrencyHasItsOwnMessageOnAnotherDay) {
  std::vector<Invoice> invoices{invoice_due(kDue - 7, 500, 1), invoice_due(kDue - 8, 900, 2)};
  invoices[0].amount.currency = Currency::of("USD");
  const auto first = propose_for(invoices, kDue);
  ASSERT_TRUE(first.proposal);
  EXPECT_EQ(first.proposal->covered, (std::vector<size_t>{1}));
  EXPECT_EQ(first.next_review_on, kDue + 1);
  write_down(invoices, *first.proposal, kDue);
  const auto second = propose_for(invoices, kDue + 1);
  ASSERT_TRUE(second.proposal);
  EXPECT_EQ(second.proposal->lead, 0u);
}

TEST(Propose, SaysWhyItIsSilentAndWhenToAskAgain) {
  EXPECT_EQ(propose_for({}, kDue).silence, "nothing_owed");
  Invoice invoice = invoice_due(kDue);
  EXPECT_EQ(propose_for({invoice}, kDue - 20).next_review_on, kDue - 7);
  EXPECT_EQ(propose_for({invoice}, kDue - 20).silence, "step_pending");
  invoice.state = InvoiceState::Disputed;
  EXPECT_EQ(propose_for({invoice}, kDue).silence, "nothing_owed");
  invoice.state = InvoiceState::Open;
  invoice.due_on.reset();
  EXPECT_EQ(propose_for({invoice}, kDue).silence, "no_due_date");
  EXPECT_EQ(propose_for({invoice}, kDue).next_review_on, std::nullopt);
  invoice.due_on = kDue - 40;
  invoice.last_step_day = 60;
  EXPECT_EQ(propose_for({invoice}, kDue + 100).silence, "cadence_finished");
  Strategy strategy = seed_strategy();
  strategy.minimum_balance_minor = 1001;
  EXPECT_EQ(
      strategy::propose(std::vector{invoice_due(kDue)}, seed_cadence(), strategy, kDue).silence,
      "below_minimum");
}

// ---- Properties ----

Cadence any_cadence() {
  Cadence cadence;
  const auto days = *rc::gen::container<std::set<int32_t>>(rc::gen::inRange(-15, 120));
  for (const int32_t day : days) {
    cadence.steps.push_back(step_at(day, *rc::gen::element(0, 1, 3, 10, int(Step::kAlways))));
    cadence.steps.back().gap_days = *rc::gen::inRange(1, 6);
  }
  if (!cadence.steps.empty() && *rc::gen::arbitrary<bool>()) {
    const int32_t day = std::max(cadence.steps.back().day, 0) + 10;
    cadence.steps.push_back(step_at(day, Step::kAlways, "last_notice"));
    cadence.steps.back().reviewed = *rc::gen::arbitrary<bool>();
  }
  return cadence;
}

std::vector<Invoice> any_invoices() {
  std::vector<Invoice> invoices;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    invoices.push_back(
        invoice_due(kDue + *rc::gen::inRange(-200, 60), *rc::gen::inRange(1, 5000), i + 1));
    if (*rc::gen::inRange(0, 5) == 0) invoices.back().amount.currency = Currency::of("USD");
  }
  return invoices;
}

TEST(ProposeProperty, AStepIsSaidOnceAndNeverTooLate) {
  const bool holds = rc::check([] {
    const Cadence cadence = any_cadence();
    auto invoices = any_invoices();
    std::set<std::pair<int64_t, size_t>> said;
    CivilDate today = kDue - 30;
    for (int turn = 0; turn < 80; ++turn) {
      const auto answer = strategy::propose(invoices, cadence, seed_strategy(), today);
      if (answer.proposal) {
        const Step& step = cadence.steps[answer.proposal->step];
        const Invoice& lead = invoices[answer.proposal->lead];
        RC_ASSERT(answer.proposal->covered.front() == answer.proposal->lead);
        const bool is_new = said.emplace(lead.id.value, answer.proposal->step).second;
        RC_ASSERT(is_new);
        const bool is_true =
            step.day > 0 || (step.day == 0 ? today == *lead.due_on : today < *lead.due_on);
        RC_ASSERT(is_true);
        const bool may_warn =
            !step.is_last_notice() || (step.reviewed && lead.last_step_day != Invoice::kNoStep);
        RC_ASSERT(may_warn);
        std::set<size_t> once(answer.proposal->covered.begin(), answer.proposal->covered.end());
        RC_ASSERT(once.size() == answer.proposal->covered.size());
        for (size_t i = 0; i < answer.proposal->covered.size(); ++i) {
          RC_ASSERT(answer.proposal->marks[i] >=
                    invoices[answer.proposal->covered[i]].last_step_day);
        }
        write_down(invoices, *answer.proposal, today);
        // The same day again, after it was written.
        const auto again = strategy::propose(invoices, cadence, seed_strategy(), today);
        RC_ASSERT(!again.proposal.has_value());
      }
      today = today + *rc::gen::element(1, 1, 1, 2, 5, 20);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(ProposeProperty, AfterAnyGapOneCatchUpThenSilenceUntilAnotherStepBegins) {
  const bool holds = rc::check([] {
    Cadence cadence = any_cadence();
    for (auto& step : cadence.steps) step.gap_days = 1;
    std::vector<Invoice> invoices{invoice_due(kDue)};
    CivilDate today = kDue + *rc::gen::inRange(-20, 300);
    const auto answer = strategy::propose(invoices, cadence, seed_strategy(), today);
    RC_PRE(answer.proposal.has_value());
    write_down(invoices, *answer.proposal, today);
    const bool next_is_notice = !cadence.steps.empty() && cadence.steps.back().is_last_notice();
    if (next_is_notice) cadence.steps.pop_back();
    for (int days = 1; days < 10; ++days) {
      const int32_t dpd = today + days - kDue;
      const bool begins = std::ranges::any_of(cadence.steps, [&](const Step& step) {
        return step.day > dpd - days && step.day <= dpd;
      });
      const auto later = strategy::propose(invoices, cadence, seed_strategy(), today + days);
      const bool is_silent = begins || !later.proposal;
      RC_ASSERT(is_silent);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(ProposeProperty, TheOrderOfInvoicesDoesNotMatter) {
  const bool holds = rc::check([] {
    const Cadence cadence = any_cadence();
    const auto invoices = any_invoices();
    auto shuffled = invoices;
    std::ranges::rotate(shuffled, shuffled.begin() + *rc::gen::inRange<long>(0, invoices.size()));
    if (*rc::gen::arbitrary<bool>()) std::ranges::reverse(shuffled);
    const auto a = strategy::propose(invoices, cadence, seed_strategy(), kDue);
    const auto b = strategy::propose(shuffled, cadence, seed_strategy(), kDue);
    RC_ASSERT(a.proposal.has_value() == b.proposal.has_value());
    RC_ASSERT(a.next_review_on == b.next_review_on);
    RC_ASSERT(a.silence == b.silence);
    if (!a.proposal) return;
    RC_ASSERT(a.proposal->step == b.proposal->step);
    RC_ASSERT(a.proposal->marks == b.proposal->marks);
    for (size_t i = 0; i < a.proposal->covered.size(); ++i) {
      RC_ASSERT(invoices[a.proposal->covered[i]].id == shuffled[b.proposal->covered[i]].id);
    }
  });
  EXPECT_TRUE(holds);
}

// If nothing happens, asking before next_review_on gives the same silence: days may be skipped.
TEST(ProposeProperty, NothingChangesBeforeTheNextReview) {
  const bool holds = rc::check([] {
    const Cadence cadence = any_cadence();
    auto invoices = any_invoices();
    CivilDate today = kDue - 20;
    for (int turn = 0; turn < 30; ++turn) {
      const auto answer = strategy::propose(invoices, cadence, seed_strategy(), today);
      if (answer.proposal) {
        write_down(invoices, *answer.proposal, today);
      } else {
        const CivilDate until = answer.next_review_on.value_or(today + 200);
        RC_ASSERT(until > today);
        for (CivilDate day = today + 1; day < until; day = day + 1) {
          RC_ASSERT(
              !strategy::propose(invoices, cadence, seed_strategy(), day).proposal.has_value());
        }
      }
      today = today + 1;
    }
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace puntual
