// What a browser brings from an authenticator (WebAuthn level 3): a new passkey, or a proof with
// one. No attestation is asked: whose make the device is does not matter. The person must have been
// there and have shown their device who they are (finger, face, PIN), so a passkey is both factors.
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual::access {

// Who asks for it: what the browser binds its answer to.
struct RelyingParty {
  std::string id;      // The host: "cobros.empresa.co".
  std::string origin;  // "https://cobros.empresa.co"
};
// Of the address of a page. Invalid when it is none at which browsers have passkeys: https, or this
// machine.
[[nodiscard]] Result<RelyingParty> relying_party(std::string_view origin);

struct NewPasskey {
  std::string credential;  // Its id.
  std::string public_key;  // DER.
  uint32_t counter = 0;
};
// Bytes, as they stood in the answer of navigator.credentials.create(). Invalid: not for us, not
// for this challenge, not of a known kind.
[[nodiscard]] Result<NewPasskey> read_new_passkey(std::string_view client_data,
                                                  std::string_view attestation,
                                                  std::string_view challenge,
                                                  const RelyingParty& party);

// Bytes, as they stood in the answer of navigator.credentials.get().
struct PasskeyProof {
  std::string client_data, authenticator_data, signature;
};
// The counter that the device tells; 0: it does not count.
[[nodiscard]] Result<uint32_t> check_passkey(const PasskeyProof& proof, std::string_view public_key,
                                             std::string_view challenge, const RelyingParty& party);

// Base64 as it stands in addresses, without padding. Invalid when it is none.
[[nodiscard]] std::string base64url(std::string_view bytes);
[[nodiscard]] Result<std::string> bytes_of_base64url(std::string_view text);

}  // namespace puntual::access
