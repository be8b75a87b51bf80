#include "base/zone.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace puntual {
namespace {

struct ZoneEntry {
  std::string_view name;
  int first;
  int count;
};

#include "zone_table.inc"

std::span<const ZoneChange> changes_of(int index) {
  return {kChanges + kZones[index].first, static_cast<size_t>(kZones[index].count)};
}

const ZoneChange* change_at(int index, int64_t seconds) {
  const auto changes = changes_of(index);
  auto after = std::upper_bound(
      changes.begin(), changes.end(), seconds,
      [](int64_t at, const ZoneChange& change) { return at < change.from_seconds; });
  return &*(after == changes.begin() ? after : after - 1);
}

int64_t floor_seconds(Instant at) { return at.ms >= 0 ? at.ms / 1000 : (at.ms - 999) / 1000; }

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  if (name == "UTC") name = "Etc/UTC";
  const auto found =
      std::lower_bound(std::begin(kZones), std::end(kZones), name,
                       [](const ZoneEntry& zone, std::string_view n) { return zone.name < n; });
  if (found == std::end(kZones) || found->name != name) {
    return fail(ErrorCode::NotFound,
                "'{}' is not a time zone (expected an IANA name such as America/Bogota)", name);
  }
  return Zone(static_cast<int>(found - std::begin(kZones)));
}

Zone Zone::of(std::string_view name) {
  const auto zone = find(name);
  PUNTUAL_CHECK(zone.has_value());
  return *zone;
}

std::vector<std::string_view> Zone::names() {
  std::vector<std::string_view> all;
  for (const auto& zone : kZones) all.push_back(zone.name);
  return all;
}

std::string_view Zone::table_version() { return kZoneTableVersion; }

std::string_view Zone::name() const { return kZones[index_].name; }

int32_t Zone::offset_at(Instant at) const {
  return change_at(index_, floor_seconds(at))->offset_seconds;
}

OffsetSpan Zone::offset_span(Instant at) const {
  const auto changes = changes_of(index_);
  const ZoneChange* change = change_at(index_, floor_seconds(at));
  const bool first = change == changes.data();
  const bool last = change + 1 == changes.data() + changes.size();
  constexpr int64_t kEverMs = int64_t{1} << 62;
  return {{first ? -kEverMs : change->from_seconds * kSecondMs},
          {last ? kEverMs : change[1].from_seconds * kSecondMs},
          change->offset_seconds};
}

LocalTime Zone::local(Instant at) const { return local_time(at, offset_at(at)); }

Instant Zone::instant(CivilDate date, int32_t ms_of_day) const {
  const int64_t local_ms = date.days * kDayMs + ms_of_day;
  // Every change within a day and a half of the civil time is a candidate; offsets never exceed 26
  // h apart.
  const auto changes = changes_of(index_);
  const int64_t around = local_ms / 1000;
  const ZoneChange* change = change_at(index_, around - 36 * 3600);
  for (; change != changes.data() + changes.size(); ++change) {
    const bool last = change + 1 == changes.data() + changes.size();
    const int64_t candidate = local_ms - int64_t{change->offset_seconds} * kSecondMs;
    if (!last && candidate >= change[1].from_seconds * kSecondMs) continue;
    // In a gap the candidate falls before this offset begins: the first valid instant is its
    // beginning.
    return {std::max(candidate,
                     change == changes.data() ? candidate : change->from_seconds * kSecondMs)};
  }
  return {local_ms};
}

}  // namespace puntual
