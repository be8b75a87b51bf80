// What an import leaves besides the books: how far it is, what it changed (for a day, so that it
// can be taken back), and how files with certain titles are read. Made where it is used, over a
// transaction's connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct ImportRun {
  int64_t id = 0;
  std::optional<int64_t> last_id = {};  // None: it has not ended, or was cut off.
  Instant at;
  std::string by, kind;  // kind: portfolio, payments
  int64_t blocks = 0, blocks_done = 0;
  int64_t rows = 0, created = 0, updated = 0, unchanged = 0, rejected = 0, duplicate = 0;
  std::optional<Instant> ended_at = {}, undone_at = {};
  std::string undone_by = {};
  std::string file_name = {};  // As whoever loaded it calls it; empty: it came without one.

  [[nodiscard]] bool has_changed() const { return created + updated > 0; }
};

// Messages that wait for their moment: to how many people, and the first moment.
struct PlannedReach {
  int64_t people = 0;
  std::optional<Instant> first_at = {};
};

struct ImportChange {
  int64_t subject_id = 0;  // An invoice's id, or the debtor's own.
  std::string before;      // JSON. Empty: its person was erased since.
};

class ImportRuns {
 public:
  ImportRuns(Connection& db, PersonKeys& keys) : db_(db), keys_(keys) {}
  void begin(CreditorId creditor, const ImportRun& run);
  void note(CreditorId creditor, const ImportRun& run);  // Its counts, and its end.
  void note_undone(CreditorId creditor, int64_t id, Instant at, std::string_view by);
  [[nodiscard]] std::vector<ImportRun> latest(CreditorId creditor, int limit);  // The newest first.
  [[nodiscard]] std::optional<ImportRun> find(CreditorId creditor, int64_t id);
  // The newest one that changed debts and was not taken back.
  [[nodiscard]] std::optional<int64_t> last_that_changed(CreditorId creditor);

  // Portfolios, not taken back, that are going in or have ended since then; the oldest first.
  [[nodiscard]] std::vector<ImportRun> not_settled(CreditorId creditor, Instant since, Instant now);
  // Those of these people of whom the run has made, changed or recorded something.
  [[nodiscard]] std::vector<DebtorId> touched(CreditorId creditor, const ImportRun& run,
                                              const People& people);

  // As it stood before the run changed it; what is remembered first stays.
  void remember(CreditorId creditor, int64_t run, DebtorId debtor, int64_t subject,
                std::string_view before);
  [[nodiscard]] std::vector<ImportChange> changes(CreditorId creditor, int64_t run,
                                                  DebtorId debtor);
  void forget_changes(CreditorId creditor, int64_t run, DebtorId debtor);
  int64_t forget_changes_before(CreditorId creditor,
                                Instant before);  // Of runs begun before this moment.

  // Whose debts it made or changed, and has not been taken back from, in the order of their ids.
  [[nodiscard]] std::vector<DebtorId> people(CreditorId creditor, const ImportRun& run);
  [[nodiscard]] std::vector<InvoiceId> made(CreditorId creditor, const ImportRun& run,
                                            DebtorId debtor);
  // Whether something went to this person, or they paid, agreed on something or were let off
  // something, since the run began.
  [[nodiscard]] bool is_touched(CreditorId creditor, const ImportRun& run, DebtorId debtor);
  // What was planned after this id was given.
  [[nodiscard]] PlannedReach planned_after(CreditorId creditor, int64_t id);
  // The first of them to leave.
  [[nodiscard]] std::vector<MessageId> first_planned_after(CreditorId creditor, int64_t id,
                                                           int limit);
  // PostgreSQL knows nothing of tables that were empty a moment ago, and goes through all of a
  // creditor's invoices to find a few by their number: it looks at them now, not when its own time
  // comes. Nothing on SQLite.
  void have_tables_looked_at();
  // The same row again is news.
  void forget_told(CreditorId creditor, InvoiceId invoice);

 private:
  Connection& db_;
  PersonKeys& keys_;
};

class ImportMappings {
 public:
  explicit ImportMappings(Connection& db) : db_(db) {}
  [[nodiscard]] std::optional<std::string> find(CreditorId creditor, std::string_view titles);
  void set(CreditorId creditor, std::string_view titles, std::string_view mapping);
  void forget(CreditorId creditor, std::string_view titles);

 private:
  Connection& db_;
};

}  // namespace puntual::store
