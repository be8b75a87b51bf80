#include "engine/on_ramp.h"

#include <algorithm>

#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/note.h"

namespace puntual::engine {

bool is_cut_off(const Debtor& debtor) {
  return debtor.unreachable_at || (debtor.phone.empty() && debtor.user_id.empty());
}

const std::string& address_on(const Debtor& debtor, Channel channel) {
  if (channel == Channel::Email) return debtor.email;
  return channel == Channel::Sms || !debtor.phone.empty() ? debtor.phone : debtor.user_id;
}

bool wants_no_whatsapp(const PersonAtHand& person) {
  const auto& permission = person.facts.permission;
  const auto& consent = permission.consent[static_cast<size_t>(Channel::WhatsApp)];
  const bool has_stopped =
      permission.optout_all ||
      (permission.optout_channels >> static_cast<int>(Channel::WhatsApp) & 1) != 0;
  return has_stopped || consent.revoked_at.has_value();
}

std::string_view unfit_for_on_ramp(const PersonAtHand& person, Channel channel) {
  if (!is_cut_off(person.debtor)) return "REACHED";
  if (wants_no_whatsapp(person)) return "WHATSAPP_NOT_WANTED";
  if (address_on(person.debtor, channel).empty()) return "NO_ADDRESS";
  // The number of somebody else stays so on every channel.
  if (channel == Channel::Sms && person.address.is_retired()) return "WRONG_NUMBER";
  if (channel == Channel::Sms && person.address.state == AddressState::Doubt)
    return "IDENTITY_UNCONFIRMED";
  return {};
}

OnRamps on_ramps_for(Tx& tx, const Desk& desk, const Strategy& strategy, const PersonAtHand& person,
                     Instant now) {
  OnRamps found;
  const auto& configured = desk.settings.on_ramp.ways;
  if (configured.empty()) return found;
  const auto invited = tx.outbox.invited_since(person.debtor.creditor_id, person.debtor.id,
                                               now - strategy.on_ramp_days * kDayMs);
  found.is_invited = std::ranges::any_of(invited, [](const auto& one) { return !one.was_refused; });
  if (found.is_invited) return found;
  for (const Channel way : configured) {
    const bool was_refused =
        std::ranges::find(invited, way, &store::Outbox::Invited::channel) != invited.end();
    if (!was_refused && unfit_for_on_ramp(person, way).empty()) found.ways.push_back(way);
  }
  return found;
}

std::string stop_link_of(Tx& tx, const Desk& desk, const Debtor& debtor) {
  const auto& base = desk.settings.on_ramp.stop_base;
  return base.empty() ? base : base + tx.permissions.stop_token(debtor.creditor_id, debtor.id);
}

Result<OutboxMessage> compose_invitation(Tx& tx, const Desk& desk, const Creditor& creditor,
                                         const Debtor& debtor, Channel channel, CivilDate today) {
  const std::string link =
      fmt::format("https://wa.me/{}?text=Hola", desk.settings.on_ramp.whatsapp_number);
  std::string stop_link = stop_link_of(tx, desk, debtor);
  if (messaging::reveals_debt(stop_link))
    stop_link.clear();  // "pagos.example.com" is told to nobody who may be a stranger.
  ASSIGN_OR_RETURN(OutboxMessage message, compose(tx, desk,
                                                  {.creditor = &creditor,
                                                   .debtor = &debtor,
                                                   .invoices = {},
                                                   .template_name = kOnRampTemplate,
                                                   .fallback_template = {},
                                                   .today = today,
                                                   .whatsapp_link = link,
                                                   .stop_link = stop_link}));
  message.channel = channel;
  message.kind = message.step = kOnRampStep;
  message.body = link;
  message.ttl_seconds = 0;
  return message;
}

void ask_to_be_reached(Tx& tx, const Debtor& debtor, Instant now) {
  const Instant since = debtor.unreachable_at.value_or(Instant{0});
  for (const auto& task : tx.tasks.of_debtor(debtor.creditor_id, debtor.id)) {
    if (task.kind == store::TaskKind::Unreachable && (!task.closed_at || task.opened_at >= since))
      return;
  }
  raise_task(
      tx, debtor.creditor_id, debtor.id, store::TaskKind::Unreachable,
      "WhatsApp no le llega, y no hay otra vía permitida: hay que dar con la persona de otro modo.",
      now);
}

}  // namespace puntual::engine
