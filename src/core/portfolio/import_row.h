// A file turned into checked rows, one at a time: what the engine applies, and what it hands back.
//
// Nothing is guessed: a row with a cell that is damaged or can be read in two ways is rejected with
// the column, a code and a Spanish sentence that says how to mend it. rows = accepted + rejected;
// blank lines, lines of totals and repeated titles are no rows and are counted as ignored.
//
// Codes of rejected rows: missing_{name,identity,invoice_number,amount,balance,paid_on};
// {amount,date,document,text,time}_{malformed,ambiguous,scientific,excel_error,too_large,too_many_decimals,
// no_such_day,out_of_range} as they apply; amount_not_positive, balance_negative; phone_*
// (base/phone.h); currency_unknown, country_unknown, zone_unknown, role_unknown,
// case_state_unknown; text_too_long; too_few_columns,
// too_many_columns.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phone.h"
#include "base/time.h"
#include "core/compliance/gate.h"
#include "core/portfolio/import_detect.h"

namespace puntual {

// One invoice of a person.
struct PortfolioRow {
  int64_t line = 0;
  std::string name;         // In normal case.
  std::string document;     // In the one form of its country (document_number.h). Or empty.
  std::string external_id;  // The ERP's own id of the person, or empty.
  Phone phone;              // Empty e164: none. The other phone when the first column is empty.
  Phone other_phone;
  std::string email;  // Lower case; empty: none that could be one.
  std::string invoice_number;
  std::optional<CivilDate> issued_on;
  std::optional<CivilDate> due_on;
  int64_t amount_minor = 0;              // The balance, when the file has no amount.
  std::optional<int64_t> balance_minor;  // None: the file has no such column.
  Currency currency;
  std::string product;
  std::string breakdown;
  std::string country;  // ISO 3166 alpha-2.
  std::string zone;     // IANA, or empty.
  std::string consent_instrument;
  std::optional<CivilDate> consent_on;
  std::optional<Role> role;           // None: the file does not tell.
  std::optional<uint8_t> case_flags;  // A bit per CaseFlag; none: the file does not tell.
  std::string phone_evidence;  // How the creditor knows that `phone` is this person's; "sí", "no"
                               // or empty as well.
  std::optional<CivilDate> phone_evidence_on;
};

struct PaymentRow {
  int64_t line = 0;
  std::string invoice_number;
  CivilDate paid_on;
  std::optional<int32_t> paid_ms_of_day;  // Local time, when the file has it.
  int64_t amount_minor = 0;
  Currency currency;  // Its minor units are those of amount_minor: another than the invoice's is an
                      // error.
  std::string method;
  std::string reference;  // The payment's own id, or empty.
  std::string document;   // Of the payer, when the file has it.
};

// The record as it stands in the file (bytes of its encoding); valid during the call.
struct RawRecord {
  int64_t line = 0;
  std::span<const std::string_view> fields;
  std::string_view text = {};  // All of it, in the file: valid as long as that.
};

struct RowError {
  int64_t line = 0;
  std::string column;     // The title in the file, or what should be there.
  std::string_view code;  // Static storage.
  std::string message;    // Spanish: cause and remedy. Never a name, a document or a phone.
};

// A stretch of a file: whole records, one after the other.
struct FileBlock {
  std::string_view text;
  int64_t first_line = 1;
};

struct CurrencyTotal {
  Currency currency;
  int64_t rows = 0;
  int64_t amount_minor = 0;
  int64_t balance_minor = 0;
};

struct ReadCounts {
  int64_t rows = 0;  // accepted + rejected
  int64_t accepted = 0;
  int64_t rejected = 0;
  int64_t ignored = 0;
  int64_t other_phones_unusable =
      0;  // A second phone or an e-mail is a convenience: no row fails for it.
  int64_t emails_unusable = 0;
  std::vector<CurrencyTotal> totals;  // Of accepted rows.
};

using OnReject =
    std::function<Result<void>(const RawRecord& record, std::span<const RowError> errors)>;
using OnPortfolioRow =
    std::function<Result<void>(const PortfolioRow& row, const RawRecord& record)>;
using OnPaymentRow = std::function<Result<void>(const PaymentRow& row, const RawRecord& record)>;

namespace portfolio {

// Adds a row to the total of its currency.
void add_total(std::vector<CurrencyTotal>& totals, Currency currency, int64_t amount_minor,
               int64_t balance_minor);

// The file in blocks of this many records. Invalid when the file itself is damaged (an unclosed
// quote, a zero byte, a line over 1 MB), wherever: whoever asks this first never takes in half of
// it.
[[nodiscard]] Result<std::vector<FileBlock>> cut_into_blocks(const ImportFile& file,
                                                             int64_t records_each);

// One pass over the block in the order of the file; the row is reused from call to call. An error
// of a callback ends the reading and is returned. Blocks may be read by several threads at once.
[[nodiscard]] Result<ReadCounts> read_portfolio(const ImportFile& file, const FileBlock& block,
                                                const OnPortfolioRow& on_row,
                                                const OnReject& on_reject);
[[nodiscard]] Result<ReadCounts> read_payments(const ImportFile& file, const FileBlock& block,
                                               const OnPaymentRow& on_row,
                                               const OnReject& on_reject);
// The same over the whole file: rows before a damaged place have been handed out by then.
[[nodiscard]] Result<ReadCounts> read_portfolio(const ImportFile& file,
                                                const OnPortfolioRow& on_row,
                                                const OnReject& on_reject);
[[nodiscard]] Result<ReadCounts> read_payments(const ImportFile& file, const OnPaymentRow& on_row,
                                               const OnReject& on_reject);

}  // namespace portfolio
}  // namespace puntual
