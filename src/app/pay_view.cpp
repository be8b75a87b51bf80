#include "app/pay_view.h"

#include <algorithm>

#include "app/pay_words.h"
#include "base/embedded.h"
#include "base/locale.h"
#include "core/conversation/respond.h"
#include "engine/charge_overdue.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/payer_identity.h"
#include "engine/payment_requests.h"
#include "http/html.h"

namespace puntual {
namespace {

bool rests_for(std::span<const store::Suspension> suspensions, store::SuspensionKind kind) {
  return std::ranges::find(suspensions, kind, &store::Suspension::kind) != suspensions.end();
}

// In court, in insolvency, in an authority's claim, or where somebody may have died nobody is asked
// for money here either.
bool is_barred(Tx& tx, const PayLink& link) {
  return (tx.case_flags.active(link.creditor_id, link.debtor_id) &
          ~(1 << static_cast<int>(CaseFlag::Disputed))) != 0;
}

// What can be paid, in the currency of the oldest.
void read_debt(Tx& tx, PayFacts& facts) {
  const PayLink& link = facts.link;
  facts.is_at_rest = is_barred(tx, link);
  if (facts.is_at_rest) return;
  facts.payable = engine::payable_by(tx, link.creditor_id, link.debtor_id, link.about);
  if (facts.payable.empty()) {
    const auto own = link.about.kind == PayAboutKind::Invoice
                         ? tx.invoices.find(link.creditor_id, InvoiceId{link.about.id})
                         : std::nullopt;
    facts.is_at_rest = !engine::owed_by(tx, link.creditor_id, link.debtor_id, link.about).empty() ||
                       (own && own->state == InvoiceState::WrittenOff);
    return;
  }
  const Currency currency = facts.payable.front().amount.currency;
  facts.owed = facts.due = engine::owed_of(facts.payable, currency);
  facts.has_other_currency = std::erase_if(facts.payable, [&](const Invoice& one) {
                               return one.amount.currency != currency;
                             }) > 0;
}

void read_agreement(Tx& tx, PayFacts& facts) {
  const PayLink& link = facts.link;
  facts.agreed = tx.agreements.active_of(link.creditor_id, link.debtor_id);
  if (!facts.agreed || link.about.kind != PayAboutKind::Agreement ||
      facts.agreed->id.value != link.about.id)
    return;
  const auto books = tx.agreements.books_of(*facts.agreed);
  const auto progress = agreements::progress_of(*facts.agreed, books, facts.today);
  if (progress.met >= facts.agreed->instalments.size() || progress.missing_minor <= 0) return;
  facts.due.minor = std::min(progress.missing_minor, facts.owed.minor);
  facts.due_on = facts.agreed->instalments[progress.met].due_on;
  facts.agreed->instalments = agreements::asked_now(*facts.agreed, books.waived_minor);
  std::erase_if(facts.agreed->instalments,
                [](const Instalment& one) { return one.amount_minor == 0; });
}

// As in the chat: only a person agrees on anything while the case is in dispute or in court, or
// another agreement is in force.
void read_offers(Tx& tx, const Desk& desk, const Creditor& creditor, PayFacts& facts, Instant now) {
  constexpr int32_t kFarDays = 3 * 366;
  if (facts.agreed || tx.case_flags.active(creditor.id, facts.debtor.id) != 0) return;
  const Negotiation open =
      engine::negotiation_with(tx, desk, creditor, facts.debtor, now, facts.link.about);
  if (open.mandate == nullptr || open.covered.empty()) return;
  facts.offers = agreements::offers(*open.mandate, open.debt, {});
  const auto far =
      agreements::judge_promise(*open.mandate, open.debt, facts.today + kFarDays, std::nullopt);
  facts.promised = open.debt.owed;
  if (far.answer == PromiseAnswer::TooLate) facts.promise_until = far.latest;
}

// In the currency of the page; where nothing is owed, in that of the money.
void read_credit(Tx& tx, PayFacts& facts) {
  for (const auto& payment : tx.payments.of_debtor(facts.link.creditor_id, facts.link.debtor_id)) {
    if (payment.unapplied_minor <= 0) continue;
    if (facts.credit.minor == 0)
      facts.credit.currency = facts.payable.empty() ? payment.amount.currency : facts.owed.currency;
    if (payment.amount.currency == facts.credit.currency)
      facts.credit.minor += payment.unapplied_minor;
  }
}

// --- From facts to the values of web/pay/page.html

// On a narrow telephone a sum is not torn in two, "$" at the end of a line and the figures below.
std::string with_whole_sums(std::string html) {
  for (size_t at = html.find(' '); at != std::string::npos; at = html.find(' ', at + 1)) {
    const char before = at == 0 ? ' ' : html[at - 1];
    const bool is_sum = (before == '$' || before == '/') && at + 1 < html.size() &&
                        html[at + 1] >= '0' && html[at + 1] <= '9';
    if (is_sum) html.replace(at, 1, "\u00A0");
  }
  return html;
}

class PageValues {
 public:
  PageValues(const Config& config, const PayFacts* facts, std::string_view locale = {})
      : facts_(facts),
        words_(PayWords::of(facts != nullptr ? std::string_view(facts->locale)
                            : locale.empty() ? std::string_view(config.creditor.locale)
                                             : locale)) {
    values = {{"lang", words_.language()},
              {"creditor", config.creditor.name},
              {"say", words_.all()},
              {"agent", config.creditor.agent_name.empty()
                            ? std::string()
                            : words_.say("agent", {{"agent", config.creditor.agent_name}})},
              {"title", words_.say("title", {{"creditor", config.creditor.name}})}};
    if (facts != nullptr) values["base"] = "/p/" + facts->link.token;
  }
  std::string html() const {
    const auto file = embedded_file("web/pay/page.html");
    PUNTUAL_CHECK(file.has_value());
    return with_whole_sums(http::fill_html(*file, values));
  }
  std::string money(int64_t minor) const {
    return format_money({minor, facts_->owed.currency}, facts_->locale);
  }
  std::string money(Money sum) const { return format_money(sum, facts_->locale); }
  std::string day(CivilDate date) const { return format_long_date(date, facts_->locale); }
  const PayWords& words() const { return words_; }

