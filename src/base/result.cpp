#include "base/result.h"

#include <cstdio>

namespace puntual {

void check_failed(const char* expression, const char* file, int line) {
  BrokenAssumption broken{fmt::format("broken assumption: {} ({}:{})", expression, file, line)};
  std::fprintf(stderr, "puntual: %s\n", broken.what.c_str());
  throw broken;
}

}  // namespace puntual
