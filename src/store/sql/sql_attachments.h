// Files that people sent us: receipts, pictures, voice notes. First what is to be fetched from the
// platform, then the file itself, sealed like all that they say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

enum class AttachmentState : uint8_t { Wanted, Kept, Failed };
[[nodiscard]] std::string_view text_of(AttachmentState state);

struct ReceivedAttachment {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  int64_t message_id = 0;  // Of conversation_message.
  AttachmentState state = AttachmentState::Wanted;
  std::string file_type;  // By its bytes; empty until it is kept.
  int64_t size = 0;
  Instant received_at;
  int32_t tries = 0;
  std::string trouble;              // A code, where it failed.
  std::string media_id, file_name;  // As the platform and the person call it.
};

class Attachments {
 public:
  Attachments(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}
  // To be fetched at once.
  void want(const ReceivedAttachment& attachment);
  [[nodiscard]] std::vector<ReceivedAttachment> due(CreditorId creditor, Instant now, int max);
  // The moves of one that is wanted; false when it is so no longer.
  bool keep(const ReceivedAttachment& attachment, std::string_view file_type,
            std::string_view bytes);
  bool try_later(const ReceivedAttachment& attachment, Instant at);
  bool give_up(const ReceivedAttachment& attachment, std::string_view trouble);

  [[nodiscard]] std::optional<ReceivedAttachment> find(CreditorId creditor, int64_t id);
  [[nodiscard]] std::string bytes_of(
      const ReceivedAttachment& attachment);  // Empty: not kept, or erased.
  [[nodiscard]] std::vector<ReceivedAttachment> of_debtor(CreditorId creditor, DebtorId debtor);

 private:
  [[nodiscard]] std::vector<ReceivedAttachment> all_in(Rows rows);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
