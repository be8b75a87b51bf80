// One HTTPS call to a payment provider, and its answer or what is wrong in our own words.
//
// Nothing is repeated here: who asks again knows what was asked before (app/payment_watch). TLS is
// verified and no redirection followed, since our key would go along; plain http is for this
// machine only, where the simulators are.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.h"
#include "base/result.h"

namespace puntual::providers {

struct HttpOptions {
  std::string title;                      // "Wompi": every error begins with it.
  std::string base_url;                   // Without a stroke at its end.
  std::vector<std::string> headers = {};  // Of every call: "Authorization: Bearer …"
  std::vector<std::string> secrets;  // Never part of an error, should the other side repeat them.
  std::string (*told)(const JsonRef& answer) =
      nullptr;                                  // What it says is wrong; empty: it does not say.
  int64_t patience_ms = 10'000;                 // For the whole of a call.
  const std::atomic<bool>* stopping = nullptr;  // Ends a call that is under way.
};

struct HttpRequest {
  std::string_view method = "GET";
  std::string path;                       // What follows the base.
  std::vector<std::string> headers = {};  // Besides those of every call.
  std::string body = {};                  // Empty: none.
  std::string_view content_type = "application/json";
};

// What was answered, as JSON whose numbers keep their digits. Moves without losing its place.
class JsonAnswer {
 public:
  [[nodiscard]] static Result<JsonAnswer> read(std::string body);
  [[nodiscard]] JsonRef root() const { return document_.root(); }

 private:
  JsonAnswer(std::unique_ptr<const std::string> body, JsonDocument document)
      : body_(std::move(body)), document_(std::move(document)) {}
  std::unique_ptr<const std::string> body_;
  JsonDocument document_;
};

// A connection that is kept between calls. By one thread at a time.
class HttpCaller {
 public:
  explicit HttpCaller(HttpOptions options);
  ~HttpCaller();
  HttpCaller(HttpCaller&&) noexcept;
  // The body of a 2xx (none reads as null). Forbidden: 401, 403. NotFound: 404. Invalid: any other
  // 4xx. Unavailable: 408, 429, 5xx, no answer in time, or one that is not the provider's; what was
  // asked may have happened.
  [[nodiscard]] Result<JsonAnswer> call(const HttpRequest& request);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Invalid when it is neither https nor on this machine, or could break out of its place in a
// request.
[[nodiscard]] Result<void> check_base_url(std::string_view url);
// As a part of a path or the value of a query: what others sent us stays in its place.
[[nodiscard]] std::string url_part(std::string_view text);

}  // namespace puntual::providers
