// Which of the days that are named (day_reader.h) is that of a payment.
#include "core/conversation/date_phrase.h"

#include <algorithm>
#include <vector>

#include "core/conversation/day_reader.h"
#include "core/conversation/promise_words.h"

namespace puntual::conversation {
namespace {

class DateReader {
 public:
  DateReader(const Phrase& phrase, const DateContext& context)
      : phrase_(phrase), context_(context), today_(context.today) {}

  [[nodiscard]] std::optional<CivilDate> read() const {
    const DayReader days(phrase_, context_);
    std::vector<Mention> mentions;
    for (size_t at = 0; at < phrase_.size();) {
      auto found = days.mention_at(at);
      if (!found) {
        ++at;
        continue;
      }
      at = std::max(found->end, at + 1);
      mentions.push_back(*found);
    }
    if (mentions.empty()) return context_.was_asked ? days.bare_day() : std::nullopt;
    std::optional<Said> said;
    for (size_t i = 0; i < mentions.size(); ++i) {
      const Mention& first = mentions[i];
      const size_t next = i + 1 < mentions.size() ? mentions[i + 1].begin : phrase_.size();
      if (!counts(first, next)) continue;
      auto day = first.day;
      // Of alternatives the later.
      while (day && i + 1 < mentions.size() && are_alternatives(mentions[i], mentions[i + 1])) {
        ++i;
        if (!mentions[i].day) return std::nullopt;
        day = std::max(*day, *mentions[i].day);
      }
      const bool pays = promises_at(first);
      // "Sin plata hasta la quincena, el 15 les pago": of the day beside the verb, if only one has
      // it.
      if (!said)
        said = Said{day, pays};
      else if (pays && !said->pays)
        said = Said{day, true};
    }
    return said ? said->day : std::nullopt;
  }

 private:
  struct Said {
    std::optional<CivilDate> day;
    bool pays = false;
  };
  const Phrase& phrase_;
  const DateContext& context_;
  CivilDate today_;

  [[nodiscard]] bool promises_at(const Mention& mention) const {
    return !context_.has_paid && promises_in(phrase_, phrase_.clause_begin(mention.begin),
                                             phrase_.clause_end(mention.begin));
  }

  [[nodiscard]] bool counts(const Mention& mention, size_t next) const {
    const size_t begin = phrase_.clause_begin(mention.begin),
                 end = phrase_.clause_end(mention.begin);
    if (is_refused(mention, begin) || is_taken_back(mention, next) ||
        is_condition(mention, begin) || is_after(mention.begin))
      return false;
    if (phrase_.has(begin, end,
                    "abren|abierto|abierta|abrem|cierran|atienden|atendem|horario|tecnico|visita|"
                    "vinieron|instal*|cortaron|abre|nacio|cumple|cumpleanos") &&
        !phrase_.has(begin, end, kPaysWords))
      return false;
    // A day that has passed is one of a payment made, or of something else.
    return !mention.day || *mention.day >= today_ || context_.has_paid;
  }

  // "No puedo el viernes", "el viernes no".
  [[nodiscard]] bool is_refused(const Mention& mention, size_t begin) const {
    for (size_t at = begin; at < mention.begin; ++at) {
      if (phrase_.is_refusal(at) && !phrase_.has(at, mention.begin, "hasta|ate|sino|hasta"))
        return true;
    }
    return phrase_.is_refusal(mention.end) && !phrase_.is(mention.end, "n");
  }

  // "El viernes ya no alcanzo"; beyond the clause only a day that was told before: "le dije que el
  // viernes pero no puedo".
  [[nodiscard]] bool is_taken_back(const Mention& mention, size_t next) const {
    constexpr std::string_view kTold =
        "dije|dijimos|dicho|habia|quede|quedamos|quedado|prometi|prometido|iba|disse|tinha|"
        "combinei|acordamos|acorde|anotaron|falei|ia";
    const size_t begin = phrase_.clause_begin(mention.begin),
                 end = phrase_.clause_end(mention.begin);
    const size_t until =
        phrase_.has(begin, mention.begin, kTold) || !promises_in(phrase_, begin, end)
            ? next
            : std::min(end, next);
    for (size_t at = mention.end; at < until; ++at) {
      if (says_cannot(phrase_, at)) return true;
    }
    return false;
  }

