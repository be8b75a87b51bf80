// Whose request it is, where a proxy stands before the door. Pure and thread-safe.
#pragma once

#include <span>
#include <string>

#include "http/message.h"

namespace puntual {

// Their address: behind one of these proxies the last one that it has written (X-Forwarded-For). Nobody else is believed, or
// anybody could name an address.
[[nodiscard]] std::string caller_address(const http::Request& request, std::span<const std::string> proxies);

}  // namespace puntual
