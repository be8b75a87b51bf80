#include "core/audit/anchor_file.h"

namespace puntual::audit {
namespace {

constexpr std::string_view kAnchorFormat = "puntual-anchor-1";

Result<int64_t> anchor_number(const json::value& value, std::string_view key) {
  const auto found = member_int(value, key);
  if (!found) return fail(ErrorCode::Invalid, "anchor: '{}' is missing or no number", key);
  return *found;
}

Result<std::string> anchor_text(const json::value& value, std::string_view key) {
  const auto found = member_text(value, key);
  if (!found) return fail(ErrorCode::Invalid, "anchor: '{}' is missing", key);
  return *found;
}

}  // namespace

json::object anchor_json(const Anchor& a) {
  // Ids as texts: they are larger than the numbers that some readers of JSON keep exactly.
  return {{"creditor", std::to_string(a.chain.creditor.value)},
          {"node", a.chain.node},
          {"at", format_utc(a.at)},
          {"first_id", std::to_string(a.first_id)},
          {"last_id", std::to_string(a.last_id)},
          {"count", a.count},
          {"head", a.head},
          {"after_id", std::to_string(a.after_id)},
          {"merkle_root", a.merkle_root}};
}

Result<Anchor> anchor_of(const json::value& value) {
  Anchor a;
  ASSIGN_OR_RETURN(a.chain.creditor.value, anchor_number(value, "creditor"));
  ASSIGN_OR_RETURN(const int64_t node, anchor_number(value, "node"));
  a.chain.node = static_cast<int>(node);
  ASSIGN_OR_RETURN(const std::string at, anchor_text(value, "at"));
  ASSIGN_OR_RETURN(a.at, parse_rfc3339(at));
  ASSIGN_OR_RETURN(a.first_id, anchor_number(value, "first_id"));
  ASSIGN_OR_RETURN(a.last_id, anchor_number(value, "last_id"));
  ASSIGN_OR_RETURN(a.count, anchor_number(value, "count"));
  ASSIGN_OR_RETURN(a.head, anchor_text(value, "head"));
  ASSIGN_OR_RETURN(a.after_id, anchor_number(value, "after_id"));
  ASSIGN_OR_RETURN(a.merkle_root, anchor_text(value, "merkle_root"));
  return a;
}

std::string write_anchors(const std::vector<Anchor>& anchors, Instant at) {
  json::array chains;
  for (const auto& anchor : anchors) chains.push_back(anchor_json(anchor));
  return to_json(json::object{
             {"format", kAnchorFormat}, {"at", format_utc(at)}, {"chains", std::move(chains)}}) +
         "\n";
}

Result<std::vector<Anchor>> read_anchors(std::string_view file) {
  ASSIGN_OR_RETURN(const json::value document, parse_json(file));
  const auto* chains = member_array(document, "chains");
  if (member_text(document, "format") != kAnchorFormat || chains == nullptr) {
    return fail(ErrorCode::Invalid,
                "this is no anchor file (expected one that 'puntual audit anchor' wrote)");
  }
  std::vector<Anchor> anchors;
  for (const auto& chain : *chains) {
    ASSIGN_OR_RETURN(anchors.emplace_back(), anchor_of(chain));
  }
  return anchors;
}

}  // namespace puntual::audit
