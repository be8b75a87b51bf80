// A provider's client at its simulator, over real HTTP on this machine and on a clock that only the test moves. Notices do not
// travel: they are handed over as a receiver would get them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/server.h"
#include "ports/payment_provider.h"
#include "providers/registry.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual::conformance {

class ProviderBench {
 public:
  // Secrets as TOML, for both of them.
  ProviderBench(std::string name, std::string secrets, std::string notice_url = "http://127.0.0.1:9/webhooks/payments");
  ~ProviderBench();

  // Another client of the same simulator; none: the environment that its keys show.
  [[nodiscard]] std::unique_ptr<PaymentProvider> client(std::string_view secrets, std::optional<providers::ProviderEnvironment> environment = {}) const;
  [[nodiscard]] PaymentProvider& provider() { return *provider_; }
  [[nodiscard]] const std::string& base_url() const { return base_url_; }
  [[nodiscard]] Instant now() const;
  void pass(int64_t ms);

  [[nodiscard]] PaymentOrder order(Money amount) const;  // A new one, with a reference of its own, for two days.
  // A call of the provider's API as anybody may make it; the path is below base_url.
  http::Response call(http::Method method, std::string_view path, const std::vector<http::Field>& headers, std::string body = {});
  // What a person or the world does there: POST /_pay/NAME/verb. Its answer; a status that is not 200 is a null.
  json::value act(std::string_view verb, const json::object& given);
  void fault(std::string_view kind, int times = 1, int64_t delay_seconds = 60);
  // All that the provider tells by now, answered with `status`.
  std::vector<ProviderNotice> notices(int status = 200);
  // The same as heard by the client.
  std::vector<HeardNotice> heard(int status = 200);

 private:
  http::Response answer(const http::Request& request);
  std::string name_, secrets_, base_url_;
  mutable int orders_ = 0;
  mutable std::mutex mutex_;  // Guards the sandbox and the clock.
  Instant now_{1'795'273'450'000};  // 2026-11-21T15:04:10Z
  std::unique_ptr<sandbox::PaySandbox> sandbox_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<PaymentProvider> provider_;
};

}  // namespace puntual::conformance
