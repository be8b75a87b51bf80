// Calls that keep house: templates, the number's state, uploads. Synchronous, seldom, never for
// sending.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whatsapp/endpoint.h"

namespace puntual::whatsapp {

// A template as the platform has it. Texts are the platform's; values not known today may come.
struct PlatformTemplate {
  std::string id;
  std::string name;
  std::string language;          // With '_'.
  std::string status;            // APPROVED, PENDING, REJECTED, PAUSED, DISABLED, …
  std::string category;          // UTILITY, MARKETING, AUTHENTICATION
  std::string correct_category;  // What it is going to become, when that is announced.
  std::string parameter_format;  // NAMED, POSITIONAL
  std::string quality;           // GREEN, YELLOW, RED, UNKNOWN
  std::string rejected_reason;
  std::optional<int64_t> ttl_seconds;
  std::string components;  // JSON list.
};

struct CreatedTemplate {
  std::string id;
  std::string status;
  std::string category;  // May differ from the one asked for.
};

struct NumberState {
  std::string id;
  std::string display_phone_number;
  std::string verified_name;
  std::string status;          // CONNECTED is needed to send.
  std::string quality_rating;  // GREEN, YELLOW, RED, NA, UNKNOWN
  std::string name_status;
  std::string throughput;       // STANDARD, HIGH
  std::string messaging_limit;  // TIER_250 …, of the whole portfolio.
  std::string account_mode;     // LIVE, SANDBOX
};

// A file that a person sent, as the platform describes it.
struct MediaPlace {
  std::string url;  // Good for five minutes.
  int64_t size = 0;
};

struct MediaUpload {
  std::string_view bytes;
  std::string_view mime_type;  // "application/pdf"
  std::string_view file_name;
};

// Thread-compatible: one call at a time. Errors carry the platform's code and detail: Forbidden for
// token and permission, NotFound, Unavailable when the same call may succeed later, else Invalid.
class Management {
 public:
  [[nodiscard]] static Result<Management> open(Endpoint endpoint, int64_t timeout_ms = 20'000);

  // Calls under way end as Unavailable within about a second once this is true. It must outlive us.
  void give_up_when(const std::atomic<bool>& stopping) { stopping_ = &stopping; }

  // Told what time it is at the platform, with each of its answers.
  void on_date(std::function<void(Instant)> told) { on_date_ = std::move(told); }

  // `definition` is the JSON body of POST /{waba}/message_templates.
  [[nodiscard]] Result<CreatedTemplate> create_template(std::string_view waba_id,
                                                        std::string_view definition);
  [[nodiscard]] Result<std::vector<PlatformTemplate>> templates(std::string_view waba_id);
  // `change` holds components and/or message_send_ttl_seconds.
  [[nodiscard]] Result<void> edit_template(std::string_view template_id, std::string_view change);
  [[nodiscard]] Result<NumberState> number_state(std::string_view phone_number_id);
  // The app that gets the webhooks of this account; empty: none does.
  [[nodiscard]] Result<std::string> subscribed_app(std::string_view waba_id);
  // A file for those who review a template that carries one: its handle, which is no media id.
  [[nodiscard]] Result<std::string> upload_sample(std::string_view app_id,
                                                  const MediaUpload& sample);
  // The media id, usable for 30 days.
  [[nodiscard]] Result<std::string> upload_media(std::string_view phone_number_id,
                                                 const MediaUpload& media);
  [[nodiscard]] Result<MediaPlace> media_place(std::string_view media_id);
  // The file itself. Forbidden: the address is none of Meta's, and our token does not go there.
  // Invalid: it is larger than 16 MB.
  [[nodiscard]] Result<std::string> download_media(const MediaPlace& place);

 private:
  Management(Endpoint endpoint, int64_t timeout_ms)
      : endpoint_(std::move(endpoint)), timeout_ms_(timeout_ms), easy_(curl_easy_init()) {}
  // Performs what is set on easy_ and gives the body of a 2xx answer.
  Result<std::string> perform(std::string_view what, std::string_view path,
                              std::string_view content_type);
  Result<std::string> perform_at(std::string_view what, const std::string& url,
                                 std::string_view content_type);
  Result<std::string> get(std::string_view what, std::string_view path);
  Result<std::string> post(std::string_view what, std::string_view path, std::string_view body,
                           std::string_view content_type = "application/json");

  Endpoint endpoint_;
  int64_t timeout_ms_;
  CurlEasy easy_;
  const std::atomic<bool>* stopping_ = nullptr;
  std::function<void(Instant)> on_date_;
};

}  // namespace puntual::whatsapp
