// Raw events as they arrived: made durable before they are answered, processed later.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/vault.h"

namespace puntual::store {

struct RawEvent {
  CreditorId creditor_id;  // At whose door it came in.
  InboxId id;
  std::string source;     // "whatsapp", later a payment provider.
  std::string event_key;  // The same delivery again has the same key.
  Instant received_at;
  std::string body;  // Exact bytes.
};

// An event's body as it lies in the inbox. It is bound to the event's key and time, so that whoever
// has a vault of their own seals before it is their turn to write.
[[nodiscard]] std::string sealed_body(Vault& vault, const RawEvent& event);

class Inbox {
 public:
  Inbox(Connection& db, Vault& vault) : db_(db), vault_(vault) {}
  // Keeps them in any case: whether one is a repetition is asked when it is processed. Their bodies
  // are sealed already.
  void append(std::span<const RawEvent> sealed);
  void append(RawEvent event) {
    event.body = sealed_body(vault_, event);
    append(std::span<const RawEvent>(&event, 1));
  }
  // True when the same delivery was processed before: then this one is forgotten.
  [[nodiscard]] bool drop_repeated(const RawEvent& event);
  // In the order of arrival; those that another node is busy with are left out, and ours until the
  // transaction ends.
  [[nodiscard]] std::vector<RawEvent> claim(CreditorId creditor, int limit);
  // None: it has been processed meanwhile, or another node is busy with it.
  [[nodiscard]] std::optional<RawEvent> claim(CreditorId creditor, InboxId id);
  // When the first one came that nobody has processed yet.
  [[nodiscard]] std::optional<Instant> oldest(CreditorId creditor);
  [[nodiscard]] int64_t backlog(CreditorId creditor);
  void mark_done(const RawEvent& event);  // What was understood is kept by its key alone.
  // Kept, visible, and out of the way of the others.
  void mark_poison(const RawEvent& event, std::string_view why);
  // Not its fault that it could not be dealt with: its turn comes again, after all the others'.
  void put_last(const RawEvent& event, InboxId id, std::string_view why);
  [[nodiscard]] int64_t poison_count(CreditorId creditor);
  // What was understood long ago: the platform repeats a delivery for seven days at most. Up to
  // `limit` rows.
  void forget_done(CreditorId creditor, Instant received_before, int limit);

 private:
  [[nodiscard]] RawEvent opened(CreditorId creditor, const Rows& row);
  Connection& db_;
  Vault& vault_;
};

}  // namespace puntual::store
