// What every database must do alike: one suite, run on each (tests/support/test_database.h). The
// cases stand beside their nouns (sql/*_test.cpp).
#pragma once

#include <gtest/gtest.h>

#include "store/store.h"
#include "tests/support/test_database.h"

namespace puntual {

class StoreConformance : public testing::Test {
 protected:
  using OptOut = store::OptOut;
  using RawEvent = store::RawEvent;
  static constexpr CreditorId kCreditor{1};
  static constexpr CreditorId kOther{2};
  static inline const Instant kNow = *parse_rfc3339("2026-11-24T14:00:00Z");
  static inline const Currency kCop = Currency::of("COP");

  // In a transaction that must succeed.
  template <class F>
  auto in(F&& f) {
    auto answer = store_->write(std::forward<F>(f));
    if (!answer) ADD_FAILURE() << answer.error().message;
    if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return *std::move(answer);
  }
  static Debtor debtor(Tx& tx, CreditorId creditor = kCreditor) {
    Debtor made{.id = tx.ids.next<DebtorId>(kNow),
                .creditor_id = creditor,
                .name = "Persona",
                .country = "CO",
                .zone = "America/Bogota",
                .phone = "+573000000001",
                .user_id = "",
                .email = ""};
    tx.debtors.insert(made, kNow);
    return made;
  }
  static Invoice invoice(Tx& tx, DebtorId debtor, std::string number, InvoiceBalance balance) {
    tx.debtors.hold(kCreditor, {debtor});
    Invoice made{.id = tx.ids.next<InvoiceId>(kNow),
                 .debtor_id = debtor,
                 .number = std::move(number),
                 .product = "Plan",
                 .issued_on = {},
                 .due_on = date_of(2026, 11, 24),
                 .amount = {balance.amount_minor, kCop}};
    tx.invoices.insert(kCreditor, made, balance, kNow);
    return made;
  }
  static OutboxMessage message(Tx& tx, DebtorId debtor, std::string key,
                               Purpose purpose = Purpose::Overdue) {
    tx.debtors.hold(kCreditor, {debtor});
    OutboxMessage made;
    made.id = tx.ids.next<MessageId>(kNow);
    made.creditor_id = kCreditor;
    made.debtor_id = debtor;
    made.dedupe_key = std::move(key);
    made.purpose = purpose;
    made.kind = "template";
    made.step = "due_0";
    made.covered = {InvoiceId{11}, InvoiceId{12}};
    made.lead_invoice_id = {11};
    made.balance = {500, kCop};
    made.text = "Hola ñ \"comillas\" '; DROP TABLE outbox; --";
    made.body = "{}";
    made.planned_at = made.not_before = kNow;
    made.expires_at = kNow + kDayMs;
    return made;
  }
  const tests::TestDatabase database_;
  std::unique_ptr<Store> store_ = database_.open();
};

}  // namespace puntual
