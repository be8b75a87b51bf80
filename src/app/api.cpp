#include "app/api.h"

#include <algorithm>
#include <chrono>

#include "app/api_problem.h"
#include "app/log.h"
#include "base/random.h"

namespace puntual {
namespace {

constexpr int kWorkers = 4;  // Reads go beside each other; writers take turns in the store.
constexpr size_t kRequestIdMax = 64;

// Theirs, if it can stand in a log as it is.
std::string request_id_of(const http::Request& request) {
  const std::string_view given = request.headers.get("X-Request-Id");
  const bool is_plain = !given.empty() && given.size() <= kRequestIdMax && std::ranges::all_of(given, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
  });
  return is_plain ? std::string(given) : SystemRandom().hex128();
}

http::Response finished(http::Response response, const http::Request& request, const std::string& id) {
  if (response.status >= 400) response = complete_problem(std::move(response), request, id);
  if (std::ranges::find(response.headers, "Cache-Control", &http::Field::name) == response.headers.end()) {
    response.headers.push_back({"Cache-Control", "no-store"});
  }
  response.headers.push_back({"X-Request-Id", id});
  return response;
}

}  // namespace

// One request, from its head to its answer.
struct Api::Call {
  std::string id;
  access::Principal by;
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

Api::Api(Authenticate authenticate, std::function<void(const BrokenAssumption&)> when_broken)
    : authenticate_(std::move(authenticate)), when_broken_(std::move(when_broken)), workers_(kWorkers) {}

void Api::open(http::Router& router) {
  for (const Route& route : routes_) {
    const auto admits = [this, &route](http::Request& head, http::Reply reply) {
      head.context = std::make_shared<Call>(Call{.id = request_id_of(head), .by = {}});
      if (!route.right) return reply(http::Response{.status = 100});
      post(door_, reply, std::make_shared<http::Request>(head), [this, &route](const http::Request& asked, Call& call) { return admit(route, asked, call); });
    };
    const auto answers = [this, &route](http::Request&& request, http::Reply reply) {
      post(route.right ? workers_ : strangers_, reply, std::make_shared<http::Request>(std::move(request)),
           [this, &route](const http::Request& asked, const Call& call) { return answer(route, asked, call); });
    };
    router.add_deferred(route.method, route.path, answers,
                        {.body_max = route.options.body_max, .body_to_file = route.options.body_to_file, .admits = admits});
  }
}

void Api::post(Worker& worker, const http::Reply& reply, std::shared_ptr<const http::Request> request, Work work) {
  const auto call = std::static_pointer_cast<Call>(request->context);
  if (worker.post([=, work = std::move(work)] { reply(work(*request, *call)); })) return;
  reply(finished(api_problem("unavailable", "too much is waiting; come again"), *request, call->id));
}

http::Response Api::admit(const Route& route, const http::Request& head, Call& call) const {
  auto known = authenticate_(head);
  if (!known) return finished(std::move(known).error(), head, call.id);
  call.by = *std::move(known);
  if (call.by.rights.has(*route.right)) {
    if (call.by.is_fresh || !route.options.needs_fresh) return {.status = 100};
    return finished(api_problem("fresh_sign_in_required", "prove that it is you with POST /v1/me/confirm, then ask again"), head, call.id);
  }
  when_denied_(call.by, route);
  log_event("warning", "api_denied", fmt::format("{} {} needs {}: {} is {} (request {})", text_of(route.method), route.path, text_of(*route.right),
                                                 call.by.name, text_of(call.by.role), call.id));
  return finished(api_problem("forbidden", fmt::format("this needs the right {}, which {} does not have", text_of(*route.right), text_of(call.by.role))), head, call.id);
}

http::Response Api::answer(const Route& route, const http::Request& request, const Call& call) const {
  http::Response response = [&] {
    try {
      auto answered = route.answer(request, call.by);
      if (answered) return *std::move(answered);
      if (answered.error().code == ErrorCode::Internal) log_event("error", "api_failed", fmt::format("{} (request {})", answered.error().message, call.id));
      return api_problem(answered.error());
    } catch (const BrokenAssumption& broken) {
      when_broken_(broken);
      return api_problem("internal", {});
    }
  }();
  // Whoever changes something leaves a line, with the pattern of the path: what stands in it may be a person's number.
  if (route.method != http::Method::Get || response.status >= 500) {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - call.began);
    log_event("info", "api", fmt::format("{} {} {} {} ms by {} (request {})", text_of(route.method), route.path, response.status, took.count(), call.by.name, call.id));
  }
  return finished(std::move(response), request, call.id);
}

}  // namespace puntual
