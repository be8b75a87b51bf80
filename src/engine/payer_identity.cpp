#include "engine/payer_identity.h"

#include <algorithm>
#include <charconv>

namespace puntual::engine {
namespace {

constexpr int32_t kWrongMax = 5;
constexpr int64_t kLockedMs = kHourMs;
constexpr int32_t kDoublingsMax = 9;  // Three weeks.
constexpr int64_t kProofMs = 30 * kMinuteMs;

// Letters and digits alone, in capitals.
std::string plain_document(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
      plain += c;
    else if (c >= 'a' && c <= 'z')
      plain += static_cast<char>(c - 'a' + 'A');
  }
  return plain;
}

// What may be called the last four of a document: of all of it, and of what stands before its check
// digit ("76.543.210-K").
std::vector<std::string> ends_of(std::string_view document) {
  std::vector<std::string> ends;
  for (const std::string_view part : {document, document.substr(0, document.find('-'))}) {
    const std::string plain = plain_document(part);
    if (plain.size() >= kDocumentEnd) ends.push_back(plain.substr(plain.size() - kDocumentEnd));
  }
  return ends;
}

std::vector<std::string> known_ends(Tx& tx, const PayLink& link) {
  std::vector<std::string> ends;
  for (const auto& one : tx.debtors.identifiers(link.creditor_id, link.debtor_id)) {
    if (one.kind != IdentifierKind::Document) continue;
    for (auto& end : ends_of(one.value)) ends.push_back(std::move(end));
  }
  return ends;
}

// Whoever guesses has as many tries as the person has links to guess at: all of them together
// count.
store::PayLinks::Tries tries_of_person(Tx& tx, const PayLink& link) {
  store::PayLinks::Tries all;
  for (const auto& one : tx.pay_links.of_debtor(link.creditor_id, link.debtor_id)) {
    const auto tries = tx.pay_links.tries(one);
    all.wrong = std::max(all.wrong, tries.wrong);
    if (tries.locked_until && (!all.locked_until || *all.locked_until < *tries.locked_until))
      all.locked_until = tries.locked_until;
  }
  return all;
}

std::string sign(Tx& tx, const PayLink& link, std::string_view until) {
  const store::LookupKey key = tx.pay_links.signature(link, until);
  std::string text;
  for (const uint8_t byte : key.value) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

bool has_document(Tx& tx, const PayLink& link) { return !known_ends(tx, link).empty(); }

PayerAnswer check_document(Tx& tx, const PayLink& link, std::string_view typed, Instant now) {
  const auto tries = tries_of_person(tx, link);
  if (tries.locked_until && now < *tries.locked_until) return PayerAnswer::Locked;
  const std::string answer = plain_document(typed);
  bool is_right = false;
  for (const auto& end : known_ends(tx, link)) is_right |= equal_constant_time(end, answer);
  const int32_t wrong = is_right ? 0 : tries.wrong + 1;
  const bool is_locked = wrong > 0 && wrong % kWrongMax == 0;
  store::PayLinks::Tries after{.wrong = wrong, .locked_until = {}};
  if (is_locked)
    after.locked_until = now + (kLockedMs << std::min(wrong / kWrongMax - 1, kDoublingsMax));
  // A right answer is one for all of them.
  for (const auto& one : tx.pay_links.of_debtor(link.creditor_id, link.debtor_id)) {
    if (is_right || one.id == link.id) tx.pay_links.set_tries(one, after);
  }
  if (is_right) return PayerAnswer::Right;
  return is_locked ? PayerAnswer::Locked : PayerAnswer::Wrong;
}

std::string payer_proof(Tx& tx, const PayLink& link, Instant now) {
  const std::string until = std::to_string((now + kProofMs).ms);
  return until + "." + sign(tx, link, until);
}

bool is_payer(Tx& tx, const PayLink& link, std::string_view proof, Instant now) {
  const auto dot = proof.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view until = proof.substr(0, dot);
  int64_t ms = 0;
  const auto [rest, error] = std::from_chars(until.data(), until.data() + until.size(), ms);
  if (error != std::errc{} || rest != until.data() + until.size()) return false;
  return equal_constant_time(sign(tx, link, until), proof.substr(dot + 1)) && now.ms < ms;
}

}  // namespace puntual::engine
