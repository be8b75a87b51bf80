#include "core/compliance/pack_reader.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "base/money.h"
#include "base/suggest.h"
#include "base/toml.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kConfidences[] = {"T", "T*", "S+", "S1", "U", "H"};
constexpr std::string_view kChannelGroups[] = {"all", "messages", "personal", "whatsapp"};
constexpr std::string_view kScopes[] = {"always", "except_notice", "every_demand", "first_action",
                                        "literal_first"};
constexpr CivilDate kAlways{-1'000'000};
constexpr CivilDate kForEver{10'000'000};

std::string_view kept_text(TomlTable& table, std::string_view key) {
  return kept_for_ever(table.text(key));
}

CivilDate read_day(TomlTable& table, std::string_view key, std::optional<CivilDate> fallback) {
  const std::string text = fallback ? table.text(key) : table.required_text(key);
  if (text.empty()) return fallback.value_or(kForEver);
  const auto date = parse_date(text);
  if (!date) table.problem(key, fmt::format("'{}': {}", key, date.error().message));
  return date.value_or(kForEver);
}

// "07:00" as minutes of the day; -1 when it is no such thing.
int read_minutes(std::string_view text) {
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return -1;
  const int minutes =
      ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  return text[3] > '5' || minutes > 24 * 60 ? -1 : minutes;
}

DayHours read_hours_of_day(TomlTable& table, std::string_view key, const std::string& text) {
  if (text.empty()) return kClosed;
  const bool is_span = text.size() == 11 && text[5] == '-';
  const int from = is_span ? read_minutes(std::string_view(text).substr(0, 5)) : -1;
  const int to = is_span ? read_minutes(std::string_view(text).substr(6)) : -1;
  if (from < 0 || from >= to) {
    table.problem(key,
                  fmt::format("'{}' = \"{}\": expected hours such as \"08:00-18:00\"", key, text));
    return kClosed;
  }
  return {static_cast<int16_t>(from), static_cast<int16_t>(to)};
}

// What a pack's own rows are looked up in while its clauses are read.
class RuleNames {
 public:
  RuleNames(const std::vector<Rule>& own, std::span<const Rule> house) : own_(own) {
    for (const auto& rule : own) known_.push_back(rule.id);
    for (const auto& rule : house) known_.push_back(rule.id);
  }
  // Does a law stand behind it? A row of the house, ours or the pack's own, has none.
  [[nodiscard]] bool is_law(std::string_view id) const {
    const auto rule = std::ranges::find(own_, id, &Rule::id);
    return rule != own_.end() && !rule->of_the_house;
  }
  // The rule that the key names; `fallback` when it is not there.
  std::string_view read(TomlTable& table, std::string_view key, std::string_view fallback = {}) {
    const std::string id = table.text(key, fallback);
    if (!id.empty() && std::ranges::find(known_, id) == known_.end()) {
      const auto near = closest_word(id, known_);
      table.problem(key, fmt::format("'{}' = \"{}\": there is no [[rule]] of that id{}", key, id,
                                     near.empty() ? std::string()
                                                  : fmt::format(": did you mean '{}'?", near)));
    }
    return kept_for_ever(id);
  }
  std::string_view required(TomlTable& table, std::string_view key) {
    if (!table.has(key)) (void)table.required_text(key);
    return read(table, key);
  }

 private:
  const std::vector<Rule>& own_;
  std::vector<std::string_view> known_;
};

Rule read_rule(TomlTable& table, bool of_the_house) {
  Rule rule;
  rule.id = kept_for_ever(table.required_text("id"));
  rule.law = of_the_house ? kept_text(table, "law") : kept_for_ever(table.required_text("law"));
  rule.value = kept_for_ever(table.required_text("value"));
  rule.confidence =
      of_the_house ? "H" : kept_for_ever(table.choice("confidence", kConfidences, true));
  rule.source = kept_text(table, "source");
  rule.valid_from = read_day(table, "valid_from", kAlways);
  rule.valid_to = read_day(table, "valid_to", kForEver);
  if (rule.valid_to < rule.valid_from) {
    table.problem("valid_to", "'valid_to' lies before 'valid_from': such a rule never holds");
  }
  rule.strict = kept_text(table, "strict");
  rule.literal = kept_text(table, "literal");
  static constexpr std::string_view kOrigins[] = {"law", "house"};
  rule.of_the_house = of_the_house || table.choice("origin", kOrigins) == "house";
  return rule;
}

