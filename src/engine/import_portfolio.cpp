#include "engine/import_portfolio.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/failpoint.h"
#include "core/conversation/opt_out.h"
#include "core/portfolio/import_rejects.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/person_commands.h"
#include "engine/settle_payments.h"

namespace puntual::engine {
namespace {

enum class RowOutcome : uint8_t { Created, Updated, Unchanged, Duplicate, Rejected };

void count(ImportReport& report, RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::Created: ++report.created; break;
    case RowOutcome::Updated: ++report.updated; break;
    case RowOutcome::Unchanged: ++report.unchanged; break;
    case RowOutcome::Duplicate: ++report.duplicate; break;
    case RowOutcome::Rejected: ++report.rejected; break;
  }
}

// What a row says, to tell a repeated row from a contradicting one of the same invoice.
size_t fingerprint(const RawRecord& record) {
  size_t mixed = record.fields.size();
  for (const auto field : record.fields) mixed = mixed * 1'099'511'628'211U + std::hash<std::string_view>()(field);
  return mixed;
}

// What both kinds of file share: rejected rows, and rows that come twice.
class Importing {
 public:
  Importing(Tx& tx, const Desk& desk, const Creditor& creditor, const ImportFile& file, const ImportOptions& options, Instant now)
      : tx_(tx), desk_(desk), creditor_(creditor), file_(file), options_(options), now_(now) {}

  Result<void> reject(const RawRecord& record, std::span<const RowError> errors) {
    if (report_.rejects.empty()) portfolio::append_rejects_header(file_, report_.rejects);
    portfolio::append_reject(file_, record, errors, report_.rejects);
    return {};
  }

 protected:
  RowOutcome reject_as(const RawRecord& record, std::string column, std::string_view code, std::string message) {
    const RowError error{record.line, std::move(column), code, std::move(message)};
    (void)reject(record, std::span(&error, 1));
    return RowOutcome::Rejected;
  }

  void finish(const ReadCounts& counts) {
    report_.rows = counts.rows;
    report_.rejected += counts.rejected;
    report_.ignored = counts.ignored;
  }

  // Rows that stay outside are no part of the totals either.
  void take_in(RowOutcome outcome, Currency currency, int64_t amount_minor, int64_t balance_minor) {
    count(report_, outcome);
    if (outcome == RowOutcome::Duplicate || outcome == RowOutcome::Rejected) return;
    portfolio::add_total(report_.totals, currency, amount_minor, balance_minor);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const ImportFile& file_;
  const ImportOptions& options_;
  Instant now_;
  ImportReport report_;
};

class PortfolioImport : public Importing {
 public:
  using Importing::Importing;

  Result<ImportReport> run() {
    ASSIGN_OR_RETURN(const ReadCounts counts,
                     portfolio::read_portfolio(
                         file_,
                         [&](const PortfolioRow& row, const RawRecord& record) -> Result<void> {
                           take_in(take(row, record), row.currency, row.amount_minor,
                                   row.balance_minor.value_or(row.amount_minor));
                           return {};
                         },
                         [&](const RawRecord& record, std::span<const RowError> errors) { return reject(record, errors); }));
    RETURN_IF_ERROR(note_cases());
    finish(counts);
    return report_;
  }

