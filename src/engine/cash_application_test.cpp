// Which debt a payment settles when it is not plain: small rests, double payments, other
// currencies, a person's word.
#include <rapidcheck.h>

#include <algorithm>

#include "engine/assign_payment.h"
#include "engine/explain_balance.h"
#include "engine/reverse_payment.h"
#include "engine/settle_payments.h"
#include "engine/test_house.h"
#include "engine/waiting_money.h"
#include "engine/write_off.h"

namespace puntual::engine {
namespace {

class CashApplication : public ::testing::Test {
 protected:
  // Person 1 owes F-0001 and F-0002, person 2 F-0003.
  CashApplication() {
    std::string csv(TestHouse::kTitles);
    for (int i = 1; i <= 3; ++i) csv += TestHouse::row(i == 3 ? 2 : 1, i, i * 100'000, i * 100'000);
    house.import(csv);
  }
  EngineSettings& settings() { return house.engine.desk().settings; }

  Result<SettledPayment> pay(const std::string& invoice, int64_t pesos,
                             std::string_view currency = "COP") {
    return house.store->write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "api",
                             .source_id = fmt::format("P{}", ++payments_),
                             .reference = invoice,
                             .debtor_id = {},
                             .amount = {pesos * 100, Currency::of(currency)},
                             .method = "PSE",
                             .paid_on = date_of(2026, 11, 24),
                             .paid_at = house.now},
                            house.now);
    });
  }
  Result<Payment> assign(PaymentId payment, std::vector<PaymentShare> shares) {
    for (auto& share : shares) share.amount_minor *= 100;
    return house.store->write([&](Tx& tx) {
      return assign_payment(
          tx, house.engine.desk(), TestHouse::creditor(),
          {.payment_id = payment, .shares = std::move(shares), .by = "operator:ana", .why = ""},
          house.now);
    });
  }
  Result<Reversed> reverse(PaymentId payment, int64_t pesos) {
    return house.store->write([&](Tx& tx) {
      return reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                             {.payment_id = payment,
                              .kind = ReversalKind::Refund,
                              .amount_minor = pesos * 100,
                              .source_id = fmt::format("R{}", ++payments_),
                              .by = "x",
                              .why = ""},
                             house.now);
    });
  }
  int64_t owed(int invoice) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", invoice))
          ->balance_minor;
    }) / 100;
  }
  int64_t tasks(std::string_view kind) {
    return house.write([&](Tx& tx) {
      return static_cast<int64_t>(
          std::ranges::count_if(tx.tasks.waiting(TestHouse::kCreditor),
                                [&](const auto& one) { return text_of(one.kind) == kind; }));
    });
  }
  int64_t waiting() { return house.count("SELECT SUM(unapplied_minor) FROM payment") / 100; }
  void expect_sound() {
    house.write([&](Tx& tx) {
      EXPECT_TRUE(tx.ledger.mismatches(TestHouse::kCreditor, 9).empty());
      for (int i = 1; i <= 3; ++i) {
        const auto explained =
            explain_balance(tx, TestHouse::creditor(), fmt::format("F-{:04}", i));
        ASSERT_TRUE(explained);
        EXPECT_TRUE(explained->adds_up()) << i;
      }
    });
  }

  TestHouse house;
  int payments_ = 0;
};

