// puntual webhook parse: what the webhooks of WhatsApp say, for integrators who debug one.
#include "base/json.h"
#include "base/json_text.h"
#include "cli/command.h"
#include "whatsapp/webhook.h"

namespace puntual::cli {
namespace {

std::string_view verdict_text(whatsapp::SignatureVerdict verdict) {
  switch (verdict) {
    case whatsapp::SignatureVerdict::Valid:
      return "valid";
    case whatsapp::SignatureVerdict::Invalid:
      return "invalid";
    case whatsapp::SignatureVerdict::Absent:
      return "absent";
  }
  return "absent";
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object update_json(const whatsapp::Update& update) {
  json::array codes;
  for (const int code : update.error_codes) codes.emplace_back(code);
  return {{"kind", whatsapp::text_of(update.kind)},
          {"type", update.type},
          {"platform_id", text_or_null(update.platform_id)},
          {"person",
           {{"phone", text_or_null(update.phone)}, {"user_id", text_or_null(update.user_id)}}},
          {"at", update.at ? json::value(format_utc(*update.at)) : json::value(nullptr)},
          {"text", text_or_null(update.text)},
          {"payload", text_or_null(update.payload)},
          {"attempt_id", text_or_null(update.attempt_id)},
          {"error_codes", std::move(codes)}};
}

// A body that cannot be read is one update that nobody knows: it has arrived and must not be lost.
json::array updates_json(std::string_view body) {
  json::array list;
  if (const auto updates = whatsapp::parse_webhook(body)) {
    for (const auto& update : *updates) list.push_back(update_json(update));
  } else {
    whatsapp::Update unreadable;
    unreadable.type = "unreadable";
    list.push_back(update_json(unreadable));
  }
  return list;
}

struct WebhookLine {
  json::value id;
  std::string signature;
  std::string body;
};

// A line whose body holds what is not Unicode (lone surrogates, stray bytes) is still read: what
// arrived must not be lost for that, though its signature cannot be right then.
Result<WebhookLine> read_unclean_line(std::string_view line) {
  ASSIGN_OR_RETURN(const auto document, JsonDocument::read(line));
  const auto root = document.root();
  if (root["body"].kind() != JsonKind::String) {
    return fail(ErrorCode::Invalid,
                "body: not there or not a string (expected the webhook's bytes)");
  }
  const auto id = parse_json(root["id"].raw());
  return WebhookLine{id ? *id : json::value(nullptr), root["signature"].text(),
                     root["body"].text()};
}

Result<WebhookLine> read_webhook_line(std::string_view line) {
  const auto input = parse_json(line);
  if (!input) return read_unclean_line(line);
  const auto* body = member(*input, "body");
  if (body == nullptr || !body->is_string()) {
    return fail(ErrorCode::Invalid,
                "body: not there or not a string (expected the webhook's bytes)");
  }
  const auto* signature = member(*input, "signature");
  if (signature != nullptr && !signature->is_string() && !signature->is_null()) {
    return fail(ErrorCode::Invalid,
                "signature: not a string (expected the value of X-Hub-Signature-256 or null)");
  }
  const auto* id = member(*input, "id");
  return WebhookLine{id == nullptr ? json::value(nullptr) : *id,
                     member_text(*input, "signature").value_or(""),
                     std::string(body->get_string())};
}

Result<std::string> answer_webhook(std::string_view line, const std::vector<std::string>& secrets) {
  ASSIGN_OR_RETURN(const WebhookLine input, read_webhook_line(line));
  const auto verdict = whatsapp::verify_signature(input.signature, input.body, secrets);
  return to_json(json::object{{"id", input.id},
                              {"signature", verdict_text(verdict)},
                              {"updates", updates_json(input.body)}});
}

}  // namespace

Command webhook_parse_command() {
  return {
      .name = "webhook parse",
      .summary = "Say what WhatsApp webhooks hold (JSON lines from stdin)",
      .options = {{"--app-secret-file", "F", "File with the app secret that signs webhooks", true}},
      .examples =
          "  puntual webhook parse --app-secret-file secret.txt < webhooks.jsonl\n"
          "  a line in:  "
          "{\"id\":\"w1\",\"signature\":\"sha256=…\",\"body\":\"{\\\"object\\\":…}\"}",
      .run = [](const Arguments& arguments) -> Result<int> {
        ASSIGN_OR_RETURN(std::string secret, read_secret_file(arguments.text("--app-secret-file")));
        const std::vector<std::string> secrets{std::move(secret)};
        return answer_json_lines(
            [&secrets](std::string_view line) { return answer_webhook(line, secrets); });
      }};
}

}  // namespace puntual::cli
