// Money that we asked for at providers, an attempt a row.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/payments/payment_request.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

class PaymentRequests {
 public:
  PaymentRequests(Connection& db, const Held& held) : db_(db), held_(held) {}
  void insert(const PaymentRequest& request);
  // State, place and what becomes of it, expiry, next check, number of checks and trouble.
  void save(const PaymentRequest& request);

  [[nodiscard]] std::optional<PaymentRequest> find(CreditorId creditor, PaymentRequestId id);
  // By what the provider calls the place that it made.
  [[nodiscard]] std::optional<PaymentRequest> find_by_place(CreditorId creditor,
                                                            std::string_view provider,
                                                            std::string_view provider_link_id);
  [[nodiscard]] std::vector<PaymentRequest> of_link(CreditorId creditor,
                                                    PayLinkId link);  // The newest first,
  [[nodiscard]] std::vector<PaymentRequest> of_debtor(CreditorId creditor,
                                                      DebtorId debtor);              // as these,
  [[nodiscard]] std::vector<PaymentRequest> latest(CreditorId creditor, int limit);  // and these.
  // To be read at their providers now, the longest waiting first.
  [[nodiscard]] std::vector<PaymentRequest> due(CreditorId creditor, Instant now, int max);
  [[nodiscard]] std::optional<Instant> next_check(CreditorId creditor);

  // Whose places are to be withdrawn now, the longest waiting first.
  [[nodiscard]] std::vector<PaymentRequest> places_unwanted(CreditorId creditor, Instant now,
                                                            int max);
  // When the next place expires, or is to be withdrawn.
  [[nodiscard]] std::optional<Instant> next_place(CreditorId creditor);
  // Those where somebody can pay, by id.
  [[nodiscard]] std::vector<PaymentRequest> places_open(CreditorId creditor, PaymentRequestId after,
                                                        int max);

 private:
  [[nodiscard]] static std::vector<PaymentRequest> all_in(Rows rows);
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
