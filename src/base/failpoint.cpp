#include "base/failpoint.h"

#include <fmt/ranges.h>
#include <signal.h>

#include <algorithm>
#include <charconv>

namespace puntual {
namespace {

enum class FailAction : uint8_t { Kill, Pause, Check };
constexpr std::string_view kFailActions[] = {"kill", "pause", "check"};

FailAction fail_action = FailAction::Kill;  // Set before anybody can pass.
std::atomic<int64_t> passages_left = 0;

}  // namespace

std::atomic<uint32_t> failpoints::armed = 0;

void failpoints::reached() {
  if (passages_left.fetch_sub(1) != 1) return;
  if (fail_action == FailAction::Check) PUNTUAL_CHECK(!"asked for by a test");
  ::raise(fail_action == FailAction::Kill ? SIGKILL : SIGSTOP);
}

Result<void> arm_failpoint(std::string_view setting) {
  const auto equals = std::min(setting.find('='), setting.size());
  const std::string_view place = setting.substr(0, equals),
                         action = setting.substr(std::min(equals + 1, setting.size()));
  const auto colon = std::min(place.find(':'), place.size());
  const auto found = std::ranges::find(kFailpoints, place.substr(0, colon));
  const auto* wanted = action.empty() ? kFailActions : std::ranges::find(kFailActions, action);
  int64_t passage = 1;
  const std::string_view count = place.substr(std::min(colon + 1, place.size()));
  const bool is_number =
      count.empty() ||
      std::from_chars(count.data(), count.data() + count.size(), passage).ec == std::errc{};
  if (found == std::end(kFailpoints) || wanted == std::end(kFailActions) || !is_number ||
      passage < 1) {
    return fail(ErrorCode::Invalid, "PUNTUAL_FAILPOINT={} (expected name[:n][={}]; the names: {})",
                setting, fmt::join(kFailActions, "|"), fmt::join(kFailpoints, ", "));
  }
  fail_action = static_cast<FailAction>(wanted - kFailActions);
  passages_left = passage;
  failpoints::armed = static_cast<uint32_t>(found - kFailpoints) + 1;
  return {};
}

}  // namespace puntual
