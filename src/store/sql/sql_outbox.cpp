#include "store/sql/sql_outbox.h"

#include <array>
#include <charconv>

#include "core/messaging/attempt_id.h"
#include "core/strategy/caps.h"
#include "store/fields.h"

namespace puntual::store {
namespace {

#define PUNTUAL_OUTBOX_COLUMNS                                                               \
  "id, creditor_id, debtor_id, dedupe_key, state, purpose, kind, template, language, step, " \
  "strategy_version, "                                                                       \
  "template_version, pack_version, lead_invoice_id, covered, payment_id, balance_minor, "    \
  "currency, "                                                                               \
  "ttl_seconds, planned_at, not_before, expires_at, attempts, attempt_id, in_flight_at, "    \
  "deadline_at, platform_id, "                                                               \
  "error_code, reasons, salt, channel, attach"
#define PUNTUAL_OUTBOX_CONTENT \
  ", (SELECT content FROM outbox_content c WHERE c.creditor_id=$1 AND c.id=outbox.id)"

constexpr char kInsertMessage[] =
    "INSERT INTO outbox (id, creditor_id, debtor_id, dedupe_key, state, purpose, urgent, kind, "
    "template, language, step, "
    "strategy_version, template_version, pack_version, lead_invoice_id, covered, payment_id, "
    "balance_minor, currency, "
    "ttl_seconds, planned_at, not_before, expires_at, reasons, channel, queue, attach) VALUES "
    "($1,$2,$3,$4,'planned',$5,$23,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,"
    "$24,$25,$26) "
    "ON CONFLICT (creditor_id, dedupe_key) DO NOTHING";
const RowsInto kInsertContent("outbox_content (id, creditor_id, content)", 3);
constexpr char kFindMessage[] = "SELECT " PUNTUAL_OUTBOX_COLUMNS PUNTUAL_OUTBOX_CONTENT
                                " FROM outbox WHERE creditor_id=$1 AND id=$2";
constexpr char kFindByKey[] = "SELECT " PUNTUAL_OUTBOX_COLUMNS PUNTUAL_OUTBOX_CONTENT
                              " FROM outbox WHERE creditor_id=$1 AND dedupe_key=$2";
constexpr char kFindByAttempt[] = "SELECT " PUNTUAL_OUTBOX_COLUMNS
                                  " FROM outbox WHERE creditor_id=$1 AND id=$2 AND attempt_id=$3";
constexpr char kFindByPlatform[] =
    "SELECT " PUNTUAL_OUTBOX_COLUMNS
    " FROM outbox WHERE creditor_id=$1 AND platform_id=$2 AND platform_id <> ''";
constexpr char kOfDebtor[] =
    "SELECT " PUNTUAL_OUTBOX_COLUMNS PUNTUAL_OUTBOX_CONTENT
    " FROM outbox WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY planned_at, id";
// As may_have_left (core/messaging/outbox_message.h) has it.
constexpr char kNewestLeft[] =
    "SELECT " PUNTUAL_OUTBOX_COLUMNS PUNTUAL_OUTBOX_CONTENT
    " FROM {{people_2}} outbox WHERE creditor_id=$1 AND debtor_id {{among_2}} AND id=(SELECT o.id "
    "FROM outbox o WHERE o.creditor_id=$1 AND o.debtor_id=outbox.debtor_id AND o.state NOT IN "
    "('planned','rejected','cancelled','expired') ORDER BY o.in_flight_at DESC, o.id DESC LIMIT 1)";
constexpr char kPlannedOf[] = "SELECT " PUNTUAL_OUTBOX_COLUMNS
                              " FROM {{people_2}} outbox WHERE creditor_id=$1 AND debtor_id "
                              "{{among_2}} AND state='planned' ORDER BY planned_at, id";
// With the key that opens the row.
constexpr char kDueMessages[] =
    "SELECT " PUNTUAL_OUTBOX_COLUMNS PUNTUAL_OUTBOX_CONTENT
    ", (SELECT wrapped FROM person_key k WHERE k.creditor_id=$1 AND k.id=outbox.debtor_id) FROM "
    "outbox WHERE creditor_id=$1 AND state='planned' AND queue=$5 AND urgent=$4 AND not_before <= "
    "$2 ORDER BY not_before, id LIMIT $3{{skip_locked}}";
constexpr char kHistory[] =
    "SELECT debtor_id, in_flight_at, purpose, state, channel FROM {{people_2}} outbox WHERE "
    "creditor_id=$1 AND debtor_id {{among_2}} "
    "AND in_flight_at IS NOT NULL ORDER BY in_flight_at";
// A move of several messages in one statement: PostgreSQL answers each, and is waited for. `set`
// and `from` speak of a row of values called moved, whose first two columns are creditor and id.
class MoveOfMany {
 public:
  MoveOfMany(size_t columns, std::string_view set, std::string_view from) : columns_(columns) {
    for (size_t i = 0; i < kTogether.size(); ++i)
      texts_.push_back(Sql::kept(fmt::format(
          "UPDATE outbox SET {} FROM (VALUES {}) AS moved WHERE outbox.creditor_id=moved.column1 "
          "AND outbox.id=moved.column2 AND {} RETURNING id",
          set, RowsInto::rows(columns, kTogether[i]), from)));
  }
  // In as few statements as there may be; gives who has moved.
  [[nodiscard]] IdSet run(Connection& db, std::span<const Param> left) const {
    IdSet moved;
    for (size_t i = 0; i < kTogether.size(); ++i) {
      const size_t size = columns_ * kTogether[i];
      for (; left.size() >= size; left = left.subspan(size)) {
        for (auto rows = db.query(texts_[i], left.first(size)); rows.next();)
          moved.add(rows.integer(0));
      }
    }
    return moved;
  }