TEST_F(CashApplication, ARestWithinTheToleranceIsNotAskedFor) {
  settings().tolerance_minor = 1'000 * 100;
  ASSERT_TRUE(pay("F-0001", 98'999));
  EXPECT_EQ(owed(1), 1'001);
  const auto last = pay("F-0001", 501);
  EXPECT_EQ(owed(1), 0);
  EXPECT_EQ(house.count("SELECT amount_minor FROM ledger_entry WHERE debit='small_difference'"),
            500 * 100);
  expect_sound();
  // It was given up because the others were paid.
  ASSERT_TRUE(reverse(last->payment.id, 501));
  EXPECT_EQ(owed(1), 1'001);
  expect_sound();
}

TEST_F(CashApplication, NoToleranceIsGivenUnasked) {
  ASSERT_TRUE(pay("F-0001", 99'999));
  EXPECT_EQ(owed(1), 1);
}

TEST_F(CashApplication, WhatIsPaidTwiceWaitsForAPerson) {
  ASSERT_TRUE(pay("F-0001", 100'000));
  EXPECT_EQ(tasks("extra_payment"), 0);
  ASSERT_TRUE(pay("F-0001", 100'000));
  ASSERT_TRUE(pay("F-0001", 100'000));
  EXPECT_EQ(owed(2), 200'000);
  EXPECT_EQ(waiting(), 200'000);
  EXPECT_EQ(tasks("extra_payment"), 1) << "one task, however often";
  const auto asked =
      house.write([&](Tx& tx) { return waiting_money(tx, TestHouse::creditor().id, 10); });
  EXPECT_EQ(asked.credits.size(), 2U) << "both, though one task asks";
  EXPECT_EQ(asked.size(), 2U);
  EXPECT_EQ(house.messages().size(), 1U) << "one thank-you";
  expect_sound();
}

TEST_F(CashApplication, AnotherCurrencyIsHeldAndNeverConverted) {
  ASSERT_TRUE(pay("F-0001", 100'000, "USD"));
  EXPECT_EQ(owed(1) + owed(2), 300'000);
  EXPECT_EQ(waiting(), 100'000);
  EXPECT_EQ(tasks("money_held"), 1);
  EXPECT_EQ(tasks("extra_payment"), 0);
}

TEST_F(CashApplication, WhatNamesNoInvoiceFollowsThePolicy) {
  settings().allocation = AllocationPolicy::ProRata;
  const auto debtor = house.write([&](Tx& tx) {
    return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
  });
  ASSERT_TRUE(house.store->write([&](Tx& tx) {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "P",
                           .reference = "",
                           .debtor_id = debtor,
                           .amount = {90'000'00, Currency::of("COP")},
                           .method = "",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = house.now},
                          house.now);
  }));
  EXPECT_EQ(owed(1), 70'000);
  EXPECT_EQ(owed(2), 140'000);
}

TEST_F(CashApplication, APersonSplitsAPayment) {
  const auto paid = pay("F-0002", 200'000);
  ASSERT_TRUE(assign(paid->payment.id, {{"F-0001", 60'000}, {"F-0002", 130'000}}));
  EXPECT_EQ(owed(1), 40'000);
  EXPECT_EQ(owed(2), 70'000);
  EXPECT_EQ(waiting(), 10'000);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM suspension"), 0) << "who decided knows of it";
  EXPECT_EQ(house.count("SELECT amount_minor FROM reversal WHERE kind='reassigned'"), 70'000'00);
  ASSERT_TRUE(assign(paid->payment.id, {{"F-0001", 60'000}, {"F-0002", 130'000}}));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM reversal"), 1) << "the same again changes nothing";
  expect_sound();
}

TEST_F(CashApplication, APersonGivesAPaymentToWhomItIsFrom) {
  const auto paid = pay("F-0001", 100'000);
  const auto given = assign(paid->payment.id, {{"F-0003", 100'000}});
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(owed(1), 100'000);
  EXPECT_EQ(owed(3), 200'000);
  EXPECT_NE(given->debtor_id, paid->payment.debtor_id);
  EXPECT_EQ(waiting(), 0);
  expect_sound();
}

TEST_F(CashApplication, WhoeverItIsOfIsThankedAndWhoeverItWasNotOfIsNot) {
  const auto paid = pay("F-0001", 100'000);
  ASSERT_TRUE(assign(paid->payment.id, {{"F-0003", 100'000}}));
  EXPECT_EQ(house.state(1), MessageState::Cancelled) << "it had not left";
  EXPECT_EQ(tasks("payment_reversed"), 0) << "she was never thanked";
  EXPECT_EQ(house.messages(3).size(), 1U);
  EXPECT_EQ(house.messages(3).front().step, "thanks");
  ASSERT_TRUE(assign(paid->payment.id, {{"F-0001", 100'000}}));
  ASSERT_TRUE(assign(paid->payment.id, {{"F-0003", 100'000}}));
  EXPECT_EQ(house.messages(1).size() + house.messages(3).size(), 2U)
      << "nobody is thanked twice for the same";
}

// One thank-you for two payments of one file of the bank; one of both is taken back before it
// leaves.
TEST_F(CashApplication, ThanksForSeveralAreToldAnewForThoseThatAreLeft) {
  std::vector<SettledPayment> both;
  house.write([&](Tx& tx) -> Result<void> {
    for (const auto& [number, pesos] :
         {std::pair("F-0001", 100'000), std::pair("F-0002", 50'000)}) {
      ASSIGN_OR_RETURN(both.emplace_back(),
                       settle_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                      {.source = "api",
                                       .source_id = number,
                                       .reference = number,
                                       .debtor_id = {},
                                       .amount = {pesos * 100, Currency::of("COP")},
                                       .method = "",
                                       .paid_on = date_of(2026, 11, 24),
                                       .paid_at = house.now},
                                      house.now));
    }
    thank(tx, house.engine.desk(), TestHouse::creditor(), both, house.now);
    return {};
  });
  ASSERT_EQ(house.messages().size(), 1U);
  EXPECT_TRUE(house.messages()[0].text.contains("150.000")) << house.messages()[0].text;
  ASSERT_TRUE(reverse(both[1].payment.id, 10'000));
  EXPECT_EQ(house.state(), MessageState::Planned);
  EXPECT_TRUE(house.messages()[0].text.contains("100.000")) << house.messages()[0].text;
  ASSERT_TRUE(reverse(both[0].payment.id, 100'000));
  EXPECT_EQ(house.state(), MessageState::Cancelled);
}

TEST_F(CashApplication, RefusesSharesThatCannotBe) {
  const auto paid = pay("F-0002", 200'000);
  const PaymentId id = paid->payment.id;
  EXPECT_EQ(assign(id, {{"F-0009", 1}}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(assign(id, {{"F-0001", 1}, {"F-0003", 1}}).error().code, ErrorCode::Invalid)
      << "two debtors";
  EXPECT_EQ(assign(id, {{"F-0001", 1}, {"F-0001", 1}}).error().code, ErrorCode::Invalid);
  EXPECT_EQ(assign(id, {{"F-0001", 100'000}, {"F-0002", 100'001}}).error().code,
            ErrorCode::Invalid);
  EXPECT_EQ(assign(id, {{"F-0001", 100'001}}).error().code, ErrorCode::Invalid)
      << "more than it can take";
  EXPECT_EQ(assign({4711}, {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(owed(2), 0) << "and nothing was changed";
  expect_sound();
}

TEST_F(CashApplication, TwoPeopleGiveADebtUpForLost) {
  const auto deed = [&](auto&& act) { return house.store->write([&](Tx& tx) { return act(tx); }); };
  const auto ask = [&](const std::string& by) {
    return deed([&](Tx& tx) {
      return request_write_off(tx, TestHouse::creditor(), {.invoice = "F-0001", .by = by},
                               "no se encuentra", house.now);
    });
  };
  const auto approve = [&](const std::string& by) {
    return deed([&](Tx& tx) {
      return approve_write_off(tx, TestHouse::creditor(), {.invoice = "F-0001", .by = by},
                               house.now);
    });
  };
  EXPECT_EQ(approve("luis").error().code, ErrorCode::NotFound);
  ASSERT_TRUE(ask("ana"));
  EXPECT_EQ(ask("luis").error().code, ErrorCode::Conflict);
  EXPECT_EQ(approve("ana").error().code, ErrorCode::Forbidden);
  EXPECT_EQ(owed(1), 100'000) << "asked is not done";
  ASSERT_TRUE(pay("F-0001", 30'000));
  const auto done = approve("luis");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->amount_minor, 70'000'00) << "what is left";
  EXPECT_EQ(owed(1), 0);
  expect_sound();
  // Part of it comes after all, then the rest.
  ASSERT_TRUE(pay("F-0001", 50'000));
  EXPECT_EQ(owed(1), 0);
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM invoice WHERE state='written_off' AND forgiven_minor=2000000"),
      1);
  EXPECT_EQ(tasks("extra_payment"), 1);
  ASSERT_TRUE(pay("F-0001", 20'000));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice WHERE state='paid' AND forgiven_minor=0"), 1);
  EXPECT_EQ(waiting(), 0);
  expect_sound();
}

TEST_F(CashApplication, WhatWaitsIsNotGivenUpForLost) {
  const auto ask = [&] {
    return house.store->write([&](Tx& tx) {
      return request_write_off(tx, TestHouse::creditor(), {.invoice = "F-0002", .by = "ana"},
                               "no se encuentra", house.now);
    });
  };
  ASSERT_TRUE(pay("F-0001", 100'000));
  const auto twice = pay("F-0001", 100'000);
  const auto refused = ask();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
  EXPECT_TRUE(refused.error().message.contains(std::to_string(twice->payment.id.value)))
      << refused.error().message;
  ASSERT_TRUE(assign(twice->payment.id, {{"F-0002", 100'000}}));
  EXPECT_EQ(tasks("extra_payment"), 0) << "what becomes of it is said";
  const auto asked = ask();
  ASSERT_TRUE(asked) << asked.error().message;
  EXPECT_EQ(asked->amount_minor, 100'000'00) << "the rest";
}

// Whatever is paid, taken back, assigned and given up: what came is what is applied, waits or was
// returned, and what is owed of an invoice is what its entries say.
TEST(CashApplicationProperty, NothingIsLostWhateverHappens) {
  EXPECT_TRUE(rc::check("nothing is lost", [] {
    struct Deed {
      int what, invoice;
      int64_t pesos;
      int payment;
    };
    const auto deeds = *rc::gen::container<std::vector<Deed>>(
        rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 6), rc::gen::inRange(1, 4),
                                    rc::gen::inRange<int64_t>(1, 300), rc::gen::inRange(0, 6)),
                     [](const auto& t) {
                       return Deed{std::get<0>(t), std::get<1>(t), std::get<2>(t), std::get<3>(t)};
                     }));
    TestHouse house;
    house.engine.desk().settings.tolerance_minor = 10 * 100;
    std::string csv(TestHouse::kTitles);
    for (int i = 1; i <= 3; ++i) csv += TestHouse::row(i == 3 ? 2 : 1, i, i * 100, i * 60);
    house.import(csv);
    const Desk& desk = house.engine.desk();
    const Creditor creditor = TestHouse::creditor();
    std::vector<PaymentId> payments;
    int told = 0;
    for (const auto& deed : deeds) {
      const std::string number = fmt::format("F-{:04}", deed.invoice);
      const int64_t minor = deed.pesos * 100;
      const auto do_it = [&](auto&& act) {
        (void)house.store->write([&](Tx& tx) -> Result<void> {
          RETURN_IF_ERROR(act(tx));
          return {};
        });
      };
      const PaymentId payment = payments.empty()
                                    ? PaymentId{}
                                    : payments[static_cast<size_t>(deed.payment) % payments.size()];
      if (deed.what <= 1) {
        payments.push_back(house.write([&](Tx& tx) -> Result<PaymentId> {
          ASSIGN_OR_RETURN(const auto done,
                           settle_payment(tx, desk, creditor,
                                          {.source = deed.what == 0 ? "api" : "file",
                                           .source_id = std::to_string(++told),
                                           .reference = number,
                                           .debtor_id = {},
                                           .amount = {minor, Currency::of("COP")},
                                           .method = "",
                                           .paid_on = date_of(2026, 11, 24),
                                           .paid_at = {}},
                                          house.now));
          return done.payment.id;
        }));
      } else if (deed.what == 2 || deed.what == 3) {
        const auto kind = deed.what == 2 ? ReversalKind::Chargeback : ReversalKind::Reinstated;
        do_it([&](Tx& tx) {
          return reverse_payment(tx, desk, creditor,
                                 {.payment_id = payment,
                                  .kind = kind,
                                  .amount_minor = minor,
                                  .source_id = std::to_string(++told),
                                  .by = "x",
                                  .why = ""},
                                 house.now);
        });
      } else if (deed.what == 4) {
        do_it([&](Tx& tx) {
          return assign_payment(
              tx, desk, creditor,
              {.payment_id = payment, .shares = {{number, minor}}, .by = "x", .why = ""},
              house.now);
        });
      } else {
        do_it([&](Tx& tx) {
          return request_write_off(tx, creditor, {.invoice = number, .by = "ana"}, "x", house.now);
        });
        do_it([&](Tx& tx) {
          return approve_write_off(tx, creditor, {.invoice = number, .by = "luis"}, house.now);
        });
      }
      house.write([&](Tx& tx) {
        const auto wrong = tx.ledger.mismatches(TestHouse::kCreditor, 9);
        if (!wrong.empty()) RC_FAIL(wrong.front());
      });
      RC_ASSERT(
          house.count(
              "SELECT COUNT(*) FROM payment WHERE unapplied_minor < 0 OR returned_minor < 0") == 0);
      RC_ASSERT(
          house.count(
              "SELECT COUNT(*) FROM payment p WHERE amount_minor <> unapplied_minor + "
              "returned_minor + "
              "(SELECT COALESCE(SUM(amount_minor),0) FROM allocation a WHERE a.payment_id=p.id)") ==
          0);
      // Who has not settled is not counted as who has, nor twice.
      RC_ASSERT(house.count("SELECT COUNT(*) FROM invoice WHERE (settled_as <> '') <> (paid_minor "
                            ">= amount_minor)") == 0);
      RC_ASSERT(
          house.count(
              "SELECT COUNT(*) FROM debtor d WHERE settled_count <> settled_on_time + "
              "settled_within_forgetful + settled_late OR settled_count <> "
              "(SELECT COUNT(*) FROM invoice i WHERE i.debtor_id=d.id AND i.settled_as <> '')") ==
          0);
      RC_ASSERT(
          house.count(
              "SELECT COUNT(*) FROM invoice i WHERE balance_minor < 0 OR paid_minor < 0 OR "
              "ahead_minor > paid_minor OR forgiven_minor < 0 OR paid_minor <> "
              "(SELECT COALESCE(SUM(amount_minor),0) FROM allocation a WHERE a.invoice_id=i.id)") ==
          0);
      for (int i = 1; i <= 3; ++i) {
        RC_ASSERT(house
                      .write([&](Tx& tx) {
                        return explain_balance(tx, creditor, fmt::format("F-{:04}", i));
                      })
                      .adds_up());
      }
    }
  }));
}

// Several payments of one person, and some of them taken back, in whatever order: what is owed in
// the end is the same, and nothing is owed while money of theirs waits for it.
TEST(CashApplicationProperty, TheOrderOfPaymentsAndReversalsDoesNotMatter) {
  EXPECT_TRUE(rc::check("order does not matter", [] {
    struct Paid {
      int64_t pesos;
      bool is_taken_back;
    };
    const auto paid = *rc::gen::container<std::vector<Paid>>(
        rc::gen::map(rc::gen::tuple(rc::gen::inRange<int64_t>(1, 200), rc::gen::arbitrary<bool>()),
                     [](const auto& t) {
                       return Paid{std::get<0>(t), std::get<1>(t)};
                     }));
    // Each payment comes, and goes at once or when all have come.
    const auto owed_after = [&](bool is_backwards, bool goes_at_once) {
      TestHouse house;
      house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 300, 300));
      const Desk& desk = house.engine.desk();
      std::vector<std::pair<PaymentId, int64_t>> to_go;
      const auto go = [&] {
        for (const auto& [id, minor] : to_go) {
          EXPECT_TRUE(house.store->write([&](Tx& tx) {
            return reverse_payment(tx, desk, TestHouse::creditor(),
                                   {.payment_id = id,
                                    .kind = ReversalKind::Chargeback,
                                    .amount_minor = minor,
                                    .source_id = "R",
                                    .by = "x",
                                    .why = ""},
                                   house.now);
          }));
        }
        to_go.clear();
      };
      for (size_t i = 0; i < paid.size(); ++i) {
        const size_t which = is_backwards ? paid.size() - 1 - i : i;
        const int64_t minor = paid[which].pesos * 100;
        const auto id = house.write([&](Tx& tx) -> Result<PaymentId> {
          ASSIGN_OR_RETURN(const auto done, record_payment(tx, desk, TestHouse::creditor(),
                                                           {.source = "api",
                                                            .source_id = std::to_string(which),
                                                            .reference = "F-0001",
                                                            .debtor_id = {},
                                                            .amount = {minor, Currency::of("COP")},
                                                            .method = "",
                                                            .paid_on = date_of(2026, 11, 24),
                                                            .paid_at = {}},
                                                           house.now));
          return done.payment.id;
        });
        if (paid[which].is_taken_back) to_go.emplace_back(id, minor);
        if (goes_at_once) go();
      }
      go();
      const int64_t owed = house.count("SELECT balance_minor FROM invoice"),
                    waits = house.count("SELECT COALESCE(SUM(unapplied_minor),0) FROM payment");
      RC_ASSERT(owed == 0 || waits == 0);
      return owed - waits;
    };
    int64_t expected = 300'00;
    for (const auto& one : paid) expected -= one.is_taken_back ? 0 : one.pesos * 100;
    for (const bool is_backwards : {false, true}) {
      for (const bool goes_at_once : {false, true})
        RC_ASSERT(owed_after(is_backwards, goes_at_once) == expected);
    }
  }));
}

}  // namespace
}  // namespace puntual::engine
