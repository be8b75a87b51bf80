// Sending: N messages that wait in the outbox; each claimed, asked of the gate again, its intent durable,
// posted over kept connections to a sink on this machine, and the sink's id durable.
//
// The sink is another process. It answers as the platform does, and counts: every attempt exactly once.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <condition_variable>
#include <mutex>
#include <unordered_set>

#include "app/clock.h"
#include "portfolio.h"
#include "whatsapp/cloud_api.h"

namespace puntual::bench {
namespace {

class Sink {
 public:
  Sink() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool open = ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(listener_, 1024) == 0 &&
                      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!open) give_up("sink", "cannot listen");
    port_ = ntohs(address.sin_port);
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    watch(listener_);
  }
  [[nodiscard]] uint16_t port() const { return port_; }

  // Serves until something comes from `control`; the number of different attempts seen, or −1 if one came twice.
  int64_t serve_until(int control) {
    watch(control);
    for (;;) {
      epoll_event events[256];
      const int count = ::epoll_wait(epoll_, events, 256, -1);
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[i].data.fd;
        if (descriptor == control) return came_twice_ ? -1 : static_cast<int64_t>(attempts_.size());
        descriptor == listener_ ? admit() : take(descriptor);
      }
    }
  }

 private:
  void watch(int descriptor) const {
    epoll_event event{.events = EPOLLIN, .data = {.fd = descriptor}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }
  void admit() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (static_cast<size_t>(socket) >= unread_.size()) unread_.resize(static_cast<size_t>(socket) + 1);
    watch(socket);
  }
  void take(int socket) {
    char buffer[16384];
    const ssize_t size = ::read(socket, buffer, sizeof buffer);
    if (size <= 0) {
      ::close(socket);
      unread_[static_cast<size_t>(socket)].clear();
      return;
    }
    std::string& text = unread_[static_cast<size_t>(socket)];
    text.append(buffer, static_cast<size_t>(size));
    while (answer_one(socket, text)) {
    }
  }
  bool answer_one(int socket, std::string& text) {
    const size_t head = text.find("\r\n\r\n");
    const size_t length_at = text.find("Content-Length: ");
    if (head == std::string::npos || length_at > head) return false;
    const size_t end = head + 4 + static_cast<size_t>(std::atoll(text.c_str() + length_at + 16));
    if (text.size() < end) return false;
    constexpr std::string_view kAttempt = "\"biz_opaque_callback_data\":\"";
    const std::string attempt = text.substr(text.find(kAttempt) + kAttempt.size(), 32);
    if (!attempts_.insert(attempt).second) came_twice_ = true;
    text.erase(0, end);
    const std::string body = fmt::format(
        R"({{"messaging_product":"whatsapp","contacts":[{{"input":"+573000000000","wa_id":"573000000000"}}],)"
        R"("messages":[{{"id":"wamid.{}","message_status":"accepted"}}]}})", attempt);
    const std::string answer = fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
    return ::write(socket, answer.data(), answer.size()) == static_cast<ssize_t>(answer.size());
  }

  int listener_ = -1, epoll_ = -1;
  uint16_t port_ = 0;
  std::vector<std::string> unread_;
  std::unordered_set<std::string> attempts_;
  bool came_twice_ = false;
};

void plan_all(Store& store, const Desk& desk, int64_t messages, Instant now) {
  NoChannel channel;
  Engine engine(store, channel, desk);
  must(engine.start(now), "start");
  int64_t proposed = 0;
  for (TickReport report{.more = true}; report.more;) {
    report = must(engine.tick(now), "tick");
    proposed += report.plan.proposed;
  }
  require(proposed == messages, "not every message was planned");
}

// The engine's loop as the service runs it: again at once while there is more, else when results come.
double send_all(Store& store, const Desk& desk, const std::string& sink_url, int64_t messages, Clock& clock, double& cpu_seconds) {
  std::mutex mutex;
  std::condition_variable woken;
  bool has_news = false;
  whatsapp::CloudApiOptions options{.base_url = sink_url, .version = "v26.0", .access_token = "token", .messages_per_second = 0,
                                    .on_results = {}, .now = [&clock] { return clock.now(); }, .boot_ms = {}};
  options.on_results = [&] {
    {
      const std::lock_guard lock(mutex);
      has_news = true;
    }
    woken.notify_one();
  };
  const auto channel = must(whatsapp::CloudApi::open(options), "channel");
  Engine engine(store, *channel, desk);
  must(engine.start(clock.now()), "start");
  int64_t results = 0;
  const Stopwatch watch;
  while (results < messages) {
    const auto report = must(engine.tick(clock.now()), "tick");
    results += report.results;
    if (report.more || results >= messages) continue;
    std::unique_lock lock(mutex);
    require(woken.wait_for(lock, std::chrono::seconds(30), [&] { return has_news; }), "nothing more was sent");
    has_news = false;
  }
  cpu_seconds = watch.cpu_seconds();
  return watch.seconds();
}

int run(int argc, char** argv) {
  const int64_t messages = size_of(argc, argv, 30'000);
  const OtherSide other([](const OtherSide::Line& line) {
    Sink sink;
    line.send(sink.port());
    line.send(sink.serve_until(line.from_));
  });
  const std::string sink_url = fmt::format("http://127.0.0.1:{}", other.line().wait_for<uint16_t>());
  Folder folder;
  const Config config = house();
  SystemRandom random;
  const Desk desk = must(make_desk(config, random), "desk");
  Clock clock(tuesday_morning());
  const auto store = must(Store::open(folder.database(), folder.options()), "store");
  set_up(*store, config, desk, clock.now());
  fill(*store, config.creditor, {.people = messages}, clock.now());
  plan_all(*store, desk, messages, clock.now());
  ::sync();
  say("outbox ready");

  double cpu_seconds = 0;
  const double seconds = send_all(*store, desk, sink_url, messages, clock, cpu_seconds);
  other.line().send(true);
  require(other.line().wait_for<int64_t>() == messages, "the sink did not see every message exactly once");
  require(count(*store, "SELECT COUNT(*) FROM outbox WHERE state = 'accepted' AND platform_id <> ''") == messages, "not every id was kept");
  Figures("dispatch", messages).add_stretch(messages, seconds, cpu_seconds).add("fsync_per_second", folder.fsync_per_second())
      .add("database", "sqlite").print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
