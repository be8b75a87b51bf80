#include "core/bank/match.h"

#include <algorithm>

#include "base/names.h"
#include "base/text.h"

namespace puntual {
namespace {

constexpr Names<MatchRule, 10> kMatchRules = {
    {{{"none", "sin indicios"},
      {"bank_reference", "por la referencia de pago"},
      {"invoice_number", "por el número de factura"},
      {"payer_exact", "por quién paga y el valor de una factura"},
      {"payer_sum", "por quién paga y la suma de varias facturas"},
      {"payer", "por quién paga"},
      {"settlement", "abono de una pasarela"},
      {"outgoing", "salida de la cuenta"},
      {"return", "devolución del banco"},
      {"person", "lo dijo una persona"}}}};

// How sure each rule is by itself; what else is known adds and takes away a little.
constexpr int kByReference = 99, kByInvoiceNumber = 90, kByLettered = 85, kByInvoiceInWords = 70,
              kByExact = 80, kBySum = 70, kByPayer = 40;
constexpr size_t kNumberMin = 5;
constexpr int kNameFits = 5, kNameDiffers = -15;
constexpr size_t kSumInvoicesMax = 16;  // 65,536 sums.

bool is_digit_of(char c) { return c >= '0' && c <= '9'; }

void add_once(std::vector<std::string>& to, std::string value) {
  if (!value.empty() && std::ranges::find(to, value) == to.end()) to.push_back(std::move(value));
}

// Which open invoices come to exactly this sum; more than one way to do so: none, and `is_unclear`.
std::vector<InvoiceId> with_sum(std::span<const Invoice> open, Money sum, bool& is_unclear) {
  std::vector<const Invoice*> fitting;
  for (const auto& one : open) {
    if (one.amount.currency == sum.currency && one.balance_minor > 0 &&
        one.balance_minor < sum.minor)
      fitting.push_back(&one);
  }
  std::vector<InvoiceId> found;
  if (fitting.size() > kSumInvoicesMax) {  // All of it, or it is not looked for.
    int64_t all = 0;
    for (const auto* one : fitting) all += one->balance_minor;
    if (all != sum.minor) return {};
    for (const auto* one : fitting) found.push_back(one->id);
    return found;
  }
  for (uint32_t chosen = 1; chosen < uint32_t{1} << fitting.size(); ++chosen) {
    int64_t total = 0;
    for (size_t i = 0; i < fitting.size() && total <= sum.minor; ++i) {
      if (chosen >> i & 1U) total += fitting[i]->balance_minor;
    }
    if (total != sum.minor) continue;
    if (!found.empty()) {
      is_unclear = true;
      return {};
    }
    for (size_t i = 0; i < fitting.size(); ++i) {
      if (chosen >> i & 1U) found.push_back(fitting[i]->id);
    }
  }
  return found;
}

const Invoice* named_invoice(const BankCandidate& candidate) {
  if (!candidate.invoice) return nullptr;
  const auto found = std::ranges::find(candidate.open, *candidate.invoice, &Invoice::id);
  return found == candidate.open.end() ? nullptr : &*found;
}

// By the reference itself: a link of ours, or an invoice's number, which has no check digits and so
// must fit in every way.
void match_named(const BankLine& line, const BankCandidate& by, BankMatch& match) {
  match.rule = by.by;
  const Invoice* invoice = named_invoice(by);
  if (invoice != nullptr) match.invoices = {invoice->id};
  const auto is_of_currency = [&](const Invoice& one) {
    return one.amount.currency == line.amount.currency;
  };
  const bool fits = invoice != nullptr
                        ? is_of_currency(*invoice)
                        : by.open.empty() || std::ranges::any_of(by.open, is_of_currency);
  if (!fits) match.evidence.emplace_back("other_currency");
  // The creditor's own file may have counted the money already, without saying which it was.
  const int64_t owed = invoice != nullptr ? invoice->balance_minor : 0;
  const int64_t expected = invoice != nullptr ? owed + invoice->unitemised_minor : 0;
  if (invoice != nullptr && owed == line.amount.minor) match.evidence.emplace_back("exact_amount");
  if (by.by == MatchRule::BankReference) {
    match.confidence = by.evidence == "reference" ? kByReference : kByInvoiceNumber;
    match.is_sure = fits && by.evidence == "reference";
    return;
  }
  if (expected < line.amount.minor) match.evidence.emplace_back("more_than_owed");
  const bool is_exact = owed == line.amount.minor || expected == line.amount.minor;
  if (by.evidence == "lettered") {  // The whole number, in the words of who paid: with the whole
                                    // sum it is no chance.
    match.confidence = kByLettered;
    match.is_sure = fits && is_exact;
    return;
  }
  match.confidence = by.evidence == "reference" ? kByInvoiceNumber : kByInvoiceInWords;
  // Banks number their own movements in the same field: a short number fits by chance, unless the
  // sum says the same.
  const bool is_short =
      invoice != nullptr && bank::without_zeros(invoice->number).size() < kNumberMin;
  match.is_sure =
      fits && by.evidence == "reference" && (is_short ? is_exact : expected >= line.amount.minor);
}

void match_payer(const BankLine& line, const BankCandidate& by, BankMatch& match) {
  std::vector<InvoiceId> exact;
  for (const auto& one : by.open) {
    if (one.balance() == line.amount) exact.push_back(one.id);
  }
  bool is_unclear = exact.size() > 1;
  if (exact.size() == 1) {
    match.rule = MatchRule::PayerExact;
    match.confidence = kByExact;
    match.invoices = exact;
    match.evidence.emplace_back("exact_amount");
  } else if (auto several = exact.empty() ? with_sum(by.open, line.amount, is_unclear)
                                          : std::vector<InvoiceId>();
             !several.empty()) {
    match.rule = MatchRule::PayerSum;
    match.confidence = kBySum;
    match.invoices = std::move(several);
    match.evidence.emplace_back("exact_sum");
  } else {
    match.rule = MatchRule::Payer;
    match.confidence = kByPayer;
    match.evidence.emplace_back(is_unclear ? "several_fit" : "amount_differs");
  }
}

// The field for it before a whole number in the text, and that before mere digits there.
int trust(const BankCandidate& one) {
  return one.evidence == "reference" ? 2 : one.evidence == "lettered" ? 1 : 0;
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : fold_text(name) + " ") {
    if (c != ' ' && c != ',' && c != '.' && c != '-' && c != '/') {
      word += c;
    } else if (!word.empty()) {
      if (word.size() > 2) add_once(words, word);  // Not "de", "la", "y".
      word.clear();
    }
  }
  return words;
}

}  // namespace

