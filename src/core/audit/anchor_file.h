// Anchors as the file that is kept elsewhere (docs/proof.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "core/audit/verify.h"

namespace puntual::audit {

[[nodiscard]] json::object anchor_json(const Anchor& anchor);
[[nodiscard]] Result<Anchor> anchor_of(const json::value& value);  // Invalid, naming the member.

[[nodiscard]] std::string write_anchors(const std::vector<Anchor>& anchors, Instant at);
[[nodiscard]] Result<std::vector<Anchor>> read_anchors(std::string_view file);

}  // namespace puntual::audit
