#include "engine/explain_balance.h"

#include <algorithm>

#include "base/locale.h"
#include "core/charges/rate.h"
#include "store/sql/sql_corrections.h"
#include "store/sql/sql_credit.h"

namespace puntual::engine {
namespace {

// What a transfer between two accounts means, and what the opposite one does.
struct Meaning {
  Account debit, credit;
  std::string_view text_es, undone_es;
};
constexpr Meaning kMeanings[] = {
    {Account::Receivable, Account::Invoiced, "Valor de la factura según la cartera",
     "La cartera bajó el valor"},
    {Account::Reported, Account::Receivable, "Pagado según la cartera",
     "La cartera cuenta menos pagado"},
    {Account::Cash, Account::Receivable, "Pago", "Pago devuelto"},
    {Account::Cash, Account::Reported, "Pago que la cartera ya contaba",
     "Pago devuelto que la cartera contaba"},
    {Account::Unapplied, Account::Receivable, "Dinero a favor que se aplicó",
     "Pago que pasó a saldo a favor"},
    {Account::Unapplied, Account::Reported, "Dinero a favor que la cartera ya contaba",
     "Pago de la cartera que pasó a saldo a favor"},
    {Account::Discounts, Account::Receivable, "Descuento por acuerdo cumplido",
     "Se quitó el descuento"},
    {Account::SmallDifference, Account::Receivable, "Saldo pequeño que no se cobra",
     "El saldo pequeño se debe de nuevo"},
    {Account::Receivable, Account::Charges, "Intereses o gastos",
     "Intereses o gastos que ya no se cobran"},
    {Account::WrittenOff, Account::Receivable, "Dada por perdida",
     "Se recuperó parte de lo dado por perdido"},
};

std::string_view meaning_es(const LedgerEntry& entry) {
  for (const auto& one : kMeanings) {
    if (one.debit == entry.debit && one.credit == entry.credit) return one.text_es;
    if (one.debit == entry.credit && one.credit == entry.debit) return one.undone_es;
  }
  PUNTUAL_CHECK(!"a transfer with a meaning");
  return {};
}

// "Intereses de mora del 2 al 31 de enero de 2026: 24,36 % efectivo anual sobre $ 1.250.000
// (Superfinanciera, …)"
std::string charge_es(const store::Charge& charge, Currency currency, const std::string& locale) {
  using enum store::ChargeKind;
  const auto with = [](std::string_view text, std::string_view in_brackets) {
    return in_brackets.empty() ? std::string(text) : fmt::format("{} ({})", text, in_brackets);
  };
  const std::string days = charge.from == charge.to
                               ? format_long_date(charge.from, locale)
                               : fmt::format("{} a {}", format_short_date(charge.from, locale),
                                             format_short_date(charge.to, locale));
  switch (charge.kind) {
    case Interest: {
      return with(
          fmt::format("Intereses de mora, {}: {} sobre {}", days, charges::rate_es(charge.rate),
                      format_money({charge.base_minor, currency}, locale)),
          charge.law);
    }
    case CollectionCost:
      if (charge.amount_minor < 0)
        return fmt::format("{} que no se debía: un pago fue anterior a lo que se sabía",
                           charge.why.empty() ? "Gasto de cobranza" : "Parte de la " + charge.why);
      return with(
          fmt::format("{} sobre {}",
                      charge.why.empty() ? "Gastos de cobranza" : "Se suma la " + charge.why,
                      format_money({charge.base_minor, currency}, locale)),
          charge.law);
    case Correction:
      return charge.amount_minor < 0
                 ? "Intereses que no se debían: un pago fue anterior a lo que se sabía"
                 : "Intereses que faltaban, calculados de nuevo";
    case Waiver:
      return with("Intereses o gastos que se perdonaron",
                  charge.told_by == "file" ? charge.why
                                           : fmt::format("{}: {}", charge.told_by, charge.why));
  }
  return {};
}

int64_t change_of(const LedgerEntry& entry) {
  if (entry.debit == Account::Receivable) return entry.amount.minor;
  return entry.credit == Account::Receivable ? -entry.amount.minor : 0;
}

}  // namespace

Result<ExplainedBalance> explain_balance(Tx& tx, const Creditor& creditor,
                                         std::string_view number) {
  auto invoice = tx.invoices.find_by_number(creditor.id, number);
  if (!invoice) return fail(ErrorCode::NotFound, "no existe la factura '{}'", number);
  ExplainedBalance explained{.invoice = *std::move(invoice), .lines = {}};
  int64_t balance = 0;
  const auto charges = tx.charges.of_invoice(
      creditor.id, explained.invoice.id);  // Each has one entry, in this order.
  auto charge = charges.begin();
  const auto corrections = store::Corrections(tx.db).of_invoice(creditor.id, explained.invoice.id);
  for (const auto& [at, entry] : tx.ledger.entries_of(creditor.id, explained.invoice.id)) {
    balance += change_of(entry);
    std::string what(meaning_es(entry));
    // Where it waits for its person, nobody finds an invoice that it went to.
    if (entry.credit == Account::Unapplied &&
        store::Credit(tx.db).left_by(creditor.id, entry.payment_id, at) == 0)
      what.replace(what.find("saldo a favor"), std::string::npos, "otra factura");
    const bool is_charge = entry.debit == Account::Charges || entry.credit == Account::Charges;
    if (is_charge && charge != charges.end())
      what = charge_es(*charge++, explained.invoice.amount.currency, creditor.locale);
    const bool is_amount = entry.debit == Account::Invoiced || entry.credit == Account::Invoiced;
    if (const auto corrected = std::ranges::find(corrections, at, &store::Correction::at);
        is_amount && corrected != corrections.end())
      what = fmt::format("{} ({}: {})",
                         corrected->to_minor == 0 ? "Se retiró la factura" : "Se corrigió el valor",
                         corrected->told_by, corrected->why);
    if (const auto payment =
            entry.payment_id ? tx.payments.find(creditor.id, entry.payment_id) : std::nullopt) {
      what += fmt::format(" ({}{}{})", format_long_date(payment->paid_on, creditor.locale),
                          payment->method.empty() ? "" : ", ", payment->method);
    }
    explained.lines.push_back({.at = at,
                               .what_es = std::move(what),
                               .change_minor = change_of(entry),
                               .balance_minor = balance,
                               .payment_id = entry.payment_id});
  }
  return explained;
}

}  // namespace puntual::engine
