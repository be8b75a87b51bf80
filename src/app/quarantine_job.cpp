#include "app/quarantine_job.h"

namespace puntual {
namespace {

// Without a zone it is the creditor's: read as UTC, then moved.
Result<Instant> moment_of(std::string_view text, const Creditor& creditor) {
  if (auto at = parse_rfc3339(text)) return at;
  const auto as_utc = parse_rfc3339(fmt::format("{}{}Z", text, text.size() == 16 ? ":00" : ""));
  if (!as_utc)
    return fail(ErrorCode::Invalid,
                "sent_until '{}' is no moment (expected 2026-11-22T10:00, or with a zone "
                "2026-11-22T10:00:00-05:00)",
                text);
  const auto day = CivilDate{static_cast<int32_t>(as_utc->ms / kDayMs)};
  return Zone::of(creditor.zone).instant(day, static_cast<int32_t>(as_utc->ms % kDayMs));
}

}  // namespace

json::object quarantine_json(const std::optional<Quarantine>& quarantine) {
  if (!quarantine) return {{"quarantine", false}};
  return {{"quarantine", true},
          {"since", format_utc(quarantine->since)},
          {"why", quarantine->why},
          {"known_to", quarantine->known_to ? json::value(format_utc(*quarantine->known_to))
                                            : json::value(nullptr)}};
}

Result<void> run_raise_job(Store& store, std::string_view why, std::string_view by, Instant now) {
  if (why.empty())
    return fail(ErrorCode::Invalid,
                "why is empty: say what happened to the database (--why 'pg_dump de las 03:00')");
  return store.write([&](Tx& tx) { engine::raise_quarantine(tx, why, now, {}, by); });
}

Result<std::string> run_lift_job(Store& store, const Desk& desk, const Creditor& creditor,
                                 std::string_view sent_until, std::string_view by, Instant now) {
  ASSIGN_OR_RETURN(const Instant until, moment_of(sent_until, creditor));
  ASSIGN_OR_RETURN(
      const GapReport report,
      engine::lift_quarantine(store, desk, {.sent_until = until, .by = std::string(by)}, now));
  return to_json(json::object{{"people", report.people}, {"cancelled", report.cancelled}});
}

}  // namespace puntual
