// puntual payments: the money that came in, what was asked for at providers, and what waits for a
// person.
#include <cstdio>
#include <fstream>

#include "app/payments_job.h"
#include "app/typed_amount.h"
#include "app/user_job.h"
#include "app/words.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "cli/open_providers.h"
#include "cli/remote.h"
#include "engine/provider_news.h"
#include "engine/refunds.h"

namespace puntual::cli {
namespace {

// Nobody else is there to ask the providers: what is due is given back and looked up here and now.
Result<void> ask_providers_here(Deployment& deployment, const Creditor& creditor) {
  RETURN_IF_ERROR(
      engine::make_refunds(*deployment.store, *deployment.desk, creditor, deployment.clock.now()));
  for (int looked_up = 1; looked_up > 0;) {
    ASSIGN_OR_RETURN(const ToldReport report,
                     engine::look_up_payments(*deployment.store, *deployment.desk, creditor,
                                              deployment.clock.now()));
    looked_up = report.looked_up;
  }
  return {};
}

Result<std::string> ask_server_for_payments(const Remote& remote, std::string_view action,
                                            json::object job) {
  if (action == "list") return remote.get("/v1/payments", {{"subject", text_in(job, "subject")}});
  if (action == "unmatched") return remote.get("/v1/payments/unmatched");
  const std::string path = "/v1/payments/" + Remote::escaped(taken(job, "subject"));
  if (action == "show") return remote.get(path);
  return remote.post(fmt::format("{}/{}", path, action), {}, "application/json", to_json(job));
}

Result<json::value> ask_payments(const Arguments& arguments, std::string_view action,
                                 json::object job) {
  job["by"] = arguments.has("--by") ? arguments.text("--by") : "operator";
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    ASSIGN_OR_RETURN(const std::string answer,
                     ask_server_for_payments(*remote, action, std::move(job)));
    return parse_json(answer);
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const auto run = [&](std::string_view wanted) -> Result<json::value> {
    job["action"] = wanted;
    ASSIGN_OR_RETURN(const std::string answer,
                     run_payments_job(*deployment->store, *deployment->desk, creditor, to_json(job),
                                      deployment->clock.now(),
                                      {operator_principal(), deployment->config.needs_four_eyes}));
    return parse_json(answer);
  };
  const bool asks_providers = action == "check" || action == "refund";
  if (asks_providers) {
    ASSIGN_OR_RETURN(deployment->desk->providers,
                     open_providers(deployment->config.payments, deployment->clock));
  }
  ASSIGN_OR_RETURN(json::value answer, run(action));
  if (asks_providers) {
    RETURN_IF_ERROR(ask_providers_here(*deployment, creditor));
    ASSIGN_OR_RETURN(answer, run("show"));
  }
  return answer;
}

std::string money_of_json(const json::value& from, std::string_view key = "amount_minor") {
  const auto currency = Currency::parse(text_in(from, "currency"));
  return currency ? format_money_at_home({member_int(from, key).value_or(0), *currency})
                  : std::string();
}

// What it pays by now: "F-1 $ 100, F-2 $ 50"; or what it named, as long as it pays nothing.
std::string paid_by(const json::value& payment) {
  std::string text;
  if (const auto* applied = member_array(payment, "applied")) {
    for (const auto& one : *applied) {
      const json::object part{{"currency", text_in(payment, "currency")},
                              {"amount_minor", member_int(one, "amount_minor").value_or(0)}};
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", text_in(one, "invoice"),
                          money_of_json(part));
    }
  }
  return text.empty() ? text_in(payment, "reference") : text;
}

void print_payment(const json::value& one) {
  std::printf("%s  %s  %s  %s %s  %s", text_in(one, "id").c_str(), text_in(one, "paid_on").c_str(),
              money_of_json(one).c_str(), text_in(one, "source").c_str(),
              text_in(one, "source_id").c_str(), paid_by(one).c_str());
  if (member_int(one, "unapplied_minor").value_or(0) > 0)
    std::printf("  sin aplicar %s", money_of_json(one, "unapplied_minor").c_str());
  if (member_int(one, "returned_minor").value_or(0) > 0)
    std::printf("  devuelto %s", money_of_json(one, "returned_minor").c_str());
  if (!text_in(one, "trouble").empty()) std::printf("  %s", text_in(one, "trouble").c_str());
  std::printf("\n");
}

void print_request(const json::value& one) {
  std::printf("%s  %s  %s  %s  %s%s%s\n", text_in(one, "reference").c_str(),
              text_in(one, "created_at").c_str(), text_in(one, "provider").c_str(),
              text_in(one, "state").c_str(), money_of_json(one).c_str(),
              text_in(one, "trouble").empty() ? "" : "  ", text_in(one, "trouble").c_str());
}

void print_known(const json::value& one) {
  std::printf("%s/%s  %s  %s  %s%s%s\n", text_in(one, "provider").c_str(),
              text_in(one, "provider_payment_id").c_str(), text_in(one, "state").c_str(),
              money_of_json(one).c_str(), text_in(one, "changed_at").c_str(),
              text_in(one, "trouble").empty() ? "" : "  ", text_in(one, "trouble").c_str());
}

void print_refund(const json::value& one) {
  const std::string state = text_in(one, "state"), trouble = text_in(one, "trouble");
  std::printf("%s  %s  %s%s%s\n", text_in(one, "at").c_str(), money_of_json(one).c_str(),
              state == "given"       ? "aceptada por el proveedor"
              : state == "refused"   ? "rechazada"
              : state == "requested" ? "por aprobar"
                                     : "pedida",
              trouble.empty() ? "" : ": ", trouble.c_str());
}

template <class Print>
size_t print_all(const json::value& answer, std::string_view key, const char* title, Print print) {
  const auto* all = member_array(answer, key);
  if (all == nullptr || all->empty()) return 0;
  std::printf("%s\n", title);
  for (const auto& one : *all) print(one);
  return all->size();
}

int print_subject(const Arguments& arguments, const json::value& answer) {
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  if (const auto* one = member(answer, "payment")) print_payment(*one);
  if (const auto* one = member(answer, "at_provider")) print_known(*one);
  if (const auto* one = member(answer, "request")) print_request(*one);
  (void)print_all(answer, "refunds", "Devoluciones:", print_refund);
  (void)print_all(answer, "attempts", "Intentos de pago:", print_known);
  return kOk;
}

Result<int> run_payments_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_payments(arguments, "list", {{"subject", arguments.text("--of")}}));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  const size_t shown =
      print_all(answer, "payments", "Pagos recibidos:", print_payment) +
      print_all(answer, "held",
                "Sin anotar, por revisar (puntual payments unmatched):", print_known) +
      print_all(answer, "dismissed",
                "Revisados por una persona y sin anotar aparte (ya estaban, o no eran de aquí):",
                print_known) +
      print_all(answer, "requests", "Cobros creados en un proveedor:", print_request);
  if (shown == 0) std::printf("No hay pagos.\n");
  return kOk;
}

