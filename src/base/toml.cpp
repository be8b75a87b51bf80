#include "base/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <deque>
#include <set>
#include <sstream>

#include "base/suggest.h"
#include "base/toml_document.h"

namespace puntual {

// The tables that were opened, with the keys asked of each; what was not asked for is unknown.
struct TomlDocument {
  struct Open {
    const toml::table* table;
    std::string path;  // "cadence[2].step[1]", empty at the root.
    int line;
    std::set<std::string, std::less<>> asked;
    bool all_keys_known = false;
  };
  struct Problem {
    int line;
    std::string message;
  };

  std::string file_name;
  toml::table root;
  toml::table empty;
  std::deque<Open> open;
  std::vector<Problem> problems;

  const toml::node* ask(size_t index, std::string_view key) {
    open[index].asked.emplace(key);
    return open[index].table->get(key);
  }
  size_t add(const toml::table& table, std::string path, int line) {
    for (size_t i = 0; i < open.size(); ++i) {
      if (open[i].table == &table && &table != &empty) return i;
    }
    open.push_back({&table, std::move(path), line, {}, false});
    return open.size() - 1;
  }
  std::string path_of(size_t index, std::string_view key) const {
    return open[index].path.empty() ? std::string(key)
                                    : fmt::format("{}.{}", open[index].path, key);
  }
};

namespace {

int toml_line(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::string_view toml_type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with decimals";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

std::string listed(std::span<const std::string_view> words) {
  std::string text;
  for (const auto word : words) text += fmt::format("{}{}", text.empty() ? "" : ", ", word);
  return text;
}

// "'pirority' is not known: did you mean 'priority'?" or the whole list.
std::string not_one_of(std::string_view given, std::span<const std::string_view> allowed) {
  const auto near = closest_word(given, allowed);
  if (!near.empty()) return fmt::format("'{}' is not known: did you mean '{}'?", given, near);
  return fmt::format("'{}' is not known (expected one of: {})", given, listed(allowed));
}

void note_wrong_type(TomlDocument& document, const toml::node& node, const std::string& path,
                     std::string_view expected) {
  document.problems.push_back({toml_line(node), fmt::format("'{}' must be {}, not {}", path,
                                                            expected, toml_type_name(node))});
}

void note_missing(TomlDocument& document, int line, const std::string& path,
                  std::string_view expected) {
  document.problems.push_back({line, fmt::format("'{}' is missing (expected {})", path, expected)});
}

void note_unknown_keys(const TomlDocument::Open& open,
                       std::vector<TomlDocument::Problem>& problems) {
  const std::vector<std::string_view> known(open.asked.begin(), open.asked.end());
  for (const auto& [key, node] : *open.table) {
    if (open.asked.contains(key.str())) continue;
    const std::string where = open.path.empty() ? "" : fmt::format(" in {}", open.path);
    const auto near = closest_word(key.str(), known);
    const std::string remedy = near.empty() ? fmt::format(" (known keys: {})", listed(known))
                                            : fmt::format(": did you mean '{}'?", near);
    problems.push_back({static_cast<int>(key.source().begin.line),
                        fmt::format("unknown key '{}'{}{}", key.str(), where, remedy)});
  }
}

}  // namespace

bool TomlTable::has(std::string_view key) const {
  return document_->open[index_].table->contains(key);
}
int TomlTable::line() const { return document_->open[index_].line; }

int TomlTable::line_of(std::string_view key) const {
  const toml::node* node = document_->open[index_].table->get(key);
  return node == nullptr ? line() : toml_line(*node);
}

void TomlTable::problem(std::string_view key, std::string message) {
  document_->problems.push_back({line_of(key), std::move(message)});
}

std::string TomlTable::required_text(std::string_view key) {
  if (document_->ask(index_, key) == nullptr) {
    note_missing(*document_, line(), document_->path_of(index_, key), "a text");
    return {};
  }
  std::string value = text(key);
  if (value.empty() && document_->ask(index_, key)->is_string()) {
    problem(key, fmt::format("'{}' is empty (expected a text)", document_->path_of(index_, key)));
  }
  return value;
}

std::string TomlTable::text(std::string_view key, std::string_view fallback) {
  const toml::node* node = document_->ask(index_, key);
  if (node == nullptr) return std::string(fallback);
  if (const auto* value = node->as_string()) return value->get();
  note_wrong_type(*document_, *node, document_->path_of(index_, key), "a text");
  return std::string(fallback);
}

std::string TomlTable::choice(std::string_view key, std::span<const std::string_view> allowed,
                              bool required) {
  const toml::node* node = document_->ask(index_, key);
  const std::string_view fallback = allowed.empty() ? std::string_view() : allowed.front();
  if (node == nullptr) {
    if (required) {
      note_missing(*document_, line(), document_->path_of(index_, key),
                   fmt::format("one of: {}", listed(allowed)));
    }
    return std::string(fallback);
  }
  std::string value = text(key, fallback);
  if (std::ranges::find(allowed, value) == allowed.end()) {
    problem(key,
            fmt::format("'{}': {}", document_->path_of(index_, key), not_one_of(value, allowed)));
    return std::string(fallback);
  }
  return value;
}

int64_t TomlTable::required_integer(std::string_view key, IntegerRange range) {
  if (document_->ask(index_, key) == nullptr) {
    note_missing(*document_, line(), document_->path_of(index_, key), "a whole number");
    return 0;
  }
  return integer(key, 0, range);
}

int64_t TomlTable::integer(std::string_view key, int64_t fallback, IntegerRange range) {
  const toml::node* node = document_->ask(index_, key);
  if (node == nullptr) return fallback;
  const auto* value = node->as_integer();
  if (value == nullptr) {
    note_wrong_type(*document_, *node, document_->path_of(index_, key), "a whole number");
    return fallback;
  }
  if (value->get() < range.min || value->get() > range.max) {
    const std::string limits =
        range.max == INT64_MAX   ? fmt::format("expected {} or more", range.min)
        : range.min == INT64_MIN ? fmt::format("expected {} or less", range.max)
                                 : fmt::format("expected {} to {}", range.min, range.max);
    problem(key,
            fmt::format("'{}' is {} ({})", document_->path_of(index_, key), value->get(), limits));
    return fallback;
  }
  return value->get();
}

bool TomlTable::flag(std::string_view key, bool fallback) {
  const toml::node* node = document_->ask(index_, key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  note_wrong_type(*document_, *node, document_->path_of(index_, key), "true or false");
  return fallback;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> values;
  const toml::node* node = document_->ask(index_, key);
  if (node == nullptr) return values;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    note_wrong_type(*document_, *node, document_->path_of(index_, key), "a list of texts");
    return values;
  }
  for (const auto& element : *array) {
    if (const auto* value = element.as_string()) {
      values.push_back(value->get());
    } else {
      note_wrong_type(*document_, element, document_->path_of(index_, key), "a list of texts");
    }
  }
  return values;
}

std::vector<std::string> TomlTable::choices(std::string_view key,
                                            std::span<const std::string_view> allowed) {
  std::vector<std::string> values = texts(key);
  std::erase_if(values, [&](const std::string& value) {
    if (std::ranges::find(allowed, value) != allowed.end()) return false;
    problem(key,
            fmt::format("'{}': {}", document_->path_of(index_, key), not_one_of(value, allowed)));
    return true;
  });
  return values;
}

TomlTable TomlTable::table(std::string_view key) {
  const toml::node* node = document_->ask(index_, key);
  const std::string path = document_->path_of(index_, key);
  if (node != nullptr && node->as_table() == nullptr) {
    note_wrong_type(*document_, *node, path, fmt::format("a table ([{}])", path));
  }
  const toml::table* found = node == nullptr ? nullptr : node->as_table();
  const int at = found == nullptr ? line() : toml_line(*found);
  return {document_, document_->add(found == nullptr ? document_->empty : *found, path, at)};
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> found;
  const toml::node* node = document_->ask(index_, key);
  if (node == nullptr) return found;
  const std::string path = document_->path_of(index_, key);
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    note_wrong_type(*document_, *node, path, fmt::format("a list of tables ([[{}]])", path));
    return found;
  }
  int number = 0;
  for (const auto& element : *array) {
    ++number;
    if (const auto* table = element.as_table()) {
      found.push_back({document_, document_->add(*table, fmt::format("{}[{}]", path, number),
                                                 toml_line(*table))});
    } else {
      note_wrong_type(*document_, element, path, fmt::format("a list of tables ([[{}]])", path));
    }
  }
  return found;
}

std::vector<std::string> TomlTable::keys() {
  std::vector<std::string> names;
  document_->open[index_].all_keys_known = true;
  for (const auto& [key, node] : *document_->open[index_].table) names.emplace_back(key.str());
  return names;
}

Result<std::string> toml_with(std::string_view text, std::string_view file_name,
                              std::span<const TomlText> texts) {
  ASSIGN_OR_RETURN(toml::table root, parse_toml(text, file_name));
  for (const auto& [path, value] : texts) {
    const size_t dot = path.find('.');
    toml::table* table =
        dot == std::string_view::npos ? &root : root[path.substr(0, dot)].as_table();
    const std::string_view key = path.substr(dot + 1);  // npos + 1 is 0.
    if (table != nullptr && table->contains(key) && (*table)[key] != "")
      table->insert_or_assign(key, value);
  }
  std::ostringstream out;
  out << toml::toml_formatter(root) << '\n';
  return std::move(out).str();
}

Result<TomlFile> TomlFile::parse(std::string_view text, std::string_view file_name) {
  auto document = std::make_shared<TomlDocument>();
  document->file_name = file_name;
  ASSIGN_OR_RETURN(document->root, parse_toml(text, file_name));
  document->add(document->root, "", 1);
  return TomlFile(std::move(document));
}

TomlTable TomlFile::root() const { return {document_, 0}; }

Result<void> TomlFile::finish() const {
  auto problems = document_->problems;
  for (const auto& open : document_->open) {
    if (!open.all_keys_known) note_unknown_keys(open, problems);
  }
  if (problems.empty()) return {};
  std::ranges::stable_sort(problems, {}, &TomlDocument::Problem::line);
  std::string text;
  for (const auto& [line, message] : problems) {
    text +=
        fmt::format("{}{}:{}: {}", text.empty() ? "" : "\n", document_->file_name, line, message);
  }
  return std::unexpected(Error{ErrorCode::Invalid, std::move(text)});
}

}  // namespace puntual
