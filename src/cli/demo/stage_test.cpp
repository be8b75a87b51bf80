#include "cli/demo/stage.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>

namespace puntual::cli::demo {
namespace {

class StageTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "puntual-stage-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    auto stage = Stage::open({.seed = 5,
                              .from = date_of(2026, 11, 23),
                              .days = 5,
                              .people = 20,
                              .database_path = folder_ + "/demo.db"});
    ASSERT_TRUE(stage.has_value()) << stage.error().message;
    stage_ = std::move(*stage);
  }
  void TearDown() override {
    stage_.reset();
    std::filesystem::remove_all(folder_);
  }
  // Asks until it is so; the thread of the stage moves the clock meanwhile.
  bool comes(const std::function<bool(const json::object&)>& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < deadline) {
      const auto state = stage_->state(0);
      if (!state) return false;
      if (wanted(*state)) return true;
      std::this_thread::yield();
    }
    return false;
  }

  std::string folder_;
  std::unique_ptr<Stage> stage_;
};

TEST_F(StageTest, ADayMoreGoesToTheNextMorningAndStands) {
  stage_->start();
  stage_->step_day();
  ASSERT_TRUE(comes([](const json::object& state) {
    return state.at("day").as_int64() == 2 && state.at("places").at(0).at("time") == "5:30";
  }));
  EXPECT_TRUE(comes([](const json::object& state) { return state.at("pace") == "real"; }));
  EXPECT_EQ(stage_->state(0)->at("places").at(0).at("time").as_string(), "5:30");
}

TEST_F(StageTest, TheStoryEnds) {
  stage_->set_pace(Pace::Fast);
  stage_->start();
  ASSERT_TRUE(comes([](const json::object& state) { return state.at("ended").as_bool(); }));
}

TEST(StagePace, ReadsItsOwnWords) {
  for (const auto pace : {Pace::Real, Pace::Slow, Pace::Normal, Pace::Fast})
    EXPECT_EQ(pace_of(text_of(pace)), pace);
  EXPECT_FALSE(pace_of("ludicrous").has_value());
}

}  // namespace
}  // namespace puntual::cli::demo
