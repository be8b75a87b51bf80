// Media: uploaded, looked up, downloaded with the token within five minutes, deleted (contract
// section 4).
#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "http/message.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

struct MediaRule {
  std::string_view mime;
  size_t bytes_max;
};
constexpr size_t kMegabyte = 1 << 20;
constexpr MediaRule kMediaRules[] = {
    {"application/pdf", 100 * kMegabyte},
    {"text/plain", 100 * kMegabyte},
    {"application/msword", 100 * kMegabyte},
    {"application/vnd.ms-excel", 100 * kMegabyte},
    {"application/vnd.ms-powerpoint", 100 * kMegabyte},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * kMegabyte},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 100 * kMegabyte},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", 100 * kMegabyte},
    {"image/jpeg", 5 * kMegabyte},
    {"image/png", 5 * kMegabyte},
    {"audio/aac", 16 * kMegabyte},
    {"audio/amr", 16 * kMegabyte},
    {"audio/mpeg", 16 * kMegabyte},
    {"audio/mp4", 16 * kMegabyte},
    {"audio/ogg", 16 * kMegabyte},
    {"video/mp4", 16 * kMegabyte},
    {"video/3gpp", 16 * kMegabyte},
    {"image/webp", 500 << 10},
};

struct Part {
  std::string name, file_name, content_type, bytes;
};

std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + before.size());
  return text.substr(0, text.find(after));
}

// multipart/form-data as clients write it; empty when it is not well formed.
std::vector<Part> parse_multipart(std::string_view content_type, std::string_view body) {
  std::string_view boundary = between(content_type, "boundary=", ";");
  if (boundary.size() >= 2 && boundary.front() == '"')
    boundary = boundary.substr(1, boundary.size() - 2);
  if (boundary.empty()) return {};
  const std::string delimiter = fmt::format("--{}", boundary);
  std::vector<Part> parts;
  size_t at = body.find(delimiter);
  while (at != std::string_view::npos) {
    const size_t begin = at + delimiter.size();
    if (body.substr(begin, 2) != "\r\n") break;  // "--": the end.
    const size_t end = body.find("\r\n" + delimiter, begin);
    const size_t head_end = body.find("\r\n\r\n", begin);
    if (end == std::string_view::npos || head_end == std::string_view::npos || head_end > end)
      return {};
    const std::string_view head = body.substr(begin, head_end - begin);
    Part part;
    part.name = between(head, " name=\"", "\"");
    part.file_name = between(head, "filename=\"", "\"");
    std::string lower_head(head);
    for (char& c : lower_head) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (const size_t type = lower_head.find("content-type: "); type != std::string::npos) {
      part.content_type = head.substr(type + 14, head.find('\r', type + 14) - type - 14);
    }
    part.bytes = body.substr(head_end + 4, end - head_end - 4);
    parts.push_back(std::move(part));
    at = end + 2;
  }
  return parts;
}

std::string_view base_mime(std::string_view mime) {
  mime = mime.substr(0, mime.find(';'));
  while (mime.ends_with(' ')) mime.remove_suffix(1);
  return mime;
}

std::string path_of(std::string_view target) {
  return std::string(target.substr(0, target.find('?')));
}

}  // namespace

std::string add_media(State& state, std::string bytes, std::string mime, std::string file_name,
                      Instant expires) {
  std::string id = state.new_object_id();
  const Digest digest = sha256(bytes);
  Media media{.bytes = std::move(bytes),
              .mime = std::move(mime),
              .sha256_hex = hex(digest),
              .expires = expires};
  media.sha256_base64 = base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
  media.file_name = std::move(file_name);
  state.media.emplace(id, std::move(media));
  return id;
}

bool has_media(const State& state, std::string_view id, Instant now) {
  const auto found = state.media.find(id);
  return found != state.media.end() && now < found->second.expires;
}

