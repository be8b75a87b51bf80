#include "core/access/passkey.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/json.h"
#include "tests/support/authenticator.h"

namespace puntual::access {
namespace {

using tests::Authenticator;

const RelyingParty kHouse{.id = "cobros.empresa.co", .origin = "https://cobros.empresa.co"};
const std::string kQuestion(32, 'q');

class Passkeys : public testing::TestWithParam<Authenticator::Kind> {
 protected:
  Authenticator phone{GetParam()};
  Result<NewPasskey> made() {
    return read_new_passkey(
        phone.client_data("webauthn.create", base64url(kQuestion), kHouse.origin),
        phone.attestation(kHouse.id), kQuestion, kHouse);
  }
  PasskeyProof proof(std::string_view type = "webauthn.get", std::string_view question = kQuestion,
                     std::string_view origin = kHouse.origin) {
    PasskeyProof one{.client_data = phone.client_data(type, base64url(question), origin),
                     .authenticator_data = phone.data(kHouse.id),
                     .signature = {}};
    one.signature = phone.sign(one.authenticator_data, one.client_data);
    return one;
  }
};

TEST_P(Passkeys, AreMadeAndProveThatTheirOwnerIsThere) {
  const auto key = made();
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->credential, phone.credential);
  EXPECT_TRUE(check_passkey(proof(), key->public_key, kQuestion, kHouse));
}

TEST_P(Passkeys, AreRefusedForAnotherQuestionAddressOrKey) {
  const auto key = made();
  ASSERT_TRUE(key);
  EXPECT_FALSE(check_passkey(proof("webauthn.create"), key->public_key, kQuestion, kHouse));
  EXPECT_FALSE(check_passkey(proof("webauthn.get", "another question of mine"), key->public_key,
                             kQuestion, kHouse));
  EXPECT_FALSE(
      check_passkey(proof("webauthn.get", kQuestion, "https://cobros.empresa.co.elsewhere.co"),
                    key->public_key, kQuestion, kHouse));
  EXPECT_FALSE(check_passkey(proof(), key->public_key, kQuestion,
                             {.id = "empresa.co", .origin = kHouse.origin}));
  Authenticator other(GetParam());
  EXPECT_FALSE(check_passkey(
      proof(),
      read_new_passkey(other.client_data("webauthn.create", base64url(kQuestion), kHouse.origin),
                       other.attestation(kHouse.id), kQuestion, kHouse)
          ->public_key,
      kQuestion, kHouse));
  PasskeyProof changed = proof();
  changed.authenticator_data.back() ^= 1;
  EXPECT_FALSE(check_passkey(changed, key->public_key, kQuestion, kHouse));
  changed = proof();
  changed.signature.back() ^= 1;
  EXPECT_FALSE(check_passkey(changed, key->public_key, kQuestion, kHouse));
}

TEST_P(Passkeys, OfADeviceThatAskedNobodyAreNone) {
  phone.flags = 0x01;  // Somebody touched it; who, it does not know.
  EXPECT_FALSE(made());
  phone.flags = 0x04;
  EXPECT_FALSE(made());
}

TEST_P(Passkeys, CutAnywhereAreRefused) {
  const std::string whole = phone.attestation(kHouse.id),
                    client =
                        phone.client_data("webauthn.create", base64url(kQuestion), kHouse.origin);
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(
        read_new_passkey(client, std::string_view(whole).substr(0, size), kQuestion, kHouse))
        << size;
  EXPECT_FALSE(read_new_passkey(client, whole + "x", kQuestion, kHouse));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Passkeys,
                         testing::Values(Authenticator::Kind::P256, Authenticator::Kind::Ed25519,
                                         Authenticator::Kind::Rsa));

TEST(PasskeyAddress, IsANameWithHttpsOrThisMachine) {
  EXPECT_EQ(relying_party("https://cobros.empresa.co")->id, "cobros.empresa.co");
  EXPECT_EQ(relying_party("https://cobros.empresa.co:8443")->id, "cobros.empresa.co");
  EXPECT_EQ(relying_party("http://localhost:8080")->id, "localhost");
  for (const auto* bad : {"http://cobros.empresa.co", "http://localhost.elsewhere.co",
                          "https://190.0.2.1", "http://127.0.0.1:8080", "null", "", "https://"})
    EXPECT_FALSE(relying_party(bad)) << bad;
}

TEST(Base64Url, HasOneFormForEachBytes) {
  for (const std::string bytes : {"", "f", "fo", "foo", "\xFB\xFF\xFE"})
    EXPECT_EQ(bytes_of_base64url(base64url(bytes)).value(), bytes);
  EXPECT_EQ(base64url("\xFB\xFF\xFE"), "-__-");
  for (const auto* bad : {"Zg==", "+__-", "Zh", "a", "Z g"})
    EXPECT_FALSE(bytes_of_base64url(bad)) << bad;
}

}  // namespace
}  // namespace puntual::access
