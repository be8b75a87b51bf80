#include "providers/http_call.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>

#include "base/address.h"

namespace puntual::providers {
namespace {

constexpr long kConnectMs = 3'000;
constexpr size_t kAnswerMax = 1 << 20;
constexpr size_t kToldMax = 300;

// Text of theirs in a line of ours.
std::string on_one_line(std::string_view told) {
  std::string clean, line;
  append_clean_utf8(clean, told.substr(0, kToldMax));
  for (const char c : clean) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      line += fmt::format("\\x{:02x}", byte);
    else
      line += c;
  }
  return line;
}

void take_out(std::string& text, std::string_view secret) {
  if (secret.size() < 8) return;  // A word that any text may have.
  for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
    text.replace(at, secret.size(), "…");
}

ErrorCode code_of(long status) {
  if (status == 401 || status == 403) return ErrorCode::Forbidden;
  if (status == 404) return ErrorCode::NotFound;
  if (status >= 400 && status < 500 && status != 408 && status != 429) return ErrorCode::Invalid;
  return ErrorCode::Unavailable;
}

size_t take_answer_part(char* data, size_t size, size_t count, void* user) {
  auto& body = *static_cast<std::string*>(user);
  if (body.size() + size * count > kAnswerMax) return 0;  // Breaks it off.
  body.append(data, size * count);
  return size * count;
}

int is_stopping(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(user)->load() ? 1 : 0;
}

struct HeaderList {
  curl_slist* first = nullptr;
  ~HeaderList() { curl_slist_free_all(first); }
  void add(const std::string& line) {
    curl_slist* const longer = curl_slist_append(first, line.c_str());
    PUNTUAL_CHECK(longer != nullptr);
    first = longer;
  }
};

CURL* new_handle() {
  static std::once_flag once;
  std::call_once(once, [] { PUNTUAL_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  CURL* const easy = curl_easy_init();
  PUNTUAL_CHECK(easy != nullptr);
  return easy;
}

}  // namespace

class HttpCaller::Impl {
 public:
  explicit Impl(HttpOptions options)
      : options_(std::move(options)), easy_(new_handle(), curl_easy_cleanup) {}

  Result<JsonAnswer> call(const HttpRequest& request) {
    const std::string url = options_.base_url + request.path;
    prepare(request, url);
    HeaderList headers;
    headers.add("Expect:");
    headers.add("Accept: application/json");
    headers.add(request.body.empty() ? std::string("Content-Type:")
                                     : fmt::format("Content-Type: {}", request.content_type));
    for (const auto& line : options_.headers) headers.add(line);
    for (const auto& line : request.headers) headers.add(line);
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers.first);
    body_.clear();
    const CURLcode code = curl_easy_perform(easy_.get());
    if (code != CURLE_OK)
      return fail(ErrorCode::Unavailable, "{} gave no answer: {}", options_.title,
                  curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return answer(status);
  }

 private:
  void prepare(const HttpRequest& request, const std::string& url) {
    CURL* const easy = easy_.get();
    curl_easy_reset(easy);  // Keeps its connections.
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, is_this_machine(url) ? "https,http" : "https");
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "puntual");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.patience_ms));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer_part);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body_);
    if (is_this_machine(url))
      curl_easy_setopt(easy, CURLOPT_PROXY, "");  // A proxy is for the way out.
    if (options_.stopping != nullptr) {
      curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
      curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, is_stopping);
      curl_easy_setopt(easy, CURLOPT_XFERINFODATA,
                       const_cast<std::atomic<bool>*>(options_.stopping));
    }
    if (request.method != "GET") {  // Also without a body: its length is said to be 0.
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, std::string(request.method).c_str());
  }

  Result<JsonAnswer> answer(long status) {
    const bool is_done = status >= 200 && status < 300;
    auto answer = JsonAnswer::read(is_done && body_.empty() ? "null" : std::exchange(body_, {}));
    if (is_done && answer) return answer;
    if (is_done)
      return fail(ErrorCode::Unavailable, "{} answered {} with what is no JSON", options_.title,
                  status);
    std::string told =
        answer && options_.told != nullptr ? options_.told(answer->root()) : std::string();
    for (const auto& secret : options_.secrets) take_out(told, secret);
    return fail(code_of(status), "{} answered {}{}{}", options_.title, status,
                told.empty() ? "" : ": ", on_one_line(told));
  }

  HttpOptions options_;
  std::unique_ptr<CURL, void (*)(CURL*)> easy_;
  std::string body_;
};

HttpCaller::HttpCaller(HttpOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpCaller::~HttpCaller() = default;
HttpCaller::HttpCaller(HttpCaller&&) noexcept = default;
Result<JsonAnswer> HttpCaller::call(const HttpRequest& request) { return impl_->call(request); }

Result<JsonAnswer> JsonAnswer::read(std::string body) {
  auto kept = std::make_unique<const std::string>(std::move(body));
  ASSIGN_OR_RETURN(JsonDocument document, JsonDocument::read(*kept));
  return JsonAnswer(std::move(kept), std::move(document));
}

Result<void> check_base_url(std::string_view url) {
  const bool is_plain = std::ranges::all_of(
      url, [](char c) { return c > ' ' && c < 0x7F && c != '?' && c != '#' && c != '@'; });
  const bool is_safe = url.starts_with("https://")
                           ? url.size() > 8 && url[8] != '/'
                           : url.starts_with("http://") && is_this_machine(url);
  if (is_plain && is_safe) return {};
  return fail(ErrorCode::Invalid,
              "the address '{}' cannot be used (expected https://…; http:// only on this machine)",
              url);
}

std::string url_part(std::string_view text) {
  std::string part;
  for (const char c : text) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '~';
    if (is_plain || (c == '.' && text != "." && text != ".."))
      part += c;
    else
      part += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return part;
}

}  // namespace puntual::providers
