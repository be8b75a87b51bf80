// What a file is, by its first bytes and not by what somebody says of it. Pure; thread-safe.
#pragma once

#include <string_view>

namespace puntual {

// "image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf", "audio/ogg",
// "audio/mpeg", "audio/amr", "audio/mp4" or "video/mp4"; empty: none of these.
[[nodiscard]] std::string_view file_type_of(std::string_view bytes);
// "jpg", "pdf", …; "bin" for what is none of these.
[[nodiscard]] std::string_view extension_of(std::string_view file_type);

}  // namespace puntual
