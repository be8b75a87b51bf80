// What became of one message and why it was lawful, as a file that anybody can check without us:
// docs/proof.md.
//
// What it proves: these records stood in the chain that the anchor names; the last hand-over was of
// exactly this text and to exactly this address. What stands under "explained" is told, not proven.
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "core/audit/merkle.h"
#include "core/audit/verify.h"

namespace puntual::audit {

struct ProofRecord {
  TimelineEvent record;
  std::string before;          // The hash of the one before it.
  std::vector<PathStep> path;  // To the root of its anchor.
  size_t anchor = 0;           // Which of the proof's.
};

struct RuleText {
  std::string id, law, confidence, source;
};

struct Proof {
  Instant made_at;
  MessageId message;
  std::string text;           // Exactly what the person read; empty: no longer kept.
  std::string address, salt;  // Empty: no longer kept.
  std::vector<ProofRecord> records;
  std::vector<Anchor> anchors;
  // Told only.
  std::string creditor_name, platform_id;
  bool is_forgotten =
      false;  // The person's data were erased: that is why text and address are no longer kept.
  std::vector<RuleText> rules;
};

[[nodiscard]] json::object proof_json(const Proof& proof);
[[nodiscard]] Result<Proof> proof_of(const json::value& value);
[[nodiscard]] std::string write_proof(const Proof& proof);
[[nodiscard]] Result<Proof> read_proof(std::string_view file);

// The facts of the last hand-over; an empty object when there is none, or when it cannot be read.
[[nodiscard]] json::object facts_of_last_sending(const Proof& proof);

// What does not agree of the records alone: their hashes, their paths, their anchors.
[[nodiscard]] std::vector<std::string> faults_of_records(const Proof& proof,
                                                         std::span<const Anchor> kept);
// What does not agree, in Spanish; empty: all that it proves holds. `kept`: anchors from elsewhere,
// to compare with.
[[nodiscard]] std::vector<std::string> faults_of_proof(const Proof& proof,
                                                       std::span<const Anchor> kept);

// Are those anchors older than the records, so that they can say neither yes nor no? Then a later
// one is needed.
[[nodiscard]] bool is_beyond(const Proof& proof, std::span<const Anchor> kept);

}  // namespace puntual::audit
