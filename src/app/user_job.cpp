#include "app/user_job.h"

#include "app/sign_in.h"
#include "base/text.h"
#include "base/whole_number.h"
#include "core/access/two_people.h"
#include "engine/note.h"

namespace puntual {
namespace {

using store::ApiKey;
using store::User;

constexpr int64_t kKeyDaysMax = 366, kKeyDaysUsual = 90;
constexpr size_t kKeysMax = 100;
constexpr size_t kKeyStart = 8;

json::value time_or_null(const std::optional<Instant>& at) {
  return at ? json::value(format_utc(*at)) : json::value(nullptr);
}

Result<int64_t> id_in_path(std::string_view text, std::string_view what) {
  const auto id = whole_number(text);
  if (!id) return fail(ErrorCode::NotFound, "{} '{}' does not exist", what, text);
  return *id;
}

Result<json::object> order_of(std::string_view body,
                              std::initializer_list<std::string_view> known) {
  ASSIGN_OR_RETURN(json::value document, parse_json(body.empty() ? std::string_view("{}") : body));
  if (!document.is_object()) return fail(ErrorCode::Invalid, "a JSON object is expected");
  for (const auto& field : document.get_object()) {
    if (std::ranges::find(known, std::string_view(field.key())) == known.end())
      return fail(ErrorCode::Invalid, "{}: there is no such field", std::string_view(field.key()));
  }
  return std::move(document.get_object());
}

Result<access::Role> role_in(const json::object& order) {
  const std::string text = text_in(order, "role");
  const auto role = access::role_named(text);
  if (!role)
    return fail(
        ErrorCode::Invalid,
        "role: '{}' is none (owner, admin, supervisor, agent, compliance, developer, auditor)",
        text);
  return *role;
}

Result<void> may_make(const access::Principal& by, access::Role role) {
  if (role == access::Role::Owner && by.role != access::Role::Owner)
    return fail(ErrorCode::Forbidden, "only an owner makes or unmakes an owner");
  return {};
}

// Without this one, is there an owner who can sign in?
bool is_last_owner(Tx& tx, const User& user) {
  if (user.role != access::Role::Owner || user.disabled_at) return false;
  for (const auto& one : tx.users.all(user.creditor_id)) {
    if (one.id != user.id && one.role == access::Role::Owner && !one.disabled_at &&
        !one.password.empty())
      return false;
  }
  return true;
}

void note_user(Tx& tx, const User& user, Instant now, std::string_view kind, std::string_view what,
               const access::Principal& by) {
  engine::note(tx, user.creditor_id, {}, now, kind,
               fmt::format("user {} {}{}by {}", user.id, what, what.empty() ? "" : " ", by.name));
}

Result<void> change_role(Tx& tx, const User& user, access::Role role, const access::Principal& by,
                         Instant now) {
  RETURN_IF_ERROR(may_make(by, role));
  if (role != access::Role::Owner && is_last_owner(tx, user))
    return fail(ErrorCode::Conflict, "{} is the last owner: make another one first", user.email);
  tx.users.set_role(user.creditor_id, user.id, role);
  note_user(tx, user, now, "user_role", fmt::format("{} to {}", text_of(user.role), text_of(role)),
            by);
  return {};
}

Result<void> change_disabled(Tx& tx, const User& user, bool is_disabled,
                             const access::Principal& by, Instant now) {
  if (is_disabled && is_last_owner(tx, user))
    return fail(ErrorCode::Conflict, "{} is the last owner: make another one first", user.email);
  tx.users.set_disabled(user.creditor_id, user.id, is_disabled ? std::optional(now) : std::nullopt);
  note_user(tx, user, now, is_disabled ? "user_disabled" : "user_enabled", "", by);
  return {};
}

json::object key_json(const ApiKey& key) {
  return {{"id", std::to_string(key.id)},
          {"name", key.name},
          {"start", key.start},
          {"rights", rights_json(key.rights)},
          {"created_at", format_utc(key.created_at)},
          {"expires_at", format_utc(key.expires_at)},
          {"used_at", time_or_null(key.used_at)}};
}

// What is for people alone: a key is no user, and makes neither users nor keys.
Result<access::Rights> rights_in(const json::object& order, const access::Principal& by) {
  access::Rights rights;
  const auto* list = member_array(order, "rights");
  if (list == nullptr || list->empty())
    return fail(ErrorCode::Invalid, "rights is missing: what may the key do? [\"payments_write\"]");
  for (const auto& one : *list) {
    const std::string text = one.is_string() ? std::string(one.get_string()) : std::string();
    const auto right = access::right_named(text);
    if (!right || *right == access::Right::OwnAccount || *right == access::Right::UsersWrite ||
        *right == access::Right::KeysWrite) {
      return fail(ErrorCode::Invalid, "rights: '{}' is none that a key can have", text);
    }
    if (!by.rights.has(*right))
      return fail(ErrorCode::Forbidden, "{} has not the right {} to give", by.name, text);
    rights = rights.with(*right);
  }
  return rights;
}

}  // namespace

access::Principal operator_principal() {
  return {.role = access::Role::Owner,
          .rights = access::rights_of(access::Role::Owner),
          .user_id = 0,
          .session_id = 0,
          .is_fresh = true,
          .name = "operator"};
}

json::object user_json(const User& user) {
  return {{"id", std::to_string(user.id)},
          {"name", user.name},
          {"email", user.email},
          {"role", text_of(user.role)},
          {"second_factor", user.has_second_factor()},
          {"has_password", !user.password.empty()},
          {"created_at", format_utc(user.created_at)},
          {"signed_in_at", time_or_null(user.signed_in_at)},
          {"disabled_at", time_or_null(user.disabled_at)}};
}

json::array rights_json(access::Rights rights) {
  json::array list;
  for (size_t i = 0; i < access::kRights; ++i) {
    if (rights.has(static_cast<access::Right>(i)))
      list.emplace_back(text_of(static_cast<access::Right>(i)));
  }
  return list;
}

Result<std::string> list_users_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) {
    json::array users;
    for (const auto& user : tx.users.all(creditor.id)) users.push_back(user_json(user));
    return to_json(json::object{{"users", std::move(users)}});
  });
}

