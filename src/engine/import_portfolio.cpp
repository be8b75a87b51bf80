// The rows of a portfolio: who owes what.
#include <algorithm>
#include <map>
#include <vector>

#include "base/failpoint.h"
#include "base/locale.h"
#include "core/bank/match.h"
#include "engine/charge_overdue.h"
#include "engine/contact_facts.h"
#include "engine/correct_invoice.h"
#include "engine/identify.h"
#include "engine/import_parts.h"
#include "engine/note.h"
#include "engine/person_commands.h"
#include "engine/stranger.h"
#include "engine/undo_import.h"

namespace puntual::engine {
namespace {

enum class RowOutcome : uint8_t { Created, Updated, Unchanged, Rejected };

// One block, within its transaction.
class PortfolioBlock {
 public:
  PortfolioBlock(Tx& tx, const ImportSetting& setting, store::IdentifierBlock& identifiers,
                 const IdSet& met)
      : tx_(tx),
        desk_(setting.desk),
        creditor_(setting.creditor),
        options_(setting.options),
        now_(setting.now),
        setting_(setting),
        identifiers_(identifiers),
        met_before_(met) {}

  Result<BlockOutcome> run(CheckedBlock<CheckedInvoice>& block) {
    const auto all = block.all();
    people_.resize(all.size());
    auto known = invoices_of(all);
    read_identifiers(all, known);
    for (size_t i = 0; i < all.size(); ++i) {
      const CheckedInvoice& checked = all[i];
      if (!checked.reject.empty()) {
        ++out_.report.rejected;
        out_.report.rejects += checked.reject;
      } else if (checked.repeats == Repeats::All) {
        ++out_.report.duplicate;
      } else {
        count(take(checked, std::move(known[i])), checked.row);
      }
    }
    RETURN_IF_ERROR(set_cases());
    out_.report.rows = block.counts.rows;
    out_.report.ignored = block.counts.ignored;
    note_block(tx_, setting_, block.block, block.sha256, out_);
    return std::move(out_);
  }

 private:
  // What is in the books already, asked for all rows together. What an earlier row of the same file
  // has put there need not be found: this one repeats it (Repetitions).
  std::vector<std::optional<store::ToldInvoice>> invoices_of(std::span<const CheckedInvoice> all) {
    if (identifiers_.is_of_first_import())
      return std::vector<std::optional<store::ToldInvoice>>(all.size());
    std::vector<std::string_view> numbers;
    numbers.reserve(all.size());
    for (const auto& checked : all)
      numbers.push_back(checked.reject.empty() ? std::string_view(checked.row.invoice_number)
                                               : std::string_view());
    return tx_.invoices.find_told(creditor_.id, numbers);
  }

  // Of people of whom a row says something new; those of others are asked when they are needed.
  void read_identifiers(std::span<const CheckedInvoice> all,
                        std::span<const std::optional<store::ToldInvoice>> known) {
    std::vector<store::IdentifierBlock::Asked> keys;
    size_t last = all.size();
    for (size_t i = 0; i < all.size(); ++i) {
      const CheckedInvoice& checked = all[i];
      if (!checked.reject.empty() || (known[i] && known[i]->told == checked.told) ||
          checked.first_of_person == last)
        continue;
      last = checked.first_of_person;
      for (const auto& [kind, value, key] : identifiers_of(checked)) keys.push_back({kind, key});
    }
    identifiers_.read(std::move(keys));
  }

  // Rows that stay outside are no part of the totals either.
  void count(RowOutcome outcome, const PortfolioRow& row) {
    switch (outcome) {
      case RowOutcome::Created:
        ++out_.report.created;
        break;
      case RowOutcome::Updated:
        ++out_.report.updated;
        break;
      case RowOutcome::Unchanged:
        ++out_.report.unchanged;
        break;
      case RowOutcome::Rejected:
        return;  // Counted with its line.
    }
    out_.has_written |= outcome != RowOutcome::Unchanged;
    portfolio::add_total(out_.report.totals, row.currency, row.amount_minor,
                         row.balance_minor.value_or(row.amount_minor));
  }

  RowOutcome reject(const CheckedInvoice& checked, std::string_view code, std::string message) {
    engine::reject(out_, setting_, checked, checked.row.line, code, std::move(message));
    return RowOutcome::Rejected;
  }

