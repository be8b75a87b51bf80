// What a figure of the analysis and the list of the people behind it are both made of, so that they
// cannot differ: parts of SQL for store/sql/sql_analysis.cpp and store/sql/sql_figure_people.cpp.
#pragma once

#include "base/id.h"
#include "base/time.h"

namespace puntual::store {

// Ids begin with the moment they were made at: the key is an index by time.
[[nodiscard]] inline int64_t analysed_from(Instant at) {
  return IdSource().next<Id<struct AnyTag>>(at).value;
}

constexpr int64_t kHalfHourMs = 30 * kMinuteMs;

// Each part of a payment that paid an invoice: debtor_id, currency, due_on, paid_on, amount_minor,
// period; heard: 1 if it came after the first word to the person. $1 creditor, $3 the zone's
// offset.
#define PUNTUAL_PAID_PARTS                                                                        \
  "SELECT i.debtor_id, i.currency, i.due_on, p.paid_on, a.amount_minor, CASE WHEN i.due_on IS "   \
  "NULL OR p.paid_on <= i.due_on THEN 0 WHEN p.paid_on > i.due_on + 360 THEN 13 "                 \
  "ELSE (p.paid_on - i.due_on + 29) / 30 END AS period, "                                         \
  "CASE WHEN p.paid_at > f.first_at OR (p.paid_at IS NULL AND p.paid_on > (f.first_at + $3) / "   \
  "86400000) THEN 1 ELSE 0 END AS heard FROM allocation a "                                       \
  "JOIN payment p ON p.creditor_id = a.creditor_id AND p.id = a.payment_id "                      \
  "JOIN invoice i ON i.creditor_id = a.creditor_id AND i.id = a.invoice_id "                      \
  "JOIN debtor d ON d.creditor_id = i.creditor_id AND d.id = i.debtor_id "                        \
  "LEFT JOIN (SELECT w.person_id, MIN(o.in_flight_at) AS first_at FROM outbox o "                 \
  "JOIN debtor w ON w.creditor_id = o.creditor_id AND w.id = o.debtor_id WHERE o.creditor_id=$1 " \
  "AND o.platform_id <> '' AND o.purpose <> 'payment_confirmation' "                              \
  "GROUP BY w.person_id) AS f ON f.person_id = d.person_id WHERE a.creditor_id=$1"

// Each person who was reminded since $2: strategy_version of the first reminder, delivered, seen,
// replied, paid; ripe: the first went by $4; in_time: paid within $5 ms of it. $3 the zone's
// offset.
#define PUNTUAL_REMINDED                                                                           \
  "SELECT debtor_id, strategy_version, delivered, seen, replied, "                                 \
  "CASE WHEN paid_at IS NULL THEN 0 ELSE 1 END AS paid, "                                          \
  "CASE WHEN first_at <= $4 THEN 1 ELSE 0 END AS ripe, "                                           \
  "CASE WHEN first_at <= $4 AND paid_at <= first_at + $5 THEN 1 ELSE 0 END AS in_time FROM ("      \
  "SELECT s.debtor_id, o.strategy_version, s.delivered, s.seen, s.first_at, "                      \
  "CASE WHEN d.last_inbound_at > s.first_at THEN 1 ELSE 0 END AS replied, "                        \
  "(SELECT MIN(COALESCE(p.paid_at, p.paid_on * 86400000 - $3)) FROM payment p "                    \
  "WHERE p.creditor_id=$1 AND p.debtor_id = s.debtor_id AND (p.paid_at > s.first_at OR "           \
  "(p.paid_at "                                                                                    \
  "IS NULL AND p.paid_on > (s.first_at + $3) / 86400000)) AND p.returned_minor < p.amount_minor) " \
  "AS paid_at FROM (SELECT debtor_id, MIN(id) AS first_id, MIN(in_flight_at) AS first_at, "        \
  "MAX(CASE WHEN delivered_at IS NOT NULL OR read_at IS NOT NULL THEN 1 ELSE 0 END) AS "           \
  "delivered, MAX(CASE WHEN read_at IS NOT NULL THEN 1 ELSE 0 END) AS seen FROM outbox WHERE "     \
  "creditor_id=$1 AND id >= $2 AND channel='whatsapp' AND platform_id <> '' AND purpose IN "       \
  "('pre_due','overdue') GROUP BY debtor_id) AS s JOIN debtor d ON d.creditor_id=$1 AND d.id = "   \
  "s.debtor_id JOIN outbox o ON o.creditor_id=$1 AND o.id = s.first_id) AS people"

}  // namespace puntual::store
