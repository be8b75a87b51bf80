// What a country's law asks of a contact, as values: a Pack is one file packs/<xx>.toml, read by
// pack_reader.h. The gate (gate.h) asks it, the country's calendar and the days that a deployment
// closes. What a new country needs beside its pack stands in docs/architecture.md ("Where each
// change goes"), and rule_book_test names whatever is missing.
//
// Every text here is kept for the life of the program, so that decisions may point to it.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/compliance/gate.h"

namespace puntual::compliance {

// One row of the law behind a pack. Confidence as in docs/countries: T text of the law read, T*
// read as quoted, S+ several secondary sources, S1 one, U unclear, H a rule of the house.
struct Rule {
  std::string_view id;     // "CO-HOURS-WD"
  std::string_view law;    // "Ley 2300 de 2023, art. 3"; empty for rules of the house alone.
  std::string_view value;  // "Monday to Friday [07:00,19:00)"
  std::string_view confidence;
  std::string_view source;  // Key of the law document ("CO-3"), and where it is to be read.
  std::string_view source_url;
  CivilDate valid_from;  // Both days included; the row neither acts nor is named outside of them.
  CivilDate valid_to;
  std::string_view strict;  // How each profile reads it. Literal is empty where both agree.
  std::string_view literal;
  bool of_the_house = false;  // No law: what the house asks where the law has nothing to say.

  [[nodiscard]] bool is_valid_on(CivilDate date) const {
    return date >= valid_from && date <= valid_to;
  }
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
  int agreed_from_day = 0;  // Agreed charges may be told from this day past due; 0: from the first.
};

// A channel that the law forbids for collection. Read literally it is open to whoever authorised
// it; strictly to nobody.
struct ForbiddenChannel {
  Channel channel;
  std::string_view rule;
};

struct Pack {
  std::string_view country;
  std::string_view version;    // "CO-2026.11.1"
  std::string_view authority;  // Who watches over it; empty: not named in our sources.
  std::string_view currency;   // ISO 4217, of a creditor who says nothing else.
  CivilDate checked_on;
  CivilDate review_by;  // After this date the pack refuses everything.
  std::vector<Zone> zones;
  std::optional<Zone> home_zone;  // Of a creditor who says nothing else; none: it must be told.
  Hours messages;
  Hours personal;
  std::vector<Cap> caps;
  ChannelLock lock;
  Separation separation;
  std::vector<LiteralFree> literal_free;
  std::vector<ContentRule> content;
  CreditorWords first_contact =
      0;  // Asked of the settings by the rule of CONTENT_MISSING_IDENTITY.
  std::vector<ForbiddenChannel> forbidden_channels;
  ChannelSet consent_channels = channel_bit(Channel::WhatsApp);
  std::string_view consent_rule = "H-CONSENT";
  std::string_view third_party_rule = "H-THIRD";
  std::string_view minor_rule;  // Named for a minor; empty: the third party's.
  std::string_view judicial_rule = "H-JUDICIAL";
  std::string_view dispute_rule = "H-DISPUTE";
  std::string_view reply_rule = "H-EXEMPT";    // Named when a reply is exempt.
  std::string_view payment_rule = "H-EXEMPT";  // Named when a receipt is exempt.
  std::string_view tax_id_rule;  // The creditor's papers must say its name, address and tax number;
                                 // empty: nobody asks.
  // Strict: a reply of ours was a talk about the debt, and is that day's contact. Empty: it never
  // is.
  std::string_view replies_count_rule;
  // The consumer's written wish replaces the window; empty: it can only narrow it. Under the
  // literal reading of the second rule a wish for Sundays and holidays need not name them.
  std::string_view wish_replaces_rule;
  std::string_view wish_closed_days_rule;
  std::vector<Rule> rules;

  [[nodiscard]] const Rule* find_rule(std::string_view id) const;
  // What the first message of a collection must tell and cannot, by its names in the settings.
  [[nodiscard]] std::vector<std::string_view> missing_at_first(CreditorWords told) const;
};

// What the house asks where the law is silent, or not yet in force.
[[nodiscard]] Hours house_hours();
[[nodiscard]] std::vector<ContentRule> house_content();

// The rules that something of the pack names, and so can act; rules of the house among them.
[[nodiscard]] std::vector<std::string_view> rules_named_by(const Pack& pack);

// The pack as it stands on a date: what a row asks that is not valid on it is left out, and the
// house's hours, caps and content stand in for it. Never less than the house asks.
[[nodiscard]] Pack in_force_on(const Pack& pack, CivilDate date);

}  // namespace puntual::compliance
