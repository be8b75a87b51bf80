#include "core/audit/agreement_proof.h"

#include <algorithm>

#include "base/crypto.h"

namespace puntual::audit {
namespace {

constexpr std::string_view kAgreementFormat = "puntual-agreement-proof-1";

// "plan 4711 chat"
bool is_about(const TimelineEvent& record, std::string_view agreement) {
  return record.kind.starts_with("agreement_") &&
         record.detail.contains(fmt::format(" {} ", agreement));
}

}  // namespace

std::string write_agreement_proof(const AgreementProof& proof) {
  json::array messages;
  for (const auto& one : proof.messages) messages.push_back(proof_json(one));
  return to_json(json::object{{"format", kAgreementFormat},
                              {"agreement", std::to_string(proof.agreement.value)},
                              {"words", proof.words},
                              {"words_salt", proof.salt},
                              {"terms", proof_json(proof.terms)},
                              {"messages", std::move(messages)}}) +
         "\n";
}

bool is_agreement_proof(const json::value& document) {
  return member_text(document, "format") == kAgreementFormat;
}

Result<AgreementProof> agreement_proof_of(const json::value& document) {
  const auto* terms = member(document, "terms");
  const auto* messages = member_array(document, "messages");
  const auto id = member_int(document, "agreement");
  const auto words = member_text(document, "words"), salt = member_text(document, "words_salt");
  if (!is_agreement_proof(document) || terms == nullptr || messages == nullptr || !id || !words ||
      !salt) {
    return fail(ErrorCode::Invalid,
                "this is no proof of an agreement (expected a file that 'puntual proof agreement "
                "ID' wrote)");
  }
  AgreementProof proof{
      .agreement = {*id}, .words = *words, .salt = *salt, .terms = {}, .messages = {}};
  ASSIGN_OR_RETURN(proof.terms, proof_of(*terms));
  for (const auto& one : *messages) {
    ASSIGN_OR_RETURN(proof.messages.emplace_back(), proof_of(one));
  }
  return proof;
}

json::object facts_of_making(const AgreementProof& proof) {
  if (proof.terms.records.empty() || proof.terms.records.front().record.kind != "agreement_made")
    return {};
  const auto facts = parse_json(proof.terms.records.front().record.facts);
  return facts && facts->is_object() ? facts->get_object() : json::object();
}

std::vector<std::string> faults_of_agreement_proof(const AgreementProof& proof,
                                                   std::span<const Anchor> kept) {
  std::vector<std::string> faults = faults_of_records(proof.terms, kept);
  const std::string id = std::to_string(proof.agreement.value);
  const json::object facts = facts_of_making(proof);
  if (member_text(facts, "agreement") != id)
    faults.push_back(fmt::format("ningún registro dice que se haya hecho el acuerdo {}", id));
  if (!proof.words.empty() &&
      member_text(facts, "words_commitment") != hex(hmac_sha256(proof.salt, proof.words))) {
    faults.emplace_back("las palabras no son las que se registraron cuando se hizo");
  }
  for (const auto& one : proof.terms.records) {
    if (!is_about(one.record, id))
      faults.push_back(fmt::format("el registro {} no es de este acuerdo", one.record.id));
  }
  for (const auto& message : proof.messages) {
    for (const auto& fault : faults_of_proof(message, kept))
      faults.push_back(fmt::format("mensaje {}: {}", message.message.value, fault));
    for (const auto& one : message.records) {
      const bool is_theirs = !proof.terms.records.empty() &&
                             one.record.debtor_id == proof.terms.records.front().record.debtor_id;
      if (!is_theirs)
        faults.push_back(fmt::format("el registro {} es de otra persona", one.record.id));
    }
  }
  return faults;
}

}  // namespace puntual::audit
