// Debtors and everything that stands for them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/portfolio/portfolio.h"
#include "core/strategy/strategy.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

// A debtor as the planner reads it.
struct DebtorForReview {
  Debtor debtor;
  PaymentBehaviour behaviour;  // Counters only; what is open is added from the invoices.
  std::string silence;
};

// Another record that must be thought of together with a person's.
struct Kin {
  DebtorId id;
  bool is_same_person =
      false;  // Linked by a human; else somebody who is reached on the same number.
};

// How a value is found in table identifier; by any thread with a vault of its own.
[[nodiscard]] LookupKey identifier_key(Vault& vault, CreditorId creditor, IdentifierKind kind,
                                       std::string_view value);

// An identifier together with its key, which takes longer to make than all the rest.
struct KeyedIdentifier {
  IdentifierKind kind = IdentifierKind::Phone;
  std::string_view value;
  LookupKey key;
};

// What to do about a person whom another node's transaction holds.
enum class Hold : uint8_t { Wait, Skip };

class Debtors {
 public:
  Debtors(Connection& db, PersonKeys& keys, Held& held) : db_(db), keys_(keys), held_(held) {}

  // Holds these people until the transaction ends: nobody else decides about them meanwhile, or
  // changes what is decided on. To be asked before anything of theirs is read that is relied on,
  // and of all at once: taken in the order of their ids, two transactions never wait for each
  // other. False: others hold some of them (Skip), who are left out.
  bool hold(CreditorId creditor, std::vector<DebtorId> people, Hold how = Hold::Wait);
  // One, and whoever is to be thought of together with them.
  bool hold_with_kin(CreditorId creditor, DebtorId person, Hold how = Hold::Wait);
  bool hold_with_kin(const Debtor& held, Hold how);  // Who is held already.
  [[nodiscard]] bool holds(DebtorId person) const { return held_.has(person); }

  // Known by these identifiers, which are theirs (IdentifierBlock).
  void insert(const Debtor& debtor, Instant now, std::span<const KeyedIdentifier> own = {});
  void update(const Debtor& debtor);  // Name, country, zone, phone, user id, e-mail, role,
                                      // stranger; nothing of an erased person.
  [[nodiscard]] std::optional<Debtor> find(CreditorId creditor, DebtorId id);

  [[nodiscard]] std::vector<DebtorId> all(CreditorId creditor);
  // Those who have ever written, who wrote last first; behind `after`, the last of the page before
  // (0: from the first). Who has written since then stands before them.
  [[nodiscard]] std::vector<DebtorId> who_wrote(CreditorId creditor, DebtorId after, int limit);
  // Of these people, those with whom there is a conversation: who have written, or for whom
  // something is open.
  [[nodiscard]] std::vector<DebtorId> who_talks(CreditorId creditor, const People& people,
                                                DebtorId after, int limit);
  [[nodiscard]] std::vector<std::string> countries(CreditorId creditor);

  // Whom an identifier stands for.
  [[nodiscard]] std::optional<DebtorId> find_by(CreditorId creditor, IdentifierKind kind,
                                                std::string_view value);
  [[nodiscard]] std::optional<DebtorId> find_by(CreditorId creditor, IdentifierKind kind,
                                                const LookupKey& key);
  // Keeps the first owner: an identifier never moves by itself.
  void add_identifier(CreditorId creditor, DebtorId id, IdentifierKind kind,
                      std::string_view value);
  [[nodiscard]] std::vector<Identifier> identifiers(CreditorId creditor, DebtorId id);

  // Erased or not. For somebody who was erased it walks over all documents.
  [[nodiscard]] bool has_document(CreditorId creditor, DebtorId id);

  // The same person's other records, and the other people who are written to, or first were known,
  // on the same number.
  [[nodiscard]] std::vector<Kin> kin(const Debtor& debtor) {
    return std::move(kin(debtor.creditor_id, People({debtor.id})).front());
  }
  [[nodiscard]] std::vector<std::vector<Kin>> kin(CreditorId creditor, const People& people);
  // All records of the one person, this one first.
  [[nodiscard]] std::vector<DebtorId> records_of(const Debtor& debtor);
  // These two records are one person, with all that either is linked to already.
  void link(CreditorId creditor, DebtorId a, DebtorId b);
  // This record stands for itself again; those that were linked by it keep together.
  void unlink(CreditorId creditor, DebtorId id);

  // Those whose moment of review has come and whom nobody else holds, earliest first; held from now
  // on.
  [[nodiscard]] std::vector<DebtorId> due_for_review(CreditorId creditor, Instant now, int limit);
  // Those of them that exist, in the order of their ids.
  [[nodiscard]] std::vector<DebtorForReview> for_review(CreditorId creditor, const People& people);
  [[nodiscard]] std::optional<DebtorForReview> for_review(CreditorId creditor, DebtorId id);
  // The earliest moment at which due_for_review gives somebody.
  [[nodiscard]] std::optional<Instant> next_review(CreditorId creditor);
  void set_review(CreditorId creditor, DebtorId id, std::optional<Instant> at,
                  std::string_view silence, std::optional<Instant> silent_until);
  // Not before this moment; of why they are silent nothing changes.
  void put_off_review(CreditorId creditor, const People& people, Instant until);
  // Until when this person is left alone, and when they are looked at next.
  [[nodiscard]] std::pair<std::optional<Instant>, std::optional<Instant>> review_moments(
      CreditorId creditor, DebtorId id);
  // Something happened: look at this person at the next tick.
  void review_now(CreditorId creditor, DebtorId id, Instant now);
  void review_everybody(CreditorId creditor, Instant now);

  void note_inbound(CreditorId creditor, DebtorId id, Instant at);
  // The platform could not deliver at this moment, or (none) has delivered since.
  void note_unreachable(CreditorId creditor, DebtorId id, std::optional<Instant> at);
  void set_user_id(CreditorId creditor, DebtorId id, std::string_view user_id);
  // One more settled invoice, so many days after its due date. Each counts once; none: one of
  // before our time.
  void note_settled(CreditorId creditor, DebtorId id, InvoiceId invoice, int32_t days_late,
                    const Strategy& strategy);
  // It is owed again: it counts no more, as whatever it was counted.
  void forget_settled(CreditorId creditor, InvoiceId invoice);

 private:
  // False: somebody has it.
  bool claim_identifier(CreditorId creditor, DebtorId id, IdentifierKind kind,
                        const LookupKey& key);
  [[nodiscard]] std::string known_by(CreditorId creditor, DebtorId id);
  [[nodiscard]] Debtor debtor_of(const Rows& row);
  [[nodiscard]] DebtorForReview review_of(const Rows& row);
  Connection& db_;
  PersonKeys& keys_;
  Held& held_;
};

}  // namespace puntual::store
