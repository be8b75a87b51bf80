#include "http/web_app.h"

#include <gtest/gtest.h>

#include "base/embedded.h"

namespace puntual::http {
namespace {

bool is_built() { return embedded_file("app/index.html").has_value(); }
#define NEEDS_THE_APPLICATION()                                                                   \
  if (!is_built())                                                                                \
  GTEST_SKIP() << "this program was built without the web application: tools/build_web.sh could " \
                  "not reach npm"

std::optional<Response> ask(std::string path, std::string_view encodings = {},
                            std::string_view known = {}) {
  Router router;
  add_web_app(router);
  Request request{.target = std::move(path)};
  if (!encodings.empty()) request.headers.add("Accept-Encoding", encodings);
  if (!known.empty()) request.headers.add("If-None-Match", known);
  const auto match = router.find(request.method, request.path(), request.params);
  return match.route == nullptr ? std::nullopt : std::optional(match.route->handler(request));
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& field : response.headers) {
    if (field.name == name) return field.value;
  }
  return {};
}

std::string script_path() {
  for (const auto& file : embedded_files("app/assets/index-")) {
    if (file.name.ends_with(".js")) return "/" + std::string(file.name.substr(4));
  }
  return {};
}

TEST(WebApp, AnswersItsOwnAddressesAlone) {
  for (const auto* path : {"/", "/app/portfolio", "/app/portfolio/17"}) {
    const auto page = ask(path);
    ASSERT_TRUE(page) << path;
    EXPECT_EQ(page->status, 200);
    EXPECT_TRUE(page->body.starts_with("<!doctype html>"));
    EXPECT_EQ(header(*page, "Cache-Control"), "no-store");
  }
  for (const auto* path :
       {"/v1/session", "/p/x", "/livez", "/apple", "/assets/none.js", "/assets/../puntual.toml"})
    EXPECT_FALSE(ask(path)) << path;
}

TEST(WebApp, ItsPageTakesNothingInlineButWhatBearsTheNonceOfThisAnswer) {
  NEEDS_THE_APPLICATION();
  const auto first = ask("/"), second = ask("/");
  const std::string policy = header(*first, "Content-Security-Policy");
  const auto at = policy.find("'nonce-");
  ASSERT_NE(at, std::string::npos);
  const std::string nonce = policy.substr(at + 7, 32);
  EXPECT_NE(first->body.find("nonce=\"" + nonce + "\""), std::string::npos);
  EXPECT_EQ(second->body.find(nonce), std::string::npos);
  EXPECT_EQ(first->body.find("NONCE_OF_THIS_ANSWER"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(header(*first, "X-Content-Type-Options"), "nosniff");
}

TEST(WebApp, AnAssetIsSentAsTheBrowserTakesItAndKeptForEver) {
  NEEDS_THE_APPLICATION();
  const std::string path = script_path();
  const auto plain = ask(path), gzip = ask(path, "gzip, deflate"),
             brotli = ask(path, "gzip, deflate, br"), refused = ask(path, "br;q=0");
  ASSERT_TRUE(plain && gzip && brotli && refused);
  EXPECT_EQ(header(*plain, "Content-Encoding"), "");
  EXPECT_EQ(header(*refused, "Content-Encoding"), "");
  EXPECT_EQ(header(*gzip, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(*brotli, "Content-Encoding"), "br");
  EXPECT_LT(brotli->static_body.size(), gzip->static_body.size());
  EXPECT_LT(gzip->static_body.size(), plain->static_body.size());
  EXPECT_EQ(header(*plain, "Vary"), "Accept-Encoding");
  EXPECT_NE(header(*plain, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_NE(header(*brotli, "ETag"), header(*gzip, "ETag"));
  const auto known = ask(path, "br", header(*brotli, "ETag"));
  EXPECT_EQ(known->status, 304);
  EXPECT_TRUE(known->static_body.empty());
}

// What a browser fetches before the first page is there: quality-bar UX-32.
TEST(WebApp, TheFirstLoadIsSmall) {
  NEEDS_THE_APPLICATION();
  const std::string_view page = *embedded_file("app/index.html");
  size_t bytes = 0;
  for (const auto& file : embedded_files("app/assets/")) {
    if (file.name.ends_with(".gz") && page.contains(file.name.substr(4, file.name.size() - 7)))
      bytes += file.bytes.size();
  }
  EXPECT_GT(bytes, 100'000U);
  EXPECT_LT(bytes, 300'000U);
}

}  // namespace
}  // namespace puntual::http
