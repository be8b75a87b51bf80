// What a template may look like (contract section 3.1) and what its parameters may be (2.4). Pure
// but for looking up media.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

using Refusal = std::optional<GraphError>;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string text_or_empty(const json::value& object, std::string_view key) {
  return member_text(object, key).value_or("");
}

GraphError invalid(int subcode, std::string_view title, std::string message) {
  return {.code = 100,
          .details = message,
          .subcode = subcode,
          .user_title = std::string(title),
          .user_message = message};
}

struct Variable {
  std::string name;
  size_t begin, end;  // Of "{{name}}" in the text.
};

// The variables in order; an error when a brace is left open.
std::variant<std::vector<Variable>, GraphError> variables_of(std::string_view text,
                                                             std::string_view part) {
  std::vector<Variable> found;
  for (size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const size_t close = text.find("}}", at);
    if (close == std::string_view::npos)
      return invalid(2388072, "Invalid format",
                     fmt::format("{}: a variable is not closed with }}}}.", part));
    std::string_view name = text.substr(at + 2, close - at - 2);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    found.push_back({std::string(name), at, close + 2});
    at = close + 2;
  }
  return found;
}

bool is_positional_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}
bool is_named_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

Refusal check_names(const std::vector<Variable>& variables, bool named, std::string_view part) {
  for (size_t i = 0; i < variables.size(); ++i) {
    const std::string& name = variables[i].name;
    if (named ? !is_named_name(name) : !is_positional_name(name)) {
      return invalid(2388072, "Invalid format",
                     fmt::format("{}: '{{{{{}}}}}' is not a {} variable.", part, name,
                                 named ? "named (lowercase letters and _)" : "positional"));
    }
    if (!named && name != std::to_string(i + 1))
      return invalid(2388072, "Invalid format",
                     fmt::format("{}: variables must be {{{{1}}}}, {{{{2}}}}, … in order.", part));
    const auto same = [&](const Variable& one) { return one.name == name; };
    if (std::ranges::count_if(variables, same) > 1)
      return invalid(2388072, "Invalid format",
                     fmt::format("{}: variable '{}' is there twice.", part, name));
  }
  return std::nullopt;
}

size_t count_words(std::string_view text) {
  size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank && !in_word) ++words;
    in_word = !blank;
  }
  return words;
}

// As many examples as variables, in the shape that belongs to the format.
Refusal check_examples(const json::value& component, const std::vector<Variable>& variables,
                       bool named, std::string_view list_key, std::string_view part) {
  if (variables.empty()) return std::nullopt;
  const auto* example = member(component, "example");
  const std::string key = std::string(list_key) + (named ? "_named_params" : "");
  const auto* list = example == nullptr ? nullptr : member_array(*example, key);
  if (list != nullptr && !named && list_key == "body_text")
    list = list->empty() ? nullptr : list->front().if_array();
  if (list == nullptr || list->size() != variables.size()) {
    return invalid(
        2388043, "Message template is missing sample content",
        fmt::format("{}: example.{} must hold {} example(s).", part, key, variables.size()));
  }
  for (const auto& one : *list) {
    if (!named) continue;
    const std::string name = text_or_empty(one, "param_name");
    if (std::ranges::find(variables, name, &Variable::name) == variables.end() ||
        text_or_empty(one, "example").empty()) {
      return invalid(2388043, "Message template is missing sample content",
                     fmt::format("{}: no example for '{}'.", part, name));
    }
  }
  return std::nullopt;
}

Refusal compile_body(const json::value& component, Template& made) {
  const std::string text = text_or_empty(component, "text");
  if (text.empty()) return invalid(2388072, "Invalid format", "BODY: text is required.");
  if (count_code_points(text) > 1024)
    return invalid(2388040, "Character limit exceeded", "BODY: 1024 characters at most.");
  auto parsed = variables_of(text, "BODY");
  if (const auto* error = std::get_if<GraphError>(&parsed)) return *error;
  const auto& variables = std::get<0>(parsed);
  if (auto error = check_names(variables, made.named, "BODY")) return error;
  std::string fixed;
  size_t end = 0;
  for (const auto& variable : variables) {
    if (variable.begin == 0 || variable.end == text.size()) {
      return invalid(2388299, "Leading or trailing params",
                     "BODY: variables can't be at the start or the end of the template.");
    }
    if (variable.begin == end)
      return invalid(2388072, "Invalid format", "BODY: two variables stand side by side.");
    fixed += text.substr(end, variable.begin - end);
    end = variable.end;
  }
  fixed += text.substr(end);
  if (count_words(fixed) < 2 * variables.size() + (variables.empty() ? 0 : 1)) {
    return invalid(2388293, "Too many variables",
                   "BODY: too many variables for the length of the text.");
  }
  made.spec.body_fixed_size = count_code_points(fixed);
  for (const auto& variable : variables) made.spec.body_variables.push_back(variable.name);
  return check_examples(component, variables, made.named, "body_text", "BODY");
}

