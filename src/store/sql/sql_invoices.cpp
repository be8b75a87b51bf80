#include "store/sql/sql_invoices.h"

#include <algorithm>
#include <unordered_map>

#include "store/sql/lists.h"

namespace puntual::store {
namespace {

#define PUNTUAL_INVOICE_COLUMNS                                                                   \
  "id, debtor_id, number, product, issued_on, due_on, currency, amount_minor, reported_minor, "   \
  "paid_minor, "                                                                                  \
  "balance_minor, state, last_step_day, last_step_on, ahead_minor, reported_on, forgiven_minor, " \
  "breakdown, charged_minor"

const RowsInto kInsertInvoice(
    "invoice (id, creditor_id, debtor_id, number, product, issued_on, due_on, currency, "
    "amount_minor, reported_minor, paid_minor, "
    "balance_minor, state, created_at, ahead_minor, reported_on, told_key, breakdown)",
    18);
constexpr char kUpdateInvoice[] =
    "UPDATE invoice SET product=$3, issued_on=$4, due_on=$5, amount_minor=$6, reported_minor=$7, "
    "balance_minor=$8, "
    "state=$9, ahead_minor=$10, reported_on=$11, breakdown=$12 WHERE creditor_id=$1 AND id=$2";
constexpr char kFindInvoice[] =
    "SELECT " PUNTUAL_INVOICE_COLUMNS " FROM invoice WHERE creditor_id=$1 AND id=$2";
constexpr char kFindByNumber[] =
    "SELECT " PUNTUAL_INVOICE_COLUMNS " FROM invoice WHERE creditor_id=$1 AND number=$2";
constexpr char kFindTold[] =
    "SELECT " PUNTUAL_INVOICE_COLUMNS ", told_key FROM invoice WHERE creditor_id=$1 AND number=$2";
constexpr char kOpenOf[] = "SELECT " PUNTUAL_INVOICE_COLUMNS
                           " FROM {{people_2}} invoice WHERE creditor_id=$1 AND debtor_id "
                           "{{among_2}} AND balance_minor > 0 ORDER BY due_on, id";
constexpr char kAllOf[] = "SELECT " PUNTUAL_INVOICE_COLUMNS
                          " FROM invoice WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY due_on, id";
constexpr size_t kNumbersTogether = 64;
const Sql kFindManyTold = Sql::kept("SELECT " PUNTUAL_INVOICE_COLUMNS
                                    ", told_key FROM invoice WHERE creditor_id=$1 AND number IN " +
                                    list_of_parameters(2, kNumbersTogether));
// By the books: settled_on is the day of a payment, and a file's figure has none.
constexpr char kHasOwedSince[] =
    "SELECT 1 FROM invoice i WHERE i.creditor_id=$1 AND i.debtor_id=$2 AND (i.balance_minor > 0 OR "
    "EXISTS (SELECT 1 FROM "
    "ledger_entry e WHERE e.creditor_id=$1 AND e.invoice_id=i.id AND e.at >= $3)) LIMIT 1";
constexpr char kSetBalance[] =
    "UPDATE invoice SET reported_minor=$3, paid_minor=$4, balance_minor=$5, settled_on=$6, "
    "state=CASE WHEN state IN "
    "('open','paid') THEN $7 ELSE state END, ahead_minor=$8, reported_on=$9, forgiven_minor=$10, "
    "charged_minor=$11 WHERE creditor_id=$1 AND id=$2";

InvoiceState invoice_state_of(std::string_view text) {
  for (const auto state :
       {InvoiceState::Open, InvoiceState::Paid, InvoiceState::Disputed, InvoiceState::WrittenOff}) {
    if (text_of(state) == text) return state;
  }
  PUNTUAL_CHECK(!"known invoice state");
  return InvoiceState::Open;
}

InvoiceBalance money_of(const Rows& row) {
  return {.amount_minor = row.integer(7),
          .reported_minor = row.integer(8),
          .paid_minor = row.integer(9),
          .ahead_minor = row.integer(14),
          .reported_on = row.maybe_date(15),
          .forgiven_minor = row.integer(16),
          .charged_minor = row.integer(18)};
}

Invoice invoice_of(const Rows& row) {
  return {.id = row.id<InvoiceId>(0),
          .debtor_id = row.id<DebtorId>(1),
          .number = row.text(2),
          .product = row.text(3),
          .breakdown = row.text(17),
          .issued_on = row.maybe_date(4),
          .due_on = row.maybe_date(5),
          .amount = {row.integer(7), Currency::of(row.view(6))},
          .balance_minor = row.integer(10),
          .charged_minor = row.integer(18),
          .unitemised_minor = money_of(row).unitemised_minor(),
          .state = invoice_state_of(row.view(11)),
          .last_step_day = row.is_null(12) ? Invoice::kNoStep : row.int32(12),
          .last_step_on = row.maybe_date(13)};
}

ToldInvoice told_of(const Rows& row) {
  return {
      .invoice = invoice_of(row), .balance = money_of(row), .told = lookup_key_of(row.bytes(19))};
}

InvoiceState state_by_balance(const InvoiceBalance& balance) {
  return balance.owed_minor() > 0 ? InvoiceState::Open : InvoiceState::Paid;
}

}  // namespace

void Invoices::insert(CreditorId creditor, const Invoice& i, const InvoiceBalance& balance,
                      Instant now, std::optional<LookupKey> told) {
  held_.require(i.debtor_id);
  db_.insert(kInsertInvoice, {i.id, creditor, i.debtor_id, i.number, i.product, i.issued_on,
                              i.due_on, i.amount.currency.code(), balance.amount_minor,
                              balance.reported_minor, balance.paid_minor, balance.owed_minor(),
                              text_of(state_by_balance(balance)), now, balance.ahead_minor,
                              balance.reported_on, told ? Bytes(*told) : Bytes{""}, i.breakdown});
}

void Invoices::set_told(CreditorId creditor, InvoiceId id, const LookupKey& told) {
  db_.run("UPDATE invoice SET told_key=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, told});
}

void Invoices::update(CreditorId creditor, const Invoice& i, const InvoiceBalance& balance) {
  held_.require(i.debtor_id);
  db_.run(kUpdateInvoice, {creditor, i.id, i.product, i.issued_on, i.due_on, balance.amount_minor,
                           balance.reported_minor, balance.owed_minor(),
                           text_of(i.state == InvoiceState::Open || i.state == InvoiceState::Paid
                                       ? state_by_balance(balance)
                                       : i.state),
                           balance.ahead_minor, balance.reported_on, i.breakdown});
}

std::optional<Invoice> Invoices::find(CreditorId creditor, InvoiceId id) {
  auto rows = db_.query(kFindInvoice, {creditor, id});
  return rows.next() ? std::optional(invoice_of(rows)) : std::nullopt;
}

std::optional<Invoice> Invoices::find_by_number(CreditorId creditor, std::string_view number) {
  auto rows = db_.query(kFindByNumber, {creditor, number});
  return rows.next() ? std::optional(invoice_of(rows)) : std::nullopt;
}

std::optional<ToldInvoice> Invoices::find_told(CreditorId creditor, std::string_view number) {
  auto rows = db_.query(kFindTold, {creditor, number});
  return rows.next() ? std::optional(told_of(rows)) : std::nullopt;
}

std::vector<std::optional<ToldInvoice>> Invoices::find_told(
    CreditorId creditor, std::span<const std::string_view> numbers) {
  std::vector<std::optional<ToldInvoice>> found(numbers.size());
  for (size_t first = 0; first < numbers.size(); first += kNumbersTogether) {
    const auto some = numbers.subspan(first, std::min(kNumbersTogether, numbers.size() - first));
    std::vector<Param> params{creditor};
    // The last ones are filled up with one of them.
    for (size_t i = 0; i < kNumbersTogether; ++i)
      params.emplace_back(some[std::min(i, some.size() - 1)]);
    std::unordered_map<std::string_view, size_t> places;
    for (size_t i = 0; i < some.size(); ++i) places.emplace(some[i], first + i);
    for (auto rows = db_.query(kFindManyTold, params); rows.next();)
      found[places.at(rows.view(2))] = told_of(rows);
  }
  return found;
}

InvoiceBalance Invoices::balance_of(CreditorId creditor, InvoiceId id) {
  auto rows = db_.query(kFindInvoice, {creditor, id});
  PUNTUAL_CHECK(rows.next());
  return money_of(rows);
}

std::vector<std::vector<Invoice>> Invoices::open_of(CreditorId creditor, const People& people) {
  std::vector<std::vector<Invoice>> found(people.size());
  for (auto rows = db_.query(kOpenOf, {creditor, people.text()}); rows.next();) {
    found[people.place_of(rows.id<DebtorId>(1))].push_back(invoice_of(rows));
  }
  return found;
}

std::vector<Invoice> Invoices::all_of(CreditorId creditor, DebtorId debtor) {
  std::vector<Invoice> found;
  for (auto rows = db_.query(kAllOf, {creditor, debtor}); rows.next();)
    found.push_back(invoice_of(rows));
  return found;
}

bool Invoices::has_owed_since(CreditorId creditor, DebtorId debtor, Instant since) {
  return db_.query(kHasOwedSince, {creditor, debtor, since}).next();
}

void Invoices::set_balance(CreditorId creditor, InvoiceId id, const InvoiceBalance& balance,
                           std::optional<CivilDate> settled_on) {
  db_.run(kSetBalance,
          {creditor, id, balance.reported_minor, balance.paid_minor, balance.owed_minor(),
           settled_on, text_of(state_by_balance(balance)), balance.ahead_minor, balance.reported_on,
           balance.forgiven_minor, balance.charged_minor});
}

void Invoices::set_charged_to(CreditorId creditor, InvoiceId id, CivilDate day) {
  db_.run("UPDATE invoice SET charged_to=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, day});
}

std::optional<CivilDate> Invoices::charged_to(CreditorId creditor, InvoiceId id) {
  auto rows =
      db_.query("SELECT charged_to FROM invoice WHERE creditor_id=$1 AND id=$2", {creditor, id});
  return rows.next() ? rows.maybe_date(0) : std::nullopt;
}

std::vector<Invoices::Overdue> Invoices::to_charge(CreditorId creditor, Currency currency,
                                                   CivilDate through, InvoiceId after, int limit) {
  std::vector<Overdue> found;
  auto rows = db_.query(
      "SELECT i.id, i.debtor_id FROM invoice i WHERE i.creditor_id=$1 AND i.id > $2 AND "
      "i.balance_minor > 0 AND i.state='open' AND i.due_on <= $3 "
      "AND (i.charged_to IS NULL OR i.charged_to < $3) AND i.currency=$4 AND EXISTS (SELECT 1 FROM "
      "debtor d WHERE d.creditor_id=$1 "
      "AND d.id=i.debtor_id AND d.erased_at IS NULL) ORDER BY i.id LIMIT $5",
      {creditor, after, through, currency.code(), limit});
  while (rows.next())
    found.push_back({.id = rows.id<InvoiceId>(0), .debtor_id = rows.id<DebtorId>(1)});
  return found;
}

InvoiceId Invoices::newest(CreditorId creditor) {
  auto rows =
      db_.query("SELECT id FROM invoice WHERE creditor_id=$1 ORDER BY id DESC LIMIT 1", {creditor});
  return rows.next() ? rows.id<InvoiceId>(0) : InvoiceId{};
}

void Invoices::set_step(CreditorId creditor, InvoiceId id, int32_t step_day, CivilDate on) {
  db_.run("UPDATE invoice SET last_step_day=$3, last_step_on=$4 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, step_day, on});
}

void Invoices::restart_steps(CreditorId creditor, InvoiceId id) {
  db_.run("UPDATE invoice SET last_step_day=NULL WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

void Invoices::set_state(CreditorId creditor, InvoiceId id, InvoiceState state) {
  db_.run("UPDATE invoice SET state=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, text_of(state)});
}

}  // namespace puntual::store
