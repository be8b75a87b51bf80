// Keeps the platform's templates and our knowledge of them in step: at the start, every hour, and
// when texts have been launched.
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "app/beat.h"
#include "app/clock.h"
#include "app/config.h"
#include "store/store.h"
#include "whatsapp/management.h"

namespace puntual {

// Creates and edits what the platform lacks, in the languages of the people in the portfolio, and
// keeps what it says of each. The number of templates that may be sent now.
[[nodiscard]] Result<int> sync_templates(Store& store, const Desk& desk, const Config& config,
                                         whatsapp::Management& management, Instant now);

// Does so on a thread of its own, so that a platform which does not answer holds nobody up.
class TemplateWatch {
 public:
  // `synced` is called after each round. While `is_time_in_doubt` says so the platform is asked
  // every few seconds, as its answers tell the time. Store, config and clock must outlive the
  // watch.
  TemplateWatch(Store& store, DeskNow desk, const Config& config, whatsapp::Management management,
                const Clock& clock, std::function<void()> synced,
                std::function<bool()> is_time_in_doubt);
  ~TemplateWatch() { stopping_ = true; }  // Gives up a call under way.
  // The first round is over, well or badly.
  [[nodiscard]] bool has_looked() const { return has_looked_; }

 private:
  Beat::Rest turn();
  void look(const Desk& desk);
  void look_at_number();

  Store& store_;
  const DeskNow desk_;
  const Config& config_;
  whatsapp::Management management_;
  const Clock& clock_;
  std::function<void()> synced_;
  std::function<bool()> is_time_in_doubt_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> has_looked_ = false;
  std::optional<Instant> looked_at_;  // The beat's alone, as the next two.
  int64_t edition_ = 0;               // Whose texts the platform has been told of.
  int seconds_ = 0;                   // Since then.
  std::optional<Beat> beat_;
};

}  // namespace puntual
