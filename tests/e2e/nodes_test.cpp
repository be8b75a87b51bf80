// Several `puntual serve` on one PostgreSQL database: together they are one house. Nobody hears
// anything twice, the rate of the number is never exceeded, and what one node has heard holds for
// all.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <map>
#include <thread>

#include "store/postgres/postgres_connection.h"
#include "tests/support/house.h"
#include "tests/support/postgres_server.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;

constexpr int kRate = 40;

class Nodes : public testing::Test {
 protected:
  void add_node() { nodes_.push_back(house.another_node()); }
  static std::string door_of(const Child& node) {
    return member_text(parse_json(node.out()).value_or(json::value()), "url").value_or("");
  }

  // So many nodes, the first of them with the door that the platform knows, and people who are to
  // be written to today.
  void open(int people, int nodes = 2) {
    house.open_sandbox(R"({"platform":{"read_ppm":0,"delivered_after_ms":[1,50]}})");
    house.faults(fmt::format(R"({{"platform":{{"messages_per_second":{}}}}})", kRate));
    house.set_clock(house.platform_time());
    house.serve();
    for (int i = 1; i < nodes; ++i) add_node();
    ASSERT_EQ(house.import(portfolio_of(1, people)).exit_code, 0);
    ASSERT_TRUE(have_sent(20));
  }
  // The node that sends.
  Child& sender() {
    const std::string number = fmt::format(
        "\"node\":{}}}", house.count("SELECT node FROM lease WHERE name LIKE 'send:%'"));
    for (const auto& node : nodes_) {
      if (get(door_of(*node) + "/readyz").body.contains(number)) return *node;
    }
    EXPECT_TRUE(get(house.url("/readyz")).body.contains(number));
    return house.server();
  }
  [[nodiscard]] int64_t in_state(std::string_view state) const {
    const std::string sql =
        fmt::format("SELECT COUNT(*) FROM outbox WHERE step='due_0' AND state='{}'", state);
    return counted(sql);
  }
  [[nodiscard]] int64_t counted(const std::string& sql) const { return house.count(sql.c_str()); }
  // What all of them have to say.
  [[nodiscard]] std::string told() const {
    std::string all;
    for (const auto& node : nodes_) all += node->err();
    return all;
  }
  // Everybody was written to once; who was on the way when a process died, at most once.
  void expect_once(int people, int64_t unsure_max = 0) const {
    std::map<std::string, int> times;
    for (const auto& one : house.sent()) ++times[member_text(one, "phone").value_or("")];
    for (const auto& [phone, count] : times) EXPECT_EQ(count, 1) << phone;
    EXPECT_GE(static_cast<int64_t>(times.size()), people - unsure_max);
    // The platform answers 130429 to whoever is faster than the number may be.
    EXPECT_EQ(counted("SELECT COUNT(*) FROM timeline WHERE kind='try_later' AND detail='130429'"),
              0);
    EXPECT_EQ(counted("SELECT COUNT(*) FROM inbox WHERE state='poison'"), 0);
    EXPECT_EQ(house.command({"audit", "verify"}).exit_code, 0);
  }
  [[nodiscard]] bool have_sent(size_t count, seconds within = seconds(30)) const {
    return eventually([&] { return house.sent().size() >= count; }, within);
  }

  [[nodiscard]] bool all_said() const {
    return eventually([&] { return in_state("planned") == 0; }, seconds(40));
  }

  House house{tests::PostgresServer::shared().new_database(), kRate};
  std::vector<std::unique_ptr<Child>> nodes_;
};

TEST_F(Nodes, ThreeSendEachThingOnceAtTheRateOfOne) {
  constexpr int kPeople = 240;
  open(kPeople, 3);
  ASSERT_TRUE(have_sent(kPeople));
  ASSERT_TRUE(eventually([&] { return in_state("delivered") == kPeople; }, seconds(20)))
      << in_state("accepted");
  expect_once(kPeople);
  EXPECT_EQ(counted("SELECT COUNT(*) FROM node WHERE owner<>''"), 3);
}

TEST_F(Nodes, WhenTheSenderIsKilledAnotherGoesOnWithinTheLease) {
  constexpr int kPeople = 300;
  open(kPeople);
  Child& killed = sender();
  killed.signal(SIGKILL);
  ASSERT_EQ(killed.wait(), 128 + SIGKILL);
  ASSERT_GT(in_state("planned"), 50) << "little was left to take over";
  const auto before = house.sent().size();
  ASSERT_TRUE(have_sent(before + 20, seconds(15)));
  ASSERT_TRUE(all_said());
  expect_once(kPeople, kRate);
}

TEST_F(Nodes, AStoppedNodeHandsOverAtOnceAndANewOneJoins) {
  constexpr int kPeople = 300;
  open(kPeople);
  Child& stopped = sender();
  stopped.signal(SIGTERM);
  EXPECT_EQ(stopped.wait(), 0) << stopped.err();
  const auto before = house.sent().size();
  EXPECT_TRUE(have_sent(
      before + 1,
      seconds(3)));  // Much sooner than a lease of three seconds, and one, would have ended.
  add_node();
  ASSERT_TRUE(have_sent(kPeople));
  ASSERT_TRUE(all_said());
  expect_once(kPeople);
}

TEST_F(Nodes, AFrozenNodeIsFencedOutWhenItWakes) {
  constexpr int kPeople = 900;
  open(kPeople);
  Child& frozen = sender();
  frozen.signal(SIGSTOP);
  ASSERT_GT(in_state("planned"), 50) << "little was left to take over";
  const auto before = house.sent().size();
  ASSERT_TRUE(have_sent(before + 50, seconds(60)))
      << told();  // It may have stopped with the lock in its hand, which the server takes from it.
  frozen.signal(SIGCONT);
  EXPECT_EQ(frozen.wait(), 75) << frozen.err();
  EXPECT_TRUE(frozen.err().contains("node_lost")) << frozen.err();
  ASSERT_TRUE(all_said());
  expect_once(kPeople, kRate);
}

