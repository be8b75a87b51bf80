#include "base/percent.h"

#include <algorithm>

namespace puntual {
namespace {

int value_of_hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

std::string percent_decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_byte = text[i] == '%' && i + 2 < text.size() &&
                         value_of_hex_digit(text[i + 1]) >= 0 &&
                         value_of_hex_digit(text[i + 2]) >= 0;
    if (is_byte) {
      decoded +=
          static_cast<char>(value_of_hex_digit(text[i + 1]) * 16 + value_of_hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' && plus_is_blank ? ' ' : text[i];
    }
  }
  return decoded;
}

FormFields form_fields(std::string_view form) {
  FormFields fields;
  while (!form.empty()) {
    const std::string_view part = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(part.size() + 1, form.size()));
    if (part.empty()) continue;
    const size_t equals = std::min(part.find('='), part.size());
    fields.emplace_back(percent_decode(part.substr(0, equals), true),
                        percent_decode(part.substr(std::min(equals + 1, part.size())), true));
  }
  return fields;
}

std::string_view field_of(const FormFields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &FormFields::value_type::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace puntual
