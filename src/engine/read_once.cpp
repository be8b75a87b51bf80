#include "engine/read_once.h"

#include <cstring>
#include <vector>

#include "base/crypto.h"

namespace puntual::engine {
namespace {

struct Known {
  Digest text{};
  compliance::TextFindings findings;
};
constexpr size_t kKnownMax = 1 << 17;  // Some 6 MB.

}  // namespace

compliance::TextFindings read_once(std::string_view text) {
  thread_local std::vector<Known> known(kKnownMax);
  const Digest digest = sha256(text);
  size_t place = 0;
  std::memcpy(&place, digest.data(), sizeof place);
  Known& here = known[place % kKnownMax];
  if (here.text != digest) here = {digest, compliance::read_text(text)};
  return here.findings;
}

}  // namespace puntual::engine
