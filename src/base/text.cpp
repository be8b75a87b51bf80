#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <vector>

namespace puntual {
namespace {

void append_code_point(std::string& out, UChar32 c) {
  char bytes[4];
  int32_t length = 0;
  UBool failed = false;
  U8_APPEND(reinterpret_cast<uint8_t*>(bytes), length, 4, c, failed);
  if (!failed) out.append(bytes, static_cast<size_t>(length));
}

// Calls `each` with every code point; invalid bytes come as U+FFFD.
template <class Each>
void for_each_code_point(std::string_view text, Each&& each) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    each(c);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = text.find_first_not_of(" \t\r\n", i);
    if (begin == std::string_view::npos) break;
    const size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    i = end;
  }
  return words;
}

bool is_one_case(std::string_view text) {
  bool upper = false;
  bool lower = false;
  for_each_code_point(text, [&](UChar32 c) {
    upper = upper || u_isUUppercase(c);
    lower = lower || u_isULowercase(c);
  });
  return upper != lower;
}

// Particles and company forms are short and of ASCII: most words need no folding to be none of
// them.
bool may_be_special(std::string_view word) {
  return word.size() <= 10 &&
         std::ranges::none_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_particle(std::string_view folded) {
  constexpr std::string_view kParticles[] = {"de", "del", "la", "las", "los", "y",  "e",
                                             "da", "das", "do", "dos", "van", "von"};
  return std::ranges::find(kParticles, folded) != std::end(kParticles);
}

bool is_company_form(std::string_view folded) {
  constexpr std::string_view kForms[] = {"sas",  "sa",       "sac", "saa",    "srl", "eirl", "spa",
                                         "ltda", "limitada", "cia", "eireli", "llc", "inc"};
  return std::ranges::find(kForms, folded) != std::end(kForms);
}

std::string without_dots(std::string_view word) {
  std::string folded = fold_text(word);
  std::erase_if(folded, [](char c) { return c == '.' || c == ','; });
  return folded;
}

// "S.A.S.", "C.V.": letters with a dot after each.
bool is_dotted(std::string_view word) {
  return word.size() >= 3 && word[1] == '.' && word.find('.', 2) != std::string_view::npos;
}

bool stays_in_capitals(std::string_view word, bool is_last) {
  if (!may_be_special(word)) return false;
  if (is_dotted(word)) return true;
  const std::string folded = without_dots(word);
  if (folded == "ii" || folded == "iii" || folded == "iv") return true;
  return is_last && is_company_form(folded) && folded != "ltda" && folded != "limitada" &&
         folded != "cia";
}

void append_capitalized(std::string& out, std::string_view word) {
  int letters_in_part = 0;
  for_each_code_point(word, [&](UChar32 c) {
    if (u_isalpha(c)) {
      append_code_point(out, letters_in_part == 0 ? u_toupper(c) : u_tolower(c));
      ++letters_in_part;
      return;
    }
    append_code_point(out, c);
    // O'Brien and Pérez-Gómez begin anew; the s of "Mary's" does not matter here.
    if (c == '-' || c == '(' || c == '.' || ((c == '\'' || c == 0x2019) && letters_in_part == 1))
      letters_in_part = 0;
  });
}

void append_upper(std::string& out, std::string_view word) {
  for_each_code_point(word, [&](UChar32 c) { append_code_point(out, u_toupper(c)); });
}

bool is_company(const std::vector<std::string_view>& words) {
  return words.size() > 1 && is_company_form(without_dots(words.back()));
}

bool is_honorific(std::string_view word) {
  constexpr std::string_view kHonorifics[] = {"sr",  "sra", "srta",  "don",    "dona", "dr",  "dra",
                                              "ing", "lic", "senor", "senora", "abg",  "prof"};
  return std::ranges::find(kHonorifics, without_dots(word)) != std::end(kHonorifics);
}

}  // namespace

namespace {

enum class Dress : uint8_t { Kept, Taken };

std::string folded_as(std::string_view text, Dress dress) {
  std::string folded;
  folded.reserve(text.size());
  bool is_ascii = true;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      is_ascii = false;
      break;
    }
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (is_ascii) return folded;
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = dress == Dress::Taken ? icu::Normalizer2::getNFKDInstance(status)
                                          : icu::Normalizer2::getNFDInstance(status);
  auto decomposed = nfd->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), status);
  PUNTUAL_CHECK(U_SUCCESS(status));
  icu::UnicodeString kept;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || (dress == Dress::Taken && type == U_FORMAT_CHAR)) continue;
    kept.append(c);
  }
  folded.clear();
  return kept.foldCase().toUTF8String(folded);
}

}  // namespace

std::string fold_text(std::string_view text) { return folded_as(text, Dress::Kept); }
std::string fold_styled_text(std::string_view text) { return folded_as(text, Dress::Taken); }

std::string title_case_name(std::string_view name) {
  const bool recase = is_one_case(name);
  const auto words = words_of(name);
  std::string out;
  out.reserve(name.size());
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += ' ';
    if (!recase) {
      out += words[i];
    } else if (i > 0 && may_be_special(words[i]) && is_particle(fold_text(words[i]))) {
      out += fold_text(words[i]);
    } else if (stays_in_capitals(words[i], i > 0 && i + 1 == words.size())) {
      append_upper(out, words[i]);
    } else {
      append_capitalized(out, words[i]);
    }
  }
  return out;
}

std::string_view beginning_of(std::string_view utf8, size_t bytes_max) {
  if (utf8.size() <= bytes_max) return utf8;
  size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
  return utf8.substr(0, end);
}

std::string first_name(std::string_view full_name) {
  const std::string name = title_case_name(full_name);
  auto words = words_of(name);
  if (words.empty() || is_company(words)) return name;
  if (const size_t comma = name.find(','); comma != std::string::npos) {
    const auto given = words_of(std::string_view(name).substr(comma + 1));
    if (!given.empty()) words = given;
  }
  const auto is_passed_over = [](std::string_view word) {
    return is_honorific(word) || word.size() == 1 || (word.size() == 2 && word[1] == '.');
  };
  for (const auto word : words) {
    if (!is_passed_over(word))
      return title_case_name(word.substr(0, word.find_last_not_of(",;") + 1));
  }
  return std::string(words.front());
}

}  // namespace puntual