  json::object values;

 private:
  const PayFacts* facts_;
  const PayWords& words_;
};

// Nine digits and two, in groups that can be read aloud.
std::string grouped(std::string_view reference) {
  std::string text;
  for (size_t i = 0; i < reference.size(); ++i) {
    if (i > 0 && i % 3 == 0) text += ' ';
    text += reference[i];
  }
  return text;
}

// Only what every way that is shown takes.
json::array choices_of(const PageValues& page, const PayFacts& facts,
                       std::span<const ProviderTraits* const> ways) {
  json::array choices;
  if (facts.due != facts.owed) {
    choices.push_back(
        {{"value", "due"},
         {"is_first", true},
         {"text", page.words().say("this_part", {{"amount", page.money(facts.due)}})}});
  }
  const bool is_taken =
      std::ranges::all_of(ways, [&](const ProviderTraits* one) { return one->takes(facts.owed); });
  if (is_taken)
    choices.push_back(
        {{"value", "all"},
         {"is_first", choices.empty()},
         {"text", page.words().say("everything", {{"amount", page.money(facts.owed)}})}});
  return choices;
}

json::array providers_of(const PageValues& page, std::span<const ProviderTraits* const> ways,
                         Currency currency) {
  json::array all;
  for (const auto* one : ways) {
    json::array methods;
    for (const auto* method : one->methods_for(currency))
      methods.push_back({{"value", fmt::format("{}:{}", one->name, method->code)},
                         {"text", page.words().method(method->name)}});
    if (methods.empty())
      methods.push_back({{"value", fmt::format("{}:", one->name)}, {"text", one->title}});
    all.push_back({{"name", one->name},
                   {"text", page.words().say("by", {{"provider", one->title}})},
                   {"methods", std::move(methods)}});
  }
  return all;
}

json::value transfer_of(const PageValues& page, const TransferAccount& transfer,
                        const PayFacts& facts) {
  if (!transfer.takes(facts.owed.currency)) return nullptr;
  json::array rows;
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) rows.push_back({{"name", page.words().say(key)}, {"value", value}});
  };
  add("bank", transfer.bank);
  add("account_kind", transfer.account_kind);
  if (!transfer.account.empty())
    rows.push_back(
        {{"name", page.words().account_in(facts.debtor.country)}, {"value", transfer.account}});
  add("holder", transfer.holder);
  add("holder_document", transfer.document);
  add("amount", page.money(facts.due));
  add("transfer_reference", facts.link.bank_reference);
  return json::object{{"rows", std::move(rows)}};
}

