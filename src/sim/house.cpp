#include "sim/house.h"

#include <algorithm>

#include "base/json.h"
#include "engine/payment_places.h"
#include "engine/provider_news.h"
#include "whatsapp/outcome.h"
#include "whatsapp/pacing.h"

namespace puntual::sim {
namespace {

constexpr int64_t kFailureRestMs = kSecondMs;  // As the production loop rests after a failure.
constexpr int64_t kHeartbeatMs =
    kHourMs;  // The production loop ticks more often; nothing depends on it but rescues.

}  // namespace

// The network between the engine and the platform, without sockets: it keeps the number's pace, as
// the real one does, and pushes no two messages together. In calm weather what goes in is answered
// at once.
class World::House::Network final : public WhatsAppChannel {
 public:
  explicit Network(House& house) : house_(house), world_(house.world_), pace_(fresh_pace()) {}

  void submit(std::vector<SendRequest> requests) override {
    if (!world_.weather_.is_calm() && !requests.empty()) house_.between();
    for (const auto& request : requests) {
      if (house_.clock() > request.deadline || world_.weather_.strikes(Fault::NotConnected)) {
        answers_.push_back({world_.now_, not_sent(request)});
        continue;
      }
      SendResult result = hand_over(request);
      learn_pace(result);
      if (std::exchange(world_.dies_at_send_, false) ||
          world_.weather_.strikes(Fault::DiesHandingOver))
        throw HouseDied{};
      answers_.push_back({world_.now_ + delay(request), std::move(result)});
    }
  }
  std::vector<SendResult> collect() override {
    std::vector<SendResult> known;
    std::erase_if(answers_, [&](auto& answer) {
      if (answer.first > world_.now_) return false;
      known.push_back(std::move(answer.second));
      return true;
    });
    return known;
  }
  int capacity(Instant) override { return pace_.capacity(world_.now_); }
  // The first moment at which a message may go.
  [[nodiscard]] Instant free_at() const { return pace_.next_at(world_.now_); }
  void forget() {
    answers_.clear();
    pace_ = fresh_pace();
  }
  [[nodiscard]] std::optional<Instant> next_due() const {
    const auto first =
        std::ranges::min_element(answers_, {}, [](const auto& answer) { return answer.first; });
    return first == answers_.end() ? std::nullopt : std::optional(first->first);
  }

 private:
  [[nodiscard]] whatsapp::NumberPace fresh_pace() const {
    return whatsapp::NumberPace(world_.options_.messages_per_second, kSecondMs);
  }
  void learn_pace(const SendResult& result) {
    pace_.count(world_.now_);
    if (result.outcome == SendOutcome::Accepted) pace_.accepted(world_.now_);
    if (result.error_code == whatsapp::kThroughputReached) pace_.refused(world_.now_);
  }

  static SendResult not_sent(const SendRequest& request) {
    SendResult result = whatsapp::outcome_of({.failure = "not connected"});
    result.is_of(request);
    return result;
  }

  int64_t delay(const SendRequest& request) {
    if (!world_.weather_.strikes(Fault::SlowAnswer)) return 0;
    const int64_t longest = std::max<int64_t>(1, request.deadline - house_.clock());
    return static_cast<int64_t>(world_.weather_.random().below(static_cast<uint64_t>(longest)));
  }

  // E-mail and SMS take everything, but for what the caller has them refuse.
  SendResult invite(const SendRequest& request) {
    world_.see_body(request, house_.is_ahead_ms());
    SendResult result{.outcome = world_.refuses_invitations_ ? SendOutcome::Rejected
                                                             : SendOutcome::Accepted};
    result.error_code = world_.refuses_invitations_ ? 550 : 0;
    result.is_of(request);
    world_.see_answer(request, result);
    return result;
  }

  static SendResult take_neighbours(const SendRequest& request) {
    SendResult result{.outcome = SendOutcome::Accepted,
                      .platform_id = "wamid." + request.attempt_id};
    result.is_of(request);
    return result;
  }

