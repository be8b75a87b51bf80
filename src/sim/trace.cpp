#include "sim/trace.h"

namespace puntual::sim {
namespace {

Digest fold(const Digest& before, std::string_view text) {
  std::string bytes(reinterpret_cast<const char*>(before.data()), before.size());
  bytes += text;
  return sha256(bytes);
}

}  // namespace

void Trace::add(Instant at, std::string_view line) {
  if (listener_) listener_(at, line);
  gathered_ += std::to_string(at.ms);
  gathered_ += ' ';
  gathered_ += line;
  gathered_ += '\n';
  if (gathered_.size() < kFoldAt) return;
  folded_ = fold(folded_, gathered_);
  gathered_.clear();
}

std::string Trace::digest() const { return hex(fold(folded_, gathered_)); }

}  // namespace puntual::sim
