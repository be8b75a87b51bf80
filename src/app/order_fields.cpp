#include "app/order_fields.h"

#include <algorithm>

namespace puntual {
namespace {

constexpr size_t kLoginBytesMax = 64;

}  // namespace

Result<void> check_login(std::string_view field, std::string_view login) {
  const bool is_plain =
      login.size() <= kLoginBytesMax &&
      std::ranges::none_of(login, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (is_plain) return {};
  return fail(ErrorCode::Invalid, "{}: a login of up to {} bytes without line breaks is expected",
              field, kLoginBytesMax);
}

Result<OrderFields> OrderFields::parse(std::string_view body, Zone zone, Instant now) {
  ASSIGN_OR_RETURN(json::value document, parse_json(body.empty() ? std::string_view("{}") : body));
  if (!document.is_object()) return fail(ErrorCode::Invalid, "a JSON object is expected");
  return OrderFields(std::move(document.get_object()), zone, now);
}

Result<std::string> OrderFields::text(std::string_view name, std::string_view fallback) {
  const auto found = object_.find(name);
  if (found == object_.end()) return std::string(fallback);
  if (!found->value().is_string()) return fail(ErrorCode::Invalid, "{}: a text is expected", name);
  std::string value(found->value().get_string());
  object_.erase(found);
  return value;
}

Result<std::string> OrderFields::needed(std::string_view name, std::string_view what) {
  ASSIGN_OR_RETURN(std::string value, text(name));
  if (value.empty()) return fail(ErrorCode::Invalid, "{} is missing ({})", name, what);
  return value;
}

Result<std::string> OrderFields::login() {
  ASSIGN_OR_RETURN(std::string by, needed("by", "who does so: their login"));
  RETURN_IF_ERROR(check_login("by", by));
  return by;
}

Result<bool> OrderFields::flag(std::string_view name) {
  const auto found = object_.find(name);
  if (found == object_.end()) return false;
  const bool is_yes = found->value() == json::value(true) || found->value() == json::value("true");
  if (!is_yes && found->value() != json::value(false))
    return fail(ErrorCode::Invalid, "{}: true or false is expected", name);
  object_.erase(found);
  return is_yes;
}

Result<std::vector<std::string>> OrderFields::texts(std::string_view name) {
  std::vector<std::string> values;
  const auto found = object_.find(name);
  if (found == object_.end()) return values;
  const auto* all = found->value().if_array();
  if (all == nullptr ||
      std::ranges::any_of(*all, [](const json::value& one) { return !one.is_string(); }))
    return fail(ErrorCode::Invalid, "{}: a list of texts is expected", name);
  for (const auto& one : *all) values.emplace_back(one.get_string());
  object_.erase(found);
  return values;
}

json::array OrderFields::list(std::string_view name) {
  const auto found = object_.find(name);
  if (found == object_.end() || !found->value().is_array()) return {};
  json::array all = std::move(found->value().get_array());
  object_.erase(found);
  return all;
}

Result<Instant> OrderFields::moment(std::string_view name) {
  ASSIGN_OR_RETURN(const std::string value, text(name));
  if (value.empty()) return now_;
  constexpr size_t kDay = 10, kWithoutZone = 19;  // 2026-11-27, 2026-11-27T09:00:00
  if (value.size() > kDay && value.size() != kWithoutZone) return parse_rfc3339(value);
  ASSIGN_OR_RETURN(const CivilDate date, parse_date(std::string_view(value).substr(0, kDay)));
  if (value.size() == kDay) return zone_.instant(date, 0);
  ASSIGN_OR_RETURN(const Instant as_utc, parse_rfc3339(value + "Z"));
  return zone_.instant(
      date, static_cast<int32_t>(as_utc - *parse_rfc3339(value.substr(0, kDay) + "T00:00:00Z")));
}

Result<Instant> OrderFields::moment_at_latest(std::string_view name) {
  const auto found = object_.find(name);
  const bool is_day = found != object_.end() && found->value().is_string() &&
                      found->value().get_string().size() <= 10;
  ASSIGN_OR_RETURN(const Instant at, moment(name));
  return is_day && at <= now_ ? std::min(now_, zone_.instant(zone_.local(at).date + 1, 0)) : at;
}

Result<std::optional<Channel>> OrderFields::channel() {
  ASSIGN_OR_RETURN(const std::string name, text("channel"));
  if (name.empty() || name == "all") return std::nullopt;
  const auto channel = channel_of(name);
  if (!channel)
    return fail(ErrorCode::Invalid,
                "channel '{}' (expected whatsapp, sms, email, voice, visit, letter or all)", name);
  return channel;
}

Result<void> OrderFields::end() const {
  if (object_.empty()) return {};
  return fail(ErrorCode::Invalid, "unknown field '{}' (the command's --help tells what there is)",
              std::string(object_.begin()->key()));
}

}  // namespace puntual
