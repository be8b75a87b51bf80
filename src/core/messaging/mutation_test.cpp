// Files that people edit go wrong in every way: reading and checking one never crashes, and what
// passes the check can be filled with example data.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/embedded.h"
#include "core/messaging/template.h"
#include "core/strategy/strategy.h"

namespace puntual {
namespace {

std::string mutated(std::string_view prefix) {
  const auto files = embedded_files(prefix);
  std::string text(files[*rc::gen::inRange<size_t>(0, files.size())].bytes);
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    const size_t at = *rc::gen::inRange<size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text.erase(at, *rc::gen::inRange<size_t>(1, 30));
        break;
      case 1:
        text.insert(at,
                    *rc::gen::element<std::string>("{{", "}}", "\"", "\n", "\t", "[", "=", "\xC3"));
        break;
      case 2:
        text[at] = *rc::gen::arbitrary<char>();
        break;
      default:
        text.insert(at, text.substr(at, *rc::gen::inRange<size_t>(1, 200)));
        break;
    }
    if (text.empty()) text = " ";
  }
  return text;
}

TEST(MutatedFiles, TemplatesAreRefusedOrUsable) {
  Variables examples;
  for (const auto& known : known_variables()) examples.set(known.name, std::string(known.example));
  const bool holds = rc::check([&] {
    const auto parsed = messaging::parse_templates(mutated("templates/"), "t.toml");
    if (!parsed) {
      RC_ASSERT(parsed.error().message.starts_with("t.toml:"));
      return;
    }
    for (const auto& one : *parsed) {
      const auto findings = messaging::check(one);
      const bool has_errors = std::ranges::any_of(findings, &TemplateFinding::is_error);
      const auto message = messaging::render(messaging::with_link_base(one, ""), examples);
      const bool is_usable = has_errors || message.has_value();
      RC_ASSERT(is_usable);
      (void)messaging::cloud_definition(one);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(MutatedFiles, StrategiesAreRefusedOrUsable) {
  const bool holds = rc::check([] {
    const auto parsed = strategy::parse(mutated("strategies/"), "s.toml");
    if (!parsed) {
      RC_ASSERT(parsed.error().message.starts_with("s.toml:"));
      return;
    }
    for (const auto& cadence : parsed->cadences) RC_ASSERT(!cadence.steps.empty());
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace puntual
