// Meta's error envelope with Meta's codes (contract sections 1.3 and 9, checked 2026-11-21).
#pragma once

#include <optional>

#include "sandbox/api.h"

namespace puntual::sandbox {

struct GraphError {
  int code = 131000;
  std::string details;
  int subcode = 0;      // 0: none.
  int http_status = 0;  // 0: the usual one of the code.
  std::string user_title;
  std::string user_message;
  std::optional<bool> is_transient;
};

struct CodeInfo {
  int code;
  int http_status;
  std::string_view title;
};
// Always answers; unknown codes are 400 "Something went wrong".
[[nodiscard]] CodeInfo code_info(int code);

[[nodiscard]] ApiResponse error_response(const GraphError& error);
// The object of statuses[].errors[]: {"code","title","message","error_data":{"details"},"href"}.
[[nodiscard]] std::string webhook_error(int code, std::string_view details);

// Appends text as a JSON string the way Meta writes it: everything beyond ASCII as \uXXXX, and "/"
// as
// "\/", so that a receiver who signs re-serialised JSON fails here as it would there.
void append_quoted(std::string& out, std::string_view text);
[[nodiscard]] std::string json_quoted(std::string_view text);

// The same spelling for JSON text that a library has written.
[[nodiscard]] std::string respelled(std::string_view json_text);

[[nodiscard]] size_t count_code_points(std::string_view text);

}  // namespace puntual::sandbox
