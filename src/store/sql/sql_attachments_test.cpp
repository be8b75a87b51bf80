#include "store/test_store.h"

namespace puntual {
namespace {

class AttachmentStore : public StoreConformance {
 protected:
  static store::ReceivedAttachment wanted(Tx& tx, DebtorId debtor, Instant at = kNow) {
    tx.debtors.hold(kCreditor, {debtor});
    store::ReceivedAttachment made{.id = tx.ids.next<MessageId>(kNow).value,
                                   .creditor_id = kCreditor,
                                   .debtor_id = debtor,
                                   .message_id = 7,
                                   .received_at = at,
                                   .media_id = "4711",
                                   .file_name = "recibo.pdf"};
    tx.attachments.want(made);
    return made;
  }
};

TEST_F(AttachmentStore, IsWantedThenKeptAndOpensAgain) {
  const std::string bytes("%PDF\0\xFF of a receipt", 20);
  in([&](Tx& tx) {
    const DebtorId person = debtor(tx).id;
    const auto one = wanted(tx, person);
    EXPECT_TRUE(tx.attachments.due(kCreditor, kNow - 1, 10).empty());
    EXPECT_TRUE(tx.attachments.due(kOther, kNow, 10).empty());
    const auto due = tx.attachments.due(kCreditor, kNow, 10);
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].media_id, "4711");
    EXPECT_EQ(due[0].file_name, "recibo.pdf");
    EXPECT_EQ(tx.attachments.bytes_of(one), "");
    EXPECT_TRUE(tx.attachments.try_later(one, kNow + kMinuteMs));
    EXPECT_TRUE(tx.attachments.due(kCreditor, kNow, 10).empty());
    EXPECT_EQ(tx.attachments.due(kCreditor, kNow + kMinuteMs, 10).at(0).tries, 1);
    EXPECT_TRUE(tx.attachments.keep(one, "application/pdf", bytes));
    EXPECT_FALSE(tx.attachments.keep(one, "application/pdf", "other"));
    EXPECT_FALSE(tx.attachments.give_up(one, "refused"));
    const auto kept = tx.attachments.of_debtor(kCreditor, person).at(0);
    EXPECT_EQ(kept.state, store::AttachmentState::Kept);
    EXPECT_EQ(kept.size, 20);
    EXPECT_EQ(tx.attachments.bytes_of(kept), bytes);
    EXPECT_FALSE(tx.attachments.find(kOther, one.id));
    auto raw = tx.db.query("SELECT bytes FROM attachment");
    ASSERT_TRUE(raw.next());
    EXPECT_EQ(raw.bytes(0).find("receipt"), std::string_view::npos);  // Sealed.
  });
}

TEST_F(AttachmentStore, GoesWithThePersonAndWithTheConversation) {
  in([&](Tx& tx) {
    const auto mine = wanted(tx, debtor(tx).id);
    EXPECT_TRUE(tx.attachments.keep(mine, "image/png", "png"));
    EXPECT_TRUE(tx.erasure.erase(kCreditor, mine.debtor_id, kNow));
    EXPECT_EQ(tx.attachments.bytes_of(*tx.attachments.find(kCreditor, mine.id)), "");
    EXPECT_EQ(tx.attachments.find(kCreditor, mine.id)->media_id, "");
    EXPECT_TRUE(tx.attachments.due(kCreditor, kNow, 10).empty());
    tx.retention.forget_conversation(kCreditor, kNow, 10);
    EXPECT_TRUE(tx.attachments.find(kCreditor, mine.id));
    tx.retention.forget_conversation(kCreditor, kNow + 1, 10);
    EXPECT_FALSE(tx.attachments.find(kCreditor, mine.id));
  });
}

}  // namespace
}  // namespace puntual
