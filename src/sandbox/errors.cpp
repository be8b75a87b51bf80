#include "sandbox/errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

namespace puntual::sandbox {
namespace {

// Sorted by code. HTTP statuses are the likeliest ones: Meta's page of 2026 no longer states them.
constexpr CodeInfo kCodes[] = {
    {0, 401, "AuthException"},
    {1, 500, "API Unknown"},
    {2, 503, "API Service"},
    {3, 403, "API Method"},
    {4, 429, "API Too Many Calls"},
    {10, 403, "Permission Denied"},
    {17, 429, "User request limit reached"},
    {33, 400, "Parameter value is not valid"},
    {100, 400, "Invalid parameter"},
    {104, 401, "An access token is required to request this resource."},
    {190, 401, "Access token has expired"},
    {200, 403, "API Permission"},
    {368, 403, "Temporarily blocked for policies violations"},
    {613, 429, "Calls to this api have exceeded the rate limit"},
    {803, 404, "Some of the aliases you requested do not exist"},
    {2500, 400, "Unknown path components"},
    {80007, 429, "Rate limit issues"},
    {130403, 400, "Cannot message a user that the business has blocked"},
    {130429, 429, "Rate limit hit"},
    {130472, 400, "User's number is part of an experiment"},
    {130497, 403, "Business account is restricted from messaging users in this country"},
    {131000, 500, "Something went wrong"},
    {131005, 403, "Access denied"},
    {131008, 400, "Required parameter is missing"},
    {131009, 400, "Parameter value is not valid"},
    {131016, 503, "Service unavailable"},
    {131021, 400, "Recipient cannot be sender"},
    {131026, 400, "Message undeliverable"},
    {131030, 400, "Recipient phone number not in allowed list"},
    {131031, 403, "Account has been locked"},
    {131037, 400, "Display name approval is required"},
    {131042, 400, "Business eligibility payment issue"},
    {131045, 400, "Incorrect certificate"},
    {131047, 400, "Re-engagement message"},
    {131048, 400, "Spam rate limit hit"},
    {131049, 400, "This message was not delivered to maintain healthy ecosystem engagement"},
    {131050, 400, "User has stopped marketing messages from this business"},
    {131051, 400, "Unsupported message type"},
    {131052, 400, "Media download error"},
    {131053, 400, "Media upload error"},
    {131055, 400, "Method not allowed"},
    {131056, 400, "(Business Account, Consumer Account) pair rate limit hit"},
    {131057, 503, "Account in maintenance mode"},
    {131062, 400, "Business-scoped user id is not supported for this message"},
    {131063, 400, "Marketing messages are disabled for this account"},
    {131064, 400, "Rate limit hit because of template misclassification"},
    {132000, 400, "Number of parameters does not match the expected number of params"},
    {132001, 404, "Template name does not exist in the translation"},
    {132005, 400, "Translated text too long"},
    {132007, 400, "Template content policy violated"},
    {132008, 400, "Parameter value is not valid"},
    {132012, 400, "Parameter format does not match format in the created template"},
    {132015, 400, "Template is paused"},
    {132016, 400, "Template is disabled"},
    {132018, 400, "There is an issue with the parameters in your template"},
    {132068, 400, "Flow is in blocked state"},
    {132069, 400, "Flow is in throttled state"},
    {133000, 500, "Incomplete deregistration"},
    {133004, 503, "Server temporarily unavailable"},
    {133005, 400, "Two step verification PIN mismatch"},
    {133006, 400, "Phone number re-verification needed"},
    {133008, 400, "Too many two step verification PIN guesses"},
    {133009, 400, "Two step verification PIN guessed too fast"},
    {133010, 400, "Phone number not registered"},
    {133015, 400, "Please wait before registering this phone number"},
    {133016, 400, "Account register/deregister rate limit exceeded"},
    {134011, 400, "Payments terms of service have not been accepted"},
    {135000, 400, "Generic user error"},
    {137000, 400, "Recipient identity key hash mismatch"},
    {139200, 403, "Direct send is blocked"},
    {2494100, 503, "Account in maintenance mode"},
};

std::string_view type_of(const GraphError& error) {
  return error.code == 100 && error.subcode == 33 ? "GraphMethodException" : "OAuthException";
}

// Reads one code point of UTF-8; a broken byte stands for itself.
uint32_t next_code_point(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0};
  };
  const uint8_t first = byte(at);
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  uint32_t value = more == 0 ? first : first & (0x3F >> more);
  for (int i = 1; i <= more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return ++at, first;
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  at += more + 1;
  return value;
}

void append_escaped(std::string& out, uint32_t point) {
  if (point < 0x10000) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", point);
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD7C0 + (point >> 10),
                   0xDC00 + (point & 0x3FF));
  }
}

}  // namespace

CodeInfo code_info(int code) {
  const auto* found = std::ranges::lower_bound(kCodes, code, {}, &CodeInfo::code);
  if (found != std::end(kCodes) && found->code == code) return *found;
  return {code, 400, "Something went wrong"};
}

ApiResponse error_response(const GraphError& error) {
  const CodeInfo info = code_info(error.code);
  std::string body = fmt::format(R"({{"error":{{"message":"(#{}) {}","type":"{}","code":{})",
                                 error.code, info.title, type_of(error), error.code);
  body += R"(,"error_data":{"messaging_product":"whatsapp","details":)";
  append_quoted(body, error.details.empty() ? info.title : std::string_view(error.details));
  body += '}';
  if (error.subcode != 0) body += fmt::format(R"(,"error_subcode":{})", error.subcode);
  if (!error.user_title.empty()) body += R"(,"error_user_title":)" + json_quoted(error.user_title);
  if (!error.user_message.empty())
    body += R"(,"error_user_msg":)" + json_quoted(error.user_message);
  if (error.is_transient) body += fmt::format(R"(,"is_transient":{})", *error.is_transient);
  const size_t trace = std::hash<std::string_view>()(body);
  body += fmt::format(R"(,"fbtrace_id":"A{:016x}"}}}})", trace);
  return {.status = error.http_status != 0 ? error.http_status : info.http_status,
          .body = std::move(body)};
}

std::string webhook_error(int code, std::string_view details) {
  const std::string title = json_quoted(code_info(code).title);
  return fmt::format(
      R"({{"code":{},"title":{},"message":{},"error_data":{{"details":{}}},"href":{}}})", code,
      title, title, json_quoted(details.empty() ? code_info(code).title : details),
      json_quoted(
          "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/"
          "error-codes"));
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\\' || c == '/') {
      out += '\\';
      out += c;
      ++at;
    } else if (c >= 0x20 && c < 0x7F) {
      out += c;
      ++at;
    } else {
      append_escaped(out, next_code_point(text, at));
    }
  }
  out += '"';
}

std::string respelled(std::string_view json_text) {
  std::string out;
  out.reserve(json_text.size() + 16);
  for (size_t at = 0; at < json_text.size();) {
    const char c = json_text[at];
    if (c == '/') out += '\\';
    if (static_cast<uint8_t>(c) < 0x80) {
      out += c;
      ++at;
    } else {
      append_escaped(out, next_code_point(json_text, at));
    }
  }
  return out;
}

std::string json_quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_quoted(out, text);
  return out;
}

size_t count_code_points(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace puntual::sandbox
