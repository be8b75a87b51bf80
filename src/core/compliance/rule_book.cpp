#include "core/compliance/rule_book.h"

#include <algorithm>

#include "core/compliance/jurisdiction.h"

namespace puntual::compliance {
namespace {

void add_rules_of(const Pack& pack, const ContactRequest& request, std::vector<std::string_view>& ids) {
  const auto add = [&](std::string_view id) {
    if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  };
  const ChannelSet channel = channel_bit(request.channel);
  const Hours& hours = (channel & kPersonal) != 0 ? pack.personal : pack.messages;
  for (const auto id : {hours.weekday_rule, hours.saturday_rule, hours.closed_rule, pack.lock.rule}) add(id);
  for (const auto& cap : pack.caps) {
    if ((cap.channels & channel) != 0) add(cap.rule);
  }
  if ((pack.separation.channels & channel) != 0) add(pack.separation.rule);
  if (request.text) {
    for (const auto& rule : pack.content) add(rule.rule);
  }
  for (const auto id : {pack.consent_rule, pack.third_party_rule, pack.judicial_rule, pack.dispute_rule}) add(id);
}

}  // namespace

std::vector<std::string_view> rules_asked(const ContactRequest& request) {
  std::vector<std::string_view> ids;
  const Jurisdiction* own = find_jurisdiction(request.jurisdiction);
  if (own != nullptr) add_rules_of(*own->pack, request, ids);
  if (!request.creditor_jurisdiction.empty() && request.creditor_jurisdiction != request.jurisdiction) {
    const Jurisdiction* other = find_jurisdiction(request.creditor_jurisdiction);
    if (other != nullptr) add_rules_of(*other->pack, request, ids);
  }
  return ids;
}

const Rule* find_rule(std::string_view id) {
  for (const auto& rule : house_rules()) {
    if (rule.id == id) return &rule;
  }
  for (const Pack* pack : all_packs()) {
    for (const auto& rule : pack->rules) {
      if (rule.id == id) return &rule;
    }
  }
  return nullptr;
}

}  // namespace puntual::compliance
