// One JSON object a line on stderr: {"at":…,"level":…,"event":…,"detail":…}. No personal data.
// Thread-safe.
#pragma once

#include <string_view>

namespace puntual {

void log_event(std::string_view level, std::string_view event, std::string_view detail = {});

}  // namespace puntual
