// Is the person behind a number the one we mean? What is known of each address of each debtor, what
// changes it, and what an answer to the opener says.
//
//                  Asked    Verified   yes        wrong  other        silence  unclear  Changed
//   unconfirmed    asked    confirmed  –          wrong  other_person –        –        unconfirmed
//   asked          asked    confirmed  confirmed  wrong  other_person silent   doubt    unconfirmed
//   silent         –        confirmed  confirmed  wrong  other_person –        doubt    unconfirmed
//   doubt          –        confirmed  confirmed  wrong  other_person –        –        unconfirmed
//   confirmed      –        –          –          wrong  doubt        –        –        unconfirmed
//   other_person   –        –          –          wrong  –            –        –        –
//   wrong          –        –          –          –      –            –        –        –
//
// doubt: an answer came that only a person can read; nobody is asked again by the program
// meanwhile. – changes nothing. A yes counts only where we have asked. A wrong number is wrong for
// that debtor for ever. Where proof meets doubt (a confirmed number says that somebody else has it)
// nobody is asked before a person has looked, and no words prove it again (is_contradicted). Law:
// docs/countries (PE-ID, H-THIRD), quality-bar INV-18; checked 2026-11-21. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace puntual {

enum class AddressState : uint8_t {
  Unconfirmed,
  Asked,
  Confirmed,
  Silent,
  Doubt,
  OtherPerson,
  Wrong
};
[[nodiscard]] std::string_view text_of(AddressState state);          // "other_person"
[[nodiscard]] AddressState address_state_of(std::string_view text);  // Must be one of ours.

// By what we believe that a number is the debtor's.
struct Evidence {
  std::string kind;  // otp, contract, conversation (the creditor's), answer (to our opener)
  std::string
      reference;  // The instrument: "Contrato 881, cláusula 3"; of an answer, its message id.
  std::optional<CivilDate> verified_on;
  bool operator==(const Evidence&) const = default;
};

// One phone or user id of one debtor. Without a row of its own it is as made here.
struct Address {
  AddressState state = AddressState::Unconfirmed;
  Evidence evidence;
  int32_t times_asked = 0;
  std::optional<Instant> asked_at;  // The last time.
  std::optional<Instant> answered_at;
  std::optional<Instant> changed_at;  // The platform said that somebody else may have it now.
  std::string identity_hash;  // The platform's digest of the account's key; empty: never told.

  [[nodiscard]] bool is_retired() const {
    return state == AddressState::Wrong || state == AddressState::OtherPerson;
  }
  [[nodiscard]] bool awaits_answer() const {
    return state == AddressState::Asked || needs_reading();
  }
  // It was theirs until somebody else answered there: that one may say yes too, so words prove
  // nothing any more. Only the button of the opener does, or a person of the creditor.
  [[nodiscard]] bool is_contradicted() const { return changed_at && answered_at == changed_at; }
  // Asked in vain or answered unclearly: a person must look, and the program does not ask again.
  [[nodiscard]] bool needs_reading() const {
    return state == AddressState::Silent || state == AddressState::Doubt;
  }
  bool operator==(const Address&) const = default;
};

enum class AddressEvent : uint8_t {
  Asked,
  Verified,
  SaidYes,
  SaidWrongNumber,
  SaidOtherPerson,
  SaidUnclear,
  StayedSilent,
  Changed
};

// No: a bare "no" or "no soy", which says so only to whom was asked.
enum class IdentityAnswer : uint8_t { None, Yes, No, WrongNumber, OtherPerson };

namespace conversation {

// The state that follows, by the table above.
[[nodiscard]] AddressState after(AddressState state, AddressEvent event);
// The same with what is kept beside the state: how often and when asked, answered, changed.
[[nodiscard]] Address after(const Address& address, AddressEvent event, Instant at);
// Verified by `evidence`, unless it is older than the last change of the account: a date is needed
// then.
[[nodiscard]] Address verified(const Address& address, const Evidence& evidence, Instant at);

// What somebody says to "¿Estamos hablando con Ana?": Spanish and Portuguese, accents and case
// folded. What can be read in two ways is None: a name alone, a "sí" that goes on about the debt,
// "sí, pero no …". `payload` is that of a button. `name`: whom we asked for; who gives a name that
// has no word of it is None. Empty: any name is theirs.
[[nodiscard]] IdentityAnswer identity_answer(std::string_view text, std::string_view payload,
                                             std::string_view name = {});

// "Número equivocado", "no soy yo": of the number for certain. "Se equivocó", where nobody had
// asked, may be of anything.
[[nodiscard]] bool is_surely_of_the_number(std::string_view text);

// A cell or option that says how a number was verified: "otp", "Contrato 881", "conversación del 3
// de mayo". Words that name no kind are an instrument, kind contract. "sí" and "no" have no kind;
// see is_yes and is_no.
[[nodiscard]] Evidence evidence_of(std::string_view text);
[[nodiscard]] bool is_yes(std::string_view cell);
[[nodiscard]] bool is_no(std::string_view cell);

}  // namespace conversation
}  // namespace puntual
