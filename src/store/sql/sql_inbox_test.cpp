// What comes in: raw events, and what was said.
#include "store/test_store.h"

namespace puntual {
namespace {

TEST_F(StoreConformance, InboxKeepsTheExactBytesOfEachEventOnce) {
  const std::string bytes("{\"a\":\"\0ñ\"}", 11);
  in([&](Tx& tx) {
    const auto event = [&](std::string key, std::string body) {
      return RawEvent{.creditor_id = kCreditor,
                      .id = tx.ids.next<InboxId>(kNow),
                      .source = "whatsapp",
                      .event_key = std::move(key),
                      .received_at = kNow,
                      .body = std::move(body)};
    };
    tx.inbox.append(event("k1", bytes));
    tx.inbox.append(event("k2", ""));
    tx.inbox.append(event("k1", bytes));
    tx.inbox.append(event("k3", "x"));
    EXPECT_EQ(tx.inbox.backlog(kCreditor), 4);
    auto events = tx.inbox.claim(kCreditor, 10);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0].body, bytes);
    EXPECT_EQ(tx.inbox.claim(kCreditor, 2).size(), 2u);
    EXPECT_FALSE(tx.inbox.drop_repeated(events[0]));
    tx.inbox.mark_done(events[0]);
    tx.inbox.mark_poison(events[1], "empty");
    EXPECT_TRUE(tx.inbox.drop_repeated(events[2]));
    EXPECT_FALSE(tx.inbox.drop_repeated(events[3]));
    EXPECT_EQ(tx.inbox.backlog(kCreditor), 1);
    EXPECT_EQ(tx.inbox.poison_count(kCreditor), 1);
    tx.inbox.forget_done(kCreditor, kNow + 1, 10);
    EXPECT_EQ(tx.inbox.poison_count(kCreditor), 1);  // What was not understood is kept,
    EXPECT_EQ(tx.inbox.backlog(kCreditor), 1);       // and so is what nobody has read.
    tx.inbox.append(event("k1", bytes));             // Long after: nothing is left to know it by.
    EXPECT_FALSE(tx.inbox.drop_repeated(tx.inbox.claim(kCreditor, 10).back()));
  });
}

TEST_F(StoreConformance, ConversationKnowsAMessageByThePlatformsId) {
  in([&](Tx& tx) {
    tx.debtors.hold(kCreditor, {DebtorId{7}});
    store::ConversationMessage said{.id = 1,
                                    .creditor_id = kCreditor,
                                    .debtor_id = {7},
                                    .platform_id = "wamid.1",
                                    .direction = Direction::In,
                                    .at = kNow,
                                    .received_at = kNow,
                                    .type = "text",
                                    .text = "hola"};
    EXPECT_TRUE(tx.conversation.insert(said));
    said.id = 2;
    EXPECT_FALSE(tx.conversation.insert(said));
    said.platform_id = "wamid.2";
    said.direction = Direction::Out;
    EXPECT_TRUE(tx.conversation.insert(said));
    const store::People people({DebtorId{7}});
    EXPECT_EQ(tx.conversation.history(kCreditor, people, kNow).front().size(), 2u);
    EXPECT_EQ(tx.conversation.history(kCreditor, people, kNow + 1).front().size(), 0u);
    EXPECT_EQ(tx.conversation.of_debtor(kCreditor, DebtorId{7}).size(), 2u);
    EXPECT_TRUE(tx.conversation.of_debtor(kOther, DebtorId{7}).empty());
  });
}

}  // namespace
}  // namespace puntual
