// What a free-form message may look like: every limit of contract sections 2.3 to 2.7. Pure.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

using Refusal = std::optional<GraphError>;

GraphError needs(std::string_view path) {
  return {.code = 131008, .details = fmt::format("Parameter '{}' is mandatory", path)};
}
GraphError wrong(std::string_view path, std::string_view why) {
  return {.code = 131009, .details = fmt::format("Parameter '{}' {}", path, why)};
}

const json::object* object_at(const json::object& parent, std::string_view key) {
  const auto* found = parent.if_contains(key);
  return found == nullptr ? nullptr : found->if_object();
}
const json::array* array_at(const json::object& parent, std::string_view key) {
  const auto* found = parent.if_contains(key);
  return found == nullptr ? nullptr : found->if_array();
}
std::optional<std::string_view> text_at(const json::object& parent, std::string_view key) {
  const auto* found = parent.if_contains(key);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string_view(found->get_string());
}

// A text of 1…max characters; `required` says whether it may be left out.
Refusal check_text(const json::object& parent, std::string_view key, std::string_view path,
                   size_t max, bool required) {
  const auto text = text_at(parent, key);
  if (!text) {
    if (parent.contains(key)) return wrong(path, "must be a string");
    return required ? Refusal(needs(path)) : std::nullopt;
  }
  if (text->empty()) return required ? Refusal(needs(path)) : std::nullopt;
  if (count_code_points(*text) > max) {
    return GraphError{
        .code = 100,
        .details = fmt::format("Param {} must be at most {} characters long.", path, max)};
  }
  return std::nullopt;
}

