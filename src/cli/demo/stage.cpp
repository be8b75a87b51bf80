#include "cli/demo/stage.h"

#include <chrono>
#include <cstdio>

namespace puntual::cli::demo {
namespace {

constexpr int64_t kFrameMs =
    100;  // Of the wall: how often the clock moves and the watchers are told.
constexpr int64_t kLeapMs = 6 * kHourMs;  // Told of at once, when the clock is moved by hand.
constexpr size_t kStreamsMax = 32;
constexpr size_t kLinesAtOnce = 120;
constexpr int64_t kMorningMs = 5 * kHourMs + 30 * kMinuteMs;
constexpr std::string_view kPaceTexts[] = {"real", "slow", "normal", "fast"};

// How much of the day passes in one frame. Nights, when nothing may be written, pass four times as
// fast: a day takes about 20, 2.6 or 0.9 seconds.
int64_t stride_ms(Pace pace, Instant now, Zone zone) {
  const int64_t by_day = pace == Pace::Slow     ? 5 * kMinuteMs
                         : pace == Pace::Normal ? 40 * kMinuteMs
                                                : 120 * kMinuteMs;
  const int64_t ms_of_day = zone.local(now).ms_of_day;
  const bool is_night = ms_of_day < 5 * kHourMs || ms_of_day >= 21 * kHourMs;
  return is_night ? 4 * by_day : by_day;
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
  ASSIGN_OR_RETURN(stage->play_, Play::open(options));
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

void Stage::start(std::function<void(Instant)> told) {
  told_elsewhere_ = std::move(told);
  thread_ = std::thread([this] { run(); });
}

void Stage::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto next_frame = std::chrono::steady_clock::now() + std::chrono::milliseconds(kFrameMs);
    const bool is_over = !trouble_.empty() || play_->now() >= play_->end();
    if (const auto moved = is_over ? Result<void>() : move_on(); !moved) {
      // The story stands still and says so; what has happened so far can still be looked at.
      trouble_ = moved.error().message;
      pace_ = Pace::Real;
      step_to_.reset();
      std::fprintf(stderr, "puntual demo: %s\n", trouble_.c_str());
    }
    tell();
    woken_.wait_until(lock, next_frame, [this] { return stopping_; });
  }
}

Result<void> Stage::move_on() {
  if (has_news_.exchange(false)) RETURN_IF_ERROR(play_->follow());
  const Pace pace = step_to_ ? Pace::Fast : pace_;
  Instant until = pace == Pace::Real
                      ? play_->wall()
                      : play_->now() + stride_ms(pace, play_->now(), play_->home_zone());
  if (step_to_) until = std::min(until, *step_to_);
  RETURN_IF_ERROR(play_->advance(until));
  if (step_to_ && play_->now() >= *step_to_) {
    step_to_.reset();
    pace_ = Pace::Real;
  }
  return {};
}

Result<json::object> Stage::state_locked(int64_t after) {
  ASSIGN_OR_RETURN(json::object state, play_->state());
  state["run"] = options_.run;
  state["pace"] = text_of(pace_);
  if (!trouble_.empty()) state["trouble"] = trouble_;
  state["feed"] = play_->feed().since(after, kLinesAtOnce);
  return state;
}

void Stage::tell() {
  if (told_elsewhere_) told_elsewhere_(play_->now());
  json::array touched;
  for (const auto id : play_->feed().take_touched())
    touched.push_back(json::string(std::to_string(id.value)));
  if (streams_.empty()) {
    told_ = play_->feed().last_id();
    return;
  }
  auto state = state_locked(told_);
  if (!state) return;
  told_ = play_->feed().last_id();
  (*state)["touched"] = std::move(touched);
  const std::string text = to_json(*state);
  std::erase_if(streams_,
                [&](const http::EventStream& stream) { return !stream.send("tick", text); });
}

Result<json::object> Stage::state(int64_t after) {
  const std::lock_guard lock(mutex_);
  return state_locked(after);
}

Result<json::object> Stage::people() {
  const std::lock_guard lock(mutex_);
  return play_->people();
}

Result<json::object> Stage::person(DebtorId id) {
  const std::lock_guard lock(mutex_);
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
  const auto done = play_->act(deed);
  tell();
  return done;
}

Result<std::string> Stage::ask(std::string_view method, const std::string& what,
                               const std::string& body) {
  const std::lock_guard lock(mutex_);
  auto answer = play_->ask_platform(method, what, body);
  if (method == "POST") tell();
  return answer;
}

Result<void> Stage::move_to(Instant then) {
  const std::lock_guard lock(mutex_);
  if (then >= play_->end()) return fail(ErrorCode::Conflict, "la historia termina antes");
  while (play_->now() < then) {
    RETURN_IF_ERROR(play_->advance(std::min(then, play_->now() + kLeapMs)));
    tell();
  }
  return {};
}

std::string Stage::pace() const {
  const std::lock_guard lock(mutex_);
  return std::string(text_of(pace_));
}

Result<void> Stage::set_pace(std::string_view pace) {
  const auto known = pace_of(pace);
  if (!known) return fail(ErrorCode::Invalid, "pace: expected real, slow, normal or fast");
  set_pace(*known);
  return {};
}

void Stage::become(DebtorId person) {
  const std::lock_guard lock(mutex_);
  play_->become(person);
}

void Stage::set_pace(Pace pace) {
  const std::lock_guard lock(mutex_);
  pace_ = pace;
  step_to_.reset();
  tell();
}

void Stage::step_day() {
  const std::lock_guard lock(mutex_);
  const Zone zone = play_->home_zone();
  step_to_ = zone.instant(zone.local(step_to_.value_or(play_->now())).date + 1,
                          static_cast<int32_t>(kMorningMs));
  tell();
}

}  // namespace puntual::cli::demo
