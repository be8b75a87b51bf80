// A proof from anybody: judged without fail, and what is read and written again is judged alike.
#include "core/audit/agreement_proof.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::audit {

namespace {

void judge_agreement(std::string_view bytes) {
  const auto document = parse_json(bytes);
  const auto proof = document ? agreement_proof_of(*document) : std::unexpected(document.error());
  if (!proof) return;
  const auto faults = faults_of_agreement_proof(*proof, {});
  const auto again = agreement_proof_of(*parse_json(write_agreement_proof(*proof)));
  HOLDS(again && faults_of_agreement_proof(*again, {}) == faults);
}

}  // namespace

FUZZ(proof, "") {
  judge_agreement(bytes);
  const auto proof = read_proof(bytes);
  if (!proof) return;
  const auto faults = faults_of_proof(*proof, {});
  (void)facts_of_last_sending(*proof);
  (void)is_beyond(*proof, proof->anchors);
  const auto again = read_proof(write_proof(*proof));
  HOLDS(again && faults_of_proof(*again, {}) == faults);
}

}  // namespace puntual::audit
