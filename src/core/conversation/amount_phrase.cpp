#include "core/conversation/amount_phrase.h"

#include <algorithm>
#include <string>

#include "base/money.h"

namespace puntual::conversation {
namespace {

constexpr std::string_view kInstalmentWords =
    "cuota|cuotas|cuotitas|couta|coutas|cotas|parte|partes|pagos|armadas|vezes|vez|veces|parcela|"
    "parcelas|mensualidades|contados|abonos|partecitas|pagitos|prestaciones|tandas|parcelinhas|x";
constexpr std::string_view kOwedWords =
    "debo|deuda|devo|divida|cobran|cobrando|cobraron|cobrar|cobran|gano|ganho|sueldo|salario|salgo|"
    "arriendo|cuesta|costo|vale|multa|saldo|debia|factura|fatura|recibo|llego|figura|aparece|sale|"
    "dice|prestaron|"
    "interes|intereses|juros|mora|prestan|quedo|debiendo|total|adeudo|reclaman|recargo|descontaron|"
    "subieron|subio";

// A number with thousandths of a unit, so that "1.5 millones" is exact.
struct Sum {
  int64_t thousandths = 0;
  size_t end = 0;
  bool has_scale = false, has_unit = false;
  bool is_foreign = false;  // Of another currency.
  [[nodiscard]] bool is_marked() const { return has_scale || has_unit; }
};

class AmountReader {
 public:
  AmountReader(const Phrase& phrase, const AmountContext& context, Currency currency)
      : phrase_(phrase), context_(context), currency_(currency) {}

