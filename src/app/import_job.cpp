#include "app/import_job.h"

#include <algorithm>

#include "app/list_page.h"
#include "app/order_fields.h"
#include "base/crypto.h"
#include "base/failpoint.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_headers.h"
#include "engine/import_grace.h"
#include "engine/import_portfolio.h"
#include "engine/undo_import.h"
#include "sheet/read.h"
#include "store/sql/sql_imports.h"

namespace puntual {
namespace {

constexpr size_t kSamples = 3, kSampleBytesMax = 80;
constexpr int kImportsShown = 20;
constexpr size_t kFileNameBytesMax = 200;

Result<ImportOverrides> overrides_of(const ImportJob& job, std::string_view mapping,
                                     const Creditor& creditor, bool is_workbook) {
  ImportOverrides overrides;
  if (!mapping.empty()) {
    ASSIGN_OR_RETURN(overrides, parse_mapping(mapping, "mapping"));
  }
  if (is_workbook) overrides.leave_out_text_form();
  if (!job.country.empty()) {
    overrides.country = job.country;
  } else if (overrides.country.empty()) {
    overrides.country = creditor.country;
  }
  if (!job.currency.empty()) overrides.currency = job.currency;
  for (const auto kind : {FileKind::Payments, FileKind::Portfolio}) {
    if (job.kind == text_of(kind)) overrides.kind = kind;
  }
  if (!job.kind.empty() && !overrides.kind)
    return fail(ErrorCode::Invalid, "kind '{}' (expected portfolio or payments)", job.kind);
  return overrides;
}

json::value reach_json(const std::optional<ImportReach>& reach, bool may_read,
                       const Creditor& creditor) {
  if (!reach) return nullptr;
  const Zone zone = Zone::of(creditor.zone);
  json::array messages;
  if (may_read) {
    for (const auto& one : reach->first)
      messages.push_back(json::object{{"name", one.name},
                                      {"at", format_rfc3339(one.at, zone.offset_at(one.at))},
                                      {"text", one.text}});
  }
  return json::object{
      {"people", reach->people},
      {"first_at", reach->first_at ? json::value(format_rfc3339(*reach->first_at,
                                                                zone.offset_at(*reach->first_at)))
                                   : json::value(nullptr)},
      {"more", reach->has_more},
      {"messages", std::move(messages)}};
}

json::object report_json(const ImportReport& r, const ImportFile& file) {
  json::array totals;
  for (const auto& total : r.totals) {
    totals.push_back(json::object{{"currency", total.currency.code()},
                                  {"rows", total.rows},
                                  {"amount_minor", total.amount_minor},
                                  {"balance_minor", total.balance_minor}});
  }
  return {{"kind", text_of(file.mapping.kind)},
          {"created", r.created},
          {"updated", r.updated},
          {"unchanged", r.unchanged},
          {"rejected", r.rejected},
          {"duplicate", r.duplicate},
          {"rows", r.rows},
          {"ignored", r.ignored},
          {"people_created", r.people_created},
          {"people_without_consent", r.people_without_consent},
          {"people_unconfirmed", r.people_unconfirmed},
          {"people_confirmed", r.people_confirmed},
          {"yes_without_proof", r.yes_without_proof},
          {"people_retired", r.people_retired},
          {"waiting", r.waiting},
          {"left_over", r.left_over},
          {"held", r.held},
          {"totals", totals},
          {"rejects", r.rejects},
          {"reach", nullptr},
          {"trouble", ""}};
}

// By what files are known again: their titles as they are found without anybody's help. Empty: this
// is no table.
std::string titles_of(std::string_view bytes, const ImportOverrides& plain) {
  const auto draft = portfolio::draft_mapping(bytes, plain);
  if (!draft) return {};
  std::string titles;
  for (const auto& column : draft->columns) titles += fold_text(column.header) + '\n';
  return hex(sha256(titles));
}

struct OpenedFile {
  ImportFile file;
  std::string titles;
  bool is_remembered = false;
};

// By the mapping that is given, else by the one that is remembered, else by what the file itself
// tells.
Result<OpenedFile> open_told(Store& store, const Creditor& creditor, std::string_view bytes,
                             bool is_workbook, const ImportJob& job) {
  ASSIGN_OR_RETURN(const ImportOverrides plain, overrides_of(job, {}, creditor, is_workbook));
  OpenedFile opened{.file = {}, .titles = titles_of(bytes, plain)};
  if (job.mapping.empty() && !job.anew) {
    ASSIGN_OR_RETURN(const auto mapping, store.read([&](Tx& tx) {
      return store::ImportMappings(tx.db).find(creditor.id, opened.titles);
    }));
    if (mapping) {
      ASSIGN_OR_RETURN(ImportOverrides overrides,
                       overrides_of(job, *mapping, creditor, is_workbook));
      overrides.encoding.reset();  // Each file shows its own.
      if (auto file = portfolio::open_import(bytes, overrides))
        return OpenedFile{
            .file = *std::move(file), .titles = std::move(opened.titles), .is_remembered = true};
    }
  }
  ASSIGN_OR_RETURN(const ImportOverrides overrides,
                   overrides_of(job, job.mapping, creditor, is_workbook));
  ASSIGN_OR_RETURN(opened.file, portfolio::open_import(bytes, overrides));
  return opened;
}

Result<void> remember_mapping(Store& store, const Creditor& creditor, const ImportJob& job,
                              const OpenedFile& opened) {
  if (job.dry_run || opened.titles.empty() || (job.mapping.empty() && !job.anew)) return {};
  return store.write([&](Tx& tx) {
    store::ImportMappings mappings(tx.db);
    if (job.mapping.empty())
      mappings.forget(creditor.id, opened.titles);
    else
      mappings.set(creditor.id, opened.titles, to_toml(opened.file.mapping));
  });
}

// The columns with their first cells, for whoever says what they are.
json::array columns_json(const ImportMapping& mapping, std::string_view text, bool is_windows1252) {
  std::vector<json::array> samples(mapping.columns.size());
  CsvReader reader(text, mapping.delimiter);
  for (size_t taken = 0; taken < kSamples && reader.next().value_or(false);) {
    if (reader.line() <= mapping.header_line) continue;
    for (size_t i = 0; i < std::min(samples.size(), reader.fields().size()); ++i) {
      std::string cell(reader.fields()[i]);
      if (is_windows1252) append_windows1252(std::exchange(cell, {}), cell);
      std::string sample;
      append_clean_utf8(sample, cell);
      samples[i].emplace_back(beginning_of(sample, kSampleBytesMax));
    }
    ++taken;
  }
  json::array columns;
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto& [header, field] = mapping.columns[i];
    const auto guess =
        field == ImportField::Ignore ? portfolio::guess_of_header(header) : std::nullopt;
    const bool is_free = guess && !mapping.column_of(*guess);
    columns.push_back(json::object{{"header", header},
                                   {"field", text_of(field)},
                                   {"guess", is_free ? text_of(*guess) : std::string_view()},
                                   {"samples", std::move(samples[i])}});
  }
  return columns;
}

void add_reading(json::object& report, const ImportMapping& mapping, std::string_view text,
                 bool is_windows1252) {
  report["columns"] = columns_json(mapping, text, is_windows1252);
  report["read_as"] = json::object{{"is_workbook", mapping.is_workbook},
                                   {"encoding", text_of(mapping.encoding)},
                                   {"delimiter", std::string(1, mapping.delimiter)},
                                   {"decimal_mark", decimal_mark_text(mapping)},
                                   {"date_order", date_order_text(mapping)},
                                   {"header_line", mapping.header_line}};
  report["description"] = describe_es(mapping);
  report["mapping"] = to_toml(mapping);
}

// What could not be read, as far as it is understood: for whoever says what each column is.
Result<std::string> draft_report(std::string_view bytes, bool is_workbook, const ImportJob& job,
                                 const Creditor& creditor, const Error& why) {
  ASSIGN_OR_RETURN(const ImportOverrides overrides,
                   overrides_of(job, job.mapping, creditor, is_workbook));
  ASSIGN_OR_RETURN(ImportMapping draft, portfolio::draft_mapping(bytes, overrides));
  draft.is_workbook = is_workbook;
  ImportFile none;
  none.mapping = draft;
  json::object report = report_json({}, none);
  // Text in two bytes a letter is shown without its cells.
  const bool is_wide =
      draft.encoding == TextEncoding::Utf16Le || draft.encoding == TextEncoding::Utf16Be;
  add_reading(report, draft, is_wide ? std::string_view() : bytes,
              draft.encoding == TextEncoding::Windows1252);
  report["remembered"] = false;
  report["first_send_not_before"] = nullptr;
  report["trouble"] = why.message;
  return to_json(report);
}

json::value moment_json(std::optional<Instant> at, Zone zone) {
  return at ? json::value(format_rfc3339(*at, zone.offset_at(*at))) : json::value(nullptr);
}

json::object run_json(Tx& tx, const EngineSettings& settings, const Creditor& creditor,
                      const store::ImportRun& run, Instant now) {
  const Zone zone = Zone::of(creditor.zone);
  const auto moment = [&](std::optional<Instant> at) { return moment_json(at, zone); };
  const auto why_not = engine::why_not_undo(tx, creditor.id, run, now);
  return {{"id", std::to_string(run.id)},
          {"at", moment(run.at)},
          {"by", run.by},
          {"file_name", run.file_name},
          {"kind", run.kind},
          {"blocks", run.blocks},
          {"blocks_done", run.blocks_done},
          {"rows", run.rows},
          {"created", run.created},
          {"updated", run.updated},
          {"unchanged", run.unchanged},
          {"rejected", run.rejected},
          {"duplicate", run.duplicate},
          {"ended_at", moment(run.ended_at)},
          {"undone_at", moment(run.undone_at)},
          {"undone_by", run.undone_by},
          {"why_not_undo", why_not.in_spanish()},
          {"no_undo", json::object{{"code", why_not.code}, {"people", why_not.people}}},
          {"first_send_not_before", moment(engine::first_send_not_before(run, settings, now))},
          {"undo_until",
           why_not.code.empty() ? moment(run.at + engine::kUndoMs) : json::value(nullptr)}};
}

// As told for this file, else as the settings say of all numbers.
Result<Evidence> evidence_of_job(const ImportJob& job, const EngineSettings& settings) {
  Evidence evidence{
      .kind = job.confirmed_by.empty() ? settings.numbers_confirmed_by : job.confirmed_by,
      .reference = job.confirmed_by.empty() ? settings.numbers_evidence : job.evidence,
      .verified_on = {}};
  if (job.confirmed_by.empty() && !(job.evidence.empty() && job.confirmed_on.empty())) {
    return fail(ErrorCode::Invalid,
                "evidence without confirmed_by: say how the numbers were verified (otp, contract "
                "or conversation)");
  }
  if (!job.confirmed_by.empty() && job.evidence.empty()) {
    return fail(ErrorCode::Invalid,
                "confirmed_by without evidence: name the proof, for example 'Contrato de servicio, "
                "cláusula 3'");
  }
  if (!evidence.kind.empty() && evidence.kind != "otp" && evidence.kind != "contract" &&
      evidence.kind != "conversation") {
    return fail(ErrorCode::Invalid, "confirmed_by '{}' (expected otp, contract or conversation)",
                evidence.kind);
  }
  if (!job.confirmed_on.empty()) {
    ASSIGN_OR_RETURN(evidence.verified_on, parse_date(job.confirmed_on));
  }
  return evidence;
}

}  // namespace

