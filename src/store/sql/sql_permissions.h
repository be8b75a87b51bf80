// Who may be written to: consents and opt-outs. The opt-out belongs to the person, not to a number.
#pragma once

#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "core/portfolio/portfolio.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct Permission {
  std::array<ChannelConsent, kChannels> consent{};
  bool optout_all = false;
  uint8_t optout_channels = 0;
};

struct OptOut {
  std::string channel;  // "all" or a channel
  Instant at;
  std::string through;  // "word", "button", "doubt", "operator", "api"
  std::string words;
};

class Permissions {
 public:
  Permissions(Connection& db, PersonKeys& keys) : db_(db), keys_(keys) {}
  // Keeps what is recorded already: a re-import never renews a revoked consent.
  // True when it is new.
  bool grant(CreditorId creditor, DebtorId debtor, Channel channel, Instant granted_at, std::string_view instrument,
             Instant now, IdSource& ids);
  // Keeps the first one, but a clear word takes the place of a doubt.
  void opt_out(CreditorId creditor, DebtorId debtor, const OptOut& opt_out);
  [[nodiscard]] std::vector<OptOut> opt_outs(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] Permission of(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
  PersonKeys& keys_;
};

}  // namespace puntual::store
