// What goes out: each thing once, by legal moves only.
#include <algorithm>

#include "store/test_store.h"

namespace puntual {
namespace {

bool to_in_flight(Tx& tx, const OutboxMessage& m, std::string attempt) {
  const store::Departure leaves{m.id, m.debtor_id, {std::move(attempt), "salt"}, "p"};
  return tx.outbox.to_in_flight(m.creditor_id, {&leaves, 1}, kNow, kNow + 10).has(m.id.value);
}

bool to_accepted(Tx& tx, const OutboxMessage& m, std::string_view attempt) {
  const store::Acceptance taken{m.creditor_id, m.id, attempt, "wamid"};
  return tx.outbox.to_accepted({&taken, 1}).has(m.id.value);
}

TEST_F(StoreConformance, OutboxSaysEachThingOnceAndReturnsItUnchanged) {
  in([&](Tx& tx) {
    const OutboxMessage first = message(tx, DebtorId{7}, "step:1");
    EXPECT_TRUE(tx.outbox.insert(first));
    EXPECT_FALSE(tx.outbox.insert(message(tx, DebtorId{8}, "step:1")));
    const auto found = tx.outbox.find(kCreditor, first.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, first.text);
    EXPECT_EQ(found->covered, first.covered);
    EXPECT_EQ(found->balance, first.balance);
    EXPECT_EQ(found->state, MessageState::Planned);
    EXPECT_FALSE(tx.outbox.find(kOther, first.id));
    EXPECT_FALSE(
        tx.outbox.find_by_attempt(kCreditor, ""));  // Never the first of all that have none.
    EXPECT_FALSE(tx.outbox.find_by_platform_id(kCreditor, ""));
  });
}

TEST_F(StoreConformance, ThanksGoBeforeRemindersAndNobodyGoesBeforeTheirTime) {
  in([&](Tx& tx) {
    OutboxMessage early = message(tx, DebtorId{1}, "early");
    early.not_before = kNow - 10;
    OutboxMessage thanks = message(tx, DebtorId{2}, "thanks", Purpose::PaymentConfirmation);
    OutboxMessage later = message(tx, DebtorId{3}, "later");
    later.not_before = kNow + 10;
    for (const auto& one : {early, thanks, later}) EXPECT_TRUE(tx.outbox.insert(one));
    const auto due = tx.outbox.due(kCreditor, kNow, store::Queue::Words, 10);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].id, thanks.id);
    EXPECT_EQ(due[1].id, early.id);
    EXPECT_EQ(tx.outbox.due(kCreditor, kNow, store::Queue::Words, 1).size(), 1u);
    EXPECT_TRUE(tx.outbox.due(kCreditor, kNow, store::Queue::Words, 0).empty());
    EXPECT_EQ(tx.outbox.next_due(kCreditor), kNow - 10);
    EXPECT_FALSE(tx.outbox.next_due(kOther));
  });
}

TEST_F(StoreConformance, TheNextDueIsFoundInEachQueueWhetherUrgentOrNot) {
  in([&](Tx& tx) {
    using store::Queue;
    const auto put = [&](int64_t person, Purpose purpose, Channel channel, Instant at) {
      OutboxMessage one = message(tx, DebtorId{person}, std::to_string(person), purpose);
      one.channel = channel;
      one.not_before = at;
      EXPECT_TRUE(tx.outbox.insert(one));
    };
    put(1, Purpose::Overdue, Channel::WhatsApp, kNow);
    EXPECT_EQ(tx.outbox.next_due(kCreditor, Queue::Words), kNow);
    put(2, Purpose::PaymentConfirmation, Channel::WhatsApp, kNow - 10);
    EXPECT_EQ(tx.outbox.next_due(kCreditor, Queue::Words), kNow - 10);
    put(3, Purpose::Overdue, Channel::Sms, kNow - 20);
    EXPECT_EQ(tx.outbox.next_due(kCreditor, Queue::Words), kNow - 10);
    EXPECT_EQ(tx.outbox.next_due(kCreditor, Queue::Invitation), kNow - 20);
    EXPECT_FALSE(tx.outbox.next_due(kCreditor, Queue::Page));
    EXPECT_EQ(tx.outbox.next_due(kCreditor), kNow - 20);
  });
}

// Each move from each state: only the legal ones change anything, and an attempt that is not the
// present one changes nothing at all.

