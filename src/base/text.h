// Text of people and files: folding for search, names in normal case, and bytes of any usual
// encoding turned into UTF-8. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

// For comparing and searching: lower case, no accents ("Muñoz Güiza" → "munoz guiza"). ñ becomes n
// on purpose: people search without it, and half of the files have lost it. Never shown to anybody.
[[nodiscard]] std::string fold_text(std::string_view text);
// The same, and letters in another dress are the letters: "ＢＡＪＡ" and "𝗕𝗮𝗷𝗮" → "baja"; what has
// no width is left out.
[[nodiscard]] std::string fold_styled_text(std::string_view text);

// At most so many bytes of it from the front, and no half characters.
[[nodiscard]] std::string_view beginning_of(std::string_view utf8, size_t bytes_max);

// A name in normal case: "MARÍA DEL CARMEN PÉREZ" → "María del Carmen Pérez", "o'brien" →
// "O'Brien". A name that already mixes cases is only freed of doubled blanks. Company forms
// (S.A.S., SRL) stay in capitals.
[[nodiscard]] std::string title_case_name(std::string_view name);

// The word to greet with: "PÉREZ GÓMEZ, Ana María" → "Ana", "Sr. José Ruiz" → "José". A company is
// greeted by its whole name. Without a comma the first word is taken: given names come first.
[[nodiscard]] std::string first_name(std::string_view full_name);

enum class TextEncoding : uint8_t { Utf8, Utf8Bom, Utf16Le, Utf16Be, Windows1252 };
[[nodiscard]] std::string_view text_of(
    TextEncoding encoding);  // "utf-8", "utf-8-bom", "utf-16le", "windows-1252"
[[nodiscard]] std::optional<TextEncoding> encoding_of(std::string_view text);

// Valid UTF-8 is UTF-8 and the rest Windows-1252; UTF-16 by its mark or its zero bytes. Invalid, in
// Spanish with the remedy, for what is no text: XLSX, XLS, PDF, pictures, HTML, and a file that
// mixes encodings.
[[nodiscard]] Result<TextEncoding> detect_encoding(std::string_view bytes);
// The bytes as UTF-8 without a byte order mark; what the encoding does not define becomes U+FFFD.
[[nodiscard]] std::string decode_text(std::string_view bytes, TextEncoding encoding);
// Appends; for reading a Windows-1252 file field by field.
void append_windows1252(std::string_view bytes, std::string& out);

struct Utf8Text {
  std::string text;
  TextEncoding encoding = TextEncoding::Utf8;
};
[[nodiscard]] Result<Utf8Text> to_utf8(std::string_view bytes);

}  // namespace puntual
