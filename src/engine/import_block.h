// A stretch of an import as its transaction takes it in: rows checked, and everything computed of
// them that needs no books, by other threads ahead of the writer.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/import_portfolio.h"
#include "engine/settle_payments.h"

namespace puntual::engine {

// One import of a process at a time, or the undoing of one: two would only wait for each other,
// block by block.
[[nodiscard]] std::mutex& import_turn();

// What all blocks of one import share.
struct ImportSetting {
  const Desk& desk;
  const Creditor& creditor;
  const ImportFile& file;
  const ImportOptions& options;
  Instant now;
  int64_t run = 0;  // By which it can be taken back (engine/undo_import.h); 0: a rehearsal.
};

// What a row has in common with an earlier one of the same file.
enum class Repeats : uint8_t { Nothing, All, ItsNumber };

// What the rows of both kinds of file have.
struct CheckedRecord {
  std::string_view text;  // As it stands in the file.
  uint64_t number[2] =
      {};  // 128 bits of hash of what it is known by: the invoice's number, the payment's id.
  uint64_t says = 0;  // Of all its cells: rows with another figure say something else.
  Repeats repeats = Repeats::Nothing;
  int64_t first_line = 0;  // Of the row that it repeats.
  std::string
      reject;  // Not empty: it stays outside, and this is its line for the person who corrects it.
};

struct CheckedInvoice : CheckedRecord {
  PortfolioRow row;
  std::string person;          // All that it says of the person; equal for rows of one.
  size_t first_of_person = 0;  // The first row of the block that says the same of them.
  store::LookupKey told;       // Of all that it says, and of what the file was given with.
  store::LookupKey document, external, phone, other_phone;  // Of what it has.
  store::LookupKey address;
};

struct CheckedPayment : CheckedRecord {
  PaymentRow row;
  std::string source_id;  // Its own id, else what it says: the same again is no second payment.
};

template <class Row>
struct CheckedBlock {
  FileBlock block;
  std::string sha256;  // Of the block's bytes.
  ReadCounts counts;
  std::vector<Row> rows;  // In the order of the file; used again for the next block.
  size_t used = 0;
  Result<void> read;

  void begin(const FileBlock& of) {
    block = of;
    used = 0;
  }
  Row& add(const RawRecord& record);
  [[nodiscard]] std::span<Row> all() { return {rows.data(), used}; }
};

void check(const ImportSetting& setting, const FileBlock& block, store::Vault& vault,
           CheckedBlock<CheckedInvoice>& out);
void check(const ImportSetting& setting, const FileBlock& block, store::Vault& vault,
           CheckedBlock<CheckedPayment>& out);

// Which rows come twice, over all blocks in their order. One table of its final size, for a million
// rows are noted by the thread that everything waits for; numbers are known by their hash, not
// kept.
class Repetitions {
 public:
  explicit Repetitions(size_t rows_max) : seen_(rows_max + rows_max / 2 + 1) {}
  void note(int64_t line, CheckedRecord& record);

 private:
  struct First {
    uint64_t number[2];
    uint64_t says;
    int64_t line;  // 0: free.
  };
  std::vector<First> seen_;
};

// What a block has done; added to the whole when its transaction is durable, for a transaction may
// run twice.
struct BlockOutcome {
  ImportReport report;
  bool has_written = false;  // Anything at all: an invoice, a person, a proof.
  std::vector<int64_t> met;  // People whom no earlier block has met.
  std::vector<std::pair<DebtorId, uint8_t>>
      cases;                            // What is told of a person's case, a bit per CaseFlag.
  std::vector<SettledPayment> settled;  // That may still be thanked for.
};

void add(ImportReport& sum, const ImportReport& block, const ImportFile& file);

// Turns down a row that could be read: the line for the person who corrects it goes to the report.
void reject(BlockOutcome& outcome, const ImportSetting& setting, const CheckedRecord& record,
            int64_t line, std::string_view code, std::string message);

// The record of what the block has changed: the bytes of the file that say so and the proofs that
// were given with it, by their digests (docs/proof.md). Nothing when it changed nothing.
void note_block(Tx& tx, const ImportSetting& setting, const FileBlock& block,
                const std::string& sha256, const BlockOutcome& outcome);

}  // namespace puntual::engine
