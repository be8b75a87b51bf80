#include "app/api.h"

#include <algorithm>
#include <chrono>

#include "app/api_problem.h"
#include "app/caller.h"
#include "app/log.h"
#include "base/crypto.h"
#include "base/random.h"

namespace puntual {
namespace {

constexpr int kWorkers = 4;  // Reads go beside each other; writers take turns in the store.
constexpr size_t kRequestIdMax = 64;
// docs/api.md names them.
constexpr int64_t kCallerBurst = 5000, kCallerEveryMs = 2, kKnockBurst = 60, kKnockEveryMs = 1000;

// How many names stand in a text that is JSON: each is followed by a colon, and no other stands
// outside of strings.
int64_t names_in(std::string_view text) {
  int64_t names = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && text[i] == ':')
      ++names;
  }
  return names;
}
int64_t members_of(const json::value& value) {
  int64_t members = 0;
  if (const auto* list = value.if_array()) {
    for (const auto& one : *list) members += members_of(one);
  } else if (const auto* object = value.if_object()) {
    for (const auto& one : *object) members += 1 + members_of(one.value());
  }
  return members;
}

// Theirs, if it can stand in a log as it is.
std::string request_id_of(const http::Request& request) {
  const std::string_view given = request.headers.get("X-Request-Id");
  const bool is_plain =
      !given.empty() && given.size() <= kRequestIdMax && std::ranges::all_of(given, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_' || c == '.';
      });
  return is_plain ? std::string(given) : SystemRandom().hex128();
}

http::Response finished(http::Response response, const http::Request& request,
                        const std::string& id) {
  if (response.status >= 400) response = complete_problem(std::move(response), request, id);
  if (std::ranges::find(response.headers, "Cache-Control", &http::Field::name) ==
      response.headers.end()) {
    response.headers.push_back({"Cache-Control", "no-store"});
  }
  response.headers.push_back({"X-Request-Id", id});
  return response;
}

// Of what somebody has read: other bytes are another state.
// What the answer says itself, or what its bytes are.
std::string etag_of(const http::Response& response) {
  const auto own = std::ranges::find(response.headers, "ETag", &http::Field::name);
  return own == response.headers.end()
             ? fmt::format("\"{}\"", hex(sha256(response.body)).substr(0, 32))
             : own->value;
}
bool has_etag(const http::Response& response) {
  return std::ranges::find(response.headers, "ETag", &http::Field::name) != response.headers.end();
}

// Two keys may have had one name; their answers and their limits are each one's own.
std::string identity_of(const access::Principal& by) {
  if (by.user_id != 0) return fmt::format("user {}", by.user_id);
  return by.key_id != 0 ? fmt::format("key {}", by.key_id) : by.name;
}

}  // namespace

std::string actor_of(std::string_view said, const access::Principal& by) {
  if (by.user_id != 0) return by.name;
  if (by.key_id == 0) return std::string(said);
  return said.empty() ? by.name : fmt::format("{}: {}", by.name, said);
}

