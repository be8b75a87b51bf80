// The running deployment: the engine on its own thread, the door for webhooks and the API, one
// clock.
//
// Owns nothing of the network out: the channel is given, so that tests and the demo bring their
// own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "app/api.h"
#include "app/at_desk.h"
#include "app/clock.h"
#include "app/config.h"
#include "app/event_feed.h"
#include "app/intake.h"
#include "app/name_index.h"
#include "app/pay_page.h"
#include "app/read_log.h"
#include "app/sign_in.h"
#include "app/worker.h"
#include "engine/engine.h"
#include "http/server.h"

namespace puntual {

class Rehearsals;

// What the process needs besides its settings; read from files by the caller.
struct ServiceSecrets {
  std::vector<std::string> app_secrets;  // Several during a rotation.
  std::string verify_token;
  std::string api_token;  // Empty: nobody has it.
};

class SimulatedPlatform;

class Service {
 public:
  Service(Config config, ServiceSecrets secrets, std::shared_ptr<Store> store, Desk desk,
          Clock& clock);
  ~Service();

  // Something has happened that the engine should look at now. Any thread.
  void wake();
  // Called when there is something to look up at a payment provider, by the engine's thread or a
  // worker. Until stop().
  void when_noticed(std::function<void()> noticed);
  // Through whom payers pay: the page asks each by a thread of its own. Set it before the door
  // opens.
  void ask_through(Providers providers) { pay_providers_ = std::move(providers); }
  // Where nobody real is written to: whose phones can be looked at. It must outlive the service.
  // Set it before the door opens, as what follows.
  void show_phones_of(SimulatedPlatform& platform) { phone_ = &platform; }
  // The demonstration: whoever comes from this machine is signed in as this user, and the engine is
  // somebody else's, who is woken in its stead and calls tell_pages() after each turn.
  void welcome(store::User visitor, std::function<void()> wake);
  void tell_pages(Instant now) { feed_.tell(*store_, config_.creditor.id, now); }
  // Routes beside our own.
  void also_open(std::function<void(http::Router&)> add) { also_opened_ = std::move(add); }
  // Opens the door: what arrives is kept, nothing is sent yet.
  Result<void> open_door();
  // Starts the engine on this channel, which must outlive the service.
  Result<void> start_engine(WhatsAppChannel& channel);
  void stop();
  // What the channel still knows once both have stopped: of each attempt whether it was taken. That
  // is what is remembered.
  void record_last_results(WhatsAppChannel& channel);

  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] const http::Server& server() const { return *server_; }
  [[nodiscard]] const Config& config() const { return config_; }
  // The rules and texts in force now: they change when somebody launches others. Any thread.
  [[nodiscard]] std::shared_ptr<const Desk> desk() const;
  [[nodiscard]] const Api& api() const { return *api_; }
  // Why nothing is decided or sent now, although it should be; empty: all is well. What comes in is
  // kept all the same.
  [[nodiscard]] std::string trouble() const;

