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
    if (equals != std::string_view::npos)
      pairs.emplace_back(without_blanks(part.substr(0, equals)),
                         without_blanks(part.substr(equals + 1)));
  }
  return pairs;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int64_t> number_of_digits(std::string_view text) {
  constexpr size_t kDigitsMax = 15;  // Seconds in milliseconds are an int64 still.
  if (!is_digits(text) || text.size() > kDigitsMax) return std::nullopt;
  int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool is_same_hex(std::string_view a, std::string_view b) {
  return equal_constant_time(lower_case(a), lower_case(b));
}

bool any_fits(std::span<const std::string> secrets,
              const std::function<bool(const std::string&)>& fits) {
  return std::ranges::any_of(
      secrets, [&](const std::string& secret) { return !secret.empty() && fits(secret); });
}

bool is_hmac_of(std::string_view text, std::string_view told,
                std::span<const std::string> secrets) {
  return any_fits(secrets, [&](const std::string& secret) {
    return is_same_hex(told, hex(hmac_sha256(secret, text)));
  });
}

std::string trouble_with_age(Instant signed_at, Instant received_at) {
  const int64_t age_ms = received_at.ms - signed_at.ms;
  if (age_ms <= kSignedAgeMaxMs && age_ms >= -kSignedAgeMaxMs) return {};
  return fmt::format("signed {} s {} its receipt (tolerance {} s): check the clock",
                     std::abs(age_ms) / kSecondMs, age_ms > 0 ? "before" : "after",
                     kSignedAgeMaxMs / kSecondMs);
}

void judge(HeardNotice& heard, std::string trouble) {
  heard.signature = trouble.empty() ? NoticeSignature::Valid : NoticeSignature::Invalid;
  heard.why = std::move(trouble);
}

void judge_by_basic(HeardNotice& heard, const ProviderNotice& notice, std::string_view user,
                    std::span<const std::string> passwords) {
  if (passwords.empty()) {
    heard.signature = NoticeSignature::Unsigned;
    return;
  }
  const std::string_view told = header_of(notice, "Authorization");
  const bool is_ours = any_fits(passwords, [&](const std::string& password) {
    return equal_constant_time(told, "Basic " + base64(fmt::format("{}:{}", user, password)));
  });
  judge(heard, is_ours ? ""
               : told.empty()
                   ? "there is no Authorization (expected our webhook_user and webhook_password)"
                   : "Authorization is not our webhook_user and webhook_password");
}

std::string key_of_body(const ProviderNotice& notice) { return "body:" + hex(sha256(notice.body)); }

}  // namespace puntual::providers
