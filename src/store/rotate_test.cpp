// A rotation of the master key that is cut off anywhere is finished by the next start, and opens
// nobody who was erased.
#include "store/rotate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "store/master_key.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/store.h"

namespace puntual::store {
namespace {

constexpr CreditorId kCreditor{1};
constexpr Instant kNow{1'795'528'800'000};
constexpr int kPeople = 5200;  // More than one batch.

class Rotation : public testing::Test {
 protected:
  Rotation() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    const auto store = open();
    EXPECT_TRUE(store->write([&](Tx& tx) {
      for (int i = 0; i < kPeople; ++i) tx.debtors.insert(person(i), kNow);
      return true;
    }));
    EXPECT_TRUE(store->erase(kCreditor, person(3).id, kNow));
  }
  ~Rotation() override { std::filesystem::remove_all(folder_); }

  static Debtor person(int i) {
    return {.id = DebtorId{1000 + i},
            .creditor_id = kCreditor,
            .name = fmt::format("Persona {}", i),
            .country = "CO",
            .zone = {},
            .phone = {},
            .user_id = {},
            .email = {}};
  }
  std::unique_ptr<Store> open() {
    auto store = Store::open("sqlite:" + path_);
    EXPECT_TRUE(store) << store.error().message;
    return store ? *std::move(store) : nullptr;
  }
  std::string name_of(Store& store, int i) {
    const auto debtor =
        store.read([&](Tx& tx) { return tx.debtors.find(kCreditor, person(i).id); });
    return debtor && *debtor ? (*debtor)->name : "unreadable";
  }
  void expect_everybody(Store& store) {
    for (const int i : {0, 1, 4999, 5000, 5001, kPeople - 1})
      EXPECT_EQ(name_of(store, i), person(i).name);
    EXPECT_EQ(name_of(store, 3), "");
  }

  const std::string folder_ =
      fmt::format("{}/rotation-{}", std::filesystem::temp_directory_path().string(), ::getpid());
  const std::string path_ = folder_ + "/puntual.db";
  const std::string master_ = usual_master_file(path_);
};

TEST_F(Rotation, OpensEverythingWithTheNewKeyAndNothingWithTheOld) {
  const Secret old_key = read_master_key(master_);
  prepare_next_master_key(master_);
  expect_everybody(*open());
  EXPECT_FALSE(is_rotating(master_));
  EXPECT_NE(read_master_key(master_), old_key);
  std::filesystem::remove(master_);
  EXPECT_FALSE(Store::open("sqlite:" + path_).has_value());
}

TEST_F(Rotation, IsFinishedByTheNextStartWhereverItWasCutOff) {
  prepare_next_master_key(master_);
  const Secret next = read_master_key(master_ + ".next");
  {
    const auto db = open_sqlite(path_, SqliteMode::Writer);
    EXPECT_FALSE(finish_rotation(*db, master_, 1));  // The process dies after the first batch.
  }
  EXPECT_TRUE(is_rotating(master_));
  prepare_next_master_key(master_);  // Ordered again: the same key goes on.
  EXPECT_EQ(read_master_key(master_ + ".next"), next);
  expect_everybody(*open());
  EXPECT_EQ(read_master_key(master_), next);
}

TEST_F(Rotation, AReaderOfAHalfRotatedDatabaseIsToldWhatToDo) {
  prepare_next_master_key(master_);
  const auto reader = Store::open_read_only("sqlite:" + path_);
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().message.find("puntual key rotate"), std::string::npos)
      << reader.error().message;
}

}  // namespace
}  // namespace puntual::store
