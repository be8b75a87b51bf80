// What people wrote, and what the creditor's own people wrote from the phone app.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct ConversationMessage {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;  // None: nobody is named as its sender.
  std::string platform_id;
  Direction direction = Direction::In;
  Instant at, received_at;
  std::string type, text, payload, context_id, media_id, sender;
  // Of a contact that was made elsewhere and told to us by hand.
  Channel channel = Channel::WhatsApp;
  Purpose purpose = Purpose::Overdue;
};

class Conversation {
 public:
  Conversation(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}
  // False when this message of the platform is known.
  bool insert(const ConversationMessage& message);
  [[nodiscard]] std::vector<ConversationMessage> of_debtor(CreditorId creditor, DebtorId debtor);
  // What they wrote on WhatsApp after the message of this id, and since then, as it was said.
  [[nodiscard]] std::vector<ConversationMessage> heard_after(CreditorId creditor, DebtorId debtor,
                                                             int64_t id, Instant since);
  // The last one that came in from them on WhatsApp; 0: none.
  [[nodiscard]] int64_t last_inbound(CreditorId creditor, DebtorId debtor);
  // The newest of each person: what they wrote, or what was written to them from the phone app.
  [[nodiscard]] std::vector<std::optional<ConversationMessage>> newest(CreditorId creditor,
                                                                       const People& people);
  // Of each person: messages written by hand and contacts on other channels (they count), and the
  // inbound ones since `since`.
  [[nodiscard]] std::vector<std::vector<Contact>> history(CreditorId creditor, const People& people,
                                                          Instant since);

 private:
  [[nodiscard]] ConversationMessage opened(CreditorId creditor, DebtorId debtor, const Rows& row);
  [[nodiscard]] std::vector<ConversationMessage> read(CreditorId creditor, DebtorId debtor,
                                                      Rows rows);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
