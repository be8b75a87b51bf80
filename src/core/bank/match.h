// Whose money is it? What a line of a bank says, held against who could have paid it (payments
// contract 14, ranks 3 to 6).
//
// Nothing is guessed: two people who could be meant are nobody, a name alone is nobody, and only
// what names the debt itself is good enough to be booked without a person. Each answer says by
// which rule, how sure, and what speaks for it. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bank/bank_file.h"
#include "core/payments/pay_link.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

enum class MatchRule : uint8_t {
  None,           // Nobody, or several people.
  BankReference,  // Digits with their check digits: a pay link of ours.
  InvoiceNumber,  // The reference is the number of one invoice.
  PayerExact,     // The payer's document or phone, and the sum is that of one open invoice.
  PayerSum,       // … that of several together.
  Payer,          // The payer alone.
  Settlement,     // Of a gateway's account: whose money it is was told by the gateway.
  Outgoing,       // Money of the creditor's own.
  Return,         // The bank gives back what it brought before.
  Person,         // Somebody said so.
};
[[nodiscard]] std::string_view text_of(MatchRule rule);  // "bank_reference"
[[nodiscard]] MatchRule match_rule_of(std::string_view text);
[[nodiscard]] std::string_view name_es(MatchRule rule);  // "por la referencia de pago"

// Somebody who may have paid: what led to them, and what they owe.
struct BankCandidate {
  DebtorId debtor_id;
  std::string name;
  MatchRule by = MatchRule::Payer;  // BankReference, InvoiceNumber or Payer.
  std::string
      evidence;  // "reference", "lettered", "other_letters", "description", "document", "phone"
  std::optional<InvoiceId> invoice;  // That the link or the number is of.
  std::vector<Invoice> open;  // Of theirs, by due date; with the named one, whatever its state.
};

struct BankMatch {
  MatchRule rule = MatchRule::None;
  int confidence = 0;                 // Percent.
  DebtorId debtor_id;                 // None: nobody.
  std::vector<InvoiceId> invoices;    // That it pays; none: the oldest first.
  std::vector<std::string> evidence;  // Codes, what speaks for it and against.
  bool is_sure = false;               // May be booked by itself.
};

namespace bank {

// A number as invoices have them: letters, then digits, whatever stands between them and before the
// digits. "FE-01029" is FE 1029.
struct LetteredNumber {
  std::string letters, digits;
  bool operator==(const LetteredNumber&) const = default;
};
// All that stand in a text, in capitals: 1 to 4 letters, the digits with or without a blank or mark
// between.
[[nodiscard]] std::vector<LetteredNumber> lettered_in(std::string_view text);

// What a line gives to look people up by: each once, in the order of trust.
struct Traces {
  std::vector<std::string> references;   // Of the fields that are for them.
  std::vector<LetteredNumber> lettered;  // Of three digits and more, in what else the bank wrote.
  std::vector<std::string>
      in_words;  // Numbers of five digits and more in what else the bank wrote.
  std::vector<std::string> documents;
};
[[nodiscard]] Traces traces_of(const BankLine& line);

// The candidates are those whom the traces lead to, the same person as often as they do.
[[nodiscard]] BankMatch match(const BankLine& line, std::span<const BankCandidate> candidates);

// Do two names share at least two words, or the only one of either?
[[nodiscard]] bool is_like(std::string_view name, std::string_view other);

}  // namespace bank
}  // namespace puntual
