#include "engine/identify.h"

#include <algorithm>

#include "base/phone.h"
#include "core/conversation/respond.h"
#include "core/strategy/caps.h"
#include "engine/answer.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "engine/take_over.h"

namespace puntual::engine {
namespace {

// Answers, and a person's words, were meant for whoever was there before. Reminders are judged, and
// recorded, when they are due.
void take_back_answers(Tx& tx, const Debtor& debtor, const Address& address, Instant now) {
  const std::string why(unfit_for(address, Purpose::Overdue));
  for (const auto& message : tx.outbox.of_debtor(debtor.creditor_id, debtor.id)) {
    if (message.state != MessageState::Planned || is_collection(message.purpose) ||
        message.purpose == Purpose::OptOutAck)
      continue;
    if (!tx.outbox.to_cancelled(debtor.creditor_id, message.id, now, why)) continue;
    note_cancelled(tx, debtor.creditor_id, debtor.id, message.id, now, why);
    answer_lost(tx, message, now);
  }
}

// Moves an address and says so; false when the table of states knows no such move.
bool move_address(Tx& tx, const Debtor& debtor, std::string_view value, const Address& before,
                  Address next, Instant now) {
  if (next == before) return false;
  tx.addresses.save(debtor.creditor_id, debtor.id, value, next);
  if (next.state != before.state) {
    note(tx, debtor.creditor_id, debtor.id, now, "address",
         fmt::format("{} {}", text_of(next.state), next.evidence.kind));
    // Whoever has it was given the links.
    if (next.is_retired() || next.state == AddressState::Doubt)
      revoke_links(tx, debtor.creditor_id, debtor.id, unfit_for(next, Purpose::Overdue), now);
    if (before.state == AddressState::Confirmed) take_back_answers(tx, debtor, next, now);
    tx.debtors.review_now(debtor.creditor_id, debtor.id, now);
  }
  return true;
}

bool move_in_use(Tx& tx, const Debtor& debtor, AddressEvent what, Instant now) {
  const Address before = address_in_use(tx, debtor);
  return move_address(tx, debtor, address_value(debtor), before,
                      conversation::after(before, what, now), now);
}

bool names_debt(Purpose purpose) {
  return (is_collection(purpose) && purpose != Purpose::IdentityCheck) ||
         purpose == Purpose::PaymentConfirmation;
}

// Everybody who is written to where this debtor is.
std::vector<Debtor> everybody_there(Tx& tx, CreditorId creditor, DebtorId id) {
  std::vector<Debtor> found;
  auto first = tx.debtors.find(creditor, id);
  if (!first) return found;
  found.push_back(*std::move(first));
  for (const auto& kin : tx.debtors.kin(found.front())) {
    auto debtor = tx.debtors.find(creditor, kin.id);
    if (debtor && address_value(*debtor) == address_value(found.front()))
      found.push_back(*std::move(debtor));
  }
  return found;
}

AddressEvent event_of(IdentityAnswer answer) {
  if (answer == IdentityAnswer::Yes) return AddressEvent::SaidYes;
  if (answer == IdentityAnswer::None) return AddressEvent::SaidUnclear;
  return answer == IdentityAnswer::OtherPerson ? AddressEvent::SaidOtherPerson
                                               : AddressEvent::SaidWrongNumber;
}

// Whom the answer is about: who is quoted, else whoever was asked there. Several: nobody can tell.
std::vector<Debtor> meant_by(Tx& tx, CreditorId creditor, DebtorId id, bool is_quote) {
  auto there = everybody_there(tx, creditor, id);
  if (there.empty()) return there;
  const Debtor heard = there.front();
  std::erase_if(there, [&](const Debtor& one) { return !address_in_use(tx, one).awaits_answer(); });
  if (is_quote || there.empty()) return {heard};
  return there;
}

// None where nobody can tell: several share the number, or a bare "no" where nothing was asked.
IdentityAnswer answer_of(const store::ConversationMessage& message, const Debtor& debtor,
                         const Address& address, bool is_shared) {
  if (is_shared) return IdentityAnswer::None;
  const IdentityAnswer answer =
      conversation::identity_answer(message.text, message.payload, debtor.name);
  if (answer == IdentityAnswer::Yes && message.payload.empty() && address.is_contradicted())
    return IdentityAnswer::None;
  // "Se equivocó", from a number that is proven: a doubt, and a person reads it.
  const bool may_be_of_anything = address.state == AddressState::Confirmed &&
                                  message.payload.empty() &&
                                  !conversation::is_surely_of_the_number(message.text);
  if (answer == IdentityAnswer::WrongNumber && may_be_of_anything)
    return IdentityAnswer::OtherPerson;
  return answer == IdentityAnswer::No && !address.awaits_answer() ? IdentityAnswer::None : answer;
}

// Something was said where we asked, and the program cannot read it: a person must, and we do not
// ask again meanwhile. A button of another message answers nothing, and a stop has its own answer.
void hear_unclear(Tx& tx, const Debtor& debtor, const store::ConversationMessage& message,
                  const Address& before, bool is_shared, Instant now) {
  const bool is_ours = message.payload.starts_with("TITULAR_");
  const Reading reading = conversation::understand({.text = message.text});
  if (before.state == AddressState::Asked && before.times_asked == 1 && !is_shared &&
      message.payload.empty() && conversation::may_be_asked_again(reading, message.text))
    return;
  if ((!message.payload.empty() && !is_ours) ||
      !tx.permissions.opt_outs(debtor.creditor_id, debtor.id).empty())
    return;
  if (!move_address(tx, debtor, address_value(debtor), before,
                    conversation::after(before, AddressEvent::SaidUnclear, now), now))
    return;
  note(tx, debtor.creditor_id, debtor.id, now, is_shared ? "identity_ambiguous" : "identity_doubt",
       is_shared ? "several people share the number: a person must look" : "a person must look");
}

void leave_number_to_person(Tx& tx, const Desk& desk, const Debtor& debtor, std::string_view words,
                            std::string_view through, Instant now) {
  hand_off(
      tx, desk.settings, debtor.creditor_id, debtor.id, store::TaskKind::MustRead,
      fmt::format(
          "Contesta otra persona, y hasta que alguien lo mire no se escribe a este número: «{}»",
          words),
      through, now);
}

}  // namespace

std::string address_value(const Debtor& debtor) {
  return debtor.phone.empty() ? debtor.user_id : canonical_of_wa_id(debtor.phone);
}

Address address_in_use(Tx& tx, const Debtor& debtor) {
  return tx.addresses.find(debtor.creditor_id, debtor.id, address_value(debtor))
      .value_or(Address{});
}

bool is_retired(Tx& tx, const Debtor& debtor, std::string_view value) {
  const auto address = tx.addresses.find(debtor.creditor_id, debtor.id, value);
  return address && address->is_retired();
}

std::string_view unfit_for(Tx& tx, const Debtor& debtor, Purpose purpose) {
  return unfit_for(address_in_use(tx, debtor), purpose);
}

std::string_view unfit_for(const Address& address, Purpose purpose) {
  if (!names_debt(purpose) && purpose != Purpose::IdentityCheck) return {};
  if (address.is_retired()) return "WRONG_NUMBER";
  const bool confirmed = address.state == AddressState::Confirmed;
  if (purpose == Purpose::IdentityCheck) {
    if (address.state == AddressState::Doubt)
      return "IDENTITY_UNCONFIRMED";  // A person reads the answer first.
    return confirmed ? "IDENTITY_CONFIRMED" : std::string_view();
  }
  return confirmed ? std::string_view() : "IDENTITY_UNCONFIRMED";
}

std::string_view why_unfit(Tx& tx, const Debtor& debtor) {
  if (debtor.erased_at) return "ERASED";
  if (debtor.phone.empty() && debtor.user_id.empty()) return "NO_ADDRESS";
  return unfit_for(tx, debtor, Purpose::Overdue);
}

std::string_view explain_unfit_es(std::string_view code) {
  static constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"ERASED", "Sus datos se borraron a pedido suyo."},
      {"NO_ADDRESS", "No hay a dónde escribirle."},
      {"IDENTITY_UNCONFIRMED",
       "No está comprobado que el número sea suyo: primero se le pregunta, o una persona busca "
       "otro camino."},
      {"IDENTITY_CONFIRMED", "El número ya está comprobado: no hace falta preguntar."},
      {"WRONG_NUMBER",
       "Quien contesta en ese número no es esa persona: no se le vuelve a escribir ahí."}};
  const auto* found =
      std::ranges::find(kTexts, code, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(kTexts) ? std::string_view() : found->second;
}

