#include "providers/notice.h"

#include <algorithm>

namespace puntual::providers {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string_view header_of(const ProviderNotice& notice, std::string_view name) {
  const std::string wanted = lower_ascii(name);
  for (const auto& [one, value] : notice.headers) {
    if (lower_ascii(one) == wanted) return trimmed(value);
  }
  return {};
}

std::string_view query_of(const ProviderNotice& notice, std::string_view name) {
  const auto found = std::ranges::find(notice.query, name, [](const auto& pair) -> std::string_view { return pair.first; });
  return found == notice.query.end() ? std::string_view{} : found->second;
}

std::vector<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view list) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const std::string_view part = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto equals = part.find('=');
    if (equals != std::string_view::npos) pairs.emplace_back(trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1)));
  }
  return pairs;
}

bool is_hex_of(std::string_view text, const Digest& digest) { return equal_constant_time(lower_ascii(text), hex(digest)); }

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

HeardNotice refused(std::string why) { return {.signature = NoticeSignature::Invalid, .why = std::move(why)}; }

}  // namespace puntual::providers
