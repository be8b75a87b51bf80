// The demonstration as several people watch it: one run under one lock, a thread that moves its clock, and the
// streams that are told. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cli/demo/play.h"
#include "http/router.h"

namespace puntual::cli::demo {

enum class Pace : uint8_t { Pause, Slow, Normal, Fast };
[[nodiscard]] std::string_view text_of(Pace pace);  // "pause"
[[nodiscard]] std::optional<Pace> pace_of(std::string_view text);

class Stage {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Stage>> open(const PlayOptions& options);
  // Without a run: begin_again() makes the first.
  explicit Stage(const PlayOptions& options) : options_(options) {}
  ~Stage();  // Ends the thread and the streams.
  void start();

  // The whole state with the newest lines of the feed after `after`.
  [[nodiscard]] Result<json::object> state(int64_t after);
  [[nodiscard]] Result<json::object> people();
  [[nodiscard]] Result<json::object> person(DebtorId id);
  // False when too many watch already.
  [[nodiscard]] bool watch(http::EventStream stream);

  Result<void> act(const Deed& deed);
  // While somebody pays the story stands still: its days are shorter than their minutes.
  [[nodiscard]] Result<http::Response> at_pay_page(const http::Request& request);
  [[nodiscard]] Result<bool> receive_notice(std::string_view provider, ProviderNotice notice);
  void set_pace(Pace pace);
  void step_day();            // Goes on to the next morning, then stands still.
  Result<void> begin_again();

 private:
  void run();
  Result<void> move_on();
  [[nodiscard]] Result<json::object> state_locked(int64_t after);
  void tell();                // With the lock held: what is new goes to everybody who watches.

  PlayOptions options_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::unique_ptr<Play> play_;
  Pace pace_ = Pace::Normal;
  std::optional<Instant> step_to_;
  int64_t run_number_ = 0;    // Which run: the page starts anew when it changes.
  int64_t told_ = 0;          // The last line of the feed that has been told.
  std::string trouble_;
  bool stopping_ = false;
  std::vector<http::EventStream> streams_;
  std::thread thread_;
};

}  // namespace puntual::cli::demo