json::array invoices_of_page(const PageValues& page, const PayFacts& facts) {
  json::array all;
  for (const auto& one : facts.payable) {
    const bool is_late = one.due_on && *one.due_on < facts.today;
    all.push_back(
        {{"number", one.number},
         {"product", one.product},
         {"amount", page.words().say("invoice_amount", {{"balance", page.money(one.balance_minor)},
                                                        {"amount", page.money(one.amount)}})},
         {"split", one.breakdown.empty()
                       ? std::string()
                       : page.words().say("invoice_split", {{"split", one.breakdown}})},
         {"due", one.due_on ? page.words().say(is_late ? "invoice_due" : "invoice_due_later",
                                               {{"date", page.day(*one.due_on)}})
                            : std::string()}});
  }
  return all;
}

json::value later_of(const PageValues& page, const PayFacts& facts) {
  json::object later{{"ask", facts.is_asked()},
                     {"stranger", facts.is_stranger()},
                     {"is_open", !facts.proof.empty()},
                     {"proof", facts.proof}};
  // "None of this" needs something above it.
  const bool has_choice = facts.is_known && (facts.promise_until || !facts.offers.empty());
  later["cannot"] = page.words().say(has_choice ? "cannot" : "cannot_alone");
  if (!facts.is_known) return later;
  if (facts.promise_until) {
    later["promise"] = json::object{
        {"text", page.words().say("promise", {{"amount", page.money(facts.promised)}})},
        {"from", format_date(facts.today)},
        {"until", format_date(*facts.promise_until)}};
  }
  json::array offers;
  for (const auto& one : facts.offers) {
    offers.push_back({{"value", text_of(one)},
                      {"text", conversation::offer_text(one, facts.owed.currency, facts.locale)}});
  }
  later["has_offers"] = !offers.empty();
  later["offers"] = std::move(offers);
  return later;
}

