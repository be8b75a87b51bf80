// The links by which people pay: found by their token, by the reference that a bank prints, and by
// whom they are of.
//
// The token is a keyed hash of the row's id and salt: it can be written into a message again as
// long as the salt is there, and whoever reads the database alone opens no page with it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/payments/pay_link.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

class PayLinks {
 public:
  PayLinks(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}

  // With a token and a bank reference of its own.
  [[nodiscard]] PayLink make(CreditorId creditor, DebtorId debtor, const PayAbout& about,
                             Instant now, Instant expires_at, IdSource& ids);
  // Neither revoked nor expired, each person's at their place.
  [[nodiscard]] std::vector<std::vector<PayLink>> live_of(CreditorId creditor, const People& people,
                                                          Instant now);
  // All that were ever made for them, the oldest first.
  [[nodiscard]] std::vector<PayLink> of_debtor(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::optional<PayLink> find(CreditorId creditor, PayLinkId id);
  // Whatever has become of them. The reference as core/payments/pay_link.h reads it.
  [[nodiscard]] std::optional<PayLink> find_by_token(CreditorId creditor, std::string_view token);
  [[nodiscard]] std::optional<PayLink> find_by_reference(CreditorId creditor,
                                                         std::string_view bank_reference);
  void extend(const PayLink& link, Instant expires_at);
  // All of the person's that are live; how many.
  int64_t revoke(CreditorId creditor, DebtorId debtor, Instant now);

  // What was answered wrongly to "who are you" at this link, and until when it waits.
  struct Tries {
    int32_t wrong = 0;
    std::optional<Instant> locked_until;
  };
  [[nodiscard]] Tries tries(const PayLink& link);
  void set_tries(const PayLink& link, const Tries& tries);
  // Signs what a page gives to its reader, to know it again when it comes back.
  [[nodiscard]] LookupKey signature(const PayLink& link, std::string_view text);

 private:
  [[nodiscard]] PayLink read(const Rows& rows);
  [[nodiscard]] std::optional<PayLink> first(Rows rows);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
