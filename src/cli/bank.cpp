// puntual bank: files of the bank into the books, and what a person says of the lines that are in
// doubt.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/bank_job.h"
#include "app/input_file.h"
#include "app/words.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

// What speaks for a match, or against it.
std::string evidence_es(std::string_view codes) {
  static constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"reference", "la referencia"},
      {"lettered", "el número de factura en la descripción"},
      {"other_letters", "el número de factura, con otras letras"},
      {"description", "un número en la descripción"},
      {"document", "el documento de quien paga"},
      {"phone", "el celular de quien paga"},
      {"exact_amount", "el valor exacto"},
      {"exact_sum", "la suma exacta"},
      {"payer_fits", "quien paga es quien debe"},
      {"name_fits", "el nombre se parece"},
      {"name_differs", "OJO: el nombre es otro"},
      {"payer_is_another", "OJO: paga otra persona conocida"},
      {"amount_differs", "el valor no es el de ninguna factura"},
      {"several_fit", "el valor sale de varias maneras"},
      {"several_people", "puede ser de varias personas"},
      {"several_debts", "puede ser de varias facturas"},
      {"other_currency", "OJO: otra moneda"},
      {"more_than_owed", "OJO: es más de lo que se debe"},
      {"already_booked", "OJO: ya hay un pago igual de otra fuente"},
      {"told_by_another_file", "OJO: otro archivo trae el mismo pago"},
      {"given_back", "OJO: el banco lo devolvió"},
      {"original_unknown", "no se sabe qué pago devuelve"},
      {"several_originals", "puede devolver varios pagos"},
      {"split", "repartido"}};
  std::string text;
  while (!codes.empty()) {
    const auto code = codes.substr(0, codes.find(' '));
    codes.remove_prefix(std::min(code.size() + 1, codes.size()));
    std::string_view spanish = code;
    for (const auto& [known, words] : kTexts) {
      if (known == code) spanish = words;
    }
    text += fmt::format("{}{}", text.empty() ? "" : ", ", spanish);
  }
  return text;
}

std::string_view bank_state_es(std::string_view state) {
  if (state == "applied") return "aplicado";
  if (state == "proposed") return "por confirmar";
  if (state == "unmatched") return "sin dueño";
  if (state == "ignored") return "no cuenta";
  if (state == "returned") return "devuelto";
  return state;
}

std::string amount_text(const json::value& of, std::string_view key) {
  const auto currency = Currency::parse(text_in(of, "currency"));
  return currency ? format_money_at_home({member_int(of, key).value_or(0), *currency})
                  : std::string();
}

// "banco-ejemplo" is kept in the data directory; a path is itself.
std::string mapping_path(const Config& config, const std::string& name) {
  if (name.contains('/') || name.ends_with(".toml")) return name;
  return config.data_dir + "/mappings/" + name + ".toml";
}

Result<void> keep_mapping(const std::string& path, const std::string& text) {
  if (text.empty())
    return fail(ErrorCode::Invalid,
                "this file is no statement: it needs no mapping, so none was kept");
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file) return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  return {};
}

void print_report(const json::value& report, bool dry_run) {
  const auto n = [&](std::string_view name) {
    return static_cast<long long>(member_int(report, name).value_or(0));
  };
  std::fprintf(stderr, "%s", text_in(report, "description").c_str());
  if (!member_bool(report, "new").value_or(true)) {
    std::printf("Este archivo ya se había tomado; nada cambió.\n");
    return;
  }
  std::printf(
      "%s%lld líneas: %lld aplicadas (%s), %lld por confirmar, %lld sin dueño, %lld devueltas, "
      "%lld que no cuentan, %lld ya conocidas\n",
      dry_run ? "Ensayo, nada cambió. " : "", n("lines"), n("applied"),
      amount_text(report, "applied_minor").c_str(), n("proposed"), n("unmatched"), n("returned"),
      n("ignored"), n("unchanged"));
  if (!dry_run && n("proposed") + n("unmatched") > 0)
    std::printf("Lo que espera a una persona: puntual bank list --waiting\n");
}

