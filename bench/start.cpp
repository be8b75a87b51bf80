// Starting `puntual serve` on N open invoices: ready_ms is from its first instruction to the answer
// of /readyz, with the engine at work. Then N raw events come in, it is killed, and starts again:
// after_kill_ms.
#include <csignal>

#include "served.h"

namespace puntual::bench {
namespace {

constexpr int64_t kTogether = 10'000;

// As the intake keeps them, by a process that ends as one that is killed: its log is left to
// whoever comes next.
void leave_raw_events(const std::string& database, int64_t events) {
  const OtherSide other([&](const OtherSide::Line& line) {
    auto store = must(Store::open(database), "store");
    const auto vault = store->another_vault();
    const std::string body(
        700, 'x');  // As long as a status. Nothing can be made of it, which is told apart soon.
    for (int64_t from = 0; from < events; from += kTogether) {
      std::vector<store::RawEvent> group;
      for (int64_t i = from; i < std::min(from + kTogether, events); ++i) {
        store::RawEvent event{.creditor_id = CreditorId{1},
                              .id = {},
                              .source = "whatsapp",
                              .event_key = fmt::format("{:064}", i),
                              .received_at = tuesday_morning(),
                              .body = body};
        event.body = store::sealed_body(*vault, event);
        group.push_back(std::move(event));
      }
      must(store->write_intake([&](Tx& tx) {
        for (auto& event : group) event.id = tx.ids.next<InboxId>(event.received_at);
        tx.inbox.append(group);
      }),
           "raw events");
    }
    (void)store.release();
    line.send(true);
  });
  require(other.line().wait_for<bool>(), "raw events");
}

int run(int argc, char** argv) {
  const int64_t invoices = size_of(argc, argv, 1'000'000);
  const Folder folder;
  Served served(folder, invoices, invoices);
  served.house().open_sandbox();
  say("portfolio ready");
  const double ready_ms = served.start();
  served.house().kill_serve();
  leave_raw_events(served.house().database, invoices);
  say("raw events ready");
  const double after_kill_ms = served.start();
  Figures("start", invoices)
      .add("ready_ms", ready_ms)
      .add("after_kill_ms", after_kill_ms)
      .add("peak_rss_mb", served.peak_rss_mb())
      .add("database", "sqlite")
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
