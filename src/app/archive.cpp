#include "app/archive.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>

#include "app/input_file.h"
#include "app/workshop.h"
#include "base/crypto.h"
#include "base/durable_file.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kFormat = "puntual-backup-1";
// A sealed archive: these words, the salt, then pieces of this size, each sealed with its number
// and whether it is the last.
constexpr std::string_view kSealedMark = "puntual-sealed-1\n";
constexpr size_t kSaltSize = 32;
constexpr size_t kPiece = 1 << 20;

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

std::string piece_name(int64_t number, bool is_last) {
  return fmt::format("{} {} {}", kFormat, number, is_last ? "last" : "more");
}

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
  void put(std::string_view bytes) {
    ok_ = ok_ && std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
  }

  FILE* file_;
  std::optional<Secret> key_;
  Sealer sealer_;
  std::string waiting_;
  int64_t number_ = 0;
  bool ok_ = true;
};

void add_to_tar(ArchiveSink& sink, std::string_view name, std::string_view bytes) {
  sink.write(tar_header(name, bytes.size()));
  sink.write(bytes);
  sink.write(tar_padding(bytes.size()));
}

// JSON says it, and a tar program unpacks it below its folder.
bool can_be_named(std::string_view name) {
  return is_path_below(name) && parse_json(to_json(json::string(name))).has_value();
}

std::unexpected<Error> damaged(const std::string& path, std::string_view what) {
  return fail(ErrorCode::Unsafe, "{}: {}: this backup is damaged, take another one", path, what);
}

// Without its seal, into `clear`.
Result<void> unseal(const std::string& path, std::string_view sealed, std::string_view passphrase,
                    const std::string& clear) {
  if (passphrase.empty())
    return fail(ErrorCode::Forbidden,
                "{}: is sealed: give the file with its passphrase, --passphrase-file FILE", path);
  sealed.remove_prefix(kSealedMark.size());
  if (sealed.size() < kSaltSize) return damaged(path, "it is cut off");
  const Secret key = secret_of_passphrase(passphrase, sealed.substr(0, kSaltSize));
  sealed.remove_prefix(kSaltSize);
  const File file(std::fopen(clear.c_str(), "wbx"), std::fclose);
  if (!file)
    return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", clear, std::strerror(errno));
  Sealer sealer;
  for (int64_t number = 0;; ++number) {
    const size_t size = std::min(sealed.size(), kPiece + Sealer::kOverhead);
    const bool is_last = size == sealed.size();
    const auto piece = sealer.open(key, piece_name(number, is_last), sealed.substr(0, size));
    if (!piece && number == 0)
      return fail(ErrorCode::Forbidden,
                  "{}: does not open: another passphrase, or the file was changed", path);
    if (!piece) return damaged(path, fmt::format("piece {} was changed or cut off", number));
    if (std::fwrite(piece->data(), 1, piece->size(), file.get()) != piece->size())
      return fail(ErrorCode::Unavailable, "{}: no room to unpack", clear);
    sealed.remove_prefix(size);
    if (is_last) break;
  }
  return std::fflush(file.get()) == 0
             ? Result<void>{}
             : fail(ErrorCode::Unavailable, "{}: no room to unpack", clear);
}

// What the manifest says of a part, and must not say twice.
Result<std::map<std::string, const json::value*>> parts_in(const std::string& path,
                                                           const json::value& manifest) {
  const auto* parts = member_array(manifest, "parts");
  if (member_text(manifest, "format") != kFormat || parts == nullptr)
    return fail(ErrorCode::Unsafe, "{}: is a backup of another kind than this program knows ({})",
                path, kFormat);
  std::map<std::string, const json::value*> expected;
  for (const auto& part : *parts) {
    const std::string name = text_in(part, "name");
    if (!expected.emplace(name, &part).second)
      return damaged(path, fmt::format("{} is twice in the manifest", name));
  }
  return expected;
}

}  // namespace

