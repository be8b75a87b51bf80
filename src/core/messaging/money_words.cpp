#include "core/messaging/money_words.h"

#include <algorithm>

#include "core/conversation/phrase.h"

namespace puntual::messaging {
namespace {

using conversation::Phrase;

constexpr size_t kAccountDigitsMin = 7;  // Shorter numbers are sums, dates and floors.

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// Of the digits that stand together, with points, dashes and single blanks between: "300 111 22
// 33". Each is its own.
std::vector<std::string> long_numbers(std::string_view text) {
  std::vector<std::string> found(1);
  char before = 0;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9', is_joint = c == ' ' || c == '-' || c == '.';
    if (is_digit)
      found.back() += c;
    else if ((!is_joint || before < '0' || before > '9') && !found.back().empty())
      found.emplace_back();
    before = c;
  }
  std::erase_if(found, [](const std::string& one) { return one.size() < kAccountDigitsMin; });
  return found;
}

bool names_foreign_account(std::string_view text, const Phrase& phrase, const MoneyKnown& known) {
  constexpr std::string_view kWhere =
      "nequi|daviplata|cuenta|clabe|cbu|cvu|alias|pix|chave|yape|plin|tarjeta|ahorros|corriente|"
      "conta|llave|zelle|paypal|bancolombia|bbva|banamex|davivienda|oxxo|mercadopago|consigne|"
      "consigna|consignar|deposite|deposita|depositar|transfiera|transfiere|transferir|transfira|"
      "deposito";
  bool is_of_paying = false, is_own = false;
  for (size_t at = 0; at < phrase.size(); ++at) {
    is_of_paying = is_of_paying || phrase.is(at, kWhere);
    is_own =
        is_own ||
        (phrase.is(at, "mi|minha|meu") && phrase.is(at + 1,
                                                    "nequi|daviplata|cuenta|clabe|yape|plin|pix|"
                                                    "conta|tarjeta|llave|chave|alias|paypal")) ||
        (phrase.is(at, "nequi|daviplata|cuenta|yape|plin|pix|conta") &&
         phrase.is(at + 1, "personal|propia|propio|pessoal|mia|mio"));
  }
  if (is_own) return true;
  const std::string theirs = digits_of(known.numbers);
  return is_of_paying && std::ranges::any_of(long_numbers(text), [&](const std::string& one) {
           return theirs.find(one) == std::string::npos;
         });
}

// "500.000", "500 mil", "1,250.50": of what is plainly money.
std::optional<int64_t> sum_at(const Phrase& phrase, size_t at, Currency currency) {
  if (!phrase.is_number(at)) return std::nullopt;
  const std::string_view text = phrase.at(at).text;
  const int64_t scale = phrase.is(at + 1, "mil|k|lucas|luca")                       ? 1000
                        : phrase.is(at + 1, "millon|millones|milhao|milhoes|palos") ? 1'000'000
                                                                                    : 1;
  const size_t mark = text.find_last_of(".,");
  const size_t after = mark == std::string_view::npos ? 0 : text.size() - mark - 1;
  const bool is_money =
      scale > 1 || after == 3 || phrase.is(at - 1, "$") || phrase.is_run_before(at, {"s", "/"}) ||
      phrase.is(at + 1,
                "pesos|soles|reais|guaranies|quetzales|colones|lempiras|bolivianos|dolares");
  if (!is_money) return std::nullopt;
  const std::string whole = digits_of(after == 1 || after == 2 ? text.substr(0, mark) : text);
  if (whole.empty() || whole.size() > 12) return std::nullopt;
  int64_t minor = std::stoll(whole) * scale * currency.minor_per_major();
  if (after == 2 && currency.minor_per_major() == 100)
    minor += std::stoll(digits_of(text.substr(mark)));
  return minor;
}

// "Debe", "su deuda", "su saldo" beside a sum that is none of theirs; or the wish for more than all
// of it.
bool names_wrong_sum(const Phrase& phrase, const MoneyKnown& known) {
  constexpr std::string_view kOwed =
      "debe|debes|debiendo|deuda|saldo|adeuda|adeudo|pendiente|deve|divida|total";
  constexpr std::string_view kDemand =
      "pague|paga|pagar|pagarnos|consigne|consigna|deposite|deposita|transfiera|transfiere|cancele|"
      "abone|abona|pagando";
  const int64_t most = known.sums_minor.empty() ? 0 : std::ranges::max(known.sums_minor);
  for (size_t at = 0; at < phrase.size(); ++at) {
    const auto sum = sum_at(phrase, at, known.currency);
    if (!sum || std::ranges::find(known.sums_minor, *sum) != known.sums_minor.end()) continue;
    const size_t begin = phrase.clause_begin(at);
    if (phrase.has(begin, at, kOwed)) return true;
    if (phrase.has(begin, at, kDemand) && *sum > most) return true;
  }
  return false;
}

}  // namespace

std::string money_refusals(std::string_view text, const MoneyKnown& known) {
  const Phrase phrase(text);
  std::string codes;
  if (names_foreign_account(text, phrase, known)) codes = kForeignAccount;
  if (names_wrong_sum(phrase, known))
    codes += (codes.empty() ? "" : " ") + std::string(kSumNotInBooks);
  return codes;
}

std::string_view explain_money_es(std::string_view code) {
  if (code == kForeignAccount)
    return "El texto pide pagar en una cuenta o un número que no es de la empresa: use el enlace "
           "de pago, o pida a un supervisor que lo envíe con su motivo.";
  if (code == kSumNotInBooks)
    return "El texto nombra una suma que no está en los libros de esta persona: revise su saldo, o "
           "pida a un supervisor que lo envíe con su motivo.";
  return {};
}

}  // namespace puntual::messaging
