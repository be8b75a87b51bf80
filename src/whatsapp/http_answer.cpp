#include "whatsapp/http_answer.h"

#include <algorithm>
#include <charconv>

namespace puntual::whatsapp {
namespace {

constexpr uint64_t kLengthMax = uint64_t{1} << 40;

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// In ASCII, whatever the case of its letters.
bool is_word(std::string_view text, std::string_view lower) {
  return std::ranges::equal(
      text, lower, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

// Of digits alone.
std::optional<uint64_t> number_of(std::string_view text, int base) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size() || value > kLengthMax)
    return std::nullopt;
  return value;
}

bool has_close(std::string_view list) {
  while (!list.empty()) {
    const size_t comma = list.find(',');
    if (is_word(without_blanks(list.substr(0, comma)), "close")) return true;
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return false;
}

}  // namespace

void HttpAnswer::begin() {
  part_ = Part::Status;
  status_ = 0;
  keeps_open_ = true;
  is_chunked_ = false;
  length_.reset();
  left_ = head_size_ = 0;
  line_.clear();
  body_.clear();
  date_.clear();
  retry_after_.clear();
}

HttpAnswer::State HttpAnswer::state() const {
  return part_ == Part::Whole    ? State::Whole
         : part_ == Part::Broken ? State::Broken
                                 : State::Coming;
}

HttpAnswer::State HttpAnswer::take(std::string_view bytes) {
  while (!bytes.empty() && state() == State::Coming) {
    if (part_ == Part::Sized || part_ == Part::Chunk || part_ == Part::ToTheEnd) {
      keep(bytes);
    } else if (const auto line = next_line(bytes)) {
      part_ = after_line(*line);
      line_.clear();
    }
  }
  if (!bytes.empty()) keeps_open_ = false;  // More than one answer to one request.
  return state();
}

HttpAnswer::State HttpAnswer::end() {
  keeps_open_ = false;
  if (state() == State::Coming) part_ = part_ == Part::ToTheEnd ? Part::Whole : Part::Broken;
  return state();
}

void HttpAnswer::keep(std::string_view& bytes) {
  const size_t count =
      part_ == Part::ToTheEnd ? bytes.size() : std::min<uint64_t>(left_, bytes.size());
  body_.append(bytes.substr(0, std::min(count, kBodyMax - body_.size())));
  bytes.remove_prefix(count);
  if (part_ == Part::ToTheEnd) return;
  left_ -= count;
  if (left_ == 0) part_ = part_ == Part::Sized ? Part::Whole : Part::ChunkEnd;
}

// Without its end; none while it is not whole, or when it is too long, which breaks the answer.
std::optional<std::string_view> HttpAnswer::next_line(std::string_view& bytes) {
  const size_t end = bytes.find('\n');
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  head_size_ += line.size();
  if (head_size_ > kHeadMax) {
    part_ = Part::Broken;
    return std::nullopt;
  }
  if (end == std::string_view::npos || !line_.empty()) line = line_.append(line);
  if (end == std::string_view::npos) return std::nullopt;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

HttpAnswer::Part HttpAnswer::after_line(std::string_view line) {
  switch (part_) {
    case Part::Status:
      return after_status(line);
    case Part::Header:
      return line.empty() ? after_head() : after_header(line);
    case Part::ChunkSize:
      return after_chunk_size(line);
    case Part::ChunkEnd:
      return line.empty() ? Part::ChunkSize : Part::Broken;
    case Part::Trailer:
      return line.empty() ? Part::Whole : Part::Trailer;
    default:
      return Part::Broken;
  }
}

// "HTTP/1.1 200 OK"
HttpAnswer::Part HttpAnswer::after_status(std::string_view line) {
  if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ' ||
      (line.size() > 12 && line[12] != ' '))
    return Part::Broken;
  const auto status = number_of(line.substr(9, 3), 10);
  if (!status || *status < 100) return Part::Broken;
  keeps_open_ = line[7] == '1';
  status_ = static_cast<int>(*status);
  return Part::Header;
}

HttpAnswer::Part HttpAnswer::after_header(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || line.find_first_of(" \t") < colon)
    return Part::Broken;
  const std::string_view name = line.substr(0, colon),
                         value = without_blanks(line.substr(colon + 1));
  if (is_word(name, "content-length")) {
    const auto length = number_of(value, 10);
    if (!length || (length_ && *length_ != *length)) return Part::Broken;
    length_ = length;
  } else if (is_word(name, "transfer-encoding")) {
    if (!is_word(value, "chunked") || is_chunked_) return Part::Broken;
    is_chunked_ = true;
  } else if (is_word(name, "connection")) {
    if (has_close(value)) keeps_open_ = false;
  } else if (is_word(name, "date")) {
    date_ = value;
  } else if (is_word(name, "retry-after")) {
    retry_after_ = value;
  }
  return Part::Header;
}

HttpAnswer::Part HttpAnswer::after_head() {
  if (status_ == 101) return Part::Broken;  // We asked for no other protocol.
  if (status_ < 200) {                      // Not yet the answer.
    begin();
    return Part::Status;
  }
  if (status_ == 204 || status_ == 304) return Part::Whole;
  if (is_chunked_) {
    if (length_) keeps_open_ = false;  // RFC 9112, 6.3: whoever says both may be fooling somebody.
    return Part::ChunkSize;
  }
  if (!length_) {
    keeps_open_ = false;
    return Part::ToTheEnd;
  }
  left_ = *length_;
  return left_ == 0 ? Part::Whole : Part::Sized;
}

HttpAnswer::Part HttpAnswer::after_chunk_size(std::string_view line) {
  const auto size = number_of(without_blanks(line.substr(0, line.find(';'))), 16);
  if (!size) return Part::Broken;
  left_ = *size;
  return left_ == 0 ? Part::Trailer : Part::Chunk;
}

}  // namespace puntual::whatsapp