TEST_F(StoreConformance, OnlyLegalMovesOfAMessageHappen) {
  using S = MessageState;
  struct Move {
    const char* name;
    std::vector<S> from;
    std::function<bool(Tx&, const OutboxMessage&, std::string_view attempt)> make;
    S to;
    bool names_attempt = true;
  };
  const std::vector<Move> moves = {
      {"in_flight",
       {S::Planned},
       [](Tx& tx, const OutboxMessage& m, std::string_view) { return to_in_flight(tx, m, "new"); },
       S::InFlight,
       false},
      {"accepted",
       {S::InFlight, S::Uncertain},
       [](Tx& tx, const OutboxMessage& m, std::string_view a) { return to_accepted(tx, m, a); },
       S::Accepted},
      {"planned",
       {S::InFlight},
       [](Tx& tx, const OutboxMessage& m, std::string_view a) {
         return tx.outbox.to_planned_again(kCreditor, m.id, a, kNow, 1);
       },
       S::Planned},
      {"rejected",
       {S::InFlight},
       [](Tx& tx, const OutboxMessage& m, std::string_view a) {
         return tx.outbox.to_rejected(kCreditor, m.id, a, kNow, 1);
       },
       S::Rejected},
      {"uncertain",
       {S::InFlight},
       [](Tx& tx, const OutboxMessage& m, std::string_view a) {
         return tx.outbox.to_uncertain(kCreditor, m.id, a, 1);
       },
       S::Uncertain},
      {"cancelled",
       {S::Planned},
       [](Tx& tx, const OutboxMessage& m, std::string_view) {
         return tx.outbox.to_cancelled(kCreditor, m.id, kNow, "x");
       },
       S::Cancelled,
       false},
      {"expired",
       {S::Planned},
       [](Tx& tx, const OutboxMessage& m, std::string_view) {
         return tx.outbox.to_expired(kCreditor, m.id, kNow, "x");
       },
       S::Expired,
       false}};
  int number = 0;
  for (const auto& move : moves) {
    for (int state = 0; state <= static_cast<int>(S::Expired); ++state) {
      const S from = static_cast<S>(state);
      for (const bool right_attempt : {true, false}) {
        if (!right_attempt && !move.names_attempt) continue;
        in([&](Tx& tx) {
          const OutboxMessage made = message(tx, DebtorId{1}, fmt::format("m{}", ++number));
          EXPECT_TRUE(tx.outbox.insert(made));
          const std::string attempt = fmt::format("attempt{}", number);
          tx.db.run("UPDATE outbox SET state=$2, attempt_id=$3 WHERE id=$1",
                    {made.id, text_of(from), attempt});
          const bool legal = right_attempt && std::ranges::find(move.from, from) != move.from.end();
          EXPECT_EQ(move.make(tx, made, right_attempt ? attempt : "stale"), legal)
              << text_of(from) << " to " << move.name;
          EXPECT_EQ(tx.outbox.find(kCreditor, made.id)->state, legal ? move.to : from)
              << text_of(from) << " to " << move.name;
        });
      }
    }
  }
}

// Of many each goes by itself: with its own attempt, and those that were taken back stay.
TEST_F(StoreConformance, ManyMessagesMoveTogetherButThoseThatMayNot) {
  constexpr int kMany = 45;  // More than one statement takes, of each size.
  const auto attempt_of = [](size_t i) { return fmt::format("a{}", i); };
  const auto was_taken_back = [](size_t i) { return i % 7 == 3; };
  const auto is_stale = [](size_t i) { return i % 5 == 2; };
  in([&](Tx& tx) {
    std::vector<OutboxMessage> all;
    std::vector<store::Departure> departures;
    for (size_t i = 0; i < kMany; ++i) {
      all.push_back(message(tx, DebtorId{1}, fmt::format("m{}", i)));
      ASSERT_TRUE(tx.outbox.insert(all[i]));
      if (was_taken_back(i)) {
        ASSERT_TRUE(tx.outbox.to_cancelled(kCreditor, all[i].id, kNow, "PAID"));
      }
      departures.push_back({all[i].id, DebtorId{1}, {attempt_of(i), "salt"}, "p"});
    }
    const IdSet left = tx.outbox.to_in_flight(kCreditor, departures, kNow, kNow + 10);
    std::vector<std::string> ids(kMany), wamids(kMany);
    std::vector<store::Acceptance> acceptances;
    for (size_t i = 0; i < kMany; ++i) {
      ids[i] = is_stale(i) ? "another" : attempt_of(i);
      wamids[i] = fmt::format("wamid.{}", i);
      acceptances.push_back({kCreditor, all[i].id, ids[i], wamids[i]});
    }
    const IdSet taken = tx.outbox.to_accepted(acceptances);
    for (size_t i = 0; i < kMany; ++i) {
      EXPECT_EQ(left.has(all[i].id.value), !was_taken_back(i)) << i;
      EXPECT_EQ(taken.has(all[i].id.value), !was_taken_back(i) && !is_stale(i)) << i;
      const auto now = *tx.outbox.find(kCreditor, all[i].id);
      EXPECT_EQ(now.attempt_id, was_taken_back(i) ? "" : attempt_of(i));
      EXPECT_EQ(now.attempts, was_taken_back(i) ? 0 : 1);
      EXPECT_EQ(now.platform_id, was_taken_back(i) || is_stale(i) ? "" : wamids[i]);
    }
  });
}

