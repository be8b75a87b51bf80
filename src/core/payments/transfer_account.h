// Where people transfer money to, who want no payment provider ([payments.transfer]).
#pragma once

#include <string>

#include "base/money.h"

namespace puntual {

struct TransferAccount {
  std::string bank;  // Empty: nowhere.
  std::string account_kind, account, holder, document;
  Currency currency;  // Of the account: nobody is told to pay a debt in another one there.

  [[nodiscard]] bool takes(Currency owed) const { return !bank.empty() && currency == owed; }
};

}  // namespace puntual
