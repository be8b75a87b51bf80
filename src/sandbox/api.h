// What goes into the sandbox's platform and what comes out of it: one request of the Graph API, its
// answer, and the webhooks that follow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace puntual::sandbox {

// Views must live during the call only.
struct ApiRequest {
  std::string_view method;         // "POST"
  std::string_view target;         // "/v26.0/1055…/messages?fields=id"
  std::string_view authorization;  // The header's value: "Bearer …"
  std::string_view content_type;
  std::string_view body;
};

// What the network does to the answer (faults on request).
enum class Wire : uint8_t { Whole, CutBody, CutHead, Reset, TooLong, Drip, Hang };

struct ApiResponse {
  int status = 200;
  std::string body;
  std::string content_type = "application/json; charset=UTF-8";
  Wire wire = Wire::Whole;
  std::string location = {};  // Of a redirection.
};

// One POST to the webhook: these bytes, this signature. Report what came of it by its id.
struct WebhookDelivery {
  int64_t id = 0;
  std::string body;
  std::string signature;  // "sha256=<64 hex>", for X-Hub-Signature-256; empty when signing is off.
  int attempt = 1;
  std::string url = {};                   // Empty: the courier's.
  std::vector<std::string> headers = {};  // Whole lines, instead of WhatsApp's own.
};

}  // namespace puntual::sandbox
