// The way out to WhatsApp: hands over requests and later gives back what became of each.
//
// Implementations: whatsapp/cloud_api (libcurl, its own thread), the simulation's platform, and
// on_ramp/channels, which hands what goes another way to an OnRamp (ports/on_ramp.h) and all else
// to the first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "core/compliance/gate.h"

namespace puntual {

// A file that goes with a message: handed over to the platform first, which names it.
struct Attachment {
  std::string bytes;
  std::string mime_type;  // "application/pdf"
  std::string file_name;
  size_t name_at = 0;  // Where the platform's name of it belongs in the message's body.
};

// One message as the platform takes it. `body` is the JSON of POST /{phone-number-id}/messages and
// holds the attempt id in biz_opaque_callback_data; on another channel it is the text itself.
struct SendRequest {
  CreditorId creditor_id;
  MessageId message_id;
  DebtorId debtor_id;
  std::string attempt_id;       // 32 hex digits.
  std::string phone_number_id;  // Our sending number.
  std::string recipient;  // For pacing: the person's address. On another channel it goes there.
  std::string body;
  Instant deadline;  // No first body byte after it.
  std::optional<Attachment> attachment = {};
  Channel channel = Channel::WhatsApp;
  std::string link = {};       // On another channel: what opens the chat, as the text has it;
  std::string stop_link = {};  // and where one POST says "no more". May be empty.
};

// What is known of an attempt when the network call has ended (quality-bar 4.1).
enum class SendOutcome : uint8_t {
  Accepted,  // 2xx with a message id.
  Rejected,  // A well-formed error of the platform that states refusal: nothing was sent.
  NotSent,   // Failed provably before the first body byte, or the deadline had passed.
  Unknown,   // Everything else: time-out, reset, bare 5xx. Never resent on a guess.
};

struct SendResult {
  CreditorId creditor_id;
  MessageId message_id;
  DebtorId debtor_id;
  std::string attempt_id;
  SendOutcome outcome = SendOutcome::Unknown;
  std::string platform_id;     // wamid, when accepted.
  std::string message_status;  // "accepted", "held_for_quality_assessment", …
  std::string wa_id;           // contacts[0].wa_id, when given.
  int error_code = 0;          // The platform's, when rejected (or on an unknown 5xx).
  std::string detail;          // For logs and the timeline; no personal data.
  std::optional<int64_t> retry_after_ms;

  // Says which request it is about.
  void is_of(const SendRequest& request) {
    creditor_id = request.creditor_id;
    message_id = request.message_id;
    debtor_id = request.debtor_id;
    attempt_id = request.attempt_id;
  }
};

class WhatsAppChannel {
 public:
  virtual ~WhatsAppChannel() = default;
  // Takes the requests; never blocks on the network. Called by the engine's thread only.
  virtual void submit(std::vector<SendRequest> requests) = 0;
  // What has become known since the last call. Same thread as submit.
  [[nodiscard]] virtual std::vector<SendResult> collect() = 0;
  // How many more requests the channel would take now without breaking its pacing or its queue.
  [[nodiscard]] virtual int capacity(Instant now) = 0;
  // And how many that go another way than to WhatsApp, which do not count above.
  [[nodiscard]] virtual int capacity_elsewhere() { return kElsewhereMax; }

  static constexpr int kElsewhereMax = 8;  // Who takes those is slower.
};

}  // namespace puntual
