#include "base/suggest.h"

#include <algorithm>
#include <vector>

namespace puntual {
namespace {

// Optimal string alignment: an edit is a letter more, less or other, or two neighbours swapped.
size_t word_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::string_view closest_word(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  size_t best_distance = word.size() <= 3 ? 2 : 3;  // The first distance that is too far.
  for (const std::string_view candidate : candidates) {
    // A plural, or a name cut short ("template" for "template_name"), is near whatever its length.
    const bool is_part =
        word.size() >= 4 && (candidate.starts_with(word) || word.starts_with(candidate));
    const size_t distance = is_part && candidate.size() >= 3 ? 1 : word_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace puntual
