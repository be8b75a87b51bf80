#include "base/locale.h"

#include <unicode/dtfmtsym.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "base/home_currency.h"

namespace puntual {
namespace {

// "es-CO" → "es_CO"; "es" → "es_419".
std::string icu_locale_of(std::string_view locale) {
  std::string name(locale);
  std::ranges::replace(name, '-', '_');
  if (name == "es" || name.empty()) return "es_419";
  return name;
}

// Brazil's money is written as Brazil writes it in the Spanish of no country, and of Brazil, of
// which ICU knows nothing ("BRL 750.00").
std::string money_locale_of(std::string_view locale, std::string_view currency) {
  std::string name = icu_locale_of(locale);
  return currency == "BRL" && (name == "es_419" || name == "es_BR") ? "pt_BR" : name;
}

std::string_view language_of(std::string_view locale) {
  return locale.substr(0, locale.find_first_of("_-"));
}

// ICU separates with U+00A0 and U+202F (narrow).
std::string plain_blanks(const icu::UnicodeString& text) {
  icu::UnicodeString plain(text);
  for (int32_t i = 0; i < plain.length(); ++i) {
    if (plain[i] == 0x00A0 || plain[i] == 0x202F) plain.setCharAt(i, ' ');
  }
  std::string utf8;
  plain.toUTF8String(utf8);
  return utf8;
}

bool is_own(std::string_view currency, std::string_view locale) {
  const size_t mark = locale.find('_');
  if (mark == std::string_view::npos) return false;
  return std::ranges::any_of(kHomeCurrencies, [&](const HomeCurrency& own) {
    return own.country == locale.substr(mark + 1) && own.currency == currency;
  });
}

using MoneyFormatter = icu::number::LocalizedNumberFormatter;

MoneyFormatter make_formatter(const std::string& locale, std::string_view currency, int decimals,
                              UNumberUnitWidth width) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string code(currency);
  return icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()))
      .unit(icu::CurrencyUnit(code.c_str(), status))
      .unitWidth(width)
      .precision(icu::number::Precision::fixedFraction(decimals));
}

std::string format_with(const MoneyFormatter& formatter, const std::string& decimal) {
  UErrorCode status = U_ZERO_ERROR;
  const auto text =
      formatter.formatDecimal({decimal.data(), static_cast<int32_t>(decimal.size())}, status)
          .toString(status);
  return U_SUCCESS(status) ? plain_blanks(text) : std::string();
}

struct FormatterKey {
  std::string locale;
  Currency currency;
  int decimals = 0;
  bool operator==(const FormatterKey&) const = default;
};

// A bare '$' is what this locale writes for its own money; for another's it would be read as such.
UNumberUnitWidth width_for(const FormatterKey& key) {
  if (is_own(key.currency.code(), key.locale)) return UNUM_UNIT_WIDTH_SHORT;
  const auto sample =
      format_with(make_formatter(key.locale, key.currency.code(), 0, UNUM_UNIT_WIDTH_SHORT), "1");
  return sample.starts_with('$') || sample.ends_with('$') ? UNUM_UNIT_WIDTH_ISO_CODE
                                                          : UNUM_UNIT_WIDTH_SHORT;
}

const MoneyFormatter& money_formatter(FormatterKey key) {
  thread_local std::vector<std::pair<FormatterKey, std::unique_ptr<MoneyFormatter>>> kept;
  for (const auto& [known, formatter] : kept) {
    if (known == key) return *formatter;
  }
  auto made = std::make_unique<MoneyFormatter>(
      make_formatter(key.locale, key.currency.code(), key.decimals, width_for(key)));
  return *kept.emplace_back(std::move(key), std::move(made)).second;
}

enum class DateShape { Long, Weekday, Short };

