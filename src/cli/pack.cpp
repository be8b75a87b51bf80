// puntual pack list | show | check: the law that the gate applies, as anybody can read it.
#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "base/suggest.h"
#include "cli/deployment.h"
#include "core/compliance/loosened.h"
#include "core/compliance/pack_reader.h"

namespace puntual::cli {
namespace {

using compliance::Jurisdiction;
using compliance::Rule;
using compliance::RuleBook;

// The rules in force with these settings.
Result<Law> law_of(const Arguments& arguments) {
  ASSIGN_OR_RETURN(Config config, deployment_config(arguments));
  return std::move(config.law.law);
}

void print_line(const std::string& line) { std::printf("%s\n", line.c_str()); }

// A day, or nothing where there is no bound.
std::string bound_text(CivilDate date) {
  const int year = date.days < -200'000 || date.days > 3'000'000 ? 0 : ymd_of(date).year;
  return year == 0 ? std::string() : format_date(date);
}

json::object summary_json(const Jurisdiction& land) {
  json::array zones;
  for (const Zone& zone : land.pack.zones) zones.emplace_back(zone.name());
  return {{"country", land.pack.country},
          {"version", land.pack.version},
          {"authority", land.pack.authority},
          {"checked_on", format_date(land.pack.checked_on)},
          {"review_by", format_date(land.pack.review_by)},
          {"calendar_version", land.calendar_version},
          {"calendar_until", land.calendar.version.empty() ? "" : format_date(land.calendar.last)},
          {"closed_days", static_cast<int64_t>(land.closed.count)},
          {"zones", zones},
          {"zone_table", Zone::table_version()},
          {"rules", static_cast<int64_t>(land.pack.rules.size())}};
}

std::string reading_of(const Law& law, const Rule& rule) {
  if (rule.literal.empty()) return {};
  return law.profile.is_strict(rule.id) ? "strict" : "literal";
}

json::object rule_json(const Law& law, const Rule& rule) {
  return {{"id", rule.id},
          {"law", rule.law},
          {"value", rule.value},
          {"origin", rule.of_the_house ? "house" : "law"},
          {"confidence", rule.confidence},
          {"source", rule.source},
          {"source_url", rule.source_url},
          {"valid_from", bound_text(rule.valid_from)},
          {"valid_to", bound_text(rule.valid_to)},
          {"strict", rule.strict},
          {"literal", rule.literal},
          {"reading", reading_of(law, rule)}};
}

void print_rule(const Law& law, const Rule& rule) {
  print_line(fmt::format("\n{}  [{}]{}", rule.id, rule.confidence,
                         rule.of_the_house ? "  de la casa" : ""));
  const auto row = [](std::string_view name, std::string_view text) {
    if (!text.empty()) print_line(fmt::format("  {:<9} {}", name, text));
  };
  row("ley", rule.law);
  row("dice", rule.value);
  const std::string from = bound_text(rule.valid_from), to = bound_text(rule.valid_to);
  row("desde", from);
  row("hasta", to);
  row("estricta", rule.strict);
  row("literal", rule.literal);
  if (reading_of(law, rule) == "literal") row("se lee", "literal ([law] literal)");
  row("fuente", rule.source_url.empty() ? std::string(rule.source)
                                        : fmt::format("{} {}", rule.source, rule.source_url));
}

// The pack's own rows, then the rows of the house that it names.
std::vector<const Rule*> rows_of(const RuleBook& book, const Jurisdiction& land) {
  std::vector<const Rule*> rows;
  for (const auto& rule : land.pack.rules) rows.push_back(&rule);
  const auto named = compliance::rules_named_by(land.pack);
  for (const auto& rule : book.house_rules()) {
    if (std::ranges::find(named, rule.id) != named.end()) rows.push_back(&rule);
  }
  return rows;
}

Result<int> list_packs(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Law law, law_of(arguments));
  for (const auto& land : law.book().all()) {
    const json::object summary = summary_json(land);
    if (arguments.has("--json")) {
      print_line(to_json(summary));
    } else {
      print_line(fmt::format("{}  {:<14} revisar antes de {}  festivos hasta {}  {}",
                             land.pack.country, land.pack.version, format_date(land.pack.review_by),
                             format_date(land.calendar.last), land.calendar_version));
    }
  }
  return kOk;
}

Result<int> show_pack(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Law law, law_of(arguments));
  const std::string country = arguments.text("COUNTRY");
  const Jurisdiction* land = law.book().find(country);
  if (land == nullptr)
    return fail(ErrorCode::NotFound,
                "'{}': there is no pack for that country (see: puntual pack list)", country);
  const auto rows = rows_of(law.book(), *land);
  if (arguments.has("--json")) {
    json::object object = summary_json(*land);
    json::array rules;
    for (const Rule* rule : rows) rules.push_back(rule_json(law, *rule));
    object["rules"] = std::move(rules);
    print_line(to_json(object));
    return kOk;
  }
  print_line(fmt::format("{}  verificado el {}, revisar antes de {}", land->pack.version,
                         format_date(land->pack.checked_on), format_date(land->pack.review_by)));
  if (!land->pack.authority.empty()) print_line(fmt::format("autoridad: {}", land->pack.authority));
  print_line(fmt::format("festivos: {}, hasta {}; zonas horarias: tzdata {}",
                         land->calendar_version, format_date(land->calendar.last),
                         Zone::table_version()));
  for (const Rule* rule : rows) print_rule(law, *rule);
  return kOk;
}

