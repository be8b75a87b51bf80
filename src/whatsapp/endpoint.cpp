#include "whatsapp/endpoint.h"

#include <algorithm>

namespace puntual::whatsapp {
namespace {

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

std::string_view host_of(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return {};
  url.remove_prefix(start + 3);
  url = url.substr(0, url.find('/'));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.find(':'));
}

bool is_this_machine(std::string_view url) {
  const auto host = host_of(url);
  const bool is_numeric = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && is_numeric);
}

}  // namespace

Result<void> check_endpoint(const Endpoint& endpoint) {
  const auto& url = endpoint.base_url;
  const bool is_safe =
      url.starts_with("https://") || (url.starts_with("http://") && is_this_machine(url));
  if (!is_safe || !is_printable(url) || host_of(url).empty() ||
      url.find_first_of("?#@") != std::string::npos) {
    return fail(
        ErrorCode::Invalid,
        "WhatsApp address '{}' cannot be used (expected https://…; http:// only on this machine)",
        url);
  }
  const auto& version = endpoint.version;
  const bool is_version = version.size() > 1 && version[0] == 'v' &&
                          version.find_first_not_of("0123456789.", 1) == std::string::npos;
  if (!is_version) {
    return fail(ErrorCode::Invalid, "Graph version '{}' is none (expected for example v26.0)",
                version);
  }
  if (endpoint.access_token.empty() || !is_printable(endpoint.access_token)) {
    return fail(
        ErrorCode::Invalid,
        "the WhatsApp access token is empty or holds blanks (set it to a system user's token)");
  }
  return {};
}

std::string url_of(const Endpoint& endpoint, std::string_view path) {
  std::string url = endpoint.base_url;
  while (url.ends_with('/')) url.pop_back();
  url.append("/").append(endpoint.version).append("/").append(path);
  return url;
}

bool is_platform_number(std::string_view id) {
  return !id.empty() && id.size() <= 32 &&
         id.find_first_not_of("0123456789") == std::string_view::npos;
}

void set_common_options(CURL* easy, const Endpoint& endpoint) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "puntual");
  // A proxy of the environment is for the way out, not for the sandbox on this machine.
  if (is_this_machine(endpoint.base_url)) curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

std::optional<Instant> date_of_answer(CURL* easy) {
  curl_header* date = nullptr;
  if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK) return std::nullopt;
  const time_t at = curl_getdate(date->value, nullptr);
  return at < 0 ? std::nullopt : std::optional(Instant{int64_t{at} * kSecondMs});
}

CurlList headers_of(const Endpoint& endpoint, std::string_view content_type) {
  CurlList list(
      curl_slist_append(nullptr, ("Authorization: Bearer " + endpoint.access_token).c_str()));
  PUNTUAL_CHECK(list != nullptr);
  PUNTUAL_CHECK(curl_slist_append(list.get(), "Expect:") != nullptr);
  if (!content_type.empty()) {
    const std::string line = "Content-Type: " + std::string(content_type);
    PUNTUAL_CHECK(curl_slist_append(list.get(), line.c_str()) != nullptr);
  }
  return list;
}

}  // namespace puntual::whatsapp
