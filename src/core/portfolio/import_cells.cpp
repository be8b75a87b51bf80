#include "core/portfolio/import_cells.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/home_currency.h"

namespace puntual::portfolio {
namespace {

bool is_cell_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes of a blank at the front: ASCII blank, U+00A0, U+202F. 0: none.
size_t blank_length(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text[0]) <= ' ') return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.starts_with("\xE2\x80\xAF") ? 3 : 0;
}

size_t blank_length_at_end(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text.back()) <= ' ') return 1;
  if (text.ends_with("\xC2\xA0")) return 2;
  return text.ends_with("\xE2\x80\xAF") ? 3 : 0;
}

std::string_view trimmed(std::string_view text) {
  while (const size_t n = blank_length(text)) text.remove_prefix(n);
  while (const size_t n = blank_length_at_end(text)) text.remove_suffix(n);
  return text;
}

// An amount taken apart: digits with their marks, without currency and sign.
struct AmountParts {
  std::string_view body;  // From the first digit (or mark before one) to the last digit.
  bool is_negative = false;
  char last_mark = 0;  // The last '.' or ',' in it.
  char first_mark = 0;
  int points = 0;
  int commas = 0;
  size_t digits_before = 0;  // Before the first mark or blank.
  size_t digits_after = 0;   // After the last mark.
};

bool is_currency_sign(std::string_view text) {
  // "$", "COP", "S/", "R$", "US$", "Bs.", "Gs.", "€", "₡", "Q": short and without digits.
  const auto rest = trimmed(text);
  return rest.size() <= 6 && std::ranges::none_of(rest, [](char c) {
           return c == ',' || c == '(' || c == ')' || c == '-' || c == '+' || c == '%';
         });
}

std::expected<AmountParts, CellProblem> amount_parts(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.empty()) return std::unexpected(CellProblem::Empty);
  if (is_excel_error(cell)) return std::unexpected(CellProblem::ExcelError);
  if (is_scientific_number(cell)) return std::unexpected(CellProblem::Scientific);
  const size_t first = cell.find_first_of("0123456789");
  const size_t last = cell.find_last_of("0123456789");
  AmountParts parts;
  if (first == std::string_view::npos) {
    // "-" and "$ -" are how spreadsheets of accountants show zero.
    if (!cell.ends_with('-') || !is_currency_sign(cell.substr(0, cell.size() - 1)))
      return std::unexpected(CellProblem::Malformed);
    parts.body = "0";
    return parts;
  }
  parts.body = cell.substr(first, last - first + 1);
  std::string before(cell.substr(0, first));
  std::string after(cell.substr(last + 1));
  const auto take = [](std::string& text, char c) {
    const size_t at = text.find(c);
    if (at == std::string::npos) return false;
    text.erase(at, 1);
    return true;
  };
  const bool opened = take(before, '(');
  if (opened != take(after, ')')) return std::unexpected(CellProblem::Malformed);
  parts.is_negative = opened;
  if (take(before, '-') || take(after, '-')) parts.is_negative = !parts.is_negative;
  if (!opened) take(before, '+');
  // The point of "S/.50" and "Bs.50" is the sign's; that of ".50" is no one's.
  const std::string_view sign = trimmed(before);
  if (sign.ends_with('.') && (sign.size() < 2 || sign[sign.size() - 2] == '$'))
    return std::unexpected(CellProblem::Malformed);
  if (!is_currency_sign(before) || !is_currency_sign(after))
    return std::unexpected(CellProblem::Malformed);
  bool seen_separator = false;
  for (const char c : parts.body) {
    if (is_cell_digit(c)) {
      if (!seen_separator) ++parts.digits_before;
      ++parts.digits_after;
      continue;
    }
    seen_separator = true;
    if (c == '.' || c == ',') {
      if (parts.first_mark == 0) parts.first_mark = c;
      parts.last_mark = c;
      ++(c == '.' ? parts.points : parts.commas);
      parts.digits_after = 0;
    } else if (c != ' ' && c != '\'' && static_cast<unsigned char>(c) < 0x80) {
      return std::unexpected(CellProblem::Malformed);
    }
  }
  return parts;
}