 private:
  static constexpr std::array<size_t, 3> kTogether = {32, 8, 1};
  size_t columns_;
  std::vector<Sql> texts_;  // As kTogether.
};
const MoveOfMany kToInFlight(
    8,
    "state='in_flight', attempt_id=moved.column3, in_flight_at=moved.column4, "
    "deadline_at=moved.column5, pack_version=moved.column6, attempts=attempts+1, reasons='', "
    "salt=moved.column7, node=moved.column8",
    "state='planned'");
// The platform's id contains the person's number. An attempt whose salt is gone is of somebody who
// was forgotten meanwhile.
const MoveOfMany kToAccepted(
    4, "state='accepted', platform_id=CASE WHEN salt <> '' THEN moved.column4 ELSE '' END",
    "attempt_id=moved.column3 AND state IN ('in_flight','uncertain')");
constexpr char kSetStatus[] =
    "UPDATE outbox SET state=$6, platform_id=CASE WHEN platform_id='' AND salt <> '' THEN $3 ELSE "
    "platform_id END, "
    "delivered_at=CASE WHEN $6 IN ('delivered','read') AND delivered_at IS NULL THEN $4 ELSE "
    "delivered_at END, "
    "read_at=CASE WHEN $6='read' AND read_at IS NULL THEN $4 ELSE read_at END, "
    "ended_at=CASE WHEN $6='failed' THEN $4 ELSE ended_at END, in_flight_at=COALESCE(in_flight_at, "
    "$4), "
    "error_code=CASE WHEN $5<>0 THEN $5 ELSE error_code END WHERE creditor_id=$1 AND id=$2 AND "
    "state=$7";

std::string ids_text(const std::vector<InvoiceId>& ids) {
  std::string text;
  for (const auto id : ids) text += fmt::format("{}{}", text.empty() ? "" : " ", id.value);
  return text;
}

std::vector<InvoiceId> ids_of(std::string_view text) {
  std::vector<InvoiceId> ids;
  const char* at = text.data();
  const char* end = text.data() + text.size();
  while (at < end) {
    InvoiceId id;
    const auto [next, error] = std::from_chars(at, end, id.value);
    if (error != std::errc{}) break;
    ids.push_back(id);
    at = next < end ? next + 1 : next;
  }
  return ids;
}

OutboxMessage message_of(const Rows& row) {
  OutboxMessage m;
  m.id = row.id<MessageId>(0);
  m.creditor_id = row.id<CreditorId>(1);
  m.debtor_id = row.id<DebtorId>(2);
  m.dedupe_key = row.text(3);
  m.state = message_state_of(row.view(4));
  m.purpose = purpose_of(row.view(5)).value_or(Purpose::Overdue);
  m.kind = row.text(6);
  m.template_name = row.text(7);
  m.language = row.text(8);
  m.step = row.text(9);
  m.strategy_version = row.text(10);
  m.template_version = row.text(11);
  m.pack_version = row.text(12);
  m.lead_invoice_id = row.id<InvoiceId>(13);
  m.covered = ids_of(row.view(14));
  m.payment_id = row.id<PaymentId>(15);
  m.balance = {row.integer(16), row.view(17).empty() ? Currency() : Currency::of(row.view(17))};
  m.ttl_seconds = row.integer(18);
  m.planned_at = row.instant(19);
  m.not_before = row.instant(20);
  m.expires_at = row.instant(21);
  m.attempts = row.int32(22);
  m.attempt_id = row.text(23);
  m.in_flight_at = row.maybe_instant(24);
  m.deadline_at = row.maybe_instant(25);
  m.platform_id = row.text(26);
  m.error_code = row.int32(27);
  m.reasons = row.text(28);
  m.salt = row.text(29);
  m.channel = channel_of(row.view(30)).value_or(Channel::WhatsApp);
  m.attach = row.text(31);
  return m;
}

Queue queue_of(const OutboxMessage& m) {
  return m.channel != Channel::WhatsApp ? Queue::Invitation
         : !m.attach.empty()            ? Queue::Page
                                        : Queue::Words;
}
int64_t number_of(Queue queue) { return static_cast<int64_t>(queue); }

Place place_of_outbox(const OutboxMessage& m) {
  return {.table = "outbox", .creditor_id = m.creditor_id, .row = m.id.value};
}

std::string content_of(PersonKeys& keys, const OutboxMessage& m) {
  return keys.seal(place_of_outbox(m), m.debtor_id, pack({m.text, m.body, m.made_of}));
}

MovedMessage moved_of(const Rows& row) {
  return {row.id<MessageId>(0), row.id<CreditorId>(1), row.id<DebtorId>(2)};
}

std::vector<MovedMessage> all_moved(Rows rows) {
  std::vector<MovedMessage> moved;
  while (rows.next()) moved.push_back(moved_of(rows));
  return moved;
}

}  // namespace

OutboxMessage Outbox::opened(const Rows& row) {
  OutboxMessage m = message_of(row);
  auto [text, body, made_of] =
      unpack<3>(keys_.open(place_of_outbox(m), m.debtor_id, row.bytes(32)));
  m.text = std::move(text);
  m.body = std::move(body);
  m.made_of = std::move(made_of);
  return m;
}

bool Outbox::insert(const OutboxMessage& m) {
  held_.require(m.debtor_id);
  const bool is_new = db_.run(kInsertMessage, {m.id,
                                               m.creditor_id,
                                               m.debtor_id,
                                               m.dedupe_key,
                                               text_of(m.purpose),
                                               m.kind,
                                               m.template_name,
                                               m.language,
                                               m.step,
                                               m.strategy_version,
                                               m.template_version,
                                               m.pack_version,
                                               m.lead_invoice_id,
                                               ids_text(m.covered),
                                               m.payment_id,
                                               m.balance.minor,
                                               m.balance.currency.code(),
                                               m.ttl_seconds,
                                               m.planned_at,
                                               m.not_before,
                                               m.expires_at,
                                               m.reasons,
                                               !is_collection(m.purpose),
                                               text_of(m.channel),
                                               number_of(queue_of(m)),
                                               m.attach}) == 1;
  if (is_new) db_.insert(kInsertContent, {m.id, m.creditor_id, Bytes{content_of(keys_, m)}});
  return is_new;
}

std::optional<OutboxMessage> Outbox::find(CreditorId creditor, MessageId id) {
  auto rows = db_.query(kFindMessage, {creditor, id});
  return rows.next() ? std::optional(opened(rows)) : std::nullopt;
}

std::optional<OutboxMessage> Outbox::find_by_key(CreditorId creditor, std::string_view dedupe_key) {
  auto rows = db_.query(kFindByKey, {creditor, dedupe_key});
  return rows.next() ? std::optional(opened(rows)) : std::nullopt;
}

std::optional<OutboxMessage> Outbox::find_by_attempt(CreditorId creditor,
                                                     std::string_view attempt_id) {
  const auto id = messaging::message_of_attempt(attempt_id);
  if (!id) return std::nullopt;
  auto rows = db_.query(kFindByAttempt, {creditor, *id, attempt_id});
  return rows.next() ? std::optional(message_of(rows)) : std::nullopt;
}

std::optional<OutboxMessage> Outbox::find_by_platform_id(CreditorId creditor,
                                                         std::string_view platform_id) {
  auto rows = db_.query(kFindByPlatform, {creditor, platform_id});
  return rows.next() ? std::optional(message_of(rows)) : std::nullopt;
}

std::vector<OutboxMessage> Outbox::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<OutboxMessage> found;
  for (auto rows = db_.query(kOfDebtor, {creditor, debtor}); rows.next();)
    found.push_back(opened(rows));
  return found;
}

