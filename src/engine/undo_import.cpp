#include "engine/undo_import.h"

#include <algorithm>

#include "base/json.h"
#include "core/ledger/ledger.h"
#include "core/portfolio/import_grace.h"
#include "engine/import_block.h"
#include "engine/note.h"

namespace puntual::engine {
namespace {

constexpr size_t kUndoneAtOnce = 200;  // People, in one transaction.

json::value day_json(std::optional<CivilDate> day) {
  return day ? json::value(int64_t{day->days}) : json::value(nullptr);
}
std::optional<CivilDate> day_in(const json::value& json, std::string_view name) {
  const auto days = member_int(json, name);
  return days ? std::optional(CivilDate{static_cast<int32_t>(*days)}) : std::nullopt;
}

// Takes back what one import did to one person, who is held.
class PersonUndone {
 public:
  PersonUndone(Tx& tx, CreditorId creditor, const store::ImportRun& run, DebtorId debtor,
               Instant now)
      : tx_(tx),
        runs_(tx.db, tx.keys),
        creditor_(creditor),
        run_(run),
        debtor_(debtor),
        now_(now) {}

  void take_back(UndoReport& report) {
    for (const auto id : runs_.made(creditor_, run_, debtor_)) {
      withdraw(*tx_.invoices.find(creditor_, id));
      ++report.withdrawn;
    }
    for (const auto& change : runs_.changes(creditor_, run_.id, debtor_)) {
      const auto before = parse_json(change.before);
      if (!before) continue;  // Their data were erased since.
      change.subject_id == debtor_.value ? restore_person(*before)
                                         : restore_invoice({change.subject_id}, *before);
      ++report.restored;
    }
    runs_.forget_changes(creditor_, run_.id, debtor_);
    tx_.debtors.review_now(creditor_, debtor_, now_);
    ++report.people;
  }

 private:
  void set(const Invoice& invoice, const InvoiceBalance& from, const InvoiceBalance& to) {
    tx_.invoices.update(creditor_, invoice, to);
    tx_.ledger.append(creditor_,
                      ledger::entries_of_file_change(from, to,
                                                     {.amount = {0, invoice.amount.currency},
                                                      .debtor_id = debtor_,
                                                      .invoice_id = invoice.id,
                                                      .payment_id = {}}),
                      now_, tx_.ids);
    runs_.forget_told(creditor_, invoice.id);
    for (const auto id :
         tx_.outbox.cancel_planned_about(creditor_, debtor_, invoice.id, now_, "DEBT_CHANGED")) {
      tx_.timeline.append({.creditor_id = creditor_,
                           .debtor_id = debtor_,
                           .at = now_,
                           .kind = "cancelled",
                           .message_id = id,
                           .invoice_id = invoice.id,
                           .detail = "DEBT_CHANGED"},
                          tx_.ids);
    }
  }

  void withdraw(const Invoice& invoice) {
    const InvoiceBalance from = tx_.invoices.balance_of(creditor_, invoice.id);
    InvoiceBalance to = from;
    to.amount_minor = 0;
    to.reported_minor = 0;
    set(invoice, from, to);
  }

  void restore_invoice(InvoiceId id, const json::value& before) {
    auto invoice = tx_.invoices.find(creditor_, id);
    if (!invoice) return;
    const auto number = [&](std::string_view name) { return member_int(before, name).value_or(0); };
    const InvoiceBalance from = tx_.invoices.balance_of(creditor_, id);
    InvoiceBalance to = from;  // Payments, charges and what was given up are as they are now.
    to.amount_minor = number("amount");
    to.reported_minor = number("reported");
    to.ahead_minor = number("ahead");
    to.reported_on = day_in(before, "reported_on");
    invoice->product = text_in(before, "product");
    invoice->breakdown = text_in(before, "breakdown");
    invoice->issued_on = day_in(before, "issued_on");
    invoice->due_on = day_in(before, "due_on");
    set(*invoice, from, to);
    // What was said of it stays said.
    const auto step = member_int(before, "step_day");
    if (const auto on = day_in(before, "step_on"); step && on)
      tx_.invoices.set_step(creditor_, id, static_cast<int32_t>(*step), *on);
    tx_.agreements.review_now(creditor_, debtor_, now_);
  }

  void restore_person(const json::value& before) {
    auto person = tx_.debtors.find(creditor_, debtor_);
    if (!person || person->erased_at) return;
    person->name = text_in(before, "name");
    person->country = text_in(before, "country");
    person->zone = text_in(before, "zone");
    person->phone = text_in(before, "phone");
    person->user_id = text_in(before, "user_id");
    person->email = text_in(before, "email");
    if (const auto role = role_of(text_in(before, "role"))) person->role = *role;
    tx_.debtors.update(*person);
  }

