// Pacing: one sending number at 80 and at 1,000 messages a second, each answered after 150 ms. How
// close to the rate it comes, as seen where the messages arrive, and what a message costs here.
//
// The rate is a promise: no second, wherever it begins, may hold more. per_second_max is the most
// that any did.
#include <condition_variable>
#include <mutex>

#include "base/random.h"
#include "sink.h"
#include "whatsapp/cloud_api.h"

namespace puntual::bench {
namespace {

constexpr int64_t kAnswerAfterMs = 150;

struct Seen {
  int64_t messages = 0;  // −1: one came twice.
  int64_t per_second_max = 0;
  double per_second =
      0;  // From the first to the last, without what may go at once at the beginning.
};

Seen seen_of(int64_t messages, const std::vector<int64_t>& arrivals_us) {
  Seen seen{.messages = messages};
  size_t first = 0;
  for (size_t i = 0; i < arrivals_us.size(); ++i) {
    while (arrivals_us[i] - arrivals_us[first] >= 1'000'000) ++first;
    seen.per_second_max = std::max(seen.per_second_max, static_cast<int64_t>(i - first + 1));
  }
  const size_t begin = arrivals_us.size() / 10;
  seen.per_second = static_cast<double>(arrivals_us.size() - 1 - begin) * 1e6 /
                    static_cast<double>(arrivals_us.back() - arrivals_us[begin]);
  return seen;
}

SendRequest request_to(int64_t number, Random& random) {
  SendRequest request{.message_id = {number},
                      .attempt_id = random.hex128(),
                      .phone_number_id = "100000000000001",
                      .recipient = fmt::format("+573{:09}", number),
                      .body = {},
                      .deadline = {}};
  request.body = fmt::format(
      R"({{"messaging_product":"whatsapp","to":"{}","type":"text","text":{{"body":"{}"}},)"
      R"("biz_opaque_callback_data":"{}"}})",
      request.recipient, std::string(400, 'x'), request.attempt_id);
  return request;
}

// Hands over whatever the channel has room for, and again when results have come.
double send_paced(const std::string& sink_url, int rate, int64_t messages, Random& random) {
  std::mutex mutex;
  std::condition_variable woken;
  bool has_news = false;
  whatsapp::CloudApiOptions options{.base_url = sink_url,
                                    .version = "v26.0",
                                    .access_token = "token",
                                    .messages_per_second = rate,
                                    .on_results = {},
                                    .now = {},
                                    .boot_ms = {}};
  options.on_results = [&] {
    {
      const std::lock_guard lock(mutex);
      has_news = true;
    }
    woken.notify_one();
  };
  const auto channel = must(whatsapp::CloudApi::open(options), "channel");
  const Stopwatch watch;
  for (int64_t sent = 0, results = 0; results < messages;) {
    const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count()};
    std::vector<SendRequest> requests;
    for (int room = channel->capacity(now); room > 0 && sent < messages; --room) {
      requests.push_back(request_to(++sent, random));
      requests.back().deadline = now + kMinuteMs;
    }
    channel->submit(std::move(requests));
    std::unique_lock lock(mutex);
    require(woken.wait_for(lock, std::chrono::seconds(30), [&] { return has_news; }),
            "nothing more was sent");
    has_news = false;
    lock.unlock();
    for (const auto& result : channel->collect()) {
      require(result.outcome == SendOutcome::Accepted, result.detail);
      ++results;
    }
  }
  return watch.cpu_seconds();
}

void run_at(int rate, int64_t messages) {
  const OtherSide other([](const OtherSide::Line& line) {
    Sink sink(kAnswerAfterMs);
    line.send(sink.port());
    const int64_t seen = sink.serve_until(line.from_);
    line.send(seen_of(seen, sink.arrivals_us()));
  });
  SystemRandom random;
  const double cpu_seconds =
      send_paced(fmt::format("http://127.0.0.1:{}", other.line().wait_for<uint16_t>()), rate,
                 messages, random);
  other.line().send(true);
  const auto seen = other.line().wait_for<Seen>();
  require(seen.messages == messages, "the sink did not see every message exactly once");
  Figures("pacing", messages)
      .add("rate", rate)
      .add("per_second_max", static_cast<double>(seen.per_second_max))
      .add("share_used", seen.per_second / rate)
      .add("cpu_us_each", cpu_seconds * 1e6 / static_cast<double>(messages))
      .print();
  require(seen.per_second_max <= rate,
          fmt::format("{} messages within a second", seen.per_second_max));
}

int run(int argc, char** argv) {
  const int64_t seconds = size_of(argc, argv, 20);
  for (const int rate : {80, 1000}) run_at(rate, rate * seconds);
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
