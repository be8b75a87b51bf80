// puntual notices …: last notices that wait until a person has read them.
#include <cstdio>

#include "app/last_notice_job.h"
#include "app/words.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

const Option kNoticeBy{"--by", "LOGIN", "Who does so; stands in the records", false, "operator"};
const Option kNoticeJson{"--json", "", "As one JSON object"};

Result<int> list_notices(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const std::string page,
                   list_last_notices_job(*deployment->store, *deployment->desk, creditor,
                                         arguments.text("--after"), arguments.text("--limit"),
                                         deployment->clock.now()));
  if (arguments.has("--json")) {
    std::printf("%s\n", page.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value answer, parse_json(page));
  const auto& notices = *member_array(answer, "notices");
  for (const auto& one : notices) {
    const std::string text = text_in(one, "text");
    std::printf("%s  %s  %s\n%s\n\n", text_in(one, "debtor").c_str(),
                for_terminal(text_in(one, "name")).c_str(), text_in(one, "step").c_str(),
                for_terminal(text.empty() ? text_in(one, "silence_es") : text).c_str());
  }
  std::printf("%s\n", notices.empty() ? "Ningún aviso espera que alguien lo lea."
                                      : "«puntual notices release REGISTRO» lo deja salir; "
                                        "«puntual notices hold REGISTRO --why MOTIVO», no.");
  if (const std::string next = text_in(answer, "next"); !next.empty())
    std::printf("Hay más: --after %s\n", next.c_str());
  return kOk;
}

Result<int> decide_notices(const Arguments& arguments, const std::string& verb) {
  json::object order{{"by", arguments.text("--by")}};
  if (const std::string why = arguments.text("--why"); !why.empty()) order["why"] = why;
  const std::string debtor = arguments.text("DEBTOR"), count = arguments.text("--all");
  if (!count.empty()) order["count"] = count;
  if (!debtor.empty()) order["debtors"] = json::array{json::string(debtor)};
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  std::string said;
  if (remote) {
    ASSIGN_OR_RETURN(
        said, remote->post("/v1/last-notices/" + verb, {}, "application/json", to_json(order), {}));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(said, decide_last_notices_job(*deployment->store, *deployment->desk, creditor,
                                                   verb, to_json(order),
                                                   {operator_principal(), config.needs_four_eyes},
                                                   deployment->clock.now()));
  }
  if (arguments.has("--json")) {
    std::printf("%s\n", said.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value answer, parse_json(said));
  if (const auto asked = member_int(answer, "asked").value_or(0))
    std::printf("Falta que otra persona deje salir: %lld.\n", static_cast<long long>(asked));
  std::printf("%s: %lld. Ya no esperaban: %lld.\n",
              verb == "release" ? "Quedan para salir, si la ley lo permite" : "No salen",
              static_cast<long long>(member_int(answer, "decided").value_or(0)),
              static_cast<long long>(member_int(answer, "gone").value_or(0)));
  return kOk;
}

}  // namespace

std::vector<Command> last_notice_commands() {
  const Option all{"--all", "COUNT", "Instead of one: all that wait, if they are still so many"};
  return {
      {.name = "notices list",
       .summary =
           "Last notices that wait until a person has read them, each as its person would read it",
       .options = with_deployment_options(
           {{"--after", "CURSOR", "The next page"}, {"--limit", "N", "1 to 200"}, kNoticeJson}),
       .run = list_notices},
      {.name = "notices release",
       .summary = "Let one leave; the law is asked again before it goes",
       .positionals = {"[DEBTOR]"},
       .options = with_deployment_options(
           {all, {"--why", "TEXT", "For colleagues"}, kNoticeBy, kNoticeJson}),
       .examples = "  puntual notices release 182734650123456789 --by sara\n",
       .run = [](const Arguments& arguments) { return decide_notices(arguments, "release"); }},
      {.name = "notices hold",
       .summary = "Hold one back: it stays unsaid, whatever is launched later",
       .positionals = {"[DEBTOR]"},
       .options = with_deployment_options(
           {all, {"--why", "TEXT", "For colleagues"}, kNoticeBy, kNoticeJson}),
       .examples = "  puntual notices hold 182734650123456789 --why 'Pidió un plazo' --by sara\n",
       .run = [](const Arguments& arguments) { return decide_notices(arguments, "hold"); }},
  };
}

}  // namespace puntual::cli
