// What the creditor's people, its systems and the debtors' lives do to a world besides messages:
// files come again, changed; people are stopped, allowed, linked; numbers change; all is paused;
// money comes at the worst moment.
#pragma once

#include "base/random.h"
#include "sim/oracle.h"
#include "sim/world.h"

namespace puntual::sim {

class Office {
 public:
  // `portfolio`: the file as the ERP writes it; it must outlive the office.
  Office(World& world, uint64_t seed, std::string portfolio)
      : world_(world),
        random_(seed ^ 0x0FF1CE),
        portfolio_(std::move(portfolio)),
        has_quarantines_(seed % 4 == 1) {}

  // The file as it is, into the books.
  Result<void> import();
  // One act, by lot. What the engine refuses (a stop that is there already) is nothing.
  Result<void> act();
  // Whoever waits for a person is written to by one, and given back to the machine; what was
  // claimed is decided.
  Result<void> answer_waiting();

 private:
  Result<void> import_changed();
  Result<void> note_allowed(DebtorId id);
  Result<void> change_number(DebtorId id);
  Result<void> pay_what_is_claimed();
  Result<void> agree(DebtorId id);
  Result<void> write_on_page(DebtorId id);
  Result<void> doubt_or_confirm();

  World& world_;
  SeededRandom random_;
  std::string portfolio_;
  bool has_quarantines_, is_quarantined_ = false;
};

}  // namespace puntual::sim
