#include "engine/pay_links.h"

#include <algorithm>

#include "engine/note.h"

namespace puntual::engine {
namespace {

constexpr int32_t kRenewDays =
    30;  // Who is written to has at least so long to pay, a shorter setting aside.

std::vector<PayLink> live_links(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  return tx.pay_links.live_of(creditor, store::People({debtor}), now).front();
}

// The creditor's own page: it knows its invoices.
std::string foreign_link(const Creditor& creditor, const Invoice& invoice) {
  std::string link = creditor.payment_link_base;
  for (const char c : invoice.number) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.';
    link += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return link;
}

}  // namespace

PayAbout pay_about(std::span<const Invoice> named) {
  if (named.size() != 1) return {};
  return {.kind = PayAboutKind::Invoice, .id = named.front().id.value};
}

PayLink link_for(Tx& tx, const Desk& desk, CreditorId creditor, DebtorId debtor,
                 const PayAbout& about, std::span<const PayLink> known, Instant now) {
  const int32_t days = desk.settings.pay_link_days;
  const Instant expires_at = now + days * kDayMs;
  auto found = std::ranges::find(known, about, &PayLink::about);
  std::vector<PayLink> made_since;
  if (found == known.end()) {
    made_since = live_links(tx, creditor, debtor, now);
    known = made_since;
    found = std::ranges::find(known, about, &PayLink::about);
  }
  if (found == known.end())
    return tx.pay_links.make(creditor, debtor, about, now, expires_at, tx.ids);
  PayLink link = *found;
  if (link.expires_at - now < std::min(days, kRenewDays) * kDayMs) {
    tx.pay_links.extend(link, expires_at);
    link.expires_at = expires_at;
  }
  return link;
}

std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                         std::span<const Invoice> named, std::span<const PayLink> known,
                         Instant now) {
  if (creditor.payment_link_base.empty() || named.empty()) return {};
  if (desk.settings.pay_link_days == 0) return foreign_link(creditor, named.front());
  return creditor.payment_link_base +
         link_for(tx, desk, creditor.id, debtor, pay_about(named), known, now).token;
}

std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                         std::span<const Invoice> named, Instant now) {
  return payment_link(tx, desk, creditor, debtor, named, {}, now);
}

std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor,
                         const Agreement& agreement, std::span<const Invoice> covered,
                         Instant now) {
  if (creditor.payment_link_base.empty() || covered.empty()) return {};
  if (desk.settings.pay_link_days == 0)
    return covered.size() == 1 ? foreign_link(creditor, covered.front()) : std::string();
  const PayAbout about{.kind = PayAboutKind::Agreement, .id = agreement.id.value};
  return creditor.payment_link_base +
         link_for(tx, desk, creditor.id, agreement.debtor_id, about, {}, now).token;
}

std::string transfer_reference(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                               const PayAbout& about, std::span<const Invoice> named, Instant now) {
  if (desk.settings.pay_link_days > 0 && !named.empty())
    return link_for(tx, desk, creditor.id, debtor, about, {}, now).bank_reference;
  std::string numbers;
  for (const auto& invoice : named) numbers += (numbers.empty() ? "" : ", ") + invoice.number;
  return numbers;
}

int64_t revoke_links(Tx& tx, CreditorId creditor, DebtorId debtor, std::string_view why,
                     Instant now) {
  const int64_t count = tx.pay_links.revoke(creditor, debtor, now);
  if (count > 0) note(tx, creditor, debtor, now, "links_revoked", why);
  return count;
}

}  // namespace puntual::engine
