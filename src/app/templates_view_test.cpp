// What the pages of texts and strategies show, for the texts and strategies that come with the
// program.
#include "app/templates_view.h"

#include "app/strategy_view.h"
#include "app/test_house.h"

namespace puntual {
namespace {

using TextsTest = JobHouse;

TEST_F(TextsTest, EveryTextIsShownFilledAndNoneIsWrong) {
  const auto shown = templates_view(*store, *desk, config(), "");
  ASSERT_TRUE(shown) << shown.error().message;
  const auto view = *parse_json(*shown);
  for (const auto& language : *member_array(view, "languages")) {
    const auto of_language = *parse_json(
        *templates_view(*store, *desk, config(), std::string_view(language.as_string())));
    EXPECT_GT(member_array(of_language, "templates")->size(), 20u) << to_json(language);
    for (const auto& one : *member_array(of_language, "templates")) {
      EXPECT_FALSE(text_in(one, "text").empty()) << text_in(one, "name");
      EXPECT_EQ(text_in(one, "text").find("{{"), std::string::npos) << text_in(one, "name");
      for (const auto& finding : *member_array(one, "findings"))
        EXPECT_FALSE(*member_bool(finding, "error"))
            << text_in(one, "name") << " " << to_json(finding);
    }
  }
  EXPECT_FALSE(templates_view(*store, *desk, config(), "xx_XX"));
}

TEST_F(TextsTest, ASampleIsSaidByThisHouse) {
  const auto* one = desk->templates.find("vencido_amable_v1", creditor.locale);
  ASSERT_NE(one, nullptr);
  Creditor house = creditor;
  house.name = "Acueducto de la Vega";
  EXPECT_TRUE(sample_text(*one, house).contains("Acueducto de la Vega"))
      << sample_text(*one, house);
  house.agent_name = "Graciela";
  house.help = "Llame al 604 555 0100.";
  MessageTemplate said = *one;
  said.footer.clear();
  said.body = "Le escribe {{agente}}. Para hablar con alguien, {{ayuda}}.";
  EXPECT_EQ(sample_text(said, house),
            "Le escribe Graciela. Para hablar con alguien, llame al 604 555 0100.");
}

TEST_F(TextsTest, WhatThePlatformSaysStandsBesideTheTextItIsAbout) {
  const auto* one = desk->templates.find("vencido_amable_v1", creditor.locale);
  ASSERT_NE(one, nullptr);
  ASSERT_TRUE(store->write([&](Tx& tx) {
    tx.templates.save(creditor.id, {one->name, one->language, "PAUSED", "UTILITY", "77", now});
  }));
  const auto view = *parse_json(*templates_view(*store, *desk, config(), creditor.locale));
  std::string paused;
  for (const auto& shown : *member_array(view, "templates")) {
    if (text_in(shown, "status") == "PAUSED") paused += text_in(shown, "name");
  }
  EXPECT_EQ(paused, "vencido_amable_v1");
}

TEST_F(TextsTest, TheStrategyInForceIsShownWithItsOwnTextAndASampleOfEachStep) {
  const auto config = load_config("", {});
  ASSERT_TRUE(config);
  const auto view = *parse_json(*strategies_view(*store, *desk, *config));
  int in_force = 0;
  for (const auto& strategy : *member_array(view, "strategies")) {
    in_force += *member_bool(strategy, "in_force") ? 1 : 0;
    const auto again = strategy::parse(
        text_in(strategy, "text"), fmt::format("strategies/{}.toml", text_in(strategy, "name")));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->version, text_in(strategy, "version"));
    for (const auto& cadence : *member_array(strategy, "cadences")) {
      for (const auto& step : *member_array(cadence, "steps"))
        EXPECT_FALSE(text_in(step, "sample").empty()) << text_in(step, "id");
    }
  }
  EXPECT_EQ(in_force, 1);
}

}  // namespace
}  // namespace puntual
