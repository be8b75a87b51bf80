// What the signatures of several providers have in common. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "ports/payment_provider.h"

namespace puntual::providers {

// The first header of that name, in any case of letters; empty when there is none.
[[nodiscard]] std::string_view header_of(const ProviderNotice& notice, std::string_view name);
// Compares two digests in hex, in any case of letters, in a time that does not tell where they differ.
[[nodiscard]] bool is_same_hex(std::string_view a, std::string_view b);
// For a notice that names no event: the same bytes are the same event.
[[nodiscard]] std::string key_of_body(const ProviderNotice& notice);

}  // namespace puntual::providers
