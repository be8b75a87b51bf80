// One process of the house: the production engine behind a database that may fail and a network
// that may. For world.cpp and house.cpp alone.
#pragma once

#include "engine/clock_guard.h"
#include "sim/disturbed_store.h"
#include "sim/world.h"

namespace puntual::sim {

class World::House {
 public:
  House(World& world, int number);
  ~House();

  // Starts the process, now; it may die at once.
  Result<void> start(Desk desk);
  // The process ends, wherever it stands; what it had not written down is lost.
  void stop();
  // Whoever keeps the process running does so from this moment on; none: a person must.
  std::optional<Instant> comes_back_at;

  // One turn of its loop; false: there was nothing to do. Nothing when it is down, frozen or in the
  // middle of a turn.
  Result<bool> tick();
  // Its door: is the event durable? False: the platform is answered with an error, or not at all.
  Result<bool> take_in(const std::string& key, std::string_view body,
                       std::string_view source = "whatsapp");
  // Something of its own makes a request (money by the API); false: it was not done, as far as is
  // known.
  Result<bool> run(const std::function<Result<void>(Store&)>& what);

  [[nodiscard]] bool is_up() const { return is_up_; }
  [[nodiscard]] bool is_awake() const { return is_up_ && !is_frozen_; }
  [[nodiscard]] bool is_free() const { return is_awake() && !is_busy_; }
  [[nodiscard]] Result<std::optional<Instant>> next_event();
  [[nodiscard]] Engine& engine() { return *engine_; }
  // How far its machine's clock is ahead of the true time.
  [[nodiscard]] int64_t is_ahead_ms() const { return machine().wall - world_.now_; }

 private:
  class Network;
  // Whatever is done within may be disturbed, and may end the process; false: it did.
  Result<bool> exposed(const std::function<Result<void>()>& what);
  void between();
  void freeze();
  // As app/payment_watch does, after the loop's turn; true: there was something to look up.
  Result<bool> look_up_payments();
  // Its wall clock may be set; its boot clock is the true time.
  [[nodiscard]] MachineTime machine() const;
  [[nodiscard]] Instant clock() const;
  void look_at_clock();
  Result<void> forgive(Error error);

  World& world_;
  int number_;
  std::unique_ptr<DisturbedStore> store_;
  std::unique_ptr<Network> network_;
  std::unique_ptr<Engine> engine_;
  bool is_up_ = false, is_frozen_ = false, is_busy_ = false;
  int64_t skew_ms_ = 0;
  int64_t set_wrong_by_ms_ = 0;
  std::optional<Instant> set_right_at_;
  mutable std::optional<ClockGuard> guard_;  // Of this process.
  int64_t stood_still_ms_ = 0;               // Since its loop last looked.
  Instant rests_until_{0};
  Instant ticked_at_{0};
};

}  // namespace puntual::sim
