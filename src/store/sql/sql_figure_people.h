// Who stands behind a figure of the creditor's analysis (store/sql/sql_analysis.h): of each figure
// the people and what each adds to it, so that the sums of a list are the figure's. Read only, each
// one statement; whoever asks puts them in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "store/db.h"

namespace puntual::store {

// The invoices of one currency that fall due on these days, both included; both kNoDueDate: those
// without a date.
struct DueDays {
  static constexpr int32_t kNoDueDate = 1'000'000;
  std::string currency;
  CivilDate from, to;
};

struct InvoicesOfPerson {
  DebtorId debtor_id;
  int64_t invoices = 0, asked_minor = 0, owed_minor = 0, billed_minor = 0;
};

struct MoneyOfPerson {
  DebtorId debtor_id;
  int64_t count = 0, minor = 0;
};

// Who was reminded, of which version of the strategy first, and what they did then.
struct RemindedPerson {
  DebtorId debtor_id;
  std::string strategy_version;
  bool delivered = false, read = false, replied = false, paid = false;
  bool is_ripe = false, paid_in_time = false;  // As in FunnelSum.
};

struct MessagesOfPerson {
  DebtorId debtor_id;  // 0: nobody is named as their sender.
  Instant from;        // In the half hour from then on, or on the day.
  int64_t count = 0;
};

class FigurePeople {
 public:
  explicit FigurePeople(Connection& db) : db_(db) {}

  // Billed: of them, what was issued on these days (Analysis::due).
  [[nodiscard]] std::vector<InvoicesOfPerson> invoices(CreditorId creditor, const DueDays& due,
                                                       CivilDate billed_from, CivilDate billed_to);
  // What was recovered of them since then (Analysis::recovered).
  [[nodiscard]] std::vector<MoneyOfPerson> recovered(CreditorId creditor, const DueDays& due,
                                                     CivilDate since, int64_t zone_offset_ms);
  [[nodiscard]] std::vector<RemindedPerson> reminded(CreditorId creditor, Instant since,
                                                     Instant now, int64_t zone_offset_ms);
  [[nodiscard]] std::vector<MessagesOfPerson> heard(CreditorId creditor, Instant since);
  // Messages that arrived, which is what the platform asks money for.
  [[nodiscard]] std::vector<MessagesOfPerson> delivered(CreditorId creditor, Instant since);
  // Agreements of this kind, state and currency that were made since then.
  [[nodiscard]] std::vector<MoneyOfPerson> agreements(CreditorId creditor, Instant since,
                                                      std::string_view kind, std::string_view state,
                                                      std::string_view currency);

 private:
  Connection& db_;
};

}  // namespace puntual::store
