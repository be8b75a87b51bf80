#include "base/tar.h"

#include <algorithm>
#include <charconv>

namespace puntual {
namespace {

constexpr size_t kTarBlock = 512;
constexpr size_t kTarNameMax = 99;
constexpr size_t kTarLongNameMax = 4096;
// A name too long for a header stands before it, as the bytes of a file of this name and type.
constexpr std::string_view kTarLongName = "././@LongLink";
enum class TarType : char { File = '0', LongName = 'L' };

// One block of the ustar format; sizes beyond eight gigabytes in its base-256 form.
std::string tar_block(std::string_view name, uint64_t size, TarType type) {
  std::string header(kTarBlock, '\0');
  const auto put = [&](size_t at, std::string_view text) { header.replace(at, text.size(), text); };
  put(0, name.substr(0, kTarNameMax));
  put(100, "0000600");
  put(108, "0000000");
  put(116, "0000000");
  if (size < uint64_t{1} << 33) {
    put(124, fmt::format("{:011o}", size));
  } else {
    header[124] = '\x80';
    for (int i = 0; i < 8; ++i)
      header[static_cast<size_t>(135 - i)] = static_cast<char>(size >> (8 * i));
  }
  put(136, "00000000000");
  put(148, "        ");
  header[156] = static_cast<char>(type);
  put(257, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  put(148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return header;
}

uint64_t size_in_block(std::string_view header) {
  uint64_t size = 0;
  if (header[124] == '\x80') {
    for (size_t i = 128; i < 136; ++i) size = size << 8 | static_cast<unsigned char>(header[i]);
  } else {
    (void)std::from_chars(header.data() + 124, header.data() + 135, size, 8);
  }
  return size;
}

// The bytes of a file and what fills its last block, off the front.
Result<std::string_view> take_tar_bytes(std::string_view& tar, uint64_t size,
                                        std::string_view name) {
  const std::string padding = tar_padding(size);
  if (size > tar.size() || padding.size() > tar.size() - size)
    return fail(ErrorCode::Invalid, "{} is cut off", name);
  const std::string_view bytes = tar.substr(0, size);
  if (!tar.substr(size).starts_with(padding))
    return fail(ErrorCode::Invalid, "after {} stands what does not belong there", name);
  tar.remove_prefix(size + padding.size());
  return bytes;
}

}  // namespace

bool is_path_below(std::string_view name) {
  if (std::ranges::any_of(name, [](char c) {
        return static_cast<unsigned char>(c) < ' ' || c == '\x7f' || c == '\\';
      }))
    return false;
  while (true) {
    const std::string_view part = name.substr(0, name.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() == name.size()) return true;
    name.remove_prefix(part.size() + 1);
  }
}

std::string tar_header(std::string_view name, uint64_t size) {
  const std::string header = tar_block(name, size, TarType::File);
  if (name.size() <= kTarNameMax) return header;
  const std::string ended = std::string(name) + '\0';
  return tar_block(kTarLongName, ended.size(), TarType::LongName) + ended +
         tar_padding(ended.size()) + header;
}

std::string tar_padding(uint64_t size) {
  return std::string((kTarBlock - size % kTarBlock) % kTarBlock, '\0');
}

std::string tar_end() { return std::string(2 * kTarBlock, '\0'); }

Result<std::optional<TarEntry>> take_tar_entry(std::string_view& tar) {
  if (tar == tar_end()) {
    tar = {};
    return std::nullopt;
  }
  std::string name;
  const auto take_block = [&](TarType type) -> Result<uint64_t> {
    if (tar.size() < kTarBlock) return fail(ErrorCode::Invalid, "it is cut off");
    const uint64_t size = size_in_block(tar);
    if (!tar.starts_with(tar_block(name, size, type)))
      return fail(ErrorCode::Invalid, "a header is of another kind, or was changed");
    tar.remove_prefix(kTarBlock);
    return size;
  };
  if (tar.starts_with(kTarLongName)) {
    name = kTarLongName;
    ASSIGN_OR_RETURN(const uint64_t size, take_block(TarType::LongName));
    ASSIGN_OR_RETURN(const std::string_view ended, take_tar_bytes(tar, size, "a name"));
    if (size <= kTarNameMax + 1 || size > kTarLongNameMax || ended.back() != '\0')
      return fail(ErrorCode::Invalid, "a name is of another kind, or was changed");
    name = ended.substr(0, ended.size() - 1);
  } else {
    name = tar.substr(0, std::min({tar.find('\0'), kTarNameMax, tar.size()}));
  }
  ASSIGN_OR_RETURN(const uint64_t size, take_block(TarType::File));
  if (!is_path_below(name)) return fail(ErrorCode::Invalid, "a name in it leads elsewhere");
  ASSIGN_OR_RETURN(const std::string_view bytes, take_tar_bytes(tar, size, name));
  return TarEntry{.name = std::move(name), .bytes = bytes};
}

}  // namespace puntual
