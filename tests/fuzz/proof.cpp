// A proof from anybody: judged without fail, and what is read and written again is judged alike.
#include "core/audit/proof.h"

#include "tests/fuzz/fuzz.h"

namespace puntual::audit {

FUZZ(proof, "") {
  const auto proof = read_proof(bytes);
  if (!proof) return;
  const auto faults = faults_of_proof(*proof, {});
  (void)facts_of_last_sending(*proof);
  (void)is_beyond(*proof, proof->anchors);
  const auto again = read_proof(write_proof(*proof));
  HOLDS(again && faults_of_proof(*again, {}) == faults);
}

}  // namespace puntual::audit
