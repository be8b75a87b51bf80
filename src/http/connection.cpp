// One connection: head, route, body, answer, again. Errors are values; nothing here throws.
#include "http/connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "http/problem.h"

namespace puntual::http {
namespace {

constexpr auto kAwait = asio::experimental::as_tuple(asio::use_awaitable_t<Executor>{});
constexpr SteadyTime kNever = SteadyTime::max();

// What the handles of a stream share: when the last is gone, the stream ends.
struct StreamHandles {
  explicit StreamHandles(std::shared_ptr<EventStream::State> of) : state(std::move(of)) {}
  ~StreamHandles() { state->end(); }
  std::shared_ptr<EventStream::State> state;
};

EventStream stream_handle(const std::shared_ptr<EventStream::State>& state) {
  const auto handles = std::make_shared<StreamHandles>(state);
  return EventStream(std::shared_ptr<EventStream::State>(handles, state.get()));
}

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

Connection::Connection(Loop& loop, Socket socket, std::string remote)
    : loop_(loop),
      socket_(std::move(socket)),
      remote_(std::move(remote)),
      parser_(loop.options.header_max) {
  index = loop_.connections.size();
  loop_.connections.push_back(this);
  in_.resize(8 << 10);
}

Connection::~Connection() {
  if (body_file_ >= 0) ::close(body_file_);
  forget_body();
  loop_.connections[index] = loop_.connections.back();
  loop_.connections[index]->index = index;
  loop_.connections.pop_back();
}

Task<void> Connection::serve() {
  const auto self = shared_from_this();
  boost::system::error_code error;
  socket_.non_blocking(true, error);
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  request_.remote = remote_;
  while (!aborted_) {
    // One await a statement: g++ 12 mishandles awaits behind a short circuit.
    if (!co_await read_head()) break;
    if (!co_await read_body()) break;
    if (!co_await answer()) break;
  }
  socket_.close(error);
}

void Connection::set_phase(Phase phase, int64_t timeout_ms) {
  phase_ = phase;
  deadline_ = timeout_ms == 0 ? kNever : loop_.now + std::chrono::milliseconds(timeout_ms);
}

void Connection::sweep(SteadyTime now) {
  if (now >= deadline_ && (phase_ == Phase::Head || phase_ == Phase::Body)) {
    // Too slow to be served: it is told so, and let go.
    deadline_ = kNever;
    is_too_slow_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  } else if (now >= deadline_ ||
             (loop_.stopping && (phase_ == Phase::Idle || phase_ == Phase::Streaming))) {
    abort();
  } else if (phase_ == Phase::Streaming &&
             now - last_write_ >= std::chrono::milliseconds(loop_.options.heartbeat_ms)) {
    wake();
  }
}

void Connection::abort() {
  aborted_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  wake();
}

// A reset instead of an orderly end: unread bytes are thrown away on both sides.
void Connection::reset_socket() {
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

Task<bool> Connection::read_some() {
  if (in_begin_ == in_end_) in_begin_ = in_end_ = 0;
  if (in_end_ == in_.size() && in_begin_ > 0) {
    in_.erase(0, in_begin_);
    in_.resize(in_.size() + in_begin_);
    in_end_ -= in_begin_;
    in_begin_ = 0;
  }
  if (in_end_ == in_.size()) in_.resize(in_.size() * 2);
  const auto [error, size] = co_await socket_.async_read_some(
      asio::buffer(in_.data() + in_end_, in_.size() - in_end_), kAwait);
  in_end_ += size;
  co_return !error && !aborted_;
}

Task<bool> Connection::read_head() {
  parser_.begin(request_);
  match_ = {};
  set_phase(Phase::Idle, loop_.options.idle_timeout_ms);
  while (true) {
    if (in_begin_ < in_end_) {
      if (phase_ == Phase::Idle) set_phase(Phase::Head, loop_.options.header_timeout_ms);
      size_t used = 0;
      const auto state =
          parser_.feed(std::string_view(in_).substr(in_begin_, in_end_ - in_begin_), used);
      in_begin_ += used;
      if (state == RequestParser::State::Failed)
        co_return co_await refuse(parser_.error_status(), parser_.error_text());
      if (state != RequestParser::State::NeedMore) break;
    }
    if (loop_.stopping && phase_ == Phase::Idle) co_return false;
    if (co_await read_some()) continue;
    if (is_too_slow_) co_return co_await refuse(408, "the head of the request came too slowly");
    co_return false;
  }
  if (!choose_route()) co_return true;
  const auto& options = match_.route->options;
  if (options.admits) {
    set_phase(Phase::Handling, 0);
    ask_admission();
    while (!delivered_ && !aborted_) co_await wake_up();
    if (!delivered_) co_return false;
    Response said = std::move(*delivered_);
    if (said.status != 100) co_return co_await refuse(std::move(said));
  }
  if (parser_.content_length().value_or(0) > options.body_max) {
    co_return co_await refuse(413,
                              fmt::format("the body may have {} bytes at most", options.body_max));
  }
  if (options.body_to_file && !open_body_file())
    co_return co_await refuse(503, "no place for the body");
  co_return true;
}

// Leaves what is said in delivered_, now or later. Not a coroutine, as call_handler() is none.
void Connection::ask_admission() {
  ++serial_;
  delivered_.reset();
  match_.route->options.admits(
      request_, Reply(std::make_shared<Reply::State>(loop_.mailbox, weak_from_this(), serial_)));
}

// The limits of the route hold from here on. Without a route the body is read, up to the default
// limit, and dropped, so that the answer can be read by a peer that is still sending.
bool Connection::choose_route() {
  match_ = loop_.router.find(request_.method, request_.path(), request_.params);
  if (match_.route == nullptr) {
    parser_.set_body_max(RouteOptions{}.body_max);
    parser_.set_body_file(-1);
    return false;
  }
  parser_.set_body_max(match_.route->options.body_max);
  return true;
}

bool Connection::open_body_file() {
  std::string path = loop_.options.temp_dir + "/puntual-body-XXXXXX";
  body_file_ = mkostemp(path.data(), O_CLOEXEC);
  if (body_file_ < 0) return false;
  request_.body_file = std::make_shared<TempFile>(std::move(path));
  parser_.set_body_file(body_file_);
  if (in_.size() < (64 << 10)) in_.resize(64 << 10);
  return true;
}

Task<bool> Connection::read_body() {
  if (parser_.expects_continue() && in_begin_ == in_end_) {
    if (!co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return false;
  }
  const SteadyTime began = loop_.now;
  for (int64_t received = 0;;) {
    size_t used = 0;
    const auto state =
        parser_.feed(std::string_view(in_).substr(in_begin_, in_end_ - in_begin_), used);
    in_begin_ += used;
    received += static_cast<int64_t>(used);
    if (state == RequestParser::State::Failed)
      co_return co_await refuse(parser_.error_status(), parser_.error_text());
    if (state == RequestParser::State::Done) break;
    if (!count_body())
      co_return co_await refuse(503, "too much is being received at once; come again");
    set_phase(Phase::Body, loop_.options.stall_timeout_ms);
    const auto slowest = std::chrono::milliseconds(
        loop_.options.stall_timeout_ms + received * 1000 / loop_.options.body_bytes_per_second_min);
    deadline_ = std::min(deadline_, began + slowest);
    if (co_await read_some()) continue;
    if (is_too_slow_) co_return co_await refuse(408, "the body of the request came too slowly");
    co_return false;
  }
  forget_body();
  if (body_file_ >= 0) ::close(std::exchange(body_file_, -1));
  co_return true;
}

// Bodies that are coming in are held in memory, of all connections together no more than the limit.
bool Connection::count_body() {
  loop_.body_bytes += request_.body.size() - counted_body_;
  counted_body_ = request_.body.size();
  return loop_.body_bytes <= loop_.options.bodies_in_memory_max;
}

void Connection::forget_body() { loop_.body_bytes -= std::exchange(counted_body_, 0); }

Task<bool> Connection::answer() {
  set_phase(Phase::Handling, 0);
  ++serial_;
  const bool keep_alive = parser_.keeps_alive();
  if (match_.route == nullptr) {
    if (match_.allow.empty())
      co_return co_await write_response(problem(404, "Not Found"), keep_alive);
    Response refused = problem(405, "Method Not Allowed");
    refused.headers.push_back({"Allow", match_.allow});
    co_return co_await write_response(refused, keep_alive);
  }
  delivered_.reset();
  if (const auto stream = call_handler()) {
    co_await stream_events(stream);
    co_return false;
  }
  while (!delivered_ && !aborted_) co_await wake_up();
  if (!delivered_) co_return false;
  const Response response = std::move(*delivered_);
  request_.remote = remote_;  // A deferred handler may have taken the request.
  if (!co_await write_response(response, keep_alive && !loop_.stopping)) co_return false;
  co_return keep_alive && !loop_.stopping;
}

// Leaves the answer in delivered_, or promises it (deferred), or gives back a stream to serve. Not
// a coroutine: temporaries of a coroutine can outlive their statement (g++ 12), and handles must
// not.
std::shared_ptr<EventStream::State> Connection::call_handler() {
  const Route& route = *match_.route;
  try {
    if (route.handler) {
      delivered_ = route.handler(request_);
    } else if (route.deferred) {
      route.deferred(std::move(request_), Reply(std::make_shared<Reply::State>(
                                              loop_.mailbox, weak_from_this(), serial_)));
    } else {
      auto stream = std::make_shared<EventStream::State>(loop_.mailbox, weak_from_this(), serial_);
      delivered_ = route.stream(request_, stream_handle(stream));
      if (!delivered_) return stream;
    }
  } catch (const std::exception&) {
    delivered_ = problem(500, "Internal Server Error");
  }
  return nullptr;
}

void Connection::deliver(Mailbox::Item item) {
  if (item.serial != serial_) return;
  if (item.response) delivered_ = std::move(item.response);
  wake();
}

void Connection::wake() {
  woken_ = true;
  if (waiter_) std::exchange(waiter_, nullptr)();
}

Task<void> Connection::wake_up() {
  if (!woken_) {
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&, void()>(
        [this](auto handler) { waiter_ = std::move(handler); }, asio::use_awaitable_t<Executor>{});
  }
  woken_ = false;
}

void Connection::write_head(const Response& response, size_t body_size, bool keep_alive) {
  const auto line = [this](std::string_view name, std::string_view value) {
    out_.append(name).append(": ").append(value).append("\r\n");
  };
  out_.clear();
  out_.append("HTTP/1.1 ").append(fmt::format_int(response.status).c_str()).append(" ");
  out_.append(reason_phrase(response.status)).append("\r\n");
  line("Date", loop_.date);
  if (!response.content_type.empty()) line("Content-Type", response.content_type);
  for (const auto& field : response.headers) line(field.name, field.value);
  if (!has_no_body(response.status)) line("Content-Length", fmt::format_int(body_size).c_str());
  if (!keep_alive) line("Connection", "close");
  out_.append("\r\n");
}

Task<bool> Connection::write_response(const Response& response, bool keep_alive) {
  if (response.ending == Ending::Reset) {
    reset_socket();
    co_return false;
  }
  std::string_view body =
      response.static_body.empty() ? std::string_view(response.body) : response.static_body;
  write_head(response, body.size(), keep_alive);
  if (request_.method == Method::Head || has_no_body(response.status)) body = {};
  if (response.ending == Ending::CutBody) body = body.substr(0, body.size() / 2);
  if (response.ending == Ending::CutHead) {
    out_.resize(out_.size() / 2);
    co_await write_all(out_, {});
    reset_socket();
    co_return false;
  }
  if (body.size() <= (16 << 10)) {
    out_.append(body);
    body = {};
  }
  if (response.ending == Ending::TooLong) out_.append(out_);
  if (response.ending == Ending::Drip) {
    if (!co_await drip()) co_return false;
    out_.clear();
  }
  if (!co_await write_all(out_, body)) co_return false;
  co_return (response.ending == Ending::Whole || response.ending == Ending::TooLong) && keep_alive;
}

// What is in out_, so slowly that a peer without patience gives up.
Task<bool> Connection::drip() {
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer(loop_.io);
  for (std::string_view rest = out_; !rest.empty();) {
    const std::string_view some = rest.substr(0, 32);
    rest.remove_prefix(some.size());
    if (!co_await write_all(some, {})) co_return false;
    timer.expires_after(std::chrono::milliseconds(50));
    const auto [error] = co_await timer.async_wait(kAwait);
    if (error || aborted_) co_return false;
  }
  co_return true;
}

Task<bool> Connection::write_all(std::string_view head, std::string_view body) {
  while (!head.empty() || !body.empty()) {
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
    boost::system::error_code error;
    size_t written = socket_.write_some(buffers, error);
    if (error == asio::error::would_block) {
      const Phase before = phase_;
      set_phase(Phase::Writing, loop_.options.stall_timeout_ms);
      const auto [wait_error] = co_await socket_.async_wait(Socket::wait_write, kAwait);
      if (wait_error || aborted_) co_return false;
      set_phase(before, 0);
      continue;
    }
    if (error) co_return false;
    const size_t of_head = std::min(written, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(written - of_head);
  }
  last_write_ = loop_.now;
  co_return true;
}

// The request cannot be read to its end: answer, then close so that the answer arrives.
Task<bool> Connection::refuse(int status, std::string_view detail) {
  Response response = problem(status, reason_phrase(status), detail);
  co_return co_await refuse(std::move(response));
}

Task<bool> Connection::refuse(Response response) {
  set_phase(Phase::Writing, loop_.options.stall_timeout_ms);
  request_.method = Method::Get;
  co_await write_response(response, false);
  co_await linger();
  co_return false;
}

// Closing with unread bytes makes the kernel send a reset, which can overtake the answer. So: end
// our side, swallow what still comes, within reason.
Task<void> Connection::linger() {
  boost::system::error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  set_phase(Phase::Lingering, 2'000);
  if (in_.size() < (64 << 10)) in_.resize(64 << 10);
  for (size_t drained = 0; !error && drained < (16 << 20);) {
    const auto [read_error, size] = co_await socket_.async_read_some(asio::buffer(in_), kAwait);
    if (read_error || aborted_) co_return;
    drained += size;
  }
}

// Notices that the peer of an event stream has gone, while nothing is being written.
void Connection::watch_peer() {
  socket_.async_read_some(asio::buffer(&watch_byte_, 1),
                          [self = shared_from_this()](boost::system::error_code error, size_t) {
                            if (!error) return self->watch_peer();
                            self->peer_gone_ = true;
                            self->wake();
                          });
}

Task<void> Connection::stream_events(std::shared_ptr<EventStream::State> state) {
  out_ = fmt::format(
      "HTTP/1.1 200 OK\r\nDate: {}\r\nContent-Type: text/event-stream\r\n"
      "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n",
      loop_.date);
  bool going = co_await write_all(out_, {});
  watch_peer();
  for (std::string text; going && !aborted_ && !peer_gone_;) {
    set_phase(Phase::Streaming, 0);
    const bool more = state->take(text);
    if (!text.empty()) {
      going = co_await write_all(text, {});
    } else if (!more) {
      break;
    } else if (loop_.now - last_write_ >= std::chrono::milliseconds(loop_.options.heartbeat_ms)) {
      going = co_await write_all(":\n\n", {});
    } else {
      co_await wake_up();
    }
  }
  state->end();
}

}  // namespace puntual::http
