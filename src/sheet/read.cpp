#include "sheet/read.h"

#include <expat.h>
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/time.h"

namespace puntual::sheet {
namespace {

constexpr std::string_view kRemedy =
    "ábralo en Excel, guárdelo otra vez (o como «CSV UTF-8») y vuelva a intentarlo";

std::unexpected<Error> unreadable(std::string_view why) {
  return fail(ErrorCode::Invalid, "el libro de Excel {}: {}", why, kRemedy);
}

// The parts of the archive, read with an eye on how large they become.
class Parts {
 public:
  static Result<Parts> open(std::string_view bytes, const ReadLimits& limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* const archive = source == nullptr
                               ? nullptr
                               : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == nullptr) {
      if (source != nullptr) zip_source_free(source);
      zip_error_fini(&error);
      return unreadable("está dañado");
    }
    Parts parts(archive, limits);
    if (zip_get_num_entries(archive, 0) > limits.parts_max)
      return unreadable("tiene demasiadas partes");
    return parts;
  }

  // `take` is given the part in pieces; false ends the reading. NotFound when there is no such
  // part.
  template <class Take>
  Result<void> read(const std::string& name, Take&& take) {
    zip_stat_t about;
    if (zip_stat(archive_.get(), name.c_str(), 0, &about) != 0)
      return fail(ErrorCode::NotFound, "{}", name);
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen_index(archive_.get(), about.index, 0), &zip_fclose);
    if (!file) return unreadable("tiene contraseña o está dañado");
    uint64_t of_this = 0;
    std::vector<char> piece(64 << 10);
    for (;;) {
      const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
      if (got < 0) return unreadable("está dañado");
      if (got == 0) return {};
      of_this += static_cast<uint64_t>(got);
      unpacked_ += static_cast<uint64_t>(got);
      // Small parts may well be all blanks.
      if (unpacked_ > limits_.unpacked_max ||
          (of_this > (1 << 20) && of_this / limits_.ratio_max > about.comp_size)) {
        return unreadable("es demasiado grande");
      }
      if (!take(std::string_view(piece.data(), static_cast<size_t>(got)))) return {};
    }
  }

 private:
  Parts(zip_t* archive, const ReadLimits& limits)
      : archive_(archive, &zip_discard), limits_(limits) {}
  std::unique_ptr<zip_t, void (*)(zip_t*)> archive_;
  ReadLimits limits_;
  uint64_t unpacked_ = 0;
};

// One reader a kind of part: told of elements by their local name, and of the text between.
class XmlReader {
 public:
  virtual ~XmlReader() = default;
  virtual void begin(std::string_view name, const XML_Char** attributes) = 0;
  virtual void end(std::string_view /*name*/) {}
  virtual void text(std::string_view /*text*/) {}

  Result<void> read(Parts& parts, const std::string& part) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr),
                                                                         &XML_ParserFree);
    PUNTUAL_CHECK(parser != nullptr);
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &XmlReader::on_begin, &XmlReader::on_end);
    XML_SetCharacterDataHandler(parser_, &XmlReader::on_text);
    // No workbook has a document type; entities begin there.
    XML_SetStartDoctypeDeclHandler(
        parser_, [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
          static_cast<XmlReader*>(self)->give_up("no es un libro de Excel");
        });
    bool is_good = true;
    RETURN_IF_ERROR(parts.read(part, [&](std::string_view piece) {
      return is_good = XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()),
                                 XML_FALSE) == XML_STATUS_OK;
    }));
    if (is_good) is_good = XML_Parse(parser_, "", 0, XML_TRUE) == XML_STATUS_OK;
    parser_ = nullptr;
    if (!is_good) return unreadable(trouble_.empty() ? "está dañado" : trouble_);
    return {};
  }

 protected:
  void give_up(std::string_view why) {
    trouble_ = why;
    XML_StopParser(parser_, XML_FALSE);
  }
  static std::string_view attribute(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (local(*attributes) == name) return attributes[1];
    }
    return {};
  }

 private:
  static std::string_view local(std::string_view name) { return name.substr(name.rfind(':') + 1); }
  static void on_begin(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<XmlReader*>(self)->begin(local(name), attributes);
  }
  static void on_end(void* self, const XML_Char* name) {
    static_cast<XmlReader*>(self)->end(local(name));
  }
  static void on_text(void* self, const XML_Char* text, int length) {
    static_cast<XmlReader*>(self)->text({text, static_cast<size_t>(length)});
  }

  XML_Parser parser_ = nullptr;
  std::string trouble_;
};

