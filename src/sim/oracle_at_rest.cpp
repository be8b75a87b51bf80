// What must hold whenever nothing moves: the books, the records, and everything that was
// acknowledged.
#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "engine/audit.h"
#include "sim/oracle.h"

namespace puntual::sim {
namespace {

constexpr int64_t kDeliveriesKeptMs = 7 * kDayMs;
constexpr int64_t kInFlightMaxMs = 8 * kDayMs;

std::string_view text_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}
const json::array* list_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

// Calls see(value) for each change of a webhook; nothing when it is none.
void each_change(std::string_view body, const std::function<void(const json::object&)>& see) {
  const auto document = parse_json(body);
  if (!document || !document->is_object()) return;
  const auto* entries = list_at(document->get_object(), "entry");
  if (entries == nullptr) return;
  for (const auto& entry : *entries) {
    const auto* changes = entry.is_object() ? list_at(entry.get_object(), "changes") : nullptr;
    if (changes == nullptr) continue;
    for (const auto& change : *changes) {
      const auto* value = change.is_object() ? change.get_object().if_contains("value") : nullptr;
      if (value != nullptr && value->is_object()) see(value->get_object());
    }
  }
}

// What comes later in this list says more, in whatever order it is told: "failed" is only believed
// of what was not delivered.
int reach_of(std::string_view state) {
  static constexpr std::string_view kReaches[] = {"", "sent", "failed", "delivered", "read"};
  const auto found = std::ranges::find(kReaches, state);
  return found == std::end(kReaches) ? 0 : static_cast<int>(found - kReaches);
}

// Calls see(attempt id, reach) for each status of a webhook.
void each_status(std::string_view body, const std::function<void(std::string_view, int)>& see) {
  each_change(body, [&](const json::object& value) {
    const auto* statuses = list_at(value, "statuses");
    if (statuses == nullptr) return;
    for (const auto& one : *statuses) {
      if (one.is_object())
        see(text_at(one.get_object(), "biz_opaque_callback_data"),
            reach_of(text_at(one.get_object(), "status")));
    }
  });
}

}  // namespace

// A reader of webhooks of its own, for the two kinds whose loss would be felt.
void Oracle::see_posted(std::string_view body) {
  each_status(body, [&](std::string_view attempt, int reach) {
    int& posted = reported_[std::string(attempt)].posted;
    posted = std::max(posted, reach);
  });
}

void Oracle::see_acknowledged(const std::string& key, std::string_view body, Instant now) {
  acknowledged_.emplace_back(now, key);
  each_status(body, [&](std::string_view attempt, int reach) {
    int& acknowledged = reported_[std::string(attempt)].acknowledged;
    acknowledged = std::max(acknowledged, reach);
  });
  each_change(body, [&](const json::object& value) {
    if (const auto* messages = list_at(value, "messages")) {
      for (const auto& one : *messages) {
        if (one.is_object() && text_at(one.get_object(), "type") != "system")
          said_.emplace(text_at(one.get_object(), "id"));
      }
    }
  });
}

void Oracle::see_payment(const PaymentInput& input) { paid_[input.source_id] = input.amount.minor; }

void Oracle::see_forbidden(DebtorId person, std::string_view why, bool is_forbidden) {
  if (is_forbidden)
    forbidden_[person].emplace(why);
  else
    forbidden_[person].erase(std::string(why));
}

void Oracle::see_everything(Tx& tx, Instant now) {
  see_commit(tx, now);  // What somebody else than a house has written since.
  check_ledger(tx, now);
  check_charges(tx, now);
  check_payments(tx, now);
  check_messages(tx, now);
  check_inbox(tx, now);
  check_conversation(tx, now);
  check_turns(tx, now);
  check_agreements(tx, now);
  check_mandates(tx, now);
  for (const auto& fault : engine::verify_audit(tx, {}).faults) {
    violation("INV-16", now, Never::Other,
              fmt::format("record {}: {}", fault.record_id, fault.what_es));
  }
}

