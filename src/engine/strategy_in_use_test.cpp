#include "engine/test_house.h"

namespace puntual::engine {
namespace {

// Somebody whose last notice waits for a review is not looked at day by day; the edited strategy
// finds them.
TEST(StrategyInUse, AReviewedLastNoticeIsSaidAfterTheNextStart) {
  TestHouse house;
  ASSERT_TRUE(house.engine.start(house.now));
  house.add_people(1);
  house.write([](Tx& tx) {
    tx.db.run(
        "UPDATE invoice SET due_on = due_on - 220, last_step_day = 180, last_step_on = due_on - "
        "40");
  });
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.count(
                "SELECT COUNT(*) FROM debtor WHERE silence = 'needs_review' AND review_at IS NULL"),
            1);

  ASSERT_TRUE(house.engine.start(house.now));
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE review_at IS NULL"), 1)
      << "nothing has changed";
  EXPECT_TRUE(house.channel.submitted.empty());

  Strategy& strategy = house.engine.desk().strategies.at("estandar");
  strategy.version += "-reviewed";
  for (auto& cadence : strategy.cadences) {
    for (auto& step : cadence.steps) step.reviewed = true;
  }
  ASSERT_TRUE(house.engine.start(house.now));
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_EQ(house.messages().front().step, "last_210");
}

}  // namespace
}  // namespace puntual::engine