  [[nodiscard]] std::optional<int64_t> read() const {
    for (size_t at = 0; at < phrase_.size();) {
      size_t end = at + 1;
      if (const auto share = share_at(at, end)) return *share;
      auto sum = sum_at(at);
      if (sum && counts(at, *sum)) {
        // "100 o 150 mil": the smaller.
        const size_t other =
            phrase_.is(sum->end, "o|ou|a|y") && !phrase_.is(sum->end, "y") ? sum->end + 1 : 0;
        const auto second = other > 0 ? sum_at(other) : std::nullopt;
        if (second && (second->is_marked() || sum->is_marked())) {
          if (!sum->has_scale && second->has_scale)
            sum->thousandths *= second->thousandths >= 1'000'000'000 ? 1'000'000 : 1000;
          sum->has_scale = sum->has_scale || second->has_scale;
          sum->thousandths = std::min(sum->thousandths, second->thousandths);
        }
        return minor_of(*sum);
      }
      at = sum ? std::max(sum->end, end) : end;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool reads_odd() const {
    for (size_t at = 0; at < phrase_.size(); ++at) {
      if (const size_t end = blank_groups_end(at); end > at + 1) {
        at = end - 1;
        continue;
      }
      if (!is_odd(at)) continue;
      bool is_foreign = false;
      const bool has_unit = unit_end(at + 1, is_foreign) > 0 || (at > 0 && phrase_.is(at - 1, "$"));
      if (has_unit ||
          ((context_.was_asked || pays_near(at)) &&
           !phrase_.is_run_before(
               at, {"factura|numero|cuenta|telefono|celular|referencia|cedula|contrato"})))
        return true;
    }
    return false;
  }

 private:
  [[nodiscard]] bool is_odd(size_t at) const {
    if (phrase_.is(at, "cero|zero")) return !phrase_.is(at + 1, "%|interes|intereses");
    if (!phrase_.is_number(at)) return false;
    const std::string& text = phrase_.at(at).text;
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    const bool is_nothing = std::ranges::none_of(text, [](char c) { return c >= '1' && c <= '9'; });
    const bool is_below = at > 0 && phrase_.is(at - 1, "-") && phrase_.at(at).is_glued &&
                          !phrase_.at(at - 1).is_glued;
    return digits > 12 ||
           (is_nothing && !phrase_.is(at + 1, "/|-|:|%") && !phrase_.is(at - 1, "/|-|:")) ||
           is_below;
  }

  const Phrase& phrase_;
  const AmountContext& context_;
  Currency currency_;

  [[nodiscard]] bool has_small_unit() const {  // People leave out the thousands.
    return currency_.code() == "COP" || currency_.code() == "CLP" || currency_.code() == "PYG" ||
           currency_.code() == "ARS";
  }
  [[nodiscard]] bool is_one_of(std::string_view first, std::string_view second,
                               std::string_view third = {}) const {
    return currency_.code() == first || currency_.code() == second || currency_.code() == third;
  }

  // Digits with separators by their shape: before exactly three digits they group, before one or
  // two at the end they are the decimal mark; before "mil" and "millones" always that.
  [[nodiscard]] static std::optional<int64_t> thousandths_of(std::string_view text,
                                                             bool before_scale) {
    std::string whole, fraction;
    const size_t last = text.find_last_of(".,'");
    const size_t marks = static_cast<size_t>(
        std::ranges::count_if(text, [](char c) { return c == '.' || c == ',' || c == '\''; }));
    const size_t after = last == std::string_view::npos ? 0 : text.size() - last - 1;
    const bool is_decimal = last != std::string_view::npos && text[last] != '\'' &&
                            (after <= 2 || (before_scale && marks == 1));
    if (last != std::string_view::npos && !is_decimal && after != 3) return std::nullopt;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') continue;
      (is_decimal && i > last ? fraction : whole) += text[i];
    }
    if (whole.empty() || whole.size() > 12 || fraction.size() > 3) return std::nullopt;
    fraction.resize(3, '0');
    return std::stoll(whole) * 1000 + std::stoll(fraction);
  }

  [[nodiscard]] int64_t scale_at(size_t at) const {
    if (phrase_.is(at, "mil|miles|k|mill")) return 1000;
    if (phrase_.is(at,
                   "millon|millones|millions|milhao|milhoes|mi|melon|melones|millo|millone|m") &&
        !phrase_.is(at, "mi|m"))
      return 1'000'000;
    if (phrase_.is(at, "luca|lucas|luka|lukas|luquitas"))
      return is_one_of("COP", "CLP", "ARS") ? 1000 : currency_.code() == "PEN" ? 1 : 0;
    if (phrase_.is(at, "palo|palos")) return is_one_of("COP", "CLP", "ARS") ? 1'000'000 : 0;
    return 0;
  }

  // The place after a unit, 0 if there is none; `is_foreign` where it is not the debt's own.
  [[nodiscard]] size_t unit_end(size_t at, bool& is_foreign) const {
    const auto theirs = [&](bool is_theirs) {
      is_foreign = !is_theirs;
      return at + 1;
    };
    if (phrase_.is(at, "de") && phrase_.is(at + 1, "pesos|soles|reais|guaranies|bolivianos")) ++at;
    if (phrase_.is(at, "peso|pesos|pesitos|varo|varos|morlacos|baros|peyos"))
      return theirs(!is_one_of("PEN", "BRL", "USD") && !is_one_of("PYG", "GTQ", "BOB") &&
                    !is_one_of("EUR", "CRC"));
    if (phrase_.is(at, "sol|soles|solcitos")) return theirs(currency_.code() == "PEN");
    if (phrase_.is(at, "real|reais|conto|contos|pila|pilas|reaes"))
      return theirs(currency_.code() == "BRL");
    if (phrase_.is(at, "dolar|dolares|dolars|usd|dls|verdes"))
      return theirs(currency_.code() == "USD");
    if (phrase_.is(at, "euro|euros|eur")) return theirs(currency_.code() == "EUR");
    if (phrase_.is(at, "quetzal|quetzales|quetzalitos")) return theirs(currency_.code() == "GTQ");
    if (phrase_.is(at, "guarani|guaranies|gs")) return theirs(currency_.code() == "PYG");
    if (phrase_.is(at, "boliviano|bolivianos|bs")) return theirs(is_one_of("BOB", "VES"));
    if (phrase_.is(at, "colones|colon|rojos")) return theirs(currency_.code() == "CRC");
    if (phrase_.is(at, "lempiras|lempira|lps")) return theirs(currency_.code() == "HNL");
    if (phrase_.is(at, "cordoba|cordobas|cs")) return theirs(currency_.code() == "NIO");
    if (phrase_.is(at, "cop|mxn|ars|clp|pen|brl|pyg|uyu|crc|hnl|gtq|bob|dop|nio")) {
      std::string code = phrase_.at(at).text;
      std::ranges::transform(code, code.begin(),
                             [](char c) { return static_cast<char>(c - 'a' + 'A'); });
      return theirs(code == currency_.code());
    }
    if (phrase_.is(at, "$")) return theirs(true);
    return 0;
  }

  [[nodiscard]] std::optional<Sum> sum_at(size_t at) const {
    Sum sum;
    // A word in the middle of a number is not its beginning.
    if (at > 0 && phrase_.is_number(at) && phrase_.is(at - 1, "/|-|:") && phrase_.at(at).is_glued &&
        !phrase_.is(at - 2, "s"))
      return std::nullopt;
    if (phrase_.is(at, "medio|meio")) {
      const int64_t scale = scale_at(at + 1);
      if (scale < 1'000'000) return std::nullopt;
      sum = {scale * 500, at + 2, true};
    } else if (const int64_t bare = scale_at(at); bare > 1 && !phrase_.is(at, "k|m|mi")) {
      // "Millón y medio", "mil quinientos", "palo y medio".
      sum = {bare * 1000, at + 1, true};
    } else {
      std::optional<int64_t> value;
      size_t end = at + 1;
      const auto words = phrase_.is_word(at) ? count_at(phrase_, at) : std::nullopt;
      if (words) {
        value = words->value * 1000;
        end = words->end;
      } else if (phrase_.is_number(at)) {
        end = blank_groups_end(at);
        std::string digits;
        for (size_t group = at; group < end; ++group) digits += phrase_.at(group).text;
        value = thousandths_of(digits, scale_at(end) >= 1000);
      }
      if (!value) return std::nullopt;
      sum = {*value, end};
      if (const int64_t scale = scale_at(end); scale > 0 && sum.thousandths < 1'000'000'000'000) {
        sum.thousandths *= scale;
        sum.end = end + 1;
        sum.has_scale = true;
        if (scale == 1000 && scale_at(end + 1) == 1'000'000) return std::nullopt;
      }
      // "Un" alone is no sum, "un peso" is one.
      bool is_foreign = false;
      if (words && !sum.has_scale && phrase_.is(at, "un|uno|una|um|uma|once") &&
          unit_end(end, is_foreign) == 0)
        return std::nullopt;
    }
    add_rest(sum);
    read_units(at, sum);
    return sum;
  }

  // "Millón doscientos", "un millón y medio", "dos mil quinientos", "1 millón 200 mil".
  void add_rest(Sum& sum) const {
    if (!sum.has_scale) return;
    const bool is_million = sum.thousandths >= 1'000'000'000;
    if (phrase_.is(sum.end, "y|e|con") && phrase_.is(sum.end + 1, "medio|meio|media")) {
      sum.thousandths += is_million ? 500'000'000 : 500'000;
      sum.end += 2;
      return;
    }
    const size_t next = phrase_.is(sum.end, "y|e|con") ? sum.end + 1 : sum.end;
    const auto rest = count_at(phrase_, next);
    if (!rest || rest->value <= 0 || rest->value >= 1000) return;
    const bool has_thousands = scale_at(rest->end) == 1000;
    if (!rest->in_words && !has_thousands && !is_million) return;
    if (phrase_.is(rest->end, kInstalmentWords) || phrase_.is(rest->end, "dias|semanas|meses"))
      return;
    // "Millón doscientos" are thousands though nobody says so.
    const bool are_thousands = has_thousands || (is_million && rest->value >= 100);
    if (is_million && !are_thousands) return;
    sum.thousandths += rest->value * (are_thousands ? 1'000'000 : 1000);
    sum.end = rest->end + (has_thousands ? 1 : 0);
  }

  void read_units(size_t at, Sum& sum) const {
    bool is_foreign = false;
    if (const size_t end = unit_end(sum.end, is_foreign); end > 0) {
      sum.end = end;
      sum.has_unit = true;
      sum.is_foreign = is_foreign;
    }
    if (at == 0) return;
    if (phrase_.is(at - 1, "$")) {
      sum.has_unit = true;
      if (phrase_.is(at - 2, "r")) sum.is_foreign = sum.is_foreign || currency_.code() != "BRL";
      if (phrase_.is(at - 2, "us|u")) sum.is_foreign = sum.is_foreign || currency_.code() != "USD";
    } else if (phrase_.is_run_before(at, {"s", "/"}) ||
               phrase_.is_run_before(at, {"s", "/", "."})) {
      sum.has_unit = true;
      sum.is_foreign = sum.is_foreign || currency_.code() != "PEN";
    } else if (is_marked_before(at, is_foreign)) {
      sum.has_unit = true;
      sum.is_foreign = sum.is_foreign || is_foreign;
    }
  }

  // "Lps. 1,200", "Bs 1.200", "Q1,200", "B/. 120". A single letter is a unit only where the debt is
  // in it: elsewhere "q" is "que".
  [[nodiscard]] bool is_marked_before(size_t at, bool& is_foreign) const {
    is_foreign = false;
    if (is_one_of("USD", "PAB") &&
        (phrase_.is_run_before(at, {"b", "/"}) || phrase_.is_run_before(at, {"b", "/", "."})))
      return true;
    const size_t unit = phrase_.is(at - 1, ".") ? at - 2 : at - 1;
    if (unit >= at || !phrase_.is_word(unit)) return false;
    if ((phrase_.is(unit, "q") && currency_.code() == "GTQ") ||
        (phrase_.is(unit, "l") && currency_.code() == "HNL"))
      return true;
    return !phrase_.is(unit, "peso|pesos|sol|soles|real|reais|conto|contos") &&
           unit_end(unit, is_foreign) > 0;
  }

  // "12 000": three digits after a blank go on with the number, where something says that it is
  // money.
  [[nodiscard]] size_t blank_groups_end(size_t at) const {
    const auto digits = [&](size_t place) {
      return phrase_.is_number(place) ? phrase_.at(place).text.find_first_of(".,'") : 0;
    };
    const auto is_group = [&](size_t place) {
      const std::string& text = phrase_.at(place).text;
      return phrase_.is_number(place) && !phrase_.at(place).is_glued &&
             (text.size() == 3 || digits(place) == 3);
    };
    size_t end = at + 1;
    if (digits(at) != std::string::npos || phrase_.at(at).text.size() > 3) return end;
    // Only the last has decimals: "12 500,00".
    while (is_group(end) && digits(end - 1) == std::string::npos) ++end;
    bool is_foreign = false;
    const bool is_money =
        end > at + 1 && (unit_end(end, is_foreign) > 0 ||
                         (at > 0 && (phrase_.is(at - 1, "$") || is_marked_before(at, is_foreign))));
    return is_money ? end : at + 1;
  }

  [[nodiscard]] bool pays_near(size_t at) const {
    const size_t begin = std::max(phrase_.clause_begin(at), at > 4 ? at - 4 : 0);
    return phrase_.has(begin, at, kPaysWords);
  }

  // Of this clause: refused, owed, earned?
  [[nodiscard]] bool is_of_something_else(size_t at) const {
    const size_t begin = phrase_.clause_begin(at);
    size_t pays = 0, owes = 0;
    for (size_t word = begin; word < at; ++word) {
      if (phrase_.is_refusal(word) && !phrase_.has(word, at, "sino|solo|nomas|mas|so")) return true;
      if (phrase_.is(word, kPaysWords)) pays = word + 1;
      if (phrase_.is(word, kOwedWords)) owes = word + 1;
    }
    return owes > pays;
  }

  [[nodiscard]] bool counts(size_t at, const Sum& sum) const {
    const size_t end = sum.end;
    if (!sum.has_unit && phrase_.is(end, kInstalmentWords)) return false;
    if (phrase_.is(end,
                   "dia|dias|semana|semanas|mes|meses|hora|horas|hrs|hs|h|am|pm|ano|anos|hijo|"
                   "hijos|ninos|filhos|megas|mb|gb|mega|personas|meninos|veces|vez|minutos|min|%|"
                   "nenes|facturas|boletas|recibos"))
      return false;
    if (phrase_.is(end, "/|-|:") && phrase_.at(end).is_glued && phrase_.is_number(end + 1) &&
        phrase_.at(end + 1).is_glued)
      return false;
    if (phrase_.is_run(end, {"por", "ciento|cento|cien"})) return false;
    const bool is_number_of = phrase_.is_run_before(
        at, {"factura|recibo|numero|nro|no|num|casa|apto|apartamento|calle|carrera|telefono|cel|"
             "celular|cedula|cuenta|conta|contrato|pedido|ref|referencia|local|piso|terminada|"
             "terminado|termina|folio|"
             "operacion|pin|codigo|guia|ticket|boleta|fatura|n|depto|torre|lote|#|orden|las|as"});
    if (!sum.is_marked() && (is_number_of || phrase_.is_run_before(at, {"dia|el|los|entre|hasta"})))
      return false;
    if (is_number_of && !sum.has_unit) return false;
    if (is_of_something_else(at)) return false;
    if (!sum.is_marked()) {
      const bool is_said = (context_.was_asked || pays_near(at)) &&
                           (!has_small_unit() || sum.thousandths >= 1'000'000);
      const bool is_date =
          phrase_.is(end, "de|del") && !phrase_.is(end + 1, "una|un|entrada|cuota|inicial|abono");
      return is_said && !is_date && sum.thousandths <= 99'999'999'000;
    }
    return true;
  }

  // Half, a third, 30 %, all of it. `end`: the place after it.
  [[nodiscard]] std::optional<std::optional<int64_t>> share_at(size_t at, size_t& end) const {
    int64_t per = 0, of = 1;
    if (phrase_.is(at, "mitad|metade|mita|mitá") && !phrase_.is_run_before(at, {"otra|outra"})) {
      per = 1, of = 2;
    } else if (phrase_.is_run(at, {"un|um", "tercio|terco"})) {
      per = 1, of = 3;
    } else if (phrase_.is_run(at, {"tercera|terca", "parte"})) {
      per = 1, of = 3;
    } else if (phrase_.is_run(at, {"cuarta|quarta", "parte"})) {
      per = 1, of = 4;
    } else if (const auto count = count_at(phrase_, at);
               count && (phrase_.is(count->end, "%") ||
                         phrase_.is_run(count->end, {"por", "ciento|cento|cien"}))) {
      end = count->end + 1;
      const size_t begin = phrase_.clause_begin(at), stop = phrase_.clause_end(at);
      const bool is_discount =
          phrase_.has(begin, stop,
                      "descuento|desconto|rebaja|quita|condon*|perdon*|interes|intereses|juros|"
                      "recargo|multa|descuentan|quitan|bajan|menos|rebajan");
      if (is_discount || count->value > 100 || count->value < 1) return std::nullopt;
      per = count->value, of = 100;
    } else if (phrase_.is(at, "todo|tudo|total|completo|completa|todito|toda") &&
               is_everything(at)) {
      per = 1;
    } else {
      return std::nullopt;
    }
    if (is_of_something_else(at) && !phrase_.is(at, "total")) return std::nullopt;
    if (!context_.balance_minor) return std::optional<int64_t>();
    return std::optional(*context_.balance_minor * per / of);
  }

  // "Pago todo", "cancelo el total"; not "gracias por todo", "todo el día", "todo bien".
  [[nodiscard]] bool is_everything(size_t at) const {
    if (phrase_.is(at + 1, "bien|bem|el|los|las|mes|dia|esto|eso|bom|mundo|este|o") &&
        !phrase_.is_run(at + 1, {"el|o", "saldo|monto|valor|total|pago|dinero"}) &&
        !phrase_.is_run(at + 1, {"el|los|este|esta"}))
      return false;
    if (phrase_.is_run(at + 1, {"el|la|los|las|o|este|esta",
                                "dia|mes|semana|ano|tiempo|tempo|mundo|manana|tarde"}))
      return false;
    if (phrase_.is_run_before(at, {"por|de|sobre|ante|con|en|com|del"})) return false;
    if (context_.was_asked) return true;
    const size_t begin = phrase_.clause_begin(at);
    return phrase_.has(begin, at, kPaysWords) ||
           phrase_.has(at + 1, std::min(at + 4, phrase_.clause_end(at)), kPaysWords);
  }

  [[nodiscard]] std::optional<int64_t> minor_of(const Sum& sum) const {
    if (sum.is_foreign) return std::nullopt;
    const int64_t per_major = currency_.minor_per_major();
    if (sum.thousandths <= 0 || sum.thousandths > INT64_MAX / 1000) return std::nullopt;
    // A fraction that the currency does not have: misread rather than meant.
    if (sum.thousandths * per_major % 1000 != 0) return std::nullopt;
    return sum.thousandths * per_major / 1000;
  }
};

}  // namespace

std::optional<int64_t> amount_in(const Phrase& phrase, const AmountContext& context) {
  const auto currency = Currency::parse(context.currency);
  return currency ? AmountReader(phrase, context, *currency).read() : std::nullopt;
}

bool names_odd_amount(const Phrase& phrase, const AmountContext& context) {
  const auto currency = Currency::parse(context.currency);
  return currency && AmountReader(phrase, context, *currency).reads_odd();
}

bool names_a_part(const Phrase& phrase) {
  constexpr std::string_view kPart =
      "parte|partecita|pedazo|algo|alguito|abono|abonito|abonar|abonarle|abonando|resto|restante|"
      "solo|solamente|pouco|poquito|apenas";
  constexpr std::string_view kMonths =
      "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
      "diciembre|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro";
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, kPart)) return true;
    // "Le pago octubre", "lo de octubre", "la cuota de octubre": an invoice, and not a day.
    if (!phrase.is(at, kMonths) || phrase.is_number(at + 1)) continue;
    if (at > 0 && phrase.is(at - 1, kPaysWords)) return true;
    if (phrase.is_run_before(
            at, {"lo|la|el|cuota|factura|recibo|pension|mensualidad|mes|parcela|fatura", "de"}))
      return true;
  }
  return false;
}

