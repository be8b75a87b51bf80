// What was agreed: kept with its schedule, one active for a person, and forgotten with them.
#include "store/sql/sql_record_pages.h"
#include "store/test_store.h"

namespace puntual {
namespace {

class AgreementRows : public StoreConformance {
 protected:
  static Agreement plan(Tx& tx, DebtorId debtor, std::vector<InvoiceId> covered,
                        Instant made_at = kNow) {
    tx.debtors.hold(kCreditor, {debtor});
    Agreement made{.id = tx.ids.next<AgreementId>(made_at),
                   .creditor_id = kCreditor,
                   .debtor_id = debtor,
                   .kind = AgreementKind::Plan,
                   .made_at = made_at,
                   .through = "chat",
                   .mandate_version = "suave@1",
                   .covered = std::move(covered),
                   .total = {300, kCop},
                   .discount_minor = 10,
                   .instalments = {{date_of(2026, 12, 1), 100}, {date_of(2027, 1, 1), 200}},
                   .grace_days = 2,
                   .charged_before_minor = 400,
                   .paid_before_minor = 90,
                   .words = "Dos pagos. — Sí, de acuerdo",
                   .salt = "5a17",
                   .ended_at = {}};
    tx.agreements.insert(made, made_at + 5);
    return made;
  }
};

TEST_F(AgreementRows, AreReadAsTheyWereWritten) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Agreement made = plan(tx, ana.id, {InvoiceId{11}, InvoiceId{12}});
    const auto found = tx.agreements.find(kCreditor, made.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->words, made.words);
    EXPECT_EQ(found->salt, "5a17");
    EXPECT_EQ(found->covered, made.covered);
    EXPECT_EQ(found->instalments, made.instalments);
    EXPECT_EQ(found->total, made.total);
    EXPECT_EQ(found->state, AgreementState::Active);
    EXPECT_EQ(found->discount_minor, 10);
    EXPECT_FALSE(tx.agreements.find(kOther, made.id));
    EXPECT_EQ(tx.agreements.active_of(kCreditor, ana.id)->id, made.id);
    store::RecordPages pages(tx.db);
    EXPECT_EQ(pages.agreements(kCreditor, AgreementState::Active, {.limit = 9}),
              std::vector{made.id});
    EXPECT_EQ(pages.agreements(kCreditor, std::nullopt, {.limit = 9}), std::vector{made.id});
    EXPECT_TRUE(pages.agreements(kCreditor, AgreementState::Kept, {.limit = 9}).empty());
    EXPECT_TRUE(
        pages.agreements(kCreditor, std::nullopt, {.before = made.id.value, .limit = 9}).empty());
    EXPECT_TRUE(pages.payments(kCreditor, false, {.limit = 9}).empty());
  });
}

TEST_F(AgreementRows, OneIsActiveForAPersonAtATime) {
  const auto second = store_->write([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    plan(tx, ana.id, {InvoiceId{11}});
    plan(tx, ana.id, {InvoiceId{11}});
  });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Conflict);
}

TEST_F(AgreementRows, EndOnceAndAreCounted) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Agreement first = plan(tx, ana.id, {InvoiceId{11}}, kNow - 40 * kDayMs);
    EXPECT_TRUE(tx.agreements.end(first, AgreementState::Broken, kNow));
    EXPECT_FALSE(tx.agreements.end(first, AgreementState::Kept, kNow));
    EXPECT_EQ(tx.agreements.find(kCreditor, first.id)->ended_at, kNow);
    const Agreement next = plan(tx, ana.id, {InvoiceId{11}});
    EXPECT_TRUE(tx.agreements.end(next, AgreementState::Kept, kNow));
    EXPECT_FALSE(tx.agreements.active_of(kCreditor, ana.id));
    const auto past = tx.agreements.past(kCreditor, ana.id, kNow - 50 * kDayMs);
    EXPECT_EQ(past.made, 2);
    EXPECT_EQ(past.kept, 1);
    EXPECT_EQ(past.broken, 1);
    EXPECT_EQ(tx.agreements.past(kCreditor, ana.id, kNow).broken, 0);
    EXPECT_FALSE(tx.agreements.next_review(kCreditor));
  });
}

TEST_F(AgreementRows, CountWhatHasChangedSinceTheyWereMade) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Invoice a =
        invoice(tx, ana.id, "F-1", {.amount_minor = 300, .paid_minor = 90, .ahead_minor = 90});
    const Invoice b = invoice(tx, ana.id, "F-2", {.amount_minor = 100});
    const Agreement made = plan(tx, ana.id, {a.id, b.id});
    auto books = tx.agreements.books_of(made);
    EXPECT_EQ(books.paid_minor, 0);
    EXPECT_EQ(books.charged_minor, 0);
    EXPECT_EQ(books.owed_minor, 310);
    tx.invoices.set_balance(
        kCreditor, a.id,
        {.amount_minor = 300, .paid_minor = 150, .ahead_minor = 150, .forgiven_minor = 20},
        std::nullopt);
    books = tx.agreements.books_of(made);
    EXPECT_EQ(books.paid_minor, 60);
    EXPECT_EQ(books.owed_minor, 230);
  });
}

TEST_F(AgreementRows, AreLookedAtWhenTheirTimeComesOrMoneyMoves) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Agreement made = plan(tx, ana.id, {InvoiceId{11}});
    EXPECT_EQ(tx.agreements.next_review(kCreditor), kNow + 5);
    EXPECT_TRUE(tx.agreements.due_for_review(kCreditor, kNow, 9).empty());
    tx.agreements.review_now(kCreditor, ana.id, kNow);
    EXPECT_EQ(tx.agreements.due_for_review(kCreditor, kNow, 9), std::vector{ana.id});
    tx.agreements.set_review(made, kNow + kDayMs);
    EXPECT_TRUE(tx.agreements.due_for_review(kCreditor, kNow, 9).empty());
  });
}

TEST_F(AgreementRows, LoseTheirWordsWithThePerson) {
  const auto [person, id] = in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    return std::pair(ana.id, plan(tx, ana.id, {InvoiceId{11}}).id);
  });
  ASSERT_TRUE(store_->erase(kCreditor, person, kNow));
  in([&](Tx& tx) {
    const auto kept = tx.agreements.find(kCreditor, id);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->words, "");
    EXPECT_EQ(kept->salt, "");
    EXPECT_EQ(kept->state, AgreementState::Cancelled);
    EXPECT_EQ(kept->total.minor, 300);
    EXPECT_FALSE(tx.agreements.next_review(kCreditor));
  });
}

}  // namespace
}  // namespace puntual
