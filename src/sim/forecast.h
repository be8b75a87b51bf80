// The days ahead, lived through: the production engine on a virtual clock, the platform's model,
// and people who behave as they have so far. Of a large portfolio one person in so many lives
// through them, and the rest are counted like those.
#pragma once

#include <map>
#include <string>

#include "core/portfolio/import_detect.h"
#include "sim/world.h"

namespace puntual::sim {

// As many as a minute of two processors lives through (docs/performance.md); the spread that
// their choice adds is under one percent of what comes in.
inline constexpr size_t kUsualPeopleMax = 20'000;

struct ForecastOptions {
  Creditor creditor;
  TemplateCatalog templates;
  Strategy strategy;
  CivilDate from;
  int32_t days = 30;
  std::string numbers_confirmed_by;  // otp, contract or conversation: the numbers are proven.
                                     // Empty: where the file says so.
  std::shared_ptr<const compliance::RuleBook> rules =
      {};  // Null: the ones built in. Read strictly.
  uint64_t seed = 1;
  size_t people_max = kUsualPeopleMax;  // About how many live through the days; 0: everybody.
};

struct CollectedAmount {
  int64_t amount_minor = 0;
  int64_t low_minor = 0;  // Between these two with 80 %, by the spread among people.
  int64_t high_minor = 0;
  int64_t payments = 0;
};

// Counts and amounts stand for the whole portfolio. Where not everybody lived through the days,
// they are what was counted, times people / lived_people: estimates, all of them.
struct Forecast {
  int64_t lived_people = 0;
  int64_t people = 0, people_owing = 0, open_invoices = 0;
  std::map<std::string, int64_t> open_minor;  // By currency, at the start.
  int64_t sends = 0;
  std::map<std::string, int64_t> sends_by_day;  // Local date of the creditor.
  std::map<std::string, int64_t> reminders_by_day,
      thanks_by_day;  // The rest of sends_by_day are answers.
  std::map<std::string, int64_t> sends_by_step;
  std::map<std::string, int64_t> sends_by_template;
  std::map<std::string, int64_t> refusals;  // By reason, at proposal and at hand-over.
  std::map<std::string, int64_t> silences;  // Why nothing was proposed.
  int64_t cost_usd_micros = 0;
  int64_t replies = 0, promises = 0, stops = 0;
  std::map<std::string, CollectedAmount> collected;  // By currency.
  int64_t peak_sends_an_hour = 0;
  std::string trace_hash;
  std::vector<std::string> violations;  // Empty, always.
};

// portfolio: invoices; payments: the history of payments, or null. Nothing outside memory is
// touched.
[[nodiscard]] Result<Forecast> forecast(const ForecastOptions& options, const ImportFile& portfolio,
                                        const ImportFile* payments);

}  // namespace puntual::sim
