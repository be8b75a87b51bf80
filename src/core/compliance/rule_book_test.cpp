// Packs and calendars as data: what ships is whole, what a deployment brings is checked, and a row
// acts only while it is valid.
#include "core/compliance/rule_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ranges>

#include "base/embedded.h"
#include "base/locale.h"
#include "core/compliance/pack_reader.h"
#include "core/portfolio/import_cells.h"

namespace puntual::compliance {
namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
std::string in_lower_case(std::string_view code) {
  std::string lower;
  for (const char c : code) lower += static_cast<char>(c - 'A' + 'a');
  return lower;
}
std::string built_in_pack(std::string_view file) { return std::string(*embedded_file(file)); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string error_of(const LawFiles& files) {
  const auto book = RuleBook::with(files);
  return book ? "accepted" : book.error().message;
}
std::string error_of_pack(std::string text) {
  return error_of(
      {.packs = {{"leyes/uy.toml", std::move(text)}}, .calendars = {}, .closed_days = {}});
}

// A country is a pack, a calendar, a page and a scenario; and a line in how files name it, its
// money is written, its holidays are found and those whom people complain to are called.
TEST(RuleBook, EveryPackHasItsPageItsCalendarItsScenarioAndItsLines) {
  const std::string generator = contents("tools/generate_holidays.mjs");
  constexpr std::string_view kList = "const COUNTRIES = '";
  const size_t begin = generator.find(kList) + kList.size();
  const std::string generated =
      generator.substr(begin, generator.find('\'', begin) - begin);  // The codes alone.
  std::string scenarios;
  for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios"))
    scenarios += contents(entry.path());
  const std::string authorities(*embedded_file("data/authorities.tsv"));
  ASSERT_FALSE(RuleBook::built_in().all().empty());
  for (const auto& land : RuleBook::built_in().all()) {
    const std::string page = contents("docs/countries/" + in_lower_case(land.pack.country) + ".md");
    EXPECT_NE(page.find(land.pack.version), std::string::npos) << land.pack.country;
    EXPECT_NE(page.find(format_date(land.pack.review_by)), std::string::npos) << land.pack.country;
    EXPECT_FALSE(land.calendar.version.empty()) << land.pack.country;
    const bool has_scenario =
        scenarios.find(fmt::format("\ncountry   {}", land.pack.country)) != std::string::npos;
    EXPECT_TRUE(has_scenario) << land.pack.country
                              << ": no scenario in tests/scenarios has a creditor there";
    const auto* const in_files = portfolio::find_country(land.pack.country);
    ASSERT_NE(in_files, nullptr) << land.pack.country;
    EXPECT_TRUE(in_files->currency == land.pack.currency || in_files->currency == "USD")
        << land.pack.country;  // Panama's files are in dollars.
    EXPECT_NE(in_files->decimal_mark, 0) << land.pack.country;
    const Currency currency = Currency::of(land.pack.currency);
    const std::string code(currency.code()),
        shown = format_money({currency.minor_per_major(), currency},
                             fmt::format("es_{}", land.pack.country));
    EXPECT_TRUE(code == "USD" || !shown.contains(code))
        << land.pack.country << ": its own money shown as " << shown;
    EXPECT_TRUE(generated.contains(land.pack.country))
        << land.pack.country << ": not in tools/generate_holidays.mjs";
    EXPECT_TRUE(authorities.contains(fmt::format("\n{}\t", land.pack.country)))
        << land.pack.country << ": nobody to complain to is named in data/authorities.tsv";
  }
}

TEST(RuleBook, EveryRuleSaysWhatItIsAndWhereItIsFrom) {
  for (const auto& land : RuleBook::built_in().all()) {
    for (const auto& rule : land.pack.rules) {
      EXPECT_TRUE(rule.id.starts_with(fmt::format("{}-", land.pack.country))) << rule.id;
      EXPECT_FALSE(rule.value.empty()) << rule.id;
      EXPECT_TRUE(!rule.source_url.empty() || rule.confidence == "U" || rule.confidence == "H")
          << rule.id;
      EXPECT_EQ(rule.of_the_house && rule.confidence == "T", false) << rule.id;
    }
    for (const auto id : rules_named_by(land.pack))
      EXPECT_NE(RuleBook::built_in().find_rule(id), nullptr) << id;
  }
}

TEST(RuleBook, MistakesAreNamedWithFileKeyAndRemedy) {
  const std::string pack = built_in_pack("packs/uy.toml");
  EXPECT_NE(error_of_pack(replaced(pack, "authority", "authoritty"))
                .find("leyes/uy.toml:8: unknown key 'authoritty': did you mean 'authority'?"),
            std::string::npos)
      << error_of_pack(replaced(pack, "authority", "authoritty"));
  EXPECT_NE(error_of_pack(replaced(pack, R"(rule = "H-DAILY")", R"(rule = "H-DAYLY")"))
                .find("did you mean 'H-DAILY'?"),
            std::string::npos);
  EXPECT_NE(error_of_pack(replaced(pack, "09:00-18:00", "09:00-9"))
                .find("expected hours such as \"08:00-18:00\""),
            std::string::npos);
  EXPECT_NE(error_of_pack(replaced(pack, "America/Montevideo", "America/Montevideu"))
                .find("is not a time zone"),
            std::string::npos);
  EXPECT_NE(error_of_pack(replaced(pack, "2028-01-31", "2028-31-01")).find("'review_by'"),
            std::string::npos);
  EXPECT_NE(error_of_pack(replaced(pack, "UY-2026.11.1", "2026.11.1"))
                .find("expected the country and numbers"),
            std::string::npos);
  EXPECT_NE(error_of_pack(replaced(pack, R"(source = "UY-2")", R"(source = "UY-9")"))
                .find("to [sources]"),
            std::string::npos);
  EXPECT_EQ(error_of({.packs = {{"leyes/pe.toml", pack}}, .calendars = {}, .closed_days = {}})
                .find("leyes/pe.toml:4: country = \"UY\": a pack's file is called by its country"),
            0U);
  EXPECT_NE(error_of_pack(replaced(pack, "2028-01-31", "2025-01-31"))
                .find("'review_by' lies before 'checked_on'"),
            std::string::npos);
  EXPECT_NE(
      error_of({.packs = {}, .calendars = {{"leyes/co.tsv", "2026-13-01\n"}}, .closed_days = {}})
          .find("leyes/co.tsv:1: "),
      std::string::npos);
  EXPECT_NE(error_of({.packs = {},
                      .calendars = {{"leyes/us.tsv", "# version: 1\n2026-01-01\tx\n"}},
                      .closed_days = {}})
                .find("a calendar without a pack"),
            std::string::npos);
}

// Whoever brings the pack, also when a newer version would be taken.
TEST(RuleBook, NoPackGoesBelowTheFloorOfTheHouse) {
  const auto refused = [](std::string_view country, std::string_view from, std::string_view to) {
    const auto name = fmt::format("{}.toml", country);
    const auto text = replaced(built_in_pack("packs/" + name), from, to);
    return error_of({.packs = {{"leyes/" + name, text}}, .calendars = {}, .closed_days = {}});
  };
  const std::string early = refused("uy", "09:00-18:00", "07:00-18:00");
  EXPECT_TRUE(early.starts_with("leyes/uy.toml:")) << early;
  EXPECT_TRUE(
      early.contains("'weekdays' = \"07:00-18:00\" by H-HOURS: the house floor is Monday to "
                     "Friday [09:00,18:00), which is H-HOURS; narrow the hours"))
      << early;
  EXPECT_EQ(refused("uy", "09:00-18:00", "10:00-17:00"), "accepted");
  EXPECT_TRUE(refused("uy", "weekdays =", "saturday = \"10:00-12:00\"\nweekdays =")
                  .contains("'saturday' = \"10:00-12:00\" by H-HOURS: the house floor"));
  // A rule of the house's own making is no law, a law may open more, and nothing opens the night.
  EXPECT_TRUE(refused("ar", "09:00-19:00", "08:00-20:00").contains("no law behind it"));
  EXPECT_EQ(refused("co", "07:00-19:00", "07:00-21:00"), "accepted");
  EXPECT_TRUE(refused("co", "07:00-19:00", "06:00-19:00").contains("[07:00,22:00)"));
  EXPECT_TRUE(refused("mx", "literal = \"07:00-22:00\"", "literal = \"07:00-23:00\"")
                  .contains("'literal' = \"07:00-23:00\""));
  EXPECT_TRUE(
      refused("uy", "weekdays =", "literal = \"always\"\nliteral_rule = \"H-HOURS\"\nweekdays =")
          .contains("only a law has words"));
  // Counters.
  const std::string often = refused("uy", "max = 1, days = 1", "max = 2, days = 1");
  EXPECT_TRUE(often.contains("'max' = 2 within 1 dates: the house floor is 1")) << often;
  // A pack without its row on threats let "we will seize your house" through.
  const std::string threats = refused(
      "pe", R"(  { reason = "CONTENT_THREAT", asked = "always", rule = "PE-PRINCIPLE" },)", "");
  EXPECT_TRUE(threats.contains("'content' has no CONTENT_THREAT")) << threats;
  EXPECT_TRUE(refused("co", R"("CONTENT_COURT", asked = "always")",
                      R"("CONTENT_COURT", asked = "except_notice")")
                  .contains("'content' has no CONTENT_COURT"));
  EXPECT_TRUE(refused("co", R"(asked = "every_demand")", R"(asked = "first_action")")
                  .contains("'content' has no CONTENT_MISSING_IDENTITY"));
  EXPECT_TRUE(refused("py", "max = 3, days = 7", "max = 4, days = 7").contains("floor is 3"));
  EXPECT_TRUE(refused("co", "channels = \"all\", reason = \"DAILY_CAP\"",
                      "channels = \"personal\", reason = \"DAILY_CAP\"")
                  .contains("a cap on every channel"));
}

std::string said_at(const RuleBook* book, std::string_view country, std::string_view now,
                    std::string_view region = {}) {
  ContactRequest request;
  request.jurisdiction = country;
  request.region = region;
  request.rules = book;
  const Decision decision = decide(request, *parse_rfc3339(now));
  std::string text = decision.allowed ? "allowed" : "";
  for (const auto reason : decision.reasons) text += std::string(code_of(reason));
  for (const auto rule : decision.rule_ids) text += fmt::format(" {}", rule);
  if (decision.next_allowed)
    text += fmt::format(" > {}", format_rfc3339(*decision.next_allowed, decision.offset_seconds));
  return text;
}

TEST(RuleBook, OnlyANewerPackOrCalendarIsTaken) {
  const auto late = replaced(built_in_pack("packs/uy.toml"), "09:00-18:00", "11:00-18:00");
  const auto with_version = [&](std::string_view version) {
    return RuleBook::with({.packs = {{"uy.toml", replaced(late, "UY-2026.11.1", version)}},
                           .calendars = {},
                           .closed_days = {}});
  };
  const auto newer = with_version("UY-2026.11.10");
  ASSERT_TRUE(newer) << newer.error().message;
  EXPECT_EQ(said_at(newer->get(), "UY", "2026-11-24T10:00:00-03:00"),
            "WINDOW_HOURS H-HOURS > 2026-11-24T11:00:00-03:00");
  const auto older = with_version("UY-2026.9.30");
  ASSERT_TRUE(older);
  EXPECT_EQ(said_at(older->get(), "UY", "2026-11-24T10:00:00-03:00"), "allowed");
  // A newer calendar closes more days; what it leaves out stays closed, and it must reach as far as
  // ours.
  std::string days = built_in_pack("data/holidays/uy.tsv");
  days = replaced(days.substr(days.find('\n') + 1), "2026-12-25", "2026-11-24");
  const auto with_days = [](const std::string& text) {
    return RuleBook::with({.packs = {},
                           .calendars = {{"uy.tsv", "# version: 2027.1.1\n" + text}},
                           .closed_days = {}});
  };
  const auto calendar = with_days(days);
  ASSERT_TRUE(calendar) << calendar.error().message;
  EXPECT_EQ(said_at(calendar->get(), "UY", "2026-12-25T10:00:00-03:00"),
            "WINDOW_HOLIDAY H-HOURS > 2026-12-28T09:00:00-03:00");
  EXPECT_FALSE(with_days("2026-11-24\tDuelo\n"));
  EXPECT_EQ(said_at(calendar->get(), "UY", "2026-11-24T10:00:00-03:00"),
            "WINDOW_HOLIDAY H-HOURS > 2026-11-25T09:00:00-03:00");
}

// A country that the program does not know at all, brought by a deployment: closed until it has a
// calendar.
TEST(RuleBook, ANewCountryNeedsItsCalendar) {
  std::string pack = built_in_pack("packs/uy.toml");
  for (size_t at = pack.find("UY"); at != std::string::npos; at = pack.find("UY", at + 2))
    pack.replace(at, 2, "ZZ");
  pack = replaced(pack, "America/Montevideo", "America/Tegucigalpa");
  pack = replaced(pack, "ZZU", "USD");  // The currency.
  const auto without =
      RuleBook::with({.packs = {{"zz.toml", pack}}, .calendars = {}, .closed_days = {}});
  ASSERT_TRUE(without) << without.error().message;
  EXPECT_EQ(said_at(without->get(), "ZZ", "2026-11-24T10:00:00-06:00"), "NO_CALENDAR H-PACK");
  const auto with =
      RuleBook::with({.packs = {{"zz.toml", pack}},
                      .calendars = {{"zz.tsv", "# version: 1\n2026-12-25\tNavidad\n"}},
                      .closed_days = {}});
  ASSERT_TRUE(with) << with.error().message;
  EXPECT_EQ(said_at(with->get(), "ZZ", "2026-11-24T10:00:00-06:00"), "allowed");
  EXPECT_EQ(said_at(nullptr, "ZZ", "2026-11-24T10:00:00-06:00"), "NO_RULE_PACK H-PACK");
}

TEST(RuleBook, ClosedDaysCloseTheirPlace) {
  const auto book = RuleBook::with({.packs = {},
                                    .calendars = {},
                                    .closed_days = {{"feriados.tsv",
                                                     "date\tplace\tname\n"
                                                     "# El aniversario de la empresa\n"
                                                     "2026-11-24\t\tAniversario\r\n"
                                                     "2026-11-25\tCO-ANT\n"
                                                     "2026-11-26\tPE\n"}}});
  ASSERT_TRUE(book) << book.error().message;
  const RuleBook* rules = book->get();
  EXPECT_EQ(said_at(rules, "CO", "2026-11-24T10:00:00-05:00", "ANT"),
            "WINDOW_HOLIDAY H-CLOSED-DAY > 2026-11-26T07:00:00-05:00");
  EXPECT_EQ(said_at(rules, "CO", "2026-11-25T10:00:00-05:00", "CO-CUN"), "allowed");
  EXPECT_EQ(said_at(rules, "CO", "2026-11-25T10:00:00-05:00", "CO-ANT"),
            "WINDOW_HOLIDAY H-CLOSED-DAY > 2026-11-26T07:00:00-05:00");
  // Where in Colombia is not known: every region counts.
  EXPECT_EQ(said_at(rules, "CO", "2026-11-25T10:00:00-05:00"),
            "WINDOW_HOLIDAY H-CLOSED-DAY > 2026-11-26T07:00:00-05:00");
  EXPECT_EQ(said_at(rules, "PE", "2026-11-26T10:00:00-05:00"),
            "WINDOW_HOLIDAY H-CLOSED-DAY > 2026-11-27T07:00:00-05:00");
  EXPECT_EQ(said_at(nullptr, "CO", "2026-11-24T10:00:00-05:00"), "allowed");
  EXPECT_TRUE(rules->find("CO")->calendar_version.starts_with("CO-calendar-2026.11.1+2-"));
  EXPECT_TRUE(rules->find("UY")->calendar_version.starts_with("UY-calendar-2026.11.1+1-"));
}

// Resolución 164/2025; and days of a part of a country, kept by whoever may live there.
TEST(RuleBook, BridgeDaysAndRegionalHolidaysAreClosed) {
  for (const auto* day : {"2026-03-23", "2026-07-10", "2026-12-07"})
    EXPECT_TRUE(
        said_at(nullptr, "AR", fmt::format("{}T11:00:00-03:00", day)).starts_with("WINDOW_HOLIDAY"))
        << day;
  EXPECT_EQ(said_at(nullptr, "AR", "2026-12-04T11:00:00-03:00"), "allowed");
  const std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>
      regional[] = {{"BR", "BR-SP", "BR-RJ", "2026-07-09T11:00:00-03:00"},
                    {"CL", "CL-AP", "CL-RM", "2027-06-07T11:00:00-04:00"},
                    {"CL", "CL-NB", "CL-RM", "2026-08-20T11:00:00-04:00"}};
  for (const auto& [country, there, elsewhere, at] : regional) {
    EXPECT_TRUE(said_at(nullptr, country, at, there).starts_with("WINDOW_HOLIDAY")) << there;
    EXPECT_TRUE(said_at(nullptr, country, at, "").starts_with("WINDOW_HOLIDAY")) << country;
    EXPECT_EQ(said_at(nullptr, country, at, elsewhere), "allowed") << elsewhere;
  }
}

// No hours bind messages in Peru by the words of the statute; a closed day does, and so does its
// eve.
TEST(RuleBook, ClosedDaysCloseWhereNoHoursDo) {
  const auto book =
      RuleBook::with({.packs = {}, .calendars = {}, .closed_days = {{"f.tsv", "2026-11-25\n"}}});
  ASSERT_TRUE(book);
  const Profile literal{.literal_by_default = true};
  ContactRequest request;
  request.jurisdiction = "PE";
  request.rules = book->get();
  request.profile = &literal;
  EXPECT_TRUE(decide(request, *parse_rfc3339("2026-11-24T23:00:00-05:00")).allowed);
  const Decision closed = decide(request, *parse_rfc3339("2026-11-25T12:00:00-05:00"));
  EXPECT_EQ(closed.reasons, std::vector{Reason::WindowHoliday});
  EXPECT_EQ(closed.next_allowed, parse_rfc3339("2026-11-26T00:00:00-05:00").value());
  request.ttl_seconds = 2 * 3600;
  const Decision late = decide(request, *parse_rfc3339("2026-11-24T23:00:00-05:00"));
  EXPECT_EQ(late.reasons, std::vector{Reason::TtlTooShort});
  EXPECT_EQ(late.ttl_max_seconds, 3600);
  request.purpose = Purpose::Authentication;  // What the person asked for is no outreach.
  EXPECT_TRUE(decide(request, *parse_rfc3339("2026-11-25T12:00:00-05:00")).allowed);
}

TEST(RuleBook, WrongClosedDaysAreAllNamed) {
  const std::string error = error_of(
      {.packs = {},
       .calendars = {},
       .closed_days = {{"feriados.tsv", "2026-02-30\n2026-12-24\tColombia\n2026-12-31\tCO\n"}}});
  EXPECT_NE(error.find("feriados.tsv:1: "), std::string::npos) << error;
  EXPECT_NE(error.find("feriados.tsv:2: 'Colombia' is no place"), std::string::npos) << error;
  EXPECT_NE(
      error_of(
          {.packs = {}, .calendars = {}, .closed_days = {{"feriados.tsv", "2026-12-24\tUS\n"}}})
          .find("no pack for 'US'"),
      std::string::npos);
}

// Peru's rule on promotion is of 10 May 2025, Guatemala's decree of 1 September 2024: before, the
// house's hold.
TEST(RuleBook, ARowActsOnlyWhileItIsValid) {
  ContactRequest request;
  request.jurisdiction = "PE";
  request.text = "Aproveche nuestra promoción: 20 % de descuento. Soy Laura de Colegio San Marcos.";
  EXPECT_EQ(decide(request, *parse_rfc3339("2025-05-09T10:00:00-05:00")).rule_ids,
            std::vector<std::string_view>{"H-ADS"});
  EXPECT_EQ(decide(request, *parse_rfc3339("2025-05-12T10:00:00-05:00")).rule_ids,
            std::vector<std::string_view>{"PE-SPAM"});
  EXPECT_EQ(said_at(nullptr, "GT", "2024-08-29T18:30:00-06:00"),
            "WINDOW_HOURS H-HOURS > 2024-08-30T09:00:00-06:00");
  EXPECT_EQ(said_at(nullptr, "GT", "2024-09-02T18:30:00-06:00"),
            "WINDOW_HOURS GT-HOURS > 2024-09-03T08:00:00-06:00");
  // Friday evening of the house's hours; Monday already has the decree's.
  EXPECT_EQ(said_at(nullptr, "GT", "2024-08-30T18:30:00-06:00"),
            "WINDOW_HOURS H-HOURS > 2024-09-02T08:00:00-06:00");
}

// Chile keeps messages days apart, and so has no cap of one a day of its own.
TEST(RuleBook, WhereDaysBetweenMessagesLapseTheHouseKeepsThemToOneADay) {
  const RuleBook& book = RuleBook::built_in();
  Pack pack = book.find("CL")->pack;
  const CivilDate day = date_of(2026, 11, 24);
  const auto is_daily = [](const Cap& cap) { return cap.rule == "H-DAILY"; };
  EXPECT_TRUE(std::ranges::none_of(in_force_on(pack, day).caps, is_daily));
  const auto row = std::ranges::find(pack.rules, pack.separation.rule, &Rule::id);
  ASSERT_NE(row, pack.rules.end());
  row->valid_from = day + 1;
  EXPECT_EQ(in_force_on(pack, day).separation.days, 0);
  EXPECT_TRUE(std::ranges::any_of(in_force_on(pack, day).caps, is_daily));
}

TEST(RuleBook, VersionsAreComparedAsNumbers) {
  EXPECT_TRUE(is_newer_version("CO-2026.11.10", "CO-2026.11.9"));
  EXPECT_TRUE(is_newer_version("2026.11.1.1", "2026.11.1"));
  EXPECT_FALSE(is_newer_version("CO-2026.11.1", "CO-2026.11.1"));
  EXPECT_FALSE(is_newer_version("2025.12.31", "2026.1.1"));
  EXPECT_TRUE(is_newer_version("1", ""));
}

// They stand on a page and in proofs that people read in Spanish.
TEST(RuleBook, SaysItsRulesInSpanish) {
  static constexpr std::string_view kEnglish[] = {"the", "of",  "and",   "not",  "is",   "one",
                                                  "to",  "for", "hours", "only", "never"};
  const auto is_english = [](std::string_view text) {
    for (const auto word : std::views::split(text, ' ')) {
      if (std::ranges::find(kEnglish, std::string_view(word.begin(), word.end())) !=
          std::end(kEnglish))
        return true;
    }
    return false;
  };
  for (const auto& land : RuleBook::built_in().all()) {
    EXPECT_FALSE(is_english(land.pack.authority)) << land.pack.authority;
    for (const auto& rule : land.pack.rules) {
      for (const auto text : {rule.law, rule.value, rule.strict, rule.literal})
        EXPECT_FALSE(is_english(text)) << rule.id << ": " << text;
    }
  }
}

}  // namespace
}  // namespace puntual::compliance
