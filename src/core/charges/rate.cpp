#include "core/charges/rate.h"

#include <algorithm>
#include <array>

#include "base/result.h"

namespace puntual {
namespace {

using Wide = __int128;
constexpr std::array<std::string_view, 3> kRateKinds = {"effective_annual", "nominal_annual",
                                                        "monthly"};
constexpr int kMicroDigits = 6;
constexpr int64_t kMicroMax = 9'000'000'000'000'000'000 / 10;

// (1 + daily)^days in parts of kDailyOne, or `limit` as soon as it reaches that. No product leaves
// 128 bits: limit ≤ 11.
Wide grown(int64_t daily, int32_t days, Wide limit) {
  const Wide one_day = Wide{kDailyOne} + daily;
  Wide value = kDailyOne;
  for (int bit = 30; bit >= 0; --bit) {
    value = value * value / kDailyOne;
    if ((days >> bit & 1) != 0) value = value * one_day / kDailyOne;
    if (value >= limit) return limit;
  }
  return value;
}

}  // namespace

std::string_view text_of(RateKind kind) { return kRateKinds[static_cast<size_t>(kind)]; }

std::optional<RateKind> rate_kind_of(std::string_view text) {
  const auto* const found = std::ranges::find(kRateKinds, text);
  if (found == kRateKinds.end()) return std::nullopt;
  return static_cast<RateKind>(found - kRateKinds.begin());
}

std::optional<int64_t> micro_of(std::string_view text) {
  int64_t micro = 0;
  int decimals = -1;  // None yet.
  bool has_digit = false;
  for (const char c : text) {
    if ((c == '.' || c == ',') && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || decimals == kMicroDigits || micro > kMicroMax / 10)
      return std::nullopt;
    micro = micro * 10 + (c - '0');
    has_digit = true;
    if (decimals >= 0) ++decimals;
  }
  for (int i = std::max(0, decimals); i < kMicroDigits; ++i) {
    if (micro > kMicroMax) return std::nullopt;
    micro *= 10;
  }
  return has_digit ? std::optional(micro) : std::nullopt;
}

std::string text_of_micro(int64_t micro, char decimal_mark) {
  std::string text = fmt::format("{}.{:06}", micro / 1'000'000, micro % 1'000'000);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  std::ranges::replace(text, '.', decimal_mark);
  return text;
}

namespace charges {

int64_t daily_of(const Rate& rate) {
  PUNTUAL_CHECK(rate.micro_percent >= 0 && rate.micro_percent <= kMicroPercentMax &&
                rate.day_basis > 0);
  const Wide whole = Wide{rate.micro_percent} * (kDailyOne / 100'000'000);
  if (rate.kind == RateKind::NominalAnnual) return static_cast<int64_t>(whole / rate.day_basis);
  if (rate.kind == RateKind::Monthly) return static_cast<int64_t>(whole * 12 / rate.day_basis);
  // The largest that does not come to more in a year; interest on interest only makes it smaller
  // than its part of it.
  const Wide year = kDailyOne + whole;
  auto low = int64_t{0}, high = static_cast<int64_t>(whole / rate.day_basis);
  while (low < high) {
    const int64_t middle = low + (high - low + 1) / 2;
    (grown(middle, rate.day_basis, year) < year ? low : high) =
        grown(middle, rate.day_basis, year) < year ? middle : middle - 1;
  }
  return low;
}

std::string text_of(const Rate& rate) {
  return fmt::format("{} {} {}", text_of_micro(rate.micro_percent, '.'), text_of(rate.kind),
                     rate.day_basis);
}

std::string rate_es(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kKindsEs = {"efectivo anual", "nominal anual",
                                                               "mensual"};
  const size_t first = text.find(' ');
  if (first == std::string_view::npos) return std::string(text);
  std::string number(text.substr(0, first));
  std::ranges::replace(number, '.', ',');
  const std::string_view rest = text.substr(first + 1);
  const auto kind = rate_kind_of(rest.substr(0, rest.find(' ')));
  return kind ? fmt::format("{} % {}", number, kKindsEs[static_cast<size_t>(*kind)])
              : number + " %";
}

}  // namespace charges
}  // namespace puntual
