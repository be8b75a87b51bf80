#include "base/id.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(Ids, OfOneSourceGrowThoughTheClockStandsStill) {
  IdSource ids(7);
  int64_t last = 0;
  for (int i = 0; i < 70'000; ++i) {  // More than a millisecond holds.
    const int64_t id = ids.next<MessageId>({1'800'000'000'000}).value;
    ASSERT_GT(id, last);
    ASSERT_EQ(node_of_id(id), 7);
    last = id;
  }
}

TEST(Ids, LieBeyondThoseOfAnyNodeThatTheyContinueAfter) {
  constexpr Instant kNow{1'800'000'000'000};
  for (const int other_node : {0, 5, 7, 8, 63}) {
    for (const int64_t ahead_ms : {-1, 0, 1'000}) {
      IdSource other(other_node), own(7);
      int64_t known = 0;
      for (int i = 0; i < 3; ++i) known = other.next<MessageId>(kNow + ahead_ms).value;
      own.continue_after(known);
      EXPECT_GT(own.next<MessageId>(kNow).value, known) << other_node << " " << ahead_ms;
    }
  }
}

}  // namespace
}  // namespace puntual
