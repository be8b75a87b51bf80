#include "whatsapp/management.h"

#include <algorithm>
#include <charconv>

#include "base/json_text.h"
#include "whatsapp/errors.h"
#include "whatsapp/outcome.h"

namespace puntual::whatsapp {
namespace {

constexpr size_t kReplyMax = 16 * 1024 * 1024;
constexpr std::string_view kSampleType =
    "application/octet-stream";  // Of a sample, the whole of it at once.
constexpr int kPagesMax = 200;   // 100 templates each; an account holds 6,000 at most.

size_t append_reply(char* data, size_t size, size_t count, void* user) {
  auto& reply = *static_cast<std::string*>(user);
  if (reply.size() + size * count > kReplyMax) return 0;
  reply.append(data, size * count);
  return size * count;
}

ErrorCode error_code_of(const PlatformError& error, int http_status) {
  if (error.code == 803 || http_status == 404) return ErrorCode::NotFound;
  switch (reaction_to(error.code, error.is_transient).reaction) {
    case Reaction::StopNumber:
      return ErrorCode::Forbidden;
    case Reaction::BackOff:
    case Reaction::Wait:
      return ErrorCode::Unavailable;
    default:
      return ErrorCode::Invalid;
  }
}

std::unexpected<Error> platform_failure(std::string_view what, int http_status,
                                        std::string_view body) {
  if (const auto error = platform_error(body)) {
    return fail(error_code_of(*error, http_status), "{}: WhatsApp answered code {}: {} (trace {})",
                what, error->code, error->detail, error->trace.empty() ? "none" : error->trace);
  }
  return fail(ErrorCode::Unavailable, "{}: HTTP {} without an answer of the platform", what,
              http_status);
}

Result<JsonDocument> read_reply(std::string_view what, const std::string& body) {
  auto document = JsonDocument::read(body);
  if (!document)
    return fail(ErrorCode::Unavailable, "{}: the answer is {}", what, document.error().message);
  return document;
}

Result<void> check_id(std::string_view what, std::string_view id) {
  if (is_platform_number(id)) return {};
  return fail(ErrorCode::Invalid,
              "{}: the id '{}' is not a number (copy it from Meta's app dashboard)", what, id);
}

PlatformTemplate template_of(JsonRef one) {
  PlatformTemplate read;
  read.id = one["id"].text();
  read.name = one["name"].text();
  read.language = one["language"].text();
  std::replace(read.language.begin(), read.language.end(), '-', '_');
  read.status = one["status"].text();
  read.category = one["category"].text();
  read.correct_category = one["correct_category"].text();
  read.parameter_format = one["parameter_format"].text();
  read.quality = one["quality_score"]["score"].text();
  read.rejected_reason = one["rejected_reason"].text();
  read.ttl_seconds = one["message_send_ttl_seconds"].integer();
  append_clean_utf8(read.components, one["components"].raw());
  return read;
}

// A cursor goes into an address: only what needs no escaping, or nothing.
bool is_safe_cursor(std::string_view cursor) {
  return std::ranges::all_of(cursor, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '=';
  });
}

// "upload:MTphd…?sig=AR…": part of an address as it stands.
bool is_upload_session(std::string_view id) {
  return id.starts_with("upload:") && std::ranges::all_of(id, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  std::string_view(":?=&-_.%").contains(c);
         });
}

int is_given_up(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

}  // namespace

Result<Management> Management::open(Endpoint endpoint, int64_t timeout_ms) {
  RETURN_IF_ERROR(check_endpoint(endpoint));
  Management management(std::move(endpoint), timeout_ms);
  PUNTUAL_CHECK(management.easy_ != nullptr);
  return management;
}

Result<std::string> Management::perform(std::string_view what, std::string_view path,
                                        std::string_view content_type) {
  return perform_at(what, url_of(endpoint_, path), content_type);
}

