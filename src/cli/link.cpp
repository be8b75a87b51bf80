// puntual link: prints the address of somebody's page for payers, or takes all of theirs back.
#include <cstdio>

#include "app/link_job.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

Result<std::string> ask_link(const Arguments& arguments, const std::string& job) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) return remote->post("/v1/links", {}, "application/json", job);
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return run_link_job(*deployment->store, *deployment->desk, creditor, job,
                      deployment->clock.now());
}

Result<int> run_link(const Arguments& arguments) {
  const bool revoke = arguments.has("--revoke");
  const json::object job{{"subject", arguments.text("SUBJECT")}, {"revoke", revoke}};
  ASSIGN_OR_RETURN(const std::string text, ask_link(arguments, to_json(job)));
  ASSIGN_OR_RETURN(const json::value answer, parse_json(text));
  if (arguments.has("--json")) {
    std::printf("%s\n", text.c_str());
  } else if (revoke) {
    std::printf("Enlaces anulados: %lld\n",
                static_cast<long long>(member_int(answer, "revoked").value_or(0)));
  } else {
    std::printf("%s\n", text_in(answer, "url").c_str());
    std::fprintf(stderr, "Referencia %s; sirve hasta %s\n", text_in(answer, "reference").c_str(),
                 text_in(answer, "expires_at").c_str());
  }
  return kOk;
}

}  // namespace

Command link_command() {
  return {
      .name = "link",
      .summary = "The link with which somebody pays: of an invoice, or of all that a person owes",
      .positionals = {"SUBJECT"},
      .options =
          with_deployment_options({{"--revoke", "", "Take back every link of this person instead"},
                                   {"--json", "", "As one JSON object"}}),
      .examples = "  puntual link F-1042\n  puntual link 10203040 --revoke\n",
      .run = run_link};
}

}  // namespace puntual::cli
