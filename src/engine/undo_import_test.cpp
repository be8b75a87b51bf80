// An import taken back.
#include "engine/undo_import.h"

#include "core/ledger/ledger.h"
#include "engine/charge_overdue.h"
#include "engine/pause.h"
#include "engine/test_house.h"
#include "engine/write_off.h"

namespace puntual::engine {
namespace {

class UndoImport : public testing::Test {
 protected:
  static std::string file(const std::string& rows) {
    return std::string(TestHouse::kTitles) + rows;
  }
  int64_t last() {
    return house.write([](Tx& tx) {
      return store::ImportRuns(tx.db, tx.keys).latest(TestHouse::kCreditor, 1).at(0).id;
    });
  }
  Result<UndoReport> undo(int64_t run) {
    return undo_import(*house.store, TestHouse::creditor(), run, "ana", house.now);
  }
  Invoice invoice(std::string_view number) {
    return house.write(
        [&](Tx& tx) { return *tx.invoices.find_by_number(TestHouse::kCreditor, number); });
  }
  std::string why(int64_t run) {
    return house.write([&](Tx& tx) {
      return why_not_undo(tx, TestHouse::kCreditor,
                          *store::ImportRuns(tx.db, tx.keys).find(TestHouse::kCreditor, run),
                          house.now)
          .in_spanish();
    });
  }
  TestHouse house;
};

TEST_F(UndoImport, WhatItBroughtIsWithdrawnWhatItChangedIsAsBeforeAndTheBooksAddUp) {
  house.import(file(TestHouse::row(1, 1, 100, 100)));
  house.now = house.now + kMinuteMs;
  house.import(file("Otro Nombre;10.000.001;+573000000099;F-0001;30/11/2026;900,00;700,00;COP\n" +
                    TestHouse::row(2, 2, 50, 50)));
  const auto changed = invoice("F-0001");
  EXPECT_EQ(changed.balance_minor, 700'00);
  const int64_t run = last();
  EXPECT_EQ(why(run), "");
  const auto done = undo(run);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->people, 2);
  EXPECT_EQ(done->withdrawn, 1);
  EXPECT_EQ(done->restored, 2) << "an invoice and its person";
  EXPECT_EQ(done->kept, 0);
  const auto before = invoice("F-0001"), gone = invoice("F-0002");
  EXPECT_EQ(before.balance_minor, 100'00);
  EXPECT_EQ(before.due_on, date_of(2026, 11, 24));
  EXPECT_EQ(gone.balance_minor, 0);
  EXPECT_EQ(gone.amount.minor, 0);
  const auto person =
      house.write([&](Tx& tx) { return *tx.debtors.find(TestHouse::kCreditor, before.debtor_id); });
  EXPECT_EQ(person.name, "Persona 1");
  EXPECT_EQ(person.phone, "+573000000001");
  EXPECT_EQ(house.count(
                "SELECT SUM(CASE WHEN debit='receivable' THEN amount_minor ELSE 0 END) - SUM(CASE "
                "WHEN credit='receivable' THEN amount_minor ELSE 0 END) FROM ledger_entry"),
            100'00);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM import_change"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='import_undone'"), 1);
  EXPECT_EQ(undo(run).error().code, ErrorCode::Conflict) << "once";
  // The same file is news again, and so is one that is right.
  const auto again = house.import(file(TestHouse::row(2, 2, 50, 50)));
  EXPECT_EQ(again.created + again.updated, 1);
  EXPECT_EQ(invoice("F-0002").balance_minor, 50'00);
}

TEST_F(UndoImport, NobodyIsRemindedOfWhatWasTakenBack) {
  house.add_people(2);
  const auto done = undo(last());
  ASSERT_TRUE(done) << done.error().message;
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST_F(UndoImport, ForAMomentItRemindsNobodyNotEvenOfWhatWasPlannedBefore) {
  house.add_people(2);
  house.write([&](Tx& tx) { tx.creditors.pause(TestHouse::kCreditor, house.now, "test"); });
  house.tick();
  ASSERT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='planned'"), 2);
  house.engine.desk().settings.import_grace_ms = 30 * kSecondMs;
  house.now = house.now + kMinuteMs;
  // One number changes, and somebody is new.
  house.import(file("Persona 1;10.000.001;+573000000099;F-0001;24/11/2026;100,00;100,00;COP\n" +
                    TestHouse::row(3, 3, 50, 50)));
  house.write([&](Tx& tx) { ASSERT_TRUE(resume_sending(tx, TestHouse::creditor(), house.now)); });
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1U) << "of whom the file says nothing new";
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM outbox WHERE state='planned' AND reasons='IMPORT_GRACE'"),
      1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox"), 2) << "nothing is planned for who is new";
  EXPECT_EQ(why(last()), "") << "and it can be taken back";
  house.now = house.now + (30 * kSecondMs - 1);
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1U);
  house.now = house.now + 1;
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 3U);
}

TEST_F(UndoImport, NotOnceSomebodyWasWrittenToOrPaidNorAfterADayNorUnderALaterOne) {
  house.add_people(1);
  const int64_t first = last();
  house.now = house.now + kMinuteMs;
  house.import(file(TestHouse::row(2, 2, 50, 50)));
  const int64_t second = last();
  EXPECT_TRUE(why(first).contains("otro archivo")) << why(first);
  ASSERT_TRUE(undo(second));
  EXPECT_EQ(why(first), "");
  house.now = house.now + 25 * kHourMs;
  EXPECT_TRUE(why(first).contains("24 horas")) << why(first);
  house.now = house.now + -25 * kHourMs;
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1U);
  EXPECT_TRUE(why(first).contains("ya se le escribió")) << why(first);
  EXPECT_EQ(undo(first).error().code, ErrorCode::Conflict);
  EXPECT_EQ(undo(12345).error().code, ErrorCode::NotFound);
  EXPECT_EQ(invoice("F-0001").balance_minor, 150'000'00);
}

TEST_F(UndoImport, ARehearsalAndTheSameFileAgainLeaveNothingToUndo) {
  house.add_people(1);
  const int64_t first = last();
  house.now = house.now + kMinuteMs;
  house.import(file(TestHouse::row(1, 1, 150'000, 150'000)));
  EXPECT_EQ(why(last()), "no cambió nada");
  EXPECT_EQ(why(first), "");
  const std::string more = file(TestHouse::row(2, 2, 50, 50));
  const auto rehearsed = portfolio::open_import(more, ImportOverrides{.country = "CO"});
  ASSERT_TRUE(rehearsed);
  const int64_t runs = house.count("SELECT COUNT(*) FROM import_run");
  ASSERT_TRUE(import_file(
      *house.store, house.engine.desk(), TestHouse::creditor(), *rehearsed,
      {.consent_instrument = {}, .consent_on = {}, .confirmed_by = {}, .is_rehearsal = true},
      house.now));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM import_run"), runs);
}

TEST_F(UndoImport, NotOnceSomebodyGaveUpOrAskedToGiveUpWhatIsOwed) {
  house.add_people(2);
  const int64_t run = last();
  const auto other = invoice("F-0002");
  house.now = house.now + kMinuteMs;
  const auto asked = house.write([&](Tx& tx) {
    return request_write_off(tx, TestHouse::creditor(), {.invoice = "F-0001", .by = "ana"},
                             "no se encuentra", house.now)
        .has_value();
  });
  ASSERT_TRUE(asked);
  EXPECT_TRUE(why(run).contains("una persona")) << why(run);
  ASSERT_TRUE(house.write([&](Tx& tx) {
    return approve_write_off(tx, TestHouse::creditor(), {.invoice = "F-0001", .by = "luis"},
                             house.now)
        .has_value();
  }));
  EXPECT_EQ(undo(run).error().code, ErrorCode::Conflict);
  EXPECT_EQ(invoice("F-0001").state, InvoiceState::WrittenOff);
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {other.debtor_id});
    tx.charges.add({.id = tx.ids.next<InvoiceId>(house.now).value,
                    .creditor_id = TestHouse::kCreditor,
                    .debtor_id = other.debtor_id,
                    .invoice_id = other.id,
                    .kind = store::ChargeKind::Waiver,
                    .at = house.now,
                    .amount_minor = -5,
                    .from = {},
                    .to = {},
                    .rate = {},
                    .law = {},
                    .told_by = "ana",
                    .why = "x"});
  });
  EXPECT_TRUE(why(run).contains("2 personas")) << why(run);
}