Result<int> run_bank_import(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto input, InputFile::open(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  BankImportJob job{.format = arguments.text("--format"),
                    .account = arguments.text("--account"),
                    .currency = arguments.text("--currency"),
                    .name = std::filesystem::path(arguments.text("FILE")).filename().string(),
                    .dry_run = arguments.has("--dry-run")};
  if (arguments.has("--mapping")) {
    ASSIGN_OR_RETURN(job.mapping, read_file(mapping_path(config, arguments.text("--mapping"))));
  }
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post("/v1/bank-files",
                                          {{"format", job.format},
                                           {"account", job.account},
                                           {"currency", job.currency},
                                           {"mapping", job.mapping},
                                           {"name", job.name},
                                           {"dry_run", job.dry_run ? "true" : ""}},
                                          "application/octet-stream", input->bytes()));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(
        answer, run_bank_import_job(*deployment->store, *deployment->desk, creditor, config.bank,
                                    input->bytes(), job, deployment->clock.now()));
  }
  ASSIGN_OR_RETURN(json::value report, parse_json(answer));
  if (arguments.has("--save-mapping")) {
    RETURN_IF_ERROR(keep_mapping(mapping_path(config, arguments.text("--save-mapping")),
                                 text_in(report, "mapping")));
  }
  if (arguments.has("--json")) {
    std::printf("%s\n", answer.c_str());
  } else {
    print_report(report, job.dry_run);
  }
  return kOk;
}

void print_line(const json::value& line) {
  std::printf("%s  %s  %s  %s", text_in(line, "id").c_str(), text_in(line, "on").c_str(),
              amount_text(line, "amount_minor").c_str(),
              std::string(bank_state_es(text_in(line, "state"))).c_str());
  std::string said;
  for (const auto* key :
       {"reference", "second_reference", "document", "name", "description", "returned"}) {
    if (const auto text = text_in(line, key); !text.empty())
      said += (said.empty() ? "" : " · ") + text;
  }
  std::printf("\n    dice: %s\n", for_terminal(said).c_str());
  std::string whose = text_in(line, "debtor_name");
  const auto* invoices = member_array(line, "invoices");
  for (size_t i = 0; invoices != nullptr && i < invoices->size(); ++i) {
    whose += fmt::format("{}{}", i == 0 ? ", factura " : " y ",
                         std::string_view((*invoices)[i].as_string()));
  }
  if (!whose.empty()) {
    std::printf("    %s (%s, %lld %%)\n", for_terminal(whose).c_str(),
                text_in(line, "rule_es").c_str(),
                static_cast<long long>(member_int(line, "confidence").value_or(0)));
  }
  if (const auto evidence = evidence_es(text_in(line, "evidence")); !evidence.empty())
    std::printf("    %s\n", evidence.c_str());
}

// All pages, one after the other.
Result<json::array> all_lines(Store& store, const Creditor& creditor, bool is_waiting) {
  json::array all;
  for (ListPage page;;) {
    ASSIGN_OR_RETURN(const std::string told,
                     list_bank_lines_job(store, creditor, is_waiting, page));
    ASSIGN_OR_RETURN(const json::value document, parse_json(told));
    for (const auto& line : *member_array(document, "lines")) all.push_back(line);
    if (member(document, "next")->is_null()) return all;
    ASSIGN_OR_RETURN(page, ListPage::of(text_in(document, "next"), {}));
  }
}

Result<int> run_bank_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  const Creditor& creditor = deployment->config.creditor;
  ASSIGN_OR_RETURN(const json::array lines,
                   all_lines(*deployment->store, creditor, arguments.has("--waiting")));
  ASSIGN_OR_RETURN(const std::string page, list_bank_files_job(*deployment->store, creditor, {}));
  ASSIGN_OR_RETURN(const json::value files, parse_json(page));
  if (arguments.has("--json")) {
    std::printf(
        "%s\n",
        to_json(json::object{{"files", *member_array(files, "files")}, {"lines", lines}}).c_str());
    return kOk;
  }
  for (const auto& file : *member_array(files, "files")) {
    const bool is_aside = text_in(file, "state") == "set_aside";
    if (arguments.has("--waiting") && !is_aside) continue;
    std::printf("Archivo %s (%s, cuenta %s): %s\n", for_terminal(text_in(file, "name")).c_str(),
                text_in(file, "on").c_str(), text_in(file, "account").c_str(),
                is_aside                            ? "APARTADO, no se tomó nada"
                : text_in(file, "state") == "begun" ? "a medias: vuelva a cargarlo"
                                                    : "tomado");
    if (is_aside) std::printf("    %s\n", for_terminal(text_in(file, "trouble")).c_str());
  }
  if (lines.empty())
    std::printf("%s\n", arguments.has("--waiting") ? "Nada espera a una persona."
                                                   : "No hay líneas del banco.");
  for (const auto& line : lines) print_line(line);
  return kOk;
}

