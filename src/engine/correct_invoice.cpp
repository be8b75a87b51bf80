#include "engine/correct_invoice.h"

#include <algorithm>

#include "base/json.h"
#include "base/locale.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/apply_money.h"
#include "engine/charge_overdue.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/person_reply.h"
#include "engine/settle_payments.h"
#include "engine/task_commands.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kStep = "claim_right";
constexpr int64_t kToldWithinMs = 4 * kDayMs;  // As a thank-you: later it would only puzzle.

// One deed, with the person held.
class InvoiceCorrection {
 public:
  InvoiceCorrection(Tx& tx, const Desk& desk, const Creditor& creditor, const CorrectionDeed& deed,
                    Invoice invoice, Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        deed_(deed),
        invoice_(std::move(invoice)),
        to_minor_(deed.amount_minor.value_or(0)),
        now_(now) {}

  Result<CorrectedInvoice> run() {
    const int64_t from = invoice_.amount.minor, owed = invoice_.balance_minor;
    const auto before = correction_in_force(tx_, creditor_.id, invoice_.id, from);
    const int64_t told = before ? before->told_minor : from;
    RETURN_IF_ERROR(may_be(from, told));
    take_money_back();
    set_amount();
    RETURN_IF_ERROR(tell_charges_anew());
    write_down(from, told);
    share_money_out();
    settle(owed);
    CorrectedInvoice done{.invoice = *tx_.invoices.find(creditor_.id, invoice_.id),
                          .from_minor = from};
    if (!deed_.keeps_dispute) RETURN_IF_ERROR(close_dispute(done));
    if (done.closed_dispute) done.is_told = tell(done.invoice);
    return done;
  }

 private:
  Result<void> may_be(int64_t from, int64_t told) const {
    const auto money = [&](int64_t minor) {
      return format_money_at_home({minor, invoice_.amount.currency});
    };
    if (invoice_.state == InvoiceState::WrittenOff)
      return fail(ErrorCode::Conflict, "la factura '{}' se dio por perdida: ya no se cobra",
                  invoice_.number);
    if (to_minor_ == from)
      return fail(ErrorCode::Conflict, "la factura '{}' {}", invoice_.number,
                  from == 0 ? "ya está retirada" : "ya tiene ese valor: " + money(from));
    if (to_minor_ > told) {
      return fail(ErrorCode::Invalid,
                  "la factura '{}' es de {} según la cartera: más que eso solo lo dice la cartera "
                  "(cárguela con el valor nuevo)",
                  invoice_.number, money(told));
    }
    return {};
  }

  // What it cannot hold any more, or what has paid interest of a wrong sum: all of it waits, and is
  // shared out anew.
  void take_money_back() {
    const InvoiceBalance balance = tx_.invoices.balance_of(creditor_.id, invoice_.id);
    if (balance.paid_minor <= to_minor_ && balance.charged_minor == 0) return;
    for (auto& payment : tx_.payments.of_debtor(creditor_.id, invoice_.debtor_id)) {
      for (const auto& [id, minor] : tx_.payments.applied_of(creditor_.id, payment.id)) {
        if (id != invoice_.id) continue;
        Reversal reversal{.id = tx_.ids.next<ReversalId>(now_),
                          .creditor_id = creditor_.id,
                          .payment_id = payment.id,
                          .debtor_id = payment.debtor_id,
                          .kind = ReversalKind::Reassigned,
                          .amount_minor = minor,
                          .source_id = {},
                          .at = now_,
                          .told_by = deed_.by,
                          .why = deed_.why};
        reversal.source_id = fmt::format("correct-{}", reversal.id.value);
        PUNTUAL_CHECK(tx_.payments.add_reversal(reversal));
        take_part_back(tx_, reversal, payment, id, minor, Account::Unapplied);
        payment.unapplied_minor += minor;
        tx_.payments.set_unapplied(creditor_.id, payment.id, payment.debtor_id,
                                   payment.unapplied_minor);
      }
    }
  }

  void set_amount() {
    const InvoiceBalance before = tx_.invoices.balance_of(creditor_.id, invoice_.id);
    InvoiceBalance after = before;
    after.amount_minor = to_minor_;
    invoice_.breakdown.clear();  // The file's, of the wrong figure.
    tx_.invoices.update(creditor_.id, invoice_, after);
    tx_.ledger.append(creditor_.id,
                      ledger::entries_of_file_change(before, after,
                                                     {.amount = {0, invoice_.amount.currency},
                                                      .debtor_id = invoice_.debtor_id,
                                                      .invoice_id = invoice_.id,
                                                      .payment_id = {}}),
                      now_, tx_.ids);
  }

  // Of a debt that never was, nothing was late either, whatever rules hold today.
  Result<void> tell_charges_anew() {
    if (invoice_.due_on) charge_anew(tx_, desk_, creditor_, invoice_.id, *invoice_.due_on, now_);
    if (to_minor_ > 0 || tx_.invoices.find(creditor_.id, invoice_.id)->balance_minor == 0)
      return {};
    ASSIGN_OR_RETURN(
        auto waived,
        waive_charges(
            tx_, desk_, creditor_,
            {.invoice = invoice_.number, .by = deed_.by, .why = deed_.why, .amount_minor = {}},
            now_));
    (void)waived;
    return {};
  }

  void write_down(int64_t from, int64_t told) {
    store::Corrections(tx_.db).add({.id = tx_.ids.next<InvoiceId>(now_).value,
                                    .creditor_id = creditor_.id,
                                    .debtor_id = invoice_.debtor_id,
                                    .invoice_id = invoice_.id,
                                    .at = now_,
                                    .told_minor = told,
                                    .from_minor = from,
                                    .to_minor = to_minor_,
                                    .told_by = deed_.by,
                                    .why = deed_.why});
    const auto money = [&](int64_t minor) {
      return format_plain({minor, invoice_.amount.currency});
    };
    tx_.timeline.append(
        {.creditor_id = creditor_.id,
         .debtor_id = invoice_.debtor_id,
         .at = now_,
         .kind = to_minor_ == 0 ? "invoice_withdrawn" : "invoice_corrected",
         .invoice_id = invoice_.id,
         .detail = fmt::format("{} to {} by {}", money(from), money(to_minor_), deed_.by)},
        tx_.ids);
  }

  // First of what it was paid for, then of the person's other debts; the rest is for them, and
  // somebody says what becomes of it.
  void share_money_out() {
    const DebtorId debtor = invoice_.debtor_id;
    apply_waiting_money(tx_, desk_, creditor_, *tx_.invoices.find(creditor_.id, invoice_.id), now_);
    std::vector<InvoiceId> others;
    for (const auto& one : tx_.invoices.open_of(creditor_.id, debtor)) others.push_back(one.id);
    spend_credit(tx_, desk_, creditor_, debtor, others, now_);
    Money left{0, invoice_.amount.currency};
    for (const auto& one : tx_.payments.of_debtor(creditor_.id, debtor)) {
      if (one.amount.currency == left.currency) left.minor += one.unapplied_minor;
    }
    if (left.minor == 0) return;
    raise_task(tx_, creditor_.id, debtor, store::TaskKind::ExtraPayment,
               fmt::format("Se corrigió la factura {}, y de lo que se había pagado sobran {}: "
                           "quedan a favor de la persona.",
                           invoice_.number, format_money_at_home(left)),
               now_);
  }

  // What is planned about it is true no longer; a plan that holds it goes on and asks less at its
  // end.
  void settle(int64_t owed_before) {
    const DebtorId debtor = invoice_.debtor_id;
    for (const auto id :
         tx_.outbox.cancel_planned_about(creditor_.id, debtor, invoice_.id, now_, "DEBT_CHANGED")) {
      note_cancelled(tx_, creditor_.id, debtor, id, now_, "DEBT_CHANGED");
    }
    retell_thanks(tx_, desk_, creditor_, debtor, now_);
    const auto agreement = tx_.agreements.active_of(creditor_.id, debtor);
    if (agreement &&
        std::ranges::find(agreement->covered, invoice_.id) != agreement->covered.end()) {
      const int64_t less =
          owed_before - tx_.invoices.find(creditor_.id, invoice_.id)->balance_minor;
      raise_task(
          tx_, creditor_.id, debtor, store::TaskKind::PlanChanged,
          fmt::format("Se corrigió la factura {}, que está en un acuerdo de {}: de ella se "
                      "deben {} menos. Si quiere repartirlo de otro modo, haga otro acuerdo.",
                      invoice_.number, format_money_at_home(agreement->total),
                      format_money_at_home({less, invoice_.amount.currency})),
          now_);
    }
    tx_.agreements.review_now(creditor_.id, debtor, now_);
    note_money(tx_, creditor_, debtor, now_);
    tx_.debtors.review_now(creditor_.id, debtor, now_);
  }

  Result<void> close_dispute(CorrectedInvoice& done) {
    const auto debtor = *tx_.debtors.find(creditor_.id, invoice_.debtor_id);
    for (const auto record : tx_.debtors.records_of(debtor)) {
      for (const auto& task : tx_.tasks.of_debtor(creditor_.id, record)) {
        if (task.kind != store::TaskKind::Dispute || task.closed_at) continue;
        RETURN_IF_ERROR(
            close_task(tx_, creditor_, task.id, TaskOutcome::Right, deed_.by, now_, "ledger"));
        done.closed_dispute = true;
      }
    }
    return {};
  }

  // In the open chat as an answer; else as what it is, the word that a matter is settled: it asks
  // for nothing, and finding that nothing is owed is no reason to keep it back.
  bool tell(const Invoice& now_owed) {
    const auto debtor = tx_.debtors.find(creditor_.id, invoice_.debtor_id);
    if (debtor->erased_at) return false;
    const std::string_view text =
        now_owed.balance_minor > 0 ? "reclamo_corregido_v1" : "reclamo_sin_saldo_v1";
    const std::string key = fmt::format("{}:{}:{}", kStep, invoice_.id.value, now_.ms);
    const auto facts = contact_facts(tx_, *debtor, now_, desk_.law);
    if (service_window(facts.last_inbound_at, now_)) {
      return answer_now(tx_, desk_, creditor_, debtor->id,
                        {.template_name = text,
                         .step = kStep,
                         .dedupe_key = key,
                         .invoices = std::span(&now_owed, 1)},
                        now_);
    }
    auto message = compose(tx_, desk_,
                           {.creditor = &creditor_,
                            .debtor = &*debtor,
                            .invoices = std::span(&now_owed, 1),
                            .template_name = text,
                            .fallback_template = {},
                            .today = home_zone(*debtor, creditor_).local(now_).date});
    if (!message) {
      note(tx_, creditor_.id, debtor->id, now_, "text_failed", text);
      return false;
    }
    message->id = tx_.ids.next<MessageId>(now_);
    message->purpose = Purpose::PaymentConfirmation;
    message->dedupe_key = key;
    message->step = kStep;
    message->planned_at = message->not_before = now_;
    message->expires_at = now_ + kToldWithinMs;
    PUNTUAL_CHECK(tx_.outbox.insert(*message));
    tx_.timeline.append({.creditor_id = creditor_.id,
                         .debtor_id = debtor->id,
                         .at = now_,
                         .kind = "proposed",
                         .message_id = message->id,
                         .detail = std::string(kStep)},
                        tx_.ids);
    return true;
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const CorrectionDeed& deed_;
  Invoice invoice_;
  const int64_t to_minor_;
  const Instant now_;
};

}  // namespace

Result<CorrectedInvoice> correct_invoice(Tx& tx, const Desk& desk, const Creditor& creditor,
                                         const CorrectionDeed& deed, Instant now) {
  if (deed.by.empty()) return fail(ErrorCode::Invalid, "falta quién lo hace (by)");
  if (deed.why.empty()) return fail(ErrorCode::Invalid, "falta por qué se corrige (why)");
  if (deed.amount_minor && *deed.amount_minor <= 0)
    return fail(ErrorCode::Invalid,
                "el valor correcto es más que cero; si no se debe nada, retire la factura "
                "(puntual invoice withdraw)");
  const auto known = tx.invoices.find_by_number(creditor.id, deed.invoice);
  if (!known) return fail(ErrorCode::NotFound, "no existe la factura '{}'", deed.invoice);
  tx.debtors.hold_with_kin(creditor.id, known->debtor_id);
  return InvoiceCorrection(tx, desk, creditor, deed, *tx.invoices.find(creditor.id, known->id), now)
      .run();
}

std::optional<store::Correction> correction_in_force(Tx& tx, CreditorId creditor, InvoiceId invoice,
                                                     int64_t amount_minor) {
  const auto all = store::Corrections(tx.db).of_invoice(creditor, invoice);
  if (all.empty() || all.back().to_minor != amount_minor || amount_minor == all.back().told_minor)
    return std::nullopt;
  return all.back();
}

}  // namespace puntual::engine
