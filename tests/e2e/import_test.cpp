// Files into the books from the outside: counts, repetition, mistakes, and that nothing is half
// done.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

struct Counts {
  int64_t created = -1, updated = -1, unchanged = -1, rejected = -1, duplicate = -1, rows = -1;
  [[nodiscard]] bool add_up() const {
    return created + updated + unchanged + rejected + duplicate == rows;
  }
};

Counts counts_of(const Ran& ran) {
  const auto report = parse_json(ran.out);
  if (!report) return {};
  const auto of = [&](std::string_view name) { return member_int(*report, name).value_or(-1); };
  return {of("created"),  of("updated"),   of("unchanged"),
          of("rejected"), of("duplicate"), of("rows")};
}

constexpr std::string_view kPayments =
    "Factura;Fecha de pago;Valor pagado;Medio;ID transacción\n"
    "F-0001;20/11/2026;150.000,00;PSE;T-1\n"
    "F-0002;20/11/2026;50.000,00;Nequi;T-2\n"
    "F-9999;20/11/2026;10.000,00;Nequi;T-3\n";

TEST(Import, PortfolioTwiceCreatesOnceAndThenChangesNothing) {
  House house;
  const auto first = house.import(portfolio_of(1, 5));
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(counts_of(first).created, 5);
  EXPECT_TRUE(counts_of(first).add_up());
  const auto events = house.count("SELECT COUNT(*) FROM timeline");
  const auto entries = house.count("SELECT COUNT(*) FROM ledger_entry");
  const auto second = house.import(portfolio_of(1, 5));
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(counts_of(second).unchanged, 5);
  EXPECT_EQ(counts_of(second).created + counts_of(second).updated, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline"), events);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM ledger_entry"), entries);
}

TEST(Import, PaymentsLowerWhatIsOwedOnceAndUnknownOnesWait) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 3)).exit_code, 0);
  const auto first = house.import(kPayments);
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(counts_of(first).created, 3);
  EXPECT_TRUE(counts_of(first).add_up());
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 0);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0002'"), 10'000'000);
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment WHERE source_id='T-3'"), 1'000'000);
  const auto second = house.import(kPayments);
  EXPECT_EQ(counts_of(second).unchanged, 3) << second.out;
  EXPECT_EQ(house.count("SELECT SUM(balance_minor) FROM invoice"), 25'000'000);
}

TEST(Import, DryRunCountsButChangesNothing) {
  House house;
  const auto rehearsal = house.import(portfolio_of(1, 5), {"--dry-run"});
  ASSERT_EQ(rehearsal.exit_code, 0) << rehearsal.err;
  EXPECT_EQ(counts_of(rehearsal).created, 5);
  for (const char* sql : {"SELECT COUNT(*) FROM invoice", "SELECT COUNT(*) FROM debtor",
                          "SELECT COUNT(*) FROM consent", "SELECT COUNT(*) FROM ledger_entry",
                          "SELECT COUNT(*) FROM timeline"}) {
    EXPECT_EQ(house.count(sql), 0) << sql;
  }
  EXPECT_EQ(counts_of(house.import(portfolio_of(1, 5))).created, 5);
}

// Rows enough for several transactions.
std::string long_portfolio(int rows) {
  std::string csv = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
  for (int i = 0; i < rows; ++i) {
    csv +=
        fmt::format("Persona Número {};{};+573{:09};L-{:06};24/11/2026;150.000,00;150.000,00;COP\n",
                    i / 2, 20'000'000 + i / 2, i / 2, i);
  }
  return csv;
}

TEST(Import, KilledInItsMiddleAndBegunAgainTheBooksAreThoseOfOneRun) {
  constexpr int kRows = 95'000;  // More than go into one transaction.
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);  // The database is there.
  const std::string csv = long_portfolio(kRows);
  write_file(house.folder / "long.csv", csv);
  {
    Child cut({.arguments = {"import", house.folder / "long.csv", "--consent", "Contrato de prueba",
                             "--data-dir", house.folder.path()},
               .environment = {}});
    ASSERT_TRUE(eventually(
        [&] { return house.count("SELECT COUNT(*) FROM timeline WHERE kind='import'") > 1; },
        std::chrono::minutes(2)));
    cut.signal(SIGKILL);
    EXPECT_EQ(cut.wait(), 128 + SIGKILL);
  }
  const auto before = house.count("SELECT COUNT(*) FROM invoice") - 1;
  EXPECT_GT(before, 0);
  EXPECT_LT(before, kRows);
  EXPECT_EQ((before + 1) % 10'000, 0)
      << "half of a block is in the books";  // The first block has the header's line.
  const Ran again = house.command(
      {"import", house.folder / "long.csv", "--json", "--consent", "Contrato de prueba"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(counts_of(again).unchanged, before);
  EXPECT_EQ(counts_of(again).created, kRows - before);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 1 + kRows / 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM consent"), 1 + kRows / 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice i WHERE balance_minor <> (SELECT "
                        "SUM(amount_minor) FROM ledger_entry e WHERE "
                        "e.creditor_id=i.creditor_id AND e.invoice_id=i.id)"),
            0);
  EXPECT_EQ(house.count("SELECT SUM(amount_minor) FROM ledger_entry"),
            int64_t{15'000'000} * (kRows + 1));
}

