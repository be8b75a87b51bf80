#include "providers/registry.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "providers/bold/bold.h"
#include "providers/conekta/conekta.h"
#include "providers/culqi/culqi.h"
#include "providers/dlocal/dlocal.h"
#include "providers/http_call.h"
#include "providers/izipay/izipay.h"
#include "providers/khipu/khipu.h"
#include "providers/mercadopago/mercadopago.h"
#include "providers/niubiz/niubiz.h"
#include "providers/openpay/openpay.h"
#include "providers/payu/payu.h"
#include "providers/pix/pix.h"
#include "providers/stripe/stripe.h"
#include "providers/treli/treli.h"
#include "providers/wompi/wompi.h"

namespace puntual::providers {
namespace {

struct KnownProvider {
  std::string_view name;
  Result<std::unique_ptr<PaymentProvider>> (*open)(const ProviderSecrets& secrets, const ProviderSettings& settings);
};
constexpr KnownProvider kProviders[] = {
    {"wompi", wompi::open},
    {"mercadopago", mercadopago::open},
    {"stripe", stripe::open},
    {"bold", bold::open},
    {"payu", payu::open},
    {"culqi", culqi::open},
    {"izipay", izipay::open},
    {"niubiz", niubiz::open},
    {"khipu", khipu::open},
    {"conekta", conekta::open},
    {"openpay", openpay::open},
    {"dlocal", dlocal::open},
    {"pix", pix::open},
    {"treli", treli::open},
};

constexpr auto kNames = [] {
  std::array<std::string_view, std::size(kProviders)> names;
  std::ranges::transform(kProviders, names.begin(), &KnownProvider::name);
  return names;
}();

}  // namespace

std::span<const std::string_view> names() { return kNames; }

Result<std::unique_ptr<PaymentProvider>> open(std::string_view name, const ProviderSecrets& secrets, const ProviderSettings& settings) {
  const auto* const known = std::ranges::find(kProviders, bare_name(name), [](const KnownProvider& one) { return bare_name(one.name); });
  if (known == std::end(kProviders)) {
    const auto nearest = closest_word(name, kNames);
    if (!nearest.empty()) return fail(ErrorCode::NotFound, "payment provider '{}' is unknown: did you mean '{}'?", name, nearest);
    return fail(ErrorCode::NotFound, "payment provider '{}' is unknown (known are {})", name, fmt::join(kNames, ", "));
  }
  if (!settings.base_url.empty()) RETURN_IF_ERROR(check_base_url(settings.base_url));
  return known->open(secrets, settings);
}

ProviderEnvironment environment_of(const ProviderSecrets& secrets) {
  const std::string said = secrets.first({"environment"});
  if (!said.empty()) return said == "test" || said == "sandbox" ? ProviderEnvironment::Test : ProviderEnvironment::Live;
  const auto is_for_tests = [](const std::string& secret) {
    return secret.starts_with("test_") || secret.starts_with("testpassword_") || secret.starts_with("TEST-") || std::string_view(secret).substr(0, 10).contains("_test_");
  };
  const bool signs_with_nothing = secrets.all({"secret_key"}) == std::vector<std::string>{""};  // Bold's sandbox.
  return signs_with_nothing || std::ranges::any_of(secrets.values(), is_for_tests) ? ProviderEnvironment::Test : ProviderEnvironment::Live;
}

}  // namespace puntual::providers
