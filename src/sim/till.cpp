#include "sim/till.h"

#include <fmt/format.h>

#include <algorithm>

namespace puntual::sim {
namespace {

constexpr std::string_view kSigned = "signed by caja", kForged = "signed by nobody";

}  // namespace

const ProviderTraits& Till::traits() const {
  static const ProviderTraits kTraits{.name = kName, .title = "Caja"};
  return kTraits;
}

// "ID STATE AMOUNT", of which only the id is true.
HeardNotice Till::hear(const ProviderNotice& notice) const {
  HeardNotice heard;
  if (notice.headers.empty() || notice.headers.front().second != kSigned) {
    heard.why = "the signature does not match";
    return heard;
  }
  heard.signature = NoticeSignature::Valid;
  heard.event_key = notice.body;
  heard.provider_payment_id = notice.body.substr(0, notice.body.find(' '));
  heard.status = ProviderStatus::Paid;
  heard.amount = Money{int64_t{999'999'999'999}, Currency::of("COP")};
  return heard;
}

Result<PaymentPlace> Till::ask(const PaymentOrder& order) {
  if (is_down_) return fail(ErrorCode::Unavailable, "caja does not answer");
  return PaymentPlace{.provider_link_id = "place-" + order.reference,
                      .url = "https://caja.example/" + order.reference,
                      .form = {},
                      .expires_at = {}};
}

Result<bool> Till::withdraw(std::string_view place) {
  if (is_down_) return fail(ErrorCode::Unavailable, "caja does not answer");
  withdrawn_.emplace(place);
  return true;
}

Result<std::vector<ProviderPayment>> Till::look_up(const ProviderLookup& lookup) {
  if (is_down_) return fail(ErrorCode::Unavailable, "caja does not answer");
  std::vector<ProviderPayment> found;
  const bool is_by_id = !lookup.provider_payment_id.empty();
  for (const auto& one : payments_) {
    const bool is_wanted =
        is_by_id ? one.id == lookup.provider_payment_id
                 : (!lookup.provider_link_id.empty() &&
                    one.provider_link_id == lookup.provider_link_id) ||
                       (!lookup.reference.empty() && one.reference == lookup.reference);
    if (!is_wanted || one.id == hidden_id_) continue;
    found.push_back(one);
    unseen_.erase(one.id);
  }
  if (is_by_id) hidden_id_.clear();
  if (is_by_id && found.empty())
    return fail(ErrorCode::NotFound, "caja knows no payment {}", lookup.provider_payment_id);
  return found;
}

ProviderPayment* Till::find(std::string_view id) {
  const auto found = std::ranges::find(payments_, id, &ProviderPayment::id);
  return found == payments_.end() ? nullptr : &*found;
}

void Till::happens(ProviderPayment payment, Tells tells, Instant now) {
  ProviderNotice notice{
      .received_at = now,
      .headers = {{"X-Signature", std::string(tells == Tells::Forged ? kForged : kSigned)}},
      .body = fmt::format("{} {} {} {}", payment.id, text_of(payment.status),
                          payment.refunded_minor, now.ms)};
  if (tells == Tells::BeforeItCanBeRead) hidden_id_ = payment.id;
  unseen_.insert(payment.id);
  if (ProviderPayment* const known = find(payment.id))
    *known = std::move(payment);
  else
    payments_.push_back(std::move(payment));
  if (tells == Tells::Twice) notices_.push_back(notice);
  if (tells != Tells::Never) notices_.push_back(std::move(notice));
}

std::vector<Till::Truth> Till::truths() const {
  std::vector<Truth> truths;
  for (const auto& one : payments_) {
    if (unseen_.contains(one.id)) continue;
    truths.push_back({.id = one.id,
                      .kept_minor = one.is_ours && payments::is_money(one.status)
                                        ? one.amount.minor - one.refunded_minor
                                        : 0});
  }
  return truths;
}

}  // namespace puntual::sim
