// What a webhook of the platform says, as values. Verification works on raw bytes; parsing never
// fails on what it does not know: such an update is Unknown and is kept.
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

// header: the value of X-Hub-Signature-256 ("sha256=…"), empty when absent. Several secrets may be
// valid at once (rotation). Constant time over the digest.
[[nodiscard]] SignatureVerdict verify_signature(std::string_view header, std::string_view raw_body,
                                                const std::vector<std::string>& app_secrets);

enum class UpdateKind : uint8_t {
  Message,  // Of a person, or of the business written on its phone (is_from_business).
  Status,   // Of a message that we sent.
  Template,
  Account,  // Account, number, or an error at that level.
  System,   // About a person: changed number or user id, preferences.
  Unknown,  // Kept raw. A message of a type not known fills what it has in common with the others.
};

struct Update {
  UpdateKind kind = UpdateKind::Unknown;
  std::string type;               // Message type, status, event: as the platform names it.
  std::string field;              // The webhook field it came under ("messages").
  std::string waba_id;            // entry.id
  bool is_from_business = false;  // An echo of the WhatsApp Business app; type is "echo_text", …
  std::string platform_id;        // wamid, or empty.
  std::string phone;              // "+57…" (from wa_id/from/recipient_id), or empty.
  std::string wa_id;              // Digits as the platform wrote them, or empty.
  std::string user_id;            // Business-scoped user id, or empty.
  std::string parent_user_id;
  std::string identity_hash;  // Digest of the account's key, when the identity check is on.
  std::string profile_name;
  std::string username;
  std::string phone_number_id;  // Which of our numbers (metadata).
  std::optional<Instant> at;
  std::string text;        // Body, caption, button text, or emoji; a reason, a new quality.
  std::string payload;     // Button payload or reply id; flow answer; "lat,lon"; a shared phone.
  std::string context_id;  // The wamid this replies to, reacts to, edits or revokes.
  std::string attempt_id;  // biz_opaque_callback_data of a status.
  std::string media_id;
  std::string mime_type;
  std::string file_name;
  std::vector<int> error_codes;
  std::string error_detail;      // Of the first error; may name data of the person.
  std::string previous_user_id;  // system: identity changes.
  std::string new_wa_id;
  std::string dedupe_key;  // By the contract's rule (section 5.3); the same update repeats it.
  std::string pricing_category;  // Status: pricing.category and type, when given.
  std::string pricing_type;
  std::string template_id, template_name, template_language, template_category;  // kind Template
  std::string raw;  // The update's JSON, unless the fields above hold all of it.
};

// More updates than this in one body (the platform sends at most 1,000): the rest of each list
// becomes one Unknown update of type "overflow".
inline constexpr size_t kUpdatesMax = 4000;

// Every update of the body, in its order. Invalid only when the body is not JSON of the envelope's
// form (an object with a list `entry`); a wrongly shaped part becomes an Unknown update.
[[nodiscard]] Result<std::vector<Update>> parse_webhook(std::string_view raw_body);

[[nodiscard]] std::string_view text_of(UpdateKind kind);  // "message"

}  // namespace puntual::whatsapp
