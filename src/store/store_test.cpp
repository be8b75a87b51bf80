// What concerns the store as a whole.
#include <fmt/format.h>

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

// A row of each table that only grows, and the column that somebody would like to change.
struct GrowsOnly {
  std::string_view table, columns, values, wanted;
};
constexpr GrowsOnly kGrowOnly[] = {
    {"timeline",
     "id,creditor_id,debtor_id,at,kind,message_id,invoice_id,payment_id,detail,facts,hash",
     "1,1,1,1,'a',0,0,0,'','','h'", "detail='x'"},
    {"ledger_entry",
     "id,creditor_id,at,debit,credit,currency,amount_minor,debtor_id,invoice_id,payment_id",
     "1,1,1,'receivable','invoiced','COP',5,1,1,0", "amount_minor=1"},
    {"allocation", "id,creditor_id,payment_id,invoice_id,amount_minor", "1,1,1,1,5",
     "amount_minor=1"},
    {"reversal", "id,creditor_id,payment_id,debtor_id,kind,amount_minor,source_id,at,told_by,why",
     "1,1,1,1,'refund',5,'R',1,'ana','x'", "why='y'"},
    {"charge",
     "id,creditor_id,debtor_id,invoice_id,kind,at,amount_minor,from_on,to_on,base_minor,rate,law,"
     "told_by,why",
     "1,1,1,1,'interest',1,5,1,2,9,'24','','',''", "amount_minor=1"},
    {"correction",
     "id,creditor_id,debtor_id,invoice_id,at,told_minor,from_minor,to_minor,told_by,why",
     "1,1,1,1,1,9,9,5,'ana','x'", "to_minor=0"},
    {"edition",
     "creditor_id,number,kind,name,text,why,editors,approved_by,launched_by,launched_at,people",
     "1,1,'strategy','a','','','','','',1,1", "text='x'"},
    {"consent",
     "id,creditor_id,debtor_id,act,channel,at,is_dated,kind,instrument,text_version,recorded_at,"
     "recorded_by",
     "1,1,1,'granted','whatsapp',1,1,'form','x','',1,'api'", "act='revoked'"},
};

TEST_F(StoreConformance, WhatIsWrittenDownForGoodIsNeitherChangedNorRemoved) {
  for (const auto& [table, columns, values, wanted] : kGrowOnly) {
    in([&](Tx& tx) {
      tx.db.script(fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, values));
    });
    std::vector<std::string> deeds = {fmt::format("UPDATE {} SET {}", table, wanted),
                                      fmt::format("DELETE FROM {}", table)};
    if (tests::TestDatabase::on_postgres()) deeds.push_back(fmt::format("TRUNCATE {}", table));
    for (const auto& deed : deeds) {
      const auto refused = store_->write([&](Tx& tx) { tx.db.script(deed); });
      ASSERT_FALSE(refused) << deed;
      EXPECT_TRUE(refused.error().message.contains("append-only")) << refused.error().message;
    }
  }
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

// What is prepared is kept under a text's address: texts that come and go at one address are still
// each their own statement.
TEST_F(StoreConformance, TextMadeOnTheWayIsItsOwnStatement) {
  in([&](Tx& tx) {
    for (int64_t i = 0; i < 100; ++i) {
      auto rows = tx.db.query(store::Sql::kept(fmt::format("SELECT CAST({} AS BIGINT)", i)));
      ASSERT_TRUE(rows.next());
      EXPECT_EQ(rows.integer(0), i);
    }
    EXPECT_EQ(store::Sql::kept("SELECT 1").text(), store::Sql::kept("SELECT 1").text());
  });
}

TEST_F(StoreConformance, QueryMayRunInsideItsOwnLoopAndBeLeftHalfRead) {
  in([&](Tx& tx) {
    for (int i = 0; i < 5; ++i) debtor(tx);
    constexpr store::Sql sql("SELECT id FROM debtor ORDER BY id");
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
