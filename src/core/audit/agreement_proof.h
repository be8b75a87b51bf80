// What was agreed with somebody and how, as a file that anybody can check without us:
// docs/proof.md.
//
// What it proves: that these terms, inside this mandate or by this person, were recorded when the
// number was known to be theirs so far; that the words are the ones of then; what became of it; and
// each message that spoke of it, with its own proof. Pure.
#pragma once

#include "core/agreements/agreement.h"
#include "core/audit/proof.h"

namespace puntual::audit {

struct AgreementProof {
  AgreementId agreement;
  std::string words, salt;      // What was offered, and what they answered; empty: no longer kept.
  Proof terms;                  // The records: that it was made, and what became of it.
  std::vector<Proof> messages;  // The offer, its confirmation, its paper and its reminders, as far
                                // as they have left.
};

[[nodiscard]] std::string write_agreement_proof(const AgreementProof& proof);
[[nodiscard]] bool is_agreement_proof(const json::value& document);
[[nodiscard]] Result<AgreementProof> agreement_proof_of(const json::value& document);

// The facts of the record that it was made; empty when there is none that can be read.
[[nodiscard]] json::object facts_of_making(const AgreementProof& proof);

// What does not agree, in Spanish; empty: all that it proves holds.
[[nodiscard]] std::vector<std::string> faults_of_agreement_proof(const AgreementProof& proof,
                                                                 std::span<const Anchor> kept);

}  // namespace puntual::audit
