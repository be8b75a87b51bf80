#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace puntual {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "puntual: broken assumption: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace puntual
