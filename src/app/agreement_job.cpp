#include "app/agreement_job.h"

#include <algorithm>

#include "app/known_author.h"
#include "app/list_page.h"
#include "app/order_fields.h"
#include "base/json.h"
#include "base/locale.h"
#include "base/whole_number.h"
#include "core/access/two_people.h"
#include "core/conversation/respond.h"
#include "document/agreement_page.h"
#include "engine/agreement_paper.h"
#include "engine/agreements.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/pay_links.h"
#include "store/sql/sql_record_pages.h"

namespace puntual {
namespace {

constexpr int64_t kPartsMax = 36;

json::array instalments_json(std::span<const Instalment> instalments, size_t met) {
  json::array all;
  for (size_t i = 0; i < instalments.size(); ++i) {
    all.push_back({{"number", i + 1},
                   {"due_on", format_date(instalments[i].due_on)},
                   {"amount_minor", instalments[i].amount_minor},
                   {"met", i < met}});
  }
  return all;
}

// "Se acuerda muy poco (lo mínimo: $ 200.000)".
std::string beyond_es(const Beyond& beyond, Currency currency) {
  struct Text {
    Bound bound;
    std::string_view said, limit;
  };
  static constexpr Text kTexts[] = {
      {Bound::NoMandate, "ningún mandato lo permite", ""},
      {Bound::Agreements, "ya hubo demasiados acuerdos", "máximo"},
      {Bound::Broken, "ya hubo demasiados acuerdos incumplidos", "máximo"},
      {Bound::Parts, "son demasiadas cuotas", "máximo"},
      {Bound::LastDay, "el último pago queda muy tarde", "a más tardar"},
      {Bound::Discount, "se perdona demasiado", "máximo"},
      {Bound::Amount, "se acuerda muy poco", "lo mínimo"},
      {Bound::RestDay, "un pago cae en un día de descanso", "el día"},
      {Bound::Instalment, "una cuota es muy pequeña", "lo mínimo"},
      {Bound::FirstDay, "el primer pago queda muy tarde", "a más tardar"},
      {Bound::FirstAmount, "el primer pago es muy pequeño", "lo mínimo"}};
  const auto* text = std::ranges::find(kTexts, beyond.bound, &Text::bound);
  if (text->limit.empty()) return std::string(text->said);
  const bool is_count = beyond.bound == Bound::Agreements || beyond.bound == Bound::Broken ||
                        beyond.bound == Bound::Parts;
  return fmt::format("{} ({}: {})", text->said, text->limit,
                     beyond.day ? format_date(*beyond.day)
                     : is_count ? std::to_string(beyond.limit)
                                : format_money({beyond.limit, currency}, "es"));
}

class AgreementJob {
 public:
  AgreementJob(Tx& tx, const Desk& desk, const Creditor& creditor, const json::value& asked,
               const InvoiceAsker& asker, Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        asked_(asked),
        asker_(asker),
        now_(now),
        zone_(Zone::of(creditor.zone)) {}

  Result<json::object> run() {
    const std::string action = text("action");
    if (action == "list") return list();
    if (action == "show" || action == "cancel") {
      ASSIGN_OR_RETURN(const AgreementId id, asked_id());
      if (action == "cancel")
        RETURN_IF_ERROR(engine::cancel_agreement(tx_, creditor_, id, through(), now_));
      ASSIGN_OR_RETURN(const Agreement agreement, find(id));
      return whole(agreement);
    }
    if (action != "offers" && action != "make") {
      return fail(ErrorCode::Invalid,
                  "action '{}' is unknown (expected list, show, offers, make or cancel)", action);
    }
    ASSIGN_OR_RETURN(const DebtorId debtor, engine::find_subject(tx_, creditor_, text("subject")));
    return action == "offers" ? offers(debtor) : make(debtor);
  }

 private:
  std::string text(std::string_view key) const { return member_text(asked_, key).value_or(""); }
  std::string through() const { return text("through") == "operator" ? "operator" : "api"; }

  Result<AgreementId> asked_id() const {
    const auto id = member_text(asked_, "id");
    if (!id)
      return fail(ErrorCode::Invalid,
                  "id is missing: the agreement's number (puntual agreement list)");
    const auto number = whole_number(*id);
    if (!number)
      return fail(ErrorCode::Invalid, "id '{}' is no agreement's number (puntual agreement list)",
                  *id);
    return AgreementId{*number};
  }

  Result<Agreement> find(AgreementId id) {
    auto found = tx_.agreements.find(creditor_.id, id);
    if (!found) return fail(ErrorCode::NotFound, "agreement {} does not exist", id.value);
    return *std::move(found);
  }

  std::string local(Instant at) const { return format_rfc3339(at, zone_.offset_at(at)); }

  json::object whole(const Agreement& a) {
    const auto books = tx_.agreements.books_of(a);
    const auto progress = agreements::progress_of(a, books, zone_.local(now_).date);
    const auto debtor = tx_.debtors.find(creditor_.id, a.debtor_id);
    json::array covered;
    for (const auto id : a.covered) {
      if (const auto invoice = tx_.invoices.find(creditor_.id, id))
        covered.emplace_back(invoice->number);
    }
    return {{"id", std::to_string(a.id.value)},
            {"debtor", std::to_string(a.debtor_id.value)},
            {"name", debtor ? debtor->name : std::string()},
            {"kind", text_of(a.kind)},
            {"state", text_of(a.state)},
            {"state_es", engine::name_es(a.state)},
            {"made_at", local(a.made_at)},
            {"ended_at", a.ended_at ? json::value(local(*a.ended_at)) : json::value(nullptr)},
            {"through", a.through},
            {"mandate_version", a.mandate_version},
            {"currency", a.total.currency.code()},
            {"total_minor", a.total.minor},
            {"discount_minor", a.discount_minor},
            {"paid_minor", books.paid_minor},
            {"grace_days", a.grace_days},
            {"invoices", covered},
            {"instalments", instalments_json(a.instalments, progress.met)},
            {"words", a.words}};
  }

  Result<json::object> list() {
    std::optional<AgreementState> state;
    if (const std::string wanted = text("state"); !wanted.empty() && wanted != "all") {
      for (const auto one :
           {AgreementState::Active, AgreementState::Kept, AgreementState::PartlyKept,
            AgreementState::Broken, AgreementState::Cancelled}) {
        if (text_of(one) == wanted) state = one;
      }
      if (!state)
        return fail(
            ErrorCode::Invalid,
            "state '{}' is unknown (expected active, kept, partly_kept, broken, cancelled or all)",
            wanted);
    }
    ASSIGN_OR_RETURN(const ListPage page, ListPage::of(asked_));
    auto ids = store::RecordPages(tx_.db).agreements(
        creditor_.id, state, {.before = page.before(), .limit = page.to_read()});
    json::value next = page.keep(ids);
    json::array all;
    for (const auto id : ids) all.push_back(whole(*tx_.agreements.find(creditor_.id, id)));
    return json::object{{"agreements", std::move(all)}, {"next", std::move(next)}};
  }

  // What the person is told when they ask for terms; and what is put together for them, with the
  // bound that it goes beyond.
  Result<json::object> offers(DebtorId id) {
    ASSIGN_OR_RETURN(const Negotiation open, negotiation(id));
    json::array all, covered;
    for (const auto& offer : offered(open)) all.push_back(offer_json(offer));
    for (const auto& invoice : open.covered) covered.emplace_back(invoice.number);
    json::object answer{{"debtor", std::to_string(id.value)},
                        {"owed_minor", open.debt.owed.minor},
                        {"currency", open.debt.owed.currency.code()},
                        {"today", format_date(open.debt.today)},
                        {"invoices", std::move(covered)},
                        {"left_out", left_out(id, open)},
                        {"claims_paid", claims_paid(id)},
                        {"why_not_sent", why_not_sent(id, open)},
                        {"mandate_version", open.mandate_version},
                        {"mandate", mandate_json(open)},
                        {"offers", std::move(all)}};
    ASSIGN_OR_RETURN(const auto draft, asked_draft());
    if (draft) {
      ASSIGN_OR_RETURN(answer["draft"], draft_json(open, *draft));
    }
    return answer;
  }

  bool claims_paid(DebtorId id) {
    return std::ranges::any_of(tx_.tasks.of_debtor(creditor_.id, id), [](const store::Task& one) {
      return one.kind == store::TaskKind::PaymentClaim && !one.closed_at;
    });
  }

  // Of what they owe, what an agreement would not be about.
  json::array left_out(DebtorId id, const Negotiation& open) {
    json::array all;
    for (const auto& invoice : tx_.invoices.open_of(creditor_.id, id)) {
      if (invoice.balance_minor <= 0 || invoice.state == InvoiceState::WrittenOff ||
          std::ranges::find(open.covered, invoice.id, &Invoice::id) != open.covered.end())
        continue;
      const bool is_other = invoice.amount.currency != open.debt.owed.currency;
      all.push_back(
          json::object{{"invoice", invoice.number},
                       {"due_on", invoice.due_on ? json::value(format_date(*invoice.due_on))
                                                 : json::value(nullptr)},
                       {"why", invoice.state == InvoiceState::Disputed ? "disputed"
                               : !invoice.due_on                       ? "no_due_date"
                               : is_other                              ? "currency"
                                                                       : "later"}});
    }
    return all;
  }

  json::value why_not_sent(DebtorId id, const Negotiation& open) {
    if (open.mandate == nullptr) return json::string(text_of(open.why_none));
    if (tx_.agreements.active_of(creditor_.id, id)) return "agreed";
    const Debtor debtor = *tx_.debtors.find(creditor_.id, id);
    const auto facts = engine::contact_facts(tx_, debtor, now_, desk_.law);
    return engine::is_contact_hour(facts, debtor, creditor_, desk_.law, now_)
               ? json::value(nullptr)
               : json::value("hours");
  }

  static json::object offer_json(const Offer& offer) {
    return {{"kind", text_of(offer.kind())},
            {"total_minor", offer.total_minor()},
            {"discount_minor", offer.discount_minor},
            {"instalments", instalments_json(offer.instalments, 0)}};
  }

  static json::value mandate_json(const Negotiation& open) {
    if (open.mandate == nullptr) return nullptr;
    const Mandate& m = *open.mandate;
    return json::object{{"parts_max", m.instalments_max},
                        {"promise_until", format_date(open.debt.today + m.promise_days_max)},
                        {"plan_until", format_date(open.debt.today + m.plan_days_max)},
                        {"discount_max_minor", agreements::discount_max(m, open.debt)},
                        {"instalment_minor_min", m.instalment_minor_min},
                        {"promise_percent_min", m.promise_percent_min},
                        {"down_payment_percent_min", m.down_payment_percent_min}};
  }

  Result<std::optional<OfferDraft>> asked_draft() const {
    if (text("parts").empty()) return std::nullopt;
    OfferDraft draft;
    const auto number = [&](std::string_view name) -> Result<std::optional<int64_t>> {
      const std::string given = text(name);
      if (given.empty()) return std::nullopt;
      const auto value = whole_number(given);
      if (!value) return fail(ErrorCode::Invalid, "{} '{}' (expected a whole number)", name, given);
      return value;
    };
    ASSIGN_OR_RETURN(const auto parts, number("parts"));
    if (*parts < 1 || *parts > kPartsMax)
      return fail(ErrorCode::Invalid, "parts {} (expected 1 to {})", *parts, kPartsMax);
    draft.parts = static_cast<int32_t>(*parts);
    if (!text("first_on").empty()) {
      ASSIGN_OR_RETURN(draft.first_on, parse_date(text("first_on")));
    }
    ASSIGN_OR_RETURN(draft.first_minor, number("first_minor"));
    ASSIGN_OR_RETURN(const auto discount, number("discount_minor"));
    draft.discount_minor = discount.value_or(0);
    return draft;
  }

  static Result<json::value> draft_json(const Negotiation& open, const OfferDraft& draft) {
    const Mandate nobodys;  // Only its spacing is used.
    const Offer offer =
        agreements::lay_out(open.mandate == nullptr ? nobodys : *open.mandate, open.debt, draft);
    RETURN_IF_ERROR(agreements::check_shape(open.debt, offer));
    const auto beyond = open.mandate == nullptr
                            ? std::optional(Beyond{})
                            : agreements::beyond_mandate(*open.mandate, open.debt, offer);
    json::object told = offer_json(offer);
    told["beyond"] =
        !beyond
            ? json::value(nullptr)
            : json::value(json::object{{"bound", agreements::text_of(beyond->bound)},
                                       {"limit", beyond->limit},
                                       {"day", beyond->day ? json::value(format_date(*beyond->day))
                                                           : json::value(nullptr)}});
    return told;
  }

  Result<Negotiation> negotiation(DebtorId id) {
    tx_.debtors.hold_with_kin(creditor_.id, id);
    const auto debtor = tx_.debtors.find(creditor_.id, id);
    if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
    Negotiation open = engine::negotiation_with(tx_, desk_, creditor_, *debtor, now_);
    if (open.covered.empty())
      return fail(ErrorCode::NotFound, "debtor {} owes nothing that can be agreed on", id.value);
    return open;
  }

  static std::vector<Offer> offered(const Negotiation& open) {
    return open.mandate == nullptr ? std::vector<Offer>()
                                   : agreements::offers(*open.mandate, open.debt, {});
  }

  // "offer": which of the mandate's; or "instalments" with due_on and amount ("80000.50") or
  // amount_minor.
  Result<Offer> asked_offer(const Negotiation& open) {
    const Currency currency = open.debt.owed.currency;
    const auto minor_of = [&](const json::value& from, std::string_view key,
                              std::string_view key_minor) -> Result<int64_t> {
      if (const auto minor = member_int(from, key_minor)) return *minor;
      return parse_minor(member_text(from, key).value_or(""), currency, '.');
    };
    if (const auto number = member_int(asked_, "offer")) {
      const auto all = offered(open);
      if (*number < 1 || *number > std::ssize(all)) {
        return fail(ErrorCode::NotFound,
                    "offer {} does not exist: the mandate has {} today (puntual agreement offers)",
                    *number, all.size());
      }
      return all[static_cast<size_t>(*number - 1)];
    }
    Offer offer;
    const auto* parts = member_array(asked_, "instalments");
    if (parts == nullptr || parts->empty())
      return fail(ErrorCode::Invalid,
                  "instalments are missing: dates and amounts, or the number of an offer");
    for (const auto& part : *parts) {
      ASSIGN_OR_RETURN(const CivilDate on, parse_date(text_in(part, "due_on")));
      ASSIGN_OR_RETURN(const int64_t minor, minor_of(part, "amount", "amount_minor"));
      offer.instalments.push_back({on, minor});
    }
    if (member(asked_, "discount") != nullptr || member(asked_, "discount_minor") != nullptr) {
      ASSIGN_OR_RETURN(offer.discount_minor, minor_of(asked_, "discount", "discount_minor"));
    }
    return offer;
  }

  Result<json::object> make(DebtorId id) {
    ASSIGN_OR_RETURN(const Negotiation open, negotiation(id));
    AgreementOrder order{.debtor_id = id,
                         .offer = {},
                         .through = through(),
                         .words = text("words"),
                         .may_go_beyond = member_bool(asked_, "beyond").value_or(false),
                         .by = text("by")};
    RETURN_IF_ERROR(check_login("by", order.by));
    if (order.words.empty())
      return fail(ErrorCode::Invalid,
                  "words are missing: how the person agreed ('por teléfono, el martes a las 10')");
    ASSIGN_OR_RETURN(order.offer, asked_offer(open));
    if (order.may_go_beyond && order.offer.discount_minor > 0)
      RETURN_IF_ERROR(access::may_take_debt_away(asker_.by, asker_.needs_four_eyes));
    RETURN_IF_ERROR(check_author(tx_, creditor_, order.by));
    RETURN_IF_ERROR(check_replaced(id));
    const auto made = engine::make_agreement(tx_, desk_, creditor_, order, now_);
    if (made) return whole(*made);
    const auto beyond = open.mandate == nullptr || order.may_go_beyond
                            ? std::nullopt
                            : agreements::beyond_mandate(*open.mandate, open.debt, order.offer);
    if (made.error().code != ErrorCode::Forbidden || !beyond) return std::unexpected(made.error());
    return fail(ErrorCode::Forbidden,
                "fuera del mandato: {}. Si usted decide que sí, hágalo con --beyond (por la API, "
                "en /v1/agreements/beyond)",
                beyond_es(*beyond, open.debt.owed.currency));
  }

  // A running agreement ends only for who has seen it and says so: the person may have agreed to
  // another one a moment ago.
  Result<void> check_replaced(DebtorId id) const {
    const std::string replaced = text("replaces");
    const auto active = tx_.agreements.active_of(creditor_.id, id);
    const std::string running = active ? std::to_string(active->id.value) : std::string();
    if (replaced == running) return {};
    if (running.empty())
      return fail(ErrorCode::Conflict,
                  "el acuerdo {} ya no está en curso: no hay nada que reemplazar", replaced);
    return fail(ErrorCode::Conflict,
                "ya hay un acuerdo en curso, el {} ({}). Para poner este en su lugar: --replace {} "
                "(por la API: \"replaces\": \"{}\")",
                running,
                conversation::offer_text({.instalments = active->instalments},
                                         active->total.currency, "es"),
                running, running);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const json::value& asked_;
  const InvoiceAsker& asker_;
  Instant now_;
  Zone zone_;
};

}  // namespace

Result<std::string> run_agreement_job(Store& store, const Desk& desk, const Creditor& creditor,
                                      std::string_view body, const InvoiceAsker& asker,
                                      Instant now) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  const auto run = [&](Tx& tx) {
    return AgreementJob(tx, desk, creditor, asked, asker, now).run();
  };
  const std::string action = text_in(asked, "action");
  ASSIGN_OR_RETURN(const json::object answer,
                   action == "list" || action == "show" ? store.read(run) : store.write(run));
  return to_json(answer);
}

Result<std::string> agreement_pdf(Store& store, const Desk& desk, const Creditor& creditor,
                                  AgreementId id, Instant now) {
  // A link to pay may have to be made for it.
  ASSIGN_OR_RETURN(const AgreementPaper paper, store.write([&](Tx& tx) -> Result<AgreementPaper> {
    const auto agreement = tx.agreements.find(creditor.id, id);
    if (agreement) tx.debtors.hold(creditor.id, {agreement->debtor_id});
    const auto debtor =
        agreement ? tx.debtors.find(creditor.id, agreement->debtor_id) : std::nullopt;
    if (!debtor) return fail(ErrorCode::NotFound, "agreement {} does not exist", id.value);
    return engine::paper_of(tx, desk, creditor, *debtor, *agreement, now);
  }));
  return desk.print_agreement(paper);
}

}  // namespace puntual
