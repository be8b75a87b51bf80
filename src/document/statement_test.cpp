#include "document/statement.h"

#include <gtest/gtest.h>

#include "document/letterhead.h"
#include "document/qr.h"
#include "document/qr_png.h"
#include "document/receipt_page.h"
#include "tests/support/pdf_text.h"

namespace puntual::document {
namespace {

Statement sample_statement() {
  const auto cop = Currency::of("COP");
  Statement statement{.creditor = {.name = "Internet Andina", .help = "llame al 601 555 0100"},
                      .debtor_name = "MARÍA JOSÉ NÚÑEZ PEÑA",
                      .locale = "es_CO",
                      .today = date_of(2026, 11, 24),
                      .payment_link = "https://p.example.com/F-1"};
  statement.invoices = {{.number = "F-1",
                         .product = "Conexión",
                         .due_on = date_of(2026, 11, 10),
                         .amount = {24'000'000, cop},
                         .balance_minor = 20'000'000},
                        {.number = "F-2",
                         .product = "Conexión",
                         .due_on = date_of(2026, 12, 10),
                         .amount = {5'000'050, cop},
                         .balance_minor = 5'000'050}};
  statement.payments = {{date_of(2026, 11, 12), {4'000'000, cop}, "PSE"}};
  return statement;
}

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Statement, SaysWhatIsOwedAndHowToPay) {
  const auto pdf = print_statement(sample_statement());
  ASSERT_TRUE(pdf.has_value());
  EXPECT_LT(pdf->size(), 60'000U);
  const std::string text = tests::pdf_text(*pdf);
  for (const std::string_view part :
       {"Estado de cuenta", "María José Núñez Peña", "Internet Andina", "24 de noviembre de 2026",
        "F-1", "Conexión", "10/11/2026", "$ 200.000", "$ 50.000,50",
        "Saldo total a hoy: $ 250.000,50", "12/11/2026", "PSE", "https://p.example.com/F-1",
        "llame al 601 555 0100.", "1 de 1"}) {
    EXPECT_TRUE(says(text, part)) << part << "\n" << text;
  }
}

// A cheque that bounced stood there as if it had paid.
TEST(Statement, SaysWhichPaymentsWereTakenBack) {
  Statement statement = sample_statement();
  statement.payments = {{date_of(2026, 11, 12),
                         {4'000'000, Currency::of("COP")},
                         "cheque",
                         {4'000'000, Currency::of("COP")},
                         date_of(2026, 11, 16)}};
  const std::string whole = tests::pdf_text(print_statement(statement).value());
  for (const std::string_view part :
       {"12/11/2026", "16/11/2026", "Se anuló o devolvió el pago", "− $ 40.000"})
    EXPECT_TRUE(says(whole, part)) << part << "\n" << whole;
  statement.payments.front().returned.minor = 1'000'000;
  EXPECT_TRUE(says(tests::pdf_text(print_statement(statement).value()), "Se devolvió una parte"));
}

TEST(Statement, IsInPortugueseInBrazil) {
  for (const auto kind : {DocumentKind::Statement, DocumentKind::Invoice}) {
    Statement statement = sample_statement();
    statement.kind = kind;
    statement.locale = "pt_BR";
    statement.creditor.help = "ligue para 11 5555 0100";
    statement.transfer = {
        .bank = "Banco do Sul", .account = "12345-6", .holder = "Internet Andina"};
    statement.transfer_reference = "123456789 01";
    const std::string text = tests::pdf_text(print_statement(statement).value());
    for (const std::string_view part : {"24 de novembro de 2026", "Saldo total hoje", "Como pagar",
                                        "Se tiver alguma dúvida", "12345-6", "123456789 01"}) {
      EXPECT_TRUE(says(text, part)) << part << "\n" << text;
    }
    for (const std::string_view spanish : {"Factura", "Fecha", "Cómo", "pagos", "cuenta", "Vence "})
      EXPECT_FALSE(says(text, spanish)) << spanish << "\n" << text;
  }
}

TEST(Statement, BearsTheLogoOfTheCreditor) {
  const std::string png = qr_png(qr_code("https://example.com").value(), 2);
  ASSERT_TRUE(check_logo(png)) << check_logo(png).error().message;
  const auto plain = print_statement(sample_statement());
  const auto with = print_statement(sample_statement(), png);
  ASSERT_TRUE(plain && with);
  EXPECT_FALSE(plain->contains("/Subtype /Image"));
  EXPECT_TRUE(with->contains("/Subtype /Image"));
  EXPECT_TRUE(says(tests::pdf_text(*with), "Estado de cuenta"));
}

TEST(Statement, WantsALogoThatCanBeDrawn) {
  const std::string huge = std::string("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\1\0\0\0\1\0\0", 24);
  EXPECT_TRUE(check_logo(huge).error().message.contains("65536"));
  EXPECT_TRUE(check_logo("<svg/>").error().message.contains("no PNG"));
  EXPECT_TRUE(check_logo(std::string(kLogoBytesMax + 1, 'x')).error().message.contains("256 KB"));
  std::string broken = huge;
  broken[17] = broken[21] = 0;
  broken[19] = broken[23] = 1;
  EXPECT_TRUE(check_logo(broken).error().message.contains("cannot be read"));
}

TEST(Statement, IsTheSameAllDay) {
  EXPECT_EQ(print_statement(sample_statement()).value(),
            print_statement(sample_statement()).value());
}

TEST(Statement, OfOneInvoiceTellsWhatWasPaidOfIt) {
  Statement statement = sample_statement();
  statement.kind = DocumentKind::Invoice;
  statement.invoices.resize(1);
  statement.payments.clear();
  const std::string text = tests::pdf_text(print_statement(statement).value());
  for (const std::string_view part : {"Detalle de factura", "Abonado", "$ 40.000",
                                      "Saldo total a hoy: $ 200.000", "no reemplaza la factura"}) {
    EXPECT_TRUE(says(text, part)) << part << "\n" << text;
  }
  EXPECT_FALSE(says(text, "Sus últimos pagos"));
}

TEST(Statement, OfSomebodyWhoOwesNothingAsksForNothing) {
  Statement statement = sample_statement();
  for (auto& invoice : statement.invoices) invoice.balance_minor = 0;
  const std::string text = tests::pdf_text(print_statement(statement).value());
  EXPECT_TRUE(says(text, "No queda nada por pagar")) << text;
  EXPECT_FALSE(says(text, "Cómo pagar")) << text;
}

TEST(Statement, GoesOnOverThePageWithEachRowWhole) {
  Statement statement = sample_statement();
  statement.invoices.resize(1);
  for (int i = 0; i < 80; ++i) {
    statement.invoices.push_back(statement.invoices.front());
    statement.invoices.back().number = fmt::format("N-{:03}", i);
  }
  const std::string text = tests::pdf_text(print_statement(statement).value());
  EXPECT_TRUE(says(text, "2 de 2") || says(text, "3 de 3")) << text;
  for (int i = 0; i < 80; ++i) EXPECT_TRUE(says(text, fmt::format("N-{:03}", i))) << i;
}

Receipt sample_receipt(std::string_view locale) {
  const auto cop = Currency::of("COP");
  return {
      .creditor = {.name = "Internet Andina"},
      .debtor_name = "MARÍA NÚÑEZ",
      .locale = std::string(locale),
      .today = date_of(2026, 11, 24),
      .payment = {.id = PaymentId{77},
                  .amount = {17'000'000, cop},
                  .unapplied_minor = 2'000'000,
                  .method = "PSE",
                  .paid_on = date_of(2026, 11, 23)},
      .parts = {
          {.invoice = "F-1", .product = "Conexión", .applied = {10'000'000, cop}, .left = {0, cop}},
          {.invoice = "F-2",
           .product = "Conexión",
           .applied = {5'000'000, cop},
           .left = {3'000'000, cop}}}};
}

TEST(Receipt, SaysHowTheMoneyWasApplied) {
  const std::string text = tests::pdf_text(print_receipt(sample_receipt("es_CO")).value());
  for (const std::string_view part :
       {"Recibo de pago", "María Núñez", "$ 170.000", "23 de noviembre de 2026", "PSE", "F-1",
        "$ 100.000", "F-2", "$ 50.000", "$ 30.000", "Quedan $ 20.000 a su favor.",
        "Saldos al 24 de noviembre de 2026", "Recibo 77"}) {
    EXPECT_TRUE(says(text, part)) << part << "\n" << text;
  }
  EXPECT_FALSE(says(text, "Devuelto"));
  EXPECT_FALSE(says(text, "intereses"));
}

TEST(Receipt, SaysInAPersonsWordsThatSomebodyWroteItDown) {
  Receipt receipt = sample_receipt("es_CO");
  receipt.payment.method = "manual";
  const std::string text = tests::pdf_text(print_receipt(receipt).value());
  EXPECT_TRUE(says(text, "Anotado por la empresa")) << text;
  EXPECT_FALSE(says(text, "manual")) << text;
}

TEST(Receipt, SaysWhatOfItWasForPayingLate) {
  Receipt receipt = sample_receipt("es_CO");
  receipt.parts[0].of = {
      .capital_minor = 9'000'000, .interest_minor = 700'000, .costs_minor = 300'000};
  const std::string text = tests::pdf_text(print_receipt(receipt).value());
  EXPECT_TRUE(says(text, "Capital $ 90.000; intereses de mora $ 7.000")) << text;
}

TEST(Receipt, IsInPortugueseInBrazilAndTellsWhatWasGivenBack) {
  Receipt receipt = sample_receipt("pt_BR");
  receipt.payment.returned_minor = 2'000'000;
  receipt.payment.unapplied_minor = 0;
  const std::string text = tests::pdf_text(print_receipt(receipt).value());
  for (const std::string_view part :
       {"Recibo de pagamento", "Devolvido", "Como foi aplicado", "Saldo hoje"})
    EXPECT_TRUE(says(text, part)) << part << "\n" << text;
  for (const std::string_view spanish : {"favor", "Factura", "pago", "Saldos al"})
    EXPECT_FALSE(says(text, spanish)) << spanish << "\n" << text;
}

TEST(Qr, HasTheThreeCornersByWhichAReaderFindsIt) {
  const auto code = qr_code("https://p.example.com/F-1");
  ASSERT_TRUE(code.has_value());
  const int last = code->size - 1;
  for (int i = 0; i < 7; ++i) {
    EXPECT_TRUE(code->at(0, i) && code->at(6, i) && code->at(i, 0) && code->at(i, 6));
    EXPECT_TRUE(code->at(0, last - i) && code->at(last, i) && code->at(i, last));
  }
  EXPECT_FALSE(code->at(1, 1) || code->at(7, 7));
}

TEST(Qr, OfNothingOrTooMuchIsAnError) {
  EXPECT_FALSE(qr_code("").has_value());
  EXPECT_FALSE(qr_code(std::string(5000, 'x')).has_value());
}

}  // namespace
}  // namespace puntual::document
