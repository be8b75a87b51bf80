#include "store/sql/sql_timeline.h"

#include <algorithm>
#include <map>

#include "base/crypto.h"
#include "core/events/event.h"

namespace puntual::store {
namespace {

#define PUNTUAL_TIMELINE_COLUMNS \
  "id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail, facts, hash"

const RowsInto kInsertEvent("timeline (" PUNTUAL_TIMELINE_COLUMNS ")", 11);

const RowsInto kInsertDelivery("webhook_delivery (creditor_id, endpoint_id, event_id, next_try_at)",
                               4);

#define PUNTUAL_ENDPOINTS_IN_USE \
  "FROM webhook_endpoint e WHERE e.creditor_id=$1 AND e.disabled_at IS NULL"

TimelineEvent event_of(const Rows& rows) {
  return {rows.integer(0), rows.id<CreditorId>(1), rows.id<DebtorId>(2),  rows.instant(3),
          rows.text(4),    rows.id<MessageId>(5),  rows.id<InvoiceId>(6), rows.id<PaymentId>(7),
          rows.text(8),    rows.text(9),           rows.text(10)};
}

std::vector<TimelineEvent> all_of(Rows rows) {
  std::vector<TimelineEvent> found;
  while (rows.next()) found.push_back(event_of(rows));
  return found;
}

}  // namespace

Timeline::Head& Timeline::head_of(const audit::ChainId& chain) {
  const auto known = std::ranges::find(heads_, chain, &Head::chain);
  if (known != heads_.end()) return *known;
  Head head{.chain = chain, .id = 0, .hash = std::string(audit::kGenesis), .hearers = {}};
  // Whether anybody hears is asked along with it: where nobody does, which is most houses, it costs
  // no statement of its own.
  bool has_hearers = true;
  if (auto rows =
          db_.query("SELECT id, hash, (SELECT COUNT(*) " PUNTUAL_ENDPOINTS_IN_USE ") FROM timeline "
                    "WHERE creditor_id=$1 AND ((id >> 16) & 63) = $2 ORDER BY id DESC LIMIT 1",
                    {chain.creditor, chain.node});
      rows.next()) {
    head.id = rows.integer(0);
    head.hash = rows.text(1);
    has_hearers = rows.integer(2) > 0;
  }
  if (has_hearers) {
    auto rows = db_.query("SELECT e.id, e.types " PUNTUAL_ENDPOINTS_IN_USE, {chain.creditor});
    while (rows.next())
      head.hearers.push_back({.endpoint = rows.integer(0), .types = rows.text(1)});
  }
  return heads_.emplace_back(std::move(head));
}

void Timeline::tell(const Head& head, const TimelineEvent& event) {
  const std::string_view type = head.hearers.empty() ? std::string_view() : events::type_of(event);
  if (type.empty() || type == events::kTestType) return;
  for (const auto& hearer : head.hearers) {
    if (events::is_wanted(hearer.types, type))
      db_.insert(kInsertDelivery, {event.creditor_id, hearer.endpoint, event.id, event.at});
  }
}

int64_t Timeline::append(TimelineEvent e, IdSource& ids) {
  Head& head = head_of({e.creditor_id, ids.node()});
  ids.continue_after(
      head.id);  // Whatever the clock says: the order of ids is the order of the chain.
  e.id = ids.next<Id<TimelineEvent>>(e.at).value;
  e.hash = audit::hash_of(head.hash, e);
  db_.insert(kInsertEvent, {e.id, e.creditor_id, e.debtor_id, e.at, e.kind, e.message_id,
                            e.invoice_id, e.payment_id, e.detail, e.facts, e.hash});
  tell(head, e);
  head.id = e.id;
  head.hash = std::move(e.hash);
  return head.id;
}

std::vector<TimelineEvent> Timeline::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_of(db_.query("SELECT " PUNTUAL_TIMELINE_COLUMNS
                          " FROM timeline WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
                          {creditor, debtor}));
}

