#include "engine/receiving.h"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace puntual::engine {
namespace {

constexpr int64_t kHardEndMs = 8 * kDayMs;
constexpr std::string_view kDeafFact =
    "deaf";  // "from-until from-until …", ms; what is older than the hard end is forgotten.

}  // namespace

Instant listening_since(std::span<const Deafness> spans, int64_t listened_ms, Instant now) {
  Instant at = now;
  for (const auto& [from, until] : std::views::reverse(spans)) {
    if (at - until >= listened_ms) break;
    listened_ms -= std::max<int64_t>(0, at - until);
    at = std::min(at, from);
  }
  return std::max(at - listened_ms, now - kHardEndMs);
}

void note_deafness(Tx& tx, Deafness span, Instant now) {
  std::string text;
  auto spans = deafness(tx);
  spans.push_back(span);
  for (const auto& [from, until] : spans) {
    if (until > now - kHardEndMs)
      text += fmt::format("{}{}-{}", text.empty() ? "" : " ", from.ms, until.ms);
  }
  tx.creditors.set_fact(kDeafFact, text);
}

std::vector<Deafness> deafness(Tx& tx) {
  std::vector<Deafness> spans;
  const std::string text = tx.creditors.fact(kDeafFact);
  for (const auto part : std::views::split(std::string_view(text), ' ')) {
    Deafness span;
    const char* const end = std::to_address(part.end());
    const auto first = std::from_chars(std::to_address(part.begin()), end, span.from.ms);
    if (first.ec != std::errc{} || first.ptr == end) continue;
    if (std::from_chars(first.ptr + 1, end, span.until.ms).ec == std::errc{}) spans.push_back(span);
  }
  return spans;
}

}  // namespace puntual::engine
