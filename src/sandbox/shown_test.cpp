// What stands on a person's phone, as they see it.
#include "sandbox/test_world.h"

namespace puntual::sandbox {
namespace {

class Phone : public Sending {
 protected:
  json::array talk(std::string_view who = "%2B573001234567") {
    const auto answer = call("GET", fmt::format("/_sandbox/talk?with={}", who));
    const auto body = parse_json(answer.body);
    EXPECT_TRUE(body) << answer.body;
    return *member_array(*body, "messages");
  }
};

TEST_F(Phone, ATemplateIsSeenWithItsValuesAndWhatCanBePressed) {
  ASSERT_EQ(send_template(kAna, parameters("Ana", "$ 120.000")).status, 200);
  EXPECT_TRUE(talk().empty()) << "it has not come yet";
  after(10'000);
  const json::array seen = talk();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(text_in(seen[0], "from"), "house");
  EXPECT_EQ(text_in(seen[0], "status"), "read");
  EXPECT_EQ(text_in(seen[0], "text"),
            "Hola Ana, tu factura por $ 120.000 vence pronto. Gracias por tu atención.");
  EXPECT_EQ(
      json::serialize(*member(seen[0], "choices")),
      R"([{"kind":"link","title":"Pagar","value":"https://pagos.example.com/f-1","description":""},)"
      R"({"kind":"button","title":"Ya pagué","value":"YA_PAGUE","description":""}])");
}

TEST_F(Phone, WhatTheyPressAndSendIsSeenAsTheySentIt) {
  control("say", R"({"from":"+573001234567","text":"Ya pagué","payload":"YA_PAGUE"})");
  control("say", R"({"from":"+573001234567","image":true,"caption":"mi comprobante"})");
  const json::array seen = talk();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(text_in(seen[0], "from"), "person");
  EXPECT_EQ(text_in(seen[0], "text"), "Ya pagué");
  EXPECT_EQ(text_in(seen[1], "text"), "mi comprobante");
  const std::string id = text_in(*member(seen[1], "file"), "id");
  EXPECT_EQ(call("GET", "/_sandbox/media/" + id).content_type, "image/jpeg");
  EXPECT_TRUE(talk("%2B573009999999").empty()) << "somebody else's phone";
}

TEST_F(Phone, AListIsSeenWithItsRows) {
  says(kAna, "hola");
  ASSERT_EQ(
      send_to(
          kAna, "interactive",
          R"({"type":"list","body":{"text":"¿Cómo quiere pagar?"},"footer":{"text":"Grupo Alameda"},
      "action":{"button":"Ver opciones","sections":[{"rows":[{"id":"1","title":"Dos cuotas","description":"$ 60.000 cada una"}]}]}})")
          .status,
      200);
  after(10'000);
  const json::value seen = talk().back();
  EXPECT_EQ(text_in(seen, "text"), "¿Cómo quiere pagar?");
  EXPECT_EQ(text_in(seen, "footer"), "Grupo Alameda");
  EXPECT_EQ(text_in(seen, "menu"), "Ver opciones");
  EXPECT_EQ(
      json::serialize(*member(seen, "choices")),
      R"([{"kind":"list","title":"Dos cuotas","value":"1","description":"$ 60.000 cada una"}])");
}

}  // namespace
}  // namespace puntual::sandbox
