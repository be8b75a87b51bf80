#include "on_ramp/sms.h"

#include <algorithm>

#include "base/address.h"
#include "base/json.h"
#include "on_ramp/transfer.h"

namespace puntual::on_ramp {
namespace {

constexpr int64_t kSmsAgainMs = 10 * kMinuteMs;

bool is_header(std::string_view line) {
  const auto is_printable = [](char c) { return c >= ' ' && c < 0x7F; };
  const auto colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 && std::ranges::all_of(line, is_printable);
}

std::string escaped_json(std::string_view text) {
  const std::string quoted = to_json(json::string(text));
  return quoted.substr(1, quoted.size() - 2);
}

// About this number or this text; 401 and 403 are about us, 429 about the moment.
bool is_refusal(long status) {
  return status >= 400 && status < 500 && status != 401 && status != 403 && status != 408 &&
         status != 429;
}

}  // namespace

std::string sms_body(std::string_view body, std::string_view to, std::string_view text) {
  const std::pair<std::string_view, std::string> values[] = {{"{{to}}", escaped_json(to)},
                                                             {"{{text}}", escaped_json(text)}};
  std::string filled;
  while (!body.empty()) {
    const auto* value =
        std::ranges::find_if(values, [&](const auto& one) { return body.starts_with(one.first); });
    filled += value == std::end(values) ? std::string(1, body.front()) : value->second;
    body.remove_prefix(value == std::end(values) ? 1 : value->first.size());
  }
  return filled;
}

Result<std::unique_ptr<Sms>> Sms::open(SmsOptions options) {
  if (!options.url.starts_with("https://") &&
      !(options.url.starts_with("http://") && is_this_machine(options.url))) {
    return fail(ErrorCode::Invalid, "[on_ramp.sms] url = \"{}\" (expected https://…)", options.url);
  }
  if (!options.header.empty() && !is_header(options.header)) {
    return fail(ErrorCode::Invalid,
                "[on_ramp.sms] header_file: expected one line such as \"Authorization: Bearer …\"");
  }
  const bool has_both = options.body.find("{{to}}") != std::string::npos &&
                        options.body.find("{{text}}") != std::string::npos;
  if (!has_both || !parse_json(sms_body(options.body, "+570", "Hola"))) {
    return fail(
        ErrorCode::Invalid,
        "[on_ramp.sms] body is no JSON with {{{{to}}}} and {{{{text}}}} in its strings (such as "
        "'{{\"to\":\"{{{{to}}}}\",\"text\":\"{{{{text}}}}\"}}')");
  }
  return std::unique_ptr<Sms>(new Sms(std::move(options)));
}

SendResult Sms::send(const SendRequest& request, int64_t within_ms) {
  SendResult result;
  result.is_of(request);
  const std::string body = sms_body(options_.body, request.recipient, request.body);
  Transfer transfer(options_.url, body);
  curl_easy_setopt(transfer.easy(), CURLOPT_POST, 1L);
  curl_easy_setopt(transfer.easy(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(body.size()));
  transfer.add_header("Content-Type: application/json");
  transfer.add_header("Expect:");
  if (!options_.header.empty()) transfer.add_header(options_.header);
  const Seen seen = transfer.run(within_ms);
  result.error_code = static_cast<int>(seen.status);
  result.detail = curl_easy_strerror(seen.code);
  const bool was_turned_away = seen.status == 401 || seen.status == 403 || seen.status == 429;
  if (seen.status >= 200 && seen.status < 300) {
    result.outcome = SendOutcome::Accepted;
    result.platform_id = "sms:" + request.attempt_id;
    result.error_code = 0;
  } else if (is_refusal(seen.status)) {
    result.outcome = SendOutcome::Rejected;
  } else if (!seen.is_body_started || was_turned_away) {
    result.outcome = SendOutcome::NotSent;
    if (!seen.is_late) result.retry_after_ms = kSmsAgainMs;
  }
  return result;
}

}  // namespace puntual::on_ramp