Refusal compile_header(const json::value& component, Template& made) {
  made.spec.header_format = upper(text_or_empty(component, "format"));
  const std::string& format = made.spec.header_format;
  if (format == "LOCATION") return std::nullopt;
  if (format == "IMAGE" || format == "VIDEO" || format == "DOCUMENT") {
    const auto* example = member(component, "example");
    const auto* handles = example == nullptr ? nullptr : member_array(*example, "header_handle");
    if (handles == nullptr || handles->empty()) {
      return invalid(2388043, "Message template is missing sample content",
                     "HEADER: example.header_handle is required for media.");
    }
    if (!handles->front().is_string() ||
        !std::string_view(handles->front().get_string()).starts_with("4::")) {
      return invalid(2388084, "Invalid sample",
                     "HEADER: example.header_handle is not a handle of the Resumable Upload API.");
    }
    return std::nullopt;
  }
  if (format != "TEXT")
    return invalid(2388047, "Invalid header format",
                   "HEADER: format must be TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION.");
  const std::string text = text_or_empty(component, "text");
  if (text.empty()) return invalid(2388047, "Invalid header format", "HEADER: text is required.");
  if (count_code_points(text) > 60)
    return invalid(2388040, "Character limit exceeded", "HEADER: 60 characters at most.");
  if (text.find_first_of("*~`\n") != std::string::npos)
    return invalid(2388047, "Invalid header format", "HEADER: no markdown and no line breaks.");
  auto parsed = variables_of(text, "HEADER");
  if (const auto* error = std::get_if<GraphError>(&parsed)) return *error;
  const auto& variables = std::get<0>(parsed);
  if (variables.size() > 1)
    return invalid(2388047, "Invalid header format", "HEADER: one variable at most.");
  if (auto error = check_names(variables, made.named, "HEADER")) return error;
  for (const auto& variable : variables) made.spec.header_variables.push_back(variable.name);
  return check_examples(component, variables, made.named, "header_text", "HEADER");
}

Refusal compile_footer(const json::value& component) {
  const std::string text = text_or_empty(component, "text");
  if (text.empty()) return invalid(2388073, "Invalid footer format", "FOOTER: text is required.");
  if (count_code_points(text) > 60)
    return invalid(2388040, "Character limit exceeded", "FOOTER: 60 characters at most.");
  if (text.contains("{{"))
    return invalid(2388073, "Invalid footer format", "FOOTER: no variables.");
  return std::nullopt;
}

Refusal compile_url(const json::value& button, ButtonSpec& spec) {
  const std::string url = text_or_empty(button, "url");
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return invalid(2388072, "Invalid format", "BUTTONS: url is not a valid URL.");
  if (url.size() > 2000)
    return invalid(2388040, "Character limit exceeded", "BUTTONS: url of 2000 characters at most.");
  auto parsed = variables_of(url, "BUTTONS");
  if (const auto* error = std::get_if<GraphError>(&parsed)) return *error;
  const auto& variables = std::get<0>(parsed);
  spec.has_variable = !variables.empty();
  if (variables.size() > 1 || (spec.has_variable && variables[0].end != url.size())) {
    return invalid(2388072, "Invalid format", "BUTTONS: a url may have one variable, at its end.");
  }
  const auto* example = member(button, "example");
  const bool has_example =
      example != nullptr &&
      (example->is_string() || (example->is_array() && !example->get_array().empty()));
  if (spec.has_variable && !has_example)
    return invalid(2388043, "Message template is missing sample content",
                   "BUTTONS: the url needs an example.");
  return std::nullopt;
}