// INV-14. A row is one transfer, so that debits equal credits; what is left is that balances are
// sums.
void Oracle::check_ledger(Tx& tx, Instant now) {
  auto rows = tx.db.query(
      "SELECT i.number, i.balance_minor, COALESCE(e.net, 0) FROM invoice i LEFT JOIN (SELECT "
      "invoice_id, SUM(CASE WHEN debit = 'receivable' "
      "THEN amount_minor ELSE 0 END) - SUM(CASE WHEN credit = 'receivable' THEN amount_minor ELSE "
      "0 END) AS net FROM ledger_entry WHERE "
      "creditor_id = $1 GROUP BY invoice_id) e ON e.invoice_id = i.id WHERE i.creditor_id = $1",
      {creditor_.id});
  while (rows.next()) {
    if (rows.integer(1) != rows.integer(2)) {
      violation("INV-14", now, Never::Ledger,
                fmt::format("invoice {}: balance {} but entries say {}", rows.view(0),
                            rows.integer(1), rows.integer(2)));
    }
    if (rows.integer(1) < 0)
      violation("INV-14", now, Never::Ledger,
                fmt::format("invoice {}: balance {}", rows.view(0), rows.integer(1)));
  }
}

// What paying late has cost, told anew with other arithmetic: never on more than the capital, never
// above the ceiling of its day, no day twice, none that is not over; and never, where nothing was
// agreed.
void Oracle::check_charges(Tx& tx, Instant now) {
  const Zone zone = Zone::of(creditor_.zone);
  auto sums = tx.db.query(
      "SELECT i.number, i.charged_minor, COALESCE((SELECT SUM(c.amount_minor) FROM charge c WHERE "
      "c.creditor_id = i.creditor_id AND c.invoice_id = i.id), 0), "
      "COALESCE((SELECT SUM(CASE WHEN e.credit = 'charges' THEN e.amount_minor WHEN e.debit = "
      "'charges' THEN -e.amount_minor ELSE 0 END) "
      "FROM ledger_entry e WHERE e.creditor_id = i.creditor_id AND e.invoice_id = i.id), 0) FROM "
      "invoice i WHERE i.creditor_id = $1",
      {creditor_.id});
  while (sums.next()) {
    const int64_t charged = sums.integer(1);
    if (charged < 0 || charged != sums.integer(2) || charged != sums.integer(3) ||
        (charged > 0 && !charges_)) {
      violation("INV-14", now, Never::Ledger,
                fmt::format("invoice {}: charged {}, but its charges say {} and its entries {}",
                            sums.view(0), charged, sums.integer(2), sums.integer(3)));
    }
  }
  if (!charges_) return;
  std::map<std::pair<int64_t, int32_t>, int> days;
  const auto interest_of = [&](int64_t base, CivilDate from, CivilDate to) {
    long double most = 0;
    for (CivilDate day = from; day <= to; day = day + 1) {
      for (const auto& one : charges_->table.ceilings) {
        if (one.credit != charges_->terms.credit || day < one.from || one.to < day || !one.rate)
          continue;
        most +=
            static_cast<long double>(base) *
            (std::pow(1.0L + static_cast<long double>(one.rate->micro_percent) / 1e8L, 1.0L / 365) -
             1);
      }
    }
    return most;
  };
  struct Charged {
    int64_t minor = 0, base = 0;
    CivilDate from{INT32_MAX}, to{INT32_MIN};
  };
  // By invoice. A day whose interest is no whole unit yet has no row: it counts from the first row
  // on, or from the due date, which a later file may have moved before that.
  std::map<int64_t, Charged> all;
  const auto left_over =
      static_cast<long double>(charges_->table.round_minor);  // By the days before.
  auto rows = tx.db.query(
      "SELECT c.invoice_id, c.from_on, c.to_on, c.base_minor, c.amount_minor, (SELECT "
      "MAX(e.amount_minor) FROM ledger_entry e WHERE "
      "e.creditor_id = c.creditor_id AND e.invoice_id = c.invoice_id AND e.credit = 'invoiced'), "
      "i.amount_minor, c.at, i.due_on FROM charge c JOIN invoice i "
      "ON i.creditor_id = c.creditor_id AND i.id = c.invoice_id WHERE c.creditor_id = $1 AND "
      "c.kind = 'interest'",
      {creditor_.id});
  while (rows.next()) {
    const CivilDate from = rows.date(1), to = rows.date(2);
    for (CivilDate day = from; day <= to; day = day + 1) {
      if (++days[{rows.integer(0), day.days}] > 1)
        violation(
            "INV-14", now, Never::Ledger,
            fmt::format("invoice {}: interest of {} twice", rows.integer(0), format_date(day)));
    }
    const long double most = left_over + interest_of(rows.integer(3), from, to);
    const int64_t owed_once = std::max(rows.integer(5), rows.integer(6));
    auto& charged = all[rows.integer(0)];
    charged = {.minor = charged.minor + rows.integer(4),
               .base = owed_once,
               .from = std::min({charged.from, from, rows.date(8) + 1}),
               .to = std::max(charged.to, to)};
    if (static_cast<long double>(rows.integer(4)) > most || rows.integer(3) > owed_once ||
        to >= zone.local(rows.instant(7)).date) {
      violation("INV-14", now, Never::Ledger,
                fmt::format("invoice {}: interest {} on {} from {} to {}, at most {:.2f}",
                            rows.integer(0), rows.integer(4), rows.integer(3), format_date(from),
                            format_date(to), static_cast<double>(most)));
    }
  }
  // Days that were told anew.
  auto corrections = tx.db.query(
      "SELECT c.invoice_id, c.amount_minor, c.from_on, c.to_on, i.amount_minor FROM charge c JOIN "
      "invoice i ON i.creditor_id = c.creditor_id "
      "AND i.id = c.invoice_id WHERE c.creditor_id = $1 AND c.kind = 'correction'",
      {creditor_.id});
  while (corrections.next()) {
    auto& charged = all[corrections.integer(0)];
    charged = {.minor = charged.minor + corrections.integer(1),
               .base = std::max(charged.base, corrections.integer(4)),
               .from = std::min(charged.from, corrections.date(2)),
               .to = std::max(charged.to, corrections.date(3))};
  }
  for (const auto& [invoice, charged] : all) {
    const long double most = left_over + interest_of(charged.base, charged.from, charged.to);
    if (static_cast<long double>(charged.minor) > most) {
      violation("INV-14", now, Never::Ledger,
                fmt::format("invoice {}: interest {} of at most {:.2f}", invoice, charged.minor,
                            static_cast<double>(most)));
    }
  }
}

