// Money that came in.
#pragma once

#include <optional>
#include <string>

#include "core/portfolio/portfolio.h"

namespace puntual {

struct Payment {
  PaymentId id;
  CreditorId creditor_id;
  DebtorId debtor_id;  // None when nobody is known yet.
  std::string source;  // "file", "cli", "api"; one payment there is one posting here.
  std::string source_id;
  std::string reference;  // The invoice number it names, or empty.
  Money amount;
  int64_t unapplied_minor = 0;
  int64_t returned_minor =
      0;  // Given or taken back; what is applied, waits and was returned is the amount.
  std::string method;
  CivilDate paid_on;
  std::optional<Instant> paid_at;
  Instant recorded_at;
};

}  // namespace puntual
