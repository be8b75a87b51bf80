// The two kinds of file, each as import_file drives it: check a block (on another thread), mark
// what comes twice, apply it in its transaction, keep what it has done, and in the end what only
// the whole file tells.
#pragma once

#include <algorithm>
#include <map>

#include "base/flat_map.h"
#include "engine/import_block.h"
#include "store/sql/sql_identifiers.h"

namespace puntual::engine {

// apply and finish change nothing but the books: their transaction may run twice. Together: what
// blocks of one transaction share, kept when all of them are in.
class PortfolioPart {
 public:
  using Row = CheckedInvoice;
  using Together = store::IdentifierBlock;
  explicit PortfolioPart(const ImportSetting& setting) : setting_(setting) {}
  static int rows_each(const EngineSettings& settings) { return settings.import_batch; }
  [[nodiscard]] Result<BlockOutcome> apply(Tx& tx, CheckedBlock<CheckedInvoice>& block,
                                           Together& identifiers) const;
  void keep(BlockOutcome&& outcome);
  // Goes on after this person; the last one done, or none at the end.
  [[nodiscard]] Result<DebtorId> finish(Tx& tx, DebtorId after) const;
  [[nodiscard]] bool needs_finish() const { return !cases_.empty(); }

 private:
  const ImportSetting& setting_;
  IdSet met_;                          // People.
  std::map<DebtorId, uint8_t> cases_;  // Only of files that have the column.
};

class PaymentsPart {
 public:
  using Row = CheckedPayment;
  struct Together {
    Together(store::Connection&, CreditorId, store::FirstImport*) {}
    void keep() {}
  };
  explicit PaymentsPart(const ImportSetting& setting) : setting_(setting) {}
  static int rows_each(const EngineSettings& settings) {
    return std::max(1, settings.import_batch / 3);
  }
  [[nodiscard]] Result<BlockOutcome> apply(Tx& tx, CheckedBlock<CheckedPayment>& block,
                                           Together&) const;
  void keep(BlockOutcome&& outcome);
  [[nodiscard]] Result<DebtorId> finish(Tx& tx, DebtorId after) const;
  [[nodiscard]] bool needs_finish() const { return !settled_.empty(); }

 private:
  const ImportSetting& setting_;
  std::map<DebtorId, std::vector<SettledPayment>> settled_;
};

}  // namespace puntual::engine
