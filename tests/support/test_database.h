// A database for one test: empty, migrated, and of the kind that this run is for.
// PUNTUAL_TEST_DATABASE=postgresql runs the same tests on PostgreSQL; without it they run on
// SQLite.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace puntual::tests {

class TestDatabase {
 public:
  TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  ~TestDatabase();

  [[nodiscard]] static bool on_postgres();
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] StoreOptions options() const { return {.master_file = master_file_}; }
  // SQL that lets the rest of the transaction change an append-only table, as who owns the database
  // could.
  [[nodiscard]] static std::string unguard(std::string_view table);
  // From now on the database refuses such a row ("NEW.name='x'"), or says that its disk is full, or
  // no longer.
  static void refuse(store::Connection& db, std::string_view table, std::string_view when);
  static void allow(store::Connection& db, std::string_view table);
  static void fill_disk(store::Connection& db);
  static void free_disk(store::Connection& db);
  // Ends the program when it cannot be opened. On SQLite, in memory: a new database each time.
  [[nodiscard]] std::unique_ptr<Store> open() const;

 private:
  std::string name_, url_, master_file_;
};

}  // namespace puntual::tests
