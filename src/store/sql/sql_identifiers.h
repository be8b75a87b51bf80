// Whose the identifiers of many people are, asked all at once, and what new people are known by,
// written all at once: both in the order of the index, for the keys are hashes and come in none.
#pragma once

#include <bit>
#include <span>
#include <vector>

#include "base/flat_map.h"
#include "store/sql/sql_debtors.h"

namespace puntual::store {

// What an import into an empty portfolio need not ask, for it would find nothing: what it has put
// there itself it knows. It holds from one transaction to the next while nobody else writes to the
// database in between; where other processes may, within the first one only.
class FirstImport {
 public:
  explicit FirstImport(size_t rows_max);
  // Of each transaction.
  void begin(Connection& db, CreditorId creditor);
  // After all that the transaction writes.
  void end(Connection& db);
  // There is nothing in the portfolio but what came between begin() and now.
  [[nodiscard]] bool holds() const { return holds_; }
  // False: it is nobody's, while holds(). True for some that are nobody's as well.
  [[nodiscard]] bool may_be_known(const LookupKey& key) const;
  void note(const LookupKey& key);

 private:
  bool holds_ = false;
  int64_t changes_ = -1;          // Of the database, at the last end().
  std::vector<uint64_t> marked_;  // Three bits for each identifier that is somebody's.
};

// For one transaction, and for those who create people: an identifier keeps its first owner.
class IdentifierBlock {
 public:
  struct Asked {
    IdentifierKind kind = IdentifierKind::Phone;
    LookupKey key;
  };
  // `first` has begun this transaction; null: whatever is not known is asked.
  IdentifierBlock(Connection& db, CreditorId creditor, FirstImport* first = nullptr)
      : db_(db), creditor_(creditor), first_(first) {}

  // Nobody is known and nothing is owed but by what this import has put there.
  [[nodiscard]] bool is_of_first_import() const { return first_ != nullptr && first_->holds(); }
  // Reads whose these are, so that asking about them costs nothing.
  void read(std::vector<Asked> keys);
  [[nodiscard]] std::optional<DebtorId> owner(IdentifierKind kind, const LookupKey& key);
  // False: somebody has it. Written by keep().
  bool claim(IdentifierKind kind, const LookupKey& key, DebtorId id);
  // Has been written already.
  void note(const LookupKey& key, DebtorId id);
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
  [[nodiscard]] bool is_known_to_be_free(const LookupKey& key) const {
    return is_of_first_import() && !first_->may_be_known(key);
  }
  // Of one kind, in order.
  void ask(std::span<const Asked> keys);
  Connection& db_;
  CreditorId creditor_;
  FirstImport* first_;
  FlatMap<Words, DebtorId, Hash> owners_;  // 0: nobody's.
  std::vector<Claim> claims_;
};

}  // namespace puntual::store
