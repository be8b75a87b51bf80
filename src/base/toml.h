// Reads a TOML file that a person wrote: typed values with their lines, and every mistake at once.
//
// Reading never stops at a mistake: a wrong value reads as its fallback and is noted; finish()
// gives all notes as one error. Every key that nobody asked for is an unknown key, with the nearest
// known one.
//
//   ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(text, "estandar.toml"));
//   TomlTable root = file.root();
//   strategy.name = root.required_text("name");
//   RETURN_IF_ERROR(file.finish());   // "estandar.toml:3: unknown key 'nmae': did you mean
//   'name'?"
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual {

struct TomlDocument;

struct IntegerRange {
  int64_t min = INT64_MIN;
  int64_t max = INT64_MAX;
};

// One table of the file; a handle that keeps the file alive. Not thread-safe.
class TomlTable {
 public:
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::string required_text(std::string_view key);
  [[nodiscard]] std::string text(std::string_view key, std::string_view fallback = {});
  // One of a closed list; the first of the list when it is missing and required is false.
  [[nodiscard]] std::string choice(std::string_view key, std::span<const std::string_view> allowed,
                                   bool required = false);
  [[nodiscard]] int64_t required_integer(std::string_view key, IntegerRange range = {});
  [[nodiscard]] int64_t integer(std::string_view key, int64_t fallback, IntegerRange range = {});
  [[nodiscard]] bool flag(std::string_view key, bool fallback = false);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  // As texts, each one of a closed list.
  [[nodiscard]] std::vector<std::string> choices(std::string_view key,
                                                 std::span<const std::string_view> allowed);
  // A table inside ([key]); an empty one when it is missing, so that its fallbacks hold.
  [[nodiscard]] TomlTable table(std::string_view key);
  // The tables of [[key]], in their order; empty when there are none.
  [[nodiscard]] std::vector<TomlTable> tables(std::string_view key);
  // All keys, for tables whose keys are data; asking makes them all known.
  [[nodiscard]] std::vector<std::string> keys();

  [[nodiscard]] int line() const;
  [[nodiscard]] int line_of(
      std::string_view key) const;  // The table's own when the key is missing.
  // A mistake that only the caller can see; the text says what is wrong and how to mend it.
  void problem(std::string_view key, std::string message);

 private:
  friend class TomlFile;
  TomlTable(std::shared_ptr<TomlDocument> document, size_t index)
      : document_(std::move(document)), index_(index) {}
  std::shared_ptr<TomlDocument> document_;
  size_t index_;
};

// A text of a document: "listen", or "whatsapp.verify_token" of a table.
struct TomlText {
  std::string_view path, text;
};
// The document written anew with these texts in the place of those that stand there, however their
// keys are spelt; what is not there, or empty, stays so. Without comments, which may hold anything.
// Invalid when the text is not TOML.
[[nodiscard]] Result<std::string> toml_with(std::string_view text, std::string_view file_name,
                                            std::span<const TomlText> texts);

class TomlFile {
 public:
  // Invalid, with line and column, when the text is not TOML.
  [[nodiscard]] static Result<TomlFile> parse(std::string_view text, std::string_view file_name);
  [[nodiscard]] TomlTable root() const;
  // Invalid with every mistake, one a line, in the order of the file.
  [[nodiscard]] Result<void> finish() const;

 private:
  explicit TomlFile(std::shared_ptr<TomlDocument> document) : document_(std::move(document)) {}
  std::shared_ptr<TomlDocument> document_;
};

}  // namespace puntual
