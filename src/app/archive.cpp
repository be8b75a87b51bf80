#include "app/archive.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "app/input_file.h"
#include "base/crypto.h"
#include "base/durable_file.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kFormat = "puntual-backup-1";
constexpr size_t kTarBlock = 512;
// A sealed archive: these words, the salt, then pieces of this size, each sealed with its number and whether it is the last.
constexpr std::string_view kSealedMark = "puntual-sealed-1\n";
constexpr size_t kSaltSize = 32;
constexpr size_t kPiece = 1 << 20;

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

std::string piece_name(int64_t number, bool is_last) { return fmt::format("{} {} {}", kFormat, number, is_last ? "last" : "more"); }

// Bytes on their way into the file, sealed piece by piece when there is a key.
class ArchiveSink {
 public:
  ArchiveSink(FILE* file, std::string_view passphrase) : file_(file) {
    if (passphrase.empty()) return;
    const Secret salt = random_secret();
    key_ = secret_of_passphrase(passphrase, bytes_of(salt));
    put(kSealedMark);
    put(bytes_of(salt));
  }
  void write(std::string_view bytes) {
    if (!key_) return put(bytes);
    while (!bytes.empty()) {
      // The last piece is known only at the end: a full one waits for more.
      if (waiting_.size() == kPiece) seal(false);
      const size_t some = std::min(bytes.size(), kPiece - waiting_.size());
      waiting_.append(bytes.substr(0, some));
      bytes.remove_prefix(some);
    }
  }
  [[nodiscard]] bool finish() {
    if (key_) seal(true);
    return ok_ && std::fflush(file_) == 0;
  }

 private:
  void seal(bool is_last) {
    put(sealer_.seal(*key_, piece_name(number_++, is_last), waiting_));
    waiting_.clear();
  }
  void put(std::string_view bytes) { ok_ = ok_ && std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size(); }

  FILE* file_;
  std::optional<Secret> key_;
  Sealer sealer_;
  std::string waiting_;
  int64_t number_ = 0;
  bool ok_ = true;
};

// One header of the ustar format; sizes beyond eight gigabytes in its base-256 form.
std::string tar_header(std::string_view name, uint64_t size) {
  std::string header(kTarBlock, '\0');
  const auto put = [&](size_t at, std::string_view text) { header.replace(at, text.size(), text); };
  put(0, name.substr(0, 99));
  put(100, "0000600");
  put(108, "0000000");
  put(116, "0000000");
  if (size < uint64_t{1} << 33) {
    put(124, fmt::format("{:011o}", size));
  } else {
    header[124] = '\x80';
    for (int i = 0; i < 8; ++i) header[static_cast<size_t>(135 - i)] = static_cast<char>(size >> (8 * i));
  }
  put(136, "00000000000");
  put(148, "        ");
  header[156] = '0';
  put(257, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  put(148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return header;
}

void add_to_tar(ArchiveSink& sink, std::string_view name, std::string_view bytes) {
  sink.write(tar_header(name, bytes.size()));
  sink.write(bytes);
  sink.write(std::string((kTarBlock - bytes.size() % kTarBlock) % kTarBlock, '\0'));
}

std::unexpected<Error> damaged(const std::string& path, std::string_view what) {
  return fail(ErrorCode::Unsafe, "{}: {}: this backup is damaged, take another one", path, what);
}

// A name that stays below the folder it is unpacked to.
bool is_plain_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\\'; });
}

// Without its seal, into `clear`.
Result<void> unseal(const std::string& path, std::string_view sealed, std::string_view passphrase, const std::string& clear) {
  if (passphrase.empty()) return fail(ErrorCode::Forbidden, "{}: is sealed: give the file with its passphrase, --passphrase-file FILE", path);
  sealed.remove_prefix(kSealedMark.size());
  if (sealed.size() < kSaltSize) return damaged(path, "it is cut off");
  const Secret key = secret_of_passphrase(passphrase, sealed.substr(0, kSaltSize));
  sealed.remove_prefix(kSaltSize);
  const File file(std::fopen(clear.c_str(), "wbx"), std::fclose);
  if (!file) return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", clear, std::strerror(errno));
  Sealer sealer;
  for (int64_t number = 0;; ++number) {
    const size_t size = std::min(sealed.size(), kPiece + Sealer::kOverhead);
    const bool is_last = size == sealed.size();
    const auto piece = sealer.open(key, piece_name(number, is_last), sealed.substr(0, size));
    if (!piece && number == 0) return fail(ErrorCode::Forbidden, "{}: does not open: another passphrase, or the file was changed", path);
    if (!piece) return damaged(path, fmt::format("piece {} was changed or cut off", number));
    if (std::fwrite(piece->data(), 1, piece->size(), file.get()) != piece->size()) return fail(ErrorCode::Unavailable, "{}: no room to unpack", clear);
    sealed.remove_prefix(size);
    if (is_last) break;
  }
  return std::fflush(file.get()) == 0 ? Result<void>{} : fail(ErrorCode::Unavailable, "{}: no room to unpack", clear);
}

Result<void> write_part(const std::string& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  return write_durably(path, bytes);
}

uint64_t size_in(std::string_view header) {
  uint64_t size = 0;
  if (header[124] == '\x80') {
    for (size_t i = 128; i < 136; ++i) size = size << 8 | static_cast<unsigned char>(header[i]);
  } else {
    (void)std::from_chars(header.data() + 124, header.data() + 135, size, 8);
  }
  return size;
}

// Every file of the tar below the folder, compared with the manifest, which comes first.
Result<json::value> unpack_tar(const std::string& path, std::string_view tar, const std::string& folder) {
  json::value manifest;
  std::map<std::string, const json::value*> expected;
  while (tar.size() >= kTarBlock && tar.front() != '\0') {
    const std::string name(tar.substr(0, std::min<size_t>(tar.find('\0'), 99)));
    const uint64_t size = size_in(tar);
    if (tar.substr(0, kTarBlock) != tar_header(name, size) || !is_plain_name(name)) return damaged(path, "it is no backup of puntual, or its beginning was changed");
    tar.remove_prefix(kTarBlock);
    if (size > tar.size()) return damaged(path, fmt::format("{} is cut off", name));
    const std::string_view bytes = tar.substr(0, size);
    tar.remove_prefix(std::min<uint64_t>(tar.size(), (size + kTarBlock - 1) / kTarBlock * kTarBlock));
    if (name == kManifest) {
      ASSIGN_OR_RETURN(manifest, parse_json(bytes));
      const auto* parts = member_array(manifest, "parts");
      if (member_text(manifest, "format") != kFormat || parts == nullptr) return fail(ErrorCode::Unsafe, "{}: is a backup of another kind than this program knows ({})", path, kFormat);
      for (const auto& part : *parts) expected[member_text(part, "name").value_or("")] = &part;
      continue;
    }
    const auto found = expected.find(name);
    if (found == expected.end()) return damaged(path, fmt::format("{} is not in the manifest", name));
    if (member_text(*found->second, "sha256") != hex(sha256(bytes))) return damaged(path, fmt::format("{} was changed", name));
    expected.erase(found);
    RETURN_IF_ERROR(write_part(folder + "/" + name, bytes));
  }
  if (!manifest.is_object()) return damaged(path, "it is no backup of puntual");
  if (!expected.empty()) return damaged(path, fmt::format("{} is missing", expected.begin()->first));
  return manifest;
}

}  // namespace