// Others write between two blocks: nobody waits for the whole of a file.
TEST(Import, AWebhookIsAnsweredWithinASecondWhileALongFileGoesIn) {
  using Clock = std::chrono::steady_clock;
  constexpr int kRows = 60'000;
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.serve();
  write_file(house.folder / "long.csv", long_portfolio(kRows));
  const auto begun = Clock::now();
  Child import({.arguments = {"import", house.folder / "long.csv", "--consent",
                              "Contrato de prueba", "--data-dir", house.folder.path()},
                .environment = {}});
  Clock::duration longest{};
  int heard = 0;
  while (import.is_running()) {
    const auto asked = Clock::now();
    ASSERT_EQ(house.deliver(inbound({1}, fmt::format("wamid.L{}", heard++), "hola")).status, 200);
    longest = std::max(longest, Clock::now() - asked);
  }
  const auto whole = Clock::now() - begun;
  ASSERT_EQ(import.wait(), 0) << import.err();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 1 + kRows);
  EXPECT_GT(heard, 6) << "a webhook or more a block";
  // On a machine that is slow, or busy with other tests: for some blocks, never for all of them.
  EXPECT_LT(longest, std::max<Clock::duration>(std::chrono::seconds(1), whole / 2));
}

TEST(Import, RejectedRowsComeBackAsAFileThatCanBeCorrected) {
  House house;
  std::string csv = portfolio_of(1, 3);
  csv += "Persona Cuatro;10.000.004;123;F-0004;24/11/2026;150.000,00;150.000,00;COP\n";
  csv += "Persona Cinco;10.000.005;+573000000005;F-0005;31/02/2026;150.000,00;150.000,00;COP\n";
  csv += "Persona Número 1;10.000.001;+573000000001;F-0001;24/11/2026;150.000,00;150.000,00;COP\n";
  const std::string rejects = house.folder / "rechazadas.csv";
  const auto first = house.import(csv, {"--rejects", rejects});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(counts_of(first).created, 3);
  EXPECT_EQ(counts_of(first).rejected, 2);
  EXPECT_EQ(counts_of(first).duplicate, 1);
  EXPECT_TRUE(counts_of(first).add_up());
  std::string corrected = file_text(rejects);
  ASSERT_TRUE(corrected.contains("31/02/2026")) << corrected;
  EXPECT_FALSE(corrected.contains("F-0001"));
  corrected.replace(corrected.find("31/02/2026"), 10, "28/02/2026");
  ASSERT_TRUE(corrected.contains(";123;")) << corrected;
  corrected.replace(corrected.find(";123;"), 5, ";3000000004;");
  const auto second = house.import(corrected);
  ASSERT_EQ(second.exit_code, 0) << second.err << corrected;
  EXPECT_EQ(counts_of(second).created, 2) << second.out << corrected;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 5);
}

// Sums of such amounts would not fit any more: each is refused by its row, and the others go in.
TEST(Import, AmountsBeyondReasonAreRejectedRowByRow) {
  House house;
  std::string csv = portfolio_of(1, 2);
  for (int i = 3; i <= 5; ++i) {
    csv += fmt::format(
        "Persona "
        "{0};10.000.00{0};+57300000000{0};F-000{0};24/11/2026;90.000.000.000.000.000,00;1,00;COP\n",
        i);
  }
  const auto portfolio = house.import(csv);
  ASSERT_EQ(portfolio.exit_code, 0) << portfolio.err;
  EXPECT_EQ(counts_of(portfolio).created, 2);
  EXPECT_EQ(counts_of(portfolio).rejected, 3);
  const auto payments = house.import(
      "Factura;Fecha de pago;Valor pagado;Medio;ID transacción\n"
      "F-0001;20/11/2026;90.000.000.000.000.000,00;PSE;T-1\n"
      "F-0002;20/11/2026;50.000,00;PSE;T-2\n");
  ASSERT_EQ(payments.exit_code, 0) << payments.err;
  EXPECT_EQ(counts_of(payments).created, 1);
  EXPECT_EQ(counts_of(payments).rejected, 1);
}

struct Mistake {
  std::string_view what;
  std::string content;
  int exit_code;
  std::string_view says;  // Part of the message.
};

