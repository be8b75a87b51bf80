// puntual export: the books as a table.
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "app/export_job.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

PeopleQuery people_of(const Arguments& arguments) {
  return {.search = arguments.text("--search"),
          .age = arguments.text("--age"),
          .silence = arguments.text("--silence")};
}

// That it is taken is written down first: by the server that has the database open, or here.
Result<void> note_export(const Arguments& arguments, const std::string& what) {
  json::object order{{"by", arguments.text("--by")}};
  if (const std::string filter = filter_text(people_of(arguments)); !filter.empty())
    order["filter"] = filter;
  for (const auto* field : {"from", "to", "format"}) {
    if (const std::string value = arguments.text(fmt::format("--{}", field)); !value.empty())
      order[field] = value;
  }
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) {
    RETURN_IF_ERROR(remote->post(fmt::format("/v1/exports/{}/noted", Remote::escaped(what)), {},
                                 "application/json", to_json(order)));
    return {};
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  RETURN_IF_ERROR(
      note_export_job(*deployment->store, creditor, what, to_json(order), deployment->clock.now()));
  return {};
}

// Whoever reads what is printed has gone: they have what they wanted ("| head").
bool is_reader_gone() {
  pollfd out{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

Result<int> run_export(const Arguments& arguments) {
  const std::string what = arguments.text("WHAT"), out = arguments.text("--out");
  if (out.empty() && arguments.text("--format") == "xlsx")
    return fail(ErrorCode::Invalid, "say into which file: --out saldos.xlsx");
  RETURN_IF_ERROR(note_export(arguments, what));
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  ASSIGN_OR_RETURN(ExportOrder order,
                   read_export_order(creditor, what, arguments.text("--from"),
                                     arguments.text("--to"), arguments.text("--format"), now));
  NameIndex names;
  RETURN_IF_ERROR(
      narrow_export(order, *deployment->store, names, creditor, people_of(arguments), now));
  ::umask(077);  // People's names and numbers: for whoever asked.
  const auto rows =
      write_export(*deployment->store, *deployment->desk, creditor, order, out.empty() ? "-" : out);
  if (!rows && out.empty() && is_reader_gone()) return kFailure;
  RETURN_IF_ERROR(rows);
  std::fprintf(stderr, "%lld filas%s%s\n", static_cast<long long>(*rows), out.empty() ? "" : " en ",
               out.c_str());
  return kOk;
}

}  // namespace

Command export_command() {
  return {
      .name = "export",
      .summary =
          "Payments, balances, messages or agreements as a table; import reads balances back",
      .positionals = {"WHAT"},
      .options = with_deployment_options(
          {{"--from", "YYYY-MM-DD",
            "First day, of all but balances, which are of now; of the first one when left out"},
           {"--to", "YYYY-MM-DD", "Last day, of all but balances; today when left out"},
           {"--format", "F", "csv or xlsx", false, "csv"},
           {"--age", "A",
            "Balances: of people whose oldest debt is so late: due, 30, 60, 90 or more"},
           {"--silence", "CODES", "Balances: of people to whom nothing is written for this reason"},
           {"--search", "TEXT", "Balances: of people found by name, document, phone or invoice"},
           {"--out", "FILE", "Into this file; else to stdout"},
           {"--by", "LOGIN", "Who takes it; stands in the records", false, "operator"}}),
      .examples =
          "  puntual export payments --from 2026-11-01 --to 2026-11-30 --out pagos.csv\n"
          "  puntual export balances --format xlsx --out saldos.xlsx\n"
          "  puntual export balances --age 60 --out mora-60.csv\n",
      .run = run_export};
}

}  // namespace puntual::cli
