// A proof for people to read: the pages beside the file that machines check.
#pragma once

#include <string_view>

#include "base/zone.h"
#include "core/audit/agreement_proof.h"
#include "document/pdf.h"

namespace puntual {

// Why a proof holds no text: what it says where the text would stand.
[[nodiscard]] std::string_view missing_text_es(const audit::Proof& proof);

// Times are told in this zone.
[[nodiscard]] document::Document agreement_proof_pages(const audit::AgreementProof& proof,
                                                       Zone zone);
[[nodiscard]] document::Document proof_pages(const audit::Proof& proof, Zone zone);

}  // namespace puntual
