// People of the creditor who sign in, and what they prove who they are with. Names, addresses and
// authenticators' secrets are sealed under the deployment's key; passwords come as hashes
// (base/password.h), recovery codes and tokens leave as such.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/right.h"
#include "store/vault.h"

namespace puntual::store {

struct User {
  int64_t id = 0;
  CreditorId creditor_id;
  std::string name, email;
  access::Role role = access::Role::Auditor;
  std::string password;               // Its hash; empty: none was chosen yet.
  std::string totp;                   // The authenticator's secret; empty: there is none.
  std::optional<Instant> totp_since;  // None: no code of it was shown yet.
  int64_t totp_step = 0;
  Instant created_at;
  std::optional<Instant> signed_in_at;
  std::optional<Instant> disabled_at;
  bool has_passkey = false;
  std::string link_by;  // Who was given the last link at which its password is chosen, and when.
  std::optional<Instant> link_at;

  [[nodiscard]] bool has_authenticator() const { return totp_since.has_value(); }
  [[nodiscard]] bool has_second_factor() const { return has_authenticator() || has_passkey; }
};

class Users {
 public:
  Users(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  // Conflict when the address has a user.
  [[nodiscard]] Result<void> insert(const User& user);
  [[nodiscard]] std::optional<User> find(CreditorId creditor, int64_t id);
  [[nodiscard]] std::optional<User> find_email(CreditorId creditor, std::string_view email);
  [[nodiscard]] std::vector<User> all(CreditorId creditor);  // In the order they came.
  [[nodiscard]] bool has_any(CreditorId creditor);

  void set_role(CreditorId creditor, int64_t id, access::Role role);
  void set_disabled(CreditorId creditor, int64_t id, const std::optional<Instant>& at);
  void set_password(CreditorId creditor, int64_t id, std::string_view hash);
  void note_link(CreditorId creditor, int64_t id, std::string_view by, Instant now);
  void note_sign_in(CreditorId creditor, int64_t id, Instant now);

  // `since` none: it counts when a code of it was shown. An empty secret takes it away.
  void set_totp(CreditorId creditor, int64_t id, std::string_view secret,
                const std::optional<Instant>& since);
  // False: this step or a later one was taken before, by whichever node.
  [[nodiscard]] bool take_totp_step(CreditorId creditor, int64_t id, int64_t step);

  // In place of those before.
  void set_recovery_codes(CreditorId creditor, int64_t id, const std::vector<Digest>& hashes);
  // False: there is none, or it was taken before.
  [[nodiscard]] bool take_recovery_code(CreditorId creditor, int64_t id, const Digest& hash);
  [[nodiscard]] int64_t recovery_codes_left(CreditorId creditor, int64_t id);

 private:
  [[nodiscard]] std::vector<User> users_in(Rows rows);
  Connection& db_;
  Vault& vault_;
};

}  // namespace puntual::store