std::vector<TimelineEvent> Timeline::of_message(CreditorId creditor, DebtorId debtor,
                                                MessageId message) {
  return all_of(db_.query("SELECT " PUNTUAL_TIMELINE_COLUMNS
                          " FROM timeline WHERE creditor_id=$1 AND debtor_id=$2 "
                          "AND message_id=$3 ORDER BY id",
                          {creditor, debtor, message}));
}

std::vector<TimelineEvent> Timeline::latest(CreditorId creditor, int64_t after_id, int limit) {
  return all_of(db_.query("SELECT " PUNTUAL_TIMELINE_COLUMNS
                          " FROM timeline WHERE creditor_id=$1 AND id > $2 "
                          "ORDER BY id DESC LIMIT $3",
                          {creditor, after_id, limit}));
}

bool Timeline::has(CreditorId creditor, int64_t id) {
  return db_.query("SELECT 1 FROM timeline WHERE creditor_id=$1 AND id=$2", {creditor, id}).next();
}

std::string Timeline::hash_before(const TimelineEvent& event) {
  const audit::ChainId chain = audit::chain_of(event);
  auto rows = db_.query(
      "SELECT hash FROM timeline WHERE creditor_id=$1 AND id < $2 AND ((id >> 16) & 63) = $3 ORDER "
      "BY id DESC LIMIT 1",
      {chain.creditor, event.id, chain.node});
  return rows.next() ? rows.text(0) : std::string(audit::kGenesis);
}

std::vector<audit::ChainId> Timeline::chains() {
  std::vector<audit::ChainId> found;
  auto rows = db_.query("SELECT DISTINCT creditor_id, (id >> 16) & 63 FROM timeline ORDER BY 1, 2");
  while (rows.next()) found.push_back({rows.id<CreditorId>(0), rows.int32(1)});
  return found;
}

void Timeline::each(const std::function<void(const TimelineEvent&)>& see) {
  auto rows = db_.query("SELECT " PUNTUAL_TIMELINE_COLUMNS " FROM timeline ORDER BY id");
  while (rows.next()) see(event_of(rows));
}

void Timeline::each_between(const audit::ChainId& chain, int64_t after_id, int64_t last_id,
                            const std::function<void(const TimelineEvent&)>& see) {
  auto rows = db_.query("SELECT " PUNTUAL_TIMELINE_COLUMNS
                        " FROM timeline WHERE creditor_id=$1 AND id > $2 AND id <= $3 "
                        "AND ((id >> 16) & 63) = $4 ORDER BY id",
                        {chain.creditor, after_id, last_id, chain.node});
  while (rows.next()) see(event_of(rows));
}

void Timeline::keep_anchor(const audit::Anchor& a) {
  db_.run(
      "INSERT INTO audit_anchor (creditor_id, node, last_id, at, first_id, count, head, after_id, "
      "merkle_root) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (creditor_id, node, last_id) DO NOTHING",
      {a.chain.creditor, a.chain.node, a.last_id, a.at, a.first_id, a.count, a.head, a.after_id,
       a.merkle_root});
}

std::vector<audit::Anchor> Timeline::anchors() {
  std::vector<audit::Anchor> found;
  auto rows = db_.query(
      "SELECT creditor_id, node, last_id, at, first_id, count, head, after_id, merkle_root FROM "
      "audit_anchor "
      "ORDER BY creditor_id, node, last_id");
  while (rows.next()) {
    found.push_back({.chain = {rows.id<CreditorId>(0), rows.int32(1)},
                     .at = rows.instant(3),
                     .first_id = rows.integer(4),
                     .last_id = rows.integer(2),
                     .count = rows.integer(5),
                     .head = rows.text(6),
                     .after_id = rows.integer(7),
                     .merkle_root = rows.text(8)});
  }
  return found;
}

