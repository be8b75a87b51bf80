// The short form of fuzzing, for every day: each target on its seeds and on some thousand mutations
// of them. The same each time; a failure prints the bytes. Runs in the repository's root, as ctest
// starts it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/fuzz.h"

namespace puntual::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr int kMutations = 1500;
constexpr size_t kBytesMax = 4096;  // Of a mutation: breadth is wanted here, not size.

std::vector<std::string> seeds_of(const Target& target) {
  std::vector<fs::path> paths;
  for (const fs::path& folder :
       {fs::path("tests/fuzz/corpus") / target.name, fs::path(target.seeds)}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

// SplitMix64: every machine draws the same.
class Dice {
 public:
  uint64_t roll(uint64_t sides) {
    uint64_t x = state_ += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return (x ^ (x >> 31)) % sides;
  }
  size_t place_in(const std::string& text) { return roll(text.size() + 1); }

 private:
  uint64_t state_ = 4;
};

// What parsers stumble over, more often than chance would write it.
constexpr std::string_view kStumbles[] = {"\"",
                                          "'",
                                          "\\",
                                          "\n",
                                          "\r\n",
                                          "\t",
                                          ";",
                                          ",",
                                          ":",
                                          "=",
                                          "[",
                                          "]",
                                          "{",
                                          "}",
                                          "{{",
                                          "}}",
                                          "%",
                                          "%00",
                                          "+",
                                          "-",
                                          "-1",
                                          "0",
                                          "9223372036854775808",
                                          "1e999",
                                          "null",
                                          "\\u0000",
                                          "\\ud800",
                                          "\xff",
                                          "\xc3",
                                          "\xef\xbb\xbf",
                                          "\xe2\x80\x8b"};

std::string mutated(std::string text, const std::vector<std::string>& seeds, Dice& dice) {
  text.resize(std::min(text.size(), kBytesMax));
  for (uint64_t times = 1 + dice.roll(4); times > 0; --times) {
    const size_t at = dice.place_in(text),
                 size = dice.roll(1 + std::min<size_t>(text.size() - at, 32));
    switch (dice.roll(7)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << dice.roll(8)));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(dice.roll(256)));
        break;
      case 2:
        text.erase(at, size);
        break;
      case 3:
        text.insert(at, kStumbles[dice.roll(std::size(kStumbles))]);
        break;
      case 4:
        text.insert(dice.place_in(text), text.substr(at, size));
        break;
      case 5:
        text.resize(at);
        break;
      case 6: {
        const auto& other = seeds[dice.roll(seeds.size())];
        text = text.substr(0, at) + other.substr(dice.place_in(other), kBytesMax);
        break;
      }
    }
  }
  text.resize(std::min(text.size(), kBytesMax));
  return text;
}

std::string printable(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    if (byte >= ' ' && byte < '\x7f' && byte != '"' && byte != '\\')
      text += byte;
    else
      text += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
  }
  return text;
}

class Fuzz : public testing::TestWithParam<Target> {
 protected:
  // False when the target broke: once is enough.
  static bool survives(std::string_view bytes) {
    try {
      GetParam().run(bytes);
      return true;
    } catch (const std::exception& broken) {
      ADD_FAILURE() << broken.what() << "\nwith \"" << printable(bytes) << '"';
      return false;
    }
  }
};

TEST_P(Fuzz, HoldsOnItsSeedsAndTheirMutations) {
  const auto seeds = seeds_of(GetParam());
  ASSERT_FALSE(seeds.empty()) << "tests/fuzz/corpus/" << GetParam().name << " holds no seed";
  for (const auto& seed : seeds) {
    if (!survives(seed)) return;
  }
  Dice dice;
  for (int i = 0; i < kMutations; ++i) {
    if (!survives(mutated(seeds[dice.roll(seeds.size())], seeds, dice))) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Parsers, Fuzz, testing::ValuesIn(targets()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace puntual::fuzz
