// Taking in webhooks: N signed, distinct status webhooks over 64 kept connections; each verified,
// and on the disk before its 200. The senders are another process, with their bodies signed
// beforehand.
//
// p50_ms and p99_ms are what a sender sees, from its first byte to the whole answer. Afterwards the
// engine works through what has come in: processed_per_second.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "app/service.h"
#include "base/crypto.h"
#include "portfolio.h"

namespace puntual::bench {
namespace {

constexpr int kConnections = 64;
constexpr std::string_view kAppSecret = "a-secret-for-benches";
constexpr std::string_view kStates[] = {"sent", "delivered", "read"};

struct Outcome {
  double seconds = 0, p50_ms = 0, p99_ms = 0;
  int64_t accepted = 0;
};

std::string attempt_of(int64_t message) { return fmt::format("{:032x}", message + 1); }
std::string wamid_of(int64_t message) { return fmt::format("wamid.BENCH{:030}", message); }

// The i-th webhook: every message is sent, then delivered, then read.
std::string request_text(int64_t i) {
  const int64_t message = i / 3;
  const std::string body = fmt::format(
      R"({{"object":"whatsapp_business_account","entry":[{{"id":"200000000000002","changes":[{{"value":{{"messaging_product":"whatsapp",)"
      R"("metadata":{{"display_phone_number":"576015550100","phone_number_id":"100000000000001"}},"statuses":[{{"id":"{}",)"
      R"("status":"{}","timestamp":"1795532400","recipient_id":"573{:09}","recipient_user_id":"CO.{:015}",)"
      R"("biz_opaque_callback_data":"{}","pricing":{{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}}}]}},)"
      R"("field":"messages"}}]}}]}})",
      wamid_of(message), kStates[i % 3], message, message, attempt_of(message));
  return fmt::format(
      "POST /webhooks/whatsapp HTTP/1.1\r\nHost: bench\r\nUser-Agent: "
      "facebookexternalua\r\nAccept: */*\r\n"
      "Content-Type: application/json\r\nX-Hub-Signature-256: sha256={}\r\nContent-Length: "
      "{}\r\n\r\n{}",
      hex(hmac_sha256(kAppSecret, body)), body.size(), body);
}

// The sending side: each connection has one request under way, and sends the next when it is
// answered.
class Senders {
 public:
  Senders(int64_t count, uint16_t port) : port_(port), latencies_(static_cast<size_t>(count)) {
    requests_.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) requests_.push_back(request_text(i));
  }

  Outcome run() {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    connections_.resize(kConnections);
    for (auto& one : connections_) open(one);
    const Stopwatch watch;
    for (auto& one : connections_) send_next(one);
    while (under_way_ > 0) serve();
    return {.seconds = watch.seconds(),
            .p50_ms = latencies_.ms_at(0.50),
            .p99_ms = latencies_.ms_at(0.99),
            .accepted = accepted_};
  }

 private:
  struct Connection {
    int socket = -1;
    std::chrono::steady_clock::time_point sent_at;
    std::string answer;
  };

  void open(Connection& one) {
    one.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(one.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      give_up("senders", "cannot connect");
    const int on = 1;
    ::setsockopt(one.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &one}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.socket, &event);
  }

