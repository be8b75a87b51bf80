// What an import tells about itself.
#include "engine/import_portfolio.h"

#include "base/crypto.h"
#include "base/json.h"
#include "engine/audit.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kPaymentTitles = "Factura;Fecha de pago;Valor pagado;ID transacción\n";

TEST(ImportReport, TotalsAreOfTheRowsThatWentIn) {
  TestHouse house;
  const std::string first = TestHouse::row(1, 1, 100, 100);
  const auto report =
      house.import(std::string(TestHouse::kTitles) + first + first +
                   TestHouse::row(1, 1, 700, 700) + TestHouse::row(2, 4, 50, 20) + ";;;;;\n");
  EXPECT_EQ(report.created, 2);
  EXPECT_EQ(report.duplicate, 1);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(report.ignored, 1);
  ASSERT_EQ(report.totals.size(), 1U);
  EXPECT_EQ(report.totals[0].rows, 2);
  EXPECT_EQ(report.totals[0].amount_minor, 150'00);
  EXPECT_EQ(report.totals[0].balance_minor, 120'00);
}

TEST(ImportReport, MoneyThatWaitsIsNotMoneyLeftOver) {
  TestHouse house;
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) +
               TestHouse::row(2, 4, 50, 50));
  const std::string payments = std::string(kPaymentTitles) + "F-0001;24/11/2026;130,00;T-1\n" +
                               "F-0004;24/11/2026;50,00;T-2\nF-9999;24/11/2026;10,00;T-3\n";
  const auto report = house.import(payments);
  EXPECT_EQ(report.created, 3);
  EXPECT_EQ(report.left_over, 1);
  EXPECT_EQ(report.waiting, 1);
  ASSERT_EQ(report.totals.size(), 1U);
  EXPECT_EQ(report.totals[0].amount_minor, 190'00);
  const auto again = house.import(payments);
  EXPECT_EQ(again.unchanged, 3);
  EXPECT_EQ(again.left_over + again.waiting, 0);
}

TEST(ImportReport, TellsHowManyNumbersItProves) {
  TestHouse house;
  const std::string file = std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) +
                           TestHouse::row(2, 2, 100, 100);
  EXPECT_EQ(house.import(file).people_confirmed, 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE owns_phone=0"),
            0);                                       // The index of shared phones stays small.
  EXPECT_EQ(house.import(file).people_confirmed, 0);  // Known already.
}

TEST(ImportReport, AYesProvesNothingByItselfAndADateToComeIsRefused) {
  TestHouse house;
  const auto file = portfolio::open_import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda;Número "
      "verificado;Fecha verificación\n"
      "Persona 1;10.000.001;+573000000001;F-0001;24/11/2026;100,00;100,00;COP;sí;\n"
      "Persona 2;10.000.002;+573000000002;F-0002;24/11/2026;100,00;100,00;COP;Contrato "
      "8;31/12/2030\n",
      ImportOverrides{.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  const auto report = import_file(
      *house.store, house.engine.desk(), TestHouse::creditor(), *file,
      {.consent_instrument = "Contrato", .consent_on = {}, .confirmed_by = {}}, house.now);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->yes_without_proof, 1);
  EXPECT_EQ(report->people_unconfirmed, 1);
  EXPECT_EQ(report->people_confirmed, 0);
  EXPECT_EQ(report->rejected, 1);
  EXPECT_TRUE(report->rejects.contains("es futura")) << report->rejects;
}

// People over several blocks, rows that come twice or contradict, damaged cells, cases told in one
// row of two.
constexpr std::string_view kMixed =
    "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda;Estado jurídico\n"
    "Persona 1;10.000.001;+573000000001;F-1;24/11/2026;100,00;100,00;COP;judicial\n"
    "\n"
    "Persona 2;10.000.002;+573000000002;F-2;24/11/2026;100,00;60,00;COP;normal\n"
    "Persona 1;10.000.001;+573000000001;F-3;24/11/2026;100,00;100,00;COP;normal\n"
    "Persona 3;10.000.003;+573000000003;F-4;31/02/2026;100,00;100,00;COP;normal\n"
    "Persona 2;10.000.002;+573000000002;F-2;24/11/2026;100,00;60,00;COP;normal\n"
    "\"Persona\n cuatro\";10.000.004;+573000000004;F-5;24/11/2026;100,00;100,00;COP;normal\n"
    "Persona 1;10.000.001;+573000000001;F-1;24/11/2026;900,00;900,00;COP;normal\n"
    "Persona 5;10.000.005;;F-6;24/11/2026;100,00;0,00;COP;fallecido\n";

