// What a country's law asks of a contact, as data: a Pack is one value in countries/<xx>.cpp, and
// the gate (gate.h) reads nothing else. To add a country, write its value, its line in
// country_rules.cpp, its holidays in data/holidays and its page in docs/countries.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/compliance/gate.h"

namespace puntual::compliance {

// One row of the law behind a pack. Confidence as in docs/countries: T text of the law read, T*
// read as quoted, S+ several secondary sources, S1 one, U unclear, H a rule of the house.
struct Rule {
  std::string_view id;   // "CO-HOURS-WD"
  std::string_view law;  // "Ley 2300 de 2023, art. 3"
  std::string_view confidence;
  std::string_view source;
  YearMonthDay valid_from{2024, 1, 1};
  YearMonthDay valid_to{9999, 12, 31};
  std::string_view differs;  // How literal reads it; empty: both profiles agree.
};

struct DayHours {  // [from, to) in minutes of the local day; equal: closed.
  int16_t from = 0;
  int16_t to = 0;
  [[nodiscard]] constexpr bool closed() const { return from == to; }
};
[[nodiscard]] constexpr DayHours hours(int from, int to) {
  return {static_cast<int16_t>(from * 60), static_cast<int16_t>(to * 60)};
}
inline constexpr DayHours kClosed{};

struct Week {
  std::array<DayHours, 7> days;  // Monday first.
  bool closed_on_holidays = true;
};
inline constexpr Week kAlwaysOpen{{hours(0, 24), hours(0, 24), hours(0, 24), hours(0, 24),
                                   hours(0, 24), hours(0, 24), hours(0, 24)},
                                  false};
[[nodiscard]] constexpr Week working_days(DayHours weekday, DayHours saturday = kClosed) {
  return {{weekday, weekday, weekday, weekday, weekday, saturday, kClosed}, true};
}

// The windows for one kind of channel, and the rules to name when one is closed.
struct Hours {
  Week strict;
  Week literal;
  std::string_view literal_rule;  // Read literally: the other week applies. Empty: no difference.
  std::string_view weekday_rule;
  std::string_view saturday_rule;
  std::string_view closed_rule;  // Sundays and holidays.
};

using ChannelSet = uint8_t;  // Bit per Channel.
[[nodiscard]] constexpr ChannelSet channel_bit(Channel channel) {
  return static_cast<ChannelSet>(1U << static_cast<int>(channel));
}
inline constexpr ChannelSet kAllChannels = (1U << kChannels) - 1;
inline constexpr ChannelSet kPersonal = channel_bit(Channel::Voice) | channel_bit(Channel::Visit);
inline constexpr ChannelSet kMessages = kAllChannels & ~kPersonal;

// At most `max` contacts on channels of the group within `days` local dates, today included.
struct Cap {
  int max = 0;
  int days = 1;
  ChannelSet channels = kAllChannels;
  Reason reason = Reason::DailyCap;
  std::string_view rule;
};
[[nodiscard]] constexpr Cap house_daily(std::string_view rule) {
  return {1, 1, kAllChannels, Reason::HouseDailyCap, rule};
}
[[nodiscard]] constexpr Cap house_weekly(std::string_view rule) {
  return {3, 7, kAllChannels, Reason::HouseWeeklyCap, rule};
}

// Contact on one channel closes the others for `days` local dates (strict), or for the rest of the
// week from Monday to Sunday (literal).
struct ChannelLock {
  int days = 0;  // 0: none.
  std::string_view rule;
  std::string_view literal_rule;
};

// Between two contacts of the group: `days` local dates from one to the next (strict), or hours.
struct Separation {
  int days = 0;  // 0: none.
  int literal_hours = 0;
  ChannelSet channels = kMessages;
  std::string_view rule;
};

// A purpose that the literal reading does not take for collection: no window, no counters.
struct LiteralFree {
  Purpose purpose;
  std::string_view rule;
};

enum class ContentScope : uint8_t {
  Always,        // Forbidden content, in whatever is sent.
  ExceptNotice,  // Forbidden but in the credit bureau's notice itself.
  EveryDemand,   // Required in each message that is not exempt.
  FirstAction,   // Required in the first message of a collection.
  LiteralFirst,  // EveryDemand under strict, FirstAction under literal.
};
struct ContentRule {
  Reason reason;
  ContentScope scope;
  std::string_view rule;
  bool strict_only = false;  // A rule of the house: literal does without.
};

// What the house asks of every text where the law is silent.
inline constexpr ContentRule kHouseContent[] = {
    {Reason::ContentThreat, ContentScope::Always, "H-RESPECT"},
    {Reason::ContentCourt, ContentScope::Always, "H-RESPECT"},
    {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "H-CREDIT-REGISTER"},
    {Reason::ContentAdvertising, ContentScope::Always, "H-ADS"},
    {Reason::ContentThirdPartyData, ContentScope::Always, "H-THIRD"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "H-CHARGES"},
    {Reason::ContentMissingIdentity, ContentScope::EveryDemand, "H-IDENTITY"},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT"},
};

struct Pack {
  std::string_view country;
  std::string_view version;
  YearMonthDay review_by;  // After this date the pack refuses everything.
  std::span<const std::string_view> zones;
  Hours messages;
  Hours personal;
  std::span<const Cap> caps;
  ChannelLock lock;
  Separation separation;
  std::span<const LiteralFree> literal_free;
  std::span<const ContentRule> content;
  ChannelSet consent_channels = channel_bit(Channel::WhatsApp);
  std::string_view consent_rule = "H-CONSENT";
  std::string_view third_party_rule = "H-THIRD";
  std::string_view minor_rule;  // Named for a minor; empty: the third party's.
  std::string_view judicial_rule = "H-JUDICIAL";
  std::string_view dispute_rule = "H-DISPUTE";
  std::string_view reply_rule = "H-EXEMPT";    // Named when a reply is exempt.
  std::string_view payment_rule = "H-EXEMPT";  // Named when a receipt is exempt.
  // Strict: a reply of ours was a talk about the debt, and is that day's contact. Empty: it never
  // is.
  std::string_view replies_count_rule;
  // The consumer's written wish replaces the window; empty: it can only narrow it. Under the
  // literal reading of the second rule a wish for Sundays and holidays need not name them.
  std::string_view wish_replaces_rule;
  std::string_view wish_closed_days_rule;
  std::span<const Rule> rules;
};

// Rules of the house, that no country's table repeats.
[[nodiscard]] std::span<const Rule> house_rules();
[[nodiscard]] std::span<const Pack* const> all_packs();

// The countries' own values.
extern const Pack kArgentina, kBolivia, kBrazil, kChile, kColombia, kCostaRica, kDominicanRepublic,
    kEcuador, kElSalvador, kGuatemala, kMexico, kPanama, kParaguay, kPeru, kSpain, kUruguay;

}  // namespace puntual::compliance
