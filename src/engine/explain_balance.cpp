#include "engine/explain_balance.h"

#include "base/locale.h"

namespace puntual::engine {
namespace {

// What a transfer between two accounts means, and what the opposite one does.
struct Meaning {
  Account debit, credit;
  std::string_view text_es, undone_es;
};
constexpr Meaning kMeanings[] = {
    {Account::Receivable, Account::Invoiced, "Valor de la factura según la cartera", "La cartera bajó el valor"},
    {Account::Reported, Account::Receivable, "Pagado según la cartera", "La cartera cuenta menos pagado"},
    {Account::Cash, Account::Receivable, "Pago", "Pago devuelto"},
    {Account::Cash, Account::Reported, "Pago que la cartera ya contaba", "Pago devuelto que la cartera contaba"},
    {Account::Unapplied, Account::Receivable, "Dinero a favor que se aplicó", "Pago que pasó a otra factura"},
    {Account::Unapplied, Account::Reported, "Dinero a favor que la cartera ya contaba", "Pago de la cartera que pasó a otra factura"},
    {Account::Discounts, Account::Receivable, "Descuento por acuerdo cumplido", "Se quitó el descuento"},
    {Account::SmallDifference, Account::Receivable, "Saldo pequeño que no se cobra", "El saldo pequeño se debe de nuevo"},
    {Account::WrittenOff, Account::Receivable, "Dada por perdida", "Se recuperó parte de lo dado por perdido"},
};

std::string_view meaning_es(const LedgerEntry& entry) {
  for (const auto& one : kMeanings) {
    if (one.debit == entry.debit && one.credit == entry.credit) return one.text_es;
    if (one.debit == entry.credit && one.credit == entry.debit) return one.undone_es;
  }
  PUNTUAL_CHECK(!"a transfer with a meaning");
  return {};
}

int64_t change_of(const LedgerEntry& entry) {
  if (entry.debit == Account::Receivable) return entry.amount.minor;
  return entry.credit == Account::Receivable ? -entry.amount.minor : 0;
}

}  // namespace

Result<ExplainedBalance> explain_balance(Tx& tx, const Creditor& creditor, std::string_view number) {
  auto invoice = tx.invoices.find_by_number(creditor.id, number);
  if (!invoice) return fail(ErrorCode::NotFound, "no existe la factura '{}'", number);
  ExplainedBalance explained{.invoice = *std::move(invoice), .lines = {}};
  int64_t balance = 0;
  for (const auto& [at, entry] : tx.ledger.entries_of(creditor.id, explained.invoice.id)) {
    balance += change_of(entry);
    std::string what(meaning_es(entry));
    if (const auto payment = entry.payment_id ? tx.payments.find(creditor.id, entry.payment_id) : std::nullopt) {
      what += fmt::format(" ({}{}{})", format_long_date(payment->paid_on, creditor.locale), payment->method.empty() ? "" : ", ", payment->method);
    }
    explained.lines.push_back({.at = at, .what_es = std::move(what), .change_minor = change_of(entry), .balance_minor = balance, .payment_id = entry.payment_id});
  }
  return explained;
}

}  // namespace puntual::engine
