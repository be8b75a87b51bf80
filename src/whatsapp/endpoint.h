// Where the platform is and how we show who we are; what every call to it has in common.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace puntual::whatsapp {

struct Endpoint {
  std::string base_url = "https://graph.facebook.com";
  std::string version = "v26.0";  // Current on 2026-11-21; v21.0 ends on 2027-01-21.
  std::string access_token;       // Of a system user; goes nowhere but to base_url.
};

// Invalid when the address is not https (plain http is for this machine only: the sandbox), or the
// version, token or address could break out of their place in a request.
[[nodiscard]] Result<void> check_endpoint(const Endpoint& endpoint);

// base/version/path; the path holds no leading slash.
[[nodiscard]] std::string url_of(const Endpoint& endpoint, std::string_view path);

// Ids of the platform are digits; anything else must not reach a path.
[[nodiscard]] bool is_platform_number(std::string_view id);

struct CurlEasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyDeleter>;
struct CurlListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListDeleter>;

// Protocols, TLS 1.2 or better, no redirects, no signals, proxy rules.
void set_common_options(CURL* easy, const Endpoint& endpoint);
// Whether a file's address may be asked with our token: https at a host of Meta's, or the sandbox
// that the endpoint is.
[[nodiscard]] bool is_media_address(std::string_view url, const Endpoint& endpoint);
// A name of Meta's that leads into our own network is not followed: unless the endpoint is on this
// machine, or a proxy stands between, which has its own rules.
void keep_to_public_addresses(CURL* easy, const Endpoint& endpoint);
// How a request of ours begins, as far as the number of its body's bytes, which comes next: POST of
// JSON, over HTTP/1.1.
[[nodiscard]] std::string request_head(const Endpoint& endpoint, std::string_view path);
// A date as HTTP writes it.
[[nodiscard]] std::optional<Instant> date_of(std::string_view text);
// What time it is there, by the answer's Date header.
[[nodiscard]] std::optional<Instant> date_of_answer(CURL* easy);
// Authorization and, if given, the content type.
[[nodiscard]] CurlList headers_of(const Endpoint& endpoint, std::string_view content_type);

}  // namespace puntual::whatsapp
