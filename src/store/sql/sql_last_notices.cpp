#include "store/sql/sql_last_notices.h"

namespace puntual::store {
namespace {

constexpr std::string_view kStates[] = {"asked", "released",
                                        "held"};  // In the order of NoticeState.

}  // namespace

void LastNotices::decide(CreditorId creditor, const Invoice& invoice, int32_t step_day,
                         const LastNoticeDecision& decision, Instant now) {
  db_.run(
      "INSERT INTO last_notice (creditor_id, invoice_id, due_on, step_day, decision, decided_by, "
      "decided_at, why) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) "
      "ON CONFLICT (creditor_id, invoice_id, step_day, due_on) DO UPDATE SET "
      "decision=excluded.decision, decided_by=excluded.decided_by, "
      "decided_at=excluded.decided_at, why=excluded.why",
      {creditor, invoice.id, invoice.due_on, step_day, kStates[static_cast<size_t>(decision.state)],
       decision.by, now, decision.why});
}

std::string LastNotices::asked_by(CreditorId creditor, const Invoice& invoice, int32_t step_day) {
  auto rows = db_.query(
      "SELECT decided_by FROM last_notice WHERE creditor_id=$1 AND invoice_id=$2 AND due_on=$3 AND "
      "step_day=$4 AND decision='asked'",
      {creditor, invoice.id, invoice.due_on, step_day});
  return rows.next() ? rows.text(0) : std::string();
}

void LastNotices::tell(CreditorId creditor, std::vector<Invoice>& invoices) {
  for (auto& invoice : invoices) {
    if (!invoice.due_on) continue;
    auto rows = db_.query(
        "SELECT step_day, decision FROM last_notice WHERE creditor_id=$1 AND invoice_id=$2 AND "
        "due_on=$3 AND decision<>'asked'",
        {creditor, invoice.id, invoice.due_on});
    while (rows.next())
      (rows.text(1) == "released" ? invoice.released_notice_day : invoice.held_notice_day) =
          static_cast<int32_t>(rows.integer(0));
  }
}

std::vector<DebtorId> LastNotices::waiting(CreditorId creditor, DebtorId after, int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT id FROM debtor WHERE creditor_id=$1 AND silence='needs_review' AND id > $2 ORDER BY "
      "id LIMIT $3",
      {creditor, after, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

int64_t LastNotices::count_waiting(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM debtor WHERE creditor_id=$1 AND silence='needs_review'", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace puntual::store
