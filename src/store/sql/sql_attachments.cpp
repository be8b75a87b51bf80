#include "store/sql/sql_attachments.h"

#include "store/fields.h"

namespace puntual::store {
namespace {

#define PUNTUAL_ATTACHMENT_COLUMNS                                                                \
  "id, creditor_id, debtor_id, message_id, state, file_type, size, received_at, tries, trouble, " \
  "source"

Place place_of_source(CreditorId creditor, int64_t id) {
  return {.table = "attachment", .creditor_id = creditor, .row = id, .part = "source"};
}
Place place_of_bytes(CreditorId creditor, int64_t id) {
  return {.table = "attachment", .creditor_id = creditor, .row = id, .part = "bytes"};
}

AttachmentState attachment_state_of(std::string_view text) {
  return text == "wanted" ? AttachmentState::Wanted
         : text == "kept" ? AttachmentState::Kept
                          : AttachmentState::Failed;
}

}  // namespace

std::string_view text_of(AttachmentState state) {
  switch (state) {
    case AttachmentState::Wanted:
      return "wanted";
    case AttachmentState::Kept:
      return "kept";
    case AttachmentState::Failed:
      return "failed";
  }
  return "failed";
}

void Attachments::want(const ReceivedAttachment& a) {
  held_.require(a.debtor_id);
  const std::string source = keys_.seal(place_of_source(a.creditor_id, a.id), a.debtor_id,
                                        pack({a.media_id, a.file_name}));
  db_.run(
      "INSERT INTO attachment (id, creditor_id, debtor_id, message_id, state, received_at, "
      "next_try_at, source, bytes) "
      "VALUES ($1,$2,$3,$4,'wanted',$5,$5,$6,$7)",
      {a.id, a.creditor_id, a.debtor_id, a.message_id, a.received_at, Bytes{source}, Bytes{""}});
}

std::vector<ReceivedAttachment> Attachments::due(CreditorId creditor, Instant now, int max) {
  return all_in(
      db_.query("SELECT " PUNTUAL_ATTACHMENT_COLUMNS
                " FROM attachment WHERE creditor_id=$1 AND state='wanted' AND next_try_at <= $2 "
                "ORDER BY next_try_at LIMIT $3",
                {creditor, now, max}));
}

bool Attachments::keep(const ReceivedAttachment& a, std::string_view file_type,
                       std::string_view bytes) {
  held_.require(a.debtor_id);
  const std::string sealed = keys_.seal(place_of_bytes(a.creditor_id, a.id), a.debtor_id, bytes);
  return db_.run(
             "UPDATE attachment SET state='kept', file_type=$3, size=$4, bytes=$5 WHERE "
             "creditor_id=$1 AND id=$2 AND state='wanted'",
             {a.creditor_id, a.id, file_type, static_cast<int64_t>(bytes.size()), Bytes{sealed}}) ==
         1;
}

bool Attachments::try_later(const ReceivedAttachment& a, Instant at) {
  held_.require(a.debtor_id);
  return db_.run(
             "UPDATE attachment SET tries=tries+1, next_try_at=$3 WHERE creditor_id=$1 AND id=$2 "
             "AND state='wanted'",
             {a.creditor_id, a.id, at}) == 1;
}

bool Attachments::give_up(const ReceivedAttachment& a, std::string_view trouble) {
  held_.require(a.debtor_id);
  return db_.run(
             "UPDATE attachment SET state='failed', trouble=$3 WHERE creditor_id=$1 AND id=$2 AND "
             "state='wanted'",
             {a.creditor_id, a.id, trouble}) == 1;
}

std::optional<ReceivedAttachment> Attachments::find(CreditorId creditor, int64_t id) {
  auto found = all_in(db_.query("SELECT " PUNTUAL_ATTACHMENT_COLUMNS
                                " FROM attachment WHERE creditor_id=$1 AND id=$2",
                                {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::string Attachments::bytes_of(const ReceivedAttachment& a) {
  auto rows =
      db_.query("SELECT bytes FROM attachment WHERE creditor_id=$1 AND id=$2 AND state='kept'",
                {a.creditor_id, a.id});
  if (!rows.next()) return {};
  const std::string sealed(rows.bytes(0));
  return keys_.open(place_of_bytes(a.creditor_id, a.id), a.debtor_id, sealed);
}

std::vector<ReceivedAttachment> Attachments::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_in(
      db_.query("SELECT " PUNTUAL_ATTACHMENT_COLUMNS
                " FROM attachment WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY received_at, id",
                {creditor, debtor}));
}

std::vector<ReceivedAttachment> Attachments::all_in(Rows rows) {
  std::vector<ReceivedAttachment> found;
  while (rows.next()) {
    ReceivedAttachment one{.id = rows.integer(0),
                           .creditor_id = rows.id<CreditorId>(1),
                           .debtor_id = rows.id<DebtorId>(2),
                           .message_id = rows.integer(3),
                           .state = attachment_state_of(rows.view(4)),
                           .file_type = rows.text(5),
                           .size = rows.integer(6),
                           .received_at = rows.instant(7),
                           .tries = rows.int32(8),
                           .trouble = rows.text(9)};
    auto [media_id, file_name] = unpack<2>(
        keys_.open(place_of_source(one.creditor_id, one.id), one.debtor_id, rows.bytes(10)));
    one.media_id = std::move(media_id);
    one.file_name = std::move(file_name);
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace puntual::store
