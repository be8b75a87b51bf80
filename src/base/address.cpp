#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace puntual {
namespace {

struct Range4 {
  uint32_t first;
  int bits;
};
constexpr uint32_t ipv4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}
constexpr Range4 kNotPublic4[] = {
    {ipv4(0, 0, 0, 0), 8},      {ipv4(10, 0, 0, 0), 8},     {ipv4(100, 64, 0, 0), 10},
    {ipv4(127, 0, 0, 0), 8},    {ipv4(169, 254, 0, 0), 16}, {ipv4(172, 16, 0, 0), 12},
    {ipv4(192, 0, 0, 0), 24},   {ipv4(192, 0, 2, 0), 24},   {ipv4(192, 88, 99, 0), 24},
    {ipv4(192, 168, 0, 0), 16}, {ipv4(198, 18, 0, 0), 15},  {ipv4(198, 51, 100, 0), 24},
    {ipv4(203, 0, 113, 0), 24}, {ipv4(224, 0, 0, 0), 3}};

bool is_public_4(uint32_t address) {
  for (const auto& range : kNotPublic4) {
    if ((address ^ range.first) >> (32 - range.bits) == 0) return false;
  }
  return true;
}

// Global unicast is 2000::/3; of that not 2001::/23 (protocols, Teredo), 2001:db8::/32 and
// 3fff::/20 (documentation), 2002::/16 (6to4: an IPv4 address inside).
bool is_public_6(const std::array<uint8_t, 16>& a) {
  const uint32_t head = ipv4(a[0], a[1], a[2], a[3]);
  if (head >> 29 != 1) return false;
  return head >> 9 != 0x20010000 >> 9 && head != 0x20010db8 && head >> 16 != 0x2002 &&
         head >> 12 != 0x3fff0000 >> 12;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return is_public_4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 six{};
  std::memcpy(&six, &address, sizeof six);
  std::array<uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
  static constexpr std::array<uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::memcmp(bytes.data(), kMapped.data(), kMapped.size()) == 0)
    return is_public_4(ipv4(bytes[12], bytes[13], bytes[14], bytes[15]));
  return is_public_6(bytes);
}

bool is_private_host(std::string_view host) {
  if (host.starts_with('[')) host = host.substr(1, host.find_first_of("]%") - 1);
  const std::string text(host);
  sockaddr_in four{};
  four.sin_family = AF_INET;
  if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1)
    return !is_public(reinterpret_cast<const sockaddr&>(four));
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  return ::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1 &&
         !is_public(reinterpret_cast<const sockaddr&>(six));
}

std::string_view host_of(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return {};
  url.remove_prefix(start + 3);
  url = url.substr(0, url.find_first_of("/?#\\"));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.find(':'));
}

bool is_this_machine(std::string_view url) {
  if (url.find('@') != std::string_view::npos) return false;
  const auto host = host_of(url);
  const bool is_numeric = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && is_numeric);
}

}  // namespace puntual
