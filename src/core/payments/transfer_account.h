// Where people transfer money to, who want no payment provider ([payments.transfer]).
#pragma once

#include <string>

namespace puntual {

struct TransferAccount {
  std::string bank;  // Empty: nowhere.
  std::string account_kind, account, holder, document;
};

}  // namespace puntual
