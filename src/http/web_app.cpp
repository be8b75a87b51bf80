#include "http/web_app.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/embedded.h"

namespace puntual::http {
namespace {

constexpr std::string_view kFolder = "app/", kNoncePlace = "NONCE_OF_THIS_ANSWER";

// Nothing from elsewhere and nothing inline, but for the style elements that the components make as
// they are shown: those bear the answer's nonce.
std::string policy(std::string_view nonce) {
  return fmt::format(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; img-src 'self' data: "
      "blob:; font-src 'self'; connect-src 'self'; "
      "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      nonce);
}

std::string_view type_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"}};
  const auto* found =
      std::ranges::find_if(kTypes, [&](const auto& one) { return name.ends_with(one.first); });
  return found == std::end(kTypes) ? "application/octet-stream" : found->second;
}

// Does this browser take it? A weight of nought says no.
bool accepts(const Request& request, std::string_view encoding) {
  const auto wanted = request.headers.get("Accept-Encoding");
  const auto at = wanted.find(encoding);
  return at != std::string_view::npos && !wanted.substr(at + encoding.size()).starts_with(";q=0");
}

// One file in its encodings, the smallest first.
struct Asset {
  struct Form {
    std::string_view encoding, bytes;
    std::string etag;
  };
  std::vector<Form> forms;
  std::string_view type;
};

Asset asset_of(const EmbeddedFile& file) {
  Asset asset{.forms = {}, .type = type_of(file.name)};
  const std::string tag = hex(sha256(file.bytes)).substr(0, 16);
  for (const auto& [suffix, encoding] :
       {std::pair<std::string_view, std::string_view>{".br", "br"}, {".gz", "gzip"}}) {
    if (const auto packed = embedded_file(std::string(file.name) + std::string(suffix)))
      asset.forms.push_back({encoding, *packed, fmt::format("\"{}-{}\"", tag, encoding)});
  }
  asset.forms.push_back({"", file.bytes, fmt::format("\"{}\"", tag)});
  return asset;
}

// Names change with the contents, so what was fetched once is good for ever.
Response answer_asset(const Asset& asset, const Request& request) {
  const auto form = std::ranges::find_if(asset.forms, [&](const Asset::Form& one) {
    return one.encoding.empty() || accepts(request, one.encoding);
  });
  Response response{.content_type = std::string(asset.type),
                    .headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                                {"ETag", form->etag},
                                {"Vary", "Accept-Encoding"},
                                {"X-Content-Type-Options", "nosniff"}},
                    .static_body = form->bytes};
  if (!form->encoding.empty())
    response.headers.push_back({"Content-Encoding", std::string(form->encoding)});
  if (request.headers.get("If-None-Match") == form->etag) {
    response.status = 304;
    response.static_body = {};
  }
  return response;
}

// The page is small and never kept: each answer has a nonce of its own.
Response answer_page(std::string_view page) {
  const std::string nonce = hex(sha256(bytes_of(random_secret()))).substr(0, 32);
  std::string body;
  for (size_t at = page.find(kNoncePlace); at != std::string_view::npos;
       at = page.find(kNoncePlace)) {
    body.append(page.substr(0, at)).append(nonce);
    page.remove_prefix(at + kNoncePlace.size());
  }
  body.append(page);
  return {.content_type = "text/html; charset=utf-8",
          .headers = {{"Content-Security-Policy", policy(nonce)},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
                      {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

constexpr std::string_view kAbsent =
    "<!doctype html><html lang=\"es\"><meta charset=\"utf-8\"><title>Puntual</title><h1>Puntual "
    "está en marcha</h1>"
    "<p>Este programa se construyó sin la aplicación web, porque entonces no se pudo alcanzar npm. "
    "Para tenerla: <code>make build</code> con acceso "
    "a internet, y vuelva a iniciar. Mientras tanto, todo se puede hacer con la línea de comandos: "
    "<code>puntual --help</code>.</p></html>";

}  // namespace

void add_web_app(Router& router) {
  const std::string_view page = embedded_file("app/index.html").value_or(kAbsent);
  for (const auto* path : {"/", "/app/{rest...}"}) {
    router.add(Method::Get, path, [page](const Request&) { return answer_page(page); });
  }
  for (const auto& file : embedded_files("app/assets/")) {
    if (file.name.ends_with(".br") || file.name.ends_with(".gz")) continue;
    router.add(
        Method::Get, "/" + std::string(file.name.substr(kFolder.size())),
        [asset = asset_of(file)](const Request& request) { return answer_asset(asset, request); });
  }
}

}  // namespace puntual::http
