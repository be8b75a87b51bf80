#include "engine/person_offers.h"

#include <algorithm>

#include "core/conversation/respond.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

constexpr size_t kOffersMax = 3;  // As many as there are buttons.

// The first message that can answer them.
int64_t turn_of_answer(const store::DialogueRow& row) { return row.heard_to + 1; }

Result<void> may_offer(Tx& tx, const Negotiation& open, const store::DialogueRow& row,
                       CreditorId creditor, DebtorId debtor, std::span<const Offer> offers) {
  if (open.covered.empty())
    return fail(ErrorCode::Conflict, "no debe nada sobre lo que se pueda acordar");
  if (open.mandate == nullptr) {
    return fail(ErrorCode::Forbidden,
                "con esta persona no hay nada autorizado de antemano (su grupo no tiene mandato, "
                "reclama por lo que se le cobra, o la deuda es muy antigua): no se le ofrece nada");
  }
  if (tx.agreements.active_of(creditor, debtor))
    return fail(ErrorCode::Conflict, "ya tiene un acuerdo en curso: primero déjelo sin efecto");
  for (const auto& offer : offers) {
    if (const auto whole = agreements::check_shape(open.debt, offer); !whole)
      return fail(ErrorCode::Invalid, "una de las opciones no sirve: {}", whole.error().message);
    if (!agreements::check_mandate(*open.mandate, open.debt, offer)) {
      return fail(ErrorCode::Forbidden,
                  "una de las opciones va más allá de lo autorizado: no se le ofrece; quien puede "
                  "decidirlo anota el acuerdo");
    }
  }
  const Dialogue talk = conversation::dialogue_of(row.state);
  const bool waits = talk.asked == Asked::Offer && talk.offered_turn == turn_of_answer(row);
  if (waits && !std::ranges::equal(talk.offers, offers)) {
    return fail(ErrorCode::Conflict,
                "ya tiene otras opciones por contestar: espere su respuesta, o escríbale");
  }
  return {};
}

}  // namespace

Result<OutboxMessage> offers_message(Tx& tx, const Desk& desk, const Creditor& creditor,
                                     const Debtor& debtor, const ContactFacts& facts,
                                     std::span<const Offer> offers, std::string_view key,
                                     Instant now) {
  if (offers.size() > kOffersMax)
    return fail(ErrorCode::Invalid, "{} opciones (expected 1 to {})", offers.size(), kOffersMax);
  const Negotiation open = negotiation_with(tx, desk, creditor, debtor, now);
  const auto row = tx.dialogues.find(creditor.id, debtor.id);
  RETURN_IF_ERROR(may_offer(tx, open, row, creditor.id, debtor.id, offers));
  if (!is_contact_hour(facts, debtor, creditor, desk.law, now)) {
    return fail(ErrorCode::Conflict,
                "a esta hora no se ofrece lo que la persona no ha pedido: hágalo en el horario en "
                "que se le puede recordar");
  }
  const std::string locale = spoken_locale(tx, debtor, creditor);
  const Currency currency = open.debt.owed.currency;
  const std::string options = conversation::options_text(offers, currency, locale);
  const std::string alone = conversation::offer_text(offers.front(), currency, locale);
  const bool is_alone = offers.size() == 1;
  ASSIGN_OR_RETURN(
      OutboxMessage message,
      answer_message(tx, desk, creditor, debtor,
                     {.template_name = is_alone ? "respuesta_ofrece_una_v1" : "respuesta_ofrece_v1",
                      .step = kPersonStep,
                      .dedupe_key = {},
                      .invoices = open.covered,
                      .talk = {.agreed_on = {}, .agreement = alone, .options = options},
                      .buttons_max = is_alone ? kOffersMax : offers.size(),
                      .locale = locale},
                     now));
  message.dedupe_key =
      fmt::format("{}{}:{}:{}", kOffersKey, turn_of_answer(row), debtor.id.value, key);
  return message;
}

void put_on_table(Tx& tx, CreditorId creditor, DebtorId debtor, std::span<const Offer> offers) {
  auto row = tx.dialogues.find(creditor, debtor);
  const Dialogue before = conversation::dialogue_of(row.state);
  row.state = conversation::dialogue_json({.asked = Asked::Offer,
                                           .offers = {offers.begin(), offers.end()},
                                           .offered_turn = turn_of_answer(row),
                                           .claims = before.claims,
                                           .claimed_minor = before.claimed_minor,
                                           .heard_from = before.heard_from,
                                           .language = before.language});
  save_dialogue(tx, creditor, debtor, row);
}

std::vector<Offer> on_table(Tx& tx, CreditorId creditor, DebtorId debtor) {
  const Dialogue talk = conversation::dialogue_of(tx.dialogues.find(creditor, debtor).state);
  return talk.asked == Asked::Offer ? talk.offers : std::vector<Offer>();
}

}  // namespace puntual::engine
