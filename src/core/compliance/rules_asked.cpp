#include "core/compliance/rules_asked.h"

#include <algorithm>

#include "core/compliance/rule_book.h"

namespace puntual::compliance {
namespace {

void add_rules_of(const Pack& pack, const ContactRequest& request,
                  std::vector<std::string_view>& ids) {
  const auto add = [&](std::string_view id) {
    if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  };
  const ChannelSet channel = channel_bit(request.channel);
  const Hours& hours = (channel & kPersonal) != 0 ? pack.personal : pack.messages;
  for (const auto id : {hours.weekday_rule, hours.saturday_rule, hours.closed_rule, pack.lock.rule})
    add(id);
  for (const auto& cap : pack.caps) {
    if ((cap.channels & channel) != 0) add(cap.rule);
  }
  if ((pack.separation.channels & channel) != 0) add(pack.separation.rule);
  for (const auto& one : pack.forbidden_channels) {
    if (one.channel == request.channel) add(one.rule);
  }
  if (request.text) {
    for (const auto& rule : pack.content) add(rule.rule);
  }
  for (const auto id :
       {pack.consent_rule, pack.third_party_rule, pack.judicial_rule, pack.dispute_rule})
    add(id);
}

}  // namespace

std::vector<std::string_view> rules_asked(const ContactRequest& request, Instant now) {
  const RuleBook& book = request.rules != nullptr ? *request.rules : RuleBook::built_in();
  std::vector<std::string_view> ids;
  const auto add = [&](std::string_view country) {
    const Jurisdiction* land = book.find(country);
    if (land == nullptr || land->pack.zones.empty()) return;
    const Zone zone = request.zones.empty() ? land->pack.zones.front() : request.zones.front();
    add_rules_of(land->edition_on(zone.local(now).date).pack, request, ids);
  };
  add(request.jurisdiction);
  if (!request.creditor_jurisdiction.empty() &&
      request.creditor_jurisdiction != request.jurisdiction)
    add(request.creditor_jurisdiction);
  return ids;
}

}  // namespace puntual::compliance
