// A small world in one process: the production engine on the real SQL, the platform's model,
// simulated people, and a clock that jumps from one event to the next. Forecast, demo, scenarios
// and simulation are uses of it.
//
// Not thread-safe; deterministic for a seed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/payments/payment_request.h"
#include "engine/engine.h"
#include "engine/settle_payments.h"
#include "sandbox/platform.h"
#include "sim/oracle.h"
#include "sim/population.h"
#include "sim/till.h"
#include "sim/trace.h"
#include "sim/weather.h"

namespace puntual::sim {

struct WorldOptions {
  uint64_t seed = 1;
  Instant start;
  std::string database = "sqlite::memory:";
  StoreOptions store = {};
  // Events closer together than this are handled in one turn: large forecasts need fewer turns.
  int64_t quantum_ms = kSecondMs;
  bool is_watched = true;   // By the oracle; else nobody looks for violations.
  bool people_act = true;   // Else only what the caller does happens.
  bool keeps_talk = false;  // The platform keeps what was said, for who looks at a phone.
  int messages_per_second = 80;
  int houses = 1;               // Processes that share the database.
  bool is_familiar = false;     // Texts say "tú", or "vos" where people do.
  int64_t import_grace_ms = 0;  // EngineSettings.
  OnRampSettings on_ramp = {};  // Ways to people whom WhatsApp does not reach.
  std::shared_ptr<const compliance::RuleBook> rules = {};  // Null: the ones built in.
  std::shared_ptr<const ChargeRules> charges = {};         // What paying late costs; null: nothing.
  Weather weather = {};  // Calm: nothing goes wrong but what the platform's faults say.
  std::function<void(Instant, std::string_view)> listener;  // Sees the trace.
};

// With everything in its settings that the law of some country wants told in a first message.
[[nodiscard]] Creditor with_first_contact(Creditor creditor);

class World {
 public:
  // Templates of the desk are registered with the platform as approved.
  [[nodiscard]] static Result<std::unique_ptr<World>> create(
      const WorldOptions& options, const Creditor& creditor, TemplateCatalog templates,
      std::map<std::string, Strategy, std::less<>> strategies);
  ~World();

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Store& store() { return *store_; }
  // For a door beside the houses: it may outlive the world.
  [[nodiscard]] std::shared_ptr<Store> share_store() { return store_; }
  [[nodiscard]] const Creditor& creditor() const { return creditor_; }
  [[nodiscard]] Desk& desk();
  [[nodiscard]] sandbox::Platform& platform() { return *platform_; }
  [[nodiscard]] Population& population() { return population_; }
  [[nodiscard]] const Oracle& oracle() const { return oracle_; }
  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] const Weather& weather() const { return weather_; }
  [[nodiscard]] int64_t turns() const { return turns_; }
  // What somebody does between two transactions of a house, when the weather has it so.
  void set_interference(std::function<Result<void>()> interference) {
    interference_ = std::move(interference);
  }

  // People behave as given; all debtors of the store that are not yet known get a temperament by
  // `choose`.
  Result<void> populate(const std::function<Temperament(const store::DebtorForReview&)>& choose);
  // With people who talk: each gets one of characters().
  Result<void> populate_talkers(const std::function<size_t()>& choose);

  // Runs everything that happens up to and including this instant, and stands there.
  Result<void> run_until(Instant until);
  // One turn at the present instant: webhooks, people, engine, until nothing more is to do now.
  Result<void> turn();

  // The process of the house dies: what it had not written down is lost, and webhooks find nobody.
  // The platform and the people go on.
  void stop_house();
  // As above, in the moment after the next message has been handed over and before its answer is
  // read.
  void stop_house_at_next_send() { dies_at_send_ = true; }
  Result<void> start_house();
  // Whether e-mail and SMS take what is handed to them; they do, left alone.
  void refuse_invitations(bool refuse) { refuses_invitations_ = refuse; }
  // Another creditor in the same tables, whose number is answered but not otherwise watched.
  Result<void> take_in_neighbour(const Creditor& neighbour);
  // A body as the platform would post it; the same twice is two deliveries.
  Result<void> receive_webhook(std::string body);

