// What the calendars of tests/scenarios do not see: the records, the task, the books, and who may
// agree.
#include "engine/agreements.h"

#include "base/json.h"
#include "engine/decision_record.h"
#include "engine/suspend.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class AgreementHouse : public TestHouse {
 public:
  AgreementHouse() {
    add_people(1);
    ana = write([&](Tx& tx) { return tx.invoices.find_by_number(kCreditor, "F-0001")->debtor_id; });
  }
  Result<Agreement> agree(Offer offer, bool beyond = false, std::string by = "laura") {
    return store->write([&](Tx& tx) {
      return make_agreement(tx, engine.desk(), creditor(),
                            {.debtor_id = ana,
                             .offer = std::move(offer),
                             .through = "chat",
                             .words = "Sí, de acuerdo",
                             .may_go_beyond = beyond,
                             .by = std::move(by)},
                            now);
    });
  }
  void pay(int64_t minor) {
    write([&](Tx& tx) {
      return record_payment(tx, engine.desk(), creditor(),
                            {.source_id = std::to_string(++payments),
                             .reference = "F-0001",
                             .debtor_id = {},
                             .amount = {minor, Currency::of("COP")},
                             .method = {},
                             .paid_on = Zone::of("America/Bogota").local(now).date,
                             .paid_at = now},
                            now);
    });
  }
  Agreement last() {
    return write([&](Tx& tx) { return tx.agreements.of_debtor(kCreditor, ana).back(); });
  }
  DebtorId ana;
  int payments = 0;
};

constexpr int64_t kOwed = 15'000'000;
const CivilDate kFriday = date_of(2026, 11, 27);

TEST(MakingAgreements, IsRecordedWithItsScheduleAndTheDigestOfItsWords) {
  AgreementHouse house;
  const auto made = house.agree({.instalments = {{kFriday, kOwed}}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->kind, AgreementKind::Promise);
  EXPECT_TRUE(made->mandate_version.starts_with("estandar@"));
  const auto events =
      house.write([&](Tx& tx) { return tx.timeline.of_debtor(house.kCreditor, house.ana); });
  const auto record = std::ranges::find(events, "agreement_made", &store::TimelineEvent::kind);
  ASSERT_NE(record, events.end());
  const auto facts = parse_json(record->facts);
  ASSERT_TRUE(facts);
  EXPECT_EQ(member_int(*facts, "total_minor"), kOwed);
  EXPECT_EQ(text_in(*facts, "agreement"), std::to_string(made->id.value));
  EXPECT_EQ(text_in(*facts, "by"), "laura");
  EXPECT_EQ(text_in(*facts, "words_commitment"),
            commitment_to(house.last().salt, "Sí, de acuerdo"));
  EXPECT_EQ(house.last().salt.size(),
            32u);  // Without it the few words that people answer could be guessed.
  EXPECT_EQ(record->facts.find("de acuerdo"),
            std::string::npos);  // The words stand sealed in their row alone.
  EXPECT_EQ(house.write([&](Tx& tx) {
    return tx.suspensions.active(house.kCreditor, house.ana, house.now).size();
  }),
            1u);
}

TEST(MakingAgreements, IsForbiddenBeyondTheMandateAndInvalidWhereItIsNone) {
  AgreementHouse house;
  const auto late = house.agree({.instalments = {{date_of(2027, 3, 1), kOwed}}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::Forbidden);
  EXPECT_NE(late.error().message.find("the last payment is too late (the bound is 2026-12-04)"),
            std::string::npos)
      << late.error().message;
  const auto too_much = house.agree({.instalments = {{kFriday, kOwed + 1}}}, true);
  ASSERT_FALSE(too_much);
  EXPECT_EQ(too_much.error().code, ErrorCode::Invalid);
  const auto by_nobody = house.agree({.instalments = {{date_of(2027, 3, 1), kOwed}}}, true, "");
  ASSERT_FALSE(by_nobody);
  EXPECT_EQ(by_nobody.error().code, ErrorCode::Forbidden);
  const auto by_person = house.agree({.instalments = {{date_of(2027, 3, 1), kOwed}}}, true);
  ASSERT_TRUE(by_person);
  EXPECT_EQ(by_person->mandate_version, "");
}

TEST(MakingAgreements, IsForAPersonWhileTheDebtIsInDispute) {
  AgreementHouse house;
  house.write([&](Tx& tx) {
    tx.debtors.hold_with_kin(house.kCreditor, house.ana);
    suspend(tx, house.kCreditor, house.ana,
            {.kind = store::SuspensionKind::Dispute,
             .since = house.now,
             .until = {},
             .through = "chat"},
            house.now);
  });
  const Offer within{.instalments = {{kFriday, kOwed}}};
  const auto by_machine = house.agree(within, false, "");
  ASSERT_FALSE(by_machine);
  EXPECT_EQ(by_machine.error().code, ErrorCode::Forbidden);
  EXPECT_FALSE(house.agree(within, true, ""));
  EXPECT_TRUE(house.agree(within, true, "laura"));
}

TEST(MakingAgreements, CoversWhatTheLinkShowsAndNothingElse) {
  AgreementHouse house;
  ASSERT_EQ(house.import(std::string(house.kTitles) + house.row(1, 2, 20'000, 20'000)).created, 1);
  const InvoiceId small = house.write(
      [&](Tx& tx) { return tx.invoices.find_by_number(house.kCreditor, "F-0002")->id; });
  const PayAbout about{.kind = PayAboutKind::Invoice, .id = small.value};
  house.write([&](Tx& tx) {
    const Debtor debtor = *tx.debtors.find(house.kCreditor, house.ana);
    EXPECT_EQ(negotiation_with(tx, house.engine.desk(), house.creditor(), debtor, house.now)
                  .debt.owed.minor,
              kOwed + 2'000'000);
    EXPECT_EQ(negotiation_with(tx, house.engine.desk(), house.creditor(), debtor, house.now, about)
                  .debt.owed.minor,
              2'000'000);
    const auto made = make_agreement(tx, house.engine.desk(), house.creditor(),
                                     {.debtor_id = house.ana,
                                      .offer = {.instalments = {{kFriday, 2'000'000}}},
                                      .through = "page",
                                      .words = "",
                                      .about = about},
                                     house.now);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->covered, std::vector{small});
  });
}

TEST(FollowingAgreements, OpensATaskForAPlanThatWasMissedAndNoneForAPromise) {
  for (const bool is_plan : {true, false}) {
    AgreementHouse house;
    Offer offer{.instalments = {{kFriday, is_plan ? kOwed / 2 : kOwed}}};
    if (is_plan) offer.instalments.push_back({date_of(2026, 12, 28), kOwed / 2});
    ASSERT_TRUE(house.agree(offer));
    house.tick();
    house.now = house.now + 5 * kDayMs;
    house.tick();
    house.now = house.now + 6 * kDayMs;
    house.tick();
    EXPECT_EQ(house.last().state, AgreementState::Broken);
    const auto tasks = house.write([&](Tx& tx) { return tx.tasks.waiting(house.kCreditor); });
    ASSERT_EQ(tasks.size(), is_plan ? 1u : 0u);
    for (const auto& task : tasks) {
      EXPECT_EQ(task.kind, store::TaskKind::BrokenPlan);
      EXPECT_TRUE(task.summary.contains("27 de noviembre de 2026") &&
                  task.summary.contains("$ 75.000"))
          << task.summary;
    }
    EXPECT_TRUE(house.write([&](Tx& tx) {
      return tx.suspensions.active(house.kCreditor, house.ana, house.now).empty();
    }));
  }
}

TEST(FollowingAgreements, GoesOnWithTheOthersWhenOneCannotBeFollowed) {
  AgreementHouse house;
  ASSERT_EQ(house.import(std::string(house.kTitles) + house.row(2, 2, 150'000, 150'000)).created,
            1);
  const DebtorId luis = house.write(
      [&](Tx& tx) { return tx.invoices.find_by_number(house.kCreditor, "F-0002")->debtor_id; });
  ASSERT_TRUE(house.agree({.instalments = {{kFriday, kOwed}}}));
  house.ana = luis;
  ASSERT_TRUE(house.agree({.instalments = {{kFriday, kOwed}}}));
  house.now = house.now + 10 * kDayMs;
  // The end of the first one breaks the transaction.
  house.write([&](Tx& tx) {
    tests::TestDatabase::refuse(
        tx.db, "timeline",
        fmt::format("NEW.kind='agreement_broken' AND NEW.debtor_id<>{}", luis.value));
  });
  house.tick();
  EXPECT_EQ(house.last().state, AgreementState::Broken);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='follow_failed'"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM agreement WHERE state='active'"), 1);
  house.write([&](Tx& tx) { tests::TestDatabase::allow(tx.db, "timeline"); });
  house.now = house.now + kHourMs;
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM agreement WHERE state='active'"), 0);
}

