// Whose the identifiers of many people are, asked all at once, and what new people are known by,
// written all at once: both in the order of the index, for the keys are hashes and come in none.
#pragma once

#include <bit>
#include <span>
#include <vector>

#include "base/flat_map.h"
#include "store/sql/sql_debtors.h"

namespace puntual::store {

// For one transaction, and for those who create people: an identifier keeps its first owner.
class IdentifierBlock {
 public:
  struct Asked {
    IdentifierKind kind = IdentifierKind::Phone;
    LookupKey key;
  };
  IdentifierBlock(Connection& db, CreditorId creditor) : db_(db), creditor_(creditor) {}

  // Reads whose these are, so that asking about them costs nothing. Nothing is read while the
  // creditor knows nobody.
  void read(std::vector<Asked> keys);
  [[nodiscard]] std::optional<DebtorId> owner(IdentifierKind kind, const LookupKey& key);
  // False: somebody has it. Written by keep().
  bool claim(IdentifierKind kind, const LookupKey& key, DebtorId id);
  // Has been written already.
  void note(const LookupKey& key, DebtorId id) { owners_.put(std::bit_cast<Words>(key), id); }
  // Throws a Failure to begin again when somebody else was quicker.
  void keep();

 private:
  // A key as two numbers, which are compared without a call. They are hashes already.
  struct Words {
    uint64_t first = 0, second = 0;
    bool operator==(const Words&) const = default;
  };
  struct Hash {
    size_t operator()(const Words& words) const { return words.first; }
  };
  struct Claim {
    IdentifierKind kind;
    LookupKey key;
    DebtorId id;
  };
  // Of one kind, in order.
  void ask(std::span<const Asked> keys);
  Connection& db_;
  CreditorId creditor_;
  FlatMap<Words, DebtorId, Hash> owners_;  // 0: nobody's.
  std::optional<bool>
      knows_somebody_;  // At the first read(): what was written since is in owners_.
  std::vector<Claim> claims_;
};

}  // namespace puntual::store
