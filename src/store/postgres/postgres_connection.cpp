#include "store/postgres/postgres_connection.h"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <deque>
#include <unordered_map>

#include "store/dialect.h"

namespace puntual::store {
namespace {

// Types as PostgreSQL numbers them (pg_type.dat).
constexpr Oid kInt8 = 20, kText = 25, kBytea = 17, kNumeric = 1700, kUnknown = 0;
constexpr int kBinary = 1;
// More than these are not left unanswered: neither side's buffers grow without end.
constexpr size_t kUnansweredMax = 256;

// A session that stands still between statements with rows locked (a frozen node) is ended, so that
// the others can go on; Nodes::end_sessions_of_the_gone ends one that stands still within a
// pipeline, where the server counts no time.
constexpr char kSettings[] =
    "SET client_encoding='UTF8'; SET jit=off; SET default_transaction_isolation='read committed'; "
    "SET lock_timeout='30s'; "
    "SET idle_in_transaction_session_timeout='10s'; SET client_min_messages='error'; "
    // And which running of the database this is: a stand-by that takes over begins a new timeline.
    "SELECT system_identifier || '/' || CASE WHEN pg_is_in_recovery() THEN 'stand-by' ELSE "
    "left(pg_walfile_name(pg_current_wal_lsn()), 8) END "
    "FROM pg_control_system()";

// How long an answer may fail to come before the server is asked whether it is there at all, and
// how often we look up.
constexpr int kSilentMs = 5000, kSilentHurriedMs = 1000, kLookMs = 250;
constexpr char kSilent[] = "the server does not answer";

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// What the caller of a statement with this SQLSTATE can do.
// https://www.postgresql.org/docs/15/errcodes-appendix.html
ErrorCode postgres_error_code(std::string_view state) {
  if (state.starts_with("23")) return ErrorCode::Conflict;
  if (state.starts_with("22")) return ErrorCode::Invalid;
  if (state.starts_with("28") || state == "42501") return ErrorCode::Forbidden;
  if (state == "XX001" || state == "XX002") return ErrorCode::Unsafe;  // Damaged pages.
  // Connections, resources (disk full), locks not got, the server going down or standing by, its
  // machine's trouble.
  for (const std::string_view temporary : {"08", "53", "55", "57", "58", "25006", "25P03", "40"}) {
    if (state.starts_with(temporary)) return ErrorCode::Unavailable;
  }
  return ErrorCode::Internal;
}

// Only the primary message: details may hold values.
Failure failure_of(const PGresult* answer, std::string_view sql) {
  const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view code = state == nullptr ? "" : state;
  return {.error = {postgres_error_code(code),
                    fmt::format("database: {} ({}, while: {})",
                                message == nullptr ? "no answer" : message, code, sql)},
          .again = code == "40001" || code == "40P01"};
}

// Where a password holds a raw / or @, or the user is missing, libpq takes a part of it for a host
// or a port and would say it aloud: such a URL is refused without a word of it.
void require_readable(const std::string& url) {
  const auto at = url.find('@'),
             slash = url.find('/', url.find("://") == std::string::npos ? 0 : url.find("://") + 3);
  bool is_readable = url.find('@', at == std::string::npos ? at : at + 1) == std::string::npos &&
                     (at == std::string::npos || slash > at);
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
  for (const PQconninfoOption* one = options.get(); one != nullptr && one->keyword != nullptr;
       ++one) {
    const std::string_view value = one->val == nullptr ? "" : one->val;
    if (std::string_view(one->keyword) == "port")
      is_readable = is_readable && value.find_first_not_of("0123456789,") == std::string_view::npos;
  }
  if (is_readable && options) return;
  throw Failure{{ErrorCode::Invalid,
                 "the URL of the database cannot be read (expected "
                 "postgresql://USER:PASSWORD@HOST:PORT/NAME; in a "
                 "password / is written %2F, @ is %40, : is %3A, % is %25)"}};
}

class PostgresCursor final : public Cursor {
 public:
  void take(Answer answer) {
    answer_ = std::move(answer);
    row_ = -1;
    busy_ = true;
  }
  bool next() override { return ++row_ < PQntuples(answer_.get()); }
  bool is_null(int column) const override { return PQgetisnull(answer_.get(), row_, column) != 0; }
  int64_t integer(int column) const override {
    const char* value = PQgetvalue(answer_.get(), row_, column);
    if (PQftype(answer_.get(), column) == kNumeric && !is_null(column))
      return whole_of_numeric(value);
    switch (PQgetlength(answer_.get(), row_, column)) {
      case 8:
        return static_cast<int64_t>(be64toh(read<uint64_t>(value)));
      case 4:
        return static_cast<int32_t>(be32toh(read<uint32_t>(value)));
      case 0:
        return 0;  // NULL, as in SQLite.
      default:
        throw Failure{
            {ErrorCode::Internal, "database: a column was asked as an integer and is none"}};
    }
  }
  std::string_view text(int column) const override { return bytes(column); }
  std::string_view bytes(int column) const override {
    return {PQgetvalue(answer_.get(), row_, column),
            static_cast<size_t>(PQgetlength(answer_.get(), row_, column))};
  }
  void release() override {
    answer_.reset();
    busy_ = false;
  }
  [[nodiscard]] bool busy() const { return busy_; }

