// Files of banks in the books: once, whatever comes again; by itself only what is sure; and back,
// when the bank takes it back.
#include "engine/bank_import.h"

#include <rapidcheck.h>

#include <algorithm>

#include "base/crypto.h"
#include "core/bank/statement.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

using store::BankLineState;

const Currency kBankPesos = Currency::of("COP");

BankLine credit(std::string reference, int64_t pesos, std::string description = {}) {
  return {.on = date_of(2026, 11, 23),
          .amount = {pesos * 100, kBankPesos},
          .reference = std::move(reference),
          .description = std::move(description)};
}

struct Bank {
  TestHouse house;
  BankSettings settings = {};
  int files = 0;

  static BankFileInput statement(std::vector<BankLine> lines) {
    BankFileInput input{.reading = {.format = BankFormat::Statement,
                                    .account = "77",
                                    .on = date_of(2026, 11, 23),
                                    .lines = std::move(lines)},
                        .digest = {},
                        .name = "extracto.csv"};
    int64_t number = 1;
    std::string bytes;
    for (auto& line : input.reading.lines) {
      line.line = ++number;
      bytes += fmt::format("{} {} {} {}\n", line.on.days, line.amount.minor, line.reference,
                           line.description);
    }
    input.digest = hex(sha256(bytes));
    return input;
  }
  BankReport take(std::vector<BankLine> lines) { return take(statement(std::move(lines))); }
  BankReport take(const BankFileInput& input, bool is_rehearsal = false) {
    auto report = take_bank_file(*house.store, house.engine.desk(), TestHouse::creditor(), settings,
                                 input, is_rehearsal, house.now);
    if (!report) ADD_FAILURE() << report.error().message;
    return report.value_or(BankReport{});
  }
  std::vector<store::KeptBankLine> lines() {
    return house.write(
        [&](Tx& tx) { return tx.bank_files.lines(TestHouse::kCreditor, false, {}, 10'000); });
  }
  Result<store::KeptBankLine> decide(BankLineId line, BankDecision decision) {
    decision.by = "ana";
    return house.store->write([&](Tx& tx) {
      return decide_bank_line(tx, house.engine.desk(), TestHouse::creditor(), settings, line,
                              decision, house.now);
    });
  }
  int64_t owed(int invoice) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", invoice))
          ->balance_minor;
    });
  }
  DebtorId person(int invoice) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", invoice))
          ->debtor_id;
    });
  }
  // What lines brought is what was booked, and the books add up.
  void check() {
    EXPECT_EQ(
        house.count("SELECT COALESCE(SUM(amount_minor),0) FROM bank_line WHERE state='applied'"),
        house.count("SELECT COALESCE(SUM(amount_minor),0) FROM payment WHERE source='bank'"));
    house.write(
        [&](Tx& tx) { EXPECT_TRUE(tx.ledger.mismatches(TestHouse::kCreditor, 10).empty()); });
  }
};

