// Bytes of any usual encoding turned into UTF-8 (declared in text.h).
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/text.h"

namespace puntual {
namespace {

void append_as_utf8(std::string& out, UChar32 c) {
  char bytes[4];
  int32_t length = 0;
  UBool failed = false;
  U8_APPEND(reinterpret_cast<uint8_t*>(bytes), length, 4, c, failed);
  if (!failed) out.append(bytes, static_cast<size_t>(length));
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
      append_as_utf8(out, U16_GET_SUPPLEMENTARY(c, unit(i + 2)));
      i += 2;
    } else {
      append_as_utf8(out, U16_IS_SURROGATE(c) ? 0xFFFD : c);
    }
  }
}

std::unexpected<Error> mixed_encodings(std::string_view bytes, const Utf8Count& count) {
  return fail(ErrorCode::Invalid,
              "línea {}: el archivo mezcla dos codificaciones (UTF-8 y Windows-1252) y los "
              "nombres quedarían dañados: "
              "expórtelo de nuevo como «CSV UTF-8»",
              line_at(bytes, count.first_invalid));
}

}  // namespace

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
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    // The mark promises UTF-8; what follows may have been joined to it.
    const auto count = count_utf8(bytes);
    return count.invalid == 0 ? Result<TextEncoding>(TextEncoding::Utf8Bom)
                              : mixed_encodings(bytes, count);
  }
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
    return mixed_encodings(bytes, count);
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
      append_as_utf8(out, kWindows1252[c - 0x80] == 0 ? 0xFFFD : kWindows1252[c - 0x80]);
    }
  }
}

Result<Utf8Text> to_utf8(std::string_view bytes) {
  ASSIGN_OR_RETURN(const auto encoding, detect_encoding(bytes));
  return Utf8Text{decode_text(bytes, encoding), encoding};
}

}  // namespace puntual
