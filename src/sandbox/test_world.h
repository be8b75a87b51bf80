// A small world for the sandbox's tests: one platform, a clock that only moves when told to, and
// what the webhooks have said so far.
#pragma once

#include <gtest/gtest.h>

#include "base/json.h"
#include "sandbox/platform.h"

namespace puntual::sandbox {

using Names = std::vector<std::string>;

inline constexpr std::string_view kAna = "+573001234567";

inline PlatformOptions quick_options() {
  PlatformOptions options;
  options.sent_after = {100, 100};
  options.delivered_after = {1'000, 1'000};
  options.read_after = {5'000, 5'000};
  options.read_ppm = 1'000'000;
  options.base_url = "http://127.0.0.1:1";
  return options;
}

class World : public testing::Test {
 protected:
  explicit World(PlatformOptions options = quick_options())
      : platform(std::make_unique<Platform>(std::move(options))) {}

  ApiResponse call(std::string_view method, std::string_view target, std::string_view body = {},
                   std::string_view content_type = "application/json") {
    return platform->handle({.method = method,
                             .target = target,
                             .authorization = "Bearer sandbox-token",
                             .content_type = content_type,
                             .body = body},
                            now);
  }
  ApiResponse send(std::string_view body) {
    return call("POST", "/v26.0/106540352242922/messages", body);
  }
  // A message with this recipient, type and content.
  ApiResponse send_to(std::string_view to, std::string_view type, std::string_view content,
                      std::string_view extra = {}) {
    return send(fmt::format(R"({{"messaging_product":"whatsapp","to":"{}","type":"{}","{}":{}{}}})",
                            to, type, type, content, extra));
  }
  ApiResponse send_text(std::string_view to, std::string_view text = "Hola") {
    return send_to(to, "text", fmt::format(R"({{"body":"{}"}})", text));
  }
  ApiResponse send_template(std::string_view to, std::string_view components = "[]",
                            std::string_view name = "aviso", std::string_view language = "es_CO") {
    return send_to(to, "template",
                   fmt::format(R"({{"name":"{}","language":{{"code":"{}"}},"components":{}}})",
                               name, language, components));
  }
  ApiResponse control(std::string_view verb, std::string_view body) {
    return call("POST", fmt::format("/_sandbox/{}", verb), body);
  }
  ApiResponse create_template(std::string_view definition) {
    return call("POST", "/v26.0/102290129340398/message_templates", definition);
  }
  void says(std::string_view from, std::string_view text) {
    ASSERT_TRUE(platform->act({.from = std::string(from), .text = std::string(text)}, now));
  }
  // Lets time pass and collects the changes of the webhooks, answered 200 each.
  std::vector<json::value> after(int64_t ms) {
    now = now + ms;
    std::vector<json::value> changes;
    for (const auto& delivery : platform->advance(now)) {
      platform->delivered(delivery.id, 200, now);
      const auto body = parse_json(delivery.body);
      EXPECT_TRUE(body) << delivery.body;
      for (const auto& entry : *member_array(*body, "entry")) {
        for (const auto& change : *member_array(entry, "changes")) changes.push_back(change);
      }
    }
    return changes;
  }
  // "sent", "delivered", "failed 131026", … in the order they came.
  std::vector<std::string> statuses_after(int64_t ms) {
    std::vector<std::string> found;
    for (const auto& change : after(ms)) {
      const auto* list = member_array(*member(change, "value"), "statuses");
      if (list == nullptr) continue;
      const auto& status = list->front();
      std::string text = *member_text(status, "status");
      if (const auto* errors = member_array(status, "errors"))
        text += " " + *member_text(errors->front(), "code");
      found.push_back(std::move(text));
    }
    return found;
  }

  static int code_of(const ApiResponse& response) {
    const auto body = parse_json(response.body);
    const auto* error = body ? member(*body, "error") : nullptr;
    return error == nullptr ? 0 : static_cast<int>(member_int(*error, "code").value_or(-1));
  }
  static std::string wamid(const ApiResponse& response) {
    const auto body = parse_json(response.body);
    const auto* messages = body ? member_array(*body, "messages") : nullptr;
    return messages == nullptr ? std::string() : member_text(messages->front(), "id").value_or("");
  }

  Instant now = *parse_rfc3339("2026-11-24T15:00:00Z");
  std::unique_ptr<Platform> platform;
};

// A world with one approved template, with all that a message of it needs.
class Sending : public World {
 protected:
  void SetUp() override {
    ASSERT_TRUE(platform->add_template(
        R"({"name":"aviso","language":"es_CO","category":"UTILITY","parameter_format":"NAMED",
      "components":[{"type":"BODY","text":"Hola {{nombre}}, tu factura por {{monto}} vence pronto. Gracias por tu atención.",
      "example":{"body_text_named_params":[{"param_name":"nombre","example":"Ana"},{"param_name":"monto","example":"$ 1"}]}},
      {"type":"BUTTONS","buttons":[{"type":"URL","text":"Pagar","url":"https://pagos.example.com/{{1}}","example":["abc"]},
      {"type":"QUICK_REPLY","text":"Ya pagué"}]}]})",
        now));
  }
  static std::string parameters(std::string_view name = "Ana",
                                std::string_view amount = "$ 120.000") {
    return fmt::format(
        R"([{{"type":"body","parameters":[{{"type":"text","parameter_name":"nombre","text":"{}"}},
      {{"type":"text","parameter_name":"monto","text":"{}"}}]}},
      {{"type":"button","sub_type":"url","index":"0","parameters":[{{"type":"text","text":"f-1"}}]}},
      {{"type":"button","sub_type":"quick_reply","index":"1","parameters":[{{"type":"payload","payload":"YA_PAGUE"}}]}}])",
        name, amount);
  }
};

}  // namespace puntual::sandbox
