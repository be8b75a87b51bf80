#include "engine/bank_candidates.h"

#include <algorithm>

#include "base/phone.h"
#include "core/portfolio/document_number.h"
#include "core/portfolio/import_cells.h"

namespace puntual::engine {
namespace {

constexpr size_t kInvoiceDigitsMax = 20, kLetteredDigitsMax = 10, kOtherLettersDigitsMin = 3;
constexpr size_t kLetteredMax = 8;  // Of one line: each costs some lookups.

bool is_all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Collects candidates, with what they owe.
class Seeker {
 public:
  Seeker(Tx& tx, const Creditor& creditor) : tx_(tx), creditor_(creditor) {}

  // False: there is no invoice with that very number.
  bool by_number(const std::string& number, std::string_view evidence) {
    bool is_found = false;
    if (const auto reference = payments::read_bank_reference(number)) {
      if (const auto link = tx_.pay_links.find_by_reference(creditor_.id, *reference)) {
        std::optional<InvoiceId> invoice;
        if (link->about.kind == PayAboutKind::Invoice) invoice = InvoiceId{link->about.id};
        add({.debtor_id = link->debtor_id,
             .by = MatchRule::BankReference,
             .evidence = std::string(evidence),
             .invoice = invoice});
      }
    }
    // Banks fill with zeros, and leave out those that the number has.
    std::string written = number;
    do {
      if (const auto invoice = tx_.invoices.find_by_number(creditor_.id, written)) {
        add({.debtor_id = invoice->debtor_id,
             .by = MatchRule::InvoiceNumber,
             .evidence = std::string(evidence),
             .invoice = invoice->id});
        is_found = true;
      }
      written.insert(0, "0");
    } while (is_all_digits(number) && written.size() <= kInvoiceDigitsMax);
    return is_found;
  }

  // As people write it: "FE 1029" is FE-1029, FE1029 or FE-0001029. The invoice's own way of
  // writing is not known before. Where there is no such number, and the letters only say "invoice",
  // it may stand behind other letters that do: a person decides.
  void by_lettered(const bank::LetteredNumber& number, std::string_view evidence) {
    static constexpr std::string_view kInvoiceLetters[] = {"F",  "FV",  "FE",   "FC",
                                                           "FT", "FAC", "FACT", ""};
    if (by_spelt(number.letters, number.digits, evidence) ||
        number.digits.size() < kOtherLettersDigitsMin)
      return;
    if (std::ranges::find(kInvoiceLetters, std::string_view(number.letters)) ==
        std::end(kInvoiceLetters))
      return;
    for (const auto letters : kInvoiceLetters) {
      if (letters != number.letters)
        (void)by_spelt(std::string(letters), number.digits, "other_letters");
    }
  }

  void by_payer(const std::string& text) {
    if (const auto document = portfolio::read_document(text)) {
      by_document(*document);
      by_document(portfolio::document_in_one_form(*document, creditor_.country));
      // The last digit may be the one that checks the others, which is written behind a dash.
      if (is_all_digits(*document) && document->size() > 8) {
        by_document(
            fmt::format("{}-{}", document->substr(0, document->size() - 1), document->back()));
      }
    }
    if (text.size() < 7 || !is_all_digits(text)) return;
    if (const auto phone = read_phone(text, creditor_.country)) {
      if (const auto whose =
              tx_.debtors.find_by(creditor_.id, IdentifierKind::Phone, phone->canonical))
        add({.debtor_id = *whose, .evidence = "phone"});
    }
  }

  std::vector<BankCandidate> take() { return std::move(found_); }

 private:
  bool by_spelt(const std::string& letters, const std::string& number, std::string_view evidence) {
    bool is_found = false;
    for (const auto* between : {"", "-", " "}) {
      for (std::string digits = number; digits.size() <= kLetteredDigitsMax;
           digits.insert(0, "0")) {
        const auto invoice = tx_.invoices.find_by_number(creditor_.id, letters + between + digits);
        if (!invoice) continue;
        add({.debtor_id = invoice->debtor_id,
             .by = MatchRule::InvoiceNumber,
             .evidence = std::string(evidence),
             .invoice = invoice->id});
        is_found = true;
      }
    }
    return is_found;
  }

  void by_document(const std::string& document) {
    if (const auto whose = tx_.debtors.find_by(creditor_.id, IdentifierKind::Document, document))
      add({.debtor_id = *whose, .evidence = "document"});
  }

  void add(BankCandidate candidate) {
    const auto is_known = [&](const BankCandidate& one) {
      return one.debtor_id == candidate.debtor_id && one.by == candidate.by &&
             one.invoice == candidate.invoice && one.evidence == candidate.evidence;
    };
    if (std::ranges::any_of(found_, is_known)) return;
    candidate.open = tx_.invoices.open_of(creditor_.id, candidate.debtor_id);
    if (candidate.invoice && std::ranges::find(candidate.open, *candidate.invoice, &Invoice::id) ==
                                 candidate.open.end()) {
      if (auto named = tx_.invoices.find(creditor_.id, *candidate.invoice))
        candidate.open.push_back(*std::move(named));
    }
    if (const auto debtor = tx_.debtors.find(creditor_.id, candidate.debtor_id))
      candidate.name = debtor->name;
    found_.push_back(std::move(candidate));
  }

  Tx& tx_;
  const Creditor& creditor_;
  std::vector<BankCandidate> found_;
};

}  // namespace

std::vector<BankCandidate> candidates_for(Tx& tx, const Creditor& creditor, const BankLine& line) {
  const bank::Traces traces = bank::traces_of(line);
  Seeker seeker(tx, creditor);
  for (const auto& reference : traces.references) {
    if (seeker.by_number(reference, "reference")) continue;
    for (const auto& number : bank::lettered_in(reference)) seeker.by_lettered(number, "reference");
  }
  for (size_t i = 0; i < std::min(traces.lettered.size(), kLetteredMax); ++i)
    seeker.by_lettered(traces.lettered[i], "lettered");
  for (const auto& number : traces.in_words) (void)seeker.by_number(number, "description");
  for (const auto& document : traces.documents) seeker.by_payer(document);
  return seeker.take();
}

}  // namespace puntual::engine
