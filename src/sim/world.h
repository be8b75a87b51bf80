// A small world in one process: the production engine on the real SQL, the platform's model, simulated people,
// and a clock that jumps from one event to the next. Forecast, demo, scenarios and simulation are uses of it.
//
// Not thread-safe; deterministic for a seed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/engine.h"
#include "engine/settle_payments.h"
#include "sandbox/platform.h"
#include "sim/oracle.h"
#include "sim/population.h"
#include "sim/trace.h"

namespace puntual::sim {

struct WorldOptions {
  uint64_t seed = 1;
  Instant start;
  std::string database = "sqlite::memory:";
  StoreOptions store = {};
  // Events closer together than this are handled in one turn: large forecasts need fewer turns.
  int64_t quantum_ms = kSecondMs;
  bool people_act = true;  // Else only what the caller does happens.
  int messages_per_second = 80;
  std::function<void(Instant, std::string_view)> listener;  // Sees the trace.
};

class World {
 public:
  // Templates of the desk are registered with the platform as approved.
  [[nodiscard]] static Result<std::unique_ptr<World>> create(const WorldOptions& options, const Creditor& creditor,
                                                             TemplateCatalog templates,
                                                             std::map<std::string, Strategy, std::less<>> strategies);
  ~World();

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] const Creditor& creditor() const { return creditor_; }
  [[nodiscard]] Desk& desk() { return engine_->desk(); }
  [[nodiscard]] Engine& engine() { return *engine_; }
  [[nodiscard]] sandbox::Platform& platform() { return *platform_; }
  [[nodiscard]] Population& population() { return population_; }
  [[nodiscard]] const Oracle& oracle() const { return oracle_; }
  [[nodiscard]] const Trace& trace() const { return trace_; }

  // People behave as given; all debtors of the store that are not yet known get a temperament by `choose`.
  Result<void> populate(const std::function<Temperament(const store::DebtorForReview&)>& choose);

  // Runs everything that happens up to and including this instant, and stands there.
  Result<void> run_until(Instant until);
  // One turn at the present instant: webhooks, people, engine, until nothing more is to do now.
  Result<void> turn();
  void set_quantum(int64_t ms) { options_.quantum_ms = ms; }

  // The process of the house dies: what it had not written down is lost, and webhooks find nobody. The
  // platform and the people go on.
  void stop_house();
  // As above, in the moment after the next message has been handed over and before its answer is read.
  void stop_house_at_next_send() { dies_at_send_ = true; }
  Result<void> start_house();
  [[nodiscard]] bool house_is_up() const { return is_up_; }
  // A body as the platform would post it; the same twice is two deliveries.
  Result<void> receive_webhook(std::string body);

  Result<SettledPayment> pay(const PaymentInput& input);
  Result<void> say(DebtorId debtor, const std::string& text, const std::string& payload = {});
  // The books and everything else that can be checked at rest.
  Result<void> check();

 private:
  class Channel;
  explicit World(const WorldOptions& options);
  [[nodiscard]] Result<std::optional<Instant>> next_event();
  Result<bool> deliver_webhooks();
  void refuse_webhooks();
  Result<bool> let_people_act();
  Result<void> act(const Action& action);
  void note_reached(std::string_view webhook_body);

  struct Handed {
    DebtorId debtor;
    Purpose purpose = Purpose::Overdue;
    std::string invoice;
  };

  WorldOptions options_;
  Instant now_;
  SeededRandom random_;
  Creditor creditor_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<sandbox::Platform> platform_;
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Engine> engine_;
  Population population_;
  Oracle oracle_;
  Trace trace_;
  std::unordered_map<std::string, Handed> handed_;  // By attempt id, until it has reached the person.
  int64_t payments_made_ = 0;
  int64_t webhooks_made_ = 0;
  bool is_up_ = true;
  bool dies_at_send_ = false;
};

}  // namespace puntual::sim