std::vector<Rule> read_rules(TomlTable& root) {
  TomlTable sources = root.table("sources");
  std::map<std::string, std::string_view, std::less<>> urls;
  for (const auto& key : sources.keys()) urls[key] = kept_for_ever(sources.required_text(key));
  std::vector<Rule> rules;
  for (TomlTable& table : root.tables("rule")) {
    Rule rule = read_rule(table, false);
    if (std::ranges::find(rules, rule.id, &Rule::id) != rules.end()) {
      table.problem("id", fmt::format("'id' = \"{}\" stands twice", rule.id));
    }
    if (const auto url = urls.find(rule.source); url != urls.end()) {
      rule.source_url = url->second;
    } else if (!rule.source.empty()) {
      table.problem(
          "source",
          fmt::format("'source' = \"{0}\": add {0} = \"https://…\" to [sources]", rule.source));
    }
    rules.push_back(rule);
  }
  return rules;
}

ChannelSet read_channels(TomlTable& table, std::string_view key) {
  const std::string group = table.choice(key, kChannelGroups);
  if (group == "messages") return kMessages;
  if (group == "personal") return kPersonal;
  return group == "whatsapp" ? channel_bit(Channel::WhatsApp) : kAllChannels;
}

Reason read_reason(TomlTable& table) {
  const std::string code = table.required_text("reason");
  const auto reason = reason_of(code);
  if (!reason && !code.empty()) {
    table.problem("reason", fmt::format("'reason' = \"{}\" is no reason code", code));
  }
  return reason.value_or(Reason::DailyCap);
}

// The floor of the house, below which no pack goes, whoever brings it: hours of the day and whether
// a Saturday may be had, by what stands behind them. As docs/countries/README.md says it.
struct HoursFloor {
  DayHours hours;
  bool saturdays;
  std::string_view said;
};
HoursFloor floor_of_hours(std::string_view rule, const RuleNames& names) {
  if (names.is_law(rule))
    return {hours(7, 22), true, "[07:00,22:00), whatever the law lets one do"};
  if (rule == "H-HOURS")
    return {hours(9, 18), false, "Monday to Friday [09:00,18:00), which is H-HOURS"};
  return {hours(8, 19), false,
          "Monday to Friday [08:00,19:00) where the rule has no law behind it"};
}

void hold_to_floor(TomlTable& table, std::string_view key, const DayHours& day,
                   std::string_view rule, const RuleNames& names) {
  if (day.closed() || rule.empty()) return;
  const HoursFloor floor = floor_of_hours(rule, names);
  if (day.from >= floor.hours.from && day.to <= floor.hours.to &&
      (floor.saturdays || key != "saturday"))
    return;
  table.problem(key, fmt::format("'{}' = \"{}\" by {}: the house floor is {}; narrow the hours",
                                 key, table.text(key), rule, floor.said));
}

Hours read_window(TomlTable table, RuleNames& names) {
  Hours hours;
  const auto all = names.read(table, "rule");
  hours.weekday_rule = names.read(table, "weekday_rule", all);
  hours.saturday_rule = names.read(table, "saturday_rule", all);
  hours.closed_rule = names.read(table, "closed_rule", all);
  hours.literal_rule = names.read(table, "literal_rule");
  if (hours.weekday_rule.empty() || hours.saturday_rule.empty() || hours.closed_rule.empty()) {
    table.problem("rule", "no rule: say which one sets the hours, rule = \"XX-HOURS\"");
  }
  hours.strict = working_days(read_hours_of_day(table, "weekdays", table.required_text("weekdays")),
                              read_hours_of_day(table, "saturday", table.text("saturday")));
  hold_to_floor(table, "weekdays", hours.strict.days.front(), hours.weekday_rule, names);
  hold_to_floor(table, "saturday", hours.strict.days[5], hours.saturday_rule, names);
  hours.literal = hours.strict;
  const std::string literal = table.text("literal");
  if (literal.empty() != hours.literal_rule.empty()) {
    table.problem("literal", "'literal' and 'literal_rule' go together: write both or none");
  }
  if (literal == "always") {
    hours.literal = kAlwaysOpen;
  } else if (!literal.empty()) {
    hours.literal.days.fill(read_hours_of_day(table, "literal", literal));
    hours.literal.closed_on_holidays = false;
    hold_to_floor(table, "literal", hours.literal.days.front(), hours.literal_rule, names);
  }
  if (!literal.empty() && !hours.literal_rule.empty() && !names.is_law(hours.literal_rule)) {
    table.problem("literal", fmt::format("'literal' by {}: only a law has words to take literally; "
                                         "leave 'literal' and 'literal_rule' out",
                                         hours.literal_rule));
  }
  return hours;
}

// No pack lets more through than one contact within fewer than seven dates, or three within seven,
// and none leaves a channel without a cap.
void hold_to_floor(TomlTable& table, const Cap& cap) {
  const int most = cap.days == 7 ? 3 : 1;
  if (cap.max > most) {
    table.problem("max",
                  fmt::format("'max' = {} within {} dates: the house floor is {} (one a day, "
                              "three within seven dates); write max = {}",
                              cap.max, cap.days, most, most));
  }
}

