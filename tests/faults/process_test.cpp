// The process stands still, the machine's clock is wrong, an assumption of ours is false: nothing
// is sent that should not be, and what comes in is kept.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/faults/disk.h"
#include "tests/faults/witness.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;

class Troubled : public testing::Test {
 protected:
  void open(std::vector<std::string> environment) {
    ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
    house.open_sandbox(R"({"platform":{"read_ppm":0}})");
    set_clock(0, 0);
    environment.insert(environment.end(), {std::string("LD_PRELOAD=") + PUNTUAL_FAULT_SHIM,
                                           "FAULT_CLOCK=" + (house.folder / "clock")});
    house.serve(std::move(environment));
  }
  // Moves this machine's clocks, as the server sees them.
  void set_clock(int64_t wall_ms, int64_t boot_ms) {
    write_file(house.folder / "clock", fmt::format("{:<20}{:<20}", wall_ms, boot_ms));
  }
  [[nodiscard]] bool welcome(const Person& person) const {
    return house
               .order("/v1/imports?consent=Contrato&confirmed_by=contract&evidence=Contrato",
                      portfolio_of(person.number, 1))
               .status == 200;
  }
  void let_it_turn(int times) const {
    const int64_t until = house.metric("ticks") + times;
    ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= until; }));
  }
  House house;
};

TEST_F(Troubled, ClockThatJumpsSendsNothingUntilItIsRight) {
  open({});
  ASSERT_TRUE(house.has_sent({1}, 1));
  EXPECT_EQ(house.metric("clock_in_doubt"), 0);
  set_clock(3000, 0);
  ASSERT_TRUE(eventually([&] { return house.metric("clock_in_doubt") == 1; }, seconds(2)));
  EXPECT_TRUE(get(house.url("/readyz")).body.contains("jumped")) << get(house.url("/readyz")).body;
  ASSERT_TRUE(welcome({2}));
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.C1", "hola")).status, 200);
  EXPECT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }));
  // Within the minute that the platform's clock allows, it is confirmed by the platform.
  EXPECT_TRUE(house.has_sent({2}, 1));
  EXPECT_EQ(get(house.url("/readyz")).status, 200);
}

TEST_F(Troubled, ClockThatThePlatformContradictsSendsNothing) {
  open({});
  ASSERT_TRUE(house.has_sent({1}, 1));
  set_clock(90'000, 0);
  ASSERT_TRUE(eventually(
      [&] { return get(house.url("/readyz")).body.contains("ahead of that of WhatsApp"); }));
  ASSERT_TRUE(welcome({2}));
  let_it_turn(3);
  EXPECT_TRUE(house.sent(Person{2}).empty());
  EXPECT_EQ(house.state_of({2}, "due_0"), "none");
  set_clock(0, 0);
  EXPECT_TRUE(eventually([&] { return get(house.url("/readyz")).status == 200; }));
  ASSERT_TRUE(welcome({3}));
  EXPECT_TRUE(house.has_sent({3}, 1));
}

// The whole process stands still, and six hours pass: what it had in hand is not sent, and it
// listens first.
TEST_F(Troubled, ProcessThatWasFrozenListensFirst) {
  open({"PUNTUAL_FAILPOINT=dispatch.committed=pause"});
  ASSERT_TRUE(eventually([&] { return house.state_of({1}, "due_0") == "in_flight"; }));
  set_clock(6 * kHourMs, 6 * kHourMs);
  house.server().signal(SIGCONT);
  EXPECT_TRUE(eventually([&] { return house.state_of({1}, "due_0") == "planned"; }))
      << house.state_of({1}, "due_0");
  EXPECT_TRUE(eventually([&] { return house.server().err().contains("listening_first"); }));
  let_it_turn(2);
  EXPECT_TRUE(house.sent(Person{1}).empty());
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.Z1", "hola")).status, 200);
}

TEST_F(Troubled, BrokenAssumptionStopsSendingAndNotReceiving) {
  open({"PUNTUAL_FAILPOINT=dispatch.in_flight=check"});
  ASSERT_TRUE(eventually([&] { return house.metric("engine_stopped") == 1; }));
  EXPECT_TRUE(get(house.url("/readyz")).body.contains("the engine has stopped"));
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.B1", "hola")).status, 200);
  EXPECT_TRUE(house.sent().empty());
  EXPECT_EQ(house.state_of({1}, "due_0"), "planned");  // The transaction was taken back.
  house.server().signal(SIGTERM);
  EXPECT_EQ(house.server().wait(seconds(10)), 0);
  house.set_clock(house.platform_time());
  house.serve();
  EXPECT_TRUE(house.has_sent({1}, 1));
  EXPECT_TRUE(
      eventually([&] { return house.count("SELECT COUNT(*) FROM conversation_message") == 1; }));
}

TEST_F(Troubled, DatabaseThatIsDamagedIsRefusedByName) {
  open({});
  house.server().signal(SIGTERM);  // An orderly end leaves no log that could mend it.
  ASSERT_EQ(house.server().wait(), 0);
  const std::string path = house.folder / "puntual.db";
  std::string bytes = file_text(path);
  ASSERT_GT(bytes.size(), 100u);
  bytes.replace(0, 64, std::string(64, 'x'));
  write_file(path, bytes);
  house.start();
  EXPECT_EQ(house.server().wait(), 6);
  EXPECT_TRUE(house.server().err().contains("not a database")) << house.server().last_words();
}

}  // namespace
}  // namespace puntual::e2e
