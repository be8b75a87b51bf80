#include "app/attachment_watch.h"

#include <algorithm>

#include "app/log.h"
#include "base/file_type.h"
#include "engine/dispatch_outbox.h"
#include "engine/note.h"

namespace puntual {
namespace {

constexpr int64_t kLookEveryMs = 2000;
constexpr int kFetchedAtOnce = 8;
constexpr int64_t kPlatformKeepsMs = 7 * kDayMs;  // Contract section 4, checked 2026-11-21.
constexpr int64_t kFirstDelayMs = kMinuteMs, kDelayMaxMs = 6 * kHourMs;

Result<std::string> file_of(whatsapp::Management& management,
                            const store::ReceivedAttachment& wanted) {
  ASSIGN_OR_RETURN(const auto place, management.media_place(wanted.media_id));
  return management.download_media(place);
}

Instant next_try(const store::ReceivedAttachment& wanted, Instant now) {
  return now + std::min(kFirstDelayMs << std::min(wanted.tries, 10), kDelayMaxMs);
}

// What became of one: the file, or a reason to wait, or a reason to give up.
void record_attachment(Tx& tx, const store::ReceivedAttachment& wanted,
                       const Result<std::string>& file, Instant now) {
  tx.debtors.hold(wanted.creditor_id, {wanted.debtor_id});
  const auto note = [&](std::string_view kind, const std::string& detail) {
    engine::note(tx, wanted.creditor_id, wanted.debtor_id, now, kind, detail);
  };
  const auto give_up = [&](const std::string& trouble) {
    if (tx.attachments.give_up(wanted, trouble)) note("attachment_failed", trouble);
  };
  if (file) {
    const auto type = file_type_of(*file);
    if (type.empty()) return give_up("unknown_type");
    if (tx.attachments.keep(wanted, type, *file))
      note("attachment_kept", fmt::format("{} {} bytes", type, file->size()));
    return;
  }
  const ErrorCode code = file.error().code;
  if (code == ErrorCode::NotFound || code == ErrorCode::Invalid) return give_up("refused");
  if (now - wanted.received_at >= kPlatformKeepsMs) return give_up("expired");
  (void)tx.attachments.try_later(wanted, next_try(wanted, now));
}

}  // namespace

Result<int> fetch_attachments(Store& store, const Creditor& creditor,
                              whatsapp::Management& management, Instant now) {
  // One node is enough: the one that sends.
  ASSIGN_OR_RETURN(const auto due, store.read([&](Tx& tx) {
    return tx.nodes.is_of_other(engine::sending_lease(creditor))
               ? std::vector<store::ReceivedAttachment>{}
               : tx.attachments.due(creditor.id, now, kFetchedAtOnce);
  }));
  for (const auto& wanted : due) {
    const auto file = file_of(management, wanted);
    if (!file)
      log_event("warning", "attachment", fmt::format("{}: {}", wanted.id, file.error().message));
    RETURN_IF_ERROR(store.write([&](Tx& tx) { record_attachment(tx, wanted, file, now); }));
  }
  return static_cast<int>(due.size());
}

AttachmentWatch::AttachmentWatch(Store& store, const Creditor& creditor,
                                 whatsapp::Management management, const Clock& clock)
    : store_(store), creditor_(creditor), management_(std::move(management)), clock_(clock) {
  management_.give_up_when(stopping_);
  beat_.emplace([this] { return look(); });
}

Beat::Rest AttachmentWatch::look() {
  const auto fetched = fetch_attachments(store_, creditor_, management_, clock_.now());
  if (!fetched) log_event("error", "attachments", fetched.error().message);
  return Beat::Rest(fetched && *fetched == kFetchedAtOnce ? 0 : kLookEveryMs);
}

}  // namespace puntual
