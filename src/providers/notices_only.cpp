#include "providers/notices_only.h"

#include <utility>

namespace puntual::providers {
namespace {

class NoticesOnly final : public PaymentProvider {
 public:
  NoticesOnly(std::string_view name, std::string_view title,
              std::function<HeardNotice(const ProviderNotice&)> hear)
      : traits_{.name = name, .title = title, .makes_places = false}, hear_(std::move(hear)) {}
  const ProviderTraits& traits() const override { return traits_; }
  HeardNotice hear(const ProviderNotice& notice) const override { return hear_(notice); }
  Result<void> check_keys() override { return cannot(); }
  Result<PaymentPlace> ask(const PaymentOrder&) override { return cannot(); }
  Result<bool> withdraw(std::string_view) override { return false; }
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup&) override { return cannot(); }

 private:
  std::unexpected<Error> cannot() const {
    return fail(ErrorCode::Invalid, "{}: its notices can be verified, and no more", traits_.title);
  }

  ProviderTraits traits_;
  std::function<HeardNotice(const ProviderNotice&)> hear_;
};

}  // namespace

std::unique_ptr<PaymentProvider> notices_only(
    std::string_view name, std::string_view title,
    std::function<HeardNotice(const ProviderNotice&)> hear) {
  return std::make_unique<NoticesOnly>(name, title, std::move(hear));
}

}  // namespace puntual::providers