Result<std::string> Management::perform_at(std::string_view what, const std::string& url,
                                           std::string_view content_type) {
  CURL* easy = easy_.get();
  std::string reply;
  const CurlList headers = headers_of(endpoint_, content_type);
  if (content_type == kSampleType)
    PUNTUAL_CHECK(curl_slist_append(headers.get(), "file_offset: 0") != nullptr);
  set_common_options(easy, endpoint_);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms_));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, append_reply);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reply);
  if (stopping_ != nullptr) {
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, is_given_up);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, stopping_);
  }
  const CURLcode code = curl_easy_perform(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  const auto date = date_of_answer(easy);
  curl_easy_reset(easy);  // Nothing of this call's memory stays behind; connections do.
  if (code != CURLE_OK)
    return fail(ErrorCode::Unavailable, "{}: {}", what, curl_easy_strerror(code));
  if (date && on_date_) on_date_(*date);
  if (status < 200 || status >= 300) return platform_failure(what, static_cast<int>(status), reply);
  return reply;
}

Result<std::string> Management::get(std::string_view what, std::string_view path) {
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPGET, 1L);
  return perform(what, path, {});
}

Result<std::string> Management::post(std::string_view what, std::string_view path,
                                     std::string_view body, std::string_view content_type) {
  curl_easy_setopt(easy_.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(easy_.get(), CURLOPT_COPYPOSTFIELDS, body.data());
  return perform(what, path, content_type);
}

Result<CreatedTemplate> Management::create_template(std::string_view waba_id,
                                                    std::string_view definition) {
  constexpr std::string_view kWhat = "create template";
  RETURN_IF_ERROR(check_id(kWhat, waba_id));
  ASSIGN_OR_RETURN(const auto reply,
                   post(kWhat, fmt::format("{}/message_templates", waba_id), definition));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  const JsonRef root = document.root();
  CreatedTemplate created{root["id"].text(), root["status"].text(), root["category"].text()};
  if (created.id.empty()) return fail(ErrorCode::Unavailable, "{}: the answer names no id", kWhat);
  return created;
}

Result<std::vector<PlatformTemplate>> Management::templates(std::string_view waba_id) {
  constexpr std::string_view kWhat = "list templates";
  constexpr std::string_view kFields =
      "id,name,language,status,category,correct_category,parameter_format,components,quality_score,"
      "rejected_reason,message_send_ttl_seconds";
  RETURN_IF_ERROR(check_id(kWhat, waba_id));
  std::vector<PlatformTemplate> all;
  std::string after;
  for (int page = 0; page < kPagesMax; ++page) {
    std::string path = fmt::format("{}/message_templates?fields={}&limit=100", waba_id, kFields);
    if (!after.empty()) path += "&after=" + after;
    ASSIGN_OR_RETURN(const auto reply, get(kWhat, path));
    ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
    const JsonRef root = document.root();
    for (const JsonRef one : root["data"]) all.push_back(template_of(one));
    // The address of the next page is not followed: the token goes to our own address only.
    after = root["paging"]["cursors"]["after"].text();
    if (!root["paging"]["next"]) return all;
    if (after.empty() || !is_safe_cursor(after)) break;
  }
  return fail(ErrorCode::Unavailable, "{}: the pages do not end", kWhat);
}

Result<void> Management::edit_template(std::string_view template_id, std::string_view change) {
  constexpr std::string_view kWhat = "edit template";
  RETURN_IF_ERROR(check_id(kWhat, template_id));
  ASSIGN_OR_RETURN(const auto reply, post(kWhat, template_id, change));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  if (document.root()["success"].kind() != JsonKind::True) {
    return fail(ErrorCode::Unavailable, "{}: the platform did not confirm it", kWhat);
  }
  return {};
}

Result<NumberState> Management::number_state(std::string_view phone_number_id) {
  constexpr std::string_view kWhat = "read number";
  RETURN_IF_ERROR(check_id(kWhat, phone_number_id));
  const std::string path = fmt::format(
      "{}?fields=id,display_phone_number,verified_name,quality_rating,status,name_status,"
      "throughput,account_mode,whatsapp_business_manager_messaging_limit",
      phone_number_id);
  ASSIGN_OR_RETURN(const auto reply, get(kWhat, path));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  const JsonRef root = document.root();
  NumberState state;
  state.id = root["id"].text();
  state.display_phone_number = root["display_phone_number"].text();
  state.verified_name = root["verified_name"].text();
  state.status = root["status"].text();
  state.quality_rating = root["quality_rating"].text();
  state.name_status = root["name_status"].text();
  state.throughput = root["throughput"]["level"].text();
  state.messaging_limit = root["whatsapp_business_manager_messaging_limit"].text();
  state.account_mode = root["account_mode"].text();
  return state;
}

Result<std::string> Management::subscribed_app(std::string_view waba_id) {
  constexpr std::string_view kWhat = "read subscriptions";
  RETURN_IF_ERROR(check_id(kWhat, waba_id));
  ASSIGN_OR_RETURN(const auto reply, get(kWhat, fmt::format("{}/subscribed_apps", waba_id)));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  for (const JsonRef app : document.root()["data"])
    return app["whatsapp_business_api_data"]["id"].text();
  return std::string();
}

// Two calls: one opens a session, whose name is an address; the other brings the bytes there.
Result<std::string> Management::upload_sample(std::string_view app_id, const MediaUpload& sample) {
  constexpr std::string_view kWhat = "upload sample";
  RETURN_IF_ERROR(check_id(kWhat, app_id));
  ASSIGN_OR_RETURN(const auto opened,
                   post(kWhat,
                        fmt::format("{}/uploads?file_length={}&file_type={}", app_id,
                                    sample.bytes.size(), sample.mime_type),
                        ""));
  ASSIGN_OR_RETURN(const auto session, read_reply(kWhat, opened));
  const std::string id = session.root()["id"].text();
  if (!is_upload_session(id))
    return fail(ErrorCode::Unavailable, "{}: the answer names no session", kWhat);
  ASSIGN_OR_RETURN(const auto reply, post(kWhat, id, sample.bytes, kSampleType));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  std::string handle = document.root()["h"].text();
  if (handle.empty()) return fail(ErrorCode::Unavailable, "{}: the answer names no handle", kWhat);
  return handle;
}

Result<std::string> Management::upload_media(std::string_view phone_number_id,
                                             const MediaUpload& media) {
  constexpr std::string_view kWhat = "upload media";
  RETURN_IF_ERROR(check_id(kWhat, phone_number_id));
  const std::string type(media.mime_type);
  const std::string name(media.file_name);
  const std::unique_ptr<curl_mime, void (*)(curl_mime*)> form(curl_mime_init(easy_.get()),
                                                              curl_mime_free);
  const auto add_text = [&](const char* field, std::string_view value) {
    curl_mimepart* part = curl_mime_addpart(form.get());
    curl_mime_name(part, field);
    curl_mime_data(part, value.data(), value.size());
    return part;
  };
  add_text("messaging_product", "whatsapp");
  add_text("type", type);
  curl_mimepart* file = add_text("file", media.bytes);
  curl_mime_filename(file, name.c_str());
  curl_mime_type(file, type.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_MIMEPOST, form.get());
  ASSIGN_OR_RETURN(const auto reply, perform(kWhat, fmt::format("{}/media", phone_number_id), {}));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  std::string id = document.root()["id"].text();
  if (id.empty()) return fail(ErrorCode::Unavailable, "{}: the answer names no id", kWhat);
  return id;
}

Result<MediaPlace> Management::media_place(std::string_view media_id) {
  constexpr std::string_view kWhat = "look up media";
  RETURN_IF_ERROR(check_id(kWhat, media_id));
  ASSIGN_OR_RETURN(const auto reply, get(kWhat, media_id));
  ASSIGN_OR_RETURN(const auto document, read_reply(kWhat, reply));
  const JsonRef root = document.root();
  MediaPlace place{.url = root["url"].text(), .size = root["file_size"].integer().value_or(0)};
  const std::string size = root["file_size"].text();  // A text or a number.
  if (!size.empty()) (void)std::from_chars(size.data(), size.data() + size.size(), place.size);
  if (place.url.empty())
    return fail(ErrorCode::Unavailable, "{}: the answer names no address", kWhat);
  return place;
}

Result<std::string> Management::download_media(const MediaPlace& place) {
  constexpr std::string_view kWhat = "download media";
  if (!is_media_address(place.url, endpoint_)) {
    return fail(ErrorCode::Forbidden,
                "{}: its address is not one of Meta's (nothing was asked there)", kWhat);
  }
  if (place.size > static_cast<int64_t>(kReplyMax))
    return fail(ErrorCode::Invalid, "{}: {} bytes are more than 16 MB", kWhat, place.size);
  keep_to_public_addresses(easy_.get(), endpoint_);
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPGET, 1L);
  return perform_at(kWhat, place.url, {});
}

}  // namespace puntual::whatsapp