// The mark that must be the decimal one, whatever the file says; 0: either could be, or there is
// none.
char certain_mark(const AmountParts& parts) {
  if (parts.last_mark == 0) return 0;
  const char other = parts.last_mark == '.' ? ',' : '.';
  if (parts.points > 0 && parts.commas > 0) return parts.last_mark;
  if (parts.points + parts.commas > 1) return other;  // 1.234.567
  if (parts.digits_after != 3 || parts.digits_before > 3) return parts.last_mark;
  return 0;
}

// Reads the digits before the decimal mark; grouping must be in threes all the way.
std::expected<int64_t, CellProblem> read_whole(std::string_view whole, char group_mark) {
  int64_t value = 0;
  size_t run = 0;
  bool grouped = false;
  for (size_t i = 0; i < whole.size(); ++i) {
    const char c = whole[i];
    if (is_cell_digit(c)) {
      if (value > std::numeric_limits<int64_t>::max() / 10 - 10)
        return std::unexpected(CellProblem::TooLarge);
      value = value * 10 + (c - '0');
      ++run;
      continue;
    }
    const size_t blank = blank_length(whole.substr(i));
    if (c != group_mark && c != '\'' && blank == 0) return std::unexpected(CellProblem::Malformed);
    if (grouped ? run != 3 : run == 0 || run > 3) return std::unexpected(CellProblem::Malformed);
    grouped = true;
    run = 0;
    if (blank > 1) i += blank - 1;
  }
  if (grouped && run != 3) return std::unexpected(CellProblem::Malformed);
  return value;
}

std::expected<int64_t, CellProblem> read_parts(const AmountParts& parts, Currency currency,
                                               char decimal_mark) {
  const size_t at =
      parts.last_mark == decimal_mark ? parts.body.rfind(decimal_mark) : std::string_view::npos;
  const auto whole = read_whole(parts.body.substr(0, at), decimal_mark == ',' ? '.' : ',');
  if (!whole) return whole;
  int64_t value = *whole;
  size_t decimals = 0;
  const auto places = static_cast<size_t>(currency.minor_digits());
  if (at != std::string_view::npos) {
    for (const char c : parts.body.substr(at + 1)) {
      if (!is_cell_digit(c)) return std::unexpected(CellProblem::Malformed);
      if (decimals == places) {
        if (c != '0') return std::unexpected(CellProblem::TooManyDecimals);
        continue;
      }
      if (value > std::numeric_limits<int64_t>::max() / 10 - 10)
        return std::unexpected(CellProblem::TooLarge);
      value = value * 10 + (c - '0');
      ++decimals;
    }
  }
  for (; decimals < places; ++decimals) {
    if (value > std::numeric_limits<int64_t>::max() / 10)
      return std::unexpected(CellProblem::TooLarge);
    value *= 10;
  }
  return parts.is_negative ? -value : value;
}

// Digits with the marks of either style in the plainest form, "223.760,00" or "500": no sign, no
// currency.
bool is_plain_amount(std::string_view cell) {
  return !cell.empty() && is_cell_digit(cell.front()) && is_cell_digit(cell.back()) &&
         std::ranges::all_of(cell, [](char c) { return is_cell_digit(c) || c == '.' || c == ','; });
}

AmountParts plain_parts(std::string_view cell) {
  AmountParts parts;
  parts.body = cell;
  for (const char c : cell) {
    if (is_cell_digit(c)) {
      if (parts.first_mark == 0) ++parts.digits_before;
      ++parts.digits_after;
    } else {
      if (parts.first_mark == 0) parts.first_mark = c;
      parts.last_mark = c;
      ++(c == '.' ? parts.points : parts.commas);
      parts.digits_after = 0;
    }
  }
  return parts;
}

