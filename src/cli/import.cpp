// puntual import: a portfolio or payments file of an ERP into the books.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/import_job.h"
#include "app/input_file.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"
#include "core/portfolio/import_detect.h"
#include "sheet/read.h"

namespace puntual::cli {
namespace {

int64_t number(const json::value& report, std::string_view name) {
  return member_int(report, name).value_or(0);
}

// "1 fila", "2 filas"; the plural is given where it is not that.
std::string counted(int64_t n, std::string_view one, std::string_view many = {}) {
  if (n == 1) return fmt::format("1 {}", one);
  return many.empty() ? fmt::format("{} {}s", n, one) : fmt::format("{} {}", n, many);
}

void print_totals(const json::value& report) {
  const auto* totals = member_array(report, "totals");
  for (const auto& total : totals != nullptr ? *totals : json::array()) {
    const auto currency = Currency::parse(member_text(total, "currency").value_or(""));
    if (!currency) continue;
    const int64_t balance = number(total, "balance_minor");  // Payments have none.
    std::fprintf(stderr, "  %s: %s en %s%s\n", std::string(currency->code()).c_str(),
                 format_decimal({number(total, "amount_minor"), *currency}).c_str(),
                 counted(number(total, "rows"), "fila").c_str(),
                 balance == 0 ? "" : (", saldo " + format_decimal({balance, *currency})).c_str());
  }
}

void print_for_people(const json::value& report, bool dry_run) {
  const auto n = [&](std::string_view name) {
    return static_cast<long long>(number(report, name));
  };
  std::fprintf(stderr, "%s%s: %s, %s, %s, %s, %s\n", dry_run ? "Ensayo, nada cambió. " : "",
               counted(n("rows"), "fila").c_str(), counted(n("created"), "nueva").c_str(),
               counted(n("updated"), "cambiada").c_str(),
               counted(n("unchanged"), "igual", "iguales").c_str(),
               counted(n("duplicate"), "repetida").c_str(),
               counted(n("rejected"), "rechazada").c_str());
  print_totals(report);
  if (n("ignored") > 0)
    std::fprintf(stderr, "  %s de totales o sin datos, que no se leen\n",
                 counted(n("ignored"), "fila").c_str());
  if (n("people_created") > 0)
    std::fprintf(stderr, "  %s\n",
                 counted(n("people_created"), "persona nueva", "personas nuevas").c_str());
  if (n("waiting") > 0) {
    std::fprintf(stderr, "  %s de facturas que no están cargadas: se aplica cuando lleguen\n",
                 counted(n("waiting"), "pago").c_str());
  }
  if (n("held") > 0) {
    std::fprintf(stderr,
                 "  %s que puede ser dinero ya anotado: no se anota dos veces; véalo con «puntual "
                 "payments unmatched»\n",
                 counted(n("held"), "pago").c_str());
  }
  if (n("left_over") > 0) {
    std::fprintf(stderr, "  %s por más de lo que se debía: el resto queda a favor de la persona\n",
                 counted(n("left_over"), "pago").c_str());
  }
  if (n("people_without_consent") > 0) {
    std::fprintf(stderr,
                 "  %s sin autorización de WhatsApp: no se le escribirá a nadie sin ella. Si la "
                 "tiene, importe de nuevo con "
                 "--consent 'Contrato de servicio, cláusula 12'\n",
                 counted(n("people_without_consent"), "persona").c_str());
  }
  if (n("people_confirmed") > 0)
    std::fprintf(
        stderr, "  %lld %s con este archivo\n", n("people_confirmed"),
        n("people_confirmed") == 1 ? "número queda comprobado" : "números quedan comprobados");
  if (n("yes_without_proof") > 0) {
    std::fprintf(stderr,
                 "  El archivo dice «sí» de %lld números sin decir con qué prueba: dígalo con "
                 "--confirmed-by contract --evidence 'Contrato de servicio, "
                 "cláusula 3'\n",
                 n("yes_without_proof"));
  }
  if (n("people_unconfirmed") > 0) {
    std::fprintf(stderr,
                 "  %s con el número sin comprobar: antes de hablar de una deuda se preguntará de "
                 "quién es el número. Si ya "
                 "verificó los números, importe de nuevo con --confirmed-by contract --evidence "
                 "'Contrato de servicio, cláusula 3'\n",
                 counted(n("people_unconfirmed"), "persona").c_str());
  }
  if (n("people_retired") > 0) {
    std::fprintf(stderr,
                 "  %lld personas solo con números que resultaron ser de otros: no se les "
                 "escribirá. Consiga un número nuevo e impórtelo\n",
                 n("people_retired"));
  }
}

Result<void> write_text(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  return {};
}

Result<void> write_rejects(const std::string& path, const std::string& rejects) {
  if (rejects.empty()) return {};
  if (path.empty()) {
    std::fprintf(stderr, "  Para corregir las rechazadas, repita con --rejects rechazadas.csv\n");
    return {};
  }
  RETURN_IF_ERROR(write_text(path, rejects));
  std::fprintf(stderr, "  Las rechazadas están en %s: corríjalas allí e importe ese archivo\n",
               path.c_str());
  return {};
}

Result<ImportJob> job_of(const Arguments& arguments) {
  ImportJob job{
      .consent_instrument = arguments.text("--consent"),
      .consent_on = arguments.text("--consent-on"),
      .confirmed_by = arguments.text("--confirmed-by"),
      .evidence = arguments.text("--evidence"),
      .confirmed_on = arguments.text("--confirmed-on"),
      .country = arguments.text("--country"),
      .currency = arguments.text("--currency"),
      .kind = arguments.text("--kind"),
      .mapping = {},
      .dry_run = arguments.has("--dry-run"),
      .file_name = arguments.text("FILE") == "-"
                       ? std::string()
                       : std::filesystem::path(arguments.text("FILE")).filename().string()};
  if (arguments.has("--mapping")) {
    ASSIGN_OR_RETURN(job.mapping, read_file(arguments.text("--mapping")));
  }
  return job;
}

// By the server when one is running, else here: the same job either way.
Result<std::string> import_bytes(const Arguments& arguments, std::string_view bytes,
                                 const ImportJob& job) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    return remote->post("/v1/imports",
                        {{"consent", job.consent_instrument},
                         {"consent_on", job.consent_on},
                         {"confirmed_by", job.confirmed_by},
                         {"evidence", job.evidence},
                         {"confirmed_on", job.confirmed_on},
                         {"country", job.country},
                         {"currency", job.currency},
                         {"kind", job.kind},
                         {"mapping", job.mapping},
                         {"dry_run", job.dry_run ? "true" : ""},
                         {"file_name", job.file_name}},
                        "text/csv", bytes);
  }
  // Without settings, and where nobody names a database, this is not a house: most likely the wrong
  // folder.
  const bool is_house = !config.file.empty() || arguments.has("--database") ||
                        std::getenv("PUNTUAL_DATABASE_URL") != nullptr;
  ASSIGN_OR_RETURN(const auto deployment,
                   open_deployment(arguments, is_house ? Access::Create : Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ImportJob timed = job;
  timed.clock = [&] { return deployment->clock.now(); };
  return run_import_job(*deployment->store, *deployment->desk, creditor, bytes, timed,
                        deployment->clock.now());
}

// What could not be read all the same gives a mapping to fill in.
Result<void> keep_draft(const Arguments& arguments, std::string_view bytes, const ImportJob& job) {
  ASSIGN_OR_RETURN(ImportOverrides overrides, parse_mapping(job.mapping, "mapping"));
  std::string converted;
  if (sheet::is_workbook(bytes)) {
    ASSIGN_OR_RETURN(converted, sheet::csv_of_workbook(bytes));
    bytes = converted;
    overrides.leave_out_text_form();
  }
  if (overrides.country.empty()) overrides.country = job.country;
  ASSIGN_OR_RETURN(ImportMapping draft, portfolio::draft_mapping(bytes, std::move(overrides)));
  draft.is_workbook = !converted.empty();
  const std::string path = arguments.text("--save-mapping");
  RETURN_IF_ERROR(write_text(path, to_toml(draft)));
  std::fprintf(stderr,
               "En %s está lo que se entendió: escriba allí qué es cada columna e importe con "
               "--mapping %s\n",
               path.c_str(), path.c_str());
  return {};
}

Result<int> run_import(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto input, InputFile::open(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const ImportJob job, job_of(arguments));
  auto answer = import_bytes(arguments, input->bytes(), job);
  if (!answer && answer.error().code == ErrorCode::Invalid) {
    std::string& message = answer.error().message;
    if (arguments.has("--save-mapping"))
      (void)keep_draft(arguments, input->bytes(), job);
    else if (message.contains("qué es cada columna"))
      message +=
          ": repita con --save-mapping columnas.toml, dígalo allí e importe con --mapping "
          "columnas.toml";
  }
  ASSIGN_OR_RETURN(const std::string text, std::move(answer));
  ASSIGN_OR_RETURN(const json::value report, parse_json(text));
  if (arguments.has("--json")) {
    json::object counts;
    for (const auto name : {"created", "updated", "unchanged", "rejected", "duplicate", "rows"})
      counts[name] = number(report, name);
    std::printf("%s\n", to_json(counts).c_str());
  } else {
    std::fprintf(stderr, "%s\n", member_text(report, "description").value_or("").c_str());
  }
  print_for_people(report, job.dry_run);
  if (arguments.has("--save-mapping")) {
    RETURN_IF_ERROR(
        write_text(arguments.text("--save-mapping"), member_text(report, "mapping").value_or("")));
  }
  RETURN_IF_ERROR(
      write_rejects(arguments.text("--rejects"), member_text(report, "rejects").value_or("")));
  return kOk;
}

}  // namespace

Command import_command() {
  return {
      .name = "import",
      .summary = "Take in a portfolio or payments file as the ERP exports it",
      .positionals = {"FILE"},
      .options = with_deployment_options(
          {{"--json", "", "The five counts as one JSON object"},
           {"--dry-run", "", "Check and count, change nothing"},
           {"--rejects", "FILE", "Write the rejected rows as a file to correct"},
           {"--consent", "TEXT",
            "The proof by which these people agreed to WhatsApp, for rows without one"},
           {"--consent-on", "YYYY-MM-DD", "When they agreed; today when left out"},
           {"--confirmed-by", "HOW",
            "How these people's numbers were verified, for rows that do not say: otp, contract or "
            "conversation"},
           {"--evidence", "TEXT", "The proof of it; needed with --confirmed-by"},
           {"--confirmed-on", "YYYY-MM-DD", "When they were verified"},
           {"--country", "CC", "Country of rows that name none; the creditor's when left out"},
           {"--currency", "CUR", "Currency of rows that name none"},
           {"--kind", "KIND", "portfolio or payments; found out when left out"},
           {"--mapping", "FILE", "How to read the file, as --save-mapping wrote it"},
           {"--save-mapping", "FILE",
            "Keep how the file was read, to change and give again; also where a column is not "
            "understood"}}),
      .examples =
          "  puntual import cartera.csv --save-mapping columnas.toml && puntual import cartera.csv "
          "--mapping columnas.toml\n"
          "  puntual import cartera.csv --consent 'Contrato, cláusula 12' --rejects "
          "rechazadas.csv\n"
          "  puntual import cartera.csv --confirmed-by contract --evidence 'Contrato, cláusula 3'\n"
          "  puntual import recaudo.csv\n"
          "  cat cartera.csv | puntual import - --json\n"
          "The field of a column in a mapping: debtor_name, first_names, last_names, document, "
          "external_id, phone, other_phone, email,\n"
          "invoice_number, issued_on, due_on, amount, balance, currency, product, breakdown, "
          "country, zone, consent_instrument,\n"
          "consent_on, role, case_state, phone_evidence, phone_evidence_on, paid_on, paid_time, "
          "paid_amount, method,\n"
          "payment_reference, or ignore\n",
      .run = run_import};
}

}  // namespace puntual::cli
