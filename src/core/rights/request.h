// What a person may ask of the data we hold about them, and until when it must be answered.
//
// Terms: contract section 1.2 (CO: consultation 10, claim 15 business days + 8), section 4 (CL:
// Ley 21.719 from 2026-12-01, 30 days), quality-bar SEC-39; checked 2026-11-21. Elsewhere the house
// answers within five business days, which is no longer than any term of the region that we know
// of. Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace puntual {
namespace compliance {
class RuleBook;
}

enum class RightKind : uint8_t { Access, Rectification, Opposition, Erasure };
[[nodiscard]] std::string_view text_of(RightKind kind);  // "access"
[[nodiscard]] std::string_view name_es(RightKind kind);  // "acceso"
[[nodiscard]] std::optional<RightKind> right_kind_of(std::string_view text);

enum class RequestState : uint8_t { Open, Done, Partly, Refused };
[[nodiscard]] std::string_view text_of(RequestState state);
[[nodiscard]] std::optional<RequestState> request_state_of(std::string_view text);

struct RightsRequest {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  RightKind kind = RightKind::Access;
  Instant received_at;
  std::string through;  // How it came: "letter", "email", "chat", "in_person".
  CivilDate due_on;     // The last local date to answer.
  RequestState state = RequestState::Open;
  std::optional<Instant> closed_at;
  std::string answer;  // Codes of what was done and what was kept.
};

namespace rights {

struct Term {
  int days = 5;
  bool business_days = true;
  std::string_view rule;  // "CO-CLAIM", "H-RIGHTS"
};
[[nodiscard]] Term term_of(std::string_view country, RightKind kind, CivilDate received_on);
// Counted from the day after it came; business days are Monday to Friday that are no holidays
// there, by the calendars of this book.
[[nodiscard]] CivilDate due_on(std::string_view country, RightKind kind, CivilDate received_on,
                               const compliance::RuleBook& book);

// Why a person's data cannot be forgotten yet; empty: nothing stands in the way.
struct ErasureHold {
  std::string_view code;  // "OPEN_DEBT", "OPEN_DISPUTE", "UNAPPLIED_MONEY"
  std::string_view es,
      pt;  // As the person is told: the form of address in brackets (messaging::in_treatment).
};
struct ErasureFacts {
  bool owes = false;
  bool has_unapplied_money = false;
  bool has_message_in_flight = false;  // Its outcome must still find its person.
};
[[nodiscard]] std::vector<ErasureHold> holds_of(const ErasureFacts& facts);

}  // namespace rights
}  // namespace puntual
