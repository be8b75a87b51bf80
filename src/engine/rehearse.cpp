#include "engine/rehearse.h"

#include <algorithm>
#include <set>

#include "core/messaging/price.h"
#include "engine/engine.h"

namespace puntual::engine {
namespace {

// Takes whatever it is given, and says so at once.
class TakesAll final : public WhatsAppChannel {
 public:
  void submit(std::vector<SendRequest> requests) override {
    for (const auto& request : requests) {
      taken_.emplace_back().is_of(request);
      taken_.back().outcome = SendOutcome::Accepted;
      taken_.back().platform_id = "rehearsed." + request.attempt_id;
    }
  }
  std::vector<SendResult> collect() override { return std::exchange(taken_, {}); }
  int capacity(Instant) override { return kMany; }
  int capacity_elsewhere() override { return kMany; }

 private:
  static constexpr int kMany = 4096;
  std::vector<SendResult> taken_;
};

// As launching would have it.
void put_in_force(Tx& tx, const RehearsalOrder& order) {
  tx.creditors.resume(order.creditor.id);
  tx.editions.launch(order.creditor.id, {.number = 0,
                                         .kind = store::TextKind::Strategy,
                                         .name = "rehearsal",
                                         .text = order.strategy,
                                         .why = "",
                                         .editors = {},
                                         .approved_by = "",
                                         .launched_by = "",
                                         .launched_at = order.from,
                                         .people = 0});
}

// Until nothing is left to do before this moment.
Result<void> live_until(Engine& engine, Instant& now, Instant until,
                        const std::function<bool()>& go_on) {
  for (;;) {
    if (!go_on()) return fail(ErrorCode::Conflict, "the rehearsal was cancelled");
    ASSIGN_OR_RETURN(const TickReport report, engine.tick(now));
    if (report.more || report.results > 0 || report.dispatch.claimed > 0) continue;
    ASSIGN_OR_RETURN(const auto next, engine.next_wake());
    if (!next || *next >= until) break;
    now = std::max(*next, now + kSecondMs);
    if (now >= until) break;
  }
  now = std::max(now, until);
  return {};
}

// "WINDOW_HOURS DAILY_CAP": what a record says in capitals is why something was not said at once.
void count_codes(std::string_view detail, int64_t times, std::map<std::string, int64_t>& counts) {
  while (!detail.empty()) {
    const auto end = detail.find(' ');
    const auto code = detail.substr(0, end);
    if (!code.empty() &&
        code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos)
      counts[std::string(code)] += times;
    detail = end == std::string_view::npos ? std::string_view() : detail.substr(end + 1);
  }
}

// Records are those of the copy alone: it began without any.
Rehearsed read_rehearsed(Tx& tx, const RehearsalOrder& order) {
  const CreditorId creditor = order.creditor.id;
  const Zone zone = Zone::of(order.creditor.zone);
  Rehearsed found;
  std::set<int64_t> reached;
  for (auto rows = tx.db.query(
           "SELECT o.debtor_id, o.in_flight_at, o.step, o.template, o.kind, d.country FROM outbox "
           "o JOIN debtor d ON d.creditor_id=o.creditor_id AND d.id=o.debtor_id "
           "WHERE o.creditor_id=$1 AND o.in_flight_at >= $2",
           {creditor, order.from});
       rows.next();) {
    const CivilDate on = zone.local(rows.instant(1)).date;
    reached.insert(rows.integer(0));
    ++found.messages_by_day[on];
    ++found.messages_by_step[{rows.text(2), rows.text(3)}];
    found.cost_usd_micros += messaging::price_usd_micros(
        rows.view(5), rows.view(4) == "text" ? "service" : "utility", on);
  }
  for (auto rows =
           tx.db.query("SELECT detail, COUNT(*) FROM timeline WHERE creditor_id=$1 AND kind IN "
                       "('proposed','postponed','cancelled','expired','silent') GROUP BY detail",
                       {creditor});
       rows.next();) {
    count_codes(rows.view(0), rows.integer(1), found.waits);
  }
  for (auto rows =
           tx.db.query("SELECT d.id, d.silence FROM debtor d WHERE d.creditor_id=$1 AND EXISTS "
                       "(SELECT 1 FROM invoice i WHERE i.creditor_id=$1 AND i.debtor_id=d.id AND "
                       "i.balance_minor > 0)",
                       {creditor});
       rows.next();) {
    ++found.owing;
    if (reached.contains(rows.integer(0))) {
      ++found.reached;
    } else {
      ++found.unreached[rows.text(1)];
    }
  }
  return found;
}

}  // namespace

Result<Rehearsed> rehearse(Store& copy, Desk desk, const RehearsalOrder& order,
                           const std::function<bool(int days)>& go_on) {
  RETURN_IF_ERROR(copy.write([&](Tx& tx) { put_in_force(tx, order); }));
  // Whatever reaches out of the copy, or is shared with the house's own engine.
  desk.providers.clear();
  desk.second_reader.reset();
  desk.pair_pace = std::make_shared<whatsapp::PairPace>();
  TakesAll channel;
  Engine engine(copy, channel, std::move(desk));
  RETURN_IF_ERROR(engine.start(order.from));
  const Zone zone = Zone::of(order.creditor.zone);
  const CivilDate first = zone.local(order.from).date;
  Instant now = order.from;
  for (int day = 0; day < order.days; ++day) {
    RETURN_IF_ERROR(
        live_until(engine, now, zone.instant(first + day + 1, 0), [&] { return go_on(day); }));
  }
  return copy.read([&](Tx& tx) { return read_rehearsed(tx, order); });
}

}  // namespace puntual::engine
