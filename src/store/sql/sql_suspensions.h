// Why somebody is not reminded for a while: one row a reason, from when until when, and who ended
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"
#include "store/held.h"
#include "store/people.h"

namespace puntual::store {

enum class SuspensionKind : uint8_t {
  Claim,      // Says that they have paid; three business days to find the money.
  Agreement,  // A promise or a plan is open; it brings its own reminders.
  Dispute,    // A person looks; the case flag Disputed, which closes the talk as well, is theirs to
              // set.
  Hardship,   // Cannot pay; a person decides what is offered.
  Person,     // Somebody of the creditor is speaking with them: the bot is silent as well.
  Reversal,   // A payment of theirs was given or taken back; a person decides whether they are
              // reminded again.
};
[[nodiscard]] std::string_view text_of(SuspensionKind kind);  // "claim"
[[nodiscard]] std::string_view code_of(
    SuspensionKind kind);  // "SUSPENDED_CLAIM": why nothing is said
[[nodiscard]] SuspensionKind suspension_kind_of(std::string_view text);  // Must be one of ours.

struct Suspension {
  SuspensionKind kind = SuspensionKind::Claim;
  Instant since;
  std::optional<Instant> until;  // None: until somebody ends it.
  std::string through;           // chat, operator, api, phone_app
  [[nodiscard]] bool is_active(Instant now) const { return !until || now < *until; }
  bool operator==(const Suspension&) const = default;
};

// One as it stands in the books, ended or not.
struct PastSuspension {
  Suspension suspension;
  std::optional<Instant> ended_at;
  std::string ended_through;
};

class Suspensions {
 public:
  Suspensions(Connection& db, const Held& held) : db_(db), held_(held) {}
  // One of a kind at a time: begun again it holds until the later of both ends.
  void begin(CreditorId creditor, DebtorId debtor, const Suspension& suspension, Instant now,
             IdSource& ids);
  // False when there is none.
  bool end(CreditorId creditor, DebtorId debtor, SuspensionKind kind, std::string_view through,
           Instant now);
  // Those of each person that are in force at `now`.
  [[nodiscard]] std::vector<std::vector<Suspension>> active(CreditorId creditor,
                                                            const People& people, Instant now);
  [[nodiscard]] std::vector<Suspension> active(CreditorId creditor, DebtorId debtor, Instant now) {
    return active(creditor, People({debtor}), now).front();
  }
  [[nodiscard]] std::vector<PastSuspension> all_of(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
