#include <algorithm>

#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/dlocal/dlocal.h"
#include "providers/notices_only.h"
#include "providers/signature.h"

namespace puntual::dlocal {
namespace {

std::string trouble_with_signature(const ProviderNotice& notice, std::string_view login,
                                   std::span<const std::string> secret_keys) {
  constexpr std::string_view kScheme = "V2-HMAC-SHA256", kSignature = "Signature:";
  const std::string_view header = providers::header_of(notice, "Authorization");
  const size_t at = header.find(kSignature);
  if (!header.starts_with(kScheme) || at == std::string_view::npos)
    return "Authorization is not 'V2-HMAC-SHA256, Signature: …'";
  std::string_view told = header.substr(at + kSignature.size());
  told.remove_prefix(std::min(told.find_first_not_of(' '), told.size()));
  const std::string_view their_login = providers::header_of(notice, "X-Login"),
                         date = providers::header_of(notice, "X-Date");
  if (!login.empty() && their_login != login) return "X-Login is not our x_login";
  if (secret_keys.empty()) return "no secret_key is set";
  if (!providers::is_hmac_of(fmt::format("{}{}{}", their_login, date, notice.body), told,
                             secret_keys))
    return "the signature is not made with our secret_key over X-Login, X-Date and the body";
  const auto at_date = parse_rfc3339(date);
  return at_date ? providers::trouble_with_age(*at_date, notice.received_at) : "X-Date is no date";
}

std::optional<ProviderStatus> status_of(std::string_view text) {
  if (text == "PENDING" || text == "AUTHORIZED" || text == "VERIFIED")
    return ProviderStatus::Pending;
  if (text == "PAID") return ProviderStatus::Paid;
  if (text == "REJECTED") return ProviderStatus::Failed;
  if (text == "CANCELLED") return ProviderStatus::Cancelled;
  if (text == "EXPIRED") return ProviderStatus::Expired;
  return std::nullopt;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::string_view login,
                 std::span<const std::string> secret_keys) {
  HeardNotice heard{.event_key = providers::key_of_body(notice), .must_reread = false};
  const auto document = JsonDocument::read(notice.body);
  const JsonRef payment = document ? document->root() : JsonRef();
  const std::string status = payment["status"].text();
  heard.provider_payment_id = payment["id"].text();
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, status);
  if (auto reference = payment["order_id"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount = providers::money_of_decimal(payment["amount"], payment["currency"].text());
  heard.status = status_of(status);
  providers::judge(heard, trouble_with_signature(notice, login, secret_keys));
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  return providers::notices_only(
      "dlocal", "dLocal",
      [login = secrets.first({"x_login", "login"}), keys = secrets.all({"secret_key", "secret"})](
          const ProviderNotice& notice) { return hear(notice, login, keys); });
}

}  // namespace puntual::dlocal