std::optional<int32_t> instalments_in(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, "mitad|metade") && phrase.has(at + 1, phrase.size(), "otra|outra") &&
        phrase.has(at + 2, phrase.size(), "mitad|metade"))
      return 2;
    const auto count = count_at(phrase, at);
    if (!count || count->value < 1 || count->value > 120) continue;
    const bool in_months = phrase.is(count->end, "mes|meses") &&
                           phrase.is_run_before(at, {"a|en|em"}) &&
                           (count->value >= 2 || phrase.is_run_before(at, {"a"}));
    const bool is_written_x = phrase.is(count->end, "x") && phrase.at(count->end).is_glued;
    const bool are_parts =
        phrase.is(count->end, kInstalmentWords) && !phrase.is(count->end, "x|vez|parte");
    if (!in_months && !is_written_x && !are_parts &&
        !(count->value == 1 && phrase.is(count->end, "cuota|pago") &&
          phrase.is_run_before(at, {"en"})))
      continue;
    if (phrase.is_run_before(at, {"otras|outras|ultimas|primeras|las|los|esas|as"})) continue;
    // Already paid, or still owed.
    const size_t begin = phrase.clause_begin(at);
    const bool is_of_the_debt =
        phrase.has(
            begin, at,
            "debo|faltan|falta|devo|faltam|deben|debemos|atrasad*|quedan|restan|llevo|van") ||
        phrase.has(begin, at, "pague|paguei|pagado|cancele|pagamos|deposite|cancelado|abone") ||
        phrase.is(count->end + 1, "atrasad*|vencid*|pendiente*|pagad*|pagas");
    const bool is_often = phrase.is(count->end, "veces|vezes") &&
                          phrase.has(begin, at, "llam*|escrib*|dije|dicho|ya|ja|mand*|lig*");
    if (!is_of_the_debt && !is_often) return static_cast<int32_t>(count->value);
  }
  return std::nullopt;
}

}  // namespace puntual::conversation