void read_counters(TomlTable& root, RuleNames& names, Pack& pack) {
  for (TomlTable& table : root.tables("caps")) {
    Cap cap;
    cap.max = static_cast<int>(table.required_integer("max", {1, 100}));
    cap.days = static_cast<int>(table.required_integer("days", {1, 7}));
    cap.channels = read_channels(table, "channels");
    cap.reason = read_reason(table);
    cap.rule = names.required(table, "rule");
    hold_to_floor(table, cap);
    pack.caps.push_back(cap);
  }
  ChannelSet counted = 0;
  for (const Cap& cap : pack.caps) counted |= cap.channels;
  if (!pack.caps.empty() && counted != kAllChannels) {
    root.problem("caps",
                 "'caps': the house floor is a cap on every channel; add one whose "
                 "'channels' are \"all\"");
  }
  if (pack.caps.empty() || pack.caps.size() > 4) {
    root.problem("caps",
                 "a pack has one to four caps; where the law has no number, those of the "
                 "house (H-DAILY, H-WEEKLY)");
  }
  if (root.has("channel_lock")) {
    TomlTable table = root.table("channel_lock");
    pack.lock.days = static_cast<int>(table.required_integer("days", {1, 7}));
    pack.lock.rule = names.required(table, "rule");
    pack.lock.literal_rule = names.required(table, "literal_rule");
  }
  if (root.has("separation")) {
    TomlTable table = root.table("separation");
    pack.separation.days = static_cast<int>(table.required_integer("days", {1, 7}));
    pack.separation.literal_hours =
        static_cast<int>(table.required_integer("literal_hours", {1, 7 * 24}));
    pack.separation.channels = read_channels(table, "channels");
    pack.separation.rule = names.required(table, "rule");
  }
  for (TomlTable& table : root.tables("literal_free")) {
    const std::string text = table.required_text("purpose");
    const auto purpose = purpose_of(text);
    if (!purpose) table.problem("purpose", fmt::format("'purpose' = \"{}\" is none", text));
    pack.literal_free.push_back({purpose.value_or(Purpose::PreDue), names.required(table, "rule")});
  }
}

// What the house never says, and what it always says, no pack leaves out or asks more seldom;
// threats and courts in no reading.
void hold_to_floor(TomlTable& root, std::span<const ContentRule> content) {
  for (const ContentRule& house : house_content()) {
    const auto own = std::ranges::find(content, house.reason, &ContentRule::reason);
    const bool forbids = house.scope <= ContentScope::ExceptNotice;
    const bool is_kept =
        own != content.end() &&
        (forbids ? own->scope <= house.scope : own->scope >= ContentScope::EveryDemand) &&
        !(house.scope == ContentScope::EveryDemand && own->scope == ContentScope::FirstAction) &&
        !(house.rule == "H-RESPECT" && own->strict_only);
    if (!is_kept)
      root.problem("content",
                   fmt::format("'content' has no {0} as the house has it: the house floor is "
                               "{{ reason = \"{0}\", asked = \"{1}\", rule = \"{2}\" }}; add it",
                               code_of(house.reason), kScopes[static_cast<size_t>(house.scope)],
                               house.rule));
  }
}

void read_content_rules(TomlTable& root, RuleNames& names, Pack& pack) {
  pack.content = house_content();
  if (!root.has("content")) return;
  pack.content.clear();
  for (TomlTable& table : root.tables("content")) {
    ContentRule content{};
    content.reason = read_reason(table);
    const std::string scope = table.choice("asked", kScopes, true);
    content.scope = static_cast<ContentScope>(std::ranges::find(kScopes, scope) - kScopes);
    content.rule = names.required(table, "rule");
    content.strict_only = table.flag("strict_only");
    if (table.has("agreed_from_day"))
      content.agreed_from_day =
          static_cast<int>(table.required_integer("agreed_from_day", {1, 365}));
    pack.content.push_back(content);
  }
  hold_to_floor(root, pack.content);
}

// first_contact = ["person_in_charge", …]
void read_first_contact(TomlTable& root, Pack& pack) {
  for (const auto& name : root.texts("first_contact")) {
    size_t word = 0;
    while (word < kCreditorWords && text_of(static_cast<CreditorWord>(word)) != name) ++word;
    if (word == kCreditorWords)
      root.problem("first_contact",
                   fmt::format("'first_contact': '{}': expected person_in_charge, address, phone, "
                               "complaints_unit or charges",
                               name));
    else
      pack.first_contact |= static_cast<CreditorWords>(1U << word);
  }
}

