// The demonstration as several people watch it: one run under one lock, a thread that moves its
// clock, and the streams that are told. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/phone.h"
#include "cli/demo/play.h"
#include "http/router.h"

namespace puntual::cli::demo {

// Real: as on the wall.
enum class Pace : uint8_t { Real, Slow, Normal, Fast };
[[nodiscard]] std::string_view text_of(Pace pace);  // "real"
[[nodiscard]] std::optional<Pace> pace_of(std::string_view text);

class Stage final : public SimulatedPlatform {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Stage>> open(const PlayOptions& options);
  ~Stage() override;  // Ends the thread and the streams.
  // `told`: what else is to hear of each frame, on whichever thread moved the story.
  void start(std::function<void(Instant)> told = {});
  // Before start().
  [[nodiscard]] Play& play() { return *play_; }

  // The whole state with the newest lines of the feed after `after`.
  [[nodiscard]] Result<json::object> state(int64_t after);
  [[nodiscard]] Result<json::object> people();
  [[nodiscard]] Result<json::object> person(DebtorId id);
  // False when too many watch already.
  [[nodiscard]] bool watch(http::EventStream stream);

  Result<void> act(const Deed& deed);
  // Something was changed through the door: what follows from it happens soon. Waits for nobody.
  void wake() { has_news_ = true; }
  void set_pace(Pace pace);
  void step_day();  // Goes on to the next morning, then at the pace of the wall.

  Result<std::string> ask(std::string_view method, const std::string& what,
                          const std::string& body) override;
  [[nodiscard]] bool has_clock() const override { return true; }
  Result<void> move_to(Instant then) override;
  [[nodiscard]] std::string pace() const override;
  Result<void> set_pace(std::string_view pace) override;
  void become(DebtorId person) override;

 private:
  explicit Stage(const PlayOptions& options) : options_(options) {}
  void run();
  Result<void> move_on();
  [[nodiscard]] Result<json::object> state_locked(int64_t after);
  void tell();  // With the lock held: what is new goes to everybody who watches.

  PlayOptions options_;
  std::function<void(Instant)> told_elsewhere_;
  std::atomic<bool> has_news_ = false;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::unique_ptr<Play> play_;
  Pace pace_ = Pace::Real;
  std::optional<Instant> step_to_;
  int64_t told_ = 0;  // The last line of the feed that has been told.
  std::string trouble_;
  bool stopping_ = false;
  std::vector<http::EventStream> streams_;
  std::thread thread_;
};

}  // namespace puntual::cli::demo
