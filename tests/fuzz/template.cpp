// A template of somebody's own: checked without fail, rendered without leftovers, asked for as
// valid JSON.
#include "core/messaging/template.h"

#include <algorithm>

#include "base/json.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::messaging {
namespace {

void is_refused_or_usable(const MessageTemplate& one) {
  const auto findings = check(one);
  for (const auto& finding : findings) HOLDS(!finding.code.empty() && !finding.message.empty());
  HOLDS(parse_json(cloud_definition(with_link_base(one, "https://pagos.example.com/"))));
  if (std::ranges::any_of(findings, &TemplateFinding::is_error)) return;
  Variables variables;
  for (const auto& variable : known_variables()) variables.set(variable.name, "{{nombre}} \n\t x");
  const auto rendered = render(one, variables);
  HOLDS(!rendered || rendered->parameters.size() == rendered->parameter_names.size());
}

}  // namespace

FUZZ(template, "templates/es") {
  const auto read = parse_templates(bytes, "a.toml");
  if (!read) return;
  for (const auto& one : *read) is_refused_or_usable(one);
}

}  // namespace puntual::messaging