 private:
  template <class T>
  static T read(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  // A SUM of bigint is a numeric: count of digits to the base 10,000, exponent of the first, sign,
  // scale, digits.
  static int64_t whole_of_numeric(const char* value) {
    const auto word = [&](int index) {
      return static_cast<int16_t>(be16toh(read<uint16_t>(value + 2 * index)));
    };
    int64_t whole = 0;
    for (int i = 0; i <= word(1); ++i) whole = whole * 10'000 + (i < word(0) ? word(4 + i) : 0);
    return word(2) == 0 ? whole : -whole;
  }
  Answer answer_{nullptr, PQclear};
  int row_ = -1;
  bool busy_ = false;
};

// The values of a statement as libpq wants them; all in binary.
struct Values {
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  std::vector<Oid> types;
  std::vector<uint64_t> numbers;

  void set(std::span<const Param> params) {
    values.clear(), lengths.clear(), types.clear();
    formats.assign(params.size(), kBinary);
    numbers.resize(params.size());
    for (size_t i = 0; i < params.size(); ++i) {
      const auto& value = params[i].value_;
      if (const auto* number = std::get_if<int64_t>(&value)) {
        numbers[i] = htobe64(static_cast<uint64_t>(*number));
        add(kInt8, {reinterpret_cast<const char*>(&numbers[i]), sizeof(uint64_t)});
      } else if (const auto* text = std::get_if<std::string_view>(&value)) {
        add(kText, *text);
      } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        add(kBytea, bytes->value);
      } else {
        // Of what type, the server knows by its place.
        values.push_back(nullptr), lengths.push_back(0), types.push_back(kUnknown);
      }
    }
  }

 private:
  void add(Oid type, std::string_view bytes) {
    values.push_back(bytes.empty() ? "" : bytes.data());  // A null pointer would be NULL.
    lengths.push_back(static_cast<int>(bytes.size()));
    types.push_back(type);
  }
};

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(std::string url, std::shared_ptr<ServerHealth> health)
      : url_(std::move(url)), health_(std::move(health)) {
    require_readable(url_);
    connect();
  }

  void script(const std::string& sql) override {
    insert_waiting();
    need_connection();
    sync(sql);
    // Several statements in one text need libpq's plain mode.
    PQexitPipelineMode(link_.get());
    const Answer answer(PQexec(link_.get(), sql.c_str()), PQclear);
    PQenterPipelineMode(link_.get());
    const auto status = PQresultStatus(answer.get());
    if (PQstatus(link_.get()) == CONNECTION_BAD) throw_broken(sql.substr(0, 200));
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      throw failure_of(answer.get(), sql.substr(0, 200));
  }

  void begin(Access access) override {
    need_connection();
    in_transaction_ = true;
    send(access == Access::Write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {},
         {.sql = "BEGIN"});
  }
  bool is_shared() const override { return true; }
  void name_session(std::string_view name) override {
    name_ = name;
    if (link_) script(fmt::format("SET application_name='{}'", name_));
  }
  std::string_view incarnation() const override { return incarnation_; }
  void commit() override {
    insert_waiting();
    // The server does not count for us: what was expected is known before the end is asked for.
    if (std::ranges::any_of(unanswered_,
                            [](const Unanswered& one) { return one.rows.has_value(); }))
      (void)ask("COMMIT");
    send("COMMIT", {}, {.sql = "COMMIT"});
    is_committing_ = true;
    const Answer last = sync("COMMIT");
    is_committing_ = false;
    in_transaction_ = false;
    // A transaction that had failed before answers ROLLBACK.
    if (std::string_view(PQcmdStatus(last.get())) != "COMMIT") {
      throw Failure{
          {ErrorCode::Internal, "database: the transaction was rolled back instead of committed"}};
    }
  }
  void rollback() override {
    forget_waiting();
    is_committing_ = false;
    if (!std::exchange(in_transaction_, false) || !link_) return;
    try {
      (void)sync("ROLLBACK");
    } catch (const Failure&) {  // What was still unanswered failed as well.
    }
    try {
      if (!link_) return;
      send("ROLLBACK", {}, {.sql = "ROLLBACK"});
      (void)sync("ROLLBACK");
    } catch (const Failure&) {
      link_.reset();  // The server takes back what a connection leaves.
      forget();
    }
  }

