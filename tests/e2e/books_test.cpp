// The books by the command line alone, as docs/books.md tells them.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

constexpr std::string_view kPortfolio =
    "documento;nombre;celular;factura;vencimiento;valor;saldo\n"
    "1001;Ana Núñez;3001000001;A-1001;2026-09-10;100.000;100.000\n"
    "1001;Ana Núñez;3001000001;A-1002;2026-10-10;50.000;50.000\n"
    "1001;Ana Núñez;3001000001;A-1003;2026-11-10;80.000;80.000\n"
    "1002;Luis Peña;3001000002;B-1001;2026-09-10;200.000;200.000\n";

class Books : public testing::Test {
 protected:
  void open(std::string_view settings = "") {
    if (!settings.empty()) house.add_settings(settings);
    ASSERT_EQ(house.import(kPortfolio).exit_code, 0);
  }
  std::string done(const std::vector<std::string>& arguments) {
    const Ran ran = house.command(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  int refused(const std::vector<std::string>& arguments) {
    return house.command(arguments).exit_code;
  }
  std::string paid(const std::string& invoice, const std::string& amount) {
    done({"pay", invoice, "--amount", amount, "--by", "ana", "--id", "p-" + amount});
    return std::to_string(
        house.count(("SELECT id FROM payment WHERE source_id='p-" + amount + "'").c_str()));
  }
  // In pesos: of A-1001, A-1002, A-1003 and B-1001.
  std::vector<int64_t> owed() {
    std::vector<int64_t> all;
    for (const std::string number : {"A-1001", "A-1002", "A-1003", "B-1001"}) {
      const std::string sql = "SELECT balance_minor FROM invoice WHERE number='" + number + "'";
      all.push_back(house.count(sql.c_str()) / 100);
    }
    return all;
  }
  void expect_sound() {
    EXPECT_NE(house.command({"doctor"}).out.find("Los saldos son la suma de sus asientos."),
              std::string::npos);
  }
  using Owed = std::vector<int64_t>;
  House house;
};

TEST_F(Books, WhatIsMoreThanTheNamedInvoiceOwesGoesToTheOldest) {
  open();
  paid("A-1003", "110000");
  EXPECT_EQ(owed(), (Owed{70'000, 50'000, 0, 200'000}));
}

TEST_F(Books, OrToTheSmallest) {
  open("[payments]\nallocation = \"smallest_first\"\n");
  paid("A-1003", "110000");
  EXPECT_EQ(owed(), (Owed{100'000, 20'000, 0, 200'000}));
}

TEST_F(Books, OrToEachItsShare) {
  open("[payments]\nallocation = \"pro_rata\"\ntolerance_minor = 100000\n");
  paid("A-1003", "110000");
  EXPECT_EQ(owed(), (Owed{80'000, 40'000, 0, 200'000}));
  paid("A-1002", "39500");
  EXPECT_EQ(owed(), (Owed{80'000, 0, 0, 200'000})) << "so little is not asked for";
  expect_sound();
}

TEST_F(Books, APaymentIsSplitGivenToItsOwnerAndTakenBack) {
  open();
  const std::string id = paid("A-1002", "300000");
  EXPECT_EQ(owed(), (Owed{0, 0, 0, 200'000}));
  EXPECT_NE(done({"payments", "unmatched"}).find("sin aplicar $ 70.000"), std::string::npos);
  const std::vector<std::string> why{"--why", "pagó por Luis", "--by", "ana"};
  const auto assign = [&](const std::string& shares) {
    return house.command({"payments", "assign", id, shares, why[0], why[1], why[2], why[3]});
  };
  EXPECT_NE(assign("A-1001=1000,B-1001=1000").exit_code, 0) << "of one person";
  EXPECT_NE(assign("B-1001=300001").exit_code, 0) << "more than was paid";
  EXPECT_EQ(assign("B-1001=150000").exit_code, 0);
  EXPECT_EQ(owed(), (Owed{100'000, 50'000, 80'000, 50'000}));
  const auto reverse = [&](const std::string& amount) {
    return house
        .command({"payments", "reverse", id, "--kind", "refund", "--amount", amount, "--why",
                  "devuelto en caja", "--by", "ana"})
        .exit_code;
  };
  EXPECT_NE(reverse("300001"), 0);
  EXPECT_EQ(reverse("200000"), 0);
  EXPECT_EQ(owed(), (Owed{100'000, 50'000, 80'000, 100'000}))
      << "first what waited, then what was applied";
  EXPECT_NE(reverse("100001"), 0);
  expect_sound();
}

TEST_F(Books, ADebtIsGivenUpByTwoAndRecoveredByMoney) {
  open();
  done({"invoice", "write-off", "B-1001", "--by", "ana", "--why", "no se encuentra"});
  EXPECT_NE(refused({"invoice", "approve", "B-1001", "--by", " Aná"}), 0);
  done({"invoice", "approve", "B-1001", "--by", "luis"});
  EXPECT_EQ(owed().back(), 0);
  EXPECT_NE(refused({"invoice", "approve", "B-1001", "--by", "luis"}), 0) << "once";
  paid("B-1001", "30000");
  const std::string shown = done({"invoice", "show", "B-1001"});
  for (const std::string_view part : {"Dada por perdida", "Se recuperó parte", "Pago ("})
    EXPECT_NE(shown.find(part), std::string::npos) << shown;
  expect_sound();
}

TEST_F(Books, WhoIsRightOwesWhatIsRight) {
  open();
  paid("A-1001", "60000");
  const auto correct = [&](const std::string& minor) {
    return house
        .command({"invoice", "correct", "A-1001", "--minor", minor, "--by", "ana", "--why",
                  "un mes de más"})
        .exit_code;
  };
  for (const char* wrong : {"-100", "0", "10000001", "99999999999999999999"})
    EXPECT_NE(correct(wrong), 0) << wrong;
  EXPECT_EQ(correct("7000000"), 0);
  EXPECT_NE(correct("7000000"), 0) << "twice";
  EXPECT_EQ(owed(), (Owed{10'000, 50'000, 80'000, 200'000}));
  done({"invoice", "withdraw", "A-1001", "--by", "ana", "--why", "no se debía"});
  EXPECT_EQ(owed(), (Owed{0, 0, 70'000, 200'000})) << "what was paid is theirs, and pays the rest";
  ASSERT_EQ(house.import(kPortfolio).exit_code, 0) << "the file that has not heard of it";
  EXPECT_EQ(owed(), (Owed{0, 0, 70'000, 200'000}));
  expect_sound();
}

}  // namespace
}  // namespace puntual::e2e
