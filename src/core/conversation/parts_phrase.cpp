#include "core/conversation/parts_phrase.h"

#include <algorithm>
#include <string>

#include "base/money.h"
#include "base/text.h"
#include "core/agreements/offer.h"
#include "core/conversation/amount_phrase.h"
#include "core/conversation/date_phrase.h"
#include "core/conversation/phrase.h"

namespace puntual {

bool SaidParts::is_complete() const {
  return parts.size() >= 2 && std::ranges::all_of(parts, [&](const SaidPart& one) {
           return one.amount_minor || (one.is_rest && &one == &parts.back());
         });
}

namespace conversation {
namespace {

bool names_the_rest(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, "resto|restante|faltante|diferencia|diferenca") ||
        phrase.is_run(at, {"lo|o|los", "demas"}) ||
        phrase.is_run(at, {"lo|o", "que|q", "falta*|queda*|resta|sobra|reste"}) ||
        phrase.is_run(at, {"otra|outra", "mitad|metade|parte"}) ||
        phrase.is_run(at, {"lo|o", "otro|outro"}))
      return true;
  }
  return false;
}

// A bare number is a sum where it is no day of the month: "100 el viernes".
bool is_bare_sum(const Phrase& phrase, size_t at) {
  const auto count = phrase.is_word(at) ? count_at(phrase, at) : std::nullopt;
  return (phrase.is_number(at) || (count && count->value >= 20)) &&
         !phrase.is_run_before(
             at, {"el|dia|los|o|ate|para|pal|al|de|lunes|martes|miercoles|jueves|viernes|sabado|"
                  "domingo|segunda|terca|quarta|quinta|sexta|feira|hasta|las|as"}) &&
         !phrase.is(count ? count->end : at + 1,
                    "de|del|/|-|dia*|semana*|am|pm|%|cuota*|parte*|pagos");
}

// "El otro viernes" is the one after the Friday that was just named, "el otro mes" the same day a
// month later: a guess, to be asked.
struct LaterDay {
  CivilDate day;
  bool is_guess = false;
};
std::optional<LaterDay> later_day(std::string_view clause, const Phrase& phrase, CivilDate before,
                                  const PartsContext& context) {
  constexpr std::string_view kOther = "otro|otra|outro|outra|siguiente|proximo|seguinte";
  for (size_t at = 0; at < phrase.size(); ++at) {
    const bool is_next_month = (phrase.is(at, kOther) && phrase.is(at + 1, "mes")) ||
                               phrase.is_run(at, {"mes", "que|q", "viene|vem|entra|sigue"}) ||
                               phrase.is_run(at, {"mes", "entrante|siguiente|proximo|seguinte"});
    if (is_next_month) return LaterDay{agreements::months_later(before, 1), true};
    if (!phrase.is(at, kOther)) continue;
    std::string plain(clause);
    const auto& word = phrase.at(at).text;
    plain.erase(plain.find(word), word.size());
    const auto day = date_in(
        Phrase(plain),
        {.today = before, .is_portuguese = context.is_portuguese, .country = context.country});
    return day && *day > before ? std::optional(LaterDay{*day}) : std::nullopt;
  }
  return std::nullopt;
}

bool says_how_much(const Phrase& phrase, std::optional<int64_t> amount) {
  if (amount || names_a_part(phrase)) return true;
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, "mitad|metade") || is_bare_sum(phrase, at)) return true;
  }
  return false;
}

// "La mitad ahora": of the first part that is today, as near as anybody can say; to be asked.
bool is_now(const Phrase& phrase) {
  const bool is_refused = phrase.has(0, phrase.size(), "no|nao|sin|sem");
  return !is_refused && phrase.has(0, phrase.size(), "ahora|ahorita|orita|agora|ya") &&
         !phrase.is_run(0, {"ahora|agora", "que"});
}

// Between "y", commas and line feeds.
std::vector<std::string_view> said_clauses(std::string_view text) {
  std::vector<std::string_view> clauses;
  while (!text.empty()) {
    size_t end = text.size(), next = text.size();
    for (const std::string_view mark : {" y ", " e ", ", ", "; ", ". ", "\n"}) {
      if (const size_t at = text.find(mark); at < end) end = at, next = at + mark.size();
    }
    clauses.push_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  return clauses;
}

}  // namespace

std::optional<int64_t> bare_sum(const Phrase& phrase, const PartsContext& context) {
  const bool has_small_unit = context.currency == "COP" || context.currency == "CLP" ||
                              context.currency == "PYG" || context.currency == "ARS";
  const auto currency = Currency::parse(context.currency);
  if (!currency || !context.balance_minor) return std::nullopt;
  for (size_t at = 0; at < phrase.size(); ++at) {
    const auto count = is_bare_sum(phrase, at) ? count_at(phrase, at) : std::nullopt;
    if (!count || count->value < 1 || count->value > 999) continue;
    const int64_t minor = count->value * (has_small_unit ? 1000 : 1) * currency->minor_per_major();
    return minor <= *context.balance_minor ? std::optional(minor) : std::nullopt;
  }
  return std::nullopt;
}

SaidParts parts_in(std::string_view text, const PartsContext& context) {
  SaidParts said;
  bool has_paid = false;
  std::optional<CivilDate> rest, last;
  const std::string folded = fold_styled_text(text);
  for (const auto clause : said_clauses(folded)) {
    const Phrase phrase(clause);
    if (tells_of_a_payment(phrase)) {
      has_paid = true;
      continue;
    }
    auto day = date_in(phrase, {.today = context.today,
                                .is_portuguese = context.is_portuguese,
                                .country = context.country,
                                .was_asked = false,
                                .has_paid = false});
    bool is_guess = false;
    if (!day && last) {
      const auto later = later_day(clause, phrase, *last, context);
      if (later) day = later->day;
      is_guess = later && later->is_guess;
    }
    const bool is_rest = names_the_rest(phrase);
    if (!day && !last && !is_rest && is_now(phrase)) {
      day = context.today;
      is_guess = true;
    }
    if (!day || *day < context.today) continue;
    last = day;
    if (is_rest && !rest) rest = day;
    auto amount = is_rest ? std::nullopt
                          : amount_in(phrase, {.currency = context.currency,
                                               .balance_minor = context.balance_minor,
                                               .was_asked = false});
    if (!amount && !is_rest) amount = bare_sum(phrase, context);
    const bool is_new = std::ranges::find(said.parts, *day, &SaidPart::due_on) == said.parts.end();
    if (is_new && (is_rest || says_how_much(phrase, amount))) {
      said.parts.push_back({*day, amount, is_rest});
      said.is_guess = said.is_guess || is_guess;
    }
  }
  if (has_paid) return {.parts = {}, .is_guess = false, .rest_on = rest};
  std::ranges::sort(said.parts, {}, &SaidPart::due_on);
  if (said.parts.size() < 2) said.parts.clear();
  return said;
}

}  // namespace conversation
}  // namespace puntual
