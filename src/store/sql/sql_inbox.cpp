#include "store/sql/sql_inbox.h"

namespace puntual::store {
namespace {

// A key a day: no key seals more than is safe.
Secret key_of_day(Vault& vault, Instant at) { return vault.key_for("raw events", at.ms / kDayMs); }

Place place_of_event(const RawEvent& event) {
  return {.table = "inbox",
          .creditor_id = event.creditor_id,
          .row = event.received_at.ms,
          .part = std::string_view(event.event_key).substr(0, 32)};
}

// The most of a row's time goes into its statement: so many rows share one.
constexpr size_t kRowsTogether = 16;

std::string insert_of(size_t rows) {
  std::string sql =
      "INSERT INTO inbox (creditor_id, id, source, event_key, received_at, body, state) VALUES ";
  for (size_t i = 0, param = 1; i < rows; ++i, param += 6) {
    sql += fmt::format("{}(${},${},${},${},${},${},'new')", i == 0 ? "" : ",", param, param + 1,
                       param + 2, param + 3, param + 4, param + 5);
  }
  return sql;
}

}  // namespace

std::string sealed_body(Vault& vault, const RawEvent& event) {
  return vault.seal(key_of_day(vault, event.received_at), place_of_event(event), event.body);
}

void Inbox::append(std::span<const RawEvent> sealed) {
  static const Sql one = Sql::kept(insert_of(1)), many = Sql::kept(insert_of(kRowsTogether));
  std::vector<Param> params;
  while (!sealed.empty()) {
    const auto now = sealed.first(sealed.size() < kRowsTogether ? 1 : kRowsTogether);
    params.clear();
    for (const auto& event : now) {
      params.insert(params.end(), {event.creditor_id, event.id, event.source, event.event_key,
                                   event.received_at, Bytes{event.body}});
    }
    db_.run(now.size() == 1 ? one : many, params);
    sealed = sealed.subspan(now.size());
  }
}

bool Inbox::drop_repeated(const RawEvent& event) {
  {
    auto rows = db_.query(
        "SELECT 1 FROM inbox WHERE creditor_id=$1 AND source=$2 AND event_key=$3 AND state <> "
        "'new'",
        {event.creditor_id, event.source, event.event_key});
    if (!rows.next()) return false;
  }
  db_.run("DELETE FROM inbox WHERE creditor_id=$1 AND id=$2 AND state='new'",
          {event.creditor_id, event.id});
  return true;
}

RawEvent Inbox::opened(CreditorId creditor, const Rows& row) {
  RawEvent event{creditor, row.id<InboxId>(0), row.text(1), row.text(2), row.instant(3), {}};
  auto body =
      vault_.open(key_of_day(vault_, event.received_at), place_of_event(event), row.bytes(4));
  // What was changed in the database cannot be understood, and is set aside as such.
  event.body = std::move(body).value_or("");
  return event;
}

std::vector<RawEvent> Inbox::claim(CreditorId creditor, int limit) {
  std::vector<RawEvent> found;
  auto rows = db_.query(
      "SELECT id, source, event_key, received_at, body FROM inbox WHERE creditor_id=$1 AND "
      "state='new' ORDER BY id "
      "LIMIT $2{{skip_locked}}",
      {creditor, limit});
  while (rows.next()) found.push_back(opened(creditor, rows));
  return found;
}

std::optional<RawEvent> Inbox::claim(CreditorId creditor, InboxId id) {
  auto rows = db_.query(
      "SELECT id, source, event_key, received_at, body FROM inbox WHERE creditor_id=$1 AND id=$2 "
      "AND state='new'{{skip_locked}}",
      {creditor, id});
  return rows.next() ? std::optional(opened(creditor, rows)) : std::nullopt;
}

std::optional<Instant> Inbox::oldest(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT received_at FROM inbox WHERE creditor_id=$1 AND state='new' ORDER BY id LIMIT 1",
      {creditor});
  return rows.next() ? std::optional(rows.instant(0)) : std::nullopt;
}

int64_t Inbox::backlog(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE creditor_id=$1 AND state='new' LIMIT "
      "100000) AS b",
      {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::mark_done(const RawEvent& event) {
  db_.run("UPDATE inbox SET state='done', body=$3 WHERE creditor_id=$1 AND id=$2",
          {event.creditor_id, event.id, Bytes{""}});
}

void Inbox::mark_poison(const RawEvent& event, std::string_view why) {
  db_.run("UPDATE inbox SET state='poison', detail=$3 WHERE creditor_id=$1 AND id=$2",
          {event.creditor_id, event.id, why});
}

void Inbox::put_last(const RawEvent& event, InboxId id, std::string_view why) {
  db_.run("UPDATE inbox SET id=$3, detail=$4 WHERE creditor_id=$1 AND id=$2",
          {event.creditor_id, event.id, id, why});
}

int64_t Inbox::poison_count(CreditorId creditor) {
  auto rows =
      db_.query("SELECT COUNT(*) FROM inbox WHERE creditor_id=$1 AND state='poison'", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

void Inbox::forget_done(CreditorId creditor, Instant received_before, int limit) {
  db_.run(
      "DELETE FROM inbox WHERE creditor_id=$1 AND id IN (SELECT id FROM inbox WHERE creditor_id=$1 "
      "AND state='done' AND received_at < $2 LIMIT $3)",
      {creditor, received_before, limit});
}

}  // namespace puntual::store