Result<ArchiveContents> read_archive(const std::string& path, std::string_view tar) {
  const auto next = [&]() -> Result<std::optional<TarEntry>> {
    auto entry = take_tar_entry(tar);
    if (!entry) return damaged(path, entry.error().message);
    return entry;
  };
  ASSIGN_OR_RETURN(const auto first, next());
  if (!first || first->name != kManifest)
    return damaged(path, "it does not begin with its manifest, so it is no backup of puntual");
  ArchiveContents contents;
  auto manifest = parse_json(first->bytes);
  if (!manifest) return damaged(path, manifest.error().message);
  contents.manifest = std::move(*manifest);
  ASSIGN_OR_RETURN(auto expected, parts_in(path, contents.manifest));
  while (true) {
    ASSIGN_OR_RETURN(auto part, next());
    if (!part) break;
    const auto found = expected.find(part->name);
    if (found == expected.end())
      return damaged(path, fmt::format("{} is not in the manifest, or comes twice", part->name));
    const json::value& told = *found->second;
    if (text_in(told, "size") != std::to_string(part->bytes.size()) ||
        text_in(told, "sha256") != hex(sha256(part->bytes))) {
      return damaged(path, fmt::format("{} was changed", part->name));
    }
    expected.erase(found);
    contents.parts.push_back(std::move(*part));
  }
  if (!expected.empty())
    return damaged(path, fmt::format("{} is missing", expected.begin()->first));
  return contents;
}

Result<std::string> write_archive(const std::string& path, json::object manifest,
                                  std::span<const ArchivePart> parts, std::string_view passphrase) {
  std::vector<std::unique_ptr<InputFile>> files;
  json::array list;
  for (const auto& part : parts) {
    if (!can_be_named(part.name)) {
      return fail(ErrorCode::Invalid,
                  "{}: a file of this name cannot be kept in a backup: rename it, in UTF-8, "
                  "without \\ and control characters",
                  part.path);
    }
    ASSIGN_OR_RETURN(auto file, InputFile::open(part.path));
    list.push_back(json::object{{"name", part.name},
                                {"size", std::to_string(file->bytes().size())},
                                {"sha256", hex(sha256(file->bytes()))}});
    files.push_back(std::move(file));
  }
  manifest["format"] = kFormat;
  manifest["parts"] = std::move(list);
  const std::string folder = fs::path(path).parent_path().string();
  ASSIGN_OR_RETURN(const auto workshop, Workshop::in(folder.empty() ? "." : folder));
  const std::string half = *workshop / "half.backup";
  {
    const File file(std::fopen(half.c_str(), "wbxe"), std::fclose);
    if (!file)
      return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", half, std::strerror(errno));
    ArchiveSink sink(file.get(), passphrase);
    add_to_tar(sink, kManifest, to_json(manifest) + "\n");
    for (size_t i = 0; i < parts.size(); ++i) add_to_tar(sink, parts[i].name, files[i]->bytes());
    sink.write(tar_end());
    if (!sink.finish())
      return fail(ErrorCode::Unavailable, "{}: cannot be written: {}", half, std::strerror(errno));
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
    return fail(why == EEXIST ? ErrorCode::Conflict : ErrorCode::Forbidden, "{}: {}", path,
                why == EEXIST ? "exists already; it is left as it is" : std::strerror(why));
  }
  RETURN_IF_ERROR(sync_folder_of(path));
  return digest;
}

namespace {

Result<json::value> unpack_tar(const std::string& path, std::string_view tar,
                               const std::string& folder) {
  ASSIGN_OR_RETURN(ArchiveContents contents, read_archive(path, tar));
  for (const auto& part : contents.parts) {
    const fs::path to = fs::path(folder) / part.name;
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    RETURN_IF_ERROR(write_durably(to.string(), part.bytes));
  }
  return std::move(contents.manifest);
}

}  // namespace

Result<json::value> unpack_archive(const std::string& path, const std::string& folder,
                                   std::string_view passphrase) {
  ASSIGN_OR_RETURN(const auto file, InputFile::open(path));
  if (!file->bytes().starts_with(kSealedMark)) return unpack_tar(path, file->bytes(), folder);
  const std::string clear =
      folder + ".tar";  // Beside it: whatever the names within, none is in its way.
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