ApiResponse upload_media(State& state, const Call& call, Instant now) {
  if (!call.is("POST"))
    return error_response({.code = 100, .details = "Unsupported request method."});
  const auto parts = parse_multipart(call.request.content_type, call.request.body);
  const auto part = [&](std::string_view name) {
    return std::ranges::find(parts, name, &Part::name);
  };
  // Graph takes plain parameters from the query as well, and some clients send them there.
  const auto product = part("messaging_product");
  if ((product == parts.end() ? call.query("messaging_product").value_or("") : product->bytes) !=
      "whatsapp") {
    return error_response(
        {.code = 100,
         .details = "The parameter messaging_product is required and must be whatsapp."});
  }
  const auto file = part("file");
  if (file == parts.end())
    return error_response({.code = 100, .details = "The parameter file is required."});
  const auto type = part("type");
  const std::string mime(base_mime(
      file->content_type.empty() && type != parts.end() ? type->bytes : file->content_type));
  const auto* rule = std::ranges::find(kMediaRules, mime, &MediaRule::mime);
  if (rule == std::end(kMediaRules)) {
    return error_response({.code = 100,
                           .details = fmt::format("Param file must be a file with one of the "
                                                  "supported types. Received file of type '{}'.",
                                                  mime)});
  }
  if (file->bytes.empty() || file->bytes.size() > rule->bytes_max) {
    return error_response({.code = 131053,
                           .details = fmt::format("A file of type {} may have 1 to {} bytes.", mime,
                                                  rule->bytes_max)});
  }
  return ok_response(fmt::format(
      R"({{"id":"{}"}})", add_media(state, file->bytes, mime, file->file_name, now + 30 * kDayMs)));
}

ApiResponse handle_media(State& state, std::string_view id, const Call& call, Instant now) {
  const auto found = state.media.find(id);
  Media& media = found->second;
  if (now >= media.expires) {
    state.media.erase(found);
    return error_response({.code = 100, .details = "The media has expired.", .subcode = 33});
  }
  if (call.is("DELETE")) {
    state.media.erase(found);
    return success_response();
  }
  if (!call.is("GET"))
    return error_response({.code = 100, .details = "Unsupported request method."});
  if (const auto number = call.query("phone_number_id"); number && !state.number_index(*number)) {
    return error_response(
        {.code = 100, .details = "The media does not belong to this phone number.", .subcode = 33});
  }
  media.url_key = fmt::format("{:016x}", state.random.next());
  media.url_expires = now + 5 * kMinuteMs;
  return ok_response(fmt::format(
      R"({{"messaging_product":"whatsapp","url":{},"mime_type":"{}","sha256":"{}","file_size":"{}","id":"{}"}})",
      json_quoted(fmt::format("{}/_media/{}/{}", state.options.base_url, id, media.url_key)),
      media.mime, media.sha256_hex, media.bytes.size(), id));
}

// GET /_media/{id}/{key}: what Meta serves from another host, with the same token.
ApiResponse download_media(State& state, const Call& call, Instant now) {
  const auto found = call.parts.size() == 3 ? state.media.find(call.parts[1]) : state.media.end();
  if (found == state.media.end() || found->second.url_key.empty() ||
      found->second.url_key != call.parts[2] || now >= found->second.url_expires) {
    return {.status = 404, .body = "", .content_type = "text/plain"};
  }
  return {.body = found->second.bytes, .content_type = found->second.mime};
}

// POST /{app}/uploads, then POST /upload:… with the bytes: a handle for the example of a header.
ApiResponse handle_uploads(State& state, const Call& call) {
  if (call.parts[0] == state.options.app_id) {
    if (call.parts.size() == 2 && call.parts[1] == "uploads" && call.is("POST")) {
      const std::string id = fmt::format("upload:{:016x}", state.random.next());
      state.uploads[id] = call.query("file_type").value_or("application/octet-stream");
      return ok_response(fmt::format(R"({{"id":"{}"}})", id));
    }
    if (call.parts.size() == 2 && call.parts[1] == "subscriptions") return success_response();
    return error_response(
        {.code = 2500,
         .details = fmt::format("Unknown path components: {}", path_of(call.request.target))});
  }
  const auto session = state.uploads.find(call.parts[0]);
  if (session == state.uploads.end())
    return error_response(
        {.code = 100, .details = "The upload session does not exist.", .subcode = 33});
  if (call.is("GET"))
    return ok_response(fmt::format(R"({{"id":{},"file_offset":0}})", json_quoted(call.parts[0])));
  const std::string bytes_hash = hex(sha256(call.request.body));
  return ok_response(
      fmt::format(R"({{"h":"4::{}:ARa{}"}})", base64(session->second), bytes_hash.substr(0, 40)));
}

}  // namespace puntual::sandbox