const char16_t* pattern_of(DateShape shape, std::string_view locale) {
  const auto language = language_of(locale);
  if (shape == DateShape::Short) {
    if (locale == "es_CL") return u"dd-MM-yyyy";
    return locale == "en_US" || locale == "en" ? u"MM/dd/yyyy" : u"dd/MM/yyyy";
  }
  if (language == "en") return shape == DateShape::Long ? u"MMMM d, y" : u"EEEE, MMMM d";
  if (language == "pt")
    return shape == DateShape::Long ? u"d 'de' MMMM 'de' y" : u"EEEE, d 'de' MMMM";
  return shape == DateShape::Long ? u"d 'de' MMMM 'de' y" : u"EEEE d 'de' MMMM";
}

std::string format_in_shape(CivilDate date, DateShape shape, std::string_view locale) {
  // The messages of a morning name the same few dates.
  struct Kept {
    std::unique_ptr<icu::SimpleDateFormat> format;
    std::map<int32_t, std::string> texts;
  };
  constexpr size_t kTextsMax = 64;
  thread_local std::map<std::pair<std::string, DateShape>, Kept> kept;
  std::string name = icu_locale_of(locale);
  auto& [format, texts] = kept[{name, shape}];
  if (const auto known = texts.find(date.days); known != texts.end()) return known->second;
  if (format == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    format = std::make_unique<icu::SimpleDateFormat>(icu::UnicodeString(pattern_of(shape, name)),
                                                     icu::Locale(name.c_str()), status);
    PUNTUAL_CHECK(U_SUCCESS(status));
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  }
  icu::UnicodeString text;
  format->format(static_cast<UDate>(date.days) * static_cast<double>(kDayMs), text);
  if (texts.size() == kTextsMax) texts.clear();
  return texts[date.days] = plain_blanks(text);
}

}  // namespace

std::string format_money(Money money, std::string_view locale) {
  // One invoice alone is named as itself, as the sum, and in the detail.
  struct Last {
    Money money;
    std::string locale, text;
  };
  thread_local Last last;
  if (!last.text.empty() && last.money == money && last.locale == locale) return last.text;
  const int64_t scale = money.currency.minor_per_major();
  const bool is_whole = money.minor % scale == 0;
  const bool hides_zeros = money.currency.code() == "COP" && is_whole;
  last = {
      money, std::string(locale),
      format_with(money_formatter({money_locale_of(locale, money.currency.code()), money.currency,
                                   hides_zeros ? 0 : money.currency.minor_digits()}),
                  format_decimal(money))};
  return last.text;
}

std::string format_money_at_home(Money money) {
  const auto is_of = [&](const HomeCurrency& own) { return own.currency == money.currency.code(); };
  const auto home = std::ranges::find_if(kHomeCurrencies, is_of);
  if (std::ranges::count_if(kHomeCurrencies, is_of) != 1) return format_money(money, "es");
  return format_money(money,
                      fmt::format("{}_{}", home->country == "BR" ? "pt" : "es", home->country));
}

std::string format_long_date(CivilDate date, std::string_view locale) {
  return format_in_shape(date, DateShape::Long, locale);
}

std::string format_weekday_date(CivilDate date, std::string_view locale) {
  return format_in_shape(date, DateShape::Weekday, locale);
}

std::string format_short_date(CivilDate date, std::string_view locale) {
  return format_in_shape(date, DateShape::Short, locale);
}

std::string join_list(std::span<const std::string> items, std::string_view locale) {
  if (items.size() == 1) return items.front();  // One invoice, as most people have.
  thread_local std::map<std::string, std::unique_ptr<icu::ListFormatter>> kept;
  UErrorCode status = U_ZERO_ERROR;
  const std::string name = icu_locale_of(locale);
  auto& formatter = kept[name];
  if (formatter == nullptr)
    formatter.reset(icu::ListFormatter::createInstance(icu::Locale(name.c_str()), status));
  PUNTUAL_CHECK(U_SUCCESS(status) && formatter != nullptr);
  std::vector<icu::UnicodeString> texts;
  for (const auto& item : items) texts.push_back(icu::UnicodeString::fromUTF8(item));
  icu::UnicodeString joined;
  formatter->format(texts.data(), static_cast<int32_t>(texts.size()), joined, status);
  std::string utf8;
  return joined.toUTF8String(utf8);
}

}  // namespace puntual