  RowOutcome take(const CheckedInvoice& checked, std::optional<store::ToldInvoice> known) {
    failpoint("import.row");
    const PortfolioRow& row = checked.row;
    if (checked.repeats == Repeats::ItsNumber) {
      return reject(checked, "invoice_twice",
                    fmt::format("La factura ya está en la fila {} con otros datos: deje una sola.",
                                checked.first_line));
    }
    if (known && is_no_news(checked, *known)) return RowOutcome::Unchanged;
    if (known && !tx_.debtors.holds(known->invoice.debtor_id)) {
      tx_.debtors.hold(creditor_.id, {known->invoice.debtor_id});
      // Another node may have booked a payment just now.
      if (tx_.db.is_shared()) known = tx_.invoices.find_told(creditor_.id, row.invoice_number);
    }
    if (known && known->invoice.amount.currency != row.currency) {
      return reject(checked, "invoice_other_currency",
                    "La factura ya está cargada en otra moneda: anúlela antes de cambiarla.");
    }
    if (const auto trouble = date_trouble(row))
      return reject(checked, trouble->first, trouble->second);
    if (const auto trouble = balance_trouble(row, known))
      return reject(checked, trouble->first, trouble->second);
    if (const auto trouble = known ? correction_trouble(row, *known) : std::nullopt)
      return reject(checked, trouble->first, trouble->second);
    const DebtorId met = people_[checked.first_of_person];
    const Found found =
        met ? Found{}
            : find(checked, known ? std::optional(known->invoice.debtor_id) : std::nullopt);
    const auto person = met ? std::optional(met) : found.person;
    if (!met) {
      if (const auto trouble = contradiction(found))
        return reject(checked, trouble->first, trouble->second);
      if (found.is_other_name) {
        return reject(checked, "phone_of_other",
                      "El celular es de una persona con otro nombre y la fila no trae documento: "
                      "agregue el documento o el código de cliente.");
      }
    }
    if (row.role) {
      if (const auto trouble = role_trouble(row, person))
        return reject(checked, trouble->first, trouble->second);
    }
    if (known && known->invoice.debtor_id != person) {
      return reject(checked, "invoice_of_other",
                    "La factura ya está cargada a nombre de otra persona: revise el documento.");
    }
    const auto [debtor, is_new, person_changed] = met ? Met{.id = met} : person_of(checked, found);
    if (!debtor) {
      return reject(checked, "person_erased",
                    "Los datos de esta persona se borraron a pedido suyo y no se vuelven a cargar: "
                    "gestione su deuda por otro medio.");
    }
    if (row.case_flags) cases_[debtor] |= *row.case_flags;
    if (meet(debtor)) {
      give_consent(debtor, is_new, row);
      is_new ? prove_first_number(debtor, checked) : prove_number(debtor, row);
    }
    const bool changed = known ? update_invoice(checked, *known) : insert_invoice(checked, debtor);
    return !known                      ? RowOutcome::Created
           : changed || person_changed ? RowOutcome::Updated
                                       : RowOutcome::Unchanged;
  }

  // True at the first row of somebody in the whole file.
  bool meet(DebtorId id) {
    if (met_before_.has(id.value) || !met_.add(id.value)) return false;
    out_.met.push_back(id.value);
    return true;
  }

  // The same row as last time, of a person of whom the report has nothing to say.
  bool is_no_news(const CheckedInvoice& checked, const store::ToldInvoice& known) {
    const PortfolioRow& row = checked.row;
    if (known.told != checked.told || row.case_flags ||
        balance_after(known.invoice.id, known.balance, row) != known.balance)
      return false;
    const DebtorId debtor = known.invoice.debtor_id;
    if (met_before_.has(debtor.value) || met_.has(debtor.value)) return true;
    const bool says_consent =
        !options_.consent_instrument.empty() || !row.consent_instrument.empty();
    if (!says_consent || row.phone.canonical.empty() ||
        !tx_.addresses.is_confirmed(creditor_.id, debtor, checked.address))
      return false;
    return meet(debtor);
  }

  // Whom the parts of a row stand for.
  struct Found {
    std::optional<DebtorId> document, external;
    std::optional<DebtorId> person;
    bool is_other_name =
        false;  // Only the phone leads to the person, and they are called quite differently.
  };

