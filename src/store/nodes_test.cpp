// Who may write, who may send, and who is held: on each database, and between two stores where two
// can be open.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "store/backup.h"
#include "store/store.h"
#include "tests/support/test_database.h"

namespace puntual {
namespace {

using store::Hold;
using store::NodeLease;
using store::Nodes;

constexpr CreditorId kCreditor{1};
const Instant kNow = *parse_rfc3339("2026-11-24T14:00:00Z");
constexpr int64_t kTtl = 60'000;

class NodesTest : public testing::Test {
 protected:
  template <class F>
  static auto in(Store& store, F&& f) {
    auto answer = store.write(std::forward<F>(f));
    if (!answer) ADD_FAILURE() << answer.error().message;
    if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return *std::move(answer);
  }
  template <class F>
  auto in(F&& f) {
    return in(*store_, std::forward<F>(f));
  }
  // As if nothing had been heard of it for long.
  static void let_end(Tx& tx, const NodeLease& node) {
    tx.db.run("UPDATE node SET until=0 WHERE number=$1", {node.number});
  }
  static DebtorId add_person(Tx& tx, std::string_view phone) {
    const Debtor made{.id = tx.ids.next<DebtorId>(kNow),
                      .creditor_id = kCreditor,
                      .name = "Persona",
                      .country = "CO",
                      .zone = "America/Bogota",
                      .phone = std::string(phone),
                      .user_id = "",
                      .email = ""};
    tx.debtors.insert(made, kNow);
    return made.id;
  }
  const tests::TestDatabase database_;
  std::unique_ptr<Store> store_ = database_.open();
};

TEST_F(NodesTest, ANumberIsTakenOnceAndAgainWithAHigherFence) {
  in([&](Tx& tx) {
    Nodes nodes(tx.db);
    const auto first = nodes.take("a", kTtl), second = nodes.take("b", kTtl);
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->number, second->number);
    EXPECT_NE(first->number, tx.nodes.own().number);
    EXPECT_TRUE(nodes.renew(*first, kTtl));
    nodes.confirm(*first);
    let_end(tx, *first);
    const auto next = nodes.take("c", kTtl);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->number, first->number);
    EXPECT_GT(next->fence, first->fence);
    EXPECT_FALSE(nodes.renew(*first, kTtl));
    EXPECT_TRUE(nodes.renew(*second, kTtl));
  });
  const auto late = store_->write([&](Tx& tx) {
    tx.nodes.confirm({.number = 63, .fence = 99});
    tx.creditors.set_fact("x", "1");
  });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::Conflict) << late.error().message;
  EXPECT_EQ(in([](Tx& tx) { return tx.creditors.fact("x"); }), "");
}

TEST_F(NodesTest, ThereAreSixtyFourNumbersAndOneThatWasLetGoRestsForASecond) {
  in([&](Tx& tx) {
    Nodes nodes(tx.db);
    std::optional<NodeLease> last;
    int taken = 0;
    while (const auto one = nodes.take("a", kTtl)) last = one, ++taken;
    EXPECT_GE(taken, 63);
    nodes.release(*last);
    EXPECT_FALSE(nodes.take("b", kTtl));
    let_end(tx, *last);
    EXPECT_TRUE(nodes.take("b", kTtl));
  });
}

TEST_F(NodesTest, ALeaseIsOneNodesUntilThatNodeIsGone) {
  in([&](Tx& tx) {
    Nodes any(tx.db);
    const auto a = any.take("a", kTtl), b = any.take("b", kTtl);
    ASSERT_TRUE(a && b);
    Nodes first(tx.db, *a), second(tx.db, *b);
    EXPECT_TRUE(first.take_lease("send:77"));
    EXPECT_TRUE(first.take_lease("send:77"));
    EXPECT_FALSE(second.take_lease("send:77"));
    EXPECT_TRUE(second.take_lease("send:78"));
    first.release(*a);
    EXPECT_FALSE(second.take_lease("send:77")) << "the second that both would count in";
    let_end(tx, *a);
    EXPECT_TRUE(second.take_lease("send:77"));
    EXPECT_FALSE(first.take_lease("send:77"));
    EXPECT_FALSE(any.renew(*a, kTtl)) << "who lost a lease is fenced out altogether";
    // The number itself is taken over: what its last holder had is free as well.
    let_end(tx, *b);
    const auto c = any.take("c", kTtl);
    ASSERT_TRUE(c);
    EXPECT_TRUE(Nodes(tx.db, *c).take_lease("send:78"));
  });
}

