// Whose request it is, where a proxy stands before the door. Pure and thread-safe.
#pragma once

#include <span>
#include <string>

#include "http/message.h"

namespace puntual {

// Their address: behind one of these proxies the last one that it has written (X-Forwarded-For; of
// several such lines, in the last). Nobody else is believed, or anybody could name an address; what
// is none is not believed either.
[[nodiscard]] std::string caller_address(const http::Request& request,
                                         std::span<const std::string> proxies);

// Where that is, as limits and attempts count it: who has one IPv6 address has the 2^64 beside it,
// so they count as one place.
[[nodiscard]] std::string place_of_caller(const std::string& address);

}  // namespace puntual
