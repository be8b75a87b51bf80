// A database connection as the SQL of this folder needs it: one text for SQLite and PostgreSQL,
// parameters as $1, $2 …, prepared once per connection.
//
// A failing statement throws store::Failure; Store::write and Store::read catch it, roll back and
// give an Error: it never leaves this layer. A connection is used by one thread at a time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace puntual::store {

struct Failure {
  Error error;
  // The transaction lost against another and is whole again when it is run again: a deadlock, a
  // serialisation failure.
  bool again = false;
};

// The text of a statement. What a connection has prepared for it is kept under its address, so it
// stays where it is: a constant, or a text that is kept until the process ends. A text on its way
// would run what another has prepared in its place.
class Sql {
 public:
  consteval Sql(const char* constant) : text_(constant) {}
  // Made while the program runs; the same text is the same statement. By any thread.
  [[nodiscard]] static Sql kept(std::string text);
  [[nodiscard]] const char* text() const { return text_; }

 private:
  struct Kept {};
  Sql(Kept, const char* text) : text_(text) {}
  const char* text_;
};

// Bytes that are no text: what is sealed, and look-up keys.
struct Bytes {
  std::string_view value;
};

// A value given to a statement. Text and bytes are borrowed until the statement has run.
class Param {
 public:
  Param(std::nullopt_t) {}
  Param(int64_t value) : value_(value) {}
  Param(int value) : value_(int64_t{value}) {}
  Param(bool value) : value_(int64_t{value}) {}
  Param(Instant at) : value_(at.ms) {}
  Param(CivilDate date) : value_(int64_t{date.days}) {}
  Param(std::string_view text) : value_(text) {}
  Param(const std::string& text) : value_(std::string_view(text)) {}
  Param(const char* text) : value_(std::string_view(text)) {}
  Param(Bytes bytes) : value_(bytes) {}
  template <class T>
  requires std::is_convertible_v<const T&, Bytes> Param(const T& key)
      : value_(static_cast<Bytes>(key)) {}
  Param(Currency currency) =
      delete;  // Its text would be a temporary: pass currency.code() of a lasting one.
  template <class Tag>
  Param(Id<Tag> id) : value_(id.value) {}
  template <class T>
  Param(const std::optional<T>& value) : Param(value ? Param(*value) : Param(std::nullopt)) {}

  std::variant<std::monostate, int64_t, std::string_view, Bytes> value_;
};

// A running statement. Text and bytes are valid until next().
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
  virtual void release() = 0;
};

// The rows of a query; gives the statement back when it goes out of scope.
class Rows {
 public:
  explicit Rows(Cursor& cursor) : cursor_(&cursor) {}
  Rows(Rows&& other) noexcept : cursor_(std::exchange(other.cursor_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (cursor_ != nullptr) cursor_->release();
  }

  bool next() { return cursor_->next(); }
  [[nodiscard]] bool is_null(int column) const { return cursor_->is_null(column); }
  [[nodiscard]] int64_t integer(int column) const { return cursor_->integer(column); }
  [[nodiscard]] int int32(int column) const { return static_cast<int>(cursor_->integer(column)); }
  [[nodiscard]] std::string_view view(int column) const { return cursor_->text(column); }
  [[nodiscard]] std::string text(int column) const { return std::string(cursor_->text(column)); }
  [[nodiscard]] std::string_view bytes(int column) const { return cursor_->bytes(column); }
  [[nodiscard]] Instant instant(int column) const { return {cursor_->integer(column)}; }
  [[nodiscard]] CivilDate date(int column) const { return {int32(column)}; }
  [[nodiscard]] std::optional<Instant> maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  [[nodiscard]] std::optional<CivilDate> maybe_date(int column) const {
    return is_null(column) ? std::nullopt : std::optional(date(column));
  }
  template <class IdType>
  [[nodiscard]] IdType id(int column) const {
    return IdType{integer(column)};
  }

 private:
  Cursor* cursor_;
};

[[nodiscard]] inline Error unexpected_rows(int64_t found, int64_t expected, std::string_view sql) {
  return {ErrorCode::Conflict,
          fmt::format("database: {} rows where {} were expected ({})", found, expected, sql)};
}

// A statement that puts rows into a table, for Connection::insert(). Make one for each, static.
class RowsInto {
 public:
  static constexpr size_t kTogether = 32;
  // table: "invoice (id, creditor_id)".
  RowsInto(std::string_view table, size_t columns, std::string_view then = "")
      : columns(columns),
        one(text_of(table, columns, 1, then)),
        many(text_of(table, columns, kTogether, then)) {}
  // So many rows of parameters: "($1,$2),($3,$4)".
  [[nodiscard]] static std::string rows(size_t columns, size_t count);