  SendResult hand_over(const SendRequest& request) {
    if (request.channel != Channel::WhatsApp) return invite(request);
    if (request.creditor_id != world_.creditor_.id) return take_neighbours(request);
    std::string body = request.body;
    if (request.attachment) {
      const std::string media_id = upload(request);
      if (media_id.empty()) return not_sent(request);
      body.insert(request.attachment->name_at, media_id);
    }
    world_.see_body(request, house_.is_ahead_ms());
    const std::string target = "/v26.0/" + request.phone_number_id + "/messages";
    const auto response = world_.platform_->handle({.method = "POST",
                                                    .target = target,
                                                    .authorization = "Bearer sandbox-token",
                                                    .content_type = "application/json",
                                                    .body = body},
                                                   world_.now_);
    const bool is_whole = response.wire == sandbox::Wire::Whole;
    SendResult result = whatsapp::outcome_of(
        {.is_body_started = true,
         .http_status = is_whole ? response.status : 0,
         .body = is_whole ? std::string_view(response.body) : std::string_view(),
         .failure = is_whole ? std::string_view() : "the connection broke",
         .retry_after_ms = {}});
    result.is_of(request);
    world_.see_answer(request, result);
    world_.trace_.add(world_.now_, fmt::format("answer {} {} {}", request.message_id.value,
                                               response.status, result.error_code));
    return result;
  }

  // The platform's name of the attachment; empty: it did not take it.
  std::string upload(const SendRequest& request) {
    const auto& file = *request.attachment;
    const std::string target = "/v26.0/" + request.phone_number_id + "/media";
    const std::string form = fmt::format(
        "--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: "
        "{}\r\n\r\n{}\r\n--x--\r\n",
        file.file_name, file.mime_type, file.bytes);
    const auto response =
        world_.platform_->handle({.method = "POST",
                                  .target = target,
                                  .authorization = "Bearer sandbox-token",
                                  .content_type = "multipart/form-data; boundary=x",
                                  .body = form},
                                 world_.now_);
    const auto answer = parse_json(response.body);
    return answer ? member_text(*answer, "id").value_or("") : "";
  }

