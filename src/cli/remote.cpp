#include "cli/remote.h"

#include <curl/curl.h>

#include <memory>

#include "base/json.h"
#include "cli/command.h"
#include "store/store.h"

namespace puntual::cli {
namespace {

size_t append_bytes(char* data, size_t size, size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

ErrorCode code_of_status(long status) {
  switch (status) {
    case 400:
    case 422:
      return ErrorCode::Invalid;
    case 401:
    case 403:
      return ErrorCode::Forbidden;
    case 404:
      return ErrorCode::NotFound;
    case 409:
      return ErrorCode::Conflict;
    case 503:
      return ErrorCode::Unavailable;
    default:
      return ErrorCode::Internal;
  }
}

}  // namespace

Result<std::optional<Remote>> Remote::find(const Config& config) {
  const auto holder = Store::holder(config.database_url);
  if (!holder) return std::nullopt;
  if (!holder->starts_with("http://")) {
    return fail(ErrorCode::Unsafe,
                "otro proceso de puntual está usando esta base de datos: espere a que termine, o "
                "deténgalo");
  }
  if (config.api_token_file.empty()) {
    return fail(ErrorCode::Unsafe,
                "un servidor tiene abierta esta base de datos en {}; para darle órdenes ponga "
                "api_token_file en puntual.toml "
                "(y reinícielo), o deténgalo antes",
                *holder);
  }
  ASSIGN_OR_RETURN(std::string token, read_secret_file(config.api_token_file));
  return std::optional(Remote(*holder, std::move(token)));
}

std::string Remote::escaped(std::string_view part) {
  const std::unique_ptr<char, void (*)(void*)> text(
      curl_easy_escape(nullptr, part.data(), static_cast<int>(part.size())), curl_free);
  return text.get();
}

Result<std::string> Remote::get(std::string_view path, const Query& query) const {
  return call("GET", path, query, {}, std::nullopt);
}

Result<std::string> Remote::send(const char* method, std::string_view path, const Query& query,
                                 std::string_view content_type, std::string_view body,
                                 std::string_view key) const {
  std::vector<std::string> headers{fmt::format("Content-Type: {}", content_type), "Expect:"};
  if (!key.empty()) headers.push_back(fmt::format("Idempotency-Key: {}", key));
  return call(method, path, query, headers, body);
}

Result<std::string> Remote::call(const char* method, std::string_view path, const Query& query,
                                 const std::vector<std::string>& headers,
                                 std::optional<std::string_view> body) const {
  const std::unique_ptr<CURL, void (*)(CURL*)> easy(curl_easy_init(), curl_easy_cleanup);
  std::string url = url_ + std::string(path);
  char separator = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    url += fmt::format("{}{}={}", separator, name, escaped(value));
    separator = '&';
  }
  curl_slist* list = curl_slist_append(nullptr, ("Authorization: Bearer " + token_).c_str());
  for (const auto& header : headers) list = curl_slist_append(list, header.c_str());
  std::string answer;
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, list);
  if (body) {
    curl_easy_setopt(easy.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body->size()));
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, body->data());
  }
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");  // It is on this machine.
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, append_bytes);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(easy.get());
  curl_slist_free_all(list);
  if (code != CURLE_OK)
    return fail(ErrorCode::Unavailable, "the server at {} did not answer: {}", url_,
                curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && status < 300) return answer;
  const auto document = parse_json(answer);
  const std::string detail =
      document ? member_text(*document, "detail").value_or("") : std::string();
  return fail(code_of_status(status), "{}",
              detail.empty() ? fmt::format("the server answered {}", status) : detail);
}

std::string taken(json::object& job, std::string_view field) {
  std::string text = text_in(job, field);
  job.erase(field);
  return text;
}

}  // namespace puntual::cli
