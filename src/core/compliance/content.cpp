#include "core/compliance/content.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/compliance/content_phrases.h"

namespace puntual::compliance {
namespace {

enum List : PhraseLists {
  kThreatList = 1 << 0,
  kCourtList = 1 << 1,
  kCreditRegisterList = 1 << 2,
  kAdvertisingList = 1 << 3,
  kThirdPartyList = 1 << 4,
  kReasonQuestionList = 1 << 5,
  kIdentityList = 1 << 6,
  kStatementUndoneList = 1 << 7,
  kWayOutList = 1 << 8,
  kDemandList = 1 << 9,
};

PhraseIndex index_of(std::span<const std::string_view> one_list) {
  PhraseIndex index;
  index.add(1, one_list);
  return index;
}

const PhraseIndex& known_phrases() {
  static const PhraseIndex made = [] {
    PhraseIndex index;
    index.add(kThreatList, phrases::threat());
    index.add(kThreatList, phrases::pressure());
    index.add(kCourtList, phrases::court());
    index.add(kCreditRegisterList, phrases::credit_register());
    index.add(kAdvertisingList, phrases::advertising());
    index.add(kThirdPartyList, phrases::third_party());
    index.add(kReasonQuestionList, phrases::reason_question());
    index.add(kIdentityList, phrases::identity());
    index.add(kStatementUndoneList, phrases::statement_undone());
    index.add(kWayOutList, phrases::way_out());
    index.add(kDemandList, phrases::demand());
    return index;
  }();
  return made;
}

const PhraseIndex& last_chances() {
  static const PhraseIndex made = index_of(phrases::last_chance());
  return made;
}

const PhraseIndex& harmless_phrases() {
  static const PhraseIndex made = index_of(phrases::harmless());
  return made;
}

const PhraseIndex& charge_phrases() {
  static const PhraseIndex made = index_of(phrases::charge());
  return made;
}

const PhraseIndex& charge_denials() {
  static const PhraseIndex made = index_of(phrases::charge_denied());
  return made;
}

// "Sin recargos" is taken out only where some charge is named at all: few texts name one.
bool names_charge(Words words) {
  return charge_phrases().lists_in(words) != 0 &&
         charge_phrases().lists_in(charge_denials().without(words)) != 0;
}

// "No queda saldo pendiente" reminds of nothing.
bool tells_what_is_owed(Words words) {
  static const PhraseIndex owed = index_of(phrases::still_owed());
  static const PhraseIndex denied = index_of(phrases::owed_denied());
  return owed.lists_in(words) != 0 && owed.lists_in(denied.without(words)) != 0;
}

const PhraseIndex& statement_phrases() {
  static const PhraseIndex made = index_of(phrases::statement());
  return made;
}

const PhraseIndex& statement_conditions() {
  static const PhraseIndex made = index_of(phrases::statement_condition());
  return made;
}

const PhraseIndex& notice_pressures() {
  static const PhraseIndex made = index_of(phrases::notice_pressure());
  return made;
}

const PhraseIndex& debt_phrases() {
  static const PhraseIndex made = index_of(phrases::debt());
  return made;
}

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// How far the statement goes on after `words[end - 1]`: "ni una acción contra sus bienes" still
// denies, "y lo demandaremos" and "la demanda ya está lista" do not. Only what denies is taken.
size_t statement_end(Words words, size_t end) {
  for (size_t at = end; at < words.size(); ++at) {
    const bool follows_object = at == end;
    if (is_one_of(phrases::statement_object(), words[at])) {
      // "notificación judicial, embargo ni demanda" is one list; its comma is gone by now.
      const bool in_list = at + 1 < words.size() && (words[at + 1] == "ni" || words[at + 1] == "o");
      if (follows_object && !in_list && !words[at].starts_with("judicial")) break;
      end = at + 1;
    } else if (!is_one_of(follows_object ? phrases::statement_link() : phrases::statement_inner(),
                          words[at])) {
      break;
    }
  }
  return end;
}

bool names_assets(Words words) {
  return std::ranges::any_of(words, [](std::string_view word) {
    return word == "bienes" || word == "patrimonio" || word == "bens";
  });
}

// Takes "no es un juicio" out of a sentence, so that the rest is read as if it stood alone. Was it
// there, and did it speak of the person's assets, as Chile asks (Ley 19.496 art. 37, checked
// 2026-11-21)? "Si usted no es…" states nothing; nor does "no es solo un juicio".
struct CutStatement {
  bool found = false;
  bool names_assets = false;
};

CutStatement cut_statement(std::vector<std::string_view>& words) {
  CutStatement cut;
  for (size_t at = 0; at < words.size(); ++at) {
    const Words all = words;
    const size_t used = statement_phrases().shortest_at(all.subspan(at));
    if (used == 0) continue;
    const auto before = all.subspan(at < 3 ? 0 : at - 3, std::min<size_t>(at, 3));
    const auto inner = all.subspan(at + 2, used - 3);
    if (is_one_of(before, "si")) continue;
    if (!std::all_of(inner.begin(), inner.end(), [](std::string_view word) {
          return is_one_of(phrases::statement_inner(), word) ||
                 is_one_of(phrases::statement_object(), word);
        })) {
      continue;
    }
    const size_t end = statement_end(all, at + used);
    cut.names_assets |= names_assets(all.subspan(at, end - at));
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at),
                words.begin() + static_cast<std::ptrdiff_t>(end));
    cut.found = true;
  }
  return cut;
}