struct Books {
  ImportReport report;
  int64_t people, invoices, entries, consents, flags, receivable;
};

Books import_mixed(TestHouse& house, int batch, std::string_view text = kMixed) {
  Desk desk = house.engine.desk();
  desk.settings.import_batch = batch;
  const auto file = portfolio::open_import(text, ImportOverrides{.country = "CO"});
  if (!file) ADD_FAILURE() << file.error().message;
  auto report = import_file(
      *house.store, desk, TestHouse::creditor(), *file,
      {.consent_instrument = "Contrato", .consent_on = {}, .confirmed_by = {}}, house.now);
  if (!report) ADD_FAILURE() << report.error().message;
  return {.report = report.value_or(ImportReport{}),
          .people = house.count("SELECT COUNT(*) FROM debtor"),
          .invoices = house.count("SELECT COUNT(*) FROM invoice"),
          .entries = house.count("SELECT COUNT(*) FROM ledger_entry"),
          .consents = house.count("SELECT COUNT(*) FROM consent"),
          .flags = house.count("SELECT COUNT(*) FROM case_flag WHERE cleared_at IS NULL"),
          .receivable = house.count("SELECT SUM(balance_minor) FROM invoice")};
}

void expect_same(const Books& a, const Books& b) {
  EXPECT_EQ(a.people, b.people);
  EXPECT_EQ(a.invoices, b.invoices);
  EXPECT_EQ(a.entries, b.entries);
  EXPECT_EQ(a.consents, b.consents);
  EXPECT_EQ(a.flags, b.flags);
  EXPECT_EQ(a.receivable, b.receivable);
}

TEST(ImportBlocks, AnswerWhatOneTransactionAnswers) {
  TestHouse whole_house;
  const Books whole = import_mixed(whole_house, 1000);
  EXPECT_EQ(whole.report.rows, 8);
  EXPECT_EQ(whole.report.created, 5);
  EXPECT_EQ(whole.report.duplicate, 1);
  EXPECT_EQ(whole.report.rejected, 2);
  EXPECT_EQ(whole.flags, 2);
  for (const int batch : {1, 2, 3, 5}) {
    TestHouse house;
    const Books books = import_mixed(house, batch);
    expect_same(books, whole);
    EXPECT_EQ(books.report.rejects, whole.report.rejects) << batch;
    EXPECT_EQ(books.report.people_unconfirmed, whole.report.people_unconfirmed);
    for (const auto count : {&ImportReport::rows, &ImportReport::created, &ImportReport::duplicate,
                             &ImportReport::rejected, &ImportReport::people_created}) {
      EXPECT_EQ(books.report.*count, whole.report.*count) << batch;
    }
    ASSERT_EQ(books.report.totals.size(), 1U);
    EXPECT_EQ(books.report.totals[0].rows, 5);
    EXPECT_EQ(books.report.totals[0].balance_minor, whole.report.totals[0].balance_minor);
    EXPECT_EQ(
        house.write([](Tx& tx) { return tx.ledger.mismatches(TestHouse::kCreditor, 10).size(); }),
        0U);
  }
}

// Cut off after any block, and begun again with the same file.
TEST(ImportBlocks, BegunAgainEndAsOneRun) {
  TestHouse whole_house;
  const Books whole = import_mixed(whole_house, 1000);
  for (size_t rows = 1; rows <= 9; ++rows) {
    size_t end = 0;
    for (size_t i = 0; i <= rows; ++i) end = kMixed.find('\n', end) + 1;
    if (kMixed.substr(0, end).ends_with("\"Persona\n")) continue;  // No end of a record.
    TestHouse house;
    (void)import_mixed(house, 2, kMixed.substr(0, end));
    const Books books = import_mixed(house, 2);
    expect_same(books, whole);
    EXPECT_EQ(books.report.created + books.report.updated + books.report.unchanged, 5) << rows;
  }
}

