// puntual audit verify | anchor: does the audit trail hold, and what to keep of it elsewhere.
#include "engine/audit.h"

#include <cstdio>
#include <fstream>

#include "app/anchor_job.h"
#include "cli/anchoring.h"
#include "cli/deployment.h"
#include "cli/remote.h"
#include "core/audit/anchor_file.h"

namespace puntual::cli {
namespace {

json::object fault_json(const audit::Fault& fault) {
  return {{"creditor", std::to_string(fault.chain.creditor.value)},
          {"node", fault.chain.node},
          {"record", std::to_string(fault.record_id)},
          {"kind", audit::code_of(fault.kind)},
          {"es", fault.what_es}};
}

json::object report_json(const AuditReport& report) {
  json::array chains, faults;
  for (const auto& [chain, state] : report.chains) {
    chains.push_back(json::object{{"creditor", std::to_string(chain.creditor.value)},
                                  {"node", chain.node},
                                  {"count", state.count},
                                  {"first_id", std::to_string(state.first_id)},
                                  {"last_id", std::to_string(state.last_id)},
                                  {"head", state.head}});
  }
  for (const auto& fault : report.faults) faults.push_back(fault_json(fault));
  return {{"ok", report.faults.empty()},
          {"records", report.records},
          {"chains", chains},
          {"faults", faults}};
}

void print_for_people(const AuditReport& report) {
  for (const auto& fault : report.faults) {
    std::printf("Acreedor %lld, registro %lld: %s.\n",
                static_cast<long long>(fault.chain.creditor.value),
                static_cast<long long>(fault.record_id), fault.what_es.c_str());
  }
  if (!report.faults.empty()) {
    std::printf(
        "La historia NO está íntegra. Guarde una copia de la base de datos tal como está antes de "
        "tocar nada.\n");
    return;
  }
  std::printf("La historia está íntegra: %lld %s, cada uno en su lugar y sin cambios.\n",
              static_cast<long long>(report.records),
              report.records == 1 ? "registro" : "registros");
  for (const auto& [chain, state] : report.chains) {
    std::printf("  acreedor %lld: %lld registros, el último %s\n",
                static_cast<long long>(chain.creditor.value), static_cast<long long>(state.count),
                state.head.c_str());
  }
}

Result<int> run_verify(const Arguments& arguments) {
  std::vector<audit::Anchor> anchors;
  if (arguments.has("--anchor")) {
    ASSIGN_OR_RETURN(const std::string file, read_file(arguments.text("--anchor")));
    ASSIGN_OR_RETURN(anchors, audit::read_anchors(file));
  }
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const AuditReport report, deployment->store->read([&](Tx& tx) {
    return engine::verify_audit(tx, std::move(anchors));
  }));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(report_json(report)).c_str());
  } else {
    print_for_people(report);
  }
  return report.faults.empty() ? kOk : kUnsafe;
}

Result<int> run_anchor(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string text, make_anchor(arguments));
  std::fprintf(stderr,
               "Huella de este ancla: %s\nGuárdela fuera de esta máquina: prueba que lo anterior "
               "no se reescribió.\n",
               hex(sha256(text)).c_str());
  if (!arguments.has("--out")) {
    std::fputs(text.c_str(), stdout);
    return kOk;
  }
  const std::string path = arguments.text("--out");
  if (!(std::ofstream(path, std::ios::binary) << text << std::flush))
    return fail(ErrorCode::Forbidden, "{}: cannot be written", path);
  return kOk;
}

}  // namespace

Result<std::string> make_anchor(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote) return remote->post("/v1/audit/anchors", {}, "application/json", "{}");
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  return run_anchor_job(*deployment->store, deployment->clock.now());
}

Command audit_verify_command() {
  return {
      .name = "audit verify",
      .summary =
          "Is the audit trail unbroken? Finds change, removal, insertion, reordering, truncation; "
          "exit code 6",
      .options = with_deployment_options(
          {{"--anchor", "FILE",
            "An anchor kept elsewhere: shows a missing end, or a chain written anew"},
           {"--json", "", "As one JSON object"}}),
      .examples = "  puntual audit verify --anchor /media/usb/anchors/2026-11-24T05-00-00Z.json\n",
      .run = run_verify};
}

Command audit_anchor_command() {
  return {.name = "audit anchor",
          .summary =
              "Write down where the audit trail stands, to be kept where nobody here can change it",
          .options = with_deployment_options(
              {{"--out", "FILE", "Where to write; the terminal when left out"}}),
          .examples = "  puntual audit anchor --out ancla.json\n",
          .run = run_anchor};
}

}  // namespace puntual::cli
