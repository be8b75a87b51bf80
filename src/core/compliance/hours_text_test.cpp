// The hours of the law as people are told them.
#include "core/compliance/hours_text.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "core/compliance/rule_book.h"

namespace puntual::compliance {
namespace {

const CivilDate kToday = date_of(2026, 11, 24);

TEST(HoursText, SaysThemInTheLanguageOfWhoIsTold) {
  const RuleBook& book = RuleBook::built_in();
  EXPECT_EQ(contact_hours_in("es_CO", "CO", book, kToday),
            "de lunes a viernes de 7 a. m. a 7 p. m. y los sábados de 8 a. m. a 3 p. m., nunca en "
            "días festivos");
  EXPECT_EQ(contact_hours_in("pt_BR", "CO", book, kToday),
            "de segunda a sexta das 7h às 19h e aos sábados das 8h às 15h, nunca em feriados");
  EXPECT_EQ(contact_hours_in("es_CO", "XX", book, kToday), "");
}

// What a person is told is what holds for them: the deployment's pack, where it has one.
TEST(HoursText, OfTheDeploymentsOwnPack) {
  std::string own(*embedded_file("packs/co.toml"));
  own.replace(own.find("-2026.11.1"), 10, "-2026.12.1");
  const std::string_view hours = "\"07:00-19:00\"";
  own.replace(own.find(hours), hours.size(), "\"08:30-18:00\"");
  const auto book = RuleBook::with(
      {.packs = {{"leyes/co.toml", own}}, .calendars = {}, .closed_days = {}, .others = {}});
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_TRUE(contact_hours_in("es_CO", "CO", **book, kToday)
                  .starts_with("de lunes a viernes de 8:30 a. m. a 6 p. m. y los sábados"))
      << contact_hours_in("es_CO", "CO", **book, kToday);
}

}  // namespace
}  // namespace puntual::compliance