Refusal compile_buttons(const json::value& component, Template& made) {
  const auto* buttons = member_array(component, "buttons");
  if (buttons == nullptr || buttons->empty())
    return invalid(2388072, "Invalid format", "BUTTONS: buttons is empty.");
  if (buttons->size() > 10) return invalid(2388072, "Invalid format", "BUTTONS: 10 at most.");
  int urls = 0, phones = 0, codes = 0, groups = 0;
  std::string before;
  for (const auto& button : *buttons) {
    ButtonSpec spec{.type = upper(text_or_empty(button, "type"))};
    const std::string text = text_or_empty(button, "text");
    if (text.empty() && spec.type != "COPY_CODE" && spec.type != "OTP")
      return invalid(2388072, "Invalid format", "BUTTONS: text is required.");
    if (count_code_points(text) > 25)
      return invalid(2388040, "Character limit exceeded",
                     "BUTTONS: labels of 25 characters at most.");
    if (spec.type == "URL") {
      ++urls;
      if (auto error = compile_url(button, spec)) return error;
    } else if (spec.type == "PHONE_NUMBER") {
      ++phones;
      if (text_or_empty(button, "phone_number").size() > 20)
        return invalid(2388040, "Character limit exceeded",
                       "BUTTONS: phone_number of 20 characters at most.");
    } else if (spec.type == "COPY_CODE") {
      ++codes;
      spec.has_variable = true;
    } else if (spec.type != "QUICK_REPLY" && spec.type != "FLOW" && spec.type != "OTP" &&
               spec.type != "REQUEST_CONTACT_INFO") {
      return invalid(2388072, "Invalid format",
                     fmt::format("BUTTONS: unknown type '{}'.", spec.type));
    }
    if (spec.type == "QUICK_REPLY" && before != "QUICK_REPLY") ++groups;
    before = spec.type;
    made.spec.buttons.push_back(std::move(spec));
  }
  if (urls > 2 || phones > 1 || codes > 1)
    return invalid(2388072, "Invalid format", "BUTTONS: 2 URL, 1 phone number and 1 code at most.");
  if (groups > 1)
    return invalid(2388072, "Invalid format", "BUTTONS: quick replies must stand together.");
  return std::nullopt;
}

Refusal check_ttl(Template& made, const json::value& definition) {
  made.ttl_seconds = member_int(definition, "message_send_ttl_seconds");
  if (!made.ttl_seconds || *made.ttl_seconds == -1) return std::nullopt;
  const int64_t ttl = *made.ttl_seconds;
  const bool fits = made.category == "UTILITY"          ? ttl >= 30 && ttl <= 43'200
                    : made.category == "AUTHENTICATION" ? ttl >= 30 && ttl <= 900
                                                        : ttl >= 43'200 && ttl <= 2'592'000;
  if (fits) return std::nullopt;
  return GraphError{.code = 100,
                    .details = fmt::format("message_send_ttl_seconds {} is out of range for {}.",
                                           ttl, made.category)};
}

// --- parameters of a message ---

GraphError count_mismatch(std::string_view part, size_t given, size_t expected) {
  return {
      .code = 132000,
      .details = fmt::format(
          "{}: number of localizable_params ({}) does not match the expected number of params ({})",
          part, given, expected)};
}

