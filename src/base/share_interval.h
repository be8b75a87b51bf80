// How sure a share is that was counted of few: the interval of Wilson's score at 95 %, which keeps
// its word for small numbers and shares near 0 and 1 where the plain one does not (E. B. Wilson
// 1927; Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion", Statistical
// Science 16, 2001, checked 2026-11-24). Pure; thread-safe.
#pragma once

#include <cmath>
#include <cstdint>

namespace puntual {

struct ShareInterval {
  double low = 0, high = 1;  // 0 to 1.
};

// part of whole, 0 ≤ part ≤ whole; of none nothing is known.
[[nodiscard]] inline ShareInterval share_interval_95(int64_t part, int64_t whole) {
  if (whole <= 0) return {};
  constexpr double kZ = 1.959963984540054;
  const auto n = static_cast<double>(whole);
  const double share = static_cast<double>(part) / n, zz = kZ * kZ / n;
  const double middle = (share + zz / 2) / (1 + zz);
  const double half = kZ * std::sqrt(share * (1 - share) / n + zz / (4 * n)) / (1 + zz);
  return {.low = part == 0 ? 0 : middle - half, .high = part == whole ? 1 : middle + half};
}

}  // namespace puntual
