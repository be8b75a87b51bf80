// Messages on their way out, and what became of them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/flat_map.h"
#include "core/messaging/outbox_message.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

// Whose message has changed its state: for its record.
struct MovedMessage {
  MessageId id;
  CreditorId creditor_id;
  DebtorId debtor_id;
};

// One try to hand a message over.
struct Attempt {
  std::string id;
  std::string salt;
  int node = 0;  // Who has it in flight.
};

// A message that may leave.
struct Departure {
  MessageId id;
  DebtorId debtor_id;
  Attempt attempt;
  std::string pack_version;
};

// The platform's word that it has taken a message. Texts are borrowed.
struct Acceptance {
  CreditorId creditor_id;
  MessageId id;
  std::string_view attempt_id, platform_id;
};

// What waits together for its turn: what takes long to make, or is handed over elsewhere, holds up
// nothing else.
enum class Queue : uint8_t {
  Words,       // To WhatsApp: templates and free text.
  Page,        // With a document, which is printed when it is claimed.
  Invitation,  // By e-mail or SMS.
};

class Outbox {
 public:
  Outbox(Connection& db, PersonKeys& keys, const Held& held) : db_(db), keys_(keys), held_(held) {}
  // False when something with this key was said already: nothing is added.
  [[nodiscard]] bool insert(const OutboxMessage& message);
  [[nodiscard]] std::optional<OutboxMessage> find(CreditorId creditor, MessageId id);
  [[nodiscard]] std::optional<OutboxMessage> find_by_key(CreditorId creditor,
                                                         std::string_view dedupe_key);
  // Without what it says: news of it need not open it.
  [[nodiscard]] std::optional<OutboxMessage> find_by_attempt(CreditorId creditor,
                                                             std::string_view attempt_id);
  [[nodiscard]] std::optional<OutboxMessage> find_by_platform_id(CreditorId creditor,
                                                                 std::string_view platform_id);
  [[nodiscard]] std::vector<OutboxMessage> of_debtor(CreditorId creditor, DebtorId debtor);

  // The newest that has left, or may have, to each person.
  [[nodiscard]] std::vector<std::optional<OutboxMessage>> newest_left(CreditorId creditor,
                                                                      const People& people);

  // What waits to be said to each person; without what it says.
  [[nodiscard]] std::vector<std::vector<OutboxMessage>> planned_of(CreditorId creditor,
                                                                   const People& people);

  // Planned messages of a queue whose time has come: thanks and answers first, then the oldest. On
  // PostgreSQL rows of other nodes are skipped.
  [[nodiscard]] std::vector<OutboxMessage> due(CreditorId creditor, Instant now, Queue queue,
                                               int limit);
  [[nodiscard]] std::optional<Instant> next_due(CreditorId creditor, Queue queue);
  [[nodiscard]] std::optional<Instant> next_due(CreditorId creditor);  // Of any.
  // What may count as contacts with each person, newest last: everything handed over since `since`.
  struct Past {
    std::vector<Contact> contacts;
    bool has_written = false;  // Has anything ever left, or may have, for this person?
  };
  [[nodiscard]] std::vector<Past> history(CreditorId creditor, const People& people, Instant since);

  // Did something that collects arrive at this person from then on, before that?
  [[nodiscard]] bool has_reached(CreditorId creditor, DebtorId debtor, Instant from,
                                 Instant before);

  // By which other ways than WhatsApp this person was invited since then, or is about to be.
  struct Invited {
    Channel channel = Channel::Email;
    bool was_refused = false;  // There nobody takes messages for them.
  };
  [[nodiscard]] std::vector<Invited> invited_since(CreditorId creditor, DebtorId debtor,
                                                   Instant since);

  // The legal moves. Each repeats the state it comes from in its WHERE: a lost race changes nothing
  // and gives false. Of many at once, which each message goes through: the ids of those that moved.
  [[nodiscard]] IdSet to_in_flight(CreditorId creditor, std::span<const Departure> departures,
                                   Instant now, Instant deadline);
  [[nodiscard]] IdSet to_accepted(std::span<const Acceptance> acceptances);
  [[nodiscard]] bool to_planned_again(CreditorId creditor, MessageId id,
                                      std::string_view attempt_id, Instant not_before,
                                      int32_t error_code);
  [[nodiscard]] bool to_rejected(CreditorId creditor, MessageId id, std::string_view attempt_id,
                                 Instant now, int32_t error_code);
  [[nodiscard]] bool to_uncertain(CreditorId creditor, MessageId id, std::string_view attempt_id,
                                  int32_t error_code);
  [[nodiscard]] bool to_cancelled(CreditorId creditor, MessageId id, Instant now,
                                  std::string_view reasons);
  [[nodiscard]] bool to_expired(CreditorId creditor, MessageId id, Instant now,
                                std::string_view reasons);
  void postpone(CreditorId creditor, MessageId id, Instant not_before, std::string_view reasons);
  // Messages that waited for this template to be approved may go now.
  void release_waiting(CreditorId creditor, std::string_view name, std::string_view language,
                       Instant now);
  // A status of the platform: `to` has been decided by after_status(), from `from`. False when it
  // is there no longer.
  bool set_status(CreditorId creditor, MessageId id, MessageState from, MessageState to,
                  std::string_view platform_id, Instant at, int32_t error_code);

  // Everything planned for this person in these purposes, cancelled; the ids. The confirmation of a
  // stop stays, and what is of this step.
  std::vector<MessageId> cancel_planned(CreditorId creditor, DebtorId debtor, bool collection_only,
                                        Instant now, std::string_view why,
                                        std::string_view except_step = {});

  // The reminders planned with this invoice in the lead, cancelled; the ids.
  std::vector<MessageId> cancel_planned_about(CreditorId creditor, DebtorId debtor, InvoiceId lead,
                                              Instant now, std::string_view why);
  // A planned message whose facts have changed since: its template, its text and what it names.
  void rewrite(const OutboxMessage& message);

  // What this node has in flight: it was another process then, which is gone. It becomes uncertain.
  [[nodiscard]] std::vector<MovedMessage> rescue_in_flight_of(CreditorId creditor, int node);
  // In flight past their deadline: the process died or hung. They become uncertain.
  [[nodiscard]] std::vector<MovedMessage> rescue_in_flight(CreditorId creditor,
                                                           Instant deadline_before);
  [[nodiscard]] std::vector<MovedMessage> give_up_uncertain(CreditorId creditor,
                                                            Instant in_flight_before);
  [[nodiscard]] int64_t count(CreditorId creditor, MessageState state);

 private:
  [[nodiscard]] OutboxMessage opened(const Rows& row);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
