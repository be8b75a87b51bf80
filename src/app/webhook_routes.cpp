// The door for the platform's webhooks, and what tells an operator that the house is well.
#include <filesystem>

#include "app/log.h"
#include "app/service.h"
#include "base/crypto.h"
#include "base/json.h"
#include "core/compliance/loosened.h"
#include "engine/engine.h"
#include "engine/quarantine.h"
#include "http/problem.h"
#include "whatsapp/webhook.h"

namespace puntual {
namespace {

constexpr int64_t kImbalanceEveryMs = 10 * kMinuteMs;  // It reads every entry of the books.
constexpr auto kProbeWait = std::chrono::seconds(2), kProbeEvery = std::chrono::seconds(1);
constexpr uint64_t kRoomMin = 100 << 20;
constexpr int64_t kTickLateMs = kMinuteMs;
constexpr uint64_t kWebhookBodyMax = 4 << 20;  // SEC-18; the platform sends at most 3 MB.

}  // namespace

void Service::add_webhook_routes(http::Router& router) {
  router.add(http::Method::Get, "/webhooks/whatsapp", [this](const http::Request& request) {
    const bool ours =
        request.query("hub.mode") == "subscribe" && !secrets_.verify_token.empty() &&
        equal_constant_time(request.query("hub.verify_token").value_or(""), secrets_.verify_token);
    return ours ? http::text_response(200, request.query("hub.challenge").value_or(""))
                : http::problem(403, "Forbidden");
  });
  router.add_deferred(
      http::Method::Post, "/webhooks/whatsapp",
      [this](http::Request&& request, http::Reply reply) {
        const std::string signature(request.headers.get("X-Hub-Signature-256"));
        if (whatsapp::verify_signature(signature, request.body, secrets_.app_secrets) !=
            whatsapp::SignatureVerdict::Valid) {
          return reply(http::problem(401, "Unauthorized", "the signature does not match the body"));
        }
        // By the bytes: the signature may be spelt in more than one way.
        std::string key = hex(sha256(request.body));
        intake_->accept("whatsapp", std::move(key), std::move(request.body), std::move(reply));
      },
      {.body_max = kWebhookBodyMax});
}

void Service::add_health_routes(http::Router& router) {
  router.add(http::Method::Get, "/livez",
             [](const http::Request&) { return http::text_response(200, "ok\n"); });
  router.add_deferred(
      http::Method::Get, "/readyz",
      on_worker(health_worker_, [this](const http::Request&) { return readiness(); }));
  router.add_deferred(
      http::Method::Get, "/metrics", on_worker(metrics_worker_, [this](const http::Request&) {
        std::string text = metrics_text();
        if (text.empty())
          return http::problem(Error{ErrorCode::Unavailable, "the database cannot be read"});
        return http::Response{.content_type = "text/plain; version=0.0.4", .body = std::move(text)};
      }));
}

http::Response Service::readiness() {
  const auto now = std::chrono::steady_clock::now();
  if (!probe_.valid() && now - probed_at_ >= kProbeEvery) {
    probed_at_ = now;
    probe_ = std::async(std::launch::async, [this] { return probe(); });
  }
  if (!probe_.valid()) return probed_;
  if (probe_.wait_until(probed_at_ + kProbeWait) == std::future_status::ready)
    return probed_ = probe_.get();
  return http::json_response(
      503, to_json(json::object{{"ready", false},
                                {"reasons", json::array{"database: no answer yet"}},
                                {"sending", "unknown"},
                                {"node", store_->node().number}}) +
               "\n");
}

// Ready: what arrives is kept and heard. That nothing is sent (a pause, a quarantine) is told, and
// is no reason to restart us; nor is what a deployment's own rules allow.
http::Response Service::probe() {
  const Instant now = clock_.now();
  json::array reasons;
  const auto written = store_->write_intake([&](Tx& tx) {
    tx.creditors.set_fact("ready_probe", std::to_string(now.ms));
    const auto creditor = tx.creditors.find(config_.creditor.id);
    if (engine::quarantine_of(tx)) return std::string("no: quarantine");
    if (creditor && creditor->paused_at) return std::string("no: paused");
    const auto until = engine::listening_until(tx, now);
    return until ? "listening until " + format_utc(*until) : std::string("yes");
  });
  if (!written) {
    reasons.push_back(json::string("database: it cannot be written to, see the log"));
    log_event("error", "not_ready", written.error().message);
  }
  std::error_code error;
  if (const auto room = std::filesystem::space(config_.data_dir, error);
      !error && room.available < kRoomMin) {
    reasons.push_back(json::string("disk: less than 100 MB free"));
  }
  if (const std::string why = trouble(); !why.empty()) reasons.push_back(json::string(why));
  const int64_t last = last_good_tick_ms_.load();
  if (last != 0 && now.ms - last > kTickLateMs)
    reasons.push_back(json::string("engine: no good turn for a minute, see the log"));
  const std::string sending = written ? *written : "unknown";
  const bool ready = reasons.empty();
  json::array notes;
  for (const auto& pack : compliance::loosened_packs(desk()->law.book())) {
    std::vector<std::string_view> keys;
    for (const auto& one : pack.loosenings) keys.push_back(one.key);
    notes.push_back(json::string(fmt::format("law: {} allows more than {}: {}", pack.version,
                                             pack.built_in_version, fmt::join(keys, ", "))));
  }
  for (const auto& file : desk()->law.book().ignored())
    notes.push_back(
        json::string(fmt::format("law: {} is not used, see puntual doctor", file.name)));
  return http::json_response(ready ? 200 : 503,
                             to_json(json::object{{"ready", ready},
                                                  {"reasons", std::move(reasons)},
                                                  {"sending", sending},
                                                  {"notes", std::move(notes)},
                                                  {"node", store_->node().number}}) +
                                 "\n");
}

std::string Service::metrics_text() {
  std::string text;
  const auto gauge = [&](std::string_view name, std::string_view help, int64_t value) {
    text += fmt::format("# HELP puntual_{0} {1}\n# TYPE puntual_{0} gauge\npuntual_{0} {2}\n", name,
                        help, value);
  };
  gauge("ticks", "Turns of the engine since the start", ticks_.load());
  gauge("failed_ticks", "Turns that failed", failed_ticks_.load());
  gauge("clock_in_doubt", "1 while the clock cannot be trusted and nothing is sent",
        clock_.doubt().empty() ? 0 : 1);
  gauge("engine_stopped", "1 once a broken assumption has stopped the engine", [&] {
    const std::lock_guard lock(mutex_);
    return broken_.empty() ? 0 : 1;
  }());
  if (const auto reader = desk()->second_reader) {
    for (const auto& [outcome, count] : reader->outcomes()) {
      text += fmt::format("puntual_assistant_questions{{outcome=\"{}\"}} {}\n", outcome, count);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, count] : notices_) {
      text += fmt::format("puntual_payment_notices{{provider=\"{}\",verdict=\"{}\"}} {}\n",
                          key.first, key.second, count);
    }
  }
  const auto read = store_->read([&](Tx& tx) {
    gauge("inbox_backlog", "Raw events not yet processed", tx.inbox.backlog(config_.creditor.id));
    const auto checks = tx.provider_payments.waiting(config_.creditor.id);
    gauge("payment_checks_waiting", "What payment providers told of and is not looked up yet",
          checks.count);
    gauge("payment_checks_oldest_seconds", "How long the first of them has waited",
          checks.oldest ? (clock_.now() - *checks.oldest) / kSecondMs : 0);
    gauge("turns_waiting", "People whose messages are to be answered",
          tx.dialogues.waiting(config_.creditor.id));
    gauge("inbox_poison", "Raw events that cannot be read",
          tx.inbox.poison_count(config_.creditor.id));
    if (const Instant now = clock_.now();
        !imbalance_counted_at_ || now - *imbalance_counted_at_ > kImbalanceEveryMs) {
      imbalance_ = static_cast<int64_t>(tx.ledger.mismatches(config_.creditor.id, 1000).size());
      imbalance_counted_at_ = now;
    }
    gauge("ledger_imbalance", "Invoices whose balance is not what the books say; always 0",
          imbalance_);
    const auto creditor = tx.creditors.find(config_.creditor.id);
    gauge("quarantine", "1 while nothing is sent until a person has looked",
          engine::quarantine_of(tx) ? 1 : 0);
    gauge("paused", "1 while nothing is sent", creditor && creditor->paused_at ? 1 : 0);
    for (const auto state :
         {MessageState::Planned, MessageState::InFlight, MessageState::Uncertain,
          MessageState::Unconfirmed, MessageState::Failed, MessageState::Rejected}) {
      text += fmt::format("puntual_outbox{{state=\"{}\"}} {}\n", text_of(state),
                          tx.outbox.count(config_.creditor.id, state));
    }
  });
  return read ? text : std::string();
}

}  // namespace puntual
