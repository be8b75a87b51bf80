// The threads: accepting, sweeping, stopping.
#include "http/server.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <ctime>
#include <thread>

#include "http/connection.h"

namespace puntual::http {
namespace {

constexpr auto kSweepEvery = std::chrono::milliseconds(250);
using tcp = asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

// Deadlines are looked at four times a second instead of a timer for each read: cheaper, and exact
// enough for time-outs of seconds. The owners are held because a connection may end while it is
// looked at.
void sweep_connections(Loop& loop) {
  loop.now = std::chrono::steady_clock::now();
  loop.date = http_date();
  std::vector<std::shared_ptr<Connection>> held;
  held.reserve(loop.connections.size());
  for (Connection* connection : loop.connections) held.push_back(connection->shared_from_this());
  const bool out_of_grace = loop.stopping && loop.now >= loop.stop_deadline;
  for (const auto& connection : held) {
    if (out_of_grace) {
      connection->abort();
    } else {
      connection->sweep(loop.now);
    }
  }
}

}  // namespace

class Server::Impl {
 public:
  Impl(Router routes, ServerOptions settings)
      : router(std::move(routes)), options(std::move(settings)) {
    for (int i = 0; i < std::max(1, options.threads); ++i)
      loops.push_back(std::make_unique<Loop>(router, options));
  }

  Result<void> listen();
  void run();
  void stop();

  const Router router;
  const ServerOptions options;
  uint16_t bound_port = 0;

 private:
  using Work = asio::executor_work_guard<Executor>;
  void accept();
  void admit(Loop& loop, Socket socket);
  void sweep_later(Loop& loop, std::shared_ptr<Work> work);

  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<Acceptor> acceptor;
  std::vector<std::thread> threads;
  size_t next_loop = 0;
};

Result<void> Server::Impl::listen() {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    return fail(ErrorCode::Invalid, "'{}' is not an IP address to listen on", options.address);
  const tcp::endpoint endpoint(address, options.port);
  acceptor = std::make_unique<Acceptor>(loops.front()->io.get_executor());
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(4096, error);
  if (error) {
    return fail(ErrorCode::Unavailable, "cannot listen on {}:{}: {} (is another process there?)",
                options.address, options.port, error.message());
  }
  bound_port = acceptor->local_endpoint(error).port();
  return {};
}

void Server::Impl::run() {
  accept();
  for (auto& loop : loops) {
    sweep_connections(*loop);
    sweep_later(*loop, std::make_shared<Work>(loop->io.get_executor()));
    threads.emplace_back([&io = loop->io] { io.run(); });
  }
}

void Server::Impl::accept() {
  Loop& loop = *loops[next_loop++ % loops.size()];
  acceptor->async_accept(loop.io, [this, &loop](boost::system::error_code error, Socket socket) {
    if (!acceptor->is_open()) return;
    if (!error && &loop == loops.front().get()) admit(loop, std::move(socket));
    if (!error && &loop != loops.front().get()) {
      asio::post(loop.io, [this, &loop, held = std::move(socket)]() mutable {
        admit(loop, std::move(held));
      });
    }
    if (!error) return accept();
    // Out of descriptors, most likely: a pause lets others end instead of turning in a circle.
    auto pause =
        std::make_shared<asio::steady_timer>(loops.front()->io, std::chrono::milliseconds(100));
    pause->async_wait([this, pause](boost::system::error_code) {
      if (acceptor->is_open()) accept();
    });
  });
}

void Server::Impl::admit(Loop& loop, Socket socket) {
  boost::system::error_code error;
  const auto peer = socket.remote_endpoint(error);
  const size_t share = static_cast<size_t>(options.connections_max) / loops.size();
  if (error || loop.stopping || loop.connections.size() > share) return;
  auto connection =
      std::make_shared<Connection>(loop, std::move(socket), peer.address().to_string());
  asio::co_spawn(
      loop.io.get_executor(), [connection = std::move(connection)] { return connection->serve(); },
      asio::detached);
}

void Server::Impl::sweep_later(Loop& loop, std::shared_ptr<Work> work) {
  loop.timer.expires_after(loop.stopping ? std::chrono::milliseconds(5) : kSweepEvery);
  loop.timer.async_wait([this, &loop, work = std::move(work)](boost::system::error_code) {
    sweep_connections(loop);
    const bool finished = loop.stopping && loop.connections.empty();
    if (finished) {
      work->reset();
      loop.mailbox->close();
    } else {
      sweep_later(loop, work);
    }
  });
}

void Server::Impl::stop() {
  for (auto& loop : loops) {
    asio::post(loop->io, [this, &loop] {
      boost::system::error_code ignored;
      if (&loop == &loops.front()) acceptor->close(ignored);
      loop->stopping = true;
      loop->stop_deadline =
          std::chrono::steady_clock::now() + std::chrono::milliseconds(options.stop_grace_ms);
      loop->timer.cancel();
    });
  }
  for (auto& thread : threads) thread.join();
  threads.clear();
}

Result<std::unique_ptr<Server>> Server::start(Router router, ServerOptions options) {
  auto impl = std::make_unique<Impl>(std::move(router), std::move(options));
  RETURN_IF_ERROR(impl->listen());
  impl->run();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { stop(); }

uint16_t Server::port() const { return impl_->bound_port; }

std::string Server::base_url() const {
  const bool is_v6 = impl_->options.address.contains(':');
  return fmt::format("http://{}{}{}:{}", is_v6 ? "[" : "", impl_->options.address, is_v6 ? "]" : "",
                     port());
}

void Server::stop() { impl_->stop(); }

}  // namespace puntual::http
