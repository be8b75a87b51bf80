#include "core/audit/record.h"

#include <array>
#include <charconv>

namespace puntual::audit {
namespace {

void add_number(std::string& bytes, int64_t number, char end) {
  std::array<char, 24> digits;
  bytes.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr) += end;
}

// Texts say how long they are: no text can pretend to be the field after it.
void add_text(std::string& bytes, std::string_view text) {
  add_number(bytes, static_cast<int64_t>(text.size()), ':');
  bytes.append(text) += '\n';
}

}  // namespace

std::string canonical_form(std::string_view before, const TimelineEvent& r) {
  std::string bytes;
  bytes.reserve(320 + r.kind.size() + r.detail.size() + r.facts.size());
  bytes.append("puntual-record-1\n").append(before) += '\n';
  for (const int64_t number : {r.id, r.creditor_id.value, r.debtor_id.value, r.at.ms,
                               r.message_id.value, r.invoice_id.value, r.payment_id.value}) {
    add_number(bytes, number, '\n');
  }
  for (const std::string_view text :
       {std::string_view(r.kind), std::string_view(r.detail), std::string_view(r.facts)})
    add_text(bytes, text);
  return bytes;
}

std::string hash_of(std::string_view before, const TimelineEvent& record) {
  return hex(sha256(canonical_form(before, record)));
}

}  // namespace puntual::audit
