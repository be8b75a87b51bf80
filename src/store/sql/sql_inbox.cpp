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

std::vector<RawEvent> Inbox::unprocessed(CreditorId creditor, int limit) {
  std::vector<RawEvent> found;
  auto rows = db_.query("SELECT id, source, event_key, received_at, body FROM inbox WHERE creditor_id=$1 AND state='new' ORDER BY id LIMIT $2",
                        {creditor, limit});
  while (rows.next()) {
    RawEvent event{creditor, rows.id<InboxId>(0), rows.text(1), rows.text(2), rows.instant(3), {}};
    auto body = vault_.open(key_of_day(vault_, event.received_at), place_of_event(event.id), rows.bytes(4));
    // What was changed in the database cannot be understood, and is set aside as such.
    event.body = std::move(body).value_or("");
    found.push_back(std::move(event));
  }
  return found;
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
