// Carries webhooks to their receiver over a few kept connections (libcurl), on its own thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/api.h"

namespace puntual::sandbox {

struct CourierOptions {
  std::string url;  // Empty: each delivery has its own, and there is nobody to shake hands with.
  std::string verify_token;
  int connections = 16;
};

class Courier {
 public:
  // `collect` gives what is due and how long to wait for more (ms); `report` takes the receiver's
  // answer, 0 for none. Both are called on the courier's thread.
  using Collect = std::function<std::vector<WebhookDelivery>(int64_t& wait_ms)>;
  using Report = std::function<void(int64_t delivery_id, int http_status)>;
  Courier(CourierOptions options, Collect collect, Report report);
  ~Courier();
  void wake();  // Something may be due earlier than was thought. From any thread.

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace puntual::sandbox
