// Is this an address of the public internet? What lies behind our own door (this machine, the local network, the cloud's
// metadata) is none: whoever may name a URL shall not reach in there through us (quality-bar SEC-21). Pure; thread-safe.
#pragma once

#include <sys/socket.h>

namespace puntual::hooks {

// IANA's special-purpose registries (checked 2026-11-22); neither IPv4 nor IPv6: no.
[[nodiscard]] bool is_public(const sockaddr& address);

}  // namespace puntual::hooks
