#include "base/file_type.h"

#include <algorithm>
#include <iterator>

namespace puntual {
namespace {

using namespace std::string_view_literals;

struct FileType {
  std::string_view name, extension;
  size_t at;  // Where its mark stands.
  std::string_view mark;
  std::string_view before =
      {};  // And at the beginning: of files that begin with a length or a container's name.
};
constexpr FileType kFileTypes[] = {{"image/jpeg", "jpg", 0, "\xFF\xD8\xFF"sv},
                                   {"image/png", "png", 0, "\x89PNG\r\n\x1A\n"sv},
                                   {"image/webp", "webp", 8, "WEBP"sv, "RIFF"sv},
                                   {"image/heic", "heic", 4, "ftypheic"sv},
                                   {"image/heic", "heic", 4, "ftypmif1"sv},
                                   {"application/pdf", "pdf", 0, "%PDF-"sv},
                                   {"audio/ogg", "ogg", 0, "OggS"sv},
                                   {"audio/mpeg", "mp3", 0, "ID3"sv},
                                   {"audio/mpeg", "mp3", 0, "\xFF\xFB"sv},
                                   {"audio/amr", "amr", 0, "#!AMR"sv},
                                   {"audio/mp4", "m4a", 4, "ftypM4A"sv},
                                   {"video/mp4", "mp4", 4, "ftyp"sv}};

}  // namespace

std::string_view file_type_of(std::string_view bytes) {
  const auto* found = std::ranges::find_if(kFileTypes, [&](const FileType& one) {
    return bytes.starts_with(one.before) && bytes.size() >= one.at &&
           bytes.substr(one.at).starts_with(one.mark);
  });
  return found == std::end(kFileTypes) ? std::string_view() : found->name;
}

std::string_view extension_of(std::string_view file_type) {
  const auto* found = std::ranges::find(kFileTypes, file_type, &FileType::name);
  return found == std::end(kFileTypes) ? "bin" : found->extension;
}

}  // namespace puntual
