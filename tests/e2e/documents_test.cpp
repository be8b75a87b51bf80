// Files in the chat: somebody opens their statement as a PDF, and sends a receipt. The running
// house, the platform as its own process.
#include <gtest/gtest.h>

#include "app/config.h"
#include "engine/answer_with_document.h"
#include "tests/support/house.h"
#include "tests/support/pdf_text.h"

namespace puntual::e2e {
namespace {

// As the conversation answers "¿me manda mi estado de cuenta?".
void answer_with_statement(const House& house, const Person& person) {
  const auto config =
      load_config(house.folder / "puntual.toml", {{"data_dir", house.folder.path()}});
  ASSERT_TRUE(config) << config.error().message;
  SystemRandom random;
  const auto desk = make_desk(*config, random);
  ASSERT_TRUE(desk) << desk.error().message;
  const auto store = Store::open(house.database.empty() ? config->database_url : house.database);
  ASSERT_TRUE(store) << store.error().message;
  const auto done = (*store)->write([&](Tx& tx) {
    const DebtorId debtor =
        tx.invoices.find_by_number(config->creditor.id, person.invoice())->debtor_id;
    tx.debtors.hold(config->creditor.id, {debtor});
    return engine::answer_with_document(tx, *desk, config->creditor, debtor,
                                        {.order = {},
                                         .template_name = "estado_de_cuenta_v1",
                                         .step = "statement",
                                         .dedupe_key = "statement:1"},
                                        *parse_rfc3339(house.platform_time()));
  });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(*done);
}

TEST(Documents, APersonOpensAStatementThatSaysTheBalance) {
  House house;
  const Person person{1};
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent(person, 1));
  house.person_says(person, "Buenos días, ¿me manda mi estado de cuenta?");
  ASSERT_TRUE(
      eventually([&] { return house.count("SELECT COUNT(*) FROM conversation_message") == 1; }));
  house.kill_serve();
  house.set_clock(house.platform_time());
  answer_with_statement(house, person);
  house.start();
  ASSERT_TRUE(house.is_up());
  json::value document;
  ASSERT_TRUE(eventually([&] {
    for (const auto& one : house.sent(person)) {
      if (member_text(one, "type") == "document") document = one.at("content").at("document");
    }
    return document.is_object();
  }));
  EXPECT_EQ(member_text(document, "filename"), "estado-de-cuenta-2026-11-24.pdf");
  const auto file =
      get(house.sandbox_url("/_sandbox/media/" + member_text(document, "id").value_or("")));
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_LT(file.body.size(), 60'000U);
  const std::string text = tests::pdf_text(file.body);
  for (const std::string_view part : {"Estado de cuenta", "F-0001", "Saldo total a hoy: $ 150.000"})
    EXPECT_TRUE(text.contains(part)) << text;
  EXPECT_TRUE(eventually([&] {
    return house.state_of(person, "statement") == "read" ||
           house.state_of(person, "statement") == "delivered";
  }));
}

// The template that carries it was registered with a sample, and reviewed by the platform.
TEST(Documents, AReminderBringsTheInvoiceWithWhatIsOwed) {
  House house;
  const Person person{1};
  house.use_strategy(R"(name = "estandar"
stop_on = ["paid", "dispute", "opt_out"]
[[cadence]]
segments = ["new"]
[[cadence.step]]
id = "due_0"
day = 0
objective = "remind"
template = "vence_hoy_v1"
attach = "invoice"
)");
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  ASSERT_EQ(house.command({"pause"}).exit_code, 0);
  house.serve();
  ASSERT_TRUE(eventually([&] {
    return house.count(
               "SELECT COUNT(*) FROM template_state WHERE name='vence_hoy_v1_pdf' AND "
               "status='APPROVED'") == 1;
  }));
  ASSERT_EQ(house.command({"resume"}).exit_code, 0);
  json::value sent;
  ASSERT_TRUE(eventually([&] {
    for (const auto& one : house.sent(person)) {
      if (member_text(one, "type") == "template" &&
          one.at("content").at("template").at("name") == "vence_hoy_v1_pdf")
        sent = one.at("content").at("template");
    }
    return sent.is_object();
  }));
  const auto& document = sent.at("components").at(0).at("parameters").at(0).at("document");
  EXPECT_EQ(member_text(document, "filename"), "factura-f-0001.pdf");
  const auto file =
      get(house.sandbox_url("/_sandbox/media/" + member_text(document, "id").value_or("")));
  ASSERT_EQ(file.status, 200) << file.body;
  const std::string text = tests::pdf_text(file.body);
  for (const std::string_view part :
       {"Detalle de factura", "F-0001", "Saldo total a hoy: $ 150.000",
        "https://pagos.example.com/F-0001"})
    EXPECT_TRUE(text.contains(part)) << text;
  EXPECT_TRUE(eventually([&] {
    return house.state_of(person, "due_0") == "read" ||
           house.state_of(person, "due_0") == "delivered";
  }));
  // And what is paid then has a receipt.
  ASSERT_EQ(house.pay(person, 5'000'000, "p-1").status, 200);
  const std::string payment = std::to_string(house.count("SELECT id FROM payment"));
  const auto receipt = get(house.url("/v1/payments/" + payment + "/receipt.pdf"),
                           {{"Authorization: Bearer token-of-the-tests"}});
  ASSERT_EQ(receipt.status, 200) << receipt.body;
  const std::string paid = tests::pdf_text(receipt.body);
  for (const std::string_view part : {"Recibo de pago", "F-0001", "$ 50.000", "$ 100.000"})
    EXPECT_TRUE(paid.contains(part)) << paid;
  EXPECT_EQ(get(house.url("/v1/payments/" + payment + "/receipt.pdf")).status, 401);
  EXPECT_EQ(house.command({"payments", "receipt", payment, "--pdf", house.folder / "recibo.pdf"})
                .exit_code,
            0);
}

TEST(Documents, WhoTakesAPlanInTheChatGetsItsPageOnce) {
  House house;
  const Person person{1};
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent(person, 1));
  house.person_says(person, "¿Puedo pagar en dos partes?");
  ASSERT_TRUE(house.has_sent(person, 2));
  house.person_says(person, "la primera");
  const auto pages = [&] {
    std::vector<json::value> found;
    for (const auto& one : house.sent(person)) {
      if (member_text(one, "type") == "document") found.push_back(one.at("content").at("document"));
    }
    return found;
  };
  ASSERT_TRUE(eventually([&] {
    return house.state_of(person, "agreement_paper") == "read" ||
           house.state_of(person, "agreement_paper") == "delivered";
  }));
  ASSERT_EQ(pages().size(), 1U);
  EXPECT_EQ(member_text(pages().front(), "filename"), "acuerdo-2026-11-24.pdf");
  const auto file =
      get(house.sandbox_url("/_sandbox/media/" + member_text(pages().front(), "id").value_or("")));
  ASSERT_EQ(file.status, 200) << file.body;
  const std::string text = tests::pdf_text(file.body);
  for (const std::string_view part :
       {"Acuerdo de pago en cuotas", "F-0001", "queda pagado todo", "Respuesta: la primera"})
    EXPECT_TRUE(text.contains(part)) << text;
}

TEST(Documents, TheReceiptThatAPersonSendsIsFetchedAndCanBeSavedByWhoMay) {
  House house;
  const Person person{1};
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent(person, 1));
  const std::string from = fmt::format(R"("from":"{}")", person.phone());
  ASSERT_EQ(post(house.sandbox_url("/_sandbox/say"),
                 "{" + from + R"(,"image":true,"caption":"ya pagué con 4111111111111111"})")
                .status,
            200);
  ASSERT_EQ(post(house.sandbox_url("/_sandbox/say"),
                 "{" + from + R"(,"document":true,"bytes":"<html>not a receipt</html>"})")
                .status,
            200);
  ASSERT_TRUE(eventually(
      [&] { return house.count("SELECT COUNT(*) FROM attachment WHERE state='kept'") == 1; }));
  ASSERT_TRUE(eventually([&] {
    return house.count(
               "SELECT COUNT(*) FROM attachment WHERE state='failed' AND trouble='unknown_type'") ==
           1;
  }));
  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
  const auto facts = get(house.url("/v1/debtors/" + person.invoice()), token);
  ASSERT_EQ(facts.status, 200) << facts.body;
  const auto document = facts.document();
  const auto& sent = *member_array(document, "attachments");
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(member_text(sent[0], "file_type"), "image/jpeg");
  const std::string path = member_text(sent[0], "file").value_or("");
  EXPECT_EQ(get(house.url(path)).status, 401);
  const auto file = get(house.url(path), token);
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.body.starts_with("\xFF\xD8\xFF"));
  EXPECT_EQ(get(house.url(member_text(sent[1], "file").value_or("")), token).status, 404);
  const auto shown = house.command({"person", "show", person.invoice()});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_TRUE(shown.out.contains("image/jpeg en " + path)) << shown.out;
}

}  // namespace
}  // namespace puntual::e2e
