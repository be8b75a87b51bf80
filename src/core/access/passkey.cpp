#include "core/access/passkey.h"

#include <algorithm>

#include "base/cbor.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/public_key.h"

namespace puntual::access {
namespace {

constexpr uint8_t kWasThere = 0x01, kWasVerified = 0x04, kHasKey = 0x40;
constexpr size_t kHeadBytes = 37, kAaguidBytes = 16, kCredentialBytesMax = 1023;

// What the authenticator signs: for whom, what the person did, how often it was used, and of a new
// one its key.
struct AuthenticatorData {
  uint8_t flags = 0;
  uint32_t counter = 0;
  std::string_view rest;  // Behind the head.
};

uint32_t number_in(std::string_view bytes) {
  uint32_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

Result<AuthenticatorData> read_head(std::string_view data, const RelyingParty& party) {
  if (data.size() < kHeadBytes) return fail(ErrorCode::Invalid, "the passkey's data are not whole");
  if (data.substr(0, 32) != bytes_of(sha256(party.id)))
    return fail(ErrorCode::Invalid, "this passkey is for another address than {}", party.id);
  const AuthenticatorData head{.flags = static_cast<uint8_t>(data[32]),
                               .counter = number_in(data.substr(33, 4)),
                               .rest = data.substr(kHeadBytes)};
  if ((head.flags & kWasThere) == 0 || (head.flags & kWasVerified) == 0)
    return fail(ErrorCode::Invalid,
                "the device did not ask who you are: set a PIN, a finger or a face in it");
  return head;
}

Result<void> check_client_data(std::string_view text, std::string_view type,
                               std::string_view challenge, const RelyingParty& party) {
  ASSIGN_OR_RETURN(const json::value data, parse_json(text));
  if (text_in(data, "type") != type || member_bool(data, "crossOrigin").value_or(false))
    return fail(ErrorCode::Invalid, "the browser answers something else than {}", type);
  if (!equal_constant_time(text_in(data, "challenge"), base64url(challenge)))
    return fail(ErrorCode::Invalid, "the browser answers another question than ours");
  if (text_in(data, "origin") != party.origin)
    return fail(ErrorCode::Invalid, "the browser answers for another address than {}",
                party.origin);
  return {};
}

// COSE (RFC 9053): the three kinds that we ask for.
std::optional<std::string> key_in(const CborValue& cose) {
  const auto number = [&](int64_t label) {
    const CborValue* value = cose.find(label);
    return value == nullptr ? std::nullopt : value->integer();
  };
  const auto part = [&](int64_t label) -> std::string_view {
    const CborValue* value = cose.find(label);
    return value == nullptr ? std::string_view() : value->bytes().value_or("");
  };
  constexpr int64_t kKind = 1, kAlgorithm = 3;
  if (number(kKind) == 2 && number(kAlgorithm) == -7 && number(-1) == 1)
    return p256_key(part(-2), part(-3));
  if (number(kKind) == 1 && number(kAlgorithm) == -8 && number(-1) == 6)
    return ed25519_key(part(-2));
  if (number(kKind) == 3 && number(kAlgorithm) == -257) return rsa_key(part(-1), part(-2));
  return std::nullopt;
}

}  // namespace

Result<RelyingParty> relying_party(std::string_view origin) {
  const bool is_secure = origin.starts_with("https://"),
             is_here = origin.starts_with("http://localhost");
  const auto begin = origin.find("://");
  if (begin == std::string_view::npos || (!is_secure && !is_here))
    return fail(ErrorCode::Invalid, "passkeys need https, or http://localhost: {} is neither",
                origin);
  const std::string_view host = origin.substr(begin + 3);
  const std::string_view name = host.substr(0, host.find(':'));
  if (is_here && name != "localhost")
    return fail(ErrorCode::Invalid, "passkeys need https, or http://localhost: {} is neither",
                origin);
  const bool is_address = name.empty() || std::ranges::all_of(name, [](char c) {
                            return c == '.' || (c >= '0' && c <= '9');
                          });
  if (is_address) return fail(ErrorCode::Invalid, "passkeys need a name: {} is an address", name);
  return RelyingParty{.id = std::string(name), .origin = std::string(origin)};
}

Result<NewPasskey> read_new_passkey(std::string_view client_data, std::string_view attestation,
                                    std::string_view challenge, const RelyingParty& party) {
  RETURN_IF_ERROR(check_client_data(client_data, "webauthn.create", challenge, party));
  const auto object = take_cbor(attestation);
  const CborValue* data = object && attestation.empty() ? object->find("authData") : nullptr;
  if (data == nullptr || !data->bytes())
    return fail(ErrorCode::Invalid, "the passkey's data are not whole");
  ASSIGN_OR_RETURN(AuthenticatorData head, read_head(*data->bytes(), party));
  std::string_view rest = head.rest;
  if ((head.flags & kHasKey) == 0 || rest.size() < kAaguidBytes + 2)
    return fail(ErrorCode::Invalid, "the passkey has no key");
  const size_t size = number_in(rest.substr(kAaguidBytes, 2));
  rest.remove_prefix(kAaguidBytes + 2);
  if (size == 0 || size > kCredentialBytesMax || size > rest.size())
    return fail(ErrorCode::Invalid, "the passkey has no usable id");
  const std::string_view credential = rest.substr(0, size);
  rest.remove_prefix(size);
  const auto cose = take_cbor(rest);  // Extensions may stand behind it: we asked for none.
  auto key = cose ? key_in(*cose) : std::nullopt;
  if (!key)
    return fail(ErrorCode::Invalid,
                "the passkey's key is of a kind that is not taken (ES256, EdDSA, RS256)");
  return NewPasskey{.credential = std::string(credential),
                    .public_key = *std::move(key),
                    .counter = head.counter};
}

Result<uint32_t> check_passkey(const PasskeyProof& proof, std::string_view public_key,
                               std::string_view challenge, const RelyingParty& party) {
  RETURN_IF_ERROR(check_client_data(proof.client_data, "webauthn.get", challenge, party));
  ASSIGN_OR_RETURN(const AuthenticatorData head, read_head(proof.authenticator_data, party));
  const Digest digest = sha256(proof.client_data);
  if (!is_signed_by(public_key, proof.authenticator_data + std::string(bytes_of(digest)),
                    proof.signature))
    return fail(ErrorCode::Invalid, "the passkey's signature is not right");
  return head.counter;
}

std::string base64url(std::string_view bytes) {
  std::string text = base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

Result<std::string> bytes_of_base64url(std::string_view given) {
  std::string text(given);
  const bool is_plain = text.find_first_of("+/=") == std::string::npos;
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  const auto bytes = is_plain ? bytes_of_base64(text) : std::nullopt;
  if (!bytes || base64url(*bytes) != given)
    return fail(ErrorCode::Invalid, "'{}…' is no base64url", given.substr(0, 12));
  return *bytes;
}

}  // namespace puntual::access
