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

}  // namespace
}  // namespace puntual
