// The confirmation page: PayU posts what became of a payment, and signs five of its fields.
#include <algorithm>

#include "base/crypto.h"
#include "base/foreign_crypto.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "providers/amount.h"
#include "providers/payu/payu.h"
#include "providers/signature.h"

namespace puntual::payu {
namespace {

// A form, or with the payments API the same fields as JSON.
FormFields fields_of(std::string_view body) {
  const auto document = JsonDocument::read(body);
  if (!document || !document->root().is_object()) return form_fields(body);
  FormFields fields;
  for (const JsonRef value : document->root()) fields.emplace_back(value.key(), value.text());
  return fields;
}

// As PayU signs it: "150.00" is "150.0", "150.25" stays.
std::string signed_value(std::string_view value) {
  const size_t point = value.find('.');
  if (point == std::string_view::npos) return fmt::format("{}.0", value);
  return std::string(value.size() == point + 3 && value.ends_with('0')
                         ? value.substr(0, value.size() - 1)
                         : value);
}

std::string trouble_with_sign(const FormFields& fields, const Keys& keys) {
  const std::string_view told = field_of(fields, "sign");
  if (told.empty()) return "there is no sign";
  if (keys.api_keys.empty()) return "no api_key is set";
  const bool is_keyed = keys.algorithm == Algorithm::HmacSha256;
  if (is_keyed && keys.secret_keys.empty()) return "no secret_key is set, which HMAC-SHA256 needs";
  const std::string message =
      fmt::format("~{}~{}~{}~{}~{}", field_of(fields, "merchant_id"),
                  field_of(fields, "reference_sale"), signed_value(field_of(fields, "value")),
                  field_of(fields, "currency"), field_of(fields, "state_pol"));
  const bool is_ours = providers::any_fits(keys.api_keys, [&](const std::string& api_key) {
    const auto is_signed_by = [&](const std::string& secret_key) {
      return providers::is_same_hex(told, sign(keys.algorithm, api_key + message, secret_key));
    };
    return is_keyed ? providers::any_fits(keys.secret_keys, is_signed_by) : is_signed_by({});
  });
  return is_ours
             ? std::string()
             : fmt::format("the sign is not made with our api_key and {}", text_of(keys.algorithm));
}

std::optional<ProviderStatus> status_of(std::string_view state) {
  if (state == "4") return ProviderStatus::Paid;
  if (state == "6" || state == "104") return ProviderStatus::Failed;
  if (state == "5") return ProviderStatus::Expired;
  if (state == "7") return ProviderStatus::Pending;
  return std::nullopt;
}

}  // namespace

std::optional<Algorithm> algorithm_of(std::string_view text) {
  const std::string bare = providers::bare_name(text);
  if (bare == "md5") return Algorithm::Md5;
  if (bare == "sha" || bare == "sha1") return Algorithm::Sha1;
  if (bare == "sha256") return Algorithm::Sha256;
  if (bare == "hmacsha256") return Algorithm::HmacSha256;
  return std::nullopt;
}

std::string_view text_of(Algorithm algorithm) {
  static constexpr std::string_view kTexts[] = {"MD5", "SHA", "SHA256", "HMAC-SHA256"};
  return kTexts[static_cast<size_t>(algorithm)];
}

std::string sign(Algorithm algorithm, std::string_view message, std::string_view secret_key) {
  switch (algorithm) {
    case Algorithm::Md5:
      return md5_hex(message);
    case Algorithm::Sha1:
      return sha1_hex(message);
    case Algorithm::Sha256:
      return hex(sha256(message));
    case Algorithm::HmacSha256:
      return hex(hmac_sha256(secret_key, message));
  }
  return {};
}

HeardNotice hear(const ProviderNotice& notice, const Keys& keys) {
  HeardNotice heard{.event_key = providers::key_of_body(notice), .is_found_by_reference = true};
  const FormFields fields = fields_of(notice.body);
  const std::string_view state = field_of(fields, "state_pol");
  heard.provider_payment_id = field_of(fields, "transaction_id");
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, state);
  if (const auto reference = field_of(fields, "reference_sale"); !reference.empty())
    heard.reference = reference;
  heard.amount =
      providers::money_of_decimal(field_of(fields, "value"), field_of(fields, "currency"));
  heard.status = status_of(state);
  heard.is_ours = keys.merchant_id.empty() || field_of(fields, "merchant_id") == keys.merchant_id;
  providers::judge(heard, trouble_with_sign(fields, keys));
  return heard;
}

}  // namespace puntual::payu