  // By document, then the ERP's id, then the phone. A document that we do not know is a new person
  // even where the phone is known: families share one. So is whoever has another name there, unless
  // the invoice was theirs before.
  Found find(const CheckedInvoice& checked, std::optional<DebtorId> owes_it) {
    const PortfolioRow& row = checked.row;
    Found found;
    if (!row.document.empty())
      found.document = identifiers_.owner(IdentifierKind::Document, checked.document);
    if (!row.external_id.empty())
      found.external = identifiers_.owner(IdentifierKind::External, checked.external);
    found.person = found.document ? found.document : found.external;
    if (found.person) return found;
    if (!row.phone.canonical.empty())
      found.person = identifiers_.owner(IdentifierKind::Phone, checked.phone);
    if (found.person && !row.document.empty() &&
        tx_.debtors.has_document(creditor_.id, *found.person))
      found.person.reset();
    found.is_other_name =
        found.person && found.person != owes_it && has_other_name(*found.person, row.name);
    if (found.is_other_name && !(row.document.empty() && row.external_id.empty())) found = {};
    if (!found.person) found.person = stranger_of(row.other_phone.canonical, checked.other_phone);
    return found;
  }

  bool has_other_name(DebtorId id, std::string_view name) const {
    const auto person = tx_.debtors.find(creditor_.id, id);
    return person && !person->is_stranger && !person->name.empty() && !name.empty() &&
           !bank::is_like(name, person->name);
  }

  // Somebody other than who is meant has written from there whom nothing else is known of yet. Whom
  // the file has named is no stranger.
  std::optional<DebtorId> stranger_of(std::string_view number, const store::LookupKey& key,
                                      std::optional<DebtorId> meant = {}) {
    const auto owner =
        number.empty() ? std::nullopt : identifiers_.owner(IdentifierKind::Phone, key);
    if (!owner || owner == meant || met_.has(owner->value) || met_before_.has(owner->value))
      return std::nullopt;
    const auto person = tx_.debtors.find(creditor_.id, *owner);
    return person && person->is_stranger ? owner : std::nullopt;
  }

  using Trouble = std::pair<std::string_view, std::string>;
  // What has not happened yet proves nothing.
  std::optional<Trouble> date_trouble(const PortfolioRow& row) const {
    if (row.consent_on && *row.consent_on > today_)
      return Trouble{"consent_in_future", "La fecha de la autorización es futura: corríjala."};
    if (row.phone_evidence_on && *row.phone_evidence_on > today_) {
      return Trouble{"evidence_in_future",
                     "La fecha en que se verificó el número es futura: corríjala."};
    }
    return std::nullopt;
  }

  // More is left than was ever owed: interest of the ERP's, or a slip. Charges that we have told
  // ourselves come back with our own balances.
  static std::optional<Trouble> balance_trouble(const PortfolioRow& row,
                                                const std::optional<store::ToldInvoice>& known) {
    if (row.balance_minor.value_or(0) <= row.amount_minor ||
        (known && known->balance.charged_minor > 0))
      return std::nullopt;
    return Trouble{
        "balance_above_amount",
        fmt::format("El saldo ({}) es mayor que el valor ({}): si trae intereses o recargos, ponga "
                    "el saldo sin ellos; si no, corrija uno de los dos.",
                    format_money_at_home({*row.balance_minor, row.currency}),
                    format_money_at_home({row.amount_minor, row.currency}))};
  }

  // Nobody is asked again, by a file that has not heard of it, for what they were told not to owe.
  std::optional<Trouble> correction_trouble(const PortfolioRow& row,
                                            const store::ToldInvoice& known) const {
    const int64_t amount = known.balance.amount_minor;
    if (row.amount_minor <= amount) return std::nullopt;
    const auto corrected = correction_in_force(tx_, creditor_.id, known.invoice.id, amount);
    if (!corrected || row.amount_minor == corrected->told_minor ||
        (amount > 0 && row.amount_minor < corrected->told_minor))
      return std::nullopt;
    return Trouble{
        "invoice_corrected",
        fmt::format("{} la {}: corríjala también en su sistema, o diga aquí el valor correcto con "
                    "«puntual invoice correct {} --minor N».",
                    corrected->told_by,
                    amount == 0 ? std::string("retiró")
                                : fmt::format("corrigió a {}",
                                              format_money_at_home({amount, row.currency})),
                    row.invoice_number)};
  }

