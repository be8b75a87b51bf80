// What is decided about each template, and the calls that do it, against a server on this machine.
#include "whatsapp/template_sync.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "whatsapp/test_server.h"

namespace puntual::whatsapp {
namespace {

constexpr std::string_view kComponents =
    R"([{"type":"BODY","text":"Hola {{nombre}}","example":{"body_text_named_params":[{"param_name":"nombre","example":"Ana"}]}},)"
    R"({"type":"FOOTER","text":"Tienda"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Ya pagué"}]}])";

LocalTemplate ours(const std::string& name = "aviso_v1") {
  return {
      name, "es_CO",
      R"({"name":")" + name +
          R"(","language":"es_CO","category":"UTILITY","parameter_format":"NAMED","message_send_ttl_seconds":10800,"components":)" +
          std::string(kComponents) + "}"};
}
PlatformTemplate theirs(const std::string& status) {
  return {
      .id = "55",
      .name = "aviso_v1",
      .language = "es_CO",
      .status = status,
      .category = "UTILITY",
      .parameter_format = "NAMED",
      .ttl_seconds = 10800,
      // The platform's own order, without our examples.
      .components =
          R"([{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Ya pagué"}]},{"type":"BODY","text":"Hola {{nombre}}"},{"type":"FOOTER","text":"Tienda"}])"};
}
TemplateAction planned(const PlatformTemplate& platform) {
  const std::vector locals{ours()};
  return template_sync::plan(locals, std::vector{platform})->front();
}

TEST(TemplateSync, CreatesWhatThePlatformDoesNotHave) {
  const std::vector locals{ours()};
  auto other = theirs("APPROVED");
  other.language = "es_MX";
  auto deleted = theirs("DELETED");
  const auto action = template_sync::plan(locals, std::vector{other, deleted})->front();
  EXPECT_EQ(action.step, SyncStep::Create);
  EXPECT_EQ(action.body, locals[0].definition);
  EXPECT_FALSE(action.can_send);
}

TEST(TemplateSync, ApprovedAndEqualMaySend) {
  const auto action = planned(theirs("APPROVED"));
  EXPECT_EQ(action.step, SyncStep::Nothing);
  EXPECT_TRUE(action.can_send);
  EXPECT_TRUE(action.notes_es.empty());
}

TEST(TemplateSync, ACategoryThatFlippedAsksAPerson) {
  auto platform = theirs("APPROVED");
  platform.category = "MARKETING";
  platform.ttl_seconds.reset();
  const auto action = planned(platform);
  EXPECT_EQ(action.step, SyncStep::AskPerson);
  EXPECT_FALSE(action.can_send);
  EXPECT_NE(action.notes_es.back().find("MARKETING"), std::string::npos);
}

TEST(TemplateSync, AMissingTimeToLiveIsSetAgain) {
  auto platform = theirs("APPROVED");
  platform.ttl_seconds.reset();
  const auto action = planned(platform);
  EXPECT_EQ(action.step, SyncStep::Edit);
  EXPECT_FALSE(action.can_send);
  EXPECT_EQ(json::parse(action.body), json::parse(R"({"message_send_ttl_seconds":10800})"));
}

TEST(TemplateSync, AnotherTextIsEditedWhereThatIsAllowed) {
  auto platform = theirs("APPROVED");
  platform.components = R"([{"type":"BODY","text":"Otra cosa"}])";
  auto action = planned(platform);
  EXPECT_EQ(action.step, SyncStep::Edit);
  EXPECT_EQ(json::parse(action.body).at("components"), json::parse(kComponents));
  platform.status = "PENDING";
  action = planned(platform);
  EXPECT_EQ(action.step, SyncStep::Wait);
  EXPECT_FALSE(action.can_send);
}

TEST(TemplateSync, StatusesThatDoNotSend) {
  for (const auto& [status, step] :
       std::vector<std::pair<std::string, SyncStep>>{{"PENDING", SyncStep::Wait},
                                                     {"IN_APPEAL", SyncStep::Wait},
                                                     {"PAUSED", SyncStep::Wait},
                                                     {"REJECTED", SyncStep::AskPerson},
                                                     {"DISABLED", SyncStep::AskPerson},
                                                     {"ARCHIVED", SyncStep::AskPerson},
                                                     {"PENDING_DELETION", SyncStep::AskPerson},
                                                     {"FROM_THE_FUTURE", SyncStep::AskPerson}}) {
    const auto action = planned(theirs(status));
    EXPECT_EQ(action.step, step) << status;
    EXPECT_FALSE(action.can_send) << status;
    EXPECT_FALSE(action.notes_es.empty()) << status;
  }
}

