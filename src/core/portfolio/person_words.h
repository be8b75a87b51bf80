// How the files of the region call a person's part in a debt and the stage of their case. Pure,
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/compliance/gate.h"

namespace puntual::portfolio {

// "Codeudor", "fiador", "referencia personal", "madre"; accents and case folded. "Natural" and
// "jurídica" tell nothing of the part: a debtor. None: a word we do not know.
[[nodiscard]] std::optional<Role> role_of_words(std::string_view text);

// "Judicial", "insolvencia, fallecido", "en reclamo"; a bit per CaseFlag, 0 for "prejurídico" and
// the like. None: a word we do not know.
[[nodiscard]] std::optional<uint8_t> case_flags_of_words(std::string_view text);

}  // namespace puntual::portfolio