TEST_F(NodesTest, OnlyWhatTheNodeHadInFlightIsRescued) {
  in([&](Tx& tx) {
    const DebtorId who = add_person(tx, "+573000000001");
    for (const int node : {4, 5}) {
      OutboxMessage made;
      made.id = tx.ids.next<MessageId>(kNow);
      made.creditor_id = kCreditor;
      made.debtor_id = who;
      made.dedupe_key = fmt::format("m{}", node);
      made.balance = {1, Currency::of("COP")};
      ASSERT_TRUE(tx.outbox.insert(made));
      const store::Departure leaves{
          made.id, who, {.id = made.dedupe_key, .salt = "s", .node = node}, "p"};
      ASSERT_TRUE(
          tx.outbox.to_in_flight(kCreditor, {&leaves, 1}, kNow, kNow + 1).has(made.id.value));
    }
    EXPECT_TRUE(tx.outbox.rescue_in_flight_of(kCreditor, 8).empty());
    EXPECT_EQ(tx.outbox.rescue_in_flight_of(kCreditor, 5).size(), 1U);
    EXPECT_EQ(tx.outbox.count(kCreditor, MessageState::InFlight), 1);
  });
}

TEST_F(NodesTest, AFactAboutSomebodyWhoIsNotHeldIsNotWritten) {
  const DebtorId who = in([&](Tx& tx) { return add_person(tx, "+573000000001"); });
  const store::OptOut stop{.channel = "all", .at = kNow, .through = "word", .words = "BAJA"};
  if (!tests::TestDatabase::on_postgres()) {
    EXPECT_THROW((void)store_->write([&](Tx& tx) { tx.permissions.opt_out(kCreditor, who, stop); }),
                 BrokenAssumption);
  }
  in([&](Tx& tx) {
    EXPECT_TRUE(tx.debtors.hold(kCreditor, {who, who, DebtorId{}}));
    EXPECT_TRUE(tx.debtors.holds(who));
    tx.permissions.opt_out(kCreditor, who, stop);
  });
}

TEST_F(NodesTest, WhoSharesAPhoneIsHeldWithThem) {
  const auto [ana, eva] = in([&](Tx& tx) {
    return std::pair(add_person(tx, "+573000000001"), add_person(tx, "+573000000001"));
  });
  in([&, ana = ana, eva = eva](Tx& tx) {
    EXPECT_TRUE(tx.debtors.hold_with_kin(kCreditor, ana));
    EXPECT_TRUE(tx.debtors.holds(eva));
  });
}

// Two nodes.
class TwoNodes : public NodesTest {
 protected:
  void SetUp() override {
    if (!tests::TestDatabase::on_postgres()) GTEST_SKIP() << "one process writes to a SQLite file";
    other_ = database_.open();
  }
  std::unique_ptr<Store> other_;
};

TEST_F(TwoNodes, HaveNumbersOfTheirOwn) {
  EXPECT_NE(store_->node().number, other_->node().number);
  EXPECT_GT(store_->node().left_ms, 0);
  const int number = store_->node().number;
  EXPECT_EQ(in([&](Tx& tx) { return node_of_id(add_person(tx, "+573000000001").value); }), number);
}

TEST_F(TwoNodes, PassOverOrWaitForWhomTheOtherHolds) {
  const DebtorId who = in([&](Tx& tx) { return add_person(tx, "+573000000001"); });
  in([&](Tx& tx) {
    EXPECT_TRUE(tx.debtors.hold(kCreditor, {who}));
    in(*other_, [&](Tx& beside) {
      EXPECT_FALSE(beside.debtors.hold(kCreditor, {who}, Hold::Skip));
      EXPECT_FALSE(beside.debtors.holds(who));
      EXPECT_TRUE(beside.debtors.due_for_review(kCreditor, kNow, 9).empty());
    });
  });
  in(*other_, [&](Tx& tx) { EXPECT_EQ(tx.debtors.due_for_review(kCreditor, kNow, 9).size(), 1U); });
}