  // A request is far smaller than the socket's buffer: a blocking write takes it whole.
  void send_next(Connection& one) {
    if (next_ == requests_.size()) return;
    const std::string& text = requests_[next_++];
    one.sent_at = std::chrono::steady_clock::now();
    if (::write(one.socket, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      give_up("senders", "cannot write");
    ++under_way_;
  }

  void serve() {
    epoll_event events[kConnections];
    const int count = ::epoll_wait(epoll_, events, kConnections, 30'000);
    if (count <= 0) give_up("senders", "no answer within 30 s");
    for (int i = 0; i < count; ++i) take(*static_cast<Connection*>(events[i].data.ptr));
  }

  void take(Connection& one) {
    char buffer[4096];
    const ssize_t size = ::read(one.socket, buffer, sizeof buffer);
    if (size <= 0) give_up("senders", "a connection was closed");
    one.answer.append(buffer, static_cast<size_t>(size));
    if (!one.answer.ends_with("\r\n\r\n")) return;  // The answer to a webhook has no body.
    if (one.answer.starts_with("HTTP/1.1 200 ")) ++accepted_;
    one.answer.clear();
    --under_way_;
    const auto took = std::chrono::steady_clock::now() - one.sent_at;
    latencies_.add_us(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    send_next(one);
  }

  uint16_t port_;
  Latencies latencies_;
  std::vector<std::string> requests_;
  size_t next_ = 0;
  int epoll_ = -1;
  int under_way_ = 0;
  int64_t accepted_ = 0;
  std::vector<Connection> connections_;
};

// What was sent before: so that the statuses are about messages of ours.
void add_sent_messages(Store& store, int64_t messages, Instant now) {
  must(store.write([&](Tx& tx) {
    for (int64_t i = 0; i < messages; ++i) {
      const auto id = tx.ids.next<MessageId>(now);
      tx.db.run(
          "INSERT INTO debtor (id, creditor_id, country, zone, profile, created_at, role, "
          "person_id) VALUES ($1,1,'CO','',$2,$3,'debtor',$1)",
          {id, store::Bytes{""}, now});
      tx.db.run(
          "INSERT INTO outbox (id, creditor_id, debtor_id, dedupe_key, state, purpose, kind, "
          "urgent, template, language, step, "
          "strategy_version, template_version, pack_version, lead_invoice_id, covered, payment_id, "
          "balance_minor, currency, "
          "ttl_seconds, planned_at, not_before, expires_at, attempts, attempt_id, in_flight_at, "
          "platform_id) VALUES "
          "($1,1,$1,$2,'accepted','overdue','template',0,'vencido_amable_v1','es_CO','post_7','v','"
          "v','v',$1,'1',0,100,'COP',"
          "10800,$3,$3,$3,1,$4,$3,$5)",
          {id, fmt::format("bench:{}", i), now, attempt_of(i), wamid_of(i)});
    }
  }),
       "messages sent before");
}

double process_all(Store& store, const Desk& desk, int64_t expected, Instant now) {
  NoChannel channel;
  Engine engine(store, channel, desk);
  must(engine.start(now), "start");
  int64_t done = 0;
  const Stopwatch watch;
  while (done < expected) {
    const auto report = must(engine.tick(now), "tick");
    require(report.inbox.events > 0 && report.inbox.unknown == 0, "a webhook was not understood");
    done += report.inbox.events;
  }
  return watch.seconds();
}

int run(int argc, char** argv) {
  const int64_t webhooks = size_of(argc, argv, 100'000);
  const OtherSide senders([webhooks](const OtherSide::Line& line) {
    const auto port = line.wait_for<uint16_t>();
    Senders all(webhooks, port);
    line.send(true);
    (void)line.wait_for<bool>();
    line.send(all.run());
  });
  const Instant now = tuesday_morning();
  Folder folder;
  const Config config = house();
  SystemRandom random;
  const Desk desk = must(make_desk(config, random), "desk");
  Clock clock(now);
  Service service(config,
                  {.app_secrets = {std::string(kAppSecret)}, .verify_token = {}, .api_token = {}},
                  must(Store::open(folder.database(), folder.options()), "store"), desk, clock);
  set_up(service.store(), config, desk, now);
  add_sent_messages(service.store(), (webhooks + 2) / 3, now);
  must(service.open_door(), "door");
  senders.line().send(service.server().port());
  (void)senders.line().wait_for<bool>();
  ::sync();

  const Stopwatch watch;
  senders.line().send(true);
  const auto outcome = senders.line().wait_for<Outcome>();
  const double cpu_seconds = watch.cpu_seconds();
  service.stop();
  require(outcome.accepted == webhooks &&
              count(service.store(), "SELECT COUNT(*) FROM inbox") == webhooks,
          "not every webhook was kept");
  say(fmt::format("{} webhooks in {:.2f} s", webhooks, outcome.seconds));

  const double processing = process_all(service.store(), desk, webhooks, now);
  Figures("intake", webhooks)
      .add_stretch(webhooks, outcome.seconds, cpu_seconds)
      .add("p50_ms", outcome.p50_ms)
      .add("p99_ms", outcome.p99_ms)
      .add("processed_per_second", static_cast<double>(webhooks) / processing)
      .add("fsync_per_second", folder.fsync_per_second())
      .add("database", Folder::database_kind())
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