Refusal check_value(std::string_view text, std::string_view part) {
  if (text.empty())
    return GraphError{.code = 131008, .details = fmt::format("{}: parameter text is empty.", part)};
  if (text.find_first_of("\n\r\t") != std::string_view::npos || text.contains("     ")) {
    return GraphError{
        .code = 132018,
        .details =
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"};
  }
  if (count_code_points(text) > 32'768)
    return GraphError{.code = 132005, .details = "Parameter text is too long."};
  return std::nullopt;
}

// The text a parameter stands for; none when its kind is not a textual one.
std::optional<std::string> text_of_parameter(const json::value& parameter) {
  const std::string type = text_or_empty(parameter, "type");
  if (type == "text") return text_or_empty(parameter, "text");
  if (type != "currency" && type != "date_time") return std::nullopt;
  const auto* inner = member(parameter, type);
  return inner == nullptr ? std::nullopt : member_text(*inner, "fallback_value");
}

Refusal check_texts(const json::array* given, const std::vector<std::string>& expected, bool named,
                    std::string_view part, size_t* size) {
  const size_t count = given == nullptr ? 0 : given->size();
  if (count != expected.size()) return count_mismatch(part, count, expected.size());
  std::vector<std::string> seen;
  for (size_t i = 0; i < count; ++i) {
    const auto text = text_of_parameter((*given)[i]);
    if (!text)
      return GraphError{
          .code = 132012,
          .details = fmt::format("{}: parameter {} must be of type text.", part, i + 1)};
    if (auto error = check_value(*text, part)) return error;
    if (size != nullptr) *size += count_code_points(*text);
    const auto name = member_text((*given)[i], "parameter_name");
    if (name.has_value() != named) {
      return GraphError{
          .code = 132012,
          .details = fmt::format("{}: the template's parameters are {}.", part,
                                 named ? "NAMED: parameter_name is required"
                                       : "POSITIONAL: parameter_name is not allowed")};
    }
    if (!named) continue;
    if (std::ranges::find(expected, *name) == expected.end() ||
        std::ranges::find(seen, *name) != seen.end()) {
      return GraphError{
          .code = 132012,
          .details = fmt::format("{}: parameter name '{}' is unknown or repeated.", part, *name)};
    }
    seen.push_back(*name);
  }
  return std::nullopt;
}

Refusal check_header_parameters(State& state, const Template& used, const json::array* given) {
  const std::string& format = used.spec.header_format;
  if (format.empty() || format == "TEXT")
    return check_texts(given, used.spec.header_variables, used.named, "header", nullptr);
  if (given == nullptr || given->size() != 1)
    return GraphError{
        .code = 132012,
        .details = fmt::format("header: Format mismatch, expected {}, received UNKNOWN", format)};
  const std::string type = text_or_empty(given->front(), "type");
  if (upper(type) != format)
    return GraphError{.code = 132012,
                      .details = fmt::format("header: Format mismatch, expected {}, received {}",
                                             format, upper(type))};
  const auto* media = member(given->front(), type);
  if (media == nullptr)
    return GraphError{.code = 131008, .details = fmt::format("header: {} is required.", type)};
  if (format == "LOCATION") return std::nullopt;
  const auto id = member_text(*media, "id");
  const auto link = member_text(*media, "link");
  if (id.has_value() == link.has_value())
    return GraphError{.code = 131009,
                      .details = fmt::format("header: {} needs exactly one of id and link.", type)};
  if (id &&
      !has_media(state, *id, state.messages.empty() ? state.started : state.messages.back().at)) {
    return GraphError{
        .code = 131009,
        .details = fmt::format("header: media {} does not exist or has expired.", *id)};
  }
  return std::nullopt;
}

Refusal check_button_parameters(const Template& used, const json::value& component,
                                std::vector<bool>& filled) {
  const auto index = member_int(component, "index");
  if (!index || *index < 0 || *index >= static_cast<int64_t>(used.spec.buttons.size())) {
    return GraphError{.code = 132000,
                      .details = "buttons: index does not name a button of the template."};
  }
  const ButtonSpec& button = used.spec.buttons[static_cast<size_t>(*index)];
  if (upper(text_or_empty(component, "sub_type")) != button.type) {
    return GraphError{
        .code = 132012,
        .details = fmt::format("buttons: button {} of the template is a {}.", *index, button.type)};
  }
  const auto* parameters = member_array(component, "parameters");
  const size_t count = parameters == nullptr ? 0 : parameters->size();
  if (button.type == "URL") {
    if (count != (button.has_variable ? 1U : 0U))
      return count_mismatch("buttons", count, button.has_variable ? 1 : 0);
    if (count == 1) {
      if (auto error = check_value(text_or_empty(parameters->front(), "text"), "buttons"))
        return error;
    }
  } else if (button.type == "QUICK_REPLY" && count == 1) {
    const std::string payload = text_or_empty(parameters->front(), "payload");
    if (text_or_empty(parameters->front(), "type") != "payload" || payload.empty() ||
        payload.size() > 256) {
      return GraphError{
          .code = 132012,
          .details = "buttons: a quick reply takes a payload of 1 to 256 characters."};
    }
  } else if (button.type == "COPY_CODE") {
    const std::string code =
        count == 1 ? text_or_empty(parameters->front(), "coupon_code") : std::string();
    if (code.empty() || code.size() > 15)
      return GraphError{.code = 132012,
                        .details = "buttons: coupon_code of 1 to 15 characters is required."};
  }
  filled[static_cast<size_t>(*index)] = true;
  return std::nullopt;
}

}  // namespace

std::optional<GraphError> compile_template(const json::value& definition, Template& made) {
  made.name = text_or_empty(definition, "name");
  made.language = text_or_empty(definition, "language");
  made.category = upper(text_or_empty(definition, "category"));
  const bool name_ok =
      !made.name.empty() && made.name.size() <= 512 && std::ranges::all_of(made.name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      });
  if (!name_ok)
    return GraphError{
        .code = 100,
        .details = "name may have 512 characters at most: lowercase letters, digits and _."};
  const size_t base = made.language.find('_');
  const std::string_view language = made.language;
  const auto letters = [](std::string_view text, char from, char to) {
    return std::ranges::all_of(text, [=](char c) { return c >= from && c <= to; });
  };
  const std::string_view first = language.substr(0, base);
  const bool language_ok =
      (first.size() == 2 || first.size() == 3) && letters(first, 'a', 'z') &&
      (base == std::string::npos ||
       (language.size() == base + 3 && letters(language.substr(base + 1), 'A', 'Z')));
  if (!language_ok)
    return GraphError{.code = 100,
                      .details = fmt::format("language '{}' is not supported.", made.language)};
  if (made.category != "UTILITY" && made.category != "MARKETING" &&
      made.category != "AUTHENTICATION") {
    return GraphError{.code = 100,
                      .details = "category must be UTILITY, MARKETING or AUTHENTICATION."};
  }
  const std::string format = upper(text_or_empty(definition, "parameter_format"));
  if (!format.empty() && format != "NAMED" && format != "POSITIONAL")
    return GraphError{.code = 100, .details = "parameter_format must be NAMED or POSITIONAL."};
  made.named = format == "NAMED";
  if (auto error = check_ttl(made, definition)) return error;
  const auto* components = member_array(definition, "components");
  if (components == nullptr) return GraphError{.code = 100, .details = "components is required."};
  made.spec = {};
  std::map<std::string, int> seen;
  for (const auto& component : *components) {
    const std::string type = upper(text_or_empty(component, "type"));
    if (++seen[type] > 1)
      return invalid(2388072, "Invalid format", fmt::format("{} is there twice.", type));
    Refusal error;
    if (type == "BODY")
      error = compile_body(component, made);
    else if (type == "HEADER")
      error = compile_header(component, made);
    else if (type == "FOOTER")
      error = compile_footer(component);
    else if (type == "BUTTONS")
      error = compile_buttons(component, made);
    else
      error = GraphError{.code = 100, .details = fmt::format("unknown component '{}'.", type)};
    if (error) return error;
  }
  if (!seen.contains("BODY") && made.category != "AUTHENTICATION")
    return invalid(2388072, "Invalid format", "BODY is required.");
  made.components = *components;
  return std::nullopt;
}

