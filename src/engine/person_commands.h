// What people of the creditor, its systems and its files tell about a person: stops and consents,
// the state of the case, wished hours, the role, who is the same person, contacts made elsewhere.
//
// Each is one function for one verb: it changes the books, cancels what must not leave any more,
// writes one timeline event (codes only) and has the planner look again. An Error names what is
// missing. Call within a write.
#pragma once

#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "core/conversation/identity.h"
#include "engine/law.h"
#include "store/store.h"

namespace puntual {

struct StopOrder {
  std::optional<Channel> channel;  // None: every channel.
  std::string by = "operator";     // operator, api
  std::string why;  // The person's words or the operator's note; kept with the stop alone.
};
struct LiftOrder {
  std::optional<Channel> channel;  // None: the stop of every channel.
  Instant requested_at;    // When the person asked to be written to again: later than the stop.
  std::string instrument;  // Where that request is found.
  std::string by = "operator";
};
struct FlagOrder {
  CaseFlag flag = CaseFlag::Disputed;
  std::string by = "operator";
  std::string set_through;  // Clears only what this has set; empty: whoever has.
};
struct NumberOrder {
  bool is_theirs = false;  // Whose the number in use is: theirs, or somebody else's.
  std::string evidence;    // How it is known.
  std::string by = "operator";
};
struct ContactOrder {
  Channel channel = Channel::Voice;
  Direction direction = Direction::Out;
  Purpose purpose = Purpose::Overdue;
  Instant at;
  std::string by = "operator";
};

// Everything that is recorded about a person.
struct PersonFacts {
  Debtor debtor;
  std::vector<store::Kin> kin;
  std::vector<store::ConsentEntry> consents;
  std::vector<store::OptOut> opt_outs;
  std::vector<store::CaseNote> flags;
  std::vector<store::HoursWish> hours;
  std::vector<store::ReceivedAttachment> attachments;
  store::Permission permission;
  Address address;    // The number in use, as far as it is proven to be theirs.
  std::string unfit;  // Why no reminder may go there, whatever the gate says; a code, or empty.
  Decision now;       // The gate's answer to a reminder.
  bool hours_may_replace = false;  // Their country lets a wish take the place of the legal hours.
  bool has_room = true;  // Their hours leave room for a reminder that lives as long as usual.
};

namespace engine {

Result<void> stop_person(Tx& tx, const Creditor& creditor, DebtorId id, const StopOrder& order,
                         Instant now);
// Only the person's own later request opens again what they closed; Conflict when nothing was
// stopped, or later.
Result<void> allow_person(Tx& tx, const Creditor& creditor, DebtorId id, const LiftOrder& order,
                          Instant now);
// The person wrote that they want to be written to again ("ALTA"): lifts every stop of WhatsApp,
// theirs and those that others on the same number have by it. `message`: a reference of ours, for
// the platform's ids contain the number.
Result<void> allow_by_words(Tx& tx, const Creditor& creditor, DebtorId id, Instant at,
                            std::string_view message, Instant now);
// Somebody has read what was taken for a possible stop, and it was none: lifts it for everybody on
// the number. `read`: what was before their eyes; a doubt whose words are not in it stays. The
// person is held.
void lift_doubt(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view read,
                std::string_view by, Instant now);

// On the timeline, with the digest of the paper: 'audit verify' sees one that is called otherwise
// later.
void note_grant(Tx& tx, CreditorId creditor, DebtorId id, const store::ConsentEntry& grant,
                Instant now);
// Conflict when it is known already or a revocation is in its way.
Result<void> grant_consent(Tx& tx, const Creditor& creditor, DebtorId id,
                           const store::ConsentEntry& grant, Instant now);
Result<void> revoke_consent(Tx& tx, const Creditor& creditor, DebtorId id,
                            const store::ConsentEntry& revocation, Instant now);

// Setting a flag that is set, or clearing one that is not, changes nothing.
Result<void> set_flag(Tx& tx, const Creditor& creditor, DebtorId id, const store::CaseNote& note,
                      Instant now);
Result<void> clear_flag(Tx& tx, const Creditor& creditor, DebtorId id, const FlagOrder& order,
                        Instant now);

Result<void> wish_hours(Tx& tx, const Creditor& creditor, DebtorId id, const store::HoursWish& wish,
                        Instant now);
Result<void> withdraw_hours(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view by,
                            Instant now);
Result<void> set_role(Tx& tx, const Creditor& creditor, DebtorId id, Role role, std::string_view by,
                      Instant now);

// A person has looked who has the number in use: it is theirs by this evidence, or it is not.
// Conflict when that changes nothing: a number that was wrong stays wrong.
Result<void> settle_number(Tx& tx, const Creditor& creditor, DebtorId id, const NumberOrder& order,
                           Instant now);

// The two records are one person: history, caps, stops, revocations and case flags of each count
// for both.
Result<void> link_people(Tx& tx, const Creditor& creditor, DebtorId a, DebtorId b,
                         std::string_view by, Instant now);
Result<void> unlink_person(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view by,
                           Instant now);

// A call, visit, letter, SMS or e-mail that was made outside of this program. Telling it twice
// counts once.
Result<void> record_contact(Tx& tx, const Creditor& creditor, DebtorId id,
                            const ContactOrder& order, Instant now);

[[nodiscard]] Result<PersonFacts> person_facts(Tx& tx, const Creditor& creditor, DebtorId id,
                                               const Law& law, Instant now);

}  // namespace engine
}  // namespace puntual
