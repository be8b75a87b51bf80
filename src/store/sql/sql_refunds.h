// Money that a person has ordered to be given back through the provider that brought it. What went
// back stands in the books, once the provider says so; here stands who ordered it, and how far that
// has come.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual {

enum class RefundState : uint8_t {
  Requested,  // Somebody else has to approve it ([access] four_eyes).
  Wanted,     // The provider is asked, again and again until it answers.
  Given,      // It has taken the order: what its books say of the payment decides.
  Refused,    // It never will.
};
[[nodiscard]] std::string_view text_of(RefundState state);  // "wanted"

struct Refund {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  PaymentId payment_id;
  std::string provider, provider_payment_id;
  Money amount;
  int64_t before_minor = 0;  // What had gone back of the payment by then.
  Instant at;
  std::string by, why;  // For people; no personal data.
  RefundState state = RefundState::Wanted;
  std::optional<Instant> next_try_at;  // Wanted alone.
  int32_t tries = 0;
  std::string trouble;      // What the provider said, the last time.
  std::string approved_by;  // Empty: nobody had to.
};

namespace store {

class Refunds {
 public:
  Refunds(Connection& db, const Held& held) : db_(db), held_(held) {}
  void add(const Refund& refund);
  // What has become of it: state, next try, tries, trouble, who approved.
  void save(const Refund& refund);
  [[nodiscard]] std::optional<Refund> find(CreditorId creditor, int64_t id);
  // The oldest first.
  [[nodiscard]] std::vector<Refund> of_payment(CreditorId creditor, PaymentId payment);
  [[nodiscard]] std::vector<Refund> requested(CreditorId creditor, int limit);
  [[nodiscard]] std::vector<Refund> due(CreditorId creditor, Instant now, int limit);

 private:
  [[nodiscard]] static std::vector<Refund> all_in(Rows rows);
  Connection& db_;
  const Held& held_;
};

}  // namespace store
}  // namespace puntual
