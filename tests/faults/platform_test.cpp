// The platform misbehaves: what becomes of each message (quality-bar 4.1), and that nobody hears
// twice.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;

struct Fault {
  std::string_view what;     // As docs/sandbox.md writes it.
  std::string_view state;    // What the message becomes by the send alone,
  size_t taken;              // how many bodies the platform has taken then,
  std::string_view at_last;  // and what it is once statuses have come.
};

constexpr Fault kFaults[] = {
    {R"("kind":"reset_before")", "uncertain", 0, "uncertain"},
    {R"("kind":"reset_after")", "uncertain", 1, "delivered"},
    {R"("kind":"empty","http_status":500)", "uncertain", 0, "uncertain"},
    {R"("kind":"html","http_status":502)", "uncertain", 0, "uncertain"},
    {R"("kind":"empty","http_status":200)", "uncertain", 0, "uncertain"},
    {R"("kind":"redirect")", "uncertain", 0, "uncertain"},
    {R"("kind":"no_id")", "uncertain", 1, "delivered"},
    {R"("kind":"wrong_json")", "uncertain", 1, "delivered"},
    {R"("kind":"truncated")", "uncertain", 1, "delivered"},
    {R"("kind":"reset_headers")", "uncertain", 1, "delivered"},
    {R"("kind":"huge")", "uncertain", 1, "delivered"},
    {R"("kind":"too_long")", "accepted", 1, "delivered"},
    {R"("kind":"drip")", "accepted", 1, "delivered"},
    {R"("kind":"error","code":131026,"http_status":400)", "rejected", 0, "rejected"},
    {R"("kind":"error","code":131000,"http_status":500)", "uncertain", 0, "uncertain"},
    {R"("kind":"error","code":130429,"http_status":429)", "planned", 0, "planned"},
};

// One person a fault; statuses are held back until the first look.
TEST(Faults, EachOutcomeIsWhatTheProtocolSays) {
  constexpr int kCount = std::size(kFaults);
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, kCount)).exit_code, 0);
  std::string faults;
  for (int i = 0; i < kCount; ++i) {
    faults += fmt::format(R"({}{{"to":"{}",{},"next":1}})", i == 0 ? "" : ",",
                          Person{i + 1}.phone(), kFaults[i].what);
  }
  house.open_sandbox(fmt::format(
      R"({{"send":[{}],"platform":{{"sent_after_ms":[60000,60000],"delivered_after_ms":[1,2],"read_ppm":0}}}})",
      faults));
  house.serve();
  for (int i = 0; i < kCount; ++i) {
    const Person person{i + 1};
    EXPECT_TRUE(eventually([&] { return house.state_of(person, "due_0") == kFaults[i].state; }))
        << kFaults[i].what << " became " << house.state_of(person, "due_0");
    EXPECT_EQ(house.sent(person).size(), kFaults[i].taken) << kFaults[i].what;
  }
  house.advance_platform(61);
  for (int i = 0; i < kCount; ++i) {
    const Person person{i + 1};
    EXPECT_TRUE(eventually([&] { return house.state_of(person, "due_0") == kFaults[i].at_last; }))
        << kFaults[i].what << " ended as " << house.state_of(person, "due_0");
    EXPECT_LE(house.sent(person).size(), 1u) << kFaults[i].what;
  }
}

// Nobody listens at the other end: nothing has left, so the message is not uncertain and is tried
// again.
TEST(Faults, MessageWaitsWhileThePlatformIsGone) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent({1}, 1));
  house.close_sandbox();
  ASSERT_EQ(house.pay({1}, 15'000'000, "P-1").status, 200);
  ASSERT_TRUE(eventually(
      [&] { return house.count("SELECT attempts FROM outbox WHERE step='thanks'") >= 1; }));
  EXPECT_TRUE(eventually([&] { return house.state_of({1}, "thanks") == "planned"; }))
      << house.state_of({1}, "thanks");
  EXPECT_EQ(house.metric("failed_ticks"), 0);
}

// The platform has taken the message and the process dies before it hears so.
TEST(Faults, DeathBeforeTheAnswerMakesItUncertainAndTheStatusResolvesIt) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox(R"({"send":[{"kind":"hang_after","next":1}],
                        "platform":{"sent_after_ms":[60000,60000],"delivered_after_ms":[1,2],"read_ppm":0}})");
  house.serve();
  const Person person{1};
  ASSERT_TRUE(house.has_sent(person, 1));
  house.kill_serve();
  house.set_clock(house.platform_time());
  house.serve();
  ASSERT_TRUE(eventually([&] { return house.state_of(person, "due_0") == "uncertain"; }))
      << house.state_of(person, "due_0");
  const int64_t until = house.metric("ticks") + 2;
  ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= until; }));
  EXPECT_EQ(house.sent(person).size(), 1u);
  house.advance_platform(61);
  EXPECT_TRUE(eventually([&] { return house.state_of(person, "due_0") == "delivered"; }))
      << house.state_of(person, "due_0");
  EXPECT_EQ(house.sent(person).size(), 1u);
}

}  // namespace
}  // namespace puntual::e2e
