// puntual invoice: why an invoice owes what it owes, correcting or withdrawing it, waiving interest
// and costs, and giving it up for lost by two people's word.
#include <cstdio>

#include "app/invoice_job.h"
#include "app/user_job.h"
#include "app/words.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

Result<std::string> ask_server_for_invoice(const Remote& remote, json::object job) {
  const std::string action = taken(job, "action");
  if (action == "write_offs")
    return remote.get("/v1/write-offs", {{"state", text_in(job, "state")}});
  const std::string path = "/v1/invoices/" + Remote::escaped(taken(job, "number"));
  if (action == "show") return remote.get(path);
  return remote.post(fmt::format("{}/{}", path, action), {}, "application/json", to_json(job));
}

Result<json::value> ask_invoice(const Arguments& arguments, const json::object& job,
                                Access access) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    ASSIGN_OR_RETURN(const std::string answer, ask_server_for_invoice(*remote, job));
    return parse_json(answer);
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, access));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(
      const std::string answer,
      run_invoice_job(*deployment->store, *deployment->desk, creditor, to_json(job),
                      {operator_principal(), config.needs_four_eyes}, deployment->clock.now()));
  return parse_json(answer);
}

std::string invoice_money(const json::value& from, std::string_view key, Currency currency) {
  return format_money_at_home({member_int(from, key).value_or(0), currency});
}

void print_balance(const json::value& shown) {
  const Currency currency = Currency::of(text_in(shown, "currency"));
  std::printf("Factura %s: se deben %s.\n", text_in(shown, "number").c_str(),
              invoice_money(shown, "balance_minor", currency).c_str());
  if (member_int(shown, "charged_minor").value_or(0) != 0) {
    const json::value& owed = shown.at("owed");
    std::printf("De eso, capital %s, %s %s, %s %s.\n",
                invoice_money(owed, "capital_minor", currency).c_str(),
                text_in(owed, "interest_name").c_str(),
                invoice_money(owed, "interest_minor", currency).c_str(),
                text_in(owed, "costs_name").c_str(),
                invoice_money(owed, "costs_minor", currency).c_str());
  }
  for (const auto& line : *member_array(shown, "entries")) {
    const int64_t change = member_int(line, "change_minor").value_or(0);
    std::printf(
        "  %s  %16s  %16s  %s\n", text_in(line, "at").substr(0, 10).c_str(),
        change == 0
            ? ""
            : fmt::format("{}{}", change > 0 ? "+" : "", format_money_at_home({change, currency}))
                  .c_str(),
        format_money_at_home({member_int(line, "balance_minor").value_or(0), currency}).c_str(),
        text_in(line, "what_es").c_str());
  }
  if (!member_bool(shown, "adds_up").value_or(false))
    std::printf("  ¡Los asientos no suman el saldo! Pause los envíos (puntual pause) y avise.\n");
}

void print_write_off(const json::value& one) {
  const Currency currency = Currency::of(text_in(one, "currency"));
  static constexpr std::pair<std::string_view, std::string_view> kStates[] = {
      {"requested", "espera aprobación"},
      {"approved", "dada por perdida"},
      {"refused", "no aprobada"}};
  std::string state;
  for (const auto& [text, text_es] : kStates) {
    if (text == text_in(one, "state")) state = text_es;
  }
  const std::string decided = text_in(one, "decided_by");
  std::printf("%s  %s  %s  la pidió %s: %s%s\n", text_in(one, "number").c_str(),
              invoice_money(one, "amount_minor", currency).c_str(), state.c_str(),
              text_in(one, "requested_by").c_str(), text_in(one, "why").c_str(),
              decided.empty() ? "" : fmt::format("; decidió {}", decided).c_str());
}

Result<int> run_show_invoice(const Arguments& arguments) {
  ASSIGN_OR_RETURN(
      const json::value shown,
      ask_invoice(arguments, {{"action", "show"}, {"number", arguments.text("NUMBER")}},
                  Access::ReadOnly));
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(shown).c_str());
  else
    print_balance(shown);
  return kOk;
}

Result<int> run_write_offs(const Arguments& arguments) {
  ASSIGN_OR_RETURN(
      const json::value answer,
      ask_invoice(arguments, {{"action", "write_offs"}, {"state", arguments.text("--state")}},
                  Access::ReadOnly));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  const auto& all = *member_array(answer, "write_offs");
  if (all.empty()) std::printf("No hay ninguna.\n");
  for (const auto& one : all) print_write_off(one);
  return kOk;
}

// What is done to a write-off: asked for, approved or refused.
Result<int> run_write_off(const Arguments& arguments, std::string_view action) {
  ASSIGN_OR_RETURN(const json::value done, ask_invoice(arguments,
                                                       {{"action", action},
                                                        {"number", arguments.text("NUMBER")},
                                                        {"by", arguments.text("--by")},
                                                        {"why", arguments.text("--why")}},
                                                       Access::Write));
  print_write_off(done);
  return kOk;
}

Result<int> run_waive(const Arguments& arguments) {
  json::object job{{"action", "waive"},
                   {"number", arguments.text("NUMBER")},
                   {"by", arguments.text("--by")},
                   {"why", arguments.text("--why")}};
  if (arguments.has("--minor")) {
    ASSIGN_OR_RETURN(job["amount_minor"], arguments.number("--minor"));
  }
  ASSIGN_OR_RETURN(const json::value done, ask_invoice(arguments, job, Access::Write));
  const Currency currency = Currency::of(text_in(done, "currency"));
  std::printf("%s: se perdonaron %s de intereses y gastos; se deben %s.\n",
              text_in(done, "number").c_str(),
              invoice_money(done, "waived_minor", currency).c_str(),
              invoice_money(done, "balance_minor", currency).c_str());
  return kOk;
}

