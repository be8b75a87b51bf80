// One page of a list whose newest stand first, as it is asked for: `cursor` is the `next` of the page before, `limit` 1 to 200.
#pragma once

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace puntual {

class ListPage {
 public:
  // 200 when the limit is left out.
  [[nodiscard]] static Result<ListPage> of(const json::value& asked) {
    ListPage page;
    ASSIGN_OR_RETURN(page.before_, number_in(asked, "cursor", page.before_));
    ASSIGN_OR_RETURN(page.limit_, number_in(asked, "limit", kMax));
    if (page.limit_ < 1 || page.limit_ > kMax) return fail(ErrorCode::Invalid, "limit {} (expected 1 to {})", page.limit_, kMax);
    return page;
  }
  [[nodiscard]] bool is_first() const { return before_ == kEnd; }
  [[nodiscard]] int64_t before() const { return before_; }
  [[nodiscard]] int to_read() const { return static_cast<int>(limit_) + 1; }  // One more tells whether more come.
  // Leaves the page's own; what `next` is.
  template <class IdType>
  [[nodiscard]] json::value keep(std::vector<IdType>& ids) const {
    if (std::ssize(ids) <= limit_) return nullptr;
    ids.resize(static_cast<size_t>(limit_));
    return json::value(std::to_string(ids.back().value));
  }

 private:
  static constexpr int64_t kMax = 200, kEnd = std::numeric_limits<int64_t>::max();
  static Result<int64_t> number_in(const json::value& asked, std::string_view name, int64_t otherwise) {
    const std::string text = text_in(asked, name);
    if (text.empty()) return otherwise;
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
    return fail(ErrorCode::Invalid, "{} '{}' is no number", name, text);
  }
  int64_t before_ = kEnd, limit_ = kMax;
};

}  // namespace puntual