 private:
  void run_engine();
  void turn();
  // For good: an assumption of ours is false. Any thread.
  void stop_engine_for(const BrokenAssumption& broken);
  // Remembers the database as it is now (app/witness.h).
  Result<void> note_witness(Instant now);
  void put_desk(const Desk& desk);
  void anchor_daily(Instant now);
  void purge_daily(Instant now);
  void write_reads(Instant now);
  void add_routes(http::Router& router);
  void add_webhook_routes(http::Router& router);
  void add_notice_routes(http::Router& router);
  void add_pay_routes(http::Router& router);
  [[nodiscard]] http::DeferredHandler ask_provider();
  void add_health_routes(http::Router& router);
  // Of /v1, into api_.
  void add_api_routes();
  void add_payment_routes();
  void add_portfolio_routes();
  void add_people_routes();
  void add_bank_routes();
  void add_conversation_routes();
  void add_event_routes();
  void add_operating_routes();
  void add_view_routes();
  void add_text_routes();
  void add_phone_routes();
  // "demo", "test" (nobody real is written to) or "live".
  [[nodiscard]] std::string_view mode() const;
  void add_saved_view_routes();
  void add_import_routes();
  // Answers on a worker's thread: for whatever waits on the database. Health and metrics have
  // workers of their own, so that nobody who asks how we are keeps a payment waiting. `too_late`:
  // what whoever has waited for seconds behind others is told instead.
  using Answer = std::function<http::Response(const http::Request&)>;
  [[nodiscard]] http::DeferredHandler on_worker(std::unique_ptr<Worker>& worker, Answer answer,
                                                Answer too_late = nullptr);
  void add_access_routes();
  void add_account_routes();
  void add_user_routes();
  void add_open_route(http::Method method, const std::string& path,
                      std::function<Result<http::Response>(const http::Request&)> answer);
  [[nodiscard]] Device device_of(const http::Request& request) const;
  [[nodiscard]] SignedIn visitor() const;
  [[nodiscard]] Result<SignedIn> own_session(const http::Request& request) const;
  [[nodiscard]] Result<SignedIn> proven_session(const http::Request& request) const;
  [[nodiscard]] http::Response session_response(int status, const SignedIn& who) const;
  void note_denied(const access::Principal& by, const Api::Route& route);
  // Who asks of the API: somebody with a session, a key, or the token of the settings, which may
  // everything.
  [[nodiscard]] std::expected<access::Principal, http::Response> authenticate(
      const http::Request& head) const;
  [[nodiscard]] Result<http::Response> open_conversation(const http::Request& request,
                                                         const access::Principal& by);
  [[nodiscard]] Result<http::Response> post_payment(const http::Request& request);
  [[nodiscard]] Result<http::Response> print_agreement(const http::Request& request);
  [[nodiscard]] Result<http::Response> post_import(const http::Request& request,
                                                   const access::Principal& by);
  [[nodiscard]] Result<http::Response> change_person(const http::Request& request,
                                                     const access::Principal& by,
                                                     std::string_view verb);
  [[nodiscard]] Result<http::Response> show_person(const http::Request& request);
  [[nodiscard]] Result<http::Response> show_attachment(const http::Request& request);
  [[nodiscard]] Result<http::Response> send_export(const http::Request& request,
                                                   const access::Principal& by);
  [[nodiscard]] Result<http::Response> set_pause(const http::Request& request,
                                                 const access::Principal& by, bool paused);
  [[nodiscard]] Result<http::Response> confirm_number(const http::Request& request,
                                                      const access::Principal& by);
  [[nodiscard]] Result<http::Response> lift_quarantine(const http::Request& request,
                                                       const access::Principal& by);
  // Answers within two seconds whatever the database does, and asks it once a second at most,
  // however many ask us.
  [[nodiscard]] http::Response readiness();
  [[nodiscard]] http::Response probe();
  [[nodiscard]] std::string metrics_text();
  void tell_noticed();
  // What a provider's door made of a notice; an unbelievable one is told to the log, once a minute
  // at most.
  void count_notice(const std::string& provider, const HeardNotice& notice);

  Config config_;
  ServiceSecrets secrets_;
  std::shared_ptr<Store> store_;
  Clock& clock_;
  SimulatedPlatform* phone_ = nullptr;
  std::optional<store::User> visitor_;
  std::function<void()> wake_elsewhere_;
  std::function<void(http::Router&)> also_opened_;
  std::shared_ptr<const Desk> desk_;  // By mutex_.
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Api> api_;
  Throttle strangers_{60, 500};  // By place.
  NameIndex names_;
  EventFeed feed_;  // Told by the engine's thread.
  ReadLog reads_;   // Written by it.
  AtDesk at_desk_;
  std::unique_ptr<Worker> health_worker_, metrics_worker_;
  std::future<http::Response>
      probe_;  // The health worker's alone, as what follows; under way when valid.
  std::chrono::steady_clock::time_point probed_at_;
  http::Response probed_;
  int64_t imbalance_ = 0;  // Of the books, counted every ten minutes; the metrics worker's alone.
  std::optional<Instant> imbalance_counted_at_;
  std::optional<Instant> anchored_at_;  // The engine thread's alone.
  std::unique_ptr<PayPage> pay_page_;
  std::unique_ptr<Rehearsals> rehearsals_;
  Providers pay_providers_;  // Each is its asking worker's alone.
  std::unique_ptr<Worker> pay_worker_;
  std::map<std::string, std::unique_ptr<Worker>, std::less<>>
      ask_workers_;  // By provider: one that does not answer holds up none but its own.
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<http::Server> server_;

  Instant purged_at_{0};  // The engine's thread alone, as what follows.
  Instant witnessed_at_{0};
  Instant reads_written_at_{0};
  int64_t last_turn_boot_ms_ = 0;
  bool was_in_doubt_ = false;

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool has_news_ = false;
  bool stopping_ = false;
  std::function<void()> noticed_;
  std::map<std::pair<std::string, std::string_view>, int64_t> notices_;  // By provider and verdict.
  Instant unbelieved_told_at_{0};
  std::string broken_;       // An assumption that was false: the engine has stopped.
  bool has_failed_ = false;  // The last tick; the log says how.
  std::atomic<int64_t> ticks_{0};
  std::atomic<int64_t> failed_ticks_{0};
  std::atomic<int64_t> last_good_tick_ms_{0};
  std::thread thread_;
};

}  // namespace puntual
