// Events of the platform: nothing that came is passed over in silence, and the same bytes are the
// same event.
#include "whatsapp/webhook.h"

#include <set>

#include "base/json.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::whatsapp {

FUZZ(webhook, "") {
  const auto updates = parse_webhook(bytes);
  if (!updates) return;
  const auto again = parse_webhook(bytes);
  HOLDS(again && again->size() == updates->size());
  for (size_t i = 0; i < updates->size(); ++i) {
    const Update& update = (*updates)[i];
    HOLDS(update.dedupe_key == (*again)[i].dedupe_key);
    HOLDS(!update.dedupe_key.empty());
    HOLDS(update.kind != UpdateKind::Unknown || !update.raw.empty());
    HOLDS(update.phone.empty() || update.phone.starts_with('+'));
  }
}

}  // namespace puntual::whatsapp
