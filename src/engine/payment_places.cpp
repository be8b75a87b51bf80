#include "engine/payment_places.h"

#include <algorithm>

#include "engine/dispatch_outbox.h"
#include "engine/note.h"
#include "engine/payment_requests.h"

namespace puntual::engine {
namespace {

constexpr int kPlacesAtOnce = 64, kWithdrawnAtOnce = 8;
constexpr int64_t kTryAgainMs = 2 * kSecondMs, kTryAgainMaxMs = kHourMs;
constexpr int64_t kTriedBeyondMs =
    30 * kDayMs;  // After its expiry; by then the provider has ended it.

// Nobody is sent there from now on; of those that somebody else has dealt with meanwhile nothing is
// left to do.
std::optional<PaymentRequest> mark_unwanted(Tx& tx, const PaymentRequest& looked_at, Instant now) {
  tx.debtors.hold(looked_at.creditor_id, {looked_at.debtor_id});
  auto request = tx.payment_requests.find(looked_at.creditor_id, looked_at.id);
  PUNTUAL_CHECK(request.has_value());
  if (request->place == PlaceState::Unwanted) return request;
  if (request->place != PlaceState::Open || is_place_wanted(tx, *request, now)) return std::nullopt;
  request->place = PlaceState::Unwanted;
  request->place_at = now;
  tx.payment_requests.save(*request);
  return request;
}

void end_place(Tx& tx, PaymentRequest request, PlaceState end, Instant now) {
  request.place = end;
  request.place_at.reset();
  // Somebody may have paid there just before.
  if (end == PlaceState::Withdrawn && request.next_check_at) request.next_check_at = now;
  tx.payment_requests.save(request);
  note(tx, request.creditor_id, request.debtor_id, now,
       end == PlaceState::Withdrawn ? "place_withdrawn" : "place_stays", request.provider);
}

void place_told(Tx& tx, const PaymentRequest& asked, const Result<bool>& is_gone, Instant now,
                PlacesReport& report) {
  tx.debtors.hold(asked.creditor_id, {asked.debtor_id});
  auto request = tx.payment_requests.find(asked.creditor_id, asked.id);
  if (request->place != PlaceState::Unwanted) return;
  const bool is_known = is_gone || is_gone.error().code != ErrorCode::NotFound;
  const bool is_refused = !is_gone && is_gone.error().code == ErrorCode::Invalid;
  if (!is_known || (is_gone && *is_gone)) {
    ++report.withdrawn;
    return end_place(tx, *std::move(request), PlaceState::Withdrawn, now);
  }
  if (is_gone || is_refused || now - request->expires_at > kTriedBeyondMs) {
    ++report.stay;
    return end_place(tx, *std::move(request), PlaceState::Stays, now);
  }
  ++report.failed;
  request->place_at =
      now + std::min(kTryAgainMs << std::min(request->place_tries, 20), kTryAgainMaxMs);
  ++request->place_tries;
  tx.payment_requests.save(*request);
}

}  // namespace

bool is_place_wanted(Tx& tx, const PaymentRequest& request, Instant now) {
  if (request.expires_at <= now) return false;
  const auto link = tx.pay_links.find(request.creditor_id, request.link_id);
  if (link && !link->is_live(now)) return false;
  for (const auto& sibling : tx.payment_requests.of_link(request.creditor_id, request.link_id)) {
    if (sibling.id >= request.id && sibling.amount == request.amount &&
        payments::is_money(sibling.state))
      return false;  // The same thing, paid.
  }
  return owed_of(payable_by(tx, request.creditor_id, request.debtor_id, request.about),
                 request.amount.currency)
             .minor >= request.amount.minor;
}

std::optional<Instant> next_place_withdrawal(Tx& tx, CreditorId creditor) {
  return tx.payment_requests.next_place(creditor);
}

Result<PlacesReport> withdraw_places(Store& store, const Desk& desk, const Creditor& creditor,
                                     PaymentRequestId& last, Instant now) {
  PlacesReport report;
  ASSIGN_OR_RETURN(auto places, store.read([&](Tx& tx) {
    if (tx.nodes.is_of_other(sending_lease(creditor))) return std::vector<PaymentRequest>();
    auto open = tx.payment_requests.places_open(creditor.id, last, kPlacesAtOnce);
    last = open.size() < kPlacesAtOnce ? PaymentRequestId{} : open.back().id;
    report.looked_at = static_cast<int>(open.size());
    std::erase_if(open, [&](const PaymentRequest& one) { return is_place_wanted(tx, one, now); });
    auto unwanted = tx.payment_requests.places_unwanted(creditor.id, now, kWithdrawnAtOnce);
    unwanted.insert(unwanted.end(), open.begin(), open.end());
    return unwanted;
  }));
  if (places.size() > kWithdrawnAtOnce) {
    places.resize(kWithdrawnAtOnce);
    last = {};  // The rest at the next turn: whoever waits for thanks does not wait for them.
  }
  std::vector<std::string> silent;
  for (const auto& place : places) {
    ASSIGN_OR_RETURN(const auto unwanted,
                     store.write([&](Tx& tx) { return mark_unwanted(tx, place, now); }));
    if (!unwanted) continue;
    const auto provider = desk.providers.find(unwanted->provider);
    const auto is_gone = [&]() -> Result<bool> {
      if (provider == desk.providers.end())
        return fail(ErrorCode::Forbidden, "'{}' is no payment provider of this house",
                    unwanted->provider);
      if (std::ranges::find(silent, unwanted->provider) != silent.end())
        return fail(ErrorCode::Unavailable, "it does not answer at this moment");
      return provider->second->withdraw(unwanted->provider_link_id);
    }();
    if (!is_gone && is_gone.error().code == ErrorCode::Unavailable)
      silent.push_back(unwanted->provider);
    RETURN_IF_ERROR(store.write([&](Tx& tx) { place_told(tx, *unwanted, is_gone, now, report); }));
  }
  return report;
}

}  // namespace puntual::engine
