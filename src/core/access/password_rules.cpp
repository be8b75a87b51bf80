#include "core/access/password_rules.h"

#include <algorithm>
#include <unordered_set>

#include "base/embedded.h"
#include "base/text.h"

namespace puntual::access {
namespace {

// One a line (data/common_passwords.txt), as fold_text() gives them.
const std::unordered_set<std::string>& common_passwords() {
  static const std::unordered_set<std::string> kAll = [] {
    std::unordered_set<std::string> all;
    std::string_view text = embedded_file("data/common_passwords.txt").value_or("");
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      if (const auto line = text.substr(0, end); !line.empty() && !line.starts_with('#'))
        all.emplace(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
  }();
  return kAll;
}

// "Colombia2026!" is "colombia" with what everybody puts behind it.
std::string_view without_tail(std::string_view text) {
  while (!text.empty() && !(text.back() >= 'a' && text.back() <= 'z') &&
         static_cast<unsigned char>(text.back()) < 0x80)
    text.remove_suffix(1);
  return text;
}

// "aaaaaaaa", "abcdefgh", "87654321": each letter is as far from the one before it.
bool is_run(std::string_view text) {
  for (const int step : {-1, 0, 1}) {
    if (std::ranges::adjacent_find(text, [&](char a, char b) { return b - a != step; }) ==
        text.end())
      return true;
  }
  return false;
}

size_t letters_of(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

Result<void> check_password(std::string_view password,
                            std::initializer_list<std::string_view> own) {
  if (letters_of(password) < kPasswordMin)
    return fail(
        ErrorCode::Invalid,
        "la contraseña debe tener al menos {} caracteres; una frase corta es fácil de recordar",
        kPasswordMin);
  if (password.size() > kPasswordMax)
    return fail(ErrorCode::Invalid, "la contraseña puede tener hasta {} bytes", kPasswordMax);
  const std::string folded = fold_text(password);
  const std::string_view stem = without_tail(folded);
  const auto& common = common_passwords();
  if (is_run(folded) || common.contains(folded) ||
      (folded.size() - stem.size() <= 6 && common.contains(std::string(stem)))) {
    return fail(ErrorCode::Invalid, "esa contraseña es de las primeras que se prueban; elija otra");
  }
  for (const auto one : own) {
    const std::string known = fold_text(one);
    const std::string_view account = std::string_view(known).substr(0, known.find('@'));
    if (!account.empty() && (folded == known || stem == without_tail(known) || stem == account)) {
      return fail(ErrorCode::Invalid,
                  "la contraseña no puede ser su nombre, su correo ni el de la empresa");
    }
  }
  return {};
}

}  // namespace puntual::access