  const size_t columns;
  const Sql one, many;

 private:
  static Sql text_of(std::string_view table, size_t columns, size_t count, std::string_view then) {
    return Sql::kept(fmt::format("INSERT INTO {} VALUES {} {}", table, rows(columns, count), then));
  }
};

class Connection {
 public:
  // How many rows a statement has changed, for who asks; asking is what waits for the answer, so do
  // it at once.
  class Changed {
   public:
    explicit Changed(Connection& connection) : connection_(connection) {}
    operator int64_t() && { return connection_.changes(); }

   private:
    Connection& connection_;
  };

  virtual ~Connection() = default;

  // {{tokens}}: store/dialect.h.
  [[nodiscard]] Rows query(Sql sql, std::span<const Param> params) {
    insert_waiting();
    return Rows(start(sql.text(), params));
  }
  [[nodiscard]] Rows query(Sql sql, std::initializer_list<Param> params = {}) {
    return query(sql, std::span(params.begin(), params.size()));
  }
  // Runs to the end. Where nobody asks for the number of rows, PostgreSQL hears of it together with
  // the next statement, and a failure is that one's, or the commit's.
  Changed run(Sql sql, std::span<const Param> params) {
    insert_waiting();
    post(sql.text(), params, std::nullopt);
    return Changed(*this);
  }
  Changed run(Sql sql, std::initializer_list<Param> params = {}) {
    return run(sql, std::span(params.begin(), params.size()));
  }
  // The same, and anything else than so many rows (changed, or found) is a Failure: Conflict.
  void expect(int64_t rows, Sql sql, std::initializer_list<Param> params) {
    insert_waiting();
    post(sql.text(), {params.begin(), params.size()}, rows);
  }
  // Puts a row into a table, together with others that come after it, and before anything else is
  // asked or done: the most of a row's time goes into its statement. A failure is that of what
  // comes next, or the commit's.
  void insert(const RowsInto& into, std::initializer_list<Param> row);
  // Several statements at once, as they stand: migrations and settings.
  virtual void script(const std::string& sql) = 0;

  enum class Access : uint8_t { Write, Read };
  // Reading sees one state of the database until the end.
  virtual void begin(Access access = Access::Write) = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;  // Never throws.
  // Others may write to this database at the same time.
  [[nodiscard]] virtual bool is_shared() const { return false; }
  // Under which name the server shows this session, also after the connection was made anew.
  virtual void name_session(std::string_view) {}
  // Which running of the database this connection has met (Store::incarnation()); may be another
  // one after each begin().
  [[nodiscard]] virtual std::string_view incarnation() const { return {}; }

 protected:
  // `sql` of a Sql.
  virtual Cursor& start(const char* sql, std::span<const Param> params) = 0;
  virtual void post(const char* sql, std::span<const Param> params,
                    std::optional<int64_t> rows) = 0;
  // Of the last statement that was posted.
  [[nodiscard]] virtual int64_t changes() = 0;
  // Before a script and a commit.
  void insert_waiting() {
    if (is_waiting_) insert_all();
  }
  // At a rollback.
  void forget_waiting();

 private:
  // Rows of one table, and a copy of their texts.
  struct Waiting {
    const RowsInto* into;
    std::vector<Param> params = {};
    std::unique_ptr<std::pmr::monotonic_buffer_resource> texts =
        std::make_unique<std::pmr::monotonic_buffer_resource>(16 << 10);
    void clear();
  };
  void insert_all();
  void insert_rows(Waiting& waiting);
  std::vector<Waiting> waiting_;  // By the table that was first named; kept to be filled again.
  bool is_waiting_ = false;
};

}  // namespace puntual::store
