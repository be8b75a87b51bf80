#include "document/agreement_page.h"

#include <gtest/gtest.h>

#include "tests/support/pdf_text.h"

namespace puntual::document {
namespace {

AgreementPaper sample_paper() {
  const auto mxn = Currency::of("MXN");
  AgreementPaper paper{.creditor = {.name = "Crédito Andino",
                                    .help = "llame al 55 5555 0100",
                                    .address = "Av. Reforma 1, Ciudad de México"},
                       .debtor_name = "JOSÉ LUIS ORTIZ",
                       .locale = "es_MX",
                       .agreement = {.id = AgreementId{77}, .kind = AgreementKind::Plan},
                       .made_on = date_of(2026, 11, 24),
                       .payment_link = "https://p.example.com/F-1",
                       .record_hash = "abc123"};
  paper.covered = {{.number = "F-1",
                    .product = "Préstamo personal",
                    .breakdown = "Capital 8,000.00; intereses 1,500.00; moratorios 500.00",
                    .due_on = date_of(2026, 11, 10),
                    .amount = {1'000'000, mxn},
                    .balance_minor = 1'000'000}};
  paper.agreement.total = {800'000, mxn};
  paper.agreement.discount_minor = 200'000;
  paper.agreement.charged_before_minor = 1'000'000;
  paper.agreement.instalments = {{date_of(2026, 11, 27), 400'000},
                                 {date_of(2026, 12, 28), 400'000}};
  paper.agreement.words = "Ofrecido: dos partes. Respuesta: la segunda";
  return paper;
}

bool tells(const AgreementPaper& paper, std::string_view part) {
  const auto pdf = print_agreement(paper);
  EXPECT_TRUE(pdf);
  return tests::pdf_text(*pdf).contains(part);
}

// MX-AGREEMENT (docs/countries/mx.md): terms, split, discount, all or part, to whom and with which
// reference.
TEST(AgreementPage, SaysWhatMexicoWantsInWriting) {
  const AgreementPaper paper = sample_paper();
  for (const std::string_view part :
       {"Acuerdo de pago en cuotas", "José Luis Ortiz", "Crédito Andino", "Av. Reforma 1",
        "24 de noviembre de 2026", "F-1", "27 de noviembre", "$4,000.00", "28 de diciembre",
        "$8,000.00", "descuenta los $2,000.00 restantes", "moratorios 500.00", "queda pagado todo",
        "solo a Crédito Andino", "https://p.example.com/F-1", "Con la referencia", "la segunda",
        "abc123"}) {
    EXPECT_TRUE(tells(paper, part)) << part;
  }
}

TEST(AgreementPage, BreaksNeitherADateNorALabel) {
  AgreementPaper paper = sample_paper();
  paper.covered.front().number = "FE-2026-00012";
  paper.covered.front().product = "Préstamo personal para estudios de posgrado en el exterior";
  const std::string text = tests::pdf_text(print_agreement(paper).value());
  EXPECT_TRUE(text.contains("Cómo se compone FE-2026-00012")) << text;
  EXPECT_TRUE(text.contains("10 de noviembre de 2026")) << text;
}

// Who transfers has one reference to write, and it is the one that the bank's file is read by.
TEST(AgreementPage, NamesOneReference) {
  AgreementPaper paper = sample_paper();
  paper.transfer.bank = "Banco de Prueba";
  paper.transfer.account = "000-111111-22";
  paper.transfer_reference = "43318750821";
  EXPECT_TRUE(tells(paper, "43318750821"));
  EXPECT_FALSE(tells(paper, "Con la referencia"));
}

TEST(AgreementPage, SaysWhatStaysOwedOfAPart) {
  AgreementPaper paper = sample_paper();
  paper.agreement.discount_minor = 0;
  EXPECT_TRUE(tells(paper, "ninguno"));
  EXPECT_TRUE(tells(paper, "siguen pendientes $2,000.00"));
  EXPECT_FALSE(tells(paper, "queda pagado todo"));
}

TEST(AgreementPage, IsInPortugueseInBrazil) {
  AgreementPaper paper = sample_paper();
  paper.locale = "pt_BR";
  paper.agreement.discount_minor = 0;
  for (const std::string_view part :
       {"Acordo de pagamento em parcelas", "em andamento", "24 de novembro de 2026", "nenhum",
        "continuam em aberto", "Como pagar", "Com a referência"}) {
    EXPECT_TRUE(tells(paper, part)) << part;
  }
  for (const std::string_view spanish : {"Cómo", "Fecha", "pagado", "cuota", "Acuerdo"})
    EXPECT_FALSE(tells(paper, spanish)) << spanish;
}

}  // namespace
}  // namespace puntual::document
