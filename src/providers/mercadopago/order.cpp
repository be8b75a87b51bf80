// Mercado Pago's newer form, the order: one place, and every payment that was made there, several
// of them perhaps.
#include <algorithm>

#include "providers/amount.h"
#include "providers/mercadopago/mercadopago.h"
#include "providers/signature.h"

namespace puntual::mercadopago {
namespace {

// Orders name their country; an account has the money of one.
constexpr std::pair<std::string_view, std::string_view> kMoneyOf[] = {
    {"ARG", "ARS"}, {"BRA", "BRL"}, {"CHL", "CLP"}, {"COL", "COP"},
    {"MEX", "MXN"}, {"PER", "PEN"}, {"URY", "UYU"}};

std::string currency_of_order(const JsonRef& order) {
  for (const std::string_view name : {"currency", "currency_id"}) {
    if (const std::string said = order[name].text(); !said.empty()) return said;
  }
  const std::string country = order["country_code"].text();
  const auto* const known = std::ranges::find_if(kMoneyOf, [&](const auto& one) {
    return one.first == country || one.first.substr(0, 2) == country;
  });
  return known == std::end(kMoneyOf) ? std::string() : std::string(known->second);
}

// What has gone back of one of its payments: not what is on its way, or will not go.
int64_t refunded_of(const JsonRef& order, std::string_view payment_id, std::string_view currency) {
  int64_t minor = 0;
  for (const JsonRef refund : order["transactions"]["refunds"]) {
    const auto amount = providers::money_of_decimal(refund["amount"].text(), currency);
    if (amount && refund["transaction_id"].text() == payment_id &&
        refund["status"].text() == "processed")
      minor += amount->minor;
  }
  return minor;
}

}  // namespace

std::optional<OrderPayment> order_payment_of(std::string_view id) {
  const size_t mark = id.find(':');
  if (!is_order_id(id) || mark == std::string_view::npos) return std::nullopt;
  return OrderPayment{.order = std::string(id.substr(0, mark)),
                      .payment = std::string(id.substr(mark + 1))};
}

bool is_order_id(std::string_view id) { return providers::lower_case(id.substr(0, 3)) == "ord"; }

ProviderStatus status_in_order(std::string_view status, std::string_view detail) {
  using enum ProviderStatus;
  if (status == "processed") return detail == "partially_refunded" ? PartiallyRefunded : Paid;
  if (status == "refunded") return Refunded;
  if (status == "canceled" || status == "cancelled") return Cancelled;
  if (status == "expired") return Expired;
  if (status == "failed") return Failed;
  if (status == "charged_back") return Chargeback;
  return Pending;
}

Result<std::vector<ProviderPayment>> payments_in_order(const JsonRef& order,
                                                       std::string_view account, bool is_live) {
  const std::string id = order["id"].text(), currency = currency_of_order(order),
                    owner = order["user_id"].text();
  std::vector<ProviderPayment> found;
  for (const JsonRef told : order["transactions"]["payments"]) {
    const std::string payment_id = told["id"].text();
    const auto amount = providers::money_of_decimal(told["amount"].text(), currency);
    if (id.empty() || payment_id.empty() || !amount)
      return fail(ErrorCode::Unavailable,
                  "Mercado Pago: payment '{}' of order '{}' has no amount that we can read",
                  payment_id, id);
    ProviderPayment payment{
        .id = fmt::format("{}:{}", id, payment_id),
        .provider_link_id = id,
        .reference = order["external_reference"].text(),
        .status = status_in_order(told["status"].text(), told["status_detail"].text()),
        .amount = *amount,
        .refunded_minor = refunded_of(order, payment_id, currency),
        .method = told["payment_method"]["id"].text()};
    // The order's last change is no earlier than the payment: of one that is paid and nothing more
    // it is the nearest that is told.
    if (const auto at = parse_rfc3339(order["last_updated_date"].text());
        at && payment.status == ProviderStatus::Paid)
      payment.paid_at = *at;
    const JsonKind mode = order["live_mode"].kind();  // Not every order says it.
    if (mode == (is_live ? JsonKind::False : JsonKind::True)) payment.trouble = "wrong_environment";
    if (owner != account) payment.trouble = "foreign_account";
    payment.is_ours = payment.trouble.empty();
    found.push_back(std::move(payment));
  }
  std::ranges::reverse(found);
  return found;
}

}  // namespace puntual::mercadopago
