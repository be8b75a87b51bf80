#include "cli/demo/counter.h"

#include "providers/registry.h"

namespace puntual::cli::demo {
namespace {

// Of simulators on this machine: they open nothing.
constexpr std::string_view kKeys = R"([wompi]
public_key = "pub_test_Demostracion"
private_key = "prv_test_Demostracion"
events_secret = "test_events_Demostracion"
integrity_secret = "test_integrity_Demostracion"
[culqi]
secret_key = "sk_test_Demostracion"
webhook_user = "cobranza"
webhook_password = "demostracion"
contact_email = "pagos@example.com"
contact_phone = "999555010"
)";
constexpr int64_t kPatienceMs = 3'000;  // They are as near as can be.
constexpr int64_t kLookAgainMs = 60'000;

}  // namespace

Result<void> Counter::open(const std::string& base_url, uint64_t seed) {
  base_url_ = base_url;
  const sandbox::PayOptions options{.providers = {"wompi", "culqi"},
                                    .secrets = std::string(kKeys),
                                    .notice_url = base_url + "/webhooks/payments",
                                    .seed = seed};
  ASSIGN_OR_RETURN(sandbox_, sandbox::PaySandbox::make(options));
  sandbox_->set_base_url(base_url);
  settings_.public_url = base_url;
  settings_.allows_part = true;
  const json::object ready = sandbox_->ready();
  for (const auto& name : options.providers) {
    ASSIGN_OR_RETURN(const auto secrets,
                     providers::ProviderSecrets::read(kKeys, name, "the demonstration's keys"));
    const std::string base = text_in(ready.at(name), "base_url");
    for (Providers* const set : {&providers_, &of_page_}) {
      ASSIGN_OR_RETURN((*set)[name],
                       providers::open(name, secrets,
                                       {.environment = providers::ProviderEnvironment::Test,
                                        .base_url = base,
                                        .now = [this] { return clock_.now(); },
                                        .patience_ms = kPatienceMs}));
    }
    settings_.providers.push_back(
        {.name = name, .secrets_file = {}, .environment = {}, .base_url = base});
  }
  courier_ = std::make_unique<sandbox::Courier>(
      sandbox::CourierOptions{.url = {}, .verify_token = {}, .connections = 1},
      [this](int64_t& wait_ms) {
        const std::lock_guard lock(mutex_);
        wait_ms = std::min(wait_ms, kLookAgainMs);
        return sandbox_->advance(clock_.now());
      },
      [this](int64_t id, int status) {
        const std::lock_guard lock(mutex_);
        sandbox_->delivered(id, status, clock_.now());
      });
  return {};
}

http::Response Counter::handle(const http::Request& request) {
  std::unique_lock lock(mutex_);
  auto answer = sandbox_ ? sandbox_->handle(request, clock_.now()) : std::nullopt;
  lock.unlock();
  if (!answer) return http::text_response(503, "");
  courier_->wake();
  return *std::move(answer);
}

}  // namespace puntual::cli::demo
