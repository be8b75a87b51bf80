// A backup that somebody else may have written: what is read of it is what its manifest tells,
// below its folder, once each.
#include "app/archive.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/crypto.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {
namespace {

void read(std::string_view tar) {
  const auto contents = read_archive("a.backup", tar);
  if (!contents) {
    HOLDS(contents.error().message.starts_with("a.backup: "));
    return;
  }
  std::set<std::string> names;
  const auto* told = member_array(contents->manifest, "parts");
  HOLDS(told != nullptr && told->size() == contents->parts.size());
  for (const auto& part : contents->parts) {
    HOLDS(is_path_below(part.name) && names.insert(part.name).second);
    HOLDS(part.bytes.empty() || (part.bytes.data() >= tar.data() &&
                                 part.bytes.data() + part.bytes.size() <= tar.data() + tar.size()));
    HOLDS(std::ranges::any_of(*told, [&](const json::value& one) {
      return text_in(one, "name") == part.name && text_in(one, "sha256") == hex(sha256(part.bytes));
    }));
  }
}

std::string entry(std::string_view name, std::string_view bytes) {
  return tar_header(name, bytes.size()) + std::string(bytes) + tar_padding(bytes.size());
}

}  // namespace

// Each text twice: as the archive itself, and, as mutations seldom meet a checksum, as lines
// "NAME=BYTES" of a well-formed one; a line "manifest.json" without more tells the parts of all
// lines with their true digests.
FUZZ(archive, "") {
  read(bytes);
  json::array parts;
  for (auto [line, rest] = fuzz::first_line(bytes); !line.empty();
       std::tie(line, rest) = fuzz::first_line(rest)) {
    const size_t end = line.find('=');
    if (end == std::string_view::npos) continue;
    const std::string_view part = line.substr(end + 1);
    parts.push_back(json::object{{"name", line.substr(0, end)},
                                 {"size", std::to_string(part.size())},
                                 {"sha256", hex(sha256(part))}});
  }
  const std::string manifest =
      to_json(json::object{{"format", "puntual-backup-1"}, {"parts", std::move(parts)}});
  std::string tar;
  for (auto [line, rest] = fuzz::first_line(bytes); !line.empty();
       std::tie(line, rest) = fuzz::first_line(rest)) {
    const size_t end = line.find('=');
    tar += line == "manifest.json"
               ? entry(line, manifest)
               : entry(line.substr(0, end),
                       end == std::string_view::npos ? std::string_view() : line.substr(end + 1));
  }
  read(tar + tar_end());
}

}  // namespace puntual
