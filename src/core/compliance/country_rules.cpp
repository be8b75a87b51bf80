#include "core/compliance/country_rules.h"

#include <algorithm>

namespace puntual::compliance {

const Rule* Pack::find_rule(std::string_view id) const {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

std::vector<std::string_view> Pack::missing_at_first(CreditorWords told) const {
  std::vector<std::string_view> missing;
  for (size_t i = 0; i < kCreditorWords; ++i) {
    if (((first_contact & ~told) >> i & 1) != 0)
      missing.push_back(text_of(static_cast<CreditorWord>(i)));
  }
  return missing;
}

Hours house_hours() {
  const Week week = working_days(hours(9, 18));
  return {week, week, {}, "H-HOURS", "H-HOURS", "H-HOURS"};
}

std::vector<ContentRule> house_content() {
  return {
      {Reason::ContentThreat, ContentScope::Always, "H-RESPECT"},
      {Reason::ContentCourt, ContentScope::Always, "H-RESPECT"},
      {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "H-CREDIT-REGISTER"},
      {Reason::ContentAdvertising, ContentScope::Always, "H-ADS"},
      {Reason::ContentThirdPartyData, ContentScope::Always, "H-THIRD"},
      {Reason::ContentUnagreedCharge, ContentScope::Always, "H-CHARGES"},
      {Reason::ContentMissingIdentity, ContentScope::EveryDemand, "H-IDENTITY"},
      {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT"},
  };
}

std::vector<std::string_view> rules_named_by(const Pack& pack) {
  std::vector<std::string_view> named;
  for (const Hours* hours : {&pack.messages, &pack.personal}) {
    named.insert(named.end(), {hours->weekday_rule, hours->saturday_rule, hours->closed_rule,
                               hours->literal_rule});
  }
  for (const auto& cap : pack.caps) named.push_back(cap.rule);
  for (const auto& free : pack.literal_free) named.push_back(free.rule);
  for (const auto& content : pack.content) named.push_back(content.rule);
  named.insert(named.end(),
               {pack.lock.rule, pack.lock.literal_rule, pack.separation.rule, pack.consent_rule,
                pack.third_party_rule, pack.judicial_rule, pack.dispute_rule, pack.reply_rule,
                pack.payment_rule, pack.replies_count_rule, pack.wish_replaces_rule,
                pack.wish_closed_days_rule, pack.minor_rule, pack.tax_id_rule});
  std::erase_if(named, [](std::string_view id) { return id.empty(); });
  std::ranges::sort(named);
  named.erase(std::ranges::unique(named).begin(), named.end());
  return named;
}

Pack in_force_on(const Pack& pack, CivilDate date) {
  const auto holds = [&](std::string_view id) {
    const Rule* rule = pack.find_rule(id);
    return rule == nullptr || rule->is_valid_on(date);
  };
  const auto or_house = [&](std::string_view& rule, std::string_view house) {
    if (!holds(rule)) rule = house;
  };
  Pack now = pack;
  for (Hours* hours : {&now.messages, &now.personal}) {
    if (!holds(hours->weekday_rule)) *hours = house_hours();
    if (!holds(hours->literal_rule)) hours->literal_rule = {};
  }
  for (Cap& cap : now.caps) {
    if (!holds(cap.rule)) cap = cap.days == 1 ? house_daily("H-DAILY") : house_weekly("H-WEEKLY");
  }
  if (!holds(now.lock.rule)) now.lock = {};
  if (!holds(now.separation.rule)) {
    // Days between messages kept them to one a day as well, where no cap says so.
    const auto is_daily = [&](const Cap& cap) {
      return cap.days == 1 && (cap.channels & now.separation.channels) == now.separation.channels;
    };
    if (std::ranges::none_of(now.caps, is_daily)) now.caps.push_back(house_daily("H-DAILY"));
    now.separation = {};
  }
  std::erase_if(now.literal_free, [&](const LiteralFree& free) { return !holds(free.rule); });
  const auto house = house_content();
  const auto identity =
      std::ranges::find(now.content, Reason::ContentMissingIdentity, &ContentRule::reason);
  if (identity != now.content.end() && !holds(identity->rule)) now.first_contact = 0;
  for (ContentRule& content : now.content) {
    const auto stand_in = std::ranges::find(house, content.reason, &ContentRule::reason);
    if (!holds(content.rule) && stand_in != house.end()) content = *stand_in;
  }
  std::erase_if(now.content, [&](const ContentRule& content) { return !holds(content.rule); });
  if (!holds(now.consent_rule)) {
    now.consent_channels = channel_bit(Channel::WhatsApp);
    now.consent_rule = "H-CONSENT";
  }
  or_house(now.third_party_rule, "H-THIRD");
  or_house(now.judicial_rule, "H-JUDICIAL");
  or_house(now.dispute_rule, "H-DISPUTE");
  or_house(now.minor_rule, {});
  or_house(now.reply_rule, "H-EXEMPT");
  or_house(now.payment_rule, "H-EXEMPT");
  or_house(now.replies_count_rule, {});
  or_house(now.wish_replaces_rule, {});
  or_house(now.wish_closed_days_rule, {});
  return now;
}

}  // namespace puntual::compliance
