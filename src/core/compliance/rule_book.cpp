#include "core/compliance/rule_book.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/embedded.h"
#include "base/toml.h"
#include "core/compliance/pack_reader.h"

namespace puntual::compliance {
namespace {

int slot_of(char a, char b) { return (a - 'A') * 26 + (b - 'A'); }
bool is_country_code(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && is_letter(text[0]) && is_letter(text[1]);
}

// "CO" of ".../co.tsv"; empty when the file is called otherwise.
std::string country_of_file(std::string_view name) {
  const size_t slash = name.rfind('/');
  std::string_view stem = slash == std::string_view::npos ? name : name.substr(slash + 1);
  stem = stem.substr(0, stem.find('.'));
  std::string code;
  for (const char c : stem) code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return is_country_code(code) ? code : std::string();
}

// Where the validity of something that acts begins or ends, within the years of the calendar.
std::vector<CivilDate> switch_dates(const Jurisdiction& jurisdiction) {
  std::vector<CivilDate> dates;
  for (const auto id : rules_named_by(jurisdiction.pack)) {
    const Rule* rule = jurisdiction.pack.find_rule(id);
    if (rule == nullptr) continue;
    for (const CivilDate date : {rule->valid_from, rule->valid_to + 1}) {
      if (jurisdiction.calendar.covers(date) && date > jurisdiction.calendar.first)
        dates.push_back(date);
    }
  }
  std::ranges::sort(dates);
  dates.erase(std::ranges::unique(dates).begin(), dates.end());
  return dates;
}

int64_t take_number(std::string_view& version) {
  while (!version.empty() && (version.front() < '0' || version.front() > '9'))
    version.remove_prefix(1);
  if (version.empty()) return -1;
  int64_t number = 0;
  while (!version.empty() && version.front() >= '0' && version.front() <= '9') {
    number = std::min<int64_t>(number * 10 + (version.front() - '0'), 1'000'000'000);
    version.remove_prefix(1);
  }
  return number;
}

}  // namespace

bool is_newer_version(std::string_view left, std::string_view right) {
  left = left.substr(0, left.find('+'));  // The digest of an own pack is no number.
  right = right.substr(0, right.find('+'));
  for (;;) {
    const int64_t a = take_number(left);
    const int64_t b = take_number(right);
    if (a != b) return a > b;
    if (a < 0) return false;
  }
}

bool ClosedDays::is_closed(CivilDate date, std::string_view region) const {
  if (everywhere.is_holiday(date)) return true;
  if (region.size() > 3 && region[2] == '-') region.remove_prefix(3);  // "CO-ANT"
  return std::ranges::any_of(regional, [&](const Regional& one) {
    return one.date == date && (region.empty() || one.region == region);
  });
}

const RuleBook& RuleBook::built_in() {
  static const RuleBook book = [] {
    auto read_book = read({});
    if (!read_book) std::fprintf(stderr, "%s\n", read_book.error().message.c_str());
    PUNTUAL_CHECK(read_book.has_value());
    return *std::move(read_book);
  }();
  return book;
}

Result<std::shared_ptr<const RuleBook>> RuleBook::with(const LawFiles& files) {
  ASSIGN_OR_RETURN(RuleBook book, read(files));
  return std::shared_ptr<const RuleBook>(new RuleBook(std::move(book)));
}

Result<RuleBook> RuleBook::read(const LawFiles& files) {
  RuleBook book;
  const auto house = embedded_file("packs/house.toml");
  PUNTUAL_CHECK(house.has_value());
  ASSIGN_OR_RETURN(book.house_, read_house_rules(*house, "packs/house.toml"));
  const auto own = [](std::string_view prefix, std::string_view suffix) {
    std::vector<NamedText> texts;
    for (const auto& file : embedded_files(prefix)) {
      if (file.name.ends_with(suffix) && !country_of_file(file.name).empty())
        texts.push_back({std::string(file.name), std::string(file.bytes)});
    }
    return texts;
  };
  for (const auto& name : files.others)
    book.ignored_.push_back({name, "no es un .toml ni un .tsv"});
  for (const auto& file : own("packs/", ".toml"))
    RETURN_IF_ERROR(book.adopt_pack(file, Origin::BuiltIn));
  for (const auto& file : files.packs) RETURN_IF_ERROR(book.adopt_pack(file, Origin::Deployment));
  std::ranges::sort(book.all_, {}, [](const Jurisdiction& one) { return one.pack.country; });
  for (size_t i = 0; i < book.all_.size(); ++i) {
    const auto code = book.all_[i].pack.country;
    book.slots_[static_cast<size_t>(slot_of(code[0], code[1]))] = static_cast<uint8_t>(i + 1);
  }
  for (const auto& file : own("data/holidays/", ".tsv")) RETURN_IF_ERROR(book.adopt_calendar(file));
  for (const auto& file : files.calendars) RETURN_IF_ERROR(book.adopt_calendar(file));
  for (auto& one : book.all_)
    one.closed.everywhere = {one.calendar.first, one.calendar.last, {}, {}};
  const auto regional = embedded_file("data/holidays/regional.tsv");
  PUNTUAL_CHECK(regional.has_value());
  ASSIGN_OR_RETURN(const auto regional_days,
                   read_closed_days(*regional, "data/holidays/regional.tsv"));
  for (const auto& day : regional_days) {
    const auto land = std::ranges::find(book.all_, day.country,
                                        [](const Jurisdiction& one) { return one.pack.country; });
    if (land != book.all_.end()) land->closed.regional.push_back({day.date, day.region});
  }
  if (files.closed_days) RETURN_IF_ERROR(book.close_days(*files.closed_days));
  book.settle();
  return book;
}

Result<void> RuleBook::adopt_pack(const NamedText& file, Origin origin) {
  ASSIGN_OR_RETURN(Pack pack, read_pack(file.text, file.name, house_));
  if (country_of_file(file.name) != pack.country) {
    ASSIGN_OR_RETURN(const TomlFile toml, TomlFile::parse(file.text, file.name));
    return fail(ErrorCode::Invalid,
                "{}:{}: country = \"{}\": a pack's file is called by its country "
                "(co.toml)",
                file.name, toml.root().line_of("country"), pack.country);
  }
  const auto found = std::ranges::find(all_, pack.country,
                                       [](const Jurisdiction& one) { return one.pack.country; });
  const bool is_own = origin == Origin::Deployment;
  if (found != all_.end() && !is_newer_version(pack.version, found->pack.version)) {
    if (is_own)
      ignored_.push_back({file.name, fmt::format("su versión {} no es más nueva que {}",
                                                 pack.version, found->pack.version)});
    return {};
  }
  if (is_own)
    pack.version =
        kept_for_ever(fmt::format("{}+{}", pack.version, hex(sha256(file.text)).substr(0, 8)));
  Jurisdiction& land = found == all_.end() ? all_.emplace_back() : *found;
  land.pack = std::move(pack);
  land.is_own = is_own;
  return {};
}

Result<void> RuleBook::adopt_calendar(const NamedText& file) {
  ASSIGN_OR_RETURN(Calendar calendar, read_calendar(file.text, file.name));
  const auto country = country_of_file(file.name);
  const auto found =
      std::ranges::find(all_, country, [](const Jurisdiction& one) { return one.pack.country; });
  if (found == all_.end()) {
    return fail(ErrorCode::Invalid,
                "{}: a calendar without a pack: it is called by its country "
                "(co.tsv), beside co.toml",
                file.name);
  }
  if (!is_newer_version(calendar.version, found->calendar.version)) {
    ignored_.push_back({file.name, fmt::format("su versión {} no es más nueva que {}",
                                               calendar.version, found->calendar.version)});
    return {};
  }
  if (found->calendar.first <= found->calendar.last) {
    if (calendar.first > found->calendar.first || calendar.last < found->calendar.last) {
      return fail(
          ErrorCode::Invalid,
          "{}: covers {} to {}; ours covers {} to {}, and a newer calendar must cover all of it",
          file.name, format_date(calendar.first), format_date(calendar.last),
          format_date(found->calendar.first), format_date(found->calendar.last));
    }
    // A deployment closes days; it opens none.
    for (CivilDate day = found->calendar.first; day <= found->calendar.last; day = day + 1) {
      if (found->calendar.is_holiday(day)) calendar.add(day);
    }
  }
  found->calendar = std::move(calendar);
  return {};
}

Result<void> RuleBook::close_days(const NamedText& file) {
  ASSIGN_OR_RETURN(const auto days, read_closed_days(file.text, file.name));
  for (const auto& day : days) {
    if (!day.country.empty() && find(day.country) == nullptr) {
      return fail(ErrorCode::Invalid, "{}: {}: there is no pack for '{}' (see: puntual pack list)",
                  file.name, format_date(day.date), day.country);
    }
    for (auto& one : all_) {
      if (!day.country.empty() && day.country != one.pack.country) continue;
      if (day.region.empty())
        one.closed.everywhere.add(day.date);
      else
        one.closed.regional.push_back({day.date, day.region});
      ++one.closed.count;
    }
  }
  const std::string digest = hex(sha256(file.text)).substr(0, 8);
  for (auto& one : all_) {
    if (one.closed.count > 0)
      one.calendar_version = kept_for_ever(fmt::format("+{}-{}", one.closed.count, digest));
  }
  return {};
}

// What follows from the packs and calendars chosen.
void RuleBook::settle() {
  for (auto& one : all_) {
    one.calendar_version = kept_for_ever(fmt::format("{}-calendar-{}{}", one.pack.country,
                                                     one.calendar.version, one.calendar_version));
    one.editions.push_back({one.calendar.first, in_force_on(one.pack, one.calendar.first)});
    for (const CivilDate date : switch_dates(one))
      one.editions.push_back({date, in_force_on(one.pack, date)});
    for (const auto& rule : one.pack.rules) {
      if (!rule.literal.empty()) switchable_.push_back(rule.id);
    }
  }
}

const Jurisdiction* RuleBook::find(std::string_view country) const {
  if (!is_country_code(country)) return nullptr;
  const uint8_t slot = slots_[static_cast<size_t>(slot_of(country[0], country[1]))];
  return slot == 0 ? nullptr : &all_[slot - 1];
}

std::span<const Zone> RuleBook::zones_of(std::string_view country) const {
  const auto* found = find(country);
  return found == nullptr ? std::span<const Zone>() : std::span<const Zone>(found->pack.zones);
}

const Rule* RuleBook::find_rule(std::string_view id) const {
  for (const auto& one : all_) {
    if (const Rule* rule = one.pack.find_rule(id)) return rule;
  }
  const auto found = std::ranges::find(house_, id, &Rule::id);
  return found == house_.end() ? nullptr : &*found;
}

std::vector<std::string_view> jurisdictions() {
  std::vector<std::string_view> codes;
  for (const auto& one : RuleBook::built_in().all()) codes.push_back(one.pack.country);
  return codes;
}

std::span<const Zone> zones_of(std::string_view jurisdiction) {
  return RuleBook::built_in().zones_of(jurisdiction);
}

bool is_holiday(std::string_view jurisdiction, CivilDate date) {
  const auto* found = RuleBook::built_in().find(jurisdiction);
  return found != nullptr && found->calendar.is_holiday(date);
}

}  // namespace puntual::compliance
