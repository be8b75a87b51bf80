#include "core/payments/provider_status.h"

#include <algorithm>
#include <array>

namespace puntual {
namespace {

constexpr std::array<std::string_view, 11> kStatusTexts = {"CREATED", "PENDING",            "PAID",     "FAILED",   "EXPIRED",   "CANCELLED",
                                                           "VOIDED",  "PARTIALLY_REFUNDED", "REFUNDED", "DISPUTED", "CHARGEBACK"};

}  // namespace

std::string_view text_of(ProviderStatus status) { return kStatusTexts[static_cast<size_t>(status)]; }

std::optional<ProviderStatus> provider_status_of(std::string_view text) {
  const auto* const found = std::ranges::find(kStatusTexts, text);
  if (found == kStatusTexts.end()) return std::nullopt;
  return static_cast<ProviderStatus>(found - kStatusTexts.begin());
}

namespace payments {

ProviderStatus after(ProviderStatus now, ProviderStatus news) {
  using enum ProviderStatus;
  const auto one_of = [news](auto... allowed) { return ((news == allowed) || ...); };
  const bool may_follow = [&] {
    switch (now) {
      case Created: return true;
      case Pending: return news != Created;
      case Expired: case Cancelled: case Failed: return one_of(Paid, PartiallyRefunded, Refunded, Voided, Disputed, Chargeback);
      case Paid: return one_of(Voided, PartiallyRefunded, Refunded, Disputed, Chargeback);
      case PartiallyRefunded: return one_of(Refunded, Disputed, Chargeback);
      case Disputed: return one_of(Paid, PartiallyRefunded, Refunded, Chargeback);
      case Chargeback: return news == Paid;  // Given back to the seller after all.
      case Voided: case Refunded: return false;
    }
    return false;
  }();
  return may_follow ? news : now;
}

bool is_money(ProviderStatus status) {
  using enum ProviderStatus;
  return status == Paid || status == PartiallyRefunded || status == Disputed;
}

bool is_final(ProviderStatus status) { return status != ProviderStatus::Created && status != ProviderStatus::Pending; }

}  // namespace payments
}  // namespace puntual
