#include "core/compliance/jurisdiction.h"

#include <algorithm>
#include <string>

#include "base/embedded.h"

namespace puntual::compliance {
namespace {

Jurisdiction make_jurisdiction(const Pack& pack) {
  Jurisdiction made{
      &pack, {}, {}, date_of(pack.review_by.year, pack.review_by.month, pack.review_by.day)};
  for (const auto zone : pack.zones) made.zones.push_back(Zone::of(zone));
  std::string name = "data/holidays/";
  for (const char letter : pack.country) name += static_cast<char>(letter - 'A' + 'a');
  const auto tsv = embedded_file(name + ".tsv");
  PUNTUAL_CHECK(tsv.has_value());
  made.calendar = read_calendar(*tsv);
  return made;
}

int slot_of(char a, char b) { return (a - 'A') * 26 + (b - 'A'); }

// All jurisdictions, and where each stands by the two letters of its code (0: none, else index +
// 1).
struct Atlas {
  std::vector<Jurisdiction> all;
  std::array<uint8_t, 26 * 26> slots{};

  Atlas() {
    for (const Pack* pack : all_packs()) {
      all.push_back(make_jurisdiction(*pack));
      slots[static_cast<size_t>(slot_of(pack->country[0], pack->country[1]))] =
          static_cast<uint8_t>(all.size());
    }
  }
};

const Atlas& atlas() {
  static const Atlas made;
  return made;
}

}  // namespace

const Jurisdiction* find_jurisdiction(std::string_view country) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (country.size() != 2 || !is_letter(country[0]) || !is_letter(country[1])) return nullptr;
  const Atlas& known = atlas();
  const uint8_t slot = known.slots[static_cast<size_t>(slot_of(country[0], country[1]))];
  return slot == 0 ? nullptr : &known.all[slot - 1];
}

std::span<const std::string_view> switchable_rules() {
  static const auto ids = [] {
    std::vector<std::string_view> found;
    for (const Pack* pack : all_packs()) {
      for (const auto& rule : pack->rules) {
        if (!rule.differs.empty()) found.push_back(rule.id);
      }
    }
    return found;
  }();
  return ids;
}

std::vector<std::string_view> jurisdictions() {
  std::vector<std::string_view> codes;
  for (const Pack* pack : all_packs()) codes.push_back(pack->country);
  return codes;
}

std::span<const Zone> zones_of(std::string_view jurisdiction) {
  const auto* found = find_jurisdiction(jurisdiction);
  return found == nullptr ? std::span<const Zone>() : std::span<const Zone>(found->zones);
}

bool is_holiday(std::string_view jurisdiction, CivilDate date) {
  const auto* found = find_jurisdiction(jurisdiction);
  return found != nullptr && found->calendar.is_holiday(date);
}

}  // namespace puntual::compliance
