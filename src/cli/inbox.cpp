// puntual inbox …, puntual canned …: conversations as people of the creditor see them, and what
// they say and do in them.
#include <cstdio>

#include "app/conversation_job.h"
#include "app/words.h"
#include "base/json.h"
#include "base/random.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

const Option kBy{"--by", "LOGIN", "Who does so; stands in the records", false, "operator"};
const Option kJson{"--json", "", "As one JSON object"};

// "2026-11-24T09:05:00-05:00" as people say it, in the offset that it is written with: "mar 24 nov,
// 9:05"; empty: there is none.
std::string moment_in(const json::value& item, std::string_view key) {
  const std::string at = text_in(item, key);
  const auto date = parse_date(std::string_view(at).substr(0, 10));
  return date && at.size() > 16 ? fmt::format("{}, {}", day_text(*date), at.substr(11, 5)) : at;
}

Result<std::unique_ptr<Deployment>> readable(const Arguments& arguments) {
  return open_deployment(arguments, Access::ReadOnly);
}

// Told to the server that has the database open, or done here when none has. `here`: given the
// deployment and its creditor.
template <class Here>
Result<json::value> tell(const Arguments& arguments, const std::string& path,
                         const json::object& order, std::string_view key, Here&& here) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post(path, {}, "application/json", to_json(order), key));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(answer, here(*deployment, creditor, to_json(order)));
  }
  return parse_json(answer);
}

Result<json::value> tell_conversation(const Arguments& arguments, const std::string& verb,
                                      json::object order, const std::string& key = {}) {
  const std::string subject = arguments.text("PERSON");
  order["by"] = arguments.text("--by");
  order["through"] = "operator";
  return tell(arguments, fmt::format("/v1/conversations/{}/{}", Remote::escaped(subject), verb),
              order, key,
              [&](Deployment& deployment, const Creditor& creditor, const std::string& body) {
                return run_conversation_job(*deployment.store, *deployment.desk, creditor, subject,
                                            verb, body, key, deployment.clock.now());
              });
}

Result<json::value> tell_task(const Arguments& arguments, const std::string& verb,
                              json::object order) {
  const std::string task = arguments.text("TASK");
  order["by"] = arguments.text("--by");
  return tell(arguments, fmt::format("/v1/tasks/{}/{}", Remote::escaped(task), verb), order, {},
              [&](Deployment& deployment, const Creditor& creditor, const std::string& body) {
                return run_task_job(*deployment.store, creditor, task, verb, body,
                                    deployment.clock.now());
              });
}

Result<json::value> tell_canned(const Arguments& arguments, const std::string& verb,
                                const json::object& order) {
  const std::string name = arguments.text("NAME");
  return tell(arguments, fmt::format("/v1/canned-replies/{}/{}", Remote::escaped(name), verb),
              order, {},
              [&](Deployment& deployment, const Creditor& creditor, const std::string& body) {
                return run_canned_job(*deployment.store, creditor, name, verb, body,
                                      deployment.clock.now());
              });
}

// What people wrote or call themselves, as a terminal may show it.
std::string words_in(const json::value& item, std::string_view key) {
  return for_terminal(text_in(item, key));
}

// As JSON, or as `print` writes it.
template <class Print>
int shown(const Arguments& arguments, const json::value& answer, Print&& print) {
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(answer).c_str());
  else
    print(answer);
  return kOk;
}

// Of a stranger only the number is known; a task of the house itself is nobody's.
std::string name_in(const json::value& person) {
  const std::string name = words_in(person, "name");
  if (text_in(person, "debtor").empty()) return "Su instalación";
  return name.empty() ? "Número desconocido" : name;
}

std::string task_line(const json::value& task) {
  const std::string assignee = words_in(task, "assignee"),
                    snoozed = moment_in(task, "snoozed_until"),
                    closed = moment_in(task, "closed_at");
  std::string line = fmt::format("tarea {}: {} (desde {})", text_in(task, "id"),
                                 text_in(task, "title"), moment_in(task, "opened_at"));
  if (!assignee.empty()) line += "; la tiene " + assignee;
  if (!snoozed.empty() && closed.empty()) line += "; espera hasta " + snoozed;
  if (!closed.empty())
    line += fmt::format("; cerrada {} por {}: {}", closed, words_in(task, "closed_by"),
                        value_es(text_in(task, "outcome")));
  return line;
}

