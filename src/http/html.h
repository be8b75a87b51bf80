// Pages from files: HTML with names in double braces, and the values for them. The one place where
// a value becomes HTML.
//
//   {{name}}                 the value, escaped; a name may lead into an object: {{say.title}}
//   {{#name}} … {{/name}}    once for each of a list, or once when the value is not empty, 0, false
//   or absent
//   {{^name}} … {{/name}}    once when it is
//
// A name is looked for in the innermost value first. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace puntual::http {

// For text and for values between quotation marks.
[[nodiscard]] std::string escape_html(std::string_view text);
// The file is ours: a section without its end is a mistake of this program.
[[nodiscard]] std::string fill_html(std::string_view html, const json::object& values);

}  // namespace puntual::http
