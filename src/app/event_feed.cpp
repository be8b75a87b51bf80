#include "app/event_feed.h"

#include <algorithm>

#include "app/log.h"
#include "base/json.h"
#include "core/events/event.h"

namespace puntual {
namespace {

constexpr size_t kFeedAtOnce = 2000;  // More at once is a house that should be loaded anew.
constexpr int64_t kLateMs =
    5 * kSecondMs;  // A record may be seen so long after its number was made.
constexpr int64_t kMissedMs = kHourMs;
constexpr size_t kListenersMax = 1000;

// What no other system is told of, and a page wants to know.
constexpr std::pair<std::string_view, std::string_view> kFeedKinds[] = {
    {"understood", "conversation.heard"},   {"by_hand", "conversation.said"},
    {"note_added", "conversation.noted"},   {"labelled", "conversation.noted"},
    {"notice_asked", "conversation.noted"}, {"notice_released", "conversation.noted"},
    {"notice_held", "conversation.noted"},  {"consent_granted", "person.changed"},
    {"consent_revoked", "person.changed"},  {"flagged", "person.changed"},
    {"unflagged", "person.changed"},        {"hours_wished", "person.changed"},
    {"hours_withdrawn", "person.changed"},  {"role_changed", "person.changed"},
    {"linked", "person.changed"},           {"unlinked", "person.changed"},
    {"rectified", "person.changed"},        {"right_asked", "rights.changed"},
    {"right_answered", "rights.changed"},   {"bank_file", "bank.changed"},
    {"bank_applied", "bank.changed"},       {"bank_ignored", "bank.changed"},
    {"paused", "sending.changed"},          {"resumed", "sending.changed"},
    {"quarantined", "sending.changed"},     {"quarantine_lifted", "sending.changed"}};

std::string_view feed_type_of(const TimelineEvent& record) {
  if (const auto type = events::type_of(record); !type.empty()) return type;
  const auto* found = std::ranges::find(kFeedKinds, std::string_view(record.kind),
                                        [](const auto& one) { return one.first; });
  return found == std::end(kFeedKinds) ? std::string_view() : found->second;
}

// False when the listener has gone.
bool tell_one(const http::EventStream& stream, const TimelineEvent& record) {
  const auto type = feed_type_of(record);
  if (type.empty()) return true;
  const std::string id = events::id_of(record.id);
  json::object data{{"id", id}, {"type", type}};
  const auto add = [&](std::string_view name, int64_t number) {
    if (number != 0) data[name] = std::to_string(number);
  };
  add("debtor", record.debtor_id.value);
  add("message", record.message_id.value);
  add("payment", record.payment_id.value);
  add("invoice", record.invoice_id.value);
  return stream.send({}, to_json(data), id);
}

bool tell_all(const http::EventStream& stream, std::span<const TimelineEvent> records) {
  return std::ranges::all_of(records, [&](const auto& record) { return tell_one(stream, record); });
}

// Those beyond `after` in the order of their numbers; when there are more than are told one by one,
// the newest.
std::vector<TimelineEvent> records_after(Tx& tx, CreditorId creditor, int64_t after) {
  auto records = tx.timeline.latest(creditor, after, static_cast<int>(kFeedAtOnce) + 1);
  std::ranges::reverse(records);
  return records;
}

}  // namespace

void EventFeed::add(http::EventStream stream, std::string_view last,
                    std::function<bool()> may_hear) {
  const std::lock_guard lock(mutex_);
  if (arrived_.size() >= kListenersMax) return;  // The stream ends, and they come again.
  const auto after = events::record_of(last);
  arrived_.push_back({.stream = std::move(stream),
                      .may_hear = std::move(may_hear),
                      .after = after,
                      .missed = {},
                      .is_lost = !last.empty() && !after});
}

std::vector<std::string> EventFeed::take_in() {
  std::erase_if(listeners_, [](const Listener& one) { return !one.stream.is_open(); });
  const std::lock_guard lock(mutex_);
  for (auto& one : arrived_) {
    if (listeners_.size() < kListenersMax) listeners_.push_back(std::move(one));
  }
  arrived_.clear();
  return std::exchange(announced_, {});
}

void EventFeed::announce(std::string_view type, DebtorId debtor) {
  const std::lock_guard lock(mutex_);
  if (announced_.size() < kFeedAtOnce)
    announced_.push_back(
        to_json(json::object{{"type", type}, {"debtor", std::to_string(debtor.value)}}));
}

void EventFeed::catch_up(Listener& listener, Tx& tx, CreditorId creditor, int64_t told_from,
                         Instant now) {
  listener.is_lost = *listener.after < store::first_id_at(now - kMissedMs);
  if (!listener.is_lost) {
    for (auto& record : records_after(tx, creditor, *listener.after)) {
      // What is news to all, they hear with all.
      if (record.id < told_from || told_.contains(record.id))
        listener.missed.push_back(std::move(record));
    }
    listener.is_lost = listener.missed.size() > kFeedAtOnce;
  }
  listener.after.reset();
}

void EventFeed::tell(Store& store, CreditorId creditor, Instant now) {
  const bool was_empty = listeners_.empty();
  const std::vector<std::string> announced = take_in();
  if (listeners_.empty()) return;
  const int64_t from = store::first_id_at((was_empty ? now : std::min(told_at_, now)) - kLateMs);
  told_at_ = now;
  std::vector<TimelineEvent> news;
  const auto read = store.read([&](Tx& tx) {
    auto recent = records_after(tx, creditor, from);
    if (was_empty) {  // What is there already, while nobody was listening, is no news.
      told_.clear();
      for (const auto& record : recent) told_.insert(record.id);
    }
    for (auto& one : listeners_) {
      if (one.after) catch_up(one, tx, creditor, from, now);
    }
    for (auto& record : recent) {
      if (told_.insert(record.id).second) news.push_back(std::move(record));
    }
  });
  if (!read) return log_event("warning", "event_feed", read.error().message);
  std::erase_if(told_, [&](int64_t id) { return id < from; });
  const bool is_too_much = news.size() > kFeedAtOnce;
  std::erase_if(listeners_, [&](Listener& one) {
    const auto missed = std::exchange(one.missed, {});
    const bool is_lost = std::exchange(one.is_lost, false) || is_too_much;
    if (!is_lost && missed.empty() && news.empty() && announced.empty()) return false;
    if (!one.may_hear()) return true;
    if (is_lost) return !one.stream.send("reset", "{}");
    if (std::ranges::any_of(announced,
                            [&](const auto& data) { return !one.stream.send({}, data); }))
      return true;
    return !tell_all(one.stream, missed) || !tell_all(one.stream, news);
  });
}

}  // namespace puntual
