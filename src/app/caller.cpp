#include "app/caller.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace puntual {
namespace {

constexpr size_t kNetworkBytes = 8;  // A /64: what a house or a telephone is given.
constexpr std::array<uint8_t, 12> kMappedV4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_address(const std::string& text) {
  std::array<uint8_t, 16> bytes{};
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

std::string_view trimmed_address(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string caller_address(const http::Request& request, std::span<const std::string> proxies) {
  if (std::ranges::find(proxies, request.remote) == proxies.end()) return request.remote;
  std::string_view passed;
  for (size_t i = 0; i < request.headers.size(); ++i) {
    if (http::equal_ignoring_case(request.headers.name(i), "X-Forwarded-For"))
      passed = request.headers.value(i);
  }
  // Without a comma rfind() is npos, and npos + 1 the beginning.
  std::string last(trimmed_address(passed.substr(passed.rfind(',') + 1)));
  return is_address(last) ? last : request.remote;
}

std::string place_of_caller(const std::string& address) {
  std::array<uint8_t, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (std::ranges::equal(kMappedV4, std::span(bytes).first<12>()))
    return ::inet_ntop(AF_INET, bytes.data() + kMappedV4.size(), text.data(), text.size());
  std::fill(bytes.begin() + kNetworkBytes, bytes.end(), uint8_t{0});
  return std::string(::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size())) + "/64";
}

}  // namespace puntual
