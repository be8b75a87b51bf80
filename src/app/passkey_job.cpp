#include "app/passkey_job.h"

#include "base/json.h"
#include "base/whole_number.h"
#include "core/access/passkey.h"
#include "engine/note.h"

namespace puntual {
namespace {

using access::base64url;
using access::bytes_of_base64url;
using access::RelyingParty;
using store::Passkey;

constexpr int64_t kQuestionMs = 5 * kMinuteMs;
constexpr size_t kPasskeysMax = 10;

// A credential as the browser writes it: {"rawId","response":{…}}. `part` gives a field of response
// as bytes.
class BrowserAnswer {
 public:
  static Result<BrowserAnswer> parse(std::string_view body) {
    ASSIGN_OR_RETURN(json::value order, parse_json(body));
    const auto* credential = member_object(order, "credential");
    const auto* response = credential == nullptr ? nullptr : member_object(*credential, "response");
    if (response == nullptr)
      return fail(ErrorCode::Invalid, "credential is missing: what the browser has answered");
    BrowserAnswer answer;
    answer.name = text_in(order, "name");
    answer.raw_id_ = text_in(*credential, "rawId");
    answer.response_ = *response;
    return answer;
  }
  [[nodiscard]] Result<std::string> id() const { return bytes_of_base64url(raw_id_); }
  [[nodiscard]] Result<std::string> part(std::string_view field) const {
    return bytes_of_base64url(text_in(response_, field));
  }
  // The question that it says it answers.
  [[nodiscard]] Result<std::string> question() const {
    ASSIGN_OR_RETURN(const std::string client_data, part("clientDataJSON"));
    ASSIGN_OR_RETURN(const json::value data, parse_json(client_data));
    return bytes_of_base64url(text_in(data, "challenge"));
  }
  std::string name;

