// Reads separated values (RFC 4180, any delimiter) over a text in memory, without copying it.
//
// The text may be UTF-8 or any other extension of ASCII (Windows-1252): fields come as its bytes.
// Quoted fields may hold delimiters and line ends. Lenient where nothing is lost: LF, CRLF and CR
// end a record, a quote inside an unquoted field is itself, blanks may follow a closing quote.
// Strict where a record would be misread: an unclosed quote, a zero byte, or a record over 1 MB
// ends the reading with an error that names its line. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual {

class CsvReader {
 public:
  static constexpr size_t kRecordBytesMax = size_t{1} << 20;

  // first_line: the number of the line that the text begins with.
  CsvReader(std::string_view text, char delimiter, int64_t first_line = 1);

  // Goes to the next record, past empty lines; false at the end.
  [[nodiscard]] Result<bool> next();
  // Of the current record; valid until the next call of next().
  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }
  [[nodiscard]] int64_t line() const { return record_line_; }  // Where the record begins.
  [[nodiscard]] int64_t next_line() const { return line_; }    // That of the byte at offset().
  // Bytes read so far; a reader over text.substr(offset()) goes on from here.
  [[nodiscard]] size_t offset() const { return static_cast<size_t>(at_ - begin_); }

 private:
  Result<void> read_record();
  Result<void> read_quoted(const char* bound);
  std::string_view unescaped(std::string_view raw);
  std::unexpected<Error> stopped_at(const char* at, const char* bound, bool in_quotes) const;
  void end_line();

  const char* begin_;
  const char* at_;
  const char* end_;
  char delimiter_;
  int64_t line_;
  int64_t record_line_ = 0;
  std::array<bool, 256> ends_plain_{};  // Bytes that end an unquoted run.
  std::vector<std::string_view> fields_;
  std::deque<std::string> unescaped_;  // Of the fields that held doubled quotes.
  size_t unescaped_used_ = 0;
};

}  // namespace puntual
