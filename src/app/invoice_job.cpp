#include "app/invoice_job.h"

#include "base/json.h"
#include "core/access/two_people.h"
#include "core/portfolio/told_state.h"
#include "engine/charge_overdue.h"
#include "engine/correct_invoice.h"
#include "engine/explain_balance.h"
#include "engine/write_off.h"

namespace puntual {
namespace {

constexpr int kWriteOffsMax = 500;

class InvoiceJob {
 public:
  InvoiceJob(Tx& tx, const Desk& desk, const Creditor& creditor, const json::value& asked,
             bool needs_four_eyes, Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        asked_(asked),
        needs_four_eyes_(needs_four_eyes),
        now_(now),
        zone_(Zone::of(creditor.zone)) {}

  Result<json::object> run() {
    const std::string action = text("action");
    const engine::WriteOffDeed deed{
        .invoice = text("number"), .by = text("by"), .needs_four_eyes = needs_four_eyes_};
    if (action == "show") return show();
    if (action == "waive") return waive();
    if (action == "correct" || action == "withdraw") return correct(action == "correct");
    if (action == "write_offs") return list();
    if (action == "write_off")
      return whole(engine::request_write_off(tx_, creditor_, deed, text("why"), now_));
    if (action == "approve") return whole(engine::approve_write_off(tx_, creditor_, deed, now_));
    if (action == "refuse") return whole(engine::refuse_write_off(tx_, creditor_, deed, now_));
    return fail(ErrorCode::Invalid,
                "action '{}' is unknown (expected show, waive, correct, withdraw, write_off, "
                "approve, refuse or "
                "write_offs)",
                action);
  }

 private:
  std::string text(std::string_view key) const { return member_text(asked_, key).value_or(""); }
  std::string local(Instant at) const { return format_rfc3339(at, zone_.offset_at(at)); }

  Result<json::object> show() {
    ASSIGN_OR_RETURN(const ExplainedBalance explained,
                     engine::explain_balance(tx_, creditor_, text("number")));
    const Invoice& invoice = explained.invoice;
    const OwedParts parts = engine::owed_parts(tx_, desk_, creditor_, invoice);
    json::array entries;
    for (const auto& line : explained.lines) {
      entries.push_back(
          {{"at", local(line.at)},
           {"what_es", line.what_es},
           {"change_minor", line.change_minor},
           {"balance_minor", line.balance_minor},
           {"payment", line.payment_id ? json::value(std::to_string(line.payment_id.value))
                                       : json::value(nullptr)}});
    }
    return json::object{
        {"number", invoice.number},
        {"debtor", std::to_string(invoice.debtor_id.value)},
        {"state", told_state(invoice.amount.minor, invoice.state)},
        {"currency", invoice.amount.currency.code()},
        {"amount_minor", invoice.amount.minor},
        {"balance_minor", invoice.balance_minor},
        {"charged_minor", invoice.charged_minor},
        {"owed", json::object{{"capital_minor", parts.capital_minor},
                              {"interest_minor", parts.interest_minor},
                              {"costs_minor", parts.costs_minor},
                              {"interest_name", charges::interest_name(parts, creditor_.locale)},
                              {"costs_name", charges::costs_name(parts, creditor_.locale)}}},
        {"adds_up", explained.adds_up()},
        {"entries", std::move(entries)}};
  }

  Result<json::object> waive() {
    ASSIGN_OR_RETURN(const store::Charge waived,
                     engine::waive_charges(tx_, desk_, creditor_,
                                           {.invoice = text("number"),
                                            .by = text("by"),
                                            .why = text("why"),
                                            .amount_minor = member_int(asked_, "amount_minor")},
                                           now_));
    const auto invoice = tx_.invoices.find(creditor_.id, waived.invoice_id);
    return json::object{{"number", invoice->number},
                        {"currency", invoice->amount.currency.code()},
                        {"waived_minor", -waived.amount_minor},
                        {"balance_minor", invoice->balance_minor}};
  }

  Result<json::object> correct(bool has_amount) {
    const auto amount = member_int(asked_, "amount_minor");
    if (has_amount && !amount)
      return fail(ErrorCode::Invalid, "falta el valor correcto (amount_minor)");
    ASSIGN_OR_RETURN(const engine::CorrectedInvoice done,
                     engine::correct_invoice(
                         tx_, desk_, creditor_,
                         {.invoice = text("number"),
                          .by = text("by"),
                          .why = text("why"),
                          .amount_minor = has_amount ? amount : std::nullopt,
                          .keeps_dispute = member_bool(asked_, "keeps_dispute").value_or(false)},
                         now_));
    return json::object{{"number", done.invoice.number},
                        {"state", told_state(done.invoice.amount.minor, done.invoice.state)},
                        {"currency", done.invoice.amount.currency.code()},
                        {"amount_before_minor", done.from_minor},
                        {"amount_minor", done.invoice.amount.minor},
                        {"balance_minor", done.invoice.balance_minor},
                        {"closed_dispute", done.closed_dispute},
                        {"is_told", done.is_told}};
  }

  Result<json::object> list() {
    const std::string asked = text("state");
    std::optional<store::WriteOffState> state;
    for (const auto one : {store::WriteOffState::Requested, store::WriteOffState::Approved,
                           store::WriteOffState::Refused}) {
      if (store::text_of(one) == asked) state = one;
    }
    if (!state && asked != "all")
      return fail(ErrorCode::Invalid,
                  "state '{}' is unknown (expected requested, approved, refused or all)", asked);
    json::array all;
    for (const auto& one : tx_.write_offs.latest(creditor_.id, state, kWriteOffsMax)) {
      ASSIGN_OR_RETURN(json::object row, whole(one));
      all.push_back(std::move(row));
    }
    return json::object{{"write_offs", std::move(all)}};
  }

  Result<json::object> whole(const Result<store::WriteOff>& done) {
    if (!done) return std::unexpected(done.error());
    const auto invoice = tx_.invoices.find(creditor_.id, done->invoice_id);
    return json::object{{"number", invoice->number},
                        {"currency", invoice->amount.currency.code()},
                        {"amount_minor", done->amount_minor},
                        {"state", store::text_of(done->state)},
                        {"why", done->why},
                        {"requested_by", done->requested_by},
                        {"requested_at", local(done->requested_at)},
                        {"decided_by", done->decided_by},
                        {"decided_at", done->decided_at ? json::value(local(*done->decided_at))
                                                        : json::value(nullptr)}};
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const json::value& asked_;
  const bool needs_four_eyes_;
  const Instant now_;
  const Zone zone_;
};

}  // namespace

Result<std::string> run_invoice_job(Store& store, const Desk& desk, const Creditor& creditor,
                                    std::string_view body, const InvoiceAsker& asker, Instant now) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  const std::string action = member_text(asked, "action").value_or("");
  if (action == "write_off" || action == "approve")
    RETURN_IF_ERROR(access::may_be_one_of_two(asker.by, asker.needs_four_eyes));
  if (action == "correct" || action == "withdraw" || action == "waive")
    RETURN_IF_ERROR(access::may_take_debt_away(asker.by, asker.needs_four_eyes));
  const auto run = [&](Tx& tx) {
    return InvoiceJob(tx, desk, creditor, asked, asker.needs_four_eyes, now).run();
  };
  const bool only_reads = action == "show" || action == "write_offs";
  ASSIGN_OR_RETURN(const json::object answer, only_reads ? store.read(run) : store.write(run));
  return to_json(answer);
}

}  // namespace puntual