TEST(TemplateSync, AnAnnouncedCategoryIsTold) {
  auto platform = theirs("APPROVED");
  platform.correct_category = "MARKETING";
  const auto action = planned(platform);
  EXPECT_TRUE(action.can_send);
  EXPECT_EQ(action.notes_es.size(), 1U);
}

TEST(TemplateSync, ADefinitionThatIsNoJsonIsAnError) {
  EXPECT_FALSE(template_sync::plan(std::vector<LocalTemplate>{{"a", "es", "{"}}, {}));
}

Management management_at(const TestServer& server) {
  return std::move(*Management::open({.base_url = server.url(), .access_token = "t"}, 5000));
}

TEST(Management, ListsAllPages) {
  TestServer server([](const HttpRequest& request) {
    const bool is_second = request.head.find("&after=abc=") != std::string::npos;
    return Reply{http(
        200,
        is_second
            ? R"({"data":[{"id":"2","name":"b","language":"es-CO"}],"paging":{"cursors":{"after":"zz"}}})"
            : R"({"data":[{"id":"1","name":"a","quality_score":{"score":"RED"},"message_send_ttl_seconds":60}],"paging":{"cursors":{"after":"abc="},"next":"http://elsewhere.example/"}})")};
  });
  const auto templates = management_at(server).templates("9001");
  ASSERT_TRUE(templates) << templates.error().message;
  ASSERT_EQ(templates->size(), 2U);
  EXPECT_EQ(templates->at(0).quality, "RED");
  EXPECT_EQ(templates->at(0).ttl_seconds, 60);
  EXPECT_EQ(templates->at(1).language, "es_CO");
  EXPECT_TRUE(
      server.requests()[0].head.starts_with("GET /v26.0/9001/message_templates?fields=id,name"));
}

TEST(Management, ErrorsSayWhatToDo) {
  std::string body;
  int status = 400;
  TestServer server([&](const HttpRequest&) { return Reply{http(status, body)}; });
  auto management = management_at(server);
  const auto code_for = [&](int code) {
    body =
        R"({"error":{"message":"m","type":"OAuthException","code":)" + std::to_string(code) + "}}";
    return management.templates("9001").error().code;
  };
  EXPECT_EQ(code_for(190), ErrorCode::Forbidden);
  EXPECT_EQ(code_for(803), ErrorCode::NotFound);
  EXPECT_EQ(code_for(80007), ErrorCode::Unavailable);
  EXPECT_EQ(code_for(100), ErrorCode::Invalid);
  body = "<html>";
  status = 502;
  EXPECT_EQ(management.templates("9001").error().code, ErrorCode::Unavailable);
  EXPECT_EQ(management.templates("../me").error().code, ErrorCode::Invalid);
}

TEST(Management, ReadsTheNumberAndUploads) {
  TestServer server([](const HttpRequest& request) {
    if (request.head.starts_with("POST")) return Reply{http(200, R"({"id":"1037"})")};
    if (request.head.find("subscribed_apps") != std::string::npos)
      return Reply{
          http(200, R"({"data":[{"whatsapp_business_api_data":{"id":"77","name":"App"}}]})")};
    return Reply{http(
        200,
        R"({"id":"7001","status":"CONNECTED","quality_rating":"GREEN","throughput":{"level":"STANDARD"},"whatsapp_business_manager_messaging_limit":"TIER_2K"})")};
  });
  auto management = management_at(server);
  const auto state = management.number_state("7001");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->status + state->throughput + state->messaging_limit, "CONNECTEDSTANDARDTIER_2K");
  EXPECT_EQ(management.subscribed_app("9001").value(), "77");
  const auto media =
      management.upload_media("7001", {"%PDF-1.7 x", "application/pdf", "factura-1.pdf"});
  ASSERT_TRUE(media) << media.error().message;
  EXPECT_EQ(*media, "1037");
  const auto request = server.requests().back();
  EXPECT_TRUE(request.head.starts_with("POST /v26.0/7001/media "));
  EXPECT_NE(request.body.find(
                "filename=\"factura-1.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 x"),
            std::string::npos);
  EXPECT_NE(request.body.find("name=\"messaging_product\"\r\n\r\nwhatsapp"), std::string::npos);
}

Result<std::string> no_sample() { return fail(ErrorCode::Internal, "no sample is needed"); }

TEST(TemplateSync, ADocumentGoesToReviewWithOneSampleForAll) {
  TestServer server([](const HttpRequest& request) {
    if (request.head.find("subscribed_apps") != std::string::npos)
      return Reply{http(200, R"({"data":[{"whatsapp_business_api_data":{"id":"77"}}]})")};
    if (request.head.starts_with("GET")) return Reply{http(200, R"({"data":[]})")};
    if (request.head.starts_with("POST /v26.0/77/uploads?"))
      return Reply{http(200, R"({"id":"upload:MTph?sig=ARa_-9"})")};
    if (request.head.starts_with("POST /v26.0/upload:MTph?sig=ARa_-9 "))
      return Reply{http(200, R"({"h":"4::aW\n"})")};
    return Reply{http(200, R"({"id":"56","status":"PENDING","category":"UTILITY"})")};
  });
  auto management = management_at(server);
  const std::string definition =
      R"({"name":"NAME","language":"es_CO","category":"UTILITY","components":[{"type":"HEADER","format":"DOCUMENT"},{"type":"BODY","text":"Hola"}]})";
  const std::vector<LocalTemplate> locals{
      {"a_pdf", "es_CO", definition}, ours("plain"), {"b_pdf", "es_CO", definition}};
  int printed = 0;
  const auto actions = template_sync::run(management, "9001", locals, [&]() -> Result<std::string> {
    ++printed;
    return std::string("%PDF sample");
  });
  ASSERT_TRUE(actions) << actions.error().message;
  for (const auto& action : *actions) EXPECT_FALSE(action.has_failed) << action.notes_es.back();
  EXPECT_EQ(printed, 1);
  int uploads = 0;
  for (const auto& request : server.requests()) {
    EXPECT_EQ(request.head.contains("/uploads?"),
              request.head.contains("/uploads?file_length=11&file_type=application/pdf"))
        << request.head;
    if (request.head.find("upload:") == std::string::npos) continue;
    ++uploads;
    EXPECT_TRUE(request.head.contains("file_offset: 0")) << request.head;
    EXPECT_EQ(request.body, "%PDF sample");
  }
  EXPECT_EQ(uploads, 1);
  EXPECT_EQ(json::parse(server.requests().back().body)
                .at("components")
                .at(0)
                .at("example")
                .at("header_handle")
                .at(0),
            "4::aW\n");
}

TEST(TemplateSync, WithoutASampleADocumentIsNotAskedFor) {
  TestServer server([](const HttpRequest& request) {
    return Reply{http(200, request.head.starts_with("GET") ? R"({"data":[]})"
                                                           : R"({"id":"56","status":"PENDING"})")};
  });
  auto management = management_at(server);
  const std::vector<LocalTemplate> locals{
      {"a_pdf", "es_CO", R"({"name":"a","components":[{"type":"HEADER","format":"DOCUMENT"}]})"},
      ours("plain")};
  const auto actions = template_sync::run(management, "9001", locals, no_sample);
  ASSERT_TRUE(actions);
  EXPECT_TRUE(actions->at(0).has_failed);  // No app is subscribed.
  EXPECT_TRUE(actions->at(0).notes_es.back().contains("no app is subscribed"))
      << actions->at(0).notes_es.back();
  EXPECT_FALSE(actions->at(1).has_failed);
}

TEST(TemplateSync, RunsAgainstThePlatform) {
  TestServer server([](const HttpRequest& request) {
    if (request.head.starts_with("GET")) {
      return Reply{http(
          200,
          R"({"data":[{"id":"55","name":"aviso_v1","language":"es_CO","status":"APPROVED","category":"UTILITY","components":)" +
              std::string(kComponents) + "}]}")};
    }
    if (request.head.starts_with("POST /v26.0/55 ")) return Reply{http(200, R"({"success":true})")};
    if (request.body.find("\"cobro_v1\"") != std::string::npos) {
      return Reply{http(200, R"({"id":"56","status":"APPROVED","category":"MARKETING"})")};
    }
    return Reply{http(
        400,
        R"({"error":{"message":"m","code":100,"error_subcode":2388299,"error_user_msg":"Variables al final"}})")};
  });
  auto management = management_at(server);
  const std::vector locals{ours(), ours("cobro_v1"), ours("malo_v1"), ours("peor_v1")};
  const auto actions = template_sync::run(management, "9001", locals, no_sample);
  ASSERT_TRUE(actions) << actions.error().message;
  EXPECT_EQ(actions->at(0).step, SyncStep::Edit);
  EXPECT_FALSE(actions->at(0).has_failed);
  EXPECT_EQ(actions->at(1).template_id, "56");
  EXPECT_FALSE(actions->at(1).can_send);  // Approved, but as marketing.
  EXPECT_TRUE(actions->at(2).has_failed);
  EXPECT_NE(actions->at(2).notes_es.back().find("Variables al final"), std::string::npos);
  EXPECT_TRUE(actions->at(3).has_failed);
}

TEST(TemplateSync, StopsWhenTheTokenIsRefused) {
  TestServer server([](const HttpRequest& request) {
    return request.head.starts_with("GET")
               ? Reply{http(200, R"({"data":[]})")}
               : Reply{http(401, R"({"error":{"message":"m","code":190}})")};
  });
  auto management = management_at(server);
  const auto actions =
      template_sync::run(management, "9001", std::vector{ours("a"), ours("b")}, no_sample);
  ASSERT_TRUE(actions);
  EXPECT_TRUE(actions->at(0).has_failed);
  EXPECT_FALSE(actions->at(1).has_failed);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST(Management, FetchesAFileFromWhereThePlatformSaysWithTheToken) {
  std::string own_url;
  TestServer server([&](const HttpRequest& request) {
    if (request.head.starts_with("GET /v26.0/4711 ")) {
      return Reply{
          http(200, R"({"url":")" + own_url +
                        R"(/_media/4711","mime_type":"image/jpeg","file_size":"4","id":"4711"})")};
    }
    return Reply{request.head.starts_with("GET /_media/4711 ") ? http(200, "\xFF\xD8\xFF\xE0")
                                                               : http(404, "")};
  });
  own_url = server.url();
  auto management = *Management::open({.base_url = server.url(), .access_token = "t"});
  const auto place = management.media_place("4711");
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_EQ(place->size, 4);
  EXPECT_EQ(management.download_media(*place).value_or(""), "\xFF\xD8\xFF\xE0");
  for (const auto& request : server.requests())
    EXPECT_NE(request.head.find("Bearer t\r\n"), std::string::npos);
  EXPECT_EQ(management.download_media({.url = place->url, .size = 17 << 20}).error().code,
            ErrorCode::Invalid);
}

TEST(Management, AsksNobodyElseForAFileAndFollowsNobodyThere) {
  TestServer stranger([](const HttpRequest&) { return Reply{http(200, "x")}; });
  TestServer server([&](const HttpRequest&) {
    return Reply{http(302, "", "Location: " + stranger.url() + "/x\r\n")};
  });
  auto management = *Management::open({.base_url = server.url(), .access_token = "t"});
  for (const std::string& url :
       {stranger.url() + "/x", std::string("https://lookaside.fbsbx.com/x"),
        server.url() + "@" + stranger.url(), std::string()}) {
    const auto file = management.download_media({.url = url});
    ASSERT_FALSE(file) << url;
    EXPECT_EQ(file.error().code, ErrorCode::Forbidden) << url;
  }
  EXPECT_FALSE(management.download_media({.url = server.url() + "/x"}));
  EXPECT_TRUE(stranger.requests().empty());
}

TEST(Management, OnlyMetasHostsGetTheToken) {
  const Endpoint meta;
  for (const std::string_view url :
       {"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
        "https://mmg.whatsapp.net/x"}) {
    EXPECT_TRUE(is_media_address(url, meta)) << url;
  }
  for (const std::string_view url :
       {"http://lookaside.fbsbx.com/x", "https://fbsbx.com.example.com/x",
        "https://example.com/.fbsbx.com", "https://evilfbsbx.com/x",
        "https://a@lookaside.fbsbx.com/x", "https://lookaside.fbsbx.com:8443/x",
        "https://example.com\\.fbsbx.com/x", "https://127.0.0.1/x", "file:///etc/passwd",
        "https://example.com#.fbsbx.com", "https://example.com?.fbsbx.com", "https://.fbsbx.com",
        ""}) {
    EXPECT_FALSE(is_media_address(url, meta)) << url;
  }
}

}  // namespace
}  // namespace puntual::whatsapp
