#include "store/sql/sql_inbox.h"

namespace puntual::store {
namespace {

// A key a day: no key seals more than is safe.
Secret key_of_day(Vault& vault, Instant at) { return vault.key_for("raw events", at.ms / kDayMs); }

Place place_of_event(InboxId id) { return {.table = "inbox", .creditor_id = {}, .row = id.value}; }

}  // namespace

void Inbox::append(const RawEvent& event) {
  db_.run("INSERT INTO inbox (id, source, event_key, received_at, body, state) VALUES ($1,$2,$3,$4,$5,'new')",
          {event.id, event.source, event.event_key, event.received_at,
           Bytes{vault_.seal(key_of_day(vault_, event.received_at), place_of_event(event.id), event.body)}});
}

bool Inbox::drop_repeated(const RawEvent& event) {
  {
    auto rows = db_.query("SELECT 1 FROM inbox WHERE source=$1 AND event_key=$2 AND state <> 'new'", {event.source, event.event_key});
    if (!rows.next()) return false;
  }
  db_.run("DELETE FROM inbox WHERE id=$1 AND state='new'", {event.id});
  return true;
}

RawEvent Inbox::opened(const Rows& row) {
  RawEvent event{row.id<InboxId>(0), row.text(1), row.text(2), row.instant(3), {}};
  auto body = vault_.open(key_of_day(vault_, event.received_at), place_of_event(event.id), row.bytes(4));
  // What was changed in the database cannot be understood, and is set aside as such.
  event.body = std::move(body).value_or("");
  return event;
}

std::vector<RawEvent> Inbox::claim(int limit) {
  std::vector<RawEvent> found;
  auto rows = db_.query("SELECT id, source, event_key, received_at, body FROM inbox WHERE state='new' ORDER BY id LIMIT $1{{skip_locked}}",
                        {limit});
  while (rows.next()) found.push_back(opened(rows));
  return found;
}

std::optional<RawEvent> Inbox::claim(InboxId id) {
  auto rows = db_.query("SELECT id, source, event_key, received_at, body FROM inbox WHERE id=$1 AND state='new'{{skip_locked}}", {id});
  return rows.next() ? std::optional(opened(rows)) : std::nullopt;
}

std::optional<Instant> Inbox::oldest() {
  auto rows = db_.query("SELECT received_at FROM inbox WHERE state='new' ORDER BY id LIMIT 1");
  return rows.next() ? std::optional(rows.instant(0)) : std::nullopt;
}

int64_t Inbox::backlog() {
  auto rows = db_.query("SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE state='new' LIMIT 100000) AS b");
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::mark_done(InboxId id) { db_.run("UPDATE inbox SET state='done', body=$2 WHERE id=$1", {id, Bytes{""}}); }

void Inbox::mark_poison(InboxId id, std::string_view why) {
  db_.run("UPDATE inbox SET state='poison', detail=$2 WHERE id=$1", {id, why});
}

int64_t Inbox::poison_count() {
  auto rows = db_.query("SELECT COUNT(*) FROM inbox WHERE state='poison'");
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::forget_done(Instant received_before, int limit) {
  db_.run("DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE state='done' AND received_at < $1 LIMIT $2)",
          {received_before, limit});
}

}  // namespace puntual::store
