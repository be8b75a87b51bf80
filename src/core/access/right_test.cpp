#include "core/access/right.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace puntual::access {
namespace {

template <class Enum>
std::vector<Enum> all_of_them(size_t count) {
  std::vector<Enum> all;
  for (size_t i = 0; i < count; ++i) all.push_back(static_cast<Enum>(i));
  return all;
}

TEST(AccessRights, NamesAreOneEachAndRead) {
  std::set<std::string_view> seen;
  for (const auto right : all_of_them<Right>(kRights)) {
    EXPECT_TRUE(seen.insert(text_of(right)).second) << text_of(right);
    EXPECT_EQ(right_named(text_of(right)), right);
  }
  for (const auto role : all_of_them<Role>(kRoles)) EXPECT_EQ(role_named(text_of(role)), role);
  EXPECT_FALSE(right_named("everything"));
  EXPECT_FALSE(role_named(""));
}

TEST(AccessRights, TheOwnerMayEverythingAndEverybodyTheirOwn) {
  for (const auto right : all_of_them<Right>(kRights))
    EXPECT_TRUE(may(Role::Owner, right)) << text_of(right);
  for (const auto role : all_of_them<Role>(kRoles))
    EXPECT_TRUE(may(role, Right::OwnAccount)) << text_of(role);
}

// What would make a role something else than its name says.
TEST(AccessRights, EachRoleKeepsToItsPart) {
  for (const auto right : all_of_them<Right>(kRights)) {
    const bool changes =
        text_of(right).ends_with("_write") || right == Right::Pause || right == Right::Operate;
    EXPECT_FALSE(changes && may(Role::Auditor, right)) << text_of(right);
  }
  for (const auto right : {Right::PeopleRead, Right::ConversationsRead, Right::PaymentsRead,
                           Right::PortfolioRead, Right::ExportsRead}) {
    EXPECT_FALSE(may(Role::Developer, right))
        << "a developer sees no person's data: " << text_of(right);
  }
  for (const auto right : {Right::UsersWrite, Right::SettingsWrite, Right::Operate,
                           Right::ExportsRead, Right::RightsWrite, Right::AgreementsBeyond}) {
    EXPECT_FALSE(may(Role::Agent, right)) << text_of(right);
  }
  EXPECT_FALSE(may(Role::Compliance, Right::ConversationsWrite));
}

TEST(AccessRights, ASetHoldsWhatWasPutIn) {
  const Rights one = Rights().with(Right::Pause);
  EXPECT_TRUE(one.has(Right::Pause));
  EXPECT_FALSE(one.has(Right::Operate));
  EXPECT_EQ(rights_of(Role::Agent) & one, one);
  EXPECT_EQ(rights_of(Role::Auditor) & one, Rights());
}

}  // namespace
}  // namespace puntual::access
