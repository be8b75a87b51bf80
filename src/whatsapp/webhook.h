// What a webhook of the platform says, as values. Verification works on raw bytes; parsing never fails
// on what it does not know: such an update is Unknown and is kept.
//
// Contract: whatsapp-cloud-api.md sections 5 and 6. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace puntual::whatsapp {

enum class SignatureVerdict : uint8_t { Valid, Invalid, Absent };

// header: the value of X-Hub-Signature-256 ("sha256=…"), empty when absent. Several secrets may be valid
// at once (rotation). Constant time over the digest.
[[nodiscard]] SignatureVerdict verify_signature(std::string_view header, std::string_view raw_body,
                                                const std::vector<std::string>& app_secrets);

enum class UpdateKind : uint8_t { Message, Status, Template, Account, System, Unknown };

struct Update {
  UpdateKind kind = UpdateKind::Unknown;
  std::string type;               // Message type, status, event: as the platform names it.
  std::string platform_id;        // wamid, or empty.
  std::string phone;              // "+57…" (from wa_id/from/recipient_id), or empty.
  std::string wa_id;              // Digits as the platform wrote them, or empty.
  std::string user_id;            // Business-scoped user id, or empty.
  std::string parent_user_id;
  std::string profile_name;
  std::string phone_number_id;    // Which of our numbers (metadata).
  std::optional<Instant> at;
  std::string text;               // Body, caption, button text, or emoji.
  std::string payload;            // Button payload or reply id.
  std::string context_id;         // The wamid this replies to.
  std::string attempt_id;         // biz_opaque_callback_data of a status.
  std::string media_id;
  std::vector<int> error_codes;
  std::string previous_user_id;   // system: identity changes.
  std::string new_wa_id;
  std::string dedupe_key;         // By the contract's rule (section 5.3); the same update repeats it.
  std::string pricing_category;   // Status: pricing.category and type, when given.
  std::string pricing_type;
  std::string template_name, template_language, template_category;  // kind Template
  std::string raw;                // The update's JSON; kept for Unknown, Template and Account.
};

// Every update of the body, in its order. Invalid only when the body is not JSON of the envelope's form;
// a wrongly shaped part becomes an Unknown update.
[[nodiscard]] Result<std::vector<Update>> parse_webhook(std::string_view raw_body);

[[nodiscard]] std::string_view text_of(UpdateKind kind);

}  // namespace puntual::whatsapp
