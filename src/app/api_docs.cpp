#include "app/api_docs.h"

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "base/json_schema.h"
#include "http/html.h"

namespace puntual {
namespace {

// "string", "debtor, co_debtor", "integer or null", "list of Share".
std::string kind_of_schema(const json::value& schema) {
  if (const auto* reference = member(schema, "$ref")) {
    const std::string_view path = reference->as_string();
    return std::string(path.substr(path.rfind('/') + 1));
  }
  if (const auto* words = member_array(schema, "enum")) {
    std::string text;
    for (const auto& word : *words)
      text +=
          fmt::format("{}{}", text.empty() ? "" : ", ",
                      word.is_string() && !word.as_string().empty() ? std::string(word.as_string())
                                                                    : to_json(word));
    return text;
  }
  if (const auto* items = member(schema, "items")) return "list of " + kind_of_schema(*items);
  if (const auto* format = member(schema, "format")) return std::string(format->as_string());
  const auto* type = member(schema, "type");
  if (type == nullptr) return "";
  if (type->is_string()) return std::string(type->as_string());
  std::string text;
  for (const auto& one : type->as_array())
    text += fmt::format("{}{}", text.empty() ? "" : " or ", std::string_view(one.as_string()));
  return text;
}

// Markdown's marks of code, which are all that our descriptions use, read well without them.
std::string description_of(const json::value& of) {
  std::string text = text_in(of, "description");
  std::erase(text, '`');
  return text;
}

std::string indented(const json::value& value, int depth = 0) {
  const bool is_list = value.is_array();
  if ((!is_list && !value.is_object()) ||
      (is_list ? value.get_array().empty() : value.get_object().empty()))
    return to_json(value);
  const std::string pad(static_cast<size_t>(depth + 1) * 2, ' ');
  std::string text;
  const auto add = [&](const std::string& line) {
    text += fmt::format("{}\n{}{}", text.empty() ? "" : ",", pad, line);
  };
  if (is_list) {
    for (const auto& one : value.get_array()) add(indented(one, depth + 1));
  } else {
    for (const auto& [name, one] : value.get_object())
      add(fmt::format("{}: {}", to_json(json::value(name)), indented(one, depth + 1)));
  }
  return fmt::format("{}{}\n{}{}", is_list ? '[' : '{', text,
                     std::string(static_cast<size_t>(depth) * 2, ' '), is_list ? ']' : '}');
}

class DocsPage {
 public:
  explicit DocsPage(const ApiDocument& document) : document_(document), whole_(document.whole()) {}

  std::string html() const {
    std::map<std::string, json::array> groups;
    for (const auto& [path, item] : member(whole_, "paths")->as_object()) {
      for (const auto& [method, operation] : item.as_object()) {
        groups[std::string(operation.at("tags").as_array().at(0).as_string())].push_back(
            operation_values(path, method, operation));
      }
    }
    json::array shown, problems;
    for (auto& [name, operations] : groups)
      shown.push_back(json::object{{"name", name}, {"operations", std::move(operations)}});
    for (const auto& kind : problem_kinds()) {
      problems.push_back(json::object{{"code", kind.code},
                                      {"status", kind.status},
                                      {"en", kind.en},
                                      {"es", kind.es},
                                      {"pt", kind.pt}});
    }
    const auto page = embedded_file("web/docs/page.html");
    PUNTUAL_CHECK(page.has_value());
    return http::fill_html(*page, {{"description", description_of(whole_.at("info"))},
                                   {"openapi", whole_.at("openapi")},
                                   {"groups", std::move(shown)},
                                   {"problems", std::move(problems)}});
  }

 private:
  json::object operation_values(std::string_view path, std::string_view method,
                                const json::value& operation) const {
    json::array parameters, fields;
    if (const auto* list = member_array(operation, "parameters")) {
      for (const auto& one : *list) {
        const json::value& parameter = resolve_schema(whole_, one);
        parameters.push_back(
            json::object{{"name", text_in(parameter, "name")},
                         {"in", text_in(parameter, "in")},
                         {"description", description_of(parameter)},
                         {"required", member_bool(parameter, "required").value_or(false)}});
      }
    }
    json::object values{{"id", text_in(operation, "operationId")},
                        {"method", upper(method)},
                        {"path", path},
                        {"summary", text_in(operation, "summary")},
                        {"description", description_of(operation)},
                        {"right", text_in(operation, "x-right")}};
    if (const auto* schema = document_.body_schema(operation)) {
      fields = fields_of(resolve_schema(whole_, *schema));
      if (const auto* example = member(*schema, "example")) values["request"] = indented(*example);
    }
    boost::system::error_code ignored;
    if (const auto* answered =
            operation.find_pointer("/responses/200/content/application~1json/schema", ignored)) {
      if (const auto* example = member(resolve_schema(whole_, *answered), "example"))
        values["answer"] = indented(*example);
    }
    std::string codes;
    if (const auto* problems = member_array(operation, "x-problems")) {
      for (const auto& code : *problems)
        codes += fmt::format("{}{}", codes.empty() ? "" : ", ", std::string_view(code.as_string()));
    }
    values["codes"] = codes;
    values["has_parameters"] = !parameters.empty();
    values["has_fields"] = !fields.empty();
    values["parameters"] = std::move(parameters);
    values["fields"] = std::move(fields);
    return values;
  }

  static json::array fields_of(const json::value& schema) {
    json::array fields;
    const auto* properties = member_object(schema, "properties");
    const auto* required = member_array(schema, "required");
    for (size_t i = 0; properties != nullptr && i < properties->size(); ++i) {
      const auto& [name, inner] = *(properties->begin() + static_cast<ptrdiff_t>(i));
      const bool is_needed =
          required != nullptr && std::ranges::find(*required, json::value(name)) != required->end();
      fields.push_back(json::object{{"name", name},
                                    {"kind", kind_of_schema(inner)},
                                    {"description", description_of(inner)},
                                    {"required", is_needed}});
    }
    return fields;
  }

  static std::string upper(std::string_view method) {
    std::string text(method);
    for (char& c : text) c = static_cast<char>(c & ~0x20);
    return text;
  }

  const ApiDocument& document_;
  const json::value& whole_;
};

}  // namespace

void add_docs_page(http::Router& router, const ApiDocument& document) {
  const std::vector<http::Field> headers{
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cache-Control", "no-cache"},
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"}};
  const http::Response page{.content_type = "text/html; charset=utf-8",
                            .headers = headers,
                            .body = DocsPage(document).html()};
  router.add(http::Method::Get, "/docs", [page](const http::Request&) { return page; });
  const auto style = embedded_file("web/docs/docs.css");
  PUNTUAL_CHECK(style.has_value());
  const http::Response css{
      .content_type = "text/css; charset=utf-8", .headers = headers, .static_body = *style};
  router.add(http::Method::Get, "/docs/docs.css", [css](const http::Request&) { return css; });
  router.add(http::Method::Get, "/openapi.json",
             [text = to_json(document.whole())](const http::Request&) {
               return http::json_response(200, text);
             });
}

}  // namespace puntual
