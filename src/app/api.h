// The house of /v1: what every route of the API has in common, in one place.
//
// Who asks and what they may is known before a byte of the body is taken; the answer is made on a
// worker's thread; each request has an id, which is returned, logged and in every problem; no cache
// keeps what was answered. A route without a right does not compile: routes() is the whole truth
// about what can be asked, and of whom.
#pragma once

#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "app/api_answers.h"
#include "app/api_document.h"
#include "app/throttle.h"
#include "app/worker.h"
#include "core/access/right.h"
#include "http/router.h"

namespace puntual {

// Whose word it is, of what was said of it: of somebody who has signed in always their own, of a
// key its own and then what it says.
[[nodiscard]] std::string actor_of(std::string_view said, const access::Principal& by);
// A query's `by` (in bodies the house sees to it, by x-actor).
[[nodiscard]] inline std::string actor_of(const http::Request& request,
                                          const access::Principal& by) {
  return actor_of(request.query("by").value_or(""), by);
}

class Api {
 public:
  // Who asks, by the head of the request; or the answer for whom we do not know. Called on a thread
  // that may wait on the database.
  using Authenticate =
      std::function<std::expected<access::Principal, http::Response>(const http::Request& head)>;
  using Answer =
      std::function<Result<http::Response>(const http::Request&, const access::Principal&)>;
  // A stream of events for who may listen: as long as the function says so, which may wait on the
  // database.
  using Listen = std::function<void(const http::Request&, http::EventStream,
                                    std::function<bool()> may_listen)>;

  struct Options {
    uint64_t body_max = 1 << 20;
    bool body_to_file = false;
    bool needs_fresh =
        false;               // Grave: only for who has proved who they are within the last minutes.
    bool is_secret = false;  // Its answer is shown once, and kept for no Idempotency-Key.
    bool is_long =
        false;  // Whole files and tables: one after another, beside what people wait for.
    std::string edits = {};  // The GET route whose answer it changes: that one has an ETag, and
                             // If-Match is held against it here.
    // Of a route for everybody: why this one is not let in, by the head alone. It does not wait on
    // anything.
    std::function<std::optional<http::Response>(const http::Request& head)> refuses = {};
  };
  struct Route {
    http::Method method;
    std::string path;
    std::optional<access::Right> right;  // None: for whom nobody knows yet.
    Answer answer;                       // One of the two.
    Listen listen;
    Options options;
  };

  // `when_broken` is told when an answer finds an assumption of ours to be false.
  Api(Store& store, CreditorId creditor, const Clock& clock, std::span<const std::string> proxies,
      Authenticate authenticate, std::function<void(const BrokenAssumption&)> when_broken);
  // Who is known and has not the right. Set it before open().
  void when_denied(std::function<void(const access::Principal&, const Route&)> denied) {
    when_denied_ = std::move(denied);
  }

  // Who has been answered. Set it before open(); any thread.
  void when_answered(
      std::function<void(const access::Principal&, const Route&, const http::Request&)> answered) {
    when_answered_ = std::move(answered);
  }

  // The answer is given the request, and who asks, if it wants to know.
  template <class Handler>
  void add(http::Method method, std::string path, access::Right right, Handler answer,
           Options options = {}) {
    routes_.push_back({method, std::move(path), right, answer_of(std::move(answer)), {}, options});
  }
  // For everybody: signing in, the first set-up.
  template <class Handler>
  void add_open(http::Method method, std::string path, Handler answer, Options options = {}) {
    routes_.push_back(
        {method, std::move(path), std::nullopt, answer_of(std::move(answer)), {}, options});
  }
  void add_stream(std::string path, access::Right right, Listen listen) {
    routes_.push_back({http::Method::Get, std::move(path), right, {}, std::move(listen), {}});
  }
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
  [[nodiscard]] const ApiDocument& document() const { return document_; }
  // Once a day: kept answers whose time is over.
  void purge() { answers_.purge(); }

  // Puts the routes into the router; the door must be closed before this object goes.
  void open(http::Router& router);

 private:
  struct Call;
  template <class Handler>
  static Answer answer_of(Handler answer) {
    if constexpr (std::is_invocable_v<Handler&, const http::Request&, const access::Principal&>) {
      return answer;
    } else {
      return [answer = std::move(answer)](const http::Request& request, const access::Principal&) {
        return answer(request);
      };
    }
  }
  // What is said to a request before its body: 100, or why not.
  [[nodiscard]] http::Response admit(const Route& route, const http::Request& head, Call& call);
  [[nodiscard]] http::Response answer(const Route& route, http::Request& request, const Call& call);
  // By the document, then by the route itself.
  [[nodiscard]] http::Response answer_checked(const Route& route, http::Request& request,
                                              const Call& call) const;
  using Work = std::function<http::Response(http::Request&, Call&)>;
  void post(Worker& worker, const http::Reply& reply, std::shared_ptr<http::Request> request,
            Work work);

  // What If-Match asks of an edit: that what it changes is still as it was read. Whoever edits
  // under a condition does so one after another.
  [[nodiscard]] std::optional<http::Response> not_as_read(const Route& route,
                                                          const http::Request& request,
                                                          const Call& call) const;
  [[nodiscard]] bool is_edited(const Route& route) const;

  // By the document, before the answer is made: unknown words, wrong fields; and whose login stands
  // in `by`.
  [[nodiscard]] std::optional<http::Response> refuse(const json::value& operation,
                                                     http::Request& request,
                                                     const access::Principal& by) const;

  const Clock& clock_;
  const std::span<const std::string> proxies_;
  ApiDocument document_;
  ApiAnswers answers_;
  Throttle callers_, knocks_;  // By name; by address, of who is not let in.
  Authenticate authenticate_;
  std::function<void(const BrokenAssumption&)> when_broken_;
  std::function<void(const access::Principal&, const Route&)> when_denied_ =
      [](const access::Principal&, const Route&) {};
  std::function<void(const access::Principal&, const Route&, const http::Request&)> when_answered_ =
      [](const access::Principal&, const Route&, const http::Request&) {};
  std::vector<Route> routes_;
  std::mutex edit_;
  Worker door_;       // Who asks is found out beside what others wait for.
  Worker strangers_;  // What anybody may ask: however much it is, those who have come in do not
                      // wait for it.
  Worker long_;
  Worker workers_;
};

}  // namespace puntual