// INV-15, and that no payment is lost of which a house has said that it knows it.
void Oracle::check_payments(Tx& tx, Instant now) {
  std::unordered_map<std::string, int64_t> found;
  auto rows = tx.db.query(
      "SELECT p.source_id, p.amount_minor, p.unapplied_minor, COALESCE(a.applied, 0), "
      "COALESCE(c.cash, 0), p.returned_minor, p.source FROM payment p LEFT JOIN (SELECT "
      "payment_id, SUM(amount_minor) AS applied FROM allocation WHERE creditor_id = $1 GROUP BY "
      "payment_id) a ON a.payment_id = p.id LEFT JOIN "
      "(SELECT payment_id, SUM(CASE WHEN debit = 'cash' THEN amount_minor WHEN credit = 'cash' "
      "THEN -amount_minor ELSE 0 END) AS cash "
      "FROM ledger_entry WHERE creditor_id = $1 GROUP BY payment_id) c ON c.payment_id = p.id "
      "WHERE p.creditor_id = $1",
      {creditor_.id});
  while (rows.next()) {
    const int64_t came = rows.integer(1), waits = rows.integer(2), applied = rows.integer(3),
                  booked = rows.integer(4), returned = rows.integer(5);
    const std::string id = rows.text(0);
    if (came != waits + applied + returned || came - returned != booked ||
        std::min({waits, applied, returned}) < 0) {
      violation(
          "INV-14", now, Never::Ledger,
          fmt::format("payment {}: {} came, {} waits, {} is applied, {} was returned, {} is booked",
                      id, came, waits, applied, returned, booked));
    }
    if (rows.view(6) != "sim") continue;
    if (found.contains(id))
      violation("INV-15", now, Never::Ledger, fmt::format("payment {} was posted twice", id));
    found[id] = came;
  }
  for (const auto& [id, minor] : paid_) {
    const auto known = found.find(id);
    if (known == found.end() || known->second != minor)
      violation("INV-15", now, Never::Ledger, fmt::format("payment {} of {} is lost", id, minor));
  }
}

// INV-15 seen from the other side: what the provider has of ours, net of what it gave back, is in
// the books once.
void Oracle::see_till(Tx& tx, const std::vector<Till::Truth>& truths, Instant now) {
  auto waiting = tx.db.query(
      "SELECT 1 FROM provider_check UNION ALL SELECT 1 FROM inbox WHERE state = 'new' UNION ALL "
      "SELECT 1 FROM payment_request WHERE next_check_at <= $1 LIMIT 1",
      {now});
  if (waiting.next()) return;
  std::unordered_map<std::string, int64_t> booked;
  auto rows = tx.db.query(
      "SELECT source_id, SUM(amount_minor - returned_minor) FROM payment WHERE creditor_id = $1 "
      "AND source = $2 GROUP BY source_id",
      {creditor_.id, Till::kName});
  while (rows.next()) booked[rows.text(0)] = rows.integer(1);
  for (const auto& one : truths) {
    if (booked[one.id] == one.kept_minor) continue;
    violation("INV-15", now, Never::Ledger,
              fmt::format("payment {} at the till: {} is kept, {} is in the books", one.id,
                          one.kept_minor, booked[one.id]));
  }
}

