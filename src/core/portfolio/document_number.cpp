#include "core/portfolio/document_number.h"

#include <algorithm>
#include <array>

namespace puntual::portfolio {
namespace {

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The sum of the digits from the right, each times the next weight; modulo 11.
template <size_t N>
int weighed(std::string_view digits, const std::array<int, N>& weights) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i)
    sum += (digits[digits.size() - 1 - i] - '0') * weights[i % N];
  return sum % 11;
}

char nit_digit(std::string_view base) {
  static constexpr std::array kWeights = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
  const int left = weighed(base, kWeights);
  return static_cast<char>('0' + (left < 2 ? left : 11 - left));
}

char rut_digit(std::string_view base) {
  static constexpr std::array kWeights = {2, 3, 4, 5, 6, 7};
  const int digit = 11 - weighed(base, kWeights);
  return digit == 11 ? '0' : digit == 10 ? 'K' : static_cast<char>('0' + digit);
}

std::string with_dash(std::string_view plain, size_t digits) {
  return std::string(plain.substr(0, plain.size() - digits)) + "-" +
         std::string(plain.substr(plain.size() - digits));
}

// The NIT of a company has nine digits, of which the first is 8 or 9; that of a person is the
// cédula, which nobody else has.
std::string in_colombia(std::string_view document, std::string_view plain) {
  const auto is_company = [](std::string_view base) {
    return base.size() == 9 && (base[0] == '8' || base[0] == '9');
  };
  const size_t dash = document.find('-');
  if (dash == std::string_view::npos) {
    if (is_company(plain)) return std::string(plain) + "-" + nit_digit(plain);
    const auto base = plain.substr(0, plain.size() - 1);
    return is_company(base) && nit_digit(base) == plain.back() ? with_dash(plain, 1)
                                                               : std::string(document);
  }
  const auto base = document.substr(0, dash);
  const bool is_checked = are_digits(base) && base.size() <= 15 && document.size() == dash + 2 &&
                          nit_digit(base) == document.back();
  return is_checked && !is_company(base) ? std::string(base) : std::string(document);
}

std::string in_chile(std::string_view document, std::string_view plain) {
  const auto base = plain.substr(0, plain.size() - 1);
  const bool is_rut =
      base.size() >= 7 && base.size() <= 8 && are_digits(base) && rut_digit(base) == plain.back();
  return is_rut ? with_dash(plain, 1) : std::string(document);
}

}  // namespace

std::string document_in_one_form(std::string_view document, std::string_view country) {
  constexpr std::string_view kWithoutDashes[] = {"AR", "CR", "DO", "EC", "ES", "GT",
                                                 "HN", "MX", "NI", "SV", "UY"};
  std::string plain(document);
  std::erase_if(plain, [](char c) { return c == '-' || c == '/'; });
  if (plain.empty()) return std::string(document);
  if (country == "CL") return in_chile(document, plain);
  if (country == "BR" && are_digits(plain) && (plain.size() == 11 || plain.size() == 14))
    return with_dash(plain, 2);
  if (country == "SV" && are_digits(plain) && plain.size() == 9) return with_dash(plain, 1);
  if (country == "CO" && are_digits(plain)) return in_colombia(document, plain);
  if (country == "AR" && are_digits(plain) && plain.size() == 11)
    return with_dash(with_dash(plain, 1), 10);
  // The DNI alone, of which the check digit is seldom written.
  if (country == "PE" && document.size() == 10 && document[8] == '-' &&
      are_digits(document.substr(0, 8)))
    return std::string(document.substr(0, 8));
  const bool has_none = std::ranges::find(kWithoutDashes, country) != std::end(kWithoutDashes);
  return has_none ? plain : std::string(document);
}

}  // namespace puntual::portfolio
