#include "core/conversation/parts_phrase.h"

#include <algorithm>
#include <string>

#include "base/money.h"
#include "base/text.h"
#include "core/conversation/amount_phrase.h"
#include "core/conversation/date_phrase.h"
#include "core/conversation/phrase.h"

namespace puntual {

bool SaidParts::is_complete() const {
  return parts.size() >= 2 && std::ranges::all_of(parts, [&](const SaidPart& one) { return one.amount_minor || (one.is_rest && &one == &parts.back()); });
}

namespace conversation {
namespace {

bool names_the_rest(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, "resto|restante|faltante|diferencia|diferenca") || phrase.is_run(at, {"lo|o|los", "demas"}) || phrase.is_run(at, {"lo|o", "que|q", "falta*|queda*|resta|sobra|reste"}) ||
        phrase.is_run(at, {"otra|outra", "mitad|metade|parte"}) || phrase.is_run(at, {"lo|o", "otro|outro"})) return true;
  }
  return false;
}

// A bare number is a sum where it is no day of the month: "100 el viernes".
bool is_bare_sum(const Phrase& phrase, size_t at) {
  return phrase.is_number(at) && !phrase.is_run_before(at, {"el|dia|los|o|ate|para|pal|al|de|lunes|martes|miercoles|jueves|viernes|sabado|domingo|segunda|terca|quarta|quinta|sexta|feira|hasta|las|as"}) &&
         !phrase.is(at + 1, "de|del|/|-|dia*|semana*|am|pm|%|cuota*|parte*|pagos");
}

// "Te pago 100 hoy": people leave the thousands out, where a hundred pesos buy nothing.
std::optional<int64_t> in_thousands(const Phrase& phrase, const PartsContext& context) {
  const bool has_small_unit = context.currency == "COP" || context.currency == "CLP" || context.currency == "PYG" || context.currency == "ARS";
  if (!has_small_unit || !context.balance_minor) return std::nullopt;
  const auto currency = Currency::parse(context.currency);
  for (size_t at = 0; currency && at < phrase.size(); ++at) {
    const auto count = is_bare_sum(phrase, at) ? count_at(phrase, at) : std::nullopt;
    if (!count || count->value < 1 || count->value > 999) continue;
    const int64_t minor = count->value * 1000 * currency->minor_per_major();
    return minor <= *context.balance_minor ? std::optional(minor) : std::nullopt;
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

SaidParts parts_in(std::string_view text, const PartsContext& context) {
  SaidParts said;
  bool has_paid = false;
  std::optional<CivilDate> rest;
  const std::string folded = fold_styled_text(text);
  for (const auto clause : said_clauses(folded)) {
    const Phrase phrase(clause);
    if (tells_of_a_payment(phrase)) {
      has_paid = true;
      continue;
    }
    const auto day = date_in(phrase, {.today = context.today, .is_portuguese = context.is_portuguese, .country = context.country, .was_asked = false, .has_paid = false});
    if (!day || *day < context.today) continue;
    const bool is_rest = names_the_rest(phrase);
    if (is_rest && !rest) rest = day;
    auto amount = is_rest ? std::nullopt : amount_in(phrase, {.currency = context.currency, .balance_minor = context.balance_minor, .was_asked = false});
    if (!amount && !is_rest) amount = in_thousands(phrase, context);
    const bool is_new = std::ranges::find(said.parts, *day, &SaidPart::due_on) == said.parts.end();
    if (is_new && (is_rest || says_how_much(phrase, amount))) said.parts.push_back({*day, amount, is_rest});
  }
  if (has_paid) return {.parts = {}, .rest_on = rest};
  std::ranges::sort(said.parts, {}, &SaidPart::due_on);
  if (said.parts.size() < 2) said.parts.clear();
  return said;
}

}  // namespace conversation
}  // namespace puntual
