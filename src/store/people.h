// Several people of one creditor, asked about in one statement: on a database across a network the
// questions are what costs, not the rows.
//
//   "SELECT … WHERE creditor_id=$1 AND debtor_id {{among_2}}"   {creditor, people.text()}
//
// What is read of each stands in a vector, at the person's place.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace puntual::store {

class People {
 public:
  explicit People(std::vector<DebtorId> ids) : ids_(std::move(ids)) {
    std::ranges::sort(ids_);
    const auto repeated = std::ranges::unique(ids_);
    ids_.erase(repeated.begin(), repeated.end());
    text_ = '[';
    for (const auto id : ids_) text_ += fmt::format("{}{}", text_.size() == 1 ? "" : ",", id.value);
    text_ += ']';
  }
  [[nodiscard]] const std::vector<DebtorId>& ids() const { return ids_; }  // Each once, in order.
  [[nodiscard]] size_t size() const { return ids_.size(); }
  // The ids as {{among_2}} takes them.
  [[nodiscard]] std::string_view text() const { return text_; }
  // Whose place is asked must be one of them.
  [[nodiscard]] size_t place_of(DebtorId id) const {
    const auto found = std::ranges::lower_bound(ids_, id);
    PUNTUAL_CHECK(found != ids_.end() && *found == id);
    return static_cast<size_t>(found - ids_.begin());
  }

 private:
  std::vector<DebtorId> ids_;
  std::string text_;
};

}  // namespace puntual::store