json::value owed_values(const PageValues& page, const Desk& desk, const Config& config,
                        const PayFacts& facts) {
  const PayWords& words = page.words();
  const auto ways = ways_to_pay(desk, config, facts);
  const bool is_instalment = facts.due_on.has_value();
  json::object owed{
      {"label", words.say(is_instalment                                    ? "total_agreement"
                          : facts.link.about.kind == PayAboutKind::Invoice ? "total_invoice"
                                                                           : "total")},
      {"sum", page.money(facts.due)},
      {"reference", grouped(facts.link.bank_reference)},
      {"due", is_instalment ? words.say("due_agreement", {{"date", page.day(*facts.due_on)}})
                            : std::string()},
      {"others", facts.has_other_currency ? words.say("others") : std::string()},
      {"has_providers", !ways.empty()},
      {"providers", providers_of(page, ways, facts.owed.currency)},
      {"transfer", transfer_of(page, config.payments.transfer, facts)},
      {"no_way", ways.empty() && !config.payments.transfer.takes(facts.owed.currency)},
      {"ask", facts.is_asked()},
      {"stranger", facts.is_stranger()},
      {"detail_open", !facts.proof.empty()},
      {"question", words.say("question", {{"document", words.document_in(facts.debtor.country)}})},
      {"later", later_of(page, facts)},
      {"claimed", facts.has_claimed ? words.say("claimed") : std::string()},
      {"help", config.creditor.help.empty()
                   ? std::string()
                   : words.say("help_text", {{"help", config.creditor.help}})}};
  const std::string included = charges::included(facts.parts, facts.owed.currency, facts.locale);
  owed["charges"] = is_instalment || included.empty()
                        ? std::string()
                        : words.say("charges", {{"included", included}});
  const auto part = part_of(config, ways, facts.owed);
  json::array choices = choices_of(page, facts, ways);
  owed["has_choice"] = part || choices.size() > 1;
  owed["choices"] = std::move(choices);
  if (part) owed["part"] = words.say("part", {{"amount", page.money(part->from)}});
  if (facts.is_known) {
    owed["invoices"] = invoices_of_page(page, facts);
    if (facts.agreed) {
      const Offer offer{.instalments = facts.agreed->instalments,
                        .discount_minor = facts.agreed->discount_minor};
      owed["agreed"] = json::object{
          {"text", conversation::offer_text(offer, facts.agreed->total.currency, facts.locale)}};
    }
  }
  return owed;
}

}  // namespace

std::optional<PayFacts> pay_facts(Tx& tx, const Desk& desk, const Config& config,
                                  std::string_view token, std::string_view proof, Instant now) {
  const auto link = tx.pay_links.find_by_token(config.creditor.id, token);
  if (!link || !link->is_live(now)) return std::nullopt;
  const auto debtor = tx.debtors.find(link->creditor_id, link->debtor_id);
  if (!debtor || debtor->erased_at) return std::nullopt;
  const Zone zone = engine::home_zone(*debtor, config.creditor);
  PayFacts facts{.link = *link,
                 .debtor = *debtor,
                 .locale = engine::locale_of(*debtor, config.creditor),
                 .zone = zone,
                 .today = zone.local(now).date};
  read_debt(tx, facts);
  for (const auto& one : facts.payable)
    facts.parts.add(engine::owed_parts(tx, desk, config.creditor, one));
  read_agreement(tx, facts);
  read_credit(tx, facts);
  facts.has_document = engine::has_document(tx, *link);
  if (config.payments.asks_document && facts.has_document &&
      engine::is_payer(tx, *link, proof, now))
    facts.proof = proof;
  facts.is_known = !config.payments.asks_document || !facts.proof.empty();
  if (facts.is_known) {
    for (auto& one : facts.payable) one.breakdown = engine::split_now(tx, config.creditor, one);
    engine::break_down(tx, desk, config.creditor, facts.locale, facts.payable);
    read_offers(tx, desk, config.creditor, facts, now);
  }
  for (const auto& request : tx.payment_requests.of_link(link->creditor_id, link->id)) {
    if (request.state == ProviderStatus::Pending) facts.pending = request.amount;
  }
  facts.has_claimed = rests_for(tx.suspensions.active(link->creditor_id, link->debtor_id, now),
                                store::SuspensionKind::Claim);
  return facts;
}

std::string text_of(const Offer& offer) {
  std::string text;
  for (const auto& one : offer.instalments)
    text += fmt::format("{}:{};", format_date(one.due_on), one.amount_minor);
  return text + std::to_string(offer.discount_minor);
}

std::vector<const ProviderTraits*> ways_to_pay(const Desk& desk, const Config& config,
                                               const PayFacts& facts) {
  std::vector<const ProviderTraits*> ways;
  for (const auto& settings : config.payments.providers) {
    const auto found = desk.providers.find(settings.name);
    if (found == desk.providers.end()) continue;
    const ProviderTraits& traits = found->second->traits();
    if (traits.makes_places && traits.takes(facts.due)) ways.push_back(&traits);
  }
  return ways;
}

