#include "store/sql/sql_write_offs.h"

#include <algorithm>
#include <array>

namespace puntual::store {
namespace {

constexpr std::array<std::string_view, 3> kWriteOffStates = {"requested", "approved", "refused"};
#define PUNTUAL_WRITE_OFF_COLUMNS                                                                  \
  "id, creditor_id, debtor_id, invoice_id, amount_minor, why, requested_by, requested_at, state, " \
  "decided_by, decided_at"

std::vector<WriteOff> write_offs_in(Rows rows) {
  std::vector<WriteOff> found;
  while (rows.next()) {
    const auto state = std::ranges::find(kWriteOffStates, rows.view(8)) - kWriteOffStates.begin();
    found.push_back({.id = rows.integer(0),
                     .creditor_id = rows.id<CreditorId>(1),
                     .debtor_id = rows.id<DebtorId>(2),
                     .invoice_id = rows.id<InvoiceId>(3),
                     .amount_minor = rows.integer(4),
                     .why = rows.text(5),
                     .requested_by = rows.text(6),
                     .requested_at = rows.instant(7),
                     .state = static_cast<WriteOffState>(state),
                     .decided_by = rows.text(9),
                     .decided_at = rows.maybe_instant(10)});
  }
  return found;
}

}  // namespace

std::string_view text_of(WriteOffState state) {
  return kWriteOffStates[static_cast<size_t>(state)];
}

bool WriteOffs::request(const WriteOff& w) {
  held_.require(w.debtor_id);
  return db_.run("INSERT INTO write_off (" PUNTUAL_WRITE_OFF_COLUMNS
                 ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) "
                 "ON CONFLICT (creditor_id, invoice_id) WHERE state = 'requested' DO NOTHING",
                 {w.id, w.creditor_id, w.debtor_id, w.invoice_id, w.amount_minor, w.why,
                  w.requested_by, w.requested_at, text_of(w.state), w.decided_by, w.decided_at}) ==
         1;
}

std::optional<WriteOff> WriteOffs::waiting_of(CreditorId creditor, InvoiceId invoice) {
  auto found = write_offs_in(
      db_.query("SELECT " PUNTUAL_WRITE_OFF_COLUMNS
                " FROM write_off WHERE creditor_id=$1 AND invoice_id=$2 AND state='requested'",
                {creditor, invoice}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<WriteOff> WriteOffs::latest(CreditorId creditor, std::optional<WriteOffState> state,
                                        int limit) {
  if (!state)
    return write_offs_in(db_.query("SELECT " PUNTUAL_WRITE_OFF_COLUMNS
                                   " FROM write_off WHERE creditor_id=$1 ORDER BY id DESC LIMIT $2",
                                   {creditor, limit}));
  return write_offs_in(
      db_.query("SELECT " PUNTUAL_WRITE_OFF_COLUMNS
                " FROM write_off WHERE creditor_id=$1 AND state=$2 ORDER BY id DESC LIMIT $3",
                {creditor, text_of(*state), limit}));
}

bool WriteOffs::decide(const WriteOff& w) {
  held_.require(w.debtor_id);
  return db_.run(
             "UPDATE write_off SET state=$3, amount_minor=$4, decided_by=$5, decided_at=$6 WHERE "
             "creditor_id=$1 AND id=$2 AND state='requested'",
             {w.creditor_id, w.id, text_of(w.state), w.amount_minor, w.decided_by, w.decided_at}) ==
         1;
}

}  // namespace puntual::store
