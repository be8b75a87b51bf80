// LISTEN, the money from providers, first half: what is asked for there.
//
//   the payer's page ─► open_request ─(tx)─► provider.ask() ─► request_made      (app/pay_job)
//
// The network stands outside of any transaction. What providers tell of it: engine/provider_news.h.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/payments/payment_request.h"
#include "engine/desk.h"
#include "ports/payment_provider.h"
#include "store/store.h"

namespace puntual {

struct RequestOrder {
  PayLink link;  // As read in this transaction.
  std::string provider;
  std::string method = {};  // One of ProviderTraits::methods, or empty.
  Money amount;
  Instant expires_at;
};

namespace engine {

// What is owed of what a link is about, the oldest due first. Ask with the person held.
[[nodiscard]] std::vector<Invoice> owed_by(Tx& tx, CreditorId creditor, DebtorId debtor,
                                           const PayAbout& about);
// What of it can be paid by the link: nothing while the case, or the invoice, is put aside
// (disputed, in court, insolvent).
[[nodiscard]] std::vector<Invoice> payable_by(Tx& tx, CreditorId creditor, DebtorId debtor,
                                              const PayAbout& about);
// What is owed of them in this currency.
[[nodiscard]] Money owed_of(std::span<const Invoice> invoices, Currency currency);

// Who waits for the same sum of the same link by the same method of a provider gets the request
// that is open (is_new false), so that two taps make one place to pay; it may be without an address
// for the seconds that the provider takes to answer. Holds the person. Conflict: nothing is owed,
// or less than this; Forbidden: the link has ended.
struct OpenedRequest {
  PaymentRequest request;
  bool is_new = true;
};
[[nodiscard]] Result<OpenedRequest> open_request(Tx& tx, const Creditor& creditor,
                                                 const RequestOrder& order, Instant now);
// The provider has answered. The request as it is now.
PaymentRequest request_made(Tx& tx, PaymentRequest request, const Result<PaymentPlace>& place,
                            Instant now);

// What the address ends in to which a provider sends the payer back: the reference and a keyed hash
// of it, since whoever has one reference could guess others.
[[nodiscard]] std::string return_code(Tx& tx, const PaymentRequest& request);
// None: we have not given this code.
[[nodiscard]] std::optional<PaymentRequest> request_of_return(Tx& tx, CreditorId creditor,
                                                              std::string_view code);

}  // namespace engine
}  // namespace puntual
