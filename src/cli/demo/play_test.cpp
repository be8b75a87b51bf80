#include "cli/demo/play.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "app/words.h"

namespace puntual::cli::demo {
namespace {

class PlayTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "puntual-play-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    auto play = Play::open({.seed = 5,
                            .from = date_of(2026, 11, 23),
                            .days = 20,
                            .people = 60,
                            .database_path = folder_ + "/demo.db"});
    ASSERT_TRUE(play.has_value()) << play.error().message;
    play_ = std::move(*play);
  }
  void TearDown() override {
    play_.reset();
    std::filesystem::remove_all(folder_);
  }
  json::object state() {
    auto state = play_->state();
    EXPECT_TRUE(state.has_value());
    return state.value_or(json::object{});
  }
  // Somebody who owes and has not stopped.
  DebtorId somebody_late() {
    const auto people = play_->people();
    EXPECT_TRUE(people.has_value());
    for (const auto& one : people->at("people").as_array()) {
      if (one.at("state").as_string() == "late")
        return DebtorId{std::stoll(std::string(one.at("id").as_string()))};
    }
    ADD_FAILURE() << "nobody is late";
    return {};
  }
  json::object person(DebtorId id) {
    auto person = play_->person(id);
    EXPECT_TRUE(person.has_value());
    return person.value_or(json::object{});
  }

  std::string folder_;
  std::unique_ptr<Play> play_;
};

TEST_F(PlayTest, TwoWeeksPassWithoutWhatMustNeverBe) {
  ASSERT_TRUE(play_->advance(play_->now() + 14 * kDayMs).has_value());
  const json::object after = state();
  const auto& counts = after.at("counts").as_object();
  EXPECT_GT(counts.at("messages").as_int64(), 40);
  EXPECT_GT(counts.at("payments").as_int64(), 5);
  EXPECT_GT(counts.at("silences").as_int64(), 5);
  for (const auto& [name, value] : after.at("never").as_object()) {
    if (name == "checked") {
      EXPECT_GT(value.as_int64(), 0);
      continue;
    }
    EXPECT_EQ(value.as_int64(), 0) << name;
  }
  const auto& reminders = after.at("hours").at("reminders").as_array();
  for (const size_t hour : {0, 3, 6, 20, 23}) EXPECT_EQ(reminders[hour].as_int64(), 0) << hour;
  EXPECT_EQ(after.at("day").as_int64(), 15);
}

TEST_F(PlayTest, SundayIsClosedAndSaysWhy) {
  ASSERT_TRUE(
      play_->advance(play_->home_zone().instant(date_of(2026, 11, 29), 10 * kHourMs)).has_value());
  const json::object bogota = state().at("places").as_array()[0].as_object();
  EXPECT_FALSE(bogota.at("open").as_bool());
  EXPECT_EQ(bogota.at("why").as_string(), "Es domingo: no se escribe");
  EXPECT_EQ(bogota.at("until").as_string(), "abre lun 30 nov, 7:00");
  ASSERT_TRUE(
      play_->advance(play_->home_zone().instant(date_of(2026, 12, 8), 10 * kHourMs)).has_value());
  EXPECT_EQ(state().at("places").as_array()[1].at("why").as_string(),
            "Festivo: Inmaculada Concepción");
}

TEST_F(PlayTest, AStopSilencesAndIsConfirmedOnce) {
  ASSERT_TRUE(play_->advance(play_->now() + 2 * kDayMs).has_value());
  const DebtorId id = somebody_late();
  ASSERT_TRUE(play_->act({.person = id, .kind = "stop", .text = {}}).has_value());
  const json::object after = person(id);
  EXPECT_EQ(after.at("label").as_string(), "Baja");
  EXPECT_TRUE(after.at("why").as_string().starts_with("Pidió no recibir más mensajes"));
  const auto& chat = after.at("chat").as_array();
  EXPECT_EQ(chat.back().at("side").as_string(), "out");
  EXPECT_EQ(chat[chat.size() - 2].at("side").as_string(), "in");
}

TEST_F(PlayTest, APaymentOfAllSettlesAndIsThankedFor) {
  const DebtorId id = somebody_late();
  ASSERT_TRUE(play_->act({.person = id, .kind = "pay_half", .text = {}}).has_value());
  EXPECT_FALSE(person(id).at("owed").as_string().empty());
  ASSERT_TRUE(play_->act({.person = id, .kind = "pay", .text = {}}).has_value());
  const json::object after = person(id);
  EXPECT_TRUE(after.at("owed").as_string().empty());
  EXPECT_EQ(after.at("why").as_string(), "No debe nada.");
  const auto& last = after.at("chat").as_array().back();
  EXPECT_EQ(last.at("side").as_string(), "out");
  EXPECT_TRUE(last.at("text").as_string().find("pago") != std::string_view::npos)
      << last.at("text").as_string();
  const auto again = play_->act({.person = id, .kind = "pay", .text = {}});
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
}

TEST_F(PlayTest, RefusesWhatIsNoDeed) {
  const DebtorId id = somebody_late();
  EXPECT_EQ(play_->act({.person = id, .kind = "erase", .text = {}}).error().code,
            ErrorCode::Invalid);
  EXPECT_EQ(play_->act({.person = id, .kind = "say", .text = std::string(1001, 'a')}).error().code,
            ErrorCode::Invalid);
  EXPECT_EQ(play_->act({.person = DebtorId{7}, .kind = "say", .text = "hola"}).error().code,
            ErrorCode::NotFound);
}

TEST_F(PlayTest, TheFeedStaysBoundedAndTheStoryEnds) {
  ASSERT_TRUE(play_->advance(play_->now() + 400 * kDayMs).has_value());
  EXPECT_EQ(play_->now(), play_->end());
  EXPECT_TRUE(state().at("ended").as_bool());
  const auto lines = play_->feed().since(0, 100'000);
  EXPECT_LE(lines.size(), 300u);
  EXPECT_EQ(lines.back().at("id").as_int64(), play_->feed().last_id());
  EXPECT_EQ(play_->feed().since(play_->feed().last_id(), 10).size(), 0u);
}

TEST(DemoWords, KnowEveryCodeOnce) {
  EXPECT_EQ(reason_es("WINDOW_HOURS WINDOW_HOURS"), "Fuera del horario permitido.");
  EXPECT_EQ(reason_es("OPTOUT_ALL WINDOW_HOURS"), "La persona pidió que no le escribamos más.");
  EXPECT_EQ(reason_es("TEMPLATE_PAUSED"), "La plantilla no está aprobada en este momento.");
  EXPECT_EQ(reason_es("post_7 late_payer"), "");
  const Zone bogota = Zone::of("America/Bogota");
  EXPECT_EQ(moment_text(bogota.instant(date_of(2026, 11, 24),
                                       static_cast<int32_t>(7 * kHourMs + 5 * kMinuteMs)),
                        bogota),
            "mar 24 nov, 7:05");
  EXPECT_EQ(moment_text(bogota.instant(date_of(2026, 11, 25), 0), bogota), "mié 25 nov");
  EXPECT_EQ(holiday_name("PE", "CO", date_of(2026, 12, 9)), "Batalla de Ayacucho");
  EXPECT_EQ(holiday_name("CO", "CO", date_of(2026, 12, 9)), "");
}

}  // namespace
}  // namespace puntual::cli::demo
