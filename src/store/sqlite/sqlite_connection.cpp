#include "store/sqlite/sqlite_connection.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <unordered_map>
#include <vector>

#include "store/dialect.h"

namespace puntual::store {
namespace {

ErrorCode sqlite_error_code(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    // The machine's trouble, not the statement's: the same call succeeds once there is room again.
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
      return ErrorCode::Unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::Unsafe;
    case SQLITE_CONSTRAINT:
      return ErrorCode::Conflict;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return ErrorCode::Forbidden;
    default:
      return ErrorCode::Internal;
  }
}

[[noreturn]] void throw_sqlite(sqlite3* db, std::string_view doing) {
  const int code = sqlite3_extended_errcode(db);
  throw Failure{Error{sqlite_error_code(code), fmt::format("database: {} ({}, while: {})",
                                                           sqlite3_errmsg(db), code, doing)}};
}

// An fsync that failed is never tried again: the kernel has dropped what it could not write, and
// the next fsync would say that all is well. So the process ends here, before anybody is told that
// anything is kept; the next start reads the log again. SQLite's own log is where it tells of every
// one, also of those in a checkpoint, whose failure the commit around it does not give back.
void end_at_failed_fsync(void*, int code, const char* message) {
  if (code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC) return;
  std::fprintf(stderr,
               "puntual: the disk could not keep what was written, so this process ends and must "
               "be started again: %s\n",
               message);
  _exit(6);  // Unsafe (docs/operating.md).
}

void configure_once() {
  // Both are refused when SQLite was in use before, which only a test can do.
  static const bool done =
      sqlite3_config(SQLITE_CONFIG_LOG, end_at_failed_fsync, nullptr) == SQLITE_OK &&
      // SQLite's count of its memory takes a lock at every allocation, of all connections together.
      sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  (void)done;
}

// "$12" → "?12" outside of quotes: in SQLite $1 is a name and would be numbered by first
// appearance.
std::string numbered_parameters(std::string_view sql) {
  std::string out(sql);
  bool quoted = false;
  for (char& c : out) {
    if (c == '\'') quoted = !quoted;
    if (c == '$' && !quoted) c = '?';
  }
  return out;
}

// A statement that fails ends its transaction here, as whoever asked for it does anyway
// (store/transaction.h). Else SQLite would copy each page that a statement of several rows touches,
// to take back that statement alone: a tenth of what those rows cost.
std::string ending_the_transaction(std::string sql) {
  for (const std::string_view verb : {"INSERT", "UPDATE"}) {
    if (sql.starts_with(verb)) sql.insert(verb.size(), " OR ROLLBACK");
  }
  return sql;
}

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  ~SqliteCursor() override { sqlite3_finalize(statement_); }

  void bind(std::span<const Param> params, sqlite3_destructor_type text_life) {
    busy_ = true;
    int index = 0;
    for (const auto& param : params) {
      ++index;
      int code = SQLITE_OK;
      if (const auto* number = std::get_if<int64_t>(&param.value_)) {
        code = sqlite3_bind_int64(statement_, index, *number);
      } else if (const auto* text = std::get_if<std::string_view>(&param.value_)) {
        // An empty view may have a null pointer, which SQLite would take for NULL.
        code = sqlite3_bind_text64(statement_, index, text->empty() ? "" : text->data(),
                                   text->size(), text_life, SQLITE_UTF8);
      } else if (const auto* bytes = std::get_if<Bytes>(&param.value_)) {
        code =
            sqlite3_bind_blob64(statement_, index, bytes->value.empty() ? "" : bytes->value.data(),
                                bytes->value.size(), text_life);
      } else {
        code = sqlite3_bind_null(statement_, index);
      }
      if (code != SQLITE_OK) throw_sqlite(db_, sqlite3_sql(statement_));
    }
  }

