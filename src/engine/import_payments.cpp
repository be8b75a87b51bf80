// The rows of a file of payments.
#include "engine/held_money.h"
#include "engine/import_parts.h"

namespace puntual::engine {
namespace {

constexpr size_t kThanksAtOnce = 500;  // People.

class PaymentsBlock {
 public:
  PaymentsBlock(Tx& tx, const ImportSetting& setting)
      : tx_(tx), setting_(setting), creditor_(setting.creditor) {}

  Result<BlockOutcome> run(CheckedBlock<CheckedPayment>& block) {
    for (const auto& checked : block.all()) {
      if (!checked.reject.empty()) {
        ++out_.report.rejected;
        out_.report.rejects += checked.reject;
      } else if (checked.repeats != Repeats::Nothing) {
        ++out_.report.duplicate;
      } else {
        RETURN_IF_ERROR(take(checked));
      }
    }
    out_.report.rows = block.counts.rows;
    out_.report.ignored = block.counts.ignored;
    note_block(tx_, setting_, block.block, block.sha256, out_);
    return std::move(out_);
  }

 private:
  Result<void> take(const CheckedPayment& checked) {
    const PaymentRow& row = checked.row;
    const auto invoice = tx_.invoices.find_by_number(creditor_.id, row.invoice_number);
    if (invoice && invoice->amount.currency != row.currency) {
      reject(out_, setting_, checked, row.line, "payment_other_currency",
             fmt::format("El pago está en {} y la factura en {}.", row.currency.code(),
                         invoice->amount.currency.code()));
      return {};
    }
    PaymentInput input{.source = "file",
                       .source_id = checked.source_id,
                       .reference = row.invoice_number,
                       .debtor_id = payer(row),
                       .amount = {row.amount_minor, row.currency},
                       .method = row.method,
                       .paid_on = row.paid_on,
                       .paid_at = {}};
    if (row.paid_ms_of_day) input.paid_at = zone_.instant(row.paid_on, *row.paid_ms_of_day);
    const auto held = hold_if_told_before(tx_, creditor_, input, setting_.now);
    if (!held && held.error().code == ErrorCode::Conflict) {
      reject(out_, setting_, checked, row.line, "payment_told_otherwise",
             "Un pago con esta misma referencia, por otro valor, espera a que alguien lo compare "
             "(puntual payments unmatched).");
      return {};
    }
    ASSIGN_OR_RETURN(const auto waiting, held);
    if (waiting) {
      ++out_.report.unchanged;
      if (!waiting->known.trouble.empty()) ++out_.report.held;
      out_.has_written = out_.has_written || waiting->twin;
      return {};
    }
    ASSIGN_OR_RETURN(SettledPayment settled,
                     settle_payment(tx_, setting_.desk, creditor_, input, setting_.now));
    ++(settled.is_new ? out_.report.created : out_.report.unchanged);
    portfolio::add_total(out_.report.totals, row.currency, row.amount_minor, 0);
    if (!settled.is_new) return {};
    out_.has_written = true;
    if (settled.payment.unapplied_minor > 0)
      ++(invoice ? out_.report.left_over : out_.report.waiting);
    const bool is_recent = today_ - row.paid_on <= setting_.desk.settings.thanks_days_max +
                                                       1;  // It may be another day where they live.
    if (is_recent && settled.payment.debtor_id && settled.lowered_minor > 0)
      out_.settled.push_back(std::move(settled));
    return {};
  }

  DebtorId payer(const PaymentRow& row) {
    if (row.document.empty()) return {};
    return tx_.debtors.find_by(creditor_.id, IdentifierKind::Document, row.document)
        .value_or(DebtorId{});
  }

  Tx& tx_;
  const ImportSetting& setting_;
  const Creditor& creditor_;
  const Zone zone_ = Zone::of(creditor_.zone);
  const CivilDate today_ = zone_.local(setting_.now).date;
  BlockOutcome out_;
};

}  // namespace

Result<BlockOutcome> PaymentsPart::apply(Tx& tx, CheckedBlock<CheckedPayment>& block,
                                         Together&) const {
  return PaymentsBlock(tx, setting_).run(block);
}

void PaymentsPart::keep(BlockOutcome&& outcome) {
  for (auto& payment : outcome.settled)
    settled_[payment.payment.debtor_id].push_back(std::move(payment));
}

// One thank-you a person, for all that this file brings of them.
Result<DebtorId> PaymentsPart::finish(Tx& tx, DebtorId after) const {
  std::vector<DebtorId> people;
  for (auto at = settled_.upper_bound(after); at != settled_.end() && people.size() < kThanksAtOnce;
       ++at)
    people.push_back(at->first);
  tx.debtors.hold(setting_.creditor.id, people);
  for (const auto id : people)
    thank(tx, setting_.desk, setting_.creditor, settled_.at(id), setting_.now);
  return people.empty() ? DebtorId{} : people.back();
}

}  // namespace puntual::engine
