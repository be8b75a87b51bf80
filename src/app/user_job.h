// The creditor's people and keys, for the API and the command line alike. Orders and answers are
// JSON; `by` is who asks.
//
// Nobody gives what they have not: only an owner makes or unmakes an owner, and a key has no right
// that its maker lacks. One owner is always left who can sign in.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "core/portfolio/portfolio.h"
#include "store/store.h"

namespace puntual {

// {"users":[{"id","name","email","role","second_factor","created_at","signed_in_at","disabled_at"}]}
[[nodiscard]] Result<std::string> list_users_job(Store& store, const Creditor& creditor);
// {"name","email","role"} → the user with "token": a link to choose their password by, once, for an
// hour.
[[nodiscard]] Result<std::string> add_user_job(Store& store, const Creditor& creditor,
                                               std::string_view body, const access::Principal& by,
                                               Instant now);
// {"role"?, "disabled"?: bool, "reset"?: true, "second_factor"?: false} → the user; with "token"
// after reset. Each ends their sessions.
[[nodiscard]] Result<std::string> change_user_job(Store& store, const Creditor& creditor,
                                                  std::string_view id, std::string_view body,
                                                  const access::Principal& by, Instant now);

// {"keys":[{"id","name","start","rights","created_at","expires_at","used_at"}]}
[[nodiscard]] Result<std::string> list_keys_job(Store& store, const Creditor& creditor);
// {"name","rights":[…],"days"?: 90} → the key with "key", which is never shown again.
[[nodiscard]] Result<std::string> add_key_job(Store& store, const Creditor& creditor,
                                              std::string_view body, const access::Principal& by,
                                              Instant now);
[[nodiscard]] Result<void> remove_key_job(Store& store, const Creditor& creditor,
                                          std::string_view id, const access::Principal& by,
                                          Instant now);

[[nodiscard]] json::object user_json(const store::User& user);
[[nodiscard]] json::array rights_json(access::Rights rights);

// Who gives commands where the database is.
[[nodiscard]] access::Principal operator_principal();

}  // namespace puntual