std::optional<GraphError> check_parameters(State& state, const Template& used,
                                           const json::object& sent) {
  const json::array* header = nullptr;
  const json::array* body = nullptr;
  std::vector<bool> filled(used.spec.buttons.size());
  if (const auto* list = sent.if_contains("components")) {
    if (!list->is_array())
      return GraphError{.code = 100, .details = "template['components'] must be an array."};
    for (const auto& component : list->get_array()) {
      const std::string type = upper(text_or_empty(component, "type"));
      if (type == "HEADER")
        header = member_array(component, "parameters");
      else if (type == "BODY")
        body = member_array(component, "parameters");
      else if (type == "BUTTON") {
        if (auto error = check_button_parameters(used, component, filled)) return error;
      } else {
        return GraphError{
            .code = 100,
            .details = fmt::format("template['components']: unknown type '{}'.", type)};
      }
    }
  }
  if (auto error = check_header_parameters(state, used, header)) return error;
  size_t rendered = used.spec.body_fixed_size;
  if (auto error = check_texts(body, used.spec.body_variables, used.named, "body", &rendered))
    return error;
  if (rendered > 1024)
    return GraphError{.code = 132005,
                      .details = fmt::format(
                          "body: the translated text has {} characters, 1024 at most.", rendered)};
  for (size_t i = 0; i < filled.size(); ++i) {
    if (used.spec.buttons[i].has_variable && !filled[i]) return count_mismatch("buttons", 0, 1);
  }
  return std::nullopt;
}

}  // namespace puntual::sandbox
