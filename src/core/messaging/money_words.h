// What a person of the creditor writes about money, held against the books before it leaves: an
// account that is none of the creditor's, a sum that the person does not owe. It looks for what is
// plainly wrong and lets all else pass. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"

namespace puntual {

// What may be named.
struct MoneyKnown {
  std::string numbers;  // Texts with the creditor's own accounts and telephones, and the person's
                        // documents and invoices.
  std::vector<int64_t> sums_minor;  // Owed now, agreed on, or paid.
  Currency currency;
};

namespace messaging {

inline constexpr std::string_view kForeignAccount = "FOREIGN_ACCOUNT",
                                  kSumNotInBooks = "SUM_NOT_IN_BOOKS";

// Codes with blanks between; empty: nothing is wrong.
[[nodiscard]] std::string money_refusals(std::string_view text, const MoneyKnown& known);
// Of these codes: what is wrong, and what to do. Empty for another.
[[nodiscard]] std::string_view explain_money_es(std::string_view code);

}  // namespace messaging
}  // namespace puntual
