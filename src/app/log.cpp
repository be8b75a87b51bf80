#include "app/log.h"

#include <cstdio>

#include "app/clock.h"
#include "base/json.h"

namespace puntual {

void log_event(std::string_view level, std::string_view event, std::string_view detail) {
  json::object line{{"at", format_utc(Clock().now())}, {"level", level}, {"event", event}};
  if (!detail.empty()) line["detail"] = detail;
  // One write a line, so that lines of several threads do not mix.
  const std::string text = to_json(line) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace puntual
