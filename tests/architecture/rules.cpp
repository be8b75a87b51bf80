#include "tests/architecture/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace puntual::architecture {
namespace {

// A layer and what it may include besides itself.
struct Layer {
  std::string_view name;
  std::vector<std::string_view> uses;
};

// The arrows of docs/architecture.md. "main" is src/main.cpp.
const std::vector<Layer>& table() {
  static const std::vector<Layer> kTable = {
      {"base", {}},
      {"core", {"base"}},
      {"sheet", {"base"}},
      {"document", {"core", "base"}},
      {"ports", {"core", "base"}},
      {"store", {"core", "base"}},
      {"whatsapp", {"ports", "core", "base"}},
      {"assistant", {"ports", "core", "base"}},
      {"on_ramp", {"document", "ports", "core", "base"}},
      {"providers", {"ports", "core", "base"}},
      {"hooks", {"base"}},
      {"engine", {"store", "ports", "core", "whatsapp", "base"}},
      {"http", {"base"}},
      {"sandbox", {"http", "base"}},
      {"sim", {"document", "engine", "sandbox", "store", "whatsapp", "ports", "core", "base"}},
      {"app", {"sheet", "hooks", "providers", "assistant", "document", "on_ramp", "engine", "http", "whatsapp", "store", "ports", "core", "base"}},
      {"cli", {"app", "sheet", "hooks", "providers", "assistant", "document", "on_ramp", "sim", "sandbox", "http", "engine", "store", "whatsapp", "ports", "core", "base"}},
      {"main", {"cli"}},
  };
  return kTable;
}

// The engine decides and never sends: of whatsapp it sees only what is pure.
constexpr std::string_view kPureWhatsApp[] = {"whatsapp/webhook.h", "whatsapp/payload.h", "whatsapp/errors.h",
                                             "whatsapp/pacing.h"};

// A library and the only places that may include it (docs/decisions/0002-libraries.md). A place is a path below
// src/, or the beginning of one.
struct Library {
  std::string_view header;  // The beginning of what stands between the brackets.
  std::vector<std::string_view> places;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> kLibraries = {
      {"sqlite3.h", {"store/sqlite/", "cli/version.cpp"}},
      {"libpq-fe.h", {"store/postgres/"}},
      {"curl/", {"assistant/assistant.cpp", "whatsapp/", "on_ramp/", "providers/http_call.", "hooks/post.cpp", "sandbox/", "cli/version.cpp", "cli/remote.cpp"}},
      {"boost/asio", {"http/"}},
      {"boost/beast", {"http/"}},
      {"boost/json", {"base/json."}},
      {"unicode/", {"base/"}},
      {"phonenumbers/", {"base/"}},
      {"CLI/", {"cli/parse.cpp"}},
      {"toml++/", {"base/toml.cpp", "base/toml_json.cpp"}},
      {"openssl/", {"base/"}},
      {"sodium.h", {"base/password.cpp"}},
      {"cairo", {"document/pdf.cpp", "document/png_surface.h"}},
      {"pango/", {"document/pdf.cpp"}},
      {"xlsxwriter.h", {"sheet/write.cpp"}},
      {"zip.h", {"sheet/read"}},
      {"expat.h", {"sheet/read.cpp"}},
      {"qrencode.h", {"document/qr.cpp"}},
  };
  return kLibraries;
}

struct Include {
  std::string_view header;
  bool is_ours = false;  // "…" rather than <…>
};

std::optional<Include> include_on(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  const auto skip = [&] { line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size())); };
  skip();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(7);
  skip();
  const char open = line.empty() ? '\0' : line.front();
  if (open != '"' && open != '<') return std::nullopt;
  const auto end = line.find(open == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{.header = line.substr(1, end - 1), .is_ours = open == '"'};
}

std::string_view layer_of(std::string_view below_src) {
  if (below_src == "main.cpp") return "main";
  return below_src.substr(0, below_src.find('/'));
}

const Layer* find_layer(std::string_view name) {
  const auto found = std::ranges::find(table(), name, &Layer::name);
  return found == table().end() ? nullptr : &*found;
}

std::optional<std::string> trouble_with_layer(std::string_view below_src, std::string_view header) {
  const auto slash = header.find('/');
  if (slash == std::string_view::npos) return std::nullopt;  // Generated: "zone_table.inc".
  const std::string_view file = below_src.substr(below_src.rfind('/') + 1);
  if (header.starts_with("tests/support/") && (file.ends_with("_test.cpp") || file.starts_with("test_"))) return std::nullopt;
  const Layer* user = find_layer(layer_of(below_src));
  const std::string_view used = header.substr(0, slash);
  if (user == nullptr) return fmt::format("'{}' is not a layer of the table", layer_of(below_src));
  if (used == user->name) return std::nullopt;
  if (std::ranges::find(user->uses, used) == user->uses.end()) {
    std::string may;
    for (const auto name : user->uses) may += fmt::format("{}{}", may.empty() ? "" : ", ", name);
    return fmt::format("{} may include only {}", user->name, may.empty() ? "itself" : may);
  }
  if (user->name == "engine" && used == "whatsapp" && std::ranges::find(kPureWhatsApp, header) == std::end(kPureWhatsApp)) {
    return "of whatsapp, engine may include only the pure parts: webhook.h, payload.h, errors.h, pacing.h";
  }
  return std::nullopt;
}

std::optional<std::string> trouble_with_library(std::string_view below_src, std::string_view header) {
  for (const auto& library : libraries()) {
    if (!header.starts_with(library.header)) continue;
    const auto is_here = [&](std::string_view place) { return below_src.starts_with(place); };
    if (std::ranges::any_of(library.places, is_here)) return std::nullopt;
    std::string places;
    for (const auto place : library.places) places += fmt::format("{}src/{}", places.empty() ? "" : ", ", place);
    return fmt::format("<{}…> is included only in {}", library.header, places);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> layers() {
  std::vector<std::string_view> names;
  for (const auto& layer : table()) names.push_back(layer.name);
  return names;
}

std::vector<std::string> violations_of(std::string_view path, std::string_view text) {
  std::vector<std::string> found;
  const std::string_view below_src = path.substr(std::string_view("src/").size());
  int number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto include = include_on(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (!include) continue;
    const auto trouble = include->is_ours ? trouble_with_layer(below_src, include->header)
                                          : trouble_with_library(below_src, include->header);
    if (trouble) found.push_back(fmt::format("{}:{}: includes {}: {}", path, number, include->header, *trouble));
  }
  return found;
}

}  // namespace puntual::architecture