Result<int> check_pack(const Arguments& arguments) {
  const std::string path = arguments.text("FILE");
  ASSIGN_OR_RETURN(std::string text, read_file(path));
  const bool is_calendar = path.ends_with(".tsv");
  if (is_calendar) {
    ASSIGN_OR_RETURN(const auto calendar, compliance::read_calendar(text, path));
    print_line(fmt::format("{}: correcto, calendario {} de {} a {}", path, calendar.version,
                           format_date(calendar.first), format_date(calendar.last)));
    return kOk;
  }
  ASSIGN_OR_RETURN(const auto pack,
                   compliance::read_pack(text, path, RuleBook::built_in().house_rules()));
  // As at the start of the server, which takes the newer of this one and the one built in.
  ASSIGN_OR_RETURN(
      const auto book,
      RuleBook::with({.packs = {{path, std::move(text)}}, .calendars = {}, .closed_days = {}}));
  const Jurisdiction* ours = RuleBook::built_in().find(pack.country);
  print_line(fmt::format("{}: correcto, {} con {} reglas", path, pack.version, pack.rules.size()));
  if (ours != nullptr && pack.version != ours->pack.version &&
      !compliance::is_newer_version(pack.version, ours->pack.version)) {
    print_line(fmt::format("aviso: el programa trae {}, que es más nueva, y usará esa",
                           ours->pack.version));
  }
  for (const auto& one :
       ours == nullptr ? std::vector<compliance::Loosening>() : loosened(pack, ours->pack))
    print_line(
        fmt::format("aviso: permite más que {}: {} [{}]", ours->pack.version, one.es, one.key));
  if (book->find(pack.country)->calendar.version.empty()) {
    print_line(fmt::format(
        "aviso: falta el calendario de festivos ({}.tsv): sin él no se escribe a nadie allí",
        pack.country));
  }
  return kOk;
}

}  // namespace

Command pack_list_command() {
  return {.name = "pack list",
          .summary = "The countries with rules: version, review date, how far the holidays reach",
          .options = with_deployment_options({{"--json", "", "One JSON object a line"}}),
          .run = list_packs};
}

Command pack_show_command() {
  return {
      .name = "pack show",
      .summary = "Every rule of a country: law, value, source, confidence, both readings, validity",
      .positionals = {"COUNTRY"},
      .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
      .examples = "  puntual pack show CO\n  puntual pack show CL --json\n",
      .run = show_pack};
}

Command pack_check_command() {
  return {
      .name = "pack check",
      .summary =
          "Check a pack (xx.toml) or a calendar (xx.tsv) of one's own; every mistake with its line",
      .positionals = {"FILE"},
      .examples = "  puntual pack check leyes/co.toml\n",
      .run = check_pack};
}

}  // namespace puntual::cli
