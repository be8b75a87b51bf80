// Fetches the files that people send (receipts above all) from the platform, which keeps them for
// seven days.
#pragma once

#include <atomic>
#include <optional>

#include "app/beat.h"
#include "app/clock.h"
#include "store/store.h"
#include "whatsapp/management.h"

namespace puntual {

// What is due now, a few at a time; how many were looked for. The network is asked outside of any
// transaction. What is a picture, a PDF, a voice note or a film by its bytes is kept; anything else
// is not.
[[nodiscard]] Result<int> fetch_attachments(Store& store, const Creditor& creditor,
                                            whatsapp::Management& management, Instant now);

// Does so on a thread of its own.
class AttachmentWatch {
 public:
  // Store, creditor and clock must outlive the watch.
  AttachmentWatch(Store& store, const Creditor& creditor, whatsapp::Management management,
                  const Clock& clock);
  ~AttachmentWatch() { stopping_ = true; }  // Gives up a call under way.

 private:
  Beat::Rest look();
  Store& store_;
  const Creditor& creditor_;
  whatsapp::Management management_;
  const Clock& clock_;
  std::atomic<bool> stopping_ = false;
  std::optional<Beat> beat_;
};

}  // namespace puntual
