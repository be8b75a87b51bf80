// What can go wrong on request (payments contract, section 12). Some of that list needs no fault: a
// second payment, one after expiry, a part of an open amount, a void or a dispute much later are
// said to the control API.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggest.h"
#include "base/toml_json.h"
#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kFaultKinds[] = {
    // The next answer of the API:
    "server_error", "busy", "not_found", "hang", "slow", "no_json", "lost_answer",
    // the next charge:
    "amount_more", "amount_less", "other_currency", "other_merchant", "unreadable",
    // the next change of a charge: the API tells of it as it was for a while
    "stale",
    // the next notice:
    "duplicate", "parallel", "drop", "late", "wrong_signature", "old_secret", "altered_body",
    "other_environment", "unknown_type", "extra_fields", "null_reference", "upper_case"};

Result<std::pair<std::string, PayFault>> pay_fault_of(const json::value& given) {
  PayFault fault{.kind = text_in(given, "kind")};
  if (std::ranges::find(kFaultKinds, fault.kind) == std::end(kFaultKinds)) {
    const auto nearest = closest_word(fault.kind, kFaultKinds);
    return fail(ErrorCode::Invalid, "pay.kind: '{}' is unknown{}", fault.kind,
                nearest.empty() ? fmt::format(" (known are {})", fmt::join(kFaultKinds, ", "))
                                : fmt::format(": did you mean '{}'?", nearest));
  }
  fault.remaining = member_int(given, "next").value_or(1);
  fault.delay_ms = member_int(given, "delay_seconds").value_or(60) * kSecondMs;
  return std::pair{text_in(given, "provider"), std::move(fault)};
}

}  // namespace

Result<std::vector<std::pair<std::string, PayFault>>> pay_faults_of(std::string_view text,
                                                                    std::string_view file_name) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && text[first] == '{';
  ASSIGN_OR_RETURN(const json::value document,
                   is_json ? parse_json(text) : json_of_toml(text, file_name));
  std::vector<std::pair<std::string, PayFault>> faults;
  const auto* list = member_array(document, "pay");
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    ASSIGN_OR_RETURN(auto fault, pay_fault_of((*list)[i]));
    faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace puntual::sandbox
