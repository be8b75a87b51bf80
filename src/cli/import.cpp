// puntual import: a portfolio or payments file of an ERP into the books.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "base/json.h"
#include "cli/deployment.h"
#include "core/portfolio/import_detect.h"
#include "engine/import_portfolio.h"

namespace puntual::cli {
namespace {

// A file's bytes, mapped where possible: a file of a million rows is not copied into memory.
class InputFile {
 public:
  static Result<std::unique_ptr<InputFile>> open(const std::string& path) {
    auto file = std::unique_ptr<InputFile>(new InputFile);
    const int descriptor = path == "-" ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info {};
    if (descriptor >= 0 && ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
      void* mapped = ::mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
      if (mapped != MAP_FAILED) {
        file->mapped_ = mapped;
        file->bytes_ = {static_cast<const char*>(mapped), static_cast<size_t>(info.st_size)};
      }
    }
    if (descriptor >= 0) ::close(descriptor);
    if (file->mapped_ == nullptr) {
      ASSIGN_OR_RETURN(file->copied_, read_file(path));
      file->bytes_ = file->copied_;
    }
    return file;
  }
  InputFile(const InputFile&) = delete;
  ~InputFile() {
    if (mapped_ != nullptr) ::munmap(mapped_, bytes_.size());
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  InputFile() = default;
  void* mapped_ = nullptr;
  std::string copied_;
  std::string_view bytes_;
};

Result<ImportOverrides> overrides_of(const Arguments& arguments, const Creditor& creditor) {
  ImportOverrides overrides;
  if (const std::string path = arguments.text("--mapping"); !path.empty()) {
    ASSIGN_OR_RETURN(const std::string text, read_file(path));
    ASSIGN_OR_RETURN(overrides, parse_mapping(text, path));
  }
  if (arguments.has("--country")) {
    overrides.country = arguments.text("--country");
  } else if (overrides.country.empty()) {
    overrides.country = creditor.country;
  }
  if (arguments.has("--currency")) overrides.currency = arguments.text("--currency");
  if (const std::string kind = arguments.text("--kind"); kind == "payments") {
    overrides.kind = FileKind::Payments;
  } else if (kind == "portfolio") {
    overrides.kind = FileKind::Portfolio;
  } else if (!kind.empty()) {
    return fail(ErrorCode::Invalid, "--kind '{}' (expected portfolio or payments)", kind);
  }
  return overrides;
}

json::object report_json(const ImportReport& r) {
  return {{"created", r.created}, {"updated", r.updated}, {"unchanged", r.unchanged},
          {"rejected", r.rejected}, {"duplicate", r.duplicate}, {"rows", r.rows}};
}

void print_for_people(const ImportReport& r, bool dry_run) {
  std::fprintf(stderr, "%s%lld filas: %lld nuevas, %lld cambiadas, %lld iguales, %lld repetidas, %lld rechazadas\n",
               dry_run ? "Ensayo, nada cambió. " : "", static_cast<long long>(r.rows), static_cast<long long>(r.created),
               static_cast<long long>(r.updated), static_cast<long long>(r.unchanged), static_cast<long long>(r.duplicate),
               static_cast<long long>(r.rejected));
  for (const auto& total : r.totals) {
    std::fprintf(stderr, "  %s: %s en %lld filas, saldo %s\n", std::string(total.currency.code()).c_str(),
                 format_decimal({total.amount_minor, total.currency}).c_str(), static_cast<long long>(total.rows),
                 format_decimal({total.balance_minor, total.currency}).c_str());
  }
  if (r.people_created > 0) std::fprintf(stderr, "  %lld personas nuevas\n", static_cast<long long>(r.people_created));
  if (r.unapplied > 0) {
    std::fprintf(stderr, "  %lld pagos nombran facturas que no están cargadas: esperan a que lleguen\n", static_cast<long long>(r.unapplied));
  }
  if (r.people_without_consent > 0) {
    std::fprintf(stderr, "  %lld personas sin autorización de WhatsApp: no se les escribirá. Si la tiene, impórtelas con "
                         "--consent 'Contrato de servicio, cláusula 12'\n", static_cast<long long>(r.people_without_consent));
  }
}

Result<void> write_rejects(const std::string& path, const ImportReport& report) {
  if (report.rejects.empty()) return {};
  if (path.empty()) {
    std::fprintf(stderr, "  Para corregir las rechazadas, repita con --rejects rechazadas.csv\n");
    return {};
  }
  std::ofstream file(path, std::ios::binary);
  file << report.rejects;
  file.close();
  if (!file) return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  std::fprintf(stderr, "  Las rechazadas están en %s: corríjalas allí e importe ese archivo\n", path.c_str());
  return {};
}

Result<int> run_import(const Arguments& arguments) {
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const auto input, InputFile::open(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const ImportOverrides overrides, overrides_of(arguments, creditor));
  ASSIGN_OR_RETURN(const ImportFile file, portfolio::open_import(input->bytes(), overrides));
  if (!arguments.has("--json")) std::fprintf(stderr, "%s\n", describe_es(file.mapping).c_str());
  ImportOptions options{.consent_instrument = arguments.text("--consent"), .consent_on = {}};
  if (arguments.has("--consent-on")) {
    ASSIGN_OR_RETURN(options.consent_on, parse_date(arguments.text("--consent-on")));
  }
  const bool dry_run = arguments.has("--dry-run");
  ImportReport report;
  const auto done = deployment->store->write([&](Tx& tx) -> Result<void> {
    ASSIGN_OR_RETURN(report, engine::import_file(tx, *deployment->desk, creditor, file, options, deployment->clock.now()));
    // A dry run does everything and takes it back.
    if (dry_run) return fail(ErrorCode::Conflict, "dry run");
    return {};
  });
  if (!done && !(dry_run && done.error().code == ErrorCode::Conflict && done.error().message == "dry run")) {
    return std::unexpected(done.error());
  }
  if (arguments.has("--save-mapping")) std::ofstream(arguments.text("--save-mapping")) << to_toml(file.mapping);
  if (arguments.has("--json")) std::printf("%s\n", to_json(report_json(report)).c_str());
  print_for_people(report, dry_run);
  RETURN_IF_ERROR(write_rejects(arguments.text("--rejects"), report));
  return kOk;
}

}  // namespace

Command import_command() {
  return {.name = "import",
          .summary = "Take in a portfolio or payments file as the ERP exports it",
          .positionals = {"FILE"},
          .options = with_deployment_options(
              {{"--json", "", "The five counts as one JSON object"},
               {"--dry-run", "", "Check and count, change nothing"},
               {"--rejects", "FILE", "Write the rejected rows as a file to correct"},
               {"--consent", "TEXT", "The proof by which these people agreed to WhatsApp, for rows without one"},
               {"--consent-on", "YYYY-MM-DD", "When they agreed; today when left out"},
               {"--country", "CC", "Country of rows that name none; the creditor's when left out"},
               {"--currency", "CUR", "Currency of rows that name none"},
               {"--kind", "KIND", "portfolio or payments; found out when left out"},
               {"--mapping", "FILE", "How to read the file, as --save-mapping wrote it"},
               {"--save-mapping", "FILE", "Keep how the file was read, to change and give again"}}),
          .examples = "  puntual import cartera.csv --consent 'Contrato, cláusula 12' --rejects rechazadas.csv\n"
                      "  puntual import recaudo.csv\n"
                      "  cat cartera.csv | puntual import - --json\n",
          .run = run_import};
}

}  // namespace puntual::cli
