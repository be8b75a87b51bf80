#include <algorithm>
#include <mutex>

#include "base/ahead.h"
#include "base/failpoint.h"
#include "engine/import_parts.h"
#include "engine/plan_outreach.h"
#include "store/sql/sql_imports.h"

namespace puntual::engine {
namespace {

// Blocks of one transaction while nobody waits for it.
constexpr int kBlocksTogether = 8;

template <class Part>
class Import {
 public:
  using Block = CheckedBlock<typename Part::Row>;

  Import(Store& store, const ImportSetting& setting, std::span<const FileBlock> blocks)
      : store_(store),
        setting_(setting),
        part_(setting),
        repetitions_(blocks.size() * static_cast<size_t>(Part::rows_each(setting.desk.settings))),
        first_import_(blocks.size() * static_cast<size_t>(Part::rows_each(setting.desk.settings))),
        is_long_(blocks.size() > 1),
        blocks_(blocks.size(), [&store, &setting, blocks] {
          return [&setting, blocks, vault = std::shared_ptr(store.another_vault())](
                     size_t index, Block& out) { check(setting, blocks[index], *vault, out); };
        }) {}

  // `transaction` runs a body of (Tx&) to a Result.
  Result<ImportReport> run(auto&& transaction) {
    for (;;) {
      ASSIGN_OR_RETURN(Block * block, next());
      if (block == nullptr) break;
      ASSIGN_OR_RETURN(BlockOutcome outcome, transaction([&](Tx& tx) { return apply(tx, block); }));
      keep(std::move(outcome));
    }
    for (DebtorId done; part_.needs_finish();) {
      ASSIGN_OR_RETURN(done, transaction([&](Tx& tx) { return part_.finish(tx, done); }));
      if (!done) break;
    }
    return std::move(report_);
  }

 private:
  // How far it is, for whoever looks on: with the block that is not kept yet.
  void note_blocks_done(Tx& tx, const ImportReport& block) const {
    const auto sum = [&](int64_t ImportReport::*count) { return report_.*count + block.*count; };
    store::ImportRuns(tx.db, tx.keys)
        .note(setting_.creditor.id, {.id = setting_.run,
                                     .at = setting_.now,
                                     .by = {},
                                     .kind = {},
                                     .blocks_done = blocks_done_ + 1,
                                     .rows = sum(&ImportReport::rows),
                                     .created = sum(&ImportReport::created),
                                     .updated = sum(&ImportReport::updated),
                                     .unchanged = sum(&ImportReport::unchanged),
                                     .rejected = sum(&ImportReport::rejected),
                                     .duplicate = sum(&ImportReport::duplicate)});
  }

  // Null: there is no other.
  Result<Block*> next() {
    Block* block = blocks_.next();
    if (block == nullptr) return block;
    RETURN_IF_ERROR(block->read);
    failpoint("import.read");
    for (auto& row : block->all()) {
      if (row.reject.empty()) repetitions_.note(row.row.line, row);
    }
    return block;
  }

  // Identifiers come in no order, so each commit writes nearly all pages of their tree: while
  // nobody waits, several blocks go into one transaction. Only on SQLite: PostgreSQL writes pages
  // at its own pace, and may run a transaction twice. Gives what the last block has done; what
  // those before it did is kept here, for the next one asks.
  Result<BlockOutcome> apply(Tx& tx, Block* block) {
    first_import_.begin(tx.db, setting_.creditor.id);
    typename Part::Together together(tx.db, setting_.creditor.id, &first_import_);
    ASSIGN_OR_RETURN(BlockOutcome outcome, part_.apply(tx, *block, together));
    for (int blocks = 1; blocks < kBlocksTogether && !tx.db.is_shared() && !store_.others_wait();
         ++blocks) {
      ASSIGN_OR_RETURN(block, next());
      if (block == nullptr) break;
      keep(std::move(outcome));
      ASSIGN_OR_RETURN(outcome, part_.apply(tx, *block, together));
    }
    together.keep();
    if (blocks_done_ == 0 && is_long_ && outcome.report.created > 0)
      store::ImportRuns(tx.db, tx.keys).have_tables_looked_at();
    if (setting_.run != 0) note_blocks_done(tx, outcome.report);
    first_import_.end(tx.db);
    return outcome;
  }

  void keep(BlockOutcome&& outcome) {
    ++blocks_done_;
    add(report_, outcome.report, setting_.file);
    part_.keep(std::move(outcome));
  }

