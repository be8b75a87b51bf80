// What has happened, in plain words: reads the timeline as it grows and keeps the last few hundred
// lines and the counts. Bounded, however long it runs. Not thread-safe.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "store/store.h"

namespace puntual::cli::demo {

struct FeedItem {
  int64_t id = 0;
  json::object json;
};

struct DayCounts {
  int64_t reminders = 0;  // Asking for money, before or after the due date.
  int64_t courtesy = 0;   // Thanks and confirmations, which the law allows at any hour.
  int64_t payments = 0;
};

struct FeedCounts {
  int64_t messages = 0, thanks = 0, replies = 0, payments = 0, stops = 0, silences = 0;
  std::map<std::string, int64_t> collected_minor;  // By currency.
  std::array<DayCounts, 24> by_hour{};             // Local hour of the person.
  std::map<CivilDate, DayCounts> by_day;
};

class Feed {
 public:
  // Everything up to now is history and is not told.
  void skip_history(Tx& tx, const Creditor& creditor);
  // Takes what is new.
  void read(Tx& tx, const Creditor& creditor);
  // A line about nobody: a file that came in.
  void add_note(Instant at, Zone zone, std::string what);

  [[nodiscard]] const FeedCounts& counts() const { return counts_; }
  // Lines newer than this, oldest first, at most `limit` of the newest.
  [[nodiscard]] json::array since(int64_t id, size_t limit) const;
  [[nodiscard]] int64_t last_id() const { return next_id_ - 1; }
  // People to whom something has happened since the last call.
  [[nodiscard]] std::vector<DebtorId> take_touched();

 private:
  struct Line;
  void add(const Line& line);
  void add_grouped(const std::vector<Line>& lines);
  void add_rest(const Line& like, size_t count);
  [[nodiscard]] bool tell(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                          Line& line);
  [[nodiscard]] bool tell_send(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                               Line& line);
  [[nodiscard]] bool tell_payment(Tx& tx, const Creditor& creditor,
                                  const store::TimelineEvent& event, Line& line);
  void tell_reply(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event, Line& line);
  [[nodiscard]] bool tell_silence(Tx& tx, const Creditor& creditor,
                                  const store::TimelineEvent& event, Line& line);
  DayCounts& day_of(Instant at, Zone zone);

  int64_t last_event_ = 0;
  int64_t next_id_ = 1;
  std::deque<FeedItem> items_;
  std::vector<DebtorId> touched_;
  FeedCounts counts_;
};

}  // namespace puntual::cli::demo
