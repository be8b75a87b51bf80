// Parsers of outside bytes under fire. A target is one file here: it takes bytes, hands them to one
// parser as the program uses it, and says what must hold of the answer, whatever the bytes are.
//
//   FUZZ(date, "") {
//     if (const auto date = parse_date(bytes)) HOLDS(parse_date(format_date(*date)) == *date);
//   }
//
// `make fuzz TARGET=date SECONDS=60` runs one under libFuzzer with the sanitizers; tests_fuzz
// replays the seeds of all (corpus/NAME/, and the folder of the repository that the target names)
// with some thousand mutations, always the same.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace puntual::fuzz {

struct Target {
  std::string_view name;
  std::string_view seeds;  // A folder of the repository with more seeds; or empty.
  void (*run)(std::string_view bytes);
};

// All of this program, by name.
[[nodiscard]] std::vector<Target>& targets();

struct Registration {
  explicit Registration(const Target& target) { targets().push_back(target); }
};

// What must hold did not.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

// The first line and the rest, for parsers of two texts.
[[nodiscard]] inline std::pair<std::string_view, std::string_view> first_line(
    std::string_view bytes) {
  const size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return {bytes, {}};
  return {bytes.substr(0, end), bytes.substr(end + 1)};
}

}  // namespace puntual::fuzz

#define HOLDS(condition)        \
  (static_cast<bool>(condition) \
       ? void(0)                \
       : throw ::puntual::fuzz::Broken(fmt::format("{}:{}: {}", __FILE__, __LINE__, #condition)))

#define FUZZ(name, seeds)                                                                     \
  static void fuzz_##name(std::string_view bytes);                                            \
  static const ::puntual::fuzz::Registration registered_##name({#name, seeds, &fuzz_##name}); \
  static void fuzz_##name(std::string_view bytes)