  // Which of two people a row means is for a human to say; the row stays outside until then.
  std::optional<Trouble> contradiction(const Found& found) {
    const auto &document = found.document, &external = found.external;
    if (!document || !external || *document == *external) return std::nullopt;
    const auto kin = tx_.debtors.kin(*tx_.debtors.find(creditor_.id, *document));
    if (std::ranges::any_of(kin, [&](const store::Kin& other) {
          return other.is_same_person && other.id == *external;
        }))
      return std::nullopt;
    return Trouble{"identity_contradicts",
                   fmt::format("El documento es de una persona y el código de cliente de otra: "
                               "corrija uno de los dos o, si son la misma "
                               "persona, únalas con «puntual person same {} {}».",
                               document->value, external->value)};
  }

  // One record has one role. Somebody who owes one debt and is the reference of another would
  // either be written to about what is not theirs, or fall silent about their own.
  std::optional<Trouble> role_trouble(const PortfolioRow& row, std::optional<DebtorId> id) {
    const auto known = id ? tx_.debtors.find(creditor_.id, *id) : std::nullopt;
    if (!known || (known->role > Role::Guarantor) == (*row.role > Role::Guarantor))
      return std::nullopt;
    const auto open = tx_.invoices.open_of(creditor_.id, *id);
    if (std::ranges::all_of(open, [&](const Invoice& i) { return i.number == row.invoice_number; }))
      return std::nullopt;
    return Trouble{"role_contradicts",
                   fmt::format("Esta persona tiene otro papel en otra deuda abierta: quite la fila "
                               "si no es quien debe, o cambie su papel "
                               "con «puntual person role {} {}».",
                               id->value, text_of(*row.role))};
  }

  struct Met {
    DebtorId id;  // None: somebody whose data were erased.
    bool is_new = false, is_changed = false;
  };

  Met person_of(const CheckedInvoice& checked, const Found& found) {
    const PortfolioRow& row = checked.row;
    Debtor debtor{.id = {},
                  .creditor_id = creditor_.id,
                  .name = row.name,
                  .country = row.country,
                  .zone = row.zone,
                  .phone = row.phone.e164,
                  .user_id = {},
                  .email = row.email};
    if (row.role) debtor.role = *row.role;
    Met met{.id = found.person.value_or(DebtorId{}), .is_new = !found.person};
    if (met.is_new) {
      debtor.id = met.id = tx_.ids.next<DebtorId>(now_);
      auto own = identifiers_of(checked);
      std::erase_if(own, [&](const store::KeyedIdentifier& one) {
        return !identifiers_.claim(one.kind, one.key, met.id);
      });
      tx_.debtors.insert(debtor, now_, own);
      looked_at_.add(met.id.value);  // A new person is reviewed at once as it is.
      ++out_.report.people_created;
    } else {
      debtor.id = met.id;
      tx_.debtors.hold(creditor_.id, {met.id});
      const auto before = tx_.debtors.find(creditor_.id, met.id);
      PUNTUAL_CHECK(before.has_value());
      if (before->erased_at) return {};
      met.is_changed = update_person(debtor, *before, row);
      if (before->is_stranger) {
        stranger_is_known(tx_, creditor_.id, met.id, now_);
        ++out_.report.people_created;
      }
      // Sealing what is there already would be for nothing.
      for (const auto& [kind, value, key] : identifiers_of(checked)) {
        if (identifiers_.owner(kind, key)) continue;
        tx_.debtors.add_identifier(creditor_.id, met.id, kind, value);
        identifiers_.note(key, met.id);
        out_.has_written = true;
      }
    }
    for (const auto& [number, key] : {std::pair(row.phone.canonical, checked.phone),
                                      std::pair(row.other_phone.canonical, checked.other_phone)}) {
      if (const auto stranger = stranger_of(number, key, met.id))
        join_stranger(tx_, creditor_.id, *stranger, met.id, now_);
    }
    people_[checked.first_of_person] = met.id;
    return met;
  }

  static std::vector<store::KeyedIdentifier> identifiers_of(const CheckedInvoice& checked) {
    const PortfolioRow& row = checked.row;
    std::vector<store::KeyedIdentifier> all{
        {IdentifierKind::Document, row.document, checked.document},
        {IdentifierKind::External, row.external_id, checked.external},
        {IdentifierKind::Phone, row.phone.canonical, checked.phone},
        {IdentifierKind::Phone, row.other_phone.canonical, checked.other_phone}};
    std::erase_if(all, [](const store::KeyedIdentifier& one) { return one.value.empty(); });
    return all;
  }