std::string Oracle::records_of(Tx& tx, MessageId id) const {
  std::string records;
  auto rows = tx.db.query(
      "SELECT kind, at, detail FROM timeline WHERE creditor_id = $1 AND message_id = $2 ORDER BY "
      "id",
      {creditor_.id, id});
  while (rows.next())
    records += fmt::format(" {} {} {},", format_utc(rows.instant(1)), rows.view(0), rows.view(2));
  auto unknown = tx.db.query(
      "SELECT at, detail FROM timeline WHERE kind = 'unknown_update' ORDER BY id DESC LIMIT 3");
  while (unknown.next())
    records +=
        fmt::format(" (not understood {}: {})", format_utc(unknown.instant(0)), unknown.view(1));
  return records;
}

// INV-10, 11, 12, 16: the state shown is what the records say, and what the platform has said of
// the attempt, in whatever order and however often.
void Oracle::check_messages(Tx& tx, Instant now) {
  const bool is_heard = [&] {
    auto waiting = tx.db.query("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1");
    return !waiting.next();
  }();
  auto rows = tx.db.query(
      "SELECT id, state, attempt_id, in_flight_at, deadline_at FROM outbox WHERE creditor_id = $1",
      {creditor_.id});
  while (rows.next()) {
    const std::string_view state = rows.view(1);
    const auto by_records = states_.find(rows.integer(0));
    const std::string recorded = by_records == states_.end() ? "" : by_records->second;
    if (recorded != state) {
      violation("INV-16", now, Never::Other,
                fmt::format("message {} is {}, its records say '{}':{}", rows.integer(0), state,
                            recorded, records_of(tx, rows.id<MessageId>(0))));
    }
    const bool is_open = state == "in_flight" || state == "uncertain";
    if (is_open && now - rows.instant(3) > kInFlightMaxMs)
      violation("INV-12", now, Never::Other,
                fmt::format("message {} is {} since {}", rows.integer(0), state,
                            format_utc(rows.instant(3))));
    if (!is_heard) continue;
    // What was posted and not answered 200 may have been written down all the same.
    const Reported reported = reported_[rows.text(2)];
    if (const int reach = reach_of(state);
        reach < reported.acknowledged || reach > reported.posted) {
      violation(
          "INV-11", now, Never::LostWebhook,
          fmt::format("message {} is {}, the platform has said {} to {} of 4; its records: {}",
                      rows.integer(0), state, reported.acknowledged, reported.posted,
                      records_of(tx, rows.id<MessageId>(0))));
    }
  }
}

// INV-08: what was answered 200 is here. INV-20: nothing waits for ever, and what nobody
// understands is set aside.
void Oracle::check_inbox(Tx& tx, Instant now) {
  while (!acknowledged_.empty() && now - acknowledged_.front().first > kDeliveriesKeptMs)
    acknowledged_.pop_front();
  std::set<std::string, std::less<>> kept;
  auto rows = tx.db.query("SELECT event_key, state FROM inbox WHERE source = 'whatsapp'");
  while (rows.next()) {
    kept.emplace(rows.view(0));
    const bool is_poison = rows.view(1) == "poison";
    // Whatever the platform itself says can be understood.
    if (is_poison && !rows.view(0).starts_with("poison"))
      violation("INV-20", now, Never::LostWebhook,
                fmt::format("delivery {} was set aside", rows.view(0)));
  }
  for (const auto& [at, key] : acknowledged_) {
    if (!kept.contains(key))
      violation("INV-08", now, Never::LostWebhook,
                fmt::format("delivery {}, answered at {}, is lost", key, format_utc(at)));
  }
}

// What a person said, once it was acknowledged and heard, is known.
void Oracle::check_conversation(Tx& tx, Instant now) {
  auto waiting = tx.db.query("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1");
  if (waiting.next()) return;
  std::set<std::string, std::less<>> found;
  auto rows = tx.db.query("SELECT platform_id FROM conversation_message WHERE creditor_id = $1",
                          {creditor_.id});
  while (rows.next()) found.emplace(rows.view(0));
  for (const auto& id : said_) {
    if (!found.contains(id))
      violation("INV-08", now, Never::LostWebhook,
                fmt::format("what a person said ({}) is lost", id));
  }
  said_.clear();
}

}  // namespace puntual::sim
