#include <algorithm>

#include "base/json_writer.h"
#include "base/time.h"
#include "providers/amount.h"
#include "providers/http_call.h"
#include "providers/wompi/wompi.h"

namespace puntual::wompi {
namespace {

using providers::HttpCaller;
using providers::HttpRequest;
using providers::JsonAnswer;
using providers::ProviderEnvironment;

constexpr std::string_view kTestUrl = "https://sandbox.wompi.co/v1", kLiveUrl = "https://production.wompi.co/v1";
constexpr std::string_view kCheckout = "https://checkout.wompi.co";  // Of both.
constexpr int kPageSize = 200, kPagesMax = 50;

const ProviderTraits& wompi_traits() {
  static const ProviderTraits kTraits = {.name = "wompi", .title = "Wompi", .countries = {"CO"}, .currencies = {"COP"},
      .methods = {{"PSE", "PSE (su banco)"}, {"NEQUI", "Nequi"}, {"CARD", "Tarjeta de crédito o débito"}, {"BANCOLOMBIA_TRANSFER", "Bancolombia"},
                  {"DAVIPLATA", "Daviplata"}, {"BANCOLOMBIA_COLLECT", "Efectivo en un corresponsal Bancolombia"}},
      .page_hosts = {"checkout.wompi.co"}, .minor_min = 1'500'00, .minor_max = 1'000'000'000'000};
  return kTraits;
}

// {"error":{"type","reason"}} or {"error":{"type","messages":{"reference":["…"]}}}
std::string told(const JsonRef& answer) {
  const JsonRef error = answer["error"];
  std::string text = error["reason"].text();
  for (const JsonRef field : error["messages"]) {
    for (const JsonRef one : field) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", field.key(), one.text());
  }
  return text.empty() ? error["type"].text() : text;
}

std::string utc_with_ms(Instant at) {
  std::string text = format_utc({at.ms - at.ms % kSecondMs});
  text.pop_back();
  return fmt::format("{}.{:03}Z", text, at.ms % kSecondMs);
}

// The day in UTC, `days` later: for searches that may well begin too early.
std::string date_of_search(Instant at, int64_t days) { return format_utc(at + days * kDayMs).substr(0, 10); }

class Wompi final : public PaymentProvider {
 public:
  Wompi(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings)
      : now_(settings.now),
        public_key_(secrets.first({"public_key"})),
        private_key_(secrets.first({"private_key"})),
        integrity_secret_(secrets.first({"integrity_secret", "integrity"})),
        events_secrets_(secrets.all({"events_secret", "event_secret", "events"})),
        caller_({.title = "Wompi", .secrets = secrets.values(), .told = told, .patience_ms = settings.patience_ms, .stopping = settings.stopping}) {
    const bool is_live = settings.environment == ProviderEnvironment::Live;
    base_url_ = !settings.base_url.empty() ? settings.base_url : std::string(is_live ? kLiveUrl : kTestUrl);
    while (base_url_.ends_with('/')) base_url_.pop_back();
    checkout_ = settings.base_url.empty() || !base_url_.ends_with("/v1") ? std::string(kCheckout) : base_url_.substr(0, base_url_.size() - 3);
    if (is_live) std::erase_if(events_secrets_, [](const std::string& secret) { return secret.starts_with("test_"); });
  }

  const ProviderTraits& traits() const override { return wompi_traits(); }
  HeardNotice hear(const ProviderNotice& notice) const override { return wompi::hear(notice, events_secrets_); }

  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view provider_link_id) override;
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override;

 private:
  Result<PaymentPlace> make_link(const PaymentOrder& order, int64_t cents);
  Result<PaymentPlace> seal_checkout(const PaymentOrder& order, int64_t cents) const;
  Result<JsonAnswer> get(std::string_view path);
  Result<JsonAnswer> write(std::string_view method, const std::string& path, std::string body);
  Result<ProviderPayment> payment_of(const JsonRef& transaction);
  Result<bool> is_ours(const ProviderPayment& payment);
  Result<std::vector<ProviderPayment>> payments_of(std::string_view filter, std::string_view link_id);
  Result<std::vector<ProviderPayment>> payments_by_link(std::string_view link_id);

