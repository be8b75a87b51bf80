#include "store/sql/sql_record_pages.h"

namespace puntual::store {
namespace {

constexpr char kPaymentPage[] =
    "SELECT id FROM payment WHERE creditor_id=$1 AND id < $2 ORDER BY id DESC LIMIT $3";
constexpr char kUnappliedPage[] =
    "SELECT id FROM payment WHERE creditor_id=$1 AND id < $2 AND unapplied_minor > 0 ORDER BY id "
    "DESC LIMIT $3";

template <class AnyId>
std::vector<AnyId> ids_in(Rows rows) {
  std::vector<AnyId> found;
  while (rows.next()) found.push_back(rows.id<AnyId>(0));
  return found;
}

}  // namespace

std::vector<PaymentId> RecordPages::payments(CreditorId creditor, bool is_unapplied,
                                             const RecordPage& page) {
  return ids_in<PaymentId>(db_.query(is_unapplied ? Sql(kUnappliedPage) : Sql(kPaymentPage),
                                     {creditor, page.before, page.limit}));
}

std::vector<NamedCount> RecordPages::agreement_states(CreditorId creditor) {
  std::vector<NamedCount> found;
  auto rows = db_.query(
      "SELECT state, COUNT(*) FROM agreement WHERE creditor_id=$1 GROUP BY state ORDER BY state",
      {creditor});
  while (rows.next()) found.push_back({rows.text(0), rows.integer(1)});
  return found;
}

std::vector<AgreementId> RecordPages::agreements(CreditorId creditor,
                                                 std::optional<AgreementState> state,
                                                 const RecordPage& page) {
  return ids_in<AgreementId>(
      db_.query("SELECT id FROM agreement WHERE creditor_id=$1 AND ($2='' OR state=$2) AND id < $3 "
                "ORDER BY id DESC LIMIT $4",
                {creditor, state ? text_of(*state) : std::string_view(), page.before, page.limit}));
}

int64_t RecordPages::opted_out_people(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(DISTINCT debtor_id) FROM opt_out WHERE creditor_id=$1 AND lifted_at=0",
      {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<RecentOptOut> RecordPages::latest_opt_outs(CreditorId creditor, int limit) {
  std::vector<RecentOptOut> found;
  auto rows = db_.query(
      "SELECT debtor_id, channel, at, through FROM opt_out WHERE creditor_id=$1 AND lifted_at=0 "
      "ORDER BY at DESC, debtor_id LIMIT $2",
      {creditor, limit});
  while (rows.next())
    found.push_back({rows.id<DebtorId>(0), rows.text(1), rows.instant(2), rows.text(3)});
  return found;
}

std::vector<ReadRecord> RecordPages::reads(CreditorId creditor, const RecordPage& page) {
  std::vector<ReadRecord> found;
  auto rows = db_.query(
      "SELECT id, debtor_id, at, kind, detail, facts FROM timeline WHERE creditor_id=$1 AND (kind "
      "= 'data_read' OR kind = 'table_exported' OR kind = 'exported') AND id < $2 "
      "ORDER BY id DESC LIMIT $3",
      {creditor, page.before, page.limit});
  while (rows.next())
    found.push_back({rows.integer(0), rows.id<DebtorId>(1), rows.instant(2), rows.text(3),
                     rows.text(4), rows.text(5)});
  return found;
}

}  // namespace puntual::store