std::vector<std::optional<OutboxMessage>> Outbox::newest_left(CreditorId creditor,
                                                              const People& people) {
  std::vector<std::optional<OutboxMessage>> found(people.size());
  for (auto rows = db_.query(kNewestLeft, {creditor, people.text()}); rows.next();)
    found[people.place_of(rows.id<DebtorId>(2))] = opened(rows);
  return found;
}

std::vector<std::vector<OutboxMessage>> Outbox::planned_of(CreditorId creditor,
                                                           const People& people) {
  std::vector<std::vector<OutboxMessage>> found(people.size());
  for (auto rows = db_.query(kPlannedOf, {creditor, people.text()}); rows.next();) {
    found[people.place_of(rows.id<DebtorId>(2))].push_back(message_of(rows));
  }
  return found;
}

std::vector<OutboxMessage> Outbox::due(CreditorId creditor, Instant now, Queue queue, int limit) {
  std::vector<OutboxMessage> found;
  for (const bool urgent : {true, false}) {
    const int room = limit - static_cast<int>(found.size());
    if (room <= 0) break;
    for (auto rows = db_.query(kDueMessages, {creditor, now, room, urgent, number_of(queue)});
         rows.next();) {
      keys_.learn(creditor, rows.id<DebtorId>(2), rows.bytes(33));
      found.push_back(opened(rows));
    }
  }
  return found;
}

