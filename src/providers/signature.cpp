#include "providers/signature.h"

#include <algorithm>

#include "base/crypto.h"

namespace puntual::providers {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

}  // namespace

std::string_view header_of(const ProviderNotice& notice, std::string_view name) {
  for (const auto& [key, value] : notice.headers) {
    if (std::ranges::equal(key, name, {}, lower, lower)) return value;
  }
  return {};
}

bool is_same_hex(std::string_view a, std::string_view b) { return equal_constant_time(lower_case(a), lower_case(b)); }

std::string key_of_body(const ProviderNotice& notice) { return "body:" + hex(sha256(notice.body)); }

}  // namespace puntual::providers
