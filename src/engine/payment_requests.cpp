#include "engine/payment_requests.h"

#include <algorithm>

#include "base/crypto.h"
#include "engine/note.h"

namespace puntual::engine {
namespace {

constexpr int64_t kAnswerTakesMs =
    20 * kSecondMs;  // Of a provider, at most: beyond it whoever asked has died.
constexpr int64_t kStillOpenMs = 5 * kMinuteMs;  // Who opens the page now needs so long to pay.

bool can_be_shared(const PaymentRequest& known, const RequestOrder& order, Instant now) {
  if (known.provider != order.provider || known.method != order.method ||
      known.amount != order.amount)
    return false;
  if (known.place != PlaceState::None && known.place != PlaceState::Open) return false;
  if (known.state != ProviderStatus::Created && known.state != ProviderStatus::Pending)
    return false;
  return known.url.empty() ? now - known.created_at < kAnswerTakesMs
                           : known.expires_at - now > kStillOpenMs;
}

}  // namespace

std::vector<Invoice> owed_by(Tx& tx, CreditorId creditor, DebtorId debtor, const PayAbout& about) {
  std::vector<Invoice> invoices = tx.invoices.open_of(creditor, debtor);
  if (about.kind == PayAboutKind::Invoice) {
    std::erase_if(invoices, [&](const Invoice& one) { return one.id.value != about.id; });
  } else if (about.kind == PayAboutKind::Agreement) {
    const auto agreement = tx.agreements.find(creditor, AgreementId{about.id});
    std::erase_if(invoices, [&](const Invoice& one) {
      return !agreement ||
             std::ranges::find(agreement->covered, one.id) == agreement->covered.end();
    });
  }
  return invoices;
}

std::vector<Invoice> payable_by(Tx& tx, CreditorId creditor, DebtorId debtor,
                                const PayAbout& about) {
  if (tx.case_flags.active(creditor, debtor) != 0) return {};
  std::vector<Invoice> invoices = owed_by(tx, creditor, debtor, about);
  std::erase_if(invoices, [](const Invoice& one) {
    return one.state != InvoiceState::Open || one.balance_minor <= 0;
  });
  return invoices;
}

Money owed_of(std::span<const Invoice> invoices, Currency currency) {
  Money owed{0, currency};
  for (const auto& one : invoices) {
    if (one.amount.currency == currency) owed.minor += one.balance_minor;
  }
  return owed;
}

Result<OpenedRequest> open_request(Tx& tx, const Creditor& creditor, const RequestOrder& order,
                                   Instant now) {
  const PayLink& link = order.link;
  tx.debtors.hold(creditor.id, {link.debtor_id});
  if (link.revoked_at || link.expires_at <= now)
    return fail(ErrorCode::Forbidden, "the link has ended: make another (puntual link)");
  if (order.amount.minor <= 0)
    return fail(ErrorCode::Invalid, "a request for {} (expected more than zero)",
                format_plain(order.amount));
  if (order.expires_at <= now)
    return fail(ErrorCode::Invalid, "a request that has expired before it is made");
  const Money owed =
      owed_of(payable_by(tx, creditor.id, link.debtor_id, link.about), order.amount.currency);
  if (owed.minor < order.amount.minor) {
    return fail(ErrorCode::Conflict, "{} is owed of this, not {}", format_plain(owed),
                format_plain(order.amount));
  }
  for (auto& known : tx.payment_requests.of_link(creditor.id, link.id)) {
    if (can_be_shared(known, order, now))
      return OpenedRequest{.request = std::move(known), .is_new = false};
  }
  const auto id = tx.ids.next<PaymentRequestId>(now);
  PaymentRequest request{.id = id,
                         .creditor_id = creditor.id,
                         .debtor_id = link.debtor_id,
                         .link_id = link.id,
                         .about = link.about,
                         .provider = order.provider,
                         .method = order.method,
                         .reference = payments::reference_of(id),
                         .amount = order.amount,
                         .state = ProviderStatus::Created,
                         .provider_link_id = {},
                         .url = {},
                         .form = {},
                         .created_at = now,
                         .expires_at = order.expires_at,
                         .next_check_at = {},
                         .checks = 0};
  // Even if we die before the answer: what was made there is found by our reference.
  request.next_check_at = payments::next_check(request, now);
  tx.payment_requests.insert(request);
  note(tx, creditor.id, link.debtor_id, now, "payment_asked",
       fmt::format("{} {}", order.provider, format_plain(order.amount)));
  return OpenedRequest{.request = std::move(request)};
}

PaymentRequest request_made(Tx& tx, PaymentRequest request, const Result<PaymentPlace>& place,
                            Instant now) {
  tx.debtors.hold(request.creditor_id, {request.debtor_id});
  // News of it may have come before the answer: what they said stays.
  if (const auto known = tx.payment_requests.find(request.creditor_id, request.id))
    request = *known;
  if (place) {
    request.provider_link_id = place->provider_link_id;
    request.url = place->url;
    request.form = place->form;
    if (place->expires_at) request.expires_at = std::min(request.expires_at, *place->expires_at);
    request.trouble.clear();
    request.place = PlaceState::Open;
    request.place_at = request.expires_at;
  } else {
    // Nobody was given a place to pay at. Whether there is one all the same, the checks will tell.
    request.state = payments::after(request.state, ProviderStatus::Failed);
    request.trouble = place.error().message.substr(0, 200);
    note(tx, request.creditor_id, request.debtor_id, now, "payment_not_asked", request.provider);
  }
  tx.payment_requests.save(request);
  return request;
}

std::string return_code(Tx& tx, const PaymentRequest& request) {
  std::string code = request.reference + "-";
  for (const uint8_t byte :
       tx.keys.lookup_key(request.creditor_id, "request_return", request.reference).value)
    code += fmt::format("{:02x}", byte);
  return code;
}

std::optional<PaymentRequest> request_of_return(Tx& tx, CreditorId creditor,
                                                std::string_view code) {
  const auto id = payments::request_id_of(code.substr(0, code.rfind('-')));
  auto request = id ? tx.payment_requests.find(creditor, *id) : std::nullopt;
  return request && equal_constant_time(return_code(tx, *request), code) ? request : std::nullopt;
}

}  // namespace puntual::engine
