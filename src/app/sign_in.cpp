#include "app/sign_in.h"

#include <algorithm>

#include "app/caller.h"
#include "base/crypto.h"
#include "base/password.h"
#include "core/access/password_rules.h"
#include "core/access/totp.h"
#include "core/access/two_people.h"
#include "engine/note.h"

namespace puntual {
namespace {

using store::Session;
using store::User;

constexpr size_t kBrowserBytesMax = 200;
constexpr size_t kTypedTokenBytes = 16;  // 26 letters, which can be typed.
constexpr size_t kEmailBytesMax = 64;    // It is also the login that stands in records.
constexpr size_t kNameBytesMax = 100;

std::string email_shape(std::string_view email) {
  return std::string(email.substr(0, kEmailBytesMax));
}

// What nobody may see the difference of: unknown, disabled and wrong are one.
std::string failure_detail(const std::optional<User>& user, std::string_view what) {
  return user ? fmt::format("user {} {}{}", user->id, what, user->disabled_at ? " disabled" : "")
              : fmt::format("unknown {}", what);
}

// A code of the authenticator, or else one for recovery, which may come with blanks and hyphens.
// Each is taken once.
bool take_code(Tx& tx, const User& user, std::string_view given, Instant at) {
  std::string code;
  for (const char c : given) {
    if (c != ' ' && c != '-') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (const auto step = access::totp_step(user.totp, code, at, user.totp_step))
    return tx.users.take_totp_step(user.creditor_id, user.id, *step);
  return tx.users.take_recovery_code(user.creditor_id, user.id, sha256(code));
}

// An attempt, once it may be made; its proof is looked at outside of any transaction, since that
// takes long.
struct Attempt {
  int64_t id = 0;
  std::optional<User> user;
  bool needs_code = false;  // Strangers have failed at this account so often that a password alone
                            // opens it no more.
};

// Nobody is kept out of an account by what strangers guess there, if they have both proofs: with a
// code the account's own limit does not count. Who has no authenticator is then told what a wrong
// password is told, so that this opens nothing to guessing either.
Result<std::optional<Attempt>> begin_attempt(Store& store, CreditorId creditor,
                                             const std::string& email, const std::string& place,
                                             bool has_code, Instant now) {
  return store.write([&](Tx& tx) -> std::optional<Attempt> {
    access::FailedAttempts failed = tx.sign_ins.failed(creditor, email, place, now);
    const bool is_guessed_at = access::must_wait(failed);
    if (has_code) failed.of_account = 0;
    if (access::must_wait(failed)) return std::nullopt;
    Attempt attempt{.id = tx.ids.next<Id<Attempt>>(now).value,
                    .user = tx.users.find_email(creditor, email),
                    .needs_code = is_guessed_at};
    // Of one account no more than its own limit counts among all: whoever knows one address is not
    // to close the door to everybody else.
    tx.sign_ins.begin(creditor, attempt.id, email, place, now,
                      attempt.user.has_value() && !is_guessed_at);
    return attempt;
  });
}

// Whoever has the password guesses no codes for long, from however many addresses: their failures
// count by themselves. Only a right password brings one here, so that no stranger fills this.
std::string codes_of(const std::string& email) { return "code " + email; }

// Both proofs. `succeed` runs in the transaction that takes the code, and may still deny what these
// proofs are not enough for.
template <class Succeed>
Result<std::optional<SignInDenial>> prove(Store& store, CreditorId creditor,
                                          const SignInOrder& order, Instant now,
                                          Succeed&& succeed) {
  const std::string email = email_shape(order.email);
  ASSIGN_OR_RETURN(const std::optional<Attempt> attempt,
                   begin_attempt(store, creditor, email, place_of_caller(order.device.address),
                                 !order.code.empty(), now));
  if (!attempt) return SignInDenial::TooMany;
  const std::string hash = attempt->user ? attempt->user->password : std::string();
  const bool fits =
      is_password(hash, std::string_view(order.password).substr(0, access::kPasswordMax + 1));
  return store.write([&](Tx& tx) -> Result<std::optional<SignInDenial>> {
    const auto deny = [&](const std::optional<User>& user, std::string_view what) {
      engine::note(tx, creditor, {}, now, "sign_in_failed", failure_detail(user, what));
      return SignInDenial::Wrong;
    };
    // Read again: what has changed while the password was looked at counts.
    const auto user = attempt->user ? tx.users.find(creditor, attempt->user->id) : std::nullopt;
    if (!user || !fits || user->disabled_at || user->password != hash)
      return deny(user, "password");
    if (attempt->needs_code && !user->has_authenticator()) return deny(user, "password");
    if (user->has_authenticator()) {
      if (order.code.empty()) {
        tx.sign_ins.withdraw(creditor, attempt->id);
        return SignInDenial::NeedsCode;
      }
      const std::string place = place_of_caller(order.device.address);
      if (attempt->needs_code &&
          access::must_wait(tx.sign_ins.failed(creditor, codes_of(email), place, now)))
        return deny(user, "code");
      if (!take_code(tx, *user, order.code, order.code_at)) {
        tx.sign_ins.begin(creditor, tx.ids.next<Id<Attempt>>(now).value, codes_of(email), place,
                          now, false);
        return deny(user, "code");
      }
    }
    const std::optional<SignInDenial> denial = succeed(tx, *user);
    denial ? tx.sign_ins.withdraw(creditor, attempt->id)
           : tx.sign_ins.succeed(creditor, attempt->id);
    return denial;
  });
}

constexpr std::string_view kSpentLink =
    "el enlace ya no sirve: vale una hora y una sola vez; pida otro (puntual user setup, puntual "
    "user reset)";

// Looked at before a password is hashed: strangers cost no more than a look.
Result<int64_t> user_of_token(Store& store, CreditorId creditor, std::string_view token,
                              Instant now) {
  ASSIGN_OR_RETURN(const auto user, store.read([&](Tx& tx) {
    return tx.sign_ins.find_token(creditor, sha256(token), now);
  }));
  if (!user) return fail(ErrorCode::Forbidden, "{}", kSpentLink);
  return *user;
}

}  // namespace

Result<void> check_user(std::string_view name, std::string_view email) {
  const auto is_line = [](std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  };
  if (name.empty() || name.size() > kNameBytesMax || !is_line(name))
    return fail(ErrorCode::Invalid, "name: de 1 a {} bytes, en una línea", kNameBytesMax);
  const auto at = email.find('@');
  const bool is_address = at != std::string_view::npos && at > 0 &&
                          email.find('@', at + 1) == std::string_view::npos &&
                          at + 1 < email.size() && email.find(' ') == std::string_view::npos &&
                          is_line(email) && email.size() <= kEmailBytesMax;
  if (!is_address)
    return fail(ErrorCode::Invalid,
                "email: '{}' no es un correo de hasta {} bytes, como ana@empresa.co",
                email.substr(0, kEmailBytesMax), kEmailBytesMax);
  return {};
}

std::string new_token() { return hex(random_secret()); }

SignedIn begin_session(Tx& tx, User user, bool has_second_factor, const Device& device,
                       Instant now) {
  tx.sessions.clear(user.creditor_id, now);
  SignedIn in{.user = std::move(user), .session = {}, .token = new_token()};
  in.session = {.id = tx.ids.next<Id<Session>>(now).value,
                .user_id = in.user.id,
                .has_second_factor = has_second_factor,
                .times = {.created_at = now, .seen_at = now, .confirmed_at = now},
                .address = device.address,
                .browser = device.browser.substr(0, kBrowserBytesMax)};
  tx.sessions.insert(in.user.creditor_id, sha256(in.token), in.session);
  return in;
}

Result<SignInOutcome> sign_in(Store& store, CreditorId creditor, const SignInOrder& order,
                              Instant now) {
  SignInOutcome outcome;
  ASSIGN_OR_RETURN(
      outcome.denial,
      prove(store, creditor, order, now,
            [&](Tx& tx, const User& user) -> std::optional<SignInDenial> {
              // Their second factor is a passkey: a password is half of a proof, and there is no
              // code for the other half.
              if (user.has_second_factor() && !user.has_authenticator())
                return SignInDenial::NeedsPasskey;
              outcome.who = begin_session(tx, user, user.has_authenticator(), order.device, now);
              tx.users.note_sign_in(creditor, user.id, now);
              engine::note(tx, creditor, {}, now, "signed_in",
                           fmt::format("user {} {}", user.id,
                                       user.has_authenticator() ? "with code" : "by password"));
              return std::nullopt;
            }));
  return outcome;
}

Result<std::optional<SignInDenial>> confirm_session(Store& store, CreditorId creditor,
                                                    const SignedIn& who, const SignInOrder& order,
                                                    Instant now) {
  SignInOrder own = order;
  own.email = who.user.email;
  return prove(
      store, creditor, own, now, [&](Tx& tx, const User& user) -> std::optional<SignInDenial> {
        tx.sessions.note_confirmed(creditor, who.session.id, user.id,
                                   who.session.has_second_factor || user.has_authenticator(), now);
        return std::nullopt;
      });
}

Result<std::optional<SignedIn>> session_of(Store& store, CreditorId creditor,
                                           std::string_view token, Instant now, SessionUse use) {
  const Digest hash = sha256(token);
  ASSIGN_OR_RETURN(auto found, store.read([&](Tx& tx) -> std::optional<SignedIn> {
    auto session = tx.sessions.find(creditor, hash);
    if (!session || !access::is_alive(session->times, now)) return std::nullopt;
    auto user = tx.users.find(creditor, session->user_id);
    if (!user || user->disabled_at) return std::nullopt;
    return SignedIn{.user = *std::move(user), .session = *std::move(session), .token = {}};
  }));
  if (found && use == SessionUse::ByPerson &&
      now - found->session.times.seen_at >= access::kSeenEveryMs) {
    RETURN_IF_ERROR(store.write(
        [&](Tx& tx) { tx.sessions.note_seen(creditor, found->session.id, found->user.id, now); }));
    found->session.times.seen_at = now;
  }
  return found;
}

Result<std::optional<access::Principal>> key_holder(Store& store, CreditorId creditor,
                                                    std::string_view text, Instant now) {
  const Digest hash = sha256(text);
  ASSIGN_OR_RETURN(const auto key,
                   store.read([&](Tx& tx) { return tx.api_keys.find(creditor, hash); }));
  if (!key || key->expires_at <= now) return std::nullopt;
  if (!key->used_at || now - *key->used_at >= kMinuteMs) {
    RETURN_IF_ERROR(store.write([&](Tx& tx) { tx.api_keys.note_used(creditor, key->id, now); }));
  }
  return access::Principal{.role = access::Role::Developer,
                           .rights = key->rights,
                           .user_id = 0,
                           .session_id = 0,
                           .key_id = key->id,
                           .is_fresh = true,
                           .name = std::string(access::kKeyName) + key->name};
}

bool must_set_up_second_factor(const SignedIn& who, bool requires_second_factor) {
  return requires_second_factor && access::needs_second_factor(who.user.role) &&
         !who.session.has_second_factor;
}

access::Principal principal_of(const SignedIn& who, bool requires_second_factor, Instant now) {
  return {.role = who.user.role,
          .rights = must_set_up_second_factor(who, requires_second_factor)
                        ? access::Rights().with(access::Right::OwnAccount)
                        : access::rights_of(who.user.role),
          .user_id = who.user.id,
          .session_id = who.session.id,
          .key_id = 0,
          .is_fresh = access::is_fresh(who.session.times, now),
          .name = who.user.email};
}

SignedIn renew_session(Tx& tx, CreditorId creditor, const SignedIn& who, bool has_second_factor,
                       Instant now) {
  (void)tx.sessions.end(creditor, who.user.id, who.session.id);
  auto user = tx.users.find(creditor, who.user.id);
  return begin_session(tx, user ? *std::move(user) : who.user, has_second_factor,
                       {.address = who.session.address, .browser = who.session.browser}, now);
}

void sign_out(Tx& tx, CreditorId creditor, const SignedIn& who, Instant now) {
  if (tx.sessions.end(creditor, who.user.id, who.session.id))
    engine::note(tx, creditor, {}, now, "signed_out", fmt::format("user {}", who.user.id));
}

Result<std::string> make_setup_token(Tx& tx, CreditorId creditor, int64_t user, std::string_view by,
                                     Instant now) {
  if (user == 0 && tx.users.has_any(creditor))
    return fail(ErrorCode::Conflict,
                "the house has its owner already: see puntual user list, and give a new link with "
                "puntual user reset");
  std::string token = access::base32(bytes_of(random_secret()).substr(0, kTypedTokenBytes));
  tx.sign_ins.add_token(creditor, sha256(token), user, now + access::kLinkMs);
  // Of a house without anybody nothing has changed yet.
  if (user != 0) {
    tx.users.note_link(creditor, user, by, now);
    engine::note(tx, creditor, {}, now, "setup_token_made", fmt::format("user {} by {}", user, by));
  }
  return token;
}

Result<SignedIn> set_up_house(Store& store, const Creditor& creditor, const SetupOrder& order,
                              Instant now) {
  ASSIGN_OR_RETURN(const int64_t whose, user_of_token(store, creditor.id, order.token, now));
  if (whose != 0) return fail(ErrorCode::Forbidden, "{}", kSpentLink);
  RETURN_IF_ERROR(check_user(order.name, order.email));
  RETURN_IF_ERROR(access::check_password(order.password, {order.name, order.email, creditor.name}));
  const std::string hash = hash_of_password(order.password);
  return store.write([&](Tx& tx) -> Result<SignedIn> {
    if (!tx.sign_ins.take_token(creditor.id, sha256(order.token), now) ||
        tx.users.has_any(creditor.id))
      return fail(ErrorCode::Forbidden, "{}", kSpentLink);
    User owner{.id = tx.ids.next<Id<User>>(now).value,
               .creditor_id = creditor.id,
               .name = order.name,
               .email = order.email,
               .role = access::Role::Owner,
               .password = hash,
               .totp = {},
               .totp_since = {},
               .totp_step = 0,
               .created_at = now,
               .signed_in_at = {},
               .disabled_at = {}};
    RETURN_IF_ERROR(tx.users.insert(owner));
    tx.users.note_sign_in(creditor.id, owner.id, now);
    engine::note(tx, creditor.id, {}, now, "user_added",
                 fmt::format("user {} owner by setup", owner.id));
    // From here the owner is at home, whatever strangers try at their account.
    const int64_t attempt = tx.ids.next<Id<Attempt>>(now).value;
    tx.sign_ins.begin(creditor.id, attempt, owner.email, place_of_caller(order.device.address),
                      now);
    tx.sign_ins.succeed(creditor.id, attempt);
    return begin_session(tx, std::move(owner), false, order.device, now);
  });
}

Result<void> choose_password(Store& store, const Creditor& creditor, std::string_view token,
                             std::string_view password, Instant now) {
  ASSIGN_OR_RETURN(const int64_t whose, user_of_token(store, creditor.id, token, now));
  ASSIGN_OR_RETURN(const auto before,
                   store.read([&](Tx& tx) { return tx.users.find(creditor.id, whose); }));
  if (!before) return fail(ErrorCode::Forbidden, "{}", kSpentLink);
  RETURN_IF_ERROR(access::check_password(password, {before->name, before->email, creditor.name}));
  const std::string hash = hash_of_password(password);
  return store.write([&](Tx& tx) -> Result<void> {
    const auto taken = tx.sign_ins.take_token(creditor.id, sha256(token), now);
    const auto user = taken ? tx.users.find(creditor.id, *taken) : std::nullopt;
    if (!user || user->disabled_at) return fail(ErrorCode::Forbidden, "{}", kSpentLink);
    tx.users.set_password(creditor.id, user->id, hash);
    tx.sessions.end_all(creditor.id, user->id);
    engine::note(tx, creditor.id, {}, now, "password_set",
                 fmt::format("user {} by link", user->id));
    return {};
  });
}

}  // namespace puntual
