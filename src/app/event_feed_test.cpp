#include "app/event_feed.h"

#include "app/test_house.h"
#include "core/events/event.h"
#include "tests/support/peer.h"

namespace puntual {
namespace {

class EventFeedTest : public JobHouse {
 protected:
  EventFeedTest() {
    http::Router router;
    router.add_stream("/events",
                      [this](const http::Request& request,
                             http::EventStream stream) -> std::optional<http::Response> {
                        feed.add(std::move(stream), request.headers.get("Last-Event-ID"),
                                 [this] { return may_hear; });
                        return std::nullopt;
                      });
    server = *http::Server::start(std::move(router), {});
  }
  ~EventFeedTest() override { server->stop(); }

  void hear(tests::Peer& peer, std::string_view last = {}) {
    peer.say(fmt::format("GET /events HTTP/1.1\r\nHost: t\r\n{}\r\n",
                         last.empty() ? "" : fmt::format("Last-Event-ID: {}\r\n", last)));
    EXPECT_TRUE(peer.until("\r\n\r\n").contains("text/event-stream"));
  }
  // The record's id.
  std::string happens(std::string_view kind, int64_t debtor = 0) {
    std::string id;
    EXPECT_TRUE(store->write([&](Tx& tx) {
      id = events::id_of(tx.timeline.append({.creditor_id = creditor.id,
                                             .debtor_id = {debtor},
                                             .at = now,
                                             .kind = std::string(kind),
                                             .detail = "Ana dijo"},
                                            tx.ids));
    }));
    return id;
  }
  void tell() { feed.tell(*store, creditor.id, now); }

  bool may_hear = true;
  EventFeed feed;
  std::unique_ptr<http::Server> server;
};

TEST_F(EventFeedTest, WhoListensHearsEachChangeOnceByIdsAlone) {
  happens("read");  // Before anybody listened.
  tests::Peer peer(*server);
  hear(peer);
  tell();
  const std::string heard = happens("understood", 77);
  happens("proposed");  // Our own affair.
  tell();
  tell();
  const std::string paused = happens("paused");
  tell();
  EXPECT_EQ(
      peer.until("\n\n"),
      fmt::format(
          "id: {0}\ndata: {{\"id\":\"{0}\",\"type\":\"conversation.heard\",\"debtor\":\"77\"}}\n\n",
          heard));
  EXPECT_EQ(
      peer.until("\n\n"),
      fmt::format("id: {0}\ndata: {{\"id\":\"{0}\",\"type\":\"sending.changed\"}}\n\n", paused));
}

TEST_F(EventFeedTest, AClockThatIsMovedLeapsOverNothing) {
  tests::Peer peer(*server);
  hear(peer);
  tell();
  const std::string heard = happens("understood", 77);
  now = now + kHourMs;
  tell();
  EXPECT_TRUE(peer.until("\n\n").starts_with(fmt::format("id: {}\n", heard)));
}

TEST_F(EventFeedTest, WhatIsNoRecordIsToldOnceAndHasNoId) {
  tests::Peer peer(*server);
  hear(peer);
  tell();
  feed.announce("conversation.opened", {77});
  tell();
  const std::string paused = happens("paused");
  tell();
  EXPECT_EQ(peer.until("\n\n"), "data: {\"type\":\"conversation.opened\",\"debtor\":\"77\"}\n\n");
  EXPECT_TRUE(peer.until("\n\n").contains(paused));
}

TEST_F(EventFeedTest, WhatWasMissedIsToldAfterABreak) {
  const std::string first = happens("read"), second = happens("delivered");
  now = now + 10 * kMinuteMs;
  tests::Peer peer(*server), late(*server);
  hear(peer, first);
  tell();
  EXPECT_TRUE(peer.until("\n\n").starts_with(fmt::format("id: {}\n", second)));
  now = now + 2 * kHourMs;
  hear(late, first);
  tell();
  EXPECT_EQ(late.until("\n\n"), "event: reset\ndata: {}\n\n");
}

TEST_F(EventFeedTest, WhoMayNoLongerHearIsToldNothingMore) {
  tests::Peer peer(*server);
  hear(peer);
  tell();
  may_hear = false;
  happens("paused");
  tell();
  EXPECT_EQ(peer.rest(), "");
}

}  // namespace
}  // namespace puntual
