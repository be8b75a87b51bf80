#include "store/sql/sql_retention.h"

namespace puntual::store {
namespace {

constexpr char kClosedPeople[] =
    "SELECT d.id FROM debtor d WHERE d.creditor_id=$1 AND d.id > $4 AND d.created_at < $3 "
    "AND (d.last_inbound_at IS NULL OR d.last_inbound_at < $3) "
    "AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.creditor_id=d.creditor_id AND "
    "i.debtor_id=d.id "
    "AND (i.balance_minor > 0 OR i.settled_on IS NULL OR i.settled_on >= $2)) "
    "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.creditor_id=d.creditor_id AND o.debtor_id=d.id "
    "AND o.planned_at >= $3) "
    "AND NOT EXISTS (SELECT 1 FROM task t WHERE t.creditor_id=d.creditor_id AND t.debtor_id=d.id "
    "AND (t.closed_at IS NULL OR t.closed_at >= $3)) "
    "AND NOT EXISTS (SELECT 1 FROM note n WHERE n.creditor_id=d.creditor_id AND n.debtor_id=d.id "
    "AND n.at >= $3) "
    "AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.creditor_id=d.creditor_id AND "
    "a.debtor_id=d.id AND (a.ended_at IS NULL OR a.ended_at >= $3)) "
    "AND (d.erased_at IS NULL OR EXISTS (SELECT 1 FROM outbox o WHERE o.creditor_id=d.creditor_id "
    "AND o.debtor_id=d.id) "
    "OR EXISTS (SELECT 1 FROM consent c WHERE c.creditor_id=d.creditor_id AND c.debtor_id=d.id) "
    "OR EXISTS (SELECT 1 FROM conversation_message m WHERE m.creditor_id=d.creditor_id AND "
    "m.debtor_id=d.id)) "
    "ORDER BY d.id LIMIT $5";

// What stands elsewhere of what people said: that it was said, and when, stays; the words, sealed,
// become empty. A task that waits keeps its own until it is closed, a dialogue what it knows while
// there is something to answer.
constexpr Sql kBlankOld[] = {
    "UPDATE task SET summary=$2 WHERE creditor_id=$1 AND closed_at < $3 AND summary<>$2",
    "UPDATE note SET content=$2 WHERE creditor_id=$1 AND at < $3 AND content<>$2",
    "UPDATE opt_out SET words=$2 WHERE creditor_id=$1 AND at < $3 AND words<>$2",
    "UPDATE dialogue SET state=$2 WHERE creditor_id=$1 AND state<>$2 AND debtor_id IN "
    "(SELECT id FROM debtor WHERE creditor_id=$1 AND last_inbound_at < $3)",
};
constexpr Sql kBlankOf[] = {
    "UPDATE task SET summary=$2 WHERE creditor_id=$1 AND debtor_id=$3",
    "UPDATE note SET content=$2 WHERE creditor_id=$1 AND debtor_id=$3",
    "UPDATE opt_out SET words=$2 WHERE creditor_id=$1 AND debtor_id=$3",
    "UPDATE dialogue SET state=$2 WHERE creditor_id=$1 AND debtor_id=$3",
};

// Of whom nothing is known but that they wrote; and what names no sender at all.
#define PUNTUAL_OF_STRANGERS \
  "(debtor_id=0 OR debtor_id IN (SELECT id FROM debtor WHERE creditor_id=$1 AND stranger=1))"

#define PUNTUAL_NOBODYS_LINES                                                                    \
  "creditor_id=$1 AND debtor_id=0 AND words<>$2 AND file_id IN (SELECT id FROM bank_file WHERE " \
  "creditor_id=$1 AND received_at < $3)"

int64_t one_number(Rows rows) { return rows.next() ? rows.integer(0) : 0; }

}  // namespace

int64_t Retention::count_conversation(CreditorId creditor, Instant before) {
  return one_number(
      db_.query("SELECT COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND debtor_id<>0 "
                "AND received_at < $2",
                {creditor, before}));
}

int64_t Retention::count_unknown(CreditorId creditor, Instant before) {
  return one_number(db_.query(
      "SELECT COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND " PUNTUAL_OF_STRANGERS
      " AND received_at < $2",
      {creditor, before}));
}

int64_t Retention::forget_conversation(CreditorId creditor, Instant before, int limit) {
  db_.run("DELETE FROM attachment WHERE creditor_id=$1 AND received_at < $2", {creditor, before});
  for (const Sql blank : kBlankOld) db_.run(blank, {creditor, Bytes{""}, before});
  return db_.run(
      "DELETE FROM conversation_message WHERE creditor_id=$1 AND id IN (SELECT id FROM "
      "conversation_message "
      "WHERE creditor_id=$1 AND debtor_id<>0 AND received_at < $2 LIMIT $3)",
      {creditor, before, limit});
}

int64_t Retention::forget_unknown(CreditorId creditor, Instant before, int limit) {
  static const std::vector<Sql> kBlanks = [] {
    std::vector<Sql> made;
    for (const Sql blank : kBlankOld)
      made.push_back(Sql::kept(fmt::format("{} AND {}", blank.text(), PUNTUAL_OF_STRANGERS)));
    return made;
  }();
  for (const Sql blank : kBlanks) db_.run(blank, {creditor, Bytes{""}, before});
  return db_.run(
      "DELETE FROM conversation_message WHERE creditor_id=$1 AND id IN (SELECT id FROM "
      "conversation_message "
      "WHERE creditor_id=$1 AND " PUNTUAL_OF_STRANGERS " AND received_at < $2 LIMIT $3)",
      {creditor, before, limit});
}

int64_t Retention::count_bank_words(CreditorId creditor, Instant before) {
  return one_number(db_.query("SELECT COUNT(*) FROM bank_line WHERE " PUNTUAL_NOBODYS_LINES,
                              {creditor, Bytes{""}, before}));
}

int64_t Retention::forget_bank_words(CreditorId creditor, Instant before, int limit) {
  return db_.run(
      "UPDATE bank_line SET words=$2 WHERE creditor_id=$1 AND id IN (SELECT id FROM bank_line "
      "WHERE " PUNTUAL_NOBODYS_LINES " LIMIT $4)",
      {creditor, Bytes{""}, before, limit});
}

std::vector<DebtorId> Retention::closed_people(CreditorId creditor, CivilDate closed_before,
                                               Instant before, DebtorId after, int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(kClosedPeople, {creditor, closed_before, before, after, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

void Retention::forget_conversation_of(CreditorId creditor, DebtorId debtor) {
  db_.run("DELETE FROM attachment WHERE creditor_id=$1 AND debtor_id=$2", {creditor, debtor});
  db_.run("DELETE FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, debtor});
  for (const Sql blank : kBlankOf) db_.run(blank, {creditor, Bytes{""}, debtor});
}

void Retention::forget_contact_log(CreditorId creditor, DebtorId debtor) {
  db_.run(
      "DELETE FROM outbox_content WHERE creditor_id=$1 AND id IN (SELECT id FROM outbox WHERE "
      "creditor_id=$1 AND debtor_id=$2)",
      {creditor, debtor});
  db_.run(
      "DELETE FROM thanked_payment WHERE creditor_id=$1 AND message_id IN (SELECT id FROM outbox "
      "WHERE creditor_id=$1 AND debtor_id=$2)",
      {creditor, debtor});
  db_.run("DELETE FROM outbox WHERE creditor_id=$1 AND debtor_id=$2", {creditor, debtor});
  forget_conversation_of(creditor, debtor);
  db_.run("DELETE FROM consent WHERE creditor_id=$1 AND debtor_id=$2", {creditor, debtor});
}

}  // namespace puntual::store