// "10000000.0" and "10000000,00" without their end; other texts as they are.
std::string_view without_decimal_zero(std::string_view cell) {
  size_t end = cell.size();
  while (end > 0 && cell.size() - end < 2 && cell[end - 1] == '0') --end;
  if (end == cell.size() || end < 5 || (cell[end - 1] != '.' && cell[end - 1] != ',')) return cell;
  const auto whole = cell.substr(0, end - 1);
  return std::ranges::all_of(whole, is_cell_digit) ? whole : cell;
}

// What people and programs write before the number, of all countries: left in, the same person
// would be two.
constexpr std::string_view kDocumentTypes[] = {
    "C.C.", "CC",   "C.E.", "CE",  "NIT",  "T.I.", "TI",  "RUT",    "RUC",      "DNI",    "RFC",
    "CURP", "CUIT", "CUIL", "CPF", "CNPJ", "C.I.", "CI",  "CEDULA", "CÉDULA",   "CéDULA", "DPI",
    "CUI",  "DUI",  "RNC",  "RTN", "NIF",  "NIE",  "PPT", "PEP",    "PASAPORTE"};

constexpr CountryInfo kCountries[] = {
    {"AR", "ARG", "argentina", "", home_currency("AR"), ','},
    {"BO", "BOL", "bolivia", "", home_currency("BO"), ','},
    {"BR", "BRA", "brasil", "brazil", home_currency("BR"), ','},
    {"CL", "CHL", "chile", "", home_currency("CL"), ','},
    {"CO", "COL", "colombia", "", home_currency("CO"), ','},
    {"CR", "CRI", "costa rica", "", home_currency("CR"), ','},
    {"DO", "DOM", "republica dominicana", "dominican republic", home_currency("DO"), '.'},
    {"EC", "ECU", "ecuador", "equador", home_currency("EC"), ','},
    {"ES", "ESP", "espana", "spain", home_currency("ES"), ','},
    {"GT", "GTM", "guatemala", "", home_currency("GT"), '.'},
    {"HN", "HND", "honduras", "", home_currency("HN"), '.'},
    {"MX", "MEX", "mexico", "mejico", home_currency("MX"), '.'},
    {"NI", "NIC", "nicaragua", "", home_currency("NI"), '.'},
    {"PA", "PAN", "panama", "", home_currency("PA"), '.'},
    {"PE", "PER", "peru", "", home_currency("PE"), '.'},
    {"PR", "PRI", "puerto rico", "", home_currency("PR")},
    {"PY", "PRY", "paraguay", "paraguai", home_currency("PY"), ','},
    {"SV", "SLV", "el salvador", "salvador", home_currency("SV"), '.'},
    {"US", "USA", "estados unidos", "united states", home_currency("US")},
    {"UY", "URY", "uruguay", "uruguai", home_currency("UY"), ','},
};

}  // namespace

std::string_view cell_text(std::string_view raw) {
  raw = trimmed(raw);
  if (raw.size() >= 3 && raw.starts_with("=\"") && raw.back() == '"')
    raw = trimmed(raw.substr(2, raw.size() - 3));
  if (raw.size() >= 2 && raw[0] == '\'' &&
      (raw[1] == '=' || raw[1] == '+' || raw[1] == '-' || raw[1] == '@' || is_cell_digit(raw[1]))) {
    raw.remove_prefix(1);
  }
  return raw;
}

std::expected<int64_t, CellProblem> read_amount(std::string_view cell, Currency currency,
                                                char decimal_mark) {
  AmountParts parts;
  if (is_plain_amount(cell)) {
    parts = plain_parts(cell);
  } else {
    auto taken = amount_parts(cell);
    if (!taken) return std::unexpected(taken.error());
    parts = *taken;
  }
  const char certain = certain_mark(parts);
  if (decimal_mark == 0) {
    if (parts.last_mark != 0 && certain == 0) return std::unexpected(CellProblem::Ambiguous);
    return read_parts(parts, currency, certain == 0 ? '.' : certain);
  }
  if (certain != 0 && certain != decimal_mark) return std::unexpected(CellProblem::Malformed);
  // "1,250" where the comma is decimal: three decimals or a thousand written the other way round?
  if (certain == 0 && parts.last_mark == decimal_mark)
    return std::unexpected(CellProblem::Ambiguous);
  return read_parts(parts, currency, decimal_mark);
}

