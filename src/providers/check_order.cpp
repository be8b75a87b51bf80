#include "providers/check_order.h"

namespace puntual::providers {

Result<void> check_order(const ProviderTraits& traits, const PaymentOrder& order) {
  const Currency currency = order.amount.currency;
  const ProviderCurrency* const known = traits.bounds(currency);
  if (known == nullptr)
    return fail(ErrorCode::Invalid, "{} takes no {} from us", traits.title, currency.code());
  if (order.amount.minor < known->minor_min)
    return fail(ErrorCode::Invalid, "{} takes no less than {}, not {}", traits.title,
                format_plain({known->minor_min, currency}), format_plain(order.amount));
  if (order.amount.minor > known->minor_max)
    return fail(ErrorCode::Invalid, "{} takes no more than {}, not {}", traits.title,
                format_plain({known->minor_max, currency}), format_plain(order.amount));
  if (!traits.takes(order.amount))
    return fail(ErrorCode::Invalid, "{} takes {} in whole units, not {}", traits.title,
                currency.code(), format_plain(order.amount));
  if (!order.method.empty() && !traits.has_method(order.method, currency))
    return fail(ErrorCode::Invalid, "{} has no '{}' for {}", traits.title, order.method,
                currency.code());
  return {};
}

}  // namespace puntual::providers
