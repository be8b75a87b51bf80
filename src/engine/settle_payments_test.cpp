// The money: whatever comes in whatever order, the books add up and nobody owes what is paid.
#include "engine/settle_payments.h"

#include <rapidcheck.h>

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

const Currency kPesos = Currency::of("COP");

// One thing that happens: the creditor's file says something of an invoice, or somebody pays.
struct Happening {
  bool is_payment = false;
  int invoice = 1;      // 1…4; the first three are of person 1, the fourth of person 2.
  int64_t amount = 0;   // Whole pesos.
  int64_t balance = 0;  // Of the file.
  int payment_id = 0;
  bool by_file = false;  // Told by the creditor's own list of payments, not as it came in.
};

void happen(TestHouse& house, const Happening& one) {
  const int person = one.invoice == 4 ? 2 : 1;
  if (!one.is_payment) {
    house.import(std::string(TestHouse::kTitles) +
                 TestHouse::row(person, one.invoice, one.amount, one.balance));
    return;
  }
  house.write([&](Tx& tx) -> Result<SettledPayment> {
    return settle_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = one.by_file ? "file" : "api",
                           .source_id = std::to_string(one.payment_id),
                           .reference = fmt::format("F-{:04}", one.invoice),
                           .debtor_id = {},
                           .amount = {one.amount * 100, kPesos},
                           .method = "",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = {}},
                          house.now);
  });
}

// Everything that must hold of the books, computed from the rows by another way than the engine's.
void check_books(TestHouse& house) {
  const auto sum = [&](const char* sql) { return house.count(sql); };
  RC_ASSERT(sum("SELECT COUNT(*) FROM invoice WHERE balance_minor <> CASE WHEN amount_minor > "
                "reported_minor + ahead_minor THEN amount_minor - reported_minor - ahead_minor "
                "ELSE 0 END OR ahead_minor > paid_minor OR paid_minor < 0") == 0);
  RC_ASSERT(sum("SELECT COUNT(*) FROM invoice i WHERE paid_minor <> (SELECT "
                "COALESCE(SUM(amount_minor),0) FROM allocation a WHERE a.invoice_id=i.id)") == 0);
  RC_ASSERT(sum("SELECT COUNT(*) FROM payment p WHERE amount_minor - unapplied_minor - "
                "returned_minor <> (SELECT "
                "COALESCE(SUM(amount_minor),0) FROM allocation a WHERE a.payment_id=p.id)") == 0);
  RC_ASSERT(sum("SELECT COUNT(*) FROM payment WHERE unapplied_minor < 0 OR returned_minor < 0") ==
            0);
  house.write([&](Tx& tx) {
    const auto of = [&](Account account) {
      return tx.ledger.balance(TestHouse::kCreditor, account, "COP");
    };
    const auto total = [&](store::Sql sql) {
      auto rows = tx.db.query(sql);
      return rows.next() ? rows.integer(0) : 0;
    };
    RC_ASSERT(tx.ledger.mismatches(TestHouse::kCreditor, 10).empty());
    RC_ASSERT(of(Account::Receivable) ==
              total("SELECT COALESCE(SUM(balance_minor),0) FROM invoice"));
    RC_ASSERT(of(Account::Invoiced) == -total("SELECT COALESCE(SUM(amount_minor),0) FROM invoice"));
    RC_ASSERT(of(Account::Cash) ==
              total("SELECT COALESCE(SUM(amount_minor - returned_minor),0) FROM payment"));
    RC_ASSERT(of(Account::Unapplied) ==
              -total("SELECT COALESCE(SUM(unapplied_minor),0) FROM payment"));
  });
}

rc::Gen<Happening> happening() {
  return rc::gen::map(rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::inRange(1, 5),
                                     rc::gen::inRange<int64_t>(1, 200),
                                     rc::gen::inRange<int64_t>(0, 201), rc::gen::inRange(1, 8)),
                      [](const auto& t) {
                        const auto& [is_payment, invoice, amount, balance, id] = t;
                        return Happening{is_payment, invoice,    amount, std::min(balance, amount),
                                         id,         id % 2 == 0};
                      });
}

TEST(Money, BooksAddUpAfterAnythingThatHappens) {
  EXPECT_TRUE(rc::check("books add up", [] {
    const auto all = *rc::gen::container<std::vector<Happening>>(happening());
    TestHouse house;
    for (const auto& one : all) {
      happen(house, one);
      check_books(house);
    }
  }));
}

