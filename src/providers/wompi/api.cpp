#include <algorithm>

#include "base/json_writer.h"
#include "base/time.h"
#include "providers/amount.h"
#include "providers/check_order.h"
#include "providers/http_call.h"
#include "providers/wompi/wompi.h"

namespace puntual::wompi {
namespace {

using providers::HttpCaller;
using providers::HttpRequest;
using providers::JsonAnswer;
using providers::ProviderEnvironment;

constexpr std::string_view kTestUrl = "https://sandbox.wompi.co/v1",
                           kLiveUrl = "https://production.wompi.co/v1";
constexpr std::string_view kCheckout = "https://checkout.wompi.co";  // Of both.
constexpr int kPageSize = 200, kPagesMax = 50;

const ProviderTraits& wompi_traits() {
  static const ProviderTraits kTraits = {
      .name = "wompi",
      .title = "Wompi",
      .currencies = {{.code = "COP", .minor_min = 1'500'00, .minor_max = 1'000'000'000'000}},
      .methods = {{"PSE", "PSE (su banco)"},
                  {"NEQUI", "Nequi"},
                  {"CARD", "Tarjeta de crédito o débito"},
                  {"BANCOLOMBIA_TRANSFER", "Bancolombia"},
                  {"DAVIPLATA", "Daviplata"},
                  {"BANCOLOMBIA_COLLECT", "Efectivo en un corresponsal Bancolombia"}},
      .page_hosts = {"checkout.wompi.co"},
      .gives_back = GivesBack::Whole};
  return kTraits;
}

// {"error":{"type","reason"}} or {"error":{"type","messages":{"reference":["…"]}}}
std::string wompi_told(const JsonRef& answer) {
  const JsonRef error = answer["error"];
  std::string text = error["reason"].text();
  for (const JsonRef field : error["messages"]) {
    for (const JsonRef one : field)
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", field.key(), one.text());
  }
  return text.empty() ? error["type"].text() : text;
}

std::string utc_with_ms(Instant at) {
  std::string text = format_utc({at.ms - at.ms % kSecondMs});
  text.pop_back();
  return fmt::format("{}.{:03}Z", text, at.ms % kSecondMs);
}

// The day in UTC, `days` later: for searches that may well begin too early.
std::string date_of_search(Instant at, int64_t days) {
  return format_utc(at + days * kDayMs).substr(0, 10);
}

std::string wompi_base(const providers::ProviderSettings& settings) {
  return !settings.base_url.empty()
             ? settings.base_url
             : std::string(settings.environment == ProviderEnvironment::Live ? kLiveUrl : kTestUrl);
}

class Wompi final : public PaymentProvider {
 public:
  Wompi(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings)
      : is_web_checkout_(secrets.first({"checkout"}) == "web"),
        now_(settings.now),
        public_key_(secrets.first({"public_key"})),
        private_key_(secrets.first({"private_key"})),
        integrity_secret_(secrets.first({"integrity_secret", "integrity"})),
        events_secrets_(secrets.all({"events_secret", "event_secret", "events"})),
        checkout_(settings.base_url.ends_with("/v1")
                      ? settings.base_url.substr(0, settings.base_url.size() - 3)
                      : std::string(kCheckout)),
        caller_({.title = "Wompi",
                 .base_url = wompi_base(settings),
                 .headers = {"Authorization: Bearer " + private_key_},
                 .secrets = secrets.values(),
                 .told = wompi_told,
                 .patience_ms = settings.patience_ms,
                 .stopping = settings.stopping}) {
    if (settings.environment == ProviderEnvironment::Live)
      std::erase_if(events_secrets_,
                    [](const std::string& secret) { return secret.starts_with("test_"); });
  }

  const ProviderTraits& traits() const override { return wompi_traits(); }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return wompi::hear(notice, events_secrets_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view provider_link_id) override;
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override;
  Result<void> give_back(const RefundOrder& order) override;

 private:
  Result<PaymentPlace> make_link(const PaymentOrder& order, int64_t cents);
  Result<PaymentPlace> seal_checkout(const PaymentOrder& order, int64_t cents) const;
  Result<JsonAnswer> call(std::string_view method, std::string path, std::string body = {});
  Result<ProviderPayment> payment_of(const JsonRef& transaction);
  Result<bool> is_ours(const ProviderPayment& payment);
  Result<std::vector<ProviderPayment>> payments_of(std::string_view filter,
                                                   std::string_view link_id);
  Result<std::vector<ProviderPayment>> payments_by_link(std::string_view link_id);

