// The on-ramps: somebody whom WhatsApp cannot reach is invited into it by e-mail or SMS, once in a
// while, with a link.
//
// Planned, gated and sent as everything else, on a channel of its own. Whoever reads it there may
// be anybody: it says neither whom it is for nor what it is about. Where no way is left, a person
// of the creditor has to find one.
#pragma once

#include "engine/desk.h"
#include "engine/people_at_hand.h"

namespace puntual::engine {

inline constexpr std::string_view kOnRampStep = "on_ramp";
inline constexpr std::string_view kOnRampTemplate = "otra_via_v1";

// WhatsApp could not deliver to them, or there is nowhere to deliver to.
[[nodiscard]] bool is_cut_off(const Debtor& debtor);
// Where a message on this channel goes to; empty: nowhere.
[[nodiscard]] const std::string& address_on(const Debtor& debtor, Channel channel);
// They have stopped WhatsApp, or taken back that they agreed to it: whoever does not want it is not
// invited into it.
[[nodiscard]] bool wants_no_whatsapp(const PersonAtHand& person);
// Why nobody is invited there, as a code; empty: they may be, if the gate allows it.
[[nodiscard]] std::string_view unfit_for_on_ramp(const PersonAtHand& person, Channel channel);

// The ways that are left for them now. None when they were invited within the strategy's days: then
// `is_invited`.
struct OnRamps {
  std::vector<Channel> ways;
  bool is_invited = false;
};
[[nodiscard]] OnRamps on_ramps_for(Tx& tx, const Desk& desk, const Strategy& strategy,
                                   const PersonAtHand& person, Instant now);

// The page on which they say that they want no more; empty: there is none. Its name may speak of
// payments: then no text bears it.
[[nodiscard]] std::string stop_link_of(Tx& tx, const Desk& desk, const Debtor& debtor);

// The message, without times and key.
[[nodiscard]] Result<OutboxMessage> compose_invitation(Tx& tx, const Desk& desk,
                                                       const Creditor& creditor,
                                                       const Debtor& debtor, Channel channel,
                                                       CivilDate today);

// Opens the task for a person, once each time that WhatsApp fails them.
void ask_to_be_reached(Tx& tx, const Debtor& debtor, Instant now);

}  // namespace puntual::engine
