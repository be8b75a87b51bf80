// Signing in: what a person proves, the session they get for it, and who stands before the API
// afterwards.
//
//   password ─► code, where they have a second factor ─► session ─► at every request: is it alive,
//   who is it, what may they
//
// Whoever fails is told no more than that (docs/access.md). Attempts are counted in the database,
// so that all nodes count together. Each success, failure and change has its record. Functions are
// thread-safe; those that look at a password take some 30 ms of a processor.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/portfolio/portfolio.h"
#include "store/store.h"

namespace puntual {

// Where a request comes from: for the throttle, and for a person's list of their own sessions.
struct Device {
  std::string address, browser;
};

struct SignInOrder {
  std::string email, password;
  std::string code;  // Of the authenticator, or a recovery code; empty: none was given.
  Instant code_at;   // The time that their phone has (Clock::machine_now); the house's own may be a
                     // test's.
  Device device;
};

enum class SignInDenial : uint8_t { Wrong, NeedsCode, NeedsPasskey, TooMany };

struct SignedIn {
  store::User user;
  store::Session session;
  std::string token;  // For the browser; only when the session has just begun.
};

struct SignInOutcome {
  std::optional<SignInDenial> denial;
  SignedIn who;  // When there is none.
};
[[nodiscard]] Result<SignInOutcome> sign_in(Store& store, CreditorId creditor,
                                            const SignInOrder& order, Instant now);
// The same proof again within a session, so that it is fresh.
[[nodiscard]] Result<std::optional<SignInDenial>> confirm_session(Store& store, CreditorId creditor,
                                                                  const SignedIn& who,
                                                                  const SignInOrder& order,
                                                                  Instant now);

// Whose session this token is; none: it has ended, or its user has been disabled. Notes that
// somebody was there, unless it was only a page that asks by itself.
enum class SessionUse : uint8_t { ByPerson, ByPage };
[[nodiscard]] Result<std::optional<SignedIn>> session_of(Store& store, CreditorId creditor,
                                                         std::string_view token, Instant now,
                                                         SessionUse use = SessionUse::ByPerson);
// A key of a system, by its text.
[[nodiscard]] Result<std::optional<access::Principal>> key_holder(Store& store, CreditorId creditor,
                                                                  std::string_view key,
                                                                  Instant now);
[[nodiscard]] bool must_set_up_second_factor(const SignedIn& who, bool requires_second_factor);
// What they may: until then, only their own account.
[[nodiscard]] access::Principal principal_of(const SignedIn& who, bool requires_second_factor,
                                             Instant now);

// Of who has proved who they are.
[[nodiscard]] SignedIn begin_session(Tx& tx, store::User user, bool has_second_factor,
                                     const Device& device, Instant now);
// In place of the session they have: after what they may has changed. Its token is new.
[[nodiscard]] SignedIn renew_session(Tx& tx, CreditorId creditor, const SignedIn& who,
                                     bool has_second_factor, Instant now);
void sign_out(Tx& tx, CreditorId creditor, const SignedIn& who, Instant now);

// A token that serves once, for an hour. User 0: for the first owner, while there is none; Conflict
// when there is.
[[nodiscard]] Result<std::string> make_setup_token(Tx& tx, CreditorId creditor, int64_t user,
                                                   std::string_view by, Instant now);
struct SetupOrder {
  std::string token, name, email, password;
  Device device;
};
// The first owner, signed in. Forbidden: the token does not serve. Invalid: the password is none,
// in Spanish.
[[nodiscard]] Result<SignedIn> set_up_house(Store& store, const Creditor& creditor,
                                            const SetupOrder& order, Instant now);
// By a token that was given to them. Ends their sessions.
[[nodiscard]] Result<void> choose_password(Store& store, const Creditor& creditor,
                                           std::string_view token, std::string_view password,
                                           Instant now);

// Invalid, naming the field.
[[nodiscard]] Result<void> check_user(std::string_view name, std::string_view email);

// 256 bits as text that stands in headers and addresses as it is.
[[nodiscard]] std::string new_token();

}  // namespace puntual