Result<int> run_correct(const Arguments& arguments, std::string_view action) {
  json::object job{{"action", action},
                   {"number", arguments.text("NUMBER")},
                   {"by", arguments.text("--by")},
                   {"why", arguments.text("--why")},
                   {"keeps_dispute", arguments.has("--keep-dispute")}};
  if (action == "correct") {
    ASSIGN_OR_RETURN(job["amount_minor"], arguments.number("--minor"));
  }
  ASSIGN_OR_RETURN(const json::value done, ask_invoice(arguments, job, Access::Write));
  const Currency currency = Currency::of(text_in(done, "currency"));
  const bool is_withdrawn = text_in(done, "state") == "withdrawn";
  std::printf("%s: era de %s y %s; se deben %s.%s\n", text_in(done, "number").c_str(),
              invoice_money(done, "amount_before_minor", currency).c_str(),
              is_withdrawn ? "se retiró"
                           : ("es de " + invoice_money(done, "amount_minor", currency)).c_str(),
              invoice_money(done, "balance_minor", currency).c_str(),
              !member_bool(done, "closed_dispute").value_or(false) ? ""
              : member_bool(done, "is_told").value_or(false)
                  ? " El reclamo se cierra, y se le avisa a la persona."
                  : " El reclamo se cierra; el aviso a la persona no se pudo escribir: dígaselo.");
  return kOk;
}

const Option kJsonOption{"--json", "", "As one JSON object"};
const Option kKeepDisputeOption{"--keep-dispute", "", "Something else is disputed still"};
const Option kByOption{"--by", "NAME", "Who does so", true};

}  // namespace

std::vector<Command> invoice_commands() {
  return {
      {.name = "invoice show",
       .summary = "Why an invoice owes what it owes: every entry of the books, and what it changed",
       .positionals = {"NUMBER"},
       .options = with_deployment_options({kJsonOption}),
       .run = run_show_invoice},
      {.name = "invoice waive",
       .summary =
           "Give up late interest and collection costs of an invoice; its capital stays owed",
       .positionals = {"NUMBER"},
       .options =
           with_deployment_options({kByOption,
                                    {"--why", "TEXT", "Why; no personal data", true},
                                    {"--minor", "N", "So many minor units; all when left out"}}),
       .examples = "  puntual invoice waive F-1042 --by ana --why \"se le cobró tarde por error "
                   "nuestro\"\n",
       .run = run_waive},
      {.name = "invoice correct",
       .summary = "The person is right: the amount was wrong. What was paid too much stays theirs, "
                  "and their dispute is closed",
       .positionals = {"NUMBER"},
       .options =
           with_deployment_options({kByOption,
                                    {"--why", "TEXT", "Why; no personal data", true},
                                    {"--minor", "N", "The right amount, in minor units", true},
                                    kKeepDisputeOption}),
       .examples =
           "  puntual invoice correct F-1042 --minor 8000000 --by ana --why \"se facturó un "
           "mes de más\"\n",
       .run = [](const Arguments& arguments) { return run_correct(arguments, "correct"); }},
      {.name = "invoice withdraw",
       .summary = "The person is right: nothing of it was ever owed",
       .positionals = {"NUMBER"},
       .options = with_deployment_options(
           {kByOption, {"--why", "TEXT", "Why; no personal data", true}, kKeepDisputeOption}),
       .examples = "  puntual invoice withdraw F-1042 --by ana --why \"el servicio se había "
                   "cancelado\"\n",
       .run = [](const Arguments& arguments) { return run_correct(arguments, "withdraw"); }},
      {.name = "invoice write-off",
       .summary = "Ask to give an invoice up for lost; somebody else approves it (with [access] "
                  "four_eyes both do so in the page)",
       .positionals = {"NUMBER"},
       .options =
           with_deployment_options({kByOption, {"--why", "TEXT", "Why; no personal data", true}}),
       .examples = "  puntual invoice write-off F-1042 --by ana --why \"no se encuentra desde "
                   "2024\"\n  puntual invoice approve F-1042 --by luis\n",
       .run = [](const Arguments& arguments) { return run_write_off(arguments, "write_off"); }},
      {.name = "invoice approve",
       .summary = "Approve a write-off that somebody else asked for: nobody is reminded of it any "
                  "more (with [access] four_eyes: in the page)",
       .positionals = {"NUMBER"},
       .options = with_deployment_options({kByOption}),
       .run = [](const Arguments& arguments) { return run_write_off(arguments, "approve"); }},
      {.name = "invoice refuse",
       .summary = "Refuse a write-off, or take one's own back",
       .positionals = {"NUMBER"},
       .options = with_deployment_options({kByOption}),
       .run = [](const Arguments& arguments) { return run_write_off(arguments, "refuse"); }},
      {.name = "invoice write-offs",
       .summary = "Write-offs that wait for approval, or were decided",
       .options = with_deployment_options(
           {{"--state", "STATE", "requested, approved, refused, all", false, "requested"},
            kJsonOption}),
       .run = run_write_offs}};
}

}  // namespace puntual::cli
