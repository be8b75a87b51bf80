// Who is told of events (core/events/event.h), and what became of each telling.
//
// The timeline itself puts a delivery beside each record that somebody wants to hear of, in its
// transaction; what is told is read from the record when it is sent. Endpoints' secrets are sealed
// under the deployment's key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/record.h"
#include "store/vault.h"

namespace puntual::store {

struct WebhookEndpoint {
  int64_t id = 0;
  CreditorId creditor_id;
  std::string url;
  std::string types;     // Blanks between; empty: all.
  bool is_full = false;  // With the person's name, number and document.
  std::vector<std::string>
      secrets;  // Bytes; the newest first, the one before it until `previous_until`.
  std::optional<Instant> previous_until;
  Instant created_at;
  std::optional<Instant> failing_since;  // Nothing has been taken since; none: all is well.
  std::optional<Instant> disabled_at;
  std::string disabled_why;
};

struct WebhookDelivery {
  int64_t endpoint_id = 0;
  int64_t event_id = 0;                // The record of the timeline.
  int attempts = 0;                    // Since it was last asked for.
  std::optional<Instant> next_try_at;  // None: it was taken, or given up.
  std::optional<Instant> last_at;      // Of the last attempt, as what follows.
  int status = 0;                      // HTTP; 0: there was no answer.
  int64_t latency_ms = 0;
  std::string answer;  // The beginning of what was said, or why nothing was.
  std::optional<Instant> taken_at;
};

class Webhooks {
 public:
  Webhooks(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  void add(const WebhookEndpoint& endpoint);
  // False: there is none. Its deliveries go with it.
  bool remove(CreditorId creditor, int64_t id);
  [[nodiscard]] std::vector<WebhookEndpoint> all(CreditorId creditor);
  [[nodiscard]] std::optional<WebhookEndpoint> find(CreditorId creditor, int64_t id);
  void set_secrets(const WebhookEndpoint& endpoint);
  void disable(CreditorId creditor, int64_t id, std::string_view why, Instant now);
  void enable(CreditorId creditor, int64_t id);

  // Wanted now, whatever became of it before.
  void ask(CreditorId creditor, int64_t endpoint, int64_t event, Instant now);
  [[nodiscard]] std::vector<WebhookDelivery> due(CreditorId creditor, int64_t endpoint, Instant now,
                                                 int limit);
  // An attempt was made. Success ends what was failing, failure begins it.
  void record(CreditorId creditor, const WebhookDelivery& delivery);
  // Those of an endpoint, the newest event first.
  [[nodiscard]] std::vector<WebhookDelivery> latest(CreditorId creditor, int64_t endpoint,
                                                    int limit);
  // What waits at endpoints that are in use.
  [[nodiscard]] int64_t waiting(CreditorId creditor);
  // What has ended, of events before this moment; up to `limit`.
  int64_t forget(CreditorId creditor, Instant before, int limit);

  // Records that are events, in the order of their ids: beyond `after`, not later than `until`.
  // `types` as an endpoint's.
  [[nodiscard]] std::vector<TimelineEvent> events(CreditorId creditor, int64_t after, Instant until,
                                                  std::string_view types, int limit);
  [[nodiscard]] std::optional<TimelineEvent> event(CreditorId creditor, int64_t id);

 private:
  [[nodiscard]] std::vector<WebhookEndpoint> endpoints_in(Rows rows);
  [[nodiscard]] std::string sealed(const WebhookEndpoint& endpoint);
  Connection& db_;
  Vault& vault_;
};

// The least id that is made from this moment on.
[[nodiscard]] int64_t first_id_at(Instant at);

}  // namespace puntual::store
