#include "base/toml_document.h"

#include <algorithm>

namespace puntual {

// toml++ bounds how deep values may lie in each other, and not how deep a dotted key goes: one of
// 40,000 parts ended the process when its tables were taken down, each within the one above. A key
// is within one line, so that its dots bound its depth, whatever is quoted there.
constexpr std::ptrdiff_t kDotsALineMax = 256;

static Result<void> check_depth(std::string_view text, std::string_view file_name) {
  int line = 1;
  for (size_t begin = 0; begin < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (std::ranges::count(text.substr(begin, end - begin), '.') > kDotsALineMax)
      return fail(ErrorCode::Invalid, "{}:{}: more than {} dots in one line (break it)", file_name,
                  line, kDotsALineMax);
    begin = end + 1;
  }
  return {};
}

Result<toml::table> parse_toml(std::string_view text, std::string_view file_name) {
  RETURN_IF_ERROR(check_depth(text, file_name));
  try {
    return toml::parse(text, file_name);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::Invalid, "{}:{}:{}: not valid TOML: {}", file_name,
                error.source().begin.line, error.source().begin.column, error.description());
  }
}

}  // namespace puntual
