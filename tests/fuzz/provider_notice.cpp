// Notices of payment providers: whatever comes is an event with a key, the same bytes the same, and
// nobody's money by an empty secret. Lines "Name: value" are headers and lines "?name=value" the
// query; from the first other line on, it is the body.
#include "providers/registry.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::providers {
namespace {

// Those of the payments contract's vectors, which are seeds; and none at all.
constexpr std::string_view kSecrets =
    "events_secret = 'test_events_DemoCobranza5Hn8Pv3Xs1Mb'\nsecret_key = "
    "'DemoLlaveSecretaBold_4kT9'\nenvironment = 'live'\n"
    "[stripe]\nwebhook_secret = "
    "'whsec_DemoCobranza1a2B3c4D5e6F7g8H9i0J'\n[mercadopago]\nwebhook_secret = "
    "'mpdemo9f2c7a1e5b4d8360aa11bb22cc33dd44ee55ff66'\n"
    "[payu]\nsecret_key = []\nalgorithm = 'MD5'\napi_key = "
    "'DemoApiKeyPayU7h3Kq9'\n[culqi]\nsecret_key = ''\nwebhook_user = 'cobranza'\nwebhook_password "
    "= 'DemoClaveCulqi#2026'\n"
    "[izipay]\npassword = 'testpassword_DemoIzipay8c1f'\n[khipu]\nsecret = "
    "'DemoSecretoKhipu_77aa88bb99'\n[openpay]\nwebhook_user = 'hookuser'\nwebhook_password = "
    "'DemoHookPass'\n"
    "[dlocal]\nsecret_key = 'DemoSecretDlocal_zz91'\n[treli]\napi_key = "
    "'DemoTreliApiKey_31f7'\nendpoint_secret = 'DemoTreliEndpointSecret_aa17'\n";

std::vector<std::unique_ptr<PaymentProvider>> all_providers(std::string_view secrets) {
  std::vector<std::unique_ptr<PaymentProvider>> all;
  for (const auto name : names())
    all.push_back(*open(name, *ProviderSecrets::read(secrets, name, "s.toml"),
                        {.environment = ProviderEnvironment::Live}));
  return all;
}

ProviderNotice notice_of(std::string_view bytes) {
  ProviderNotice notice{.received_at = {1'795'273'447'000}, .path = "/"};
  for (;;) {
    const auto [line, rest] = fuzz::first_line(bytes);
    const size_t colon = line.find(": "), equals = line.find('=');
    const bool is_query = line.starts_with('?') && equals != std::string_view::npos;
    if (!is_query && (line.starts_with('{') || colon == std::string_view::npos)) break;
    if (is_query)
      notice.query.emplace_back(line.substr(1, equals - 1), line.substr(equals + 1));
    else
      notice.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    bytes = rest;
  }
  notice.body = bytes;
  return notice;
}

}  // namespace

FUZZ(provider_notice, "") {
  static const auto kProviders = all_providers(kSecrets), kWithoutSecrets = all_providers("");
  const ProviderNotice notice = notice_of(bytes);
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
