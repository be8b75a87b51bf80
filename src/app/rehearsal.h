// Rehearsals as the API tells of them (engine/rehearse.h): one at a time for all nodes, on a thread
// beside everything else, on a copy of the database in a folder that is gone afterwards. What came
// of one stays for a week, whatever becomes of the page or the server that asked for it.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "app/clock.h"
#include "app/config.h"
#include "app/worker.h"
#include "store/store.h"

namespace puntual {

class Rehearsals {
 public:
  // All must outlive it.
  Rehearsals(Store& store, const Config& config, DeskNow desk, const Clock& clock)
      : store_(store), config_(config), desk_(std::move(desk)), clock_(clock) {}
  ~Rehearsals() { stopping_ = true; }  // Gives up what runs.

  // {"text","days"}: begins, and tells of it as show() does. Conflict: one is running.
  [[nodiscard]] Result<std::string> begin(std::string_view body, std::string_view by);
  [[nodiscard]] Result<std::string> show(std::string_view id);
  [[nodiscard]] Result<std::string> cancel(std::string_view id);

 private:
  void run(int64_t id, const Strategy& strategy, int days);
  [[nodiscard]] Result<std::string> rehearse(int64_t id, const Strategy& strategy, int days);

  Store& store_;
  const Config& config_;
  const DeskNow desk_;
  const Clock& clock_;
  std::atomic<bool> stopping_ = false;
  Worker worker_;
};

}  // namespace puntual
