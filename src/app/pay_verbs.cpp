#include "app/pay_verbs.h"

#include <algorithm>

#include "app/pay_words.h"
#include "base/card_numbers.h"
#include "base/locale.h"
#include "base/text.h"
#include "core/conversation/respond.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/obey_words.h"
#include "engine/pay_links.h"
#include "engine/payer_identity.h"
#include "engine/take_effect.h"

namespace puntual {
namespace {

constexpr std::string_view kThrough = "page";
constexpr size_t kWordsMax = 1000;

struct SaidVerb {
  std::string_view name;
  Move move;
};
constexpr SaidVerb kSaidVerbs[] = {{"paid", Move::Claim},
                                   {"dispute", Move::Dispute},
                                   {"help", Move::CallPerson},
                                   {"cannot", Move::Hardship}};

std::string words_in(const http::Request& request) {
  std::string words = request.form("words");
  if (const auto read = to_utf8(words)) words = read->text;
  words.resize(beginning_of(words, kWordsMax).size());
  return mask_card_numbers(words);
}

class PayerTurn {
 public:
  PayerTurn(Tx& tx, const Desk& desk, const Config& config, const http::Request& request,
            PayFacts facts, Instant now)
      : tx_(tx),
        desk_(desk),
        config_(config),
        request_(request),
        facts_(std::move(facts)),
        link_(facts_.link),
        words_(PayWords::of(facts_.locale)),
        now_(now) {}

  PayAnswer take() {
    const std::string_view verb = request_.param("verb");
    if (const auto* said = std::ranges::find(kSaidVerbs, verb, &SaidVerb::name);
        said != std::end(kSaidVerbs))
      return say(*said);
    if (verb == "identify") return identify();
    if (verb == "not-me") return not_me();
    if (verb == "stop") return stop();
    if (verb != "promise" && verb != "plan") return {.status = 404};
    if (!facts_.is_known) return refuse(403, words_.say("bad_proof"));
    if (facts_.agreed)
      return confirm(*facts_.agreed);  // Sent twice; another one only a person makes.
    return verb == "plan" ? take_offer() : promise();
  }

 private:
  PayAnswer refuse(int status, std::string text) const {
    return {.status = status, .facts = facts_, .notice = PayNotice{.text = std::move(text)}};
  }

  // What they have written may weigh more than what they have tapped.
  PayAnswer say(const SaidVerb& said) {
    const bool is_told = said.move == Move::Claim && facts_.has_claimed;  // It is being looked for.
    switch (engine::hear_on_page(tx_, desk_, config_.creditor, facts_.debtor,
                                 is_told ? std::nullopt : std::optional(said.move),
                                 words_in(request_), now_)) {
      case engine::PageHeard::AsTapped:
        return {.see = fmt::format("?done={}", said.name)};
      case engine::PageHeard::Stopped:
        return show(PlainPage::Stopped);
      case engine::PageHeard::Graver:
        break;
    }
    return show(PlainPage::Heard);
  }

  PayAnswer stop() {
    engine::stop_on_page(tx_, desk_, config_.creditor, facts_.debtor, now_);
    return show(PlainPage::Stopped);
  }

  // The link may have ended by what they have said.
  PayAnswer show(PlainPage plain) const { return {.status = 200, .facts = facts_, .plain = plain}; }

  PayAnswer identify() {
    const auto given = engine::check_document(tx_, link_, request_.form("document"), now_);
    if (given == engine::PayerAnswer::Wrong) return refuse(403, words_.say("bad_document"));
    if (given == engine::PayerAnswer::Locked) {
      engine::note(tx_, link_.creditor_id, link_.debtor_id, now_, "page_locked");
      return refuse(429, words_.say("bad_locked"));
    }
    return {.status = 200,
            .facts = pay_facts(tx_, desk_, config_, link_.token,
                               engine::payer_proof(tx_, link_, now_), now_)};
  }

  PayAnswer not_me() {
    (void)engine::retire_address(tx_, facts_.debtor, kThrough, now_);
    engine::revoke_links(tx_, link_.creditor_id, link_.debtor_id, kThrough, now_);
    return show(PlainPage::NotMe);
  }

  PayAnswer take_offer() {
    const std::string told = request_.form("offer");
    const auto offer =
        std::ranges::find_if(facts_.offers, [&](const Offer& one) { return text_of(one) == told; });
    return offer == facts_.offers.end() ? refuse(409, words_.say("bad_offer")) : agree(*offer);
  }

  PayAnswer promise() {
    const Negotiation open =
        engine::negotiation_with(tx_, desk_, config_.creditor, facts_.debtor, now_, link_.about);
    if (!facts_.promise_until || open.mandate == nullptr)
      return refuse(409, words_.say("bad_offer"));
    const auto date = parse_date(request_.form("date"));
    const auto verdict = agreements::judge_promise(
        *open.mandate, open.debt, date ? std::optional(*date) : std::nullopt, std::nullopt);
    if (verdict.answer == PromiseAnswer::Accepted) return agree(verdict.offer);
    return refuse(
        400,
        words_.say("bad_date", {{"date", format_long_date(*facts_.promise_until, facts_.locale)}}));
  }

  PayAnswer agree(const Offer& offer) {
    const std::string told =
        fmt::format("En la página de pago. Ofrecido y aceptado: {}.",
                    conversation::offer_text(offer, facts_.owed.currency, facts_.locale));
    const auto made = engine::make_agreement(tx_, desk_, config_.creditor,
                                             {.debtor_id = link_.debtor_id,
                                              .offer = offer,
                                              .through = std::string(kThrough),
                                              .words = told,
                                              .about = link_.about},
                                             now_);
    if (made) return confirm(*made);
    engine::take_effect(tx_, desk_, config_.creditor, facts_.debtor, Move::CallForPlan, told,
                        kThrough, now_);
    return refuse(409, words_.say("bad_promise"));
  }

  // Sum and date, which only who has proven who they are may see: not at an address that anybody
  // can open.
  PayAnswer confirm(const Agreement& made) const {
    const std::string text = conversation::offer_text(
        {.instalments = made.instalments, .discount_minor = made.discount_minor},
        made.total.currency, facts_.locale);
    return {.status = 200,
            .facts = pay_facts(tx_, desk_, config_, link_.token, facts_.proof, now_),
            .notice = PayNotice{.text = words_.say("ok_promise", {{"agreement", text}}),
                                .is_good = true}};
  }

  Tx& tx_;
  const Desk& desk_;
  const Config& config_;
  const http::Request& request_;
  const PayFacts facts_;
  const PayLink& link_;
  const PayWords& words_;
  Instant now_;
};

}  // namespace

PayAnswer take_verb(Tx& tx, const Desk& desk, const Config& config, const http::Request& request,
                    Instant now) {
  const std::string_view token = request.param("token");
  const auto link = tx.pay_links.find_by_token(config.creditor.id, token);
  if (!link) return {.status = 404};
  tx.debtors.hold_with_kin(link->creditor_id, link->debtor_id);
  auto facts = pay_facts(tx, desk, config, token, request.form("proof"), now);
  if (!facts) return {.status = 404};
  return PayerTurn(tx, desk, config, request, *std::move(facts), now).take();
}

}  // namespace puntual
