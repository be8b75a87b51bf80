// Debts that somebody asked to give up for lost, and who agreed or not. The row is the whole of it:
// asked, then decided once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

enum class WriteOffState : uint8_t { Requested, Approved, Refused };
[[nodiscard]] std::string_view text_of(WriteOffState state);  // "requested"

struct WriteOff {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  InvoiceId invoice_id;
  int64_t amount_minor =
      0;  // What was owed when it was asked for; once approved, what was given up.
  std::string why;
  std::string requested_by;
  Instant requested_at;
  WriteOffState state = WriteOffState::Requested;
  std::string decided_by;  // Never who asked.
  std::optional<Instant> decided_at;
};

class WriteOffs {
 public:
  WriteOffs(Connection& db, const Held& held) : db_(db), held_(held) {}
  // False when one waits for this invoice already.
  [[nodiscard]] bool request(const WriteOff& asked);
  // The one that waits for this invoice.
  [[nodiscard]] std::optional<WriteOff> waiting_of(CreditorId creditor, InvoiceId invoice);
  // The newest first; none: in any state.
  [[nodiscard]] std::vector<WriteOff> latest(CreditorId creditor,
                                             std::optional<WriteOffState> state, int limit);
  // False when it has been decided already.
  [[nodiscard]] bool decide(const WriteOff& decided);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
