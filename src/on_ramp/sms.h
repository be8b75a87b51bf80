// SMS by whatever provider has an HTTP API: one POST a message, as the settings describe it.
#pragma once

#include <memory>
#include <string>

#include "ports/on_ramp.h"

namespace puntual::on_ramp {

struct SmsOptions {
  std::string url;     // https; plain http on this machine only.
  std::string header;  // How we show who we are: "Authorization: Bearer …"
  std::string body;    // JSON with {{to}} and {{text}} within its strings.
};

// The template with both put in, escaped as JSON has it.
[[nodiscard]] std::string sms_body(std::string_view body, std::string_view to,
                                   std::string_view text);

class Sms final : public OnRamp {
 public:
  // Invalid when the address, the header or the template cannot be used.
  [[nodiscard]] static Result<std::unique_ptr<Sms>> open(SmsOptions options);
  // Taken: any 2xx. A 5xx, or no answer once the body has begun, leaves it unknown.
  [[nodiscard]] SendResult send(const SendRequest& request, int64_t within_ms) override;

 private:
  explicit Sms(SmsOptions options) : options_(std::move(options)) {}
  SmsOptions options_;
};

}  // namespace puntual::on_ramp