  Store& store_;
  const ImportSetting& setting_;
  Part part_;
  Repetitions repetitions_;
  store::FirstImport first_import_;
  ImportReport report_;
  int64_t blocks_done_ = 0;
  bool is_long_;  // More than one block.
  Ahead<Block> blocks_;
};

Result<int64_t> begin_run(Store& store, const ImportSetting& setting, int64_t blocks) {
  return store.write([&](Tx& tx) {
    const store::ImportRun run{.id = tx.ids.next<Id<struct ImportRunTag>>(setting.now).value,
                               .at = setting.now,
                               .by = setting.options.by,
                               .kind = std::string(text_of(setting.file.mapping.kind)),
                               .blocks = blocks,
                               .file_name = setting.options.file_name};
    store::ImportRuns(tx.db, tx.keys).begin(setting.creditor.id, run);
    return run.id;
  });
}

Result<void> end_run(Store& store, const ImportSetting& setting) {
  const Instant now = setting.options.clock ? setting.options.clock() : setting.now;
  return store.write([&](Tx& tx) {
    store::ImportRuns runs(tx.db, tx.keys);
    auto run = runs.find(setting.creditor.id, setting.run);
    PUNTUAL_CHECK(run.has_value());
    run->last_id = tx.ids.next<Id<struct ImportRunTag>>(now).value;
    run->ended_at = now;
    runs.note(setting.creditor.id, *run);
  });
}

// Nothing else is written while the plan is asked: it is asked about so many only.
constexpr int kReachBatches = 4;

ImportReach reach_of(Tx& tx, const ImportSetting& setting, int64_t before) {
  ImportReach reach{.has_more = true};
  for (int batch = 0; batch < kReachBatches && reach.has_more; ++batch) {
    reach.has_more = plan_outreach(tx, setting.desk, setting.creditor, setting.now).reviewed >=
                     setting.desk.settings.plan_batch;
  }
  store::ImportRuns runs(tx.db, tx.keys);
  const auto planned = runs.planned_after(setting.creditor.id, before);
  reach.people = planned.people;
  reach.first_at = planned.first_at;
  for (const auto id : runs.first_planned_after(setting.creditor.id, before, kReachShown)) {
    const auto message = tx.outbox.find(setting.creditor.id, id);
    const auto debtor = tx.debtors.find(setting.creditor.id, message->debtor_id);
    reach.first.push_back({.name = debtor->name, .at = message->not_before, .text = message->text});
  }
  return reach;
}

template <class Part>
Result<ImportReport> import_all(Store& store, const ImportSetting& setting) {
  ASSIGN_OR_RETURN(const auto blocks, portfolio::cut_into_blocks(
                                          setting.file, Part::rows_each(setting.desk.settings)));
  // Another node's import may bring the same people: blocks go one after the other, so that each
  // finds what the other has kept.
  const auto in_line = [&](Tx& tx) {
    if (tx.db.is_shared())
      tx.nodes.stand_in_line(fmt::format("import:{}", setting.creditor.id.value));
  };
  if (!setting.options.is_rehearsal) {
    ImportSetting noted = setting;
    ASSIGN_OR_RETURN(noted.run, begin_run(store, setting, std::ssize(blocks)));
    ASSIGN_OR_RETURN(ImportReport report, Import<Part>(store, noted, blocks).run([&](auto&& body) {
      return store.write([&](Tx& tx) { return in_line(tx), body(tx); });
    }));
    RETURN_IF_ERROR(end_run(store, noted));
    return report;
  }
  std::optional<ImportReport> report;
  const auto taken_back = store.write([&](Tx& tx) -> Result<void> {
    in_line(tx);
    const int64_t before = tx.ids.next<Id<struct ImportRunTag>>(setting.now).value;
    ASSIGN_OR_RETURN(
        report, Import<Part>(store, setting, blocks).run([&](auto&& body) { return body(tx); }));
    if (setting.file.mapping.kind == FileKind::Portfolio)
      report->reach = reach_of(tx, setting, before);
    return fail(ErrorCode::Conflict, "rehearsal");
  });
  if (report) return *std::move(report);
  return std::unexpected(taken_back.error());
}

}  // namespace

std::mutex& import_turn() {
  static std::mutex turn;
  return turn;
}

Result<ImportReport> import_file(Store& store, const Desk& desk, const Creditor& creditor,
                                 const ImportFile& file, const ImportOptions& options,
                                 Instant now) {
  const std::lock_guard turn(import_turn());
  const ImportSetting setting{desk, creditor, file, options, now};
  if (file.mapping.kind == FileKind::Payments) return import_all<PaymentsPart>(store, setting);
  return import_all<PortfolioPart>(store, setting);
}

}  // namespace puntual::engine
