// puntual pay: tells of a payment by hand.
#include <cstdio>

#include "cli/deployment.h"
#include "engine/settle_payments.h"

namespace puntual::cli {
namespace {

Result<PaymentInput> input_of(const Arguments& arguments, const Invoice& invoice, Zone zone, Instant now) {
  PaymentInput input{.source = "cli", .reference = invoice.number, .method = arguments.text("--method")};
  input.amount.currency = invoice.amount.currency;
  // A person types "150000", "150.000" or "150000.50": the mark is a decimal one only before one or two digits at the end.
  const std::string text = arguments.text("--amount");
  const auto dot = text.rfind('.');
  const char mark = dot != std::string::npos && text.size() - dot <= 3 ? '.' : ',';
  ASSIGN_OR_RETURN(input.amount.minor, parse_minor(text, input.amount.currency, mark));
  input.paid_on = zone.local(now).date;
  if (const std::string on = arguments.text("--on"); !on.empty()) {
    ASSIGN_OR_RETURN(input.paid_on, parse_date(on));
  } else {
    input.paid_at = now;
  }
  input.source_id = arguments.text("--id");
  if (input.source_id.empty()) input.source_id = fmt::format("{}|{}|{}", invoice.number, format_date(input.paid_on), input.amount.minor);
  return input;
}

Result<int> run_pay(const Arguments& arguments) {
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  const std::string number = arguments.text("INVOICE");
  ASSIGN_OR_RETURN(const SettledPayment settled, deployment->store->write([&](Tx& tx) -> Result<SettledPayment> {
    const auto invoice = tx.invoices.find_by_number(creditor.id, number);
    if (!invoice) return fail(ErrorCode::NotFound, "invoice '{}' does not exist", number);
    ASSIGN_OR_RETURN(const PaymentInput input, input_of(arguments, *invoice, Zone::of(creditor.zone), now));
    return engine::record_payment(tx, *deployment->desk, creditor, input, now);
  }));
  if (!settled.is_new) {
    std::fprintf(stderr, "Ya estaba registrado; nada cambió. Si es otro pago igual el mismo día, dele su propio --id.\n");
  } else {
    std::printf("%s recibido; baja la deuda en %s; sin aplicar %s\n", format_plain(settled.payment.amount).c_str(),
                format_plain({settled.lowered_minor, settled.payment.amount.currency}).c_str(),
                format_plain({settled.payment.unapplied_minor, settled.payment.amount.currency}).c_str());
  }
  return kOk;
}

}  // namespace

Command pay_command() {
  return {.name = "pay",
          .summary = "Record a payment: settles invoices, stops what is queued, says thank you once",
          .positionals = {"INVOICE"},
          .options = with_deployment_options({{"--amount", "N", "What was paid, in the invoice's currency", true},
                                              {"--method", "TEXT", "How it was paid", false, "manual"},
                                              {"--on", "YYYY-MM-DD", "The day it was paid; now when left out"},
                                              {"--id", "TEXT", "Your own id of the payment: telling it twice counts once"}}),
          .examples = "  puntual pay F-1042 --amount 150000 --method PSE\n",
          .run = run_pay};
}

}  // namespace puntual::cli
