// Which handler answers which path. Exact paths are one look-up; patterns ("/v1/debtors/{id}",
// "/assets/{rest...}" as the last part) are compared in the order they were added.
//
// Filled before the server starts, read-only afterwards. Handlers run on the I/O thread and must
// not block it: what waits for a disk or a lock takes a Reply and answers later.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/message.h"

namespace puntual::http {

// Answers one request, from any thread, now or later. Copies share the same answer: the first call
// counts, the others do nothing. When the last copy goes without an answer, the peer gets 500.
// After the server has stopped, calls do nothing.
class Reply {
 public:
  class State;
  explicit Reply(std::shared_ptr<State> state) : state_(std::move(state)) {}
  void operator()(Response response) const;

 private:
  std::shared_ptr<State> state_;
};

// A stream of server-sent events to one peer; pushed to from any thread. Copies share the stream;
// it ends when close() is called, when the last copy goes, or when the peer does.
class EventStream {
 public:
  class State;
  explicit EventStream(std::shared_ptr<State> state) : state_(std::move(state)) {}
  // False when the peer has gone or was too slow (1 MB unread): drop the handle then. Line ends in
  // `data` are kept by splitting it into several data lines.
  bool send(std::string_view event, std::string_view data, std::string_view id = {}) const;
  [[nodiscard]] bool is_open() const;
  void close() const;

 private:
  std::shared_ptr<State> state_;
};

struct RouteOptions {
  uint64_t body_max = 1 << 20;  // Bytes; above it the answer is 413.
  bool body_to_file = false;    // The body goes to a temporary file, not to memory.
  // Asked with the head alone, before a byte of the body is taken; on the I/O thread, which it must
  // not block. The reply says 100 to go on, from any thread; anything else is the answer. What it
  // leaves in `context` the handler finds there.
  std::function<void(Request& head, Reply)> admits = {};
};

using Handler = std::function<Response(const Request&)>;
using DeferredHandler = std::function<void(Request&&, Reply)>;
// Says how the stream begins by returning nothing, or refuses with a response.
using StreamHandler = std::function<std::optional<Response>(const Request&, EventStream)>;

struct Route {
  Method method = Method::Get;
  bool any_method = false;
  std::string pattern;
  RouteOptions options;
  Handler handler;  // Exactly one of the three is set.
  DeferredHandler deferred;
  StreamHandler stream;
};

class Router {
 public:
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
  void add_deferred(Method method, std::string_view pattern, DeferredHandler handler,
                    RouteOptions options = {});
  void add_stream(std::string_view pattern, StreamHandler handler,
                  RouteOptions options = {});  // GET
  // Every method; for a whole API behind one function.
  void add_any(std::string_view pattern, DeferredHandler handler, RouteOptions options = {});

  struct Match {
    const Route* route = nullptr;
    std::string
        allow;  // When route is null: the methods the path has ("GET, HEAD"), empty: no such path.
  };
  // Fills `params` on a match. A HEAD finds the GET route.
  [[nodiscard]] Match find(Method method, std::string_view path, std::vector<Field>& params) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  struct Pattern {
    std::vector<std::string> parts;  // "{id}" kept with its braces.
    std::vector<size_t> routes;      // One a method.
  };
  void insert(Route route);
  [[nodiscard]] const Route* choose(const std::vector<size_t>& routes, Method method,
                                    std::string& allow) const;

  std::vector<Route> routes_;
  std::unordered_map<std::string, std::vector<size_t>, Hash, std::equal_to<>> exact_;
  std::vector<Pattern> patterns_;
};

}  // namespace puntual::http