Result<int> run_payments_unmatched(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer, ask_payments(arguments, "unmatched", {}));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  const auto print_check = [](const json::value& one) {
    std::printf("%s  %s  desde %s  %s\n", text_in(one, "provider").c_str(),
                text_in(one, "subject").c_str(), text_in(one, "since").c_str(),
                text_in(one, "trouble").c_str());
  };
  const auto print_asked = [](const json::value& one) {
    std::printf("%s  %s  %s  pidió %s: %s\n", text_in(one, "payment").c_str(),
                text_in(one, "at").c_str(), money_of_json(one).c_str(), text_in(one, "by").c_str(),
                text_in(one, "why").c_str());
  };
  const size_t shown =
      print_all(answer, "payments",
                "De nadie conocido; aplíquelo con «puntual payments assign»:", print_payment) +
      print_all(answer, "credits",
                "Sobran a favor de quien pagó; «puntual payments assign» dice qué pagan, la tarea "
                "se cierra en la bandeja:",
                print_payment) +
      print_all(answer, "held",
                "Por revisar; cuando esté bien o sea dinero que ya está anotado, «puntual payments "
                "dismiss»:",
                print_known) +
      print_all(
          answer, "refunds",
          "Devoluciones que otra persona aprueba o rechaza en la página (Pagos, Por decidir):",
          print_asked) +
      print_all(answer, "checks", "Avisos que el proveedor aún no confirma:", print_check);
  if (shown == 0) std::printf("Nada espera por usted.\n");
  return kOk;
}

