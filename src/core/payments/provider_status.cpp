#include "core/payments/provider_status.h"

#include "base/names.h"

namespace puntual {
namespace {

constexpr Names<ProviderStatus, 11> kStatusNames = {{{{"CREATED"},
                                                      {"PENDING"},
                                                      {"PAID"},
                                                      {"FAILED"},
                                                      {"EXPIRED"},
                                                      {"CANCELLED"},
                                                      {"VOIDED"},
                                                      {"PARTIALLY_REFUNDED"},
                                                      {"REFUNDED"},
                                                      {"DISPUTED"},
                                                      {"CHARGEBACK"}}}};

}  // namespace

std::string_view text_of(ProviderStatus status) { return kStatusNames.text(status); }

std::optional<ProviderStatus> provider_status_of(std::string_view text) {
  return kStatusNames.find(text);
}

namespace payments {

ProviderStatus after(ProviderStatus now, ProviderStatus news, bool has_come_back) {
  using enum ProviderStatus;
  const auto one_of = [news](auto... allowed) { return ((news == allowed) || ...); };
  const bool may_follow = [&] {
    switch (now) {
      case Created:
        return true;
      case Pending:
        return news != Created;
      case Expired:
      case Cancelled:
      case Failed:
        return one_of(Paid, PartiallyRefunded, Refunded, Voided, Disputed, Chargeback);
      case Paid:
        return one_of(Voided, PartiallyRefunded, Refunded, Disputed, Chargeback);
      case PartiallyRefunded:
        return one_of(Refunded, Disputed, Chargeback) || (has_come_back && news == Paid);
      case Disputed:
        return one_of(Paid, PartiallyRefunded, Refunded, Chargeback);
      case Chargeback:
        return news == Paid;  // Given back to the seller after all.
      case Refunded:
        return has_come_back && one_of(Paid, PartiallyRefunded);
      case Voided:
        return false;
    }
    return false;
  }();
  return may_follow ? news : now;
}

bool is_money(ProviderStatus status) {
  using enum ProviderStatus;
  return status == Paid || status == PartiallyRefunded || status == Disputed;
}

bool is_final(ProviderStatus status) {
  return status != ProviderStatus::Created && status != ProviderStatus::Pending;
}

}  // namespace payments
}  // namespace puntual