Result<std::string> run_import_job(Store& store, const Desk& desk, const Creditor& creditor,
                                   std::string_view bytes, const ImportJob& job, Instant now) {
  std::string converted;
  if (sheet::is_workbook(bytes)) {
    ASSIGN_OR_RETURN(converted, sheet::csv_of_workbook(bytes));
    bytes = converted;
  }
  auto opened = open_told(store, creditor, bytes, !converted.empty(), job);
  if (!opened && opened.error().code == ErrorCode::Invalid && job.dry_run && job.draft)
    return draft_report(bytes, !converted.empty(), job, creditor, opened.error());
  if (!opened) return std::unexpected(std::move(opened).error());
  ImportFile& file = opened->file;
  file.mapping.is_workbook = !converted.empty();
  ImportOptions options{.consent_instrument = job.consent_instrument,
                        .consent_on = {},
                        .confirmed_by = {},
                        .is_rehearsal = job.dry_run,
                        .by = job.by,
                        .file_name = std::string(beginning_of(job.file_name, kFileNameBytesMax)),
                        .clock = job.clock};
  if (!job.consent_on.empty()) {
    ASSIGN_OR_RETURN(options.consent_on, parse_date(job.consent_on));
  }
  ASSIGN_OR_RETURN(options.confirmed_by, evidence_of_job(job, desk.settings));
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  if (options.consent_on && *options.consent_on > today)
    return fail(ErrorCode::Invalid, "consent_on {} lies in the future", job.consent_on);
  if (options.confirmed_by.verified_on && *options.confirmed_by.verified_on > today) {
    return fail(ErrorCode::Invalid, "confirmed_on {} lies in the future", job.confirmed_on);
  }
  failpoint("import.opened");
  ASSIGN_OR_RETURN(const ImportReport report,
                   engine::import_file(store, desk, creditor, file, options, now));
  failpoint("import.committed");
  RETURN_IF_ERROR(remember_mapping(store, creditor, job, *opened));
  json::object told = report_json(report, file);
  add_reading(told, file.mapping, file.text(), file.is_windows1252());
  told["remembered"] = opened->is_remembered;
  const Instant ended = job.clock ? job.clock() : now;
  const store::ImportRun run{.at = now,
                             .by = {},
                             .kind = std::string(text_of(file.mapping.kind)),
                             .created = report.created,
                             .updated = report.updated,
                             .ended_at = ended};
  told["first_send_not_before"] = moment_json(
      engine::first_send_not_before(run, desk.settings, ended), Zone::of(creditor.zone));
  told["reach"] = reach_json(report.reach, job.may_read, creditor);
  return to_json(told);
}

Result<std::string> list_imports_job(Store& store, const EngineSettings& settings,
                                     const Creditor& creditor, Instant now) {
  ASSIGN_OR_RETURN(const json::array list, store.read([&](Tx& tx) {
    json::array all;
    for (const auto& run : store::ImportRuns(tx.db, tx.keys).latest(creditor.id, kImportsShown))
      all.push_back(run_json(tx, settings, creditor, run, now));
    return all;
  }));
  return to_json(json::object{{"imports", list}});
}

Result<std::string> undo_import_job(Store& store, const Creditor& creditor, std::string_view id,
                                    std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const int64_t run, number_in(id, "import"));
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  RETURN_IF_ERROR(fields.end());
  ASSIGN_OR_RETURN(const UndoReport done, engine::undo_import(store, creditor, run, by, now));
  return to_json(json::object{{"people", done.people},
                              {"withdrawn", done.withdrawn},
                              {"restored", done.restored},
                              {"kept", done.kept}});
}

}  // namespace puntual
