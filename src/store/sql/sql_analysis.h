// What the creditor's figures are made of, summed over everybody: read only, each one statement.
// Dates stay dates and moments moments: what month or hour they fall into is for who knows the
// zone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/db.h"

namespace puntual::store {

// The invoices that fall due on one day: asked (with charges) = owed + forgiven + what payments
// have paid + what the creditor's file says was paid and no payment of ours explains. Billed: what
// was issued in the days asked for; without a date of issue the due date stands for it.
struct DueSum {
  std::string currency;
  std::optional<CivilDate> due_on;
  int64_t invoices = 0, asked_minor = 0, owed_minor = 0, forgiven_minor = 0, billed_minor = 0;
};

// What payments have paid of the invoices that fell due on one day, `period` times 30 days after
// it: 0 by that day, 1 within the first 30 days, … Recovered is what came after the house's first
// message to that person that is no receipt (of a payment whose day alone is known: on a later
// day), `since` the part of it that was paid since the asked day; what came before, or to whom
// nothing was ever sent, is `before`.
struct RecoveredSum {
  std::string currency;
  std::optional<CivilDate> due_on;
  int period = 0;
  int64_t minor = 0, since_minor = 0, before_minor = 0;
};

// People to whom a reminder went, by the version of the strategy that the first of them was of; of
// them to whom one came, who read one, who wrote and who paid after the first. Ripe: whose first
// went kInTimeMs ago or longer; of those, who paid in that time.
struct FunnelSum {
  std::string strategy_version;
  int64_t sent = 0, delivered = 0, read = 0, replied = 0, paid = 0;
  int64_t ripe = 0, paid_in_time = 0;
};

// Messages that people of a country received about debts of a currency, within one day of UTC.
struct DeliveredSum {
  std::string country;
  bool is_template = true;
  Instant day;
  std::string currency;  // Empty: the message speaks of no money.
  int64_t count = 0;
};

struct AgreementSum {
  std::string kind, state, currency;
  int64_t count = 0, minor = 0;
};

struct HalfHour {
  Instant from;
  int64_t count = 0;
};

class Analysis {
 public:
  static constexpr int kPeriods = 13;  // The last one: later than 360 days.
  static constexpr int64_t kInTimeMs = 14 * kDayMs;

  explicit Analysis(Connection& db) : db_(db) {}
  [[nodiscard]] std::vector<DueSum> due(CreditorId creditor, CivilDate billed_from,
                                        CivilDate billed_to);  // Both days included.
  // A payment of which only the day is known came after a message on a later day than that, east
  // of UTC by this much.
  [[nodiscard]] std::vector<RecoveredSum> recovered(CreditorId creditor, CivilDate since,
                                                    int64_t zone_offset_ms);
  [[nodiscard]] std::vector<FunnelSum> funnel(CreditorId creditor, Instant since, Instant now,
                                              int64_t zone_offset_ms);
  [[nodiscard]] std::vector<HalfHour> heard(CreditorId creditor,
                                            Instant since);  // When people wrote.
  [[nodiscard]] std::vector<AgreementSum> agreements(CreditorId creditor,
                                                     Instant since);  // Made since then.
  [[nodiscard]] std::vector<DeliveredSum> delivered(CreditorId creditor,
                                                    Instant since);  // Planned since then.

 private:
  Connection& db_;
};

}  // namespace puntual::store
