// Anchors that come back from elsewhere: read as they were written, or refused.
#include "core/audit/anchor_file.h"
#include "core/audit/verify.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::audit {

FUZZ(anchors, "") {
  const auto anchors = read_anchors(bytes);
  if (!anchors) return;
  const std::string written = write_anchors(*anchors, {0});
  const auto again = read_anchors(written);
  HOLDS(again && write_anchors(*again, {0}) == written);
  Verifier verifier(*anchors);  // Of an empty database.
  for (const auto& fault : verifier.finish()) HOLDS(!fault.what_es.empty());
}

}  // namespace puntual::audit
