#include "store/sql/sql_imports.h"

#include "store/sql/sql_saved_views.h"
#include "store/test_store.h"

namespace puntual {
namespace {

using store::ImportRun, store::ImportRuns;

class ImportsOfStore : public StoreConformance {};

TEST_F(ImportsOfStore, PostgresKnowsItsTablesAfterTheFirstBlock) {
  if (!tests::TestDatabase::on_postgres()) GTEST_SKIP() << "SQLite plans without statistics";
  in([&](Tx& tx) {
    const auto is_known = [&] {
      return tx.db
          .query("SELECT 1 FROM pg_stats WHERE tablename='invoice' AND attname='creditor_id'")
          .next();
    };
    for (int i = 0; i < 40; ++i)
      invoice(tx, debtor(tx).id, fmt::format("F-{}", i), {.amount_minor = 9});
    EXPECT_FALSE(is_known());
    ImportRuns(tx.db, tx.keys).have_tables_looked_at();
    EXPECT_TRUE(is_known());
  });
}

TEST_F(ImportsOfStore, ARunKnowsWhatItMadeAndWhoseItIs) {
  in([&](Tx& tx) {
    ImportRuns runs(tx.db, tx.keys);
    const DebtorId before = debtor(tx).id;
    invoice(tx, before, "OLD", {.amount_minor = 9});
    ImportRun run{.id = tx.ids.next<Id<ImportRun>>(kNow).value,
                  .at = kNow,
                  .by = "ana",
                  .kind = "portfolio",
                  .blocks = 2};
    runs.begin(kCreditor, run);
    const DebtorId who = debtor(tx).id;
    const InvoiceId made = invoice(tx, who, "NEW", {.amount_minor = 5}).id;
    EXPECT_EQ(runs.people(kCreditor, run), std::vector{who}) << "while it is under way";
    run.blocks_done = 2;
    run.created = 1;
    run.last_id = tx.ids.next<Id<ImportRun>>(kNow).value;
    run.ended_at = kNow;
    runs.note(kCreditor, run);
    invoice(tx, who, "LATER", {.amount_minor = 5});
    EXPECT_EQ(runs.made(kCreditor, run, who), std::vector{made});
    EXPECT_TRUE(runs.made(kCreditor, run, before).empty());
    EXPECT_EQ(runs.last_that_changed(kCreditor), run.id);
    EXPECT_FALSE(runs.last_that_changed(kOther));
    const auto latest = runs.latest(kCreditor, 5);
    ASSERT_EQ(latest.size(), 1U);
    EXPECT_EQ(latest[0].by, "ana");
    EXPECT_EQ(latest[0].ended_at, kNow);
    EXPECT_FALSE(runs.is_touched(kCreditor, run, who));
    EXPECT_TRUE(tx.outbox.insert(message(tx, who, "a")));
    EXPECT_FALSE(runs.is_touched(kCreditor, run, who)) << "what is only planned has not left";
    runs.note_undone(kCreditor, run.id, kNow, "luis");
    EXPECT_FALSE(runs.last_that_changed(kCreditor));
    EXPECT_EQ(runs.find(kCreditor, run.id)->undone_by, "luis");
  });
}

TEST_F(ImportsOfStore, WhatStoodBeforeIsSealedKeptOnceAndForgotten) {
  in([&](Tx& tx) {
    ImportRuns runs(tx.db, tx.keys);
    const DebtorId who = debtor(tx).id;
    const ImportRun run{
        .id = tx.ids.next<Id<ImportRun>>(kNow).value, .at = kNow, .by = "ana", .kind = "portfolio"};
    runs.begin(kCreditor, run);
    runs.remember(kCreditor, run.id, who, 7, "the first");
    runs.remember(kCreditor, run.id, who, 7, "the second");
    const auto changes = runs.changes(kCreditor, run.id, who);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].before, "the first");
    auto raw = tx.db.query("SELECT before FROM import_change");
    ASSERT_TRUE(raw.next());
    EXPECT_FALSE(raw.bytes(0).contains("first"));
  });
  in([&](Tx& tx) {
    ImportRuns runs(tx.db, tx.keys);
    EXPECT_EQ(runs.forget_changes_before(kCreditor, kNow), 0);
    EXPECT_EQ(runs.forget_changes_before(kCreditor, kNow + kDayMs), 1);
  });
}

TEST_F(ImportsOfStore, MappingsAreKeptByTheirTitles) {
  in([&](Tx& tx) {
    store::ImportMappings mappings(tx.db);
    mappings.set(kCreditor, "t", "a");
    mappings.set(kCreditor, "t", "b");
    EXPECT_EQ(mappings.find(kCreditor, "t"), "b");
    EXPECT_FALSE(mappings.find(kOther, "t"));
    mappings.forget(kCreditor, "t");
    EXPECT_FALSE(mappings.find(kCreditor, "t"));
  });
}

TEST_F(ImportsOfStore, SavedViewsAreOnesOwnOrShared) {
  in([&](Tx& tx) {
    store::SavedViews views(tx.db);
    views.insert(kCreditor, {.id = 1,
                             .user_id = 7,
                             .page = "portfolio",
                             .name = "B",
                             .query = "{}",
                             .is_shared = false});
    views.insert(kCreditor, {.id = 2,
                             .user_id = 8,
                             .page = "portfolio",
                             .name = "A",
                             .query = "{}",
                             .is_shared = true});
    views.insert(kCreditor, {.id = 3,
                             .user_id = 8,
                             .page = "portfolio",
                             .name = "C",
                             .query = "{}",
                             .is_shared = false});
    const auto seen = views.of(kCreditor, 7, "portfolio");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].name, "A");
    views.update(kCreditor, {.id = 2,
                             .user_id = 8,
                             .page = "portfolio",
                             .name = "A",
                             .query = "{}",
                             .is_shared = false});
    EXPECT_EQ(views.of(kCreditor, 7, "portfolio").size(), 1U);
    views.remove(kCreditor, 1);
    EXPECT_FALSE(views.find(kCreditor, 1));
    EXPECT_TRUE(views.of(kOther, 8, "portfolio").empty());
  });
}

}  // namespace
}  // namespace puntual
