#include "tests/fuzz/fuzz.h"

namespace puntual::fuzz {

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

}  // namespace puntual::fuzz
