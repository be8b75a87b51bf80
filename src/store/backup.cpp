#include "store/backup.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "store/migrate.h"
#include "store/postgres/postgres_connection.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/transaction.h"

namespace puntual::store {
namespace {

constexpr std::string_view kSqliteUrl = "sqlite:";
constexpr std::string_view kKeysTable = "person_key";

struct Column {
  std::string name;
  enum class Type : uint8_t { Integer, Text, Bytes } type = Type::Integer;
};
struct Table {
  std::string name;
  std::vector<Column> columns;
};

// As the database's own catalogue tells them: a table that a later migration adds is copied like
// the others. Who runs on the database at this moment is no part of it.
std::vector<Table> tables_of(Connection& db) {
  std::vector<Table> tables;
  for (auto rows = db.query("SELECT name FROM sqlite_master WHERE type='table' AND name NOT IN "
                            "('schema_version', 'node', 'lease') ORDER BY name");
       rows.next();) {
    tables.push_back({.name = rows.text(0), .columns = {}});
  }
  for (auto& table : tables) {
    for (auto rows =
             db.query("SELECT name, type FROM pragma_table_info($1) ORDER BY cid", {table.name});
         rows.next();) {
      const auto type = rows.view(1) == "BLOB"   ? Column::Type::Bytes
                        : rows.view(1) == "TEXT" ? Column::Type::Text
                                                 : Column::Type::Integer;
      table.columns.push_back({.name = rows.text(0), .type = type});
    }
  }
  return tables;
}

Param param_of(const Rows& row, const Column& column, int index) {
  if (row.is_null(index)) return std::nullopt;
  switch (column.type) {
    case Column::Type::Bytes:
      return Bytes{row.bytes(index)};
    case Column::Type::Text:
      return row.view(index);
    case Column::Type::Integer:
      return row.integer(index);
  }
  return std::nullopt;
}

int64_t copy_table(Connection& from, Connection& to, const Table& table) {
  std::string names, places;
  for (const auto& column : table.columns) {
    names += (names.empty() ? "" : ",") + column.name;
    places += fmt::format("{}${}", places.empty() ? "" : ",",
                          std::count(places.begin(), places.end(), '$') + 1);
  }
  const Sql select = Sql::kept(fmt::format("SELECT {} FROM {}", names, table.name));
  const Sql insert =
      Sql::kept(fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, names, places));
  int64_t count = 0;
  std::vector<Param> params;
  for (auto rows = from.query(select); rows.next(); ++count) {
    params.clear();
    for (size_t i = 0; i < table.columns.size(); ++i)
      params.push_back(param_of(rows, table.columns[i], static_cast<int>(i)));
    to.run(insert, params);
  }
  return count;
}

bool is_only_kept(std::string_view table) {
  static constexpr std::string_view kKept[] = {"timeline",   "audit_anchor",     "inbox",
                                               "attachment", "webhook_endpoint", "webhook_delivery",
                                               "api_answer", "user_session",     "rehearsal"};
  return std::ranges::find(kKept, table) != std::end(kKept);
}

int64_t copy_tables(Connection& from, Connection& to, SnapshotOf what) {
  int64_t count = 0;
  for (const auto& table : tables_of(to)) {
    if ((table.name == kKeysTable) == (what == SnapshotOf::Keys))
      count += copy_table(from, to, table);
  }
  return count;
}

template <class F>
auto caught(F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (const Failure& failure) {
    return std::unexpected(failure.error);
  }
}

Result<void> with_tx(Connection& db, Lane lane, const std::function<Result<void>(Tx&)>& use) {
  IdSource ids;
  Vault nobodys(random_secret(), random_secret());
  Result<void> answer;
  RETURN_IF_ERROR(run_on(db, nobodys, ids, {}, lane, [&](Tx& tx) {
    answer = use(tx);
    return answer.has_value();
  }));
  return answer;
}

}  // namespace

Result<void> write_snapshot(const std::string& url, const std::string& path, SnapshotOf what) {
  if (!url.starts_with(kSqliteUrl)) {
    return fail(ErrorCode::Invalid,
                "{}: this database is copied with its own tools: pg_dump, or a base backup with "
                "its log (docs/operating.md)",
                url.substr(0, url.find(':') + 1));
  }
  const std::string source = url.substr(kSqliteUrl.size());
  if (::access(source.c_str(), R_OK) != 0)
    return fail(ErrorCode::NotFound, "{}: no such database", source);
  if (::access(path.c_str(), F_OK) == 0)
    return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", path);
  return caught([&]() -> Result<void> {
    const auto from = open_sqlite(source, SqliteMode::Reader);
    require_same_schema(*from);
    const auto to = open_sqlite(path, SqliteMode::Writer);
    to->script("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");  // Half a copy is no copy: it is
                                                                    // synced once it is whole.
    migrate(*to, Dialect::Sqlite);
    from->run("BEGIN");
    to->begin();
    copy_tables(*from, *to, what);
    to->commit();
    from->rollback();
    return {};
  });
}

Result<void> write_trial(const std::string& url, const std::string& path) {
  return caught([&]() -> Result<void> {
    const auto from = Store::is_shared(url)
                          ? open_postgres(url)
                          : open_sqlite(url.substr(kSqliteUrl.size()), SqliteMode::Reader);
    const auto to = open_sqlite(path, SqliteMode::Writer);
    to->script("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
    migrate(*to, Dialect::Sqlite);
    from->begin(Connection::Access::Read);
    require_same_schema(*from);
    to->begin();
    for (const auto& table : tables_of(*to)) {
      if (!is_only_kept(table.name)) copy_table(*from, *to, table);
    }
    to->commit();
    from->rollback();
    return {};
  });
}

Result<int64_t> add_keys(const std::string& keys_path, const std::string& path) {
  return caught([&]() -> Result<int64_t> {
    const auto from = open_sqlite(keys_path, SqliteMode::Reader);
    require_same_schema(*from);
    const auto to = open_sqlite(path, SqliteMode::Writer);
    to->begin();
    const int64_t count = copy_tables(*from, *to, SnapshotOf::Keys);
    to->commit();
    return count;
  });
}

Result<void> look_at(const std::string& path, const std::function<Result<void>(Tx&)>& look) {
  return caught([&] {
    const auto db = open_sqlite(path, SqliteMode::Reader);
    require_schema(*db);
    return with_tx(*db, Lane::Read, look);
  });
}

Result<void> change_at(const std::string& path, const std::function<Result<void>(Tx&)>& change) {
  return caught([&] {
    const auto db = open_sqlite(path, SqliteMode::Writer);
    migrate(*db, Dialect::Sqlite);
    return with_tx(*db, Lane::Write, change);
  });
}

}  // namespace puntual::store
