// LISTEN, the money from providers, second half: what they tell of it.
//
//   webhook ─► inbox ─► hear_notice: a check is wanted ─(tx)─► provider.look_up() ─(tx)─►
//   provider_told: booked, or held visibly a request that nobody tells of is looked up as well,
//   ever more seldom (core/payments/payment_request.h)
//
// A notice says what to look up, and is believed for nothing else: money is booked by what
// look_up() answers, once a provider's payment id. Order and repetition do not matter. The network
// stands outside of any transaction.
#pragma once

#include <string>
#include <vector>

#include "core/payments/payment_request.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// Something to look up at a provider: because a notice came, or because it is time.
struct ProviderCheck {
  std::string provider;
  ProviderLookup lookup;
  std::optional<PaymentRequest> request;     // It is time to read it. None:
  std::optional<store::WantedCheck> wanted;  // a notice spoke of this.
};

struct ToldReport {
  int looked_up = 0, booked = 0, reversed = 0, held = 0;
  void add(const ToldReport& other) {
    looked_up += other.looked_up;
    booked += other.booked;
    reversed += other.reversed;
    held += other.held;
  }
};

namespace engine {

// "wompi" of "payments:wompi".
[[nodiscard]] std::string_view provider_of(const store::RawEvent& raw);
// What a raw event from a provider says, its signature asked again. Invalid: it cannot be read or
// believed any more (its secret or its provider is gone from the settings), and a person must look.
[[nodiscard]] Result<HeardNotice> notice_of(const Desk& desk, const store::RawEvent& raw);
// False: so many notices that nobody signed wait already that no more are taken, and this one names
// nothing of ours either: the provider is to send it again later.
[[nodiscard]] bool has_room(Tx& tx, CreditorId creditor, std::string_view provider,
                            const HeardNotice& notice);
// A verified notice has come in: what it speaks of is looked up soon. False: it speaks of no
// payment.
bool hear_notice(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice,
                 Instant now);

// What is to be looked up now; what notices spoke of first, the longest waiting first.
[[nodiscard]] std::vector<ProviderCheck> checks_due(Tx& tx, CreditorId creditor, Instant now,
                                                    int max);
// When the next of it is due; none: nothing waits.
[[nodiscard]] std::optional<Instant> next_provider_check(Tx& tx, CreditorId creditor);
// The provider has answered, or could not: books, reverses, holds, or comes again later. Every
// payment ends in a state that a person can see.
ToldReport provider_told(Tx& tx, const Desk& desk, const Creditor& creditor,
                         const ProviderCheck& check,
                         const Result<std::vector<ProviderPayment>>& told, Instant now);

// A few of what is due, on whichever node sends; asks the network for some seconds at most each.
// One thread at a time.
[[nodiscard]] Result<ToldReport> look_up_payments(Store& store, const Desk& desk,
                                                  const Creditor& creditor, Instant now);

}  // namespace engine
}  // namespace puntual