TEST(ImportBlocks, AFileDamagedAtItsEndGoesInNotAtAll) {
  TestHouse house;
  Desk desk = house.engine.desk();
  desk.settings.import_batch = 2;
  const std::string text = std::string(kMixed) + "\"Persona 9;";
  auto file = portfolio::open_import(kMixed, ImportOverrides{.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  file->bytes = text;  // In a long file the damage lies beyond what is looked at to find its form.
  EXPECT_FALSE(import_file(*house.store, desk, TestHouse::creditor(), *file, {}, house.now));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 0);
}

// Each block that changed something has its record, which names its bytes of the file; the same
// file again leaves none.
TEST(ImportBlocks, AreOnTheRecord) {
  TestHouse house;
  (void)import_mixed(house, 3);
  const auto records =
      house.count("SELECT COUNT(*) FROM timeline WHERE kind='import' AND facts LIKE '%sha256%'");
  EXPECT_EQ(records, 3);
  const Books again = import_mixed(house, 3);
  EXPECT_EQ(again.report.unchanged, 5);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='import'"), records);
}

// The same rows as before, under a proof that came later: nothing of them is new but the
// permission.
TEST(ImportBlocks, AProofOfPeopleKnownBeforeIsOnTheRecordWithWhatItWasGivenWith) {
  TestHouse house;
  const std::string text = std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) +
                           TestHouse::row(2, 2, 100, 100);
  const auto file = portfolio::open_import(text, ImportOverrides{.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  const auto give = [&](const ImportOptions& options) {
    house.now = house.now + kDayMs;
    const auto report = import_file(*house.store, house.engine.desk(), TestHouse::creditor(), *file,
                                    options, house.now);
    if (!report) ADD_FAILURE() << report.error().message;
    return report.value_or(ImportReport{});
  };
  const auto records = [&](std::string_view kind) {
    return house.count(fmt::format("SELECT COUNT(*) FROM timeline WHERE kind='{}'", kind));
  };
  const auto latest_facts = [&] {
    return house.write([](Tx& tx) {
      auto rows =
          tx.db.query("SELECT facts FROM timeline WHERE kind='import' ORDER BY id DESC LIMIT 1");
      return rows.next() ? parse_json(rows.text(0)).value_or(json::object{}).as_object()
                         : json::object{};
    });
  };
  const Evidence evidence{
      .kind = "otp",
      .reference = "Lote 7",
      .verified_on = Zone::of(TestHouse::creditor().zone).local(house.now).date};

  (void)give({});
  EXPECT_EQ(records("import"), 1);
  EXPECT_FALSE(latest_facts().contains("consent") || latest_facts().contains("evidence"));

  EXPECT_EQ(give({.consent_instrument = {}, .consent_on = {}, .confirmed_by = evidence}).unchanged,
            2);
  EXPECT_EQ(records("import"), 2);
  EXPECT_EQ(records("address"), 2);
  EXPECT_EQ(latest_facts().at("evidence"),
            json::value({{"kind", "otp"},
                         {"reference_sha256", hex(sha256("Lote 7"))},
                         {"verified_on", format_date(*evidence.verified_on)}}));

  const ImportOptions consent{
      .consent_instrument = "Contrato 9", .consent_on = {}, .confirmed_by = {}};
  EXPECT_EQ(give(consent).unchanged, 2);
  EXPECT_EQ(records("consent_granted"), 2);
  EXPECT_EQ(records("import"), 3);
  EXPECT_EQ(latest_facts().at("consent"),
            json::value({{"instrument_sha256", hex(sha256("Contrato 9"))}, {"on", nullptr}}));

  (void)give(consent);
  EXPECT_EQ(records("import"), 3) << "nothing was new";
  EXPECT_EQ(records("consent_granted"), 2);
  house.write([](Tx& tx) {
    EXPECT_TRUE(verify_audit(tx, {}).faults.empty());
    tx.db.run("UPDATE debtor SET created_at=created_at-1");
    EXPECT_TRUE(verify_audit(tx, {}).faults.empty()) << "each has a record of their own";
  });
}

// A balance with the ERP's interest in it would be counted, and never be asked for.
TEST(ImportBlocks, MoreLeftThanEverOwedIsTurnedDown) {
  TestHouse house;
  const std::string titles(TestHouse::kTitles);
  const auto report =
      house.import(titles + TestHouse::row(1, 1, 100, 250) + TestHouse::row(2, 2, 100, 100));
  EXPECT_EQ(report.rejected, 1);
  EXPECT_TRUE(report.rejects.contains("El saldo ($ 250) es mayor que el valor ($ 100)"))
      << report.rejects;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), 1);
  EXPECT_EQ(house.import(titles + TestHouse::row(2, 2, 100, 120)).rejected, 1) << "known as well";
}