TEST(Import, FilesThatCannotBeReadAreRefusedWholly) {
  const std::string huge = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor\n" +
                           std::string(2 << 20, 'x') + "\n";
  std::string nul = portfolio_of(1, 2);
  nul.insert(nul.size() - 20, 1, '\0');
  const Mistake mistakes[] = {
      {"a PDF", std::string("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
       1, "PDF"},
      {"a line of 2 MB", huge, 1, "línea 2"},
      {"an empty file", "", 1, "vacío"},
      {"no invoice column", "Cliente;Celular\nAna Prueba;3000000001\n", 1, "--save-mapping"},
      {"an unclosed quote",
       portfolio_of(1, 2) + "\"Ana;1;3000000009;F-9;24/11/2026;1,00;1,00;COP\n", 1, ""}};
  House house;
  for (const auto& mistake : mistakes) {
    const auto ran = house.import(mistake.content);
    EXPECT_EQ(ran.exit_code, mistake.exit_code) << mistake.what << ": " << ran.out << ran.err;
    EXPECT_TRUE(ran.out.empty()) << mistake.what << ": " << ran.out;
    EXPECT_TRUE(ran.err.starts_with("puntual: ")) << mistake.what << ": " << ran.err;
    EXPECT_TRUE(ran.err.contains(mistake.says)) << mistake.what << ": " << ran.err;
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 0) << mistake.what;
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 0) << mistake.what;
  }
  // A NUL byte is a fault of its row or of the file, never a crash and never a name cut short.
  const auto with_nul = house.import(nul);
  EXPECT_TRUE(with_nul.exit_code == 0 || with_nul.exit_code == 1) << with_nul.err;
  EXPECT_TRUE(with_nul.exit_code == 1 || counts_of(with_nul).add_up()) << with_nul.out;
}

TEST(Import, FileThatIsNotThereOrIsAFolder) {
  House house;
  EXPECT_EQ(house.command({"import", house.folder / "none.csv"}).exit_code, 3);
  const auto folder = house.command({"import", house.folder.path()});
  EXPECT_EQ(folder.exit_code, 1);
  EXPECT_TRUE(folder.err.contains("folder")) << folder.err;
}

TEST(Import, FolderWithoutSettingsIsNoHouseUnlessItsDatabaseIsNamed) {
  const Scratch scratch;
  const std::string file = scratch / "cartera.csv", database = scratch / "puntual.db";
  write_file(file, portfolio_of(1, 2));
  const auto nowhere = run({"import", file, "--data-dir", scratch.path()});
  EXPECT_EQ(nowhere.exit_code, 3);
  EXPECT_TRUE(nowhere.err.contains("puntual init")) << nowhere.err;
  EXPECT_NE(::access(database.c_str(), F_OK), 0) << "a database was made";
  const auto named =
      run({"import", file, "--data-dir", scratch.path(), "--database", "sqlite:" + database});
  EXPECT_EQ(named.exit_code, 0) << named.err;
}

TEST(Import, UnknownCountryIsRefusedWithTheNamesWeKnow) {
  House house;
  const auto ran = house.import(portfolio_of(1, 2), {"--country", "ZZ"});
  EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
  EXPECT_TRUE(ran.err.contains("ZZ")) << ran.err;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 0);
  EXPECT_EQ(house.import(portfolio_of(1, 2), {"--kind", "facturas"}).exit_code, 1);
  EXPECT_EQ(house.import(portfolio_of(1, 2), {"--consent-on", "2026-02-30"}).exit_code, 1);
}

TEST(Settings, MisspeltKeysAreErrorsWithASuggestion) {
  House house;
  const std::string settings = file_text(house.folder / "puntual.toml");
  const auto refused = [&](std::string_view from, std::string_view to, std::string_view says,
                           int exit_code = 1) {
    std::string changed = settings;
    changed.replace(changed.find(from), from.size(), to);
    write_file(house.folder / "puntual.toml", changed);
    const auto ran = house.import(portfolio_of(1, 1));
    EXPECT_EQ(ran.exit_code, exit_code) << to << ran.err;
    EXPECT_TRUE(ran.err.contains(says)) << to << ": " << ran.err;
    EXPECT_LT(house.count("SELECT COUNT(*) FROM invoice"), 1) << to;
  };
  refused("agent_name", "agent_nmae", "agent_name");
  refused("[whatsapp]", "[whatsap]", "whatsapp");
  refused("America/Bogota", "America/Bogotta", "Bogotta");
  refused("currency = \"COP\"", "currency = \"XXQ\"", "XXQ");
  refused("country = \"CO\"", "country = \"ZZ\"", "ZZ");
  refused("base_url = \"http://127.0.0.1", "base_url = \"https://graph.example.com", "test_clock",
          6);
}

TEST(Settings, MisspeltKeyOfAStrategyIsAnError) {
  House house;
  std::string strategy = "name = \"propia\"\nprioridad = [\"most_overdue\"]\n";
  write_file(house.folder / "propia.toml", strategy);
  const auto checked = run({"strategy", "check", house.folder / "propia.toml"});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_TRUE((checked.err + checked.out).contains("prioridad")) << checked.err << checked.out;
}

}  // namespace
}  // namespace puntual::e2e
