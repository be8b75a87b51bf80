// Payment providers on this machine, as deterministic models: no socket, no thread, no clock. The
// same requests at the same instants with the same seed give the same answers and the same notices.
// Not thread-safe.
//
// Each provider's API lives below /pay/NAME, its pages too; what a test or a person does to the
// world, below /_pay/NAME (docs/payments.md lists it).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "http/message.h"
#include "sandbox/api.h"

namespace puntual::sandbox {

struct PayOptions {
  std::vector<std::string> providers;  // "wompi", …
  std::string secrets;  // TOML: as puntual's own secrets files, a table [wompi] for each when there
                        // are several; empty: defaults.
  std::string notice_url;  // A provider's notices go to notice_url/NAME; empty: nowhere, but where
                           // a place says otherwise.
  uint64_t seed = 1;
};

class PaySandbox {
 public:
  // NotFound when nobody simulates a provider of that name; Invalid when the secrets are no TOML.
  [[nodiscard]] static Result<PaySandbox> make(const PayOptions& options);
  ~PaySandbox();
  PaySandbox(PaySandbox&&) noexcept;
  PaySandbox& operator=(PaySandbox&&) noexcept;

  // None: never answered, as a fault demands.
  [[nodiscard]] std::optional<http::Response> handle(const http::Request& request, Instant now);
  [[nodiscard]] std::optional<Instant> next_due() const;
  // The notices that are due by now, in order.
  [[nodiscard]] std::vector<WebhookDelivery> advance(Instant now);
  // What the receiver answered: 200 ends it, anything else (0: no answer) is tried again as the
  // provider does.
  void delivered(int64_t delivery_id, int http_status, Instant now);
  // [[pay]] of a TOML or JSON document.
  Result<void> load_faults(std::string_view text, std::string_view file_name);

  void set_base_url(const std::string& url);  // Of the server.
  [[nodiscard]] json::object ready() const;   // {"wompi":{"base_url":…}}

 private:
  class Impl;
  explicit PaySandbox(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace puntual::sandbox