  // What the file leaves empty is kept.
  bool update_person(Debtor& debtor, const Debtor& known, const PortfolioRow& row) {
    debtor.user_id = known.user_id;
    // A file never brings back a number that turned out to be somebody else's.
    if (debtor.phone.empty() || is_retired(tx_, debtor, row.phone.canonical))
      debtor.phone = known.phone;
    // Another number of the file may take the place of such a one.
    const bool is_useless = !debtor.phone.empty() && is_retired(tx_, debtor, address_value(debtor));
    if (is_useless && !row.other_phone.e164.empty() &&
        !is_retired(tx_, debtor, row.other_phone.canonical))
      debtor.phone = row.other_phone.e164;
    if (debtor.email.empty()) debtor.email = known.email;
    if (debtor.zone.empty()) debtor.zone = known.zone;
    if (!row.role) debtor.role = known.role;
    if (debtor.role != known.role)
      note(tx_, creditor_.id, debtor.id, now_, "role_changed",
           fmt::format("{} by file", text_of(debtor.role)));
    const bool changed = debtor.name != known.name || debtor.country != known.country ||
                         debtor.zone != known.zone || debtor.phone != known.phone ||
                         debtor.email != known.email || debtor.role != known.role ||
                         known.is_stranger;
    if (changed) {
      if (debtor.phone != known.phone && !known.phone.empty())
        debtor.user_id.clear();  // That of the other number.
      if (setting_.run != 0) remember_person(tx_, setting_.run, known);
      tx_.debtors.update(debtor);
      look_again(debtor.id);
    }
    return changed;
  }

  // What this block says of people's cases holds at once: nobody is written to in between. What the
  // file takes back is known only at its end.
  Result<void> set_cases() {
    for (const auto& [id, told] : cases_) {
      if (told != 0) out_.has_written |= (told & ~tx_.case_flags.active(creditor_.id, id)) != 0;
      for (const auto flag : kCaseFlags) {
        if ((told >> static_cast<int>(flag) & 1) == 0) continue;
        RETURN_IF_ERROR(set_flag(tx_, creditor_, id,
                                 {.flag = flag, .since = now_, .through = "file", .note = {}},
                                 now_));
      }
      out_.cases.emplace_back(id, told);
    }
    return {};
  }

  void look_again(DebtorId id) {
    if (looked_at_.add(id.value)) tx_.debtors.review_now(creditor_.id, id, now_);
  }

  void give_consent(DebtorId id, bool is_new, const PortfolioRow& row) {
    const std::string& instrument =
        row.consent_instrument.empty() ? options_.consent_instrument : row.consent_instrument;
    if (instrument.empty()) {
      const auto permission = is_new ? store::Permission{} : tx_.permissions.of(creditor_.id, id);
      if (!permission.consent[static_cast<size_t>(Channel::WhatsApp)].granted)
        ++out_.report.people_without_consent;
      return;
    }
    const auto on = row.consent_on ? row.consent_on : options_.consent_on;
    const Instant at = on ? Zone::of(creditor_.zone).instant(*on, 0) : now_;
    const store::ConsentEntry grant{.at = at,
                                    .is_dated = on.has_value(),
                                    .kind = "file",
                                    .instrument = instrument,
                                    .text_version = {},
                                    .by = "file"};
    if (is_new) {
      tx_.permissions.grant_first(creditor_.id, id, grant, now_, tx_.ids);
    } else if (tx_.permissions.grant(creditor_.id, id, grant, now_, tx_.ids)) {
      note_grant(tx_, creditor_.id, id, grant, now_);
      tx_.debtors.review_now(creditor_.id, id, now_);
      out_.has_written = true;
    }
  }

  // The row's proof, else that of the whole file. "No" in the row is stronger than the file's word.
  Evidence evidence_for(const PortfolioRow& row) const {
    const bool says_yes = conversation::is_yes(row.phone_evidence);
    Evidence evidence = options_.confirmed_by;
    if (conversation::is_no(row.phone_evidence)) return {};
    if (!row.phone_evidence.empty() && !says_yes)
      evidence = conversation::evidence_of(row.phone_evidence);
    if (row.phone_evidence_on) evidence.verified_on = row.phone_evidence_on;
    return evidence;
  }

