// One page of a list, as it is asked for: `cursor` is the `next` of the page before, `limit` 1 to
// 200.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/whole_number.h"

namespace puntual {

// What somebody has typed as a whole number; `name` is what it is called there.
[[nodiscard]] inline Result<int64_t> number_in(std::string_view text, std::string_view name) {
  if (const auto number = whole_number(text)) return *number;
  return fail(ErrorCode::Invalid, "{} '{}' is no number", name, text);
}

class ListPage {
 public:
  // A limit that is left out is the greatest, or `usual`.
  [[nodiscard]] static Result<ListPage> of(std::string_view cursor, std::string_view limit,
                                           int64_t usual = kMax) {
    ListPage page;
    page.limit_ = usual;
    if (!cursor.empty()) {
      ASSIGN_OR_RETURN(page.cursor_, number_in(cursor, "cursor"));
      if (page.cursor_ < 0)
        return fail(ErrorCode::Invalid, "cursor {} (expected the next of the page before)",
                    page.cursor_);
    }
    if (!limit.empty()) {
      ASSIGN_OR_RETURN(page.limit_, number_in(limit, "limit"));
    }
    if (page.limit_ < 1 || page.limit_ > kMax)
      return fail(ErrorCode::Invalid, "limit {} (expected 1 to {})", page.limit_, kMax);
    return page;
  }
  [[nodiscard]] static Result<ListPage> of(const json::value& asked) {
    return of(text_in(asked, "cursor"), text_in(asked, "limit"));
  }

  [[nodiscard]] bool is_first() const { return cursor_ == kNone; }
  [[nodiscard]] int64_t before() const { return cursor_; }  // Of a list whose newest stand first.
  [[nodiscard]] int64_t after() const {
    return is_first() ? 0 : cursor_;
  }  // Of one whose oldest stand first.
  [[nodiscard]] int to_read() const {
    return static_cast<int>(limit_) + 1;
  }  // One more tells whether more come.
  // Leaves the page's own, and tells whether more come.
  template <class Row>
  [[nodiscard]] bool cut(std::vector<Row>& rows) const {
    if (std::ssize(rows) <= limit_) return false;
    rows.erase(rows.begin() + limit_, rows.end());
    return true;
  }
  // The same; what `next` is.
  template <class Row, class IdOf = std::identity>
  [[nodiscard]] json::value keep(std::vector<Row>& rows, IdOf id_of = {}) const {
    return cut(rows) ? json::value(std::to_string(std::invoke(id_of, rows.back()).value))
                     : json::value(nullptr);
  }

 private:
  static constexpr int64_t kMax = 200, kNone = std::numeric_limits<int64_t>::max();
  int64_t cursor_ = kNone, limit_ = kMax;
};

}  // namespace puntual
