#include "providers/notices_only.h"

#include <utility>

namespace puntual::providers {
namespace {

class NoticesOnly final : public PaymentProvider {
 public:
  NoticesOnly(ProviderTraits traits, std::function<HeardNotice(const ProviderNotice&)> hear) : traits_(std::move(traits)), hear_(std::move(hear)) {
    traits_.makes_places = false;
  }
  const ProviderTraits& traits() const override { return traits_; }
  HeardNotice hear(const ProviderNotice& notice) const override { return hear_(notice); }
  Result<PaymentPlace> ask(const PaymentOrder&) override { return cannot(); }
  Result<bool> withdraw(std::string_view) override { return false; }
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup&) override { return cannot(); }

 private:
  std::unexpected<Error> cannot() const { return fail(ErrorCode::Invalid, "{}: its notices can be verified, and no more", traits_.title); }

  ProviderTraits traits_;
  std::function<HeardNotice(const ProviderNotice&)> hear_;
};

}  // namespace

std::unique_ptr<PaymentProvider> notices_only(ProviderTraits traits, std::function<HeardNotice(const ProviderNotice&)> hear) {
  return std::make_unique<NoticesOnly>(std::move(traits), std::move(hear));
}

}  // namespace puntual::providers
