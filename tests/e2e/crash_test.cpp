// kill -9 at any moment, again and again, under load: nobody hears the same twice, nothing that was
// acknowledged is lost, and the books stay right.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "base/random.h"
#include "tests/e2e/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kPeople = 600;
constexpr int kDeaths = 20;

// A sender of webhooks and payments that never rests; remembers what was acknowledged.
class Load {
 public:
  explicit Load(House& house) : house_(house), thread_([this] { run(); }) {}
  ~Load() { stop(); }
  void stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] const std::vector<std::string>& acknowledged_messages() const { return messages_; }
  [[nodiscard]] const std::vector<std::string>& acknowledged_payments() const { return payments_; }

 private:
  void run() {
    for (int i = 0; !stopping_; ++i) {
      const Person person{1 + i % kPeople};
      const std::string id = fmt::format("wamid.L{}", i);
      if (house_.deliver(inbound(person, id, "hola")).status == 200) messages_.push_back(id);
      if (i % 7 != 0) continue;
      const std::string payment = fmt::format("P-{}", i);
      if (house_.pay(person, 1'000'000, payment).status == 200) payments_.push_back(payment);
    }
  }
  House& house_;
  std::atomic<bool> stopping_ = false;
  std::vector<std::string> messages_, payments_;
  std::thread thread_;
};

// What was said, without the attempt: the same text to the same person twice is a repetition.
std::map<std::string, int> bodies_of(const json::array& messages) {
  std::map<std::string, int> bodies;
  for (const auto& one : messages) {
    const auto* content = member(one, "content");
    const auto* used = content == nullptr ? nullptr : member(*content, "template");
    if (used != nullptr) ++bodies[member_text(one, "phone").value_or("") + to_json(*used)];
  }
  return bodies;
}

TEST(Crash, TwentyDeathsUnderLoadRepeatNothingAndLoseNothing) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, kPeople)).exit_code, 0);
  house.open_sandbox(
      R"({"send":[{"kind":"reset_after","ppm":30000},{"kind":"hang_after","ppm":10000}],
                        "webhooks":{"duplicate_ppm":50000,"permute_ppm":50000},
                        "platform":{"delivered_after_ms":[1,100],"read_ppm":0}})");
  const uint64_t seed = std::random_device()();
  SeededRandom random(seed);
  SCOPED_TRACE(fmt::format("seed {}", seed));
  house.serve();
  Load load(house);
  for (int i = 0; i < kDeaths; ++i) {
    const auto life = milliseconds(random.below(250));
    const auto born = std::chrono::steady_clock::now();
    ASSERT_TRUE(eventually([&] { return std::chrono::steady_clock::now() - born >= life; }));
    house.kill_serve();
    house.set_clock(house.platform_time());
    house.serve();
    ASSERT_FALSE(testing::Test::HasFatalFailure());
  }
  load.stop();
  ASSERT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }, seconds(20)));

  for (const auto& [body, times] : bodies_of(house.sent())) EXPECT_EQ(times, 1) << body;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM (SELECT attempt_id FROM outbox WHERE attempt_id<>'' "
                        "GROUP BY attempt_id "
                        "HAVING COUNT(*)>1) AS twice"),
            0);
  ASSERT_GT(load.acknowledged_messages().size(), 20u);
  const auto store = Store::open_read_only(house.database);
  ASSERT_TRUE(store.has_value());
  const auto lost = (*store)->read([&](Tx& tx) {
    std::vector<std::string> missing;
    for (const auto& id : load.acknowledged_messages()) {
      auto rows = tx.db.query("SELECT 1 FROM conversation_message WHERE platform_id=$1", {id});
      if (!rows.next()) missing.push_back(id);
    }
    for (const auto& id : load.acknowledged_payments()) {
      auto rows = tx.db.query("SELECT 1 FROM payment WHERE source_id=$1", {id});
      if (!rows.next()) missing.push_back(id);
    }
    return missing;
  });
  ASSERT_TRUE(lost.has_value());
  EXPECT_EQ(*lost, std::vector<std::string>{});
  EXPECT_EQ(house.metric("inbox_poison"), 0);
  EXPECT_EQ(house.metric("ledger_imbalance"), 0);
  EXPECT_EQ(house.command({"explain", "F-0001"}).exit_code, 0);
  RecordProperty("acknowledged", static_cast<int>(load.acknowledged_messages().size()));
  RecordProperty("sent", static_cast<int>(house.sent().size()));
}

}  // namespace
}  // namespace puntual::e2e
