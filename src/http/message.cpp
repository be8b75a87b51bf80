#include "http/message.h"

#include <unistd.h>

#include "base/percent.h"
#include "base/whole_number.h"

namespace puntual::http {
namespace {

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Calls visit(name, value), both still encoded, until it says false.
template <class Visit>
void each_query_field(std::string_view query, Visit visit) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const size_t equals = pair.find('=');
    const auto value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    if (!visit(pair.substr(0, equals), value)) return;
  }
}

}  // namespace

std::string_view text_of(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Head:
      return "HEAD";
    case Method::Post:
      return "POST";
    case Method::Put:
      return "PUT";
    case Method::Patch:
      return "PATCH";
    case Method::Delete:
      return "DELETE";
    case Method::Options:
      return "OPTIONS";
    case Method::Other:
      return "OTHER";
  }
  return "OTHER";
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

std::string percent_decode(std::string_view text, bool plus_is_blank) {
  return puntual::percent_decode(text, plus_is_blank);
}

void Headers::add(std::string_view name, std::string_view value) {
  slots_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(name.size()),
                    static_cast<uint32_t>(value.size())});
  text_.append(name).append(value);
}

void Headers::clear() {
  text_.clear();
  slots_.clear();
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (size_t i = 0; i < slots_.size(); ++i) {
    if (equal_ignoring_case(this->name(i), name)) return value(i);
  }
  return std::nullopt;
}

std::string_view Headers::name(size_t index) const {
  const Slot& slot = slots_[index];
  return std::string_view(text_).substr(slot.begin, slot.name_size);
}

std::string_view Headers::value(size_t index) const {
  const Slot& slot = slots_[index];
  return std::string_view(text_).substr(slot.begin + slot.name_size, slot.value_size);
}

TempFile::~TempFile() { unlink(path_.c_str()); }

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query_text() const {
  const size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::optional<std::string> Request::query(std::string_view name) const {
  std::optional<std::string> found;
  each_query_field(query_text(), [&](std::string_view key, std::string_view value) {
    if (key != name && percent_decode(key, true) != name) return true;
    found = percent_decode(value, true);
    return false;
  });
  return found;
}

std::vector<Field> Request::query_fields() const {
  std::vector<Field> fields;
  each_query_field(query_text(), [&](std::string_view key, std::string_view value) {
    fields.push_back({percent_decode(key, true), percent_decode(value, true)});
    return true;
  });
  return fields;
}

std::string Request::form(std::string_view name) const {
  std::string found;
  each_query_field(body, [&](std::string_view key, std::string_view value) {
    if (key != name && percent_decode(key, true) != name) return true;
    found = percent_decode(value, true);
    return false;
  });
  return found;
}

std::string_view Request::param(std::string_view name) const {
  for (const auto& field : params) {
    if (field.name == name) return field.value;
  }
  return {};
}

Result<int64_t> Request::param_number(std::string_view name) const {
  const std::string_view text = param(name);
  const auto number = whole_number(text);
  if (!number) return fail(ErrorCode::Invalid, "{}: '{}' is not a whole number", name, text);
  return *number;
}

Response text_response(int status, std::string body) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(body)};
}

Response json_response(int status, std::string body) {
  return {.status = status, .content_type = "application/json", .body = std::move(body)};
}

}  // namespace puntual::http
