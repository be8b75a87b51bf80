// puntual webhook …: who is told of events, and what they are told. (What comes in from WhatsApp:
// webhook parse.)
#include <cstdio>

#include "app/user_job.h"
#include "app/webhook_job.h"
#include "app/words.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

const Option kHookBy{"--by", "LOGIN", "Who does so; stands in the records", false, "operator"};
const Option kHookJson{"--json", "", "As one JSON object"};

// Told to the server that has the database open, or done here when none has.
template <class Here>
Result<json::value> tell_hook(const Arguments& arguments, const std::string& path,
                              json::object order, Here&& here) {
  order["by"] = arguments.text("--by");
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->post(path, {}, "application/json", to_json(order)));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(answer, here(*deployment, creditor, to_json(order)));
  }
  return parse_json(answer);
}

Result<json::value> order_endpoint(const Arguments& arguments, const std::string& verb,
                                   json::object order = {}) {
  const std::string id = arguments.text("ID");
  return tell_hook(arguments, fmt::format("/v1/webhook-endpoints/{}/{}", Remote::escaped(id), verb),
                   std::move(order),
                   [&](Deployment& deployment, const Creditor& creditor, const std::string& body) {
                     return run_endpoint_job(*deployment.store, creditor, id, verb, body,
                                             operator_principal(), deployment.clock.now());
                   });
}

// The answer as JSON, or as `print` says it.
template <class Print>
Result<int> shown_hook(const Arguments& arguments, const Result<json::value>& answer,
                       Print&& print) {
  if (!answer) return std::unexpected(answer.error());
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(*answer).c_str());
  else
    print(*answer);
  return kOk;
}

void print_secret(const json::value& answer) {
  std::printf("Clave del destino %s; guárdela ahora, no se vuelve a mostrar:\n%s\n",
              text_in(answer, "id").c_str(), text_in(answer, "secret").c_str());
}

Result<int> run_add(const Arguments& arguments) {
  const json::object order{{"url", arguments.text("URL")},
                           {"types", arguments.text("--types")},
                           {"full", arguments.has("--full")}};
  return shown_hook(
      arguments,
      tell_hook(arguments, "/v1/webhook-endpoints", order,
                [&](Deployment& deployment, const Creditor& creditor, const std::string& body) {
                  return add_endpoint_job(*deployment.store, creditor,
                                          {.private_hosts = deployment.config.private_hosts}, body,
                                          operator_principal(), deployment.clock.now());
                }),
      print_secret);
}

std::string state_of_endpoint(const json::value& one) {
  if (const std::string at = text_in(one, "disabled_at"); !at.empty())
    return fmt::format("apagado desde {} ({}); siga con: puntual webhook enable {}", at,
                       text_in(one, "disabled_why"), text_in(one, "id"));
  if (const std::string at = text_in(one, "failing_since"); !at.empty())
    return fmt::format("no recibe desde {}", at);
  return "recibe";
}

void print_delivery(const json::value& one) {
  const std::string taken = text_in(one, "taken_at"), next = text_in(one, "next_try_at"),
                    answer = for_terminal(text_in(one, "answer"));
  const int64_t status = member_int(one, "status").value_or(0),
                attempts = member_int(one, "attempts").value_or(0);
  std::string line = fmt::format("    {}: ", text_in(one, "event"));
  if (!taken.empty() && next.empty())
    line += fmt::format("recibido {} ({}, {} ms)", taken, status,
                        member_int(one, "latency_ms").value_or(0));
  else if (attempts == 0)
    line += "espera su turno";
  else
    line += fmt::format("{} intentos; {}{}; {}", attempts,
                        status == 0 ? "" : fmt::format("{} ", status), answer,
                        next.empty() ? "no se intenta más" : "otra vez " + next);
  std::printf("%s\n", line.c_str());
}

Result<int> run_endpoints(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const std::string text,
                   list_endpoints_job(*deployment->store, deployment->config.creditor));
  return shown_hook(arguments, parse_json(text), [](const json::value& answer) {
    const auto& all = *member_array(answer, "endpoints");
    if (all.empty())
      std::printf("A nadie se le avisa. Empiece con: puntual webhook add https://…\n");
    for (const auto& one : all) {
      std::printf("%s  %s: %s\n", text_in(one, "id").c_str(), text_in(one, "url").c_str(),
                  state_of_endpoint(one).c_str());
      for (const auto& delivery : *member_array(one, "deliveries")) print_delivery(delivery);
    }
  });
}

