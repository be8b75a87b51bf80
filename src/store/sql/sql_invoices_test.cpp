// Money: invoices, the payments that settle them, and the ledger that adds up.
#include "store/test_store.h"

namespace puntual {
namespace {

TEST_F(StoreConformance, InvoiceKeepsItsMoneyItsStepAndItsState) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Invoice one = invoice(tx, ana.id, "F-1", {.amount_minor = 100});
    const Invoice paid = invoice(tx, ana.id, "F-2", {.amount_minor = 100, .reported_minor = 100});
    EXPECT_EQ(tx.invoices.open_of(kCreditor, ana.id).size(), 1u);
    EXPECT_EQ(tx.invoices.all_of(kCreditor, ana.id).size(), 2u);
    EXPECT_EQ(tx.invoices.find(kCreditor, paid.id)->state, InvoiceState::Paid);
    EXPECT_EQ(tx.invoices.find(kCreditor, paid.id)->unitemised_minor, 100);
    EXPECT_FALSE(tx.invoices.find_by_number(kOther, "F-1"));
    tx.invoices.set_step(kCreditor, one.id, -7, date_of(2026, 11, 17));
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_day, -7);
    tx.invoices.restart_steps(kCreditor, one.id);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_day, Invoice::kNoStep);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_on,
              date_of(2026, 11, 17));  // It was said all the same.
    tx.invoices.set_balance(kCreditor, one.id,
                            {.amount_minor = 100, .paid_minor = 100, .ahead_minor = 100},
                            date_of(2026, 11, 20));
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->state, InvoiceState::Paid);
    tx.invoices.set_state(kCreditor, one.id, InvoiceState::Disputed);
    tx.invoices.set_balance(kCreditor, one.id, {.amount_minor = 100}, std::nullopt);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->state,
              InvoiceState::Disputed);  // Money does not end a dispute.
  });
  const auto again =
      store_->write([&](Tx& tx) { invoice(tx, DebtorId{9}, "F-1", {.amount_minor = 1}); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
}

TEST_F(StoreConformance, PaymentIsKnownBySourceAndIdAndWaitsByReference) {
  in([&](Tx& tx) {
    tx.debtors.hold(kCreditor, {DebtorId{5}});
    Payment payment{.id = tx.ids.next<PaymentId>(kNow),
                    .creditor_id = kCreditor,
                    .debtor_id = {},
                    .source = "api",
                    .source_id = "P-1",
                    .reference = "F-9",
                    .amount = {700, kCop},
                    .unapplied_minor = 700,
                    .method = "PSE",
                    .paid_on = date_of(2026, 11, 20),
                    .paid_at = kNow,
                    .recorded_at = kNow};
    EXPECT_TRUE(tx.payments.insert(payment));
    const PaymentId first = payment.id;
    payment.id = tx.ids.next<PaymentId>(kNow);
    payment.amount.minor = 900;
    EXPECT_FALSE(tx.payments.insert(payment));
    EXPECT_EQ(tx.payments.find(kCreditor, first)->amount.minor, 700);
    EXPECT_EQ(tx.payments.find_by_source(kCreditor, "api", "P-1")->id, first);
    payment.source = "file";
    EXPECT_TRUE(tx.payments.insert(payment));
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-9", DebtorId{5}).size(), 2u);
    tx.payments.set_unapplied(kCreditor, first, DebtorId{5}, 200);
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-8", DebtorId{5}).size(), 1u);
    tx.payments.set_unapplied(kCreditor, first, DebtorId{5}, 0);
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-9", DebtorId{5}).size(), 1u);
    EXPECT_TRUE(tx.payments.unapplied_for(kCreditor, "F-8", DebtorId{6}).empty());
    EXPECT_EQ(tx.payments.of_debtor(kCreditor, DebtorId{5}).size(), 1u);
    tx.payments.add_allocation(kCreditor, 1, first, InvoiceId{3}, 700);
    EXPECT_EQ(tx.payments.last_paid_on(kCreditor, InvoiceId{3}), date_of(2026, 11, 20));
    EXPECT_FALSE(tx.payments.last_paid_on(kCreditor, InvoiceId{4}));
  });
}

TEST_F(StoreConformance, LedgerFindsRowsThatWereDamaged) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    for (const char* number : {"F-1", "F-2"}) {
      const Invoice one = invoice(tx, ana.id, number, {.amount_minor = 100, .reported_minor = 30});
      const LedgerEntry like{
          .amount = {0, kCop}, .debtor_id = ana.id, .invoice_id = one.id, .payment_id = {}};
      tx.ledger.append(
          kCreditor,
          ledger::entries_of_file_change({}, {.amount_minor = 100, .reported_minor = 30}, like),
          kNow, tx.ids);
    }
    EXPECT_TRUE(tx.ledger.mismatches(kCreditor, 10).empty());
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Receivable, "COP"), 140);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Invoiced, "COP"), -200);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Reported, "COP"), 60);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Receivable, "PEN"), 0);
    EXPECT_EQ(tx.ledger.balance(kOther, Account::Receivable, "COP"), 0);
    tx.db.run("UPDATE invoice SET balance_minor=71 WHERE number='F-1'");
  });
  in([&](Tx& tx) {
    const auto found = tx.ledger.mismatches(kCreditor, 10);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].contains("F-1") && found[0].contains("71") && found[0].contains("70"))
        << found[0];
    tx.db.script(tests::TestDatabase::unguard("ledger_entry"));  // Somebody who means it.
    tx.db.run("DELETE FROM ledger_entry WHERE debit='reported'");
    EXPECT_EQ(tx.ledger.mismatches(kCreditor, 10).size(), 2u);
    EXPECT_EQ(tx.ledger.mismatches(kCreditor, 1).size(), 1u);
  });
}

}  // namespace
}  // namespace puntual