 private:
  std::string raw_id_;
  json::object response_;
};

json::object passkey_json(const Passkey& one) {
  return {{"id", std::to_string(one.id)},
          {"name", one.name},
          {"created_at", format_utc(one.created_at)},
          {"used_at", one.used_at ? json::value(format_utc(*one.used_at)) : json::value(nullptr)}};
}

Result<uint32_t> check_answer(const BrowserAnswer& answer, const Passkey& passkey,
                              std::string_view question, const RelyingParty& party) {
  access::PasskeyProof proof;
  ASSIGN_OR_RETURN(proof.client_data, answer.part("clientDataJSON"));
  ASSIGN_OR_RETURN(proof.authenticator_data, answer.part("authenticatorData"));
  ASSIGN_OR_RETURN(proof.signature, answer.part("signature"));
  return access::check_passkey(proof, passkey.public_key, question, party);
}

}  // namespace

Result<std::string> list_passkeys_job(Store& store, const SignedIn& who) {
  return store.read([&](Tx& tx) {
    json::array list;
    for (const auto& one : tx.passkeys.of_user(who.user.creditor_id, who.user.id))
      list.push_back(passkey_json(one));
    return to_json(json::object{{"passkeys", std::move(list)}});
  });
}

Result<std::string> begin_passkey_job(Store& store, const Creditor& creditor, const SignedIn& who,
                                      std::string_view origin, Instant now) {
  ASSIGN_OR_RETURN(const RelyingParty party, access::relying_party(origin));
  return store.read([&](Tx& tx) {
    json::array known;
    for (const auto& one : tx.passkeys.of_user(creditor.id, who.user.id))
      known.push_back(json::object{{"type", "public-key"}, {"id", base64url(one.credential)}});
    json::array kinds;
    for (const int algorithm : {-7, -8, -257})
      kinds.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
    return to_json(json::object{
        {"challenge", base64url(tx.passkeys.question(creditor.id, who.user.id, now + kQuestionMs))},
        {"rp", json::object{{"id", party.id}, {"name", creditor.name}}},
        {"user", json::object{{"id", base64url(std::to_string(who.user.id))},
                              {"name", who.user.email},
                              {"displayName", who.user.name}}},
        {"pubKeyCredParams", std::move(kinds)},
        {"excludeCredentials", std::move(known)},
        {"attestation", "none"},
        {"timeout", kQuestionMs},
        {"authenticatorSelection", json::object{{"residentKey", "required"},
                                                {"requireResidentKey", true},
                                                {"userVerification", "required"}}}});
  });
}

Result<std::string> finish_passkey_job(Store& store, const SignedIn& who, std::string_view origin,
                                       std::string_view body, Instant now, SignedIn& renewed) {
  ASSIGN_OR_RETURN(const RelyingParty party, access::relying_party(origin));
  ASSIGN_OR_RETURN(const BrowserAnswer answer, BrowserAnswer::parse(body));
  RETURN_IF_ERROR(check_user(answer.name, who.user.email));
  ASSIGN_OR_RETURN(const std::string client_data, answer.part("clientDataJSON"));
  ASSIGN_OR_RETURN(const std::string attestation, answer.part("attestationObject"));
  ASSIGN_OR_RETURN(const std::string question, answer.question());
  ASSIGN_OR_RETURN(const access::NewPasskey made,
                   access::read_new_passkey(client_data, attestation, question, party));
  const CreditorId house = who.user.creditor_id;
  return store.write([&](Tx& tx) -> Result<std::string> {
    if (!tx.passkeys.take_question(house, who.user.id, question, now))
      return fail(ErrorCode::Conflict, "that took too long, or was answered already: begin anew");
    if (tx.passkeys.of_user(house, who.user.id).size() >= kPasskeysMax)
      return fail(ErrorCode::Conflict, "there are {} passkeys already: remove one first",
                  kPasskeysMax);
    const Passkey passkey{.id = tx.ids.next<Id<Passkey>>(now).value,
                          .user_id = who.user.id,
                          .credential = made.credential,
                          .name = answer.name,
                          .public_key = made.public_key,
                          .counter = made.counter,
                          .created_at = now,
                          .used_at = {}};
    RETURN_IF_ERROR(tx.passkeys.insert(house, passkey));
    engine::note(tx, house, {}, now, "second_factor_set",
                 fmt::format("user {} passkey {}", who.user.id, passkey.id));
    renewed = renew_session(tx, house, who, true, now);
    tx.sessions.end_all(house, who.user.id, renewed.session.id);
    return to_json(passkey_json(passkey));
  });
}

Result<void> remove_passkey_job(Store& store, const SignedIn& who, std::string_view id,
                                Instant now) {
  const auto number = whole_number(id);
  return store.write([&](Tx& tx) -> Result<void> {
    if (!number || !tx.passkeys.remove(who.user.creditor_id, who.user.id, *number))
      return fail(ErrorCode::NotFound, "passkey '{}' does not exist", id);
    const auto user = tx.users.find(who.user.creditor_id, who.user.id);
    tx.sessions.note_confirmed(who.user.creditor_id, who.session.id, who.user.id,
                               user && user->has_second_factor(), who.session.times.confirmed_at);
    tx.sessions.end_all(who.user.creditor_id, who.user.id, who.session.id);
    engine::note(tx, who.user.creditor_id, {}, now, "second_factor_removed",
                 fmt::format("user {} passkey {}", who.user.id, *number));
    return {};
  });
}

Result<std::string> begin_passkey_sign_in(Store& store, CreditorId creditor,
                                          std::string_view origin, Instant now) {
  ASSIGN_OR_RETURN(const RelyingParty party, access::relying_party(origin));
  return store.read([&](Tx& tx) {
    return to_json(
        json::object{{"challenge", base64url(tx.passkeys.question(creditor, 0, now + kQuestionMs))},
                     {"rpId", party.id},
                     {"allowCredentials", json::array()},
                     {"userVerification", "required"},
                     {"timeout", kQuestionMs}});
  });
}

Result<SignInOutcome> finish_passkey_sign_in(Store& store, CreditorId creditor,
                                             std::string_view origin, std::string_view body,
                                             const Device& device, Instant now) {
  ASSIGN_OR_RETURN(const RelyingParty party, access::relying_party(origin));
  ASSIGN_OR_RETURN(const BrowserAnswer answer, BrowserAnswer::parse(body));
  ASSIGN_OR_RETURN(const std::string credential, answer.id());
  ASSIGN_OR_RETURN(const std::string question, answer.question());
  return store.write([&](Tx& tx) -> SignInOutcome {
    const auto deny = [&](const std::string& what) {
      engine::note(tx, creditor, {}, now, "sign_in_failed", what);
      return SignInOutcome{.denial = SignInDenial::Wrong, .who = {}};
    };
    const auto passkey = tx.passkeys.find(creditor, credential);
    const auto user = passkey ? tx.users.find(creditor, passkey->user_id) : std::nullopt;
    if (!user)
      return SignInOutcome{
          .denial = SignInDenial::Wrong,
          .who = {}};  // Nobody's: there is nothing to guess, and nobody to tell of it.
    if (user->disabled_at) return deny(fmt::format("user {} passkey disabled", user->id));
    const auto counter = check_answer(answer, *passkey, question, party);
    if (!counter || !tx.passkeys.take_question(creditor, 0, question, now))
      return deny(fmt::format("user {} passkey", user->id));
    if (!tx.passkeys.note_used(creditor, passkey->id, *counter, now))
      return deny(fmt::format("user {} passkey copied", user->id));
    tx.users.note_sign_in(creditor, user->id, now);
    engine::note(tx, creditor, {}, now, "signed_in", fmt::format("user {} with passkey", user->id));
    return SignInOutcome{.denial = {}, .who = begin_session(tx, *user, true, device, now)};
  });
}

}  // namespace puntual