bool is_link(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

Refusal check_media(const json::object& media, std::string_view path, bool caption) {
  const auto id = text_at(media, "id");
  const auto link = text_at(media, "link");
  if (id.has_value() == link.has_value())
    return GraphError{.code = 100,
                      .details = fmt::format("{} needs exactly one of id and link.", path)};
  if (link && !is_link(*link)) return wrong(fmt::format("{}['link']", path), "is not a valid URL");
  if (id && id->empty()) return needs(fmt::format("{}['id']", path));
  if (!caption && media.contains("caption"))
    return GraphError{.code = 100, .details = fmt::format("{} has no caption.", path)};
  return check_text(media, "caption", fmt::format("{}['caption']", path), 1024, false);
}

Refusal check_reply_buttons(const json::object& action) {
  const auto* buttons = array_at(action, "buttons");
  if (buttons == nullptr || buttons->empty()) return needs("interactive['action']['buttons']");
  if (buttons->size() > 3)
    return wrong("interactive['action']['buttons']", "may have 3 buttons at most");
  std::set<std::string_view> ids, titles;
  for (const auto& one : *buttons) {
    const auto* button = one.if_object();
    if (button == nullptr || text_at(*button, "type") != "reply")
      return wrong("buttons['type']", "must be reply");
    const auto* reply = object_at(*button, "reply");
    if (reply == nullptr) return needs("buttons['reply']");
    if (auto error = check_text(*reply, "id", "buttons['reply']['id']", 256, true)) return error;
    if (auto error = check_text(*reply, "title", "buttons['reply']['title']", 20, true))
      return error;
    const std::string_view id = *text_at(*reply, "id");
    if (id.front() == ' ' || id.back() == ' ')
      return wrong("buttons['reply']['id']", "may not begin or end with a blank");
    if (!ids.insert(id).second) return wrong("buttons['reply']['id']", "must be unique");
    if (!titles.insert(*text_at(*reply, "title")).second)
      return wrong("buttons['reply']['title']", "must be unique");
  }
  return std::nullopt;
}

Refusal check_row(const json::value& value, std::set<std::string, std::less<>>& ids) {
  const auto* row = value.if_object();
  if (row == nullptr) return wrong("rows", "must hold objects");
  if (auto error = check_text(*row, "id", "rows['id']", 200, true)) return error;
  if (auto error = check_text(*row, "title", "rows['title']", 24, true)) return error;
  if (auto error = check_text(*row, "description", "rows['description']", 72, false)) return error;
  if (!ids.emplace(*text_at(*row, "id")).second) return wrong("rows['id']", "must be unique");
  return std::nullopt;
}

Refusal check_list(const json::object& action) {
  if (auto error = check_text(action, "button", "interactive['action']['button']", 20, true))
    return error;
  const auto* sections = array_at(action, "sections");
  if (sections == nullptr || sections->empty()) return needs("interactive['action']['sections']");
  if (sections->size() > 10) return wrong("sections", "may have 10 entries at most");
  std::set<std::string, std::less<>> ids;
  for (const auto& one : *sections) {
    const auto* section = one.if_object();
    if (section == nullptr) return wrong("sections", "must hold objects");
    if (auto error = check_text(*section, "title", "sections['title']", 24, sections->size() > 1))
      return error;
    const auto* rows = array_at(*section, "rows");
    if (rows == nullptr || rows->empty()) return needs("sections['rows']");
    for (const auto& row : *rows) {
      if (auto error = check_row(row, ids)) return error;
    }
  }
  if (ids.size() > 10) return wrong("rows", "may be 10 at most over all sections");
  return std::nullopt;
}

Refusal check_call_to_action(const json::object& action) {
  if (text_at(action, "name") != "cta_url")
    return wrong("interactive['action']['name']", "must be cta_url");
  const auto* parameters = object_at(action, "parameters");
  if (parameters == nullptr) return needs("interactive['action']['parameters']");
  if (auto error = check_text(*parameters, "display_text", "parameters['display_text']", 20, true))
    return error;
  if (auto error = check_text(*parameters, "url", "parameters['url']", 2000, true)) return error;
  if (!is_link(*text_at(*parameters, "url")))
    return wrong("parameters['url']", "is not a valid URL");
  return std::nullopt;
}

Refusal check_header(const json::object& interactive, bool text_only) {
  const auto* header = object_at(interactive, "header");
  if (header == nullptr)
    return interactive.contains("header") ? Refusal(wrong("header", "must be an object"))
                                          : std::nullopt;
  const auto type = text_at(*header, "type");
  if (type == "text") return check_text(*header, "text", "header['text']", 60, true);
  if (text_only || (type != "image" && type != "video" && type != "document")) {
    return wrong("interactive['header']['type']", "is not allowed for this kind of message");
  }
  const auto* media = object_at(*header, *type);
  return media == nullptr ? Refusal(needs(fmt::format("header['{}']", *type)))
                          : check_media(*media, fmt::format("header['{}']", *type), false);
}

Refusal check_interactive(const json::object& interactive) {
  const auto type = text_at(interactive, "type");
  if (!type) return needs("interactive['type']");
  const auto* action = object_at(interactive, "action");
  if (action == nullptr) return needs("interactive['action']");
  const auto* body = object_at(interactive, "body");
  if (body == nullptr) return needs("interactive['body']");
  const bool is_list = *type == "list";
  if (auto error =
          check_text(*body, "text", "interactive['body']['text']", is_list ? 4096 : 1024, true))
    return error;
  if (const auto* footer = object_at(interactive, "footer")) {
    if (auto error = check_text(*footer, "text", "interactive['footer']['text']", 60, true))
      return error;
  }
  if (auto error = check_header(interactive, is_list)) return error;
  if (*type == "button") return check_reply_buttons(*action);
  if (is_list) return check_list(*action);
  if (*type == "cta_url") return check_call_to_action(*action);
  if (*type == "request_contact_info" || *type == "location_request_message") return std::nullopt;
  if (*type == "flow")
    return object_at(*action, "parameters") == nullptr ? Refusal(needs("action['parameters']"))
                                                       : std::nullopt;
  return wrong("interactive['type']",
               "is not one of button, list, cta_url, flow, request_contact_info");
}

Refusal check_location(const json::object& location) {
  const auto* latitude = location.if_contains("latitude");
  const auto* longitude = location.if_contains("longitude");
  if (latitude == nullptr || longitude == nullptr)
    return needs("location['latitude'], location['longitude']");
  return std::nullopt;
}

Refusal check_reaction(const json::object& reaction) {
  if (auto error = check_text(reaction, "message_id", "reaction['message_id']", 512, true))
    return error;
  return reaction.contains("emoji") ? std::nullopt : Refusal(needs("reaction['emoji']"));
}

}  // namespace

std::optional<GraphError> check_content(const json::object& body, std::string_view type) {
  static constexpr std::string_view kTypes[] = {"text",     "image",   "document", "audio",
                                                "video",    "sticker", "location", "interactive",
                                                "reaction", "contacts"};
  if (std::ranges::find(kTypes, type) == std::end(kTypes)) {
    return GraphError{.code = 100,
                      .details = fmt::format(
                          "Param type must be one of the known message types, not '{}'.", type)};
  }
  if (const auto recipient_type = text_at(body, "recipient_type");
      recipient_type && *recipient_type != "individual") {
    return wrong("recipient_type", "must be individual here (groups are not part of the sandbox)");
  }
  if (type == "contacts") {
    const auto* contacts = array_at(body, "contacts");
    return contacts == nullptr || contacts->empty() ? Refusal(needs("contacts")) : std::nullopt;
  }
  const auto* part = object_at(body, type);
  if (part == nullptr) return needs(type);
  if (type == "text") return check_text(*part, "body", "text['body']", 4096, true);
  if (type == "interactive") return check_interactive(*part);
  if (type == "location") return check_location(*part);
  if (type == "reaction") return check_reaction(*part);
  return check_media(*part, type, type != "audio" && type != "sticker");
}

}  // namespace puntual::sandbox
