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

// Windows-1252 from 0x80 to 0x9F; 0: not defined there.
constexpr uint16_t kWindows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct Utf8Count {
  int64_t valid = 0;    // Sequences of several bytes.
  int64_t invalid = 0;  // Bytes that begin none.
  size_t first_invalid = std::string_view::npos;
};

// Bytes of the valid sequence of two to four bytes at `i`, or 0.
size_t sequence_length(std::string_view bytes, size_t i) {
  const auto at = [&](size_t k) {
    return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
  };
  const auto is_tail = [&](size_t k) { return (at(k) & 0xC0U) == 0x80U; };
  const unsigned first = at(0);
  if (first >= 0xC2 && first <= 0xDF) return is_tail(1) ? 2 : 0;
  if ((first & 0xF0U) == 0xE0U) {
    if ((first == 0xE0 && at(1) < 0xA0) || (first == 0xED && at(1) >= 0xA0)) return 0;
    return is_tail(1) && is_tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if ((first == 0xF0 && at(1) < 0x90) || (first == 0xF4 && at(1) >= 0x90)) return 0;
    return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  for (size_t i = 0; i < bytes.size();) {
    uint64_t eight = 0;
    while (i + 8 <= bytes.size() &&
           (std::copy_n(bytes.data() + i, 8, reinterpret_cast<char*>(&eight)),
            (eight & 0x8080808080808080U) == 0))
      i += 8;
    if (i >= bytes.size()) break;
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
    } else if (const size_t length = sequence_length(bytes, i)) {
      ++count.valid;
      i += length;
    } else {
      count.first_invalid = std::min(count.first_invalid, i);
      if (++count.invalid > 1000 && count.valid == 0) break;  // Certain enough.
      ++i;
    }
  }
  return count;
}

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr Magic kMagic[] = {
    {"PK\x03\x04", "un libro de Excel (XLSX) o un archivo ZIP"},
    {"\xD0\xCF\x11\xE0", "un libro de Excel antiguo (XLS)"},
    {"%PDF", "un PDF"},
    {"\x89PNG", "una imagen"},
    {"\xFF\xD8\xFF", "una imagen"},
    {"GIF8", "una imagen"},
    {"\x1F\x8B", "un archivo comprimido (GZIP)"},
    {"Rar!", "un archivo comprimido (RAR)"},
    {"7z\xBC\xAF", "un archivo comprimido (7z)"},
    {"SQLite format 3", "una base de datos"},
    {"\x7F"
     "ELF",
     "un programa"},
    {"{\\rtf", "un documento RTF"},
};

std::unexpected<Error> not_text(std::string_view what) {
  return fail(ErrorCode::Invalid,
              "el archivo es {}, no un archivo de texto con columnas: ábralo en Excel o en su ERP, "
              "guárdelo como CSV "
              "(«CSV UTF-8») y vuelva a importarlo",
              what);
}

bool looks_like_markup(std::string_view bytes) {
  std::string head(bytes.substr(0, 512));
  std::ranges::transform(head, head.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  const size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string::npos) return false;
  const std::string_view start = std::string_view(head).substr(begin);
  for (const std::string_view tag : {"<html", "<table", "<!doctype", "<?xml", "<style", "<meta"}) {
    if (start.starts_with(tag)) return true;
  }
  return false;
}

// UTF-16 without a mark: Latin text has a zero in every second byte.
std::optional<TextEncoding> utf16_by_zeros(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
  const size_t pairs = head.size() / 2;
  if (pairs < 4) return std::nullopt;
  if (zeros[1] * 10 >= pairs * 7 && zeros[0] * 10 < pairs) return TextEncoding::Utf16Le;
  if (zeros[0] * 10 >= pairs * 7 && zeros[1] * 10 < pairs) return TextEncoding::Utf16Be;
  return std::nullopt;
}

int64_t line_at(std::string_view bytes, size_t offset) {
  return 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
}

void append_utf16(std::string_view bytes, bool is_big_endian, std::string& out) {
  const auto unit = [&](size_t i) -> UChar32 {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return is_big_endian ? a << 8 | b : b << 8 | a;
  };
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const UChar32 c = unit(i);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (U16_IS_LEAD(c) && i + 3 < bytes.size() && U16_IS_TRAIL(unit(i + 2))) {
      append_code_point(out, U16_GET_SUPPLEMENTARY(c, unit(i + 2)));
      i += 2;
    } else {
      append_code_point(out, U16_IS_SURROGATE(c) ? 0xFFFD : c);
    }
  }
}

}  // namespace