  std::function<Instant()> now_;
  std::string public_key_, private_key_, integrity_secret_;
  std::vector<std::string> events_secrets_;
  std::string base_url_, checkout_;
  HttpCaller caller_;
};

Result<JsonAnswer> Wompi::get(std::string_view path) {
  const std::string& key = private_key_.empty() ? public_key_ : private_key_;
  if (key.empty()) return fail(ErrorCode::Forbidden, "Wompi: public_key and private_key are missing in its secrets file");
  return caller_.call({.url = fmt::format("{}{}", base_url_, path), .headers = {"Authorization: Bearer " + key}});
}

Result<JsonAnswer> Wompi::write(std::string_view method, const std::string& path, std::string body) {
  if (private_key_.empty()) return fail(ErrorCode::Forbidden, "Wompi: private_key is missing in its secrets file");
  return caller_.call({.method = method, .url = base_url_ + path, .headers = {"Authorization: Bearer " + private_key_}, .body = std::move(body)});
}

Result<PaymentPlace> Wompi::ask(const PaymentOrder& order) {
  if (order.amount.currency.code() != "COP") return fail(ErrorCode::Invalid, "Wompi takes COP, not {}", order.amount.currency.code());
  ASSIGN_OR_RETURN(const int64_t cents, providers::hundredths_of(order.amount));
  return private_key_.empty() && !integrity_secret_.empty() ? seal_checkout(order, cents) : make_link(order, cents);
}

Result<PaymentPlace> Wompi::make_link(const PaymentOrder& order, int64_t cents) {
  JsonWriter body;
  body.open('{').member("name", order.title).member("description", order.description).member("single_use", true);
  body.member("collect_shipping", false).member("currency", "COP").member("amount_in_cents", cents);
  body.member("expires_at", utc_with_ms(order.expires_at)).member("sku", order.reference);
  if (!order.return_url.empty()) body.member("redirect_url", order.return_url);
  ASSIGN_OR_RETURN(const JsonAnswer made, write("POST", "/payment_links", body.close('}').take()));
  const std::string id = made.root()["data"]["id"].text();
  if (id.empty()) return fail(ErrorCode::Unavailable, "Wompi made a link without an id");
  return PaymentPlace{.provider_link_id = id, .url = fmt::format("{}/l/{}", checkout_, providers::url_part(id)), .form = {}, .expires_at = {}};
}

Result<PaymentPlace> Wompi::seal_checkout(const PaymentOrder& order, int64_t cents) const {
  const std::string amount = std::to_string(cents), expiration = utc_with_ms(order.expires_at);
  const std::string seal = integrity_of({order.reference, amount, "COP", expiration}, integrity_secret_);
  std::string url = fmt::format("{}/p/?public-key={}&currency=COP&amount-in-cents={}&reference={}&signature:integrity={}&expiration-time={}", checkout_,
                                providers::url_part(public_key_), amount, providers::url_part(order.reference), seal, providers::url_part(expiration));
  if (!order.return_url.empty()) url += "&redirect-url=" + providers::url_part(order.return_url);
  if (!order.payer_email.empty()) url += "&customer-data:email=" + providers::url_part(order.payer_email);
  return PaymentPlace{.provider_link_id = {}, .url = std::move(url), .form = {}, .expires_at = {}};
}

Result<bool> Wompi::withdraw(std::string_view provider_link_id) {
  if (provider_link_id.empty()) return false;  // A sealed address lives until it expires.
  RETURN_IF_ERROR(write("PATCH", "/payment_links/" + providers::url_part(provider_link_id), R"({"active":false})"));
  return true;
}

Result<ProviderPayment> Wompi::payment_of(const JsonRef& transaction) {
  ProviderPayment payment{.id = transaction["id"].text(), .provider_link_id = transaction["payment_link_id"].text(), .reference = transaction["reference"].text()};
  const auto amount = providers::money_of_hundredths(transaction["amount_in_cents"], transaction["currency"].text());
  if (payment.id.empty() || !amount) return fail(ErrorCode::Unavailable, "Wompi: transaction '{}' has no amount that we can read", payment.id);
  payment.amount = *amount;
  payment.status = status_of(transaction["status"].text()).value_or(ProviderStatus::Pending);
  if (payment.status == ProviderStatus::Voided) payment.refunded_minor = amount->minor;
  payment.method = transaction["payment_method_type"].text();
  if (const auto at = parse_rfc3339(transaction["finalized_at"].text()); at && payments::is_money(payment.status)) payment.paid_at = *at;
  return payment;
}

// Anybody's transaction can be read by its id, and it does not say whose it is: its link does, or that a search, which knows our
// own alone, has it too.
Result<bool> Wompi::is_ours(const ProviderPayment& payment) {
  if (!payment.provider_link_id.empty() && !public_key_.empty()) {
    ASSIGN_OR_RETURN(const JsonAnswer link, get("/payment_links/" + providers::url_part(payment.provider_link_id)));
    return link.root()["data"]["merchant_public_key"].text() == public_key_;
  }
  if (private_key_.empty()) return true;  // Only a notice of ours leads here: its checksum says whose it is.
  ASSIGN_OR_RETURN(const auto own, payments_of("id=" + providers::url_part(payment.id), {}));
  return !own.empty();
}

// All pages of a search, the newest first; of one link when it is given.
Result<std::vector<ProviderPayment>> Wompi::payments_of(std::string_view filter, std::string_view link_id) {
  if (private_key_.empty()) return fail(ErrorCode::Forbidden, "Wompi: private_key is missing in its secrets file (searches need it)");
  std::vector<std::pair<std::string, ProviderPayment>> found;
  for (int page = 1;; ++page) {
    ASSIGN_OR_RETURN(const JsonAnswer answer, get(fmt::format("/transactions?{}&page={}&page_size={}", filter, page, kPageSize)));
    int count = 0;
    for (const JsonRef transaction : answer.root()["data"]) {
      ++count;
      if (!link_id.empty() && transaction["payment_link_id"].text() != link_id) continue;
      ASSIGN_OR_RETURN(auto payment, payment_of(transaction));
      found.emplace_back(transaction["created_at"].text(), std::move(payment));
    }
    if (count < kPageSize) break;
    if (page == kPagesMax) return fail(ErrorCode::Unavailable, "Wompi: more than {} transactions since this link was made", kPageSize * kPagesMax);
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<std::string, ProviderPayment>::first);
  std::vector<ProviderPayment> payments;
  for (auto& [created, payment] : found) payments.push_back(std::move(payment));
  return payments;
}

// There is no search by link: all that came since it was made is looked through.
Result<std::vector<ProviderPayment>> Wompi::payments_by_link(std::string_view link_id) {
  ASSIGN_OR_RETURN(const JsonAnswer link, get("/payment_links/" + providers::url_part(link_id)));
  ASSIGN_OR_RETURN(const Instant made_at, parse_rfc3339(link.root()["data"]["created_at"].text()));
  return payments_of(fmt::format("from_date={}&until_date={}", date_of_search(made_at, -1), date_of_search(now_(), 1)), link_id);
}

Result<std::vector<ProviderPayment>> Wompi::look_up(const ProviderLookup& lookup) {
  if (!lookup.provider_payment_id.empty()) {
    ASSIGN_OR_RETURN(const JsonAnswer answer, get("/transactions/" + providers::url_part(lookup.provider_payment_id)));
    ASSIGN_OR_RETURN(auto payment, payment_of(answer.root()["data"]));
    ASSIGN_OR_RETURN(payment.is_ours, is_ours(payment));
    if (!payment.is_ours) payment.trouble = "foreign_account";
    return std::vector{std::move(payment)};
  }
  if (!lookup.provider_link_id.empty()) return payments_by_link(lookup.provider_link_id);
  return payments_of("reference=" + providers::url_part(lookup.reference), {});
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings) {
  const bool is_live = settings.environment == ProviderEnvironment::Live;
  for (const auto& key : {secrets.first({"public_key"}), secrets.first({"private_key"})}) {
    if (key.contains(is_live ? "_test_" : "_prod_"))
      return fail(ErrorCode::Invalid, "Wompi: the secrets are of the other environment than '{}': both must be test, or both live", is_live ? "live" : "test");
  }
  return std::make_unique<Wompi>(secrets, settings);
}

}  // namespace puntual::wompi
