#include "whatsapp/endpoint.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>

#include "base/address.h"

namespace puntual::whatsapp {
namespace {

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

// "https://host:1/path" → "https://host:1"
std::string_view origin_of(std::string_view url) {
  const auto start = url.find("://");
  return start == std::string_view::npos ? std::string_view()
                                         : url.substr(0, url.find('/', start + 3));
}

curl_socket_t open_if_public(void*, curlsocktype, curl_sockaddr* address) {
  if (!is_public(address->addr)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool has_proxy() {
  static constexpr const char* kNames[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  return std::ranges::any_of(kNames, [](const char* name) { return std::getenv(name) != nullptr; });
}

}  // namespace

bool is_media_address(std::string_view url, const Endpoint& endpoint) {
  if (!is_printable(url) || url.find_first_of("@\\#") != std::string_view::npos) return false;
  if (is_this_machine(endpoint.base_url)) return origin_of(url) == origin_of(endpoint.base_url);
  if (!url.starts_with("https://")) return false;
  const std::string_view authority = origin_of(url).substr(std::string_view("https://").size());
  if (authority.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") !=
      std::string_view::npos)
    return false;
  // Contract section 4 says lookaside.…; both domains are Meta's own for files. Checked 2026-11-21.
  static constexpr std::string_view kHosts[] = {".fbsbx.com", ".whatsapp.net"};
  return std::ranges::any_of(kHosts, [&](std::string_view host) {
    return authority.size() > host.size() && authority.ends_with(host);
  });
}

void keep_to_public_addresses(CURL* easy, const Endpoint& endpoint) {
  if (is_this_machine(endpoint.base_url) || has_proxy()) return;
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_if_public);
}

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

std::string request_head(const Endpoint& endpoint, std::string_view path) {
  const std::string url = url_of(endpoint, path);
  const std::string_view origin = origin_of(url);
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: puntual\r\nAccept: */*\r\nAuthorization: Bearer "
      "{}\r\n"
      "Content-Type: application/json\r\nContent-Length: ",
      std::string_view(url).substr(origin.size()), origin.substr(origin.find("://") + 3),
      endpoint.access_token);
}

std::optional<Instant> date_of(std::string_view text) {
  const time_t at = curl_getdate(std::string(text).c_str(), nullptr);
  return at < 0 ? std::nullopt : std::optional(Instant{int64_t{at} * kSecondMs});
}

std::optional<Instant> date_of_answer(CURL* easy) {
  curl_header* date = nullptr;
  if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK) return std::nullopt;
  return date_of(date->value);
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
