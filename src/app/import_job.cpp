#include "app/import_job.h"

#include "base/json.h"
#include "engine/import_portfolio.h"

namespace puntual {
namespace {

Result<ImportOverrides> overrides_of(const ImportJob& job, const Creditor& creditor) {
  ImportOverrides overrides;
  if (!job.mapping.empty()) {
    ASSIGN_OR_RETURN(overrides, parse_mapping(job.mapping, "mapping"));
  }
  if (!job.country.empty()) {
    overrides.country = job.country;
  } else if (overrides.country.empty()) {
    overrides.country = creditor.country;
  }
  if (!job.currency.empty()) overrides.currency = job.currency;
  for (const auto kind : {FileKind::Payments, FileKind::Portfolio}) {
    if (job.kind == text_of(kind)) overrides.kind = kind;
  }
  if (!job.kind.empty() && !overrides.kind) return fail(ErrorCode::Invalid, "kind '{}' (expected portfolio or payments)", job.kind);
  return overrides;
}

json::object report_json(const ImportReport& r, const ImportFile& file) {
  json::array totals;
  for (const auto& total : r.totals) {
    totals.push_back(json::object{{"currency", total.currency.code()}, {"rows", total.rows},
                                  {"amount_minor", total.amount_minor}, {"balance_minor", total.balance_minor}});
  }
  return {{"created", r.created}, {"updated", r.updated}, {"unchanged", r.unchanged}, {"rejected", r.rejected},
          {"duplicate", r.duplicate}, {"rows", r.rows}, {"ignored", r.ignored}, {"people_created", r.people_created},
          {"people_without_consent", r.people_without_consent}, {"waiting", r.waiting},
          {"left_over", r.left_over}, {"totals", totals}, {"rejects", r.rejects}, {"description", describe_es(file.mapping)}, {"mapping", to_toml(file.mapping)}};
}

}  // namespace

Result<std::string> run_import_job(Store& store, const Desk& desk, const Creditor& creditor, std::string_view bytes,
                                   const ImportJob& job, Instant now) {
  ASSIGN_OR_RETURN(const ImportOverrides overrides, overrides_of(job, creditor));
  ASSIGN_OR_RETURN(const ImportFile file, portfolio::open_import(bytes, overrides));
  ImportOptions options{.consent_instrument = job.consent_instrument, .consent_on = {}};
  if (!job.consent_on.empty()) {
    ASSIGN_OR_RETURN(options.consent_on, parse_date(job.consent_on));
  }
  std::optional<ImportReport> report;
  const auto done = store.write([&](Tx& tx) -> Result<void> {
    ASSIGN_OR_RETURN(ImportReport made, engine::import_file(tx, desk, creditor, file, options, now));
    report = std::move(made);
    // A rehearsal does everything and takes it back: an error rolls back.
    if (job.dry_run) return fail(ErrorCode::Conflict, "dry run");
    return {};
  });
  if (!done && !(job.dry_run && report)) return std::unexpected(done.error());
  return to_json(report_json(*report, file));
}

}  // namespace puntual
