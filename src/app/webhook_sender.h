// Tells the creditor's systems of events (core/events): what the timeline has put beside its
// records, one POST each.
#pragma once

#include <atomic>
#include <optional>

#include "app/beat.h"
#include "app/clock.h"
#include "base/random.h"
#include "hooks/post.h"
#include "store/store.h"

namespace puntual {

// What is due now; how many attempts were made. The network is asked outside of any transaction:
// after a crash in between an event is sent again, under the same id. An endpoint that fails waits
// until the others have had their turn; one that says it is gone (410), or has taken nothing for
// five days, is disabled.
[[nodiscard]] Result<int> tell_events(Store& store, const Creditor& creditor,
                                      const hooks::PostOptions& options, Random& random,
                                      Instant now);

// Does so on a thread of its own.
class WebhookSender {
 public:
  // Store, creditor and clock must outlive the sender.
  WebhookSender(Store& store, const Creditor& creditor, hooks::PostOptions options,
                const Clock& clock);
  ~WebhookSender() { stopping_ = true; }  // Gives up a call under way.

 private:
  Beat::Rest tell();
  Store& store_;
  const Creditor& creditor_;
  hooks::PostOptions options_;
  const Clock& clock_;
  std::atomic<bool> stopping_ = false;
  SystemRandom random_;
  std::optional<Beat> beat_;
};

}  // namespace puntual
