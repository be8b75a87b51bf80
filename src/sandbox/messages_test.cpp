#include "sandbox/test_world.h"

namespace puntual::sandbox {
namespace {

TEST_F(Sending, TemplateIsAcceptedSentDeliveredRead) {
  const auto answer =
      send_to(kAna, "template",
              fmt::format(R"({{"name":"aviso","language":{{"code":"es_CO"}},"components":{}}})",
                          parameters()),
              R"(,"biz_opaque_callback_data":"intento-1")");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(answer.body.contains(R"("input":"+573001234567","wa_id":"573001234567")"))
      << answer.body;
  EXPECT_TRUE(answer.body.contains(R"("message_status":"accepted")"));
  const auto first = after(100);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(*member_text(first[0], "field"), "messages");
  const auto& status = member_array(*member(first[0], "value"), "statuses")->front();
  EXPECT_EQ(*member_text(status, "id"), wamid(answer));
  EXPECT_EQ(*member_text(status, "status"), "sent");
  EXPECT_EQ(*member_text(status, "timestamp"), std::to_string(now.ms / 1000));
  EXPECT_EQ(*member_text(status, "recipient_id"), "573001234567");
  EXPECT_EQ(*member_text(status, "biz_opaque_callback_data"), "intento-1");
  EXPECT_EQ(json::serialize(*member(status, "pricing")),
            R"({"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"})");
  EXPECT_EQ(statuses_after(10'000), (Names{"delivered", "read"}));
}

TEST_F(Sending, CallersMustKnowTheTokenTheVersionAndTheNumber) {
  const auto with = [&](std::string_view authorization, std::string_view target) {
    return platform->handle(
        {.method = "POST", .target = target, .authorization = authorization, .body = "{}"}, now);
  };
  EXPECT_EQ(code_of(with("", "/v26.0/106540352242922/messages")), 104);
  EXPECT_EQ(with("", "/v26.0/106540352242922/messages").status, 401);
  EXPECT_EQ(code_of(with("Bearer wrong", "/v26.0/106540352242922/messages")), 190);
  EXPECT_EQ(code_of(with("Bearer sandbox-token", "/v20.0/106540352242922/messages")), 2500);
  EXPECT_EQ(code_of(with("Bearer sandbox-token", "/v27.0/106540352242922/messages")), 2500);
  EXPECT_EQ(code_of(with("Bearer sandbox-token", "/v26.0/1/messages")), 100);
  EXPECT_TRUE(
      with("Bearer sandbox-token", "/v26.0/1/messages").body.contains(R"("error_subcode":33)"));
  EXPECT_EQ(code_of(with("Bearer sandbox-token", "/v26.0/106540352242922/nothing")), 2500);
}

TEST_F(Sending, RefusesWhatIsMissingOrTooLong) {
  says(kAna, "hola");
  EXPECT_EQ(code_of(send("{")), 100);
  EXPECT_EQ(code_of(send(R"({"to":"+573001234567","type":"text","text":{"body":"x"}})")), 100);
  EXPECT_EQ(code_of(send(R"({"messaging_product":"whatsapp","type":"text","text":{"body":"x"}})")),
            100);
  EXPECT_EQ(code_of(send_text("12a")), 131009);
  EXPECT_EQ(code_of(send_to(kAna, "text", "{}")), 131008);
  EXPECT_EQ(code_of(send_text(kAna, std::string(4097, 'x'))), 100);
  EXPECT_EQ(code_of(send_to(kAna, "poll", "{}")), 100);
  EXPECT_EQ(
      code_of(send_to(kAna, "text", R"({"body":"x"})",
                      fmt::format(R"(,"biz_opaque_callback_data":"{}")", std::string(513, 'x')))),
      100);
  EXPECT_EQ(code_of(send_to(kAna, "text", R"({"body":"x"})",
                            R"(,"context":{"message_id":"wamid.nothing"})")),
            131009);
  EXPECT_EQ(code_of(send_text("+576015550100")), 131021);
  EXPECT_EQ(code_of(send_text(kAna, "válido")), 0);
}

TEST_F(Sending, PutsTheHomeCountryBeforeNumbersWithoutPlus) {
  EXPECT_TRUE(send_text("300 123-4567").body.contains(R"("wa_id":"573001234567")"));
  EXPECT_TRUE(send_text("573001234568").body.contains(R"("wa_id":"573001234568")"));
  EXPECT_TRUE(send_text("+52 (55) 1234 5678").body.contains(R"("wa_id":"525512345678")"));
}

TEST_F(Sending, ChecksInteractiveMessages) {
  says(kAna, "hola");
  const auto button = [](std::string_view id, std::string_view title) {
    return fmt::format(R"({{"type":"reply","reply":{{"id":"{}","title":"{}"}}}})", id, title);
  };
  const auto with = [&](std::string_view buttons, std::string_view body = "¿Pagas hoy?") {
    return code_of(send_to(
        kAna, "interactive",
        fmt::format(R"({{"type":"button","body":{{"text":"{}"}},"action":{{"buttons":[{}]}}}})",
                    body, buttons)));
  };
  EXPECT_EQ(with(button("a", "Sí") + "," + button("b", "No")), 0);
  EXPECT_EQ(with(""), 131008);
  EXPECT_EQ(with(button("a", "1") + "," + button("b", "2") + "," + button("c", "3") + "," +
                 button("d", "4")),
            131009);
  EXPECT_EQ(with(button("a", "Sí") + "," + button("a", "No")), 131009);
  EXPECT_EQ(with(button("a", "Sí") + "," + button("b", "Sí")), 131009);
  EXPECT_EQ(with(button(" a", "Sí")), 131009);
  EXPECT_EQ(with(button("a", "veintiún caracteres!!")), 100);
  EXPECT_EQ(with(button("a", "Sí"), std::string(1025, 'x')), 100);

  const auto list = [&](std::string_view sections) {
    return code_of(send_to(
        kAna, "interactive",
        fmt::format(
            R"({{"type":"list","body":{{"text":"Elige"}},"action":{{"button":"Ver","sections":[{}]}}}})",
            sections)));
  };
  std::string rows;
  for (int i = 0; i < 11; ++i)
    rows += fmt::format(R"({}{{"id":"r{}","title":"Fila {}"}})", i ? "," : "", i, i);
  EXPECT_EQ(list(R"({"rows":[{"id":"1","title":"Hoy","description":"antes de las 6"}]})"), 0);
  EXPECT_EQ(list(fmt::format(R"({{"rows":[{}]}})", rows)), 131009);
  EXPECT_EQ(list(R"({"rows":[{"id":"1","title":"Hoy"}]},{"rows":[{"id":"2","title":"Ayer"}]})"),
            131008)
      << "titles with 2 sections";
  EXPECT_EQ(
      list(
          R"({"title":"a","rows":[{"id":"1","title":"Hoy"}]},{"title":"b","rows":[{"id":"1","title":"Ayer"}]})"),
      131009);

  const auto link = [&](std::string_view parameters) {
    return code_of(send_to(
        kAna, "interactive",
        fmt::format(
            R"({{"type":"cta_url","body":{{"text":"Paga aquí"}},"action":{{"name":"cta_url","parameters":{}}}}})",
            parameters)));
  };
  EXPECT_EQ(link(R"({"display_text":"Pagar","url":"https://pagos.example.com/x"})"), 0);
  EXPECT_EQ(link(R"({"display_text":"Pagar","url":"pagos"})"), 131009);
}

TEST_F(Sending, ChecksTemplateParameters) {
  EXPECT_EQ(code_of(send_template(kAna, parameters(), "otro")), 132001);
  EXPECT_EQ(code_of(send_template(kAna, parameters(), "aviso", "es")), 132001)
      << "the language must be exact";
  EXPECT_EQ(code_of(send_template(kAna, "[]")), 132000);
  EXPECT_EQ(code_of(send_template(kAna, parameters("Ana\\nMaría"))), 132018);
  EXPECT_EQ(code_of(send_template(kAna, parameters("Ana\\tMaría"))), 132018);
  EXPECT_EQ(code_of(send_template(kAna, parameters("Ana     María"))), 132018);
  EXPECT_EQ(code_of(send_template(kAna, parameters("Ana    María"))), 0) << "four blanks pass";
  EXPECT_EQ(code_of(send_template(kAna, parameters(""))), 131008);
  EXPECT_EQ(code_of(send_template(kAna, parameters(std::string(1100, 'x')))), 132005);
  const auto body = [](std::string_view a, std::string_view b) {
    return fmt::format(
        R"([{{"type":"body","parameters":[{},{}]}},{{"type":"button","sub_type":"url","index":0,"parameters":[{{"type":"text","text":"f"}}]}}])",
        a, b);
  };
  EXPECT_EQ(code_of(send_template(
                kAna, body(R"({"type":"text","text":"Ana"})", R"({"type":"text","text":"1"})"))),
            132012);
  EXPECT_EQ(
      code_of(send_template(kAna, body(R"({"type":"text","parameter_name":"nombre","text":"Ana"})",
                                       R"({"type":"text","parameter_name":"nombre","text":"1"})"))),
      132012);
  EXPECT_EQ(
      code_of(send_template(kAna, body(R"({"type":"image","image":{"id":"1"}})",
                                       R"({"type":"text","parameter_name":"monto","text":"1"})"))),
      132012);
  EXPECT_EQ(
      code_of(send_template(kAna, body(R"({"type":"text","parameter_name":"nombre","text":"Ana"})",
                                       R"({"type":"text","parameter_name":"monto","text":"1"})"))),
      0);
  EXPECT_EQ(
      code_of(send_template(
          kAna,
          R"([{"type":"body","parameters":[{"type":"text","parameter_name":"nombre","text":"Ana"},{"type":"text","parameter_name":"monto","text":"1"}]}])")),
      132000)
      << "the url's variable";
}

TEST_F(Sending, FreeTextNeedsAnOpenWindow) {
  EXPECT_EQ(code_of(send_text(kAna)), 0);
  EXPECT_EQ(statuses_after(100), Names{"failed 131047"});
  says(kAna, "hola");
  after(kDayMs - 1000);
  send_text(kAna);
  EXPECT_EQ(statuses_after(100), Names{"sent"});
  after(1000);
  send_text(kAna);
  EXPECT_EQ(statuses_after(200).front(), "failed 131047");
  EXPECT_TRUE(control("faults", R"({"platform":{"refuse_closed_window_at_once":true}})").status ==
              200);
  after(kHourMs);
  EXPECT_EQ(code_of(send_text(kAna)), 131047);
}

TEST_F(Sending, PairLimitLendsABurstAndTakesItBack) {
  says(kAna, "hola");
  for (int i = 0; i < 45; ++i) ASSERT_EQ(code_of(send_text(kAna)), 0) << i;
  EXPECT_EQ(code_of(send_text(kAna)), 131056);
  after(45 * 6 * kSecondMs - 1);
  EXPECT_EQ(code_of(send_text(kAna)), 131056) << "the debt is not repaid yet";
  after(1);
  EXPECT_EQ(code_of(send_text(kAna)), 0);
  for (int i = 0; i < 20; ++i) {
    after(6 * kSecondMs);
    EXPECT_EQ(code_of(send_text(kAna)), 0) << "one in six seconds is always free";
  }
}

TEST_F(Sending, ThroughputOfTheNumberIsLimited) {
  int accepted = 0;
  ApiResponse last;
  for (int i = 0; i < 81; ++i) {
    last = send_template(fmt::format("+5730000000{:02}", i), parameters());
    if (code_of(last) == 0) ++accepted;
  }
  EXPECT_EQ(accepted, 80);
  EXPECT_EQ(code_of(last), 130429);
  EXPECT_EQ(last.status, 429);
  after(13);
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 0);
  EXPECT_EQ(code_of(send_template("+573009999999", parameters())), 130429);
}

TEST_F(Sending, PortfolioCountsUniquePeopleOfADay) {
  control("faults", R"({"platform":{"unique_users_a_day":2}})");
  EXPECT_EQ(code_of(send_template("+573000000001", parameters())), 0);
  after(12 * kHourMs);
  EXPECT_EQ(code_of(send_template("+573000000002", parameters())), 0);
  EXPECT_EQ(code_of(send_template("+573000000003", parameters())), 131048);
  EXPECT_EQ(code_of(send_template("+573000000001", parameters())), 0) << "already counted";
  says("+573000000003", "hola");
  EXPECT_EQ(code_of(send_template("+573000000003", parameters())), 0) << "inside the window";
  after(12 * kHourMs);
  EXPECT_EQ(code_of(send_template("+573000000004", parameters())), 131048)
      << "the first wrote again at noon";
  after(12 * kHourMs);
  EXPECT_EQ(code_of(send_template("+573000000004", parameters())), 0);
}

TEST_F(Sending, PeopleDifferFromOneAnother) {
  const auto to = [&](std::string_view phone) {
    after(10'000);
    EXPECT_EQ(code_of(send_template(phone, parameters())), 0);
    return statuses_after(40'000);
  };
  const auto is = [&](std::string_view phone, std::string_view property) {
    EXPECT_EQ(control("person", fmt::format(R"({{"phone":"{}",{}}})", phone, property)).status,
              200);
  };
  is("+573000000001", R"("on_whatsapp":false)");
  EXPECT_EQ(to("+573000000001"), Names{"failed 131026"});
  is("+573000000002", R"("reads":false)");
  EXPECT_EQ(to("+573000000002"), (Names{"sent", "delivered"}));
  is("+573000000003", R"("blocks_us":true)");
  EXPECT_EQ(to("+573000000003"), Names{"sent"});
  is("+573000000004", R"("offline_seconds":48)");
  EXPECT_EQ(to("+573000000004"), (Names{"sent", "delivered"}));
  EXPECT_EQ(statuses_after(10'000), Names{"read"});
  EXPECT_EQ(control("person", R"({"phone":"+573000000005","shape":"round"})").status, 400);
}

TEST_F(Sending, ATimeToLiveEndsInSilence) {
  ASSERT_TRUE(platform->add_template(
      R"({"name":"corto","language":"es_CO","category":"UTILITY","message_send_ttl_seconds":60,
    "components":[{"type":"BODY","text":"Tu factura vence hoy."}]})",
      now));
  control("person", R"({"phone":"+573001234567","offline_seconds":61})");
  send_template(kAna, "[]", "corto");
  EXPECT_EQ(statuses_after(kHourMs), Names{"sent"}) << "no webhook tells of a drop";
  control("person", R"({"phone":"+573001234567","offline_seconds":59})");
  send_template(kAna, "[]", "corto");
  EXPECT_EQ(statuses_after(kHourMs), (Names{"sent", "delivered", "read"}));
}

TEST_F(Sending, PricesByDatedRules) {
  const auto pricing = [&](const std::vector<json::value>& changes) {
    const auto* price =
        member(member_array(*member(changes.back(), "value"), "statuses")->front(), "pricing");
    return *member_text(*price, "type") + "/" + *member_text(*price, "category");
  };
  now = *parse_rfc3339("2026-09-30T12:00:00Z");
  says(kAna, "hola");
  after(1);
  send_template(kAna, parameters());
  EXPECT_EQ(pricing(after(100)), "free_customer_service/utility");
  now = *parse_rfc3339("2026-10-01T12:00:00Z");
  says(kAna, "hola");
  after(6'000);
  send_template(kAna, parameters());
  EXPECT_EQ(pricing(after(100)), "regular/utility");
  after(20'000);
  send_text(kAna);
  EXPECT_EQ(pricing(after(100)), "free_customer_service/service");
  for (int i = 0; i < 1000; ++i) {
    after(6'000);
    says(kAna, "sigo");
    ASSERT_EQ(code_of(send_text(kAna)), 0);
  }
  after(20'000);
  send_text(kAna);
  EXPECT_EQ(pricing(after(100)), "regular/service") << "the free thousand of the month is used up";
}

TEST_F(Sending, KnowsPeopleWithoutAPhone) {
  EXPECT_EQ(control("person",
                    R"({"user_id":"CO.13491208655302741918","name":"Ana Pérez","username":"anap"})")
                .status,
            200);
  ASSERT_TRUE(platform->act({.from = "CO.13491208655302741918", .text = "hola"}, now));
  auto changes = after(0);
  const auto text = json::serialize(changes.at(0));
  EXPECT_FALSE(text.contains("wa_id")) << text;
  EXPECT_FALSE(text.contains(R"("from")")) << text;
  EXPECT_TRUE(text.contains(R"("from_user_id":"CO.13491208655302741918")"));
  EXPECT_TRUE(text.contains(R"("username":"anap")"));
  EXPECT_EQ(code_of(send_text("CO.13491208655302741918")), 131009) << "belongs into recipient";
  const auto answer = send(
      R"({"messaging_product":"whatsapp","recipient":"CO.13491208655302741918","type":"text","text":{"body":"x"}})");
  EXPECT_TRUE(answer.body.contains(R"("user_id":"CO.13491208655302741918")")) << answer.body;
  EXPECT_FALSE(answer.body.contains("wa_id"));
  changes = after(100);
  const auto status = json::serialize(changes.at(0));
  EXPECT_FALSE(status.contains("recipient_id")) << status;
  EXPECT_TRUE(status.contains(R"("recipient_user_id":"CO.13491208655302741918")"));
}

TEST_F(Sending, ShowsThePhoneOfAUserNameOnlyAfterWritingByPhone) {
  control("person", R"({"phone":"+573001234567","shape":"empty_strings"})");
  says(kAna, "hola");
  EXPECT_TRUE(json::serialize(after(0).at(0)).contains(R"("from":"")"));
  send_text(kAna);
  after(60'000);
  says(kAna, "hola");
  EXPECT_TRUE(json::serialize(after(0).at(0)).contains(R"("from":"573001234567")"));
  after(31 * kDayMs);
  says(kAna, "hola");
  EXPECT_TRUE(json::serialize(after(0).at(0)).contains(R"("from":"")"));
}

TEST_F(Sending, TellsOfAChangedNumber) {
  says(kAna, "hola");
  const auto before = json::serialize(after(0).at(0));
  control("person", R"({"phone":"+573001234567","new_phone":"+573117654321"})");
  const auto changes = after(0);
  const auto& message = member_array(*member(changes.at(0), "value"), "messages")->front();
  EXPECT_EQ(*member_text(message, "type"), "system");
  EXPECT_EQ(*member_text(message, "from"), "573001234567");
  const auto* system = member(message, "system");
  EXPECT_EQ(*member_text(*system, "type"), "user_changed_number");
  EXPECT_EQ(*member_text(*system, "wa_id"), "573117654321");
  EXPECT_TRUE(before.contains(*member_text(*system, "previous_user_id")));
  EXPECT_FALSE(before.contains(*member_text(*system, "user_id")));
  EXPECT_EQ(member(*member(changes.at(0), "value"), "contacts"), nullptr);
}

TEST_F(Sending, RefusesThePeopleWeBlocked) {
  EXPECT_EQ(call("POST", "/v26.0/106540352242922/block_users",
                 R"({"messaging_product":"whatsapp","block_users":[{"user":"+573001234567"}]})")
                .status,
            200);
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 130403);
  EXPECT_TRUE(call("GET", "/v26.0/106540352242922/block_users").body.contains("573001234567"));
  EXPECT_EQ(call("DELETE", "/v26.0/106540352242922/block_users",
                 R"({"messaging_product":"whatsapp","block_users":[{"user":"+573001234567"}]})")
                .status,
            200);
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 0);
}

TEST_F(Sending, MarksReadAndReacts) {
  const auto id = *platform->act({.from = std::string(kAna), .text = "hola"}, now);
  const auto mark = [&](std::string_view message, std::string_view more = "") {
    return send(
        fmt::format(R"({{"messaging_product":"whatsapp","status":"read","message_id":"{}"{}}})",
                    message, more));
  };
  EXPECT_EQ(mark(id).body, R"({"success":true})");
  EXPECT_EQ(mark(id, R"(,"typing_indicator":{"type":"text"})").status, 200);
  EXPECT_EQ(code_of(mark(id, R"(,"typing_indicator":{"type":"voice"})")), 131009);
  EXPECT_EQ(code_of(mark("wamid.x")), 100);
  EXPECT_EQ(
      code_of(send_to(kAna, "reaction", fmt::format(R"({{"message_id":"{}","emoji":"👍"}})", id))),
      0);
  after(0);
  EXPECT_EQ(statuses_after(60'000), Names{"sent"}) << "of a reaction only sent is told";
  EXPECT_EQ(code_of(send_to(kAna, "reaction", R"({"message_id":"wamid.x","emoji":"👍"})")), 131009);
}

TEST_F(Sending, PressedButtonsComeBackWithTheirContext) {
  const auto sent = wamid(send_template(kAna, parameters()));
  after(10'000);
  ASSERT_TRUE(platform->act({.from = std::string(kAna),
                             .type = "button",
                             .text = "Ya pagué",
                             .payload = "YA_PAGUE",
                             .context_id = sent},
                            now));
  const auto changes = after(0);
  const auto& message = member_array(*member(changes.at(0), "value"), "messages")->front();
  EXPECT_EQ(*member_text(*member(message, "button"), "payload"), "YA_PAGUE");
  EXPECT_EQ(*member_text(*member(message, "context"), "id"), sent);
  EXPECT_TRUE(platform->act({.from = "nadie", .text = "x"}, now).error().message.contains("nadie"));
  EXPECT_FALSE(platform->act({.from = std::string(kAna), .type = "fax"}, now));
}

TEST_F(Sending, TheSameSeedTellsTheSameStory) {
  const auto story = [](uint64_t seed) {
    PlatformOptions options;
    options.seed = seed;
    Platform platform(options);
    Instant now = *parse_rfc3339("2026-11-24T15:00:00Z");
    std::string text;
    for (int i = 0; i < 50; ++i) {
      const auto from = fmt::format("+5730012300{:02}", i);
      (void)platform.act({.from = from, .text = "hola"}, now);
      text +=
          platform
              .handle(
                  {.method = "POST",
                   .target = "/v26.0/106540352242922/messages",
                   .authorization = "Bearer sandbox-token",
                   .body = fmt::format(
                       R"({{"messaging_product":"whatsapp","to":"{}","type":"text","text":{{"body":"x"}}}})",
                       from)},
                  now)
              .body;
      now = now + 700;
      for (const auto& delivery : platform.advance(now)) text += delivery.body + delivery.signature;
    }
    return text;
  };
  EXPECT_EQ(story(7), story(7));
  EXPECT_NE(story(7), story(8));
}

TEST_F(Sending, ListsWhatWasSaid) {
  send_template(kAna, parameters());
  says(kAna, "ya pagué");
  const auto sent = *parse_json(call("GET", "/_sandbox/messages?to=%2B573001234567").body);
  ASSERT_EQ(member_array(sent, "messages")->size(), 1U);
  EXPECT_EQ(*member_text(member_array(sent, "messages")->front(), "type"), "template");
  const auto said = *parse_json(call("GET", "/_sandbox/messages?from=%2B573001234567").body);
  EXPECT_EQ(*member_text(*member(member_array(said, "messages")->front(), "content"), "body"),
            "ya pagué");
}

}  // namespace
}  // namespace puntual::sandbox
