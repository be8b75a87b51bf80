// An agreement as the creditor's other systems make and follow it: over HTTP, on the running house.
#include <gtest/gtest.h>

#include "tests/support/house.h"
#include "tests/support/pdf_text.h"

namespace puntual::e2e {
namespace {

class Agreements : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
    house.serve();
  }
  [[nodiscard]] Answer ask(json::object job, std::string_view path = "/v1/agreements") const {
    return house.order(path, to_json(job));
  }
  [[nodiscard]] Answer decide(json::object job) const {
    return ask(std::move(job), "/v1/agreements/beyond");
  }
  [[nodiscard]] json::object beyond() const {
    return {{"subject", ana.invoice()},
            {"words", "por teléfono"},
            {"instalments", json::array{{{"due_on", "2027-03-01"}, {"amount_minor", 15'000'000}}}}};
  }
  [[nodiscard]] std::string path_of(const json::value& agreement,
                                    std::string_view rest = {}) const {
    return house.url("/v1/agreements/" + text_in(agreement, "id") + std::string(rest));
  }

  House house;
  const Person ana{1};
  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
};

TEST_F(Agreements, AreOfferedMadeSeenAndTakenBack) {
  const json::value offers =
      get(house.url("/v1/debtors/" + ana.invoice() + "/offers"), token).document();
  ASSERT_EQ(member_int(offers, "owed_minor"), 15'000'000);
  const json::value second = member_array(offers, "offers")->at(1);
  const auto made = ask({{"subject", ana.phone()},
                         {"offer", 2},
                         {"words", "por teléfono, el martes"},
                         {"by", "laura"}});
  ASSERT_EQ(made.status, 200) << made.body;
  const json::value agreement = made.document();
  EXPECT_EQ(*member_array(agreement, "instalments"), *member_array(second, "instalments"));

  EXPECT_EQ(get(path_of(agreement)).status, 401);
  const auto seen = get(path_of(agreement), token);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.document(), agreement);
  const auto paper = get(path_of(agreement, "/pdf"), token);
  ASSERT_EQ(paper.status, 200);
  EXPECT_TRUE(tests::pdf_text(paper.body).contains("por teléfono, el martes"));
  const json::value listed = get(house.url("/v1/agreements?state=active"), token).document();
  ASSERT_EQ(member_array(listed, "agreements")->size(), 1U);
  EXPECT_EQ(member_array(listed, "agreements")->front(), agreement);

  EXPECT_EQ(text_in(post(path_of(agreement, "/cancel"), "{}", token).document(), "state"),
            "cancelled");
  EXPECT_EQ(post(path_of(agreement, "/cancel"), "{}", token).status, 409);
}

TEST_F(Agreements, BeyondTheMandateAreMadeByWhoeverSaysSoOnly) {
  json::object job = beyond();
  const auto outside = ask(job);
  EXPECT_EQ(outside.status, 403) << outside.body;
  EXPECT_EQ(member_int(outside.document(), "status"), 403);  // A problem document.
  const auto nobodys = decide(job);
  EXPECT_EQ(nobodys.status, 403) << nobodys.body;
  EXPECT_TRUE(text_in(nobodys.document(), "detail").contains("by is missing")) << nobodys.body;
  job["by"] = "laura\nque no es";
  EXPECT_EQ(decide(job).status, 400);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM agreement"), 0);
  job["by"] = "laura";
  const auto made = decide(job);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(text_in(made.document(), "mandate_version"), "");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='agreement_made' AND facts LIKE "
                        "'%\"by\":\"laura\"%'"),
            1);
}

// What runs ends only for who has seen it: the other way round a colleague's plan would be gone
// unseen.
TEST_F(Agreements, TakeTheirPlaceOnlyWhenSaid) {
  const std::string first = text_in(
      ask({{"subject", ana.phone()}, {"offer", 1}, {"words", "por teléfono"}}).document(), "id");
  const auto unasked = ask({{"subject", ana.phone()}, {"offer", 2}, {"words", "por teléfono"}});
  EXPECT_EQ(unasked.status, 409);
  EXPECT_TRUE(text_in(unasked.document(), "detail").contains("--replace " + first)) << unasked.body;
  EXPECT_EQ(
      ask({{"subject", ana.phone()}, {"offer", 2}, {"words", "por teléfono"}, {"replaces", "123"}})
          .status,
      409)
      << "another one than runs";
  EXPECT_EQ(text_in(get(house.url("/v1/agreements/" + first), token).document(), "state"),
            "active");
  const auto made =
      ask({{"subject", ana.phone()}, {"offer", 2}, {"words", "por teléfono"}, {"replaces", first}});
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(text_in(get(house.url("/v1/agreements/" + first), token).document(), "state"),
            "cancelled");
}

TEST_F(Agreements, AreFoundByTheirWholeNumberOnly) {
  const json::value made =
      ask({{"subject", ana.phone()}, {"offer", 1}, {"words", "por teléfono"}}).document();
  const std::string id = text_in(made, "id");
  EXPECT_EQ(get(house.url("/v1/agreements/" + id + "abc"), token).status, 400);
  EXPECT_EQ(get(house.url("/v1/agreements/" + id + "abc/pdf"), token).status, 400);
  EXPECT_EQ(post(house.url("/v1/agreements/" + id + "abc/cancel"), "{}", token).status, 400);
  EXPECT_EQ(get(house.url("/v1/agreements/123"), token).status, 404);
  EXPECT_EQ(get(house.url("/v1/agreements/" + id), token).status, 200);
}

}  // namespace
}  // namespace puntual::e2e
