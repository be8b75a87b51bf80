// The schema's window: who may work on which database, and what is kept before it is changed.
#include "store/migrate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "store/sqlite/sqlite_connection.h"

namespace puntual::store {
namespace {

constexpr std::string_view kFirst =
    "-- Works with programs from schema 1\nCREATE TABLE a (x BIGINT);";
constexpr std::string_view kOther =
    "-- Works with programs from schema 1\nCREATE TABLE a (x BIGINT, y BIGINT);";
constexpr std::string_view kAdding =
    "-- Works with programs from schema 1\nALTER TABLE a ADD COLUMN z BIGINT;";
constexpr std::string_view kBreaking =
    "-- Works with programs from schema 3\nALTER TABLE a DROP COLUMN x;";

std::vector<Migration> migrations(std::initializer_list<std::string_view> texts) {
  std::vector<Migration> all;
  for (const auto text : texts) all.push_back({.name = "test", .sql = text});
  return all;
}

class MigrateTest : public testing::Test {
 protected:
  void run(std::initializer_list<std::string_view> texts) {
    migrate(*db_, Dialect::Sqlite, migrations(texts));
  }
  std::string refusal(std::initializer_list<std::string_view> texts) {
    try {
      run(texts);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.error.code, ErrorCode::Unsafe);
      return failure.error.message;
    }
    return {};
  }
  std::unique_ptr<Connection> db_ = open_sqlite(":memory:", SqliteMode::Writer);
};

TEST_F(MigrateTest, EachRunsOnceAndTheNextReleaseGoesOn) {
  run({kFirst});
  run({kFirst});
  EXPECT_EQ(schema_of(*db_), 1);
  run({kFirst, kAdding});
  EXPECT_EQ(schema_of(*db_), 2);
  db_->run("INSERT INTO a (x, z) VALUES (1, 2)");
}

TEST_F(MigrateTest, AnAdjacentOlderProgramGoesOn) {
  run({kFirst, kAdding});
  EXPECT_EQ(refusal({kFirst}), "");
  EXPECT_EQ(schema_of(*db_), 2);
}

TEST_F(MigrateTest, AProgramThatIsTooOldRefusesAndNamesBothVersions) {
  run({kFirst, kAdding, kBreaking});
  EXPECT_EQ(refusal({kFirst, kAdding}),
            "the database has schema 3, which needs a program of schema 3 or newer; this program "
            "knows up to 2: use the newer program");
}

TEST_F(MigrateTest, AnotherTextOfTheSameMigrationIsRefused) {
  run({kFirst});
  EXPECT_NE(refusal({kOther}).find("never released"), std::string::npos);
}

TEST_F(MigrateTest, AMigrationThatFailsLeavesTheDatabaseAsItWas) {
  run({kFirst});
  EXPECT_THROW(run({kFirst,
                    "-- Works with programs from schema 1\nCREATE TABLE b (x BIGINT); CREATE TABLE "
                    "a (x BIGINT);"}),
               Failure);
  db_->rollback();
  EXPECT_EQ(schema_of(*db_), 1);
  EXPECT_THROW((void)db_->query("SELECT x FROM b"), Failure);
}

TEST_F(MigrateTest, ACopyIsKeptBeforeADatabaseIsChanged) {
  const std::string path = fmt::format("{}/it's a copy {}.db",
                                       std::filesystem::temp_directory_path().string(), ::getpid());
  EXPECT_EQ(keep_copy_before_migration(*db_, path, migrations({kFirst})),
            std::nullopt);  // There is nothing yet.
  run({kFirst});
  EXPECT_EQ(keep_copy_before_migration(*db_, path, migrations({kFirst})), std::nullopt);
  db_->run("INSERT INTO a (x) VALUES (7)");
  const auto copy = keep_copy_before_migration(*db_, path, migrations({kFirst, kAdding}));
  ASSERT_TRUE(copy.has_value());
  {
    const auto kept = open_sqlite(*copy, SqliteMode::Reader);
    EXPECT_EQ(schema_of(*kept), 1);
    auto rows = kept->query("SELECT x FROM a");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), 7);
  }
  std::filesystem::remove(*copy);
}

TEST(BuiltInMigrations, SayFromWhichProgramTheyWork) {
  ASSERT_FALSE(built_in_migrations().empty());
  int64_t version = 0;
  for (const auto& migration : built_in_migrations()) {
    EXPECT_LE(migration.works_from(), ++version) << migration.name;
    EXPECT_GE(migration.works_from(), 1) << migration.name;
  }
}

}  // namespace
}  // namespace puntual::store
