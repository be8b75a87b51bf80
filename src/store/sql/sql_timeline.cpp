#include "store/sql/sql_timeline.h"

namespace puntual::store {
namespace {

TimelineEvent event_of(const Rows& rows) {
  return {rows.integer(0), rows.id<CreditorId>(1), rows.id<DebtorId>(2), rows.instant(3), rows.text(4),
          rows.id<MessageId>(5), rows.id<InvoiceId>(6), rows.id<PaymentId>(7), rows.text(8)};
}

}  // namespace

void Timeline::append(const TimelineEvent& e, IdSource& ids) {
  db_.run("INSERT INTO timeline (id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail) "
          "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
          {ids.next<Id<TimelineEvent>>(e.at), e.creditor_id, e.debtor_id, e.at, e.kind, e.message_id, e.invoice_id,
           e.payment_id, e.detail});
}

std::vector<TimelineEvent> Timeline::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<TimelineEvent> found;
  auto rows = db_.query("SELECT id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail FROM timeline "
                        "WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
                        {creditor, debtor});
  while (rows.next()) found.push_back(event_of(rows));
  return found;
}

std::vector<TimelineEvent> Timeline::latest(CreditorId creditor, int64_t after_id, int limit) {
  std::vector<TimelineEvent> found;
  auto rows = db_.query("SELECT id, creditor_id, debtor_id, at, kind, message_id, invoice_id, payment_id, detail FROM timeline "
                        "WHERE creditor_id=$1 AND id > $2 ORDER BY id DESC LIMIT $3",
                        {creditor, after_id, limit});
  while (rows.next()) found.push_back(event_of(rows));
  return found;
}

}  // namespace puntual::store
