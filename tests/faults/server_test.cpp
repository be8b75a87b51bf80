// The PostgreSQL server dies under load, cuts connections, or a stand-by takes its place: two nodes
// go on by themselves, nothing that was acknowledged is lost, nobody hears anything twice.
#include <gtest/gtest.h>
#include <signal.h>

#include <set>

#include "store/postgres/postgres_connection.h"
#include "tests/faults/witness.h"
#include "tests/support/postgres_server.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;
using tests::PostgresServer;

std::unique_ptr<PostgresServer> started(Result<std::unique_ptr<PostgresServer>> server) {
  if (!server) ADD_FAILURE() << server.error().message;
  return server ? *std::move(server) : nullptr;
}

class TroubledServer : public testing::Test {
 protected:
  void open(int people) {
    house.open_sandbox(kPrompt);
    const Ran imported = house.import(portfolio_of(1, people));
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    house.set_clock(house.platform_time());
    house.serve();
    other = house.another_node();
  }
  // A node that was not heard of for longer than its lease, because the server was away, has been
  // fenced out by the other one and has ended: whoever watches over the processes starts it again.
  void keep_up() {
    if (!house.server().is_running()) {
      EXPECT_EQ(house.server().wait(), 75) << house.server().last_words();
      house.set_clock(house.platform_time());
      house.serve();
    }
    if (!other->is_running()) {
      EXPECT_EQ(other->wait(), 75) << other->last_words();
      other = house.another_node();
    }
  }
  [[nodiscard]] bool has_sent(size_t count) {
    return eventually([&] { return keep_up(), house.sent().size() >= count; }, seconds(30));
  }
  void expect_clean(const Acknowledged& acknowledged) {
    const auto is_quiet = [&] {
      keep_up();
      return house.metric("inbox_backlog") == 0 && house.metric("turns_waiting") == 0 &&
             house.metric(R"(outbox{state="in_flight"})") == 0;
    };
    // What is judged stands still.
    ASSERT_TRUE(eventually([&] {
      keep_up();
      return house.order("/v1/pause", "").status == 200;
    })) << house.server().last_words();
    ASSERT_TRUE(eventually(is_quiet, seconds(60))) << house.server().last_words();
    const Verdict verdict = look_at(house, acknowledged);
    EXPECT_TRUE(verdict.is_clean()) << verdict.text();
    EXPECT_GT(verdict.acknowledged, 50u);
    std::printf("%s", verdict.text().c_str());
  }
  std::unique_ptr<PostgresServer> server = started(PostgresServer::start());
  House house{server->new_database(), 20};
  std::unique_ptr<Child> other;
};

TEST_F(TroubledServer, WhenItDiesAndComesBackAllGoesOn) {
  open(200);
  Load load(house);
  load.welcome(200);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(has_sent(house.sent().size() + 10)) << house.server().last_words();
    server->kill();
    ASSERT_TRUE(server->start_again());
  }
  ASSERT_TRUE(has_sent(house.sent().size() + 10)) << house.server().last_words();
  load.stop();
  expect_clean(load.acknowledged());
}

// In the middle of anything, and of commits too.
TEST_F(TroubledServer, WhenItCutsConnectionsAllGoesOn) {
  open(200);
  Load load(house);
  load.welcome(200);
  const auto admin = store::open_postgres(server->url("postgres"));
  for (int i = 0; i < 40; ++i) {
    admin->script(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'database%' AND "
        "random() < 0.5");
    if (i % 10 != 9) continue;
    ASSERT_TRUE(has_sent(house.sent().size() + 10)) << house.server().last_words();
  }
  load.stop();
  expect_clean(load.acknowledged());
}

// It hangs: how we are is told within two seconds and a little, and SIGTERM is obeyed within ten
// (OPS-09).
TEST_F(TroubledServer, WhenItHangsThatIsToldAndANodeStillEnds) {
  open(30);
  const auto seconds_since = [](auto began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  ASSERT_EQ(get(house.url("/readyz")).status, 200);
  ASSERT_TRUE(has_sent(30));
  server->freeze();
  const auto asked = std::chrono::steady_clock::now();
  ASSERT_TRUE(eventually([&] { return get(house.url("/readyz")).status == 503; }, seconds(5)));
  EXPECT_LT(seconds_since(asked), 4.5);  // One second of these it says what it knew before.
  const std::string body = get(house.url("/readyz")).body;
  EXPECT_FALSE(body.contains("SELECT") || body.contains("COMMIT")) << body;
  const auto told = std::chrono::steady_clock::now();
  other->signal(SIGTERM);
  EXPECT_EQ(other->wait(), 0) << other->last_words();
  EXPECT_LT(seconds_since(told), 10) << other->last_words();
  server->thaw();
  ASSERT_TRUE(eventually(
      [&] {
        if (!house.server().is_running()) house.serve();
        return get(house.url("/readyz")).status == 200;
      },
      seconds(30)))
      << house.server().last_words();
}

// What the stand-by did not get any more is not sent again, until a person has said how far the
// lost server came.
TEST_F(TroubledServer, AStandByThatTakesOverIsNotSentFromUntilAPersonHasLooked) {
  const auto stand_by = started(PostgresServer::start_stand_by(*server));
  ASSERT_TRUE(stand_by);
  house.database += "," + stand_by->folder();  // ?host=one,other
  open(200);
  ASSERT_TRUE(has_sent(20));
  stand_by->kill();  // It is behind from here on.
  ASSERT_TRUE(has_sent(house.sent().size() + 20));
  server->kill();
  ASSERT_TRUE(stand_by->start_again());
  stand_by->promote();
  ASSERT_TRUE(eventually(
      [&] { return keep_up(), get(house.url("/readyz")).body.contains("no: quarantine"); },
      seconds(30)))
      << house.server().last_words();
  // What was claimed before the fall has left, or never does, two seconds later (send_deadline_ms).
  const auto fell_at = std::chrono::steady_clock::now();
  ASSERT_TRUE(
      eventually([&] { return keep_up(), std::chrono::steady_clock::now() - fell_at > seconds(3); },
                 seconds(30)));
  const auto sent = house.sent().size();
  const int64_t turns =
      house.metric("ticks") + 8;  // The place of any node that was lost has run out.
  ASSERT_TRUE(eventually([&] { return keep_up(), house.metric("ticks") >= turns; }, seconds(30)));
  EXPECT_EQ(house.sent().size(), sent);
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.S1", "hola")).status, 200);

  const std::string lost_at = house.platform_time();
  house.set_clock(lost_at);
  const auto lift = [&] {
    return house.command({"quarantine", "lift", "--sent-until", lost_at, "--by", "Marta Ruiz"});
  };
  const Ran lifted = lift();
  ASSERT_EQ(lifted.exit_code, 0) << lifted.err;
  ASSERT_EQ(house
                .order("/v1/imports?consent=Contrato&confirmed_by=contract&evidence=Contrato",
                       portfolio_of(300, 1))
                .status,
            200);
  // A node that comes to know of the fall only now asks for a look once more.
  EXPECT_TRUE(eventually(
      [&] {
        if (get(house.url("/readyz")).body.contains("no: quarantine")) (void)lift();
        return house.sent(Person{300}).size() == 1;
      },
      seconds(20)))
      << get(house.url("/readyz")).body;
  std::set<std::string> phones;
  for (const auto& message : house.sent()) {
    if (member_text(message, "type") != "template") continue;
    EXPECT_TRUE(phones.insert(member_text(message, "phone").value_or("")).second)
        << to_json(message);
  }
}

}  // namespace
}  // namespace puntual::e2e
