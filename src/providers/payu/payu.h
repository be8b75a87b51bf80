// PayU Latam (AR, BR, CL, CO, MX, PA, PE; payments contract section 5). Secrets: api_key,
// api_login, merchant_id; account_id, or one for each country as account_id_co; algorithm (MD5
// unless said: "SHA", "SHA256", "HMAC-SHA256"), with the last one secret_key as well.
//
// A place to pay is a form that the payer's browser posts: nobody is asked to make it, and nobody
// can withdraw it. The signature of a notice leaves its transaction id out, so payments are always
// read again, by our reference: PayU finds them by nothing else.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::payu {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

enum class Algorithm : uint8_t { Md5, Sha1, Sha256, HmacSha256 };
[[nodiscard]] std::optional<Algorithm> algorithm_of(
    std::string_view text);  // "HMAC-SHA256"; none: unknown.
[[nodiscard]] std::string_view text_of(
    Algorithm algorithm);  // As the form names it: "SHA" is SHA-1.

// Of "api key~…". The secret key is for HMAC-SHA256 alone.
[[nodiscard]] std::string sign(Algorithm algorithm, std::string_view message,
                               std::string_view secret_key);

struct Keys {
  Algorithm algorithm = Algorithm::Md5;
  std::vector<std::string> api_keys, secret_keys;
  std::string merchant_id = {};  // Empty: not compared.
};
// Pure: what a notice says, a form or JSON, and whether it is signed by our keys and the algorithm
// that was agreed on.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, const Keys& keys);

}  // namespace puntual::payu
