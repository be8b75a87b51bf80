// puntual proof MESSAGE | proof agreement ID | proof check FILE: that a message was lawful, and
// what was agreed, for somebody who does not trust us.
#include "engine/proof.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/proof_pages.h"
#include "cli/anchoring.h"
#include "cli/deployment.h"
#include "core/audit/anchor_file.h"

namespace puntual::cli {
namespace {

Result<void> write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  if (std::ofstream(path, std::ios::binary) << bytes << std::flush) return {};
  return fail(ErrorCode::Forbidden, "{}: cannot be written", path.string());
}

template <class Answer, class Ask>
Result<Answer> asked_of(const Arguments& arguments, const Ask& ask) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return deployment->store->read(
      [&](Tx& tx) -> Result<Answer> { return ask(tx, creditor, deployment->clock.now()); });
}

// The file that is checked, and the pages that tell it.
struct PrintedProof {
  std::string stem, file;
  document::Document pages;
};

Result<int> write_proof(const Arguments& arguments, const PrintedProof& proof) {
  const std::filesystem::path folder = arguments.has("--out") ? arguments.text("--out") : ".";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  ASSIGN_OR_RETURN(const std::string pdf, document::to_pdf(proof.pages));
  RETURN_IF_ERROR(write_bytes(folder / (proof.stem + ".json"), proof.file));
  RETURN_IF_ERROR(write_bytes(folder / (proof.stem + ".pdf"), pdf));
  std::printf("%s\n%s\n", (folder / (proof.stem + ".json")).c_str(),
              (folder / (proof.stem + ".pdf")).c_str());
  return kOk;
}

Result<int> run_proof(const Arguments& arguments) {
  const std::string name = arguments.text("MESSAGE");
  if (name.empty()) {
    std::fprintf(stderr,
                 "puntual: proof: MESSAGE is missing (its id as 'puntual explain' shows it, or "
                 "WhatsApp's)\n");
    return kUsage;
  }
  ASSIGN_OR_RETURN(
      const bool lacks,
      asked_of<bool>(arguments, [&](Tx& tx, const Creditor& creditor, Instant) -> Result<bool> {
        ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
        return engine::needs_anchor(tx, message);
      }));
  if (lacks) RETURN_IF_ERROR(make_anchor(arguments));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(
      const PrintedProof printed,
      asked_of<PrintedProof>(
          arguments, [&](Tx& tx, const Creditor& creditor, Instant now) -> Result<PrintedProof> {
            ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
            ASSIGN_OR_RETURN(const audit::Proof proof,
                             engine::make_proof(tx, creditor, message, now, config.law.law));
            return PrintedProof{.stem = std::to_string(message.id.value),
                                .file = audit::write_proof(proof),
                                .pages = proof_pages(proof, Zone::of(creditor.zone))};
          }));
  return write_proof(arguments, printed);
}

Result<int> run_agreement_proof(const Arguments& arguments) {
  const std::string name = arguments.text("ID");
  ASSIGN_OR_RETURN(
      const bool lacks,
      asked_of<bool>(arguments, [&](Tx& tx, const Creditor& creditor, Instant) -> Result<bool> {
        ASSIGN_OR_RETURN(const Agreement agreement, engine::find_agreement(tx, creditor, name));
        return engine::needs_anchor(tx, agreement);
      }));
  if (lacks) RETURN_IF_ERROR(make_anchor(arguments));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(
      const PrintedProof printed,
      asked_of<PrintedProof>(
          arguments, [&](Tx& tx, const Creditor& creditor, Instant now) -> Result<PrintedProof> {
            ASSIGN_OR_RETURN(const Agreement agreement, engine::find_agreement(tx, creditor, name));
            ASSIGN_OR_RETURN(
                const audit::AgreementProof proof,
                engine::make_agreement_proof(tx, creditor, agreement, now, config.law.law));
            return PrintedProof{.stem = "acuerdo-" + name,
                                .file = audit::write_agreement_proof(proof),
                                .pages = agreement_proof_pages(proof, Zone::of(creditor.zone))};
          }));
  return write_proof(arguments, printed);
}

void print_anchor_compared(bool was_compared) {
  std::printf(
      "Prueba los registros que trae, no que no haya otros: si falta alguno lo dice 'puntual audit "
      "verify', donde está la cadena entera.\n");
  std::printf("%s\n", was_compared ? "El ancla es la que usted guardó."
                                   : "Falta comparar el ancla con la que se guardó en otro lugar: "
                                     "puntual proof check FILE --anchor ANCLA.");
}

void print_proven(const audit::Proof& proof, bool anchor_compared) {
  const json::object facts = audit::facts_of_last_sending(proof);
  std::printf("La constancia es auténtica. Queda probado que:\n");
  std::printf("  el mensaje %lld salió hacia WhatsApp el %s\n",
              static_cast<long long>(proof.message.value),
              member_text(facts, "local").value_or("?").c_str());
  std::printf("  %s\n", proof.address.empty() ? "a una dirección que ya no se conserva"
                                              : ("a " + proof.address).c_str());
  if (proof.text.empty()) {
    std::printf("  (%s)\n", std::string(missing_text_es(proof)).c_str());
  } else {
    std::printf("  con exactamente este texto:\n\n%s\n\n", proof.text.c_str());
  }
  std::printf("  y que la decisión y lo que pasó después quedaron escritos así, en este orden:\n");
  for (const auto& one : proof.records) {
    std::printf("    %s  %s %s\n", format_utc(one.record.at).c_str(), one.record.kind.c_str(),
                one.record.detail.c_str());
  }
  for (const auto& anchor : proof.anchors) {
    std::printf("  antes del %s, fecha del ancla (raíz %s)\n", format_utc(anchor.at).c_str(),
                anchor.merkle_root.c_str());
  }
  print_anchor_compared(anchor_compared);
}