TEST(BankImport, AppliesWhatNamesTheDebtAndThanksOnce) {
  Bank bank;
  bank.house.add_people(2);
  const auto link = bank.house.write([&](Tx& tx) {
    const auto invoice = *tx.invoices.find_by_number(TestHouse::kCreditor, "F-0002");
    tx.debtors.hold(TestHouse::kCreditor, {invoice.debtor_id});
    return tx.pay_links.make(TestHouse::kCreditor, invoice.debtor_id,
                             {PayAboutKind::Invoice, invoice.id.value}, bank.house.now,
                             bank.house.now + kDayMs, tx.ids);
  });
  const auto report =
      bank.take({credit("F-0001", 150'000),
                 credit(bank::without_zeros(link.bank_reference), 50'000), credit("F-0009", 10)});
  EXPECT_EQ(report.applied, 2);
  EXPECT_EQ(report.unmatched, 1);
  EXPECT_EQ(report.applied_minor, 20'000'000);
  EXPECT_EQ(bank.owed(1), 0);
  EXPECT_EQ(bank.owed(2), 10'000'000);
  EXPECT_EQ(bank.lines()[1].rule, MatchRule::BankReference);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 2);
  const auto again =
      bank.take({credit("F-0001", 150'000),
                 credit(bank::without_zeros(link.bank_reference), 50'000), credit("F-0009", 10)});
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM payment"), 2);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 2);
  bank.check();
}

TEST(BankImport, FindsAnInvoiceWhoseZerosTheBankLeftOut) {
  Bank bank;
  bank.house.import(std::string(TestHouse::kTitles) +
                    "Ana Ruiz;10.000.001;+573000000001;0000611365;24/11/2026;100,00;100,00;COP\n");
  EXPECT_EQ(bank.take({credit("611365", 100)}).applied, 1);
  EXPECT_EQ(bank.house.count("SELECT balance_minor FROM invoice WHERE number='0000611365'"), 0);
}

// Letters and digits, as people write them where they please.
TEST(BankImport, FindsTheNumberOfAnInvoiceInWhatThePayerWrote) {
  Bank bank;
  const auto row = [](std::string_view person, std::string_view number) {
    return fmt::format("Ana {0};10.000.{0};+573000000{0};{1};24/11/2026;100,00;100,00;COP\n",
                       person, number);
  };
  bank.house.import(std::string(TestHouse::kTitles) + row("001", "FE-1029") + row("002", "FV1030") +
                    row("003", "F-0050001") + row("004", "50001") + row("005", "F-1031") +
                    row("006", "F-1032") + row("007", "FE-1032"));
  const auto report = bank.take({credit("", 100, "PAGO FACTURA FE 1029"), credit("", 100, "FV1030"),
                                 credit("", 60, "ABONO f-50001 GRACIAS"), credit("FV 1030", 1),
                                 credit("", 100, "CARTERA 1029"), credit("FV1031", 100),
                                 credit("", 100, "PAGO FV 1032")});
  const auto lines = bank.lines();
  EXPECT_EQ(lines[0].state, BankLineState::Applied);
  EXPECT_EQ(lines[0].confidence, 85);
  EXPECT_EQ(lines[1].state, BankLineState::Applied);
  EXPECT_EQ(lines[2].state, BankLineState::Proposed) << "another sum";
  EXPECT_EQ(lines[2].invoices, std::vector<InvoiceId>{bank.house.write([](Tx& tx) {
              return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0050001")->id;
            })})
      << "the whole number is more than its digits, which are another's";
  EXPECT_EQ(lines[3].rule, MatchRule::InvoiceNumber) << "in the field for it as well";
  EXPECT_EQ(lines[4].state, BankLineState::Unmatched);
  EXPECT_EQ(lines[5].state, BankLineState::Proposed) << "F-1031: other letters that say the same";
  EXPECT_EQ(lines[5].confidence, 70);
  EXPECT_EQ(lines[6].state, BankLineState::Unmatched) << "F-1032 and FE-1032 are two people's";
  EXPECT_EQ(report.applied, 2);
  bank.check();
}

TEST(BankImport, ProposesWhatOnlyThePayerTellsAndAPersonDecides) {
  Bank bank;
  bank.house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) +
                    TestHouse::row(1, 2, 50, 50) + TestHouse::row(2, 3, 30, 30));
  auto paid = credit("", 150, "ABONO DE 3000000001");
  const auto report = bank.take({paid, credit("", 30, "ABONO"), credit("10000002", 30)});
  EXPECT_EQ(report.applied, 0);
  EXPECT_EQ(report.proposed, 2);
  EXPECT_EQ(report.unmatched, 1);
  const auto lines = bank.lines();
  EXPECT_EQ(lines[0].rule, MatchRule::PayerSum);
  EXPECT_EQ(lines[0].invoices.size(), 2u);
  EXPECT_EQ(lines[2].rule, MatchRule::PayerExact);
  EXPECT_EQ(bank.owed(1), 10'000);

  EXPECT_TRUE(bank.decide(lines[0].id, {.is_accepted = true}).has_value());
  EXPECT_EQ(bank.owed(1), 0);
  EXPECT_EQ(bank.owed(2), 0);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM payment"), 2) << "one for each invoice";
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 1)
      << "and one thank-you for both";
  EXPECT_EQ(bank.decide(lines[0].id, {.is_ignored = true}).error().code, ErrorCode::Conflict)
      << "is in the books";

  EXPECT_EQ(bank.decide(lines[1].id, {.is_accepted = true}).error().code, ErrorCode::Invalid)
      << "nobody was proposed";
  EXPECT_EQ(bank.decide(lines[1].id, {.invoice = "F-0099"}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(bank.decide(lines[1].id, {.shares = {{"F-0003", 1'000}}}).error().code,
            ErrorCode::Invalid)
      << "the parts are not all of it";
  EXPECT_TRUE(bank.decide(lines[1].id, {.is_ignored = true}).has_value());
  EXPECT_TRUE(bank.decide(lines[1].id, {.invoice = "F-0003"}).has_value())
      << "a person may think again of what was ignored";
  EXPECT_EQ(bank.owed(3), 0);
  EXPECT_EQ(bank.lines()[1].decided_by, "ana");
  EXPECT_TRUE(bank.decide(lines[2].id, {.debtor_id = bank.person(3)}).has_value());
  EXPECT_EQ(bank.house.count("SELECT unapplied_minor FROM payment ORDER BY id DESC LIMIT 1"), 3'000)
      << "paid twice: theirs, for the next invoice";
  bank.check();
}

TEST(BankImport, AsksAboutMoneyThatMayBeHereAlready) {
  Bank bank;
  bank.house.add_people(3);
  bank.house.write([&](Tx& tx) {
    return record_payment(tx, bank.house.engine.desk(), TestHouse::creditor(),
                          {.source = "wompi",
                           .source_id = "1-2",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {5'000'000, kBankPesos},
                           .method = "PSE",
                           .paid_on = date_of(2026, 11, 21),
                           .paid_at = {}},
                          bank.house.now);
  });
  EXPECT_EQ(bank.take({credit("F-0001", 50'000)}).proposed, 1);
  EXPECT_EQ(bank.owed(1), 10'000'000);
  EXPECT_NE(std::ranges::find(bank.lines()[0].evidence, "already_booked"),
            bank.lines()[0].evidence.end());

  // The day's file of collections comes again under another digest, and the statement tells of it
  // as well.
  auto collected = Bank::statement({credit("F-0002", 20'000)});
  collected.reading.format = BankFormat::Asobancaria2001;
  collected.reading.lines[0].own_number = "0001/0000002";
  EXPECT_EQ(bank.take(collected).applied, 1);
  collected.digest = hex(sha256("with other line ends"));
  EXPECT_EQ(bank.take(collected).proposed, 1);
  EXPECT_EQ(bank.take({credit("F-0002", 20'000), credit("", 1)}).proposed, 1);
  EXPECT_EQ(bank.owed(2), 13'000'000);
  bank.check();
}

TEST(BankImport, WhatWasProposedIsNotAcceptedOnceItIsBookedElsewhere) {
  Bank bank;
  bank.house.add_people(1);
  ASSERT_EQ(bank.take({credit("", 150'000, "ABONO 3000000001")}).proposed, 1);
  bank.house.write([&](Tx& tx) {
    return record_payment(tx, bank.house.engine.desk(), TestHouse::creditor(),
                          {.source = "wompi",
                           .source_id = "1-2",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {15'000'000, kBankPesos},
                           .method = "PSE",
                           .paid_on = date_of(2026, 11, 23),
                           .paid_at = {}},
                          bank.house.now);
  });
  const auto line = bank.lines()[0];
  const auto refused = bank.decide(line.id, {.is_accepted = true});
  EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
  EXPECT_TRUE(refused.error().message.contains("wompi")) << refused.error().message;
  EXPECT_TRUE(bank.decide(line.id, {.debtor_id = bank.person(1)})) << "they have looked";
  EXPECT_EQ(bank.house.count("SELECT SUM(unapplied_minor) FROM payment"), 15'000'000);
  bank.check();
}

TEST(BankImport, ASettlementOfAGatewayIsNobodysPayment) {
  Bank bank;
  bank.house.add_people(1);
  bank.settings.accounts = {{.account = "77", .is_settlement = true}};
  EXPECT_EQ(bank.take({credit("F-0001", 150'000)}).ignored, 1);
  EXPECT_EQ(bank.decide(bank.lines()[0].id, {.invoice = "F-0001"}).error().code,
            ErrorCode::Conflict);
  EXPECT_EQ(bank.owed(1), 15'000'000);
}

TEST(BankImport, WhatTheBankGivesBackIsOwedAgain) {
  Bank bank;
  bank.house.add_people(2);
  ASSERT_EQ(bank.take({credit("F-0001", 150'000)}).applied, 1);
  EXPECT_EQ(bank.owed(1), 0);
  auto back = credit("F-0001", 150'000);
  back.returned = "R03";
  back.on = date_of(2026, 11, 24);
  auto unknown = credit("F-0002", 7);
  unknown.returned = "R03";
  auto fee = credit("", -12, "COMISION");
  const auto report = bank.take({back, unknown, fee});
  EXPECT_EQ(report.returned, 1);
  EXPECT_EQ(report.unmatched, 1);
  EXPECT_EQ(report.ignored, 1);
  EXPECT_EQ(bank.owed(1), 15'000'000);
  EXPECT_EQ(bank.house.count(
                "SELECT COUNT(*) FROM task WHERE kind='payment_reversed' AND closed_at IS NULL"),
            1);
  const auto lines = bank.lines();
  EXPECT_EQ(bank.decide(lines[2].id, {.invoice = "F-0002"}).error().code, ErrorCode::Invalid)
      << "took money away";
  EXPECT_EQ(bank.decide(lines[2].id, {.reverses = lines[0].id}).error().code, ErrorCode::Invalid)
      << "given back already";
  EXPECT_TRUE(bank.decide(lines[2].id, {.is_ignored = true}).has_value());
  bank.check();
}

TEST(BankImport, WhatWasGivenBackBeforeItCameIsAskedAbout) {
  Bank bank;
  bank.house.add_people(1);
  auto back = credit("F-0001", 150'000);
  back.returned = "R03";
  EXPECT_EQ(bank.take({back}).unmatched, 1);
  EXPECT_EQ(bank.take({credit("F-0001", 150'000, "otro archivo")}).proposed, 1);
  EXPECT_EQ(bank.owed(1), 15'000'000);
  const auto lines = bank.lines();
  ASSERT_TRUE(bank.decide(lines[1].id, {.is_accepted = true}).has_value());
  const auto given = bank.decide(lines[0].id, {.reverses = lines[1].id});
  ASSERT_TRUE(given.has_value());
  EXPECT_EQ(given->rule, MatchRule::Person) << "no longer 'which payment is not known'";
  EXPECT_TRUE(given->evidence.empty());
  EXPECT_EQ(bank.owed(1), 15'000'000);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM reversal WHERE kind='returned'"), 1);
  bank.check();
}

// The bank's file comes a day later: what the portfolio has counted meanwhile is not counted again.
TEST(BankImport, ExplainsWhatThePortfolioCountsAlready) {
  Bank bank;
  bank.house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 40) +
                    TestHouse::row(2, 2, 100, 0) + TestHouse::row(3, 3, 100, 100));
  EXPECT_EQ(bank.take({credit("F-0001", 60), credit("F-0002", 100), credit("F-0003", 100)}).applied,
            3);
  EXPECT_EQ(bank.owed(1), 4'000) << "sixty were counted";
  EXPECT_EQ(bank.owed(2), 0);
  EXPECT_EQ(bank.owed(3), 0) << "was not";
  EXPECT_EQ(bank.house.count("SELECT SUM(unapplied_minor) FROM payment"), 0);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 1)
      << "for what is news";
  bank.check();
}

TEST(BankImport, AppliesByItselfNoMoreThanIsSet) {
  for (const auto applies : {BankApplies::CheckDigits, BankApplies::Nothing}) {
    Bank bank;
    bank.settings.applies = applies;
    bank.house.add_people(1);
    EXPECT_EQ(bank.take({credit("F-0001", 150'000)}).proposed, 1)
        << "an invoice's number has no check digits";
  }
}

TEST(BankImport, AFileWithATroubleIsSetAsideWholeAndARehearsalLeavesNothing) {
  Bank bank;
  bank.house.add_people(1);
  auto input = Bank::statement({credit("F-0001", 150'000)});
  EXPECT_EQ(bank.take(input, true).applied, 1);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM bank_line"), 0);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM bank_file"), 0);
  EXPECT_EQ(bank.owed(1), 15'000'000);
  auto late = input;
  late.reading.lines[0].on = date_of(2026, 12, 24);
  const auto refused = take_bank_file(*bank.house.store, bank.house.engine.desk(),
                                      TestHouse::creditor(), {}, late, false, bank.house.now);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("línea 2"), std::string::npos) << refused.error().message;
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM bank_line"), 0);
  EXPECT_EQ(bank.house.count("SELECT COUNT(*) FROM bank_file WHERE state='set_aside'"), 1);
  EXPECT_EQ(bank.owed(1), 15'000'000);
}

TEST(BankImport, WhatALineSaysOfSomebodyGoesWithTheirData) {
  Bank bank;
  bank.house.add_people(1);
  auto line = credit("F-0001", 150'000, "PAGO DE PERSONA UNO");
  line.name = "Persona Uno";
  ASSERT_EQ(bank.take({line}).applied, 1);
  EXPECT_EQ(bank.lines()[0].said.name, "Persona Uno");
  ASSERT_TRUE(*bank.house.store->erase(TestHouse::kCreditor, bank.person(1), bank.house.now));
  EXPECT_EQ(bank.lines()[0].said.name, "");
  EXPECT_EQ(bank.lines()[0].said.description, "");
  EXPECT_EQ(bank.lines()[0].said.amount.minor, 15'000'000);
}

// Overlapping statements in any order, and each as often as one likes: the same lines, the same
// payments, the same debts.
TEST(BankImport, OrderAndRepetitionOfFilesDoNotMatter) {
  EXPECT_TRUE(rc::check("order of files does not matter", [] {
    std::vector<BankLine> all;
    const auto count = *rc::gen::inRange<size_t>(1, 8);
    for (size_t i = 0; i < count; ++i) {
      auto line = credit(fmt::format("F-{:04}", *rc::gen::inRange(1, 4)),
                         *rc::gen::inRange<int64_t>(1, 4) * 1'000);
      line.on = line.on - *rc::gen::inRange(0, 3);
      all.push_back(std::move(line));
    }
    std::ranges::stable_sort(all, {}, &BankLine::on);
    // Statements are of whole days.
    const auto of_days = [&](int from, int to) {
      std::vector<BankLine> some;
      for (const auto& line : all) {
        const int day = date_of(2026, 11, 23) - line.on;
        if (day >= from && day <= to) some.push_back(line);
      }
      return some;
    };
    const auto books = [&](const std::vector<std::pair<int, int>>& statements) {
      Bank bank;
      bank.house.add_people(3);
      for (const auto& [from, to] : statements) bank.take(of_days(from, to));
      bank.check();
      std::vector<int64_t> sums{bank.owed(1), bank.owed(2), bank.owed(3),
                                bank.house.count("SELECT COUNT(*) FROM bank_line"),
                                bank.house.count("SELECT COUNT(*) FROM payment")};
      return sums;
    };
    const auto once = books({{0, 2}});
    RC_ASSERT(once[3] == static_cast<int64_t>(all.size()));
    std::vector<std::pair<int, int>> parts{{0, 2}, {1, 1}, {0, 0}, {2, 2}, {1, 2}, {0, 1}};
    for (size_t i = parts.size(); i > 1; --i)
      std::swap(parts[i - 1], parts[*rc::gen::inRange<size_t>(0, i)]);
    RC_ASSERT(books(parts) == once);
  }));
}

}  // namespace
}  // namespace puntual::engine