 protected:
  Cursor& start(const char* sql, std::span<const Param> params) override {
    if (!in_transaction_) need_connection();
    Statement& statement = send(sql, params, {.sql = sql});
    Answer answer = in_transaction_ ? ask(sql) : sync(sql);
    for (auto& cursor : statement.cursors) {
      if (!cursor->busy()) return taken(*cursor, std::move(answer));
    }
    return taken(*statement.cursors.emplace_back(std::make_unique<PostgresCursor>()),
                 std::move(answer));
  }
  void post(const char* sql, std::span<const Param> params, std::optional<int64_t> rows) override {
    if (!in_transaction_) need_connection();
    send(sql, params, {.sql = sql, .rows = rows});
    if (!in_transaction_) {
      (void)sync(sql);
    } else if (unanswered_.size() >= kUnansweredMax) {
      (void)ask(sql);
    }
  }
  int64_t changes() override {
    if (!unanswered_.empty()) (void)ask("");
    return changes_;
  }

 private:
  struct Statement {
    std::string name;
    bool is_prepared = false;  // Or on its way there.
    std::vector<std::unique_ptr<PostgresCursor>>
        cursors;  // The same query may run inside its own loop.
  };
  // What was sent and has not been answered yet.
  struct Unanswered {
    const char* sql = "";
    std::optional<int64_t> rows = {};  // As many are expected.
    Statement* prepares = nullptr;
    bool is_sync = false;
  };

  static Cursor& taken(PostgresCursor& cursor, Answer answer) {
    cursor.take(std::move(answer));
    return cursor;
  }

  void connect() {
    if (health_->is_hurried && health_->is_silent) throw_broken("connect", kSilent);
    const char* names[] = {"application_name",     "connect_timeout",  "keepalives_idle",
                           "keepalives_interval",  "keepalives_count", "tcp_user_timeout",
                           "target_session_attrs", "dbname",           nullptr};
    const char* values[] = {name_.c_str(), health_->is_hurried ? "2" : "5",
                            "10",          "5",
                            "3",           "20000",
                            "read-write",  url_.c_str(),
                            nullptr};
    // The URL comes last: what it says counts.
    link_.reset(PQconnectdbParams(names, values, 1));
    forget();
    health_->is_silent = PQstatus(link_.get()) != CONNECTION_OK;
    if (health_->is_silent) {
      const std::string why = first_line(PQerrorMessage(link_.get()));
      link_.reset();
      throw Failure{{ErrorCode::Unavailable, fmt::format("{}: the database does not let us in: {}",
                                                         without_password(url_), why)}};
    }
    PQsetNoticeProcessor(
        link_.get(), [](void*, const char*) {}, nullptr);
    const Answer set(PQexec(link_.get(), kSettings), PQclear);
    if (PQresultStatus(set.get()) != PGRES_TUPLES_OK) throw_broken("settings");
    incarnation_ = PQgetvalue(set.get(), 0, 0);
    PQsetnonblocking(link_.get(), 1);  // Else both sides might wait for each other's buffers.
    PQenterPipelineMode(link_.get());
  }
  void need_connection() {
    if (!link_) connect();
  }
  // Nothing is prepared, or awaited, on a connection that is gone.
  void forget() {
    unanswered_.clear();
    for (auto& [sql, statement] : statements_) statement.is_prepared = false;
  }
  [[noreturn]] void throw_broken(std::string_view doing, std::string why = {}) {
    if (why.empty()) why = link_ ? first_line(PQerrorMessage(link_.get())) : "it broke before";
    link_.reset();
    forget();
    const std::string_view unknown = std::exchange(is_committing_, false)
                                         ? "; whether the transaction was kept is not known"
                                         : "";
    throw Failure{
        {ErrorCode::Unavailable,
         fmt::format("database: the connection is broken: {} (while: {}){}", why, doing, unknown)}};
  }

