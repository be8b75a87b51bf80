#include "app/agreement_job.h"

#include <charconv>

#include "base/json.h"
#include "base/locale.h"
#include "document/pdf.h"
#include "engine/agreements.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/pay_links.h"

namespace puntual {
namespace {

constexpr int kListedMax = 500;

json::array instalments_json(std::span<const Instalment> instalments, size_t met) {
  json::array all;
  for (size_t i = 0; i < instalments.size(); ++i) {
    all.push_back({{"number", i + 1}, {"due_on", format_date(instalments[i].due_on)}, {"amount_minor", instalments[i].amount_minor}, {"met", i < met}});
  }
  return all;
}

class AgreementJob {
 public:
  AgreementJob(Tx& tx, const Desk& desk, const Creditor& creditor, const json::value& asked, Instant now)
      : tx_(tx), desk_(desk), creditor_(creditor), asked_(asked), now_(now), zone_(Zone::of(creditor.zone)) {}

  Result<json::object> run() {
    const std::string action = text("action");
    if (action == "list") return list();
    if (action == "show" || action == "cancel") {
      ASSIGN_OR_RETURN(const AgreementId id, asked_id());
      if (action == "cancel") RETURN_IF_ERROR(engine::cancel_agreement(tx_, creditor_, id, by(), now_));
      ASSIGN_OR_RETURN(const Agreement agreement, find(id));
      return whole(agreement);
    }
    if (action != "offers" && action != "make") {
      return fail(ErrorCode::Invalid, "action '{}' is unknown (expected list, show, offers, make or cancel)", action);
    }
    ASSIGN_OR_RETURN(const DebtorId debtor, engine::find_subject(tx_, creditor_, text("subject")));
    return action == "offers" ? offers(debtor) : make(debtor);
  }

 private:
  std::string text(std::string_view key) const { return member_text(asked_, key).value_or(""); }
  std::string by() const { return text("by") == "cli" ? "operator" : "api"; }

  Result<AgreementId> asked_id() const {
    const auto id = member_text(asked_, "id");
    AgreementId value;
    if (!id || std::from_chars(id->data(), id->data() + id->size(), value.value).ec != std::errc{}) {
      return fail(ErrorCode::Invalid, "id is missing: the agreement's number (puntual agreement list)");
    }
    return value;
  }

  Result<Agreement> find(AgreementId id) {
    auto found = tx_.agreements.find(creditor_.id, id);
    if (!found) return fail(ErrorCode::NotFound, "agreement {} does not exist", id.value);
    return *std::move(found);
  }

  std::string local(Instant at) const { return format_rfc3339(at, zone_.offset_at(at)); }

  json::object whole(const Agreement& a) {
    const auto books = tx_.agreements.books_of(a);
    const auto progress = agreements::progress_of(a, books.paid_minor, books.owed_minor, zone_.local(now_).date);
    const auto debtor = tx_.debtors.find(creditor_.id, a.debtor_id);
    json::array covered;
    for (const auto id : a.covered) {
      if (const auto invoice = tx_.invoices.find(creditor_.id, id)) covered.emplace_back(invoice->number);
    }
    return {{"id", std::to_string(a.id.value)}, {"debtor", std::to_string(a.debtor_id.value)}, {"name", debtor ? debtor->name : std::string()},
            {"kind", text_of(a.kind)}, {"state", text_of(a.state)}, {"state_es", engine::name_es(a.state)}, {"made_at", local(a.made_at)},
            {"ended_at", a.ended_at ? json::value(local(*a.ended_at)) : json::value(nullptr)}, {"through", a.through},
            {"mandate_version", a.mandate_version}, {"currency", a.total.currency.code()}, {"total_minor", a.total.minor},
            {"discount_minor", a.discount_minor}, {"paid_minor", books.paid_minor}, {"grace_days", a.grace_days}, {"invoices", covered},
            {"instalments", instalments_json(a.instalments, progress.met)}, {"words", a.words}};
  }