std::string_view text_of(MatchRule rule) { return kMatchRules.text(rule); }
std::string_view name_es(MatchRule rule) { return kMatchRules.shown(rule); }

MatchRule match_rule_of(std::string_view text) {
  return kMatchRules.find(text).value_or(MatchRule::None);
}

namespace bank {

bool is_like(std::string_view name, std::string_view other) {
  const auto a = words_of_name(name), b = words_of_name(other);
  const auto shared = static_cast<size_t>(std::ranges::count_if(
      a, [&](const auto& word) { return std::ranges::find(b, word) != b.end(); }));
  const size_t least = std::min(a.size(), b.size());
  return shared >= 2 || (least == 1 && shared == 1);
}

std::vector<LetteredNumber> lettered_in(std::string_view text) {
  constexpr size_t kLettersMax = 4, kDigitsMax = 20;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string folded = fold_text(text);
  std::vector<LetteredNumber> found;
  for (size_t at = 0; at < folded.size();) {
    if (!is_letter(folded[at])) {
      ++at;
      continue;
    }
    LetteredNumber number;
    for (; at < folded.size() && is_letter(folded[at]); ++at)
      number.letters += static_cast<char>(folded[at] - 'a' + 'A');
    size_t next = at;
    if (next < folded.size() && std::string_view(" -./#_").contains(folded[next])) ++next;
    while (next < folded.size() && folded[next] == '0') ++next;
    for (; next < folded.size() && is_digit_of(folded[next]); ++next) number.digits += folded[next];
    if (number.digits.empty() || number.letters.size() > kLettersMax ||
        number.digits.size() > kDigitsMax)
      continue;
    at = next;
    if (std::ranges::find(found, number) == found.end()) found.push_back(std::move(number));
  }
  return found;
}

Traces traces_of(const BankLine& line) {
  constexpr size_t kDigitsMin = 5, kDigitsMax = 20, kLetteredMin = 3;
  Traces traces;
  for (const auto* field : {&line.reference, &line.second_reference}) {
    if (*field != "0") add_once(traces.references, *field);
  }
  add_once(traces.documents, line.document);
  // The reference of a payer is often their document, and so is what they write beside it.
  for (const auto& reference : traces.references) add_once(traces.documents, reference);
  traces.lettered = lettered_in(line.description);
  std::erase_if(traces.lettered,
                [](const LetteredNumber& one) { return one.digits.size() < kLetteredMin; });
  std::string number;
  for (const char c : line.description + " ") {
    if (is_digit_of(c)) {
      number += c;
    } else {
      if (number.size() >= kDigitsMin && number.size() <= kDigitsMax) {
        add_once(traces.in_words, number);
        add_once(traces.documents, number);
      }
      number.clear();
    }
  }
  return traces;
}

BankMatch match(const BankLine& line, std::span<const BankCandidate> candidates) {
  BankMatch match;
  if (candidates.empty()) return match;
  // What names the debt stands before who pays: parents pay for children, and companies for their
  // people.
  MatchRule strongest = MatchRule::Payer;
  for (const auto rule : {MatchRule::InvoiceNumber, MatchRule::BankReference}) {
    if (std::ranges::any_of(candidates, [&](const auto& one) { return one.by == rule; }))
      strongest = rule;
  }
  const BankCandidate* chosen = nullptr;
  for (const auto& one : candidates) {
    if (one.by != strongest) continue;
    if (chosen == nullptr || trust(one) > trust(*chosen)) chosen = &one;
  }
  for (const auto& one : candidates) {
    if (one.by != strongest || one.evidence != chosen->evidence) continue;
    if (one.debtor_id == chosen->debtor_id && one.invoice == chosen->invoice) continue;
    if (one.debtor_id != chosen->debtor_id) {
      match.evidence = {"several_people"};
      return match;
    }
    match.evidence.emplace_back("several_debts");
  }
  const bool is_clear = match.evidence.empty();
  match.debtor_id = chosen->debtor_id;
  match.evidence.push_back(chosen->evidence);
  if (strongest == MatchRule::Payer) {
    match_payer(line, *chosen, match);
  } else {
    match_named(line, *chosen, match);
  }
  if (!is_clear) {
    match.is_sure = false;
    match.invoices.clear();
    match.confidence = std::min(match.confidence, kByPayer);
  }
  const auto is_payer = [](const BankCandidate& one) { return one.by == MatchRule::Payer; };
  if (strongest != MatchRule::Payer && std::ranges::any_of(candidates, is_payer)) {
    const bool is_theirs = std::ranges::any_of(candidates, [&](const auto& one) {
      return is_payer(one) && one.debtor_id == chosen->debtor_id;
    });
    match.evidence.emplace_back(is_theirs ? "payer_fits" : "payer_is_another");
    if (!is_theirs && strongest == MatchRule::InvoiceNumber) match.is_sure = false;
  }
  if (!line.name.empty() && !chosen->name.empty()) {
    const bool fits = is_like(line.name, chosen->name);
    match.evidence.emplace_back(fits ? "name_fits" : "name_differs");
    match.confidence =
        std::clamp(match.confidence + (fits ? kNameFits : kNameDiffers), 0, kByReference);
  } else if (!chosen->name.empty() && is_like(line.description, chosen->name)) {
    match.evidence.emplace_back("name_fits");
    match.confidence = std::clamp(match.confidence + kNameFits, 0, kByReference);
  }
  return match;
}

}  // namespace bank
}  // namespace puntual