  Statement& send(const char* sql, std::span<const Param> params, const Unanswered& unanswered) {
    if (!link_) throw_broken(sql);
    values_.set(params);
    Statement& statement = statements_[sql];
    const int count = static_cast<int>(params.size());
    if (!statement.is_prepared) {
      if (statement.name.empty()) statement.name = fmt::format("s{}", statements_.size());
      const std::string text = in_dialect(sql, Dialect::Postgres);
      if (PQsendPrepare(link_.get(), statement.name.c_str(), text.c_str(), count,
                        values_.types.data()) == 0)
        throw_broken(sql);
      statement.is_prepared = true;
      unanswered_.push_back({.sql = sql, .prepares = &statement});
    }
    if (PQsendQueryPrepared(link_.get(), statement.name.c_str(), count, values_.values.data(),
                            values_.lengths.data(), values_.formats.data(), kBinary) == 0) {
      throw_broken(sql);
    }
    unanswered_.push_back(unanswered);
    return statement;
  }

  // All answers up to now, and the last one of them.
  Answer ask(std::string_view doing) {
    if (PQsendFlushRequest(link_.get()) == 0) throw_broken(doing);
    return answers();
  }
  // The same, and the server is ready for anything; outside of a transaction it keeps what it did.
  Answer sync(std::string_view doing) {
    send_sync(doing);
    return answers();
  }
  void send_sync(std::string_view doing) {
    if (!link_ || PQpipelineSync(link_.get()) == 0) throw_broken(doing);
    unanswered_.push_back({.sql = "sync", .is_sync = true});
  }

  // Reads what is awaited; throws the first failure among it, when the server is ready to hear
  // again.
  Answer answers() {
    Answer last(nullptr, PQclear);
    std::optional<Failure> failure;
    while (!unanswered_.empty()) {
      const Unanswered one = unanswered_.front();
      Answer answer = next_answer(one.sql);
      if (!answer) throw_broken(one.sql);
      unanswered_.pop_front();
      if (one.is_sync) continue;
      if (next_answer(one.sql)) throw_broken(one.sql);  // Each statement has one answer, then none.
      auto wrong = trouble_with(one, answer.get());
      if (wrong && one.prepares != nullptr) one.prepares->is_prepared = false;
      if (wrong && !failure) failure = std::move(wrong);
      last = std::move(answer);
      // Behind an error the server is deaf until the next sync.
      if (failure && unanswered_.empty() && PQpipelineStatus(link_.get()) == PQ_PIPELINE_ABORTED)
        send_sync(one.sql);
    }
    if (failure) throw Failure(*std::move(failure));
    return last;
  }
  std::optional<Failure> trouble_with(const Unanswered& one, const PGresult* answer) {
    const auto status = PQresultStatus(answer);
    if (status == PGRES_PIPELINE_ABORTED)
      return Failure{{ErrorCode::Internal, "database: an earlier statement has failed"}};
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      // A server that has become a stand-by (25006) is left: the next connection looks for the one
      // that writes.
      const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
      if (PQstatus(link_.get()) == CONNECTION_BAD ||
          (state != nullptr && std::string_view(state) == "25006"))
        throw_broken(one.sql);
      return failure_of(answer, one.sql);
    }
    const std::string_view count = PQcmdTuples(const_cast<PGresult*>(answer));
    changes_ = 0;
    std::from_chars(count.data(), count.data() + count.size(), changes_);
    if (one.rows && changes_ != *one.rows)
      return Failure{unexpected_rows(changes_, *one.rows, one.sql)};
    return std::nullopt;
  }