Result<int> run_events(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  const Instant now = deployment->clock.now();
  ASSIGN_OR_RETURN(const std::string text,
                   list_events_job(*deployment->store, deployment->config.creditor,
                                   {.types = arguments.text("--types"),
                                    .from = arguments.text("--from"),
                                    .to = arguments.text("--to"),
                                    .after = arguments.text("--after"),
                                    .limit = arguments.text("--limit")},
                                   now));
  return shown_hook(arguments, parse_json(text), [](const json::value& answer) {
    for (const auto& one : *member_array(answer, "events")) {
      const auto* data = member(one, "data");
      std::printf("%s  %s  %s  %s\n", text_in(one, "id").c_str(), text_in(one, "timestamp").c_str(),
                  text_in(one, "type").c_str(),
                  data == nullptr ? "" : for_terminal(text_in(*data, "detail")).c_str());
    }
    if (const std::string next = text_in(answer, "next"); !next.empty())
      std::printf("Hay más: --after %s\n", next.c_str());
  });
}

Result<int> run_replay(const Arguments& arguments) {
  json::object order;
  for (const auto& [option, field] :
       {std::pair("--event", "event"), std::pair("--from", "from"), std::pair("--to", "to")}) {
    if (arguments.has(option)) order[field] = arguments.text(option);
  }
  return shown_hook(arguments, order_endpoint(arguments, "replay", std::move(order)),
                    [](const json::value& answer) {
                      std::printf("Se avisa otra vez de %lld.\n",
                                  static_cast<long long>(member_int(answer, "asked").value_or(0)));
                      if (const std::string next = text_in(answer, "next_from"); !next.empty())
                        std::printf("Hay más: --from %s\n", next.c_str());
                    });
}

// A verb that needs nothing but the endpoint.
Command endpoint_command(std::string_view name, std::string_view summary,
                         std::function<void(const json::value&)> print) {
  const std::string verb(name.substr(name.rfind(' ') + 1));
  return {.name = name,
          .summary = summary,
          .positionals = {"ID"},
          .options = with_deployment_options({kHookBy, kHookJson}),
          .run = [verb, print = std::move(print)](const Arguments& arguments) {
            return shown_hook(arguments, order_endpoint(arguments, verb), print);
          }};
}

}  // namespace

std::vector<Command> webhook_commands() {
  return {
      {.name = "webhook add",
       .summary =
           "Tell a system of yours of payments, promises and messages; its secret is shown once",
       .positionals = {"URL"},
       .options = with_deployment_options(
           {{"--types", "TYPES",
             "Of these alone, with blanks between: \"payment.* promise.broken\""},
            {"--full", "", "Also name, phone and document of the person"},
            kHookBy,
            kHookJson}),
       .examples =
           "  puntual webhook add https://erp.example.com/puntual --types 'payment.* promise.*'\n",
       .run = run_add},
      {.name = "webhook list",
       .summary = "Who is told, and what became of the latest events",
       .options = with_deployment_options({kHookJson}),
       .run = run_endpoints},
      endpoint_command("webhook remove", "Tell it no more, and forget it",
                       [](const json::value&) { std::printf("Quitado.\n"); }),
      endpoint_command("webhook enable", "Tell it again, after it was disabled",
                       [](const json::value&) { std::printf("Encendido.\n"); }),
      endpoint_command("webhook rotate", "Give it another secret; for a day both sign",
                       print_secret),
      endpoint_command(
          "webhook trigger", "Send it a test event",
          [](const json::value& answer) { std::printf("%s\n", text_in(answer, "event").c_str()); }),
      {.name = "webhook events",
       .summary = "What happened, as other systems are told",
       .options = with_deployment_options({{"--types", "TYPES", "Of these alone"},
                                           {"--from", "TIME", "From this day or moment on"},
                                           {"--to", "TIME", "Until then"},
                                           {"--after", "EVENT", "Beyond this one"},
                                           {"--limit", "N", "At most", false, "100"},
                                           kHookJson}),
       .examples = "  puntual webhook events --types payment.* --from 2026-11-01\n",
       .run = run_events},
      {.name = "webhook replay",
       .summary = "Tell it again, under the same ids",
       .positionals = {"ID"},
       .options = with_deployment_options(
           {{"--event", "EVENT", "This one"},
            {"--from", "TIME", "Or all it hears of, from this day or moment on"},
            {"--to", "TIME", "Until then; until now when left out"},
            kHookBy,
            kHookJson}),
       .examples = "  puntual webhook replay 123456 --from 2026-11-20\n",
       .run = run_replay}};
}

}  // namespace puntual::cli
