#include "core/conversation/respond.h"

#include <algorithm>
#include <array>

#include "base/locale.h"
#include "core/conversation/grave_words.h"
#include "core/conversation/paper_words.h"
#include "core/conversation/questions.h"
#include "core/conversation/service_words.h"
#include "core/conversation/talk.h"

namespace puntual {
namespace {

using namespace talk;

constexpr std::array<std::string_view, 18> kMoveNames = {"ask_who",
                                                         "statement",
                                                         "claim",
                                                         "receipt",
                                                         "send_receipt",
                                                         "send_agreement",
                                                         "claim_again",
                                                         "agree",
                                                         "dispute",
                                                         "hardship",
                                                         "illness",
                                                         "call_person",
                                                         "call_for_complaint",
                                                         "call_for_plan",
                                                         "call_for_unclear",
                                                         "call_for_law",
                                                         "call_to_read",
                                                         "call_to_answer"};

bool calls_person(Move move) { return move >= Move::CallPerson; }

// Asks back once; then a person takes over.
Turn ask_back(const Talk& talk) {
  if (talk.before.misunderstood > 0) return call(Move::CallForUnclear);
  Turn turn = say("respuesta_aclarar_v1");
  turn.next.misunderstood = talk.before.misunderstood + 1;
  return turn;
}

// --- One for each intent, or several that are one

Turn answer_where(const Talk& talk);

Turn answer_invoice(const Talk& talk) {
  switch (talk.heard.pressed ? conversation::Paper::Other
                             : conversation::paper_asked(talk.heard.words)) {
    case conversation::Paper::TaxInvoice:
      return call(Move::CallToAnswer);
    case conversation::Paper::Clearance:
      return talk.owes() ? say("respuesta_falta_para_paz_y_salvo_v1")
                         : say("respuesta_paz_y_salvo_v1", Move::CallToAnswer);
    case conversation::Paper::PaySlip:
      if (talk.owes())
        return answer_where(talk);
      else
        break;
    case conversation::Paper::Other:
      break;
  }
  Turn turn = answer_balance(talk);
  if (talk.owes() && talk.now.is_one_sum) turn.move = Move::Statement;
  return turn;
}

Turn answer_where(const Talk& talk) {
  if (!talk.now.is_one_sum) return call(Move::CallPerson);
  if (talk.owes() && !talk.heard.pressed && conversation::names_a_means(talk.heard.words))
    return say("respuesta_medios_v1");
  return say(talk.owes() ? "respuesta_donde_pagar_v1" : "respuesta_sin_saldo_v1");
}

// Reminders rest for a word once, and once more for a picture that was asked for. Said again they
// rest only while nobody has looked (engine/take_effect.cpp): who only says so again and again
// would rest for ever.
constexpr int32_t kReceiptsMax = 2;
Turn claim(std::string_view template_name, Move move, const Talk& talk, int32_t claims) {
  Turn turn = say(template_name, move);
  turn.next.claims = move == Move::ClaimAgain ? claims : claims + 1;
  turn.next.claimed_minor = talk.now.owed.minor;
  return turn;
}

// "Ya pagué 50 mil y el resto el viernes": the money is looked for, and the day is noted. What no
// mandate allows a person answers.
Turn answer_paid_in_part(const Talk& talk, int32_t claims, bool has_seen) {
  auto rest = promise_of_the_rest(talk);
  if (!rest) return call(Move::CallForPlan);
  if (has_seen) return agree(talk, *rest);
  Turn turn = claim("respuesta_pago_y_resto_v1",
                    claims > 0               ? Move::ClaimAgain
                    : talk.heard.has_picture ? Move::Receipt
                                             : Move::Claim,
                    talk, claims);
  turn.reply->agreed_on = format_weekday_date(rest->instalments.front().due_on, talk.now.locale);
  turn.agreed = *std::move(rest);
  return turn;
}

// What was claimed already rests no longer for being said again.
int32_t claims_of_this(const Talk& talk) {
  return talk.before.claimed_minor == talk.now.owed.minor ? talk.before.claims : 0;
}

// Of what is paid, too: what was paid twice is given back.
Turn answer_paid_twice(const Talk& talk) {
  if (!talk.owes()) return say("respuesta_revisa_persona_v1", Move::CallToAnswer);
  const int32_t claims = claims_of_this(talk);
  Turn turn = claim("respuesta_revisa_persona_v1", claims > 0 ? Move::ClaimAgain : Move::Claim,
                    talk, claims);
  turn.also = Move::CallToAnswer;
  return turn;
}

// "Esa deuda la pagó mi seguro", half understood: it is asked back, and meanwhile nobody is
// reminded of what may be paid or is not theirs.
Turn ask_back_at_rest(const Talk& talk) {
  if (!talk.owes() || talk.before.misunderstood > 0) return ask_back(talk);
  if (talk.reading.intent != Intent::Paid && talk.reading.intent != Intent::Dispute)
    return ask_back(talk);
  const int32_t claims = claims_of_this(talk);
  Turn turn = talk.reading.intent == Intent::Dispute
                  ? say("respuesta_aclarar_v1", Move::Dispute)
                  : claim("respuesta_aclarar_v1", claims > 0 ? Move::ClaimAgain : Move::Claim, talk,
                          claims);
  turn.next.misunderstood = 1;
  return turn;
}

Turn answer_paid(const Talk& talk) {
  if (!talk.heard.pressed && conversation::tells_of_a_double_payment(talk.heard.words))
    return answer_paid_twice(talk);
  if (!talk.owes() && conversation::misses_the_service(talk.heard.words))
    return say("respuesta_revisa_persona_v1", Move::CallPerson);
  if (!talk.owes())
    return say(talk.now.paid_lately ? "respuesta_pago_visto_v1" : "respuesta_sin_saldo_v1");
  const int32_t claims = claims_of_this(talk);
  const bool has_seen =
      talk.now.paid_lately && talk.now.is_one_sum &&
      (!talk.reading.amount_minor || *talk.reading.amount_minor == talk.now.paid_lately->minor);
  if (!talk.heard.pressed &&
      conversation::misses_the_service(
          talk.heard.words)) {  // The money is looked for, and a person answers the rest.
    Turn turn = has_seen ? say("respuesta_revisa_persona_v1", Move::CallPerson)
                         : claim("respuesta_revisa_persona_v1",
                                 talk.heard.has_picture ? Move::Receipt
                                 : claims > 0           ? Move::ClaimAgain
                                                        : Move::Claim,
                                 talk, claims);
    if (!has_seen) turn.also = Move::CallPerson;
    return turn;
  }
  if (talk.reading.rest_on) return answer_paid_in_part(talk, claims, has_seen);
  if (talk.heard.has_picture)
    return claim("respuesta_comprobante_v1",
                 claims < kReceiptsMax ? Move::Receipt : Move::ClaimAgain, talk, claims);
  // The books know of money that fits what was said; who insists means other money.
  if (has_seen && talk.before.answered != "respuesta_pago_parte_v1")
    return say("respuesta_pago_parte_v1");
  // "¿Ya lo vieron?", of a picture that came: nothing more is asked for.
  if (claims > 0 && talk.now.claims && talk.before.answered == "respuesta_comprobante_v1")
    return claim("respuesta_comprobante_v1", Move::ClaimAgain, talk, claims);
  if (claims > 0) return claim("respuesta_pago_insiste_v1", Move::ClaimAgain, talk, claims);
  Turn turn = claim("respuesta_pago_avisado_v1", Move::Claim, talk, claims);
  turn.reply->agreed_on = format_weekday_date(talk.now.claim_until, talk.now.locale);
  return turn;
}

// What the books do not know is looked for.
Turn answer_receipt(const Talk& talk) {
  return talk.now.has_paid ? say("respuesta_pago_visto_v1", Move::SendReceipt) : answer_paid(talk);
}

Turn answer_dispute(const Talk&) { return say("respuesta_reclamo_v1", Move::Dispute); }
Turn answer_complaint(const Talk&) { return call(Move::CallForComplaint); }
// "Claro que sí" is for who asks for somebody: to who asks whether their house will be taken it is
// a threat.
Turn answer_wants_person(const Talk& talk) {
  if (conversation::fears_what_follows(talk.heard.words))
    return say("respuesta_pregunta_v1", Move::CallToAnswer);
  // The link once more, for it may have been cut where it was copied; and a person looks at what is
  // wrong with it.
  const bool may_hear_link =
      talk.now.is_proven && talk.owes() && talk.now.is_one_sum && !talk.heard.pressed;
  if (may_hear_link && conversation::finds_link_dead(talk.heard.words))
    return say("respuesta_enlace_falla_v1", Move::CallToAnswer);
  return call(talk.heard.pressed || conversation::asks_for_a_person(talk.heard.words)
                  ? Move::CallPerson
                  : Move::CallToAnswer);
}

// They act as soon as they come in, and have their own texts (engine/process_inbox); what comes
// here was not plain enough for that, and a person reads it. Who says that it is not them hears
// that much, and nothing else.
Turn answer_heard_before(const Talk& talk) {
  const bool may_hear = !talk.reading.says(Intent::Stop) && !talk.reading.says(Intent::Deceased);
  if ((talk.intent == Intent::WrongNumber || talk.intent == Intent::ThirdParty) && may_hear)
    return call(Move::CallToRead);
  Turn turn;
  turn.move =
      talk.intent == Intent::Deceased && conversation::tells_of_a_dead_thing(talk.heard.words)
          ? Move::CallForUnclear
          : Move::CallToRead;
  return turn;
}

// Once: no thanks for thanks.
Turn answer_courtesy(const Talk& talk, std::string_view text) {
  Turn turn;
  if (talk.before.answered != text) turn = say(text);
  turn.next = talk.before;  // A word of courtesy takes no question off the table.
  turn.next.misunderstood = 0;
  return turn;
}
Turn answer_thanks(const Talk& talk) { return answer_courtesy(talk, "respuesta_gracias_v1"); }
Turn answer_later(const Talk& talk) { return answer_courtesy(talk, "respuesta_luego_v1"); }
Turn answer_greeting(const Talk& talk) { return answer_courtesy(talk, "respuesta_saludo_v1"); }

// A question of ours has come after the offers: a bare yes or no answers that, and takes or refuses
// none of them.
bool is_asked_back(const Talk& talk) { return talk.before.answered == "respuesta_aclarar_v1"; }

Turn answer_yes(const Talk& talk) {
  if (talk.before.asked == Asked::Offer && is_asked_back(talk) && !talk.reading.choice) {
    Dialogue before = talk.before;
    before.misunderstood = 0;  // They are told once more, with how to take one.
    return put_on_table({.heard = talk.heard,
                         .reading = talk.reading,
                         .before = before,
                         .now = talk.now,
                         .intent = talk.intent},
                        before.offers);
  }
  // "Bueno sí, el viernes": the day is what they say yes to, unless it is one of the offers'.
  if (talk.before.asked == Asked::Offer && talk.reading.date && !talk.reading.choice) {
    const auto has_day = [&](const Offer& one) {
      return std::ranges::find(one.instalments, *talk.reading.date, &Instalment::due_on) !=
             one.instalments.end();
    };
    if (std::ranges::none_of(talk.before.offers, has_day)) return answer_promise(talk);
  }
  switch (talk.before.asked) {
    case Asked::Offer:
      return talk.before.offers.size() == 1 && !talk.reading.choice
                 ? accept(talk, talk.before.offers.front())
                 : put_on_table(talk, talk.before.offers);
    case Asked::Date:
    case Asked::Amount:
      return answer_promise(talk);
    case Asked::Identity:
    case Asked::Nothing:
      break;
  }
  return answer_thanks(talk);
}

Turn answer_no(const Talk& talk) {
  return talk.before.asked == Asked::Offer && !is_asked_back(talk) ? call(Move::CallForPlan)
                                                                   : ask_back(talk);
}
Turn answer_other(const Talk& talk) { return ask_back(talk); }

// A question in between, and what was not understood, take no offer off the table.
Turn with_offers_kept(const Talk& talk, Turn turn) {
  const bool is_kept = turn.reply && !turn.move && turn.next.asked == Asked::Nothing &&
                       talk.before.asked == Asked::Offer;
  if (!is_kept || talk.now.agreed) return turn;
  turn.next.asked = talk.before.asked;
  turn.next.offers = talk.before.offers;
  turn.next.offered_turn = talk.before.offered_turn;
  return turn;
}

struct Row {
  Intent intent;
  Turn (*answer)(const Talk&);
  bool is_about_debt;  // Not said to a number that is not proven.
};
constexpr Row kRows[] = {
    {Intent::Paid, answer_paid, true},
    {Intent::Promise, answer_promise, true},
    {Intent::CannotPay, answer_cannot_pay, true},
    {Intent::WantsPlan, answer_plan, true},
    {Intent::WantsToPay, answer_where, true},
    {Intent::AsksBalance, answer_balance, true},
    {Intent::AsksInvoice, answer_invoice, true},
    {Intent::Dispute, answer_dispute, true},
    {Intent::WrongNumber, answer_heard_before, false},
    {Intent::ThirdParty, answer_heard_before, false},
    {Intent::Deceased, answer_heard_before, false},
    {Intent::Stop, answer_heard_before, false},
    {Intent::Complaint, answer_complaint, false},
    {Intent::Insult, answer_complaint, false},
    {Intent::WantsPerson, answer_wants_person, false},
    {Intent::Yes, answer_yes, true},
    {Intent::No, answer_no, true},
    {Intent::Thanks, answer_thanks, false},
    {Intent::Greeting, answer_greeting, true},
    {Intent::Other, answer_other, true},
};
static_assert(std::size(kRows) == kIntents);

const Row& row_of(Intent intent) { return *std::ranges::find(kRows, intent, &Row::intent); }

// A button is certain; a day after "¿qué día?" is a promise, and a picture of who owes, alone or
// with words of a payment, is a receipt, however else it reads.
Intent intent_of_turn(const Heard& heard, const Reading& reading, const Dialogue& before,
                      const Situation& now) {
  if (heard.pressed) return *heard.pressed;
  const bool is_alone = heard.words.empty() && now.is_proven && now.owed.minor > 0;
  if (heard.has_picture && (is_alone || now.claims || reading.says(Intent::Paid) ||
                            conversation::mentions_payment(heard.words)))
    return Intent::Paid;
  const bool is_claimed = reading.says(Intent::Paid) || reading.says(Intent::Dispute);
  if (!is_claimed && reading.intent != Intent::Insult && !conversation::must_be_read(reading) &&
      conversation::fears_what_follows(heard.words))
    return Intent::WantsPerson;
  const bool is_graver =
      is_claimed || reading.intent == Intent::Promise ||
      (reading.intent == Intent::Complaint && reading.decision != ReadingDecision::Ask) ||
      reading.intent == Intent::Insult;
  const auto service = conversation::service_said(heard.words, now.locale.starts_with("pt"));
  const bool is_sale =
      service == conversation::ServiceSaid::Sale && reading.decision == ReadingDecision::Person;
  if (!is_graver && (is_sale || service == conversation::ServiceSaid::Repair ||
                     conversation::speaks_of_service(heard.words)))
    return Intent::WantsPerson;
  const bool is_doubtful = reading.intent == Intent::CannotPay || reading.intent == Intent::Other ||
                           reading.decision == ReadingDecision::Ask;
  if (is_doubtful && !reading.says(Intent::Dispute) && !reading.says(Intent::Paid) &&
      conversation::asks_for_discount(heard.words))
    return Intent::WantsPlan;
  const bool is_question = reading.intent == Intent::AsksBalance ||
                           reading.intent == Intent::WantsToPay ||
                           reading.intent == Intent::WantsPlan || is_doubtful;
  if (is_question && !is_claimed && !reading.date && !reading.amount_minor &&
      conversation::asks_for_the_least(heard.words))
    return Intent::WantsPlan;
  if (is_question && !is_claimed && !reading.date && !reading.instalments && !now.agreed &&
      now.mandate != nullptr && conversation::asks_for_another_day(heard.words))
    return Intent::Promise;
  if (before.asked == Asked::Date && reading.date && reading.intent != Intent::Paid)
    return Intent::Promise;
  const bool is_loose = reading.decision == ReadingDecision::Ask ||
                        reading.intent == Intent::Other || reading.intent == Intent::Promise ||
                        reading.intent == Intent::Yes || reading.intent == Intent::No ||
                        reading.intent == Intent::Thanks;
  if (is_loose && reading.takes_back && now.agreed && !is_claimed &&
      reading.decision != ReadingDecision::Person)
    return Intent::CannotPay;
  if (is_loose && reading.is_tentative && !is_claimed &&
      reading.decision != ReadingDecision::Person)
    return Intent::Promise;
  if (corrects_promise(heard, reading, now)) return Intent::Promise;
  return reading.intent;
}

// The number may be somebody else's: first we ask. Once asked, a person reads what is answered; and
// so where somebody else has just said that they are, whatever else they want: a yes of theirs must
// open nothing.
Turn answer_unproven(const Talk& talk) {
  if (talk.reading.says(Intent::ThirdParty)) return call(Move::CallForUnclear);
  // Whoever it is says that something is wrong: the case is opened, and to ask who is there would
  // be no answer. Nothing is told of a debt.
  if (talk.intent == Intent::Dispute && talk.reading.decision != ReadingDecision::Ask)
    return say("respuesta_revisa_persona_v1", Move::Dispute);
  const Row& row = row_of(talk.intent);
  if (!row.is_about_debt) return row.answer(talk);
  if (!talk.now.may_ask_who)
    return call(Move::CallForUnclear);  // That one will, and nothing of a debt.
  Turn turn;
  turn.move = Move::AskWho;
  turn.next.asked = Asked::Identity;
  turn.next.waits = talk.intent;
  return turn;
}

// Of the offers on the table, from 1: by a button, or in words. Nothing: 0.
size_t chosen_offer(const Talk& talk) {
  if (talk.heard.choice || !talk.reading.choice) return talk.heard.choice.value_or(0);
  return *talk.reading.choice == kLastChoice ? talk.before.offers.size()
                                             : static_cast<size_t>(*talk.reading.choice);
}

// "Ya pagué", and a moment later "el martes, por Nequi": how they paid, and nothing that was not
// understood.
bool adds_to_claim(const Talk& talk) {
  const bool is_asked_for = talk.before.answered == "respuesta_pago_avisado_v1" ||
                            talk.before.answered == "respuesta_pago_insiste_v1";
  return talk.now.claims && is_asked_for && conversation::mentions_payment(talk.heard.words);
}

// Who is ill, or is with somebody who is, is offered nothing: reminders rest, and a person looks.
// What they say they have paid, or will on a day, is heard.
bool is_ill(const Talk& talk) {
  const bool is_matter = talk.reading.says(Intent::Paid) || talk.reading.says(Intent::Dispute) ||
                         (talk.reading.intent == Intent::Promise && talk.reading.date);
  return talk.now.is_proven && talk.owes() && !talk.heard.pressed && !talk.heard.says_who &&
         !is_matter && !conversation::must_be_read(talk.reading) &&
         conversation::tells_of_illness(talk.heard.words);
}

// "La F-1042 ya la pagué", which the house has taken back while they owe another: to look for money
// and let that other rest would be no answer. Who may have paid it for nothing has a person look.
bool asks_of_withdrawn(const Talk& talk) {
  static constexpr Intent kHeard[] = {Intent::Paid, Intent::AsksBalance, Intent::AsksInvoice,
                                      Intent::WantsToPay, Intent::Other};
  return talk.now.names_withdrawn && talk.owes() && talk.now.is_one_sum && !talk.heard.pressed &&
         !talk.heard.has_picture && !talk.reading.says(Intent::Dispute) &&
         talk.reading.decision != ReadingDecision::Person &&
         std::ranges::find(kHeard, talk.intent) != std::end(kHeard);
}

Turn answer_proven(const Talk& talk) {
  // Who has just said that it is them was thanked for that, and hears what they had asked before.
  if (talk.heard.says_who) {
    const Intent waited = talk.before.waits.value_or(Intent::Other);
    const bool is_question = waited != Intent::Other && waited != Intent::Yes &&
                             waited != Intent::No && waited != Intent::Greeting;
    return is_question ? row_of(waited).answer(talk) : Turn{};
  }
  const size_t choice = chosen_offer(talk);
  if ((choice >= 1 || talk.intent == Intent::Yes) && is_outdated(talk))
    return talk.now.agreed ? tell_agreed(talk) : tell_outdated(talk);
  if (talk.before.asked == Asked::Offer && choice >= 1 && choice <= talk.before.offers.size()) {
    return accept(talk, talk.before.offers[choice - 1]);
  }
  if (!talk.heard.pressed && talk.intent == talk.reading.intent &&
      conversation::must_be_read(talk.reading))
    return answer_heard_before(talk);
  if (!talk.heard.pressed && !talk.heard.has_picture &&
      talk.reading.decision != ReadingDecision::Person) {
    if (conversation::paper_asked(talk.heard.words) == conversation::Paper::Clearance &&
        talk.intent != Intent::Paid && talk.intent != Intent::Dispute)
      return answer_invoice(talk);
    if (conversation::asks_for_receipt(talk.heard.words)) return answer_receipt(talk);
    if (conversation::asks_for_agreement(talk.heard.words)) return answer_agreement(talk);
  }
  if (asks_of_withdrawn(talk))
    return say("respuesta_retirada_v1",
               talk.intent == Intent::Paid ? std::optional(Move::CallToAnswer) : std::nullopt);
  const bool is_read =
      talk.heard.pressed || talk.reading.decision == ReadingDecision::Act ||
      talk.intent != talk.reading.intent ||
      (talk.reading.is_tentative && talk.intent == Intent::Promise &&
       talk.now.mandate != nullptr) ||
      (talk.reading.takes_back && talk.now.agreed && talk.intent == Intent::CannotPay) ||
      corrects_promise(talk.heard, talk.reading, talk.now);
  if (is_read) return row_of(talk.intent).answer(talk);
  const bool is_claimed =
      talk.reading.intent == Intent::Paid || talk.reading.intent == Intent::Dispute;
  if (is_claimed && conversation::tells_of_a_double_payment(talk.heard.words))
    return answer_paid_twice(talk);
  if (talk.reading.decision == ReadingDecision::Ask)
    return adds_to_claim(talk) ? answer_paid(talk) : ask_back_at_rest(talk);
  const Row& row = row_of(talk.intent);
  return row.is_about_debt ? call(Move::CallForUnclear) : row.answer(talk);
}

}  // namespace

std::string_view text_of(Move move) { return kMoveNames[static_cast<size_t>(move)]; }

namespace conversation {

Turn respond(const Heard& heard, const Reading& reading, const Dialogue& before,
             const Situation& situation) {
  const Talk talk{.heard = heard,
                  .reading = reading,
                  .before = before,
                  .now = situation,
                  .intent = intent_of_turn(heard, reading, before, situation)};
  const bool is_wordless = heard.words.empty() && !heard.pressed && !heard.choice;
  const bool is_unheard =
      is_wordless && (heard.has_voice || (heard.has_picture && talk.intent != Intent::Paid));
  Turn turn;
  if (conversation::speaks_of_the_law(heard.words)) {
    const bool is_complaint = (talk.intent == Intent::Complaint || talk.intent == Intent::Insult) &&
                              !conversation::speaks_of_a_court(heard.words) &&
                              !conversation::threatens_to_denounce(heard.words) &&
                              !conversation::names_an_authority(heard.words);
    turn = call(is_complaint ? Move::CallForComplaint : Move::CallForLaw);
    if (conversation::fears_what_follows(heard.words))
      turn = say("respuesta_pregunta_v1", Move::CallForLaw);
  } else if (conversation::tells_of_a_stolen_name(heard.words)) {
    turn = answer_dispute(talk);
  } else if (conversation::right_asked_for(heard.words)) {
    // Taken already, with its clock (engine/obey_words).
    turn = say(conversation::asks_for_the_source(heard.words) ? "respuesta_origen_v1"
                                                              : "respuesta_revisa_persona_v1");
    turn.next = before;
  } else if (conversation::asks_for_closed_days(heard.words) && !reading.says(Intent::Insult)) {
    turn = say("respuesta_domingo_v1", Move::CallToAnswer);
  } else if (conversation::files_a_complaint(heard.words) && !talk.reading.says(Intent::Dispute)) {
    turn = call(Move::CallForComplaint);
  } else if (is_wordless && !heard.has_picture && !heard.has_voice) {
    turn.next = before;  // A sticker, a thumb: nothing is asked, and nothing is answered.
  } else if (is_unheard && before.unheard > 0) {
    turn = call(Move::CallForUnclear);
  } else if (is_wordless && heard.has_voice) {
    turn = say("respuesta_voz_v1");
    turn.next = before;
  } else if (conversation::asks_for_machine(heard.words)) {
    turn = say("respuesta_automatico_v1");
    turn.next = before;
  } else if (conversation::asks_if_genuine(heard.words)) {
    turn = say("respuesta_comprobar_v1");
    turn.next = before;
  } else if (situation.is_proven && conversation::asks_what_arrears_are(heard.words)) {
    turn =
        say(talk.owes() && situation.is_one_sum ? "respuesta_mora_saldo_v1" : "respuesta_mora_v1");
    turn.next = before;
  } else if (is_ill(talk)) {
    turn = say("respuesta_salud_v1", Move::Illness);
  } else if (reading.decision != ReadingDecision::Person && !talk.heard.says_who &&
             conversation::puts_off_the_talk(heard.words)) {
    turn = answer_later(talk);
  } else {
    turn =
        situation.is_proven ? with_offers_kept(talk, answer_proven(talk)) : answer_unproven(talk);
  }
  turn.intent = talk.intent;
  turn.next.unheard =
      turn.move && calls_person(*turn.move) ? 0 : before.unheard + (is_unheard ? 1 : 0);
  if (turn.next.claims == 0) {
    turn.next.claims = before.claims;
    turn.next.claimed_minor = before.claimed_minor;
  }
  turn.next.answered = turn.reply ? std::string(turn.reply->template_name) : before.answered;
  return turn;
}

bool needs_second_reader(const Heard& heard, const Reading& reading, const Dialogue& before,
                         const Situation& situation) {
  if (!situation.is_proven || heard.words.empty() || heard.pressed || heard.choice ||
      heard.says_who || heard.has_picture || heard.has_voice)
    return false;
  const bool is_grave =
      conversation::speaks_of_the_law(heard.words) || conversation::right_asked_for(heard.words) ||
      conversation::files_a_complaint(heard.words) || conversation::asks_for_receipt(heard.words) ||
      conversation::asks_for_agreement(heard.words) ||
      conversation::puts_off_the_talk(heard.words) || reading.says(Intent::Stop) ||
      reading.says(Intent::Deceased) || reading.says(Intent::WrongNumber) ||
      reading.says(Intent::ThirdParty);
  return !is_grave && reading.decision == ReadingDecision::Ask &&
         intent_of_turn(heard, reading, before, situation) == reading.intent &&
         !corrects_promise(heard, reading, situation);
}

bool must_be_read(const Reading& reading) {
  return reading.intent == Intent::ThirdParty || reading.intent == Intent::WrongNumber ||
         reading.intent == Intent::Stop || reading.says(Intent::Deceased);
}

bool may_be_asked_again(const Reading& reading, std::string_view words) {
  if (sign_of(words) != Sign::None || asks_who_writes(words)) return true;
  const bool is_matter = row_of(reading.intent).is_about_debt && reading.intent != Intent::Yes &&
                         reading.intent != Intent::No && reading.intent != Intent::Dispute &&
                         reading.intent != Intent::Other;
  return is_matter && reading.also.empty() && reading.decision == ReadingDecision::Act;
}

Turn call_for_plan() {
  Turn turn = call(Move::CallForPlan);
  turn.next.answered = turn.reply->template_name;
  return turn;
}

std::string offer_text(const Offer& offer, Currency currency, std::string_view locale) {
  const bool is_portuguese = locale.starts_with("pt");
  std::vector<std::string> parts;
  for (const auto& one : offer.instalments) {
    parts.push_back(fmt::format("{} {} {}", format_money({one.amount_minor, currency}, locale),
                                is_portuguese ? "até" : "el",
                                format_weekday_date(one.due_on, locale)));
  }
  if (offer.discount_minor > 0)
    parts.back() +=
        is_portuguese ? ", e com isso a conta fica em dia" : ", y con eso la cuenta queda al día";
  return join_list(parts, locale);
}

std::string options_text(std::span<const Offer> offers, Currency currency,
                         std::string_view locale) {
  std::string text;
  for (size_t i = 0; i < offers.size(); ++i) {
    text +=
        fmt::format("{}{}) {}", i == 0 ? "" : "\n", i + 1, offer_text(offers[i], currency, locale));
  }
  return text;
}

}  // namespace conversation
}  // namespace puntual