// xl/workbook.xml: which sheet stands first, and from when days are counted.
class BookReader final : public XmlReader {
 public:
  void begin(std::string_view name, const XML_Char** attributes) override {
    if (name == "sheet" && first_id.empty()) {
      for (const XML_Char** one = attributes; *one != nullptr; one += 2) {
        if (std::string_view(*one).ends_with(":id")) first_id = one[1];
      }
    }
    if (name == "workbookPr")
      is_1904 =
          attribute(attributes, "date1904") == "1" || attribute(attributes, "date1904") == "true";
  }
  std::string first_id;
  bool is_1904 = false;
};

class RelationsReader final : public XmlReader {
 public:
  void begin(std::string_view name, const XML_Char** attributes) override {
    if (name == "Relationship")
      targets.emplace(attribute(attributes, "Id"), attribute(attributes, "Target"));
  }
  std::map<std::string, std::string> targets;
};

class StringsReader final : public XmlReader {
 public:
  void begin(std::string_view name, const XML_Char**) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") is_reading_aid_ = true;  // How a Japanese word is spoken: no part of it.
    is_text_ = name == "t" && !is_reading_aid_;
  }
  void end(std::string_view name) override {
    if (name == "t") is_text_ = false;
    if (name == "rPh") is_reading_aid_ = false;
  }
  void text(std::string_view text) override {
    if (is_text_ && !strings.empty()) strings.back() += text;
  }
  std::vector<std::string> strings;

 private:
  bool is_text_ = false, is_reading_aid_ = false;
};

// A format of days, months or years; colours, conditions and quoted words aside.
bool is_of_dates(std::string_view format) {
  bool is_quoted = false, is_bracket = false;
  for (size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '\\') {
      ++i;
      continue;
    }
    if (c == '"')
      is_quoted = !is_quoted;
    else if (c == '[')
      is_bracket = true;
    else if (c == ']')
      is_bracket = false;
    else if (!is_quoted && !is_bracket &&
             (c == 'd' || c == 'D' || c == 'y' || c == 'Y' || c == 'm' || c == 'M'))
      return true;
  }
  return false;
}

// xl/styles.xml: which styles of cells show a date.
class StylesReader final : public XmlReader {
 public:
  void begin(std::string_view name, const XML_Char** attributes) override {
    const auto number = [&](std::string_view what) {
      const std::string_view text = attribute(attributes, what);
      int value = 0;
      std::from_chars(text.data(), text.data() + text.size(), value);
      return value;
    };
    if (name == "numFmt")
      own_[number("numFmtId")] = is_of_dates(attribute(attributes, "formatCode"));
    if (name == "cellXfs") is_in_cells_ = true;
    if (name == "xf" && is_in_cells_) {
      const int format = number("numFmtId");
      const auto own = own_.find(format);
      // The built-in ones that are dates (ECMA-376 part 1, 18.8.30, checked 2026-11-22).
      shows_date.push_back(own != own_.end() ? own->second
                                             : (format >= 14 && format <= 17) || format == 22 ||
                                                   (format >= 27 && format <= 31) || format == 36);
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") is_in_cells_ = false;
  }
  std::vector<bool> shows_date;

 private:
  std::map<int, bool> own_;
  bool is_in_cells_ = false;
};

// As Excel shows a number: fifteen digits, no exponent where it can be helped.
std::string shown(double value) {
  std::string text = fmt::format("{:.15g}", value);
  if (text.find('e') == std::string::npos) {
    // Three decimals would read as thousands where a point groups them.
    if (const auto point = text.find('.'); point != std::string::npos && text.size() - point == 4)
      text += '0';
    return text;
  }
  return std::abs(value) >= 1 && std::abs(value) < 1e18 ? fmt::format("{:.0f}", value)
                                                        : fmt::format("{:.12f}", value);
}

class SheetReader final : public XmlReader {
 public:
  SheetReader(const std::vector<std::string>& strings, const std::vector<bool>& shows_date,
              bool is_1904, const ReadLimits& limits)
      : strings_(strings), shows_date_(shows_date), is_1904_(is_1904), limits_(limits) {}

  void begin(std::string_view name, const XML_Char** attributes) override {
    if (name == "row") {
      row_.clear();
      row_bytes_ = 0;
    }
    if (name == "c") begin_cell(attributes);
    is_value_ = name == "v" || (name == "t" && type_ == "inlineStr");
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") is_value_ = false;
    if (name == "c") {
      row_[column_] = value_of();
      row_bytes_ += row_[column_].size();
      if (row_bytes_ > kRowBytesMax) give_up("es demasiado grande");
    }
    if (name == "row") add_row();
  }
  void text(std::string_view text) override {
    if (is_value_) raw_ += text;
  }
  std::string csv;