  bool is_web_checkout_;
  std::function<Instant()> now_;
  std::string public_key_, private_key_, integrity_secret_;
  std::vector<std::string> events_secrets_;
  std::string checkout_;
  HttpCaller caller_;
};

Result<JsonAnswer> Wompi::call(std::string_view method, std::string path, std::string body) {
  if (private_key_.empty())
    return fail(ErrorCode::Forbidden, "Wompi: private_key is missing in its secrets file");
  return caller_.call({.method = method, .path = std::move(path), .body = std::move(body)});
}

// The private key may search; the public one names us, and by it payments are told from others'.
Result<void> Wompi::check_keys() {
  RETURN_IF_ERROR(payments_of("reference=PT", {}));
  if (public_key_.empty()) return {};
  const auto known = call("GET", "/merchants/" + providers::url_part(public_key_));
  if (known) return {};
  const bool is_unknown =
      known.error().code == ErrorCode::NotFound || known.error().code == ErrorCode::Invalid;
  return fail(is_unknown ? ErrorCode::Forbidden : known.error().code, "{}{}",
              is_unknown ? "Wompi knows no such public_key: " : "", known.error().message);
}

Result<PaymentPlace> Wompi::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(wompi_traits(), order));
  ASSIGN_OR_RETURN(const int64_t cents, providers::hundredths_of(order.amount));
  return is_web_checkout_ ? seal_checkout(order, cents) : make_link(order, cents);
}

Result<PaymentPlace> Wompi::make_link(const PaymentOrder& order, int64_t cents) {
  JsonWriter body;
  body.open('{')
      .member("name", order.title)
      .member("description", order.title)
      .member("single_use", true);
  body.member("collect_shipping", false).member("currency", "COP").member("amount_in_cents", cents);
  body.member("expires_at", utc_with_ms(order.expires_at)).member("sku", order.reference);
  if (!order.return_url.empty()) body.member("redirect_url", order.return_url);
  ASSIGN_OR_RETURN(const JsonAnswer made, call("POST", "/payment_links", body.close('}').take()));
  const std::string id = made.root()["data"]["id"].text();
  if (id.empty()) return fail(ErrorCode::Unavailable, "Wompi made a link without an id");
  return PaymentPlace{.provider_link_id = id,
                      .url = fmt::format("{}/l/{}", checkout_, providers::url_part(id)),
                      .form = {},
                      .expires_at = {}};
}

Result<PaymentPlace> Wompi::seal_checkout(const PaymentOrder& order, int64_t cents) const {
  if (public_key_.empty() || integrity_secret_.empty())
    return fail(ErrorCode::Forbidden,
                "Wompi: public_key and integrity_secret are missing in its secrets file");
  const std::string amount = std::to_string(cents), expiration = utc_with_ms(order.expires_at);
  const std::string seal =
      integrity_of({order.reference, amount, "COP", expiration}, integrity_secret_);
  std::string url = fmt::format(
      "{}/p/"
      "?public-key={}&currency=COP&amount-in-cents={}&reference={}&signature:integrity={}&"
      "expiration-time={}",
      checkout_, providers::url_part(public_key_), amount, providers::url_part(order.reference),
      seal, providers::url_part(expiration));
  if (!order.return_url.empty()) url += "&redirect-url=" + providers::url_part(order.return_url);
  if (!order.payer_email.empty())
    url += "&customer-data:email=" + providers::url_part(order.payer_email);
  return PaymentPlace{.provider_link_id = {}, .url = std::move(url), .form = {}, .expires_at = {}};
}

Result<bool> Wompi::withdraw(std::string_view provider_link_id) {
  if (provider_link_id.empty()) return false;  // A sealed address lives until it expires.
  RETURN_IF_ERROR(call("PATCH", "/payment_links/" + providers::url_part(provider_link_id),
                       R"({"active":false})"));
  return true;
}

