#include "core/ledger/ledger.h"

#include <algorithm>
#include <array>

namespace puntual {

namespace {

constexpr std::array<std::string_view, 9> kAccountTexts = {
    "receivable",       "cash",        "invoiced", "reported", "unapplied", "discounts",
    "small_difference", "written_off", "charges"};

}  // namespace

std::string_view text_of(Account account) { return kAccountTexts[static_cast<size_t>(account)]; }

Account account_of(std::string_view text) {
  const auto* const found = std::ranges::find(kAccountTexts, text);
  PUNTUAL_CHECK(found != kAccountTexts.end());
  return static_cast<Account>(found - kAccountTexts.begin());
}

namespace ledger {
namespace {

void transfer(std::vector<LedgerEntry>& entries, const LedgerEntry& like, Account debit,
              Account credit, int64_t minor) {
  if (minor == 0) return;
  entries.push_back(entry_of(debit, credit, minor, like));
}

}  // namespace

std::vector<LedgerEntry> entries_of_file_change(const InvoiceBalance& from,
                                                const InvoiceBalance& to, const LedgerEntry& like) {
  std::vector<LedgerEntry> entries;
  transfer(entries, like, Account::Receivable, Account::Invoiced,
           to.amount_minor - from.amount_minor);
  const int64_t owed_change =
      to.owed_minor() - from.owed_minor() - (to.amount_minor - from.amount_minor);
  transfer(entries, like, Account::Reported, Account::Receivable, -owed_change);
  return entries;
}

InvoiceBalance after_report(const InvoiceBalance& before, int64_t amount_minor,
                            std::optional<int64_t> reported_minor, CivilDate on) {
  InvoiceBalance after = before;
  after.amount_minor = amount_minor;
  // The same figure again is no news, whatever the day: it keeps the day on which it was new.
  if (!reported_minor || (before.reported_on && *reported_minor == before.reported_minor))
    return after;
  // What the file has newly booked is first of all what we knew before it; what it counts no
  // longer, what we knew to be gone.
  const int64_t booked = *reported_minor - before.reported_minor;
  if (booked > 0 && after.ahead_minor > 0) after.ahead_minor -= std::min(after.ahead_minor, booked);
  if (booked < 0 && after.ahead_minor < 0) after.ahead_minor -= std::max(after.ahead_minor, booked);
  after.reported_minor = *reported_minor;
  after.reported_on = on;
  return after;
}

InvoiceBalance after_payment(const InvoiceBalance& before, int64_t part, bool file_may_know) {
  // What neither the file nor the debt can take is the file's after all: somebody told us late.
  const int64_t explains = file_may_know ? std::min(part, before.unitemised_minor())
                                         : std::max<int64_t>(0, part - before.owed_minor());
  InvoiceBalance after = before;
  after.paid_minor += part;
  after.ahead_minor += part - explains;
  return after;
}

InvoiceBalance after_taking_back(const InvoiceBalance& before, int64_t part, bool is_gone) {
  InvoiceBalance after = before;
  after.paid_minor -= part;
  after.ahead_minor -= is_gone ? part : std::min(part, std::max<int64_t>(0, before.ahead_minor));
  return after;
}

std::vector<LedgerEntry> entries_of_allocation(const InvoiceBalance& before,
                                               const InvoiceBalance& after, Account source,
                                               const LedgerEntry& like) {
  const int64_t part = after.paid_minor - before.paid_minor;
  const int64_t lowers = before.owed_minor() - after.owed_minor();
  std::vector<LedgerEntry> entries;
  transfer(entries, like, source, Account::Receivable, lowers);
  transfer(entries, like, source, Account::Reported, part - lowers);
  return entries;
}

LedgerEntry entry_of_giving_up(Account as, int64_t minor, const LedgerEntry& like) {
  return entry_of(as, Account::Receivable, minor, like);
}

LedgerEntry entry_of(Account debit, Account credit, int64_t minor, const LedgerEntry& like) {
  LedgerEntry entry = like;
  entry.debit = minor > 0 ? debit : credit;
  entry.credit = minor > 0 ? credit : debit;
  entry.amount.minor = minor > 0 ? minor : -minor;
  return entry;
}

int64_t can_take(const InvoiceBalance& balance) {
  return std::max<int64_t>(0, balance.asked_minor() - balance.paid_minor);
}

}  // namespace ledger
}  // namespace puntual
