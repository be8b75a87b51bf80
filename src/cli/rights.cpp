// puntual rights: what people ask of their data, until when, and doing it.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/rights_job.h"
#include "app/words.h"
#include "base/crypto.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"
#include "document/pdf.h"

namespace puntual::cli {
namespace {

Result<std::string> ask_server_for_rights(const Remote& remote, json::object job) {
  const std::string action = taken(job, "action");
  if (action == "list") return remote.get("/v1/rights");
  return remote.post("/v1/rights/" + action, {}, "application/json", to_json(job));
}

Result<json::value> ask(const Arguments& arguments, const json::object& job) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    ASSIGN_OR_RETURN(const std::string answer, ask_server_for_rights(*remote, job));
    return parse_json(answer);
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const std::string answer,
                   run_rights_job(*deployment->store, deployment->desk->law, creditor, to_json(job),
                                  deployment->clock.now(), config.is_familiar));
  return parse_json(answer);
}

Result<int> run_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer, ask(arguments, {{"action", "list"}}));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  const auto* open = member_array(answer, "open");
  if (open == nullptr || open->empty()) std::printf("Nadie espera respuesta.\n");
  if (open == nullptr) return kOk;
  for (const auto& one : *open) {
    const int64_t left = member_int(one, "days_left").value_or(0);
    std::printf("%s  %-14s persona %s  responder hasta %s%s\n", text_in(one, "id").c_str(),
                text_in(one, "kind_es").c_str(), text_in(one, "debtor").c_str(),
                text_in(one, "due_on").c_str(),
                left < 0    ? "  ¡VENCIDA!"
                : left <= 2 ? "  ¡urgente!"
                            : "");
  }
  return kOk;
}

Result<int> run_take(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   ask(arguments, {{"action", "take"},
                                   {"subject", arguments.text("SUBJECT")},
                                   {"kind", arguments.text("--kind")},
                                   {"through", arguments.text("--through")}}));
  std::printf("Solicitud %s de %s: hay que responder hasta el %s.\n", text_in(answer, "id").c_str(),
              text_in(answer, "kind_es").c_str(), text_in(answer, "due_on").c_str());
  return kOk;
}

Result<int> run_answer(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const int64_t id, arguments.number("REQUEST"));
  RETURN_IF_ERROR(ask(arguments, {{"action", "answer"},
                                  {"id", id},
                                  {"state", arguments.text("--state")},
                                  {"answer", arguments.text("--answer")}}));
  std::printf("Respondida.\n");
  return kOk;
}

// Somebody's own words, which are no code of ours.
bool is_verbatim(std::string_view key) {
  static constexpr std::string_view kVerbatim[] = {"text",        "words",  "name",    "note",
                                                   "summary",     "answer", "product", "breakdown",
                                                   "description", "number"};
  return std::ranges::find(kVerbatim, key) != std::end(kVerbatim);
}

// The person's file as printed, in their language: one table a record.
Result<std::string> printed(const json::value& answer) {
  const std::string locale = text_in(answer, "locale");
  const bool is_portuguese = locale.starts_with("pt");
  document::Document paper{
      .title = (is_portuguese ? "Seus dados em " : "Sus datos en ") + text_in(answer, "creditor"),
      .footer = text_in(answer, "creditor"),
      .created = parse_rfc3339(text_in(answer, "made_at")).value_or(Instant{}),
      .blocks = {}};
  paper.blocks.push_back(
      document::paragraph("Para " + text_in(answer, "name") + ", " + text_in(answer, "made_at") +
                          (is_portuguese ? ". Isto é tudo o que guardamos sobre você."
                                         : ". Esto es todo lo que guardamos sobre usted.")));
  const auto* data = member(answer, "data");
  const auto* parts = member_array(answer, "titles");
  if (data == nullptr || parts == nullptr)
    return fail(ErrorCode::Internal, "the file of this person has no parts");
  for (const auto& part : *parts) {
    const auto* records = member_array(*data, text_in(part, "key"));
    const auto* names = member(part, "fields");
    paper.blocks.push_back(
        document::heading(std::string(in_language(locale, text_in(part, "title")))));
    const bool is_history = text_in(part, "key") == "history";
    if (records == nullptr || records->empty()) {
      paper.blocks.push_back(document::paragraph("Nada."));
      continue;
    }
    for (const auto& record : *records) {
      std::vector<std::pair<std::string, std::string>> rows;
      for (const auto& [key, value] : record.as_object()) {
        if (value.as_string().empty()) continue;
        const std::string_view text = value.as_string();
        const std::string name = text_in(*names, key);
        const std::string_view said = key == "kind" && is_history ? event_es(text) : value_es(text);
        rows.emplace_back(in_language(locale, name),
                          is_verbatim(key) ? text : in_language(locale, said));
      }
      paper.blocks.push_back(document::table(std::move(rows)));
    }
  }
  return document::to_pdf(paper);
}

Result<void> write_private(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::error_code error;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  file << bytes;
  file.flush();
  if (!file || error) return fail(ErrorCode::Invalid, "{}: cannot be written", path);
  return {};
}

// The files that the person has sent, as they are named in their data; how many.
Result<int> save_attachments(const Arguments& arguments, const json::value& answer,
                             const std::filesystem::path& folder) {
  int saved = 0;
  for (const auto& one : *member_array(*member(answer, "data"), "attachments")) {
    const std::string name = text_in(one, "file");
    if (name.empty()) continue;
    ASSIGN_OR_RETURN(const json::value file,
                     ask(arguments, {{"action", "file"}, {"id", text_in(one, "id")}}));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    RETURN_IF_ERROR(write_private((folder / name).string(),
                                  bytes_of_base64(text_in(file, "bytes")).value_or("")));
    ++saved;
  }
  return saved;
}

