#include "engine/read_once.h"

#include <array>
#include <cstring>
#include <vector>

#include "base/crypto.h"

namespace puntual::engine {
namespace {

struct Known {
  std::array<uint8_t, 16> digest{};  // Of the text: so much of it that nobody finds two of the same.
  compliance::TextFindings findings;
};
constexpr size_t kKnownMax = 1 << 18;  // Some 7 MB: with 100,000 messages waiting, four of five are still known.

}  // namespace

compliance::TextFindings read_once(std::string_view text) {
  thread_local std::vector<Known> known(kKnownMax);
  const Digest whole = sha256(text);
  size_t place = 0;
  std::memcpy(&place, whole.data() + 16, sizeof place);
  std::array<uint8_t, 16> digest;
  std::memcpy(digest.data(), whole.data(), digest.size());
  Known& here = known[place % kKnownMax];
  if (here.digest != digest) here = {digest, compliance::read_text(text)};
  return here.findings;
}

}  // namespace puntual::engine