Result<int> run_payments_show(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_payments(arguments, "show", {{"subject", arguments.text("PAYMENT")}}));
  return print_subject(arguments, answer);
}

Result<int> run_payments_check(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_payments(arguments, "check", {{"subject", arguments.text("PAYMENT")}}));
  return print_subject(arguments, answer);
}

Result<int> run_payments_reverse(const Arguments& arguments) {
  json::object job{{"subject", arguments.text("PAYMENT")},
                   {"kind", arguments.text("--kind")},
                   {"why", arguments.text("--why")},
                   {"id", arguments.text("--id")}};
  if (arguments.has("--amount")) {
    ASSIGN_OR_RETURN(const json::value before,
                     ask_payments(arguments, "show", {{"subject", arguments.text("PAYMENT")}}));
    const json::value* const payment = member(before, "payment");
    ASSIGN_OR_RETURN(
        const Currency currency,
        Currency::parse(payment == nullptr ? std::string() : text_in(*payment, "currency")));
    ASSIGN_OR_RETURN(job["amount_minor"], typed_amount(arguments.text("--amount"), currency));
    // A second Enter is no second refund; another one of as much has an --id of its own.
    if (!arguments.has("--id"))
      job["id"] = fmt::format("cli|{}|{}", arguments.text("--kind"), to_json(job["amount_minor"]));
  }
  ASSIGN_OR_RETURN(const json::value answer, ask_payments(arguments, "reverse", std::move(job)));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
  } else {
    print_payment(answer);
    if (!member_bool(answer, "new").value_or(true))
      std::printf("Ya estaba registrado; nada cambió. Si es otra devolución de lo mismo: --id.\n");
  }
  return kOk;
}

Result<int> run_payments_refund(const Arguments& arguments) {
  json::object job{{"subject", arguments.text("PAYMENT")}, {"why", arguments.text("--why")}};
  if (arguments.has("--amount")) {
    ASSIGN_OR_RETURN(const json::value before,
                     ask_payments(arguments, "show", {{"subject", arguments.text("PAYMENT")}}));
    const json::value* const payment = member(before, "payment");
    ASSIGN_OR_RETURN(
        const Currency currency,
        Currency::parse(payment == nullptr ? std::string() : text_in(*payment, "currency")));
    ASSIGN_OR_RETURN(job["amount_minor"], typed_amount(arguments.text("--amount"), currency));
  }
  ASSIGN_OR_RETURN(const json::value answer, ask_payments(arguments, "refund", std::move(job)));
  return print_subject(arguments, answer);
}

// "F-1=50000,F-2=20000", or "F-1" for all that is left.
Result<int> run_payments_assign(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value before,
                   ask_payments(arguments, "show", {{"subject", arguments.text("PAYMENT")}}));
  const json::value* const payment = member(before, "payment") != nullptr
                                         ? member(before, "payment")
                                         : member(before, "at_provider");
  if (payment == nullptr) return fail(ErrorCode::NotFound, "nothing is booked of it yet");
  ASSIGN_OR_RETURN(const Currency currency, Currency::parse(text_in(*payment, "currency")));
  json::array shares;
  ASSIGN_OR_RETURN(const auto typed, typed_shares(arguments.text("INVOICES"), currency));
  for (const auto& one : typed) {
    json::object share{{"invoice", one.invoice}};
    if (one.amount_minor) share["amount_minor"] = *one.amount_minor;
    shares.push_back(std::move(share));
  }
  ASSIGN_OR_RETURN(const json::value answer, ask_payments(arguments, "assign",
                                                          {{"subject", arguments.text("PAYMENT")},
                                                           {"shares", std::move(shares)},
                                                           {"why", arguments.text("--why")}}));
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(answer).c_str());
  else
    print_payment(answer);
  return kOk;
}

Result<int> run_payments_dismiss(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_payments(arguments, "dismiss", {{"subject", arguments.text("PAYMENT")}}));
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(answer).c_str());
  else
    print_known(answer);
  return kOk;
}

const Option kPaymentsAsJson{"--json", "", "As one JSON object"};
const Option kPaymentsBy{"--by", "LOGIN", "Who says so; stands in the records", false, "operator"};

