// Somebody asks for their statement, and opens a PDF in the chat: the running house, the platform as its own process.
#include <gtest/gtest.h>

#include "app/config.h"
#include "engine/answer_with_document.h"
#include "tests/support/house.h"
#include "tests/support/pdf_text.h"

namespace puntual::e2e {
namespace {

// As the conversation answers "¿me manda mi estado de cuenta?".
void answer_with_statement(const House& house, const Person& person) {
  const auto config = load_config(house.folder / "puntual.toml", {{"data_dir", house.folder.path()}});
  ASSERT_TRUE(config) << config.error().message;
  SystemRandom random;
  const auto desk = make_desk(*config, random);
  ASSERT_TRUE(desk) << desk.error().message;
  const auto store = Store::open(house.database.empty() ? config->database_url : house.database);
  ASSERT_TRUE(store) << store.error().message;
  const auto done = (*store)->write([&](Tx& tx) {
    const DebtorId debtor = tx.invoices.find_by_number(config->creditor.id, person.invoice())->debtor_id;
    tx.debtors.hold(config->creditor.id, {debtor});
    return engine::answer_with_document(tx, *desk, config->creditor, debtor,
                                        {.order = {}, .template_name = "estado_de_cuenta_v1", .step = "statement", .dedupe_key = "statement:1"},
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
  ASSERT_TRUE(eventually([&] { return house.count("SELECT COUNT(*) FROM conversation_message") == 1; }));
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
  const auto file = get(house.sandbox_url("/_sandbox/media/" + member_text(document, "id").value_or("")));
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_LT(file.body.size(), 60'000U);
  const std::string text = tests::pdf_text(file.body);
  for (const std::string_view part : {"Estado de cuenta", "F-0001", "Saldo total a hoy: $ 150.000"}) EXPECT_TRUE(text.contains(part)) << text;
  EXPECT_TRUE(eventually([&] { return house.state_of(person, "statement") == "read" || house.state_of(person, "statement") == "delivered"; }));
}

}  // namespace
}  // namespace puntual::e2e
