// Sending: N messages that wait in the outbox; each claimed, asked of the gate again, its intent
// durable, posted over kept connections to a sink on this machine, and the sink's id durable.
//
// The sink is another process. It answers as the platform does, and counts: every attempt exactly
// once.
#include <condition_variable>
#include <mutex>

#include "app/clock.h"
#include "portfolio.h"
#include "sink.h"
#include "whatsapp/cloud_api.h"

namespace puntual::bench {
namespace {

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

// The engine's loop as the service runs it: again at once while there is more, else when results
// come.
double send_all(Store& store, const Desk& desk, const std::string& sink_url, int64_t messages,
                Clock& clock, double& cpu_seconds) {
  std::mutex mutex;
  std::condition_variable woken;
  bool has_news = false;
  whatsapp::CloudApiOptions options{.base_url = sink_url,
                                    .version = "v26.0",
                                    .access_token = "token",
                                    .messages_per_second = 0,
                                    .on_results = {},
                                    .now = [&clock] { return clock.now(); },
                                    .boot_ms = {}};
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
    require(woken.wait_for(lock, std::chrono::seconds(30), [&] { return has_news; }),
            "nothing more was sent");
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
  const std::string sink_url =
      fmt::format("http://127.0.0.1:{}", other.line().wait_for<uint16_t>());
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
  require(other.line().wait_for<int64_t>() == messages,
          "the sink did not see every message exactly once");
  require(
      count(*store, "SELECT COUNT(*) FROM outbox WHERE state = 'accepted' AND platform_id <> ''") ==
          messages,
      "not every id was kept");
  Figures("dispatch", messages)
      .add_stretch(messages, seconds, cpu_seconds)
      .add("fsync_per_second", folder.fsync_per_second())
      .add("database", Folder::database_kind())
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
