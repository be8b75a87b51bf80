#include "cli/understand_json.h"

#include <cmath>

#include "base/json.h"
#include "base/money.h"
#include "base/time.h"
#include "base/zone.h"
#include "core/conversation/understand.h"

namespace puntual::cli {
namespace understand_line {
namespace {

std::unexpected<Error> bad(std::string_view field, std::string_view expected) {
  return fail(ErrorCode::Invalid, "{}: missing or not accepted (expected {})", field, expected);
}

// A text that may be left out, or null.
Result<std::string> text_of_member(const json::value& message, std::string_view field,
                                   std::string_view expected) {
  const auto* value = member(message, field);
  if (value == nullptr || value->is_null()) return std::string();
  if (!value->is_string()) return bad(field, expected);
  return std::string(value->get_string());
}

Result<CivilDate> today_of(const json::value& message) {
  ASSIGN_OR_RETURN(const auto now,
                   text_of_member(message, "now", "an instant such as 2026-11-24T10:00:00-05:00"));
  ASSIGN_OR_RETURN(const auto zone_name,
                   text_of_member(message, "zone", "an IANA name such as America/Bogota"));
  const auto at = parse_rfc3339(now);
  if (!at) return bad("now", "an instant such as 2026-11-24T10:00:00-05:00");
  const auto zone = Zone::find(zone_name);
  if (!zone) return bad("zone", "an IANA name such as America/Bogota");
  return zone->local(*at).date;
}

json::object json_of(const Reading& reading) {
  json::object answer;
  answer["intent"] = text_of(reading.intent);
  answer["confidence"] = std::round(reading.confidence * 1000) / 1000;
  json::array also;
  for (const auto one : reading.also) also.emplace_back(text_of(one));
  answer["also"] = std::move(also);
  answer["date"] = nullptr;
  if (reading.date) answer["date"] = format_date(*reading.date);
  answer["amount_minor"] = nullptr;
  if (reading.amount_minor) answer["amount_minor"] = *reading.amount_minor;
  answer["instalments"] = nullptr;
  if (reading.instalments) answer["instalments"] = *reading.instalments;
  answer["decision"] = text_of(reading.decision);
  return answer;
}

}  // namespace
}  // namespace understand_line

Result<std::string> answer_understand_line(std::string_view line) {
  using namespace understand_line;
  ASSIGN_OR_RETURN(const auto message, parse_json(line));
  if (!message.is_object()) return fail(ErrorCode::Invalid, "the line is not a JSON object");
  const auto* said = member(message, "text");
  if (said == nullptr || !said->is_string()) return bad("text", "what the person wrote");
  const std::string text(said->get_string());
  ASSIGN_OR_RETURN(const auto today, today_of(message));
  ASSIGN_OR_RETURN(const auto locale, text_of_member(message, "locale", "a locale such as es-CO"));
  ASSIGN_OR_RETURN(const auto currency,
                   text_of_member(message, "currency", "an ISO 4217 code such as COP"));
  if (!currency.empty() && !Currency::parse(currency))
    return bad("currency", "an ISO 4217 code such as COP");
  ASSIGN_OR_RETURN(const auto asked_text,
                   text_of_member(message, "asked", "identity, date, amount, offer or null"));
  const auto asked = asked_of(asked_text);
  if (!asked) return bad("asked", "identity, date, amount, offer or null");
  Utterance utterance{
      .text = text, .today = today, .locale = locale, .currency = currency, .asked = *asked};
  if (const auto* balance = member(message, "balance_minor");
      balance != nullptr && !balance->is_null()) {
    const auto minor = member_int(message, "balance_minor");
    if (!minor || *minor < 0)
      return bad("balance_minor", "a whole number of minor units, not below zero");
    utterance.balance_minor = *minor;
  }
  json::object answer;
  if (const auto* id = member(message, "id")) answer["id"] = *id;
  for (auto& [key, value] : json_of(conversation::understand(utterance)))
    answer[key] = std::move(value);
  return to_json(answer);
}

}  // namespace puntual::cli