  void count_unfit(std::string_view unfit) {
    if (unfit == "IDENTITY_UNCONFIRMED") ++out_.report.people_unconfirmed;
    if (unfit == "WRONG_NUMBER") ++out_.report.people_retired;
  }

  // Nothing is known of the number yet, and the record of the block stands for what is written
  // here.
  void prove_first_number(DebtorId id, const CheckedInvoice& checked) {
    if (checked.row.phone.canonical.empty()) return;
    const Evidence evidence = evidence_for(checked.row);
    if (evidence.kind.empty() && conversation::is_yes(checked.row.phone_evidence))
      ++out_.report.yes_without_proof;
    Address address;
    if (!evidence.kind.empty()) {
      address = conversation::verified({}, evidence, now_);
      tx_.addresses.save_first(creditor_.id, id, checked.address, address);
      ++out_.report.people_confirmed;
    }
    count_unfit(unfit_for(address, Purpose::Overdue));
  }

  void prove_number(DebtorId id, const PortfolioRow& row) {
    const auto debtor = tx_.debtors.find(creditor_.id, id);
    PUNTUAL_CHECK(debtor.has_value());
    if (address_value(*debtor).empty()) return;
    const Evidence evidence = evidence_for(row);
    if (evidence.kind.empty() && conversation::is_yes(row.phone_evidence))
      ++out_.report.yes_without_proof;
    // The proof is about the number of the row, which need not be the one in use.
    const bool is_about_it =
        row.phone.canonical.empty() || row.phone.canonical == address_value(*debtor);
    if (!evidence.kind.empty() && is_about_it && confirm_address(tx_, *debtor, evidence, now_)) {
      ++out_.report.people_confirmed;
      out_.has_written = true;
    }
    count_unfit(unfit_for(tx_, *debtor, Purpose::Overdue));
  }

  // The figure that a person has corrected, told again, is no news; the rest of what a file may say
  // against them does not get here (correction_trouble).
  int64_t amount_in(InvoiceId known, int64_t amount_before, const PortfolioRow& row) const {
    const auto corrected = known && row.amount_minor != amount_before
                               ? correction_in_force(tx_, creditor_.id, known, amount_before)
                               : std::nullopt;
    return corrected && row.amount_minor == corrected->told_minor ? amount_before
                                                                  : row.amount_minor;
  }

  InvoiceBalance balance_after(InvoiceId known, const InvoiceBalance& before,
                               const PortfolioRow& row) const {
    std::optional<int64_t> reported;
    // Our own balance, read back with the charges in it, tells nothing new.
    const bool is_ours = before.charged_minor > 0 && row.amount_minor == before.amount_minor &&
                         row.balance_minor == before.owed_minor();
    if (row.balance_minor && !is_ours)
      reported = std::max<int64_t>(0, row.amount_minor - *row.balance_minor);
    return ledger::after_report(before, amount_in(known, before.amount_minor, row), reported,
                                today_);
  }

  static LedgerEntry entry_like(const PortfolioRow& row, DebtorId debtor, InvoiceId invoice) {
    return {
        .amount = {0, row.currency}, .debtor_id = debtor, .invoice_id = invoice, .payment_id = {}};
  }

  bool insert_invoice(const CheckedInvoice& checked, DebtorId debtor) {
    const PortfolioRow& row = checked.row;
    const Invoice invoice{.id = tx_.ids.next<InvoiceId>(now_),
                          .debtor_id = debtor,
                          .number = row.invoice_number,
                          .product = row.product,
                          .breakdown = row.breakdown,
                          .issued_on = row.issued_on,
                          .due_on = row.due_on,
                          .amount = {row.amount_minor, row.currency}};
    const InvoiceBalance balance = balance_after({}, {}, row);
    tx_.invoices.insert(creditor_.id, invoice, balance, now_, checked.told);
    tx_.ledger.append(
        creditor_.id,
        ledger::entries_of_file_change({}, balance, entry_like(row, debtor, invoice.id)), now_,
        tx_.ids);
    if (money_waits_) apply_waiting_money(tx_, desk_, creditor_, invoice, now_);
    if (balance.owed_minor() > 0) look_again(debtor);
    return true;
  }

