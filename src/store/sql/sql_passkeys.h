// Passkeys of people who sign in (core/access/passkey.h), and the questions they answer.
//
// A question is not written down when it is asked, or strangers would fill the table: it carries
// its own end, sealed by a keyed hash. What is kept is that it was answered, so that each is
// answered once, whichever node hears it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/vault.h"

namespace puntual::store {

struct Passkey {
  int64_t id = 0;
  int64_t user_id = 0;
  std::string credential;  // Bytes, as the device names it.
  std::string name;        // For its owner: "Celular".
  std::string public_key;  // DER.
  int64_t counter = 0;     // The last that the device has told; 0: it does not count.
  Instant created_at;
  std::optional<Instant> used_at;
};

class Passkeys {
 public:
  Passkeys(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  // Conflict when the device's name for it is known.
  [[nodiscard]] Result<void> insert(CreditorId creditor, const Passkey& passkey);
  [[nodiscard]] std::vector<Passkey> of_user(CreditorId creditor, int64_t user);
  [[nodiscard]] std::optional<Passkey> find(CreditorId creditor, std::string_view credential);
  // False: as many uses, or more, were told before: there is a copy of it.
  [[nodiscard]] bool note_used(CreditorId creditor, int64_t id, int64_t counter, Instant now);
  bool remove(CreditorId creditor, int64_t user, int64_t id);
  void remove_all(CreditorId creditor, int64_t user);

  // For user 0: to sign in by. Bytes.
  [[nodiscard]] std::string question(CreditorId creditor, int64_t user, Instant expires_at);
  // False: it was not asked of them, is too old, or was answered before.
  [[nodiscard]] bool take_question(CreditorId creditor, int64_t user, std::string_view question,
                                   Instant now);

 private:
  [[nodiscard]] std::string sealed(CreditorId creditor, int64_t user, std::string_view head);
  Connection& db_;
  Vault& vault_;
};

}  // namespace puntual::store
