#include "engine/charge_overdue.h"

#include <algorithm>

#include "base/locale.h"
#include "engine/agreements.h"
#include "engine/contact_facts.h"
#include "engine/debt_history.h"
#include "engine/note.h"

namespace puntual::engine {
namespace {

using store::Charge;
using store::ChargeKind;

constexpr int kInvoicesTogether = 200;
constexpr int64_t kAgainMs = kMinuteMs;

// A row and its entry in the books. Of what is given up or taken back no more than is charged and
// owed.
void book_charge(Tx& tx, const Creditor& creditor, const Invoice& invoice, Charge charge) {
  InvoiceBalance balance = tx.invoices.balance_of(creditor.id, invoice.id);
  charge.amount_minor =
      std::max(charge.amount_minor, -std::min(balance.charged_minor, balance.owed_minor()));
  if (charge.amount_minor == 0) return;
  charge.id = tx.ids.next<InvoiceId>(charge.at).value;
  charge.creditor_id = creditor.id;
  charge.debtor_id = invoice.debtor_id;
  charge.invoice_id = invoice.id;
  tx.charges.add(charge);
  const LedgerEntry entry =
      ledger::entry_of(Account::Receivable, Account::Charges, charge.amount_minor,
                       {.amount = {0, invoice.amount.currency},
                        .debtor_id = invoice.debtor_id,
                        .invoice_id = invoice.id,
                        .payment_id = {}});
  tx.ledger.append(creditor.id, std::span(&entry, 1), charge.at, tx.ids);
  balance.charged_minor += charge.amount_minor;
  tx.invoices.set_balance(
      creditor.id, invoice.id, balance,
      balance.owed_minor() == 0 ? tx.payments.last_paid_on(creditor.id, invoice.id) : std::nullopt);
  if (charge.amount_minor > 0) return;
  tx.timeline.append(
      {.creditor_id = creditor.id,
       .debtor_id = invoice.debtor_id,
       .at = charge.at,
       .kind = "charge_lowered",
       .invoice_id = invoice.id,
       .detail = fmt::format("{} {}{}{}", store::text_of(charge.kind),
                             format_plain({-charge.amount_minor, invoice.amount.currency}),
                             charge.told_by.empty() ? "" : " by ", charge.told_by)},
      tx.ids);
}

// The days that were booked, told anew.
void correct(Tx& tx, const Creditor& creditor, const Invoice& invoice, const DebtHistory& history,
             const Interest& told, CivilDate booked_to, Instant now) {
  const int64_t change = told.total_through(booked_to) - history.booked_minor();
  if (change == 0) return;
  book_charge(tx, creditor, invoice,
              {.kind = ChargeKind::Correction,
               .at = now,
               .amount_minor = change,
               .from = *invoice.due_on + 1,
               .to = booked_to});
}

// Costs that are a share of the debt and nothing more are owed from a day that the due date alone
// says, of what was overdue then: they are the same whenever we come to book them, and are told
// anew when money turns out to have come before them.
bool is_share_alone(const ChargeRules& rules) {
  return rules.table.costs && !rules.table.costs->needs_units();
}

// As far as the law goes, and as was agreed. None: nobody vouches for that day.
std::optional<int64_t> costs_of(const ChargeRules& rules, const charges::CostCase& debt) {
  auto most = charges::collection_cost_max(rules.table, debt);
  if (!most) return most;
  if (const int64_t agreed = rules.costs_micro_percent; agreed > 0) {
    *most = std::min(*most, static_cast<int64_t>(static_cast<__int128>(debt.overdue_minor) *
                                                 agreed / 100'000'000));
  }
  return *most - *most % rules.table.round_minor;
}

// What the costs come to that were charged, told anew; none: as they were charged.
std::optional<Charge> costs_anew(const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                                 const DebtHistory& history) {
  const ChargeRules& rules = *desk.charges;
  auto costs = history.costs();
  if (!costs || costs->amount_minor <= 0 || costs->base_minor <= 0 || !is_share_alone(rules))
    return {};
  costs->base_minor = std::clamp<int64_t>(
      history.overdue_on(rules, payable_until(desk, creditor, invoice), costs->from), 0,
      costs->base_minor);
  const auto due = costs_of(rules, {.overdue_minor = costs->base_minor,
                                    .minor_per_major = invoice.amount.currency.minor_per_major(),
                                    .on = costs->from});
  if (!due || *due >= costs->amount_minor) return {};
  costs->amount_minor = *due;
  return costs;
}

void take_costs_back(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                     const DebtHistory& history, Instant now) {
  auto less = costs_anew(desk, creditor, invoice, history);
  if (!less) return;
  less->at = now;
  less->amount_minor -= history.costs()->amount_minor;
  less->rate.clear();
  book_charge(tx, creditor, invoice, *std::move(less));
}

void book_costs(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                const DebtHistory& history, const Interest& told, CivilDate today, Instant now) {
  const ChargeTable& table = desk.charges->table;
  if (!desk.charges->has_costs || !table.costs || history.costs()) return;
  const InterestTerms& terms = desk.charges->terms;
  const CivilDate due_on = payable_until(desk, creditor, invoice),
                  late = due_on + std::max(table.costs->first_day, terms.grace_days + 1);
  const CivilDate first = terms.asked_on(late);
  if (today < first || late < terms.since)
    return;  // What was before is in the creditor's own figures.
  const bool is_share = is_share_alone(*desk.charges);
  const CivilDate on = is_share ? first : today;
  const int64_t overdue =
      is_share ? history.overdue_on(*desk.charges, due_on, on) : told.capital_minor;
  const Zone zone = Zone::of(creditor.zone);
  const Instant from = zone.instant(*invoice.due_on + 1, 0),
                to = zone.instant(*invoice.due_on + 1 + table.costs->contact_days, 0);
  const auto costs =
      costs_of(*desk.charges,
               {.overdue_minor = overdue,
                .minor_per_major = invoice.amount.currency.minor_per_major(),
                .on = on,
                .was_contacted = tx.outbox.has_reached(creditor.id, invoice.debtor_id, from, to)});
  if (!costs || *costs <= 0) return;
  book_charge(tx, creditor, invoice,
              {.kind = ChargeKind::CollectionCost,
               .at = now,
               .amount_minor = *costs,
               .from = on,
               .to = on,
               .base_minor = overdue,
               .rate = {},
               .law = table.costs->law,
               .why = table.costs->name});
}

// "; con IVA 19 % sobre el interés", behind the law of the rate.
std::string tax_text(const InterestTerms& terms) {
  return terms.tax_micro_percent == 0 ? std::string()
                                      : fmt::format("; con {} {} % sobre el interés", terms.tax,
                                                    text_of_micro(terms.tax_micro_percent, ','));
}

// All that is asked for on that day.
void charge_one(Tx& tx, const Desk& desk, const Creditor& creditor, InvoiceId id, CivilDate day,
                Instant now) {
  const ChargeRules& rules = *desk.charges;
  const auto invoice = tx.invoices.find(creditor.id, id);
  if (!invoice || invoice->state != InvoiceState::Open || invoice->balance_minor <= 0 ||
      !rules.apply_to(*invoice))
    return;
  // What was agreed on is what was owed on that day: the days before it that were not booked yet
  // wait until it has ended, or they would end it.
  const auto agreement = tx.agreements.active_of(creditor.id, invoice->debtor_id);
  if (agreement && std::ranges::find(agreement->covered, id) != agreement->covered.end()) return;
  const CivilDate through = rules.terms.asked_through(day);
  const auto booked_to = tx.invoices.charged_to(creditor.id, id);
  if (*invoice->due_on > through || (booked_to && *booked_to >= through)) return;
  const DebtHistory history(tx, creditor, *invoice);
  const Interest told =
      history.interest(rules, payable_until(desk, creditor, *invoice), through, booked_to);
  if (booked_to) correct(tx, creditor, *invoice, history, told, *booked_to, now);
  for (const auto& piece : told.pieces) {
    if (booked_to && piece.to <= *booked_to) continue;
    book_charge(
        tx, creditor, *invoice,
        {.kind = ChargeKind::Interest,
         .at = now,
         .amount_minor = piece.minor,
         .from = piece.from,
         .to = piece.to,
         .base_minor = piece.base_minor,
         .rate = charges::text_of(piece.rate),
         .law = (piece.is_ceiling ? piece.ceiling->law : rules.evidence) + tax_text(rules.terms)});
  }
  if (!history.is_resting(day)) book_costs(tx, desk, creditor, *invoice, history, told, day, now);
  const CivilDate done = told.stopped_on ? *told.stopped_on - 1 : through;
  if (!booked_to || done > *booked_to) tx.invoices.set_charged_to(creditor.id, id, done);
}

}  // namespace

Result<bool> charge_overdue(Store& store, const Desk& desk, ChargeRound& round, Instant now) {
  if (!desk.charges || now < round.look_at) return false;
  ASSIGN_OR_RETURN(const auto creditors, store.read([&](Tx& tx) { return tx.creditors.all(); }));
  if (creditors.empty()) return false;
  const Creditor& creditor = creditors.front();  // The settings are of one.
  const Zone zone = Zone::of(creditor.zone);
  const CivilDate today = zone.local(now).date;
  if (round.day != today) round = {.day = today};
  InvoiceId newest;
  ASSIGN_OR_RETURN(const auto some, store.read([&](Tx& tx) {
    newest = tx.invoices.newest(creditor.id);
    return tx.invoices.to_charge(creditor.id, Currency::of(desk.charges->table.currency),
                                 desk.charges->terms.asked_through(today), round.after,
                                 kInvoicesTogether);
  }));
  if (!some.empty()) {
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      std::vector<DebtorId> people;
      for (const auto& one : some) people.push_back(one.debtor_id);
      tx.debtors.hold(creditor.id, std::move(people));
      for (const auto& one : some) charge_one(tx, desk, creditor, one.id, today, now);
    }));
    round.after = some.back().id;
  }
  const bool more = some.size() == static_cast<size_t>(kInvoicesTogether);
  if (more) return true;
  // What comes in later today has a greater number.
  round.after = std::max(round.after, newest);
  round.next_at = zone.instant(today + 1, 0);
  round.look_at = std::min(round.next_at, now + kAgainMs);
  return false;
}

