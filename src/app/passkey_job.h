// Passkeys: making one, and signing in by one, in the JSON that browsers themselves read and write
// (PublicKeyCredential.parse…OptionsFromJSON, toJSON).
#pragma once

#include <string>
#include <string_view>

#include "app/sign_in.h"

namespace puntual {

// {"passkeys":[{"id","name","created_at","used_at"}]}
[[nodiscard]] Result<std::string> list_passkeys_job(Store& store, const SignedIn& who);
// What navigator.credentials.create() is given, at a page of this origin.
[[nodiscard]] Result<std::string> begin_passkey_job(Store& store, const Creditor& creditor,
                                                    const SignedIn& who, std::string_view origin,
                                                    Instant now);
// {"name","credential"} → the passkey; `renewed` is their session from now on.
[[nodiscard]] Result<std::string> finish_passkey_job(Store& store, const SignedIn& who,
                                                     std::string_view origin, std::string_view body,
                                                     Instant now, SignedIn& renewed);
[[nodiscard]] Result<void> remove_passkey_job(Store& store, const SignedIn& who,
                                              std::string_view id, Instant now);

// What navigator.credentials.get() is given.
[[nodiscard]] Result<std::string> begin_passkey_sign_in(Store& store, CreditorId creditor,
                                                        std::string_view origin, Instant now);
// {"credential"}: both factors at once. Denied alike whatever is wrong.
[[nodiscard]] Result<SignInOutcome> finish_passkey_sign_in(Store& store, CreditorId creditor,
                                                           std::string_view origin,
                                                           std::string_view body,
                                                           const Device& device, Instant now);

}  // namespace puntual
