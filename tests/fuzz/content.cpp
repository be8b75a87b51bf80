// What a text says, for the law: case tells nothing, and words added after it take no finding away
// that stands.
#include "core/compliance/content.h"

#include "tests/fuzz/fuzz.h"

namespace puntual::compliance {

FUZZ(content, "") {
  std::string upper(bytes);
  for (char& byte : upper) byte = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
  const TextFindings as_is = read_text(bytes), shouted = read_text(upper);
  HOLDS(as_is.threat == shouted.threat && as_is.court == shouted.court &&
        as_is.way_out == shouted.way_out);
  HOLDS(as_is.credit_register == shouted.credit_register && as_is.charge == shouted.charge);
  HOLDS(tells_of_debt(bytes) == tells_of_debt(upper));
}

}  // namespace puntual::compliance
