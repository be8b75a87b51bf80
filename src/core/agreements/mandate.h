// What a creditor lets the house agree on its own, in writing: [[mandate]] blocks of the strategy
// file, one for some segments. What no block allows, a person decides. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "base/toml.h"

namespace puntual {

enum class Spacing : uint8_t {
  Monthly,
  Fortnightly
};  // The same day of each month; every fourteen days.

struct Mandate {
  // A promise: one payment, some days from now.
  int32_t promise_days_max = 7;
  int32_t promise_percent_min = 50;  // Of what is owed.
  // A plan. Its instalments are counted with the down payment; 1: no plans.
  int32_t instalments_max = 1;
  int32_t plan_days_max = 0;  // From today to the last instalment.
  int32_t down_payment_percent_min =
      0;  // Above 0 the first instalment is a down payment, within kDownPaymentDays.
  int64_t instalment_minor_min = 0;
  Spacing spacing = Spacing::Monthly;
  // Of both.
  int32_t grace_days = 2;  // After an instalment's date, before it is missed.
  int32_t discount_percent =
      0;  // Of what is owed, forgiven when all that was offered is paid in time.
  int32_t agreements_max = 2;  // With one person, in so many months;
  int32_t agreements_months = 6;
  int32_t broken_max =
      2;  // after so many broken or partly kept ones in that time only a person decides.

  bool operator==(const Mandate&) const = default;
};

inline constexpr int32_t kDownPaymentDays = 3;

namespace agreements {

// One [[mandate]] block but for its segments; mistakes are noted at the table.
[[nodiscard]] Mandate read_mandate(TomlTable& table);

// What it allows, in Spanish sentences for the creditor.
[[nodiscard]] std::string describe_es(const Mandate& mandate);

}  // namespace agreements
}  // namespace puntual
