#include "tests/support/test_database.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "store/postgres/postgres_connection.h"
#include "tests/support/postgres_server.h"

namespace puntual::tests {
namespace {

// Everything that tests have written; the schema and the deployment's key stay. Append-only tables
// let themselves be emptied by the server's owner alone.
constexpr char kEmpty[] = R"(
SET session_replication_role = replica;
DO $$ DECLARE one text; BEGIN
FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('schema_version', 'deployment', 'node')
LOOP EXECUTE format('DELETE FROM %I', one); END LOOP;
DELETE FROM deployment WHERE name <> 'deployment_key';
UPDATE node SET until = 0;
END $$;
DROP FUNCTION IF EXISTS tests_refuse CASCADE;
SET session_replication_role = origin)";

// Databases that no test uses now; a new one costs more than emptying an old one.
struct Pool {
  std::mutex mutex;
  std::vector<std::string> free;
  int made = 0;
};
Pool& pool() {
  static Pool all;
  return all;
}

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "the tests' database: %s\n", error.message.c_str());
  std::exit(1);
}

std::string take_database(PostgresServer& server) {
  const std::lock_guard lock(pool().mutex);
  if (!pool().free.empty()) {
    std::string name = std::move(pool().free.back());
    pool().free.pop_back();
    store::open_postgres(server.url(name))->script(kEmpty);
    return name;
  }
  std::string name = fmt::format("test{}", ++pool().made);
  store::open_postgres(server.url("postgres"))->script("CREATE DATABASE " + name);
  return name;
}

}  // namespace

TestDatabase::TestDatabase() {
  if (!on_postgres()) {
    url_ = "sqlite::memory:";
    return;
  }
  PostgresServer& server = PostgresServer::shared();
  try {
    name_ = take_database(server);
  } catch (const store::Failure& failure) {
    give_up(failure.error);
  }
  url_ = server.url(name_);
  master_file_ = server.master_file();
}

TestDatabase::~TestDatabase() {
  if (name_.empty()) return;
  const std::lock_guard lock(pool().mutex);
  pool().free.push_back(name_);
}

bool TestDatabase::on_postgres() {
  const char* told = std::getenv("PUNTUAL_TEST_DATABASE");
  return told != nullptr && std::string_view(told) == "postgresql";
}

std::string TestDatabase::unguard(std::string_view table) {
  if (on_postgres()) return "SET LOCAL session_replication_role = replica;";
  return fmt::format(
      "DROP TRIGGER IF EXISTS {0}_is_never_changed; DROP TRIGGER {0}_is_never_removed;", table);
}

void TestDatabase::refuse(store::Connection& db, std::string_view table, std::string_view when) {
  db.script(on_postgres() ? fmt::format("CREATE FUNCTION tests_refuse() RETURNS trigger LANGUAGE "
                                        "plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused' "
                                        "USING ERRCODE = 'restrict_violation'; END $$; CREATE "
                                        "TRIGGER refused BEFORE INSERT ON {} FOR EACH ROW "
                                        "WHEN ({}) EXECUTE FUNCTION tests_refuse()",
                                        table, when)
                          : fmt::format("CREATE TRIGGER refused BEFORE INSERT ON {} WHEN {} BEGIN "
                                        "SELECT RAISE(ABORT, 'refused'); END",
                                        table, when));
}

void TestDatabase::allow(store::Connection& db, std::string_view table) {
  db.script(on_postgres()
                ? fmt::format("DROP TRIGGER refused ON {}; DROP FUNCTION tests_refuse", table)
                : "DROP TRIGGER refused");
}

void TestDatabase::fill_disk(store::Connection& db) {
  if (on_postgres()) {
    return db.script(
        "CREATE FUNCTION tests_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'no space left' "
        "USING ERRCODE = 'disk_full'; END $$; DO $$ DECLARE one text; BEGIN FOR one IN SELECT "
        "tablename FROM pg_tables "
        "WHERE schemaname = 'public' LOOP EXECUTE format('CREATE TRIGGER disk_is_full BEFORE "
        "INSERT OR UPDATE ON %I "
        "EXECUTE FUNCTION tests_refuse()', one); END LOOP; END $$");
  }
  auto pages = db.query("PRAGMA page_count");
  if (pages.next()) db.script(fmt::format("PRAGMA max_page_count={}", pages.integer(0)));
}

void TestDatabase::free_disk(store::Connection& db) {
  db.script(on_postgres() ? "DROP FUNCTION tests_refuse CASCADE" : "PRAGMA max_page_count=100000");
}

std::unique_ptr<Store> TestDatabase::open() const {
  auto store = Store::open(url_, options());
  if (!store) give_up(store.error());
  return *std::move(store);
}

}  // namespace puntual::tests
