#include "engine/import_block.h"

#include <algorithm>
#include <unordered_map>

#include "base/crypto.h"
#include "base/json.h"
#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_rejects.h"

namespace puntual::engine {
namespace {

// What a row says, to tell a repeated row from a contradicting one of the same invoice.
uint64_t fingerprint(const RawRecord& record) {
  uint64_t mixed = record.fields.size();
  for (const auto field : record.fields)
    mixed = mixed * 1'099'511'628'211U + std::hash<std::string_view>()(field);
  return mixed;
}

void know_by(CheckedRecord& record, std::string_view number) {
  record.number[0] = std::_Hash_bytes(number.data(), number.size(), 0x9E3779B97F4A7C15U);
  record.number[1] = std::_Hash_bytes(number.data(), number.size(), 0xC2B2AE3D27D4EB4FU);
}

void append_field(std::string& text, std::string_view field) {
  text += field;
  text += '\x1f';
}

void append_number(std::string& text, std::optional<int64_t> number) {
  const int64_t value = number.value_or(INT64_MIN);
  text.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::optional<int64_t> days_of(std::optional<CivilDate> date) {
  return date ? std::optional<int64_t>(date->days) : std::nullopt;
}

// With what the file was given: the same row under another proof is another row.
std::string told_with(const ImportOptions& options) {
  std::string text;
  append_field(text, options.consent_instrument);
  append_number(text, days_of(options.consent_on));
  append_field(text, options.confirmed_by.kind);
  append_field(text, options.confirmed_by.reference);
  append_number(text, days_of(options.confirmed_by.verified_on));
  return text;
}

class InvoiceChecks {
 public:
  InvoiceChecks(const ImportSetting& setting, store::Vault& vault)
      : vault_(vault), creditor_(setting.creditor.id), told_with_(told_with(setting.options)) {}

  void complete(CheckedInvoice& out, const CheckedInvoice& before) {
    const PortfolioRow& row = out.row;
    out.person.clear();
    for (const std::string_view field :
         {std::string_view(row.document), std::string_view(row.external_id),
          std::string_view(row.phone.canonical), std::string_view(row.name),
          std::string_view(row.email), std::string_view(row.zone),
          row.role ? text_of(*row.role) : std::string_view()}) {
      append_field(out.person, field);
    }
    key_person(out, before);
    out.told = told(out);
  }

 private:
  // Rows of one person mostly stand together.
  void key_person(CheckedInvoice& out, const CheckedInvoice& before) {
    const PortfolioRow &row = out.row, &last = before.row;
    out.document = row.document == last.document ? before.document
                                                 : key(IdentifierKind::Document, row.document);
    out.external = row.external_id == last.external_id
                       ? before.external
                       : key(IdentifierKind::External, row.external_id);
    const bool same_phone = row.phone.canonical == last.phone.canonical;
    out.phone = same_phone ? before.phone : key(IdentifierKind::Phone, row.phone.canonical);
    out.address =
        same_phone ? before.address : store::address_key(vault_, creditor_, row.phone.canonical);
    out.other_phone = key(IdentifierKind::Phone, row.other_phone.canonical);
  }

  store::LookupKey key(IdentifierKind kind, std::string_view value) {
    return value.empty() ? store::LookupKey{}
                         : store::identifier_key(vault_, creditor_, kind, value);
  }

  store::LookupKey told(const CheckedInvoice& out) {
    const PortfolioRow& row = out.row;
    text_.assign(told_with_);
    append_field(text_, out.person);
    for (const std::string_view field :
         {std::string_view(row.other_phone.canonical), std::string_view(row.phone.e164),
          std::string_view(row.invoice_number), std::string_view(row.product),
          std::string_view(row.breakdown), std::string_view(row.country),
          std::string_view(row.consent_instrument), std::string_view(row.phone_evidence)}) {
      append_field(text_, field);
    }
    append_field(text_, row.currency.code());
    for (const auto number :
         {std::optional(row.amount_minor), row.balance_minor, days_of(row.issued_on),
          days_of(row.due_on), days_of(row.consent_on), days_of(row.phone_evidence_on),
          row.case_flags ? std::optional<int64_t>(*row.case_flags) : std::nullopt}) {
      append_number(text_, number);
    }
    return vault_.lookup_key(creditor_, "row of a file", text_);
  }

  store::Vault& vault_;
  CreditorId creditor_;
  std::string told_with_, text_;
};

// In the end, when no row moves any more. Rows of one person mostly stand together.
void find_first_of_people(std::span<CheckedInvoice> all) {
  std::unordered_map<std::string_view, size_t> firsts(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    const bool is_as_before = i > 0 && all[i].person == all[i - 1].person;
    all[i].first_of_person = is_as_before ? all[i - 1].first_of_person
                                          : firsts.try_emplace(all[i].person, i).first->second;
  }
}

// A payment without an id of its own is known by what it says.
std::string identity(const PaymentRow& row) {
  if (!row.reference.empty()) return row.reference;
  return fmt::format("{}|{}|{}|{}|{}", row.invoice_number, row.paid_on.days,
                     row.paid_ms_of_day.value_or(-1), row.amount_minor, row.method);
}

}  // namespace

template <class Row>
Row& CheckedBlock<Row>::add(const RawRecord& record) {
  if (used == rows.size()) rows.emplace_back();
  Row& row = rows[used++];
  row.text = record.text;
  row.repeats = Repeats::Nothing;
  row.reject.clear();
  row.row.line = record.line;
  return row;
}

namespace {

template <class Row>
auto rejecting(const ImportSetting& setting, CheckedBlock<Row>& out) {
  return [&](const RawRecord& record, std::span<const RowError> errors) -> Result<void> {
    portfolio::append_reject(setting.file, record, errors, out.add(record).reject);
    return {};
  };
}

template <class Row>
void end(CheckedBlock<Row>& out, Result<ReadCounts> counts) {
  out.sha256 = hex(sha256(out.block.text));
  out.read = {};
  if (counts) {
    out.counts = *std::move(counts);
  } else {
    out.read = std::unexpected(std::move(counts).error());
  }
}

}  // namespace

void check(const ImportSetting& setting, const FileBlock& block, store::Vault& vault,
           CheckedBlock<CheckedInvoice>& out) {
  out.begin(block);
  InvoiceChecks checks(setting, vault);
  const auto take = [&](const PortfolioRow& row, const RawRecord& record) -> Result<void> {
    CheckedInvoice& checked = out.add(record);
    checked.row = row;
    know_by(checked, row.invoice_number);
    checked.says = fingerprint(record);
    checks.complete(checked, out.used > 1 ? out.rows[out.used - 2] : CheckedInvoice{});
    return {};
  };
  end(out, portfolio::read_portfolio(setting.file, block, take, rejecting(setting, out)));
  find_first_of_people(out.all());
}

void check(const ImportSetting& setting, const FileBlock& block, store::Vault&,
           CheckedBlock<CheckedPayment>& out) {
  out.begin(block);
  const auto take = [&](const PaymentRow& row, const RawRecord& record) -> Result<void> {
    CheckedPayment& checked = out.add(record);
    checked.row = row;
    checked.says = 0;  // The same id is the same payment, whatever else the row says.
    checked.source_id = identity(row);
    know_by(checked, checked.source_id);
    return {};
  };
  end(out, portfolio::read_payments(setting.file, block, take, rejecting(setting, out)));
}

void Repetitions::note(int64_t line, CheckedRecord& record) {
  const auto is_other = [&](const First& one) {
    return one.line != 0 && !std::ranges::equal(one.number, record.number);
  };
  size_t place = record.number[0] % seen_.size();
  while (is_other(seen_[place])) place = (place + 1) % seen_.size();
  First& first = seen_[place];
  if (first.line == 0) {
    first = {.number = {record.number[0], record.number[1]}, .says = record.says, .line = line};
    return;
  }
  record.repeats = first.says == record.says ? Repeats::All : Repeats::ItsNumber;
  record.first_line = first.line;
}

void add(ImportReport& sum, const ImportReport& one, const ImportFile& file) {
  for (const auto count : {&ImportReport::rows, &ImportReport::created, &ImportReport::updated,
                           &ImportReport::unchanged, &ImportReport::rejected,
                           &ImportReport::duplicate, &ImportReport::ignored,
                           &ImportReport::people_created, &ImportReport::people_without_consent,
                           &ImportReport::people_unconfirmed, &ImportReport::people_confirmed,
                           &ImportReport::yes_without_proof, &ImportReport::people_retired,
                           &ImportReport::waiting, &ImportReport::left_over, &ImportReport::held}) {
    sum.*count += one.*count;
  }
  for (const auto& total : one.totals) {
    portfolio::add_total(sum.totals, total.currency, total.amount_minor, total.balance_minor);
    std::ranges::find(sum.totals, total.currency, &CurrencyTotal::currency)->rows += total.rows - 1;
  }
  if (one.rejects.empty()) return;
  if (sum.rejects.empty()) portfolio::append_rejects_header(file, sum.rejects);
  sum.rejects += one.rejects;
}

void reject(BlockOutcome& outcome, const ImportSetting& setting, const CheckedRecord& record,
            int64_t line, std::string_view code, std::string message) {
  CsvReader reader(record.text, setting.file.mapping.delimiter);
  const bool is_read = reader.next().value_or(false);  // It was read before.
  PUNTUAL_CHECK(is_read);
  const RowError error{line, {}, code, std::move(message)};
  portfolio::append_reject(setting.file, {line, reader.fields(), record.text}, std::span(&error, 1),
                           outcome.report.rejects);
  ++outcome.report.rejected;
}

namespace {

json::value date_json(std::optional<CivilDate> date) {
  return date ? json::value(format_date(*date)) : json::value();
}

// What the file itself does not say. How the creditor calls a paper may be a person's name: its
// digest only.
void add_given_with(json::object& facts, const ImportOptions& options) {
  if (!options.consent_instrument.empty()) {
    facts["consent"] =
        json::object{{"instrument_sha256", hex(puntual::sha256(options.consent_instrument))},
                     {"on", date_json(options.consent_on)}};
  }
  if (const Evidence& evidence = options.confirmed_by; !evidence.kind.empty()) {
    facts["evidence"] = json::object{{"kind", evidence.kind},
                                     {"reference_sha256", hex(puntual::sha256(evidence.reference))},
                                     {"verified_on", date_json(evidence.verified_on)}};
  }
}

}  // namespace

void note_block(Tx& tx, const ImportSetting& setting, const FileBlock& block,
                const std::string& sha256, const BlockOutcome& outcome) {
  if (!outcome.has_written) return;
  json::object facts{{"kind", text_of(setting.file.mapping.kind)},
                     {"from_byte", block.text.data() - setting.file.text().data()},
                     {"bytes", block.text.size()},
                     {"sha256", sha256}};
  add_given_with(facts, setting.options);
  tx.timeline.append({.creditor_id = setting.creditor.id,
                      .debtor_id = {},
                      .at = setting.now,
                      .kind = "import",
                      .detail = fmt::format("{} created {} updated", outcome.report.created,
                                            outcome.report.updated),
                      .facts = to_json(facts)},
                     tx.ids);
}

}  // namespace puntual::engine
