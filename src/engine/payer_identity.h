// Who opens the payer's page: the last four letters or digits of their document, asked before
// anything is shown of the debt but its sum. Five wrong answers, at whichever of their links, and
// it waits an hour; after five more, two, and so on until one is right. Who has answered carries a
// proof, signed for this link and for half an hour, from page to page: no cookie is set.
#pragma once

#include <string>
#include <string_view>

#include "store/store.h"

namespace puntual::engine {

inline constexpr size_t kDocumentEnd = 4;

// False: no document of theirs is known, so that nobody can be asked for it.
[[nodiscard]] bool has_document(Tx& tx, const PayLink& link);

enum class PayerAnswer : uint8_t { Right, Wrong, Locked };
// With the person held.
[[nodiscard]] PayerAnswer check_document(Tx& tx, const PayLink& link, std::string_view typed,
                                         Instant now);

[[nodiscard]] std::string payer_proof(Tx& tx, const PayLink& link, Instant now);
[[nodiscard]] bool is_payer(Tx& tx, const PayLink& link, std::string_view proof, Instant now);

}  // namespace puntual::engine
