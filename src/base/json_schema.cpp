#include "base/json_schema.h"

#include <algorithm>

#include "base/time.h"

namespace puntual {
namespace {

constexpr size_t kFindingsMax = 20;
constexpr std::string_view kDescribing[] = {"title",   "description", "example",  "examples",
                                            "default", "deprecated",  "readOnly", "writeOnly"};

bool has(const auto& list, const auto& one) {
  return std::ranges::find(list, one) != std::ranges::end(list);
}

bool is_whole(const json::value& value) { return value.is_int64() || value.is_uint64(); }

bool is_type(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return is_whole(value);
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_bool();
  PUNTUAL_CHECK(type == "null");
  return value.is_null();
}

// Characters as people count them: the bytes that begin one.
size_t length_of(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return text;
}

std::string list_of(const json::array& values) {
  std::string text;
  for (const auto& one : values)
    text += fmt::format("{}{}", text.empty() ? "" : ", ",
                        one.is_string() ? std::string(one.get_string()) : to_json(one));
  return text;
}

class SchemaCheck {
 public:
  SchemaCheck(const json::value& document, UnknownFields unknown)
      : document_(document), unknown_(unknown) {}

  void check(const json::value& schema, const json::value& value, const std::string& at) {
    if (findings.size() >= kFindingsMax) return;
    if (const auto* verdict = schema.if_bool()) {
      if (!*verdict) report(at, "nothing may stand here");
      return;
    }
    PUNTUAL_CHECK(schema.is_object());
    if (schema.as_object().contains("$ref"))
      return check(resolve_schema(document_, schema), value, at);
    if (const auto* type = schema.as_object().if_contains("type");
        type != nullptr && !fits_type(*type, value)) {
      return report(at,
                    fmt::format("expected {}", type->is_string() ? std::string(type->get_string())
                                                                 : list_of(type->as_array())));
    }
    for (const auto& [keyword, wanted] : schema.as_object())
      check_keyword(schema, keyword, wanted, value, at);
    const bool is_open = schema.as_object().contains("properties") &&
                         !schema.as_object().contains("additionalProperties");
    if (unknown_ == UnknownFields::Reported && is_open && value.is_object())
      check_object(schema, "additionalProperties", false, value.get_object(), at);
  }

  std::vector<SchemaFinding> findings;

 private:
  void report(const std::string& at, std::string detail) {
    findings.push_back({at, std::move(detail)});
  }

  static bool fits_type(const json::value& type, const json::value& value) {
    if (const auto* name = type.if_string()) return is_type(value, *name);
    return std::ranges::any_of(type.as_array(),
                               [&](const auto& one) { return is_type(value, one.as_string()); });
  }

  bool fits(const json::value& schema, const json::value& value) const {
    SchemaCheck inner(document_, unknown_);
    inner.check(schema, value, {});
    return inner.findings.empty();
  }

  void check_keyword(const json::value& schema, std::string_view keyword, const json::value& wanted,
                     const json::value& value, const std::string& at) {
    if (keyword == "type" || keyword.starts_with("x-") || has(kDescribing, keyword)) return;
    if (keyword == "enum") {
      if (!has(wanted.as_array(), value))
        report(at, fmt::format("expected one of: {}", list_of(wanted.as_array())));
    } else if (keyword == "const") {
      if (value != wanted) report(at, fmt::format("expected {}", to_json(wanted)));
    } else if (keyword == "oneOf") {
      const auto count = std::ranges::count_if(wanted.as_array(),
                                               [&](const auto& one) { return fits(one, value); });
      if (count != 1)
        report(at, count == 0 ? "fits none of the kinds that may stand here"
                              : "fits more than one of the kinds that may stand here");
    } else if (keyword == "allOf") {
      for (const auto& one : wanted.as_array()) check(one, value, at);
    } else if (keyword == "properties" || keyword == "required" ||
               keyword == "additionalProperties") {
      if (value.is_object()) check_object(schema, keyword, wanted, value.get_object(), at);
    } else if (keyword == "items") {
      if (!value.is_array()) return;
      size_t index = 0;
      for (const auto& one : value.get_array())
        check(wanted, one, fmt::format("{}/{}", at, index++));
    } else {
      check_bound(keyword, wanted, value, at);
    }
  }