void charge_until(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                  CivilDate day, Instant now) {
  if (!desk.charges) return;
  for (const auto& one : tx.invoices.open_of(creditor.id, debtor)) {
    if (desk.charges->apply_to(one) && *one.due_on < day)
      charge_one(tx, desk, creditor, one.id, std::min(day, Zone::of(creditor.zone).local(now).date),
                 now);
  }
}

int64_t not_owed_if_paid(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                         CivilDate paid_on, int64_t minor) {
  if (!desk.charges || invoice.charged_minor <= 0 || !desk.charges->apply_to(invoice)) return 0;
  DebtHistory history(tx, creditor, invoice);
  history.settle(paid_on, minor);
  int64_t in_vain = 0;
  if (const auto booked_to = tx.invoices.charged_to(creditor.id, invoice.id);
      booked_to && *booked_to > desk.charges->terms.asked_through(paid_on)) {
    in_vain = std::max<int64_t>(
        0,
        history.booked_minor() -
            history.interest(*desk.charges, payable_until(desk, creditor, invoice), *booked_to, {})
                .total_minor());
  }
  if (const auto less = costs_anew(desk, creditor, invoice, history))
    in_vain += history.costs()->amount_minor - less->amount_minor;
  return std::clamp<int64_t>(in_vain, 0, std::min(invoice.charged_minor, invoice.balance_minor));
}

