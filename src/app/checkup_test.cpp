// Findings that need no database.
#include "app/checkup.h"

#include <gtest/gtest.h>

#include "core/compliance/rule_book.h"

namespace puntual {
namespace {

std::string bridge_days_missing(std::string_view country, std::string_view today,
                                std::string closed = {}) {
  compliance::LawFiles files;
  if (!closed.empty()) files.closed_days = {{"feriados.tsv", std::move(closed)}};
  const auto book = compliance::RuleBook::with(files);
  std::vector<Finding> findings;
  check_bridge_days(**book, country, *parse_date(today), findings);
  std::string said;
  for (const auto& finding : findings)
    said += finding.es.substr(0, finding.es.find(" se fijan")) + ";";
  return said;
}

TEST(Checkup, SaysWhichDecreedBridgeDaysAreMissing) {
  EXPECT_EQ(bridge_days_missing("AR", "2026-11-23"), "") << "those of 2027 are decreed in December";
  EXPECT_EQ(bridge_days_missing("AR", "2026-12-01"), "AR: los días puente de 2027;");
  EXPECT_EQ(bridge_days_missing("AR", "2027-02-01"), "AR: los días puente de 2027;");
  EXPECT_EQ(bridge_days_missing("AR", "2027-12-01"),
            "AR: los días puente de 2027;AR: los días puente de 2028;");
  EXPECT_EQ(bridge_days_missing("AR", "2027-02-01", "2027-07-09\tAR\n2027-05-24\tAR\tPuente\n"),
            "");
  EXPECT_EQ(bridge_days_missing("AR", "2027-02-01", "2027-05-24\tBR\n"),
            "AR: los días puente de 2027;");
  EXPECT_EQ(bridge_days_missing("CO", "2027-12-01"), "");
}

TEST(Checkup, SaysBeforeRulesOrHolidaysEndThatTheyDo) {
  const auto said = [](std::string_view country, CivilDate today) {
    std::vector<Finding> findings;
    check_rules(compliance::RuleBook::built_in(), country, today, findings);
    std::string text;
    for (const auto& finding : findings)
      text += fmt::format("{}{};", finding.grade == Grade::Danger ? "!" : "",
                          finding.es.substr(0, finding.es.find(" hasta el")));
    return text;
  };
  const auto* land = compliance::RuleBook::built_in().find("CO");
  ASSERT_NE(land, nullptr);
  const CivilDate end = std::min(land->pack.review_by, land->calendar.last);
  EXPECT_EQ(said("CO", end - 61), "");
  EXPECT_NE(said("CO", end - 59), "");
  EXPECT_NE(said("CO", end), "");
  EXPECT_FALSE(said("CO", end).contains("!")) << "it is still in force";
  EXPECT_TRUE(said("CO", land->pack.review_by + 1).contains("!CO: las reglas valían"));
  EXPECT_TRUE(said("CO", land->calendar.last + 1).contains("!CO: los festivos conocidos valían"));
  EXPECT_TRUE(said("US", end).starts_with("No hay reglas para US"));
}

}  // namespace
}  // namespace puntual
