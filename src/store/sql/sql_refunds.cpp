#include "store/sql/sql_refunds.h"

#include "base/names.h"

namespace puntual {
namespace {

constexpr Names<RefundState, 4> kRefundStates = {
    {{{"requested"}, {"wanted"}, {"given"}, {"refused"}}}};
#define PUNTUAL_REFUND_COLUMNS                                                        \
  "id, creditor_id, debtor_id, payment_id, provider, provider_payment_id, currency, " \
  "amount_minor, before_minor, at, told_by, why, "                                    \
  "state, next_try_at, tries, trouble, approved_by"

}  // namespace

std::string_view text_of(RefundState state) { return kRefundStates.text(state); }

namespace store {

void Refunds::add(const Refund& r) {
  held_.require(r.debtor_id);
  db_.run("INSERT INTO refund (" PUNTUAL_REFUND_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
          {r.id, r.creditor_id, r.debtor_id, r.payment_id, r.provider, r.provider_payment_id,
           r.amount.currency.code(), r.amount.minor, r.before_minor, r.at, r.by, r.why,
           text_of(r.state), r.next_try_at, r.tries, r.trouble, r.approved_by});
}

void Refunds::save(const Refund& r) {
  held_.require(r.debtor_id);
  db_.run(
      "UPDATE refund SET state=$3, next_try_at=$4, tries=$5, trouble=$6, approved_by=$7 WHERE "
      "creditor_id=$1 AND id=$2",
      {r.creditor_id, r.id, text_of(r.state), r.next_try_at, r.tries, r.trouble, r.approved_by});
}

std::optional<Refund> Refunds::find(CreditorId creditor, int64_t id) {
  auto found = all_in(db_.query("SELECT " PUNTUAL_REFUND_COLUMNS
                                " FROM refund WHERE creditor_id=$1 AND id=$2",
                                {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Refund> Refunds::of_payment(CreditorId creditor, PaymentId payment) {
  return all_in(db_.query("SELECT " PUNTUAL_REFUND_COLUMNS
                          " FROM refund WHERE creditor_id=$1 AND payment_id=$2 ORDER BY id",
                          {creditor, payment}));
}

std::vector<Refund> Refunds::requested(CreditorId creditor, int limit) {
  return all_in(
      db_.query("SELECT " PUNTUAL_REFUND_COLUMNS
                " FROM refund WHERE creditor_id=$1 AND state='requested' ORDER BY id LIMIT $2",
                {creditor, limit}));
}

std::vector<Refund> Refunds::due(CreditorId creditor, Instant now, int limit) {
  return all_in(db_.query(
      "SELECT " PUNTUAL_REFUND_COLUMNS
      " FROM refund WHERE creditor_id=$1 AND next_try_at <= $2 ORDER BY next_try_at, id LIMIT $3",
      {creditor, now, limit}));
}

std::vector<Refund> Refunds::all_in(Rows rows) {
  std::vector<Refund> found;
  while (rows.next()) {
    const auto state = kRefundStates.find(rows.view(12));
    PUNTUAL_CHECK(state.has_value());
    found.push_back({.id = rows.integer(0),
                     .creditor_id = rows.id<CreditorId>(1),
                     .debtor_id = rows.id<DebtorId>(2),
                     .payment_id = rows.id<PaymentId>(3),
                     .provider = rows.text(4),
                     .provider_payment_id = rows.text(5),
                     .amount = {rows.integer(7), Currency::of(rows.view(6))},
                     .before_minor = rows.integer(8),
                     .at = rows.instant(9),
                     .by = rows.text(10),
                     .why = rows.text(11),
                     .state = *state,
                     .next_try_at = rows.maybe_instant(13),
                     .tries = rows.int32(14),
                     .trouble = rows.text(15),
                     .approved_by = rows.text(16)});
  }
  return found;
}

}  // namespace store
}  // namespace puntual
