// A way to somebody whom WhatsApp does not reach: one short text with a link that opens a chat with
// us.
//
// Two implementations: on_ramp/email (SMTP) and on_ramp/sms (a provider's HTTP API). No way in:
// what people answer there nobody reads.
#pragma once

#include "ports/whatsapp.h"

namespace puntual {

class OnRamp {
 public:
  virtual ~OnRamp() = default;
  // Hands one over and waits for the answer, some seconds; no byte of the message leaves later than
  // `within_ms` from now. Thread-safe.
  [[nodiscard]] virtual SendResult send(const SendRequest& request, int64_t within_ms) = 0;
};

}  // namespace puntual