void print_task(const json::value& task) { std::printf("%s\n", task_line(task).c_str()); }

void print_page(const json::value& page) {
  const auto* entries = member_array(page, "conversations");
  if (entries == nullptr || entries->empty()) std::printf("Nada espera aquí.\n");
  if (entries == nullptr) return;
  for (const auto& one : *entries) {
    const std::string window = moment_in(one, "window_until");
    std::printf("%s  %s%s%s\n", text_in(one, "debtor").c_str(), name_in(one).c_str(),
                window.empty() ? "" : ("  · puede escribirle hasta " + window).c_str(),
                member_bool(one, "has_person").value_or(false) ? "  · la atiende una persona" : "");
    const auto* task = member(one, "task");
    if (task == nullptr || !task->is_object()) continue;
    std::printf("    %s\n", task_line(*task).c_str());
    if (const std::string summary = words_in(*task, "summary"); !summary.empty())
      std::printf("    %s\n", summary.c_str());
  }
  if (const std::string next = text_in(page, "next"); !next.empty())
    std::printf("Hay más: --after %s\n", next.c_str());
}

std::string speaker_of(const json::value& line, std::string_view debtor) {
  const std::string from = text_in(line, "from"), author = words_in(line, "author");
  if (from == "debtor") return std::string(debtor);
  if (from == "person") return author;
  if (from == "note") return "Nota de " + author;
  if (from == "phone_app") return "Desde el teléfono";
  return from == "elsewhere" ? "Por otro canal" : "Puntual";
}

void print_line(const json::value& line, std::string_view debtor) {
  const std::string text = words_in(line, "text"), type = text_in(line, "type"),
                    state = text_in(line, "state");
  std::string what = text.empty() ? fmt::format("[{}]", value_es(type)) : text;
  if (!state.empty()) what += fmt::format("  ({})", value_es(state));
  if (state == "planned" || state == "cancelled" || state == "expired") {
    if (const std::string why = reason_es(text_in(line, "reasons")); !why.empty())
      what += " " + why;
  }
  std::printf("%s  %s: %s\n", moment_in(line, "at").c_str(), speaker_of(line, debtor).c_str(),
              what.c_str());
}

constexpr size_t kLinesShown = 20;

void print_conversation(const json::value& talk, bool is_whole) {
  const std::string name = name_in(talk), window = moment_in(talk, "window_until");
  std::printf("%s (%s), registro %s\n%s\n", name.c_str(), text_in(talk, "phone").c_str(),
              text_in(talk, "debtor").c_str(), words_in(talk, "summary").c_str());
  if (window.empty())
    std::printf(
        "No se le puede escribir texto libre ahora: pasaron más de 24 horas desde su último "
        "mensaje. Solo una plantilla.\n");
  else
    std::printf("Se le puede escribir hasta %s.\n", window.c_str());
  for (const auto& rest : *member_array(talk, "rests")) {
    const std::string until = moment_in(rest, "until");
    std::printf("%s %s\n", reason_es(text_in(rest, "code")).c_str(),
                until.empty() ? "Hasta que alguien lo termine." : ("Hasta " + until + ".").c_str());
  }
  for (const auto& task : *member_array(talk, "tasks")) {
    if (is_whole || text_in(task, "closed_at").empty()) print_task(task);
  }
  std::printf("\n");
  const auto& lines = *member_array(talk, "lines");
  const size_t first = is_whole || lines.size() <= kLinesShown ? 0 : lines.size() - kLinesShown;
  if (first > 0) std::printf("… %zu mensajes antes (--all los muestra)\n", first);
  for (size_t i = first; i < lines.size(); ++i) print_line(lines[i], name);
}

Result<int> run_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, readable(arguments));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  const std::string assignee = arguments.text("--mine");
  const std::string filter = !assignee.empty()            ? "mine"
                             : arguments.has("--snoozed") ? "snoozed"
                             : arguments.has("--all")     ? "all"
                                                          : "waiting";
  ASSIGN_OR_RETURN(const std::string page,
                   list_conversations_job(*deployment->store, creditor,
                                          {.filter = filter,
                                           .assignee = assignee,
                                           .after = arguments.text("--after"),
                                           .limit = arguments.text("--limit")},
                                          now));
  ASSIGN_OR_RETURN(const json::value answer, parse_json(page));
  return shown(arguments, answer, print_page);
}

