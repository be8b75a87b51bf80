#include "whatsapp/outcome.h"

#include "base/json_text.h"
#include "whatsapp/errors.h"

namespace puntual::whatsapp {
namespace {

constexpr size_t kDetailMax = 300;

// A 2xx with a message id is an acceptance, even when the connection broke after the last byte of
// it.
bool read_acceptance(SendResult& result, std::string_view body) {
  const auto document = JsonDocument::read(body);
  if (!document) return false;
  const JsonRef root = document->root();
  const JsonRef messages = root["messages"];
  if (!messages.is_array() || messages.begin() == messages.end()) return false;
  const JsonRef message = *messages.begin();
  if (message["id"].kind() != JsonKind::String) return false;
  result.platform_id = message["id"].text();
  if (result.platform_id.empty()) return false;
  result.message_status = message["message_status"].text();
  for (const JsonRef contact : root["contacts"]) {
    if (result.wa_id.empty()) result.wa_id = contact["wa_id"].text();
  }
  return true;
}

std::string describe(const Answer& answer, const std::optional<PlatformError>& error) {
  std::string text =
      answer.http_status == 0 ? "no answer" : fmt::format("HTTP {}", answer.http_status);
  if (error) {
    text += fmt::format(", code {}", error->code);
    if (!error->detail.empty()) text += ": " + error->detail;
    if (!error->trace.empty()) text += " (trace " + error->trace + ")";
  }
  if (!answer.failure.empty()) text.append(", ").append(answer.failure);
  if (!answer.is_body_started) text += ", nothing of the message was sent";
  return text;
}

// Does this answer say that the platform did not take the message?
bool is_refusal(const Answer& answer, const std::optional<PlatformError>& error) {
  if (!error) return false;
  if (answer.http_status >= 400 && answer.http_status < 500) return true;
  return answer.http_status >= 500 && states_refusal(error->code);
}

}  // namespace

std::string blot_numbers(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end - i >= 6) {
      out += "…";
    } else {
      if (end == i) ++end;
      out.append(text.substr(i, end - i));
    }
    i = end;
  }
  return out;
}

std::optional<PlatformError> platform_error(std::string_view body) {
  const auto document = JsonDocument::read(body);
  if (!document) return std::nullopt;
  const JsonRef error = document->root()["error"];
  const auto code = error["code"].integer();
  const bool is_well_formed =
      error["message"].kind() == JsonKind::String || error["type"].kind() == JsonKind::String;
  if (!code || *code < INT32_MIN || *code > INT32_MAX || !is_well_formed) return std::nullopt;
  PlatformError read;
  read.code = static_cast<int>(*code);
  read.is_transient = error["is_transient"].kind() == JsonKind::True;
  std::string detail = error["error_data"]["details"].text();
  if (detail.empty()) detail = error["error_user_msg"].text();
  if (detail.empty()) detail = error["message"].text();
  // A cut in the middle of a character is mended, since the text is stored.
  append_clean_utf8(read.detail, std::string_view(blot_numbers(detail)).substr(0, kDetailMax));
  append_clean_utf8(read.trace, std::string_view(error["fbtrace_id"].text()).substr(0, 64));
  return read;
}

SendResult outcome_of(const Answer& answer) {
  SendResult result;
  result.retry_after_ms = answer.retry_after_ms;
  const bool is_success = answer.http_status >= 200 && answer.http_status < 300;
  if (is_success && answer.is_body_started && read_acceptance(result, answer.body)) {
    result.outcome = SendOutcome::Accepted;
    return result;
  }
  const auto error = platform_error(answer.body);
  if (error) result.error_code = error->code;
  result.detail = describe(answer, error);
  if (is_refusal(answer, error)) {
    result.outcome = SendOutcome::Rejected;
  } else if (!answer.is_body_started) {
    result.outcome = SendOutcome::NotSent;
  } else {
    result.outcome = SendOutcome::Unknown;
  }
  return result;
}

}  // namespace puntual::whatsapp