// "F-1=1000.50,F-2=500", in the currency of the line.
Result<json::array> typed_shares(std::string_view text, Currency currency) {
  json::array shares;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t mark = part.rfind('=');
    if (mark == std::string_view::npos)
      return fail(ErrorCode::Invalid,
                  "--split '{}' (expected FACTURA=VALOR,FACTURA=VALOR with a decimal point)", part);
    ASSIGN_OR_RETURN(const int64_t minor, parse_minor(part.substr(mark + 1), currency, '.'));
    shares.push_back(json::object{{"invoice", part.substr(0, mark)}, {"amount_minor", minor}});
  }
  return shares;
}

Result<Currency> currency_of_line(const Arguments& arguments, int64_t id) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const auto line, deployment->store->read([&](Tx& tx) {
    return tx.bank_files.find(deployment->config.creditor.id, {id});
  }));
  if (!line)
    return fail(ErrorCode::NotFound, "bank line {} does not exist (puntual bank list)", id);
  return line->said.amount.currency;
}

Result<int> run_bank_decide(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const int64_t id, arguments.number("LINE"));
  json::object order{{"by", arguments.text("--by")}};
  if (arguments.has("--accept")) order["accept"] = true;
  if (arguments.has("--ignore")) order["ignore"] = true;
  if (arguments.has("--invoice")) order["invoice"] = arguments.text("--invoice");
  if (arguments.has("--debtor")) order["debtor"] = arguments.text("--debtor");
  if (arguments.has("--reverses")) order["reverses"] = arguments.text("--reverses");
  if (arguments.has("--split")) {
    ASSIGN_OR_RETURN(const Currency currency, currency_of_line(arguments, id));
    ASSIGN_OR_RETURN(order["split"], typed_shares(arguments.text("--split"), currency));
  }
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post(fmt::format("/v1/bank-lines/{}/decide", id), {},
                                          "application/json", to_json(order)));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(
        answer, decide_bank_line_job(*deployment->store, *deployment->desk, creditor, config.bank,
                                     std::to_string(id), to_json(order), deployment->clock.now()));
  }
  ASSIGN_OR_RETURN(const json::value line, parse_json(answer));
  if (arguments.has("--json"))
    std::printf("%s\n", answer.c_str());
  else
    print_line(line);
  if (const auto owed = text_in(line, "still_owed"); !owed.empty() && !arguments.has("--json")) {
    std::printf("    La cartera ya lo contaba: la deuda sigue en %s.\n", owed.c_str());
  }
  return kOk;
}

}  // namespace

std::vector<Command> bank_commands() {
  return {
      {.name = "bank import",
       .summary =
           "Take in a file of the bank: collections (Asobancaria, BCP) or a statement (CSV, XLSX)",
       .positionals = {"FILE"},
       .options = with_deployment_options(
           {{"--format", "NAME",
             "asobancaria2001, asobancaria1998, bcp-crep or statement; found out when left out",
             false, "auto"},
            {"--account", "N", "Which account a statement is of"},
            {"--currency", "CUR", "Of a statement; the account's when left out"},
            {"--mapping", "NAME", "How to read the statement, as --save-mapping kept it"},
            {"--save-mapping", "NAME", "Keep how the statement was read, to change and use again"},
            {"--dry-run", "", "Check and count, change nothing"},
            {"--json", "", "As one JSON object"}}),
       .examples =
           "  puntual bank import recaudo-2026-11-21.txt\n"
           "  puntual bank import extracto.xlsx --account 3012345678 --save-mapping banco\n",
       .run = run_bank_import},
      {.name = "bank list",
       .summary = "What the bank told, and what waits for a person",
       .options = with_deployment_options(
           {{"--waiting", "", "Only what waits: lines in doubt, and files that were set aside"},
            {"--json", "", "As one JSON object"}}),
       .run = run_bank_list},
      {.name = "bank decide",
       .summary = "Say what a line of the bank is: exactly one of these",
       .positionals = {"LINE"},
       .options = with_deployment_options(
           {{"--accept", "", "It is as was proposed"},
            {"--invoice", "NUMBER", "It pays this invoice"},
            {"--debtor", "PERSON", "It is of this person: id, document, phone or external id"},
            {"--split", "LIST", "It pays several: FACTURA=VALOR,FACTURA=VALOR"},
            {"--reverses", "LINE", "It gives back what that line brought"},
            {"--ignore", "", "It is none of ours"},
            {"--by", "LOGIN", "Who says so", true},
            {"--json", "", "As one JSON object"}}),
       .examples = "  puntual bank decide 4711 --invoice F-1042 --by ana\n",
       .run = run_bank_decide}};
}

}  // namespace puntual::cli