 private:
  RowOutcome take(const PortfolioRow& row, const RawRecord& record) {
    failpoint("import.row");
    const size_t says = fingerprint(record);
    if (const auto [seen, is_new] = seen_.try_emplace(row.invoice_number, row.line, says); !is_new) {
      if (seen->second.second == says) return RowOutcome::Duplicate;
      return reject_as(record, "", "invoice_twice",
                       fmt::format("La factura ya está en la fila {} con otros datos: deje una sola.", seen->second.first));
    }
    InvoiceBalance before;
    const auto known = tx_.invoices.find_by_number(creditor_.id, row.invoice_number, &before);
    if (known && known->amount.currency != row.currency) {
      return reject_as(record, "", "invoice_other_currency", "La factura ya está cargada en otra moneda: anúlela antes de cambiarla.");
    }
    if (const auto trouble = contradiction(row)) return reject_as(record, "", trouble->first, trouble->second);
    const auto [debtor, person_changed] = person_of(row);
    if (!debtor) {
      return reject_as(record, "", "person_erased",
                       "Los datos de esta persona se borraron a pedido suyo y no se vuelven a cargar: gestione su deuda por otro medio.");
    }
    if (known && known->debtor_id != debtor) {
      return reject_as(record, "", "invoice_of_other", "La factura ya está cargada a nombre de otra persona: revise el documento.");
    }
    give_consent(debtor, row);
    if (row.case_flags) case_told_[debtor] |= *row.case_flags;
    prove_number(debtor, row);
    const bool changed = known ? update_invoice(row, *known, before) : insert_invoice(row, debtor);
    return !known ? RowOutcome::Created : changed || person_changed ? RowOutcome::Updated : RowOutcome::Unchanged;
  }

  // By document, then the ERP's id, then the phone. A document that we do not know is a new person even where
  // the phone is known: families share one.
  std::optional<DebtorId> find_person(const PortfolioRow& row) {
    if (!row.document.empty()) {
      if (auto id = tx_.debtors.find_by(creditor_.id, IdentifierKind::Document, row.document)) return id;
    }
    if (!row.external_id.empty()) {
      if (auto id = tx_.debtors.find_by(creditor_.id, IdentifierKind::External, row.external_id)) return id;
    }
    if (row.phone.canonical.empty()) return std::nullopt;
    auto id = tx_.debtors.find_by(creditor_.id, IdentifierKind::Phone, row.phone.canonical);
    if (id && !row.document.empty()) {
      const auto known = tx_.debtors.identifiers(creditor_.id, *id);
      if (std::ranges::any_of(known, [](const Identifier& i) { return i.kind == IdentifierKind::Document; })) return std::nullopt;
    }
    return id;
  }

  using Trouble = std::pair<std::string_view, std::string>;
  // Which of two people a row means is for a human to say; the row stays outside until then.
  std::optional<Trouble> contradiction(const PortfolioRow& row) {
    // What has not happened yet proves nothing.
    if (row.consent_on && *row.consent_on > today_) return Trouble{"consent_in_future", "La fecha de la autorización es futura: corríjala."};
    if (row.phone_evidence_on && *row.phone_evidence_on > today_) {
      return Trouble{"evidence_in_future", "La fecha en que se verificó el número es futura: corríjala."};
    }
    if ((row.document.empty() || row.external_id.empty()) && !row.role) return std::nullopt;
    const auto by_document = row.document.empty() ? std::nullopt : tx_.debtors.find_by(creditor_.id, IdentifierKind::Document, row.document);
    const auto by_external = row.external_id.empty() ? std::nullopt : tx_.debtors.find_by(creditor_.id, IdentifierKind::External, row.external_id);
    if (by_document && by_external && by_document->value != by_external->value) {
      const auto kin = tx_.debtors.kin(*tx_.debtors.find(creditor_.id, *by_document));
      if (std::ranges::none_of(kin, [&](const store::Kin& other) { return other.is_same_person && other.id == *by_external; })) {
        return Trouble{"identity_contradicts",
                       fmt::format("El documento es de una persona y el código de cliente de otra: corrija uno de los dos o, si son la misma "
                                   "persona, únalas con «puntual person same {} {}».", by_document->value, by_external->value)};
      }
    }
    return row.role ? role_trouble(row) : std::nullopt;
  }

