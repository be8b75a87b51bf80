// What somebody does with their own account: password, second factor, sessions. Answers are JSON.
#pragma once

#include <string>
#include <string_view>

#include "app/sign_in.h"

namespace puntual {

// The user, and how many recovery codes are left.
[[nodiscard]] Result<std::string> show_account_job(Store& store, const SignedIn& who);
// {"password"}. Their other sessions end.
[[nodiscard]] Result<void> change_password_job(Store& store, const Creditor& creditor,
                                               const SignedIn& who, std::string_view body,
                                               Instant now);

// A new authenticator: {"secret","uri","qr"}, qr an SVG. It counts once a code of it has been
// shown. Conflict: there is one already.
[[nodiscard]] Result<std::string> begin_totp_job(Store& store, const Creditor& creditor,
                                                 const SignedIn& who);
// {"code"} → {"recovery_codes"}, shown once; `renewed` is their session from now on. `code_at`: the
// time that their phone has.
[[nodiscard]] Result<std::string> finish_totp_job(Store& store, const SignedIn& who,
                                                  std::string_view body, Instant code_at,
                                                  Instant now, SignedIn& renewed);
[[nodiscard]] Result<void> remove_totp_job(Store& store, const SignedIn& who, Instant now);
// New ones in place of those before.
[[nodiscard]] Result<std::string> renew_recovery_codes_job(Store& store, const SignedIn& who,
                                                           Instant now);

// {"sessions":[{"id","address","browser","created_at","seen_at","is_current"}]}
[[nodiscard]] Result<std::string> list_sessions_job(Store& store, const SignedIn& who, Instant now);
[[nodiscard]] Result<void> end_session_job(Store& store, const SignedIn& who, std::string_view id,
                                           Instant now);

}  // namespace puntual
