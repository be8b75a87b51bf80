#include "cli/gate_json.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "core/compliance/rule_book.h"
#include "core/compliance/rules_asked.h"

namespace puntual::cli {
namespace gate_line {
namespace {

constexpr std::string_view kPurposes =
    "pre_due, overdue, payment_confirmation, reply, identity_check, authentication, bureau_notice, "
    "optout_ack";
constexpr std::string_view kChannelNames = "whatsapp, sms, email, voice, visit, letter";
constexpr std::string_view kRoles =
    "debtor, co_debtor, guarantor, third_party, reference, beneficiary, employer, minor";
constexpr std::string_view kStatuses =
    "refused, accepted, sent, delivered, read, failed, uncertain";
constexpr std::string_view kFlags =
    "paid, disputed, served_in_court, insolvency, deceased, utility_claim_open";

// The member, or null when it is absent or null.
const json::value* given(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::unexpected<Error> bad(std::string_view field, const json::value& value,
                           std::string_view expected) {
  return fail(ErrorCode::Invalid, "{}: {} is not accepted (expected {})", field, to_json(value),
              expected);
}
std::unexpected<Error> missing(std::string_view field, std::string_view expected) {
  return fail(ErrorCode::Invalid, "{}: missing (expected {})", field, expected);
}

// A misspelt member would be a fact left out, and what is left out may be favourable. Remarks that
// decide nothing may stand anywhere.
Result<void> only_members(const json::value& value, std::initializer_list<std::string_view> known,
                          std::string_view where = {}) {
  static constexpr std::array<std::string_view, 4> kRemarks = {"id", "note", "comment", "expect"};
  if (!value.is_object()) return {};
  for (const auto& [key, ignored] : value.get_object()) {
    const std::string_view name = key;
    if (std::ranges::find(known, name) != known.end() ||
        std::ranges::find(kRemarks, name) != kRemarks.end())
      continue;
    const std::string_view near = closest_word(name, {known.begin(), known.size()});
    return fail(ErrorCode::Invalid, "{}{}{}: unknown member ({}expected {})", where,
                where.empty() ? "" : ".", name,
                near.empty() ? "" : fmt::format("did you mean '{}'? ", near),
                fmt::join(known, ", "));
  }
  return {};
}

Result<std::string> read_text_member(const json::value& object, std::string_view key,
                                     std::string_view where = {}) {
  const auto* value = given(object, key);
  if (value == nullptr) return std::string();
  if (!value->is_string()) return bad(where.empty() ? key : where, *value, "a text");
  return std::string(value->get_string());
}

Result<Instant> as_instant(const json::value& value, std::string_view field) {
  if (!value.is_string()) return bad(field, value, "an instant such as 2026-11-24T16:00:00-05:00");
  const auto at = parse_rfc3339(value.get_string());
  if (!at) return fail(ErrorCode::Invalid, "{}: {}", field, at.error().message);
  return *at;
}

Result<std::optional<Instant>> read_instant(const json::value& object, std::string_view key,
                                            std::string_view field) {
  const auto* value = given(object, key);
  if (value == nullptr) return std::optional<Instant>();
  ASSIGN_OR_RETURN(const Instant at, as_instant(*value, field));
  return std::optional(at);
}

// A value of a closed list; `fallback` when absent, an error when there is none.
template <class Value>
Result<Value> read_choice(const json::value& object, std::string_view key, std::string_view field,
                          std::optional<Value> (*choose)(std::string_view),
                          std::string_view accepted, std::optional<Value> fallback) {
  const auto* value = given(object, key);
  if (value == nullptr) {
    if (fallback) return *fallback;
    return missing(field, accepted);
  }
  const auto chosen = value->is_string() ? choose(value->get_string()) : std::nullopt;
  if (!chosen) return bad(field, *value, accepted);
  return *chosen;
}

Result<bool> read_flag(const json::value& object, std::string_view key) {
  const auto* value = given(object, key);
  if (value == nullptr) return false;
  if (!value->is_bool()) return bad(key, *value, "true or false");
  return value->get_bool();
}

Result<void> read_zones(const json::value& object, GateInput& input) {
  const auto* value = given(object, "zones");
  if (value == nullptr) return {};
  if (!value->is_array())
    return bad("zones", *value, "a list of IANA names such as America/Bogota");
  for (const auto& name : value->get_array()) {
    if (!name.is_string()) return bad("zones", name, "an IANA name such as America/Bogota");
    const auto zone = Zone::find(name.get_string());
    if (!zone) return fail(ErrorCode::Invalid, "zones: {}", zone.error().message);
    input.zones.push_back(*zone);
  }
  return {};
}

Result<void> read_one_consent(const json::value& value, std::string_view channel,
                              ChannelConsent& consent) {
  if (value.is_null()) return {};
  const std::string field = fmt::format("consent.{}", channel);
  if (!value.is_object())
    return bad(field, value, R"(an object with granted_at, instrument, revoked_at, or null)");
  RETURN_IF_ERROR(only_members(value, {"granted_at", "instrument", "revoked_at"}, field));
  ASSIGN_OR_RETURN(const auto granted_at, read_instant(value, "granted_at", field + ".granted_at"));
  ASSIGN_OR_RETURN(consent.revoked_at, read_instant(value, "revoked_at", field + ".revoked_at"));
  ASSIGN_OR_RETURN(consent.instrument,
                   read_text_member(value, "instrument", field + ".instrument"));
  consent.granted = granted_at.has_value();
  if (granted_at) consent.granted_at = *granted_at;
  return {};
}

Result<void> read_consent(const json::value& object, ContactRequest& request) {
  const auto* value = given(object, "consent");
  if (value == nullptr) return {};
  if (value->is_string() && value->get_string() == "authorised") return {};
  request.consent_for_all = false;
  if (value->is_string() && value->get_string() == "none") return {};
  if (!value->is_object())
    return bad("consent", *value, R"("authorised", "none", or an object by channel)");
  for (const auto& [name, consent] : value->get_object()) {
    const auto channel = channel_of(name);
    if (!channel)
      return fail(ErrorCode::Invalid, "consent: '{}' is not a channel (expected {})",
                  std::string_view(name), kChannelNames);
    RETURN_IF_ERROR(
        read_one_consent(consent, name, request.consent[static_cast<size_t>(*channel)]));
  }
  return {};
}

Result<void> read_optout(const json::value& object, ContactRequest& request) {
  const auto* value = given(object, "optout");
  if (value == nullptr) return {};
  if (value->is_string() && value->get_string() == "none") return {};
  if (value->is_string() && value->get_string() == "all") {
    request.optout_all = true;
    return {};
  }
  if (!value->is_array()) return bad("optout", *value, R"("none", "all", or a list of channels)");
  for (const auto& name : value->get_array()) {
    const auto channel = name.is_string() ? channel_of(name.get_string()) : std::nullopt;
    if (!channel) return bad("optout", name, kChannelNames);
    request.optout_channels |= static_cast<uint8_t>(1U << static_cast<int>(*channel));
  }
  return {};
}

// "19:00", up to "24:00".
Result<int32_t> read_clock(const json::value& interval, std::string_view key) {
  const std::string field = fmt::format("consumer_hours.intervals.{}", key);
  const auto* value = given(interval, key);
  if (value == nullptr) return missing(field, "HH:MM");
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!value->is_string()) return bad(field, *value, "HH:MM");
  const std::string_view text = value->get_string();
  if (text.size() != 5 || text[2] != ':' || !digit(text[0]) || !digit(text[1]) || !digit(text[3]) ||
      !digit(text[4])) {
    return bad(field, *value, "HH:MM");
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60)
    return bad(field, *value, "HH:MM from 00:00 to 24:00");
  return static_cast<int32_t>((hour * 60 + minute) * kMinuteMs);
}

Result<HoursInterval> read_interval(const json::value& value) {
  static constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu",
                                                            "fri", "sat", "sun"};
  constexpr std::string_view kAccepted = "mon, tue, wed, thu, fri, sat, sun";
  HoursInterval interval;
  RETURN_IF_ERROR(only_members(value, {"days", "from", "to"}, "consumer_hours.intervals"));
  const auto* days = member_array(value, "days");
  if (days == nullptr) return missing("consumer_hours.intervals.days", kAccepted);
  for (const auto& day : *days) {
    const auto* found =
        day.is_string() ? std::find(kDays.begin(), kDays.end(), std::string_view(day.get_string()))
                        : kDays.end();
    if (found == kDays.end()) return bad("consumer_hours.intervals.days", day, kAccepted);
    interval.weekdays |= static_cast<uint8_t>(1U << (found - kDays.begin()));
  }
  ASSIGN_OR_RETURN(interval.from_ms, read_clock(value, "from"));
  ASSIGN_OR_RETURN(interval.to_ms, read_clock(value, "to"));
  if (interval.from_ms >= interval.to_ms) {
    return bad("consumer_hours.intervals", value, "'from' before 'to' on the same day");
  }
  return interval;
}

Result<void> read_consumer_hours(const json::value& object, GateInput& input) {
  const auto* value = given(object, "consumer_hours");
  if (value == nullptr) return {};
  const auto* intervals = member_array(*value, "intervals");
  if (intervals == nullptr)
    return bad("consumer_hours", *value, "an object with a list 'intervals'");
  RETURN_IF_ERROR(only_members(*value,
                               {"intervals", "asked_at", "instrument", "separate_instrument",
                                "after_contract", "names_sundays_holidays"},
                               "consumer_hours"));
  for (const auto& one : *intervals) {
    ASSIGN_OR_RETURN(const auto interval, read_interval(one));
    input.consumer_hours.intervals.push_back(interval);
  }
  ASSIGN_OR_RETURN(input.consumer_hours.asked_at,
                   read_instant(*value, "asked_at", "consumer_hours.asked_at"));
  ASSIGN_OR_RETURN(input.consumer_hours.separate_instrument,
                   read_flag(*value, "separate_instrument"));
  ASSIGN_OR_RETURN(input.consumer_hours.after_contract, read_flag(*value, "after_contract"));
  ASSIGN_OR_RETURN(input.consumer_hours.names_sundays_holidays,
                   read_flag(*value, "names_sundays_holidays"));
  input.request.consumer_hours = &input.consumer_hours;
  return {};
}

std::optional<Direction> direction_of(std::string_view text) {
  if (text == "out") return Direction::Out;
  if (text == "in") return Direction::In;
  return std::nullopt;
}

Result<Contact> read_contact(const json::value& value) {
  if (!value.is_object()) return bad("history", value, "an object");
  RETURN_IF_ERROR(
      only_members(value, {"at", "direction", "channel", "purpose", "status"}, "history"));
  Contact contact;
  ASSIGN_OR_RETURN(const auto at, read_instant(value, "at", "history.at"));
  if (!at) return missing("history.at", "an instant such as 2026-11-24T16:00:00-05:00");
  contact.at = *at;
  ASSIGN_OR_RETURN(contact.direction,
                   read_choice<Direction>(value, "direction", "history.direction", direction_of,
                                          "out, in", std::nullopt));
  ASSIGN_OR_RETURN(contact.channel, read_choice<Channel>(value, "channel", "history.channel",
                                                         channel_of, kChannelNames, std::nullopt));
  // What is not said counts: a contact without a purpose was a collection.
  ASSIGN_OR_RETURN(contact.purpose, read_choice<Purpose>(value, "purpose", "history.purpose",
                                                         purpose_of, kPurposes, Purpose::Overdue));
  ASSIGN_OR_RETURN(contact.status,
                   read_choice<ContactStatus>(value, "status", "history.status", contact_status_of,
                                              kStatuses, ContactStatus::Accepted));
  return contact;
}

Result<void> read_past(const json::value& object, GateInput& input) {
  if (const auto* value = given(object, "history")) {
    if (!value->is_array()) return bad("history", *value, "a list of contacts");
    for (const auto& one : value->get_array()) {
      ASSIGN_OR_RETURN(const auto contact, read_contact(one));
      input.history.push_back(contact);
    }
  }
  if (const auto* value = given(object, "last_inbound")) {
    if (!value->is_object()) return bad("last_inbound", *value, R"({"at":…,"channel":…})");
    RETURN_IF_ERROR(only_members(*value, {"at", "channel"}, "last_inbound"));
    ASSIGN_OR_RETURN(input.request.last_inbound_at, read_instant(*value, "at", "last_inbound.at"));
    if (!input.request.last_inbound_at) return missing("last_inbound.at", "an instant");
    ASSIGN_OR_RETURN(input.request.last_inbound_channel,
                     read_choice<Channel>(*value, "channel", "last_inbound.channel", channel_of,
                                          kChannelNames, std::nullopt));
  }
  ASSIGN_OR_RETURN(input.request.paid_at, read_instant(object, "paid_at", "paid_at"));
  return {};
}

Result<void> read_case_flags(const json::value& object, ContactRequest& request) {
  const auto* value = given(object, "case_flags");
  if (value == nullptr) return {};
  if (!value->is_array()) return bad("case_flags", *value, fmt::format("a list of {}", kFlags));
  for (const auto& name : value->get_array()) {
    const auto flag = name.is_string() ? case_flag_of(name.get_string()) : std::nullopt;
    if (!flag) return bad("case_flags", name, kFlags);
    request.case_flags |= static_cast<uint8_t>(1U << static_cast<int>(*flag));
  }
  return {};
}

// As the line says; where it says nothing, as the deployment reads the law.
Result<void> read_profile(const json::value& object, GateInput& input, const Law& law) {
  constexpr std::string_view kAccepted =
      R"("strict", "literal", or an object of rule ids to these)";
  input.profile = law.profile;
  input.request.profile = &input.profile;
  const auto* value = given(object, "profile");
  if (value == nullptr) return {};
  input.profile = {};
  const auto is = [](const json::value& one, std::string_view word) {
    return one.is_string() && one.get_string() == word;
  };
  input.profile.literal_by_default = is(*value, "literal");
  if (is(*value, "strict") || is(*value, "literal")) return {};
  if (!value->is_object()) return bad("profile", *value, kAccepted);
  const auto rules = law.book().switchable_rules();
  for (const auto& [rule, reading] : value->get_object()) {
    if (std::find(rules.begin(), rules.end(), std::string_view(rule)) == rules.end()) {
      return fail(ErrorCode::Invalid, "profile: '{}' is not a rule with two readings (expected {})",
                  std::string_view(rule), fmt::join(rules, ", "));
    }
    if (!is(reading, "strict") && !is(reading, "literal"))
      return bad(fmt::format("profile.{}", std::string_view(rule)), reading, "strict, literal");
    (is(reading, "literal") ? input.profile.literal_rules : input.profile.strict_rules)
        .emplace_back(rule);
  }
  return {};
}

Result<void> read_message(const json::value& object, GateInput& input) {
  if (given(object, "text") != nullptr) {
    ASSIGN_OR_RETURN(input.text, read_text_member(object, "text"));
    input.request.text = input.text;
  }
  ASSIGN_OR_RETURN(input.request.first_action, read_flag(object, "first_action"));
  ASSIGN_OR_RETURN(input.request.charges_agreed, read_flag(object, "charges_agreed"));
  if (const auto* value = given(object, "days_past_due")) {
    const auto days = value->is_string() ? std::nullopt : member_int(object, "days_past_due");
    if (!days)
      return bad("days_past_due", *value, "a whole number of days, negative before the due date");
    input.request.days_past_due = days;
  }
  if (const auto* value = given(object, "ttl_seconds")) {
    const auto seconds = value->is_string() ? std::nullopt : member_int(object, "ttl_seconds");
    if (!seconds || *seconds < 0) return bad("ttl_seconds", *value, "a whole number of seconds");
    input.request.ttl_seconds = seconds;
  }
  if (const auto* value = given(object, "calendar_until")) {
    const auto date = value->is_string()
                          ? parse_date(value->get_string())
                          : Result<CivilDate>(bad("calendar_until", *value, "YYYY-MM-DD"));
    if (!date) return fail(ErrorCode::Invalid, "calendar_until: {}", date.error().message);
    input.request.calendar_until = *date;
  }
  return {};
}

Result<void> read_person(const json::value& object, GateInput& input) {
  ASSIGN_OR_RETURN(input.jurisdiction, read_text_member(object, "jurisdiction"));
  if (input.jurisdiction.empty())
    return missing("jurisdiction", "a country's two letters such as CO");
  ASSIGN_OR_RETURN(input.region, read_text_member(object, "region"));
  ASSIGN_OR_RETURN(input.creditor_jurisdiction, read_text_member(object, "creditor_jurisdiction"));
  auto& request = input.request;
  ASSIGN_OR_RETURN(request.purpose, read_choice<Purpose>(object, "purpose", "purpose", purpose_of,
                                                         kPurposes, std::nullopt));
  ASSIGN_OR_RETURN(request.channel, read_choice<Channel>(object, "channel", "channel", channel_of,
                                                         kChannelNames, std::nullopt));
  ASSIGN_OR_RETURN(request.role, read_choice<Role>(object, "recipient_role", "recipient_role",
                                                   role_of, kRoles, Role::Debtor));
  RETURN_IF_ERROR(read_zones(object, input));
  RETURN_IF_ERROR(read_consent(object, request));
  RETURN_IF_ERROR(read_optout(object, request));
  RETURN_IF_ERROR(read_consumer_hours(object, input));
  return read_case_flags(object, request);
}

}  // namespace
}  // namespace gate_line

