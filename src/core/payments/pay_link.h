// What somebody can pay by one link or one number: an invoice, an agreement's next instalment, or
// all that they owe.
//
// The token opens the payer's page; 128 bits that cannot be guessed, kept as a hash (quality-bar
// SEC-28). The bank reference is for whoever pays at a counter or by transfer: digits, the last two
// of which check the others (payments contract 13.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"

namespace puntual {

using PayLinkId = Id<struct PayLinkTag>;

enum class PayAboutKind : uint8_t { Everything, Invoice, Agreement };

struct PayAbout {
  PayAboutKind kind = PayAboutKind::Everything;
  int64_t id = 0;  // Of the invoice or the agreement.
  bool operator==(const PayAbout&) const = default;
};
[[nodiscard]] std::string text_of(
    const PayAbout& about);  // "everything", "invoice 4711", "agreement 4712"
[[nodiscard]] std::optional<PayAbout> pay_about_of(std::string_view text);

struct PayLink {
  PayLinkId id;
  CreditorId creditor_id;
  DebtorId debtor_id;
  PayAbout about;
  std::string token = {};  // Of its address; empty once the person was erased.
  std::string bank_reference = {};
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> revoked_at = {};

  [[nodiscard]] bool is_live(Instant now) const { return !revoked_at && now < expires_at; }
};

namespace payments {

// Nine digits and two that check them (ISO 7064 MOD 97-10): one wrong digit, or two that changed
// places, is noticed.
[[nodiscard]] std::string bank_reference_of(uint32_t number);  // number < 10^9
// As a person typed it or a bank printed it: blanks, dashes and leading zeros go. None: the check
// digits do not fit.
[[nodiscard]] std::optional<std::string> read_bank_reference(std::string_view text);

}  // namespace payments
}  // namespace puntual