void charge_anew(Tx& tx, const Desk& desk, const Creditor& creditor, InvoiceId id,
                 CivilDate paid_on, Instant now) {
  const auto invoice = tx.invoices.find(creditor.id, id);
  if (!desk.charges || invoice->charged_minor <= 0 || !desk.charges->apply_to(*invoice)) return;
  const DebtHistory history(tx, creditor, *invoice);
  take_costs_back(tx, desk, creditor, *invoice, history, now);
  const auto booked_to = tx.invoices.charged_to(creditor.id, id);
  if (!booked_to || *booked_to <= desk.charges->terms.asked_through(paid_on)) return;
  correct(tx, creditor, *invoice, history,
          history.interest(*desk.charges, payable_until(desk, creditor, *invoice), *booked_to, {}),
          *booked_to, now);
}

void drop_charges(Tx& tx, const Creditor& creditor, InvoiceId id, Instant now) {
  const auto invoice = tx.invoices.find(creditor.id, id);
  if (invoice->charged_minor <= 0 || invoice->balance_minor <= 0) return;
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  book_charge(tx, creditor, *invoice,
              {.kind = ChargeKind::Waiver,
               .at = now,
               .amount_minor = -invoice->balance_minor,
               .from = today,
               .to = today,
               .told_by = "file",
               .why = "la cartera dice que no se debe nada"});
}

namespace {

// None of anything, and how each part is called.
OwedParts named_parts(const ChargeRules& rules) {
  return {.tax = rules.terms.tax,
          .costs_name = rules.table.costs ? rules.table.costs->name : std::string()};
}

}  // namespace

OwedParts owed_parts(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice) {
  if (invoice.charged_minor <= 0) return {.capital_minor = invoice.balance_minor};
  const auto booked_to = tx.invoices.charged_to(creditor.id, invoice.id);
  if (!desk.charges || !booked_to || !invoice.due_on) {
    // Nothing is charged any more; what was is the last to be paid.
    const int64_t capital = std::min(invoice.balance_minor, invoice.amount.minor);
    return {.capital_minor = capital, .interest_minor = invoice.balance_minor - capital};
  }
  const Interest told =
      DebtHistory(tx, creditor, invoice)
          .interest(*desk.charges, payable_until(desk, creditor, invoice), *booked_to, {});
  OwedParts parts = named_parts(*desk.charges);
  parts.capital_minor = std::min(told.capital_minor, invoice.balance_minor);
  parts.costs_minor = std::min(told.costs_minor, invoice.balance_minor - parts.capital_minor);
  parts.interest_minor = invoice.balance_minor - parts.capital_minor - parts.costs_minor;
  return parts;
}