Result<std::string> ask_receipt(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const int64_t id, arguments.number("PAYMENT"));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) return remote->get(fmt::format("/v1/payments/{}/receipt.pdf", id));
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return receipt_pdf(*deployment->store, *deployment->desk, creditor, {id},
                     deployment->clock.now());
}

Result<int> run_payments_receipt(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string pdf, ask_receipt(arguments));
  const std::string path = arguments.text("--pdf");
  if (!(std::ofstream(path, std::ios::binary | std::ios::trunc) << pdf << std::flush))
    return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  std::printf("%s: recibo del pago %s\n", path.c_str(), arguments.text("PAYMENT").c_str());
  return kOk;
}

}  // namespace

std::vector<Command> payments_commands() {
  return {
      {.name = "payments list",
       .summary =
           "The money that came in and what was asked for at payment providers, the newest first",
       .options = with_deployment_options(
           {{"--of", "SUBJECT", "Of one person: invoice, document, phone or id"}, kPaymentsAsJson}),
       .run = run_payments_list},
      {.name = "payments unmatched",
       .summary = "Money that waits for a person: whose it is, or why it is held",
       .options = with_deployment_options({kPaymentsAsJson}),
       .run = run_payments_unmatched},
      {.name = "payments show",
       .summary =
           "One payment: its number, a provider's as wompi/ID, or a request's reference PT-…",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options({kPaymentsAsJson}),
       .run = run_payments_show},
      {.name = "payments check",
       .summary = "Ask the provider once more how a payment stands",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options({kPaymentsAsJson}),
       .run = run_payments_check},
      {.name = "payments assign",
       .summary =
           "Say which invoices a payment pays; of a possible duplicate, that it is another one",
       .positionals = {"PAYMENT", "[INVOICES]"},
       .options = with_deployment_options(
           {{"--why", "TEXT", "For the books", true}, kPaymentsBy, kPaymentsAsJson}),
       .examples =
           "  puntual payments assign 446000000000 F-1042 --why 'llamó para decir de quién era'\n"
           "  puntual payments assign wompi/13370-1795 F-1=50000,F-2=20000 --why 'lo pidió por "
           "escrito'\n"
           "  puntual payments assign wompi/13370-1801 --why 'pagó dos veces: queda a su favor'\n",
       .run = run_payments_assign},
      {.name = "payments reverse",
       .summary = "Money that was given back, or never came: what it paid is owed again; nobody is "
                  "reminded before a person says so",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options(
           {{"--kind", "KIND",
             "void, refund, chargeback, returned or correction; reinstated: what went back is here "
             "after all",
             false, "correction"},
            {"--amount", "N",
             "A part of it; all that is left (reinstated: that went back) when left out"},
            {"--why", "TEXT", "For the books", true},
            {"--id", "TEXT", "Your own id of it: telling it twice counts once"},
            kPaymentsBy,
            kPaymentsAsJson}),
       .examples = "  puntual payments reverse 446000000000 --kind refund --why 'devuelto por "
                   "transferencia el 3 de diciembre'\n"
                   "  puntual payments reverse 446000000000 --kind reinstated --why 'la devolución "
                   "no llegó y volvió a la cuenta'\n",
       .run = run_payments_reverse},
      {.name = "payments refund",
       .summary = "Have money given back by the provider that brought it; the books follow what "
                  "the provider says (with [access] four_eyes: two people in the page)",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options(
           {{"--amount", "N", "A part of it; all that is left when left out"},
            {"--why", "TEXT", "For the books", true},
            kPaymentsBy,
            kPaymentsAsJson}),
       .examples = "  puntual payments refund mercadopago/133712345678 --amount 50000 --why 'pagó "
                   "dos veces'\n",
       .run = run_payments_refund},
      {.name = "payments receipt",
       .summary = "The receipt of a payment as a PDF: what came in, what it paid and what is left",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options({{"--pdf", "FILE", "Where it is written", true}}),
       .examples = "  puntual payments receipt 446000000000 --pdf recibo.pdf\n",
       .run = run_payments_receipt},
      {.name = "payments dismiss",
       .summary = "What was held is as it should be, or is what the bank has brought already; a "
                  "refund that never showed did not happen: it waits for nobody any more",
       .positionals = {"PAYMENT"},
       .options = with_deployment_options({kPaymentsBy, kPaymentsAsJson}),
       .run = run_payments_dismiss}};
}

}  // namespace puntual::cli