// One request, from its head to its answer.
struct Api::Call {
  std::string id;
  access::Principal by;
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

Api::Api(Store& store, CreditorId creditor, const Clock& clock,
         std::span<const std::string> proxies, Authenticate authenticate,
         std::function<void(const BrokenAssumption&)> when_broken)
    : clock_(clock),
      proxies_(proxies),
      answers_(store, creditor, clock),
      callers_(kCallerBurst, kCallerEveryMs),
      knocks_(kKnockBurst, kKnockEveryMs),
      authenticate_(std::move(authenticate)),
      when_broken_(std::move(when_broken)),
      workers_(kWorkers) {}

void Api::open(http::Router& router) {
  for (const Route& route : routes_) {
    http::RouteOptions options{.body_max = route.options.body_max,
                               .body_to_file = route.options.body_to_file};
    options.admits = [this, &route](http::Request& head, http::Reply reply) {
      head.context = std::make_shared<Call>(Call{.id = request_id_of(head), .by = {}});
      if (!route.right) {
        auto refused = route.options.refuses ? route.options.refuses(head) : std::nullopt;
        return reply(refused ? finished(*std::move(refused), head, request_id_of(head))
                             : http::Response{.status = 100});
      }
      post(door_, reply, std::make_shared<http::Request>(head),
           [this, &route](const http::Request& asked, Call& call) {
             return admit(route, asked, call);
           });
    };
    if (route.listen) {
      router.add_stream(
          route.path,
          [this, &route](const http::Request& request,
                         http::EventStream stream) -> std::optional<http::Response> {
            http::Request head = request;
            route.listen(request, std::move(stream), [this, &route, head = std::move(head)] {
              const auto known = authenticate_(head);
              return known && known->rights.has(*route.right);
            });
            return std::nullopt;
          },
          std::move(options));
      continue;
    }
    const auto answers = [this, &route](http::Request&& request, http::Reply reply) {
      post(!route.right            ? strangers_
           : route.options.is_long ? long_
                                   : workers_,
           reply, std::make_shared<http::Request>(std::move(request)),
           [this, &route](http::Request& asked, const Call& call) {
             return answer(route, asked, call);
           });
    };
    router.add_deferred(route.method, route.path, answers, std::move(options));
  }
}

void Api::post(Worker& worker, const http::Reply& reply, std::shared_ptr<http::Request> request,
               Work work) {
  const auto call = std::static_pointer_cast<Call>(request->context);
  const auto run = [=, this, work = std::move(work)] {
    try {
      reply(work(*request, *call));
    } catch (const BrokenAssumption& broken) {
      when_broken_(broken);
      reply(finished(api_problem("internal", {}), *request, call->id));
    }
  };
  if (worker.post(run)) return;
  reply(
      finished(api_problem("unavailable", "too much is waiting; come again"), *request, call->id));
}

http::Response Api::admit(const Route& route, const http::Request& head, Call& call) {
  const auto later = [&](std::string_view code, std::string_view detail) {
    http::Response wait = api_problem(code, detail);
    wait.headers.push_back({"Retry-After", "1"});
    return finished(std::move(wait), head, call.id);
  };
  auto known = authenticate_(head);
  if (!known) {
    if (!knocks_.admits(place_of_caller(caller_address(head, proxies_)), clock_.now()))
      return later("too_many_attempts", "too many from your address were not let in");
    return finished(std::move(known).error(), head, call.id);
  }
  call.by = *std::move(known);
  if (!callers_.admits(identity_of(call.by), clock_.now()))
    return later("too_many_requests", "more than 500 requests a second");
  if (call.by.rights.has(*route.right)) {
    if (call.by.is_fresh || !route.options.needs_fresh) return {.status = 100};
    return finished(api_problem("fresh_sign_in_required",
                                "prove that it is you with POST /v1/me/confirm, then ask again"),
                    head, call.id);
  }
  when_denied_(call.by, route);
  log_event("warning", "api_denied",
            fmt::format("{} {} needs {}: {} is {} (request {})", text_of(route.method), route.path,
                        text_of(*route.right), call.by.name, text_of(call.by.role), call.id));
  return finished(
      api_problem("forbidden", fmt::format("this needs the right {}, which {} does not have",
                                           text_of(*route.right), text_of(call.by.role))),
      head, call.id);
}

std::optional<http::Response> Api::refuse(const json::value& operation, http::Request& request,
                                          const access::Principal& by) const {
  if (const auto fits = document_.check_query(operation, request); !fits)
    return api_problem(fits.error());
  const auto* schema = document_.body_schema(operation);
  if (schema == nullptr) return std::nullopt;
  auto body =
      parse_json(request.body.empty() ? std::string_view("{}") : std::string_view(request.body));
  if (!body) return api_problem(body.error());
  // A proxy or an audit before us may have read the other of two. What is kept of parsing is the
  // last one alone.
  if (names_in(request.body) != members_of(*body))
    return api_problem("invalid_request",
                       "an object of the body has one name twice: leave one of them out");
  // Who has signed in, or is a key, cannot give somebody else's word.
  const auto* actor = member(*member(*schema, "properties"), "by");
  if ((by.user_id != 0 || by.key_id != 0) && body->is_object() && actor != nullptr &&
      member(*actor, "x-actor") != nullptr) {
    body->get_object()["by"] = actor_of(text_in(*body, "by"), by);
    request.body = to_json(*body);
  }
  const auto errors = document_.check_body(*schema, *body);
  if (errors.empty()) return std::nullopt;
  return api_problem(
      "invalid_fields",
      fmt::format("{}: {}", errors.front().pointer.empty() ? "the body" : errors.front().pointer,
                  errors.front().detail),
      errors);
}

http::Response Api::answer_checked(const Route& route, http::Request& request,
                                   const Call& call) const {
  if (const auto* operation = document_.operation(route.method, route.path)) {
    if (auto refused = refuse(*operation, request, call.by)) return *std::move(refused);
  }
  auto answered = route.answer(request, call.by);
  if (answered) return *std::move(answered);
  if (answered.error().code == ErrorCode::Internal)
    log_event("error", "api_failed",
              fmt::format("{} (request {})", answered.error().message, call.id));
  return api_problem(answered.error());
}

bool Api::is_edited(const Route& route) const {
  return route.method == http::Method::Get && std::ranges::any_of(routes_, [&](const Route& other) {
           return other.options.edits == route.path;
         });
}

std::optional<http::Response> Api::not_as_read(const Route& route, const http::Request& request,
                                               const Call& call) const {
  const std::string_view wanted = request.headers.get("If-Match");
  const auto shown = std::ranges::find_if(routes_, [&](const Route& other) {
    return other.method == http::Method::Get && other.path == route.options.edits;
  });
  if (shown == routes_.end())
    return api_problem("invalid_request", "If-Match is not understood here: leave it out");
  http::Request read;
  read.method = http::Method::Get;
  read.params = request.params;
  const auto now = shown->answer(read, call.by);
  if (!now) return api_problem(now.error());
  if (wanted == "*" || wanted == etag_of(*now)) return std::nullopt;
  return api_problem(
      "version_mismatch",
      fmt::format("it is not as you read it: GET {} tells how it stands", shown->path));
}

http::Response Api::answer(const Route& route, http::Request& request, const Call& call) {
  const std::string key(request.headers.get("Idempotency-Key"));
  const bool is_keyed = !key.empty() && route.method != http::Method::Get && route.right &&
                        !route.options.is_secret && request.body_file == nullptr;
  const bool has_condition =
      route.method != http::Method::Get && route.right && request.headers.find("If-Match");
  const auto checked = [&] {
    if (!has_condition) return answer_checked(route, request, call);
    const std::lock_guard alone(edit_);
    auto refused = not_as_read(route, request, call);
    return refused ? *std::move(refused) : answer_checked(route, request, call);
  };
  http::Response response =
      is_keyed ? answers_.once(request, identity_of(call.by), key, checked) : checked();
  if (response.status == 200 && is_edited(route) && !has_etag(response))
    response.headers.push_back({"ETag", etag_of(response)});
  if (response.status < 300) when_answered_(call.by, route, request);
  // Whoever changes something leaves a line, with the pattern of the path: what stands in it may be
  // a person's number.
  if (route.method != http::Method::Get || response.status >= 500) {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - call.began);
    log_event("info", "api",
              fmt::format("{} {} {} {} ms by {} (request {})", text_of(route.method), route.path,
                          response.status, took.count(), call.by.name, call.id));
  }
  return finished(std::move(response), request, call.id);
}

}  // namespace puntual