  // One record has one role. Somebody who owes one debt and is the reference of another would either be written to
  // about what is not theirs, or fall silent about their own.
  std::optional<Trouble> role_trouble(const PortfolioRow& row) {
    const auto id = find_person(row);
    const auto known = id ? tx_.debtors.find(creditor_.id, *id) : std::nullopt;
    if (!known || (known->role > Role::Guarantor) == (*row.role > Role::Guarantor)) return std::nullopt;
    const auto open = tx_.invoices.open_of(creditor_.id, *id);
    if (std::ranges::all_of(open, [&](const Invoice& i) { return i.number == row.invoice_number; })) return std::nullopt;
    return Trouble{"role_contradicts",
                   fmt::format("Esta persona tiene otro papel en otra deuda abierta: quite la fila si no es quien debe, o cambie su papel "
                               "con «puntual person role {} {}».", id->value, text_of(*row.role))};
  }

  // None: somebody whose data were erased.
  std::pair<DebtorId, bool> person_of(const PortfolioRow& row) {
    const std::string key = row.document + '\x1f' + row.external_id + '\x1f' + row.phone.canonical + '\x1f' + row.name + '\x1f' +
                            row.email + '\x1f' + row.zone + '\x1f' + std::string(row.role ? text_of(*row.role) : std::string_view());
    if (const auto found = people_.find(key); found != people_.end()) return {found->second, false};
    Debtor debtor{.id = {}, .creditor_id = creditor_.id, .name = row.name, .country = row.country, .zone = row.zone,
                  .phone = row.phone.e164, .user_id = {}, .email = row.email};
    if (row.role) debtor.role = *row.role;
    bool changed = false;
    const auto id = find_person(row);
    const bool is_new = !id;
    if (id) {
      debtor.id = *id;
      const auto before = tx_.debtors.find(creditor_.id, *id);
      PUNTUAL_CHECK(before.has_value());
      if (before->erased_at) {
        people_.emplace(key, DebtorId{});
        return {};
      }
      changed = update_person(debtor, *before, row);
    } else {
      debtor.id = tx_.ids.next<DebtorId>(now_);
      tx_.debtors.insert(debtor, now_);
      hear_from_before(debtor.id, row);
      looked_at_.insert(debtor.id.value);  // A new person is reviewed at once as it is.
      ++report_.people_created;
    }
    add_identifiers(debtor.id, row, is_new);
    people_.emplace(key, debtor.id);
    return {debtor.id, changed};
  }

  // A stop said before we knew the person holds for them.
  void hear_from_before(DebtorId id, const PortfolioRow& row) {
    for (const auto& phone : {row.phone.canonical, row.other_phone.canonical}) {
      if (phone.empty()) continue;
      for (const auto& message : tx_.conversation.adopt(creditor_.id, id, phone)) {
        const auto verdict = conversation::opt_out_of(message.text, message.payload);
        if (verdict == OptOutVerdict::None) continue;
        tx_.permissions.opt_out(creditor_.id, id, {.channel = "all", .at = message.at,
                                                   .through = verdict == OptOutVerdict::Stop ? "word" : "doubt", .words = message.text});
      }
    }
  }

  // What the file leaves empty is kept.
  bool update_person(Debtor& debtor, const Debtor& known, const PortfolioRow& row) {
    debtor.user_id = known.user_id;
    // A file never brings back a number that turned out to be somebody else's.
    if (debtor.phone.empty() || is_retired(tx_, debtor, row.phone.canonical)) debtor.phone = known.phone;
    // Another number of the file may take the place of such a one.
    const bool is_useless = !debtor.phone.empty() && is_retired(tx_, debtor, address_value(debtor));
    if (is_useless && !row.other_phone.e164.empty() && !is_retired(tx_, debtor, row.other_phone.canonical)) debtor.phone = row.other_phone.e164;
    if (debtor.email.empty()) debtor.email = known.email;
    if (debtor.zone.empty()) debtor.zone = known.zone;
    if (!row.role) debtor.role = known.role;
    if (debtor.role != known.role) event(debtor.id, "role_changed", fmt::format("{} by file", text_of(debtor.role)));
    const bool changed = debtor.name != known.name || debtor.country != known.country || debtor.zone != known.zone ||
                         debtor.phone != known.phone || debtor.email != known.email || debtor.role != known.role;
    if (changed) {
      if (debtor.phone != known.phone && !known.phone.empty()) debtor.user_id.clear();  // That of the other number.
      tx_.debtors.update(debtor);
      look_again(debtor.id);
    }
    return changed;
  }

