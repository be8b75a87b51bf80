// puntual pay: tells of a payment by hand.
#include <cstdio>

#include "app/payment_job.h"
#include "app/typed_amount.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

// The payment as the API takes it; the currency is the invoice's, read from the database.
Result<json::object> payment_json(const Arguments& arguments, Currency currency, CivilDate today) {
  ASSIGN_OR_RETURN(const int64_t minor, typed_amount(arguments.text("--amount"), currency));
  json::object payment{{"invoice", arguments.text("INVOICE")},
                       {"amount_minor", minor},
                       {"currency", currency.code()},
                       {"method", arguments.text("--method")}};
  if (const std::string by = arguments.text("--by"); !by.empty()) payment["by"] = by;
  CivilDate on = today;
  if (arguments.has("--on")) {
    ASSIGN_OR_RETURN(on, parse_date(arguments.text("--on")));
    payment["paid_on"] = format_date(on);
  }
  const std::string id = arguments.text("--id");
  if (arguments.has("--another")) payment["another"] = true;
  payment["id"] =
      id.empty() ? fmt::format("cli|{}|{}|{}", arguments.text("INVOICE"), format_date(on), minor)
                 : id;
  return payment;
}

Result<Currency> invoice_currency(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  const std::string number = arguments.text("INVOICE");
  ASSIGN_OR_RETURN(const auto invoice, deployment->store->read([&](Tx& tx) {
    return tx.invoices.find_by_number(deployment->config.creditor.id, number);
  }));
  if (!invoice) return fail(ErrorCode::NotFound, "invoice '{}' does not exist", number);
  return invoice->amount.currency;
}

Result<std::string> tell_payment(const Arguments& arguments, const std::string& body) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) return remote->post("/v1/payments", {}, "application/json", body);
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return run_payment_job(*deployment->store, *deployment->desk, creditor, body,
                         deployment->clock.now());
}

Result<int> run_pay(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Currency currency, invoice_currency(arguments));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  const CivilDate today = Zone::of(config.creditor.zone).local(Clock().now()).date;
  ASSIGN_OR_RETURN(const json::object payment, payment_json(arguments, currency, today));
  ASSIGN_OR_RETURN(const std::string text, tell_payment(arguments, to_json(payment)));
  ASSIGN_OR_RETURN(const json::value answer, parse_json(text));
  if (!text_in(answer, "held").empty()) {
    const std::string subject = text_in(answer, "subject");
    std::fprintf(stderr,
                 "No se anotó: ya hay un pago igual de esta persona por estos días. Si es el "
                 "mismo: puntual payments dismiss '%s'. Si es otro: repita con --another.\n",
                 subject.c_str());
    return kOk;
  }
  if (!member_bool(answer, "new").value_or(false)) {
    std::fprintf(stderr,
                 "Ya estaba registrado; nada cambió. Si es otro pago igual el mismo día, dele su "
                 "propio --id.\n");
    return kOk;
  }
  if (member_int(answer, "lowered_minor") == 0 && member_int(answer, "unapplied_minor") == 0) {
    std::printf("Pago anotado. La cartera ya traía esa factura pagada: la deuda no cambia.\n");
    return kOk;
  }
  std::printf(
      "Pago recibido: baja la deuda en %s; sin aplicar %s\n",
      format_money_at_home({member_int(answer, "lowered_minor").value_or(0), currency}).c_str(),
      format_money_at_home({member_int(answer, "unapplied_minor").value_or(0), currency}).c_str());
  return kOk;
}

}  // namespace

Command pay_command() {
  return {
      .name = "pay",
      .summary = "Record a payment: settles invoices, stops what is queued, says thank you once",
      .positionals = {"INVOICE"},
      .options = with_deployment_options(
          {{"--amount", "N", "What was paid, in the invoice's currency", true},
           {"--method", "TEXT", "How it was paid", false, "manual"},
           {"--on", "YYYY-MM-DD", "The day it was paid; now when left out"},
           {"--id", "TEXT", "Your own id of the payment: telling it twice counts once"},
           {"--by", "NAME", "Who says so, for the record"},
           {"--another", "",
            "It is not the payment of the same sum that the books have of these days"}}),
      .examples = "  puntual pay F-1042 --amount 150000 --method PSE --by ana\n",
      .run = run_pay};
}

}  // namespace puntual::cli
