// What a message looks like on the phone it came to or left from: the words of a template with its
// values, what can be pressed and what pressing it says, the file it carries.
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

// "{{nombre}}", "{{1}}"; one that was given no value stays as it is.
std::string filled(std::string_view text, const Values& values) {
  std::string out;
  while (!text.empty()) {
    const auto begin = text.find("{{");
    const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) break;
    const auto value = values.find(text.substr(begin + 2, end - begin - 2));
    out += text.substr(0, begin);
    out += value == values.end() ? text.substr(begin, end + 2 - begin)
                                 : std::string_view(value->second);
    text.remove_prefix(end + 2);
  }
  return out += text;
}

// Of one component of what was sent: by name, or by place from 1.
Values values_of(const json::value& component) {
  Values values;
  const auto* given = member_array(component, "parameters");
  for (size_t i = 0; given != nullptr && i < given->size(); ++i) {
    const std::string name =
        member_text((*given)[i], "parameter_name").value_or(std::to_string(i + 1));
    values[name] = member_text((*given)[i], "text").value_or(text_in((*given)[i], "payload"));
  }
  return values;
}

json::object choice_of(std::string_view kind, std::string title, std::string value,
                       std::string description = {}) {
  return {{"kind", kind},
          {"title", std::move(title)},
          {"value", std::move(value)},
          {"description", std::move(description)}};
}

json::object file_of(std::string_view kind, const json::object& media) {
  return {{"id", text_in(media, "id")}, {"kind", kind}, {"name", text_in(media, "filename")}};
}

// What was sent for the button at this place of the template.
Values button_values(const json::array& sent, size_t place) {
  for (const auto& one : sent) {
    if (text_in(one, "type") == "button" && text_in(one, "index") == std::to_string(place))
      return values_of(one);
  }
  return {};
}

json::array template_choices(const json::value& component, const json::array& sent) {
  json::array choices;
  const auto* buttons = member_array(component, "buttons");
  for (size_t i = 0; buttons != nullptr && i < buttons->size(); ++i) {
    const json::value& button = (*buttons)[i];
    const std::string kind = text_in(button, "type");
    const Values values = button_values(sent, i);
    if (kind == "URL")
      choices.push_back(
          choice_of("link", text_in(button, "text"), filled(text_in(button, "url"), values)));
    if (kind == "QUICK_REPLY")
      choices.push_back(
          choice_of("button", text_in(button, "text"),
                    values.empty() ? text_in(button, "text") : values.begin()->second));
  }
  return choices;
}

void show_template(State& state, const json::object& content, json::object& shown) {
  const auto* language = member_object(content, "language");
  const Template* used = find_template(state, text_in(content, "name"),
                                       language == nullptr ? "" : text_in(*language, "code"));
  if (used == nullptr) return;
  const auto* given = member_array(content, "components");
  const json::array sent = given == nullptr ? json::array() : *given;
  Values body;
  for (const auto& one : sent) {
    if (text_in(one, "type") == "body") body = values_of(one);
    const auto* header =
        text_in(one, "type") == "header" ? member_array(one, "parameters") : nullptr;
    const auto* document =
        header == nullptr || header->empty() ? nullptr : member_object(header->front(), "document");
    if (document != nullptr) shown["file"] = file_of("document", *document);
  }
  for (const auto& one : used->components) {
    const std::string kind = text_in(one, "type");
    if (kind == "BODY") shown["text"] = filled(text_in(one, "text"), body);
    if (kind == "FOOTER") shown["footer"] = text_in(one, "text");
    if (kind == "BUTTONS") shown["choices"] = template_choices(one, sent);
  }
}

void show_interactive(const json::object& content, json::object& shown) {
  const auto words = [&](std::string_view part) {
    const auto* object = member_object(content, part);
    return object == nullptr ? std::string() : text_in(*object, "text");
  };
  shown["text"] = words("body");
  shown["footer"] = words("footer");
  json::array choices;
  const auto* action = member_object(content, "action");
  if (action == nullptr) return;
  if (const auto* buttons = member_array(*action, "buttons")) {
    for (const auto& one : *buttons) {
      if (const auto* reply = member_object(one, "reply"))
        choices.push_back(
            choice_of("interactive", text_in(*reply, "title"), text_in(*reply, "id")));
    }
  }
  if (const auto* sections = member_array(*action, "sections")) {
    shown["menu"] = text_in(*action, "button");
    for (const auto& section : *sections) {
      const auto* rows = member_array(section, "rows");
      for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
        choices.push_back(choice_of("list", text_in((*rows)[i], "title"), text_in((*rows)[i], "id"),
                                    text_in((*rows)[i], "description")));
      }
    }
  }
  const auto* link = member_object(*action, "parameters");
  if (text_in(*action, "name") == "cta_url" && link != nullptr)
    choices.push_back(choice_of("link", text_in(*link, "display_text"), text_in(*link, "url")));
  shown["choices"] = std::move(choices);
}

// A button or a row that was pressed is seen as its title.
void show_reply(const json::object& content, json::object& shown) {
  for (const std::string_view kind : {"button_reply", "list_reply"}) {
    if (const auto* reply = member_object(content, kind)) shown["text"] = text_in(*reply, "title");
  }
}

}  // namespace

json::object shown_on_phone(State& state, const Message& message) {
  json::object shown{
      {"text", ""}, {"footer", ""}, {"menu", ""}, {"choices", json::array()}, {"file", nullptr}};
  const auto kept = parse_json(message.content);
  if (!kept || !kept->is_object()) return shown;
  const bool is_out = message.direction == Direction::Out;
  const auto* content = is_out ? member_object(*kept, message.type) : &kept->get_object();
  if (content == nullptr) return shown;
  if (message.type == "template")
    show_template(state, *content, shown);
  else if (message.type == "interactive")
    is_out ? show_interactive(*content, shown) : show_reply(*content, shown);
  else if (message.type == "text")
    shown["text"] = text_in(*content, "body");
  else if (message.type == "button")
    shown["text"] = text_in(*content, "text");
  else if (message.type == "reaction")
    shown["text"] = text_in(*content, "emoji");
  for (const std::string_view kind : {"document", "image", "audio"}) {
    if (message.type != kind) continue;
    shown["file"] = file_of(kind, *content);
    shown["text"] = text_in(*content, "caption");
  }
  return shown;
}

}  // namespace puntual::sandbox