Result<std::string> write_archive(const std::string& path, json::object manifest, std::span<const ArchivePart> parts, std::string_view passphrase) {
  std::vector<std::unique_ptr<InputFile>> files;
  json::array list;
  for (const auto& part : parts) {
    PUNTUAL_CHECK(is_plain_name(part.name) && part.name.size() < 100);
    ASSIGN_OR_RETURN(auto file, InputFile::open(part.path));
    list.push_back(json::object{{"name", part.name}, {"size", std::to_string(file->bytes().size())}, {"sha256", hex(sha256(file->bytes()))}});
    files.push_back(std::move(file));
  }
  manifest["format"] = kFormat;
  manifest["parts"] = std::move(list);
  const std::string half = path + ".new";
  {
    const int descriptor = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", half, std::strerror(errno));
    const File file(::fdopen(descriptor, "wb"), std::fclose);
    ArchiveSink sink(file.get(), passphrase);
    add_to_tar(sink, kManifest, to_json(manifest) + "\n");
    for (size_t i = 0; i < parts.size(); ++i) add_to_tar(sink, parts[i].name, files[i]->bytes());
    sink.write(std::string(2 * kTarBlock, '\0'));
    if (!sink.finish()) {
      ::unlink(half.c_str());
      return fail(ErrorCode::Unavailable, "{}: cannot be written: {}", half, std::strerror(errno));
    }
  }
  RETURN_IF_ERROR(sync_file(half));
  std::string digest;
  {
    ASSIGN_OR_RETURN(const auto whole, InputFile::open(half));
    digest = hex(sha256(whole->bytes()));
  }
  // A link, unlike a renaming, never takes the place of another backup.
  if (::link(half.c_str(), path.c_str()) != 0) {
    const int why = errno;
    ::unlink(half.c_str());
    return fail(why == EEXIST ? ErrorCode::Conflict : ErrorCode::Forbidden, "{}: {}", path, why == EEXIST ? "exists already; it is left as it is" : std::strerror(why));
  }
  ::unlink(half.c_str());
  RETURN_IF_ERROR(sync_folder_of(path));
  return digest;
}

Result<json::value> unpack_archive(const std::string& path, const std::string& folder, std::string_view passphrase) {
  ASSIGN_OR_RETURN(const auto file, InputFile::open(path));
  if (!file->bytes().starts_with(kSealedMark)) return unpack_tar(path, file->bytes(), folder);
  const std::string clear = folder + "/unsealed.tar";
  const auto opened = unseal(path, file->bytes(), passphrase, clear);
  auto manifest = [&]() -> Result<json::value> {
    RETURN_IF_ERROR(opened);
    ASSIGN_OR_RETURN(const auto tar, InputFile::open(clear));
    return unpack_tar(path, tar->bytes(), folder);
  }();
  ::unlink(clear.c_str());
  return manifest;
}

}  // namespace puntual