Result<ProviderPayment> Wompi::payment_of(const JsonRef& transaction) {
  ProviderPayment payment{.id = transaction["id"].text(),
                          .provider_link_id = transaction["payment_link_id"].text(),
                          .reference = transaction["reference"].text()};
  const auto amount = providers::money_of_hundredths(transaction["amount_in_cents"],
                                                     transaction["currency"].text());
  if (payment.id.empty() || !amount)
    return fail(ErrorCode::Unavailable, "Wompi: transaction '{}' has no amount that we can read",
                payment.id);
  payment.amount = *amount;
  payment.status = status_of(transaction["status"].text()).value_or(ProviderStatus::Pending);
  if (payment.status == ProviderStatus::Voided) payment.refunded_minor = amount->minor;
  payment.method = transaction["payment_method_type"].text();
  if (const auto at = parse_rfc3339(transaction["finalized_at"].text());
      at && payments::is_money(payment.status))
    payment.paid_at = *at;
  return payment;
}

// Anybody's transaction can be read by its id, and it does not say whose it is: its link does, or
// that a search, which knows our own alone, has it too.
Result<bool> Wompi::is_ours(const ProviderPayment& payment) {
  if (!payment.provider_link_id.empty() && !public_key_.empty()) {
    ASSIGN_OR_RETURN(
        const JsonAnswer link,
        call("GET", "/payment_links/" + providers::url_part(payment.provider_link_id)));
    return link.root()["data"]["merchant_public_key"].text() == public_key_;
  }
  ASSIGN_OR_RETURN(const auto own, payments_of("id=" + providers::url_part(payment.id), {}));
  return !own.empty();
}

// All pages of a search, the newest first; of one link when it is given.
Result<std::vector<ProviderPayment>> Wompi::payments_of(std::string_view filter,
                                                        std::string_view link_id) {
  std::vector<std::pair<std::string, ProviderPayment>> found;
  for (int page = 1;; ++page) {
    ASSIGN_OR_RETURN(
        const JsonAnswer answer,
        call("GET", fmt::format("/transactions?{}&page={}&page_size={}", filter, page, kPageSize)));
    int count = 0;
    for (const JsonRef transaction : answer.root()["data"]) {
      ++count;
      if (!link_id.empty() && transaction["payment_link_id"].text() != link_id) continue;
      ASSIGN_OR_RETURN(auto payment, payment_of(transaction));
      found.emplace_back(transaction["created_at"].text(), std::move(payment));
    }
    if (count < kPageSize) break;
    if (page == kPagesMax)
      return fail(ErrorCode::Unavailable,
                  "Wompi: more than {} transactions since this link was made",
                  kPageSize * kPagesMax);
  }
  std::ranges::stable_sort(found, std::ranges::greater(),
                           &std::pair<std::string, ProviderPayment>::first);
  std::vector<ProviderPayment> payments;
  for (auto& [created, payment] : found) payments.push_back(std::move(payment));
  return payments;
}

// There is no search by link: all that came since it was made is looked through.
Result<std::vector<ProviderPayment>> Wompi::payments_by_link(std::string_view link_id) {
  ASSIGN_OR_RETURN(const JsonAnswer link,
                   call("GET", "/payment_links/" + providers::url_part(link_id)));
  ASSIGN_OR_RETURN(const Instant made_at, parse_rfc3339(link.root()["data"]["created_at"].text()));
  return payments_of(fmt::format("from_date={}&until_date={}", date_of_search(made_at, -1),
                                 date_of_search(now_(), 1)),
                     link_id);
}

Result<std::vector<ProviderPayment>> Wompi::look_up(const ProviderLookup& lookup) {
  if (!lookup.provider_payment_id.empty()) {
    ASSIGN_OR_RETURN(
        const JsonAnswer answer,
        call("GET", "/transactions/" + providers::url_part(lookup.provider_payment_id)));
    ASSIGN_OR_RETURN(auto payment, payment_of(answer.root()["data"]));
    ASSIGN_OR_RETURN(payment.is_ours, is_ours(payment));
    if (!payment.is_ours) payment.trouble = "foreign_account";
    return std::vector{std::move(payment)};
  }
  if (!lookup.provider_link_id.empty()) return payments_by_link(lookup.provider_link_id);
  return payments_of("reference=" + providers::url_part(lookup.reference), {});
}

// Wompi has no refunds, but it voids a card's payment on its day. What it says of a later one, or
// of PSE, is the answer.
Result<void> Wompi::give_back(const RefundOrder& order) {
  RETURN_IF_ERROR(call(
      "POST", fmt::format("/transactions/{}/void", providers::url_part(order.provider_payment_id)),
      "{}"));
  return {};
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  return std::make_unique<Wompi>(secrets, settings);
}

}  // namespace puntual::wompi