// One file for each invoice and payments that name it and do not exceed it: whatever the order, the
// same is owed.
TEST(Money, OrderOfArrivalDoesNotMatter) {
  EXPECT_TRUE(rc::check("order does not matter", [] {
    std::vector<Happening> all;
    std::map<int, int64_t> expected;
    int id = 0;
    for (int invoice = 1; invoice <= 3; ++invoice) {
      const auto amount = *rc::gen::inRange<int64_t>(1, 200);
      const auto reported = *rc::gen::inRange<int64_t>(0, amount + 1);
      all.push_back({false, invoice, amount, amount - reported, 0});
      int64_t paid = 0;
      for (int i = *rc::gen::inRange(0, 4); i > 0 && paid < amount; --i) {
        const auto part = *rc::gen::inRange<int64_t>(1, amount - paid + 1);
        all.push_back({true, invoice, part, 0, ++id, true});
        paid += part;
      }
      expected[invoice] = (amount - std::max(reported, paid)) * 100;
    }
    for (size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[*rc::gen::inRange<size_t>(0, i)]);
    all.push_back(all[*rc::gen::inRange<size_t>(0, all.size())]);  // Something is told twice.
    TestHouse house;
    for (const auto& one : all) happen(house, one);
    check_books(house);
    for (const auto& [invoice, owed] : expected) {
      const auto found = house.write([&](Tx& tx) {
        return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", invoice));
      });
      RC_ASSERT(found.has_value());
      RC_ASSERT(found->balance_minor == owed);
    }
  }));
}

// The trap of a part-paid invoice: what comes in now is not what the file had already counted.
TEST(Money, WhatComesInAfterTheFileLowersTheDebtOnce) {
  TestHouse house;
  const auto owed = [&] {
    return house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'");
  };
  happen(house, {false, 1, 300, 20, 0});  // Of 300 the file says 280 are paid.
  happen(house, {true, 1, 20, 0, 1});     // The rest comes in and is told at once:
  EXPECT_EQ(owed(), 0);
  happen(house, {false, 1, 300, 20, 0});  // the same file again knows nothing of it;
  EXPECT_EQ(owed(), 0);
  happen(house, {false, 1, 300, 0, 0});  // the next one has booked it,
  EXPECT_EQ(owed(), 0);
  happen(house, {false, 1, 300, 50, 0});  // and one that takes money back is heard.
  EXPECT_EQ(owed(), 5000);
  happen(house, {true, 1, 30, 0, 2,
                 true});  // The creditor's list of payments explains what the file had counted.
  EXPECT_EQ(owed(), 5000);
}

TEST(Money, WhatIsLeftOverPaysTheNextInvoiceOfThePerson) {
  TestHouse house;
  happen(house, {true, 1, 100, 0, 1});   // Paid before we know of the invoice,
  happen(house, {false, 1, 60, 60, 0});  // which takes sixty;
  happen(house, {false, 4, 30, 30, 0});  // another person's takes none,
  happen(house, {false, 2, 50, 50, 0});  // and the person's next one takes the forty that are left.
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 0);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0004'"), 3000);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0002'"), 1000);
  EXPECT_EQ(house.count("SELECT SUM(unapplied_minor) FROM payment"), 0);
}

TEST(Money, PaymentToldAgainIsTheSameAndAnotherUnderItsIdIsAConflict) {
  TestHouse house;
  house.add_people(1);
  const auto tell = [&](int64_t minor) {
    return house.store->write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "api",
                             .source_id = "P",
                             .reference = "F-0001",
                             .debtor_id = {},
                             .amount = {minor, kPesos},
                             .method = "",
                             .paid_on = date_of(2026, 11, 24),
                             .paid_at = house.now},
                            house.now);
    });
  };
  const auto first = tell(5'000'000);
  ASSERT_TRUE(first);
  const auto again = tell(5'000'000);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->payment.id, first->payment.id);
  EXPECT_EQ(again->payment.unapplied_minor, 0);
  ASSERT_FALSE(tell(6'000'000));
  EXPECT_EQ(tell(6'000'000).error().code, ErrorCode::Conflict);
  EXPECT_EQ(tell(0).error().code, ErrorCode::Invalid);
  EXPECT_EQ(tell(INT64_MAX).error().code, ErrorCode::Invalid);
  EXPECT_EQ(house.messages().size(), 1u);
}

TEST(Money, PaymentOfADayToComeIsRefused) {
  TestHouse house;
  house.add_people(1);
  const auto told = house.store->write([&](Tx& tx) {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "P",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {100, kPesos},
                           .method = "",
                           .paid_on = date_of(2026, 12, 24),
                           .paid_at = {}},
                          house.now);
  });
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, ErrorCode::Invalid);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 0);
}

TEST(Money, PaymentOfAnotherCurrencyPaysNothing) {
  TestHouse house;
  house.add_people(1);
  house.write([&](Tx& tx) -> Result<SettledPayment> {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "P",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {15'000'000, Currency::of("USD")},
                           .method = "",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = house.now},
                          house.now);
  });
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice"), 15'000'000);
  EXPECT_TRUE(house.messages().empty());
}

TEST(Money, OldPaymentIsNotThankedFor) {
  TestHouse house;
  house.add_people(2);
  for (const int day : {21, 22}) {
    house.write([&](Tx& tx) -> Result<SettledPayment> {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "api",
                             .source_id = std::to_string(day),
                             .reference = day == 21 ? "F-0001" : "F-0002",
                             .debtor_id = {},
                             .amount = {15'000'000, kPesos},
                             .method = "",
                             .paid_on = date_of(2026, 11, day),
                             .paid_at = {}},
                            house.now);
    });
  }
  EXPECT_TRUE(house.messages(1).empty());
  EXPECT_EQ(house.messages(2).size(), 1u);
}

}  // namespace
}  // namespace puntual::engine
