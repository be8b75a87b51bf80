// What is particular to PostgreSQL: a connection that breaks, a server that is not to be trusted, a password in a URL.
#include "store/postgres/postgres_connection.h"

#include <gtest/gtest.h>

#include "store/store.h"
#include "tests/support/postgres_server.h"

namespace puntual::store {
namespace {

TEST(Postgres, PasswordsAreNotShown) {
  EXPECT_EQ(without_password("postgresql://ana:s3cret@db/x"), "postgresql://ana:***@db/x");
  EXPECT_EQ(without_password("postgresql://ana@db/x?password=s3cret&sslmode=require"), "postgresql://ana@db/x?password=***&sslmode=require");
  EXPECT_EQ(without_password("postgresql://db/x"), "postgresql://db/x");
}

TEST(Postgres, NobodyThereIsUnavailableAndSaysWhere) {
  const auto store = Store::open("postgresql://ana:s3cret@127.0.0.1:1/x", {.master_file = "/nowhere"});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(store.error().message.contains("127.0.0.1")) << store.error().message;
  EXPECT_FALSE(store.error().message.contains("s3cret")) << store.error().message;
}

// The power fails: what was committed is there again, a transaction in the middle is not, and the store goes on by itself.
TEST(Postgres, StoreGoesOnWhenItsServerHasComeBack) {
  const auto server = tests::PostgresServer::start();
  ASSERT_TRUE(server) << server.error().message;
  const auto store = Store::open((*server)->url("postgres"), {.master_file = (*server)->master_file()});
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
  EXPECT_EQ((*store)->read([](Tx& tx) { return tx.creditors.fact("x"); }).error().code, ErrorCode::Unavailable);
  ASSERT_TRUE((*server)->start_again());
  EXPECT_TRUE((*store)->write([](Tx& tx) { tx.creditors.set_fact("z", "new"); }));
  EXPECT_EQ((*store)->read([](Tx& tx) { return tx.creditors.fact("x") + tx.creditors.fact("y") + tx.creditors.fact("z"); }).value_or("?"), "keptnew");
}

TEST(Postgres, ServerThatDoesNotKeepItsWordIsRefused) {
  const auto server = tests::PostgresServer::start({"fsync=off"});
  ASSERT_TRUE(server) << server.error().message;
  const auto store = Store::open((*server)->url("postgres"), {.master_file = (*server)->master_file()});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::Unsafe);
  EXPECT_TRUE(store.error().message.contains("fsync=on")) << store.error().message;
}

}  // namespace
}  // namespace puntual::store
