// WhatsApp's Cloud API as a deterministic model: no socket, no thread, no clock. The same requests
// at the same instants with the same seed give the same answers and the same webhooks.
//
// Used by the process `puntual sandbox`, by tests, and by the simulator. It refuses what Meta
// refuses, with Meta's code (docs/sandbox.md lists what it imitates). Not thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sandbox/api.h"

namespace puntual::sandbox {

struct Range {
  int64_t min_ms = 0;
  int64_t max_ms = 0;
};

struct PlatformOptions {
  uint64_t seed = 1;
  std::string access_token = "sandbox-token";
  std::string app_secret =
      "sandbox-secret";  // Empty: webhooks are not signed (the simulator's fast path).
  std::string app_id = "990000000000001";
  std::string waba_id = "102290129340398";
  std::string phone_number_id = "106540352242922";
  std::string display_phone_number = "+57 601 555 0100";
  std::string verified_name = "Empresa de prueba";
  std::string home_calling_code = "57";  // Put before numbers that come without "+".
  std::string base_url;                  // For media and upload links; the server sets it.
  int messages_per_second = 80;
  int64_t unique_users_a_day = 100'000;  // Portfolio limit; -1: none.
  int unique_users_error = 131048;       // The code for it is not documented (contract section 13).
  int management_calls_an_hour = 5'000;
  Range sent_after{20, 200};           // After acceptance;
  Range delivered_after{200, 1'500};   // after sent;
  Range read_after{2'000, 20'000};     // after delivered.
  uint32_t read_ppm = 700'000;         // Chance that an ordinary person reads.
  uint32_t delivered_omitted_ppm = 0;  // "read" without "delivered".
  Range review_after{0, 0};            // Of templates; 0: decided at once, webhook still sent.
  bool refuse_closed_window_at_once = false;  // 131047 as an answer; else as a failed status.
  bool magic_numbers = true;                  // docs/sandbox.md; the simulator turns them off.
  bool verify_webhook_retries = true;         // Keep deliveries until they are answered 200.
  int64_t webhook_retry_for_ms = 7 * kDayMs;  // Or 36 hours, the older policy.
  int webhook_batch_max = 1;                  // Changes in one POST, 1…1000.
  size_t messages_kept = 100'000;             // History for the control API and for contexts.
  bool keep_contents = true;                  // Keep what was said, too.
};

// What a person does. Exactly one of text, payload+text (a pressed button), media, reaction.
struct PersonAction {
  std::string from;  // Phone or business-scoped user id.
  std::string type =
      "text";        // text, button, interactive, image, document, audio, reaction, location, …
  std::string text;  // Body, caption, title of the button, or emoji.
  std::string payload;     // Of the button or the list row.
  std::string context_id;  // wamid of ours that it answers or reacts to.
  std::string media_bytes;
  std::string media_type;  // MIME; empty: image/jpeg.
  std::string file_name;
  bool from_advertisement = false;  // Click to WhatsApp: opens the free entry point.
  std::string phone_number_id;      // Which of our numbers; empty: the first.
};

struct State;

class Platform {
 public:
  explicit Platform(PlatformOptions options);
  ~Platform();
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  // One call of the Graph API, or of the control API below /_sandbox/.
  [[nodiscard]] ApiResponse handle(const ApiRequest& request, Instant now);

  // When something will happen by itself; none: never.
  [[nodiscard]] std::optional<Instant> next_due() const;
  // Everything that is due by now, in order, as webhooks to deliver.
  [[nodiscard]] std::vector<WebhookDelivery> advance(Instant now);
  // What the receiver answered: 200 ends it, anything else (0: no answer) is tried again, ever
  // later.
  void delivered(int64_t delivery_id, int http_status, Instant now);

  // The wamid of what the person sent; Invalid when the address or the media is none.
  Result<std::string> act(const PersonAction& action, Instant now);
  // Sets properties of a person from JSON: see docs/sandbox.md, POST /_sandbox/person.
  Result<void> set_person(std::string_view json, Instant now);
  // Faults from TOML or JSON: see docs/sandbox.md.
  Result<void> load_faults(std::string_view text, std::string_view file_name);
  // Registers a template as approved, for tests and simulations that do not create their own;
  // `definition` is the body of POST /{waba}/message_templates.
  Result<std::string> add_template(std::string_view definition, Instant now);

  void set_base_url(std::string url);
  [[nodiscard]] const PlatformOptions& options() const;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace puntual::sandbox
