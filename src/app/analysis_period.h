// Of which days an analysis tells, in the creditor's zone.
#pragma once

#include <string_view>

#include "app/list_page.h"
#include "base/zone.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

struct AnalysisPeriod {
  static constexpr int kBilledDays = 90;  // Of days of sales outstanding.

  Zone zone;
  CivilDate today;
  int32_t days = 90;  // Today is the last of them.
  Instant since;      // The first of them begins.
  int64_t offset_ms = 0;

  [[nodiscard]] CivilDate first() const { return today - (days - 1); }
  [[nodiscard]] CivilDate billed_from() const { return today - (kBilledDays - 1); }

  // days: 1 to 366, as text; empty: 90.
  [[nodiscard]] static Result<AnalysisPeriod> of(const Creditor& creditor, std::string_view days,
                                                 Instant now) {
    constexpr int64_t kDaysMax = 366;
    const Zone zone = Zone::of(creditor.zone);
    AnalysisPeriod period{.zone = zone,
                          .today = zone.local(now).date,
                          .since = {},
                          .offset_ms = zone.offset_at(now) * kSecondMs};
    if (!days.empty()) {
      const auto asked = whole_number(days);
      if (!asked || *asked < 1 || *asked > kDaysMax)
        return fail(ErrorCode::Invalid, "days '{}' (expected 1 to {})", days, kDaysMax);
      period.days = static_cast<int32_t>(*asked);
    }
    period.since = zone.instant(period.first(), 0);
    return period;
  }
};

}  // namespace puntual
