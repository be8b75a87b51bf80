// Rates as contracts and tables state them, and what one costs a day. Whole numbers only: a rate a
// year is not a day's times 365, and the root of it is taken to eighteen decimals without floating
// point. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace puntual {

// The rate with its interest on interest, what is charged in twelve parts, or one of these parts.
enum class RateKind : uint8_t { EffectiveAnnual, NominalAnnual, Monthly };
[[nodiscard]] std::string_view text_of(RateKind kind);  // "effective_annual"
[[nodiscard]] std::optional<RateKind> rate_kind_of(std::string_view text);

struct Rate {
  int64_t micro_percent = 0;  // 24.36 %: 24'360'000
  RateKind kind = RateKind::EffectiveAnnual;
  int32_t day_basis = 365;  // Days of a year, 365 or 360; a month is a twelfth of it.
  bool operator==(const Rate&) const = default;
};

inline constexpr int64_t kMicroPercentMax = 1'000'000'000;  // 1000 %
inline constexpr int64_t kDailyOne = 1'000'000'000'000'000'000;

// "24.36" with at most six decimals, point or comma; none: it is no number of that kind, or beyond
// 9·10^12.
[[nodiscard]] std::optional<int64_t> micro_of(std::string_view text);
[[nodiscard]] std::string text_of_micro(int64_t micro, char decimal_mark);  // "24.36"

namespace charges {

// Interest of one day on one unit, in parts of kDailyOne, rounded down. The rate must be within 0
// and kMicroPercentMax.
[[nodiscard]] int64_t daily_of(const Rate& rate);

// As it is written down, "24.36 effective_annual 365", and for people: "24,36 % efectivo anual".
[[nodiscard]] std::string text_of(const Rate& rate);
[[nodiscard]] std::string rate_es(std::string_view text);

}  // namespace charges
}  // namespace puntual
