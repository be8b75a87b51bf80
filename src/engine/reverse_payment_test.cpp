// What was booked and is gone again: the books say so by new entries, once, whatever the creditor's
// file knows of it.
#include "engine/reverse_payment.h"

#include "engine/settle_payments.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class MoneyBack : public ::testing::Test {
 protected:
  MoneyBack() { house.add_people(1); }

  PaymentId pay(int64_t pesos, const std::string& id = "P") {
    return house.write([&](Tx& tx) -> Result<PaymentId> {
      ASSIGN_OR_RETURN(const auto done,
                       record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                      {.source = "api",
                                       .source_id = id,
                                       .reference = "F-0001",
                                       .debtor_id = {},
                                       .amount = {pesos * 100, Currency::of("COP")},
                                       .method = "",
                                       .paid_on = date_of(2026, 11, 24),
                                       .paid_at = house.now},
                                      house.now));
      return done.payment.id;
    });
  }
  Result<Reversed> reverse(PaymentId payment, int64_t pesos,
                           ReversalKind kind = ReversalKind::Chargeback,
                           const std::string& id = "R") {
    return house.store->write([&](Tx& tx) {
      return reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                             {.payment_id = payment,
                              .kind = kind,
                              .amount_minor = pesos * 100,
                              .source_id = id,
                              .by = "wompi",
                              .why = ""},
                             house.now);
    });
  }
  int64_t owed() { return house.count("SELECT balance_minor FROM invoice") / 100; }
  // As the creditor's file of this day has it.
  void report(int64_t balance) {
    house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, balance));
  }
  void expect_sound() {
    house.write(
        [&](Tx& tx) { EXPECT_TRUE(tx.ledger.mismatches(TestHouse::kCreditor, 9).empty()); });
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment p WHERE amount_minor - unapplied_minor - "
                          "returned_minor <> (SELECT COALESCE(SUM(amount_minor),0) "
                          "FROM allocation a WHERE a.payment_id=p.id)"),
              0);
  }

  TestHouse house;
};

TEST_F(MoneyBack, OpensTheInvoiceAgainByNewEntriesThatNameTheirReversal) {
  const PaymentId paid = pay(150'000);
  const auto done = reverse(paid, 60'000);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(done->is_new);
  EXPECT_EQ(done->raised_minor, 6'000'000);
  EXPECT_EQ(owed(), 60'000);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM allocation WHERE amount_minor = -6000000 AND "
                        "reversal_id = (SELECT id FROM reversal)"),
            1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM ledger_entry WHERE debit='receivable' AND "
                        "credit='cash' AND amount_minor=6000000"),
            1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice WHERE state='open' AND settled_on IS NULL"),
            1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM suspension WHERE kind='reversal' AND ended_at IS "
                        "NULL AND until IS NULL"),
            1);
  EXPECT_EQ(house.state(), MessageState::Cancelled) << "the thank-you had not left yet";
  expect_sound();
}

TEST_F(MoneyBack, ToldTwiceIsOnceAndMoreThanIsLeftIsRefused) {
  const PaymentId paid = pay(150'000);
  ASSERT_TRUE(reverse(paid, 100'000));
  const auto again = reverse(paid, 100'000);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(owed(), 100'000);
  EXPECT_EQ(reverse(paid, 90'000).error().code, ErrorCode::Conflict)
      << "another sum under the same id";
  EXPECT_EQ(reverse(paid, 60'000, ReversalKind::Refund, "R2").error().code, ErrorCode::Invalid);
  EXPECT_EQ(reverse(paid, 0, ReversalKind::Refund, "R2").error().code, ErrorCode::Invalid);
  EXPECT_EQ(reverse({4711}, 1).error().code, ErrorCode::NotFound);
  EXPECT_TRUE(reverse(paid, 50'000, ReversalKind::Refund, "R2"));
  EXPECT_EQ(owed(), 150'000);
  expect_sound();
}

// The file has booked the payment, then knows of the loss, or does not: it is lost once.
TEST_F(MoneyBack, IsGoneWhateverTheFileStillCounts) {
  const PaymentId paid = pay(150'000);
  report(0);
  ASSERT_TRUE(reverse(paid, 150'000));
  EXPECT_EQ(owed(), 150'000);
  report(0);  // It does not know yet,
  EXPECT_EQ(owed(), 150'000);
  report(150'000);  // and now it does.
  EXPECT_EQ(owed(), 150'000);
  pay(150'000, "P2");
  EXPECT_EQ(owed(), 0);
  report(0);
  EXPECT_EQ(owed(), 0);
  expect_sound();
}

TEST_F(MoneyBack, PaidAnewBeforeTheFileKnowsOfEitherIsPaid) {
  const PaymentId paid = pay(150'000);
  report(0);
  ASSERT_TRUE(reverse(paid, 150'000));
  pay(150'000, "P2");
  EXPECT_EQ(owed(), 0);
  report(0);
  EXPECT_EQ(owed(), 0);
  expect_sound();
}

TEST_F(MoneyBack, WonIsBackAndNoMoreThanWasLost) {
  const PaymentId paid = pay(150'000);
  EXPECT_EQ(reverse(paid, 1, ReversalKind::Reinstated, "W").error().code, ErrorCode::Invalid);
  ASSERT_TRUE(reverse(paid, 150'000));
  EXPECT_EQ(reverse(paid, 150'001, ReversalKind::Reinstated, "W").error().code, ErrorCode::Invalid);
  ASSERT_TRUE(reverse(paid, 150'000, ReversalKind::Reinstated, "W"));
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(house.count("SELECT returned_minor + unapplied_minor FROM payment"), 0);
  EXPECT_TRUE(reverse(paid, 150'000, ReversalKind::Chargeback, "R2")) << "and lost again";
  EXPECT_EQ(owed(), 150'000);
  expect_sound();
}

TEST_F(MoneyBack, TheDatabaseKeepsWhatWasAppliedAndTakenBack) {
  const PaymentId paid = pay(150'000);
  ASSERT_TRUE(reverse(paid, 1'000));
  for (const store::Sql deed : std::initializer_list<store::Sql>{
           "DELETE FROM allocation", "UPDATE allocation SET amount_minor=1", "DELETE FROM reversal",
           "UPDATE reversal SET why='x'"}) {
    const auto refused = house.store->write([&](Tx& tx) { tx.db.run(deed); });
    ASSERT_FALSE(refused.has_value()) << deed.text();
    EXPECT_TRUE(refused.error().message.contains("append-only")) << refused.error().message;
  }
}

}  // namespace
}  // namespace puntual::engine
