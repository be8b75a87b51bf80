#include "providers/signature.h"

#include <algorithm>

#include "base/crypto.h"

namespace puntual::providers {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view without_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string_view header_of(const ProviderNotice& notice, std::string_view name) {
  for (const auto& [key, value] : notice.headers) {
    if (std::ranges::equal(key, name, {}, lower, lower)) return value;
  }
  return {};
}

std::vector<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view list) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(part.size() + 1, list.size()));
    const size_t equals = part.find('=');
    if (equals != std::string_view::npos) pairs.emplace_back(without_blanks(part.substr(0, equals)), without_blanks(part.substr(equals + 1)));
  }
  return pairs;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool is_same_hex(std::string_view a, std::string_view b) { return equal_constant_time(lower_case(a), lower_case(b)); }

std::string key_of_body(const ProviderNotice& notice) { return "body:" + hex(sha256(notice.body)); }

}  // namespace puntual::providers