  void check_object(const json::value& schema, std::string_view keyword, const json::value& wanted,
                    const json::object& value, const std::string& at) {
    if (keyword == "required") {
      for (const auto& name : wanted.as_array()) {
        if (!value.contains(name.as_string()))
          report(fmt::format("{}/{}", at, escaped(name.as_string())), "is missing");
      }
    } else if (keyword == "properties") {
      for (const auto& [name, inner] : wanted.as_object()) {
        if (const auto* found = value.if_contains(name))
          check(inner, *found, fmt::format("{}/{}", at, escaped(name)));
      }
    } else {
      const auto* known = member_object(schema, "properties");
      for (const auto& [name, inner] : value) {
        if (known != nullptr && known->contains(name)) continue;
        const std::string there = fmt::format("{}/{}", at, escaped(name));
        if (wanted == json::value(false))
          report(there, "no such field");
        else
          check(wanted, inner, there);
      }
    }
  }

  void check_bound(std::string_view keyword, const json::value& wanted, const json::value& value,
                   const std::string& at) {
    const auto bound = [&] { return wanted.to_number<int64_t>(); };
    const auto number = [&] { return value.to_number<double>(); };
    if (keyword == "minimum") {
      if (value.is_number() && number() < static_cast<double>(bound()))
        report(at, fmt::format("expected at least {}", bound()));
    } else if (keyword == "maximum") {
      if (value.is_number() && number() > static_cast<double>(bound()))
        report(at, fmt::format("expected at most {}", bound()));
    } else if (keyword == "minLength") {
      if (value.is_string() && std::cmp_less(length_of(value.get_string()), bound()))
        report(at,
               bound() == 1 ? "is empty" : fmt::format("expected at least {} characters", bound()));
    } else if (keyword == "maxLength") {
      if (value.is_string() && std::cmp_greater(length_of(value.get_string()), bound()))
        report(at, fmt::format("expected at most {} characters", bound()));
    } else if (keyword == "minItems") {
      if (value.is_array() && std::cmp_less(value.get_array().size(), bound()))
        report(at, fmt::format("expected at least {} of them", bound()));
    } else if (keyword == "maxItems") {
      if (value.is_array() && std::cmp_greater(value.get_array().size(), bound()))
        report(at, fmt::format("expected at most {} of them", bound()));
    } else {
      PUNTUAL_CHECK(keyword == "format");
      if (!value.is_string()) return;
      const std::string_view text = value.get_string();
      if (wanted == json::value("date") && !parse_date(text))
        report(at, "expected a date: YYYY-MM-DD");
      if (wanted == json::value("date-time") && !parse_rfc3339(text))
        report(at, "expected a moment as in RFC 3339: 2026-11-24T10:00:00-05:00");
    }
  }

  const json::value& document_;
  UnknownFields unknown_;
};

}  // namespace

const json::value& resolve_schema(const json::value& document, const json::value& schema) {
  const json::value* found = &schema;
  while (const auto* reference = member(*found, "$ref")) {
    std::string_view path = reference->as_string();
    PUNTUAL_CHECK(path.starts_with("#/"));
    boost::system::error_code error;
    found = document.find_pointer(path.substr(1), error);
    PUNTUAL_CHECK(found != nullptr);
  }
  return *found;
}

std::vector<SchemaFinding> check_schema(const json::value& document, const json::value& schema,
                                        const json::value& value, UnknownFields unknown) {
  SchemaCheck check(document, unknown);
  check.check(schema, value, {});
  return std::move(check.findings);
}

}  // namespace puntual
