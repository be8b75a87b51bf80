// What was agreed: nobody is dunned for it meanwhile, it adds up, and how it ended follows from the
// ledger.
#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "sim/oracle.h"

namespace puntual::sim {
namespace {

constexpr int64_t kHousesClocksMs = 5 * kSecondMs;
constexpr int64_t kForgottenMs = 8 * kDayMs;  // A house may be down for days.

std::vector<int64_t> numbers_in(std::string_view text) {
  std::vector<int64_t> numbers;
  for (const char *at = text.data(), *end = at + text.size(); at < end; ++at) {
    int64_t value = 0;
    at = std::from_chars(at, end, value).ptr;
    numbers.push_back(value);
  }
  return numbers;
}

struct Sums {
  int64_t paid = 0, owed = 0;
  int64_t ever_paid = 0;   // Without what was taken back,
  int64_t taken_back = 0;  // which is this, of payments.
};

// Of these invoices up to a moment, by the entries alone.
Sums sums_until(Tx& tx, CreditorId creditor, const std::vector<int64_t>& invoices,
                int64_t until_ms) {
  Sums sums;
  for (const auto invoice : invoices) {
    auto rows = tx.db.query(
        "SELECT debit, credit, amount_minor FROM ledger_entry WHERE creditor_id = $1 AND "
        "invoice_id = $2 AND at <= $3",
        {creditor, invoice, until_ms});
    while (rows.next()) {
      const bool lowers = rows.view(1) == "receivable";
      if (!lowers && rows.view(0) != "receivable") continue;
      const int64_t minor = lowers ? -rows.integer(2) : rows.integer(2);
      const std::string_view other = rows.view(lowers ? 0 : 1);
      sums.owed += minor;
      if (other == "invoiced" || other == "discounts" || other == "written_off" ||
          other == "charges")
        continue;
      sums.paid -= minor;
      if (lowers) sums.ever_paid += rows.integer(2);
      if (!lowers && (other == "cash" || other == "unapplied")) sums.taken_back += rows.integer(2);
    }
  }
  return sums;
}

}  // namespace

// INV-03. Its own reminder names its own key, and asks for no more than is owed.
void Oracle::check_agreed(Tx& tx, const Row& message, Instant now) {
  if (message.purpose != Purpose::PreDue && message.purpose != Purpose::Overdue) return;
  auto rows = tx.db.query(
      "SELECT a.id, a.covered, a.made_at, SUM(i.amount_minor) FROM agreement a JOIN instalment i "
      "ON i.creditor_id = a.creditor_id AND "
      "i.agreement_id = a.id WHERE a.creditor_id = $1 AND a.debtor_id = $2 AND a.state = 'active' "
      "GROUP BY a.id, a.covered, a.made_at",
      {creditor_.id, message.debtor});
  const bool is_own = message.key.starts_with("agreement:");
  if (!rows.next()) {
    if (is_own)
      violation("INV-03", now, Never::Other,
                fmt::format("message {} ({}): of an agreement that has ended", message.id.value,
                            message.key));
    return;
  }
  const auto covered = numbers_in(rows.view(1)), named = numbers_in(message.covered);
  if (is_own && message.key.starts_with(fmt::format("agreement:{}:", rows.integer(0)))) {
    const Sums before = sums_until(tx, creditor_.id, covered, rows.integer(2) - kHousesClocksMs),
               known = sums_until(tx, creditor_.id, covered, now.ms);
    if (rows.integer(3) - (known.paid - before.paid) <= known.owed) return;
    return violation("INV-03", now, Never::Other,
                     fmt::format("message {} ({}): the agreement asks for more than is owed",
                                 message.id.value, message.key));
  }
  if (std::ranges::any_of(
          named, [&](int64_t id) { return std::ranges::find(covered, id) != covered.end(); })) {
    violation(
        "INV-03", now, Never::Other,
        fmt::format("message {} ({}): about what is agreed on", message.id.value, message.key));
  }
}

void Oracle::check_agreements(Tx& tx, Instant now) {
  struct Seen {
    int64_t id, made_ms, total;
    std::string state;
    std::vector<int64_t> covered;
    std::optional<Instant> ended;
    CivilDate last;
    DebtorId debtor;
  };
  std::vector<Seen> all;
  auto rows = tx.db.query(
      "SELECT a.id, a.made_at, a.state, a.covered, a.ended_at, SUM(i.amount_minor), MAX(i.due_on), "
      "a.debtor_id FROM agreement a JOIN "
      "instalment i ON i.creditor_id = a.creditor_id AND i.agreement_id = a.id WHERE a.creditor_id "
      "= $1 "
      "GROUP BY a.id, a.made_at, a.state, a.covered, a.ended_at, a.debtor_id ORDER BY a.id",
      {creditor_.id});
  while (rows.next()) {
    all.push_back({.id = rows.integer(0),
                   .made_ms = rows.integer(1),
                   .total = rows.integer(5),
                   .state = rows.text(2),
                   .covered = numbers_in(rows.view(3)),
                   .ended = rows.maybe_instant(4),
                   .last = rows.date(6),
                   .debtor = rows.id<DebtorId>(7)});
  }
  for (const auto& seen : all) {
    const auto wrong = [&](std::string_view what) {
      violation("INV-14", now, Never::Ledger,
                fmt::format("agreement {} ({}): {}", seen.id, seen.state, what));
    };
    std::optional<int64_t> agreed;
    auto records = tx.db.query(
        "SELECT facts FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND kind = "
        "'agreement_made'",
        {creditor_.id, seen.debtor});
    while (records.next()) {
      const auto facts = parse_json(records.view(0));
      if (facts && text_in(*facts, "agreement") == std::to_string(seen.id))
        agreed = member_int(*facts, "total_minor");
    }
    if (agreed != seen.total) wrong("its instalments are not what was recorded as agreed");
    if (!seen.ended) {
      if (now - Zone::of(creditor_.zone).instant(seen.last + 15, 0) > kForgottenMs)
        wrong("nobody has looked whether it was kept");
      continue;
    }
    const Sums before = sums_until(tx, creditor_.id, seen.covered, seen.made_ms - kHousesClocksMs);
    const Sums late = sums_until(tx, creditor_.id, seen.covered, seen.ended->ms + kHousesClocksMs);
    const Sums early = sums_until(tx, creditor_.id, seen.covered, seen.ended->ms - kHousesClocksMs);
    const Sums made = sums_until(tx, creditor_.id, seen.covered, seen.made_ms + kHousesClocksMs);
    const Sums present = sums_until(tx, creditor_.id, seen.covered, now.ms);
    const bool is_paid_still = present.paid - before.paid >= seen.total || present.owed <= 0;
    if (seen.state == "kept" && late.ever_paid - before.ever_paid < seen.total && late.owed > 0)
      wrong("it was not paid");
    if (seen.state == "kept" && present.taken_back > late.taken_back && !is_paid_still)
      wrong("what it was paid with was taken back");
    // It may have ended so because money was taken back.
    const int64_t paid_at_end = std::min(early.paid, late.paid) - made.paid;
    if (seen.state == "broken" && paid_at_end > 0) wrong("something was paid");
    if (seen.state == "partly_kept" && (late.paid - before.paid <= 0 || paid_at_end >= seen.total))
      wrong("nothing was paid, or all of it");
  }
}

}  // namespace puntual::sim
