#include "core/conversation/dialogue.h"

#include "base/json.h"

namespace puntual::conversation {
namespace {

json::object offer_json(const Offer& offer) {
  json::array instalments;
  for (const auto& one : offer.instalments) {
    instalments.push_back(
        json::object{{"due_on", format_date(one.due_on)}, {"amount_minor", one.amount_minor}});
  }
  return {{"instalments", instalments}, {"discount_minor", offer.discount_minor}};
}

// None when a part of it cannot be read: half an offer is another one.
std::optional<Offer> offer_of(const json::value& value) {
  Offer offer{.instalments = {}, .discount_minor = member_int(value, "discount_minor").value_or(0)};
  const auto* instalments = member_array(value, "instalments");
  if (instalments == nullptr || instalments->empty()) return std::nullopt;
  for (const auto& one : *instalments) {
    const auto due_on = parse_date(text_in(one, "due_on"));
    const auto amount = member_int(one, "amount_minor");
    if (!due_on || !amount) return std::nullopt;
    offer.instalments.push_back({*due_on, *amount});
  }
  return offer;
}

}  // namespace

std::string dialogue_json(const Dialogue& dialogue) {
  json::array offers;
  for (const auto& one : dialogue.offers) offers.push_back(offer_json(one));
  json::object all{{"asked", text_of(dialogue.asked)},
                   {"offers", offers},
                   {"misunderstood", dialogue.misunderstood},
                   {"language", dialogue.language},
                   {"answered", dialogue.answered}};
  if (dialogue.amount_minor) all["amount_minor"] = *dialogue.amount_minor;
  if (dialogue.date) all["date"] = format_date(*dialogue.date);
  if (dialogue.is_part) all["how_much"] = "part";
  if (dialogue.waits) all["waits"] = text_of(*dialogue.waits);
  for (const auto& [name, value] : {std::pair("offered_turn", dialogue.offered_turn),
                                    std::pair("unheard", int64_t{dialogue.unheard}),
                                    std::pair("claims", int64_t{dialogue.claims}),
                                    std::pair("claimed_minor", dialogue.claimed_minor),
                                    std::pair("heard_from", dialogue.heard_from)}) {
    if (value != 0) all[name] = value;
  }
  if (dialogue.is_retaken) all["is_retaken"] = true;
  return to_json(all);
}

Dialogue dialogue_of(std::string_view text) {
  const auto all = text.empty() ? Result<json::value>(json::object()) : parse_json(text);
  if (!all) return {};
  Dialogue dialogue{
      .asked = asked_of(text_in(*all, "asked")).value_or(Asked::Nothing),
      .offers = {},
      .amount_minor = member_int(*all, "amount_minor"),
      .date = {},
      .waits = intent_of(text_in(*all, "waits")),
      .misunderstood = static_cast<int32_t>(member_int(*all, "misunderstood").value_or(0)),
      .language = text_in(*all, "language"),
      .answered = text_in(*all, "answered")};
  dialogue.offered_turn = member_int(*all, "offered_turn").value_or(0);
  dialogue.unheard = static_cast<int32_t>(member_int(*all, "unheard").value_or(0));
  dialogue.claims = static_cast<int32_t>(member_int(*all, "claims").value_or(0));
  dialogue.claimed_minor = member_int(*all, "claimed_minor").value_or(0);
  dialogue.heard_from = member_int(*all, "heard_from").value_or(0);
  dialogue.is_retaken = member_bool(*all, "is_retaken").value_or(false);
  if (const auto date = parse_date(text_in(*all, "date"))) dialogue.date = *date;
  dialogue.is_part = text_in(*all, "how_much") == "part";
  if (const auto* offers = member_array(*all, "offers")) {
    for (const auto& one : *offers) {
      auto offer = offer_of(one);
      if (!offer) {  // The numbers of the others would be wrong.
        dialogue.offers.clear();
        break;
      }
      dialogue.offers.push_back(*std::move(offer));
    }
  }
  if (dialogue.asked == Asked::Offer && dialogue.offers.empty()) dialogue.asked = Asked::Nothing;
  return dialogue;
}

}  // namespace puntual::conversation
