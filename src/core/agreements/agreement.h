// What was agreed with a person about open debts: a promise to pay, or a plan of instalments.
//
// A promise is an agreement with one instalment. The schedule changes no balance: what was paid
// towards it is what the ledger has applied to the covered invoices since it was made, and
// instalments are met in the order of their dates.
//
//   active → kept (all paid) · partly_kept (something paid, the rest not in time) · broken (nothing
//   paid in time)
//          → cancelled (the person or the creditor took it back, or the debt went otherwise)
//
// Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace puntual {

using AgreementId = Id<struct AgreementTag>;

enum class AgreementKind : uint8_t { Promise, Plan };
enum class AgreementState : uint8_t { Active, Kept, PartlyKept, Broken, Cancelled };
[[nodiscard]] std::string_view text_of(AgreementKind kind);              // "promise"
[[nodiscard]] std::string_view text_of(AgreementState state);            // "partly_kept"
[[nodiscard]] AgreementKind agreement_kind_of(std::string_view text);    // Must be one of ours,
[[nodiscard]] AgreementState agreement_state_of(std::string_view text);  // and this.

struct Instalment {
  CivilDate due_on;
  int64_t amount_minor = 0;
  bool operator==(const Instalment&) const = default;
};

struct Agreement {
  AgreementId id;
  CreditorId creditor_id;
  DebtorId debtor_id;
  AgreementKind kind = AgreementKind::Promise;
  AgreementState state = AgreementState::Active;
  Instant made_at;
  std::string through;          // chat, operator, api
  std::string mandate_version;  // Of the creditor's written mandate; empty: beyond it, by a person.
  std::vector<InvoiceId> covered;
  Money total;                          // What the instalments add up to.
  int64_t discount_minor = 0;           // Forgiven when all is kept.
  std::vector<Instalment> instalments;  // By date; the first of a plan may be its down payment.
  int32_t grace_days = 0;  // After the date of an instalment, before it counts as missed.
  // Of the covered invoices when it was made, so that what has changed since is known.
  int64_t charged_before_minor = 0, paid_before_minor = 0;
  std::string words;  // What was offered, and what the person answered to it.
  std::string salt;   // Of the record's commitment to the words; gone with the person's data.
  std::optional<Instant> ended_at;
};

namespace agreements {

// What the ledger says of the covered invoices since it was made.
struct Books {
  int64_t paid_minor = 0;     // By payments and by the creditor's files.
  int64_t charged_minor = 0;  // By how much the invoices were raised; negative: lowered.
  int64_t waived_minor =
      0;  // Interest and costs that a person gave up: lowered by these, and so is what was agreed.
  int64_t owed_minor = 0;  // Of all of them now.
};

// What its instalments ask, the last ones less by what was waived since; those that ask nothing any
// more stay, at 0.
[[nodiscard]] std::vector<Instalment> asked_now(const Agreement& agreement, int64_t waived_minor);

// How an agreement stands. Pure.
struct Progress {
  AgreementState state = AgreementState::Active;
  size_t met = 0;             // Of its instalments, the first so many are paid for.
  int64_t missing_minor = 0;  // Of the next one.
};
// Somebody who owes nothing any more has kept it, if anything was paid; else the debt went
// otherwise (Cancelled).
[[nodiscard]] Progress progress_of(const Agreement& agreement, const Books& books, CivilDate today);

}  // namespace agreements
}  // namespace puntual
