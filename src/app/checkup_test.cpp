// Findings that need no database.
#include "app/checkup.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
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

// "grade code;" of each: 1 to look at, 2 unsafe.
std::string pack_findings(std::string_view country, std::string_view today,
                          compliance::LawFiles files = {}) {
  const auto book = compliance::RuleBook::with(files);
  EXPECT_TRUE(book) << book.error().message;
  std::vector<Finding> findings;
  check_pack(**book, country, *parse_date(today), findings);
  std::string said;
  for (const auto& finding : findings) {
    said += fmt::format("{} {};", static_cast<int>(finding.grade), finding.code);
    EXPECT_TRUE(finding.es.contains(country)) << finding.es;
    EXPECT_EQ(finding.code != "pack", finding.es.contains("[law] packs")) << finding.es;
  }
  return said;
}

TEST(Checkup, SaysWhereNobodyIsWrittenToForWantOfRulesOrFeasts) {
  EXPECT_EQ(pack_findings("CO", "2026-11-23"), "");
  EXPECT_EQ(pack_findings("US", "2026-11-23"), "1 pack;");
  EXPECT_EQ(pack_findings("CO", "2027-12-01"), "") << "61 days before";
  EXPECT_EQ(pack_findings("CO", "2027-12-03"), "1 pack_stale;");
  EXPECT_EQ(pack_findings("CO", "2028-01-31"), "1 pack_stale;") << "the last day that it acts";
  EXPECT_EQ(pack_findings("CO", "2028-02-01"), "2 pack_stale;");
  EXPECT_EQ(pack_findings("CO", "2035-06-01"), "2 pack_stale;1 calendar;");
  EXPECT_EQ(pack_findings("CO", "2036-06-01"), "2 pack_stale;2 calendar;");
  // A country that a deployment brings: without feasts, then with those of one year.
  std::string pack(*embedded_file("packs/uy.toml"));
  for (size_t at = pack.find("UY"); at != std::string::npos; at = pack.find("UY", at + 2))
    pack.replace(at, 2, "ZZ");
  pack.replace(pack.find("ZZU"), 3, "USD");
  EXPECT_EQ(pack_findings("ZZ", "2026-11-23", {.packs = {{"zz.toml", pack}}}), "2 calendar;");
  EXPECT_EQ(pack_findings("ZZ", "2026-11-23",
                          {.packs = {{"zz.toml", pack}},
                           .calendars = {{"zz.tsv", "# version: 1\n2026-12-25\tNavidad\n"}}}),
            "1 calendar;");
}

TEST(Checkup, SaysWhatAFirstMessageLacks) {
  const auto said = [](Creditor creditor, std::vector<std::string> lands) {
    std::vector<Finding> findings;
    check_first_contact(creditor, compliance::RuleBook::built_in(), lands, findings);
    std::string text;
    for (const auto& one : findings) text += one.code + " " + one.es + "\n";
    return text;
  };
  EXPECT_EQ(said({}, {"CO", "PE"}), "");
  EXPECT_EQ(
      said({}, {"MX", "CO", "MX"}),
      "first_contact A nadie de MX le sale el primer mensaje de cobro: la ley pide decir en él "
      "lo que falta en [creditor] (MX-ID). Llene: person_in_charge, address, phone, "
      "complaints_unit.\n");
  EXPECT_EQ(said({.person_in_charge = "Lic. Ruiz",
                  .address = "Juárez 10",
                  .phone = "55 5555 0100",
                  .complaints_unit = "quejas@example.com"},
                 {"MX"}),
            "");
  EXPECT_TRUE(said({}, {"CL"}).contains("(CL-INFO). Llene: charges. Si no cobra intereses"))
      << said({}, {"CL"});
}

TEST(Checkup, TellsWhatOwnRulesAllowAndWhichFilesAreNotUsed) {
  std::string pack(*embedded_file("packs/co.toml"));
  pack.replace(pack.find("-2026.11.1"), 10, "-2027.1.1");
  pack.replace(pack.find("08:00-15:00"), 11, "08:00-19:00");
  const auto book = compliance::RuleBook::with(
      {.packs = {{"co.toml", pack}}, .calendars = {}, .closed_days = {}, .others = {"co.toml~"}});
  ASSERT_TRUE(book) << book.error().message;
  const auto said = [&](std::vector<std::string> lands) {
    std::vector<Finding> findings;
    check_own_packs(**book, lands, findings);
    std::string text;
    for (const auto& one : findings) text += one.code + " " + one.es + "\n";
    return text;
  };
  const std::string text = said({"CO"});
  EXPECT_TRUE(text.starts_with("pack_loosened Sus propias reglas de CO (CO-2027.1.1+")) << text;
  EXPECT_TRUE(text.contains("los sábados de 08:00-15:00 a 08:00-19:00")) << text;
  EXPECT_TRUE(text.contains("pack_ignored El archivo co.toml~")) << text;
  EXPECT_FALSE(text.contains("pack_unused")) << text;
  EXPECT_TRUE(said({"PE"}).contains("pack_unused Hay reglas propias de CO")) << said({"PE"});
}

}  // namespace
}  // namespace puntual
