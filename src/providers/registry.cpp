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
  Result<std::unique_ptr<PaymentProvider>> (*open)(const ProviderSecrets& secrets,
                                                   const ProviderSettings& settings);
  std::array<std::string_view, 3> needs =
      {};  // The secrets without which it can be asked for nothing.
  std::array<std::string_view, 3> test_keys =
      {};  // How its keys for tests begin, and those that count; none: they do not show it.
  std::array<std::string_view, 3> live_keys = {};
};
constexpr KnownProvider kProviders[] = {
    {"wompi",
     wompi::open,
     {"private_key"},
     {"pub_test_", "prv_test_", "test_"},
     {"pub_prod_", "prv_prod_"}},
    {"mercadopago", mercadopago::open, {"access_token"}, {"TEST-"}, {"APP_USR-"}},
    {"stripe", stripe::open, {"secret_key"}, {"sk_test_", "rk_test_"}, {"sk_live_", "rk_live_"}},
    {"bold", bold::open, {"identity_key"}},
    {"payu", payu::open, {"api_key", "api_login", "merchant_id"}},
    {"culqi", culqi::open, {"secret_key"}, {"sk_test_"}, {"sk_live_"}},
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

const KnownProvider* find_known(std::string_view name) {
  const auto* const known = std::ranges::find(
      kProviders, bare_name(name), [](const KnownProvider& one) { return bare_name(one.name); });
  return known == std::end(kProviders) ? nullptr : known;
}

bool shows(const ProviderSecrets& secrets, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(secrets.values(), [&](std::string_view secret) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) {
      return !prefix.empty() && secret.starts_with(prefix);
    });
  });
}

}  // namespace

std::span<const std::string_view> names() { return kNames; }

Result<std::unique_ptr<PaymentProvider>> open(std::string_view name, const ProviderSecrets& secrets,
                                              const ProviderSettings& settings) {
  const KnownProvider* const known = find_known(name);
  if (known == nullptr) {
    const auto nearest = closest_word(name, kNames);
    if (!nearest.empty())
      return fail(ErrorCode::NotFound, "payment provider '{}' is unknown: did you mean '{}'?", name,
                  nearest);
    return fail(ErrorCode::NotFound, "payment provider '{}' is unknown (known are {})", name,
                fmt::join(kNames, ", "));
  }
  if (!settings.base_url.empty()) RETURN_IF_ERROR(check_base_url(settings.base_url));
  ProviderSettings trimmed = settings;
  while (trimmed.base_url.ends_with('/')) trimmed.base_url.pop_back();
  return known->open(secrets, trimmed);
}

Result<std::optional<ProviderEnvironment>> environment_of(std::string_view name,
                                                          const ProviderSecrets& secrets) {
  if (const std::string said = secrets.first({"environment"}); !said.empty()) {
    if (said == "test" || said == "sandbox") return ProviderEnvironment::Test;
    if (said == "live" || said == "production") return ProviderEnvironment::Live;
    return fail(ErrorCode::Invalid,
                "{}: environment '{}' is unknown (expected \"test\" or \"live\")", name, said);
  }
  const KnownProvider* const known = find_known(name);
  if (known == nullptr) return std::nullopt;
  if (shows(secrets, known->live_keys)) return ProviderEnvironment::Live;
  if (shows(secrets, known->test_keys)) return ProviderEnvironment::Test;
  return std::nullopt;
}

Result<void> check_secrets(std::string_view name, const ProviderSecrets& secrets,
                           ProviderEnvironment environment) {
  const KnownProvider* const known = find_known(name);
  PUNTUAL_CHECK(known != nullptr);
  for (const auto needed : known->needs) {
    if (!needed.empty() && secrets.first({needed}).empty())
      return fail(ErrorCode::Invalid, "{}: {} is missing in its secrets file", name, needed);
  }
  const bool is_live = environment == ProviderEnvironment::Live;
  if (!shows(secrets, is_live ? known->test_keys : known->live_keys)) return {};
  return fail(
      ErrorCode::Invalid,
      "{}: its secrets are of the other environment than '{}': all must be test, or all live", name,
      is_live ? "live" : "test");
}

}  // namespace puntual::providers