Result<std::string> add_user_job(Store& store, const Creditor& creditor, std::string_view body,
                                 const access::Principal& by, Instant now) {
  ASSIGN_OR_RETURN(const json::object order, order_of(body, {"name", "email", "role"}));
  const std::string name = text_in(order, "name"), email = text_in(order, "email");
  RETURN_IF_ERROR(check_user(name, email));
  ASSIGN_OR_RETURN(const access::Role role, role_in(order));
  RETURN_IF_ERROR(may_make(by, role));
  return store.write([&](Tx& tx) -> Result<std::string> {
    const User user{.id = tx.ids.next<Id<User>>(now).value,
                    .creditor_id = creditor.id,
                    .name = name,
                    .email = email,
                    .role = role,
                    .password = {},
                    .totp = {},
                    .totp_since = {},
                    .totp_step = 0,
                    .created_at = now,
                    .signed_in_at = {},
                    .disabled_at = {}};
    RETURN_IF_ERROR(tx.users.insert(user));
    note_user(tx, user, now, "user_added", text_of(role), by);
    json::object answer = user_json(user);
    ASSIGN_OR_RETURN(answer["token"], make_setup_token(tx, creditor.id, user.id, by.name, now));
    return to_json(answer);
  });
}

Result<std::string> change_user_job(Store& store, const Creditor& creditor, std::string_view id,
                                    std::string_view body, const access::Principal& by,
                                    Instant now) {
  ASSIGN_OR_RETURN(const int64_t number, id_in_path(id, "user"));
  ASSIGN_OR_RETURN(const json::object order,
                   order_of(body, {"role", "disabled", "reset", "second_factor"}));
  const auto is_disabled = member_bool(order, "disabled"),
             has_factor = member_bool(order, "second_factor");
  if (has_factor.value_or(false))
    return fail(ErrorCode::Invalid,
                "second_factor: only its owner sets one up; false takes it away");
  return store.write([&](Tx& tx) -> Result<std::string> {
    const auto user = tx.users.find(creditor.id, number);
    if (!user) return fail(ErrorCode::NotFound, "user {} does not exist", number);
    RETURN_IF_ERROR(may_make(by, user->role));
    if (order.contains("role")) {
      ASSIGN_OR_RETURN(const access::Role role, role_in(order));
      RETURN_IF_ERROR(change_role(tx, *user, role, by, now));
    }
    if (is_disabled) RETURN_IF_ERROR(change_disabled(tx, *user, *is_disabled, by, now));
    if (has_factor) {
      tx.users.set_totp(creditor.id, number, "", std::nullopt);
      tx.users.set_recovery_codes(creditor.id, number, {});
      tx.passkeys.remove_all(creditor.id, number);
      note_user(tx, *user, now, "second_factor_removed", "", by);
    }
    std::string token;
    if (member_bool(order, "reset").value_or(false)) {
      ASSIGN_OR_RETURN(token, make_setup_token(tx, creditor.id, number, by.name, now));
    }
    tx.sessions.end_all(creditor.id, number);
    json::object answer = user_json(*tx.users.find(creditor.id, number));
    if (!token.empty()) answer["token"] = token;
    return to_json(answer);
  });
}

