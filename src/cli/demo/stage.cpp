#include "cli/demo/stage.h"

#include <chrono>
#include <cstdio>
#include <filesystem>

namespace puntual::cli::demo {
namespace {

constexpr int64_t kFrameMs = 100;   // Of the wall: how often the clock moves and the watchers are told.
constexpr size_t kStreamsMax = 32;
constexpr size_t kLinesAtOnce = 120;
constexpr int64_t kMorningMs = 5 * kHourMs + 30 * kMinuteMs;
constexpr std::string_view kPaceTexts[] = {"pause", "slow", "normal", "fast"};

// How much of the day passes in one frame. Nights, when nothing may be written, pass four times as fast: a day
// takes about 20, 2.6 or 0.9 seconds.
int64_t stride_ms(Pace pace, Instant now, Zone zone) {
  const int64_t by_day = pace == Pace::Slow ? 5 * kMinuteMs : pace == Pace::Normal ? 40 * kMinuteMs : 120 * kMinuteMs;
  const int64_t ms_of_day = zone.local(now).ms_of_day;
  const bool is_night = ms_of_day < 5 * kHourMs || ms_of_day >= 21 * kHourMs;
  return is_night ? 4 * by_day : by_day;
}

void remove_database(const std::string& path) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(path + ending, ignored);
  }
}

}  // namespace

std::string_view text_of(Pace pace) { return kPaceTexts[static_cast<size_t>(pace)]; }

std::optional<Pace> pace_of(std::string_view text) {
  for (size_t i = 0; i < std::size(kPaceTexts); ++i) {
    if (kPaceTexts[i] == text) return static_cast<Pace>(i);
  }
  return std::nullopt;
}

Result<std::unique_ptr<Stage>> Stage::open(const PlayOptions& options) {
  std::unique_ptr<Stage> stage(new Stage(options));
  RETURN_IF_ERROR(stage->begin_again());
  return stage;
}

Stage::~Stage() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& stream : streams_) stream.close();
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Stage::start() {
  thread_ = std::thread([this] { run(); });
}

void Stage::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool moves = play_ != nullptr && (pace_ != Pace::Pause || step_to_) && play_->now() < play_->end();
    if (!moves) {
      woken_.wait(lock);
      continue;
    }
    const auto next_frame = std::chrono::steady_clock::now() + std::chrono::milliseconds(kFrameMs);
    if (const auto moved = move_on(); !moved) {
      // The clock stands still and says so; what has happened so far can still be looked at.
      trouble_ = moved.error().message;
      pace_ = Pace::Pause;
      step_to_.reset();
      std::fprintf(stderr, "puntual demo: %s\n", trouble_.c_str());
    }
    tell();
    woken_.wait_until(lock, next_frame, [this] { return stopping_; });
  }
}

Result<void> Stage::move_on() {
  const Zone zone = play_->home_zone();
  Instant until = play_->now() + stride_ms(step_to_ ? Pace::Fast : pace_, play_->now(), zone);
  if (step_to_) until = std::min(until, *step_to_);
  RETURN_IF_ERROR(play_->advance(until));
  if (step_to_ && play_->now() >= *step_to_) step_to_.reset();
  return {};
}

Result<json::object> Stage::state_locked(int64_t after) {
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  ASSIGN_OR_RETURN(json::object state, play_->state());
  state["run"] = run_number_;
  state["pace"] = text_of(pace_);
  if (!trouble_.empty()) state["trouble"] = trouble_;
  state["feed"] = play_->feed().since(after, kLinesAtOnce);
  return state;
}

void Stage::tell() {
  if (!play_) return;
  json::array touched;
  for (const auto id : play_->feed().take_touched()) touched.push_back(json::string(std::to_string(id.value)));
  if (streams_.empty()) {
    told_ = play_->feed().last_id();
    return;
  }
  auto state = state_locked(told_);
  if (!state) return;
  told_ = play_->feed().last_id();
  (*state)["touched"] = std::move(touched);
  const std::string text = to_json(*state);
  std::erase_if(streams_, [&](const http::EventStream& stream) { return !stream.send("tick", text); });
}

Result<json::object> Stage::state(int64_t after) {
  const std::lock_guard lock(mutex_);
  return state_locked(after);
}

Result<json::object> Stage::people() {
  const std::lock_guard lock(mutex_);
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  return play_->people();
}

Result<json::object> Stage::person(DebtorId id) {
  const std::lock_guard lock(mutex_);
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  return play_->person(id);
}

bool Stage::watch(http::EventStream stream) {
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [](const http::EventStream& one) { return !one.is_open(); });
  if (stopping_ || streams_.size() >= kStreamsMax) return false;
  streams_.push_back(std::move(stream));
  return true;
}

Result<void> Stage::act(const Deed& deed) {
  const std::lock_guard lock(mutex_);
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  const auto done = play_->act(deed);
  tell();
  return done;
}

Result<http::Response> Stage::at_pay_page(const http::Request& request) {
  const std::lock_guard lock(mutex_);
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  if (request.method == http::Method::Post) {
    pace_ = Pace::Pause;
    step_to_.reset();
  }
  auto answer = play_->at_pay_page(request);
  tell();
  return answer;
}

Result<bool> Stage::receive_notice(std::string_view provider, ProviderNotice notice) {
  const std::lock_guard lock(mutex_);
  if (!play_) return fail(ErrorCode::Unavailable, "{}", trouble_);
  const auto is_believed = play_->receive_notice(provider, std::move(notice));
  tell();
  return is_believed;
}

void Stage::set_pace(Pace pace) {
  {
    const std::lock_guard lock(mutex_);
    pace_ = pace;
    step_to_.reset();
    tell();
  }
  woken_.notify_all();
}

void Stage::step_day() {
  {
    const std::lock_guard lock(mutex_);
    if (!play_) return;
    const Zone zone = play_->home_zone();
    pace_ = Pace::Pause;
    step_to_ = zone.instant(zone.local(step_to_.value_or(play_->now())).date + 1, static_cast<int32_t>(kMorningMs));
    tell();
  }
  woken_.notify_all();
}

Result<void> Stage::begin_again() {
  {
    const std::lock_guard lock(mutex_);
    play_.reset();
    remove_database(options_.database_path);
    trouble_.clear();
    auto play = Play::open(options_);
    if (!play) {
      trouble_ = play.error().message;
      return std::unexpected(play.error());
    }
    play_ = std::move(*play);
    ++run_number_;
    told_ = 0;
    step_to_.reset();
    pace_ = Pace::Normal;
    tell();
  }
  woken_.notify_all();
  return {};
}

}  // namespace puntual::cli::demo
