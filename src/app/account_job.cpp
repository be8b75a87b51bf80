#include "app/account_job.h"

#include "app/user_job.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/password.h"
#include "base/whole_number.h"
#include "core/access/password_rules.h"
#include "core/access/totp.h"
#include "document/qr.h"
#include "engine/note.h"

namespace puntual {
namespace {

constexpr int kRecoveryCodes = 10;
constexpr size_t kTotpSecretBytes = 20;
constexpr size_t kRecoveryBytes = 10;  // 80 bits: nobody tries them out.

Result<std::string> needed_in(std::string_view body, std::string_view field) {
  ASSIGN_OR_RETURN(const json::value order, parse_json(body));
  std::string text = text_in(order, field);
  if (text.empty()) return fail(ErrorCode::Invalid, "{} is missing", field);
  return text;
}

// As they are shown, in groups of four; what is kept is the digest of their letters.
json::array make_recovery_codes(Tx& tx, const store::User& user) {
  json::array shown;
  std::vector<Digest> hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    const std::string code = access::base32(bytes_of(random_secret()).substr(0, kRecoveryBytes));
    hashes.push_back(sha256(code));
    shown.emplace_back(fmt::format("{}-{}-{}-{}", code.substr(0, 4), code.substr(4, 4),
                                   code.substr(8, 4), code.substr(12, 4)));
  }
  tx.users.set_recovery_codes(user.creditor_id, user.id, hashes);
  return shown;
}

void note_account(Tx& tx, const SignedIn& who, Instant now, std::string_view kind,
                  std::string_view what = {}) {
  engine::note(tx, who.user.creditor_id, {}, now, kind,
               fmt::format("user {}{}{}", who.user.id, what.empty() ? "" : " ", what));
}

}  // namespace

Result<std::string> show_account_job(Store& store, const SignedIn& who) {
  return store.read([&](Tx& tx) {
    json::object answer = user_json(who.user);
    answer["authenticator"] = who.user.has_authenticator();
    answer["recovery_codes_left"] = tx.users.recovery_codes_left(who.user.creditor_id, who.user.id);
    return to_json(answer);
  });
}

Result<void> change_password_job(Store& store, const Creditor& creditor, const SignedIn& who,
                                 std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const std::string password, needed_in(body, "password"));
  RETURN_IF_ERROR(access::check_password(password, {who.user.name, who.user.email, creditor.name}));
  const std::string hash = hash_of_password(password);
  return store.write([&](Tx& tx) {
    tx.users.set_password(creditor.id, who.user.id, hash);
    tx.sessions.end_all(creditor.id, who.user.id, who.session.id);
    note_account(tx, who, now, "password_set");
  });
}

Result<std::string> begin_totp_job(Store& store, const Creditor& creditor, const SignedIn& who) {
  const std::string secret(bytes_of(random_secret()).substr(0, kTotpSecretBytes));
  const std::string uri = access::totp_uri(creditor.name, who.user.email, secret);
  ASSIGN_OR_RETURN(const auto qr, document::qr_code(uri));
  RETURN_IF_ERROR(store.write([&](Tx& tx) -> Result<void> {
    if (const auto user = tx.users.find(creditor.id, who.user.id);
        user && user->has_authenticator()) {
      return fail(ErrorCode::Conflict, "there is a second factor already: take it away first");
    }
    tx.users.set_totp(creditor.id, who.user.id, secret, std::nullopt);
    return {};
  }));
  return to_json(
      json::object{{"secret", access::base32(secret)}, {"uri", uri}, {"qr", document::svg_of(qr)}});
}

Result<std::string> finish_totp_job(Store& store, const SignedIn& who, std::string_view body,
                                    Instant code_at, Instant now, SignedIn& renewed) {
  ASSIGN_OR_RETURN(const std::string code, needed_in(body, "code"));
  return store.write([&](Tx& tx) -> Result<std::string> {
    const auto user = tx.users.find(who.user.creditor_id, who.user.id);
    if (!user || user->totp.empty() || user->has_authenticator())
      return fail(ErrorCode::Conflict, "no second factor is being set up: begin anew");
    const auto step = access::totp_step(user->totp, code, code_at, user->totp_step);
    if (!step || !tx.users.take_totp_step(user->creditor_id, user->id, *step)) {
      return fail(ErrorCode::Invalid,
                  "ese código no es el de ahora: mire que la hora de su teléfono sea automática");
    }
    tx.users.set_totp(user->creditor_id, user->id, user->totp, now);
    json::object answer{{"recovery_codes", make_recovery_codes(tx, *user)}};
    note_account(tx, who, now, "second_factor_set");
    renewed = renew_session(tx, user->creditor_id, who, true, now);
    tx.sessions.end_all(user->creditor_id, user->id, renewed.session.id);
    return to_json(answer);
  });
}

Result<void> remove_totp_job(Store& store, const SignedIn& who, Instant now) {
  return store.write([&](Tx& tx) {
    tx.users.set_totp(who.user.creditor_id, who.user.id, "", std::nullopt);
    tx.users.set_recovery_codes(who.user.creditor_id, who.user.id, {});
    tx.sessions.note_confirmed(who.user.creditor_id, who.session.id, who.user.id,
                               who.user.has_passkey, now);
    tx.sessions.end_all(who.user.creditor_id, who.user.id, who.session.id);
    note_account(tx, who, now, "second_factor_removed");
  });
}

Result<std::string> renew_recovery_codes_job(Store& store, const SignedIn& who, Instant now) {
  return store.write([&](Tx& tx) -> Result<std::string> {
    const auto user = tx.users.find(who.user.creditor_id, who.user.id);
    if (!user || !user->has_authenticator())
      return fail(ErrorCode::Conflict,
                  "recovery codes come with a second factor: set one up first");
    const json::object answer{{"recovery_codes", make_recovery_codes(tx, *user)}};
    note_account(tx, who, now, "recovery_codes_made");
    return to_json(answer);
  });
}

Result<std::string> list_sessions_job(Store& store, const SignedIn& who, Instant now) {
  return store.read([&](Tx& tx) {
    json::array list;
    for (const auto& one : tx.sessions.of_user(who.user.creditor_id, who.user.id)) {
      if (!access::is_alive(one.times, now)) continue;
      list.push_back(json::object{{"id", std::to_string(one.id)},
                                  {"address", one.address},
                                  {"browser", one.browser},
                                  {"created_at", format_utc(one.times.created_at)},
                                  {"seen_at", format_utc(one.times.seen_at)},
                                  {"is_current", one.id == who.session.id}});
    }
    return to_json(json::object{{"sessions", std::move(list)}});
  });
}

Result<void> end_session_job(Store& store, const SignedIn& who, std::string_view id, Instant now) {
  const auto number = whole_number(id);
  return store.write([&](Tx& tx) -> Result<void> {
    if (!number || !tx.sessions.end(who.user.creditor_id, who.user.id, *number))
      return fail(ErrorCode::NotFound, "session '{}' does not exist", id);
    note_account(tx, who, now, "session_ended", id);
    return {};
  });
}

}  // namespace puntual
