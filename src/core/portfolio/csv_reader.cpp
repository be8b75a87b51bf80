#include "core/portfolio/csv_reader.h"

#include <algorithm>

namespace puntual {

CsvReader::CsvReader(std::string_view text, char delimiter, int64_t first_line)
    : begin_(text.data()),
      at_(text.data()),
      end_(text.data() + text.size()),
      delimiter_(delimiter),
      line_(first_line) {
  // Files of DOS times end with Ctrl-Z.
  while (end_ != begin_ && end_[-1] == '\x1A') --end_;
  ends_plain_[static_cast<unsigned char>(delimiter)] = true;
  ends_plain_['\n'] = ends_plain_['\r'] = ends_plain_['\0'] = true;
  fields_.reserve(32);
}

Result<bool> CsvReader::next() {
  while (at_ != end_ && (*at_ == '\n' || *at_ == '\r')) end_line();
  if (at_ == end_) return false;
  record_line_ = line_;
  fields_.clear();
  unescaped_used_ = 0;
  RETURN_IF_ERROR(read_record());
  return true;
}

// Passes one LF, CRLF or CR.
void CsvReader::end_line() {
  if (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n') ++at_;
  ++at_;
  ++line_;
}

Result<void> CsvReader::read_record() {
  const char* const bound =
      static_cast<size_t>(end_ - at_) > kRecordBytesMax ? at_ + kRecordBytesMax : end_;
  while (true) {
    if (at_ != bound && *at_ == '"') {
      RETURN_IF_ERROR(read_quoted(bound));
    } else {
      const char* const begin = at_;
      const char* at = at_;
      while (at != bound && !ends_plain_[static_cast<unsigned char>(*at)]) ++at;
      if ((at == bound && bound != end_) || (at != bound && *at == '\0'))
        return stopped_at(at, bound, false);
      fields_.emplace_back(begin, static_cast<size_t>(at - begin));
      at_ = at;
    }
    if (at_ == end_) return {};
    if (*at_ != delimiter_) {
      end_line();
      return {};
    }
    ++at_;
  }
}

// A closing quote is one that a delimiter, a line end or the end of the text follows; another one
// is a quote that its writer forgot to double, and is itself.
Result<void> CsvReader::read_quoted(const char* bound) {
  const char* const begin = at_ + 1;
  const char* at = begin;
  bool is_escaped = false;
  int64_t lines = 0;
  for (;; ++at) {
    while (at != bound && *at != '"' && *at != '\n' && *at != '\0') ++at;
    if (at == bound || *at == '\0') return stopped_at(at, bound, true);
    if (*at == '\n') {
      ++lines;
      continue;
    }
    // A doubled quote across the bound would take us past it, and past the end of the text.
    if (at + 1 == bound && bound != end_) return stopped_at(bound, bound, true);
    if (at + 1 != end_ && at[1] == '"') {
      is_escaped = true;
      ++at;
      continue;
    }
    const char* after = at + 1;
    while (after != bound && *after == ' ') ++after;
    if (after == end_ || *after == delimiter_ || *after == '\n' || *after == '\r') {
      const std::string_view raw(begin, static_cast<size_t>(at - begin));
      fields_.push_back(is_escaped ? unescaped(raw) : raw);
      line_ += lines;
      at_ = after;
      return {};
    }
  }
}

std::string_view CsvReader::unescaped(std::string_view raw) {
  if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& out = unescaped_[unescaped_used_++];
  out.clear();
  for (size_t i = 0; i < raw.size(); ++i) {
    out += raw[i];
    if (raw[i] == '"' && i + 1 < raw.size() && raw[i + 1] == '"') ++i;
  }
  return out;
}

std::unexpected<Error> CsvReader::stopped_at(const char* at, const char* bound,
                                             bool in_quotes) const {
  const size_t column = fields_.size() + 1;
  if (at != bound && *at == '\0') {
    return fail(ErrorCode::Invalid,
                "línea {}, columna {}: hay un byte nulo, el archivo está dañado o no es de texto: "
                "expórtelo de nuevo como CSV",
                line_, column);
  }
  if (in_quotes) {
    return fail(ErrorCode::Invalid,
                "línea {}, columna {}: se abre una comilla (\") que no se cierra{}: ciérrela, o "
                "duplíquela si es parte del dato",
                record_line_, column, bound == end_ ? "" : " en 1 MB");
  }
  return fail(ErrorCode::Invalid,
              "línea {}, columna {}: la línea pasa de 1 MB: revise que el archivo tenga saltos de "
              "línea y sea un CSV, y "
              "expórtelo de nuevo",
              record_line_, column);
}

}  // namespace puntual
