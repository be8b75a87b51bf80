// A file of debts or payments: every row is accepted or handed back with its reason, and none is
// both.
#include "base/json.h"
#include "core/portfolio/import_rejects.h"
#include "core/portfolio/import_row.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(import, "tests/fixtures/import") {
  ImportOverrides overrides;
  overrides.country = "CO";
  const auto file = portfolio::open_import(bytes, overrides);
  if (!file) return;
  int64_t accepted = 0, rejected = 0;
  std::string rejects;
  portfolio::append_rejects_header(*file, rejects);
  const auto reject = [&](const RawRecord& record,
                          std::span<const RowError> errors) -> Result<void> {
    ++rejected;
    HOLDS(!errors.empty());
    for (const auto& error : errors) HOLDS(!error.code.empty() && !error.message.empty());
    portfolio::append_reject(*file, record, errors, rejects);
    return {};
  };
  const auto take = [&](const PortfolioRow& row, const RawRecord&) -> Result<void> {
    ++accepted;
    HOLDS(!row.name.empty() && !row.invoice_number.empty());
    HOLDS(row.amount_minor > 0 ||
          row.balance_minor == 0);  // Without a column of amounts the balance is the amount.
    HOLDS(!row.balance_minor || *row.balance_minor >= 0);
    HOLDS(parse_json(
        to_json(json::value(row.name + row.product))));  // Valid UTF-8, whatever the file was.
    return {};
  };
  const auto take_payment = [&](const PaymentRow& row, const RawRecord&) -> Result<void> {
    ++accepted;
    HOLDS(row.amount_minor > 0);
    return {};
  };
  const auto counts = file->mapping.kind == FileKind::Portfolio
                          ? portfolio::read_portfolio(*file, take, reject)
                          : portfolio::read_payments(*file, take_payment, reject);
  if (!counts) return;
  HOLDS(counts->accepted == accepted && counts->rejected == rejected &&
        counts->rows == accepted + rejected);
}

}  // namespace puntual