Result<void> read_gate_input(std::string_view line, GateInput& input, const Law& law) {
  ASSIGN_OR_RETURN(const json::value object, parse_json(line));
  if (!object.is_object()) return fail(ErrorCode::Invalid, "a line must be one JSON object");
  RETURN_IF_ERROR(gate_line::only_members(object, {"now",
                                                   "jurisdiction",
                                                   "region",
                                                   "zones",
                                                   "purpose",
                                                   "channel",
                                                   "recipient_role",
                                                   "consent",
                                                   "optout",
                                                   "consumer_hours",
                                                   "history",
                                                   "last_inbound",
                                                   "paid_at",
                                                   "case_flags",
                                                   "creditor_jurisdiction",
                                                   "text",
                                                   "first_action",
                                                   "charges_agreed",
                                                   "days_past_due",
                                                   "ttl_seconds",
                                                   "calendar_until",
                                                   "profile"}));
  if (const auto* id = member(object, "id")) input.id = *id;
  ASSIGN_OR_RETURN(const auto now, gate_line::read_instant(object, "now", "now"));
  if (!now) return gate_line::missing("now", "an instant such as 2026-11-24T16:00:00-05:00");
  input.now = *now;
  RETURN_IF_ERROR(gate_line::read_person(object, input));
  RETURN_IF_ERROR(gate_line::read_past(object, input));
  RETURN_IF_ERROR(gate_line::read_message(object, input));
  RETURN_IF_ERROR(gate_line::read_profile(object, input, law));
  input.request.rules = &law.book();
  input.request.jurisdiction = input.jurisdiction;
  input.request.region = input.region;
  input.request.creditor_jurisdiction = input.creditor_jurisdiction;
  input.request.zones = input.zones;
  input.request.history = input.history;
  return {};
}

