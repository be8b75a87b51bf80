// `puntual serve` as an operator runs it, with the sandbox as its platform, on a SQLite file of N
// open invoices.
#pragma once

#include <fstream>

#include "portfolio.h"
#include "tests/support/house.h"

namespace puntual::bench {

class Served {
 public:
  // due_every: as in PortfolioSize.
  Served(const Folder& folder, int64_t invoices, int64_t due_every) : house_(in(folder), 1000) {
    house_.set_clock("2026-11-24T10:00:00-05:00");
    const Config config = bench::house();
    SystemRandom random;
    const Desk desk = must(make_desk(config, random), "desk");
    const auto store = must(Store::open(house_.database), "store");
    set_up(*store, config, desk, tuesday_morning());
    fill(*store, config.creditor, {.people = invoices, .due_every = due_every}, tuesday_morning());
    must(store->write([](Tx& tx) {
      tx.db.run(
          "INSERT INTO ledger_entry (id, creditor_id, at, debit, credit, currency, amount_minor, "
          "debtor_id, invoice_id, payment_id) "
          "SELECT id, creditor_id, created_at, 'receivable', 'invoiced', currency, amount_minor, "
          "debtor_id, id, 0 FROM invoice");
    }),
         "the books");
  }
  [[nodiscard]] e2e::House& house() { return house_; }

  // Starts it, and gives the milliseconds until it was ready and the engine at work.
  double start() {
    const Stopwatch watch;
    house_.start();
    const auto is_ready = [&] {
      return e2e::get(house_.url("/readyz")).status == 200 &&
             house_.server().out().contains("\"url\"");
    };
    require(e2e::eventually(is_ready, std::chrono::minutes(2)), house_.server().err());
    return watch.seconds() * 1000;
  }

  // Of the process, until now.
  [[nodiscard]] double peak_rss_mb() {
    std::ifstream status(fmt::format("/proc/{}/status", house_.server().pid()));
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    }
    return 0;
  }

 private:
  static std::string in(const Folder& folder) {
    ::setenv("TMPDIR", folder.file("").c_str(), 1);
    return {};
  }
  e2e::House house_;
};

}  // namespace puntual::bench
