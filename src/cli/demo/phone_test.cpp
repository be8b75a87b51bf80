// A debtor's phone over a story: what is told of it stands in the API's document, and what is done
// on it has its consequences.
#include "app/phone.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "app/api_document.h"
#include "base/json_schema.h"
#include "cli/demo/stage.h"

namespace puntual::cli::demo {
namespace {

class PhoneTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "puntual-phone-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    auto stage = Stage::open({.seed = 5,
                              .from = date_of(2026, 11, 23),
                              .days = 20,
                              .people = 30,
                              .database_path = folder_ + "/demo.db"});
    ASSERT_TRUE(stage.has_value()) << stage.error().message;
    stage_ = std::move(*stage);
    ASSERT_TRUE(
        stage_->move_to(stage_->play().home_zone().instant(date_of(2026, 11, 23), 9 * kHourMs)));
    person_ = text_in(*member(phone(), "person"), "id");
    ASSERT_FALSE(person_.empty());
  }
  void TearDown() override {
    stage_.reset();
    std::filesystem::remove_all(folder_);
  }
  json::value phone() {
    const auto shown = show_phone_job(*stage_->play().share_store(), stage_->play().creditor(),
                                      *stage_, person_, stage_->play().now());
    EXPECT_TRUE(shown) << shown.error().message;
    return parse_json(shown.value_or("{}")).value_or(json::value());
  }
  Result<std::string> use(json::object said) {
    said["debtor"] = person_;
    auto used = use_phone_job(*stage_->play().share_store(), stage_->play().creditor(), *stage_,
                              to_json(said));
    EXPECT_TRUE(
        stage_->move_to(stage_->play().now() + kMinuteMs));  // Until the answer is delivered.
    return used;
  }
  Result<std::string> move(std::string_view to) {
    return move_clock_job(*stage_->play().share_store(), stage_->play().creditor(), *stage_,
                          to_json(json::object{{"to", to}, {"debtor", person_}}),
                          stage_->play().now());
  }
  // The words of the newest message of theirs, or of the house's.
  std::string newest(std::string_view from) {
    const json::value all = phone();
    std::string text;
    for (const auto& one : *member_array(all, "messages")) {
      if (text_in(one, "from") == from) text = text_in(one, "text");
    }
    return text;
  }

  std::string folder_, person_;
  std::unique_ptr<Stage> stage_;
};

TEST_F(PhoneTest, WhatStandsOnItIsWhatTheDocumentSays) {
  ASSERT_TRUE(use({{"kind", "text"}, {"text", "¿Me manda la factura?"}}));
  const ApiDocument document;
  const json::value& schema =
      *member(*member(*member(document.whole(), "components"), "schemas"), "Phone");
  std::string wrong;
  for (const auto& one : check_schema(document.whole(), schema, phone(), UnknownFields::Reported))
    wrong += one.pointer + ": " + one.detail + "\n";
  EXPECT_EQ(wrong, "");
  EXPECT_GE(member_array(phone(), "messages")->size(), 3U);
}

TEST_F(PhoneTest, WhatOneWritesIsAnsweredAndTheStorysOwnPersonFallsSilent) {
  ASSERT_TRUE(use({{"kind", "text"}, {"text", "Hola, ¿cuánto debo?"}}));
  EXPECT_EQ(newest("person"), "Hola, ¿cuánto debo?");
  EXPECT_NE(newest("house").find("saldo"), std::string::npos) << newest("house");
  ASSERT_TRUE(stage_->move_to(stage_->play().now() + 10 * kDayMs));
  EXPECT_EQ(newest("person"), "Hola, ¿cuánto debo?");
}

TEST_F(PhoneTest, AButtonOfTheMessageIsPressedAsItIs) {
  const json::value before = phone();
  const auto& choices = *member_array(member_array(before, "messages")->back(), "choices");
  const auto stop = std::ranges::find_if(
      choices, [](const json::value& one) { return text_in(one, "value") == "BAJA"; });
  ASSERT_NE(stop, choices.end());
  ASSERT_TRUE(use({{"kind", text_in(*stop, "kind")},
                   {"text", text_in(*stop, "title")},
                   {"payload", text_in(*stop, "value")}}));
  EXPECT_EQ(text_in(*stage_->person(DebtorId{std::stoll(person_)}), "label"), "Baja");
}

TEST_F(PhoneTest, TheClockGoesToTheMorningAndToWhatFallsDueNeverBack) {
  const Zone zone = stage_->play().home_zone();
  ASSERT_TRUE(move("hour"));
  EXPECT_EQ(zone.local(stage_->play().now()).ms_of_day, 10 * kHourMs);
  ASSERT_TRUE(move("morning"));
  EXPECT_EQ(zone.local(stage_->play().now()).date, date_of(2026, 11, 24));
  EXPECT_EQ(zone.local(stage_->play().now()).ms_of_day, 8 * kHourMs);
  // Somebody to whom something still falls due: whoever comes first on the phone may be late with
  // all of it.
  std::string due;
  const auto debtors =
      stage_->play()
          .share_store()
          ->read([&](Tx& tx) { return tx.debtors.all(stage_->play().creditor().id); })
          .value();
  for (const auto& one : debtors) {
    person_ = std::to_string(one.value);
    if (due = text_in(*member(phone(), "person"), "next_due"); !due.empty()) break;
  }
  ASSERT_FALSE(due.empty());
  ASSERT_TRUE(move("due"));
  EXPECT_EQ(format_date(zone.local(stage_->play().now()).date), due);
  const Instant before = stage_->play().now();
  (void)stage_->move_to(before + -kHourMs);
  EXPECT_EQ(stage_->play().now(), before) << "never back";
  EXPECT_EQ(stage_->move_to(stage_->play().end()).error().code, ErrorCode::Conflict);
}

TEST_F(PhoneTest, WhoIsNobodyHasNoPhone) {
  person_ = "7";
  EXPECT_EQ(use({{"kind", "text"}, {"text", "hola"}}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(stage_->set_pace("ludicrous").error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace puntual::cli::demo
