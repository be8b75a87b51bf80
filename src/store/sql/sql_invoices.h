// Invoices and what is owed of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/portfolio/portfolio.h"
#include "store/held.h"
#include "store/people.h"
#include "store/vault.h"

namespace puntual::store {

// An invoice as a file meets it: with its money, and the key of the row that told it last.
struct ToldInvoice {
  Invoice invoice;
  InvoiceBalance balance;
  std::optional<LookupKey> told;  // None: no file has, or its person was erased since.
};

class Invoices {
 public:
  Invoices(Connection& db, const Held& held) : db_(db), held_(held) {}
  void insert(CreditorId creditor, const Invoice& invoice, const InvoiceBalance& balance,
              Instant now, std::optional<LookupKey> told = std::nullopt);
  // What the creditor's file may change: product, dates, amount, reported.
  void update(CreditorId creditor, const Invoice& invoice, const InvoiceBalance& balance);
  void set_told(CreditorId creditor, InvoiceId id, const LookupKey& told);
  [[nodiscard]] std::optional<Invoice> find(CreditorId creditor, InvoiceId id);
  [[nodiscard]] std::optional<Invoice> find_by_number(CreditorId creditor, std::string_view number);
  [[nodiscard]] std::optional<ToldInvoice> find_told(CreditorId creditor, std::string_view number);
  // Each at its place.
  [[nodiscard]] std::vector<std::optional<ToldInvoice>> find_told(
      CreditorId creditor, std::span<const std::string_view> numbers);
  [[nodiscard]] InvoiceBalance balance_of(CreditorId creditor, InvoiceId id);
  // Those of each person with something owed, by due date.
  [[nodiscard]] std::vector<std::vector<Invoice>> open_of(CreditorId creditor,
                                                          const People& people);
  [[nodiscard]] std::vector<Invoice> open_of(CreditorId creditor, DebtorId debtor) {
    return std::move(open_of(creditor, People({debtor})).front());
  }
  [[nodiscard]] std::vector<Invoice> all_of(CreditorId creditor, DebtorId debtor);
  // Whether something is owed, or may have been at some time since then: its money was changed
  // after it.
  [[nodiscard]] bool has_owed_since(CreditorId creditor, DebtorId debtor, Instant since);

  // A change of the money; settled_on is set when nothing is owed any more, and cleared otherwise.
  void set_balance(CreditorId creditor, InvoiceId id, const InvoiceBalance& balance,
                   std::optional<CivilDate> settled_on);
  // Until which day interest is booked (engine/charge_overdue.h); none: no day yet.
  void set_charged_to(CreditorId creditor, InvoiceId id, CivilDate day);
  [[nodiscard]] std::optional<CivilDate> charged_to(CreditorId creditor, InvoiceId id);
  // What was due before that day, is owed by somebody whose data are there, and has days up to it
  // to look at; by id, after the one given.
  struct Overdue {
    InvoiceId id;
    DebtorId debtor_id;
  };
  [[nodiscard]] std::vector<Overdue> to_charge(CreditorId creditor, Currency currency,
                                               CivilDate through, InvoiceId after, int limit);
  // Of the greatest number; 0: there is none.
  [[nodiscard]] InvoiceId newest(CreditorId creditor);
  // A message named it on this local date, taking this step of its cadence.
  void set_step(CreditorId creditor, InvoiceId id, int32_t step_day, CivilDate on);
  // The due date has moved: the cadence begins anew.
  void restart_steps(CreditorId creditor, InvoiceId id);
  void set_state(CreditorId creditor, InvoiceId id, InvoiceState state);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
