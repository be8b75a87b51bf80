// kill -9 at any moment under load, again and again: by the clock, or at any passage of any named place. The short
// form runs with every test; `make faults CYCLES=1000` goes on for long.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <random>
#include <thread>

#include "base/failpoint.h"
#include "base/random.h"
#include "tests/faults/witness.h"

namespace puntual::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kPeopleAtOnce = 200;  // Imported in one go, so that the house sends at full speed while it dies.

uint64_t number_of(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// Writes and pays as fast as the house answers, and remembers what was acknowledged.
class Load {
 public:
  explicit Load(House& house) : house_(house), thread_([this] { run(); }) {}
  ~Load() { stop(); }
  void stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  // People up to this number are known to the house.
  void welcome(int people) { people_ = people; }
  // Only after stop().
  [[nodiscard]] const Acknowledged& acknowledged() const { return acknowledged_; }

 private:
  void run() {
    for (int i = 0; !stopping_; ++i) {
      const int people = people_;
      if (people == 0) continue;
      const Person person{1 + static_cast<int>(random_.below(static_cast<uint64_t>(people)))};
      const std::string id = fmt::format("wamid.L{}", i);
      if (house_.deliver(inbound(person, id, i % 11 == 0 ? "no me escriban más" : "hola")).status == 200) acknowledged_.messages.push_back(id);
      if (i % 7 != 0) continue;
      const std::string payment = fmt::format("P-{}", i);
      if (house_.pay(person, 1'000'000, payment).status == 200) acknowledged_.payments.push_back(payment);
    }
  }
  House& house_;
  SeededRandom random_{7};
  std::atomic<bool> stopping_ = false;
  std::atomic<int> people_ = 0;
  Acknowledged acknowledged_;
  std::thread thread_;
};

// One life, from the start to its death.
void live_and_die(House& house, SeededRandom& random) {
  house.set_clock(house.platform_time());
  if (random.below(2) == 0) {
    house.start({fmt::format("PUNTUAL_FAILPOINT={}:{}", kFailpoints[random.below(std::size(kFailpoints))], 1 + random.below(40))});
  } else {
    house.start();
  }
  // Some die before they are up. Whether a place is passed in time is chance.
  if (random.below(4) != 0) (void)house.is_up();
  (void)house.server().wait(milliseconds(random.below(400)));
  house.server().signal(SIGKILL);
  EXPECT_TRUE(house.server().wait().has_value());
}

TEST(Deaths, AtAnyMomentUnderLoadRepeatNothingAndLoseNothing) {
  const uint64_t cycles = number_of("PUNTUAL_FAULT_CYCLES", 15);
  const uint64_t seed = number_of("PUNTUAL_SEED", std::random_device()());
  SeededRandom random(seed);
  SCOPED_TRACE(fmt::format("seed {}", seed));
  House house;
  house.open_sandbox(R"({"send":[{"kind":"reset_after","ppm":30000},{"kind":"hang_after","ppm":10000},{"kind":"reset_headers","ppm":10000}],
                        "webhooks":{"duplicate_ppm":50000,"permute_ppm":50000},
                        "platform":{"sent_after_ms":[1,50],"delivered_after_ms":[1,100],"read_ppm":0}})");
  Load load(house);
  int people = 0;
  for (uint64_t i = 0; i < cycles && !testing::Test::HasFailure(); ++i) {
    if (i % 15 == 0) {
      ASSERT_EQ(house.import(portfolio_of(people + 1, kPeopleAtOnce)).exit_code, 0);
      load.welcome(people += kPeopleAtOnce);
    }
    live_and_die(house, random);
  }
  house.set_clock(house.platform_time());
  house.serve();
  load.stop();
  ASSERT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0 && house.metric(R"(outbox{state="in_flight"})") == 0; }, seconds(60)));
  const Verdict verdict = look_at(house, load.acknowledged());
  EXPECT_TRUE(verdict.is_clean()) << verdict.text();
  EXPECT_GT(verdict.acknowledged, 2 * cycles);
  std::printf("%d deaths, seed %llu: %s", static_cast<int>(cycles), static_cast<unsigned long long>(seed), verdict.text().c_str());
}

}  // namespace
}  // namespace puntual::e2e