  bool next() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const std::string doing = sqlite3_sql(statement_);
    sqlite3_reset(statement_);
    throw_sqlite(db_, doing);
  }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, sqlite3_column_bytes(statement_, column));
  }
  std::string_view bytes(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, sqlite3_column_bytes(statement_, column));
  }
  void release() override {
    sqlite3_reset(statement_);
    busy_ = false;
  }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] bool is_query() const { return sqlite3_column_count(statement_) > 0; }

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_;
  bool busy_ = false;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, SqliteMode mode) {
    const int flags = mode == SqliteMode::Writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                 : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
      const std::string why = db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_);
      sqlite3_close(db_);
      throw Failure{Error{ErrorCode::Unavailable,
                          fmt::format("{}: the database cannot be opened: {}", path, why)}};
    }
    sqlite3_busy_timeout(db_, 5000);
    // A statement is planned once, not anew for each value that a partial index might know.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    try {
      if (mode == SqliteMode::Writer) {
        // A page is written by two calls and summed up when it is committed: larger ones make a
        // tenth less of dispatch (docs/performance.md). Of a database that is there already it
        // stays what it is.
        script(
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
            "foreign_keys=OFF;"
            "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; "
            "PRAGMA wal_autocheckpoint=2000;"
            "PRAGMA temp_store=MEMORY;");
      } else {
        script("PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16384;");
      }
    } catch (...) {
      statements_.clear();
      sqlite3_close(db_);  // The destructor of what was never made does not run.
      throw;
    }
  }
  ~SqliteConnection() override {
    statements_.clear();
    sqlite3_close(db_);
  }

  void script(const std::string& sql) override {
    insert_waiting();
    char* message = nullptr;
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
      sqlite3_free(message);
      throw_sqlite(db_, sql.substr(0, 200));
    }
  }
  void begin(Access access) override {
    run(access == Access::Write ? Sql("BEGIN IMMEDIATE") : Sql("BEGIN"));
  }
  void commit() override { run("COMMIT"); }
  void rollback() override {
    forget_waiting();
    if (sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }

 protected:
  // The texts of a query may be temporaries that are gone at its first next().
  Cursor& start(const char* sql, std::span<const Param> params) override {
    return bound(sql, params, SQLITE_TRANSIENT);
  }
  void post(const char* sql, std::span<const Param> params, std::optional<int64_t> rows) override {
    SqliteCursor& cursor = bound(sql, params, SQLITE_STATIC);
    const Rows released(cursor);
    int64_t found = 0;
    while (cursor.next()) ++found;
    if (!cursor.is_query()) found = changes();
    if (rows && found != *rows) throw Failure{unexpected_rows(found, *rows, sql)};
  }
  int64_t changes() override { return sqlite3_changes64(db_); }

 private:
  SqliteCursor& bound(const char* sql, std::span<const Param> params,
                      sqlite3_destructor_type text_life) {
    SqliteCursor& cursor = free_cursor(sql);
    cursor.bind(params, text_life);
    return cursor;
  }
  SqliteCursor& free_cursor(const char* sql) {
    auto& cursors = statements_[sql];
    for (auto& cursor : cursors) {
      if (!cursor->busy()) return *cursor;
    }
    sqlite3_stmt* statement = nullptr;
    const std::string text =
        ending_the_transaction(numbered_parameters(in_dialect(sql, Dialect::Sqlite)));
    if (sqlite3_prepare_v3(db_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
        SQLITE_OK) {
      throw_sqlite(db_, text);
    }
    return *cursors.emplace_back(std::make_unique<SqliteCursor>(db_, statement));
  }
  sqlite3* db_ = nullptr;
  // Several cursors of one text: the same query may run inside its own loop.
  std::unordered_map<const char*, std::vector<std::unique_ptr<SqliteCursor>>> statements_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, SqliteMode mode) {
  configure_once();
  return std::make_unique<SqliteConnection>(path, mode);
}

}  // namespace puntual::store
