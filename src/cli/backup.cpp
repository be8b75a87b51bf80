// puntual backup | restore: one file with everything but the keys of people, and the way back.
#include <cstdio>

#include "app/backup_job.h"
#include "base/json.h"
#include "cli/deployment.h"

namespace puntual::cli {
namespace {

constexpr Option kPassphrase{
    "--passphrase-file", "FILE",
    "Seals the backup with the first line of this file; readable by you alone"};

Result<std::string> passphrase_of(const Arguments& arguments) {
  if (!arguments.has("--passphrase-file")) return std::string();
  return read_secret_file(arguments.text("--passphrase-file"));
}

Result<int> run_backup(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  if (arguments.has("--to") == arguments.has("--keys"))
    return fail(ErrorCode::Invalid,
                "give one of the two: --to for the data, or --keys for the keys of people");
  BackupOrder order{.of_keys = arguments.has("--keys"),
                    .to = arguments.text(arguments.has("--keys") ? "--keys" : "--to"),
                    .passphrase = {},
                    .keep_days = {}};
  ASSIGN_OR_RETURN(order.passphrase, passphrase_of(arguments));
  if (arguments.has("--keep-days")) {
    ASSIGN_OR_RETURN(order.keep_days, arguments.number("--keep-days"));
    if (*order.keep_days < 1) return fail(ErrorCode::Invalid, "--keep-days must be 1 or more");
  }
  ASSIGN_OR_RETURN(const BackupReport report, make_backup(config, order, Clock().now()));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(json::object{{"path", report.path},
                                             {"sha256", report.sha256},
                                             {"bytes", report.bytes},
                                             {"removed", report.removed}})
                            .c_str());
    return kOk;
  }
  std::printf("%s\n", report.path.c_str());
  std::fprintf(stderr, "Copia terminada: %lld bytes, huella %s.\n",
               static_cast<long long>(report.bytes), report.sha256.c_str());
  if (report.removed > 0) std::fprintf(stderr, "Copias viejas borradas: %d.\n", report.removed);
  std::fprintf(
      stderr, "%s",
      order.of_keys
          ? "Guárdela lejos de las copias de los datos y de la llave maestra, 30 días como mucho.\n"
          : "No contiene las llaves de las personas: cópielas aparte con puntual backup --keys.\n");
  return kOk;
}

Result<int> run_restore(const Arguments& arguments) {
  RestoreOrder order{.file = arguments.text("FILE"),
                     .keys_file = arguments.text("--keys"),
                     .passphrase = {},
                     .to = arguments.text("--to")};
  if (arguments.has("--verify"))
    order.to.clear();
  else if (order.to.empty())
    return fail(ErrorCode::Invalid,
                "where to: --to FOLDER (it must not hold a database), or --verify to look only");
  ASSIGN_OR_RETURN(order.passphrase, passphrase_of(arguments));
  ASSIGN_OR_RETURN(const RestoreReport report, restore_backup(order, Clock().now()));
  std::printf("Copia del %s.\n", report.created_at.c_str());
  for (const auto& finding : report.findings)
    std::printf("%s %s\n",
                finding.grade == Grade::Good      ? "bien:"
                : finding.grade == Grade::Finding ? "ojo:"
                                                  : "MAL:",
                finding.es.c_str());
  if (worst_of(report.findings) == Grade::Danger) {
    std::printf("La copia no sirve tal como está; no se cambió nada.\n");
    return kUnsafe;
  }
  if (arguments.has("--verify")) {
    std::printf("La copia está completa y se puede restaurar.\n");
    return kOk;
  }
  for (const auto& file : report.kept)
    std::printf("Ya existía y se dejó como estaba: %s\n", file.c_str());
  std::printf(
      "Restaurada en %s, con las llaves de %lld personas. EN CUARENTENA: no se envía nada hasta "
      "que usted diga hasta cuándo se envió.\n"
      "Ponga la llave maestra en %s/keys/master.key, escriba de nuevo verify_token en "
      "puntual.toml, arranque el servidor y siga con: puntual quarantine show\n",
      order.to.c_str(), static_cast<long long>(report.keys), order.to.c_str());
  return kOk;
}

}  // namespace

Command backup_command() {
  return {
      .name = "backup",
      .summary =
          "Copy the deployment into one file while the server runs; the keys of people apart",
      .options = with_deployment_options(
          {{"--to", "PATH", "The data: a new file, or a folder where it is named by its moment"},
           {"--keys", "PATH",
            "The keys of people instead, in a folder, where those older than 30 days are removed; "
            "or as one file *.backup"},
           kPassphrase,
           {"--keep-days", "N",
            "PATH is a folder: remove backups of the same kind in it that are older"},
           {"--json", "", "As one JSON object"}}),
      .examples =
          "  puntual backup --to /backup/data --keep-days 90\n  puntual backup --keys "
          "/elsewhere/keys\n",
      .run = run_backup};
}

Command restore_command() {
  return {.name = "restore",
          .summary = "Put a backup back, verified, with sending in quarantine",
          .positionals = {"FILE"},
          .options = {{"--to", "DIR", "The data directory; it must not hold a database"},
                      {"--keys", "FILE", "The backup of the keys of people"},
                      {"--verify", "", "Only look whether it is whole and its books add up"},
                      kPassphrase},
          .examples =
              "  puntual restore puntual-data-2026-11-22T03-00-00Z.backup --verify\n"
              "  puntual restore data.backup --keys keys.backup --to /var/lib/puntual\n",
          .run = run_restore};
}

}  // namespace puntual::cli
