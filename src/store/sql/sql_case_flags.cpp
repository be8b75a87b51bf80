#include "store/sql/sql_case_flags.h"

namespace puntual::store {

bool CaseFlags::set(CreditorId creditor, DebtorId debtor, const CaseNote& n, Instant now,
                    IdSource& ids) {
  held_.require(debtor);
  return db_.run(
             "INSERT INTO case_flag (id, creditor_id, debtor_id, flag, since, through, note) "
             "VALUES ($1,$2,$3,$4,$5,$6,$7) "
             "ON CONFLICT (creditor_id, debtor_id, flag) WHERE cleared_at IS NULL DO NOTHING",
             {ids.next<Id<CaseNote>>(now), creditor, debtor, text_of(n.flag), n.since, n.through,
              n.note}) == 1;
}

bool CaseFlags::clear(CreditorId creditor, DebtorId debtor, CaseFlag flag, std::string_view through,
                      std::string_view set_through, Instant now) {
  held_.require(debtor);
  return db_.run(
             "UPDATE case_flag SET cleared_at=$6, cleared_through=$4 WHERE creditor_id=$1 AND "
             "debtor_id=$2 AND flag=$3 "
             "AND cleared_at IS NULL AND ($5='' OR through=$5)",
             {creditor, debtor, text_of(flag), through, set_through, now}) == 1;
}

std::vector<uint8_t> CaseFlags::active(CreditorId creditor, const People& people) {
  std::vector<uint8_t> found(people.size());
  auto rows = db_.query(
      "SELECT debtor_id, flag FROM {{people_2}} case_flag WHERE creditor_id=$1 AND debtor_id "
      "{{among_2}} AND cleared_at IS NULL",
      {creditor, people.text()});
  while (rows.next()) {
    if (const auto flag = case_flag_of(rows.view(1)))
      found[people.place_of(rows.id<DebtorId>(0))] |=
          static_cast<uint8_t>(1 << static_cast<int>(*flag));
  }
  return found;
}

std::vector<CaseNote> CaseFlags::all_of(CreditorId creditor, DebtorId debtor) {
  std::vector<CaseNote> found;
  auto rows = db_.query(
      "SELECT flag, since, through, note, cleared_at, cleared_through FROM case_flag "
      "WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY since, id",
      {creditor, debtor});
  while (rows.next()) {
    const auto flag = case_flag_of(rows.view(0));
    if (flag)
      found.push_back({*flag, rows.instant(1), rows.text(2), rows.text(3), rows.maybe_instant(4),
                       rows.text(5)});
  }
  return found;
}

}  // namespace puntual::store
