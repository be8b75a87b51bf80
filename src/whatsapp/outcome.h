// What became of a send, from what was seen of it: the one place that decides it (quality-bar 4.1
// of the send protocol). Pure; thread-safe.
//
// In doubt it is Unknown: such a message counts as a contact and is never resent on a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/whatsapp.h"

namespace puntual::whatsapp {

// What was seen of one request when it ended, well or not.
struct Answer {
  bool is_body_started = false;  // At least one byte of our body was handed to the network.
  int http_status = 0;           // 0: no answer.
  std::string_view body;         // As far as it came.
  std::string_view failure;      // The network's own words when it broke.
  std::optional<int64_t> retry_after_ms;
};

// An error object of the platform: {"error":{"code":…,"message" or "type":…}}.
struct PlatformError {
  int code = 0;
  bool is_transient = false;
  std::string detail;  // error_data.details or message; long numbers blotted out.
  std::string trace;   // fbtrace_id: the platform's support asks for it.
};
[[nodiscard]] std::optional<PlatformError> platform_error(std::string_view body);

// Fills everything but the message's own ids.
[[nodiscard]] SendResult outcome_of(const Answer& answer);

// Runs of six or more digits become "…": they can be somebody's number.
[[nodiscard]] std::string blot_numbers(std::string_view text);

}  // namespace puntual::whatsapp
