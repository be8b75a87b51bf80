#include "store/sql/sql_addresses.h"

namespace puntual::store {
namespace {

#define PUNTUAL_ADDRESS_COLUMNS                                                               \
  "state, evidence, reference, verified_on, times_asked, asked_at, answered_at, changed_at, " \
  "identity_hash, debtor_id, value_key"
constexpr char kFindAddress[] =
    "SELECT " PUNTUAL_ADDRESS_COLUMNS
    " FROM address WHERE creditor_id=$1 AND debtor_id=$2 AND value_key=$3";
constexpr char kAddressesOf[] =
    "SELECT " PUNTUAL_ADDRESS_COLUMNS
    " FROM {{people_2}} address WHERE creditor_id=$1 AND debtor_id {{among_2}}";
#define PUNTUAL_ADDRESS_ROW                                                               \
  "address (creditor_id, debtor_id, value_key, state, evidence, reference, verified_on, " \
  "times_asked, asked_at, answered_at, changed_at, identity_hash)"
const RowsInto kInsertAddress(PUNTUAL_ADDRESS_ROW, 12);
constexpr char kSaveAddress[] = "INSERT INTO " PUNTUAL_ADDRESS_ROW
                                " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) "
                                "ON CONFLICT (creditor_id, debtor_id, value_key) DO UPDATE SET "
                                "state=excluded.state, evidence=excluded.evidence, "
                                "reference=excluded.reference, verified_on=excluded.verified_on, "
                                "times_asked=excluded.times_asked, asked_at=excluded.asked_at, "
                                "answered_at=excluded.answered_at, changed_at=excluded.changed_at, "
                                "identity_hash=excluded.identity_hash";

Address address_of(const Rows& rows) {
  return {.state = address_state_of(rows.view(0)),
          .evidence = {.kind = rows.text(1),
                       .reference = rows.text(2),
                       .verified_on = rows.maybe_date(3)},
          .times_asked = rows.int32(4),
          .asked_at = rows.maybe_instant(5),
          .answered_at = rows.maybe_instant(6),
          .changed_at = rows.maybe_instant(7),
          .identity_hash = rows.text(8)};
}

}  // namespace

std::optional<Address> Addresses::find(CreditorId creditor, DebtorId debtor,
                                       std::string_view value) {
  auto rows =
      db_.query(kFindAddress, {creditor, debtor, keys_.lookup_key(creditor, "address", value)});
  return rows.next() ? std::optional(address_of(rows)) : std::nullopt;
}

std::vector<std::optional<Address>> Addresses::find(CreditorId creditor, const People& people,
                                                    std::span<const std::string> values) {
  std::vector<std::optional<Address>> found(people.size());
  for (auto rows = db_.query(kAddressesOf, {creditor, people.text()}); rows.next();) {
    const size_t place = people.place_of(rows.id<DebtorId>(9));
    if (values[place].empty()) continue;
    const LookupKey key = keys_.lookup_key(creditor, "address", values[place]);
    if (rows.bytes(10) == Bytes(key).value) found[place] = address_of(rows);
  }
  return found;
}

bool Addresses::is_confirmed(CreditorId creditor, DebtorId debtor, const LookupKey& key) {
  auto rows =
      db_.query("SELECT state FROM address WHERE creditor_id=$1 AND debtor_id=$2 AND value_key=$3",
                {creditor, debtor, key});
  return rows.next() && rows.view(0) == text_of(AddressState::Confirmed);
}

void Addresses::save(CreditorId creditor, DebtorId debtor, std::string_view value,
                     const Address& a) {
  held_.require(debtor);
  db_.run(kSaveAddress,
          {creditor, debtor, keys_.lookup_key(creditor, "address", value), text_of(a.state),
           a.evidence.kind, a.evidence.reference, a.evidence.verified_on, a.times_asked, a.asked_at,
           a.answered_at, a.changed_at, a.identity_hash});
}

void Addresses::save_first(CreditorId creditor, DebtorId debtor, const LookupKey& key,
                           const Address& a) {
  held_.require(debtor);
  db_.insert(kInsertAddress, {creditor, debtor, key, text_of(a.state), a.evidence.kind,
                              a.evidence.reference, a.evidence.verified_on, a.times_asked,
                              a.asked_at, a.answered_at, a.changed_at, a.identity_hash});
}

}  // namespace puntual::store