TEST_F(StoreConformance, WhatMayHaveLeftCountsInTheHistoryAndWhatHasNotDoesNot) {
  in([&](Tx& tx) {
    const auto sent = [&](const char* key, auto&& then) {
      const OutboxMessage one = message(tx, DebtorId{1}, key);
      EXPECT_TRUE(tx.outbox.insert(one));
      EXPECT_TRUE(to_in_flight(tx, one, key));
      then(one);
    };
    const auto contacts = [&] {
      const auto history = tx.outbox.history(kCreditor, store::People({DebtorId{1}}), kNow - kDayMs)
                               .front()
                               .contacts;
      return std::ranges::count_if(
          history, [](const Contact& one) { return one.status != ContactStatus::Refused; });
    };
    sent("a", [&](const OutboxMessage& one) {
      EXPECT_TRUE(tx.outbox.to_uncertain(kCreditor, one.id, "a", 0));
    });
    EXPECT_EQ(contacts(), 1);
    sent("b", [&](const OutboxMessage& one) {
      EXPECT_TRUE(tx.outbox.to_rejected(kCreditor, one.id, "b", kNow, 1));
    });
    EXPECT_EQ(contacts(), 1);
    sent("c", [&](const OutboxMessage& one) {
      EXPECT_TRUE(tx.outbox.to_planned_again(kCreditor, one.id, "c", kNow, 1));
      EXPECT_EQ(contacts(), 1);
      // The platform delivered what it had refused: that was a contact.
      tx.outbox.set_status(kCreditor, one.id, one.state, MessageState::Delivered, "wamid.c", kNow,
                           0);
    });
    EXPECT_EQ(contacts(), 2);
  });
}

TEST_F(StoreConformance, DeadAttemptsBecomeUncertainAndOldOnesUnconfirmed) {
  in([&](Tx& tx) {
    const OutboxMessage one = message(tx, DebtorId{1}, "a"), two = message(tx, DebtorId{2}, "b");
    EXPECT_TRUE(tx.outbox.insert(one) && tx.outbox.insert(two));
    EXPECT_TRUE(to_in_flight(tx, one, "a1"));
    EXPECT_EQ(tx.outbox.rescue_in_flight(kCreditor, kNow + 10).size(), 0u);
    EXPECT_EQ(tx.outbox.rescue_in_flight(kOther, kNow + 11).size(), 0u);
    EXPECT_EQ(tx.outbox.rescue_in_flight(kCreditor, kNow + 11).size(), 1u);
    EXPECT_EQ(tx.outbox.give_up_uncertain(kCreditor, kNow).size(), 0u);
    EXPECT_EQ(tx.outbox.give_up_uncertain(kCreditor, kNow + 1).size(), 1u);
    EXPECT_EQ(tx.outbox.count(kCreditor, MessageState::Unconfirmed), 1);
    EXPECT_EQ(tx.outbox.find(kCreditor, two.id)->state, MessageState::Planned);
  });
}

TEST_F(StoreConformance, CancellingSparesOthersAndTheConfirmationOfAStop) {
  in([&](Tx& tx) {
    const OutboxMessage reminder = message(tx, DebtorId{1}, "r"),
                        thanks = message(tx, DebtorId{1}, "t", Purpose::PaymentConfirmation),
                        stop = message(tx, DebtorId{1}, "s", Purpose::OptOutAck),
                        other = message(tx, DebtorId{2}, "o");
    for (const auto& one : {reminder, thanks, stop, other}) EXPECT_TRUE(tx.outbox.insert(one));
    EXPECT_EQ(tx.outbox.cancel_planned(kCreditor, DebtorId{1}, true, kNow, "PAID"),
              std::vector{reminder.id});
    EXPECT_EQ(tx.outbox.cancel_planned(kCreditor, DebtorId{1}, false, kNow, "OPTOUT_ALL"),
              std::vector{thanks.id});
    EXPECT_EQ(tx.outbox.count(kCreditor, MessageState::Planned), 2);
  });
}

}  // namespace
}  // namespace puntual
