#include "core/audit/merkle.h"

#include <bit>

#include "base/crypto.h"

namespace puntual::audit {
namespace {

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Leaves and nodes begin with different bytes: a node can never be shown as a leaf.
Digest leaf_of(const Digest& hash) { return sha256(std::string(1, '\0').append(bytes_of(hash))); }
Digest node_of(const Digest& left, const Digest& right) {
  return sha256(std::string(1, '\1').append(bytes_of(left)).append(bytes_of(right)));
}

size_t split_of(size_t count) { return std::bit_floor(count - 1); }

Digest leaf_of_hex(std::string_view hash) {
  const auto digest = digest_of_hex(hash);
  PUNTUAL_CHECK(digest.has_value());
  return leaf_of(*digest);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the logarithm of the count.
Digest root_of(std::span<const std::string> hashes) {
  if (hashes.size() == 1) return leaf_of_hex(hashes[0]);
  const size_t left = split_of(hashes.size());
  return node_of(root_of(hashes.first(left)), root_of(hashes.subspan(left)));
}

}  // namespace

std::string merkle_root(std::span<const std::string> hashes) {
  PUNTUAL_CHECK(!hashes.empty());
  return hex(root_of(hashes));
}

// NOLINTNEXTLINE(misc-no-recursion)
std::vector<PathStep> merkle_path(std::span<const std::string> hashes, size_t index) {
  PUNTUAL_CHECK(index < hashes.size());
  if (hashes.size() == 1) return {};
  const size_t left = split_of(hashes.size());
  const bool goes_left = index < left;
  auto path = goes_left ? merkle_path(hashes.first(left), index)
                        : merkle_path(hashes.subspan(left), index - left);
  path.push_back({.is_left = !goes_left,
                  .hash = hex(root_of(goes_left ? hashes.subspan(left) : hashes.first(left)))});
  return path;
}

Result<std::string> root_by_path(std::string_view hash, std::span<const PathStep> path) {
  const auto start = digest_of_hex(hash);
  if (!start) return fail(ErrorCode::Invalid, "'{}' is not a hash (expected 64 hex digits)", hash);
  Digest at = leaf_of(*start);
  for (const auto& step : path) {
    const auto other = digest_of_hex(step.hash);
    if (!other)
      return fail(ErrorCode::Invalid, "'{}' is not a hash (expected 64 hex digits)", step.hash);
    at = step.is_left ? node_of(*other, at) : node_of(at, *other);
  }
  return hex(at);
}

}  // namespace puntual::audit
