// LISTEN, the money from providers: what we ask for there, and what they tell.
//
//   the payer's page ─► open_request ─(tx)─► provider.ask() ─► request_made      (app/pay_job)
//   webhook ─► inbox ─► hear_notice: a check is wanted ─(tx)─► provider.look_up() ─► provider_told: booked, or held visibly
//   a request that nobody tells of is read again as well, ever more seldom        (app/payment_watch)
//
// The network stands outside of any transaction. Money is booked by what look_up() answers, once a provider's payment id.
#pragma once

#include <string>
#include <vector>

#include "core/payments/payment_request.h"
#include "engine/desk.h"
#include "ports/payment_provider.h"
#include "store/store.h"

namespace puntual {

struct RequestOrder {
  PayLink link;
  std::string provider;
  Money amount;
  Instant expires_at;
};

// Something to look up at a provider: because a notice came, or because it is time.
struct ProviderCheck {
  CreditorId creditor_id;
  std::string provider;
  ProviderLookup lookup;
  int32_t tries = 0;
  Instant wanted_at;
};

struct ToldReport {
  int booked = 0, reversed = 0, held = 0;
};

namespace engine {

// Who waits for the same sum of the same link at the same provider gets the request that is open (is_new false), so that two
// taps make one place to pay. Holds the person. Conflict: nothing is owed, or less than this; Forbidden: the link has ended.
struct OpenedRequest {
  PaymentRequest request;
  bool is_new = true;
};
[[nodiscard]] Result<OpenedRequest> open_request(Tx& tx, const Desk& desk, const Creditor& creditor, const RequestOrder& order, Instant now);
// The provider has answered.
void request_made(Tx& tx, const PaymentRequest& request, const Result<PaymentPlace>& place, Instant now);

// A verified notice has come in: what it speaks of is looked up soon. Part of processing the inbox.
void hear_notice(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice, Instant now);

// What is to be looked up now, the oldest first.
[[nodiscard]] std::vector<ProviderCheck> checks_due(Tx& tx, CreditorId creditor, Instant now, int max);
// The provider has answered, or could not: books, reverses, holds, or comes again later. Every payment ends in a state that a
// person can see.
ToldReport provider_told(Tx& tx, const Desk& desk, const Creditor& creditor, const ProviderCheck& check,
                         const Result<std::vector<ProviderPayment>>& told, Instant now);

}  // namespace engine
}  // namespace puntual
