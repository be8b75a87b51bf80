// What an I/O thread and its connections know of each other. For server.cpp, connection.cpp and
// reply.cpp alone: everybody else sees http/server.h.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <mutex>

#include "http/request_parser.h"
#include "http/server.h"

namespace puntual::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

class Connection;

// What other threads leave for an I/O thread. One wake-up serves all that came since the last.
class Mailbox {
 public:
  struct Item {
    std::weak_ptr<Connection> connection;  // Locked on the I/O thread alone: connections die there.
    uint64_t serial = 0;                   // Of the request that is answered.
    std::optional<Response> response;      // None: look at the event stream.
  };
  explicit Mailbox(asio::io_context& io) : io_(&io) {}
  void put(Item item);
  void close();  // Whatever comes later is dropped.

 private:
  void drain();
  std::mutex mutex_;
  asio::io_context* io_;  // Null once closed.
  std::vector<Item> items_;
  bool scheduled_ = false;
};

// One I/O thread. Everything but the mailbox belongs to that thread.
struct Loop {
  Loop(const Router& routes, const ServerOptions& settings)
      : router(routes), options(settings), mailbox(std::make_shared<Mailbox>(io)), timer(io) {}

  const Router& router;
  const ServerOptions& options;
  asio::io_context io{1};
  std::shared_ptr<Mailbox> mailbox;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer;
  std::vector<Connection*> connections;
  std::string date;       // The Date header's value, of this second.
  SteadyTime now;         // Refreshed by the sweep; good enough for deadlines.
  size_t body_bytes = 0;  // In memory, of requests that are still coming in.
  bool stopping = false;
  SteadyTime stop_deadline;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, Socket socket, std::string remote);
  ~Connection();

  Task<void> serve();
  void deliver(Mailbox::Item item);  // An answer or events have come.
  void sweep(SteadyTime now);        // Ends what has waited too long.
  void abort();                      // Ends it now.

  size_t index = 0;  // In Loop::connections.

 private:
  enum class Phase : uint8_t { Idle, Head, Body, Handling, Streaming, Writing, Lingering };

  Task<bool> read_some();
  Task<bool> read_head();
  Task<bool> read_body();
  Task<bool> answer();
  Task<bool> refuse(int status, std::string_view detail);
  Task<bool> refuse(Response response);
  Task<bool> write_response(const Response& response, bool keep_alive);
  Task<bool> write_all(std::string_view head, std::string_view body);
  Task<void> stream_events(std::shared_ptr<EventStream::State> state);
  Task<void> linger();
  Task<void> wake_up();  // Returns when deliver(), sweep() or abort() says so.
  std::shared_ptr<EventStream::State> call_handler();
  bool choose_route();
  void ask_admission();
  bool open_body_file();
  bool count_body();  // False: too much is coming in at once.
  void forget_body();
  Task<bool> drip();
  void write_head(const Response& response, size_t body_size, bool keep_alive);
  void watch_peer();
  void wake();
  void set_phase(Phase phase, int64_t timeout_ms);
  void reset_socket();

  Loop& loop_;
  Socket socket_;
  std::string remote_;
  RequestParser parser_;
  Request request_;
  std::string in_;
  size_t in_begin_ = 0, in_end_ = 0;
  std::string out_;
  Router::Match match_;
  int body_file_ = -1;
  Phase phase_ = Phase::Idle;
  SteadyTime deadline_;
  SteadyTime last_write_;
  uint64_t serial_ = 0;
  std::optional<Response> delivered_;
  std::move_only_function<void()> waiter_;
  bool woken_ = false;
  bool aborted_ = false;
  bool is_too_slow_ = false;
  size_t counted_body_ = 0;  // Its part of Loop::body_bytes.
  bool peer_gone_ = false;
  char watch_byte_ = 0;
};

// The shared state behind the handles of router.h.
class Reply::State {
 public:
  State(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection, uint64_t serial)
      : mailbox_(std::move(mailbox)), connection_(std::move(connection)), serial_(serial) {}
  ~State();
  void answer(Response response);

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::weak_ptr<Connection> connection_;
  uint64_t serial_;
  std::atomic<bool> answered_ = false;
};

class EventStream::State {
 public:
  State(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection, uint64_t serial)
      : mailbox_(std::move(mailbox)), connection_(std::move(connection)), serial_(serial) {}
  bool push(std::string_view text);
  void end();
  [[nodiscard]] bool is_open();
  // For the connection: what is to be written; false when nothing more will come.
  bool take(std::string& text);

 private:
  void notify();  // With the mutex held.
  std::mutex mutex_;
  std::shared_ptr<Mailbox> mailbox_;
  std::weak_ptr<Connection> connection_;
  uint64_t serial_;
  std::string pending_;
  bool open_ = true;
  bool notified_ = false;
};

}  // namespace puntual::http
