// A template of somebody's own: checked without fail, rendered without leftovers, asked for as valid JSON.
#include <algorithm>

#include "base/json.h"
#include "core/messaging/template.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::messaging {

FUZZ(template, "templates/es") {
  const auto read = parse_template(bytes, "a.toml");
  if (!read) return;
  const auto findings = check(*read);
  for (const auto& finding : findings) HOLDS(!finding.code.empty() && !finding.message.empty());
  HOLDS(parse_json(cloud_definition(with_link_base(*read, "https://pagos.example.com/"))));
  if (std::ranges::any_of(findings, &TemplateFinding::is_error)) return;
  Variables variables;
  for (const auto& variable : known_variables()) variables.set(variable.name, "{{nombre}} \n\t x");
  const auto rendered = render(*read, variables);
  HOLDS(!rendered || rendered->parameters.size() == rendered->parameter_names.size());
}

}  // namespace puntual::messaging
