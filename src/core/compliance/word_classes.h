// Classes of words that the phrases of this folder share: "@kin" stands for every word of its
// class.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace puntual::compliance::phrases {

// Phrases with their classes written out; its views live as long as it does.
class ExpandedPhrases {
 public:
  explicit ExpandedPhrases(std::span<const std::string_view> phrases);
  ExpandedPhrases(const ExpandedPhrases&) = delete;
  ExpandedPhrases& operator=(const ExpandedPhrases&) = delete;
  [[nodiscard]] std::span<const std::string_view> views() const { return views_; }

 private:
  std::vector<std::string> texts_;
  std::vector<std::string_view> views_;
};

}  // namespace puntual::compliance::phrases