void print_proven(const audit::AgreementProof& proof, bool anchor_compared) {
  const json::value facts = audit::facts_of_making(proof);
  const json::object* identity = member_object(facts, "identity");
  std::printf("La constancia es auténtica. Queda probado que:\n");
  std::printf("  el acuerdo %lld quedó escrito el %s, con el número en estado «%s»\n",
              static_cast<long long>(proof.agreement.value),
              format_utc(proof.terms.records.front().record.at).c_str(),
              identity == nullptr ? "?" : member_text(*identity, "state").value_or("?").c_str());
  const std::string mandate = member_text(facts, "mandate_version").value_or("");
  std::printf("  %s\n", mandate.empty() ? "fuera del mandato, por decisión de una persona"
                                        : ("dentro del mandato, versión " + mandate).c_str());
  const std::string currency = member_text(facts, "currency").value_or("");
  if (const auto* parts = member_array(facts, "instalments")) {
    for (const auto& part : *parts) {
      const auto known = Currency::parse(currency);
      std::printf(
          "    %s  %s %s\n", member_text(part, "due_on").value_or("?").c_str(),
          known ? format_decimal({member_int(part, "amount_minor").value_or(0), *known}).c_str()
                : "?",
          currency.c_str());
    }
  }
  if (proof.words.empty())
    std::printf("  (las palabras ya no se conservan)\n");
  else
    std::printf("  con exactamente estas palabras:\n\n%s\n\n", proof.words.c_str());
  std::printf("  que después pasó esto:\n");
  for (const auto& one : proof.terms.records)
    std::printf("    %s  %s\n", format_utc(one.record.at).c_str(), one.record.kind.c_str());
  std::printf(
      "  y que %zu mensajes que hablan de él salieron, con exactamente el texto que traen.\n",
      proof.messages.size());
  print_anchor_compared(anchor_compared);
}

Result<int> judged(const std::vector<std::string>& faults) {
  if (faults.empty()) return kOk;
  std::printf("La constancia NO es auténtica:\n");
  for (const auto& fault : faults) std::printf("  %s\n", fault.c_str());
  return kUnsafe;
}

Result<int> check_agreement_proof(const json::value& document,
                                  const std::vector<audit::Anchor>& kept) {
  ASSIGN_OR_RETURN(const audit::AgreementProof proof, audit::agreement_proof_of(document));
  const auto faults = audit::faults_of_agreement_proof(proof, kept);
  if (faults.empty()) print_proven(proof, !kept.empty());
  return judged(faults);
}

Result<int> run_proof_check(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string file, read_file(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const json::value document, parse_json(file));
  std::vector<audit::Anchor> kept;
  if (arguments.has("--anchor")) {
    ASSIGN_OR_RETURN(const std::string anchors, read_file(arguments.text("--anchor")));
    ASSIGN_OR_RETURN(kept, audit::read_anchors(anchors));
    if (kept.empty())
      return fail(ErrorCode::Invalid, "{}: the file names no chain", arguments.text("--anchor"));
  }
  if (audit::is_agreement_proof(document)) return check_agreement_proof(document, kept);
  ASSIGN_OR_RETURN(const audit::Proof proof, audit::proof_of(document));
  const auto faults = audit::faults_of_proof(proof, kept);
  if (faults.empty()) {
    print_proven(proof, !kept.empty());
    return kOk;
  }
  if (audit::is_beyond(proof, kept) && audit::faults_of_proof(proof, {}).empty()) {
    std::printf(
        "Todavía no se puede decir: el mensaje es posterior al ancla de %s, que no llega hasta "
        "él.\n"
        "Lo demás de la constancia concuerda. Pida un ancla más nueva, que se hace con:\n"
        "  puntual audit anchor --out ancla.json\n",
        arguments.text("--anchor").c_str());
    return kFailure;
  }
  return judged(faults);
}

}  // namespace

Command proof_agreement_command() {
  return {.name = "proof agreement",
          .summary =
              "What was agreed with somebody, with the words, the mandate and each message, for "
              "somebody who checks it without us",
          .positionals = {"ID"},
          .options = with_deployment_options(
              {{"--out", "DIR",
                "Where to write acuerdo-ID.json and acuerdo-ID.pdf; here when left out"}}),
          .examples = "  puntual proof agreement 3012345678901 --out constancias\n",
          .run = run_agreement_proof};
}

Command proof_check_command() {
  return {.name = "proof check",
          .summary = "Check a proof, offline and without a database",
          .positionals = {"FILE"},
          .options = {{"--anchor", "FILE", "The anchor that was kept elsewhere"}},
          .examples = "  puntual proof check 3012345678901.json --anchor ancla.json\n",
          .run = run_proof_check};
}

Command proof_command() {
  return {
      .name = "proof",
      .summary =
          "Everything about one message as JSON and PDF, for somebody who checks it without us",
      .positionals = {"[MESSAGE]"},
      .options = with_deployment_options(
          {{"--out", "DIR", "Where to write MESSAGE.json and MESSAGE.pdf; here when left out"}}),
      .examples =
          "  puntual proof wamid.HBgLNTczMDAxMjM0NTY3 --out constancias\n"
          "  puntual proof check constancias/3012345678901.json\n",
      .run = run_proof};
}

}  // namespace puntual::cli
