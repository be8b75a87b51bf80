#include "core/audit/record.h"

#include <iterator>

namespace puntual::audit {

std::string canonical_form(std::string_view before, const TimelineEvent& r) {
  std::string bytes;
  bytes.reserve(256 + r.detail.size() + r.facts.size());
  // Texts say how long they are: no text can pretend to be the field after it.
  fmt::format_to(std::back_inserter(bytes), "puntual-record-1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}:{}\n{}:{}\n{}:{}\n", before, r.id,
                 r.creditor_id.value, r.debtor_id.value, r.at.ms, r.message_id.value, r.invoice_id.value, r.payment_id.value,
                 r.kind.size(), r.kind, r.detail.size(), r.detail, r.facts.size(), r.facts);
  return bytes;
}

std::string hash_of(std::string_view before, const TimelineEvent& record) { return hex(sha256(canonical_form(before, record))); }

}  // namespace puntual::audit
