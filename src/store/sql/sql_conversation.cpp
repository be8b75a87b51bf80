#include "store/sql/sql_conversation.h"

namespace puntual::store {

bool Conversation::insert(const ConversationMessage& m) {
  return db_.run("INSERT INTO conversation_message (id, creditor_id, debtor_id, platform_id, direction, at, received_at, type, "
                 "text, payload, context_id, media_id, sender, channel, purpose) VALUES "
                 "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) "
                 "ON CONFLICT (creditor_id, platform_id) DO NOTHING",
                 {m.id, m.creditor_id, m.debtor_id, m.platform_id, m.direction == Direction::In ? "in" : "out", m.at,
                  m.received_at, m.type, m.text, m.payload, m.context_id, m.media_id, m.sender, text_of(m.channel), text_of(m.purpose)}) == 1;
}

std::vector<ConversationMessage> Conversation::adopt(CreditorId creditor, DebtorId debtor, std::string_view sender) {
  std::vector<ConversationMessage> adopted;
  auto rows = db_.query("UPDATE conversation_message SET debtor_id=$2 WHERE creditor_id=$1 AND debtor_id=0 AND sender=$3 "
                        "AND direction='in' RETURNING at, text, payload",
                        {creditor, debtor, sender});
  while (rows.next()) {
    ConversationMessage message;
    message.at = rows.instant(0);
    message.text = rows.text(1);
    message.payload = rows.text(2);
    adopted.push_back(std::move(message));
  }
  return adopted;
}

std::vector<ConversationMessage> Conversation::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<ConversationMessage> found;
  auto rows = db_.query("SELECT id, platform_id, direction, at, received_at, type, text, payload, context_id, media_id, sender, "
                        "channel, purpose "
                        "FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY at, id",
                        {creditor, debtor});
  while (rows.next()) {
    found.push_back({rows.integer(0), creditor, debtor, rows.text(1),
                     rows.view(2) == "in" ? Direction::In : Direction::Out, rows.instant(3), rows.instant(4), rows.text(5),
                     rows.text(6), rows.text(7), rows.text(8), rows.text(9), rows.text(10),
                     channel_of(rows.view(11)).value_or(Channel::WhatsApp), purpose_of(rows.view(12)).value_or(Purpose::Overdue)});
  }
  return found;
}

void Conversation::add_history(CreditorId creditor, DebtorId debtor, Instant since, std::vector<Contact>& history) {
  auto rows = db_.query("SELECT at, direction, channel, purpose FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2 AND at >= $3 "
                        "ORDER BY at",
                        {creditor, debtor, since});
  while (rows.next()) {
    history.push_back({.at = rows.instant(0),
                       .direction = rows.view(1) == "in" ? Direction::In : Direction::Out,
                       .channel = channel_of(rows.view(2)).value_or(Channel::WhatsApp),
                       .purpose = purpose_of(rows.view(3)).value_or(Purpose::Overdue), .status = ContactStatus::Accepted});
  }
}

}  // namespace puntual::store
