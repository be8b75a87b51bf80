#include "base/phone_digits.h"

#include <algorithm>

namespace puntual {
namespace {

bool is_phone_digit(char c) { return c >= '0' && c <= '9'; }

void trim_phone(std::string_view& text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
}

// "5,73001E+11"
bool is_scientific(std::string_view text) {
  size_t e = text.find('E');
  if (e == std::string_view::npos) e = text.find('e');
  if (e == 0 || e == std::string_view::npos || e + 1 >= text.size()) return false;
  for (const char c : text.substr(0, e)) {
    if (!is_phone_digit(c) && c != '.' && c != ',' && c != '+') return false;
  }
  std::string_view power = text.substr(e + 1);
  if (power.front() == '+' || power.front() == '-') power.remove_prefix(1);
  return !power.empty() && power.find_first_not_of("0123456789") == std::string_view::npos;
}

// A number column written as decimals, "573001234567.0", is whole and the rest is its form.
void drop_decimal_zero(std::string_view& text) {
  // At most two zeros and the mark: anything else before the last three characters is no such form.
  size_t mark = text.size() < 3 ? 0 : text.size() - 3;
  while (mark < text.size() && text[mark] != '.' && text[mark] != ',') ++mark;
  if (mark == text.size()) return;
  if (mark == std::string_view::npos || mark < 8 || text.size() - mark > 3 ||
      text.size() - mark < 2)
    return;
  if (text.find_first_not_of('0', mark + 1) != std::string_view::npos) return;
  const std::string_view whole =
      text.substr(text.front() == '+' ? 1 : 0, mark - (text.front() == '+' ? 1 : 0));
  if (whole.find_first_not_of("0123456789") == std::string_view::npos) text = text.substr(0, mark);
}

char lower_ascii_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// "Cel. 300…", "WhatsApp: 300…"
void drop_label(std::string_view& text) {
  constexpr std::string_view kLabels[] = {"celular",  "cel", "teléfono", "telefono", "telef",
                                          "tel",      "tlf", "móvil",    "movil",    "fono",
                                          "whatsapp", "wsp", "wapp"};
  if (text.empty() || is_phone_digit(text.front()) || text.front() == '+' || text.front() == '(')
    return;
  for (const auto label : kLabels) {
    if (text.size() <= label.size()) continue;
    bool same = true;
    for (size_t i = 0; i < label.size() && same; ++i) same = lower_ascii_of(text[i]) == label[i];
    const char after = text[label.size()];
    if (!same || !(after == '.' || after == ':' || after == ' ' || is_phone_digit(after))) continue;
    text.remove_prefix(label.size());
    while (!text.empty() && (text.front() == '.' || text.front() == ':' || text.front() == ' '))
      text.remove_prefix(1);
    return;
  }
}

// Bytes of a separator at `at`: blanks, dashes, brackets, and the invisible marks that copying from
// a chat brings along (U+00A0, U+2000…U+2015, U+202A…U+202F, U+2060, U+FEFF). 0: it is none.
size_t separator_length(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(at);
  if (first == ' ' || first == '-' || first == '.' || first == '(' || first == ')' || first == '\t')
    return 1;
  if (first == 0xC2 && byte(at + 1) == 0xA0) return 2;
  if (first == 0xE2 && byte(at + 1) == 0x80 &&
      (byte(at + 2) <= 0x95 || (byte(at + 2) >= 0xAA && byte(at + 2) <= 0xAF)))
    return 3;
  if (first == 0xE2 && byte(at + 1) == 0x81 && byte(at + 2) == 0xA0) return 3;
  if (first == 0xEF && byte(at + 1) == 0xBB && byte(at + 2) == 0xBF) return 3;
  return 0;
}

PhoneProblem problem_of_rest(std::string_view rest, size_t digits_before) {
  size_t digits_after = 0;
  for (const char c : rest) digits_after += is_phone_digit(c);
  if (digits_before >= 7 && digits_after >= 7) return PhoneProblem::TwoNumbers;
  const char first = lower_ascii_of(rest.front());
  const bool is_extension = first == 'x' || first == '#' || rest.starts_with("ext") ||
                            rest.starts_with("Ext") || rest.starts_with("EXT") ||
                            rest.starts_with("anexo") || rest.starts_with("int");
  if (digits_before >= 6 && digits_after > 0 && is_extension) return PhoneProblem::Extension;
  return PhoneProblem::NotANumber;
}

}  // namespace

std::expected<PhoneDigits, PhoneProblem> phone_digits_of(std::string_view text) {
  trim_phone(text);
  if (text.size() >= 3 && text.starts_with("=\"") && text.back() == '"')
    text = text.substr(2, text.size() - 3);
  if (text.starts_with('\'')) text.remove_prefix(1);
  trim_phone(text);
  if (text.empty()) return std::unexpected(PhoneProblem::Empty);
  if (text.front() == '#') return std::unexpected(PhoneProblem::ExcelError);
  if (is_scientific(text)) return std::unexpected(PhoneProblem::Scientific);
  drop_decimal_zero(text);
  drop_label(text);

  PhoneDigits digits;
  bool plus = false;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_phone_digit(c)) {
      if (digits.size == digits.text.size()) return std::unexpected(PhoneProblem::TwoNumbers);
      digits.text[digits.size++] = c;
      ++i;
    } else if (c == '+' && digits.size == 0 && !plus) {
      plus = true;
      ++i;
    } else if (const size_t length = separator_length(text, i)) {
      i += length;
    } else {
      return std::unexpected(problem_of_rest(text.substr(i), digits.size));
    }
  }
  if (digits.size == 0) return std::unexpected(PhoneProblem::NotANumber);
  // A leading 00 is turned into '+' before the library sees it: in Colombia 005, 007 and 009 are
  // carriers of long distance, and 0057… would become a number of Russia.
  digits.international = plus;
  if (digits.size > 2 && digits.text[0] == '0' && digits.text[1] == '0') {
    digits.international = true;
    std::copy(digits.text.begin() + 2, digits.text.begin() + digits.size, digits.text.begin());
    digits.size -= 2;
  }
  return digits;
}

}  // namespace puntual