std::optional<OwedParts> paid_parts(Tx& tx, const Desk& desk, const Creditor& creditor,
                                    const Invoice& invoice, const Payment& payment,
                                    int64_t applied_minor) {
  const DebtHistory before(tx, creditor, invoice, {.payment = &payment}),
      after(tx, creditor, invoice, {.payment = &payment, .is_with = true});
  const auto booked_to = before.booked_to();
  if (!desk.charges || !invoice.due_on || !booked_to) return std::nullopt;
  const CivilDate due_on = payable_until(desk, creditor, invoice),
                  through =
                      std::min(*booked_to, desk.charges->terms.asked_through(payment.paid_on));
  const Interest owed = before.interest(*desk.charges, due_on, through, {}),
                 left = after.interest(*desk.charges, due_on, through, {});
  OwedParts paid = named_parts(*desk.charges);
  paid.capital_minor = owed.capital_minor - left.capital_minor;
  paid.interest_minor = owed.interest_minor - left.interest_minor;
  paid.costs_minor = owed.costs_minor - left.costs_minor;
  const bool is_all = paid.capital_minor + paid.interest_minor + paid.costs_minor == applied_minor;
  return is_all && std::min({paid.capital_minor, paid.interest_minor, paid.costs_minor}) >= 0
             ? std::optional(paid)
             : std::nullopt;
}

void break_down(Tx& tx, const Desk& desk, const Creditor& creditor, const std::string& locale,
                std::span<Invoice> invoices) {
  for (auto& one : invoices) {
    if (one.charged_minor > 0 && one.balance_minor > 0)
      one.breakdown =
          charges::breakdown(owed_parts(tx, desk, creditor, one), one.amount.currency, locale);
  }
}

namespace {

// The plan goes on and asks less at its end (core/agreements): whoever made it may want to share it
// out anew.
void tell_of_lower_plan(Tx& tx, const Creditor& creditor, const Invoice& invoice,
                        int64_t waived_minor, Instant now) {
  const auto agreement = tx.agreements.active_of(creditor.id, invoice.debtor_id);
  if (!agreement || std::ranges::find(agreement->covered, invoice.id) == agreement->covered.end())
    return;
  const std::string locale = locale_of(*tx.debtors.find(creditor.id, invoice.debtor_id), creditor);
  raise_task(
      tx, creditor.id, invoice.debtor_id, store::TaskKind::PlanChanged,
      fmt::format(
          "Se perdonaron {} de la factura {}, que está en un acuerdo de {}: el acuerdo sigue y sus "
          "últimos pagos bajan en esa suma. Si quiere repartirlo de otro modo, haga otro acuerdo.",
          format_money({waived_minor, invoice.amount.currency}, locale), invoice.number,
          format_money(agreement->total, locale)),
      now);
}

}  // namespace

Result<store::Charge> waive_charges(Tx& tx, const Desk& desk, const Creditor& creditor,
                                    const WaiverDeed& deed, Instant now) {
  if (deed.by.empty()) return fail(ErrorCode::Invalid, "falta quién los perdona (by)");
  if (deed.why.empty()) return fail(ErrorCode::Invalid, "falta por qué se perdonan (why)");
  const auto known = tx.invoices.find_by_number(creditor.id, deed.invoice);
  if (!known) return fail(ErrorCode::NotFound, "no existe la factura '{}'", deed.invoice);
  tx.debtors.hold(creditor.id, {known->debtor_id});
  const Invoice invoice = *tx.invoices.find(creditor.id, known->id);
  const OwedParts parts = owed_parts(tx, desk, creditor, invoice);
  const int64_t owed = parts.interest_minor + parts.costs_minor,
                minor = deed.amount_minor.value_or(owed);
  if (owed <= 0)
    return fail(ErrorCode::Conflict, "de la factura '{}' no se deben intereses ni gastos",
                deed.invoice);
  if (minor <= 0 || minor > owed) {
    return fail(ErrorCode::Conflict,
                "no se pueden perdonar {} de la factura '{}': de intereses y gastos se deben {}",
                format_money_at_home({minor, invoice.amount.currency}), deed.invoice,
                format_money_at_home({owed, invoice.amount.currency}));
  }
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  book_charge(tx, creditor, invoice,
              {.kind = ChargeKind::Waiver,
               .at = now,
               .amount_minor = -minor,
               .from = today,
               .to = today,
               .told_by = deed.by,
               .why = deed.why});
  tell_of_lower_plan(tx, creditor, invoice, minor, now);
  note_money(tx, creditor, invoice.debtor_id, now);
  tx.debtors.review_now(creditor.id, invoice.debtor_id, now);
  return tx.charges.of_invoice(creditor.id, invoice.id).back();
}

}  // namespace puntual::engine
