// For a moment nobody is reminded because of a file that has just been loaded: whoever takes it
// back within that time has written to nobody (quality-bar UX-13).
#pragma once

#include <optional>

#include "base/time.h"

namespace puntual {

struct ImportMoments {
  Instant begun_at;
  std::optional<Instant> ended_at,
      undone_at;  // ended_at: none while it goes in, or since it was cut off.
};

namespace portfolio {

// What has not ended by then was cut off.
inline constexpr int64_t kStillLoadingMs = kHourMs;

// Until when this import keeps the people of the file silent; none: it does not, or not any more.
// One that is still going in keeps them so for `grace_ms` from now on: whoever asked asks again
// then.
[[nodiscard]] std::optional<Instant> rests_until(const ImportMoments& import, int64_t grace_ms,
                                                 Instant now);

}  // namespace portfolio
}  // namespace puntual
