// puntual proof MESSAGE | proof check FILE: that a message was lawful, for somebody who does not trust us.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/proof_pages.h"
#include "cli/anchoring.h"
#include "cli/deployment.h"
#include "core/audit/anchor_file.h"
#include "engine/proof.h"

namespace puntual::cli {
namespace {

Result<void> write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  if (std::ofstream(path, std::ios::binary) << bytes << std::flush) return {};
  return fail(ErrorCode::Forbidden, "{}: cannot be written", path.string());
}

Result<bool> lacks_anchor(const Arguments& arguments, const std::string& name) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return deployment->store->read([&](Tx& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
    return engine::needs_anchor(tx, message);
  });
}

Result<int> run_proof(const Arguments& arguments) {
  const std::string name = arguments.text("MESSAGE");
  if (name.empty()) {
    std::fprintf(stderr, "puntual: proof: MESSAGE is missing (its id as 'puntual explain' shows it, or WhatsApp's)\n");
    return kUsage;
  }
  ASSIGN_OR_RETURN(const bool lacks, lacks_anchor(arguments, name));
  if (lacks) RETURN_IF_ERROR(make_anchor(arguments));
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const audit::Proof proof, deployment->store->read([&](Tx& tx) -> Result<audit::Proof> {
    ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
    return engine::make_proof(tx, creditor, message, deployment->now_of(tx));
  }));
  const std::filesystem::path folder = arguments.has("--out") ? arguments.text("--out") : ".";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string stem = std::to_string(proof.message.value);
  ASSIGN_OR_RETURN(const std::string pdf, document::to_pdf(proof_pages(proof, Zone::of(creditor.zone))));
  RETURN_IF_ERROR(write_bytes(folder / (stem + ".json"), audit::write_proof(proof)));
  RETURN_IF_ERROR(write_bytes(folder / (stem + ".pdf"), pdf));
  std::printf("%s\n%s\n", (folder / (stem + ".json")).c_str(), (folder / (stem + ".pdf")).c_str());
  return kOk;
}

void print_proven(const audit::Proof& proof, bool anchor_compared) {
  const json::object facts = audit::facts_of_last_sending(proof);
  std::printf("La constancia es auténtica. Queda probado que:\n");
  std::printf("  el mensaje %lld salió hacia WhatsApp el %s\n", static_cast<long long>(proof.message.value),
              member_text(facts, "local").value_or("?").c_str());
  std::printf("  %s\n", proof.address.empty() ? "a una dirección que ya no se conserva" : ("a " + proof.address).c_str());
  if (proof.text.empty()) {
    std::printf("  (%s)\n", std::string(missing_text_es(proof)).c_str());
  } else {
    std::printf("  con exactamente este texto:\n\n%s\n\n", proof.text.c_str());
  }
  std::printf("  y que la decisión y lo que pasó después quedaron escritos así, en este orden:\n");
  for (const auto& one : proof.records) {
    std::printf("    %s  %s %s\n", format_utc(one.record.at).c_str(), one.record.kind.c_str(), one.record.detail.c_str());
  }
  for (const auto& anchor : proof.anchors) {
    std::printf("  antes del %s, fecha del ancla (raíz %s)\n", format_utc(anchor.at).c_str(), anchor.merkle_root.c_str());
  }
  std::printf("%s\n", anchor_compared ? "El ancla es la que usted guardó."
                                      : "Falta comparar el ancla con la que se guardó en otro lugar: puntual proof check FILE --anchor ANCLA.");
}

Result<int> run_proof_check(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string file, read_file(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const audit::Proof proof, audit::read_proof(file));
  std::vector<audit::Anchor> kept;
  if (arguments.has("--anchor")) {
    ASSIGN_OR_RETURN(const std::string anchors, read_file(arguments.text("--anchor")));
    ASSIGN_OR_RETURN(kept, audit::read_anchors(anchors));
    if (kept.empty()) return fail(ErrorCode::Invalid, "{}: the file names no chain", arguments.text("--anchor"));
  }
  const auto faults = audit::faults_of_proof(proof, kept);
  if (faults.empty()) {
    print_proven(proof, !kept.empty());
    return kOk;
  }
  if (audit::is_beyond(proof, kept) && audit::faults_of_proof(proof, {}).empty()) {
    std::printf("Todavía no se puede decir: el mensaje es posterior al ancla de %s, que no llega hasta él.\n"
                "Lo demás de la constancia concuerda. Pida un ancla más nueva, que se hace con:\n"
                "  puntual audit anchor --out ancla.json\n",
                arguments.text("--anchor").c_str());
    return kFailure;
  }
  std::printf("La constancia NO es auténtica:\n");
  for (const auto& fault : faults) std::printf("  %s\n", fault.c_str());
  return kUnsafe;
}

}  // namespace

Command proof_check_command() {
  return {.name = "proof check",
          .summary = "Check a proof, offline and without a database",
          .positionals = {"FILE"},
          .options = {{"--anchor", "FILE", "The anchor that was kept elsewhere"}},
          .examples = "  puntual proof check 3012345678901.json --anchor ancla.json\n",
          .run = run_proof_check};
}

Command proof_command() {
  return {.name = "proof",
          .summary = "Everything about one message as JSON and PDF, for somebody who checks it without us",
          .positionals = {"[MESSAGE]"},
          .options = with_deployment_options({{"--out", "DIR", "Where to write MESSAGE.json and MESSAGE.pdf; here when left out"}}),
          .examples = "  puntual proof wamid.HBgLNTczMDAxMjM0NTY3 --out constancias\n"
                      "  puntual proof check constancias/3012345678901.json\n",
          .run = run_proof};
}

}  // namespace puntual::cli