Result<int> run_export(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer, ask(arguments, {{"action", "export"},
                                                             {"subject", arguments.text("SUBJECT")},
                                                             {"by", "cli"}}));
  const std::filesystem::path folder = arguments.text("--out");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string base = (folder / ("datos-" + text_in(answer, "debtor"))).string();
  json::object machine = answer.as_object();
  machine.erase("titles");
  machine.erase("request");
  RETURN_IF_ERROR(write_private(base + ".json", to_json(machine) + "\n"));
  ASSIGN_OR_RETURN(const std::string paper, printed(answer));
  RETURN_IF_ERROR(write_private(base + ".pdf", paper));
  ASSIGN_OR_RETURN(const int files, save_attachments(arguments, answer, base + "-archivos"));
  // Answered only once everything is there to be handed over.
  if (const auto request = member_int(answer, "request")) {
    RETURN_IF_ERROR(
        ask(arguments,
            {{"action", "answer"}, {"id", *request}, {"state", "done"}, {"answer", "exported"}}));
  }
  std::printf("%s.json\n%s.pdf\n", base.c_str(), base.c_str());
  if (files > 0) std::printf("%s-archivos\n", base.c_str());
  return kOk;
}

Result<int> run_rectify(const Arguments& arguments) {
  RETURN_IF_ERROR(ask(arguments, {{"action", "rectify"},
                                  {"subject", arguments.text("SUBJECT")},
                                  {"field", arguments.text("FIELD")},
                                  {"value", arguments.text("VALUE")}}));
  std::printf("Corregido.\n");
  return kOk;
}

Result<int> run_erase(const Arguments& arguments) {
  const bool apply = arguments.has("--apply");
  ASSIGN_OR_RETURN(const json::value answer, ask(arguments, {{"action", "erase"},
                                                             {"subject", arguments.text("SUBJECT")},
                                                             {"apply", apply}}));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(answer).c_str());
    return kOk;
  }
  const auto* holds = member_array(answer, "holds");
  const bool is_held = holds != nullptr && !holds->empty();
  if (is_held) {
    std::printf("%s no se puede suprimir del todo todavía:\n",
                apply ? "La persona ya no recibirá mensajes, pero" : "Esta persona");
    for (const auto& hold : *holds) std::printf("  %s\n", text_in(hold, "es").c_str());
    std::printf("%s\n", "Para decírselo:");
    for (const auto& hold : *holds) std::printf("  %s\n", text_in(hold, "told").c_str());
    std::printf("%s lo que escribió en los chats y su correo; nadie le escribirá.\n",
                apply ? "Se suprimió" : "Se suprimiría");
  } else {
    std::printf(
        "%s: su nombre, teléfonos, documento y %lld mensajes quedan ilegibles para siempre. Los "
        "libros se conservan sin su nombre.\n",
        apply ? "Suprimida" : "Se suprimiría",
        static_cast<long long>(member_int(answer, "messages").value_or(0)));
  }
  if (!apply) std::printf("Nada ha cambiado. Para hacerlo: --apply\n");
  return kOk;
}

}  // namespace

Command rights_list_command() {
  return {.name = "rights list",
          .summary = "What people asked of their data and waits for an answer, most urgent first",
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .run = run_list};
}

Command rights_take_command() {
  return {.name = "rights take",
          .summary =
              "Take a request: access, rectification, opposition or erasure; its clock starts now",
          .positionals = {"SUBJECT"},
          .options = with_deployment_options(
              {{"--kind", "KIND", "access, rectification, opposition, erasure", true},
               {"--through", "HOW", "letter, email, chat, in_person, phone", false, "letter"}}),
          .examples = "  puntual rights take 1098765432 --kind opposition --through email\n",
          .run = run_take};
}

Command rights_answer_command() {
  return {.name = "rights answer",
          .summary = "Close a request with its answer",
          .positionals = {"REQUEST"},
          .options = with_deployment_options(
              {{"--state", "STATE", "done, partly, refused", false, "done"},
               {"--answer", "TEXT", "What was done, and why if not all of it", true}}),
          .run = run_answer};
}

Command rights_export_command() {
  return {.name = "rights export",
          .summary =
              "All that is held about one person, as JSON and as a PDF to hand over, with the "
              "files that they sent",
          .positionals = {"SUBJECT"},
          .options = with_deployment_options({{"--out", "DIR", "Folder for them", false, "."}}),
          .examples = "  puntual rights export 1098765432 --out /tmp\n",
          .run = run_export};
}

Command rights_rectify_command() {
  return {.name = "rights rectify",
          .summary = "Put right a name, e-mail, zone or phone",
          .positionals = {"SUBJECT", "FIELD", "VALUE"},
          .options = deployment_options(),
          .examples = "  puntual rights rectify 1098765432 name 'Ana María Gómez'\n",
          .run = run_rectify};
}

Command rights_erase_command() {
  return {
      .name = "rights erase",
      .summary =
          "Forget a person for ever by destroying their key; says first what would go and what "
          "must stay",
      .positionals = {"SUBJECT"},
      .options = with_deployment_options({{"--apply", "", "Do it; without this nothing changes"},
                                          {"--json", "", "As one JSON object"}}),
      .run = run_erase};
}

}  // namespace puntual::cli
