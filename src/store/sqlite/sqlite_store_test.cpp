// What is particular to a SQLite file: its lock, its schema, readers beside the writer, a full
// disk.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "store/migrate.h"
#include "store/store.h"

namespace puntual {
namespace {

constexpr CreditorId kOwner{1};
const Instant kStart = *parse_rfc3339("2026-11-24T14:00:00Z");

class SqliteFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "puntual-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    url_ = "sqlite:" + name + "/a.db";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Store> open() {
    auto store = Store::open(url_);
    if (!store) ADD_FAILURE() << store.error().message;
    return store ? *std::move(store) : nullptr;
  }
  std::filesystem::path folder_;
  std::string url_;
};

void say(Tx& tx, std::string_view kind) {
  tx.timeline.append({.creditor_id = kOwner,
                      .debtor_id = {1},
                      .at = kStart,
                      .kind = std::string(kind),
                      .detail = ""},
                     tx.ids);
}

TEST_F(SqliteFile, SecondWriterIsRefusedUntilTheFirstIsGone) {
  {
    const auto first = open();
    const auto second = Store::open(url_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Unsafe);
    EXPECT_TRUE(second.error().message.contains("another puntual process"))
        << second.error().message;
    first->note_holder("http://127.0.0.1:1");
    EXPECT_EQ(Store::holder(url_), "http://127.0.0.1:1");
  }
  EXPECT_FALSE(Store::holder(url_));
  EXPECT_NE(open(), nullptr);
}

// Whoever asks who holds the database must not be taken for its holder.
TEST_F(SqliteFile, AskingForTheHolderNeverKeepsAServerFromStarting) {
  open().reset();
  std::atomic<bool> stopping = false;
  std::thread asking([&] {
    while (!stopping) (void)Store::holder(url_);
  });
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(Store::open(url_).has_value()) << i;
  stopping = true;
  asking.join();
}

TEST_F(SqliteFile, ReaderSeesWhatIsCommittedAndCannotWrite) {
  const auto writer = open();
  const auto reader = Store::open_read_only(url_);
  ASSERT_TRUE(reader) << reader.error().message;
  ASSERT_TRUE(writer->write([](Tx& tx) { tx.creditors.set_fact("x", "1"); }));
  EXPECT_EQ(*(*reader)->read([](Tx& tx) { return tx.creditors.fact("x"); }), "1");
  const auto refused = (*reader)->write([](Tx& tx) { tx.creditors.set_fact("x", "2"); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Forbidden);
  EXPECT_EQ(*writer->read([](Tx& tx) { return tx.creditors.fact("x"); }), "1");
}

TEST_F(SqliteFile, ReadingWhatIsNotThereIsNotFoundAndMakesNothing) {
  const auto none = Store::open_read_only(url_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  std::ofstream(folder_ / "a.db");
  const auto empty = Store::open_read_only(url_);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::NotFound);
  EXPECT_EQ(Store::open("mysql://x").error().code, ErrorCode::Invalid);
  EXPECT_EQ(Store::open("sqlite:").error().code, ErrorCode::Invalid);
}

TEST_F(SqliteFile, FileOfSomebodyElseIsLeftAlone) {
  const std::string foreign(8192, 'x');
  std::ofstream(folder_ / "a.db") << foreign;
  for (const bool read_only : {false, true}) {
    const auto store = read_only ? Store::open_read_only(url_) : Store::open(url_);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::Unsafe) << store.error().message;
  }
  EXPECT_EQ(std::filesystem::file_size(folder_ / "a.db"), foreign.size());
}

TEST_F(SqliteFile, NewerSchemaIsRefusedNamingBothVersions) {
  ASSERT_TRUE(open()->write([](Tx& tx) {
    tx.db.run("INSERT INTO schema_version (version, sha256, works_from) VALUES (9999, '', 9999)");
  }));
  for (const bool read_only : {false, true}) {
    const auto store = read_only ? Store::open_read_only(url_) : Store::open(url_);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::Unsafe);
    EXPECT_TRUE(store.error().message.contains("9999")) << store.error().message;
    EXPECT_TRUE(store.error().message.contains(std::to_string(store::schema_version())));
  }
}

TEST_F(SqliteFile, MigratesOnceAndKeepsWhatIsThere) {
  ASSERT_TRUE(open()->write([](Tx& tx) { tx.creditors.set_fact("x", "kept"); }));
  const auto again = open();
  EXPECT_EQ(*again->read([](Tx& tx) { return tx.creditors.fact("x"); }), "kept");
  EXPECT_EQ(*again->read([](Tx& tx) {
    auto rows = tx.db.query("SELECT COUNT(*) FROM schema_version");
    return rows.next() ? rows.integer(0) : 0;
  }),
            store::schema_version());
}

// A clock that was set back between two runs must not give out an id twice.
TEST_F(SqliteFile, IdsGoOnAfterARestartWithTheClockSetBack) {
  ASSERT_TRUE(open()->write([](Tx& tx) {
    for (int i = 0; i < 100; ++i) say(tx, "before");
  }));
  const auto after = open();
  const auto said = after->write([](Tx& tx) {
    say(tx, "after");
    return tx.timeline.of_debtor(kOwner, DebtorId{1}).back().kind;
  });
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(*said, "after");
}

// The disk is full in the middle of a transaction: all of it is taken back, the error is a
// temporary one, and the same call succeeds once there is room.
TEST_F(SqliteFile, FullDiskTakesBackTheWholeTransaction) {
  const auto store = open();
  ASSERT_TRUE(store->write([](Tx& tx) { tx.db.script("PRAGMA max_page_count=120"); }));
  const auto fill = [](Tx& tx) {
    for (int i = 0; i < 2000; ++i)
      tx.creditors.set_fact(fmt::format("fact{}", i), std::string(500, 'x'));
  };
  const auto full = store->write(fill);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::Unavailable) << full.error().message;
  EXPECT_EQ(*store->read([](Tx& tx) { return tx.creditors.fact("fact0"); }), "");
  ASSERT_TRUE(store->write([](Tx& tx) { tx.db.script("PRAGMA max_page_count=100000"); }));
  EXPECT_TRUE(store->write(fill));
}

TEST_F(SqliteFile, ManyWritersTakeTurnsAndLoseNothing) {
  const auto store = open();
  ASSERT_TRUE(store->write([](Tx& tx) { tx.creditors.set_fact("count", "0"); }));
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 25; ++j) {
        EXPECT_TRUE(store->write([](Tx& tx) {
          tx.creditors.set_fact("count", std::to_string(std::stoi(tx.creditors.fact("count")) + 1));
        }));
        EXPECT_TRUE(store->read([](Tx& tx) { return tx.creditors.fact("count"); }));
      }
    });
  }
  for (auto& one : writers) one.join();
  EXPECT_EQ(*store->read([](Tx& tx) { return tx.creditors.fact("count"); }), "100");
}

}  // namespace
}  // namespace puntual
