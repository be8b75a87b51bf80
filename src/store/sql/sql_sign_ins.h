// Attempts to sign in, so that nobody guesses for long; and links that serve once, to set the house
// up or choose a password.
#pragma once

#include <optional>
#include <string_view>

#include "core/access/session.h"
#include "store/vault.h"

namespace puntual::store {

class SignIns {
 public:
  SignIns(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  // `account`: what was given as e-mail, whether or not there is such a user.
  [[nodiscard]] access::FailedAttempts failed(CreditorId creditor, std::string_view account,
                                              std::string_view address, Instant now);
  // Written down before the proof is looked at: it counts as failed until it has succeeded; at an
  // account that there is not
  // (`is_known`) it does not count among all. Clears what is too old.
  void begin(CreditorId creditor, int64_t id, std::string_view account, std::string_view address,
             Instant now, bool is_known = true);
  void succeed(CreditorId creditor, int64_t id);
  // It was none: the first half of the proof was right, and the second is still to come.
  void withdraw(CreditorId creditor, int64_t id);

  // In place of those before for the same user; user 0: to set the house up.
  void add_token(CreditorId creditor, const Digest& hash, int64_t user, Instant expires_at);
  // Whose it is; none: it is not known, has expired, or was taken before by whichever node.
  [[nodiscard]] std::optional<int64_t> find_token(CreditorId creditor, const Digest& hash,
                                                  Instant now);
  [[nodiscard]] std::optional<int64_t> take_token(CreditorId creditor, const Digest& hash,
                                                  Instant now);

 private:
  Connection& db_;
  Vault& vault_;
};

}  // namespace puntual::store
