#include "engine/law.h"

#include <algorithm>
#include <set>

namespace puntual::engine {
namespace {

constexpr std::string_view kFact = "law";

// "rule CO-PREDUE literal", "pack CO-2026.11.1", "calendar CO-calendar-2026.11.1+2-9f2a01c4", one a
// line.
std::set<std::string> settings_of(const Law& law) {
  std::set<std::string> settings;
  for (const auto& rule : law.profile.literal_rules)
    settings.insert(fmt::format("rule {} literal", rule));
  for (const auto& one : law.book().all()) {
    settings.insert(fmt::format("pack {}", one.pack.version));
    settings.insert(fmt::format("calendar {}", one.calendar_version));
  }
  return settings;
}

std::set<std::string> lines_of(std::string_view text) {
  std::set<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

// What is no longer so: a rule goes back to strict; of a pack the new version tells enough.
std::string as_ended(std::string_view setting) {
  if (!setting.starts_with("rule ")) return {};
  return fmt::format("{} strict", setting.substr(0, setting.rfind(' ')));
}

}  // namespace

void note_law(Tx& tx, const Creditor& creditor, const Law& law, Instant now) {
  const auto settings = settings_of(law);
  const std::string last = tx.creditors.fact(kFact);
  // Before the first start everything was as it ships.
  const auto before = last.empty() ? settings_of({}) : lines_of(last);
  if (settings == before && !last.empty()) return;
  const auto note = [&](std::string detail) {
    if (detail.empty()) return;
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = {},
                        .at = now,
                        .kind = "setting",
                        .detail = std::move(detail)},
                       tx.ids);
  };
  for (const auto& setting : before) {
    if (!settings.contains(setting)) note(as_ended(setting));
  }
  for (const auto& setting : settings) {
    if (!before.contains(setting)) note(setting);
  }
  tx.creditors.set_fact(kFact, fmt::format("{}", fmt::join(settings, "\n")));
}

}  // namespace puntual::engine