// A second asking changes no state, but is counted.
void note_asked(Tx& tx, const Debtor& debtor, Instant now) {
  Address address = conversation::after(address_in_use(tx, debtor), AddressEvent::Asked, now);
  tx.addresses.save(debtor.creditor_id, debtor.id, address_value(debtor), address);
}

void note_silence_of_address(Tx& tx, const Debtor& debtor, Instant now) {
  if (move_in_use(tx, debtor, AddressEvent::StayedSilent, now)) {
    note(tx, debtor.creditor_id, debtor.id, now, "identity_unanswered",
         "a person must find another way");
  }
}

bool confirm_address(Tx& tx, const Debtor& debtor, const Evidence& evidence, Instant now) {
  const std::string value = address_value(debtor);
  if (value.empty()) return false;
  const Address before = address_in_use(tx, debtor);
  return move_address(tx, debtor, value, before, conversation::verified(before, evidence, now),
                      now);
}

bool retire_address(Tx& tx, const Debtor& debtor, std::string_view reference, Instant now) {
  const std::string value = address_value(debtor);
  if (value.empty()) return false;
  const Address before = address_in_use(tx, debtor);
  Address next = conversation::after(before, AddressEvent::SaidWrongNumber, now);
  if (next.state != before.state)
    next.evidence = {
        .kind = "conversation", .reference = std::string(reference), .verified_on = {}};
  return move_address(tx, debtor, value, before, next, now);
}

