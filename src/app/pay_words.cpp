#include "app/pay_words.h"

#include "base/embedded.h"
#include "base/toml.h"
#include "core/messaging/placeholder.h"

namespace puntual {
namespace {

json::object texts_in(TomlTable table) {
  json::object texts;
  for (const auto& key : table.keys()) texts[key] = table.required_text(key);
  return texts;
}

}  // namespace

PayWords::PayWords(std::string_view language) : language_(language) {
  const std::string name = fmt::format("web/pay/{}.toml", language);
  const auto file = embedded_file(name);
  PUNTUAL_CHECK(file.has_value());
  auto toml = TomlFile::parse(*file, name);
  PUNTUAL_CHECK(toml.has_value());
  texts_ = texts_in(toml->root().table("say"));
  documents_ = texts_in(toml->root().table("document"));
  accounts_ = texts_in(toml->root().table("account"));
  methods_ = texts_in(toml->root().table("method"));
  PUNTUAL_CHECK(toml->finish().has_value());
}

const PayWords& PayWords::of(std::string_view locale) {
  static const PayWords kSpanish("es"), kPortuguese("pt");
  return locale.starts_with("pt") ? kPortuguese : kSpanish;
}

std::string PayWords::say(
    std::string_view key,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
  const auto text = member_text(texts_, key);
  PUNTUAL_CHECK(text.has_value());
  std::string filled;
  for (const auto& piece : messaging::pieces_of(*text)) {
    std::string_view part = piece.text;
    if (piece.is_variable) {
      const auto* value = std::ranges::find(values, piece.text,
                                            &std::pair<std::string_view, std::string_view>::first);
      PUNTUAL_CHECK(value != values.end());
      part = value->second;
    }
    filled += part;
  }
  return filled;
}

std::string PayWords::in_country(const json::object& names, std::string_view country) {
  const auto own = member_text(names, country);
  return own ? *own : text_in(names, "default");
}

std::string PayWords::method(std::string_view name_es) const {
  const auto own = member_text(methods_, name_es);
  return own ? *own : std::string(name_es);
}

}  // namespace puntual