Result<int> run_show(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, readable(arguments));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  ASSIGN_OR_RETURN(const std::string talk,
                   show_conversation_job(*deployment->store, creditor, arguments.text("PERSON"),
                                         std::nullopt, now));
  ASSIGN_OR_RETURN(const json::value answer, parse_json(talk));
  return shown(arguments, answer,
               [&](const json::value& one) { print_conversation(one, arguments.has("--all")); });
}

Result<int> run_reply(const Arguments& arguments) {
  json::object order;
  const auto take = [&](std::string_view argument, std::string_view field) {
    if (const std::string value = arguments.text(argument); !value.empty()) order[field] = value;
  };
  take("TEXT", "text");
  take("--canned", "canned");
  take("--template", "template");
  take("--last-seen", "last_seen");
  take("--despite", "despite");
  if (arguments.has("--anyway")) order["anyway"] = true;
  SystemRandom random;
  const std::string key = arguments.has("--key") ? arguments.text("--key") : random.hex128();
  ASSIGN_OR_RETURN(const json::value answer,
                   tell_conversation(arguments, "messages", std::move(order), key));
  return shown(arguments, answer, [](const json::value& one) {
    const std::string until = moment_in(one, "waits_until");
    std::string when = "Sale ahora";
    if (!member_bool(one, "new").value_or(false))
      when = "Ya se había enviado con esta clave";
    else if (member_bool(one, "paused").value_or(false))
      when = "Quedó guardada; los envíos están en pausa y sale cuando se reanuden";
    else if (!until.empty())
      when = "Sale desde " + until;
    std::printf("%s: «%s»\n", when.c_str(), words_in(one, "text").c_str());
  });
}

// A verb of a conversation; its second word and its options are fields of the order.
Result<int> run_verb(const Arguments& arguments, const std::string& verb, json::object order,
                     const char* done) {
  ASSIGN_OR_RETURN(const json::value answer, tell_conversation(arguments, verb, std::move(order)));
  return shown(arguments, answer, [&](const json::value&) { std::printf("%s\n", done); });
}

Result<int> run_task_verb(const Arguments& arguments, const std::string& verb, json::object order) {
  ASSIGN_OR_RETURN(const json::value answer, tell_task(arguments, verb, std::move(order)));
  return shown(arguments, answer, print_task);
}

void print_canned(const json::value& all) {
  for (const auto& one : *member_array(all, "canned_replies")) {
    std::printf("%-16s %s%s\n", words_in(one, "name").c_str(), words_in(one, "text").c_str(),
                member_bool(one, "built_in").value_or(false) ? "" : "  (propia)");
  }
}

Result<int> run_canned_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, readable(arguments));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const std::string all, list_canned_job(*deployment->store, creditor));
  ASSIGN_OR_RETURN(const json::value answer, parse_json(all));
  return shown(arguments, answer, print_canned);
}

}  // namespace