// Of a queue, or of any: one look into the index for each urgency, all in one statement.
std::optional<Instant> Outbox::next_due(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT MIN(at) FROM (SELECT (SELECT MIN(not_before) FROM outbox WHERE creditor_id=$1 AND "
      "state='planned' AND queue=lane.column1 AND urgent=lane.column2) AS at "
      "FROM (VALUES (0,0),(0,1),(1,0),(1,1),(2,0),(2,1)) AS lane) AS nearest",
      {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::optional<Instant> Outbox::next_due(CreditorId creditor, Queue queue) {
  auto rows = db_.query(
      "SELECT MIN(at) FROM (SELECT (SELECT MIN(not_before) FROM outbox WHERE creditor_id=$1 AND "
      "state='planned' AND queue=$2 AND urgent=lane.column1) AS at "
      "FROM (VALUES (0),(1)) AS lane) AS nearest",
      {creditor, number_of(queue)});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::vector<Outbox::Past> Outbox::history(CreditorId creditor, const People& people,
                                          Instant since) {
  std::vector<Past> found(people.size());
  for (auto rows = db_.query(kHistory, {creditor, people.text()}); rows.next();) {
    Past& past = found[people.place_of(rows.id<DebtorId>(0))];
    past.has_written = true;
    if (rows.instant(1) < since) continue;
    past.contacts.push_back({.at = rows.instant(1),
                             .direction = Direction::Out,
                             .channel = channel_of(rows.view(4)).value_or(Channel::WhatsApp),
                             .purpose = purpose_of(rows.view(2)).value_or(Purpose::Overdue),
                             .status = contact_status_of(message_state_of(rows.view(3)))});
  }
  return found;
}

std::vector<Outbox::Invited> Outbox::invited_since(CreditorId creditor, DebtorId debtor,
                                                   Instant since) {
  std::vector<Invited> found;
  auto rows = db_.query(
      "SELECT channel, state FROM outbox WHERE creditor_id=$1 AND debtor_id=$2 AND channel <> "
      "'whatsapp' "
      "AND COALESCE(in_flight_at, ended_at, planned_at) > $3 AND state NOT IN "
      "('cancelled','expired')",
      {creditor, debtor, since});
  while (rows.next())
    found.push_back({channel_of(rows.view(0)).value_or(Channel::Email),
                     rows.view(1) == text_of(MessageState::Rejected)});
  return found;
}

bool Outbox::has_reached(CreditorId creditor, DebtorId debtor, Instant from, Instant before) {
  return db_
      .query(
          "SELECT 1 FROM outbox WHERE creditor_id=$1 AND debtor_id=$2 AND urgent = 0 AND "
          "delivered_at >= $3 AND delivered_at < $4 LIMIT 1",
          {creditor, debtor, from, before})
      .next();
}

IdSet Outbox::to_in_flight(CreditorId creditor, std::span<const Departure> departures, Instant now,
                           Instant deadline) {
  std::vector<Param> rows;
  for (const auto& [id, debtor, attempt, pack_version] : departures) {
    held_.require(debtor);
    rows.insert(rows.end(), {creditor, id, attempt.id, now, deadline, pack_version, attempt.salt,
                             attempt.node});
  }
  return kToInFlight.run(db_, rows);
}

IdSet Outbox::to_accepted(std::span<const Acceptance> acceptances) {
  std::vector<Param> rows;
  for (const auto& [creditor, id, attempt_id, platform_id] : acceptances)
    rows.insert(rows.end(), {creditor, id, attempt_id, platform_id});
  return kToAccepted.run(db_, rows);
}

bool Outbox::to_planned_again(CreditorId creditor, MessageId id, std::string_view attempt_id,
                              Instant not_before, int32_t error_code) {
  return db_.run(
             "UPDATE outbox SET state='planned', in_flight_at=NULL, deadline_at=NULL, "
             "not_before=$4, error_code=$5 "
             "WHERE creditor_id=$1 AND id=$2 AND attempt_id=$3 AND state='in_flight'",
             {creditor, id, attempt_id, not_before, error_code}) == 1;
}

bool Outbox::to_rejected(CreditorId creditor, MessageId id, std::string_view attempt_id,
                         Instant now, int32_t error_code) {
  return db_.run(
             "UPDATE outbox SET state='rejected', in_flight_at=NULL, ended_at=$4, error_code=$5 "
             "WHERE creditor_id=$1 AND id=$2 AND attempt_id=$3 AND state='in_flight'",
             {creditor, id, attempt_id, now, error_code}) == 1;
}

bool Outbox::to_uncertain(CreditorId creditor, MessageId id, std::string_view attempt_id,
                          int32_t error_code) {
  return db_.run(
             "UPDATE outbox SET state='uncertain', error_code=$4 WHERE creditor_id=$1 AND id=$2 "
             "AND attempt_id=$3 AND state='in_flight'",
             {creditor, id, attempt_id, error_code}) == 1;
}

bool Outbox::to_cancelled(CreditorId creditor, MessageId id, Instant now,
                          std::string_view reasons) {
  return db_.run(
             "UPDATE outbox SET state='cancelled', ended_at=$3, reasons=$4 WHERE creditor_id=$1 "
             "AND id=$2 "
             "AND state='planned'",
             {creditor, id, now, reasons}) == 1;
}

bool Outbox::to_expired(CreditorId creditor, MessageId id, Instant now, std::string_view reasons) {
  return db_.run(
             "UPDATE outbox SET state='expired', ended_at=$3, reasons=$4 WHERE creditor_id=$1 AND "
             "id=$2 "
             "AND state='planned'",
             {creditor, id, now, reasons}) == 1;
}

void Outbox::postpone(CreditorId creditor, MessageId id, Instant not_before,
                      std::string_view reasons) {
  db_.run(
      "UPDATE outbox SET not_before=$3, reasons=$4 WHERE creditor_id=$1 AND id=$2 AND "
      "state='planned'",
      {creditor, id, not_before, reasons});
}

void Outbox::release_waiting(CreditorId creditor, std::string_view name, std::string_view language,
                             Instant now) {
  db_.run(
      "UPDATE outbox SET not_before=$4 WHERE creditor_id=$1 AND state='planned' AND not_before > "
      "$4 AND template=$2 "
      "AND language=$3 AND reasons LIKE 'TEMPLATE_%'",
      {creditor, name, language, now});
}

bool Outbox::set_status(CreditorId creditor, MessageId id, MessageState from, MessageState to,
                        std::string_view platform_id, Instant at, int32_t error_code) {
  return db_.run(kSetStatus,
                 {creditor, id, platform_id, at, error_code, text_of(to), text_of(from)}) == 1;
}

std::vector<MessageId> Outbox::cancel_planned(CreditorId creditor, DebtorId debtor,
                                              bool collection_only, Instant now,
                                              std::string_view why, std::string_view except_step) {
  held_.require(debtor);
  std::vector<MessageId> cancelled;
  auto rows = db_.query(
      "UPDATE outbox SET state='cancelled', ended_at=$4, reasons=$5 WHERE creditor_id=$1 AND "
      "debtor_id=$2 "
      "AND state='planned' AND purpose <> 'optout_ack' "
      "AND ($3 = 0 OR urgent = 0) AND ($6 = '' OR step <> $6) RETURNING id",
      {creditor, debtor, collection_only, now, why, except_step});
  while (rows.next()) cancelled.push_back(rows.id<MessageId>(0));
  return cancelled;
}

std::vector<MessageId> Outbox::cancel_planned_about(CreditorId creditor, DebtorId debtor,
                                                    InvoiceId lead, Instant now,
                                                    std::string_view why) {
  held_.require(debtor);
  std::vector<MessageId> cancelled;
  auto rows = db_.query(
      "UPDATE outbox SET state='cancelled', ended_at=$4, reasons=$5 WHERE creditor_id=$1 AND "
      "debtor_id=$2 "
      "AND lead_invoice_id=$3 AND state='planned' AND urgent=0 RETURNING id",
      {creditor, debtor, lead, now, why});
  while (rows.next()) cancelled.push_back(rows.id<MessageId>(0));
  return cancelled;
}

void Outbox::rewrite(const OutboxMessage& m) {
  const bool is_planned =
      db_.run(
          "UPDATE outbox SET template=$3, language=$4, template_version=$5, covered=$6, "
          "balance_minor=$7, "
          "ttl_seconds=$8, attach=$9, queue=$10 WHERE creditor_id=$1 AND id=$2 AND state='planned'",
          {m.creditor_id, m.id, m.template_name, m.language, m.template_version,
           ids_text(m.covered), m.balance.minor, m.ttl_seconds, m.attach,
           number_of(queue_of(m))}) == 1;
  if (is_planned)
    db_.run("UPDATE outbox_content SET content=$3 WHERE creditor_id=$1 AND id=$2",
            {m.creditor_id, m.id, Bytes{content_of(keys_, m)}});
}

std::vector<MovedMessage> Outbox::rescue_in_flight_of(CreditorId creditor, int node) {
  return all_moved(db_.query(
      "UPDATE outbox SET state='uncertain' WHERE creditor_id=$1 AND state='in_flight' AND node=$2 "
      "RETURNING id, creditor_id, debtor_id",
      {creditor, node}));
}

std::vector<MovedMessage> Outbox::rescue_in_flight(CreditorId creditor, Instant deadline_before) {
  return all_moved(
      db_.query("UPDATE outbox SET state='uncertain' WHERE creditor_id=$1 AND state='in_flight' "
                "AND deadline_at < $2 "
                "RETURNING id, creditor_id, debtor_id",
                {creditor, deadline_before}));
}

std::vector<MovedMessage> Outbox::give_up_uncertain(CreditorId creditor, Instant in_flight_before) {
  return all_moved(
      db_.query("UPDATE outbox SET state='unconfirmed' WHERE creditor_id=$1 AND state='uncertain' "
                "AND in_flight_at < $2 "
                "RETURNING id, creditor_id, debtor_id",
                {creditor, in_flight_before}));
}

int64_t Outbox::count(CreditorId creditor, MessageState state) {
  auto rows = db_.query("SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND state=$2",
                        {creditor, text_of(state)});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace puntual::store
