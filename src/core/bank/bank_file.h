// What a bank tells of an account: a file of lines, each of which is money that came in, or went.
//
//   bytes ─► asobancaria | bcp_crep | statement ─► BankReading ─► match ─► applied | proposed |
//   unmatched (engine/bank_import.h)
//
// A file is taken in whole or not at all: with one trouble in it, it is set aside (payments
// contract 13.3). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace puntual {

using BankFileId = Id<struct BankFileTag>;
using BankLineId = Id<struct BankLineTag>;

enum class BankFormat : uint8_t { Asobancaria2001, Asobancaria1998, BcpCrep, Statement };
[[nodiscard]] std::string_view text_of(BankFormat format);  // "asobancaria2001"
[[nodiscard]] std::optional<BankFormat> bank_format_of(std::string_view text);

// One movement. What is personal is sealed where it is kept; the rest are the bank's codes.
struct BankLine {
  int64_t line = 0;  // Of the file, from 1 on.
  CivilDate on;
  Money amount;  // Negative: it went out.
  std::string
      reference;  // What the payer was asked to give; numbers without the zeros before them.
  std::string second_reference;             // Where the bank's field holds two.
  std::string document, name, description;  // Of the payer, as far as the bank tells.
  std::string means;  // How it was paid, in the bank's codes: "03 15" is origin and means.
  std::string branch;
  std::string returned;    // The bank's reason for giving it back; empty: it has not.
  std::string own_number;  // The bank's own for this line within the file or the day: batch,
                           // sequence, operation.
  bool operator==(const BankLine&) const = default;
};

struct BankTrouble {
  int64_t line = 0;  // 0: of the file as a whole.
  std::string what;  // Spanish, with the remedy; no personal data.
};

struct BankReading {
  BankFormat format = BankFormat::Statement;
  std::string bank,
      account;   // As the file names them; account without the zeros before it. May be empty.
  CivilDate on;  // Of the collection; of a statement its last line's.
  std::string modifier;  // Tells several files of one day apart.
  std::vector<BankLine> lines;
  std::vector<BankTrouble> troubles;  // Not empty: nothing of it may be used.
};

namespace bank {

// One trouble a line, the first of many, for people.
[[nodiscard]] std::string text_of(const std::vector<BankTrouble>& troubles);
// Without the zeros before it: "0000012" → "12", "00F-1" → "F-1", "000" → "0".
[[nodiscard]] std::string without_zeros(std::string_view digits);
// What makes a line the same when it is told again: of a file of collections its place there, of a
// statement, which has none and overlaps with the next, what it says; `ordinal` tells those apart
// that say the same on the same day, from 0 on.
[[nodiscard]] std::string identity_of(const BankReading& file, std::string_view file_digest,
                                      const BankLine& line, int ordinal);
// How many lines before each say the same: its ordinal.
[[nodiscard]] std::vector<int> ordinals_of(const BankReading& file);

}  // namespace bank
}  // namespace puntual
