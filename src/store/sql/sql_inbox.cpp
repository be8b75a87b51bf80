#include "store/sql/sql_inbox.h"

namespace puntual::store {
namespace {

// A key a day: no key seals more than is safe.
Secret key_of_day(Vault& vault, Instant at) { return vault.key_for("raw events", at.ms / kDayMs); }

Place place_of_event(InboxId id) { return {.table = "inbox", .creditor_id = {}, .row = id.value}; }

}  // namespace

void Inbox::append(const RawEvent& event) {
  db_.run("INSERT INTO inbox (creditor_id, id, source, event_key, received_at, body, state) VALUES ($1,$2,$3,$4,$5,$6,'new')",
          {event.creditor_id, event.id, event.source, event.event_key, event.received_at,
           Bytes{vault_.seal(key_of_day(vault_, event.received_at), place_of_event(event.id), event.body)}});
}

bool Inbox::drop_repeated(const RawEvent& event) {
  {
    auto rows = db_.query("SELECT 1 FROM inbox WHERE creditor_id=$1 AND source=$2 AND event_key=$3 AND state <> 'new'",
                          {event.creditor_id, event.source, event.event_key});
    if (!rows.next()) return false;
  }
  db_.run("DELETE FROM inbox WHERE creditor_id=$1 AND id=$2 AND state='new'", {event.creditor_id, event.id});
  return true;
}

RawEvent Inbox::opened(CreditorId creditor, const Rows& row) {
  RawEvent event{creditor, row.id<InboxId>(0), row.text(1), row.text(2), row.instant(3), {}};
  auto body = vault_.open(key_of_day(vault_, event.received_at), place_of_event(event.id), row.bytes(4));
  // What was changed in the database cannot be understood, and is set aside as such.
  event.body = std::move(body).value_or("");
  return event;
}

std::vector<RawEvent> Inbox::claim(CreditorId creditor, int limit) {
  std::vector<RawEvent> found;
  auto rows = db_.query("SELECT id, source, event_key, received_at, body FROM inbox WHERE creditor_id=$1 AND state='new' ORDER BY id "
                        "LIMIT $2{{skip_locked}}",
                        {creditor, limit});
  while (rows.next()) found.push_back(opened(creditor, rows));
  return found;
}

std::optional<RawEvent> Inbox::claim(CreditorId creditor, InboxId id) {
  auto rows = db_.query("SELECT id, source, event_key, received_at, body FROM inbox WHERE creditor_id=$1 AND id=$2 AND state='new'{{skip_locked}}",
                        {creditor, id});
  return rows.next() ? std::optional(opened(creditor, rows)) : std::nullopt;
}

std::optional<Instant> Inbox::oldest(CreditorId creditor) {
  auto rows = db_.query("SELECT received_at FROM inbox WHERE creditor_id=$1 AND state='new' ORDER BY id LIMIT 1", {creditor});
  return rows.next() ? std::optional(rows.instant(0)) : std::nullopt;
}

int64_t Inbox::backlog(CreditorId creditor) {
  auto rows = db_.query("SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE creditor_id=$1 AND state='new' LIMIT 100000) AS b", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::mark_done(const RawEvent& event) {
  db_.run("UPDATE inbox SET state='done', body=$3 WHERE creditor_id=$1 AND id=$2", {event.creditor_id, event.id, Bytes{""}});
}

void Inbox::mark_poison(const RawEvent& event, std::string_view why) {
  db_.run("UPDATE inbox SET state='poison', detail=$3 WHERE creditor_id=$1 AND id=$2", {event.creditor_id, event.id, why});
}

int64_t Inbox::poison_count(CreditorId creditor) {
  auto rows = db_.query("SELECT COUNT(*) FROM inbox WHERE creditor_id=$1 AND state='poison'", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::forget_done(CreditorId creditor, Instant received_before, int limit) {
  db_.run("DELETE FROM inbox WHERE creditor_id=$1 AND id IN (SELECT id FROM inbox WHERE creditor_id=$1 AND state='done' AND received_at < $2 LIMIT $3)",
          {creditor, received_before, limit});
}

}  // namespace puntual::store
