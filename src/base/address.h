// Where an address leads: to this machine, behind our own door, or out to the public internet. What
// lies behind our door (this machine, the local network, the cloud's metadata) is not public:
// whoever may name a URL shall not reach in there through us (quality-bar SEC-21). Pure;
// thread-safe.
#pragma once

#include <sys/socket.h>

#include <string_view>

namespace puntual {

// IANA's special-purpose registries (checked 2026-11-22); neither IPv4 nor IPv6: no.
[[nodiscard]] bool is_public(const sockaddr& address);
// Is the host of a URL an address that is not public ("10.0.0.1", "[fd00::1]")? Of a name it says
// nothing: what that resolves to is seen when it is connected to.
[[nodiscard]] bool is_private_host(std::string_view host);
// "[::1]" of "https://[::1]:8080/x"; empty: there is none.
[[nodiscard]] std::string_view host_of(std::string_view url);
// Does the URL lead to this machine? One with a user or a password leads nowhere.
[[nodiscard]] bool is_this_machine(std::string_view url);

}  // namespace puntual
