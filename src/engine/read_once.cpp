#include "engine/read_once.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "base/crypto.h"

namespace puntual::engine {
namespace {

struct Known {
  std::array<uint8_t, 16>
      digest{};  // Of the text: so much of it that nobody finds two of the same.
  compliance::TextFindings findings;
};
// The newest first. Some 7 MB in all: with 100,000 messages waiting nearly every text is still
// known when its turn comes.
using Shelf = std::array<Known, 4>;
constexpr size_t kShelves = 1 << 16;

}  // namespace

compliance::TextFindings read_once(std::string_view text) {
  thread_local std::vector<Shelf> known(kShelves);
  const Digest whole = sha256(text);
  std::array<uint8_t, 16> digest;
  std::memcpy(digest.data(), whole.data(), digest.size());
  size_t place = 0;
  std::memcpy(&place, whole.data() + digest.size(), sizeof place);
  Shelf& shelf = known[place % kShelves];
  if (const auto found = std::ranges::find(shelf, digest, &Known::digest); found != shelf.end())
    return found->findings;
  std::shift_right(shelf.begin(), shelf.end(), 1);
  shelf.front() = {digest, compliance::read_text(text)};
  return shelf.front().findings;
}

}  // namespace puntual::engine
