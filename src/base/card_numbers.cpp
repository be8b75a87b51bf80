#include "base/card_numbers.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace puntual {
namespace {

constexpr size_t kDigitsMin = 13, kDigitsMax = 19, kDigitsShown = 4;
constexpr size_t kBetweenMax = 3;  // Blanks, hyphens or dots between two groups.

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct DigitGroup {
  size_t at = 0;
  size_t length = 0;
};

std::vector<DigitGroup> groups_of(std::string_view text) {
  std::vector<DigitGroup> groups;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end > at) groups.push_back({at, end - at});
    at = end + 1;
  }
  return groups;
}

bool are_together(std::string_view text, const DigitGroup& a, const DigitGroup& b) {
  const std::string_view between = text.substr(a.at + a.length, b.at - a.at - a.length);
  return between.size() <= kBetweenMax &&
         between.find_first_not_of(" -.") == std::string_view::npos;
}

constexpr std::initializer_list<size_t> kShapes[] = {
    {4, 4, 4, 4, 3}, {4, 4, 4, 4, 2}, {4, 4, 4, 4, 1}, {4, 4, 4, 4},
    {4, 6, 5},       {4, 6, 4},       {8, 8},          {4, 12}};

// How many of the groups, from this one on, could be one card number by their lengths; the longest
// first.
std::vector<size_t> counts_at(std::string_view text, const std::vector<DigitGroup>& groups,
                              size_t first) {
  std::vector<size_t> counts;
  for (const auto& shape : kShapes) {
    size_t matched = 0;
    for (const size_t length : shape) {
      const size_t i = first + matched;
      if (i >= groups.size() || groups[i].length != length ||
          (matched > 0 && !are_together(text, groups[i - 1], groups[i])))
        break;
      ++matched;
    }
    if (matched == shape.size()) counts.push_back(matched);
  }
  if (groups[first].length >= kDigitsMin && groups[first].length <= kDigitsMax) counts.push_back(1);
  return counts;
}

bool has_check_digit(std::string_view text) {
  int sum = 0;
  bool is_doubled = false;
  for (size_t i = text.size(); i-- > 0;) {
    if (!is_digit(text[i])) continue;
    const int digit = (text[i] - '0') * (is_doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
    is_doubled = !is_doubled;
  }
  return sum % 10 == 0;
}

}  // namespace

std::string mask_card_numbers(std::string_view text) {
  std::string masked(text);
  const auto groups = groups_of(text);
  for (size_t first = 0; first < groups.size();) {
    size_t taken = 0;
    for (const size_t count : counts_at(text, groups, first)) {
      const size_t begin = groups[first].at,
                   end = groups[first + count - 1].at + groups[first + count - 1].length;
      if (!has_check_digit(text.substr(begin, end - begin))) continue;
      size_t shown = 0;
      for (size_t i = end; i-- > begin;) {
        if (is_digit(text[i]) && ++shown > kDigitsShown) masked[i] = '*';
      }
      taken = count;
      break;
    }
    first += std::max<size_t>(1, taken);
  }
  return masked;
}

}  // namespace puntual
