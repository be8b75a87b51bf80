#include "core/ledger/ledger.h"

#include <algorithm>
#include <array>

namespace puntual {

std::string_view text_of(Account account) {
  static constexpr std::array<std::string_view, 5> kTexts = {"receivable", "cash", "invoiced", "reported", "unapplied"};
  return kTexts[static_cast<size_t>(account)];
}

namespace ledger {
namespace {

void transfer(std::vector<LedgerEntry>& entries, const LedgerEntry& like, Account debit, Account credit, int64_t minor) {
  if (minor == 0) return;
  LedgerEntry entry = like;
  entry.debit = minor > 0 ? debit : credit;
  entry.credit = minor > 0 ? credit : debit;
  entry.amount.minor = minor > 0 ? minor : -minor;
  entries.push_back(entry);
}

}  // namespace

std::vector<LedgerEntry> entries_of_file_change(const InvoiceBalance& from, const InvoiceBalance& to,
                                                const LedgerEntry& like) {
  std::vector<LedgerEntry> entries;
  transfer(entries, like, Account::Receivable, Account::Invoiced, to.amount_minor - from.amount_minor);
  const int64_t owed_change = to.owed_minor() - from.owed_minor() - (to.amount_minor - from.amount_minor);
  transfer(entries, like, Account::Reported, Account::Receivable, -owed_change);
  return entries;
}

std::vector<LedgerEntry> entries_of_allocation(const InvoiceBalance& before, int64_t part, Account source,
                                               const LedgerEntry& like) {
  InvoiceBalance after = before;
  after.paid_minor += part;
  const int64_t lowers = before.owed_minor() - after.owed_minor();
  std::vector<LedgerEntry> entries;
  transfer(entries, like, source, Account::Receivable, lowers);
  transfer(entries, like, source, Account::Reported, part - lowers);
  return entries;
}

int64_t can_take(const InvoiceBalance& balance) {
  return std::max<int64_t>(0, balance.amount_minor - balance.paid_minor);
}

}  // namespace ledger
}  // namespace puntual
