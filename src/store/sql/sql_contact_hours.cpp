#include "store/sql/sql_contact_hours.h"

#include <algorithm>

#include "core/compliance/contact_hours.h"

namespace puntual::store {
namespace {

constexpr char kAsk[] =
    "INSERT INTO contact_hours_wish (id, creditor_id, debtor_id, intervals, asked_at, instrument, "
    "separate_instrument, "
    "after_contract, names_sundays_holidays, recorded_at, recorded_by) VALUES "
    "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)";
#define PUNTUAL_WISH_COLUMNS                                                                       \
  "intervals, asked_at, instrument, separate_instrument, after_contract, names_sundays_holidays, " \
  "recorded_at, "                                                                                  \
  "recorded_by, withdrawn_at, debtor_id "
constexpr char kWishes[] =
    "SELECT " PUNTUAL_WISH_COLUMNS
    "FROM contact_hours_wish WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id";
constexpr char kWishesInForce[] = "SELECT " PUNTUAL_WISH_COLUMNS
                                  "FROM {{people_2}} contact_hours_wish WHERE creditor_id=$1 AND "
                                  "debtor_id {{among_2}} AND withdrawn_at IS NULL ORDER BY id";

HoursWish wish_of(const Rows& rows) {
  auto intervals = compliance::parse_hours(rows.view(0));
  PUNTUAL_CHECK(intervals.has_value());  // Only format_hours() writes them.
  return {.hours = {.intervals = *std::move(intervals),
                    .asked_at = rows.instant(1),
                    .separate_instrument = rows.integer(3) != 0,
                    .after_contract = rows.integer(4) != 0,
                    .names_sundays_holidays = rows.integer(5) != 0},
          .instrument = rows.text(2),
          .by = rows.text(7),
          .recorded_at = rows.instant(6),
          .withdrawn_at = rows.maybe_instant(8)};
}

}  // namespace

void ContactHours::ask(CreditorId creditor, DebtorId debtor, const HoursWish& w, Instant now,
                       IdSource& ids) {
  held_.require(debtor);
  (void)withdraw(creditor, debtor, now);
  const std::string intervals = compliance::format_hours(w.hours.intervals);
  db_.run(kAsk, {ids.next<Id<HoursWish>>(now), creditor, debtor, intervals,
                 w.hours.asked_at.value_or(now), w.instrument, w.hours.separate_instrument,
                 w.hours.after_contract, w.hours.names_sundays_holidays, now, w.by});
}

bool ContactHours::withdraw(CreditorId creditor, DebtorId debtor, Instant now) {
  held_.require(debtor);
  return db_.run(
             "UPDATE contact_hours_wish SET withdrawn_at=$3 WHERE creditor_id=$1 AND debtor_id=$2 "
             "AND withdrawn_at IS NULL",
             {creditor, debtor, now}) > 0;
}

std::vector<std::optional<HoursWish>> ContactHours::of(CreditorId creditor, const People& people) {
  std::vector<std::optional<HoursWish>> found(people.size());
  for (auto rows = db_.query(kWishesInForce, {creditor, people.text()}); rows.next();) {
    found[people.place_of(rows.id<DebtorId>(9))] = wish_of(rows);
  }
  return found;
}

std::vector<HoursWish> ContactHours::all_of(CreditorId creditor, DebtorId debtor) {
  std::vector<HoursWish> found;
  for (auto rows = db_.query(kWishes, {creditor, debtor}); rows.next();)
    found.push_back(wish_of(rows));
  return found;
}

}  // namespace puntual::store
