// A database connection as the SQL of this folder needs it: one text for SQLite and PostgreSQL,
// parameters as $1, $2 …, prepared once per connection.
//
// A failing statement throws store::Failure; Store::write and Store::read catch it, roll back and give an
// Error: it never leaves this layer. A connection is used by one thread at a time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace puntual::store {

struct Failure {
  Error error;
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
    requires std::is_convertible_v<const T&, Bytes>
  Param(const T& key) : value_(static_cast<Bytes>(key)) {}
  Param(Currency currency) = delete;  // Its text would be a temporary: pass currency.code() of a lasting one.
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

class Connection {
 public:
  virtual ~Connection() = default;

  // `sql` must be a string constant: the prepared statement is kept under its address.
  [[nodiscard]] Rows query(const char* sql, std::initializer_list<Param> params = {}) {
    return Rows(start(sql, {params.begin(), params.size()}, Texts::Copied));
  }
  // Runs to the end; the number of rows changed.
  int64_t run(const char* sql, std::initializer_list<Param> params = {}) {
    Rows rows(start(sql, {params.begin(), params.size()}, Texts::Borrowed));
    while (rows.next()) {
    }
    return changes();
  }
  // The same with parameters that are counted only when it runs: rows copied from another database.
  int64_t run(const char* sql, std::span<const Param> params) {
    Rows rows(start(sql, params, Texts::Borrowed));
    while (rows.next()) {
    }
    return changes();
  }
  // Several statements at once, as they stand: migrations and settings.
  virtual void script(const std::string& sql) = 0;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;  // Never throws.

 protected:
  // Whether the texts of the parameters live until the statement has run: those of a query may be
  // temporaries that are gone at its first next().
  enum class Texts : uint8_t { Copied, Borrowed };
  virtual Cursor& start(const char* sql, std::span<const Param> params, Texts texts) = 0;
  [[nodiscard]] virtual int64_t changes() const = 0;
};

}  // namespace puntual::store
