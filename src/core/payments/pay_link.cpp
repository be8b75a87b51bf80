#include "core/payments/pay_link.h"

#include <fmt/format.h>

#include <charconv>

#include "base/result.h"

namespace puntual {

std::string text_of(const PayAbout& about) {
  switch (about.kind) {
    case PayAboutKind::Everything:
      return "everything";
    case PayAboutKind::Invoice:
      return fmt::format("invoice {}", about.id);
    case PayAboutKind::Agreement:
      return fmt::format("agreement {}", about.id);
  }
  return {};
}

std::optional<PayAbout> pay_about_of(std::string_view text) {
  if (text == "everything") return PayAbout{};
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  PayAbout about;
  if (text.substr(0, blank) == "invoice")
    about.kind = PayAboutKind::Invoice;
  else if (text.substr(0, blank) == "agreement")
    about.kind = PayAboutKind::Agreement;
  else
    return std::nullopt;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + blank + 1, end, about.id);
  if (error != std::errc{} || rest != end || about.id <= 0) return std::nullopt;
  return about;
}

namespace payments {
namespace {

constexpr size_t kReferenceDigits = 11;
constexpr uint64_t kNumbersMax = 1'000'000'000;

}  // namespace

std::string bank_reference_of(uint32_t number) {
  PUNTUAL_CHECK(number < kNumbersMax);
  return fmt::format("{:09}{:02}", number, 98 - uint64_t{number} * 100 % 97);
}

std::optional<std::string> read_bank_reference(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ' ' && c != '-' && c != '.')
      return std::nullopt;
  }
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.empty() || digits.size() > kReferenceDigits) return std::nullopt;
  digits.insert(0, kReferenceDigits - digits.size(), '0');
  uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<uint64_t>(c - '0');
  if (value % 97 != 1) return std::nullopt;
  return digits;
}

}  // namespace payments
}  // namespace puntual
