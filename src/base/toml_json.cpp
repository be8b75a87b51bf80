#include "base/toml_json.h"

#include "base/toml_document.h"

namespace puntual {
namespace {

json::value json_of_node(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    json::object object;
    for (const auto& [key, value] : *table)
      object[std::string_view(key.str())] = json_of_node(value);
    return object;
  }
  if (const auto* array = node.as_array()) {
    json::array list;
    for (const auto& one : *array) list.push_back(json_of_node(one));
    return list;
  }
  if (const auto text = node.value_exact<std::string>()) return json::string(*text);
  if (const auto number = node.value_exact<int64_t>()) return *number;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  return nullptr;
}

}  // namespace

Result<json::value> json_of_toml(std::string_view text, std::string_view file_name) {
  ASSIGN_OR_RETURN(const toml::table root, parse_toml(text, file_name));
  return json_of_node(root);
}

}  // namespace puntual