  Result<json::object> list() {
    std::optional<AgreementState> state;
    if (const std::string wanted = text("state"); !wanted.empty() && wanted != "all") {
      for (const auto one : {AgreementState::Active, AgreementState::Kept, AgreementState::PartlyKept, AgreementState::Broken, AgreementState::Cancelled}) {
        if (text_of(one) == wanted) state = one;
      }
      if (!state) return fail(ErrorCode::Invalid, "state '{}' is unknown (expected active, kept, partly_kept, broken, cancelled or all)", wanted);
    }
    json::array all;
    for (const auto& agreement : tx_.agreements.latest(creditor_.id, state, kListedMax)) all.push_back(whole(agreement));
    return json::object{{"agreements", std::move(all)}};
  }

  // What the person is told when they ask for terms.
  Result<json::object> offers(DebtorId id) {
    ASSIGN_OR_RETURN(const Negotiation open, negotiation(id));
    json::array all;
    for (const auto& offer : offered(open)) {
      all.push_back({{"kind", text_of(offer.kind())}, {"total_minor", offer.total_minor()}, {"discount_minor", offer.discount_minor},
                     {"instalments", instalments_json(offer.instalments, 0)}});
    }
    return json::object{{"debtor", std::to_string(id.value)}, {"owed_minor", open.debt.owed.minor}, {"currency", open.debt.owed.currency.code()},
                        {"mandate_version", open.mandate_version}, {"offers", std::move(all)}};
  }

  Result<Negotiation> negotiation(DebtorId id) {
    tx_.debtors.hold_with_kin(creditor_.id, id);
    const auto debtor = tx_.debtors.find(creditor_.id, id);
    if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
    Negotiation open = engine::negotiation_with(tx_, desk_, creditor_, *debtor, now_);
    if (open.covered.empty()) return fail(ErrorCode::NotFound, "debtor {} owes nothing that can be agreed on", id.value);
    return open;
  }

  static std::vector<Offer> offered(const Negotiation& open) {
    return open.mandate == nullptr ? std::vector<Offer>() : agreements::offers(*open.mandate, open.debt, {});
  }

