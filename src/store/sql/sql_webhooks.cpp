#include "store/sql/sql_webhooks.h"

#include "core/events/event.h"
#include "store/fields.h"

namespace puntual::store {
namespace {

#define PUNTUAL_ENDPOINT_COLUMNS                                                               \
  "id, creditor_id, url, types, is_full, secrets, previous_until, created_at, failing_since, " \
  "disabled_at, disabled_why"
#define PUNTUAL_DELIVERY_COLUMNS \
  "endpoint_id, event_id, attempts, next_try_at, last_at, status, latency_ms, answer, taken_at"

Place place_of_secrets(const WebhookEndpoint& e) {
  return {.table = "webhook_endpoint", .creditor_id = e.creditor_id, .row = e.id};
}
Secret key_of_secrets(Vault& vault, CreditorId creditor) {
  return vault.key_for("webhook endpoints", creditor.value);
}

constexpr int64_t kReadAtOnce = 500;

std::vector<WebhookDelivery> deliveries_in(Rows rows) {
  std::vector<WebhookDelivery> found;
  while (rows.next()) {
    found.push_back({.endpoint_id = rows.integer(0),
                     .event_id = rows.integer(1),
                     .attempts = rows.int32(2),
                     .next_try_at = rows.maybe_instant(3),
                     .last_at = rows.maybe_instant(4),
                     .status = rows.int32(5),
                     .latency_ms = rows.integer(6),
                     .answer = rows.text(7),
                     .taken_at = rows.maybe_instant(8)});
  }
  return found;
}

// The kinds of records that may be events, for IN: 'paid','sent',…
std::string quoted_kinds() {
  std::string list;
  for (const auto kind : events::all_kinds())
    list += fmt::format("{}'{}'", list.empty() ? "" : ",", kind);
  return list;
}

TimelineEvent record_in(const Rows& rows) {
  return {rows.integer(0), rows.id<CreditorId>(1), rows.id<DebtorId>(2),  rows.instant(3),
          rows.text(4),    rows.id<MessageId>(5),  rows.id<InvoiceId>(6), rows.id<PaymentId>(7),
          rows.text(8),    rows.text(9),           rows.text(10)};
}

}  // namespace

int64_t first_id_at(Instant at) { return IdSource(0).next<Id<TimelineEvent>>(at).value; }

std::string Webhooks::sealed(const WebhookEndpoint& e) {
  const std::string packed =
      pack({e.secrets.at(0),
            e.secrets.size() > 1 ? std::string_view(e.secrets[1]) : std::string_view()});
  return vault_.seal(key_of_secrets(vault_, e.creditor_id), place_of_secrets(e), packed);
}

void Webhooks::add(const WebhookEndpoint& e) {
  const std::string secrets = sealed(e);
  db_.run(
      "INSERT INTO webhook_endpoint (id, creditor_id, url, types, is_full, secrets, created_at) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7)",
      {e.id, e.creditor_id, e.url, e.types, e.is_full, Bytes{secrets}, e.created_at});
}

bool Webhooks::remove(CreditorId creditor, int64_t id) {
  db_.run("DELETE FROM webhook_delivery WHERE creditor_id=$1 AND endpoint_id=$2", {creditor, id});
  return db_.run("DELETE FROM webhook_endpoint WHERE creditor_id=$1 AND id=$2", {creditor, id}) ==
         1;
}

std::vector<WebhookEndpoint> Webhooks::all(CreditorId creditor) {
  return endpoints_in(db_.query("SELECT " PUNTUAL_ENDPOINT_COLUMNS
                                " FROM webhook_endpoint WHERE creditor_id=$1 ORDER BY id",
                                {creditor}));
}

std::optional<WebhookEndpoint> Webhooks::find(CreditorId creditor, int64_t id) {
  auto found = endpoints_in(db_.query("SELECT " PUNTUAL_ENDPOINT_COLUMNS
                                      " FROM webhook_endpoint WHERE creditor_id=$1 AND id=$2",
                                      {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void Webhooks::set_secrets(const WebhookEndpoint& e) {
  const std::string secrets = sealed(e);
  db_.run(
      "UPDATE webhook_endpoint SET secrets=$3, previous_until=$4 WHERE creditor_id=$1 AND id=$2",
      {e.creditor_id, e.id, Bytes{secrets}, e.previous_until});
}

void Webhooks::disable(CreditorId creditor, int64_t id, std::string_view why, Instant now) {
  db_.run(
      "UPDATE webhook_endpoint SET disabled_at=$3, disabled_why=$4 WHERE creditor_id=$1 AND id=$2 "
      "AND disabled_at IS NULL",
      {creditor, id, now, why});
}

void Webhooks::enable(CreditorId creditor, int64_t id) {
  db_.run(
      "UPDATE webhook_endpoint SET disabled_at=NULL, disabled_why='', failing_since=NULL WHERE "
      "creditor_id=$1 AND id=$2",
      {creditor, id});
}

void Webhooks::ask(CreditorId creditor, int64_t endpoint, int64_t event, Instant now) {
  db_.run(
      "INSERT INTO webhook_delivery (creditor_id, endpoint_id, event_id, next_try_at) VALUES "
      "($1,$2,$3,$4) "
      "ON CONFLICT (creditor_id, endpoint_id, event_id) DO UPDATE SET "
      "next_try_at=excluded.next_try_at, attempts=0",
      {creditor, endpoint, event, now});
}

std::vector<WebhookDelivery> Webhooks::due(CreditorId creditor, int64_t endpoint, Instant now,
                                           int limit) {
  return deliveries_in(db_.query(
      "SELECT " PUNTUAL_DELIVERY_COLUMNS
      " FROM webhook_delivery WHERE creditor_id=$1 AND endpoint_id=$2 AND next_try_at <= $3 "
      "ORDER BY next_try_at, event_id LIMIT $4",
      {creditor, endpoint, now, limit}));
}

void Webhooks::record(CreditorId creditor, const WebhookDelivery& d) {
  db_.run(
      "UPDATE webhook_delivery SET attempts=$4, next_try_at=$5, last_at=$6, status=$7, "
      "latency_ms=$8, answer=$9, taken_at=$10 "
      "WHERE creditor_id=$1 AND endpoint_id=$2 AND event_id=$3",
      {creditor, d.endpoint_id, d.event_id, d.attempts, d.next_try_at, d.last_at, d.status,
       d.latency_ms, d.answer, d.taken_at});
  if (d.taken_at) {
    db_.run(
        "UPDATE webhook_endpoint SET failing_since=NULL WHERE creditor_id=$1 AND id=$2 AND "
        "failing_since IS NOT NULL",
        {creditor, d.endpoint_id});
  } else {
    db_.run(
        "UPDATE webhook_endpoint SET failing_since=$3 WHERE creditor_id=$1 AND id=$2 AND "
        "failing_since IS NULL",
        {creditor, d.endpoint_id, d.last_at});
  }
}

std::vector<WebhookDelivery> Webhooks::latest(CreditorId creditor, int64_t endpoint, int limit) {
  return deliveries_in(db_.query("SELECT " PUNTUAL_DELIVERY_COLUMNS
                                 " FROM webhook_delivery WHERE creditor_id=$1 AND endpoint_id=$2 "
                                 "ORDER BY event_id DESC LIMIT $3",
                                 {creditor, endpoint, limit}));
}

int64_t Webhooks::waiting(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM webhook_delivery WHERE creditor_id=$1 AND next_try_at IS NOT NULL "
      "AND endpoint_id IN (SELECT id FROM webhook_endpoint WHERE creditor_id=$1 AND disabled_at IS "
      "NULL)",
      {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

int64_t Webhooks::forget(CreditorId creditor, Instant before, int limit) {
  return db_.run(
      "DELETE FROM webhook_delivery WHERE creditor_id=$1 AND (endpoint_id, event_id) IN (SELECT "
      "endpoint_id, event_id FROM webhook_delivery "
      "WHERE creditor_id=$1 AND next_try_at IS NULL AND event_id < $2 LIMIT $3)",
      {creditor, first_id_at(before), limit});
}

std::vector<TimelineEvent> Webhooks::events(CreditorId creditor, int64_t after, Instant until,
                                            std::string_view types, int limit) {
  static const Sql kSql = Sql::kept(fmt::format(
      "SELECT id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail, "
      "facts, hash FROM timeline "
      "WHERE creditor_id=$1 AND id > $2 AND at <= $3 AND kind IN ({}) ORDER BY id LIMIT {}",
      quoted_kinds(), kReadAtOnce));
  std::vector<TimelineEvent> found;
  for (bool is_more = true; is_more && std::ssize(found) < limit;) {
    auto rows = db_.query(kSql, {creditor, after, until});
    int64_t read = 0;
    for (; std::ssize(found) < limit && rows.next(); ++read) {
      TimelineEvent record = record_in(rows);
      after = record.id;
      const auto type = events::type_of(record);
      if (!type.empty() && events::is_wanted(types, type)) found.push_back(std::move(record));
    }
    is_more = read == kReadAtOnce;
  }
  return found;
}

std::optional<TimelineEvent> Webhooks::event(CreditorId creditor, int64_t id) {
  auto rows = db_.query(
      "SELECT id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail, "
      "facts, hash FROM timeline "
      "WHERE creditor_id=$1 AND id=$2",
      {creditor, id});
  if (!rows.next()) return std::nullopt;
  TimelineEvent record = record_in(rows);
  return events::type_of(record).empty() ? std::nullopt : std::optional(std::move(record));
}

std::vector<WebhookEndpoint> Webhooks::endpoints_in(Rows rows) {
  std::vector<WebhookEndpoint> found;
  while (rows.next()) {
    WebhookEndpoint e{.id = rows.integer(0),
                      .creditor_id = rows.id<CreditorId>(1),
                      .url = rows.text(2),
                      .types = rows.text(3),
                      .is_full = rows.integer(4) != 0,
                      .secrets = {},
                      .previous_until = rows.maybe_instant(6),
                      .created_at = rows.instant(7),
                      .failing_since = rows.maybe_instant(8),
                      .disabled_at = rows.maybe_instant(9),
                      .disabled_why = rows.text(10)};
    const auto opened =
        vault_.open(key_of_secrets(vault_, e.creditor_id), place_of_secrets(e), rows.bytes(5));
    if (!opened)
      throw Failure{{ErrorCode::Unsafe, fmt::format("the secret of webhook endpoint {} was changed "
                                                    "in the database, or sealed under another key",
                                                    e.id)}};
    for (auto& secret : unpack<2>(*opened)) {
      if (!secret.empty()) e.secrets.push_back(std::move(secret));
    }
    found.push_back(std::move(e));
  }
  return found;
}

}  // namespace puntual::store
