#include "store/sql/sql_answers.h"

#include "store/test_store.h"

namespace puntual {
namespace {

class AnswersConformance : public StoreConformance {
 protected:
  static std::optional<store::KeptAnswer> begin(Tx& tx, std::string_view key,
                                                std::string_view request,
                                                CreditorId creditor = kCreditor,
                                                Instant now = kNow) {
    return store::Answers(tx.db, tx.keys).begin(creditor, key, request, now);
  }
};

TEST_F(AnswersConformance, OneKeyIsOneRequestOfOneCreditor) {
  in([](Tx& tx) { EXPECT_FALSE(begin(tx, "a", "pay 1")); });
  in([](Tx& tx) {
    const auto running = begin(tx, "a", "pay 1");
    ASSERT_TRUE(running);
    EXPECT_TRUE(running->is_same);
    EXPECT_EQ(running->status, 0);
    EXPECT_FALSE(begin(tx, "a", "pay 1", kOther));
    store::Answers(tx.db, tx.keys)
        .keep(kCreditor, "a", 201, "application/json", R"({"name":"Ana"})");
  });
  in([](Tx& tx) {
    const auto same = begin(tx, "a", "pay 1"), other = begin(tx, "a", "pay 2");
    ASSERT_TRUE(same && other);
    EXPECT_EQ(same->status, 201);
    EXPECT_EQ(same->content_type, "application/json");
    EXPECT_EQ(same->body, R"({"name":"Ana"})");
    EXPECT_FALSE(other->is_same);
    auto rows = tx.db.query("SELECT answer FROM api_answer WHERE creditor_id=$1 AND status=201",
                            {kCreditor});
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.bytes(0).find("Ana"), std::string_view::npos) << "sealed";
  });
}

TEST_F(AnswersConformance, WhatIsForgottenOrOldIsFreeAgain) {
  in([](Tx& tx) {
    store::Answers answers(tx.db, tx.keys);
    EXPECT_FALSE(begin(tx, "a", "1"));
    answers.forget(kCreditor, "a");
    EXPECT_FALSE(begin(tx, "a", "1"));
    EXPECT_FALSE(begin(tx, "b", "1", kCreditor, kNow + kHourMs));
    EXPECT_EQ(answers.purge(kCreditor, kNow + kMinuteMs, 10), 1);
    EXPECT_TRUE(begin(tx, "b", "1"));
    EXPECT_FALSE(begin(tx, "a", "1"));
    answers.forget_all(kCreditor);
    EXPECT_FALSE(begin(tx, "b", "1"));
  });
}

}  // namespace
}  // namespace puntual