 private:
  void begin_cell(const XML_Char** attributes) {
    const std::string_view place = attribute(attributes, "r");
    uint32_t column = 0;
    for (const char c : place) {
      if (c < 'A' || c > 'Z' || column > limits_.columns_max) break;
      column = column * 26 + static_cast<uint32_t>(c - 'A' + 1);
    }
    column_ = place.empty() ? row_.size() : column - 1;
    if (column > limits_.columns_max || column_ >= limits_.columns_max ||
        (!place.empty() && column == 0))
      return give_up("tiene demasiadas columnas");
    if (row_.size() <= column_) row_.resize(column_ + 1);
    type_ = attribute(attributes, "t");
    style_ = attribute(attributes, "s");
    raw_.clear();
  }

  std::string value_of() const {
    if (type_ == "s") {
      size_t index = 0;
      std::from_chars(raw_.data(), raw_.data() + raw_.size(), index);
      return index < strings_.size() ? strings_[index] : std::string();
    }
    if (type_ == "inlineStr" || type_ == "str" || type_ == "d") return raw_;
    if (type_ == "b") return raw_ == "1" ? "VERDADERO" : "FALSO";
    if (type_ == "e" || raw_.empty()) return {};  // #N/A and its like are no value.
    double number = 0;
    if (std::from_chars(raw_.data(), raw_.data() + raw_.size(), number).ec != std::errc{})
      return raw_;
    size_t style = 0;
    std::from_chars(style_.data(), style_.data() + style_.size(), style);
    if (!style_.empty() && style < shows_date_.size() && shows_date_[style]) {
      if (const auto day = date_of(number)) return *day;
    }
    return shown(number);
  }

  // Days are counted from 1899-12-30, which makes up for a 29 February 1900 that never was; in the
  // older manner from 1904-01-01.
  std::optional<std::string> date_of(double serial) const {
    if (!(serial >= 1 && serial < 2'958'466)) return std::nullopt;  // To 9999-12-31.
    static const CivilDate k1900 = *parse_date("1899-12-30"), k1904 = *parse_date("1904-01-01");
    return format_date((is_1904_ ? k1904 : k1900) + static_cast<int32_t>(serial));
  }

  void add_row() {
    const bool is_empty =
        std::ranges::all_of(row_, [](const std::string& cell) { return cell.empty(); });
    if (is_empty) {
      ++empty_rows_;
      return;
    }
    if (!csv.empty()) csv.append(std::min<size_t>(empty_rows_, kEmptyRowsMax), '\n');
    empty_rows_ = 0;
    for (size_t i = 0; i < row_.size(); ++i) {
      if (i > 0) csv += ',';
      if (row_[i].find_first_of(",\"\r\n") == std::string::npos) {
        csv += row_[i];
        continue;
      }
      csv += '"';
      for (const char c : row_[i]) {
        if (c == '"') csv += '"';
        csv += c;
      }
      csv += '"';
    }
    csv += '\n';
    // A few bytes of the file may name the same long text in every cell.
    if (csv.size() > limits_.unpacked_max) give_up("es demasiado grande");
  }

  static constexpr size_t kEmptyRowsMax = 10;
  static constexpr size_t kRowBytesMax = 1 << 20;
  const std::vector<std::string>& strings_;
  const std::vector<bool>& shows_date_;
  bool is_1904_;
  ReadLimits limits_;
  std::vector<std::string> row_;
  size_t column_ = 0, empty_rows_ = 0, row_bytes_ = 0;
  std::string type_, style_, raw_;
  bool is_value_ = false;
};

// A part that need not be there.
Result<void> read_if_there(Parts& parts, const std::string& part, XmlReader& reader) {
  auto read = reader.read(parts, part);
  if (!read && read.error().code == ErrorCode::NotFound) return {};
  return read;
}

}  // namespace

bool is_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<std::string> csv_of_workbook(std::string_view bytes, const ReadLimits& limits) {
  ASSIGN_OR_RETURN(Parts parts, Parts::open(bytes, limits));
  BookReader book;
  RelationsReader relations;
  if (!book.read(parts, "xl/workbook.xml") || !relations.read(parts, "xl/_rels/workbook.xml.rels"))
    return unreadable("no es un XLSX que se pueda leer");
  const auto target = relations.targets.find(book.first_id);
  if (target == relations.targets.end()) return unreadable("no tiene hojas");
  const std::string sheet =
      target->second.starts_with('/') ? target->second.substr(1) : "xl/" + target->second;
  StringsReader strings;
  RETURN_IF_ERROR(read_if_there(parts, "xl/sharedStrings.xml", strings));
  StylesReader styles;
  RETURN_IF_ERROR(read_if_there(parts, "xl/styles.xml", styles));
  SheetReader reader(strings.strings, styles.shows_date, book.is_1904, limits);
  if (auto read = reader.read(parts, sheet); !read) {
    if (read.error().code == ErrorCode::NotFound) return unreadable("no tiene hojas");
    return std::unexpected(std::move(read).error());
  }
  return std::move(reader.csv);
}

}  // namespace puntual::sheet
