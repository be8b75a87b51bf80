// A proof for people to read: the pages beside the file that machines check.
#pragma once

#include "base/zone.h"
#include "core/audit/proof.h"
#include "document/pdf.h"

namespace puntual::cli {

// Times are told in this zone.
[[nodiscard]] document::Document proof_pages(const audit::Proof& proof, Zone zone);

}  // namespace puntual::cli
