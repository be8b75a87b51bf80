// Does the chain hold? Reads records in the order of their ids, any number of chains between each
// other, and keeps no more than a few words of each: a database of millions is verified as it
// streams by.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/audit/record.h"

namespace puntual::audit {

// The records of one creditor made by one node (base/id.h).
struct ChainId {
  CreditorId creditor;
  int node = 0;
  auto operator<=>(const ChainId&) const = default;
};
[[nodiscard]] ChainId chain_of(const TimelineEvent& record);

// What was said of a chain at some moment, and kept where the database cannot reach it:
// docs/proof.md.
struct Anchor {
  ChainId chain;
  Instant at;
  int64_t first_id = 0;
  int64_t last_id = 0;
  int64_t count = 0;        // Of records from the very first.
  std::string head;         // The last record's hash.
  int64_t after_id = 0;     // The Merkle root is over the records beyond this one, up to last_id.
  std::string merkle_root;  // Empty: there was nothing new.
};

struct ChainState {
  int64_t first_id = 0;
  int64_t last_id = 0;
  int64_t count = 0;
  std::string head{kGenesis};
};

enum class FaultKind : uint8_t {
  Changed,
  Removed,
  Inserted,
  Reordered,
  Truncated,
  Rewritten,
  Unrecorded
};
[[nodiscard]] std::string_view code_of(FaultKind kind);  // "changed"

struct Fault {
  ChainId chain;
  int64_t record_id = 0;  // The first at which it shows.
  FaultKind kind = FaultKind::Changed;
  std::string what_es;  // For people.
};

class Verifier {
 public:
  explicit Verifier(std::vector<Anchor> anchors);
  // In the order of their ids.
  void see(const TimelineEvent& record);
  // The first fault of each chain; empty: all holds.
  [[nodiscard]] std::vector<Fault> finish();

  [[nodiscard]] int64_t count() const { return count_; }
  [[nodiscard]] const std::map<ChainId, ChainState>& chains() const { return chains_; }

 private:
  void break_at(const TimelineEvent& record, FaultKind kind, std::string what);
  void compare(const ChainId& chain, const ChainState& state, const Anchor& anchor, int64_t at_id);

  std::map<ChainId, ChainState> chains_;
  std::map<ChainId, std::vector<Anchor>> anchors_;
  std::set<ChainId> known_;         // By some anchor.
  Instant anchored_at_{INT64_MIN};  // By last_id; those that were passed are dropped.
  std::map<ChainId, Fault> broken_;
  int64_t count_ = 0;
};

}  // namespace puntual::audit
