// Importing an ERP's file of N rows and twelve columns into an empty database, and the same file again: again_seconds.
// Each import is one transaction, durable at its end, with identities, consents, ledger and all checks.
#include "engine/import_portfolio.h"
#include "erp_file.h"
#include "portfolio.h"

namespace puntual::bench {
namespace {

constexpr int64_t kInvoicesEach = 2;

ImportReport import_once(Store& store, const Desk& desk, const Creditor& creditor, const ImportFile& file, Instant now) {
  const ImportOptions options{.consent_instrument = "Contrato, cláusula 12", .consent_on = {},
                              .confirmed_by = {.kind = "contract", .reference = "Contrato, cláusula 3", .verified_on = {}}};
  return must(engine::import_file(store, desk, creditor, file, options, now), "import");
}

int run(int argc, char** argv) {
  const int64_t rows = size_of(argc, argv, 200'000);
  const Instant now = tuesday_morning();
  const Folder folder;
  const Config config = house();
  SystemRandom random;
  const Desk desk = must(make_desk(config, random), "desk");
  write_erp_file(folder.file("cartera.csv"), rows, kInvoicesEach);
  const auto store = must(Store::open(folder.database()), "store");
  set_up(*store, config, desk, now);
  ::sync();

  const Stopwatch first;
  const std::string bytes = bytes_of(folder.file("cartera.csv"));
  const ImportFile file = must(portfolio::open_import(bytes, {.country = "CO"}), "file");
  const ImportReport created = import_once(*store, desk, config.creditor, file, now);
  const double seconds = first.seconds();
  const double cpu_seconds = first.cpu_seconds();
  require(created.created == rows && created.rejected == 0, fmt::format("{} of {} rows created", created.created, rows));
  say(fmt::format("{} rows in {:.2f} s", rows, seconds));

  const Stopwatch second;
  const ImportReport again = import_once(*store, desk, config.creditor, file, now);
  const double again_seconds = second.seconds();
  require(again.unchanged == rows, fmt::format("{} of {} rows unchanged", again.unchanged, rows));
  Figures("import", rows).add_stretch(rows, seconds, cpu_seconds).add("again_seconds", again_seconds)
      .add("fsync_per_second", folder.fsync_per_second()).add("database", "sqlite").print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
