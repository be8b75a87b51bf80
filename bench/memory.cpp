// The memory of `puntual serve` with N open invoices, a tenth of them due, through a day's work: it
// plans all, sends through the sandbox, hears of each message that it was sent, delivered and read,
// takes payments, and counts its books. peak_rss_mb is the most it had.
#include <thread>

#include "served.h"

namespace puntual::bench {
namespace {

constexpr int64_t kDueEvery = 10;
constexpr int64_t kPayments = 200;

// Looks seldom: to count is work for the same processors.
bool in_time(const std::function<bool()>& is_done, std::chrono::seconds within) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  while (!is_done()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  return true;
}

void pay(e2e::House& house, int64_t i) {
  const json::object payment{{"id", fmt::format("P{}", i)},
                             {"invoice", fmt::format("F-{:09}", i * kDueEvery)},
                             {"amount_minor", 1'000'000},
                             {"currency", "COP"},
                             {"method", "PSE"}};
  const auto answer = house.order("/v1/payments", to_json(payment));
  require(answer.status == 200 || answer.status == 201,
          fmt::format("payment: {} {}", answer.status, answer.body));
}

int run(int argc, char** argv) {
  const int64_t invoices = size_of(argc, argv, 1'000'000);
  const Folder folder;
  Served served(folder, invoices, kDueEvery);
  auto& house = served.house();
  house.open_sandbox();
  say("portfolio ready");
  const Stopwatch watch;
  (void)served.start();
  const double idle_mb = served.peak_rss_mb();
  const int64_t due = (invoices + kDueEvery - 1) / kDueEvery;
  const auto planned = [&] { return house.count("SELECT COUNT(*) FROM outbox") == due; };
  require(in_time(planned, std::chrono::minutes(10)), "not all was planned");
  say(fmt::format("planned after {:.0f} s, {:.0f} MB", watch.seconds(), served.peak_rss_mb()));
  for (int64_t i = 0; i < std::min(kPayments, due); ++i) pay(house, i);
  require(house.metric("ledger_imbalance") == 0, "the books do not add up");
  say(fmt::format("paid after {:.0f} s, {:.0f} MB", watch.seconds(), served.peak_rss_mb()));
  // What the sandbox lets through within a few minutes: it is no faster than the platform.
  const auto heard = [&] {
    return house.count(
               "SELECT COUNT(*) FROM outbox WHERE state IN "
               "('planned','in_flight','accepted','sent')") == 0;
  };
  (void)in_time(heard, std::chrono::minutes(3));
  const int64_t sent = house.count("SELECT COUNT(*) FROM outbox WHERE platform_id <> ''");
  require(sent > 0, "nothing was sent");
  Figures("memory", invoices)
      .add("peak_rss_mb", served.peak_rss_mb())
      .add("at_start_mb", idle_mb)
      .add("planned", static_cast<double>(due))
      .add("sent", static_cast<double>(sent))
      .add("seconds", watch.seconds())
      .add("database", "sqlite")
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
