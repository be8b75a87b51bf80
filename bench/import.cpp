// Importing an ERP's file of N rows and twelve columns into an empty database, and the same file
// again: again_seconds. Durable block by block, with identities, consents, ledger and all checks.
//
// peer_seconds is what `sqlite3 .import` takes for the same file into one table with a key,
// checking nothing; vs_peer is our time by it. longest_wait_ms: what another writer had to wait at
// most while one more file, of other people, went in.
#include <atomic>
#include <thread>

#include "app/input_file.h"
#include "engine/import_portfolio.h"
#include "erp_file.h"
#include "portfolio.h"

namespace puntual::bench {
namespace {

constexpr int64_t kInvoicesEach = 2;

ImportReport import_once(Store& store, const Desk& desk, const Creditor& creditor,
                         const ImportFile& file, Instant now) {
  const ImportOptions options{
      .consent_instrument = "Contrato, cláusula 12",
      .consent_on = {},
      .confirmed_by = {.kind = "contract", .reference = "Contrato, cláusula 3", .verified_on = {}}};
  return must(engine::import_file(store, desk, creditor, file, options, now), "import");
}

// None where there is no such program.
double seconds_of_sqlite_import(const Folder& folder) {
  const std::string command = fmt::format(
      "sqlite3 '{0}' 'PRAGMA journal_mode=WAL' 'PRAGMA synchronous=FULL' 'CREATE TABLE t(a,b,c,d,e "
      "TEXT PRIMARY KEY,f,g,h,i,j,k,l)' "
      "'.mode csv' '.separator ;' '.import --skip 1 {1} t' >/dev/null",
      folder.file("peer.db"), folder.file("cartera.csv"));
  const Stopwatch watch;
  if (std::system(command.c_str()) != 0) return 0;
  return watch.seconds();
}

// Somebody else who writes a little, again and again, as a webhook does.
class OtherWriter {
 public:
  explicit OtherWriter(Store& store)
      : thread_([this, &store] {
          while (!stopping_) {
            const Stopwatch watch;
            must(store.write([](Tx& tx) { tx.creditors.set_fact("bench", "1"); }), "another write");
            longest_ms_ = std::max(longest_ms_, watch.seconds() * 1000);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
          }
        }) {}
  ~OtherWriter() { stop(); }
  double stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return longest_ms_;
  }

 private:
  std::atomic<bool> stopping_ = false;
  double longest_ms_ = 0;
  std::thread thread_;
};

int run(int argc, char** argv) {
  const int64_t rows = size_of(argc, argv, 200'000);
  const Instant now = tuesday_morning();
  Folder folder;
  const Config config = house();
  SystemRandom random;
  const Desk desk = must(make_desk(config, random), "desk");
  write_erp_file(folder.file("cartera.csv"), rows, kInvoicesEach);
  const auto store = must(Store::open(folder.database(), folder.options()), "store");
  set_up(*store, config, desk, now);
  ::sync();

  const double peer_seconds = seconds_of_sqlite_import(folder);
  ::sync();

  const Stopwatch first;
  const auto input = must(InputFile::open(folder.file("cartera.csv")), "file");
  const ImportFile file = must(portfolio::open_import(input->bytes(), {.country = "CO"}), "file");
  const ImportReport created = import_once(*store, desk, config.creditor, file, now);
  const double seconds = first.seconds();
  const double cpu_seconds = first.cpu_seconds();
  require(created.created == rows && created.rejected == 0,
          fmt::format("{} of {} rows created", created.created, rows));
  say(fmt::format("{} rows in {:.2f} s", rows, seconds));

  const Stopwatch second;
  const ImportReport again = import_once(*store, desk, config.creditor, file, now);
  const double again_seconds = second.seconds();
  require(again.unchanged == rows, fmt::format("{} of {} rows unchanged", again.unchanged, rows));

  write_erp_file(folder.file("otra.csv"), rows / 4, kInvoicesEach, rows);
  const auto other_input = must(InputFile::open(folder.file("otra.csv")), "file");
  const ImportFile other_file =
      must(portfolio::open_import(other_input->bytes(), {.country = "CO"}), "file");
  OtherWriter other(*store);
  require(import_once(*store, desk, config.creditor, other_file, now).created == rows / 4,
          "not all rows of the other file created");
  const double longest_wait_ms = other.stop();
  Figures("import", rows)
      .add_stretch(rows, seconds, cpu_seconds)
      .add("again_seconds", again_seconds)
      .add("peer_seconds", peer_seconds)
      .add("vs_peer", peer_seconds > 0 ? seconds / peer_seconds : 0)
      .add("longest_wait_ms", longest_wait_ms)
      .add("fsync_per_second", folder.fsync_per_second())
      .add("database", Folder::database_kind())
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