bool use_next_address(Tx& tx, Debtor& debtor, Instant now) {
  for (const auto& identifier : tx.debtors.identifiers(debtor.creditor_id, debtor.id)) {
    if (identifier.kind != IdentifierKind::Phone || is_retired(tx, debtor, identifier.value))
      continue;
    const auto phone = parse_phone(identifier.value, debtor.country);
    if (!phone) continue;
    debtor.phone = phone->e164;
    debtor.user_id.clear();  // That of the account which turned out to be another's.
    tx.debtors.update(debtor);
    note(tx, debtor.creditor_id, debtor.id, now, "next_number");
    return true;
  }
  return false;
}

void hear_identity(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                   const store::ConversationMessage& message, bool is_quote, Instant now) {
  const auto meant = meant_by(tx, creditor.id, id, is_quote);
  const bool is_shared = meant.size() > 1;
  for (const auto& debtor : meant) {
    // Who answers from another number says nothing about the one we asked.
    const std::string value = address_value(debtor);
    const bool hides_number = is_quote && message.sender.find('.') != std::string::npos;
    if (message.sender != value && message.sender != debtor.user_id && !hides_number) continue;
    const Address before = address_in_use(tx, debtor);
    const IdentityAnswer answer = answer_of(message, debtor, before, is_shared);
    if (answer == IdentityAnswer::None) {
      hear_unclear(tx, debtor, message, before, is_shared, now);
      continue;
    }
    Address next = conversation::after(before, event_of(answer), now);
    if (next.state == before.state)
      continue;  // A "sí" to something else, from a number that is proven.
    if (next.state == AddressState::Confirmed)
      next.evidence = {.kind = "answer", .reference = message.platform_id, .verified_on = {}};
    if (!move_address(tx, debtor, value, before, next, now)) continue;
    // A proven number that somebody else has: not even the opener, which names the person, leaves
    // before somebody has looked.
    if (next.state == AddressState::Doubt)
      leave_number_to_person(tx, desk, debtor, message.text, "chat", now);
    if (next.state == AddressState::Doubt &&
        conversation::identity_answer(message.text, message.payload, debtor.name) ==
            IdentityAnswer::WrongNumber)
      continue;
    if (before.is_contradicted() && next.state != AddressState::Confirmed)
      continue;  // They have been told.
    const std::string_view step = next.state == AddressState::Confirmed ? kToldStep
                                  : next.state == AddressState::Wrong   ? "identity_wrong"
                                                                        : "identity_other";
    const std::string_view text = next.state == AddressState::Confirmed ? "titular_confirmado_v1"
                                  : next.state == AddressState::Wrong   ? "numero_equivocado_v1"
                                                                        : "otra_persona_v1";
    if (!tx.permissions.opt_outs(creditor.id, debtor.id).empty())
      continue;  // Their stop has its own answer.
    answer_now(tx, desk, creditor, debtor.id,
               {.template_name = text,
                .purpose = Purpose::Reply,
                .step = step,
                .dedupe_key = fmt::format("{}:{}:{}", step, debtor.id.value, message.id)},
               now);
  }
}

bool hear_identity_on_page(Tx& tx, const Desk& desk, const Debtor& debtor, std::string_view words,
                           Instant now) {
  const IdentityAnswer answer = conversation::identity_answer(words, {}, debtor.name);
  if (answer != IdentityAnswer::OtherPerson && answer != IdentityAnswer::WrongNumber) return false;
  (void)move_in_use(tx, debtor, AddressEvent::SaidOtherPerson, now);
  leave_number_to_person(tx, desk, debtor, words, "page", now);
  return true;
}

void account_changed(Tx& tx, CreditorId creditor, DebtorId id, std::string_view why, Instant now) {
  tx.debtors.hold_with_kin(creditor, id);
  for (const auto& debtor : everybody_there(tx, creditor, id)) {
    if (address_value(debtor).empty()) continue;
    if (move_in_use(tx, debtor, AddressEvent::Changed, now))
      note(tx, creditor, debtor.id, now, "account_changed", why);
  }
}

void note_identity_hash(Tx& tx, CreditorId creditor, DebtorId id, const std::string& hash,
                        Instant now) {
  if (hash.empty()) return;
  const auto debtor = tx.debtors.find(creditor, id);
  if (!debtor) return;
  Address address = address_in_use(tx, *debtor);
  if (address.identity_hash == hash) return;
  if (!address.identity_hash.empty()) {
    account_changed(tx, creditor, id, "identity_hash", now);
    address = address_in_use(tx, *debtor);
  }
  address.identity_hash = hash;
  tx.addresses.save(creditor, id, address_value(*debtor), address);
}

}  // namespace puntual::engine