// What is turned down leaves nothing behind that no record would tell of.
TEST(ImportBlocks, ARowTurnedDownChangesNobody) {
  TestHouse house;
  const std::string titles(TestHouse::kTitles);
  (void)house.import(titles + TestHouse::row(1, 1, 100, 100) + TestHouse::row(2, 2, 100, 100));
  const auto report =
      house.import(titles +
                   "Otro nombre;10.000.002;+573000000002;F-0001;24/11/2026;100,00;100,00;COP\n"
                   "Persona 3;10.000.003;+573000000003;F-0001;24/11/2026;200,00;200,00;COP\n");
  EXPECT_EQ(report.rejected, 2);
  EXPECT_EQ(report.people_created, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='import'"), 1);
  EXPECT_EQ(house.write([&](Tx& tx) {
    const auto found =
        tx.debtors.find_by(TestHouse::kCreditor, IdentifierKind::Document, "10000002");
    return found ? tx.debtors.find(TestHouse::kCreditor, *found)->name : std::string();
  }),
            "Persona 2");
}

// A family shares a phone: a row that says no more than that is nobody's whom it calls otherwise.
TEST(ImportReport, APhoneAloneLeadsToNobodyOfAnotherName) {
  TestHouse house;
  const std::string titles =
      "Cliente;Código cliente;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
  const auto row = [](std::string_view name, std::string_view code, int invoice) {
    return fmt::format("{};{};+573000000001;F-{};24/11/2026;100,00;100,00;COP\n", name, code,
                       invoice);
  };
  EXPECT_EQ(house.import(titles + row("Ana María Ruiz Peña", "", 1)).people_created, 1);
  const auto other = house.import(titles + row("Luis Ruiz Mora", "", 2));
  EXPECT_EQ(other.rejected, 1);
  EXPECT_TRUE(other.rejects.contains("otro nombre")) << other.rejects;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 1);
  const auto coded = house.import(titles + row("Luis Ruiz Mora", "C-7", 2));
  EXPECT_EQ(coded.people_created, 1);
  EXPECT_EQ(house.import(titles + row("Luis Ruiz Mora", "C-7", 2)).unchanged, 1);
  const auto alike =
      house.import(titles + row("RUIZ PENA ANA", "", 3));  // Her own, as another hand writes it.
  EXPECT_EQ(alike.created, 1);
  EXPECT_EQ(alike.people_created, 0);
  EXPECT_EQ(house.import(titles + row("Ana M. Ruis", "", 1)).updated,
            1);  // Her invoice, her name put right.
}

TEST(ImportReport, ASecondTimeIsUnchangedThoughThePersonWasChangedByHandSince) {
  TestHouse house;
  const std::string file = std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100);
  (void)house.import(file);
  house.write([](Tx& tx) { tx.db.run("UPDATE debtor SET role='guarantor'"); });
  EXPECT_EQ(house.import(file).unchanged, 1);
  const std::string changed = std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 60);
  EXPECT_EQ(house.import(changed).updated, 1);
  EXPECT_EQ(house.import(changed).unchanged, 1);
}

}  // namespace
}  // namespace puntual::engine
