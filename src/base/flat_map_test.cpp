#include "base/flat_map.h"

#include <gtest/gtest.h>

#include <map>

namespace puntual {
namespace {

TEST(FlatMap, HoldsWhatAMapHolds) {
  FlatMap<int64_t, int64_t> flat;
  std::map<int64_t, int64_t> map;
  uint64_t drawn = 7;
  for (int64_t i = 0; i < 5000; ++i) {
    drawn = drawn * 6364136223846793005U + 1442695040888963407U;
    const int64_t key = static_cast<int64_t>(drawn >> 52) + 1;  // Many come again.
    EXPECT_EQ(flat.put(key, i), map.insert_or_assign(key, i).second);
  }
  EXPECT_EQ(flat.size(), map.size());
  for (int64_t key = 0; key < 5000; ++key) {
    const auto* found = flat.find(key);
    const auto known = map.find(key);
    ASSERT_EQ(found != nullptr, known != map.end()) << key;
    if (found == nullptr) continue;
    EXPECT_EQ(*found, known->second) << key;
  }
}

TEST(FlatMap, IdsOfOneBurstAreApart) {
  IdSet set;
  for (int64_t id = 1LL << 40; id < (1LL << 40) + 70'000; id += 7) EXPECT_TRUE(set.add(id));
  EXPECT_FALSE(set.add(1LL << 40));
  EXPECT_TRUE(set.has((1LL << 40) + 7));
  EXPECT_FALSE(set.has((1LL << 40) + 8));
  EXPECT_FALSE(set.has(0));
}

}  // namespace
}  // namespace puntual
