// What is particular to PostgreSQL: a connection that breaks, a server that is not to be trusted, a
// password in a URL.
#include "store/postgres/postgres_connection.h"

#include <gtest/gtest.h>

#include <chrono>

#include "store/rotate.h"
#include "store/store.h"
#include "tests/support/postgres_server.h"

namespace puntual::store {
namespace {

TEST(Postgres, PasswordsAreNotShown) {
  EXPECT_EQ(without_password("postgresql://ana:s3cret@db/x"), "postgresql://ana:***@db/x");
  EXPECT_EQ(without_password("postgresql://ana@db/x?password=s3cret&sslmode=require"),
            "postgresql://ana@db/x?password=***&sslmode=require");
  EXPECT_EQ(without_password("postgresql://db/x"), "postgresql://db/x");
  EXPECT_EQ(without_password("postgresql://ana:s3@cr/et@db/x"), "postgresql://ana:***@db/x");
}

// libpq would take a part of the password for a host, a port or a database, and name it.
TEST(Postgres, AUrlThatHidesItsPasswordBadlyIsRefusedWithoutAWordOfIt) {
  for (const std::string url :
       {"postgresql://ana:s3cr/et@127.0.0.1:1/x", "postgresql://ana:s3cr@et@127.0.0.1:1/x",
        "postgresql://ana:s3cr/x", "postgresql://ana:s3cr%zet@127.0.0.1:1/x",
        "postgre://ana:s3cr@et@db/x"}) {
    const auto store = Store::open(url, {.master_file = "/nowhere"});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::Invalid) << url;
    EXPECT_FALSE(store.error().message.contains("s3cr") || store.error().message.contains("et@"))
        << store.error().message;
  }
}

// It hangs: whoever waits is told so in time, and it is gone on with when it wakes. A process that
// ends waits less.
TEST(Postgres, AServerThatHangsIsUnavailableAndKeepsNobodyFromEnding) {
  const auto server = tests::PostgresServer::start();
  ASSERT_TRUE(server) << server.error().message;
  const auto store =
      Store::open((*server)->url("postgres"),
                  {.master_file = (*server)->master_file(), .node_ttl_ms = kMinuteMs});
  ASSERT_TRUE(store) << store.error().message;
  const auto seconds_of = [&](ErrorCode expected) {
    const auto began = std::chrono::steady_clock::now();
    const auto written = (*store)->write([](Tx& tx) { tx.creditors.set_fact("x", "new"); });
    EXPECT_EQ(written ? ErrorCode::Internal : written.error().code, expected)
        << (written ? "written" : written.error().message);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  (*server)->freeze();
  EXPECT_LT(seconds_of(ErrorCode::Unavailable), 9);
  (*server)->thaw();
  ASSERT_TRUE((*store)->write([](Tx& tx) { tx.creditors.set_fact("x", "kept"); }));
  (*server)->freeze();
  (*store)->hurry();
  EXPECT_LT(seconds_of(ErrorCode::Unavailable), 5);
  EXPECT_LT(seconds_of(ErrorCode::Unavailable), 0.5);
  (*server)->thaw();
}

// Every process that knows the old master key would go on writing people whom nobody can read
// afterwards.
TEST(Postgres, TheMasterKeyIsChangedByNobodyElseThanWhoIsAlone) {
  const auto server = tests::PostgresServer::start();
  ASSERT_TRUE(server) << server.error().message;
  const std::string url = (*server)->url("postgres"), master = (*server)->master_file();
  const auto open = [&] {
    return Store::open(url, {.master_file = master, .node_ttl_ms = kMinuteMs});
  };
  const auto node = open();
  ASSERT_TRUE(node) << node.error().message;
  const Debtor person{.id = DebtorId{1000},
                      .creditor_id = CreditorId{1},
                      .name = "Ana",
                      .country = "CO",
                      .zone = {},
                      .phone = {},
                      .user_id = {},
                      .email = {}};
  ASSERT_TRUE((*node)->write([&](Tx& tx) { tx.debtors.insert(person, Instant{1}); }));
  prepare_next_master_key(master);
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Unsafe) << refused.error().message;
  EXPECT_TRUE(is_rotating(master));
  EXPECT_TRUE((*node)->write([](Tx& tx) { tx.creditors.set_fact("x", "still"); }));

  // It stands still for longer than its lease: it is passed over, and writes no more when it wakes.
  ASSERT_TRUE((*node)->write([&](Tx& tx) {
    tx.db.run("UPDATE node SET until=0 WHERE number=$1", {(*node)->node().number});
  }));
  const auto rotated = open();
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_FALSE(is_rotating(master));
  const auto late = (*node)->write([](Tx& tx) { tx.creditors.set_fact("x", "late"); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::Unsafe) << late.error().message;
  EXPECT_EQ((*rotated)->read([](Tx& tx) { return tx.creditors.fact("x"); }), "still");
  EXPECT_EQ((*rotated)->read(
                [&](Tx& tx) { return tx.debtors.find(person.creditor_id, person.id)->name; }),
            "Ana");
  EXPECT_EQ((*rotated)->read([&](Tx& tx) { return tx.keys.count_unreadable(person.creditor_id); }),
            0);
}

TEST(Postgres, NobodyThereIsUnavailableAndSaysWhere) {
  const auto store =
      Store::open("postgresql://ana:s3cret@127.0.0.1:1/x", {.master_file = "/nowhere"});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(store.error().message.contains("127.0.0.1")) << store.error().message;
  EXPECT_FALSE(store.error().message.contains("s3cret")) << store.error().message;
}

// Stand-bys are seen by who may see them; any other role is told that it is blind.
TEST(Postgres, WarnsOfAStandByThatMayLackTheLastCommits) {
  const auto server = tests::PostgresServer::start();
  ASSERT_TRUE(server) << server.error().message;
  const auto stand_by = tests::PostgresServer::start_stand_by(**server);
  ASSERT_TRUE(stand_by) << stand_by.error().message;
  const auto owner = open_postgres((*server)->url("postgres"));
  owner->script("CREATE ROLE clerk LOGIN");
  std::string url = (*server)->url("postgres");
  url.replace(url.find("puntual@"), 8, "clerk@");
  const auto clerk = open_postgres(url);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::vector<std::string> seen;
  while (seen.empty() && std::chrono::steady_clock::now() < deadline)
    seen = require_durable_postgres(*owner);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_TRUE(seen.front().contains("asynchronous: a fail-over")) << seen.front();
  const auto guessed = require_durable_postgres(*clerk);
  ASSERT_EQ(guessed.size(), 1U);
  EXPECT_TRUE(guessed.front().contains("pg_monitor")) << guessed.front();
}

// The power fails: what was committed is there again, a transaction in the middle is not, and the
// store goes on by itself.
TEST(Postgres, StoreGoesOnWhenItsServerHasComeBack) {
  const auto server = tests::PostgresServer::start();
  ASSERT_TRUE(server) << server.error().message;
  const auto store =
      Store::open((*server)->url("postgres"), {.master_file = (*server)->master_file()});
  ASSERT_TRUE(store) << store.error().message;
  ASSERT_TRUE((*store)->write([](Tx& tx) { tx.creditors.set_fact("x", "kept"); }));
  const auto broken = (*store)->write([&](Tx& tx) {
    tx.creditors.set_fact("x", "lost");
    EXPECT_EQ(tx.creditors.fact("x"), "lost");
    (*server)->kill();
    tx.creditors.set_fact("y", "lost");
  });
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::Unavailable) << broken.error().message;
  EXPECT_EQ((*store)->read([](Tx& tx) { return tx.creditors.fact("x"); }).error().code,
            ErrorCode::Unavailable);
  ASSERT_TRUE((*server)->start_again());
  EXPECT_TRUE((*store)->write([](Tx& tx) { tx.creditors.set_fact("z", "new"); }));
  EXPECT_EQ((*store)
                ->read([](Tx& tx) {
                  return tx.creditors.fact("x") + tx.creditors.fact("y") + tx.creditors.fact("z");
                })
                .value_or("?"),
            "keptnew");
}

TEST(Postgres, ServerThatDoesNotKeepItsWordIsRefused) {
  const auto server = tests::PostgresServer::start({"fsync=off"});
  ASSERT_TRUE(server) << server.error().message;
  const auto store =
      Store::open((*server)->url("postgres"), {.master_file = (*server)->master_file()});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::Unsafe);
  EXPECT_TRUE(store.error().message.contains("fsync=on")) << store.error().message;
}

}  // namespace
}  // namespace puntual::store