// A statement begins with one of these; most sentences have none.
bool may_state(Words words) {
  return std::ranges::any_of(words, [](std::string_view word) {
    return word == "no" || word == "ni" || word == "nao" || word == "nem";
  });
}

// A bureau's notice with a term that the law does not know is a threat with the bureau.
bool presses_with_register(std::string_view folded) {
  return std::ranges::any_of(split_words(folded, '.'), [](std::string_view sentence) {
    return notice_pressures().lists_in(split_words(sentence, ' ')) != 0;
  });
}

// "Colegio San Marcos: tu factura…" or a last line "— Colegio San Marcos".
bool is_signed(std::string_view text) {
  const auto is_blank = [](char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '*' || c == '_';
  };
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  const size_t line = text.rfind('\n');
  auto last = line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  while (!last.empty() && is_blank(last.front())) last.remove_prefix(1);
  if (last.starts_with("—") || last.starts_with("–") || last.starts_with("- ")) return true;
  const size_t colon = text.substr(0, 60).find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto head = split_words(text.substr(0, colon), ' ');
  const bool capital = text[0] >= 'A' && text[0] <= 'Z';
  return capital && head.size() <= 5 && !fold_text(head[0]).starts_with("hola") &&
         colon + 1 < text.size() && text[colon + 1] == ' ' &&
         text.substr(0, colon).find_first_of(".,!?\n") == std::string_view::npos;
}

// The letter below an accent, for U+00C0 … U+00FF; a blank for what is no letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y";
static_assert(kLatin.size() == 64);