  void event(DebtorId id, std::string_view kind, std::string detail) {
    tx_.timeline.append({.creditor_id = creditor_.id, .debtor_id = id, .at = now_, .kind = std::string(kind), .detail = std::move(detail)},
                        tx_.ids);
  }

  // What the file says of a person's case in all their rows together. It takes back its own word only.
  Result<void> note_cases() {
    for (const auto& [id, told] : case_told_) {
      for (const auto flag : kCaseFlags) {
        const bool is_told = (told >> static_cast<int>(flag) & 1) != 0;
        RETURN_IF_ERROR(is_told ? set_flag(tx_, creditor_, id, {.flag = flag, .since = now_, .through = "file", .note = {}}, now_)
                                : clear_flag(tx_, creditor_, id, {.flag = flag, .by = "file", .set_through = "file"}, now_));
      }
    }
    return {};
  }

  void look_again(DebtorId id) {
    if (looked_at_.insert(id.value).second) tx_.debtors.review_now(creditor_.id, id, now_);
  }

  void add_identifiers(DebtorId id, const PortfolioRow& row, bool is_new) {
    const std::pair<IdentifierKind, std::string_view> all[] = {{IdentifierKind::Document, row.document},
                                                               {IdentifierKind::External, row.external_id},
                                                               {IdentifierKind::Phone, row.phone.canonical},
                                                               {IdentifierKind::Phone, row.other_phone.canonical}};
    for (const auto& [kind, value] : all) {
      // Sealing what is there already would be for nothing.
      if (value.empty() || (!is_new && tx_.debtors.find_by(creditor_.id, kind, value))) continue;
      tx_.debtors.add_identifier(creditor_.id, id, kind, value, now_);
    }
  }

  void give_consent(DebtorId id, const PortfolioRow& row) {
    const std::string& instrument = row.consent_instrument.empty() ? options_.consent_instrument : row.consent_instrument;
    if (!consented_.insert(id.value).second) return;
    if (instrument.empty()) {
      const auto permission = tx_.permissions.of(creditor_.id, id);
      if (!permission.consent[static_cast<size_t>(Channel::WhatsApp)].granted) ++report_.people_without_consent;
      return;
    }
    const auto on = row.consent_on ? row.consent_on : options_.consent_on;
    const Instant at = on ? Zone::of(creditor_.zone).instant(*on, 0) : now_;
    const store::ConsentEntry grant{.at = at, .is_dated = on.has_value(), .kind = "file", .instrument = instrument, .text_version = {}, .by = "file"};
    if (tx_.permissions.grant(creditor_.id, id, grant, now_, tx_.ids)) {
      tx_.debtors.review_now(creditor_.id, id, now_);
    }
  }

  // The row's proof, else that of the whole file. "No" in the row is stronger than the file's word.
  Evidence evidence_for(const PortfolioRow& row) const {
    const bool says_yes = conversation::is_yes(row.phone_evidence);
    Evidence evidence = options_.confirmed_by;
    if (conversation::is_no(row.phone_evidence)) return {};
    if (!row.phone_evidence.empty() && !says_yes) evidence = conversation::evidence_of(row.phone_evidence);
    if (row.phone_evidence_on) evidence.verified_on = row.phone_evidence_on;
    return evidence;
  }

