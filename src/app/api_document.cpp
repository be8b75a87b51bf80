#include "app/api_document.h"

#include "base/embedded.h"
#include "base/json_schema.h"
#include "base/whole_number.h"

namespace puntual {
namespace {

constexpr std::string_view kDocumentFolder = "docs/api/", kFirstPart = "docs/api/openapi.json";

// Members of objects side by side; what both have must be objects.
void merge(json::object& into, const json::object& from) {
  for (const auto& [name, value] : from) {
    if (auto* known = into.if_contains(name)) {
      PUNTUAL_CHECK(known->is_object() && value.is_object());
      merge(known->get_object(), value.get_object());
    } else {
      into[name] = value;
    }
  }
}

std::string key_of_method(http::Method method) {
  std::string name(text_of(method));
  for (char& c : name) c = static_cast<char>(c | 0x20);
  return name;
}

// As its schema would have it: what looks like a number is one where a number is wanted.
json::value value_of_query(const json::value& schema, const std::string& text) {
  const auto number = whole_number(text);
  if (number && text_in(schema, "type") == "integer") return *number;
  return json::value(text);
}

}  // namespace

ApiDocument::ApiDocument() : whole_(json::object()) {
  const auto add = [&](std::string_view bytes) {
    const auto part = parse_json(bytes);
    PUNTUAL_CHECK(part.has_value() && part->is_object());
    merge(whole_.get_object(), part->get_object());
  };
  const auto first = embedded_file(kFirstPart);  // It says what this is.
  PUNTUAL_CHECK(first.has_value());
  add(*first);
  for (const auto& file : embedded_files(kDocumentFolder)) {
    if (file.name != kFirstPart) add(file.bytes);
  }
}

const json::value* ApiDocument::operation(http::Method method, std::string_view path) const {
  const auto* item = member(*member(whole_, "paths"), path);
  return item == nullptr ? nullptr : member(*item, key_of_method(method));
}

const json::value* ApiDocument::body_schema(const json::value& operation) const {
  boost::system::error_code ignored;
  return operation.find_pointer("/requestBody/content/application~1json/schema", ignored);
}

Result<void> ApiDocument::check_query(const json::value& operation,
                                      const http::Request& request) const {
  const auto* known = member_array(operation, "parameters");
  for (const auto& field : request.query_fields()) {
    const json::value* found = nullptr;
    std::string names;
    for (size_t i = 0; known != nullptr && i < known->size(); ++i) {
      const json::value& one = resolve_schema(whole_, (*known)[i]);
      if (text_in(one, "in") != "query") continue;
      names += (names.empty() ? "" : ", ") + text_in(one, "name");
      if (text_in(one, "name") == field.name) found = &one;
    }
    if (found == nullptr) {
      return fail(ErrorCode::Invalid, "the address asks with '{}', which is not known here ({})",
                  field.name, names.empty() ? "nothing is" : "expected " + names);
    }
    if (field.value.empty()) continue;  // Left out.
    const json::value& schema = *member(*found, "schema");
    const auto findings = check_schema(whole_, schema, value_of_query(schema, field.value));
    if (!findings.empty())
      return fail(ErrorCode::Invalid, "{} '{}': {}", field.name, field.value,
                  findings.front().detail);
  }
  return {};
}

std::vector<FieldError> ApiDocument::check_body(const json::value& schema,
                                                const json::value& body) const {
  std::vector<FieldError> errors;
  for (auto& one : check_schema(whole_, schema, body))
    errors.push_back({std::move(one.pointer), std::move(one.detail)});
  return errors;
}

}  // namespace puntual
