#include "sandbox/test_world.h"

namespace puntual::sandbox {
namespace {

class Templates : public World {
 protected:
  static std::string definition(std::string_view name, std::string_view components,
                                std::string_view more = "") {
    return fmt::format(
        R"({{"name":"{}","language":"es_CO","category":"UTILITY","components":{}{}}})", name,
        components, more);
  }
  static std::string body(std::string_view text, std::string_view example = "") {
    return fmt::format(R"([{{"type":"BODY","text":"{}"{}}}])", text, example);
  }
  int subcode_of(const ApiResponse& response) {
    const auto parsed = parse_json(response.body);
    const auto* error = member(*parsed, "error");
    return error == nullptr ? 0 : static_cast<int>(member_int(*error, "error_subcode").value_or(1));
  }
  std::string status_of(std::string_view name) {
    const auto parsed = parse_json(
        call("GET", fmt::format("/v26.0/102290129340398/message_templates?name={}", name)).body);
    const auto* data = member_array(*parsed, "data");
    return data->empty() ? ""
                         : *member_text(data->front(), "status") + "/" +
                               *member_text(data->front(), "category");
  }
};

TEST_F(Templates, AreReviewedAndThenSendable) {
  control("faults", R"({"platform":{"review_after_ms":[1000,1000]}})");
  const auto answer = create_template(definition("aviso", body("Tu factura vence pronto.")));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(answer.body.contains(R"("status":"PENDING")"));
  EXPECT_EQ(code_of(send_template(kAna)), 132001) << "not approved yet";
  const auto changes = after(1000);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(*member_text(changes[0], "field"), "message_template_status_update");
  EXPECT_EQ(*member_text(*member(changes[0], "value"), "event"), "APPROVED");
  EXPECT_TRUE(member(*member(changes[0], "value"), "message_template_id")->is_int64());
  EXPECT_EQ(code_of(send_template(kAna)), 0);
}

TEST_F(Templates, RefusesWhatMetaRefuses) {
  const auto sub = [&](const std::string& text) { return subcode_of(create_template(text)); };
  EXPECT_EQ(code_of(create_template(definition("Con Mayúsculas", body("Hola a todos.")))), 100);
  EXPECT_EQ(code_of(create_template(
                R"({"name":"x","language":"es-CO","category":"UTILITY","components":[]})")),
            100);
  EXPECT_EQ(code_of(create_template(
                R"({"name":"x","language":"es","category":"GREETING","components":[]})")),
            100);
  EXPECT_EQ(sub(definition("a", body("{{1}} debe la factura de este mes completa.",
                                     R"(,"example":{"body_text":[["x"]]})"))),
            2388299);
  EXPECT_EQ(sub(definition("a", body("Hola señor {{1}}{{2}} esta es su factura del mes.",
                                     R"(,"example":{"body_text":[["x","y"]]})"))),
            2388072);
  EXPECT_EQ(sub(definition("a", body("Hola señor {{2}} esta es su factura del mes.",
                                     R"(,"example":{"body_text":[["x"]]})"))),
            2388072);
  EXPECT_EQ(sub(definition(
                "a", body("Hola {{1}} y {{2}} hoy.", R"(,"example":{"body_text":[["x","y"]]})"))),
            2388293);
  EXPECT_EQ(sub(definition("a", body("Hola señor {{1}} esta es su factura del mes."))), 2388043);
  EXPECT_EQ(sub(definition("a", body(std::string(1025, 'x')))), 2388040);
  EXPECT_EQ(sub(definition(
                "a", R"([{"type":"BODY","text":"Hola."},{"type":"FOOTER","text":"Hola {{1}}"}])")),
            2388073);
  EXPECT_EQ(sub(definition(
                "a", R"([{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Hola."}])")),
            2388043);
  EXPECT_EQ(
      sub(definition(
          "a",
          R"([{"type":"BODY","text":"Hola."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"A"},
    {"type":"URL","text":"B","url":"https://x.example"},{"type":"QUICK_REPLY","text":"C"}]}])")),
      2388072);
  EXPECT_EQ(
      code_of(create_template(definition("a", body("Hola."), R"(,"message_send_ttl_seconds":29)"))),
      100);
  EXPECT_EQ(code_of(create_template(
                definition("a", body("Hola."), R"(,"message_send_ttl_seconds":43201)"))),
            100);
  EXPECT_EQ(create_template(definition("a", body("Hola."))).status, 200);
  EXPECT_EQ(sub(definition("a", body("Hola otra vez."))), 2388024);
}

