#include "store/sql/sql_pay_links.h"

#include <cstring>

#include "store/token.h"

namespace puntual::store {
namespace {

#define PUNTUAL_PAY_LINK_COLUMNS \
  "id, creditor_id, debtor_id, about, salt, bank_reference, created_at, expires_at, revoked_at"
#define PUNTUAL_PAY_LINK_SELECT \
  "SELECT " PUNTUAL_PAY_LINK_COLUMNS " FROM pay_link WHERE creditor_id=$1 AND "

constexpr int kMakeTriesMax = 20;  // Of 10^9 references some are taken.

LookupKey secret_of(PersonKeys& keys, CreditorId creditor, PayLinkId id, std::string_view salt) {
  return keys.lookup_key(creditor, "pay_token", fmt::format("{}:{}", id.value, salt));
}

LookupKey key_of_token(PersonKeys& keys, CreditorId creditor, std::string_view token) {
  return keys.lookup_key(creditor, "pay_token_key", token);
}

// Half of it: who knows a reference, which is printed on receipts, knows nothing of the token.
uint32_t number_of(PersonKeys& keys, CreditorId creditor, std::string_view token) {
  uint32_t number = 0;
  std::memcpy(&number, keys.lookup_key(creditor, "pay_reference", token).value.data(),
              sizeof number);
  return number % 1'000'000'000;
}

}  // namespace

PayLink PayLinks::make(CreditorId creditor, DebtorId debtor, const PayAbout& about, Instant now,
                       Instant expires_at, IdSource& ids) {
  held_.require(debtor);
  for (int tries = 0; tries < kMakeTriesMax; ++tries) {
    const Secret random = random_secret();
    const std::string salt(bytes_of(random).substr(0, 16));
    PayLink link{.id = ids.next<PayLinkId>(now),
                 .creditor_id = creditor,
                 .debtor_id = debtor,
                 .about = about,
                 .created_at = now,
                 .expires_at = expires_at};
    link.token = token_of(secret_of(keys_, creditor, link.id, salt));
    link.bank_reference = payments::bank_reference_of(number_of(keys_, creditor, link.token));
    const int64_t made =
        db_.run("INSERT INTO pay_link (" PUNTUAL_PAY_LINK_COLUMNS
                ", token_key) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,NULL,$9) "
                "ON CONFLICT (creditor_id, bank_reference) DO NOTHING",
                {link.id, creditor, debtor, text_of(about), Bytes{salt}, link.bank_reference, now,
                 expires_at, key_of_token(keys_, creditor, link.token)});
    if (made == 1) return link;
  }
  throw Failure{
      Error{ErrorCode::Internal, "no bank reference is free: too many payment links were made"}};
}

PayLink PayLinks::read(const Rows& rows) {
  const auto about = pay_about_of(rows.view(3));
  PUNTUAL_CHECK(about.has_value());
  PayLink link{.id = rows.id<PayLinkId>(0),
               .creditor_id = rows.id<CreditorId>(1),
               .debtor_id = rows.id<DebtorId>(2),
               .about = *about,
               .bank_reference = rows.text(5),
               .created_at = rows.instant(6),
               .expires_at = rows.instant(7),
               .revoked_at = rows.maybe_instant(8)};
  if (const auto salt = rows.bytes(4); !salt.empty())
    link.token = token_of(secret_of(keys_, link.creditor_id, link.id, salt));
  return link;
}

std::optional<PayLink> PayLinks::first(Rows rows) {
  return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

std::vector<std::vector<PayLink>> PayLinks::live_of(CreditorId creditor, const People& people,
                                                    Instant now) {
  std::vector<std::vector<PayLink>> found(people.size());
  auto rows = db_.query("SELECT " PUNTUAL_PAY_LINK_COLUMNS
                        " FROM {{people_2}} pay_link WHERE creditor_id=$1 AND debtor_id "
                        "{{among_2}} AND revoked_at IS NULL AND expires_at > $3 ORDER BY id",
                        {creditor, people.text(), now});
  while (rows.next()) found[people.place_of(rows.id<DebtorId>(2))].push_back(read(rows));
  return found;
}

std::vector<PayLink> PayLinks::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<PayLink> found;
  for (auto rows =
           db_.query(PUNTUAL_PAY_LINK_SELECT "debtor_id=$2 ORDER BY id", {creditor, debtor});
       rows.next();)
    found.push_back(read(rows));
  return found;
}

std::optional<PayLink> PayLinks::find(CreditorId creditor, PayLinkId id) {
  return first(db_.query(PUNTUAL_PAY_LINK_SELECT "id=$2", {creditor, id}));
}

std::optional<PayLink> PayLinks::find_by_token(CreditorId creditor, std::string_view token) {
  return first(db_.query(PUNTUAL_PAY_LINK_SELECT "token_key=$2",
                         {creditor, key_of_token(keys_, creditor, token)}));
}

std::optional<PayLink> PayLinks::find_by_reference(CreditorId creditor,
                                                   std::string_view bank_reference) {
  return first(db_.query(PUNTUAL_PAY_LINK_SELECT "bank_reference=$2", {creditor, bank_reference}));
}

void PayLinks::extend(const PayLink& link, Instant expires_at) {
  held_.require(link.debtor_id);
  db_.run("UPDATE pay_link SET expires_at=$3 WHERE creditor_id=$1 AND id=$2 AND expires_at < $3",
          {link.creditor_id, link.id, expires_at});
}

int64_t PayLinks::revoke(CreditorId creditor, DebtorId debtor, Instant now) {
  held_.require(debtor);
  return db_.run(
      "UPDATE pay_link SET revoked_at=$3 WHERE creditor_id=$1 AND debtor_id=$2 AND revoked_at IS "
      "NULL AND expires_at > $3",
      {creditor, debtor, now});
}

PayLinks::Tries PayLinks::tries(const PayLink& link) {
  auto rows =
      db_.query("SELECT wrong_answers, locked_until FROM pay_link WHERE creditor_id=$1 AND id=$2",
                {link.creditor_id, link.id});
  PUNTUAL_CHECK(rows.next());
  return {.wrong = rows.int32(0), .locked_until = rows.maybe_instant(1)};
}

void PayLinks::set_tries(const PayLink& link, const Tries& tries) {
  held_.require(link.debtor_id);
  db_.run("UPDATE pay_link SET wrong_answers=$3, locked_until=$4 WHERE creditor_id=$1 AND id=$2",
          {link.creditor_id, link.id, tries.wrong, tries.locked_until});
}

LookupKey PayLinks::signature(const PayLink& link, std::string_view text) {
  return keys_.lookup_key(link.creditor_id, "pay_page", fmt::format("{}:{}", link.id.value, text));
}

}  // namespace puntual::store
