// Files of fixed-width records: their lines, and fields as digits or text. For this folder. Pure.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace puntual::bank {

struct FieldAt {
  size_t offset = 0, length = 0;
};

// Without line ends, the blanks before them, and a last line that is empty.
[[nodiscard]] inline std::vector<std::string_view> records_of(std::string_view bytes) {
  std::vector<std::string_view> records;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    std::string_view record = bytes.substr(0, end);
    record = record.substr(0, record.find_last_not_of(" \r\t\x1A") +
                                  1);  // 0x1A: the end of a file, in the days of DOS.
    records.push_back(record);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  while (!records.empty() && records.back().empty()) records.pop_back();
  return records;
}

// Without the blanks around it; empty where the record has ended before.
[[nodiscard]] inline std::string_view text_at(std::string_view record, FieldAt at) {
  if (at.offset >= record.size()) return {};
  std::string_view text = record.substr(at.offset, at.length);
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// None when there is anything but digits, or nothing, or more than fits.
[[nodiscard]] inline std::optional<int64_t> number_at(std::string_view record, FieldAt at) {
  const std::string_view text = text_at(record, at);
  int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || rest != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

// YYYYMMDD.
[[nodiscard]] inline std::optional<CivilDate> date_at(std::string_view record, size_t offset) {
  const auto number = number_at(record, {offset, 8});
  if (!number || *number < 19000101 || *number > 29991231) return std::nullopt;
  const auto date =
      civil_date(static_cast<int32_t>(*number / 10000), static_cast<int32_t>(*number / 100 % 100),
                 static_cast<int32_t>(*number % 100));
  return date ? std::optional(*date) : std::nullopt;
}

}  // namespace puntual::bank