TEST_F(Templates, ReviewChangesTheCategoryOfWhatPromotes) {
  create_template(definition("promo", body("Paga hoy y recibe un descuento.")));
  create_template(definition("dura", body("Iniciaremos acciones legales.")));
  after(0);
  EXPECT_EQ(status_of("promo"), "APPROVED/MARKETING");
  EXPECT_EQ(status_of("dura"), "REJECTED/UTILITY");
  EXPECT_EQ(code_of(send_template(kAna, "[]", "dura")), 132001);
}

TEST_F(Templates, AreListedInPages) {
  for (int i = 0; i < 5; ++i) create_template(definition(fmt::format("t{}", i), body("Hola.")));
  std::vector<std::string> names;
  std::string target = "/v26.0/102290129340398/message_templates?fields=name&limit=2";
  int pages = 0;
  for (; !target.empty() && pages < 10; ++pages) {
    const auto page = *parse_json(call("GET", target).body);
    for (const auto& one : *member_array(page, "data")) names.push_back(*member_text(one, "name"));
    const auto next = member_text(*member(page, "paging"), "next").value_or("");
    target = next.empty() ? "" : next.substr(std::string_view("http://127.0.0.1:1").size());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"t0", "t1", "t2", "t3", "t4"}));
  EXPECT_EQ(pages, 3);
}

TEST_F(Templates, ArePausedByQualityAndComeBack) {
  platform->add_template(definition("aviso", body("Tu factura vence pronto.")), now).value();
  control("template", R"({"name":"aviso","language":"es_CO","quality":"RED"})");
  auto changes = after(0);
  EXPECT_EQ(*member_text(changes.at(0), "field"), "message_template_quality_update");
  EXPECT_EQ(*member_text(*member(*member(changes.at(1), "value"), "other_info"), "title"),
            "FIRST_PAUSE");
  EXPECT_EQ(code_of(send_template(kAna)), 132015);
  after(3 * kHourMs);
  EXPECT_EQ(code_of(send_template(kAna)), 0);
  for (int i = 0; i < 2; ++i) {
    control("template", R"({"name":"aviso","language":"es_CO","event":"PAUSED"})");
    after(7 * kHourMs);
  }
  EXPECT_EQ(code_of(send_template(kAna)), 132016) << "the third pause disables";
}

TEST_F(Templates, HeldMessagesFailWhenTheTemplateIsPaused) {
  platform->add_template(definition("aviso", body("Tu factura vence pronto.")), now).value();
  control("template", R"({"name":"aviso","language":"es_CO","hold":true})");
  EXPECT_TRUE(send_template(kAna).body.contains("held_for_quality_assessment"));
  EXPECT_TRUE(statuses_after(kHourMs).empty());
  control("template", R"({"name":"aviso","language":"es_CO","event":"PAUSED"})");
  EXPECT_EQ(statuses_after(0), std::vector<std::string>{"failed 132015"});
}

TEST_F(Templates, ChangeCategoryWithNoticeOrWithout) {
  platform
      ->add_template(definition("aviso", body("Tu factura vence pronto."),
                                R"(,"message_send_ttl_seconds":600)"),
                     now)
      .value();
  control("template",
          R"({"name":"aviso","language":"es_CO","category":"MARKETING","in_seconds":86400})");
  const auto notice = after(0);
  EXPECT_EQ(*member_text(*member(notice.at(0), "value"), "correct_category"), "MARKETING");
  EXPECT_EQ(*member_text(*member(notice.at(0), "value"), "new_category"), "UTILITY");
  const auto done = after(kDayMs);
  EXPECT_EQ(*member_text(*member(done.at(0), "value"), "previous_category"), "UTILITY");
  EXPECT_EQ(status_of("aviso"), "APPROVED/MARKETING");
  control("person", R"({"phone":"+573001234567","stopped_marketing":true})");
  EXPECT_EQ(*member_text(after(0).at(0), "field"), "user_preferences");
  send_template(kAna);
  EXPECT_EQ(statuses_after(1000), std::vector<std::string>{"failed 131050"});
}

