// puntual agreement: what is agreed with people about their debts, inside the strategy's mandate or
// by a person's word.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/agreement_job.h"
#include "app/user_job.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

Result<std::string> ask_server(const Remote& remote, json::object job) {
  const std::string action = taken(job, "action");
  if (action == "list") return remote.get("/v1/agreements", {{"state", text_in(job, "state")}});
  if (action == "show") return remote.get("/v1/agreements/" + Remote::escaped(text_in(job, "id")));
  if (action == "offers")
    return remote.get(
        fmt::format("/v1/debtors/{}/offers", Remote::escaped(text_in(job, "subject"))));
  const auto beyond = job.if_contains("beyond");
  const std::string made_at =
      beyond != nullptr && *beyond == true ? "/v1/agreements/beyond" : "/v1/agreements";
  job.erase("beyond");
  const std::string path =
      action == "make"
          ? made_at
          : fmt::format("/v1/agreements/{}/{}", Remote::escaped(taken(job, "id")), action);
  return remote.post(path, {}, "application/json", to_json(job));
}

Result<json::value> ask_agreement(const Arguments& arguments, json::object job) {
  job["through"] = "operator";
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    ASSIGN_OR_RETURN(const std::string answer, ask_server(*remote, std::move(job)));
    return parse_json(answer);
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(
      const std::string answer,
      run_agreement_job(*deployment->store, *deployment->desk, creditor, to_json(job),
                        {operator_principal(), config.needs_four_eyes}, deployment->clock.now()));
  return parse_json(answer);
}

Result<std::string> ask_pdf(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const int64_t id, arguments.number("ID"));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) return remote->get(fmt::format("/v1/agreements/{}/pdf", id));
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return agreement_pdf(*deployment->store, *deployment->desk, creditor, {id},
                       deployment->clock.now());
}

std::string money_in(const json::value& from, std::string_view key, std::string_view currency) {
  const auto known = Currency::parse(currency);
  return known ? format_money_at_home({member_int(from, key).value_or(0), *known}) : std::string();
}

void print_instalments(const json::value& of, std::string_view currency) {
  const auto* parts = member_array(of, "instalments");
  if (parts == nullptr) return;
  for (const auto& part : *parts) {
    std::printf("  %s  %s%s\n", text_in(part, "due_on").c_str(),
                money_in(part, "amount_minor", currency).c_str(),
                member_bool(part, "met").value_or(false) ? "  pagado" : "");
  }
}

void print_agreement(const json::value& one) {
  const std::string currency = text_in(one, "currency");
  std::printf(
      "%s  %s  %s  %s%s\n", text_in(one, "id").c_str(), text_in(one, "state_es").c_str(),
      text_in(one, "name").c_str(), money_in(one, "total_minor", currency).c_str(),
      text_in(one, "mandate_version").empty() ? "  (fuera del mandato, por una persona)" : "");
  print_instalments(one, currency);
}

// As JSON when it is asked for, else as `print` writes it.
template <class Print>
int shown(const Arguments& arguments, const json::value& answer, Print print) {
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(answer).c_str());
  else
    print();
  return kOk;
}

Result<int> run_agreements(const Arguments& arguments) {
  ASSIGN_OR_RETURN(
      const json::value answer,
      ask_agreement(arguments, {{"action", "list"}, {"state", arguments.text("--state")}}));
  return shown(arguments, answer, [&] {
    const auto* all = member_array(answer, "agreements");
    if (all == nullptr || all->empty())
      std::printf("No hay acuerdos.\n");
    else
      for (const auto& one : *all) print_agreement(one);
  });
}

Result<int> run_show_agreement(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_agreement(arguments, {{"action", "show"}, {"id", arguments.text("ID")}}));
  if (const std::string path = arguments.text("--pdf"); !path.empty()) {
    ASSIGN_OR_RETURN(const std::string paper, ask_pdf(arguments));
    if (!(std::ofstream(path, std::ios::binary | std::ios::trunc) << paper << std::flush))
      return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  }
  return shown(arguments, answer, [&] {
    print_agreement(answer);
    std::printf("  pagado desde entonces: %s\n  %s\n",
                money_in(answer, "paid_minor", text_in(answer, "currency")).c_str(),
                text_in(answer, "words").c_str());
  });
}

