// What concerns the store as a whole.
#include <algorithm>

#include "store/test_store.h"

namespace puntual {
namespace {

TEST_F(StoreConformance, CreditorIsSavedAgainWithoutLosingItsPause) {
  Creditor creditor{.id = kCreditor,
                    .name = "Internet Andina",
                    .country = "CO",
                    .zone = "America/Bogota",
                    .phone_number_id = "77"};
  in([&](Tx& tx) { tx.creditors.save(creditor); });
  in([&](Tx& tx) { tx.creditors.pause(kCreditor, kNow, "por prueba"); });
  creditor.name = "Otra";
  in([&](Tx& tx) {
    tx.creditors.save(creditor);
    const auto found = tx.creditors.find(kCreditor);
    EXPECT_EQ(found->name, "Otra");
    EXPECT_EQ(found->paused_at, kNow);
    EXPECT_EQ(tx.creditors.find_by_phone_number_id("77"), kCreditor);
    EXPECT_FALSE(tx.creditors.find_by_phone_number_id("78"));
    EXPECT_FALSE(tx.creditors.find(kOther));
    tx.creditors.resume(kCreditor);
    EXPECT_FALSE(tx.creditors.find(kCreditor)->paused_at);
    EXPECT_EQ(tx.creditors.fact("x"), "");
    tx.creditors.set_fact("x", "1");
    tx.creditors.set_fact("x", "2");
    EXPECT_EQ(tx.creditors.fact("x"), "2");
  });
}

TEST_F(StoreConformance, ATaskKeepsTheLastThatWasSaidWhole) {
  in([&](Tx& tx) {
    const auto person = debtor(tx);
    tx.debtors.hold(kCreditor, {person.id});
    store::Task task;
    task.creditor_id = kCreditor;
    task.debtor_id = person.id;
    for (int i = 0; i < 900; ++i) task.summary += "ñá";
    const int64_t id = tx.tasks.open(task, kNow, tx.ids);
    EXPECT_EQ(tx.tasks.find(kCreditor, id)->summary, task.summary);
    task.summary = "la última";
    for (int i = 0; i < 200; ++i) EXPECT_EQ(tx.tasks.open(task, kNow, tx.ids), id);
    const std::string kept = tx.tasks.find(kCreditor, id)->summary;
    EXPECT_EQ(std::ranges::count_if(
                  kept, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }),
              2'000);
    EXPECT_TRUE(kept.ends_with("\nla última"));
  });
}

TEST_F(StoreConformance, SendingNumberKeepsItsOwnerAndTheConfirmation) {
  in([&](Tx& tx) {
    EXPECT_FALSE(tx.sending_numbers.find(kCreditor, "1065"));
    tx.sending_numbers.save(kCreditor,
                            {.phone_number_id = "1065",
                             .owner = "Grupo Alameda",
                             .verified_name = {},
                             .confirmed_at = {},
                             .confirmed_by = {}},
                            kNow);
    tx.sending_numbers.save(kCreditor,
                            {.phone_number_id = "1065",
                             .owner = "Grupo Alameda",
                             .verified_name = "Alameda",
                             .confirmed_at = kNow,
                             .confirmed_by = "M. R."},
                            kNow + 1);
    const auto number = tx.sending_numbers.find(kCreditor, "1065");
    ASSERT_TRUE(number);
    EXPECT_EQ(number->verified_name, "Alameda");
    EXPECT_EQ(number->confirmed_at, kNow);
    EXPECT_EQ(number->confirmed_by, "M. R.");
  });
}

TEST_F(StoreConformance, TemplateKeepsWhatAnUpdateLeavesOut) {
  in([&](Tx& tx) {
    EXPECT_EQ(tx.templates.status(kCreditor, "t", "es"), "");
    tx.templates.save(kCreditor, {"t", "es", "APPROVED", "UTILITY", "123", kNow});
    tx.templates.save(kCreditor, {"t", "es", "PAUSED", "", "", kNow + 1});
    const auto all = tx.templates.all(kCreditor);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].status, "PAUSED");
    EXPECT_EQ(all[0].category, "UTILITY");
    EXPECT_EQ(all[0].platform_id, "123");
  });
}

