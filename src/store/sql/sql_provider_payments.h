// Payments as their providers have them, and what is to be looked up there. No personal data: a
// provider's own numbers, states, sums.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/payments/payment_request.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

struct KnownPayment {
  CreditorId creditor_id;
  std::string provider, provider_payment_id;
  ProviderStatus state = ProviderStatus::Created;
  Money amount;
  int64_t refunded_minor =
      0;  // Of that, what went back as the provider has it, and the books as well.
  int64_t fee_minor = 0;
  std::string method;
  PaymentRequestId request_id;  // None: no request of ours.
  PaymentId payment_id;         // What was booked for it; none: nothing (yet).
  DebtorId debtor_id;           // None: nobody known.
  std::string trouble;          // Why a person must look; empty: all is well.
  Instant first_seen_at, changed_at;
  Instant paid_at;  // As the provider says, or when we read so first; without money yet: nothing.
};

// A subject that a notice spoke of: "payment <id>", "link <id>" or "reference <reference>".
struct WantedCheck {
  std::string provider, subject;
  Instant wanted_at;  // Raised by whoever wants it again meanwhile.
  int32_t tries = 0;
  std::string trouble;
  bool is_signed = true;               // Else anybody may have named it.
  std::optional<ProviderStatus> told;  // What signed notices say that it has come to.
};

class ProviderPayments {
 public:
  ProviderPayments(Connection& db, const Held& held) : db_(db), held_(held) {}
  void save(const KnownPayment& payment);
  [[nodiscard]] std::optional<KnownPayment> find(CreditorId creditor, std::string_view provider,
                                                 std::string_view provider_payment_id);
  [[nodiscard]] std::optional<KnownPayment> find_booked(CreditorId creditor, PaymentId payment);
  [[nodiscard]] std::vector<KnownPayment> of_request(CreditorId creditor, PaymentRequestId request);
  [[nodiscard]] std::vector<KnownPayment> of_debtor(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<KnownPayment> in_trouble(CreditorId creditor,
                                                     int limit);  // The longest waiting first.

  // To be looked up at once, also when it waits already.
  void want(CreditorId creditor, std::string_view provider, std::string_view subject, Instant now,
            bool is_signed = true, const std::optional<ProviderStatus>& told = {});
  // What signed notices have said of a subject that waits.
  [[nodiscard]] std::optional<ProviderStatus> told(CreditorId creditor, std::string_view provider,
                                                   std::string_view subject);
  [[nodiscard]] std::vector<WantedCheck> wanted(
      CreditorId creditor, Instant now,
      int max);  // In turn from each provider, what is signed first.
  [[nodiscard]] int64_t unsigned_at(CreditorId creditor, std::string_view provider);
  // Nothing is looked up there before.
  void put_off(CreditorId creditor, std::string_view provider, Instant until);
  [[nodiscard]] std::optional<Instant> next_try(CreditorId creditor);
  [[nodiscard]] std::vector<WantedCheck> in_vain(CreditorId creditor,
                                                 int limit);  // Those with a trouble.
  // The moves of one, as it was read; false when it has been wanted again since, and stays as it
  // is.
  bool done(CreditorId creditor, const WantedCheck& check);
  bool try_later(CreditorId creditor, const WantedCheck& check, Instant at,
                 std::string_view trouble);
  struct Waiting {
    int64_t count = 0;  // 10,000 at most.
    std::optional<Instant> oldest;
  };
  [[nodiscard]] Waiting waiting(CreditorId creditor);

 private:
  [[nodiscard]] static std::vector<KnownPayment> all_in(Rows rows);
  [[nodiscard]] static std::vector<WantedCheck> checks_in(Rows rows);
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
