#include "app/caller.h"

#include <algorithm>
#include <string_view>

namespace puntual {

std::string caller_address(const http::Request& request, std::span<const std::string> proxies) {
  const std::string_view passed = request.headers.get("X-Forwarded-For");
  if (passed.empty() || std::ranges::find(proxies, request.remote) == proxies.end()) return request.remote;
  const auto comma = passed.rfind(',');
  std::string_view last = comma == std::string_view::npos ? passed : passed.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  return std::string(last.substr(0, 64));
}

}  // namespace puntual
