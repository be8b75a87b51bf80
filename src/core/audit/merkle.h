// A Merkle tree over the hashes of records (RFC 6962, section 2.1, checked 2026-11-21): one root
// stands for all of them, and a path of a few hashes shows that a record was among them without
// showing any other.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual::audit {

struct PathStep {
  bool is_left = false;  // The hash stands left of what has been gathered so far.
  std::string hash;      // 64 hex digits.
  bool operator==(const PathStep&) const = default;
};

// Hashes and roots are 64 hex digits; a leaf is the record's hash read as 32 bytes. At least one
// hash.
[[nodiscard]] std::string merkle_root(std::span<const std::string> hashes);
[[nodiscard]] std::vector<PathStep> merkle_path(std::span<const std::string> hashes, size_t index);
// The root that this path leads to; Invalid when a hash is none.
[[nodiscard]] Result<std::string> root_by_path(std::string_view hash,
                                               std::span<const PathStep> path);

}  // namespace puntual::audit