Result<int> run_offers(const Arguments& arguments) {
  ASSIGN_OR_RETURN(
      const json::value answer,
      ask_agreement(arguments, {{"action", "offers"}, {"subject", arguments.text("SUBJECT")}}));
  return shown(arguments, answer, [&] {
    const std::string currency = text_in(answer, "currency");
    std::printf("Debe %s.\n", money_in(answer, "owed_minor", currency).c_str());
    const auto* offers = member_array(answer, "offers");
    if (offers == nullptr || offers->empty())
      std::printf(
          "El mandato no ofrece nada a esta persona: decide alguien de la empresa (--beyond).\n");
    for (size_t i = 0; offers != nullptr && i < offers->size(); ++i) {
      std::printf("%zu)\n", i + 1);
      print_instalments((*offers)[i], currency);
    }
  });
}

// "2026-12-01=80000,2027-01-01=80000"
json::array typed_instalments(std::string_view text) {
  json::array parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t mark = part.find('=');
    parts.push_back(
        {{"due_on", part.substr(0, mark)},
         {"amount", mark == std::string_view::npos ? std::string_view() : part.substr(mark + 1)}});
  }
  return parts;
}

Result<int> run_make_agreement(const Arguments& arguments) {
  json::object job{{"action", "make"},
                   {"subject", arguments.text("SUBJECT")},
                   {"words", arguments.text("--words")},
                   {"beyond", arguments.has("--beyond")},
                   {"by", arguments.text("--by")}};
  if (arguments.has("--offer") == arguments.has("--pay"))
    return fail(ErrorCode::Invalid, "give either --offer or --pay");
  if (arguments.has("--offer")) {
    ASSIGN_OR_RETURN(job["offer"], arguments.number("--offer"));
  } else {
    job["instalments"] = typed_instalments(arguments.text("--pay"));
  }
  if (arguments.has("--replace")) job["replaces"] = arguments.text("--replace");
  if (arguments.has("--discount")) job["discount"] = arguments.text("--discount");
  ASSIGN_OR_RETURN(const json::value answer, ask_agreement(arguments, std::move(job)));
  return shown(arguments, answer, [&] { print_agreement(answer); });
}

Result<int> run_cancel_agreement(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask_agreement(arguments, {{"action", "cancel"}, {"id", arguments.text("ID")}}));
  return shown(arguments, answer, [&] { print_agreement(answer); });
}

const Option kAsJson{"--json", "", "As one JSON object"};

}  // namespace

std::vector<Command> agreement_commands() {
  return {
      {.name = "agreement list",
       .summary = "Promises and plans, the newest first",
       .options = with_deployment_options(
           {{"--state", "STATE", "active, kept, partly_kept, broken, cancelled, all", false,
             "active"},
            kAsJson}),
       .run = run_agreements},
      {.name = "agreement show",
       .summary = "One agreement with its schedule; as a page to hand over with --pdf",
       .positionals = {"ID"},
       .options = with_deployment_options({{"--pdf", "FILE", "Write it as a PDF"}, kAsJson}),
       .run = run_show_agreement},
      {.name = "agreement offers",
       .summary = "What the strategy's mandate offers a person today",
       .positionals = {"SUBJECT"},
       .options = with_deployment_options({kAsJson}),
       .run = run_offers},
      {.name = "agreement make",
       .summary = "Write down what was agreed with a person; their reminders rest while it holds",
       .positionals = {"SUBJECT"},
       .options = with_deployment_options(
           {{"--offer", "N", "One of 'agreement offers'"},
            {"--pay", "DATE=AMOUNT,…", "Or these payments, in whole units: 2026-12-01=80000"},
            {"--discount", "AMOUNT", "Forgiven when all is paid"},
            {"--words", "TEXT", "How the person agreed", true},
            {"--beyond", "", "Beyond the mandate: you decide"},
            {"--replace", "ID", "Of the agreement that is running: it ends, and this one holds"},
            {"--by", "LOGIN", "Who makes it; stands in the record", false, "operator"},
            kAsJson}),
       .examples =
           "  puntual agreement make F-1042 --offer 2 --words 'por teléfono, el martes a las 10'\n"
           "  puntual agreement make F-1042 --pay 2026-12-01=80000,2027-01-01=80000 --words 'en la "
           "oficina' --beyond\n",
       .run = run_make_agreement},
      {.name = "agreement cancel",
       .summary = "Take an agreement back; the reminders go on",
       .positionals = {"ID"},
       .options = with_deployment_options({kAsJson}),
       .run = run_cancel_agreement}};
}

}  // namespace puntual::cli