  House& house_;
  World& world_;
  std::vector<std::pair<Instant, SendResult>> answers_;
  whatsapp::NumberPace pace_;
};

World::House::House(World& world, int number)
    : world_(world),
      number_(number),
      store_(std::make_unique<DisturbedStore>(
          *world.store_, world.weather_,
          DisturbedStore::Watchers{.between = [this] { between(); },
                                   .committed = [this] { world_.see_commit(); }})),
      network_(std::make_unique<Network>(*this)) {
  store_->set_sheltered(true);
}

World::House::~House() = default;

MachineTime World::House::machine() const {
  return {.wall = world_.now_ + (skew_ms_ + set_wrong_by_ms_), .boot_ms = world_.now_.ms};
}
Instant World::House::clock() const { return guard_->now(machine()); }

// As the production loop does before each turn; while it doubts, it asks the platform what time it
// is.
void World::House::look_at_clock() {
  constexpr int64_t kWrongBy[] = {-kDayMs,        -kHourMs, -90 * kSecondMs,
                                  90 * kSecondMs, kHourMs,  kDayMs};
  constexpr int64_t kFor[] = {10 * kSecondMs, 10 * kMinuteMs, 6 * kHourMs};
  if (set_right_at_ && *set_right_at_ <= world_.now_) {
    set_right_at_.reset();
    set_wrong_by_ms_ = 0;
  } else if (!set_right_at_ && world_.weather_.strikes(Fault::ClockSet)) {
    set_wrong_by_ms_ = kWrongBy[world_.weather_.random().below(std::size(kWrongBy))];
    set_right_at_ = world_.now_ + kFor[world_.weather_.random().below(std::size(kFor))];
    world_.trace_.add(world_.now_, fmt::format("house {}: its clock is set wrong by {} s", number_,
                                               set_wrong_by_ms_ / kSecondMs));
  }
  guard_->look(machine());
  if (!guard_->doubt().empty()) guard_->hear(world_.now_, "WhatsApp", machine());
}

Result<void> World::House::start(Desk desk) {
  if (world_.weather_.strikes(Fault::ClockSkewed))
    skew_ms_ = static_cast<int64_t>(world_.weather_.random().below(2001)) - 1000;
  is_up_ = true;
  guard_.emplace();
  guard_->hear(world_.now_, "WhatsApp", machine());  // With the look at the templates.
  comes_back_at.reset();
  stood_still_ms_ = 0;
  engine_ = std::make_unique<Engine>(*store_, *network_, std::move(desk));
  ASSIGN_OR_RETURN(const bool lives, exposed([&]() -> Result<void> {
                     const auto started = engine_->start(clock());
                     if (!started && is_weather(started.error()))
                       throw HouseDied{};  // It does not start without its database.
                     return started;
                   }));
  if (lives) world_.see_awake();
  return {};
}

void World::House::stop() {
  world_.trace_.add(world_.now_, fmt::format("house {} stops", number_));
  is_up_ = false;
  network_->forget();
  world_.see_asleep();
  if (world_.weather_.is_calm()) return;
  constexpr int64_t kAbsences[] = {2 * kSecondMs, 30 * kSecondMs, 10 * kMinuteMs, 6 * kHourMs};
  comes_back_at = world_.now_ + kAbsences[world_.weather_.random().below(std::size(kAbsences))];
}

// A failure of the weather is written to the log, and the loop goes on after a while.
Result<void> World::House::forgive(Error error) {
  if (!is_weather(error)) return std::unexpected(std::move(error));
  world_.trace_.add(world_.now_, fmt::format("house {}: {}", number_, error.message));
  rests_until_ = world_.now_ + kFailureRestMs;
  return {};
}

Result<bool> World::House::exposed(const std::function<Result<void>()>& what) {
  is_busy_ = true;
  store_->set_sheltered(world_.weather_.is_calm());
  try {
    auto done = what();
    if (!done) RETURN_IF_ERROR(forgive(done.error()));
  } catch (const HouseDied&) {
    if (is_up_) stop();
  }
  store_->set_sheltered(true);
  is_busy_ = false;
  return is_up_;
}

Result<bool> World::House::tick() {
  if (!is_free() || world_.now_ < rests_until_) return false;
  ticked_at_ = world_.now_;
  bool is_busy = false;
  look_at_clock();
  ASSIGN_OR_RETURN(const bool lives, exposed([&]() -> Result<void> {
                     const EngineSettings& settings = engine_->desk().settings;
                     // As the production loop does, at one moment: who stood still has missed what
                     // came in meanwhile.
                     const Instant now = clock();
                     if (std::exchange(stood_still_ms_, 0) > settings.downtime_ms) {
                       if (auto held = engine_->note_standstill(now); !held)
                         RETURN_IF_ERROR(forgive(held.error()));
                     }
                     ASSIGN_OR_RETURN(const TickReport report,
                                      engine_->tick(now, guard_->doubt().empty()));
                     // Sends that are answered at once are recorded in the next round of the same
                     // turn.
                     is_busy = report.more || report.results > 0 || report.dispatch.claimed > 0;
                     ASSIGN_OR_RETURN(const bool has_looked, look_up_payments());
                     is_busy |= has_looked;
                     return {};
                   }));
  return lives && is_busy;
}

Result<bool> World::House::look_up_payments() {
  if (!world_.has_asked_) return false;
  ASSIGN_OR_RETURN(const ToldReport report,
                   engine::look_up_payments(*store_, engine_->desk(), world_.creditor_, clock()));
  PaymentRequestId first;
  ASSIGN_OR_RETURN(
      const PlacesReport places,
      engine::withdraw_places(*store_, engine_->desk(), world_.creditor_, first, clock()));
  return report.looked_up + places.withdrawn > 0;
}

Result<bool> World::House::take_in(const std::string& key, std::string_view body,
                                   std::string_view source) {
  bool is_durable = false;
  const auto lives = run([&](Store& store) -> Result<void> {
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      tx.inbox.append({.creditor_id = world_.creditor_.id,
                       .id = tx.ids.next<InboxId>(clock()),
                       .source = std::string(source),
                       .event_key = key,
                       .received_at = clock(),
                       .body = std::string(body)});
    }));
    is_durable = true;
    return {};
  });
  if (!lives) return std::unexpected(lives.error());
  return *lives && is_durable;
}

