// Who may be written to: the ledger of consents, and opt-outs. Both belong to the person, not to a
// number.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "core/portfolio/portfolio.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_debtors.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

// What holds for a person now. A consent is the one in force: its instrument and its date are the
// proof of a contact.
struct Permission {
  struct Words {
    std::string kind, text_version;  // By what they agreed, and to which words.
    bool is_dated = true;            // false: of the moment only when we heard of it is known.
  };
  std::array<ChannelConsent, kChannels> consent{};
  std::array<Words, kChannels> words{};  // Of the consent beside it.
  bool optout_all = false;
  uint8_t optout_channels = 0;
};

enum class ConsentAct : uint8_t {
  Granted,
  Revoked,
  Told
};  // Told: of hours and channels, as the law asks.
[[nodiscard]] std::string_view text_of(ConsentAct act);

// One line of the ledger; never changed.
struct ConsentEntry {
  ConsentAct act = ConsentAct::Granted;
  Channel channel = Channel::WhatsApp;
  Instant at;                // When the person did so;
  bool is_dated = true;      // false: only when we heard of it is known.
  std::string kind;          // contract, form, file, chat, letter, call
  std::string instrument;    // Where the proof is found.
  std::string text_version;  // Of the words that they agreed to.
  std::string by;            // file, operator, api, chat
  Instant recorded_at = {};
};

struct OptOut {
  std::string channel;  // "all" or a channel
  Instant at;
  std::string through;  // "word", "button", "page", "doubt", "shared_phone", "operator", "api"
  std::string words;
  std::optional<Instant> lifted_at = {};  // By the person's own later request:
  std::string lifted_through = {};
  std::string lifted_by_instrument = {};
};

// What is written of one record of a person.
struct PermissionRecord {
  std::vector<ConsentEntry> ledger;  // In the order of time.
  bool optout_all = false;
  uint8_t optout_channels = 0;
};
// Somebody else whose record counts.
struct KinRecord {
  const PermissionRecord* record = nullptr;
  bool is_same_person = false;
};
[[nodiscard]] Permission permission_of(const PermissionRecord& own, std::span<const KinRecord> kin);

class Permissions {
 public:
  Permissions(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}
  // Adds to the ledger; true when it is new. A grant that would renew a revoked one is not taken:
  // after a revocation only another instrument, of a known and later date, opens the channel again.
  bool grant(CreditorId creditor, DebtorId debtor, const ConsentEntry& grant, Instant now,
             IdSource& ids);
  // Of a person who is new: nothing is known of them that could speak against it.
  void grant_first(CreditorId creditor, DebtorId debtor, const ConsentEntry& grant, Instant now,
                   IdSource& ids) {
    append(creditor, debtor, grant, now, ids);
  }
  void revoke(CreditorId creditor, DebtorId debtor, const ConsentEntry& revocation, Instant now,
              IdSource& ids);
  // The person was told of the hours and channels of contact: `instrument` is the message that did
  // so.
  void note_told(CreditorId creditor, DebtorId debtor, Channel channel, Instant at,
                 std::string_view instrument, Instant now, IdSource& ids);
  [[nodiscard]] std::vector<ConsentEntry> ledger(CreditorId creditor, DebtorId debtor);

  // Keeps the first one, but a clear word takes the place of a doubt.
  void opt_out(CreditorId creditor, DebtorId debtor, const OptOut& opt_out);
  // True when one was in force, and older than the request.
  bool lift(CreditorId creditor, DebtorId debtor, std::string_view channel, Instant requested_at,
            std::string_view through, std::string_view instrument, Instant now);
  // Those in force; or all that ever were.
  [[nodiscard]] std::vector<OptOut> opt_outs(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<OptOut> all_opt_outs(CreditorId creditor, DebtorId debtor);

  // What stands in the address at which they say "no more" by one tap: their number and 128 bits
  // that only we can make. Nothing of it is kept, and it is good as long as the person is there.
  [[nodiscard]] std::string stop_token(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::optional<DebtorId> of_stop_token(CreditorId creditor, std::string_view token);

  // Stops of all kin count, for who says stop says it for the phone in their hand; so do the same
  // person's revocations. A grant is that of the record alone: it names what was agreed to.
  [[nodiscard]] Permission of(CreditorId creditor, DebtorId debtor, std::span<const Kin> kin = {});
  // The records of each person, to be judged together with permission_of().
  [[nodiscard]] std::vector<PermissionRecord> records(CreditorId creditor, const People& people);

 private:
  void append(CreditorId creditor, DebtorId debtor, const ConsentEntry& entry, Instant now,
              IdSource& ids);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
