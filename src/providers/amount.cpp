#include "providers/amount.h"

#include <algorithm>

namespace puntual::providers {
namespace {

constexpr int kDigitsMax = 18;  // Of an int64, whatever they are.

// value × 10^digits as an integer; none when there is a rest, or it is no plain decimal, or too
// large.
std::optional<int64_t> scaled(std::string_view text, int digits) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  std::string mantissa;
  int shift = digits;
  bool has_point = false;
  size_t at = 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.' && !has_point && at > 0 && at + 1 < text.size()) {
      has_point = true;
    } else if (text[at] >= '0' && text[at] <= '9') {
      mantissa += text[at];
      if (has_point) --shift;
    } else {
      return std::nullopt;
    }
  }
  if (mantissa.empty()) return std::nullopt;
  if (at < text.size()) {
    std::string_view exponent = text.substr(at + 1);
    const bool is_small = exponent.starts_with('-');
    if (is_small || exponent.starts_with('+')) exponent.remove_prefix(1);
    const bool is_number =
        !exponent.empty() && exponent.size() <= 2 &&
        std::ranges::all_of(exponent, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) return std::nullopt;
    const int power =
        exponent.size() == 2 ? (exponent[0] - '0') * 10 + (exponent[1] - '0') : exponent[0] - '0';
    shift += is_small ? -power : power;
  }
  while (shift < 0 && mantissa.ends_with('0')) {
    mantissa.pop_back();
    ++shift;
  }
  mantissa.erase(0, std::min(mantissa.find_first_not_of('0'), mantissa.size()));
  if (mantissa.empty()) return 0;
  if (shift < 0 || mantissa.size() + static_cast<size_t>(shift) > kDigitsMax) return std::nullopt;
  mantissa.append(static_cast<size_t>(shift), '0');
  int64_t value = 0;
  for (const char c : mantissa) value = value * 10 + (c - '0');
  return is_negative ? -value : value;
}

std::optional<Money> money_of(std::string_view text, std::string_view code, int wire_digits) {
  const auto currency = Currency::parse(code);
  if (!currency) return std::nullopt;
  const auto minor = scaled(text, currency->minor_digits() - wire_digits);
  if (!minor) return std::nullopt;
  return Money{*minor, *currency};
}

bool is_number_or_text(const JsonRef& amount) {
  return amount.kind() == JsonKind::Number || amount.kind() == JsonKind::String;
}

}  // namespace

std::optional<Money> money_of_hundredths(const JsonRef& amount, std::string_view currency) {
  return is_number_or_text(amount) ? money_of(amount.text(), currency, 2) : std::nullopt;
}

std::optional<Money> money_of_decimal(const JsonRef& amount, std::string_view currency) {
  return is_number_or_text(amount) ? money_of(amount.text(), currency, 0) : std::nullopt;
}

std::optional<Money> money_of_decimal(std::string_view amount, std::string_view currency) {
  return money_of(amount, currency, 0);
}

Result<int64_t> hundredths_of(Money money) {
  const auto value = scaled(format_decimal(money), 2);
  if (!value)
    return fail(ErrorCode::Invalid, "{} cannot be written with two decimals", format_plain(money));
  return *value;
}

std::string decimal_of(Money money) {
  std::string text = format_decimal(money);
  if (!text.contains('.')) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

Result<int64_t> whole_units_of(Money money) {
  const auto value = scaled(format_decimal(money), 0);
  if (!value)
    return fail(ErrorCode::Invalid, "{} has decimals (expected whole units)", format_plain(money));
  return *value;
}

}  // namespace puntual::providers