TEST_F(UndoImport, NotWhileItIsLoadedAndItsEndIsWhenItEnded) {
  house.add_people(1);
  const int64_t run = last();
  house.write([](Tx& tx) {
    tx.db.run("UPDATE import_run SET ended_at=NULL WHERE creditor_id=$1", {TestHouse::kCreditor});
  });
  house.now = house.now + 50 * kMinuteMs;
  EXPECT_EQ(why(run), "todavía se está cargando");
  EXPECT_EQ(undo(run).error().code, ErrorCode::Conflict);
  house.now = house.now + 11 * kMinuteMs;
  EXPECT_EQ(why(run), "") << "it was cut off";
  const std::string more = file(TestHouse::row(2, 2, 50, 50));
  const auto read = portfolio::open_import(more, ImportOverrides{.country = "CO"});
  ASSERT_TRUE(read);
  const Instant later = house.now + 5 * kMinuteMs;
  ASSERT_TRUE(import_file(*house.store, house.engine.desk(), TestHouse::creditor(), *read,
                          {.consent_instrument = {},
                           .consent_on = {},
                           .confirmed_by = {},
                           .clock = [&] { return later; }},
                          house.now));
  EXPECT_EQ(
      house.count("SELECT ended_at - at FROM import_run WHERE id=(SELECT MAX(id) FROM import_run)"),
      5 * kMinuteMs);
  EXPECT_EQ(why(last()), "");
  EXPECT_EQ(undo(last())->withdrawn, 1);
}

}  // namespace
}  // namespace puntual::engine
