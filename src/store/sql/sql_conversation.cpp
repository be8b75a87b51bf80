#include "store/sql/sql_conversation.h"

#include "store/fields.h"

namespace puntual::store {

namespace {

Place place_of_message(CreditorId creditor, int64_t id) {
  return {.table = "conversation_message", .creditor_id = creditor, .row = id};
}

}  // namespace

bool Conversation::insert(const ConversationMessage& m) {
  held_.require(m.debtor_id);
  const std::string content = keys_.seal(place_of_message(m.creditor_id, m.id), m.debtor_id,
                                         pack({m.text, m.payload, m.media_id, m.sender}));
  return db_.run(
             "INSERT INTO conversation_message (id, creditor_id, debtor_id, platform_id, "
             "direction, at, received_at, type, "
             "content, context_id, channel, purpose) VALUES "
             "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) "
             "ON CONFLICT (creditor_id, platform_id) DO NOTHING",
             {m.id, m.creditor_id, m.debtor_id, m.platform_id,
              m.direction == Direction::In ? "in" : "out", m.at, m.received_at, m.type,
              Bytes{content}, m.context_id, text_of(m.channel), text_of(m.purpose)}) == 1;
}

std::vector<ConversationMessage> Conversation::of_debtor(CreditorId creditor, DebtorId debtor) {
  return read(
      creditor, debtor,
      db_.query("SELECT id, platform_id, direction, at, received_at, type, content, context_id, "
                "channel, purpose "
                "FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY at, id",
                {creditor, debtor}));
}

std::vector<ConversationMessage> Conversation::heard_after(CreditorId creditor, DebtorId debtor,
                                                           int64_t id, Instant since) {
  return read(creditor, debtor,
              db_.query("SELECT id, platform_id, direction, at, received_at, type, content, "
                        "context_id, channel, purpose "
                        "FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2 AND id > "
                        "$3 AND at >= $4 "
                        "AND direction='in' AND channel='whatsapp' ORDER BY at, id",
                        {creditor, debtor, id, since}));
}

std::vector<std::optional<ConversationMessage>> Conversation::newest(CreditorId creditor,
                                                                     const People& people) {
  std::vector<std::optional<ConversationMessage>> found(people.size());
  auto rows = db_.query(
      "SELECT id, platform_id, direction, at, received_at, type, content, context_id, channel, "
      "purpose, debtor_id FROM {{people_2}} conversation_message WHERE creditor_id=$1 AND "
      "debtor_id {{among_2}} AND id=(SELECT m.id FROM conversation_message m WHERE "
      "m.creditor_id=$1 AND m.debtor_id=conversation_message.debtor_id AND m.type <> 'told' "
      "ORDER BY m.at DESC, m.id DESC LIMIT 1)",
      {creditor, people.text()});
  while (rows.next()) {
    const auto whose = rows.id<DebtorId>(10);
    found[people.place_of(whose)] = opened(creditor, whose, rows);
  }
  return found;
}

ConversationMessage Conversation::opened(CreditorId creditor, DebtorId debtor, const Rows& row) {
  auto [text, payload, media_id, sender] =
      unpack<4>(keys_.open(place_of_message(creditor, row.integer(0)), debtor, row.bytes(6)));
  return {row.integer(0),
          creditor,
          debtor,
          row.text(1),
          row.view(2) == "in" ? Direction::In : Direction::Out,
          row.instant(3),
          row.instant(4),
          row.text(5),
          std::move(text),
          std::move(payload),
          row.text(7),
          std::move(media_id),
          std::move(sender),
          channel_of(row.view(8)).value_or(Channel::WhatsApp),
          purpose_of(row.view(9)).value_or(Purpose::Overdue)};
}

std::vector<ConversationMessage> Conversation::read(CreditorId creditor, DebtorId debtor,
                                                    Rows rows) {
  std::vector<ConversationMessage> found;
  while (rows.next()) found.push_back(opened(creditor, debtor, rows));
  return found;
}

int64_t Conversation::last_inbound(CreditorId creditor, DebtorId debtor) {
  auto rows = db_.query(
      "SELECT id FROM conversation_message WHERE creditor_id=$1 AND debtor_id=$2 AND "
      "direction='in' "
      "AND channel='whatsapp' ORDER BY id DESC LIMIT 1",
      {creditor, debtor});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<std::vector<Contact>> Conversation::history(CreditorId creditor, const People& people,
                                                        Instant since) {
  std::vector<std::vector<Contact>> found(people.size());
  auto rows = db_.query(
      "SELECT debtor_id, at, direction, channel, purpose FROM {{people_2}} conversation_message "
      "WHERE creditor_id=$1 "
      "AND debtor_id {{among_2}} AND at >= $3 ORDER BY at",
      {creditor, people.text(), since});
  while (rows.next()) {
    found[people.place_of(rows.id<DebtorId>(0))].push_back(
        {.at = rows.instant(1),
         .direction = rows.view(2) == "in" ? Direction::In : Direction::Out,
         .channel = channel_of(rows.view(3)).value_or(Channel::WhatsApp),
         .purpose = purpose_of(rows.view(4)).value_or(Purpose::Overdue),
         .status = ContactStatus::Accepted});
  }
  return found;
}

}  // namespace puntual::store