Result<std::string> list_keys_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) {
    json::array keys;
    for (const auto& key : tx.api_keys.all(creditor.id)) keys.push_back(key_json(key));
    return to_json(json::object{{"keys", std::move(keys)}});
  });
}

Result<std::string> add_key_job(Store& store, const Creditor& creditor, std::string_view body,
                                const access::Principal& by, Instant now) {
  ASSIGN_OR_RETURN(const json::object order, order_of(body, {"name", "rights", "days"}));
  const std::string name = text_in(order, "name");
  if (name.empty() || name.size() > 40 ||
      std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
    return fail(ErrorCode::Invalid, "name: 1 to 40 bytes, in one line, are expected");
  // Records say "key ERP: ana" of whom a key names, and call others so.
  if (name.contains(':') || access::is_same_name(name, "operator") ||
      access::is_same_name(name, "api"))
    return fail(ErrorCode::Invalid,
                "name: '{}' would be taken for somebody else in the records (no ':', and neither "
                "operator nor api)",
                name);
  const int64_t days =
      order.contains("days") ? member_int(order, "days").value_or(0) : kKeyDaysUsual;
  if (days < 1 || days > kKeyDaysMax)
    return fail(ErrorCode::Invalid, "days: 1 to {} are expected", kKeyDaysMax);
  ASSIGN_OR_RETURN(const access::Rights rights, rights_in(order, by));
  const std::string text = "pun_" + new_token();
  return store.write([&](Tx& tx) -> Result<std::string> {
    const auto users = tx.users.all(creditor.id);
    if (std::ranges::any_of(
            users, [&](const User& one) { return fold_text(one.email) == fold_text(name); }))
      return fail(ErrorCode::Conflict,
                  "'{}' is how a colleague signs in: give the key a name of its own", name);
    const auto keys = tx.api_keys.all(creditor.id);
    const bool is_taken = std::ranges::any_of(keys, [&](const ApiKey& one) {
      return access::is_same_name(one.name, name) && one.expires_at > now;
    });
    if (is_taken)
      return fail(ErrorCode::Conflict,
                  "there is a key named '{}' already: records would not tell them apart", name);
    if (keys.size() >= kKeysMax)
      return fail(ErrorCode::Conflict, "there are {} keys already: remove one first", kKeysMax);
    const ApiKey key{.id = tx.ids.next<Id<ApiKey>>(now).value,
                     .name = name,
                     .start = text.substr(0, kKeyStart),
                     .rights = rights,
                     .created_at = now,
                     .expires_at = now + days * kDayMs,
                     .used_at = {}};
    tx.api_keys.insert(creditor.id, sha256(text), key);
    engine::note(tx, creditor.id, {}, now, "key_added",
                 fmt::format("key {} by {}", key.id, by.name));
    json::object answer = key_json(key);
    answer["key"] = text;
    return to_json(answer);
  });
}

Result<void> remove_key_job(Store& store, const Creditor& creditor, std::string_view id,
                            const access::Principal& by, Instant now) {
  ASSIGN_OR_RETURN(const int64_t number, id_in_path(id, "key"));
  return store.write([&](Tx& tx) -> Result<void> {
    if (!tx.api_keys.remove(creditor.id, number))
      return fail(ErrorCode::NotFound, "key {} does not exist", number);
    engine::note(tx, creditor.id, {}, now, "key_removed",
                 fmt::format("key {} by {}", number, by.name));
    return {};
  });
}

}  // namespace puntual