json::object gate_answer(const GateInput& input, const Decision& decision) {
  json::array reasons;
  for (const auto reason : decision.reasons) reasons.emplace_back(code_of(reason));
  // A refusal and an exemption name their own rules; any other yes has satisfied all that were
  // asked, as the record of a message has it.
  json::array rule_ids;
  const bool names_own = !decision.allowed || !decision.rule_ids.empty();
  for (const auto rule :
       names_own ? decision.rule_ids : compliance::rules_asked(input.request, input.now))
    rule_ids.emplace_back(rule);
  json::object answer{{"id", input.id},
                      {"allowed", decision.allowed},
                      {"reasons", reasons},
                      {"next_allowed", nullptr},
                      {"rule_ids", rule_ids},
                      {"pack_version", nullptr},
                      {"calendar_version", nullptr},
                      {"ttl_max_seconds", nullptr}};
  if (decision.next_allowed)
    answer["next_allowed"] = format_rfc3339(*decision.next_allowed, decision.offset_seconds);
  if (!decision.pack_version.empty()) answer["pack_version"] = decision.pack_version;
  if (!decision.calendar_version.empty()) answer["calendar_version"] = decision.calendar_version;
  if (decision.ttl_max_seconds) answer["ttl_max_seconds"] = *decision.ttl_max_seconds;
  return answer;
}

Result<std::string> answer_gate_line(std::string_view line, const Law& law) {
  GateInput input;
  RETURN_IF_ERROR(read_gate_input(line, input, law));
  return to_json(gate_answer(input, compliance::decide(input.request, input.now)));
}

}  // namespace puntual::cli