TEST(FollowingAgreements, ForgivesTheRestInTheBooksOnlyOfWhoKeptIt) {
  AgreementHouse house;
  ASSERT_TRUE(
      house.agree({.instalments = {{kFriday, 12'000'000}}, .discount_minor = 3'000'000}, true));
  house.pay(5'000'000);
  EXPECT_EQ(house.last().state, AgreementState::Active);
  house.pay(7'000'000);
  EXPECT_EQ(house.last().state, AgreementState::Kept);
  house.write([&](Tx& tx) {
    EXPECT_EQ(tx.invoices.find_by_number(house.kCreditor, "F-0001")->balance_minor, 0);
    EXPECT_EQ(tx.ledger.balance(house.kCreditor, Account::Discounts, "COP"), 3'000'000);
    EXPECT_TRUE(tx.ledger.mismatches(house.kCreditor, 9).empty());
  });
  // The ERP does not know of the discount yet: its figure does not bring the rest back.
  house.now = house.now + kDayMs;
  house.import(std::string(house.kTitles) + house.row(1, 1, 150'000, 30'000));
  house.write([&](Tx& tx) {
    EXPECT_EQ(tx.invoices.find_by_number(house.kCreditor, "F-0001")->balance_minor, 0);
    EXPECT_TRUE(tx.ledger.mismatches(house.kCreditor, 9).empty());
  });
}

TEST(FollowingAgreements, CountsHowThePersonHasKeptThem) {
  AgreementHouse house;
  ASSERT_TRUE(house.agree({.instalments = {{kFriday, kOwed}}}));
  ASSERT_TRUE(house.agree({.instalments = {{kFriday, kOwed / 2 + 1}}}));
  house.pay(kOwed / 2 + 1);
  const auto past = house.write(
      [&](Tx& tx) { return tx.agreements.past(house.kCreditor, house.ana, house.now - kDayMs); });
  EXPECT_EQ(past.made, 2);
  EXPECT_EQ(past.kept, 1);
  EXPECT_EQ(past.broken, 0);  // Replaced is not broken.
}

}  // namespace
}  // namespace puntual::engine
