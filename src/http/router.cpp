#include "http/router.h"

#include <algorithm>

namespace puntual::http {
namespace {

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  for (;;) {
    const size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool is_name(std::string_view part) { return part.starts_with('{'); }
bool is_rest(std::string_view part) { return part.ends_with("...}"); }

// Decodes what the names stand for; false when the path does not fit.
bool match_parts(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path,
                 std::vector<Field>& params) {
  params.clear();
  const bool open_end = is_rest(pattern.back());
  if (open_end ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view part = pattern[i];
    if (is_rest(part)) {
      const std::string_view rest(path[i].data(),
                                  path.back().data() + path.back().size() - path[i].data());
      params.push_back({std::string(part.substr(1, part.size() - 5)), percent_decode(rest, false)});
    } else if (is_name(part)) {
      if (path[i].empty()) return false;
      params.push_back(
          {std::string(part.substr(1, part.size() - 2)), percent_decode(path[i], false)});
    } else if (part != path[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  insert({.method = method,
          .pattern = std::string(pattern),
          .options = options,
          .handler = std::move(handler)});
}

void Router::add_deferred(Method method, std::string_view pattern, DeferredHandler handler,
                          RouteOptions options) {
  insert({.method = method,
          .pattern = std::string(pattern),
          .options = options,
          .deferred = std::move(handler)});
}

void Router::add_stream(std::string_view pattern, StreamHandler handler, RouteOptions options) {
  insert({.pattern = std::string(pattern),
          .options = std::move(options),
          .stream = std::move(handler)});
}

void Router::add_any(std::string_view pattern, DeferredHandler handler, RouteOptions options) {
  insert({.any_method = true,
          .pattern = std::string(pattern),
          .options = options,
          .deferred = std::move(handler)});
}

void Router::insert(Route route) {
  PUNTUAL_CHECK(route.pattern.starts_with('/'));
  const size_t index = routes_.size();
  routes_.push_back(std::move(route));
  const std::string& pattern = routes_.back().pattern;
  if (!pattern.contains('{')) {
    exact_[pattern].push_back(index);
    return;
  }
  const auto views = split_path(pattern);
  std::vector<std::string> parts(views.begin(), views.end());
  const auto same = std::ranges::find(patterns_, parts, &Pattern::parts);
  if (same != patterns_.end()) {
    same->routes.push_back(index);
  } else {
    patterns_.push_back({std::move(parts), {index}});
  }
}

const Route* Router::choose(const std::vector<size_t>& routes, Method method,
                            std::string& allow) const {
  const Method wanted = method == Method::Head ? Method::Get : method;
  for (const size_t index : routes) {
    if (routes_[index].any_method || routes_[index].method == wanted) return &routes_[index];
  }
  for (const size_t index : routes) {
    if (!allow.empty()) allow += ", ";
    allow += text_of(routes_[index].method);
    if (routes_[index].method == Method::Get) allow += ", HEAD";
  }
  return nullptr;
}

Router::Match Router::find(Method method, std::string_view path, std::vector<Field>& params) const {
  Match match;
  params.clear();
  if (const auto exact = exact_.find(path); exact != exact_.end()) {
    match.route = choose(exact->second, method, match.allow);
    if (match.route != nullptr) return match;
  }
  if (patterns_.empty()) return match;
  const auto parts = split_path(path);
  for (const auto& pattern : patterns_) {
    if (!match_parts(pattern.parts, parts, params)) continue;
    match.route = choose(pattern.routes, method, match.allow);
    if (match.route != nullptr) return match;
  }
  params.clear();
  return match;
}

}  // namespace puntual::http