  // "Si me pagan el viernes, …", "apenas cobre el 15"; not "si, el viernes" nor "si el viernes".
  [[nodiscard]] bool is_condition(const Mention& mention, size_t begin) const {
    for (size_t at = begin; at < mention.begin; ++at) {
      const bool is_one = phrase_.is(at, "cuando|apenas|quando|aver") ||
                          phrase_.is_run(at, {"en", "cuanto"}) ||
                          phrase_.is_run(at, {"assim|asi|ni", "que|q|bien"}) ||
                          (phrase_.is(at, "si|se") && is_if(at, mention.begin));
      if (is_one) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_if(size_t at, size_t mention) const {
    if (phrase_.is(at, "se") && !context_.is_portuguese) return false;
    for (size_t word = at + 1; word < mention; ++word) {
      if (!phrase_.is(word,
                      "el|la|los|este|esta|para|hasta|no|na|o|a|dia|de|senor|senora|senorita|claro|"
                      "yo|le|te|ya|por|en"))
        return at + 1 < mention && !phrase_.has(at + 1, mention, kPaysWords);
    }
    return false;
  }

  // "Después del 15", "a partir del lunes": later than that, nobody has said when.
  [[nodiscard]] bool is_after(size_t at) const {
    while (at > 0 && phrase_.is(at - 1, "el|la|dia|de|del|do|da|este|esta|proximo|proxima")) --at;
    return phrase_.is_run_before(at, {"despues|depois|luego|partir|pasando|pasado|dps"}) ||
           (phrase_.is_run_before(at, {"desde"}) && !context_.has_paid);
  }

  [[nodiscard]] bool are_alternatives(const Mention& first, const Mention& second) const {
    size_t at = first.end;
    while (at < second.begin && phrase_.is(at, "el|la|dia|a|mas|tardar|para|por|no|na|este")) ++at;
    const bool between =
        first.begin > 0 && phrase_.has(phrase_.clause_begin(first.begin), first.begin, "entre");
    const bool is_link = phrase_.is(at, "o|ou|u|al") || (between && phrase_.is(at, "y|e"));
    if (!is_link) return false;
    for (++at; at < second.begin; ++at) {
      if (!phrase_.is(at, "el|la|dia|a|mas|tardar|para|por|no|na|este|sea")) return false;
    }
    return true;
  }
};

}  // namespace

std::optional<CivilDate> date_in(const Phrase& phrase, const DateContext& context) {
  DateContext full = context;
  full.has_paid = full.has_paid || tells_of_a_payment(phrase);
  return DateReader(phrase, full).read();
}

bool names_a_day(const Phrase& phrase, const DateContext& context) {
  const DayReader days(phrase, context);
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (days.mention_at(at)) return true;
  }
  return false;
}

bool tells_of_a_payment(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (!phrase.is(at, kPaidWords)) continue;
    // "Que le pague", "cuando pague": a wish or a condition. "No pagué": nothing was paid.
    size_t before = at;
    while (before > 0 && phrase.is(before - 1, "le|les|te|se|lo|la|los|me|nos|eu|yo|ya|ja"))
      --before;
    const bool is_wish =
        before > 0 &&
        phrase.is(before - 1, "que|q|cuando|apenas|para|si|no|nao|a|favor|porfa|porfavor|usted") &&
        !phrase.is_run_before(before, {"si"}) &&
        !phrase.is_run_before(before, {"es|lo|creo|dije", "que|q"});
    const bool says_already = phrase.has(before, at, "ya|ja");
    if (!is_wish || (says_already && !phrase.is_run_before(before, {"no|nao"}))) return true;
  }
  return false;
}

}  // namespace puntual::conversation