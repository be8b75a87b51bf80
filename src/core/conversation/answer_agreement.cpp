// Promises, plans and what is on the table.
#include <algorithm>

#include "base/locale.h"
#include "base/text.h"
#include "core/conversation/heard.h"
#include "core/conversation/phrase.h"
#include "core/conversation/promise_words.h"
#include "core/conversation/service_words.h"
#include "core/conversation/talk.h"

namespace puntual::talk {

Turn say(std::string_view template_name, std::optional<Move> move) {
  Turn turn;
  turn.move = move;
  turn.reply =
      Reply{.template_name = template_name, .agreed_on = {}, .agreement = {}, .options = {}};
  return turn;
}

Turn call(Move move) {
  if (move == Move::CallPerson) return say("respuesta_persona_v1", move);
  return say(move == Move::CallForComplaint ? "respuesta_queja_v1" : "respuesta_revisa_persona_v1",
             move);
}

Turn answer_balance(const Talk& talk) {
  if (!talk.now.is_one_sum) return call(Move::CallPerson);
  return say(talk.owes() ? "respuesta_saldo_v1" : "respuesta_sin_saldo_v1");
}

Turn put_on_table(const Talk& talk, std::vector<Offer> offers, bool is_outdated) {
  const bool is_again = talk.before.asked == Asked::Offer && offers == talk.before.offers;
  if (is_again && talk.before.misunderstood > 0) return call(Move::CallForPlan);
  const Currency currency = talk.now.debt.owed.currency;
  const bool is_alone = offers.size() == 1 && !is_outdated;
  Turn turn = say(is_outdated ? "respuesta_opcion_vencida_v1"
                  : is_alone  ? "respuesta_propuesta_v1"
                  : is_again  ? "respuesta_cual_opcion_v1"
                              : "respuesta_opciones_v1");
  turn.next.misunderstood = is_again ? 1 : 0;
  turn.next.offered_turn = is_again ? talk.before.offered_turn : talk.heard.turn;
  if (is_alone) {
    turn.reply->agreement = conversation::offer_text(offers.front(), currency, talk.now.locale);
  } else {
    turn.reply->options = conversation::options_text(offers, currency, talk.now.locale);
    turn.reply->buttons_max = offers.size();
  }
  turn.next.asked = Asked::Offer;
  turn.next.offers = std::move(offers);
  return turn;
}

Turn agree(const Talk& talk, const Offer& offer) {
  const bool is_reminded =
      talk.now.remind_from &&
      *talk.now.remind_from < offer.instalments.front().due_on;  // Only what will be is said.
  const bool is_today = offer.kind() == AgreementKind::Promise &&
                        offer.instalments.front().due_on ==
                            talk.now.debt.today;  // Who pays today wants to know where.
  Turn turn = say(is_today      ? "respuesta_promesa_hoy_v1"
                  : is_reminded ? "respuesta_promesa_v1"
                                : "respuesta_promesa_sola_v1",
                  Move::Agree);
  turn.agreed = offer;
  turn.reply->agreement =
      conversation::offer_text(offer, talk.now.debt.owed.currency, talk.now.locale);
  return turn;
}

bool corrects_promise(const Heard& heard, const Reading& reading, const Situation& now) {
  constexpr std::string_view kCorrects =
      "mejor|melhor|perdon|perdone|perdona|disculpe|disculpa|desculpa|desculpe|digo|corrijo|quise|"
      "equivoque|no|nao|cambi*|mud*|mover|muev*|pas*|prefiero|prefiro|puede|podria|pode|sea|seria|"
      "correr|corramos";
  const bool is_other_matter =
      reading.says(Intent::Paid) || reading.says(Intent::Dispute) || reading.says(Intent::Stop) ||
      reading.says(Intent::Deceased) || reading.says(Intent::WrongNumber) ||
      reading.says(Intent::ThirdParty) || reading.says(Intent::WantsPerson) ||
      reading.says(Intent::AsksInvoice) || reading.instalments || !reading.parts.empty();
  if (!now.may_move_agreed || !now.agreed || heard.pressed || heard.has_picture ||
      reading.decision == ReadingDecision::Person || is_other_matter)
    return false;
  const auto& noted = now.agreed->instalments.front();
  const bool is_other =
      (reading.date && *reading.date >= now.debt.today && *reading.date != noted.due_on) ||
      (reading.amount_minor && *reading.amount_minor != noted.amount_minor);
  if (!is_other) return false;
  const conversation::Phrase phrase(heard.words);
  return reading.intent == Intent::Promise || phrase.has(0, phrase.size(), kCorrects);
}

static std::vector<Offer> offers_for(const Talk& talk) {
  if (talk.now.mandate == nullptr || talk.now.agreed || !talk.now.is_one_sum ||
      talk.now.debt.owed.minor == 0)
    return {};
  return agreements::offers(*talk.now.mandate, talk.now.debt, talk.wish());
}

Turn accept(const Talk& talk, const Offer& offer) {
  if (talk.now.mandate != nullptr && agreements::check_shape(talk.now.debt, offer) &&
      agreements::check_mandate(*talk.now.mandate, talk.now.debt, offer)) {
    return agree(talk, offer);
  }
  auto offers = offers_for(talk);
  return offers.empty() ? call(Move::CallForPlan) : put_on_table(talk, std::move(offers));
}

bool is_outdated(const Talk& talk) {
  if (talk.before.asked != Asked::Offer) return talk.heard.choice.has_value();
  return talk.heard.quotes && *talk.heard.quotes < talk.before.offered_turn;
}
Turn tell_outdated(const Talk& talk) {
  if (!talk.owes()) return say("respuesta_sin_saldo_v1");
  auto offers = talk.before.asked == Asked::Offer ? talk.before.offers : offers_for(talk);
  return offers.empty() ? call(Move::CallForPlan) : put_on_table(talk, std::move(offers), true);
}

// Another day or sum than what is noted is confirmed by nobody: a person may change it.
Turn tell_agreed(const Talk& talk) {
  const auto& noted = *talk.now.agreed;
  const auto is_noted = [&](const Instalment& one) {
    return (!talk.reading.date || one.due_on == *talk.reading.date) &&
           (!talk.reading.amount_minor || one.amount_minor == *talk.reading.amount_minor);
  };
  const bool is_all = !talk.reading.date && talk.reading.amount_minor == noted.total_minor();
  const bool fits =
      !talk.reading.is_part && (is_all || std::ranges::any_of(noted.instalments, is_noted));
  Turn turn = fits ? say("respuesta_acuerdo_vigente_v1")
                   : say("respuesta_acuerdo_otro_v1", Move::CallForPlan);
  turn.reply->agreement =
      conversation::offer_text(*talk.now.agreed, talk.now.debt.owed.currency, talk.now.locale);
  return turn;
}

Turn answer_agreement(const Talk& talk) {
  if (!talk.now.agreed)
    return say(talk.owes() ? "respuesta_sin_acuerdo_v1" : "respuesta_sin_saldo_v1");
  Turn turn = say("respuesta_acuerdo_vigente_v1", Move::SendAgreement);
  turn.reply->agreement =
      conversation::offer_text(*talk.now.agreed, talk.now.debt.owed.currency, talk.now.locale);
  return turn;
}

// A tenth more is a round sum; more than that is a slip, and the whole is not what they have said.
static bool is_too_much(const Talk& talk, int64_t amount_minor) {
  return amount_minor > talk.now.owed.minor + talk.now.owed.minor / 10;
}

// Once; then a person takes over.
static Turn ask_how_much(const Talk& talk, CivilDate date) {
  if (talk.before.asked == Asked::Amount) return call(Move::CallForPlan);
  Turn turn = say("respuesta_cuanto_v1");
  turn.next.asked = Asked::Amount;
  turn.next.date = date;
  turn.next.is_part = true;
  return turn;
}

std::optional<Offer> promise_of_the_rest(const Talk& talk) {
  if (!talk.reading.rest_on || talk.now.mandate == nullptr || !talk.now.is_one_sum ||
      talk.now.debt.owed.minor == 0)
    return std::nullopt;
  if (talk.now.agreed && !talk.now.may_move_agreed) return std::nullopt;
  auto verdict = agreements::judge_promise(*talk.now.mandate, talk.now.debt, talk.reading.rest_on,
                                           std::nullopt);
  return verdict.answer == PromiseAnswer::Accepted ? std::optional(std::move(verdict.offer))
                                                   : std::nullopt;
}

// As they say it themselves, on open days; none where a sum is missing, or more is said than is
// owed.
static std::optional<Offer> offer_said(const Talk& talk) {
  const auto& parts = talk.reading.parts;
  if (parts.size() < 2 || talk.now.mandate == nullptr || !talk.now.is_one_sum ||
      (talk.now.agreed && !talk.now.may_move_agreed))
    return std::nullopt;
  Offer offer;
  int64_t left = talk.now.debt.owed.minor;
  for (const auto& part : parts) {
    const bool is_last = &part == &parts.back();
    const bool is_rest =
        !part.amount_minor ||
        (is_last &&
         std::abs(left - *part.amount_minor) <
             talk.now.debt.owed.currency.minor_per_major());  // Halves of what does not divide.
    if (is_rest && !is_last) return std::nullopt;
    offer.instalments.push_back({agreements::open_day_from(talk.now.debt, part.due_on),
                                 is_rest ? left : *part.amount_minor});
    left -= offer.instalments.back().amount_minor;
  }
  const bool is_allowed = agreements::check_shape(talk.now.debt, offer) &&
                          agreements::check_mandate(*talk.now.mandate, talk.now.debt, offer);
  return is_allowed ? std::optional(std::move(offer)) : std::nullopt;
}

std::optional<Turn> ask_to_note(const Talk& talk) {
  if (!talk.reading.is_tentative || talk.now.agreed || talk.now.mandate == nullptr ||
      !talk.now.is_one_sum)
    return std::nullopt;
  const auto verdict = agreements::judge_promise(
      *talk.now.mandate, talk.now.debt, talk.reading.date,
      talk.reading.amount_minor ? talk.reading.amount_minor : talk.reading.guess_minor);
  if (verdict.answer != PromiseAnswer::Accepted ||
      (talk.reading.amount_minor && is_too_much(talk, *talk.reading.amount_minor)))
    return std::nullopt;
  Turn turn = put_on_table(talk, {verdict.offer});
  if (turn.next.asked == Asked::Offer) turn.reply->template_name = "respuesta_anotar_dia_v1";
  return turn;
}

Turn answer_promise(const Talk& talk) {
  if (!talk.owes()) return say("respuesta_sin_saldo_v1");
  if (auto asked = ask_to_note(talk)) return *std::move(asked);
  const bool is_moved = corrects_promise(talk.heard, talk.reading, talk.now);
  if (talk.now.agreed && !is_moved) return tell_agreed(talk);
  if (talk.now.debt.owed.minor == 0)
    return answer_balance(talk);  // Not due for long: there is nothing to note.
  if (talk.now.mandate == nullptr || !talk.now.is_one_sum) return call(Move::CallForPlan);
  Wish wish = talk.wish();
  if (is_moved) {  // What they do not name stays as it is noted.
    const auto& noted = talk.now.agreed->instalments.front();
    wish = {.date = talk.reading.date.value_or(noted.due_on),
            .amount_minor = talk.reading.amount_minor.value_or(noted.amount_minor),
            .instalments = {}};
  }
  const bool is_absurd = wish.amount_minor && is_too_much(talk, *wish.amount_minor);
  if (is_absurd) wish.amount_minor.reset();
  const auto verdict =
      agreements::judge_promise(*talk.now.mandate, talk.now.debt, wish.date, wish.amount_minor);
  const int64_t amount =
      std::min(wish.amount_minor.value_or(talk.now.debt.owed.minor), talk.now.debt.owed.minor);
  // A part is never noted as the whole.
  const bool is_part =
      is_absurd || (!wish.amount_minor && (talk.reading.is_part || talk.before.is_part));
  if (is_part && verdict.answer == PromiseAnswer::Accepted) return ask_how_much(talk, *wish.date);
  switch (verdict.answer) {
    case PromiseAnswer::Accepted:
      return agree(talk, verdict.offer);
    case PromiseAnswer::NeedsDate: {
      if (conversation::pays_at_once(conversation::Phrase(talk.heard.words)))
        return say("respuesta_donde_pagar_v1");  // To ask for the day would be deaf.
      Turn turn = say("respuesta_que_dia_v1");
      turn.next.asked = Asked::Date;
      turn.next.amount_minor = wish.amount_minor;
      turn.next.is_part = is_part;
      return turn;
    }
    case PromiseAnswer::TooLate:
      return put_on_table(talk, {{.instalments = {{verdict.latest, amount}}}});
    case PromiseAnswer::TooLittle: {
      // What they have is welcome without any agreement; only what would be noted has a least.
      Turn turn = put_on_table(
          talk, {{.instalments = {{agreements::open_day_from(talk.now.debt, *wish.date),
                                   verdict.minimum_minor}}}});
      if (turn.next.asked == Asked::Offer)
        turn.reply->template_name = "respuesta_propuesta_parte_v1";
      return turn;
    }
    case PromiseAnswer::Person:
      break;
  }
  return talk.now.agreed ? tell_agreed(talk) : call(Move::CallForPlan);
}

Turn answer_plan(const Talk& talk) {
  if (!talk.owes()) return say("respuesta_sin_saldo_v1");
  if (const auto said = offer_said(talk))
    return talk.reading.is_tentative && !talk.now.agreed ? put_on_table(talk, {*said})
                                                         : agree(talk, *said);
  // Parts are no answer to who asks for less.
  if (conversation::asks_for_discount(talk.heard.words) && !talk.reading.instalments &&
      (talk.now.mandate == nullptr || talk.now.mandate->discount_percent == 0))
    return call(Move::CallForPlan);
  auto offers = offers_for(talk);
  Turn turn = offers.empty() ? call(Move::CallForPlan) : put_on_table(talk, std::move(offers));
  // "No tengo un peso, ¿en cuotas?" says both: the case is opened beside the offers.
  const bool is_hardship =
      !talk.heard.pressed && !talk.now.agreed && talk.reading.says(Intent::CannotPay);
  if (is_hardship && !turn.move) turn.move = Move::Hardship;
  return turn;
}

// Never why. Reminders rest and a person looks, whatever is offered beside it, until something is
// agreed on. What can be offered is offered at once; at an hour that is closed to reminders only to
// who asks for it, since sums and dates that nobody has asked for are no answer.
Turn answer_cannot_pay(const Talk& talk) {
  if (!talk.owes()) return say("respuesta_sin_saldo_v1");
  if (talk.now.agreed && talk.now.may_end_agreed) {
    Situation without = talk.now;
    without.agreed.reset();
    Turn turn = answer_cannot_pay({.heard = talk.heard,
                                   .reading = talk.reading,
                                   .before = talk.before,
                                   .now = without,
                                   .intent = talk.intent});
    turn.ends_agreed = true;
    return turn;
  }
  if (auto asked = talk.now.may_offer ? ask_to_note(talk) : std::nullopt) {
    if (!asked->move) asked->move = Move::Hardship;
    return *std::move(asked);
  }
  auto offers = offers_for(talk);
  if (!offers.empty() && talk.before.asked == Asked::Offer)
    return call(Move::CallForPlan);  // They cannot pay what is on the table.
  Turn turn = offers.empty()       ? say("respuesta_dificultad_v1")
              : talk.now.may_offer ? put_on_table(talk, std::move(offers))
                                   : say("respuesta_dificultad_luego_v1");
  turn.move = Move::Hardship;
  return turn;
}

}  // namespace puntual::talk
