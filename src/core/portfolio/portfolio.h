// The nouns of the portfolio: who owes, what, to whom.
//
// A debtor is a person with an internal id and several identifiers; never a phone number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"
#include "core/compliance/gate.h"

namespace puntual {

struct Creditor {
  CreditorId id;
  std::string name;               // As debtors know it: "Colegio San Marcos".
  std::string agent_name;         // Who writes: "Laura".
  std::string country;            // ISO 3166 alpha-2.
  std::string zone;               // IANA.
  std::string locale;             // "es_CO"
  std::string currency;           // Of invoices that name none.
  std::string help;               // How to reach a person: "llame al 601 555 0100".
  std::string payment_link_base;  // "https://pagos.example.com/" or empty.
  std::string phone_number_id;    // The sending number, as the platform calls it.
  std::string strategy;           // Name of the strategy that applies.
  // What Mexico and Chile want said in the first message of a collection (MX-ID, CL-INFO); all may
  // be empty.
  std::string person_in_charge;  // "Lic. Marta Ruiz"
  std::string address;
  std::string tax_id;  // On papers, with its name: "NIT 900.123.456-7", "CNPJ 12.345.678/0001-95".
  std::string phone;
  std::string complaints_unit;  // "quejas@example.com, 55 5555 0199"
  std::string
      charges;  // A whole sentence on agreed interest and costs; filled in: they are agreed.
  std::optional<Instant> paused_at;  // Nothing is sent while set.
};

enum class IdentifierKind : uint8_t { Phone, WaId, Bsuid, ParentBsuid, Document, External };
[[nodiscard]] std::string_view text_of(IdentifierKind kind);  // "phone", "wa_id", …

// Something that stands for a person. Phones are stored in their canonical form (base/phone.h), so
// that +521…, 52… and 044… of one Mexican mobile are one value.
struct Identifier {
  IdentifierKind kind = IdentifierKind::Phone;
  std::string value;
  auto operator<=>(const Identifier&) const = default;
};

struct Debtor {
  DebtorId id;
  CreditorId creditor_id;
  std::string name;     // Full name as imported, in normal case.
  std::string country;  // Jurisdiction of the debtor.
  std::string zone;     // One IANA name, or empty: every zone of the country.
  std::string phone;    // E.164 to write to; empty when only a user id is known.
  std::string user_id;  // WhatsApp's business-scoped user id or empty.
  std::string email;
  // The platform could not deliver (131026): doubtful until something is delivered or the person
  // writes.
  std::optional<Instant> unreachable_at = {};
  // Their data were destroyed at their wish: nothing else is known of them, and nothing is ever
  // said to them again.
  std::optional<Instant> erased_at = {};
  Role role = Role::Debtor;  // Only debtors, co-debtors and guarantors are ever written to.
  DebtorId person_id = {};   // The record that stands for the person; none: this one.
  bool is_stranger = false;  // Has written to us, and no file has named the number yet.
};

enum class InvoiceState : uint8_t { Open, Paid, Disputed, WrittenOff };
[[nodiscard]] std::string_view text_of(InvoiceState state);

struct Invoice {
  InvoiceId id;
  DebtorId debtor_id;
  std::string number;          // The creditor's own.
  std::string product;         // "Internet hogar"
  std::string breakdown = {};  // Of the balance, as the file tells it: "Capital 8,000.00; intereses
                               // 1,500.00; moratorios 500.00"; or empty.
  std::optional<CivilDate> issued_on;
  std::optional<CivilDate> due_on;  // Without one there is no reminder.
  Money amount;
  int64_t balance_minor = 0;  // What is still owed; equals the ledger's receivable.
  int64_t charged_minor = 0;  // Late interest and collection costs that came on top of the amount.
  // Paid according to the creditor's file without our knowing the payments: only a payment that
  // names this invoice may explain it.
  int64_t unitemised_minor = 0;
  InvoiceState state = InvoiceState::Open;
  // The last step of the cadence that was written (or passed over) for it, as days from the due
  // date.
  int32_t last_step_day = kNoStep;
  // The local date of the last message that named it, whatever its step; none: never, or not known.
  std::optional<CivilDate> last_step_on;
  // The last notice that somebody has read and let leave, or held back, for this invoice alone;
  // told where such a step is due.
  int32_t released_notice_day = kNoStep, held_notice_day = kNoStep;

  static constexpr int32_t kNoStep = -100000;
  [[nodiscard]] Money balance() const { return {balance_minor, amount.currency}; }
};

}  // namespace puntual
