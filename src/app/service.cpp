#include "app/service.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "app/anchor_job.h"
#include "app/api_docs.h"
#include "app/log.h"
#include "app/rehearsal.h"
#include "app/witness.h"
#include "base/failpoint.h"
#include "engine/number_owner.h"
#include "engine/retention.h"
#include "engine/undo_import.h"
#include "http/problem.h"
#include "http/web_app.h"

namespace puntual {
namespace {

constexpr int64_t kIdleWakeMs = 1000;  // The engine looks at least this often.
constexpr int64_t kFirstAnchorMs = kHourMs;
constexpr int64_t kPurgeEveryMs = kDayMs;  // What has been kept long enough goes once a day.
constexpr int64_t kWitnessEveryMs = kMinuteMs;
constexpr int64_t kReadsEveryMs = kMinuteMs;
constexpr auto kQueuedAtMost =
    std::chrono::seconds(3);  // Where somebody looks at a page meanwhile.
constexpr int64_t kFailureRestMs =
    2000;  // After a tick that failed: the database may need a moment.

}  // namespace

Service::Service(Config config, ServiceSecrets secrets, std::shared_ptr<Store> store, Desk desk,
                 Clock& clock)
    : config_(std::move(config)),
      secrets_(std::move(secrets)),
      store_(std::move(store)),
      clock_(clock),
      desk_(std::make_shared<const Desk>(std::move(desk))) {}

Service::~Service() { stop(); }

void Service::welcome(store::User visitor, std::function<void()> wake) {
  visitor_ = std::move(visitor);
  wake_elsewhere_ = std::move(wake);
}

void Service::wake() {
  if (wake_elsewhere_) wake_elsewhere_();
  {
    std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  woken_.notify_one();
}

Result<void> Service::open_door() {
  for (const auto& warning : store_->warnings()) log_event("warning", "database", warning);
  store_->when_taken_over([this](Tx& tx) {
    log_event("warning", "taken_over", "another server has taken the database over");
    if (!config_.has_synchronous_standbys) quarantine_for(tx, config_, "failover", clock_.now());
  });
  RETURN_IF_ERROR(store_->write([&](Tx& tx) {
    tx.creditors.save(config_.creditor);
    engine::note_sending_number(tx, config_.creditor, config_.whatsapp.number_owner, clock_.now());
    if (const auto agreed = engine::owner_agrees(tx, config_.creditor); !agreed)
      log_event("warning", "number_owner", "nothing is sent: " + agreed.error().message);
  }));
  api_ = std::make_unique<Api>(
      *store_, config_.creditor.id, clock_, config_.proxies,
      [this](const http::Request& head) { return authenticate(head); },
      [this](const BrokenAssumption& broken) { stop_engine_for(broken); });
  api_->when_denied(
      [this](const access::Principal& by, const Api::Route& route) { note_denied(by, route); });
  api_->when_answered(
      [this](const access::Principal& by, const Api::Route& route, const http::Request& request) {
        reads_.note(by, route, request, clock_.now());
      });
  health_worker_ = std::make_unique<Worker>();
  metrics_worker_ = std::make_unique<Worker>();
  intake_ = std::make_unique<Intake>(*store_, config_.creditor.id, clock_, [this] { wake(); });
  http::Router router;
  add_routes(router);
  http::ServerOptions options;
  options.temp_dir =
      config_.data_dir;  // Uploads beside the data: never in a folder that others read.
  const auto colon = config_.listen.rfind(':');
  if (colon == std::string::npos)
    return fail(ErrorCode::Invalid, "listen = \"{}\" (expected ADDRESS:PORT)", config_.listen);
  options.address = config_.listen.substr(0, colon);
  const char* const end = config_.listen.data() + config_.listen.size();
  const auto [rest, error] = std::from_chars(config_.listen.data() + colon + 1, end, options.port);
  if (error != std::errc{} || rest != end) {
    return fail(ErrorCode::Invalid, "listen = \"{}\": the port is not a number from 0 to 65535",
                config_.listen);
  }
  ASSIGN_OR_RETURN(server_, http::Server::start(std::move(router), options));
  store_->note_holder(server_->base_url());
  return {};
}

Result<void> Service::start_engine(WhatsAppChannel& channel) {
  engine_ = std::make_unique<Engine>(*store_, channel, *desk());
  engine_->before_sending([this](Instant now) { return note_witness(now); });
  RETURN_IF_ERROR(engine_->start(clock_.now()));
  put_desk(engine_->desk());
  thread_ = std::thread([this] { run_engine(); });
  return {};
}

void Service::run_engine() {
  try {
    last_turn_boot_ms_ = machine_time().boot_ms;
    for (;;) {
      turn();
      const std::lock_guard lock(mutex_);
      if (stopping_ || !broken_.empty() || store_->has_lost_node()) return;
    }
  } catch (const BrokenAssumption& broken) {
    stop_engine_for(broken);
  }
}

// One tick, and the rest after it.
void Service::turn() {
  const Instant now = clock_.now();
  const std::string doubt = clock_.doubt();
  if (!doubt.empty() && !was_in_doubt_)
    log_event("error", "clock", doubt + "; nothing is sent until it is right");
  if (doubt.empty() && was_in_doubt_) log_event("info", "clock", "the clock is right again");
  was_in_doubt_ = !doubt.empty();
  const int64_t boot_ms = machine_time().boot_ms;
  // A frozen or suspended process has missed what came in meanwhile: it listens before it speaks.
  // By the boot clock, which nobody sets and which a test does not move.
  if (boot_ms - last_turn_boot_ms_ > desk()->settings.downtime_ms) {
    if (const auto noted = engine_->note_standstill(now); !noted)
      log_event("error", "hold_off", noted.error().message);
    log_event("info", "listening_first",
              "the process stood still; unless another node was awake, nothing is sent for a "
              "quarter of an hour");
  }
  last_turn_boot_ms_ = boot_ms;
  int64_t rest_ms = kIdleWakeMs;
  const auto report = engine_->tick(now, doubt.empty());
  if (engine_->desk().edition != desk()->edition) {
    put_desk(engine_->desk());
    for (const auto& one : engine_->desk().unread_editions)
      log_event("error", "edition_unread",
                fmt::format("edition {} ({} {}) cannot be read: {}", one.number, one.kind, one.name,
                            one.why));
  }
  if (report) {
    ++ticks_;
    last_good_tick_ms_ = now.ms;
    if (now - witnessed_at_ >= kWitnessEveryMs) {
      if (const auto noted = note_witness(now); !noted)
        log_event("error", "witness", noted.error().message);
    }
    if (report->inbox.notices > 0) tell_noticed();
    feed_.tell(*store_, config_.creditor.id, now);
    if (report->more)
      rest_ms = 0;
    else if (doubt.empty())
      anchor_daily(now);
  } else {
    ++failed_ticks_;
    log_event("error", "tick_failed", report.error().message);
    rest_ms = kFailureRestMs;
  }
  if (rest_ms > 0 && doubt.empty() && now - purged_at_ >= kPurgeEveryMs) purge_daily(now);
  if (now - reads_written_at_ >= kReadsEveryMs) write_reads(now);
  std::unique_lock lock(mutex_);
  has_failed_ = !report;
  if (rest_ms > 0)
    woken_.wait_for(lock, std::chrono::milliseconds(rest_ms),
                    [&] { return stopping_ || has_news_; });
  has_news_ = false;
}

void Service::write_reads(Instant now) {
  if (const auto written = reads_.write(*store_, config_.creditor, now); !written)
    log_event("error", "reads", written.error().message);
  reads_written_at_ = now;
}

void Service::stop_engine_for(const BrokenAssumption& broken) {
  log_event("error", "engine_stopped",
            broken.what +
                "; nothing is sent any more, what comes in is kept: tell the developers, then "
                "start again");
  const std::lock_guard lock(mutex_);
  broken_ = broken.what;
  has_news_ = true;
  woken_.notify_one();
}

std::string Service::trouble() const {
  {
    const std::lock_guard lock(mutex_);
    if (!broken_.empty()) return "the engine has stopped: " + broken_;
    if (has_failed_) return "the last turn of the engine failed, see the log";
  }
  return clock_.doubt();
}

std::shared_ptr<const Desk> Service::desk() const {
  const std::lock_guard lock(mutex_);
  return desk_;
}

void Service::put_desk(const Desk& desk) {
  auto newer = std::make_shared<const Desk>(desk);
  const std::lock_guard lock(mutex_);
  desk_ = std::move(newer);
}

Result<void> Service::note_witness(Instant now) {
  RETURN_IF_ERROR(puntual::note_witness(*store_, config_, now));
  witnessed_at_ = now;
  return {};
}

// Once a day, and not while there is something to do: the file is for whoever copies
// data_dir/anchors elsewhere.
void Service::anchor_daily(Instant now) {
  if (!anchored_at_) {
    const auto anchors = store_->read([](Tx& tx) { return tx.timeline.anchors(); });
    if (!anchors) return;
    anchored_at_ = now - kDayMs;
    for (const auto& anchor : *anchors) anchored_at_ = std::max(*anchored_at_, anchor.at);
    // A house that opens has nothing to anchor yet; a little later it has.
    if (anchors->empty()) anchored_at_ = now - kDayMs + kFirstAnchorMs;
  }
  if (now - *anchored_at_ < kDayMs) return;
  anchored_at_ = now;
  const auto anchors = run_anchor_job(*store_, now);
  const auto path =
      anchors ? keep_anchor_file(config_.data_dir + "/anchors", *anchors, now) : anchors;
  if (!path) log_event("error", "audit_anchor", path.error().message);
}

void Service::purge_daily(Instant now) {
  purged_at_ = now;
  failpoint("retention.begun");
  if (const auto report =
          engine::run_retention(*store_, desk()->settings.retention, config_.creditor, true, now);
      !report) {
    log_event("error", "retention", report.error().message);
  }
  const auto forgotten = store_->write([&](Tx& tx) {
    store::ImportRuns(tx.db, tx.keys)
        .forget_changes_before(config_.creditor.id, now - engine::kUndoMs);
  });
  if (!forgotten) log_event("error", "import_changes", forgotten.error().message);
  api_->purge();
  failpoint("retention.done");
}

void Service::stop() {
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  woken_.notify_one();
  if (server_) server_->stop();
  failpoint("stop.door_closed");
  if (thread_.joinable()) thread_.join();
  failpoint("stop.engine_ended");
  ask_workers_.clear();
  pay_worker_.reset();
  api_.reset();
  rehearsals_.reset();
  write_reads(clock_.now());  // Of the last answers.
  health_worker_.reset();
  metrics_worker_.reset();
  intake_.reset();
}

void Service::record_last_results(WhatsAppChannel& channel) {
  if (const auto results = channel.collect(); !results.empty()) {
    const auto recorded = store_->write([&](Tx& tx) {
      (void)engine::record_results(tx, *desk(), results, clock_.now(), store::Hold::Wait);
    });
    if (!recorded)
      log_event("error", "last_results", recorded.error().message);  // Uncertain at the next start.
  }
  if (const auto noted = note_witness(clock_.now()); !noted)
    log_event("error", "witness", noted.error().message);
}

http::DeferredHandler Service::on_worker(std::unique_ptr<Worker>& worker, Answer answer,
                                         Answer too_late) {
  return [this, &worker, answer = std::move(answer), too_late = std::move(too_late)](
             http::Request&& request, http::Reply reply) {
    const auto until = std::chrono::steady_clock::now() + kQueuedAtMost;
    const bool taken =
        worker->post([this, answer, too_late, until,
                      request = std::make_shared<http::Request>(std::move(request)), reply] {
          try {
            reply(too_late && std::chrono::steady_clock::now() > until ? too_late(*request)
                                                                       : answer(*request));
          } catch (const BrokenAssumption& broken) {
            stop_engine_for(broken);
            reply(http::problem(Error{ErrorCode::Internal, broken.what}));
          }
        });
    if (!taken)
      reply(http::problem(Error{ErrorCode::Unavailable, "too much is waiting; come again"}));
  };
}

void Service::add_routes(http::Router& router) {
  add_webhook_routes(router);
  add_pay_routes(router);
  add_notice_routes(router);
  add_health_routes(router);
  add_api_routes();
  add_docs_page(router, api_->document());
  api_->open(router);
  http::add_web_app(router);
  if (also_opened_) also_opened_(router);
}

}  // namespace puntual