  // A line of the trace.
  void tell(std::string_view what) { trace_.add(now_, what); }
  // The creditor was told, and has written down, that this person must not be written to; or that
  // they may be again.
  void see_forbidden(DebtorId person, std::string_view why, bool is_forbidden) {
    oracle_.see_forbidden(person, why, is_forbidden);
  }

  // Sending is put into quarantine, or a person ends it as of now.
  Result<void> raise_quarantine();
  Result<void> lift_quarantine();

  // The payment provider of this world: somebody has a place to pay made there, and pays.
  Result<PaymentRequest> ask_till(const PayLink& link, Money amount);
  void pay_at_till(ProviderPayment payment, Till::Tells tells);
  [[nodiscard]] Till& till() { return *till_; }
  // A provider besides the till; its notices come in at the door.
  void add_provider(std::shared_ptr<PaymentProvider> provider);

  Result<SettledPayment> pay(const PaymentInput& input);
  // `type` as the platform names it ("image", "interactive"); empty: text, or with a payload a
  // template's button.
  Result<void> say(DebtorId debtor, const std::string& text, const std::string& payload = {},
                   std::string type = {});
  // The books and everything else that can be checked at rest.
  Result<void> check();

 private:
  class House;
  explicit World(const WorldOptions& options);
  [[nodiscard]] Result<std::optional<Instant>> next_event();
  Result<bool> start_who_comes_back();
  Result<bool> deliver_webhooks();
  Result<void> deliver_made_up();
  // To a house that is awake, by lot; true: it was answered 200.
  Result<bool> deliver(const std::string& key, std::string_view body);
  Result<bool> deliver_notices();
  Result<bool> let_people_act();
  Result<void> act(const Action& action);
  Result<void> act_at_till(const Invoice& invoice, Money amount);
  Result<void> tell_payments();
  void note_reached(std::string_view webhook_body);

  void pause_some_template();
  // What the houses tell of themselves.
  void see_commit();
  void see_body(const SendRequest& request, int64_t clock_ahead_ms);
  void see_answer(const SendRequest& request, const SendResult& result);
  void see_awake();
  void see_asleep();
  void let_others_go_on();
  void let_somebody_interfere();
  // Keeps the first error of what happened in the middle of a house's turn, for turn() to return.
  void note(Result<void> done);

  WorldOptions options_;
  Instant now_;
  SeededRandom random_;
  Weather weather_;
  Creditor creditor_;
  std::shared_ptr<Store> store_;
  std::unique_ptr<sandbox::Platform> platform_;
  std::vector<std::unique_ptr<House>> houses_;
  Population population_;
  Oracle oracle_;
  Trace trace_;
  std::function<Result<void>()> interference_;
  std::unordered_map<std::string, Arrival>
      handed_;  // By attempt id, until it has reached the person.
  std::vector<std::pair<Instant, PaymentInput>>
      untold_;  // Payments that a house has not yet said it knows.
  std::vector<std::pair<std::string, std::string>>
      made_up_;  // Webhooks that mean nothing to us, by key, until they are taken.
  std::optional<Instant> asleep_since_;
  std::optional<Error> noted_;
  int64_t payments_made_ = 0;
  int64_t webhooks_made_ = 0;
  int64_t turns_ = 0;
  std::shared_ptr<Till> till_ = std::make_shared<Till>();
  bool has_asked_ = false;  // Somebody has used the till: until then nobody looks for news of it.
  int64_t notices_made_ = 0;
  bool is_between_ = false;
  bool dies_at_send_ = false;
  bool refuses_invitations_ = false;
};

}  // namespace puntual::sim