  bool update_invoice(const CheckedInvoice& checked, const store::ToldInvoice& told) {
    const PortfolioRow& row = checked.row;
    const Invoice& known = told.invoice;
    if (told.told != checked.told) tx_.invoices.set_told(creditor_.id, known.id, checked.told);
    const InvoiceBalance after = balance_after(known.id, told.balance, row);
    const bool same_texts = known.product == row.product && known.breakdown == row.breakdown &&
                            known.issued_on == row.issued_on && known.due_on == row.due_on;
    if (same_texts && told.balance == after) return false;
    if (setting_.run != 0) remember_invoice(tx_, creditor_.id, setting_.run, told);
    Invoice invoice = known;
    invoice.product = row.product;
    invoice.breakdown = row.breakdown;
    invoice.issued_on = row.issued_on;
    invoice.due_on = row.due_on;
    tx_.invoices.update(creditor_.id, invoice, after);
    tx_.ledger.append(creditor_.id,
                      ledger::entries_of_file_change(told.balance, after,
                                                     entry_like(row, known.debtor_id, known.id)),
                      now_, tx_.ids);
    if (row.balance_minor == 0) drop_charges(tx_, creditor_, known.id, now_);
    if (known.due_on != row.due_on) restart_cadence(known);
    if (told.balance != after) tx_.agreements.review_now(creditor_.id, known.debtor_id, now_);
    look_again(known.debtor_id);
    out_.has_written = true;
    // That the file knows by now of a payment that was told here is no change to who reads the
    // counts: balances that were exported are read back as they were.
    return !same_texts || told.balance.asked_minor() != after.asked_minor() ||
           told.balance.owed_minor() != after.owed_minor();
  }

  // What is planned about it speaks of a step of the old date. A changed amount is no reason to be
  // silent: the text is made anew when it leaves.
  void restart_cadence(const Invoice& known) {
    tx_.invoices.restart_steps(creditor_.id, known.id);
    for (const auto id : tx_.outbox.cancel_planned_about(creditor_.id, known.debtor_id, known.id,
                                                         now_, "DEBT_CHANGED")) {
      tx_.timeline.append({.creditor_id = creditor_.id,
                           .debtor_id = known.debtor_id,
                           .at = now_,
                           .kind = "cancelled",
                           .message_id = id,
                           .invoice_id = known.id,
                           .detail = "DEBT_CHANGED"},
                          tx_.ids);
    }
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const ImportOptions& options_;
  const Instant now_;
  const ImportSetting& setting_;
  const CivilDate today_ = Zone::of(creditor_.zone).local(now_).date;
  // None can begin to wait or write while invoices are loaded, so these are asked once.
  const bool money_waits_ = tx_.payments.has_unapplied(creditor_.id);
  store::IdentifierBlock& identifiers_;
  const IdSet& met_before_;  // By earlier blocks: ids of people, as those of the next two.
  IdSet met_;
  IdSet looked_at_;
  std::vector<DebtorId> people_;  // By the first row that says the same of them; none: not met yet.
  std::map<DebtorId, uint8_t> cases_;  // Only of files that have the column.
  BlockOutcome out_;
};

// People whose case is looked at again in one transaction.
constexpr size_t kCasesAtOnce = 2000;

}  // namespace

Result<BlockOutcome> PortfolioPart::apply(Tx& tx, CheckedBlock<CheckedInvoice>& block,
                                          Together& identifiers) const {
  return PortfolioBlock(tx, setting_, identifiers, met_).run(block);
}

void PortfolioPart::keep(BlockOutcome&& outcome) {
  for (const int64_t id : outcome.met) met_.add(id);
  for (const auto& [id, told] : outcome.cases) cases_[id] |= told;
}

// What the file says of a person's case in all their rows together. It takes back its own word
// only.
Result<DebtorId> PortfolioPart::finish(Tx& tx, DebtorId after) const {
  DebtorId last;
  auto at = cases_.upper_bound(after);
  for (size_t done = 0; at != cases_.end() && done < kCasesAtOnce; ++at, ++done) {
    last = at->first;
    for (const auto flag : kCaseFlags) {
      if ((at->second >> static_cast<int>(flag) & 1) != 0) continue;
      RETURN_IF_ERROR(clear_flag(tx, setting_.creditor, at->first,
                                 {.flag = flag, .by = "file", .set_through = "file"},
                                 setting_.now));
    }
  }
  return last;
}

}  // namespace puntual::engine
