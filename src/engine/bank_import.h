// LISTEN, the money that a bank tells of: its files, line by line, into the books, or before a
// person.
//
//   BankReading ─► twin? settlement? return? ─► candidates ─► bank::match ─► record_payment |
//   proposed | unmatched
//
// A line is booked once, whatever files tell of it: its key is the payment's source_id. By itself
// only what names the debt (payments contract 14, rank 3) and is in no doubt; all else waits for a
// person, with what speaks for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/bank/asobancaria.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// [[bank_account]]: what is known of an account of the creditor's.
struct BankAccount {
  std::string account;  // Without zeros before it.
  bool is_settlement =
      false;             // A gateway pays into it in bulk: whose money it is, the gateway told.
  std::string currency;  // Empty: the creditor's.
  ReferenceSlice reference = {};  // Of collection files.
  std::optional<ReferenceSlice> second_reference = {};
};

enum class BankApplies : uint8_t { References, CheckDigits, Nothing };

// [bank]
struct BankSettings {
  BankApplies applies = BankApplies::References;  // What is booked by itself.
  std::vector<BankAccount> accounts;
  [[nodiscard]] const BankAccount* find(std::string_view account) const;
};

struct BankFileInput {
  BankReading reading;
  std::string digest;  // Hex SHA-256 of the file.
  std::string name;    // As its sender calls it.
};

struct BankReport {
  BankFileId file_id;
  bool is_new = true;  // False: this very file was taken in before; nothing has changed.
  int64_t lines = 0, unchanged = 0;
  int64_t applied = 0, proposed = 0, unmatched = 0, ignored = 0, returned = 0;  // Of the new ones.
  int64_t applied_minor = 0;
};

// What a person says a line is. One of them.
struct BankShare {
  std::string invoice;  // Its number.
  int64_t amount_minor = 0;
};
struct BankDecision {
  bool is_accepted = false;       // As it was proposed.
  std::string invoice;            // All of it for this one,
  DebtorId debtor_id;             // for this person's oldest,
  std::vector<BankShare> shares;  // or for several, which come to all of it.
  bool is_ignored = false;
  BankLineId reverses;  // It gives back what that line brought.
  std::string by;       // "ana"
};

namespace engine {

// In transactions of some hundred lines: cut off in its middle and given again, it goes on.
// Invalid, with lines and remedies, when the file has troubles: it is kept as set aside, and
// nothing of it is in the books. A rehearsal changes nothing.
[[nodiscard]] Result<BankReport> take_bank_file(Store& store, const Desk& desk,
                                                const Creditor& creditor,
                                                const BankSettings& settings,
                                                const BankFileInput& input, bool is_rehearsal,
                                                Instant now);

// What was booked for an applied line, as it is by now.
[[nodiscard]] std::vector<Payment> payments_of(Tx& tx, const store::KeptBankLine& line);

// NotFound: no such line, invoice or person. Conflict: it was decided before, or another source has
// told of the same since it was proposed. Invalid: what was decided does not fit the line.
[[nodiscard]] Result<store::KeptBankLine> decide_bank_line(
    Tx& tx, const Desk& desk, const Creditor& creditor, const BankSettings& settings, BankLineId id,
    const BankDecision& decision, Instant now);

}  // namespace engine
}  // namespace puntual
