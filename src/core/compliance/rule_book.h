// The packs and calendars in force: those that ship with the program, and what a deployment brings
// of its own. Made once at start, never changed, shared by all who ask; thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/compliance/calendar.h"
#include "core/compliance/country_rules.h"

namespace puntual::compliance {

// The days that a deployment closes in one country.
struct ClosedDays {
  struct Regional {
    CivilDate date;
    std::string region;
  };
  Calendar everywhere;  // Covers the years of the country's calendar.
  std::vector<Regional> regional;
  size_t count = 0;

  // An unknown region (empty) is closed with every one of them.
  [[nodiscard]] bool is_closed(CivilDate date, std::string_view region) const;
};

// A country ready to be asked: its pack, its zones and its calendar.
struct Jurisdiction {
  // The pack as it stands from a date on; a new one begins where a row's validity begins or ends.
  struct Edition {
    CivilDate from;
    Pack pack;
  };
  Pack pack;  // As written, all rows.
  std::vector<Edition> editions;
  Calendar calendar;
  ClosedDays closed;
  std::string_view calendar_version;  // "CO-calendar-2026.11.1+2-9f2a01c4": two closed days.
  bool is_own = false;  // The deployment's pack; its version ends in a digest of the file
                        // ("CO-2027.1.1+5c01a9fe"), so that a proof tells which rules were asked.

  [[nodiscard]] const Edition& edition_on(CivilDate date) const {
    size_t at = editions.size() - 1;
    while (at > 0 && date < editions[at].from) --at;
    return editions[at];
  }
};

struct NamedText {
  std::string name;  // Of the file, for errors; packs and calendars: its stem is the country.
  std::string text;
};

// What a deployment brings.
struct LawFiles {
  std::vector<NamedText> packs;      // xx.toml
  std::vector<NamedText> calendars;  // xx.tsv
  std::optional<NamedText> closed_days;
  std::vector<std::string> others;  // Files beside them that are neither: told as ignored.
};

// A file of the deployment that changes nothing, and why (es).
struct IgnoredFile {
  std::string name;
  std::string why;
};

class RuleBook {
 public:
  // What ships with the program; read on first use, lives for ever.
  [[nodiscard]] static const RuleBook& built_in();
  // The built-in packs and calendars; of each country the newer one of ours and theirs. Closed days
  // only ever close. Invalid names file, line and remedy.
  [[nodiscard]] static Result<std::shared_ptr<const RuleBook>> with(const LawFiles& files);

  // What stands in the deployment's folder and is not asked.
  [[nodiscard]] std::span<const IgnoredFile> ignored() const { return ignored_; }
  // Null when there is no pack for this ISO code.
  [[nodiscard]] const Jurisdiction* find(std::string_view country) const;
  [[nodiscard]] std::span<const Jurisdiction> all() const { return all_; }
  [[nodiscard]] std::span<const Zone> zones_of(std::string_view country) const;
  [[nodiscard]] std::span<const Rule> house_rules() const { return house_; }
  [[nodiscard]] const Rule* find_rule(std::string_view id) const;
  // Every rule id whose literal reading differs, and so may stand in a profile.
  [[nodiscard]] std::span<const std::string_view> switchable_rules() const { return switchable_; }

 private:
  RuleBook() = default;
  static Result<RuleBook> read(const LawFiles& files);
  enum class Origin : uint8_t { BuiltIn, Deployment };
  Result<void> adopt_pack(const NamedText& file, Origin origin);
  Result<void> adopt_calendar(const NamedText& file);
  Result<void> close_days(const NamedText& file);
  void settle();

  std::vector<Rule> house_;
  std::vector<Jurisdiction> all_;         // By country.
  std::array<uint8_t, 26 * 26> slots_{};  // By the two letters: 0 for none, else index + 1.
  std::vector<std::string_view> switchable_;
  std::vector<IgnoredFile> ignored_;
};

// Is `left` a later version than `right`? Numbers are compared as numbers: 2026.11.10 > 2026.11.9.
[[nodiscard]] bool is_newer_version(std::string_view left, std::string_view right);

}  // namespace puntual::compliance
