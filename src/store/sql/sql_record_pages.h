// Pages of what has been written down over everybody, for lists: ids and counts, read only, each
// one statement.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/agreements/agreement.h"
#include "store/sql/sql_overview.h"

namespace puntual::store {

struct RecentOptOut {
  DebtorId debtor_id;
  std::string channel;  // "all" or a channel.
  Instant at;
  std::string through;
};

// Somebody read data of people ("data_read"), took a table out ("table_exported") or a person's
// whole file ("exported").
struct ReadRecord {
  int64_t id = 0;
  DebtorId debtor_id;
  Instant at;
  std::string kind, detail, facts;
};

// Before an id, the newest first.
struct RecordPage {
  int64_t before = INT64_MAX;
  int limit = 50;
};

class RecordPages {
 public:
  explicit RecordPages(Connection& db) : db_(db) {}
  // All, or those of which something is not applied to any invoice.
  [[nodiscard]] std::vector<PaymentId> payments(CreditorId creditor, bool is_unapplied,
                                                const RecordPage& page);
  [[nodiscard]] std::vector<NamedCount> agreement_states(CreditorId creditor);
  // Of one state; of all without one.
  [[nodiscard]] std::vector<AgreementId> agreements(CreditorId creditor,
                                                    std::optional<AgreementState> state,
                                                    const RecordPage& page);
  // Those in force.
  [[nodiscard]] int64_t opted_out_people(CreditorId creditor);
  [[nodiscard]] std::vector<RecentOptOut> latest_opt_outs(CreditorId creditor, int limit);
  [[nodiscard]] std::vector<ReadRecord> reads(CreditorId creditor, const RecordPage& page);

 private:
  Connection& db_;
};

}  // namespace puntual::store