TEST_F(TwoNodes, ShareTheRawEvents) {
  in([&](Tx& tx) {
    for (int i = 0; i < 3; ++i) {
      tx.inbox.append({.creditor_id = kCreditor,
                       .id = tx.ids.next<InboxId>(kNow),
                       .source = "whatsapp",
                       .event_key = fmt::format("k{}", i),
                       .received_at = kNow,
                       .body = "{}"});
    }
  });
  in([&](Tx& tx) {
    EXPECT_EQ(tx.inbox.claim(kCreditor, 2).size(), 2U);
    in(*other_, [&](Tx& beside) {
      const auto rest = beside.inbox.claim(kCreditor, 9);
      EXPECT_EQ(rest.size(), 1U);
      EXPECT_TRUE(beside.inbox.oldest(kCreditor).has_value());
    });
  });
}

TEST_F(TwoNodes, NoPauseBeginsWhileTheOtherClaims) {
  in([&](Tx& tx) { tx.creditors.save({.id = kCreditor, .name = "Casa"}); });
  in([&](Tx& tx) {
    EXPECT_TRUE(tx.creditors.hold_unpaused(kCreditor));
    const auto early = other_->write([&](Tx& beside) {
      beside.db.run("SET LOCAL lock_timeout='50ms'");
      beside.creditors.pause(kCreditor, kNow, "x");
    });
    EXPECT_FALSE(early);
  });
  in(*other_, [&](Tx& tx) { tx.creditors.pause(kCreditor, kNow, "x"); });
  in([&](Tx& tx) { EXPECT_FALSE(tx.creditors.hold_unpaused(kCreditor)); });
}

// Frozen in the middle of a pipeline: the server waits for the rest and counts no idle time.
TEST_F(TwoNodes, WhoIsGoneHoldsNothingBack) {
  in([&](Tx& tx) { tx.creditors.save({.id = kCreditor, .name = "Casa"}); });
  const auto frozen = store_->write([&](Tx& tx) {
    tx.creditors.pause(kCreditor, kNow, "x");
    in(*other_, [&](Tx& beside) {
      beside.nodes.end_sessions_of_the_gone();  // Nobody is.
      beside.db.run("UPDATE node SET until=0 WHERE number=$1", {store_->node().number});
    });
    in(*other_, [&](Tx& beside) { beside.nodes.end_sessions_of_the_gone(); });
    in(*other_, [&](Tx& beside) { beside.creditors.pause(kCreditor, kNow, "y"); });
  });
  ASSERT_FALSE(frozen);
  EXPECT_EQ(frozen.error().code, ErrorCode::Unavailable) << frozen.error().message;
  EXPECT_TRUE(store_->write([](Tx& tx) { tx.creditors.set_fact("x", "1"); }));
}

TEST_F(TwoNodes, WhoWasTakenOverWritesNoMore) {
  in(*other_, [&](Tx& tx) {
    tx.db.run("UPDATE node SET fence=fence+1 WHERE number=$1", {store_->node().number});
  });
  const auto late = store_->write([](Tx& tx) { tx.creditors.set_fact("x", "1"); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::Unsafe) << late.error().message;
  EXPECT_TRUE(store_->has_lost_node());
  EXPECT_EQ(store_->node().left_ms, 0);
  EXPECT_EQ(in(*other_, [](Tx& tx) { return tx.creditors.fact("x"); }), "");
}

// A copy to try things on (store/backup.h): also of a server's database, opened with the same
// master key.
TEST_F(NodesTest, ATrialOfAServersDatabaseTellsWhatItTells) {
  if (!tests::TestDatabase::on_postgres()) GTEST_SKIP() << "of a file: TextJobTest";
  const DebtorId person = in([](Tx& tx) { return add_person(tx, "+573000000001"); });
  const std::string path = fmt::format("{}/puntual-trial-{}.db",
                                       std::filesystem::temp_directory_path().string(), ::getpid());
  const auto copied = store::write_trial(database_.url(), path);
  ASSERT_TRUE(copied) << copied.error().message;
  const auto copy = Store::open("sqlite:" + path, database_.options());
  ASSERT_TRUE(copy) << copy.error().message;
  const auto found = (*copy)->read([&](Tx& tx) { return tx.debtors.find(kCreditor, person); });
  EXPECT_EQ((*found)->phone, "+573000000001") << "sealed there, and read here";
  for (const auto* end : {"", ".lock", "-wal", "-shm"}) std::filesystem::remove(path + end);
}

}  // namespace
}  // namespace puntual