  // "offer": which of the mandate's; or "instalments" with due_on and amount ("80000.50") or amount_minor.
  Result<Offer> asked_offer(const Negotiation& open) {
    const Currency currency = open.debt.owed.currency;
    const auto minor_of = [&](const json::value& from, std::string_view key, std::string_view key_minor) -> Result<int64_t> {
      if (const auto minor = member_int(from, key_minor)) return *minor;
      return parse_minor(member_text(from, key).value_or(""), currency, '.');
    };
    if (const auto number = member_int(asked_, "offer")) {
      const auto all = offered(open);
      if (*number < 1 || *number > std::ssize(all)) {
        return fail(ErrorCode::NotFound, "offer {} does not exist: the mandate has {} today (puntual agreement offers)", *number, all.size());
      }
      return all[static_cast<size_t>(*number - 1)];
    }
    Offer offer;
    const auto* parts = member_array(asked_, "instalments");
    if (parts == nullptr || parts->empty()) return fail(ErrorCode::Invalid, "instalments are missing: dates and amounts, or the number of an offer");
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
    AgreementOrder order{.debtor_id = id, .offer = {}, .through = by(), .words = text("words"), .may_go_beyond = member_bool(asked_, "beyond").value_or(false)};
    if (order.words.empty()) return fail(ErrorCode::Invalid, "words are missing: how the person agreed ('por teléfono, el martes a las 10')");
    ASSIGN_OR_RETURN(order.offer, asked_offer(open));
    ASSIGN_OR_RETURN(const Agreement agreement, engine::make_agreement(tx_, desk_, creditor_, order, now_));
    return whole(agreement);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const json::value& asked_;
  Instant now_;
  Zone zone_;
};

// The record of an agreement; empty when there is none, which the audit would say.
std::string record_hash(Tx& tx, const Agreement& agreement) {
  for (const auto& event : tx.timeline.of_debtor(agreement.creditor_id, agreement.debtor_id)) {
    if (event.kind != "agreement_made") continue;
    const auto facts = parse_json(event.facts);
    if (facts && text_in(*facts, "agreement") == std::to_string(agreement.id.value)) return event.hash;
  }
  return {};
}

document::Document pages_of(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor, const Agreement& a, Instant now) {
  using document::heading, document::paragraph, document::table;
  const std::string locale = engine::locale_of(debtor, creditor);
  const Zone zone = engine::home_zone(debtor, creditor);
  const auto money = [&](int64_t minor) { return format_money({minor, a.total.currency}, locale); };
  document::Document paper{.title = a.kind == AgreementKind::Plan ? "Acuerdo de pago en cuotas" : "Acuerdo de pago", .footer = fmt::format("Acuerdo {}", a.id.value),
                           .created = now, .blocks = {}};
  auto& blocks = paper.blocks;
  blocks.push_back(table({{"Entre", creditor.name}, {"Y", debtor.name.empty() ? "(ya no se conserva)" : debtor.name},
                          {"Fecha", format_long_date(zone.local(a.made_at).date, locale)}, {"Estado", std::string(engine::name_es(a.state))}}));
  std::vector<std::pair<std::string, std::string>> debts, dates;
  std::vector<Invoice> covered;
  for (const auto id : a.covered) {
    const auto invoice = tx.invoices.find(creditor.id, id);
    if (!invoice) continue;
    debts.emplace_back(invoice->number, fmt::format("{}, por {}{}", invoice->product.empty() ? "cuenta" : invoice->product,
                                                    format_money(invoice->amount, locale),
                                                    invoice->due_on ? ", con vencimiento el " + format_long_date(*invoice->due_on, locale) : std::string()));
    covered.push_back(*invoice);
  }
  const std::string link = a.state == AgreementState::Active ? engine::payment_link(tx, desk, creditor, a, covered, now) : std::string();
  for (const auto& one : a.instalments) dates.emplace_back(format_long_date(one.due_on, locale), money(one.amount_minor));
  dates.emplace_back("Total", money(a.total.minor));
  blocks.push_back(heading("Lo que cubre"));
  blocks.push_back(table(std::move(debts)));
  blocks.push_back(heading("Cuándo se paga y cuánto"));
  blocks.push_back(table(std::move(dates)));
  if (a.discount_minor > 0) {
    blocks.push_back(paragraph(fmt::format("Con todos los pagos hechos a tiempo, la empresa descuenta los {} restantes.", money(a.discount_minor))));
  }
  if (!link.empty() || !creditor.help.empty()) {
    blocks.push_back(heading("Cómo pagar"));
    blocks.push_back(paragraph(link.empty() ? fmt::format("Para pagar, {}.", creditor.help) : "En esta dirección: " + link));
  }
  if (!a.words.empty()) {
    blocks.push_back(heading("Cómo se acordó"));
    blocks.push_back(paragraph(a.words));
  }
  blocks.push_back(heading("Registro"));
  blocks.push_back(paragraph("La huella del registro en que quedó este acuerdo; con ella se comprueba que no cambió después."));
  blocks.push_back(document::monospace(record_hash(tx, a)));
  return paper;
}

}  // namespace

Result<std::string> run_agreement_job(Store& store, const Desk& desk, const Creditor& creditor, std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  ASSIGN_OR_RETURN(const json::object answer, store.write([&](Tx& tx) { return AgreementJob(tx, desk, creditor, asked, now).run(); }));
  return to_json(answer);
}

Result<std::string> agreement_pdf(Store& store, const Desk& desk, const Creditor& creditor, AgreementId id, Instant now) {
  ASSIGN_OR_RETURN(const document::Document paper, store.write([&](Tx& tx) -> Result<document::Document> {
    const auto agreement = tx.agreements.find(creditor.id, id);
    if (agreement) tx.debtors.hold(creditor.id, {agreement->debtor_id});
    const auto debtor = agreement ? tx.debtors.find(creditor.id, agreement->debtor_id) : std::nullopt;
    if (!debtor) return fail(ErrorCode::NotFound, "agreement {} does not exist", id.value);
    return pages_of(tx, desk, creditor, *debtor, *agreement, now);
  }));
  return document::to_pdf(paper);
}

}  // namespace puntual