TEST_F(StoreConformance, TimelineKeepsTheOrderOfEvents) {
  in([&](Tx& tx) {
    for (const char* kind : {"a", "b", "c"}) {
      tx.timeline.append(
          {.creditor_id = kCreditor, .debtor_id = {7}, .at = kNow, .kind = kind, .detail = ""},
          tx.ids);
    }
    const auto events = tx.timeline.of_debtor(kCreditor, DebtorId{7});
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[0].kind + events[1].kind + events[2].kind, "abc");
    EXPECT_EQ(tx.timeline.latest(kCreditor, events[0].id, 10).size(), 2u);
  });
}

TEST_F(StoreConformance, ErrorAndFailureTakeBackEverything) {
  const auto refused = store_->write([&](Tx& tx) -> Result<int> {
    tx.creditors.set_fact("x", "1");
    return fail(ErrorCode::Invalid, "no");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no");
  const auto broken = store_->write([&](Tx& tx) {
    tx.creditors.set_fact("x", "2");
    const int64_t rows = tx.db.run("INSERT INTO creditor (id) VALUES (1)");  // Names are required.
    ADD_FAILURE() << "a failing statement must not go on: " << rows;
  });
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::Conflict);
  EXPECT_EQ(in([](Tx& tx) { return tx.creditors.fact("x"); }), "");
}

TEST_F(StoreConformance, ReadersThatBreakAnAssumptionLeaveTheirPlaceToTheNext) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW((void)store_->read([](Tx&) { throw BrokenAssumption{"no"}; }), BrokenAssumption);
  }
  EXPECT_TRUE(store_->read([](Tx& tx) { (void)tx.creditors.fact("x"); }));
}

TEST_F(StoreConformance, QueryMayRunInsideItsOwnLoopAndBeLeftHalfRead) {
  in([&](Tx& tx) {
    for (int i = 0; i < 5; ++i) debtor(tx);
    const char* sql = "SELECT id FROM debtor ORDER BY id";
    int pairs = 0;
    for (auto outer = tx.db.query(sql); outer.next();) {
      for (auto inner = tx.db.query(sql); inner.next();) {
        if (++pairs % 3 == 0) break;
      }
    }
    EXPECT_GT(pairs, 5);
    EXPECT_EQ(tx.debtors.all(kCreditor).size(), 5u);
  });
}

// Nobody asks how many rows were changed: then the failure is told at the end, and all is taken
// back as well.
TEST_F(StoreConformance, FailureThatNobodyAsksForIsToldAtTheEnd) {
  for (const bool counted : {false, true}) {
    const auto broken = store_->write([&](Tx& tx) {
      tx.creditors.set_fact("x", "2");
      if (counted) {
        tx.db.expect(1, "UPDATE deployment SET value=$1 WHERE name='there is none'", {"3"});
      } else {
        tx.db.run("INSERT INTO creditor (id) VALUES (1)");
      }
      tx.creditors.set_fact("y", "2");
    });
    ASSERT_FALSE(broken) << counted;
    EXPECT_EQ(broken.error().code, ErrorCode::Conflict) << broken.error().message;
    EXPECT_EQ(in([](Tx& tx) { return tx.creditors.fact("x") + tx.creditors.fact("y"); }), "")
        << counted;
  }
  in([](Tx& tx) {
    tx.creditors.set_fact("x", "4");
    tx.db.expect(1, "UPDATE deployment SET value=$1 WHERE name='x'", {"5"});
    tx.db.expect(1, "SELECT 1 FROM deployment WHERE name=$1 {{for_share}}", {"x"});
    EXPECT_EQ(tx.creditors.fact("x"), "5");
  });
}

}  // namespace
}  // namespace puntual
