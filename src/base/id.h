// Identities. Each noun has its own type, so that a debtor's id cannot stand where an invoice's is
// asked. Ids are made by the application, ordered by time, and unique within a deployment.
#pragma once

#include <compare>
#include <cstdint>

#include "base/time.h"

namespace puntual {

template <class Tag>
struct Id {
  int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  [[nodiscard]] explicit operator bool() const { return value != 0; }
};

using CreditorId = Id<struct CreditorTag>;
using DebtorId = Id<struct DebtorTag>;
using InvoiceId = Id<struct InvoiceTag>;
using PaymentId = Id<struct PaymentTag>;
using MessageId = Id<struct MessageTag>;  // A row of the outbox.
using InboxId = Id<struct InboxTag>;      // A raw event as it arrived.

// The node that made an id.
[[nodiscard]] constexpr int node_of_id(int64_t id) { return static_cast<int>(id >> 16 & 63); }

// Hands out increasing ids: milliseconds in the high bits, a counter and the node below. One per
// engine; not thread-safe (the writer alone makes ids).
class IdSource {
 public:
  explicit IdSource(int node = 0) : node_(node) {}
  template <class IdType>
  [[nodiscard]] IdType next(Instant now) {
    return IdType{next_value(now)};
  }
  [[nodiscard]] int node() const { return node_; }
  // From now on only ids beyond this one: it was made by a process before us, whose clock may have
  // stood further. The node stands above the counter: in a millisecond of a higher node none of
  // ours lies beyond it, only in the next one.
  void continue_after(int64_t id) {
    const int64_t counter = node_of_id(id) > node_ ? 0xFFFF : id & 0xFFFF;
    const int64_t before = ((id >> 22) << 16) | counter;
    if (before > last_) last_ = before;
  }

 private:
  // 41 bits of milliseconds since 2020, 6 of node, 16 of counter: 65,536 ids a millisecond, and the
  // clock is carried forward when a burst makes more, so ids stay unique and increasing.
  int64_t next_value(Instant now) {
    constexpr int64_t kEpochMs = 1577836800000;
    const int64_t base = (now.ms - kEpochMs) << 16;
    last_ = base > last_ ? base : last_ + 1;
    return ((last_ >> 16) << 22) | (int64_t{node_} << 16) | (last_ & 0xFFFF);
  }
  int64_t last_ = 0;
  int node_;
};

}  // namespace puntual