// Length of the UTF-8 sequence that a lead byte announces.
size_t sequence_length(unsigned char lead) {
  return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$'; }

// Appends the folded form of one character; marks that end a sentence become ". ".
void fold_one(std::string_view text, size_t at, std::string& out) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const auto blank = [&] {
    if (!out.empty() && out.back() != ' ') out += ' ';
  };
  if (lead == 0xC3 && at + 1 < text.size()) {
    const char letter = kLatin[static_cast<unsigned char>(text[at + 1]) & 0x3F];
    letter == ' ' ? blank() : void(out += letter);
  } else if (lead == 0xCC || lead == 0xCD || lead == '*' || lead == '_' || lead == '~') {
    return;  // A combining accent, or WhatsApp's marks for bold and the like.
  } else if (lead == 0xE2 && at + 2 < text.size() && text[at + 1] == '\x80' &&
             static_cast<unsigned char>(text[at + 2]) >= 0x8B &&
             static_cast<unsigned char>(text[at + 2]) <= 0x8F) {
    return;  // Zero width.
  } else if (lead >= 'A' && lead <= 'Z') {
    out += static_cast<char>(lead - 'A' + 'a');
  } else if (is_word_char(static_cast<char>(lead))) {
    out += static_cast<char>(lead);
  } else if (lead == '\n' || lead == '!' || lead == '?' || lead == ';' || lead == '.') {
    const bool inside = lead == '.' && at + 1 < text.size() &&
                        std::isalnum(static_cast<unsigned char>(text[at + 1]));
    blank();
    if (!inside && out.size() >= 2 && out[out.size() - 2] != '.') out += ". ";
  } else {
    blank();
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "50.000", "1.250,50", "89,90"; not "601.555.0100" nor "24".
bool is_grouped_amount(std::string_view number) {
  const size_t first = number.find_first_of(".,");
  if (first == std::string_view::npos || first == 0 || first > 6) return false;
  for (size_t at = first; at < number.size();) {
    const size_t next = std::min(number.find_first_of(".,", at + 1), number.size());
    const size_t digits = next - at - 1;
    if (digits != 3 && !(digits == 2 && next == number.size())) return false;
    at = next;
  }
  return true;
}

// A number beside a currency, or written as amounts are. Words of the text, folded no further than
// to lower case.
bool has_amount(std::string_view text) {
  constexpr std::string_view kBefore[] = {
      "$",  "s/",  "s/.", "r$",  "rd$", "us$", "u$s", "c$",  "mx$", "bs", "bs.", "q", "l",  "b/.",
      "gs", "gs.", "usd", "cop", "clp", "ars", "mxn", "pen", "€",   "₡",  "₲",   "₱", "son"};
  constexpr std::string_view kAfter[] = {
      "pesos",    "soles",   "mil",       "reais",   "dolares",    "quetzales", "lempiras",
      "cordobas", "balboas", "guaranies", "colones", "bolivianos", "euros",     "usd",
      "cop",      "clp",     "ars",       "mxn",     "pen",        "millon",    "millones",
      "milhoes",  "bs",      "lucas",     "luca",    "%"};
  const std::string lower = puntual::fold_styled_text(text);
  for (size_t at = 0; at < lower.size();) {
    if (!is_digit(lower[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < lower.size() &&
           (is_digit(lower[end]) || ((lower[end] == '.' || lower[end] == ',') &&
                                     end + 1 < lower.size() && is_digit(lower[end + 1]))))
      ++end;
    if (is_grouped_amount(std::string_view(lower).substr(at, end - at))) return true;
    std::string_view before = std::string_view(lower).substr(0, at),
                     after = std::string_view(lower).substr(end);
    while (before.ends_with(' ')) before.remove_suffix(1);
    before.remove_prefix(before.find_last_of(" \n(:") == std::string_view::npos
                             ? 0
                             : before.find_last_of(" \n(:") + 1);
    if (is_one_of(kBefore, before)) return true;
    while (after.starts_with(' ')) after.remove_prefix(1);
    size_t letters = 0;
    while (letters < after.size() &&
           ((after[letters] >= 'a' && after[letters] <= 'z') || after[letters] == '%'))
      ++letters;
    if (is_one_of(kAfter, after.substr(0, letters)) || after.starts_with("$") ||
        after.starts_with("€"))
      return true;
    at = end;
  }
  return false;
}

}  // namespace

std::string fold_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();
       at += sequence_length(static_cast<unsigned char>(text[at]))) {
    fold_one(text, at, out);
  }
  return out;
}

bool tells_of_debt(std::string_view text) {
  const std::string folded = fold_text(text);
  for (const auto sentence : split_words(folded, '.')) {
    if (debt_phrases().lists_in(split_words(sentence, ' ')) != 0) return true;
  }
  return has_amount(text);
}

namespace {

TextFindings read_sentence(std::string_view sentence) {
  TextFindings found;
  // "^" stands where a sentence begins, for phrases that mean something else further on.
  const std::string marked = "^ " + std::string(sentence);
  const auto written = split_words(marked, ' ');
  auto words = harmless_phrases().without(written);
  PhraseLists lists = known_phrases().lists_in(words);
  // Saying that this is no lawsuit is the opposite of threatening with one; what stands beside
  // it is read like any other text.
  if ((lists & kStatementUndoneList) == 0 && may_state(words)) {
    auto rest = words;
    const CutStatement cut = cut_statement(rest);
    if (cut.found && statement_conditions().lists_in(written) == 0) {
      found.statement = cut.names_assets;
      words = std::move(rest);
      lists = known_phrases().lists_in(words);
    }
  }
  found.way_out = (lists & kWayOutList) != 0;
  found.identity = (lists & kIdentityList) != 0;
  found.threat = (lists & kThreatList) != 0 || last_chances().lists_in(written) != 0;
  found.court = (lists & kCourtList) != 0;
  found.credit_register = (lists & kCreditRegisterList) != 0;
  found.advertising = (lists & kAdvertisingList) != 0;
  found.third_party = (lists & kThirdPartyList) != 0;
  found.reason_question = (lists & kReasonQuestionList) != 0;
  found.charge = names_charge(words);
  found.demand = (lists & kDemandList) != 0;
  found.still_owed = tells_what_is_owed(words);
  return found;
}

// The messages of a morning are made of a few templates: most of their sentences are the same to
// the letter, and are read once a thread.
const TextFindings& findings_of(std::string_view sentence) {
  constexpr size_t kKnownMax = 1024;
  thread_local std::unordered_map<std::string, TextFindings> known;
  if (known.size() >= kKnownMax) known.clear();
  const auto [place, is_new] = known.try_emplace(std::string(sentence));
  if (is_new) place->second = read_sentence(sentence);
  return place->second;
}

void add(const TextFindings& one, TextFindings& found) {
  found.statement |= one.statement;
  found.way_out |= one.way_out;
  found.identity |= one.identity;
  found.threat |= one.threat;
  found.court |= one.court;
  found.credit_register |= one.credit_register;
  found.advertising |= one.advertising;
  found.third_party |= one.third_party;
  found.reason_question |= one.reason_question;
  found.charge |= one.charge;
  found.demand |= one.demand;
  found.still_owed |= one.still_owed;
}

}  // namespace

TextFindings read_text(std::string_view text) {
  TextFindings found;
  found.identity = is_signed(text);
  const std::string folded = fold_text(text);
  for (const auto sentence : split_words(folded, '.')) add(findings_of(sentence), found);
  found.register_threat = found.credit_register && presses_with_register(folded);
  // Who threatens in the same breath has not said that there is nothing to fear.
  found.statement &= !found.threat && !found.court && !found.credit_register;
  return found;
}

}  // namespace puntual::compliance