  void prove_number(DebtorId id, const PortfolioRow& row) {
    if (!proven_.insert(id.value).second) return;
    const auto debtor = tx_.debtors.find(creditor_.id, id);
    PUNTUAL_CHECK(debtor.has_value());
    if (address_value(*debtor).empty()) return;
    const Evidence evidence = evidence_for(row);
    if (evidence.kind.empty() && conversation::is_yes(row.phone_evidence)) ++report_.yes_without_proof;
    // The proof is about the number of the row, which need not be the one in use.
    const bool is_about_it = row.phone.canonical.empty() || row.phone.canonical == address_value(*debtor);
    if (!evidence.kind.empty() && is_about_it && confirm_address(tx_, *debtor, evidence, now_)) ++report_.people_confirmed;
    const auto unfit = unfit_for(tx_, *debtor, Purpose::Overdue);
    if (unfit == "IDENTITY_UNCONFIRMED") ++report_.people_unconfirmed;
    if (unfit == "WRONG_NUMBER") ++report_.people_retired;
  }

  InvoiceBalance balance_after(const InvoiceBalance& before, const PortfolioRow& row) const {
    std::optional<int64_t> reported;
    if (row.balance_minor) reported = std::max<int64_t>(0, row.amount_minor - *row.balance_minor);
    return ledger::after_report(before, row.amount_minor, reported, today_);
  }

  static LedgerEntry entry_like(const PortfolioRow& row, DebtorId debtor, InvoiceId invoice) {
    return {.amount = {0, row.currency}, .debtor_id = debtor, .invoice_id = invoice, .payment_id = {}};
  }

  bool insert_invoice(const PortfolioRow& row, DebtorId debtor) {
    const Invoice invoice{.id = tx_.ids.next<InvoiceId>(now_), .debtor_id = debtor, .number = row.invoice_number,
                          .product = row.product, .issued_on = row.issued_on, .due_on = row.due_on,
                          .amount = {row.amount_minor, row.currency}};
    const InvoiceBalance balance = balance_after({}, row);
    tx_.invoices.insert(creditor_.id, invoice, balance, now_);
    tx_.ledger.append(creditor_.id, ledger::entries_of_file_change({}, balance, entry_like(row, debtor, invoice.id)), now_, tx_.ids);
    if (money_waits_) apply_waiting_money(tx_, desk_, creditor_, invoice, now_);
    if (balance.owed_minor() > 0) look_again(debtor);
    return true;
  }

  bool update_invoice(const PortfolioRow& row, const Invoice& known, const InvoiceBalance& before) {
    const InvoiceBalance after = balance_after(before, row);
    const bool same_texts = known.product == row.product && known.issued_on == row.issued_on && known.due_on == row.due_on;
    if (same_texts && before == after) return false;
    Invoice invoice = known;
    invoice.product = row.product;
    invoice.issued_on = row.issued_on;
    invoice.due_on = row.due_on;
    tx_.invoices.update(creditor_.id, invoice, after);
    tx_.ledger.append(creditor_.id, ledger::entries_of_file_change(before, after, entry_like(row, known.debtor_id, known.id)), now_, tx_.ids);
    if (known.due_on != row.due_on) restart_cadence(known);
    look_again(known.debtor_id);
    return true;
  }

  // What is planned about it speaks of a step of the old date. A changed amount is no reason to be silent: the
  // text is made anew when it leaves.
  void restart_cadence(const Invoice& known) {
    tx_.invoices.restart_steps(creditor_.id, known.id);
    for (const auto id : tx_.outbox.cancel_planned_about(creditor_.id, known.debtor_id, known.id, now_, "DEBT_CHANGED")) {
      tx_.timeline.append({.creditor_id = creditor_.id, .debtor_id = known.debtor_id, .at = now_, .kind = "cancelled",
                           .message_id = id, .invoice_id = known.id, .detail = "DEBT_CHANGED"},
                          tx_.ids);
    }
  }