char decimal_mark_told_by(std::string_view cell, Currency currency) {
  const auto parts = amount_parts(cell_text(cell));
  if (!parts || parts->last_mark == 0) return 0;
  if (const char certain = certain_mark(*parts))
    return read_parts(*parts, currency, certain) ? certain : 0;
  // "45.990" cannot be 45 and 990 thousandths of a currency with fewer decimals: the point groups.
  const char other = parts->last_mark == '.' ? ',' : '.';
  return read_parts(*parts, currency, parts->last_mark) ? 0 : other;
}

std::expected<std::string, CellProblem> read_document(std::string_view cell) {
  if (cell.empty()) return std::unexpected(CellProblem::Empty);
  if (is_excel_error(cell)) return std::unexpected(CellProblem::ExcelError);
  if (is_scientific_number(cell)) return std::unexpected(CellProblem::Scientific);
  for (const auto type : kDocumentTypes) {
    if (is_cell_digit(cell.front())) break;
    if (cell.size() <= type.size()) continue;
    const bool same = std::equal(type.begin(), type.end(), cell.begin(), [](char a, char b) {
      return a == (b >= 'a' && b <= 'z' ? b - 32 : b);
    });
    const char next = cell[type.size()];
    if (!same || !(next == ' ' || next == ':' || next == '.' || next == '-')) continue;
    cell = trimmed(cell.substr(type.size() + 1));
    break;
  }
  // A number column written with a decimal: 10000000.0
  cell = without_decimal_zero(cell);
  std::string document;
  document.reserve(cell.size());
  for (size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == '.' || c == ',' || c == '\'') continue;
    if (is_cell_digit(c)) {
      document += c;
    } else if (const size_t blank = blank_length(cell.substr(i))) {
      i += blank - 1;
    } else {
      document += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
  }
  if (std::ranges::none_of(document, is_cell_digit)) return std::unexpected(CellProblem::Malformed);
  return document;
}

bool is_scientific_number(std::string_view cell) {
  size_t e = cell.find('E');
  if (e == std::string_view::npos) e = cell.find('e');
  if (e == std::string_view::npos || e == 0 || e + 1 >= cell.size() ||
      !is_cell_digit(cell.front() == '-' ? cell[1] : cell.front()))
    return false;
  if (cell.find_first_not_of("0123456789.,-") < e) return false;
  const auto power = cell.substr(e + 1);
  const bool has_sign = power.front() == '+' || power.front() == '-';
  // "12E5" may be a number somebody gave; Excel always writes the sign and two digits.
  return has_sign && power.size() >= 2 &&
         power.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_excel_error(std::string_view cell) {
  if (!cell.starts_with('#') || cell.size() < 3) return false;
  if (cell.find_first_not_of('#') == std::string_view::npos) return true;
  constexpr std::string_view kErrors[] = {"#N/A",     "#N/D",      "#VALUE!", "#¡VALOR!", "#VALOR!",
                                          "#REF!",    "#¡REF!",    "#DIV/0!", "#¡DIV/0!", "#NAME?",
                                          "#NOMBRE?", "#¿NOMBRE?", "#NOME?",  "#NUM!",    "#¡NUM!",
                                          "#NULL!",   "#¡NULO!",   "#NULO!"};
  return std::ranges::any_of(kErrors,
                             [&](std::string_view error) { return cell.starts_with(error); });
}

const CountryInfo* find_country(std::string_view text) {
  if (text.empty()) return nullptr;
  for (const auto& country : kCountries) {
    if (country.code == text) return &country;
  }
  const std::string folded = fold_text(text);
  for (const auto& country : kCountries) {
    if (folded == country.name || folded == country.name_other ||
        folded == fold_text(country.code) || folded == fold_text(country.alpha3)) {
      return &country;
    }
  }
  return nullptr;
}

}  // namespace puntual::portfolio