TEST_F(Templates, AreEditedOnceADayAndDeleted) {
  const auto id =
      platform->add_template(definition("aviso", body("Tu factura vence pronto.")), now).value();
  const std::string target = "/v26.0/" + id;
  EXPECT_EQ(
      call("POST", target, R"({"components":[{"type":"BODY","text":"Tu factura vence hoy."}]})")
          .body,
      R"({"success":true})");
  after(0);
  EXPECT_EQ(status_of("aviso"), "APPROVED/UTILITY");
  EXPECT_EQ(code_of(call("POST", target,
                         R"({"components":[{"type":"BODY","text":"Tu factura vence ya."}]})")),
            100);
  after(kDayMs);
  EXPECT_EQ(call("POST", target, R"({"message_send_ttl_seconds":3600})").status, 200);
  after(0);
  EXPECT_EQ(call("DELETE", "/v26.0/102290129340398/message_templates?name=aviso").status, 200);
  EXPECT_EQ(code_of(send_template(kAna)), 132001);
  EXPECT_EQ(code_of(create_template(definition("aviso", body("Hola.")))), 100)
      << "the name rests for 30 days";
  after(30 * kDayMs);
  EXPECT_EQ(code_of(create_template(definition("aviso", body("Hola.")))), 0);
}

TEST_F(Templates, ManagementCallsAreCounted) {
  for (int i = 0; i < 5000; ++i)
    ASSERT_EQ(call("GET", "/v26.0/102290129340398/phone_numbers").status, 200);
  EXPECT_EQ(code_of(call("GET", "/v26.0/102290129340398/phone_numbers")), 80007);
  after(kHourMs);
  EXPECT_EQ(call("GET", "/v26.0/102290129340398/phone_numbers").status, 200);
}

TEST_F(Templates, MediaHasALife) {
  const std::string form =
      "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.pdf\"\r\nContent-Type: "
      "application/pdf\r\n\r\n%PDF-1\r\n\r\n--x\r\n--B--\r\n";
  const auto up =
      call("POST", "/v26.0/106540352242922/media", form, "multipart/form-data; boundary=B");
  ASSERT_EQ(up.status, 200) << up.body;
  const auto id = *member_text(*parse_json(up.body), "id");
  const auto look = *parse_json(call("GET", "/v26.0/" + id).body);
  EXPECT_EQ(*member_text(look, "mime_type"), "application/pdf");
  const auto url = member_text(look, "url")->substr(std::string_view("http://127.0.0.1:1").size());
  EXPECT_EQ(call("GET", url).body, "%PDF-1\r\n\r\n--x");
  EXPECT_EQ(platform->handle({.method = "GET", .target = url}, now).status, 401);
  after(5 * kMinuteMs);
  EXPECT_EQ(call("GET", url).status, 404) << "links live five minutes";
  says(kAna, "hola");
  EXPECT_EQ(
      code_of(send_to(kAna, "document", fmt::format(R"({{"id":"{}","filename":"f.pdf"}})", id))),
      0);
  EXPECT_EQ(code_of(send_to(kAna, "document", R"({"id":"1"})")), 131009);
  EXPECT_EQ(code_of(send_to(kAna, "document",
                            fmt::format(R"({{"id":"{}","link":"https://x.example/f.pdf"}})", id))),
            100);
  EXPECT_EQ(call("DELETE", "/v26.0/" + id).status, 200);
  EXPECT_EQ(code_of(call("GET", "/v26.0/" + id)), 100);
  EXPECT_EQ(code_of(call(
                "POST", "/v26.0/106540352242922/media",
                "--B\r\nContent-Disposition: form-data; "
                "name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--B\r\n"
                "Content-Disposition: form-data; name=\"file\"; "
                "filename=\"f.exe\"\r\nContent-Type: application/x-dosexec\r\n\r\nMZ\r\n--B--\r\n",
                "multipart/form-data; boundary=B")),
            100);
}

}  // namespace
}  // namespace puntual::sandbox
