// The processes that write to this database, and who sends for which number
// (docs/decisions/0014-several-nodes.md).
//
// A node is a number with a fence. Its number goes into its ids; every taking-over raises the
// fence, so whoever was there before finds out at its next write. Moments are those of the
// database's clock: nodes need not agree on one.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace puntual::store {

// What a process holds while it is a node.
struct NodeLease {
  int number = 0;
  int64_t fence = 0;
  int64_t left_ms = INT64_MAX;  // For how long it is surely ours, when the transaction began.
};

struct NodeState {
  int number = 0;
  std::string owner;
  int64_t fence = 0;
  int64_t left_ms = 0;  // Negative: it ended so long ago.
};

// The name of its sessions at a server.
[[nodiscard]] std::string session_name(const NodeLease& lease);

class Nodes {
 public:
  explicit Nodes(Connection& db, const NodeLease& own = {}) : db_(db), own_(own) {}

  // A number that nobody has had for a second; none: all 64 are in use. To be committed before it
  // is believed.
  [[nodiscard]] std::optional<NodeLease> take(std::string_view owner, int64_t ttl_ms);
  // Where a file's lock says that nobody else is there: number 0, whoever had it.
  [[nodiscard]] NodeLease take_alone(std::string_view owner);
  // What the database's clock shows; none: somebody else has taken it.
  [[nodiscard]] std::optional<Instant> renew(const NodeLease& lease, int64_t ttl_ms);
  void release(const NodeLease& lease);
  // The transaction fails (Conflict) unless the lease holds, and nobody takes it before the
  // transaction has ended.
  void confirm(const NodeLease& lease);
  // Ends what nodes that are gone have open at the server: a process that was frozen within a
  // transaction would hold its rows, and everybody who waits for them, for as long as it sleeps.
  // PostgreSQL only.
  void end_sessions_of_the_gone();
  // Whoever was a node before is none from now on, when none of them is alive. Else nothing is
  // changed: who is.
  [[nodiscard]] std::vector<std::string> fence_out_others();
  // In line behind other nodes' transactions that name the same, and before those that come later,
  // until this one ends.
  void stand_in_line(std::string_view name);
  // Those that have been taken at least once.
  [[nodiscard]] std::vector<NodeState> all();

  // Whether this node alone may now do what the name says; taken when nobody has it, or the node
  // that had it has been gone for a second, which from then on is fenced out altogether.
  [[nodiscard]] bool take_lease(std::string_view name);
  // Another node has it and is not gone: nothing need be tried.
  [[nodiscard]] bool is_of_other(std::string_view name);
  [[nodiscard]] const NodeLease& own() const { return own_; }

 private:
  // Nothing of that node commits or leaves any more, and has not for a second.
  [[nodiscard]] bool is_gone(int number, int64_t fence);
  Connection& db_;
  NodeLease own_;
};

}  // namespace puntual::store
