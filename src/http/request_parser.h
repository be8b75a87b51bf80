// Bytes to a Request, strictly (Beast's parser behind): Content-Length with Transfer-Encoding,
// unknown codings, a missing or doubled Host and malformed lines are refused, never guessed.
#pragma once

#include <memory>
#include <string_view>

#include "http/message.h"

namespace puntual::http {

class RequestParser {
 public:
  enum class State : uint8_t { NeedMore, HeadDone, Done, Failed };

  explicit RequestParser(uint32_t header_max);
  ~RequestParser();

  // Starts the next request; what was in `request` is cleared, its memory kept.
  void begin(Request& request);
  // Takes bytes, says how many it used. Stops after the head (HeadDone): the caller looks at the
  // route, sets the limit of the body, and goes on feeding.
  State feed(std::string_view bytes, size_t& used);

  void set_body_max(uint64_t bytes);
  // The body is written here from now on instead of Request::body; -1: it is dropped.
  void set_body_file(int descriptor);
  [[nodiscard]] std::optional<uint64_t> content_length() const;
  [[nodiscard]] bool keeps_alive() const;
  [[nodiscard]] bool expects_continue() const;
  // After Failed: the status to answer with and why.
  [[nodiscard]] int error_status() const;
  [[nodiscard]] std::string error_text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace puntual::http
