// What a deployment lives through in a day, small: people imported, reminders, answers, payments,
// stops. It goes on whatever dies under it, and remembers what was acknowledged: that may never be
// lost, nor ignored.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "tests/support/house.h"

namespace puntual::e2e {

// A platform whose statuses come at once.
inline constexpr std::string_view kPrompt =
    R"({"platform":{"sent_after_ms":[1,20],"delivered_after_ms":[1,50],"read_ppm":0}})";

// On what a house stands.
enum class Ground : uint8_t { Sqlite, PostgreSql, TwoNodes };
// For House: a new database; of the PostgreSQL server of this process.
[[nodiscard]] std::string database_on(Ground ground);
// For INSTANTIATE_TEST_SUITE_P.
[[nodiscard]] std::string name_of(const testing::TestParamInfo<Ground>& ground);

// Since when nothing more may be sent to a person, by the platform's clock; with what ended it.
struct Silence {
  Person person;
  Instant since;
  std::string why;
};

// What the house has answered 2xx to.
struct Acknowledged {
  std::vector<Person> imported;
  std::vector<std::string> messages;  // Platform ids of what people wrote.
  std::vector<std::string> payments;  // The teller's own ids.
  std::vector<Silence> silences;
};

class Workload {
 public:
  explicit Workload(House& house) : house_(house) {}

  // Four people who are new: one is reminded and answers, one pays at once, one writes stop, one is
  // stopped by the API; the audit trail is anchored. Returns when all of it has been worked off, or
  // the server has died.
  void round();
  // Everything that has come in is worked off and nothing is on its way; false: not within the
  // time.
  [[nodiscard]] bool is_quiet() const;
  [[nodiscard]] const Acknowledged& acknowledged() const { return acknowledged_; }

 private:
  [[nodiscard]] Instant platform_now() const;
  void silence(const Person& person, std::string why);
  void write(const Person& person, const std::string& text);
  void pay(const Person& person);

  House& house_;
  int people_ = 0;
  int written_ = 0;
  Acknowledged acknowledged_;
};

// Writes and pays as fast as the house answers, on a thread of its own, and remembers what was
// acknowledged.
class Load {
 public:
  explicit Load(House& house) : house_(house), thread_([this] { run(); }) {}
  ~Load() { stop(); }
  void stop();
  // People up to this number are known to the house.
  void welcome(int people) { people_ = people; }
  // Only after stop().
  [[nodiscard]] const Acknowledged& acknowledged() const { return acknowledged_; }

 private:
  void run();
  House& house_;
  SeededRandom random_{7};
  std::atomic<bool> stopping_ = false;
  std::atomic<int> people_ = 0;
  Acknowledged acknowledged_;
  std::thread thread_;
};

}  // namespace puntual::e2e