void read_forbidden_channels(TomlTable& root, RuleNames& names, Pack& pack) {
  for (TomlTable& table : root.tables("forbidden_channels")) {
    const std::string name = table.required_text("channel");
    const auto channel = channel_of(name);
    if (!channel && !name.empty()) {
      table.problem("channel", fmt::format("'channel' = \"{}\": expected one of whatsapp, sms, "
                                           "email, voice, visit, letter",
                                           name));
    }
    pack.forbidden_channels.push_back(
        {channel.value_or(Channel::Visit), names.required(table, "rule")});
  }
}

void read_named(TomlTable& root, RuleNames& names, Pack& pack) {
  TomlTable consent = root.table("consent");
  if (root.has("consent")) pack.consent_channels = read_channels(consent, "channels");
  pack.consent_rule = names.read(consent, "rule", pack.consent_rule);
  TomlTable named = root.table("named");
  pack.third_party_rule = names.read(named, "third_party", pack.third_party_rule);
  pack.minor_rule = names.read(named, "minor");
  pack.judicial_rule = names.read(named, "judicial", pack.judicial_rule);
  pack.dispute_rule = names.read(named, "dispute", pack.dispute_rule);
  pack.reply_rule = names.read(named, "reply", pack.reply_rule);
  pack.payment_rule = names.read(named, "payment", pack.payment_rule);
  pack.tax_id_rule = names.read(named, "tax_id");
  pack.replies_count_rule = names.read(named, "replies_count");
  pack.wish_replaces_rule = names.read(named, "wish_replaces");
  pack.wish_closed_days_rule = names.read(named, "wish_closed_days");
}

void read_zones(TomlTable& root, Pack& pack) {
  for (const auto& name : root.texts("zones")) {
    const auto zone = Zone::find(name);
    if (zone) {
      pack.zones.push_back(*zone);
    } else {
      root.problem("zones", fmt::format("'zones': {}", zone.error().message));
    }
  }
  if (pack.zones.empty()) root.problem("zones", "'zones': at least one, zones = [\"America/…\"]");
  const std::string home = root.text("home_zone");
  if (home.empty()) {
    if (pack.zones.size() == 1) pack.home_zone = pack.zones.front();
    return;
  }
  const auto zone = Zone::find(home);
  if (!zone || std::ranges::find(pack.zones, *zone) == pack.zones.end()) {
    root.problem("home_zone", fmt::format("'home_zone' = \"{}\" is none of 'zones'", home));
  } else {
    pack.home_zone = *zone;
  }
}

void read_head(TomlTable& root, Pack& pack) {
  pack.country = kept_for_ever(root.required_text("country"));
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (pack.country.size() != 2 || !std::ranges::all_of(pack.country, is_capital)) {
    root.problem("country", "'country': expected two capital letters such as \"CO\" (ISO 3166)");
  }
  pack.version = kept_for_ever(root.required_text("version"));
  const auto rest = pack.version.substr(std::min<size_t>(3, pack.version.size()));
  if (!pack.version.starts_with(fmt::format("{}-", pack.country)) || rest.empty() ||
      rest.find_first_not_of("0123456789.") != std::string_view::npos) {
    root.problem("version", fmt::format("'version' = \"{}\": expected the country and numbers, "
                                        "\"{}-2026.11.1\"",
                                        pack.version, pack.country));
  }
  pack.checked_on = read_day(root, "checked_on", std::nullopt);
  pack.review_by = read_day(root, "review_by", std::nullopt);
  if (pack.review_by < pack.checked_on)
    root.problem("review_by",
                 "'review_by' lies before 'checked_on': such a pack refuses everything");
  pack.authority = kept_text(root, "authority");
  pack.currency = kept_for_ever(root.required_text("currency"));
  if (const auto currency = Currency::parse(pack.currency); !currency) {
    root.problem("currency", fmt::format("'currency': {}", currency.error().message));
  }
}

}  // namespace

std::string_view kept_for_ever(std::string text) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> kept;
  const std::lock_guard lock(mutex);
  return *kept.insert(std::move(text)).first;
}

Result<std::vector<Rule>> read_house_rules(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(toml, file_name));
  std::vector<Rule> rules;
  TomlTable root = file.root();
  for (TomlTable& table : root.tables("rule")) rules.push_back(read_rule(table, true));
  RETURN_IF_ERROR(file.finish());
  return rules;
}

Result<Pack> read_pack(std::string_view toml, std::string_view file_name,
                       std::span<const Rule> house) {
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  Pack pack;
  read_head(root, pack);
  read_zones(root, pack);
  pack.rules = read_rules(root);
  RuleNames names(pack.rules, house);
  pack.messages = read_window(root.table("messages"), names);
  pack.personal = root.has("personal") ? read_window(root.table("personal"), names) : pack.messages;
  read_counters(root, names, pack);
  read_content_rules(root, names, pack);
  read_first_contact(root, pack);
  read_forbidden_channels(root, names, pack);
  read_named(root, names, pack);
  RETURN_IF_ERROR(file.finish());
  return pack;
}

}  // namespace puntual::compliance
