#include "base/money.h"

#include <algorithm>
#include <limits>

namespace puntual {
namespace {

struct KnownCurrency {
  std::string_view code;
  int8_t digits;
};
// ISO 4217 exponents, payments contract section 15.1 (checked 2026-11-21).
constexpr KnownCurrency kCurrencies[] = {{"ARS", 2}, {"BOB", 2}, {"BRL", 2}, {"CLF", 4}, {"CLP", 0},
                                         {"COP", 2}, {"CRC", 2}, {"DOP", 2}, {"EUR", 2}, {"GTQ", 2},
                                         {"HNL", 2}, {"MXN", 2}, {"NIO", 2}, {"PAB", 2}, {"PEN", 2},
                                         {"PYG", 0}, {"USD", 2}, {"UYI", 0}, {"UYU", 2}};

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
  std::string upper(code);
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
  for (const auto& known : kCurrencies) {
    if (known.code != upper) continue;
    Currency currency;
    std::ranges::copy(known.code, currency.code_.begin());
    currency.digits_ = known.digits;
    return currency;
  }
  return fail(ErrorCode::Invalid,
              "'{}' is not a currency we know (expected an ISO 4217 code such as COP or PEN)",
              code);
}

Currency Currency::of(std::string_view code) {
  const auto currency = parse(code);
  PUNTUAL_CHECK(currency.has_value());
  return *currency;
}

int64_t Currency::minor_per_major() const {
  int64_t scale = 1;
  for (int i = 0; i < digits_; ++i) scale *= 10;
  return scale;
}

std::string format_decimal(Money money) {
  const int64_t scale = money.currency.minor_per_major();
  const uint64_t magnitude =
      money.minor < 0 ? 0 - static_cast<uint64_t>(money.minor) : static_cast<uint64_t>(money.minor);
  std::string text = fmt::format("{}{}", money.minor < 0 ? "-" : "", magnitude / scale);
  if (money.currency.minor_digits() > 0) {
    text += fmt::format(".{:0{}}", magnitude % scale, money.currency.minor_digits());
  }
  return text;
}

std::string format_plain(Money money) {
  return fmt::format("{} {}", format_decimal(money), money.currency.code());
}

Result<int64_t> parse_minor(std::string_view text, Currency currency, char decimal_mark) {
  const auto bad = [&](std::string_view why) {
    return fail(ErrorCode::Invalid, "'{}' is not an amount of {}: {}", text, currency.code(), why);
  };
  const char group_mark = decimal_mark == ',' ? '.' : ',';
  bool negative = false;
  int decimals = -1;
  int digits = 0;
  int64_t value = 0;
  const int64_t limit = std::numeric_limits<int64_t>::max() / 10 - 9;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (decimals >= currency.minor_digits()) {
        if (c != '0')
          return bad(fmt::format("it has more than {} decimals", currency.minor_digits()));
        continue;
      }
      if (value > limit) return bad("it is too large");
      value = value * 10 + (c - '0');
      ++digits;
      if (decimals >= 0) ++decimals;
    } else if (c == decimal_mark && decimals < 0) {
      decimals = 0;
    } else if (c == group_mark || c == ' ' || c == '\'') {
      if (c == group_mark && decimals >= 0)
        return bad("the grouping mark follows the decimal mark");
    } else if (c == '-' && digits == 0 && !negative) {
      negative = true;
    } else if (c == '(' && digits == 0) {
      negative = true;  // Accountants' negative: (1.500,00).
    } else if (c == ')' && negative) {
    } else if (c == '$' || static_cast<unsigned char>(c) == 0xC2 ||
               static_cast<unsigned char>(c) == 0xA0) {
    } else if (digits == 0 && ((c >= 'A' && c <= 'Z') || c == '/' || c == '.')) {
      // A currency prefix: "COP 500", "S/ 20.00", "RD$".
    } else {
      return bad(fmt::format("unexpected '{}'", c));
    }
  }
  if (digits == 0) return bad("it has no digits");
  for (int i = decimals < 0 ? 0 : decimals; i < currency.minor_digits(); ++i) {
    if (value > limit) return bad("it is too large");
    value *= 10;
  }
  return negative ? -value : value;
}

}  // namespace puntual
