// A country ready to be asked: its pack, its zones and its calendar, made once for the whole
// program.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/compliance/calendar.h"
#include "core/compliance/country_rules.h"

namespace puntual::compliance {

struct Jurisdiction {
  const Pack* pack = nullptr;
  std::vector<Zone> zones;
  Calendar calendar;
  CivilDate review_by;
};

// Null when there is no pack for this ISO code. Thread-safe; the answer lives for ever.
[[nodiscard]] const Jurisdiction* find_jurisdiction(std::string_view country);

// Every rule id whose literal reading differs, and so may stand in a profile.
[[nodiscard]] std::span<const std::string_view> switchable_rules();

}  // namespace puntual::compliance
