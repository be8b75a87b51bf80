#include "app/caller.h"

#include <string_view>

namespace puntual {
namespace {

bool is_near(std::string_view address) {
  for (const std::string_view near : {"127.", "::1", "10.", "192.168.", "fd"}) {
    if (address.starts_with(near)) return true;
  }
  if (!address.starts_with("172.") || address.size() < 7 || address[6] != '.') return false;
  const std::string_view second = address.substr(4, 2);
  return second >= "16" && second <= "31";
}

}  // namespace

std::string caller_address(const http::Request& request) {
  const std::string_view passed = request.headers.get("X-Forwarded-For");
  if (passed.empty() || !is_near(request.remote)) return request.remote;
  const auto comma = passed.rfind(',');
  std::string_view last = comma == std::string_view::npos ? passed : passed.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  return std::string(last.substr(0, 64));
}

}  // namespace puntual
