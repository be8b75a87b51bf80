// The reminding of a person rests: a claim, an agreement, a dispute, hardship, or a person who
// speaks with them (store/sql/sql_suspensions.h). Every way in which it begins or ends comes
// through here; planning and the claim ask rest_of().
#pragma once

#include <span>

#include "engine/contact_facts.h"

namespace puntual {

// Why no reminder is said, and until when; none: until somebody ends it.
struct Rest {
  std::string_view code;  // "SUSPENDED_CLAIM"
  std::optional<Instant> until;
};

namespace engine {

inline constexpr std::string_view kAgreementStep =
    "agreement";  // Its own reminders go on while an agreement holds the others.
inline constexpr std::string_view kPersonStep =
    "person";  // What somebody of the creditor says themselves.

// What is planned of reminders is cancelled, and the person is looked at anew.
void suspend(Tx& tx, CreditorId creditor, DebtorId debtor, const store::Suspension& suspension,
             Instant now);
// False when there is none.
bool end_suspension(Tx& tx, CreditorId creditor, DebtorId debtor, store::SuspensionKind kind,
                    std::string_view through, Instant now);

// How the reminders rest while a task of this kind waits, if they do.
[[nodiscard]] std::optional<store::SuspensionKind> rest_for(store::TaskKind kind);

// What holds a reminder of this step back: of several the one that holds longest. An agreement lets
// its own go on.
[[nodiscard]] std::optional<Rest> rest_of(std::span<const store::Suspension> suspensions,
                                          std::string_view step = {});

}  // namespace engine
}  // namespace puntual