  // None is libpq's mark between statements, or a broken connection.
  Answer next_answer(std::string_view doing) {
    for (;;) {
      const int unsent = PQflush(link_.get());
      if (unsent < 0) throw_broken(doing);
      if (PQisBusy(link_.get()) == 0) return Answer(PQgetResult(link_.get()), PQclear);
      pollfd door{.fd = PQsocket(link_.get()),
                  .events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN),
                  .revents = 0};
      wait_for(door, doing);
      if ((door.revents & ~POLLOUT) != 0 && PQconsumeInput(link_.get()) == 0) throw_broken(doing);
    }
  }

  // Until something happens at the door, or the server turns out to be silent altogether: one that
  // is merely slow, or waits for a lock, still answers a knock.
  void wait_for(pollfd& door, std::string_view doing) {
    for (int waited_ms = 0;;) {
      const int happened = ::poll(&door, 1, kLookMs);
      if (happened > 0) return;
      if (happened < 0 && errno != EINTR) throw_broken(doing);
      if (health_->is_hurried && health_->is_silent) throw_broken(doing, kSilent);
      waited_ms += kLookMs;
      if (waited_ms < (health_->is_hurried ? kSilentHurriedMs : kSilentMs)) continue;
      waited_ms = 0;
      const char* names[] = {"dbname", "host", "port", "connect_timeout", nullptr};
      const char* values[] = {url_.c_str(), PQhost(link_.get()), PQport(link_.get()), "2", nullptr};
      health_->is_silent = PQpingParams(names, values, 1) == PQPING_NO_RESPONSE;
      if (health_->is_silent) throw_broken(doing, kSilent);
    }
  }

  std::string url_, incarnation_, name_ = "puntual";
  std::shared_ptr<ServerHealth> health_;
  std::unique_ptr<PGconn, decltype(&PQfinish)> link_{nullptr, PQfinish};
  std::unordered_map<const char*, Statement> statements_;
  std::deque<Unanswered> unanswered_;
  Values values_;
  int64_t changes_ = 0;
  bool in_transaction_ = false;
  bool is_committing_ = false;
};

[[noreturn]] void throw_unsafe_server(std::string_view what) {
  throw Failure{{ErrorCode::Unsafe, fmt::format("the PostgreSQL server {}", what)}};
}

}  // namespace

std::unique_ptr<Connection> open_postgres(const std::string& url,
                                          std::shared_ptr<ServerHealth> health) {
  return std::make_unique<PostgresConnection>(url, std::move(health));
}

std::vector<std::string> require_durable_postgres(Connection& db) {
  auto rows = db.query(
      "SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('fsync'), "
      "current_setting('full_page_writes'), "
      "current_setting('synchronous_commit'), current_setting('server_encoding'), "
      // Who may not see the statistics of others reads NULL here.
      "(SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'async'), (SELECT COUNT(*) "
      "FROM pg_stat_replication WHERE sync_state IS NULL)");
  if (!rows.next()) throw_unsafe_server("says nothing about itself");
  if (rows.integer(0) < 150000)
    throw_unsafe_server(fmt::format("is older than 15 ({}): upgrade it", rows.integer(0)));
  for (const auto& [column, name] : {std::pair{1, "fsync"}, std::pair{2, "full_page_writes"},
                                     std::pair{3, "synchronous_commit"}}) {
    if (rows.view(column) == "off") {
      throw_unsafe_server(fmt::format(
          "runs with {}=off: what it has promised to keep may be lost; set {}=on", name, name));
    }
  }
  if (rows.view(4) != "UTF8") {
    throw_unsafe_server(
        fmt::format("keeps this database in {}: make one with ENCODING 'UTF8'", rows.view(4)));
  }
  std::vector<std::string> warnings;
  if (rows.integer(5) > 0) {
    warnings.push_back(
        fmt::format("{} stand-by servers are asynchronous: a fail-over to one of them may lose the "
                    "last commits; name it in "
                    "synchronous_standby_names, or keep to quarantine after a fail-over",
                    rows.integer(5)));
  }
  if (rows.integer(6) > 0) {
    warnings.push_back(
        fmt::format("{} stand-by servers are there, and this role may not see whether they are "
                    "asynchronous (a fail-over to such a one "
                    "may lose the last commits): GRANT pg_monitor to it",
                    rows.integer(6)));
  }
  return warnings;
}

std::string without_password(std::string url) {
  // postgresql://user:secret@host/…?password=secret, or host=… password='secret' … A password may
  // hold what should have been written as %40 or %2F: it goes up to the last '@'.
  if (const auto at = url.rfind('@'); at != std::string::npos) {
    const auto scheme = url.find("://");
    const auto user = scheme == std::string::npos ? 0 : scheme + 3;
    if (const auto colon = url.find(':', user); colon < at)
      url.replace(colon + 1, at - colon - 1, "***");
  }
  for (size_t at = 0; (at = url.find("password=", at)) != std::string::npos; at += 12) {
    const size_t value = at + 9;
    const bool quoted = value < url.size() && url[value] == '\'';
    const size_t end = quoted ? std::min(url.find('\'', value + 1), url.size() - 1) + 1
                              : std::min(url.find_first_of("& ", value), url.size());
    url.replace(value, end - value, "***");
  }
  return url;
}

}  // namespace puntual::store