  const CivilDate today_ = Zone::of(creditor_.zone).local(now_).date;
  std::unordered_map<std::string, std::pair<int64_t, size_t>> seen_;
  std::unordered_map<std::string, DebtorId> people_;
  std::map<DebtorId, uint8_t> case_told_;   // Only of files that have the column.
  std::unordered_set<int64_t> consented_;  // Ids of people, as those of looked_at_.
  std::unordered_set<int64_t> proven_;
  std::unordered_set<int64_t> looked_at_;
  // None can begin to wait while invoices are loaded, so this is asked once.
  const bool money_waits_ = tx_.payments.has_unapplied(creditor_.id);
};

class PaymentsImport : public Importing {
 public:
  using Importing::Importing;

  Result<ImportReport> run() {
    ASSIGN_OR_RETURN(const ReadCounts counts,
                     portfolio::read_payments(
                         file_,
                         [&](const PaymentRow& row, const RawRecord& record) -> Result<void> {
                           ASSIGN_OR_RETURN(const RowOutcome outcome, take(row, record));
                           take_in(outcome, row.currency, row.amount_minor, 0);
                           return {};
                         },
                         [&](const RawRecord& record, std::span<const RowError> errors) { return reject(record, errors); }));
    finish(counts);
    // One thank-you a person, for all that this file brings of them.
    for (const auto& [debtor, payments] : settled_) thank(tx_, desk_, creditor_, payments, now_);
    return report_;
  }

 private:
  Result<RowOutcome> take(const PaymentRow& row, const RawRecord& record) {
    const auto invoice = tx_.invoices.find_by_number(creditor_.id, row.invoice_number);
    if (invoice && invoice->amount.currency != row.currency) {
      return reject_as(record, "", "payment_other_currency",
                       fmt::format("El pago está en {} y la factura en {}.", row.currency.code(), invoice->amount.currency.code()));
    }
    const Zone zone = Zone::of(creditor_.zone);
    PaymentInput input{.source = "file", .source_id = identity(row), .reference = row.invoice_number, .debtor_id = payer(row),
                       .amount = {row.amount_minor, row.currency}, .method = row.method, .paid_on = row.paid_on,
                       .paid_at = {}};
    if (row.paid_ms_of_day) input.paid_at = zone.instant(row.paid_on, *row.paid_ms_of_day);
    if (!seen_.insert(input.source_id).second) return RowOutcome::Duplicate;
    ASSIGN_OR_RETURN(SettledPayment settled, settle_payment(tx_, desk_, creditor_, input, now_));
    if (!settled.is_new) return RowOutcome::Unchanged;
    if (settled.payment.unapplied_minor > 0) ++(invoice ? report_.left_over : report_.waiting);
    if (settled.payment.debtor_id && settled.lowered_minor > 0) settled_[settled.payment.debtor_id].push_back(std::move(settled));
    return RowOutcome::Created;
  }

  // A payment without an id of its own is known by what it says.
  static std::string identity(const PaymentRow& row) {
    if (!row.reference.empty()) return row.reference;
    return fmt::format("{}|{}|{}|{}|{}", row.invoice_number, row.paid_on.days, row.paid_ms_of_day.value_or(-1), row.amount_minor, row.method);
  }

  DebtorId payer(const PaymentRow& row) {
    if (row.document.empty()) return {};
    return tx_.debtors.find_by(creditor_.id, IdentifierKind::Document, row.document).value_or(DebtorId{});
  }

  std::set<std::string> seen_;
  std::map<DebtorId, std::vector<SettledPayment>> settled_;
};

}  // namespace

Result<ImportReport> import_file(Tx& tx, const Desk& desk, const Creditor& creditor, const ImportFile& file,
                                 const ImportOptions& options, Instant now) {
  if (file.mapping.kind == FileKind::Payments) return PaymentsImport(tx, desk, creditor, file, options, now).run();
  return PortfolioImport(tx, desk, creditor, file, options, now).run();
}

}  // namespace puntual::engine
