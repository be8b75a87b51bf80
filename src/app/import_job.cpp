#include "app/import_job.h"

#include "base/failpoint.h"
#include "base/json.h"
#include "engine/import_portfolio.h"
#include "sheet/read.h"

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
  return {{"kind", text_of(file.mapping.kind)}, {"created", r.created}, {"updated", r.updated}, {"unchanged", r.unchanged}, {"rejected", r.rejected},
          {"duplicate", r.duplicate}, {"rows", r.rows}, {"ignored", r.ignored}, {"people_created", r.people_created},
          {"people_without_consent", r.people_without_consent}, {"people_unconfirmed", r.people_unconfirmed},
          {"people_confirmed", r.people_confirmed},
          {"yes_without_proof", r.yes_without_proof}, {"people_retired", r.people_retired}, {"waiting", r.waiting},
          {"left_over", r.left_over}, {"totals", totals}, {"rejects", r.rejects}, {"description", describe_es(file.mapping)}, {"mapping", to_toml(file.mapping)}};
}

// As told for this file, else as the settings say of all numbers.
Result<Evidence> evidence_of_job(const ImportJob& job, const EngineSettings& settings) {
  Evidence evidence{.kind = job.confirmed_by.empty() ? settings.numbers_confirmed_by : job.confirmed_by,
                    .reference = job.confirmed_by.empty() ? settings.numbers_evidence : job.evidence, .verified_on = {}};
  if (job.confirmed_by.empty() && !(job.evidence.empty() && job.confirmed_on.empty())) {
    return fail(ErrorCode::Invalid, "evidence without confirmed_by: say how the numbers were verified (otp, contract or conversation)");
  }
  if (!job.confirmed_by.empty() && job.evidence.empty()) {
    return fail(ErrorCode::Invalid, "confirmed_by without evidence: name the proof, for example 'Contrato de servicio, cláusula 3'");
  }
  if (!evidence.kind.empty() && evidence.kind != "otp" && evidence.kind != "contract" && evidence.kind != "conversation") {
    return fail(ErrorCode::Invalid, "confirmed_by '{}' (expected otp, contract or conversation)", evidence.kind);
  }
  if (!job.confirmed_on.empty()) {
    ASSIGN_OR_RETURN(evidence.verified_on, parse_date(job.confirmed_on));
  }
  return evidence;
}

}  // namespace

Result<std::string> run_import_job(Store& store, const Desk& desk, const Creditor& creditor, std::string_view bytes,
                                   const ImportJob& job, Instant now) {
  std::string converted;
  if (sheet::is_workbook(bytes)) {
    ASSIGN_OR_RETURN(converted, sheet::csv_of_workbook(bytes));
    bytes = converted;
  }
  ASSIGN_OR_RETURN(const ImportOverrides overrides, overrides_of(job, creditor));
  ASSIGN_OR_RETURN(ImportFile file, portfolio::open_import(bytes, overrides));
  file.mapping.is_workbook = !converted.empty();
  ImportOptions options{.consent_instrument = job.consent_instrument, .consent_on = {}, .confirmed_by = {}, .is_rehearsal = job.dry_run};
  if (!job.consent_on.empty()) {
    ASSIGN_OR_RETURN(options.consent_on, parse_date(job.consent_on));
  }
  ASSIGN_OR_RETURN(options.confirmed_by, evidence_of_job(job, desk.settings));
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  if (options.consent_on && *options.consent_on > today) return fail(ErrorCode::Invalid, "consent_on {} lies in the future", job.consent_on);
  if (options.confirmed_by.verified_on && *options.confirmed_by.verified_on > today) {
    return fail(ErrorCode::Invalid, "confirmed_on {} lies in the future", job.confirmed_on);
  }
  failpoint("import.opened");
  ASSIGN_OR_RETURN(const ImportReport report, engine::import_file(store, desk, creditor, file, options, now));
  failpoint("import.committed");
  return to_json(report_json(report, file));
}

}  // namespace puntual
