#include "providers/secrets.h"

#include "base/toml_json.h"

namespace puntual::providers {
namespace {

// Numbers too: account ids are written without quotes.
std::optional<std::string> text_of_secret(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (value.is_int64()) return std::to_string(value.get_int64());
  return std::nullopt;
}

std::vector<std::string> secrets_in(const json::value& value) {
  std::vector<std::string> found;
  const auto take = [&](const json::value& one) {
    if (auto text = text_of_secret(one)) found.push_back(std::move(*text));
  };
  if (const auto* list = value.if_array()) {
    for (const auto& one : *list) take(one);
  } else {
    take(value);
  }
  return found;
}

}  // namespace

std::string bare_name(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return bare;
}

Result<ProviderSecrets> ProviderSecrets::read(std::string_view toml, std::string_view provider,
                                              std::string_view file_name) {
  ASSIGN_OR_RETURN(const json::value document, json_of_toml(toml, file_name));
  ProviderSecrets secrets;
  const auto take_all = [&](const json::object& table) {
    for (const auto& [name, value] : table) {
      if (auto found = secrets_in(value); !found.empty())
        secrets.values_[bare_name(name)] = std::move(found);
    }
  };
  take_all(document.as_object());
  for (const auto& [name, value] : document.as_object()) {  // The provider's own table says more.
    if (value.is_object() && bare_name(name) == bare_name(provider)) take_all(value.as_object());
  }
  return secrets;
}

std::vector<std::string> ProviderSecrets::all(std::initializer_list<std::string_view> names) const {
  for (const auto name : names) {
    if (const auto found = values_.find(bare_name(name)); found != values_.end())
      return found->second;
  }
  return {};
}

std::string ProviderSecrets::first(std::initializer_list<std::string_view> names) const {
  const auto found = all(names);
  return found.empty() ? std::string() : found.front();
}

std::vector<std::string> ProviderSecrets::values() const {
  std::vector<std::string> all;
  for (const auto& [name, values] : values_) all.insert(all.end(), values.begin(), values.end());
  return all;
}

}  // namespace puntual::providers