std::vector<Command> inbox_commands() {
  return {
      {.name = "inbox list",
       .summary = "What waits for a person: tasks, the oldest first, with whom they are about",
       .options = with_deployment_options({{"--mine", "LOGIN", "What this person has taken"},
                                           {"--snoozed", "", "What was put off"},
                                           {"--all", "", "Everybody who has ever written"},
                                           {"--after", "CURSOR", "The next page"},
                                           {"--limit", "N", "1 to 200"},
                                           kJson}),
       .run = run_list},
      {.name = "inbox show",
       .summary = "One conversation: what was said, what became of it, notes, tasks, and until "
                  "when they may be written to",
       .positionals = {"PERSON"},
       .options = with_deployment_options(
           {{"--all", "", "From its beginning, closed tasks as well"}, kJson}),
       .examples = "  puntual inbox show 10203040 --all > conversacion.txt\n",
       .run = run_show},
      {.name = "inbox reply",
       .summary = "Answer somebody in your own words; bot and reminders are silent until released",
       .positionals = {"PERSON", "[TEXT]"},
       .options = with_deployment_options(
           {{"--canned", "NAME", "A canned reply instead of a text"},
            {"--template", "NAME", "An approved template, when the service window is closed"},
            {"--last-seen", "ID",
             "The last message of theirs that you have read: if there is a newer one, nothing is "
             "sent"},
            {"--anyway", "", "Also then"},
            {"--despite", "WHY",
             "Although it names an account or a sum that is not in the books; of supervisors"},
            {"--key", "TEXT", "The same again is the same message, and is sent once"},
            kBy,
            kJson}),
       .examples = "  puntual inbox reply 10203040 'Buenos días, ya reviso su caso.' --by laura\n"
                   "  puntual inbox reply 10203040 --canned saludo\n",
       .run = run_reply},
      {.name = "inbox release",
       .summary = "Give the conversation back to bot and strategy",
       .positionals = {"PERSON"},
       .options = with_deployment_options({kBy, kJson}),
       .run =
           [](const Arguments& arguments) {
             return run_verb(arguments, "release", {}, "El bot y los recordatorios pueden seguir.");
           }},
      {.name = "inbox note",
       .summary = "Write something down about somebody, for your colleagues",
       .positionals = {"PERSON", "TEXT"},
       .options = with_deployment_options({kBy, kJson}),
       .run =
           [](const Arguments& arguments) {
             return run_verb(arguments, "notes", {{"text", arguments.text("TEXT")}}, "Anotado.");
           }},
      {.name = "inbox task",
       .summary = "Ask a colleague to see to somebody; bot and reminders are silent meanwhile",
       .positionals = {"PERSON", "KIND", "SUMMARY"},
       .options = with_deployment_options({kBy, kJson}),
       .examples =
           "  puntual inbox task 10203040 wants_person 'Llamó: pide que le expliquen la factura'\n"
           "KIND is payment_claim, dispute, hardship, wants_person, complaint, unclear, "
           "plan_beyond, broken_plan, unreachable, stranger, death, legal, needs_answer or "
           "stop_doubt\n",
       .run =
           [](const Arguments& arguments) {
             return run_verb(
                 arguments, "tasks",
                 {{"kind", arguments.text("KIND")}, {"summary", arguments.text("SUMMARY")}},
                 "Queda como tarea.");
           }},
      {.name = "inbox assign",
       .summary = "Who sees to a task; nobody when no login is given",
       .positionals = {"TASK", "[LOGIN]"},
       .options = with_deployment_options({kBy, kJson}),
       .run =
           [](const Arguments& arguments) {
             return run_task_verb(arguments, "assign", {{"assignee", arguments.text("LOGIN")}});
           }},
      {.name = "inbox snooze",
       .summary = "A task does not wait until then, or until the person writes; waits again when "
                  "no moment is given",
       .positionals = {"TASK", "[UNTIL]"},
       .options = with_deployment_options({kBy, kJson}),
       .examples =
           "  puntual inbox snooze 4107 2026-11-30\n  puntual inbox snooze 4107 'el lunes 15:00'\n",
       .run =
           [](const Arguments& arguments) {
             return run_task_verb(arguments, "snooze", {{"until", arguments.text("UNTIL")}});
           }},
      {.name = "inbox close",
       .summary = "A task has ended: confirmed, rejected, settled (what rested for it goes on) or "
                  "done (it goes on resting)",
       .positionals = {"TASK", "[OUTCOME]"},
       .options = with_deployment_options({kBy, kJson}),
       .examples = "  puntual inbox close 4107 settled --by laura\n",
       .run =
           [](const Arguments& arguments) {
             const std::string outcome = arguments.text("OUTCOME");
             return run_task_verb(arguments, "close",
                                  {{"outcome", outcome.empty() ? "done" : outcome}});
           }},
      {.name = "canned list",
       .summary = "The answers that are written often",
       .options = with_deployment_options({kJson}),
       .run = run_canned_list},
      {.name = "canned set",
       .summary = "Make or change one, with the variables of templates",
       .positionals = {"NAME", "TEXT"},
       .options = with_deployment_options({kJson}),
       .examples = "  puntual canned set horario 'Hola, {{nombre}}. Atendemos de 8 a 5.'\n",
       .run = [](const Arguments& arguments) -> Result<int> {
         ASSIGN_OR_RETURN(const json::value all,
                          tell_canned(arguments, "set", {{"text", arguments.text("TEXT")}}));
         return shown(arguments, all, print_canned);
       }},
      {.name = "canned remove",
       .summary = "Remove one of your own; the one of its name that is built in holds again",
       .positionals = {"NAME"},
       .options = with_deployment_options({kJson}),
       .run = [](const Arguments& arguments) -> Result<int> {
         ASSIGN_OR_RETURN(const json::value all, tell_canned(arguments, "remove", {}));
         return shown(arguments, all, print_canned);
       }},
  };
}

}  // namespace puntual::cli
