#include "base/crypto.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "providers/amount.h"
#include "providers/izipay/izipay.h"
#include "providers/notices_only.h"
#include "providers/signature.h"

namespace puntual::izipay {
namespace {

bool is_of_mode(std::string_view password, std::string_view mode) {
  if (password.starts_with("testpassword_")) return mode != "PRODUCTION";
  return !password.starts_with("prodpassword_") || mode != "TEST";
}

std::string trouble_with_signature(const FormFields& form, std::string_view mode,
                                   std::span<const std::string> passwords) {
  if (field_of(form, "kr-hash").empty()) return "the form has no kr-hash";
  if (field_of(form, "kr-hash-algorithm") != "sha256_hmac")
    return "kr-hash-algorithm is not sha256_hmac";
  if (field_of(form, "kr-hash-key") != "password")
    return "kr-hash-key is not password: only the server's own notices count, not what a browser "
           "brings back";
  if (passwords.empty()) return "no password is set";
  bool is_signed = false;
  const bool is_ours = providers::any_fits(passwords, [&](const std::string& password) {
    if (!providers::is_same_hex(field_of(form, "kr-hash"),
                                hex(hmac_sha256(password, field_of(form, "kr-answer")))))
      return false;
    is_signed = true;
    return is_of_mode(password, mode);
  });
  if (is_ours) return {};
  return is_signed ? fmt::format("mode {} is not that of our password", mode)
                   : std::string("kr-hash is not made with our password");
}

std::optional<ProviderStatus> status_of(std::string_view order_status, bool is_closed) {
  if (order_status == "PAID") return is_closed ? ProviderStatus::Paid : ProviderStatus::Pending;
  if (order_status == "RUNNING" || order_status == "PARTIALLY_PAID") return ProviderStatus::Pending;
  if (order_status == "UNPAID") return ProviderStatus::Failed;
  if (order_status == "ABANDONED") return ProviderStatus::Expired;
  return std::nullopt;
}

// What was paid, by all transactions together; while nothing was, what is asked.
std::optional<Money> amount_of(const JsonRef& answer) {
  const JsonRef order = answer["orderDetails"];
  const auto asked =
      providers::money_of_hundredths(order["orderTotalAmount"], order["orderCurrency"].text());
  std::optional<Money> paid;
  for (const JsonRef transaction : answer["transactions"]) {
    const auto part =
        providers::money_of_hundredths(transaction["amount"], transaction["currency"].text());
    if (!part || transaction["status"].text() != "PAID") continue;
    if (paid && paid->currency != part->currency) return std::nullopt;
    int64_t sum = 0;
    if (__builtin_add_overflow(paid ? paid->minor : 0, part->minor, &sum)) return std::nullopt;
    paid = Money{sum, part->currency};
  }
  return paid ? paid : asked;
}

void read_answer(const JsonRef& answer, HeardNotice& heard) {
  for (const JsonRef transaction :
       answer["transactions"]) {  // The paid one, else the last that was tried.
    heard.provider_payment_id = transaction["uuid"].text();
    if (transaction["status"].text() == "PAID") break;
  }
  if (auto reference = answer["orderDetails"]["orderId"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount = amount_of(answer);
  heard.status = status_of(answer["orderStatus"].text(), answer["orderCycle"].text() == "CLOSED");
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, answer["orderStatus"].text());
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> passwords) {
  HeardNotice heard{.event_key = providers::key_of_body(notice), .must_reread = false};
  const FormFields form = form_fields(notice.body);
  const auto document = JsonDocument::read(field_of(form, "kr-answer"));
  const JsonRef answer = document ? document->root() : JsonRef();
  read_answer(answer, heard);
  providers::judge(heard,
                   trouble_with_signature(form, answer["orderDetails"]["mode"].text(), passwords));
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  return providers::notices_only(
      "izipay", "Izipay",
      [passwords = secrets.all({"password", "rest_password", "rest_api_password"})](
          const ProviderNotice& notice) { return hear(notice, passwords); });
}

}  // namespace puntual::izipay