  Tx& tx_;
  store::ImportRuns runs_;
  CreditorId creditor_;
  const store::ImportRun& run_;
  DebtorId debtor_;
  Instant now_;
};

}  // namespace

void remember_invoice(Tx& tx, CreditorId creditor, int64_t run, const store::ToldInvoice& told) {
  const Invoice& i = told.invoice;
  const InvoiceBalance& b = told.balance;
  const json::object before{
      {"product", i.product},
      {"breakdown", i.breakdown},
      {"issued_on", day_json(i.issued_on)},
      {"due_on", day_json(i.due_on)},
      {"amount", b.amount_minor},
      {"reported", b.reported_minor},
      {"ahead", b.ahead_minor},
      {"reported_on", day_json(b.reported_on)},
      {"step_day", i.last_step_day == Invoice::kNoStep ? json::value(nullptr)
                                                       : json::value(int64_t{i.last_step_day})},
      {"step_on", day_json(i.last_step_on)}};
  store::ImportRuns(tx.db, tx.keys)
      .remember(creditor, run, i.debtor_id, i.id.value, to_json(before));
}

void remember_person(Tx& tx, int64_t run, const Debtor& known) {
  const json::object before{{"name", known.name},         {"country", known.country},
                            {"zone", known.zone},         {"phone", known.phone},
                            {"user_id", known.user_id},   {"email", known.email},
                            {"role", text_of(known.role)}};
  store::ImportRuns(tx.db, tx.keys)
      .remember(known.creditor_id, run, known.id, known.id.value, to_json(before));
}

std::string WhyNotUndo::in_spanish() const {
  if (code == "undone") return "ya se deshizo";
  if (code == "loading") return "todavía se está cargando";
  if (code == "payments") return "los pagos se corrigen uno por uno, en Pagos";
  if (code == "unchanged") return "no cambió nada";
  if (code == "late") return "pasaron más de 24 horas";
  if (code == "not_last") return "después se cargó otro archivo: primero deshaga ese";
  if (people == 1)
    return "desde entonces ya se le escribió a una persona de este archivo, o pagó, o acordó algo, "
           "o se le perdonó algo";
  return people == 0 ? ""
                     : fmt::format(
                           "desde entonces ya se les escribió a {} personas de este archivo, o "
                           "pagaron, o acordaron algo, o se les perdonó algo",
                           people);
}

WhyNotUndo why_not_undo(Tx& tx, CreditorId creditor, const store::ImportRun& run, Instant now) {
  store::ImportRuns runs(tx.db, tx.keys);
  if (run.undone_at) return {"undone"};
  if (!run.ended_at && now - run.at < portfolio::kStillLoadingMs) return {"loading"};
  if (run.kind != "portfolio") return {"payments"};
  if (!run.has_changed()) return {"unchanged"};
  if (now - run.at > kUndoMs) return {"late"};
  if (runs.last_that_changed(creditor) != run.id) return {"not_last"};
  const auto touched = std::ranges::count_if(runs.people(creditor, run), [&](DebtorId one) {
    return runs.is_touched(creditor, run, one);
  });
  return touched == 0 ? WhyNotUndo{} : WhyNotUndo{"touched", touched};
}

Result<UndoReport> undo_import(Store& store, const Creditor& creditor, int64_t id,
                               std::string_view by, Instant now) {
  const std::lock_guard turn(import_turn());
  store::ImportRun run;
  ASSIGN_OR_RETURN(const auto people, store.read([&](Tx& tx) -> Result<std::vector<DebtorId>> {
    const auto found = store::ImportRuns(tx.db, tx.keys).find(creditor.id, id);
    if (!found) return fail(ErrorCode::NotFound, "no hay una importación {}", id);
    if (const auto why = why_not_undo(tx, creditor.id, *found, now); !why.code.empty())
      return fail(ErrorCode::Conflict, "no se puede deshacer: {}", why.in_spanish());
    run = *found;
    return store::ImportRuns(tx.db, tx.keys).people(creditor.id, run);
  }));
  UndoReport report;
  for (size_t first = 0; first < people.size(); first += kUndoneAtOnce) {
    const std::vector<DebtorId> some(
        people.begin() + static_cast<ptrdiff_t>(first),
        people.begin() + static_cast<ptrdiff_t>(std::min(people.size(), first + kUndoneAtOnce)));
    ASSIGN_OR_RETURN(report, store.write([&](Tx& tx) {
      UndoReport sum = report;  // The transaction may run twice.
      tx.debtors.hold(creditor.id, some);
      for (const auto one : some) {
        if (store::ImportRuns(tx.db, tx.keys).is_touched(creditor.id, run, one))
          ++sum.kept;
        else
          PersonUndone(tx, creditor.id, run, one, now).take_back(sum);
      }
      return sum;
    }));
  }
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    store::ImportRuns(tx.db, tx.keys).note_undone(creditor.id, id, now, by);
    note(tx, creditor.id, {}, now, "import_undone",
         fmt::format("{} withdrawn {} restored by {}", report.withdrawn, report.restored, by));
  }));
  return report;
}

}  // namespace puntual::engine
