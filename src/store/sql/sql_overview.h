// Counts and lists over everybody, for the pages of the web application: read only, each one
// statement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/db.h"
#include "store/people.h"

namespace puntual::store {

struct NamedCount {
  std::string name;
  int64_t count = 0;
  std::optional<Instant> oldest = {};
};

struct MoneyCount {
  std::string currency;
  int64_t count = 0;
  int64_t minor = 0;
};

// What somebody owes in one currency. Without a due date `oldest_due` is none.
struct OwedRow {
  DebtorId debtor_id;
  std::string currency;
  int64_t owed_minor = 0;
  std::optional<CivilDate> oldest_due;
  int invoices = 0;
};

enum class OwedOrder : uint8_t { Late, Owed };  // The longest overdue first; the most money first.

// Whom to list: whose oldest invoice is due in [due_from, due_to], after the row that the page
// before ended with. Of a silence (debtor.silence, word for word) everybody whom it keeps silent,
// those who owe nothing too, in no currency.
struct OwedQuery {
  OwedOrder order = OwedOrder::Late;
  CivilDate due_from{-100000}, due_to{kNoDueDate};
  std::optional<OwedRow> after;
  int limit = 50;
  std::string silence = {};

  static constexpr int32_t kNoDueDate = 1'000'000;  // Stands for none: after all dates.
};

struct OwedAge {
  std::string currency;
  int bucket = 0;  // 0: not due yet, or never; then of 1–30, 31–60, 61–90 and more days.
  int64_t people = 0, minor = 0;
};

// When somebody hears from us: what left last (not what never arrived), what waits to leave first,
// and until when the plan leaves them alone.
struct ContactMoments {
  std::optional<Instant> last, waiting, silent_until;
};

// What somebody who opens the house in the morning wants to have heard.
struct News {
  int64_t id = 0;
  Instant at;
  std::string kind;
  DebtorId debtor_id;
  PaymentId payment_id;
};

struct Leaving {
  DebtorId debtor_id;
  Instant at;
};

class Overview {
 public:
  explicit Overview(Connection& db) : db_(db) {}
  // Messages that were made since then, by their state.
  [[nodiscard]] std::vector<NamedCount> messages_since(CreditorId creditor, Instant since);
  // Of them, the reminders that have left.
  [[nodiscard]] int64_t reminders_since(CreditorId creditor, Instant since);
  [[nodiscard]] int64_t written_since(CreditorId creditor, Instant since);  // By people to us.
  // What was paid on this day or after; it begins at `morning`. What was recorded today of days
  // before is not of today.
  [[nodiscard]] std::vector<MoneyCount> money_of(CreditorId creditor, CivilDate day,
                                                 Instant morning);
  [[nodiscard]] std::vector<NamedCount> open_tasks(
      CreditorId creditor, Instant now);  // By kind, without what was put off.
  // Why how many people hear nothing at present, by codes; the most first.
  [[nodiscard]] std::vector<NamedCount> silences(CreditorId creditor, int limit);
  [[nodiscard]] int64_t planned(CreditorId creditor);
  // Of these, how many wait for a moment before this one; and who hears first.
  [[nodiscard]] int64_t planned_before(CreditorId creditor, Instant end);
  [[nodiscard]] std::vector<Leaving> leaving_before(CreditorId creditor, Instant end, int limit);
  // Who owes something and is looked at by this moment.
  [[nodiscard]] int64_t owing_to_review(CreditorId creditor, Instant until);
  // The latest, the newest first, without the steps of the machine. The payments of a file are told
  // by its own.
  [[nodiscard]] std::vector<News> news(CreditorId creditor, int limit);
  // Of each, at the person's place.
  [[nodiscard]] std::vector<ContactMoments> contact_moments(CreditorId creditor,
                                                            const People& people);

  [[nodiscard]] std::vector<OwedRow> owed(CreditorId creditor, const OwedQuery& query);
  [[nodiscard]] std::vector<OwedAge> ages(CreditorId creditor, CivilDate today);
  [[nodiscard]] int64_t people(CreditorId creditor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
