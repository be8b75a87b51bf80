// Whose request it is, where a proxy stands before the door. Pure and thread-safe.
#pragma once

#include <string>

#include "http/message.h"

namespace puntual {

// Their address: behind a proxy the last one that it has written. Only what this machine or its own network passes on is
// believed; else anybody could name an address.
[[nodiscard]] std::string caller_address(const http::Request& request);

}  // namespace puntual