std::optional<PartBounds> part_of(const Config& config, std::span<const ProviderTraits* const> ways,
                                  Money owed) {
  if (!config.payments.allows_part || ways.empty()) return std::nullopt;
  int64_t from = std::max<int64_t>(config.payments.part_minor_min, 1), to = owed.minor;
  bool is_whole = false;
  for (const auto* one : ways) {
    const ProviderCurrency* const bounds = one->bounds(owed.currency);
    if (bounds == nullptr) return std::nullopt;
    from = std::max(from, bounds->minor_min);
    to = std::min(to, bounds->minor_max);
    is_whole = is_whole || bounds->whole_units;
  }
  if (is_whole) {
    const int64_t unit = owed.currency.minor_per_major();
    from = (from + unit - 1) / unit * unit;
    to = to / unit * unit;
  }
  if (from >= owed.minor || from > to) return std::nullopt;
  return PartBounds{.from = {from, owed.currency}, .to = {to, owed.currency}};
}

std::string pay_page_html(const Desk& desk, const Config& config, const PayFacts& facts,
                          const std::optional<PayNotice>& notice) {
  PageValues page(config, &facts);
  if (notice) {
    page.values["notice"] =
        json::object{{"text", notice->text}, {"kind", notice->is_good ? "good" : "bad"}};
  } else if (facts.pending) {
    page.values["notice"] = json::object{
        {"text", page.words().say("pending", {{"amount", page.money(*facts.pending)}})},
        {"kind", "good"}};
  }
  if (facts.credit.minor > 0)
    page.values["credit"] = page.words().say("credit", {{"amount", page.money(facts.credit)}});
  if (facts.payable.empty()) {
    const std::string_view text = facts.is_at_rest ? "resting"
                                  : facts.link.about.kind == PayAboutKind::Everything
                                      ? "paid_everything"
                                      : "paid_this";
    page.values["plain"] =
        json::object{{"heading", page.words().say("paid_title")}, {"text", page.words().say(text)}};
  } else {
    page.values["owed"] = owed_values(page, desk, config, facts);
  }
  return page.html();
}

namespace {

json::object plain_of(const PageValues& page, PlainPage which) {
  static constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
      {"gone_title", "gone"},       {"busy_title", "busy"},     {"not_me_title", "not_me_done"},
      {"waiting_title", "waiting"}, {"failed_title", "failed"}, {"paid_title", "received"},
      {"not_me_title", "stopped"},  {"not_me_title", "heard"},  {"stop_title", "stop_text"}};
  const auto [title, text] = kTexts[static_cast<size_t>(which)];
  return {{"heading", page.words().say(title)}, {"text", page.words().say(text)}};
}

}  // namespace

std::string plain_page_html(const Config& config, PlainPage which, const PayFacts* facts) {
  PageValues page(config, facts);
  page.values["plain"] = plain_of(page, which);
  return page.html();
}

std::string result_page_html(const Config& config, PlainPage which, std::string_view locale,
                             std::string_view code) {
  PageValues page(config, nullptr, locale);
  page.values["plain"] = plain_of(page, which);
  page.values["base"] = fmt::format("/r/{}", code);
  page.values["check"] = which == PlainPage::Waiting;
  return page.html();
}

std::string stop_page_html(const Config& config, PlainPage which, std::string_view locale) {
  PageValues page(config, nullptr, locale);
  page.values["title"] = config.creditor.name;
  page.values["plain"] = plain_of(page, which);
  page.values["ask_stop"] = which == PlainPage::AskStop;
  return page.html();
}

std::string handover_html(const Config& config, const PayFacts& facts,
                          const PaymentRequest& request) {
  PageValues page(config, &facts);
  json::array fields;
  for (const auto& [name, value] : request.form)
    fields.push_back({{"name", name}, {"value", value}});
  page.values["handover"] = json::object{
      {"heading", page.money(request.amount)}, {"url", request.url}, {"fields", std::move(fields)}};
  return page.html();
}

}  // namespace puntual