std::vector<audit::Fault> Timeline::unrecorded() {
  std::vector<audit::Fault> found;
  const auto ask = [&](Sql sql, std::string_view whose_es) {
    for (auto rows = db_.query(sql); rows.next();) {
      found.push_back(
          {.chain = {rows.id<CreditorId>(0), 0},
           .record_id = 0,
           .kind = audit::FaultKind::Unrecorded,
           .what_es = fmt::format("{} {} no tiene registro: falta un trozo de la historia",
                                  whose_es, rows.integer(1))});
    }
  };
  ask("SELECT o.creditor_id, o.id FROM outbox o WHERE o.attempts > 0 AND NOT EXISTS (SELECT 1 FROM "
      "timeline t "
      "WHERE t.creditor_id=o.creditor_id AND t.debtor_id=o.debtor_id AND t.message_id=o.id AND "
      "t.kind='sending') "
      "ORDER BY o.id LIMIT 1",
      "el envío del mensaje");
  // What caps and the one message of a day count: when it left, and that it did. One that may be
  // tried later has had several moments.
  ask("SELECT o.creditor_id, o.id FROM outbox o WHERE o.attempts > 0 AND o.in_flight_at IS NOT "
      "NULL AND NOT EXISTS (SELECT 1 FROM timeline t WHERE t.creditor_id=o.creditor_id AND "
      "t.debtor_id=o.debtor_id AND t.message_id=o.id AND ((t.kind='sending' AND "
      "t.at=o.in_flight_at) OR t.kind='try_later')) ORDER BY o.id LIMIT 1",
      "la hora de envío del mensaje");
  ask("SELECT o.creditor_id, o.id FROM outbox o WHERE o.attempts > 0 AND o.state IN ('rejected', "
      "'failed') AND NOT EXISTS (SELECT 1 FROM timeline t WHERE t.creditor_id=o.creditor_id AND "
      "t.debtor_id=o.debtor_id AND t.message_id=o.id AND t.kind=o.state) ORDER BY o.id LIMIT 1",
      "el rechazo del mensaje");
  // That of somebody who came with a file is on the record of the block, made at the same moment as
  // they.
  ask("SELECT c.creditor_id, c.debtor_id FROM consent c WHERE c.act='granted' AND NOT EXISTS "
      "(SELECT 1 FROM timeline t "
      "WHERE t.creditor_id=c.creditor_id AND t.debtor_id=c.debtor_id AND t.kind='consent_granted' "
      "AND t.at=c.recorded_at) "
      "AND NOT ((c.creditor_id, c.recorded_at) IN (SELECT t.creditor_id, t.at FROM timeline t "
      "WHERE t.kind='import') "
      "AND EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id=c.creditor_id AND d.id=c.debtor_id "
      "AND d.created_at=c.recorded_at)) "
      "ORDER BY c.creditor_id, c.debtor_id LIMIT 1",
      "la autorización de la persona");
  // What the person's own record of that moment says of the paper; an erased person's paper is
  // called nothing any more. A file and an agent may tell of two papers in one moment: then that of
  // the file is on its block's record, and the agent's own record still names one of them.
  struct Named {
    CreditorId creditor;
    int64_t debtor = 0, record = 0;
    bool is_found = false;
  };
  std::map<int64_t, Named> papers, records;
  for (auto rows = db_.query(
           "SELECT c.creditor_id, c.debtor_id, t.id, c.instrument, t.facts, c.id, CASE WHEN "
           "d.created_at=c.recorded_at AND EXISTS (SELECT 1 FROM timeline i WHERE "
           "i.creditor_id=c.creditor_id AND i.kind='import' AND i.at=c.recorded_at) THEN 1 ELSE 0 "
           "END FROM consent c "
           "JOIN timeline t ON t.creditor_id=c.creditor_id AND t.debtor_id=c.debtor_id AND "
           "t.at=c.recorded_at "
           "AND t.kind='consent_granted' AND t.detail LIKE c.channel || ' %' AND t.facts LIKE "
           "'%instrument_sha256%' "
           "JOIN debtor d ON d.creditor_id=c.creditor_id AND d.id=c.debtor_id "
           "WHERE c.act='granted' AND (c.instrument <> '' OR d.erased_at IS NULL)");
       rows.next();) {
    const Named of{rows.id<CreditorId>(0), rows.integer(1), rows.integer(2)};
    const bool is_named = rows.view(4).contains(hex(sha256(rows.view(3))));
    Named& paper = papers.try_emplace(rows.integer(5), of).first->second;
    paper.is_found = paper.is_found || is_named || rows.integer(6) != 0;
    Named& record = records.try_emplace(rows.integer(2), of).first->second;
    record.is_found = record.is_found || is_named;
  }
  for (const auto& all : {papers, records}) {
    const auto other =
        std::ranges::find_if(all, [](const auto& one) { return !one.second.is_found; });
    if (other == all.end()) continue;
    found.push_back(
        {.chain = {other->second.creditor, 0},
         .record_id = other->second.record,
         .kind = audit::FaultKind::Unrecorded,
         .what_es = fmt::format(
             "la autorización de la persona {} nombra otro documento que el que se registró",
             other->second.debtor)});
    break;
  }
  ask("SELECT a.creditor_id, a.id FROM agreement a WHERE NOT EXISTS (SELECT 1 FROM timeline t "
      "WHERE t.creditor_id=a.creditor_id AND t.debtor_id=a.debtor_id AND t.kind='agreement_made' "
      "AND t.at=a.made_at) ORDER BY a.id LIMIT 1",
      "el acuerdo");
  // A rest that nobody recorded, or whose end nobody did, was put there by hand.
  ask("SELECT s.creditor_id, s.debtor_id FROM suspension s WHERE NOT EXISTS (SELECT 1 FROM "
      "timeline t WHERE t.creditor_id=s.creditor_id "
      "AND t.debtor_id=s.debtor_id AND t.kind='suspended' AND t.at=s.since AND t.detail LIKE "
      "s.kind || ' %') "
      "OR (s.ended_at IS NOT NULL AND s.ended_through <> 'time' AND NOT EXISTS (SELECT 1 FROM "
      "timeline t WHERE t.creditor_id=s.creditor_id "
      "AND t.debtor_id=s.debtor_id AND t.kind='suspension_ended' AND t.at=s.ended_at AND t.detail "
      "LIKE s.kind || ' %')) "
      "ORDER BY s.creditor_id, s.debtor_id LIMIT 1",
      "un descanso de los recordatorios de la persona, o su fin,");
  // And the other way round: what was recorded is not there any more.
  const auto miss = [&](Sql sql, std::string_view what_es) {
    for (auto rows = db_.query(sql); rows.next();) {
      found.push_back(
          {.chain = {rows.id<CreditorId>(0), 0},
           .record_id = rows.integer(2),
           .kind = audit::FaultKind::Unrecorded,
           .what_es = fmt::format("{} de la persona {} está en la historia y falta en las tablas",
                                  what_es, rows.integer(1))});
    }
  };
  // Gone by retention, with all of a person who owes nothing any more, leaves a record as well.
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='sending' AND NOT "
      "EXISTS (SELECT 1 FROM outbox o WHERE o.creditor_id=t.creditor_id AND o.id=t.message_id AND "
      "o.debtor_id=t.debtor_id AND o.attempts > 0) AND NOT EXISTS (SELECT 1 FROM timeline r WHERE "
      "r.creditor_id=t.creditor_id AND r.debtor_id=t.debtor_id AND r.id > t.id AND "
      "r.kind='retention') ORDER BY t.id LIMIT 1",
      "un mensaje que salió");
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='opted_out' AND NOT "
      "EXISTS (SELECT 1 FROM opt_out o "
      "WHERE o.creditor_id=t.creditor_id AND o.debtor_id=t.debtor_id) ORDER BY t.id LIMIT 1",
      "un alto");
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='right_asked' AND NOT "
      "EXISTS (SELECT 1 FROM rights_request r "
      "WHERE r.creditor_id=t.creditor_id AND r.debtor_id=t.debtor_id AND r.received_at=t.at AND "
      "t.detail LIKE r.kind || ' %') ORDER BY t.id LIMIT 1",
      "un pedido sobre sus datos");
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='flagged' AND NOT "
      "EXISTS (SELECT 1 FROM case_flag f "
      "WHERE f.creditor_id=t.creditor_id AND f.debtor_id=t.debtor_id) ORDER BY t.id LIMIT 1",
      "un hecho de su caso");
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='suspended' AND NOT "
      "EXISTS (SELECT 1 FROM suspension s "
      "WHERE s.creditor_id=t.creditor_id AND s.debtor_id=t.debtor_id AND s.since <= t.at AND "
      "t.detail LIKE s.kind || ' %') ORDER BY t.id LIMIT 1",
      "un descanso de los recordatorios");
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='suspension_ended' AND "
      "NOT EXISTS (SELECT 1 FROM suspension s "
      "WHERE s.creditor_id=t.creditor_id AND s.debtor_id=t.debtor_id AND s.ended_at=t.at AND "
      "t.detail LIKE s.kind || ' %') ORDER BY t.id LIMIT 1",
      "el fin de un descanso");
  // Money: each payment is there with the sum that was recorded, and with its rows of the books.
  miss(
      "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t WHERE t.kind='paid' AND "
      "(t.creditor_id, t.payment_id) NOT IN "
      "(SELECT e.creditor_id, e.payment_id FROM ledger_entry e WHERE e.payment_id <> 0) ORDER BY "
      "t.id LIMIT 1",
      "lo asentado de un pago");
  // What came into the till in that moment is the whole of it; what was given back later has rows
  // of its own.
  for (auto rows = db_.query(
           "SELECT t.creditor_id, t.debtor_id, t.id FROM timeline t JOIN payment p ON "
           "p.creditor_id=t.creditor_id AND p.id=t.payment_id "
           "JOIN ledger_entry e ON e.creditor_id=t.creditor_id AND e.payment_id=t.payment_id AND "
           "e.debit='cash' AND e.at=t.at "
           "WHERE t.kind='paid' GROUP BY t.creditor_id, t.debtor_id, t.id, p.amount_minor "
           "HAVING SUM(e.amount_minor) <> p.amount_minor ORDER BY t.id LIMIT 1");
       rows.next();) {
    found.push_back(
        {.chain = {rows.id<CreditorId>(0), 0},
         .record_id = rows.integer(2),
         .kind = audit::FaultKind::Unrecorded,
         .what_es = fmt::format("lo asentado de un pago de la persona {} no suma lo que llegó",
                                rows.integer(1))});
  }
  for (auto rows = db_.query("SELECT t.creditor_id, t.debtor_id, t.id, t.detail, p.amount_minor, "
                             "p.currency FROM timeline t LEFT JOIN payment p "
                             "ON p.creditor_id=t.creditor_id AND p.id=t.payment_id WHERE "
                             "t.kind='paid' ORDER BY t.id");
       rows.next();) {
    const auto currency = Currency::parse(rows.view(5));
    if (currency && format_plain({rows.integer(4), *currency}) == rows.view(3)) continue;
    found.push_back(
        {.chain = {rows.id<CreditorId>(0), 0},
         .record_id = rows.integer(2),
         .kind = audit::FaultKind::Unrecorded,
         .what_es = fmt::format("un pago de la persona {} no es el que se registró cuando llegó",
                                rows.integer(1))});
    break;
  }
  return found;
}

}  // namespace puntual::store
