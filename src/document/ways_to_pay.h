// The end of a page on what is owed: the link with its code, the account for transfers, and who
// helps. Part of document.
#pragma once

#include <string>
#include <vector>

#include "core/payments/transfer_account.h"
#include "core/portfolio/portfolio.h"
#include "document/pdf.h"

namespace puntual::document {

struct WaysToPay {
  const Creditor& creditor;
  const std::string& locale;
  const std::string& link;  // Empty: there is none.
  const TransferAccount& transfer;
  const std::string& transfer_reference;
  bool has_other_currency = false;  // Something of it is owed in another than the account's.
};
void add_ways_to_pay(std::vector<Block>& blocks, const WaysToPay& ways);

}  // namespace puntual::document
