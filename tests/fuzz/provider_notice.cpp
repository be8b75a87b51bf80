// Notices of payment providers: whatever comes is an event with a key, the same bytes the same, and nobody's money by an empty
// secret. First line: a header; the rest is the body.
#include "providers/registry.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::providers {
namespace {

// Those of the payments contract's vectors, which are seeds; and none at all.
constexpr std::string_view kSecrets = "events_secret = 'test_events_DemoCobranza5Hn8Pv3Xs1Mb'\nsecret_key = 'DemoLlaveSecretaBold_4kT9'\nenvironment = 'live'\n";

std::vector<std::unique_ptr<PaymentProvider>> all_providers(std::string_view secrets) {
  std::vector<std::unique_ptr<PaymentProvider>> all;
  for (const auto name : names()) all.push_back(*open(name, *ProviderSecrets::read(secrets, name, "s.toml"), {.environment = ProviderEnvironment::Live}));
  return all;
}

}  // namespace

FUZZ(provider_notice, "") {
  static const auto kProviders = all_providers(kSecrets), kWithoutSecrets = all_providers("");
  const auto [header, body] = fuzz::first_line(bytes);
  const size_t end = std::min(header.find(": "), header.size());
  ProviderNotice notice{.received_at = {1'795'273'447'000}, .path = "/", .body = std::string(body)};
  notice.headers = {{std::string(header.substr(0, end)), std::string(header.substr(std::min(end + 2, header.size())))}};
  for (size_t i = 0; i < kProviders.size(); ++i) {
    const HeardNotice heard = kProviders[i]->hear(notice);
    HOLDS(!heard.event_key.empty());
    HOLDS(heard.event_key == kProviders[i]->hear(notice).event_key);
    HOLDS((heard.signature == NoticeSignature::Invalid) == !heard.why.empty());
    HOLDS(!heard.amount || !heard.amount->currency.code().empty());
    HOLDS(kWithoutSecrets[i]->hear(notice).signature != NoticeSignature::Valid);
  }
}

}  // namespace puntual::providers
