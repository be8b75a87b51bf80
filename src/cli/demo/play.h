// One run of the demonstration: a world on a fresh SQLite file with the sample portfolio, moved
// forward by whoever holds it, and what there is to see of it. Not thread-safe; see stage.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/demo/counter.h"
#include "cli/demo/feed.h"
#include "engine/import_portfolio.h"
#include "sim/sample_portfolio.h"
#include "sim/world.h"

namespace puntual::cli::demo {

// Whose people they are: a house that does not exist.
[[nodiscard]] Creditor creditor_of_demo();

struct PlayOptions {
  uint64_t seed = 1;
  CivilDate from;
  int32_t days = 90;
  int run = 1;  // Which telling of the story: the page that shows it starts anew when it changes.
  int32_t people = 300;
  std::string database_path;   // Must not exist yet.
  Counter* counter = nullptr;  // Where people pay by their links, and whose clock is the story's;
                               // none: they cannot. Must outlive the run.
};

struct Deed {
  DebtorId person;
  std::string kind;  // pay, pay_half, say, stop
  std::string text;
};

class Play {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Play>> open(const PlayOptions& options);

  [[nodiscard]] Instant now() const { return world_->now(); }
  [[nodiscard]] Instant end() const { return end_; }
  // How late it is by the story's clock, which runs on by itself between two advances; without one
  // the story stands.
  [[nodiscard]] Instant wall() const {
    return options_.counter == nullptr ? now() : std::max(now(), options_.counter->clock().now());
  }
  [[nodiscard]] Zone home_zone() const { return Zone::of(world_->creditor().zone); }

  // Everything up to this instant happens, the weekly file of new bills included.
  Result<void> advance(Instant until);
  // What a visitor does in a person's name, and its consequences of the next seconds.
  Result<void> act(const Deed& deed);

  // A call of the platform's control API, and what follows from it in the next seconds.
  Result<std::string> ask_platform(std::string_view method, const std::string& what,
                                   const std::string& body);
  // A visitor is this person from now on: the one of the story is silent.
  void become(DebtorId id) { world_->population().leave(id); }
  // Something was changed through the door: what follows from it in the next seconds.
  Result<void> follow();
  // For the door beside the engine.
  [[nodiscard]] std::shared_ptr<Store> share_store() { return world_->share_store(); }
  [[nodiscard]] const Creditor& creditor() const { return world_->creditor(); }
  [[nodiscard]] const Desk& desk() { return world_->desk(); }

  // Without the feed; see feed().
  [[nodiscard]] Result<json::object> state();
  [[nodiscard]] Result<json::object> people();
  [[nodiscard]] Result<json::object> person(DebtorId id);
  [[nodiscard]] Feed& feed() { return feed_; }

 private:
  explicit Play(const PlayOptions& options) : options_(options) {}
  Result<ImportReport> import_csv(const std::string& csv, FileKind kind);
  Result<void> load();
  Result<void> import_week();
  Result<void> pay(DebtorId id, bool half);
  [[nodiscard]] std::string pay_url(Tx& tx, DebtorId id) const;
  Result<void> read_feed();
  [[nodiscard]] json::object place(std::string_view country, std::string_view city,
                                   Zone zone) const;

  PlayOptions options_;
  std::vector<sim::SamplePerson> sample_;
  std::unique_ptr<sim::World> world_;
  Feed feed_;
  Instant end_;
  CivilDate billed_until_;  // Bills due up to this day are in the books.
  Instant next_file_;
  int64_t payments_by_hand_ = 0;
};

}  // namespace puntual::cli::demo
