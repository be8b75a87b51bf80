// Files of banks, as the contract describes them and as banks really send them.
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "core/bank/asobancaria.h"
#include "core/bank/bcp_crep.h"
#include "core/bank/match.h"
#include "core/bank/statement.h"

namespace puntual {
namespace {

std::string padded(std::string record, size_t width = 162) {
  record.resize(width, ' ');
  return record + "\r\n";
}

// The worked file of payments contract 13.2.
const std::vector<std::string> kWorked = {
    "0190012345682026112100700000003012345678202611211830A01",
    "0577099980000010001",
    "060000000000000000000000000000000000000020260001230000001250000003150004510000000510000000000"
    "2",
    "060000000000000000000000000000000000000020260001240000000500000001010004520000000070123000000"
    "3",
    "060000000000000000000000000000000000000020260007770000001250005003150004530000000010000000000"
    "4",
    "080000000030000000000300000500001",
    "09000000003000000000030000050",
};

std::string file_of(const std::vector<std::string>& records) {
  std::string bytes;
  for (const auto& record : records) bytes += padded(record);
  return bytes;
}

BankReading read(std::string_view bytes, AsobancariaOptions options = {}) {
  return bank::read_asobancaria(bytes, options);
}

TEST(Asobancaria, ReadsTheWorkedFileOfTheContract) {
  const std::string bytes = file_of(kWorked);
  ASSERT_EQ(bytes.size(), 1148u);
  ASSERT_EQ(hex(sha256(bytes)), "ae608b6b70f469cb067d5093ba3bbcaa84563fc4026cd19abcec9a05114ac1b1");
  EXPECT_EQ(bank::asobancaria_edition(bytes), BankFormat::Asobancaria2001);
  const BankReading file = read(bytes);
  EXPECT_EQ(bank::text_of(file.troubles), "");
  EXPECT_EQ(file.bank, "007");
  EXPECT_EQ(file.account, "3012345678");
  EXPECT_EQ(format_date(file.on), "2026-11-21");
  EXPECT_EQ(file.modifier, "A");
  ASSERT_EQ(file.lines.size(), 3u);
  EXPECT_EQ(file.lines[0].reference, "2026000123");
  EXPECT_EQ(format_plain(file.lines[0].amount), "125000.00 COP");
  EXPECT_EQ(file.lines[0].means, "03 15");
  EXPECT_EQ(file.lines[0].own_number, "0001/0000002");
  EXPECT_EQ(file.lines[1].branch, "0123");
  EXPECT_EQ(file.lines[2].reference, "2026000777");
  EXPECT_EQ(file.lines[2].amount.minor, 12'500'050);
  EXPECT_EQ(file.lines[2].line, 5);
  EXPECT_EQ(file.lines[2].returned, "");
}

TEST(Asobancaria, TakesWhatBanksLeaveOutAndHoldsOnToWhatCounts) {
  std::string bare;
  for (const auto& record : kWorked) bare += record + "\n";
  EXPECT_EQ(read(bare).lines, read(file_of(kWorked)).lines) << "no blanks at the end, LF";
  EXPECT_TRUE(read("").troubles.empty()) << "no movements";
  auto none = kWorked;
  none.erase(none.begin() + 2, none.begin() + 5);
  none[2] = "080000000000000000000000000000001";
  none[3] = "09000000000000000000000000000";
  EXPECT_TRUE(read(file_of(none)).troubles.empty());

  const auto with = [&](size_t at, size_t offset, std::string_view text) {
    auto records = kWorked;
    records[at].replace(offset, text.size(), text);
    return read(file_of(records));
  };
  for (const auto& [file, line] : std::vector<std::pair<BankReading, int64_t>>{
           {with(2, 63, "9"),
            6},  // One digit of an amount: neither the batch nor the file adds up.
           {with(5, 2, "000000002"), 6},            // Of the count of the batch,
           {with(6, 11, "000000000030000051"), 7},  // of the total of the file.
           {with(3, 50, "0000000A000000"), 4},
           {with(0, 12, "20261321"), 1},
           {with(2, 0, "07"), 3}}) {
    ASSERT_FALSE(file.troubles.empty()) << line;
    EXPECT_EQ(file.troubles.front().line, line);
    EXPECT_TRUE(file.lines.empty()) << "never half of it";
  }
}

TEST(Asobancaria, ReadsSeveralBatchesAndRefusesFilesGluedTogether) {
  auto batches = kWorked;
  const auto again = std::vector<std::string>(kWorked.begin() + 1, kWorked.begin() + 6);
  batches.insert(batches.end() - 1, again.begin(), again.end());
  batches[6].replace(15, 4, "0002");
  batches.back() = "09000000006000000000060000100";
  const BankReading both = read(file_of(batches));
  EXPECT_EQ(bank::text_of(both.troubles), "");
  EXPECT_EQ(both.lines.size(), 6u);
  EXPECT_NE(both.lines[0].own_number, both.lines[3].own_number);

  auto glued = batches;
  glued.back() = kWorked.back();  // Whose count and total are of the first batch alone.
  EXPECT_FALSE(read(file_of(glued)).troubles.empty());
  EXPECT_FALSE(read(file_of(kWorked) + file_of(kWorked)).troubles.empty());
  auto cut = kWorked;
  cut.pop_back();
  EXPECT_FALSE(read(file_of(cut)).troubles.empty());
}

TEST(Asobancaria, SlicesTheReferenceAndSeesReturns) {
  auto records = kWorked;
  records[2].replace(2, 48, "000000000000000000106096800000000009004345062402");
  records[3].replace(94, 3, "000");
  records[4] += "R03";
  const auto bytes = file_of(records);
  const BankReading file =
      read(bytes, {.reference = {0, 25}, .second_reference = ReferenceSlice{25, 23}});
  ASSERT_EQ(file.lines.size(), 3u);
  EXPECT_EQ(file.lines[0].reference, "1060968");
  EXPECT_EQ(file.lines[0].second_reference, "9004345062402");
  EXPECT_EQ(file.lines[1].returned, "");
  EXPECT_EQ(file.lines[2].returned, "R03");
}

TEST(Asobancaria, ReadsTheOldEdition) {
  const std::string bytes = padded(
                                "01"
                                "0009001234568"
                                "20261121"
                                "007"
                                "000003012345678",
                                128) +
                            padded(
                                "02"
                                "0000000000000002026000123"
                                "0000012500000"
                                "03"
                                "0000002",
                                128) +
                            padded(
                                "09"
                                "000000001"
                                "000000000012500000",
                                128);
  EXPECT_EQ(bank::asobancaria_edition(bytes), BankFormat::Asobancaria1998);
  const BankReading file = read(bytes, {.edition = BankFormat::Asobancaria1998});
  EXPECT_EQ(bank::text_of(file.troubles), "");
  EXPECT_EQ(file.account, "3012345678");
  ASSERT_EQ(file.lines.size(), 1u);
  EXPECT_EQ(file.lines[0].reference, "2026000123");
  EXPECT_EQ(file.lines[0].amount.minor, 12'500'000);
}

std::string crep_detail(std::string_view depositor, int64_t amount, int64_t late, int64_t total) {
  std::string record(217, ' ');
  const auto put = [&](size_t at, std::string_view text) { record.replace(at, text.size(), text); };
  put(0,
      "DD1930"
      "1234567");
  record[5] = '0';
  put(6, "1234567");
  put(13, depositor);
  put(57, "20261121");
  put(65, "20261130");
  put(73, fmt::format("{:015}{:015}{:015}", amount, late, total));
  put(124, "000451");
  put(205, "000000000451");
  return record + "\n";
}

TEST(BcpCrep, ReadsPaymentsAsFarAsTheContractGoes) {
  const std::string bytes = "CC19301234567C\n" +
                            crep_detail("00000045678912", 15'000, 500, 15'500) +
                            crep_detail("00000045678913", 9'900, 0, 0);
  EXPECT_TRUE(bank::is_bcp_crep(bytes));
  const BankReading file = bank::read_bcp_crep(bytes);
  EXPECT_EQ(bank::text_of(file.troubles), "");
  EXPECT_EQ(file.account, "1234567");
  ASSERT_EQ(file.lines.size(), 2u);
  EXPECT_EQ(file.lines[0].reference, "45678912");
  EXPECT_EQ(format_plain(file.lines[0].amount), "155.00 PEN")
      << "with what was paid for being late";
  EXPECT_EQ(format_plain(file.lines[1].amount), "99.00 PEN");
  EXPECT_EQ(format_date(file.on), "2026-11-21");
  const BankReading wrong = bank::read_bcp_crep("CC19301234567C\n" + crep_detail("1", 100, 0, 999));
  ASSERT_EQ(wrong.troubles.size(), 1u);
  EXPECT_EQ(wrong.troubles[0].line, 2);
}

StatementReading statement(std::string_view csv,
                           StatementOptions options = {.account = "0123", .decimal_mark = ','}) {
  auto read = bank::read_statement(csv, options);
  if (!read) ADD_FAILURE() << read.error().message;
  return read.value_or(StatementReading{});
}

TEST(Statement, FindsOutHowItIsWritten) {
  const auto read = statement(
      "Banco Ejemplo;;;;;\nCuenta 0123;;;;;\n"
      "Fecha;Descripci\xF3n;Referencia;Documento;D\xE9"
      "bito;Cr\xE9"
      "dito;Saldo\n"
      "21/11/2026;PAGO PSE;0000611365;10.007.919;;223.760,00;1.000.000,00\n"
      "22/11/2026;COMISI\xD3N;;;12.500,50;;987.499,50\n"
      ";TOTAL;;;12.500,50;223.760,00;\n");
  EXPECT_EQ(read.mapping.encoding, TextEncoding::Windows1252);
  EXPECT_EQ(read.mapping.delimiter, ';');
  EXPECT_EQ(read.mapping.header_line, 3);
  EXPECT_EQ(read.mapping.decimal_mark, ',');
  EXPECT_EQ(read.mapping.date_order, DateOrder::DayFirst);
  EXPECT_EQ(bank::text_of(read.file.troubles), "");
  ASSERT_EQ(read.file.lines.size(), 2u);
  EXPECT_EQ(read.file.lines[0].reference, "611365");
  EXPECT_EQ(read.file.lines[0].amount.minor, 22'376'000);
  EXPECT_EQ(read.file.lines[1].amount.minor, -1'250'050);
  EXPECT_EQ(read.file.lines[1].description, "COMISIÓN");
  EXPECT_EQ(format_date(read.file.on), "2026-11-22");
  EXPECT_NE(bank::describe_es(read.mapping).find("«Crédito» → lo que entra"), std::string::npos);
}

TEST(Statement, IsReadInTheSameWayByItsKeptMapping) {
  const std::string csv = "Date,Memo,In,Who\n11/21/2026,x,\"1,250.50\",Ana Ruiz\n";
  auto mapping = bank::parse_statement_mapping(
      "date_order = \"month_first\"\ndecimal_mark = \".\"\n[[column]]\nheader = \"In\"\nfield = "
      "\"credit\"\n"
      "[[column]]\nheader = \"Who\"\nfield = \"name\"\n",
      "m.toml");
  ASSERT_TRUE(mapping.has_value()) << mapping.error().message;
  const auto first = statement(csv, {.mapping = *mapping});
  ASSERT_EQ(first.file.lines.size(), 1u) << bank::text_of(first.file.troubles);
  EXPECT_EQ(first.file.lines[0].name, "Ana Ruiz");
  EXPECT_EQ(first.file.lines[0].amount.minor, 125'050);
  const auto kept = bank::parse_statement_mapping(bank::to_toml(first.mapping), "kept.toml");
  ASSERT_TRUE(kept.has_value()) << kept.error().message;
  EXPECT_EQ(bank::to_toml(*kept), bank::to_toml(first.mapping));
  EXPECT_EQ(statement(csv, {.mapping = *kept}).file.lines, first.file.lines);
  EXPECT_FALSE(bank::parse_statement_mapping("feld = 1\n", "x.toml").has_value());
}

TEST(Statement, WhatCanBeReadInTwoWaysStopsAllOfIt) {
  const auto unclear =
      statement("Fecha;Valor\n21/11/2026;100\n21/11/2026;1.250\n", {.account = "1"});
  ASSERT_EQ(unclear.file.troubles.size(), 1u);
  EXPECT_EQ(unclear.file.troubles[0].line, 3);
  EXPECT_TRUE(unclear.file.lines.empty());
  EXPECT_EQ(statement("Fecha;Valor\n31/02/2026;100,00\n").file.troubles.size(), 1u);
  EXPECT_FALSE(bank::read_statement("a;b\n1;2\n", {}).has_value()) << "no table of movements";
  EXPECT_TRUE(statement("").file.lines.empty());
}

TEST(Statement, TheSameLineIsTheSameInTheNextStatement) {
  const auto monday =
      statement("Fecha;Referencia;Valor\n21/11/2026;7;100,00\n21/11/2026;7;100,00\n");
  const auto week = statement(
      "Fecha;Referencia;Valor\n20/11/2026;9;50,00\n21/11/2026;7;100,00\n21/11/2026;7;100,00\n");
  const auto keys = [](const BankReading& file) {
    std::vector<std::string> all;
    const auto ordinals = bank::ordinals_of(file);
    for (size_t i = 0; i < file.lines.size(); ++i)
      all.push_back(bank::identity_of(file, "digest", file.lines[i], ordinals[i]));
    return all;
  };
  const auto a = keys(monday.file), b = keys(week.file);
  EXPECT_NE(a[0], a[1]) << "two payments alike";
  EXPECT_EQ(a[0], b[1]);
  EXPECT_EQ(a[1], b[2]);
}

// Who could have paid.

const Currency kBankCop = Currency::of("COP");

Invoice invoice(int64_t id, int64_t balance, std::string_view currency = "COP") {
  return {.id = {id},
          .debtor_id = {1},
          .number = fmt::format("FV-00{}", id),
          .product = {},
          .issued_on = {},
          .due_on = {},
          .amount = {balance, Currency::of(currency)},
          .balance_minor = balance};
}

BankCandidate candidate(int64_t debtor, MatchRule by, std::vector<Invoice> open,
                        std::optional<InvoiceId> named = {}) {
  return {.debtor_id = {debtor},
          .name = "Ana María Ruiz Peña",
          .by = by,
          .evidence = by == MatchRule::Payer ? "document" : "reference",
          .invoice = named,
          .open = std::move(open)};
}

BankMatch matched(int64_t minor, std::vector<BankCandidate> candidates, std::string name = {}) {
  return bank::match(
      {.on = date_of(2026, 11, 21), .amount = {minor, kBankCop}, .name = std::move(name)},
      candidates);
}

TEST(Match, IsSureOnlyOfWhatNamesTheDebt) {
  const auto link =
      matched(500, {candidate(1, MatchRule::BankReference, {invoice(7, 900)}, InvoiceId{7})});
  EXPECT_TRUE(link.is_sure);
  EXPECT_EQ(link.confidence, 99);
  EXPECT_EQ(link.invoices, std::vector{InvoiceId{7}});
  EXPECT_TRUE(
      matched(900, {candidate(1, MatchRule::InvoiceNumber, {invoice(7, 900)}, InvoiceId{7})})
          .is_sure);
  EXPECT_TRUE(
      matched(500, {candidate(1, MatchRule::InvoiceNumber, {invoice(7, 900)}, InvoiceId{7})})
          .is_sure)
      << "a part of it";
  EXPECT_FALSE(
      matched(901, {candidate(1, MatchRule::InvoiceNumber, {invoice(7, 900)}, InvoiceId{7})})
          .is_sure)
      << "has no check digits";
  EXPECT_FALSE(
      matched(900, {candidate(1, MatchRule::BankReference, {invoice(7, 900, "USD")}, InvoiceId{7})})
          .is_sure)
      << "another currency";
  auto brief = invoice(7, 900);
  brief.number = "0077";
  EXPECT_FALSE(
      matched(500, {candidate(1, MatchRule::InvoiceNumber, {brief}, InvoiceId{7})}).is_sure)
      << "a bank's own number, by chance";
  EXPECT_TRUE(
      matched(900, {candidate(1, MatchRule::InvoiceNumber, {brief}, InvoiceId{7})}).is_sure);
  const auto payer =
      matched(900, {candidate(1, MatchRule::Payer, {invoice(7, 900), invoice(8, 100)})});
  EXPECT_EQ(payer.rule, MatchRule::PayerExact);
  EXPECT_FALSE(payer.is_sure);
  EXPECT_EQ(payer.invoices, std::vector{InvoiceId{7}});
}

TEST(Match, SumsOnlyWhereTheyAreOneWay) {
  const auto both = matched(
      1000, {candidate(1, MatchRule::Payer, {invoice(7, 900), invoice(8, 100), invoice(9, 5000)})});
  EXPECT_EQ(both.rule, MatchRule::PayerSum);
  EXPECT_EQ(both.invoices, (std::vector{InvoiceId{7}, InvoiceId{8}}));
  const auto unclear = matched(
      300, {candidate(1, MatchRule::Payer, {invoice(7, 100), invoice(8, 200), invoice(9, 200)})});
  EXPECT_EQ(unclear.rule, MatchRule::Payer);
  EXPECT_TRUE(unclear.invoices.empty());
  EXPECT_EQ(unclear.debtor_id, DebtorId{1});
}

TEST(Match, TwoPeopleAreNobodyAndANameIsNobody) {
  const auto two =
      matched(900, {candidate(1, MatchRule::InvoiceNumber, {invoice(7, 900)}, InvoiceId{7}),
                    candidate(2, MatchRule::InvoiceNumber, {invoice(8, 900)}, InvoiceId{8})});
  EXPECT_EQ(two.rule, MatchRule::None);
  EXPECT_FALSE(two.debtor_id);
  EXPECT_FALSE(two.is_sure);
  EXPECT_EQ(matched(900, {}, "Ana María Ruiz").rule, MatchRule::None);
  const auto other =
      matched(900, {candidate(1, MatchRule::InvoiceNumber, {invoice(7, 900)}, InvoiceId{7}),
                    candidate(2, MatchRule::Payer, {})});
  EXPECT_EQ(other.debtor_id, DebtorId{1});
  EXPECT_FALSE(other.is_sure) << "somebody else of ours paid, perhaps with a digit wrong";
}

TEST(Match, ANameSpeaksForOrAgainst) {
  EXPECT_TRUE(bank::is_like("RUIZ PENA ANA MARIA", "Ana María Ruiz Peña"));
  EXPECT_FALSE(bank::is_like("ANA LOPEZ", "Ana María Ruiz Peña"));
  EXPECT_TRUE(bank::is_like("Ferrocol", "FERROCOL SAS"));
  EXPECT_FALSE(bank::is_like("", "Ana"));
  const auto fits =
      matched(900, {candidate(1, MatchRule::Payer, {invoice(7, 900)})}, "RUIZ PENA ANA MARIA");
  const auto differs =
      matched(900, {candidate(1, MatchRule::Payer, {invoice(7, 900)})}, "Pedro Salas");
  EXPECT_GT(fits.confidence, differs.confidence);
}

TEST(Match, TracesComeFromAllThatABankWrites) {
  const auto traces = bank::traces_of({.reference = "2026000123",
                                       .second_reference = "0",
                                       .document = "900123456-8",
                                       .description = "PAGO 3001234567 FV 12 DE 77"});
  EXPECT_EQ(traces.references, std::vector<std::string>{"2026000123"});
  EXPECT_EQ(traces.in_words, std::vector<std::string>{"3001234567"});
  EXPECT_EQ(traces.documents,
            (std::vector<std::string>{"900123456-8", "2026000123", "3001234567"}));
}

}  // namespace
}  // namespace puntual
