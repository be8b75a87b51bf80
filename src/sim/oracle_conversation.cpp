// What people wrote: nothing of it is lost, a question is not met with silence, a stranger learns
// nothing, and what the machine agrees to stays within what the creditor wrote.
#include <algorithm>

#include "base/phone.h"
#include "sim/oracle.h"

namespace puntual::sim {
namespace {

constexpr int64_t kAskedLatelyMs =
    36 * kHourMs;  // Each is looked at once or twice, at the end of a day.

int64_t count_of(Tx& tx, store::Sql sql, std::initializer_list<store::Param> values) {
  auto rows = tx.db.query(sql, values);
  return rows.next() ? rows.integer(0) : 0;
}

std::string last_records(Tx& tx, CreditorId creditor, DebtorId debtor, Instant since) {
  std::string records;
  auto rows = tx.db.query(
      "SELECT at, kind, detail FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND at >= "
      "$3 ORDER BY id LIMIT 12",
      {creditor, debtor, since + (-kDayMs)});
  while (rows.next())
    records += fmt::format(" {} {} {},", format_utc(rows.instant(0)), rows.view(1), rows.view(2));
  return records;
}

// An id carries its moment (base/id.h).
Instant made_at(int64_t id) { return Instant{1'577'836'800'000 + (id >> 22)}; }

bool names_money(std::string_view text) {
  return text.contains("$") || text.contains("S/") || text.contains("COP") || text.contains("PEN");
}

}  // namespace

// INV-18 for answers: to a number that is not proven no sum is told, by the plain text of it.
void Oracle::check_stranger(Tx& tx, const Row& message, Instant now) {
  if (message.purpose != Purpose::Reply && message.purpose != Purpose::IdentityCheck) return;
  const auto debtor = tx.debtors.find(creditor_.id, message.debtor);
  const auto sent = tx.outbox.find(creditor_.id, message.id);
  if (!debtor || !sent || message.key.starts_with("person:"))
    return;  // Who speaks as a person knows with whom.
  const auto address = tx.addresses.find(
      creditor_.id, debtor->id,
      debtor->phone.empty() ? debtor->user_id : canonical_of_wa_id(debtor->phone));
  const bool is_proven = address && address->state == AddressState::Confirmed;
  if (!is_proven && names_money(sent->text))
    violation(
        "INV-18", now, Never::Other,
        fmt::format("message {} ({}): a sum to an unproven number", message.id.value, message.key));
}

// Whoever wrote was answered, obeyed, handed over, or it is recorded why not.
void Oracle::check_turns(Tx& tx, Instant now) {
  struct Said {
    int64_t id;
    DebtorId debtor;
    Instant at;
    std::string type;
  };
  std::vector<Said> said;
  const Instant from = now + (-(patience_ms_ + kAskedLatelyMs)), to = now + (-patience_ms_);
  {
    auto rows = tx.db.query(
        "SELECT id, debtor_id, received_at, type FROM conversation_message WHERE creditor_id = $1 "
        "AND debtor_id <> 0 AND direction = 'in' "
        "AND received_at > $2 AND received_at <= $3 AND type IN ('text', 'button', 'interactive', "
        "'image', 'audio')",
        {creditor_.id, from, to});
    while (rows.next())
      said.push_back({.id = rows.integer(0),
                      .debtor = rows.id<DebtorId>(1),
                      .at = std::max(rows.instant(2), made_at(rows.integer(0))),
                      .type = rows.text(3)});
  }
  for (const auto& one : said) {
    const Instant until = one.at + patience_ms_;
    // A person has the conversation, or they want none.
    const auto is_with_somebody = [&](DebtorId record) {
      return count_of(tx,
                      "SELECT COUNT(*) FROM suspension WHERE creditor_id = $1 AND debtor_id = $2 "
                      "AND kind = 'person' AND since <= $4 AND "
                      "(ended_at IS NULL OR ended_at >= $3) AND (until IS NULL OR until >= $3)",
                      {creditor_.id, record, one.at, until}) != 0 ||
             count_of(tx,
                      "SELECT COUNT(*) FROM opt_out WHERE creditor_id = $1 AND debtor_id = $2 AND "
                      "at <= $3 AND (lifted_at = 0 OR lifted_at >= $4)",
                      {creditor_.id, record, until, one.at}) != 0;
    };
    // Understood is not yet answered: what was to be said may have died on its way, and then a task
    // must tell so.
    const bool is_understood =
        count_of(tx,
                 "SELECT COUNT(*) FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND at "
                 ">= $3 AND at <= $4 AND kind = 'understood'",
                 {creditor_.id, one.debtor, one.at, until}) != 0;
    const bool is_answer_lost =
        count_of(tx,
                 "SELECT COUNT(*) FROM outbox WHERE creditor_id = $1 AND debtor_id = $2 AND "
                 "planned_at >= $3 AND planned_at <= $4 "
                 "AND dedupe_key LIKE 'turn:%' AND purpose = 'reply' AND state IN ('expired', "
                 "'cancelled', 'rejected', 'failed', 'unconfirmed')",
                 {creditor_.id, one.debtor, one.at, until}) != 0;
    const bool is_told =
        count_of(tx,
                 "SELECT COUNT(*) FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND at "
                 ">= $3 AND kind IN ('task_opened', 'turn_retaken')",
                 {creditor_.id, one.debtor, one.at}) != 0;
    const bool is_dealt_with =
        count_of(tx,
                 "SELECT COUNT(*) FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND at "
                 ">= $3 AND at <= $4 AND kind IN "
                 "('task_opened', 'opted_out', 'opt_out_doubt', 'deceased_doubt', "
                 "'identity_wrong', 'identity_other', 'identity_doubt', 'turn_failed')",
                 {creditor_.id, one.debtor, one.at, until}) != 0 ||
        // They said that it is they: that is a record of their number.
        count_of(tx,
                 "SELECT COUNT(*) FROM timeline WHERE creditor_id = $1 AND debtor_id = $2 AND at "
                 ">= $3 AND at <= $4 AND kind = 'address' AND detail = 'confirmed answer'",
                 {creditor_.id, one.debtor, one.at, until}) != 0 ||
        (is_understood && (!is_answer_lost || is_told)) ||
        count_of(tx,
                 "SELECT COUNT(*) FROM task WHERE creditor_id = $1 AND debtor_id = $2 AND "
                 "opened_at <= $3 AND (closed_at IS NULL OR closed_at >= $4)",
                 {creditor_.id, one.debtor, until, one.at}) != 0 ||
        std::ranges::any_of(linked(tx, one.debtor), is_with_somebody) ||
        std::ranges::any_of(tx.debtors.kin(*tx.debtors.find(creditor_.id, one.debtor)),
                            is_with_somebody, &store::Kin::id) ||
        count_of(tx,
                 "SELECT COUNT(*) FROM address WHERE creditor_id = $1 AND debtor_id = $2 AND state "
                 "IN ('wrong', 'other_person')",
                 {creditor_.id, one.debtor}) != 0;
    if (!is_dealt_with) {
      violation(
          "INV-09", now, Never::Other,
          fmt::format("what person {} wrote at {} ({} {}) led to nothing; known of them since:{}",
                      one.debtor.value, format_utc(one.at), one.type, one.id,
                      last_records(tx, creditor_.id, one.debtor, one.at)));
    }
    const bool is_heard = count_of(tx,
                                   "SELECT COUNT(*) FROM dialogue WHERE creditor_id = $1 AND "
                                   "debtor_id = $2 AND heard_to >= $3",
                                   {creditor_.id, one.debtor, one.id}) != 0;
    const bool waits = count_of(tx,
                                "SELECT COUNT(*) FROM dialogue WHERE creditor_id = $1 AND "
                                "debtor_id = $2 AND turn_due_at IS NOT NULL",
                                {creditor_.id, one.debtor}) != 0;
    // Whom no file has named is left to a person: that is the task above.
    const bool is_stranger =
        count_of(tx,
                 "SELECT COUNT(*) FROM debtor WHERE creditor_id = $1 AND id = $2 AND stranger = 1",
                 {creditor_.id, one.debtor}) != 0;
    if (!is_heard && !waits && !is_stranger)
      violation("INV-09", now, Never::Other,
                fmt::format("no turn has heard what person {} wrote at {}", one.debtor.value,
                            format_utc(one.at)));
  }
}

// What the machine agreed to by itself, against the widest of the written mandates.
void Oracle::check_mandates(Tx& tx, Instant now) {
  if (mandates_.empty()) return;
  const auto widest = [&](int32_t Mandate::*limit) {
    return std::ranges::max(mandates_, {}, limit).*limit;
  };
  auto rows = tx.db.query(
      "SELECT a.id, a.made_at, a.discount_minor, a.charged_before_minor - a.paid_before_minor, "
      "COUNT(*), SUM(i.amount_minor), MAX(i.due_on), "
      "MIN(i.amount_minor) FROM agreement a JOIN instalment i ON i.creditor_id = a.creditor_id AND "
      "i.agreement_id = a.id WHERE a.creditor_id = $1 "
      "AND a.through = 'chat' GROUP BY a.id, a.made_at, a.discount_minor, a.charged_before_minor, "
      "a.paid_before_minor ORDER BY a.id",
      {creditor_.id});
  const Zone zone = Zone::of(creditor_.zone);
  while (rows.next()) {
    const int64_t id = rows.integer(0), discount = rows.integer(2), owed = rows.integer(3),
                  parts = rows.integer(4), total = rows.integer(5);
    const int64_t days = rows.date(6) - zone.local(rows.instant(1)).date;
    const auto beyond = [&](std::string_view what) {
      violation("INV-03", now, Never::Other,
                fmt::format("agreement {} is beyond every mandate: {}", id, what));
    };
    if (parts > widest(&Mandate::instalments_max)) beyond("too many instalments");
    if (days >
        (parts > 1 ? widest(&Mandate::plan_days_max) : widest(&Mandate::promise_days_max)) + 1)
      beyond("too late");
    if (discount * 100 > owed * widest(&Mandate::discount_percent)) beyond("a discount");
    if (total + discount > owed) beyond("more than is owed");
    if (parts > 1 && total + discount != owed)
      beyond("a plan that does not add up to what is owed");
    if (parts == 1 &&
        total * 100 <
            owed *
                std::ranges::min(mandates_, {}, &Mandate::promise_percent_min).promise_percent_min)
      beyond("too little");
  }
}

}  // namespace puntual::sim