std::string fold_text(std::string_view text) {
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
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  auto decomposed = nfd->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), status);
  PUNTUAL_CHECK(U_SUCCESS(status));
  icu::UnicodeString kept;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) kept.append(c);
  }
  folded.clear();
  return kept.foldCase().toUTF8String(folded);
}

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

std::string_view text_of(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::Utf8:
      return "utf-8";
    case TextEncoding::Utf8Bom:
      return "utf-8-bom";
    case TextEncoding::Utf16Le:
      return "utf-16le";
    case TextEncoding::Utf16Be:
      return "utf-16be";
    case TextEncoding::Windows1252:
      return "windows-1252";
  }
  return "utf-8";
}

std::optional<TextEncoding> encoding_of(std::string_view text) {
  for (const auto encoding : {TextEncoding::Utf8, TextEncoding::Utf8Bom, TextEncoding::Utf16Le,
                              TextEncoding::Utf16Be, TextEncoding::Windows1252}) {
    if (text_of(encoding) == text) return encoding;
  }
  return std::nullopt;
}

Result<TextEncoding> detect_encoding(std::string_view bytes) {
  for (const auto& magic : kMagic) {
    if (bytes.starts_with(magic.bytes)) return not_text(magic.what);
  }
  if (looks_like_markup(bytes)) return not_text("una página HTML o XML con extensión de Excel");
  if (bytes.starts_with("\xEF\xBB\xBF")) return TextEncoding::Utf8Bom;
  std::optional<TextEncoding> utf16;
  if (bytes.starts_with("\xFF\xFE")) utf16 = TextEncoding::Utf16Le;
  if (bytes.starts_with("\xFE\xFF")) utf16 = TextEncoding::Utf16Be;
  if (!utf16) utf16 = utf16_by_zeros(bytes);
  if (utf16) {
    if (bytes.size() % 2 == 0) return *utf16;
    return fail(
        ErrorCode::Invalid,
        "el archivo UTF-16 está cortado (tiene un número impar de bytes): expórtelo de nuevo");
  }
  const std::string_view head = bytes.substr(0, 65536);
  const auto controls = std::ranges::count_if(head, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
           c != '\f' && c != '\x1A';
  });
  if (head.find('\0') != std::string_view::npos ||
      controls * 100 > static_cast<std::ptrdiff_t>(head.size())) {
    return not_text("binario");
  }
  const auto count = count_utf8(bytes);
  if (count.invalid == 0) return TextEncoding::Utf8;
  // In Windows-1252 text two letters hardly ever happen to form UTF-8; mostly UTF-8 with stray
  // bytes means that files of both were joined, and either reading would spoil names.
  if (count.valid > count.invalid && count.valid >= 2) {
    return fail(ErrorCode::Invalid,
                "línea {}: el archivo mezcla dos codificaciones (UTF-8 y Windows-1252) y los "
                "nombres quedarían dañados: "
                "expórtelo de nuevo como «CSV UTF-8»",
                line_at(bytes, count.first_invalid));
  }
  return TextEncoding::Windows1252;
}

std::string decode_text(std::string_view bytes, TextEncoding encoding) {
  std::string text;
  switch (encoding) {
    case TextEncoding::Utf8:
    case TextEncoding::Utf8Bom:
      return std::string(bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0));
    case TextEncoding::Windows1252:
      append_windows1252(bytes, text);
      return text;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
      break;
  }
  const bool has_mark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  text.reserve(bytes.size() / 2 + bytes.size() / 32);
  append_utf16(bytes.substr(has_mark ? 2 : 0), encoding == TextEncoding::Utf16Be, text);
  return text;
}

void append_windows1252(std::string_view bytes, std::string& out) {
  out.reserve(out.size() + bytes.size() + bytes.size() / 16);
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) {
      out += byte;
    } else if (c >= 0xA0) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      append_code_point(out, kWindows1252[c - 0x80] == 0 ? 0xFFFD : kWindows1252[c - 0x80]);
    }
  }
}

Result<Utf8Text> to_utf8(std::string_view bytes) {
  ASSIGN_OR_RETURN(const auto encoding, detect_encoding(bytes));
  return Utf8Text{decode_text(bytes, encoding), encoding};
}

}  // namespace puntual
