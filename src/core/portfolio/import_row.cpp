#include "core/portfolio/import_row.h"

#include <algorithm>

#include "base/zone.h"
#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_record.h"
#include "core/portfolio/person_words.h"

namespace puntual::portfolio {
namespace {

constexpr size_t kNameBytesMax = 200;
constexpr size_t kNumberBytesMax = 100;
constexpr size_t kTextBytesMax = 400;

// Names that mix cases and hold single blanks stay as they are: most of them, and the quick way.
bool is_normal_name(std::string_view name) {
  bool upper = false;
  bool lower = false;
  char before = ' ';
  for (const char c : name) {
    upper = upper || (c >= 'A' && c <= 'Z');
    lower = lower || (c >= 'a' && c <= 'z');
    if (c == ' ' && before == ' ') return false;
    before = c;
  }
  return upper && lower;
}

// The whole name, or first and last names from two columns.
void read_name(ImportRecord& record, PortfolioRow& row, std::string& last_names) {
  record.read_text(ImportField::DebtorName, row.name, kNameBytesMax);
  if (row.name.empty() && record.has(ImportField::FirstNames)) {
    record.read_text(ImportField::FirstNames, row.name, kNameBytesMax);
    record.read_text(ImportField::LastNames, last_names, kNameBytesMax);
    if (!last_names.empty()) row.name += (row.name.empty() ? "" : " ") + last_names;
  }
  if (!row.name.empty() && !is_normal_name(row.name)) row.name = title_case_name(row.name);
}

bool read_phone_cell(ImportRecord& record, ImportField field, std::string_view country,
                     Phone& out) {
  const auto text = record.cell(field);
  if (text.empty()) return false;
  auto phone = read_phone(text, country);
  if (phone) {
    out = *std::move(phone);
  } else if (phone.error() != PhoneProblem::Empty) {
    record.add_error(field, code_of(phone.error()), std::string(explain_es(phone.error())));
  }
  return true;
}

void clear_phone(Phone& phone) {
  phone.e164.clear();
  phone.canonical.clear();
  phone.country.clear();
}

void read_phones(ImportRecord& record, PortfolioRow& row, ReadCounts& counts) {
  clear_phone(row.phone);
  clear_phone(row.other_phone);
  if (!read_phone_cell(record, ImportField::Phone, row.country, row.phone)) {
    read_phone_cell(record, ImportField::OtherPhone, row.country, row.phone);
    return;
  }
  const auto other = record.cell(ImportField::OtherPhone);
  if (other.empty()) return;
  if (auto phone = read_phone(other, row.country)) {
    row.other_phone = *std::move(phone);
  } else {
    ++counts.other_phones_unusable;
  }
}

void read_email(ImportRecord& record, PortfolioRow& row, ReadCounts& counts) {
  row.email.clear();
  const auto text = record.cell(ImportField::Email);
  if (text.empty()) return;
  const size_t at = text.find('@');
  const bool is_one = at != std::string_view::npos && at > 0 &&
                      text.find('@', at + 1) == std::string_view::npos &&
                      text.find('.', at) != std::string_view::npos &&
                      text.find_first_of(" ,;<>\"") == std::string_view::npos && text.size() <= 254;
  if (!is_one) {
    ++counts.emails_unusable;
    return;
  }
  row.email.assign(text);
  for (char& c : row.email) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

void read_country(ImportRecord& record, const ImportMapping& mapping, PortfolioRow& row,
                  const CountryInfo*& last) {
  const auto text = record.cell(ImportField::Country);
  row.country = mapping.country;
  if (text.empty()) {
    if (row.country.empty()) {
      record.add_error(ImportField::Country, "country_unknown",
                       "falta el país del deudor: escriba su código (CO, PE, MX…) o use --country");
    }
    return;
  }
  if (last == nullptr || last->code != text) {
    const auto* found = find_country(text);
    if (found == nullptr) {
      return record.add_error(
          ImportField::Country, "country_unknown",
          fmt::format(
              "país desconocido «{}»: escriba su código de dos letras, por ejemplo CO, PE o MX",
              text));
    }
    last = found;
  }
  row.country = last->code;
}

void read_zone(ImportRecord& record, PortfolioRow& row) {
  record.read_text(ImportField::Zone, row.zone, kNumberBytesMax);
  if (row.zone.empty() || Zone::find(row.zone)) return;
  record.add_error(
      ImportField::Zone, "zone_unknown",
      fmt::format(
          "zona horaria desconocida «{}»: escriba un nombre IANA, por ejemplo America/Bogota",
          row.zone));
}

// A word we do not know may be the one that forbids to write: the row stays outside.
void read_person_words(ImportRecord& record, PortfolioRow& row) {
  row.role.reset();
  row.case_flags.reset();
  if (const auto cell = record.cell(ImportField::PersonRole); !cell.empty()) {
    row.role = role_of_words(cell);
    if (!row.role) {
      record.add_error(ImportField::PersonRole, "role_unknown",
                       "no se entiende el papel de la persona: escriba deudor, codeudor, fiador, "
                       "avalista, garante, tercero, referencia, beneficiario, empleador o menor");
    }
  }
  if (const auto cell = record.cell(ImportField::CaseState); !cell.empty()) {
    row.case_flags = case_flags_of_words(cell);
    if (!row.case_flags) {
      record.add_error(ImportField::CaseState, "case_state_unknown",
                       "no se entiende el estado: escriba normal, prejurídico, judicial, "
                       "insolvencia, fallecido, en reclamo o reclamo de servicios públicos");
    }
  }
}

// The currency of a row that names none: the file's, else that of the row's country.
void read_row_currency(ImportRecord& record, std::string_view country, Currency& currency) {
  record.read_currency_into(currency);
  if (currency != Currency()) return;
  if (const auto* info = find_country(country)) currency = Currency::of(info->currency);
}

void read_money(ImportRecord& record, PortfolioRow& row) {
  const size_t errors_before = record.errors().size();
  const auto amount = record.read_amount_of(ImportField::Amount, row.currency);
  row.balance_minor = record.read_amount_of(ImportField::Balance, row.currency);
  if (record.errors().size() != errors_before) return;
  if (record.has(ImportField::Balance) && !row.balance_minor) {
    record.add_error(ImportField::Balance, "missing_balance",
                     "falta el saldo: escriba lo que se debe, o 0 si está pagada");
  } else if (row.balance_minor && *row.balance_minor < 0) {
    record.add_error(
        ImportField::Balance, "balance_negative",
        "el saldo es negativo: si es un saldo a favor, escriba 0 y regístrelo como pago");
  } else if (!amount && !row.balance_minor) {
    record.add_error(ImportField::Amount, "missing_amount",
                     "falta el valor de la factura: escríbalo");
  } else if (amount.value_or(1) <= 0) {
    record.add_error(ImportField::Amount, "amount_not_positive",
                     "el valor debe ser mayor que cero: las notas crédito no son facturas, "
                     "quítelas o réstelas de su factura");
  }
  row.amount_minor = amount.value_or(row.balance_minor.value_or(0));
}

void check_identity(ImportRecord& record, const PortfolioRow& row) {
  if (row.name.empty())
    record.add_error(ImportField::DebtorName, "missing_name",
                     "falta el nombre del deudor: escríbalo");
  if (row.invoice_number.empty()) {
    record.add_error(ImportField::InvoiceNumber, "missing_invoice_number",
                     "falta el número de la factura: escríbalo");
  }
  if (row.document.empty() && row.external_id.empty() && row.phone.e164.empty() &&
      row.email.empty()) {
    record.add_error(ImportField::Document, "missing_identity",
                     "nada identifica al deudor: escriba su documento, su código o su celular");
  }
}

// Walks over the records below the titles. `read` fills the row and notes errors; `accept` hands it
// out.
template <class Read, class Accept>
Result<ReadCounts> read_records(const ImportFile& file, const FileBlock& block, ReadCounts& counts,
                                Read&& read, Accept&& accept, const OnReject& on_reject) {
  CsvReader reader(block.text, file.mapping.delimiter, block.first_line);
  ImportRecord record(file);
  while (true) {
    const size_t begin = reader.offset();
    ASSIGN_OR_RETURN(const bool more, reader.next());
    if (!more) return std::move(counts);
    if (reader.line() <= file.mapping.header_line) continue;
    record.begin(
        {reader.line(), reader.fields(), block.text.substr(begin, reader.offset() - begin)});
    if (record.is_no_row()) {
      ++counts.ignored;
      continue;
    }
    ++counts.rows;
    record.check_width();
    if (record.errors().empty()) read(record);
    if (record.errors().empty()) {
      ++counts.accepted;
      RETURN_IF_ERROR(accept(record.raw()));
    } else {
      ++counts.rejected;
      RETURN_IF_ERROR(on_reject(record.raw(), record.errors()));
    }
  }
}

}  // namespace

void add_total(std::vector<CurrencyTotal>& totals, Currency currency, int64_t amount_minor,
               int64_t balance_minor) {
  auto found = std::ranges::find(totals, currency, &CurrencyTotal::currency);
  if (found == totals.end()) found = totals.insert(found, CurrencyTotal{currency});
  ++found->rows;
  found->amount_minor += amount_minor;
  found->balance_minor += balance_minor;
}

Result<std::vector<FileBlock>> cut_into_blocks(const ImportFile& file, int64_t records_each) {
  std::vector<FileBlock> blocks;
  CsvReader reader(file.text(), file.mapping.delimiter);
  size_t begin = 0;
  int64_t first_line = 1;
  for (int64_t records = 0;; ++records) {
    const size_t end = reader.offset();
    const int64_t next_line = reader.next_line();
    ASSIGN_OR_RETURN(const bool more, reader.next());
    if (more && records < records_each) continue;
    blocks.push_back({file.text().substr(begin, end - begin), first_line});
    if (!more) return blocks;
    begin = end;
    first_line = next_line;
    records = 0;
  }
}

Result<ReadCounts> read_portfolio(const ImportFile& file, const OnPortfolioRow& on_row,
                                  const OnReject& on_reject) {
  return read_portfolio(file, {file.text()}, on_row, on_reject);
}

Result<ReadCounts> read_payments(const ImportFile& file, const OnPaymentRow& on_row,
                                 const OnReject& on_reject) {
  return read_payments(file, {file.text()}, on_row, on_reject);
}

Result<ReadCounts> read_portfolio(const ImportFile& file, const FileBlock& block,
                                  const OnPortfolioRow& on_row, const OnReject& on_reject) {
  if (file.mapping.kind != FileKind::Portfolio) {
    return fail(ErrorCode::Invalid,
                "el archivo es de pagos, no de facturas: use --kind portfolio si no es así");
  }
  PortfolioRow row;
  ReadCounts counts;
  std::string last_names;
  const CountryInfo* last_country = nullptr;
  const auto read = [&](ImportRecord& record) {
    row.line = record.raw().line;
    read_country(record, file.mapping, row, last_country);
    read_name(record, row, last_names);
    record.read_document_into(ImportField::Document, file.mapping.country, row.document);
    record.read_text(ImportField::ExternalId, row.external_id, kNumberBytesMax);
    if (!row.country.empty()) read_phones(record, row, counts);
    read_email(record, row, counts);
    record.read_text(ImportField::InvoiceNumber, row.invoice_number, kNumberBytesMax);
    record.read_date_into(ImportField::IssuedOn, row.issued_on);
    record.read_date_into(ImportField::DueOn, row.due_on);
    read_row_currency(record, row.country, row.currency);
    read_money(record, row);
    record.read_text(ImportField::Product, row.product, kTextBytesMax);
    record.read_text(ImportField::Breakdown, row.breakdown, kTextBytesMax);
    read_zone(record, row);
    record.read_text(ImportField::ConsentInstrument, row.consent_instrument, kTextBytesMax);
    record.read_date_into(ImportField::ConsentOn, row.consent_on);
    read_person_words(record, row);
    record.read_text(ImportField::PhoneEvidence, row.phone_evidence, kTextBytesMax);
    record.read_date_into(ImportField::PhoneEvidenceOn, row.phone_evidence_on);
    if (record.errors().empty()) check_identity(record, row);
  };
  const auto accept = [&](const RawRecord& raw) -> Result<void> {
    add_total(counts.totals, row.currency, row.amount_minor,
              row.balance_minor.value_or(row.amount_minor));
    return on_row(row, raw);
  };
  return read_records(file, block, counts, read, accept, on_reject);
}

Result<ReadCounts> read_payments(const ImportFile& file, const FileBlock& block,
                                 const OnPaymentRow& on_row, const OnReject& on_reject) {
  if (file.mapping.kind != FileKind::Payments) {
    return fail(ErrorCode::Invalid,
                "el archivo es de facturas, no de pagos: use --kind payments si no es así");
  }
  PaymentRow row;
  ReadCounts counts;
  std::optional<CivilDate> paid_on;
  const auto read = [&](ImportRecord& record) {
    row.line = record.raw().line;
    row.paid_ms_of_day.reset();
    record.read_text(ImportField::InvoiceNumber, row.invoice_number, kNumberBytesMax);
    record.read_date_into(ImportField::PaidOn, paid_on, &row.paid_ms_of_day);
    if (const auto time = record.cell(ImportField::PaidTime); !time.empty()) {
      const auto ms = read_time_of_day(time);
      if (ms) row.paid_ms_of_day = *ms;
      if (!ms)
        record.add_error(ImportField::PaidTime, "time_malformed",
                         "no es una hora: escríbala como 14:30");
    }
    record.read_currency_into(row.currency);
    if (row.currency == Currency() && record.errors().empty()) {
      record.add_error(ImportField::Currency, "currency_unknown",
                       "falta la moneda del pago: escriba su código, por ejemplo COP");
    }
    const size_t errors_before = record.errors().size();
    const auto amount = record.read_amount_of(ImportField::PaidAmount, row.currency);
    record.read_text(ImportField::Method, row.method, kTextBytesMax);
    record.read_text(ImportField::PaymentReference, row.reference, kNumberBytesMax);
    record.read_document_into(ImportField::Document, file.mapping.country, row.document);
    if (record.errors().size() == errors_before && !amount) {
      record.add_error(ImportField::PaidAmount, "missing_amount",
                       "falta el valor pagado: escríbalo");
    } else if (amount.value_or(1) <= 0) {
      record.add_error(ImportField::PaidAmount, "amount_not_positive",
                       "el valor pagado debe ser mayor que cero: registre las devoluciones aparte");
    }
    if (!record.errors().empty()) return;
    row.amount_minor = *amount;
    row.paid_on = paid_on.value_or(CivilDate{});
    if (!paid_on)
      record.add_error(ImportField::PaidOn, "missing_paid_on",
                       "falta la fecha de pago: escríbala como dd/mm/aaaa");
    if (row.invoice_number.empty()) {
      record.add_error(ImportField::InvoiceNumber, "missing_invoice_number",
                       "falta el número de la factura pagada: escríbalo");
    }
  };
  const auto accept = [&](const RawRecord& raw) -> Result<void> {
    add_total(counts.totals, row.currency, row.amount_minor, 0);
    return on_row(row, raw);
  };
  return read_records(file, block, counts, read, accept, on_reject);
}

}  // namespace puntual::portfolio
