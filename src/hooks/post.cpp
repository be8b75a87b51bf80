#include "hooks/post.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/address.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace puntual::hooks {
namespace {

constexpr long kConnectMs = 5'000;
constexpr size_t kAnswerKept = 200;       // Bytes.
constexpr size_t kAnswerRead = 64 << 10;  // What says more is broken off: its status is known.

struct Place {
  std::string scheme, host;
  bool is_private = false;  // Named by the settings.
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, void (*)(void*)> owned(text, curl_free);
  return text;
}

// What is this machine under every resolver (RFC 6761): said when it is registered, not at the
// first delivery.
bool is_localhost(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string name = fold_text(host);
  return name == "localhost" || name.ends_with(".localhost");
}

Result<Place> place_of(const std::string& address, const PostOptions& options) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  PUNTUAL_CHECK(url != nullptr);
  const bool is_plain = std::ranges::all_of(address, [](char c) { return c > ' ' && c < 0x7F; });
  if (!is_plain || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) {
    return fail(ErrorCode::Invalid, "'{}' is no address (expected https://…)", address);
  }
  if (!part_of(url.get(), CURLUPART_USER).empty() ||
      !part_of(url.get(), CURLUPART_PASSWORD).empty() ||
      !part_of(url.get(), CURLUPART_FRAGMENT).empty()) {
    return fail(ErrorCode::Invalid,
                "the address has a user, a password or a fragment: leave it out (the signature "
                "says who we are)");
  }
  Place place{.scheme = part_of(url.get(), CURLUPART_SCHEME),
              .host = part_of(url.get(), CURLUPART_HOST)};
  place.is_private =
      std::ranges::find(options.private_hosts, place.host) != options.private_hosts.end();
  const bool is_here = place.is_private && is_this_machine(address);
  if (!place.is_private && (is_private_host(place.host) || is_localhost(place.host))) {
    return fail(ErrorCode::Invalid,
                "'{}' is not public ([webhooks] private_hosts in puntual.toml names those of the "
                "local network)",
                address);
  }
  if (place.scheme == "https" || (place.scheme == "http" && is_here)) return place;
  return fail(ErrorCode::Invalid,
              "'{}' cannot be used (expected https://…; http:// only on this machine, when "
              "[webhooks] private_hosts names it)",
              address);
}

// Of one POST, for curl's callbacks.
struct Call {
  const PostOptions& options;
  bool may_be_private = false;
  bool was_refused = false;
  size_t read = 0;
  std::string answer;
};

// The last moment at which the address is known for sure: the very one that is connected to.
curl_socket_t open_allowed(void* user, curlsocktype, curl_sockaddr* address) {
  auto& call = *static_cast<Call*>(user);
  if (!call.may_be_private && !is_public(address->addr)) {
    call.was_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t take_hook_answer(char* data, size_t size, size_t count, void* user) {
  auto& call = *static_cast<Call*>(user);
  const size_t bytes = size * count;
  call.answer.append(data,
                     std::min(bytes, kAnswerKept - std::min(kAnswerKept, call.answer.size())));
  call.read += bytes;
  return call.read > kAnswerRead ? 0 : bytes;
}

int is_told_to_end(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* stopping = static_cast<Call*>(user)->options.stopping;
  return stopping != nullptr && stopping->load() ? 1 : 0;
}

// Text of theirs in a line of ours.
std::string one_line(std::string_view text) {
  std::string clean;
  append_clean_utf8(clean, text);
  std::ranges::replace_if(
      clean, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return clean;
}

Posted outcome_of(CURL* easy, CURLcode code, const Call& call) {
  Posted posted;
  long status = 0;
  curl_off_t taken_us = 0, retry_after_s = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &taken_us);
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after_s);
  posted.latency_ms = taken_us / 1000;
  posted.retry_after_ms = std::clamp<int64_t>(retry_after_s, 0, int64_t{1} << 32) * 1000;
  const bool is_broken_off = code == CURLE_WRITE_ERROR && call.read > kAnswerRead;
  if (code == CURLE_OK || is_broken_off) {
    posted.status = static_cast<int>(status);
    if (!posted.is_taken()) posted.answer = one_line(call.answer);
  } else {
    posted.answer = call.was_refused ? "the address is not public ([webhooks] private_hosts names "
                                       "those of the local network)"
                                     : curl_easy_strerror(code);
  }
  return posted;
}

}  // namespace

Result<void> check_url(const std::string& url, const PostOptions& options) {
  const auto place = place_of(url, options);
  if (!place) return std::unexpected(place.error());
  return {};
}

Posted post(const std::string& url, const std::vector<std::string>& headers, std::string_view body,
            const PostOptions& options) {
  static std::once_flag once;
  std::call_once(once, [] { PUNTUAL_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  const auto place = place_of(url, options);
  if (!place) return {.answer = place.error().message};
  Call call{.options = options, .may_be_private = place->is_private, .answer = {}};
  const std::unique_ptr<CURL, void (*)(CURL*)> owner(curl_easy_init(), curl_easy_cleanup);
  CURL* const easy = owner.get();
  PUNTUAL_CHECK(easy != nullptr);
  curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
  list = curl_slist_append(list, "Expect:");
  for (const auto& line : headers) list = curl_slist_append(list, line.c_str());
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> lines(list, curl_slist_free_all);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, place->scheme.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "puntual");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());
  curl_easy_setopt(easy, CURLOPT_POST, 1L);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.patience_ms));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_allowed);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &call);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_hook_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &call);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, is_told_to_end);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &call);
  const CURLcode code = curl_easy_perform(easy);
  return outcome_of(easy, code, call);
}

}  // namespace puntual::hooks