TEST_F(Nodes, APauseAndAStopOnOneHoldOnTheOther) {
  constexpr int kPeople = 400;
  open(kPeople);
  const Person person{kPeople};
  house.person_says(person, "BAJA");
  ASSERT_TRUE(eventually([&] { return house.count("SELECT COUNT(*) FROM opt_out") == 1; }));
  ASSERT_EQ(house.command({"pause", "--why", "prueba"}).exit_code, 0);  // A third process.
  const auto paused_at = std::chrono::steady_clock::now();
  const auto has_passed = [&](int s) {
    return eventually([&] { return std::chrono::steady_clock::now() - paused_at > seconds(s); });
  };
  // No intent is committed after it; what was claimed before has begun within two seconds, or never
  // will.
  const int64_t intents =
      house.count("SELECT COUNT(*) FROM outbox WHERE state='in_flight' OR platform_id<>''");
  ASSERT_TRUE(has_passed(2));
  const auto sent = house.sent().size();
  ASSERT_TRUE(has_passed(4));
  EXPECT_EQ(house.sent().size(), sent);
  EXPECT_LE(house.count("SELECT COUNT(*) FROM outbox WHERE state='in_flight' OR platform_id<>''"),
            intents);
  EXPECT_GT(in_state("planned"), 0) << "nothing was left to hold back";
  ASSERT_EQ(house.command({"resume"}).exit_code, 0);
  ASSERT_TRUE(all_said());
  for (const auto& message : house.sent(person))
    EXPECT_NE(member_text(message, "type"), "template");
}

// Hours and deadlines are counted by the machine, leases by the database: nothing is sent while
// they disagree, and what comes in is kept.
TEST_F(Nodes, AClockThatTheDatabaseContradictsSendsNothing) {
  const auto set_database_clock = [&](int seconds_off) {
    store::open_postgres(house.database)
        ->script(fmt::format("CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS "
                             "timestamptz LANGUAGE sql AS $$ SELECT pg_catalog.clock_timestamp() "
                             "+ interval '{} seconds' $$",
                             seconds_off));
  };
  set_database_clock(0);
  store::open_postgres(house.database)
      ->script(
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, "
          "pg_catalog', current_database()); END $$");
  open(30, 1);
  ASSERT_TRUE(all_said());
  set_database_clock(-90);
  ASSERT_TRUE(eventually([&] {
    return get(house.url("/readyz")).body.contains("ahead of that of the database");
  })) << get(house.url("/readyz")).body;
  const auto sent = house.sent().size();
  ASSERT_EQ(house.import(portfolio_of(100, 5)).exit_code, 0);
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.C1", "hola")).status, 200);
  EXPECT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }));
  EXPECT_EQ(house.sent().size(), sent);
  set_database_clock(0);
  EXPECT_TRUE(eventually([&] { return get(house.url("/readyz")).status == 200; }));
  EXPECT_TRUE(have_sent(sent + 5));
}

// The same people at the same time: each is taken in once, and both files are answered for.
TEST_F(Nodes, TwoImportsAtOnceOfTheSamePeopleBothGoWell) {
  constexpr int kPeople = 3000;
  house.open_sandbox();
  house.set_clock(house.platform_time());
  house.serve();
  const std::string file = portfolio_of(1, kPeople);
  Ran ran;
  std::thread beside([&] { ran = house.import(file); });  // A process of its own.
  const Answer answer =
      house.order("/v1/imports?consent=Contrato&confirmed_by=contract&evidence=Contrato", file);
  beside.join();
  ASSERT_EQ(answer.status, 200) << answer.body;
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  int64_t created = 0;
  for (const auto& report : {answer.body, ran.out})
    created += member_int(parse_json(report).value_or(json::value()), "created").value_or(-1);
  EXPECT_EQ(created, kPeople);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), kPeople);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice"), kPeople);
}

// Who knows the old key would go on writing people whom nobody could read: first they end, then the
// key is changed.
TEST_F(Nodes, TheMasterKeyIsNotChangedUnderALivingNode) {
  open(30);
  const Ran refused = house.command({"key", "rotate"});
  EXPECT_EQ(refused.exit_code, 6) << refused.err;
  ASSERT_EQ(house.import(portfolio_of(100, 5)).exit_code, 0);
  for (Child* node : {&house.server(), nodes_.front().get()}) {
    node->signal(SIGTERM);
    EXPECT_EQ(node->wait(), 0);
  }
  const Ran rotated = house.command({"key", "rotate"});
  EXPECT_EQ(rotated.exit_code, 0) << rotated.err;
  const Ran doctor = house.command({"doctor", "--json"});
  EXPECT_TRUE(doctor.out.contains(R"("grade":"ok","code":"keys")")) << doctor.out << doctor.err;
}

TEST(Init, MakesTheDatabaseOnTheServerThatIsNamed) {
  const Scratch folder;
  const std::string dir = folder / "node", url = tests::PostgresServer::shared().new_database();
  const auto made = run({"init", dir, "--database", url});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_FALSE(std::filesystem::exists(dir + "/puntual.db"));
  EXPECT_TRUE(std::filesystem::exists(dir + "/keys/master.key"));
  const auto plan =
      run({"migrate", "--data-dir", dir, "--plan"});  // The settings know where it is.
  EXPECT_EQ(plan.exit_code, 0) << plan.err;
  EXPECT_FALSE(plan.out.contains("falta")) << plan.out;
}

}  // namespace
}  // namespace puntual::e2e
