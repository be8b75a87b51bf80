// An agreement as a page to keep, as facts: who agreed with whom on what, and where its record
// stands. document/agreement_page.h makes the page. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "core/agreements/agreement.h"
#include "core/payments/transfer_account.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

struct AgreementPaper {
  Creditor creditor;
  std::string debtor_name;  // Empty: not kept any more.
  std::string locale;       // "es_CO"
  Agreement agreement;
  CivilDate made_on;  // In their zone.
  Instant printed_at;
  std::vector<Invoice> covered;  // As they are now.
  std::string payment_link;      // Of the first that has one; empty: there is none.
  TransferAccount transfer = {};
  std::string transfer_reference = {};
  std::string record_hash;  // Of the timeline's event that tells it.
};
// What stays owed of what it covers when all of it is kept.
[[nodiscard]] int64_t left_open(const Agreement& agreement);
// "acuerdo-2026-11-24.pdf"
[[nodiscard]] std::string file_name_of(const AgreementPaper& paper);

}  // namespace puntual
