#include "http/html.h"

#include <vector>

namespace puntual::http {
namespace {

constexpr std::string_view kOpen = "{{", kClose = "}}";

class HtmlFiller {
 public:
  explicit HtmlFiller(const json::object& values) : scopes_{&values} {}

  void fill(std::string_view html) {
    for (;;) {
      const size_t open = html.find(kOpen);
      text.append(html.substr(0, open));
      if (open == std::string_view::npos) return;
      html.remove_prefix(open + kOpen.size());
      const size_t close = html.find(kClose);
      PUNTUAL_CHECK(close != std::string_view::npos);
      const std::string_view tag = html.substr(0, close);
      html.remove_prefix(close + kClose.size());
      PUNTUAL_CHECK(!tag.empty());
      if (tag.front() != '#' && tag.front() != '^') {
        add(find(tag));
        continue;
      }
      const std::string_view name = tag.substr(1);
      const std::string end = "{{/" + std::string(name) + "}}";
      const size_t end_at = html.find(end);
      PUNTUAL_CHECK(end_at != std::string_view::npos);
      fill_section(tag.front() == '#', find(name), html.substr(0, end_at));
      html.remove_prefix(end_at + end.size());
    }
  }
  std::string text;

 private:
  static bool is_empty(const json::value* value) {
    if (value == nullptr || value->is_null()) return true;
    if (const auto* flag = value->if_bool()) return !*flag;
    if (const auto* number = value->if_int64()) return *number == 0;
    if (const auto* word = value->if_string()) return word->empty();
    if (const auto* list = value->if_array()) return list->empty();
    return false;
  }

  void fill_section(bool is_wanted, const json::value* value, std::string_view inner) {
    if (is_empty(value) == is_wanted) return;
    const auto* list = is_wanted ? value->if_array() : nullptr;
    if (list == nullptr) return fill_in(is_wanted ? value : nullptr, inner);
    for (const auto& one : *list) fill_in(&one, inner);
  }
  void fill_in(const json::value* scope, std::string_view inner) {
    const auto* object = scope == nullptr ? nullptr : scope->if_object();
    if (object != nullptr) scopes_.push_back(object);
    fill(inner);
    if (object != nullptr) scopes_.pop_back();
  }

  const json::value* find(std::string_view path) const {
    const size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    for (size_t i = scopes_.size(); i-- > 0;) {
      const auto* found = scopes_[i]->if_contains(name);
      if (found == nullptr) continue;
      return dot == std::string_view::npos ? found : member(*found, path.substr(dot + 1));
    }
    return nullptr;
  }
  void add(const json::value* value) {
    if (value == nullptr) return;
    if (const auto* word = value->if_string())
      text += escape_html({word->data(), word->size()});
    else if (const auto* number = value->if_int64())
      text += std::to_string(*number);
  }

  std::vector<const json::object*> scopes_;
};

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string fill_html(std::string_view html, const json::object& values) {
  HtmlFiller filler(values);
  filler.fill(html);
  return std::move(filler.text);
}

}  // namespace puntual::http
