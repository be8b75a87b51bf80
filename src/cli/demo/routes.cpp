#include "cli/demo/routes.h"

#include <charconv>

#include "base/embedded.h"
#include "http/problem.h"

namespace puntual::cli::demo {
namespace {

// Nothing from elsewhere, nothing inline: what a person wrote can only ever be text.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

void add_common_headers(http::Response& response) {
  response.headers.push_back({"Content-Security-Policy", std::string(kPolicy)});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Cache-Control", "no-store"});
}

// Only as this machine itself: a foreign name that resolves to 127.0.0.1 must not read the demo.
bool is_own_host(const http::Request& request) {
  std::string_view host = request.headers.get("Host");
  host = host.substr(0, host.rfind(':'));
  return host == "127.0.0.1" || host == "localhost";
}

// A page of another site can make a browser post here; it cannot forge these headers.
bool is_same_origin(const http::Request& request) {
  if (const auto site = request.headers.find("Sec-Fetch-Site")) return *site == "same-origin";
  if (const auto origin = request.headers.find("Origin"))
    return *origin == "http://" + std::string(request.headers.get("Host"));
  return true;  // No browser.
}

http::Response answer(const Result<json::object>& result) {
  auto response =
      result ? http::json_response(200, to_json(*result)) : http::problem(result.error());
  add_common_headers(response);
  return response;
}

http::Response file_response(std::string_view name, std::string_view type) {
  const auto bytes = embedded_file(name);
  PUNTUAL_CHECK(bytes.has_value());
  http::Response response{.status = 200,
                          .content_type = std::string(type),
                          .headers = {},
                          .body = {},
                          .static_body = *bytes};
  add_common_headers(response);
  return response;
}

Result<DebtorId> person_id(std::string_view text) {
  DebtorId id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || end != text.data() + text.size())
    return fail(ErrorCode::Invalid, "person '{}' is not an id", text);
  return id;
}

Result<json::object> act(Stage& stage, const std::function<void()>& begin_again,
                         const http::Request& request) {
  if (!is_same_origin(request))
    return fail(ErrorCode::Forbidden, "only the demo's own page may act");
  if (!request.headers.get("Content-Type").starts_with("application/json")) {
    return fail(ErrorCode::Invalid, "Content-Type must be application/json");
  }
  ASSIGN_OR_RETURN(const json::value body, parse_json(request.body));
  const std::string action = member_text(body, "action").value_or("");
  if (action == "pace") {
    RETURN_IF_ERROR(stage.set_pace(text_in(body, "pace")));
  } else if (action == "day") {
    stage.step_day();
  } else if (action == "again") {
    begin_again();
  } else {
    ASSIGN_OR_RETURN(const DebtorId id, person_id(member_text(body, "person").value_or("")));
    RETURN_IF_ERROR(
        stage.act({.person = id, .kind = action, .text = member_text(body, "text").value_or("")}));
    return stage.person(id);
  }
  return json::object{{"ok", true}};
}

int64_t after_of(const http::Request& request) {
  const std::string text = request.query("after").value_or("0");
  int64_t after = 0;
  std::from_chars(text.data(), text.data() + text.size(), after);
  return after;
}

using Answer = std::function<Result<json::object>(const http::Request&)>;

http::DeferredHandler on_worker(Worker& worker, Answer make) {
  return [&worker, make = std::move(make)](http::Request&& request, http::Reply reply) {
    const bool taken =
        worker.post([make, request = std::make_shared<http::Request>(std::move(request)), reply] {
          reply(is_own_host(*request)
                    ? answer(make(*request))
                    : answer(fail(ErrorCode::Forbidden, "open it as http://127.0.0.1")));
        });
    if (!taken) reply(answer(fail(ErrorCode::Unavailable, "too much is waiting; come again")));
  };
}

}  // namespace

void add_routes(http::Router& router, Stage& stage, Worker& worker,
                std::function<void()> begin_again) {
  struct Page {
    std::string_view path, file, type;
  };
  static constexpr Page kPages[] = {
      {"/vitrina", "web/demo/index.html", "text/html; charset=utf-8"},
      {"/demo/demo.css", "web/demo/demo.css", "text/css; charset=utf-8"},
      {"/demo/demo.js", "web/demo/demo.js", "text/javascript; charset=utf-8"},
      {"/demo/charts.js", "web/demo/charts.js", "text/javascript; charset=utf-8"},
      {"/demo/icon.svg", "web/demo/icon.svg", "image/svg+xml"}};
  for (const auto& page : kPages) {
    router.add(http::Method::Get, page.path,
               [page](const http::Request&) { return file_response(page.file, page.type); });
  }
  router.add_deferred(http::Method::Get, "/demo/state",
                      on_worker(worker, [&stage](const http::Request& request) {
                        return stage.state(after_of(request));
                      }));
  router.add_deferred(http::Method::Get, "/demo/people",
                      on_worker(worker, [&stage](const http::Request&) { return stage.people(); }));
  router.add_deferred(
      http::Method::Get, "/demo/person/{id}",
      on_worker(worker, [&stage](const http::Request& request) -> Result<json::object> {
        ASSIGN_OR_RETURN(const DebtorId id, person_id(request.param("id")));
        return stage.person(id);
      }));
  router.add_deferred(
      http::Method::Post, "/demo/act",
      on_worker(worker,
                [&stage, begin_again = std::move(begin_again)](const http::Request& request) {
                  return act(stage, begin_again, request);
                }),
      {.body_max = 8 << 10});
  router.add_stream("/demo/events",
                    [&stage, &worker](const http::Request& request,
                                      http::EventStream stream) -> std::optional<http::Response> {
                      if (!is_own_host(request))
                        return answer(fail(ErrorCode::Forbidden, "open it as http://127.0.0.1"));
                      // The stage may be busy: the I/O thread does not wait for it.
                      const bool taken = worker.post([&stage, stream] {
                        if (!stage.watch(stream)) stream.close();
                      });
                      if (!taken) stream.close();
                      return std::nullopt;
                    });
}

// Not on a worker: who waits there may be asking a provider.
void add_provider_routes(http::Router& router, Counter& counter) {
  for (const auto* path : {"/pay/{provider}/{rest...}", "/_pay/{provider}/{rest...}"}) {
    router.add_any(path, [&counter](http::Request&& request, http::Reply reply) {
      reply(is_own_host(request) ? counter.handle(request) : http::text_response(403, ""));
    });
  }
}

}  // namespace puntual::cli::demo
