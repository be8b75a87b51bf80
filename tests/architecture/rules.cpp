#include "tests/architecture/rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace puntual::architecture {
namespace {

struct Include {
  std::string_view header;
  bool is_ours = false;  // "…" rather than <…>
};

std::optional<Include> include_on(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  const auto skip = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  };
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

// What stands between strokes: "`a`, `b` (and words)" gives a and b.
std::vector<std::string> quoted_in(std::string_view cell) {
  std::vector<std::string> found;
  for (size_t at = cell.find('`'); at != std::string_view::npos; at = cell.find('`', at + 1)) {
    const size_t end = cell.find('`', at + 1);
    if (end == std::string_view::npos) break;
    found.emplace_back(cell.substr(at + 1, end - at - 1));
    at = end;
  }
  return found;
}

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : list) {
    if (c >= 'a' && c <= 'z')
      name += c;
    else if (c == '_')
      name += c;
    else if (!name.empty())
      names.push_back(std::exchange(name, {}));
  }
  if (!name.empty()) names.push_back(std::move(name));
  return names;
}

// The cells of each row of the table below the row that begins with `title`.
std::vector<std::vector<std::string_view>> rows_below(std::string_view text,
                                                      std::string_view title) {
  std::vector<std::vector<std::string_view>> rows;
  size_t at = text.find(title);
  if (at == std::string_view::npos) return rows;
  for (at = text.find('\n', at) + 1; at < text.size() && text[at] == '|';) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view row = text.substr(at + 1, end - at - 1);
    std::vector<std::string_view> cells;
    for (size_t bar = row.find('|'); bar != std::string_view::npos; bar = row.find('|')) {
      cells.push_back(row.substr(0, bar));
      row.remove_prefix(bar + 1);
    }
    if (!cells.empty() && !cells[0].starts_with("---")) rows.push_back(std::move(cells));
    at = end + 1;
  }
  return rows;
}

}  // namespace

Rules::Rules(std::string_view layers, std::string_view libraries) {
  for (const auto& row : rows_below(layers, "| layer | may include |")) {
    const auto name = quoted_in(row.at(0));
    if (name.empty()) continue;
    Layer layer{.name = name.front()};
    const std::string_view uses = row.at(1).substr(0, row.at(1).find(';'));
    layer.uses = names_in(uses);
    layer.is_free = layer.uses == std::vector<std::string>{"all"};
    if (uses.size() < row.at(1).size()) {
      const auto words = names_in(row.at(1).substr(uses.size()));  // "of", the layer, "only", …
      layer.narrowed = words.at(1);
      layer.uses.push_back(layer.narrowed);
      for (const auto& file : quoted_in(row.at(1)))
        layer.only.push_back(layer.narrowed + "/" + file);
    }
    layers_.push_back(std::move(layer));
  }
  for (const auto& row : rows_below(libraries, "| for | library |")) {
    Library library{.headers = quoted_in(row.at(2)), .places = quoted_in(row.at(3))};
    if (!library.headers.empty()) libraries_.push_back(std::move(library));
  }
}

const Rules::Layer* Rules::find(std::string_view name) const {
  const auto found = std::ranges::find(layers_, name, &Layer::name);
  return found == layers_.end() ? nullptr : &*found;
}

std::optional<std::string> Rules::trouble_with_layer(std::string_view below_src,
                                                     std::string_view header) const {
  const auto slash = header.find('/');
  if (slash == std::string_view::npos) return std::nullopt;  // Generated: "zone_table.inc".
  const std::string_view file = below_src.substr(below_src.rfind('/') + 1);
  if (header.starts_with("tests/support/") &&
      (file.ends_with("_test.cpp") || file.starts_with("test_")))
    return std::nullopt;
  const Layer* user = find(layer_of(below_src));
  const std::string_view used = header.substr(0, slash);
  if (user == nullptr) return fmt::format("'{}' is not a layer of the table", layer_of(below_src));
  if (used == user->name || (user->is_free && find(used) != nullptr)) return std::nullopt;
  if (std::ranges::find(user->uses, used) == user->uses.end()) {
    return fmt::format(
        "{} may include only {}", user->name,
        user->uses.empty() ? "itself" : fmt::format("{}", fmt::join(user->uses, ", ")));
  }
  if (used == user->narrowed && std::ranges::find(user->only, header) == user->only.end()) {
    return fmt::format("of {}, {} may include only {}", used, user->name,
                       fmt::join(user->only, ", "));
  }
  return std::nullopt;
}

std::optional<std::string> Rules::trouble_with_library(std::string_view below_src,
                                                       std::string_view header) const {
  for (const auto& library : libraries_) {
    const auto begins = [](std::string_view text) {
      return [text](const std::string& beginning) { return text.starts_with(beginning); };
    };
    if (std::ranges::none_of(library.headers, begins(header))) continue;
    if (library.places.empty() || std::ranges::any_of(library.places, begins(below_src)))
      return std::nullopt;
    return fmt::format("<{}…> is included only in {}", library.headers.front(),
                       fmt::join(library.places, ", "));
  }
  return std::nullopt;
}

std::vector<std::string> Rules::layers() const {
  std::vector<std::string> names;
  for (const auto& layer : layers_) names.push_back(layer.name);
  return names;
}

std::vector<std::string> Rules::library_headers() const {
  std::vector<std::string> headers;
  for (const auto& library : libraries_)
    headers.insert(headers.end(), library.headers.begin(), library.headers.end());
  return headers;
}

std::vector<std::string> Rules::violations_of(std::string_view path, std::string_view text) const {
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
    if (trouble)
      found.push_back(
          fmt::format("{}:{}: includes {}: {}", path, number, include->header, *trouble));
  }
  return found;
}

}  // namespace puntual::architecture
