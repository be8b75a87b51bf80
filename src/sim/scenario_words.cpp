#include "sim/scenario_words.h"

#include <charconv>

namespace puntual::sim {
namespace {

std::string_view bare_line(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<Words> Words::split(std::string_view line) {
  Words words;
  for (line = bare_line(line); !line.empty(); line = bare_line(line)) {
    if (line.front() == '"') {
      const size_t end = line.find('"', 1);
      if (end == std::string_view::npos)
        return fail(ErrorCode::Invalid, "a quote is not closed: {}", line);
      words.words_.push_back({std::string(line.substr(1, end - 1)), true});
      line.remove_prefix(end + 1);
      continue;
    }
    const size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.words_.push_back({std::string(line.substr(0, end)), false});
    line.remove_prefix(end);
  }
  return words;
}

std::string_view Words::peek() const {
  return empty() || words_[next_].is_quoted ? std::string_view()
                                            : std::string_view(words_[next_].text);
}

bool Words::take_if(std::string_view keyword) {
  if (empty() || peek() != keyword) return false;
  ++next_;
  return true;
}

Result<std::string> Words::take(std::string_view what) {
  if (empty()) return fail(ErrorCode::Invalid, "the line ends where {} is expected", what);
  return words_[next_++].text;
}

Result<int64_t> Words::take_number(std::string_view what) {
  ASSIGN_OR_RETURN(const std::string text, take(what));
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return fail(ErrorCode::Invalid, "'{}' is not {} (expected a whole number)", text, what);
  }
  return value;
}

Result<CivilDate> Words::take_date() {
  ASSIGN_OR_RETURN(const std::string text, take("a date"));
  return parse_date(text);
}

Result<int32_t> Words::take_time() {
  ASSIGN_OR_RETURN(const std::string text, take("a time"));
  const auto part = [&](size_t at, int max) -> std::optional<int> {
    if (at + 2 > text.size() || (at > 0 && text[at - 1] != ':')) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, value);
    return error == std::errc{} && end == text.data() + at + 2 && value <= max
               ? std::optional(value)
               : std::nullopt;
  };
  const auto hour = part(0, 23), minute = part(3, 59);
  const auto second = text.size() == 8 ? part(6, 59) : std::optional(0);
  if (!hour || !minute || !second || (text.size() != 5 && text.size() != 8)) {
    return fail(ErrorCode::Invalid, "'{}' is not a time (expected 08:00 or 08:00:30)", text);
  }
  return static_cast<int32_t>(*hour * kHourMs + *minute * kMinuteMs + *second * kSecondMs);
}

bool Words::next_is_date() const { return parse_date(peek()).has_value(); }

bool Words::next_is_number() const {
  const auto word = peek();
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<void> Words::end() const {
  if (empty()) return {};
  return fail(ErrorCode::Invalid, "'{}' is not understood here", words_[next_].text);
}

std::vector<std::string_view> cut_outside_quotes(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted || text[i] != mark) continue;
    parts.push_back(bare_line(text.substr(from, i - from)));
    from = i + 1;
  }
  parts.push_back(bare_line(text.substr(from)));
  return parts;
}

std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line[i] == '#' && (i == 0 || line[i - 1] == ' '))
      return bare_line(line.substr(0, i));
  }
  return bare_line(line);
}

}  // namespace puntual::sim
