// The program of `make fuzz`: libFuzzer's own main, and the one target that PUNTUAL_FUZZ names.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz.h"

namespace {

const puntual::fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("PUNTUAL_FUZZ");
  auto& all = puntual::fuzz::targets();
  std::ranges::sort(all, {}, &puntual::fuzz::Target::name);
  const auto found = std::ranges::find(all, std::string_view(name == nullptr ? "" : name),
                                       &puntual::fuzz::Target::name);
  if (found != all.end()) return chosen = &*found, 0;
  std::fputs("PUNTUAL_FUZZ must be one of:\n", stderr);
  for (const auto& one : all)
    std::fprintf(stderr, "  %.*s\n", static_cast<int>(one.name.size()), one.name.data());
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