Result<bool> World::House::run(const std::function<Result<void>(Store&)>& what) {
  bool is_done = false;
  ASSIGN_OR_RETURN(const bool lives, exposed([&]() -> Result<void> {
                     RETURN_IF_ERROR(what(*store_));
                     is_done = true;
                     return {};
                   }));
  return lives && is_done;
}

// Between two transactions anything may happen; but not while such a thing is happening already.
void World::House::between() {
  if (world_.weather_.is_calm() || world_.is_between_) return;
  world_.is_between_ = true;
  if (world_.weather_.strikes(Fault::Freezes)) freeze();
  if (world_.weather_.strikes(Fault::HousesInterleave)) world_.let_others_go_on();
  if (world_.weather_.strikes(Fault::ActsInBetween)) world_.let_somebody_interfere();
  world_.is_between_ = false;
  if (!is_up_) throw HouseDied{};
}

void World::House::freeze() {
  constexpr int64_t kTimes[] = {kSecondMs,     8 * kSecondMs, 30 * kSecondMs,
                                6 * kMinuteMs, kHourMs,       6 * kHourMs};
  const int64_t time = kTimes[world_.weather_.random().below(std::size(kTimes))];
  world_.trace_.add(world_.now_,
                    fmt::format("house {} stands still for {} s", number_, time / kSecondMs));
  is_frozen_ = true;
  world_.see_asleep();
  world_.note(world_.run_until(world_.now_ + time));
  is_frozen_ = false;
  stood_still_ms_ += time;
  world_.see_awake();
}

Result<std::optional<Instant>> World::House::next_event() {
  if (!is_up_) return comes_back_at;
  if (!is_free()) return std::nullopt;
  std::optional<Instant> next;
  if (guard_->doubt().empty()) {  // Else it only listens, which needs no waking.
    ASSIGN_OR_RETURN(next, engine_->next_wake());
  }
  if (next)
    next = *next + (world_.now_ - clock());  // By its own clock; all else here is by the true one.
  if (next && *next <= world_.now_)
    next =
        std::max(*next, network_->free_at());  // What is left of this moment waits for the way out.
  if (world_.has_asked_) {
    ASSIGN_OR_RETURN(auto check, world_.store_->read([&](Tx& tx) {
      return engine::next_provider_check(tx, world_.creditor_.id);
    }));
    ASSIGN_OR_RETURN(const auto place, world_.store_->read([&](Tx& tx) {
      return engine::next_place_withdrawal(tx, world_.creditor_.id);
    }));
    if (place && (!check || *place < *check)) check = place;
    if (check) check = *check + (world_.now_ - clock());
    if (check && (!next || *check < *next)) next = check;
  }
  if (const auto answer = network_->next_due(); answer && (!next || *answer < *next)) next = answer;
  if (!world_.weather_.is_calm() && (!next || ticked_at_ + kHeartbeatMs < *next))
    next = ticked_at_ + kHeartbeatMs;
  if (set_right_at_ && (!next || *set_right_at_ < *next)) next = set_right_at_;
  if (next) next = std::max(*next, rests_until_);
  return next;
}

}  // namespace puntual::sim
