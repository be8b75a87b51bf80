// The sandbox as a process: the platform behind HTTP on loopback, its webhooks over real
// connections, on a clock that can be moved forward.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "sandbox/pay/pay_sandbox.h"
#include "sandbox/platform.h"

namespace puntual::sandbox {

struct SandboxOptions {
  PlatformOptions platform;
  std::string address = "127.0.0.1";
  uint16_t port = 0;        // 0: any free one.
  std::string webhook_url;  // Empty: webhooks go nowhere.
  std::string verify_token;
  std::string faults;               // Text of a TOML or JSON file; empty: none.
  std::optional<Instant> start_at;  // Virtual time now; none: the machine's.
  int webhook_connections = 16;
  PayOptions pay;  // Payment providers, beside WhatsApp on the same port.
};

class SandboxServer {
 public:
  // Unavailable when the port is taken; Invalid when the faults cannot be read.
  [[nodiscard]] static Result<std::unique_ptr<SandboxServer>> start(SandboxOptions options);
  ~SandboxServer();  // Stops.

  [[nodiscard]] std::string base_url() const;
  // {"base_url","graph_version","phone_number_id","waba_id","access_token","app_id"}, and "pay"
  // where there are providers
  [[nodiscard]] std::string ready_line() const;
  [[nodiscard]] Instant now() const;
  void stop();

 private:
  class Impl;
  explicit SandboxServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace puntual::sandbox
