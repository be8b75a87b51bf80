#include "store/db.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <unordered_set>

namespace puntual::store {

Sql Sql::kept(std::string text) {
  static std::mutex mutex;
  static auto& all = *new std::unordered_set<std::string>();  // Destroyed by nobody.
  const std::lock_guard lock(mutex);
  return {Kept{}, all.insert(std::move(text)).first->c_str()};
}

std::string RowsInto::rows(size_t columns, size_t count) {
  std::string text;
  for (size_t i = 0, last = columns * count; i < last; ++i) {
    text += fmt::format("{}${}{}",
                        i % columns != 0 ? ","
                        : i == 0         ? "("
                                         : ",(",
                        i + 1, i % columns + 1 == columns ? ")" : "");
  }
  return text;
}

void Connection::insert(const RowsInto& into, std::initializer_list<Param> row) {
  auto place = std::ranges::find(waiting_, &into, &Waiting::into);
  if (place == waiting_.end()) place = waiting_.insert(waiting_.end(), Waiting{.into = &into});
  const auto kept = [&](std::string_view text) {
    auto* copy = static_cast<char*>(place->texts->allocate(text.size() + 1, 1));
    text.copy(copy, text.size());
    return std::string_view(copy, text.size());
  };
  for (Param param : row) {
    if (auto* text = std::get_if<std::string_view>(&param.value_)) *text = kept(*text);
    if (auto* bytes = std::get_if<Bytes>(&param.value_)) bytes->value = kept(bytes->value);
    place->params.push_back(param);
  }
  is_waiting_ = true;
  if (place->params.size() == into.columns * RowsInto::kTogether) insert_rows(*place);
}

void Connection::insert_rows(Waiting& waiting) {
  const RowsInto& into = *waiting.into;
  for (std::span<const Param> left = waiting.params; !left.empty();) {
    const bool is_many = left.size() == into.columns * RowsInto::kTogether;
    const auto now = is_many ? left : left.first(into.columns);
    post((is_many ? into.many : into.one).text(), now, std::nullopt);
    left = left.subspan(now.size());
  }
  waiting.clear();
}

void Connection::insert_all() {
  is_waiting_ = false;
  for (auto& waiting : waiting_) insert_rows(waiting);
}

void Connection::forget_waiting() {
  is_waiting_ = false;
  for (auto& waiting : waiting_) waiting.clear();
}

void Connection::Waiting::clear() {
  params.clear();
  texts->release();
}

}  // namespace puntual::store
