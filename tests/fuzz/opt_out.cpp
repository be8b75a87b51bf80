// "Stop": shouting it changes nothing, nobody stops and comes back with the same words.
#include "core/conversation/opt_out.h"

#include "core/conversation/grave_words.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::conversation {

FUZZ(opt_out, "") {
  std::string upper(bytes);
  for (char& byte : upper) byte = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
  const auto verdict = opt_out_of(bytes, "");
  HOLDS(opt_out_of(upper, "") == verdict);
  HOLDS(opts_back_in(upper, "") == opts_back_in(bytes, ""));
  HOLDS(!(verdict == OptOutVerdict::Stop && opts_back_in(bytes, "")));
  HOLDS(opt_out_of(bytes, "BAJA") == OptOutVerdict::Stop);
  HOLDS(tells_of_a_death(upper) == tells_of_a_death(bytes));
}

}  // namespace puntual::conversation
