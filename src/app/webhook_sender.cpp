#include "app/webhook_sender.h"

#include "app/log.h"
#include "core/events/event.h"
#include "core/events/standard_webhook.h"
#include "engine/dispatch_outbox.h"
#include "engine/event_body.h"
#include "engine/note.h"

namespace puntual {
namespace {

constexpr int64_t kLookEveryMs = 1000;
constexpr int kToldAtOnce = 20;  // Of one endpoint, before the next has its turn.
constexpr int kGone = 410;

// One event on its way to one endpoint.
struct Telling {
  store::WebhookDelivery delivery;
  std::string body;  // Empty: there is nothing to tell (any more).
};

std::vector<std::string> hook_headers(const store::WebhookEndpoint& endpoint,
                                      const Telling& telling, Instant now) {
  const std::string id = events::id_of(telling.delivery.event_id);
  const bool has_previous = endpoint.previous_until && *endpoint.previous_until > now;
  const auto secrets =
      std::span(endpoint.secrets).first(has_previous ? endpoint.secrets.size() : 1);
  return {"webhook-id: " + id, fmt::format("webhook-timestamp: {}", now.ms / kSecondMs),
          "webhook-signature: " + events::signature_of(id, now, telling.body, secrets)};
}

std::vector<Telling> due_tellings(Tx& tx, const store::WebhookEndpoint& endpoint, Instant now) {
  std::vector<Telling> tellings;
  for (auto& delivery : tx.webhooks.due(endpoint.creditor_id, endpoint.id, now, kToldAtOnce)) {
    const auto record = tx.webhooks.event(endpoint.creditor_id, delivery.event_id);
    tellings.push_back(
        {.delivery = std::move(delivery),
         .body = record ? engine::event_body(tx, *record, endpoint.is_full) : std::string()});
  }
  return tellings;
}

void disable_endpoint(Tx& tx, const store::WebhookEndpoint& endpoint, std::string_view why,
                      Instant now) {
  tx.webhooks.disable(endpoint.creditor_id, endpoint.id, why, now);
  // Who else hears of the house hears of this too.
  engine::note(tx, endpoint.creditor_id, {}, now, "webhook_disabled",
               fmt::format("{} {}", endpoint.id, why));
  engine::raise_task(
      tx, endpoint.creditor_id, {}, store::TaskKind::WebhookDown,
      fmt::format(
          "{} {}. Cuando esté listo: puntual webhook enable {}; y para lo que faltó: puntual "
          "webhook replay {} --from {}",
          endpoint.url,
          why == "gone" ? "respondió que ya no existe (410)" : "no recibió nada en cinco días",
          endpoint.id, endpoint.id, format_utc(endpoint.failing_since.value_or(now))),
      now);
  log_event("error", "webhook_disabled",
            fmt::format("endpoint {}: {}; see puntual webhook list", endpoint.id, why));
}

void record_telling(Tx& tx, const store::WebhookEndpoint& endpoint, store::WebhookDelivery delivery,
                    const hooks::Posted& posted, int64_t chance, Instant now) {
  ++delivery.attempts;
  delivery.last_at = now;
  delivery.status = posted.status;
  delivery.latency_ms = posted.latency_ms;
  delivery.answer = posted.answer;
  delivery.next_try_at.reset();
  if (posted.is_taken()) {
    delivery.taken_at = now;
  } else if (const auto delay =
                 events::delay_after(delivery.attempts, chance, posted.retry_after_ms)) {
    delivery.next_try_at = now + *delay;
  }
  tx.webhooks.record(endpoint.creditor_id, delivery);
  if (posted.is_taken()) return;
  const bool is_given_up =
      endpoint.failing_since && now - *endpoint.failing_since >= events::kGiveUpMs;
  if (posted.status == kGone)
    disable_endpoint(tx, endpoint, "gone", now);
  else if (is_given_up)
    disable_endpoint(tx, endpoint, "nothing_taken_for_5_days", now);
}

// Until one fails: the others of a receiver that is down would wait as long.
Result<int> tell_endpoint(Store& store, const store::WebhookEndpoint& endpoint,
                          const hooks::PostOptions& options, Random& random, Instant now) {
  ASSIGN_OR_RETURN(const auto tellings,
                   store.read([&](Tx& tx) { return due_tellings(tx, endpoint, now); }));
  int made = 0;
  for (const auto& telling : tellings) {
    const auto posted = telling.body.empty()
                            ? hooks::Posted{.answer = "there is no such event"}
                            : hooks::post(endpoint.url, hook_headers(endpoint, telling, now),
                                          telling.body, options);
    if (options.stopping != nullptr && options.stopping->load()) return made;  // Not their failure.
    const auto chance = static_cast<int64_t>(random.below(1'000'000));
    RETURN_IF_ERROR(store.write(
        [&](Tx& tx) { record_telling(tx, endpoint, telling.delivery, posted, chance, now); }));
    ++made;
    if (!posted.is_taken()) break;
  }
  return made;
}

}  // namespace

Result<int> tell_events(Store& store, const Creditor& creditor, const hooks::PostOptions& options,
                        Random& random, Instant now) {
  // One node is enough: the one that sends.
  ASSIGN_OR_RETURN(const auto endpoints, store.read([&](Tx& tx) {
    return tx.nodes.is_of_other(engine::sending_lease(creditor))
               ? std::vector<store::WebhookEndpoint>{}
               : tx.webhooks.all(creditor.id);
  }));
  int made = 0;
  for (const auto& endpoint : endpoints) {
    if (endpoint.disabled_at) continue;
    ASSIGN_OR_RETURN(const int told, tell_endpoint(store, endpoint, options, random, now));
    made += told;
  }
  return made;
}

WebhookSender::WebhookSender(Store& store, const Creditor& creditor, hooks::PostOptions options,
                             const Clock& clock)
    : store_(store), creditor_(creditor), options_(std::move(options)), clock_(clock) {
  options_.stopping = &stopping_;
  beat_.emplace([this] { return tell(); });
}

Beat::Rest WebhookSender::tell() {
  const auto made = tell_events(store_, creditor_, options_, random_, clock_.now());
  if (!made) log_event("error", "webhooks", made.error().message);
  return Beat::Rest(made && *made > 0 ? 0 : kLookEveryMs);
}

}  // namespace puntual
