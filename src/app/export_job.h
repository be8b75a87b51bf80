// Tables of the books for spreadsheets and ERPs: payments, balances (which `puntual import` reads
// back), messages, agreements.
#pragma once

#include <string>
#include <string_view>

#include "app/views.h"
#include "engine/desk.h"
#include "sheet/write.h"
#include "store/store.h"

namespace puntual {

enum class ExportKind : uint8_t { Payments, Balances, Messages, Agreements };
[[nodiscard]] Result<ExportKind> export_kind_of(std::string_view text);  // "payments"

struct ExportOrder {
  ExportKind what = ExportKind::Payments;
  CivilDate from, to;  // Both included, in the creditor's zone. Balances are of now.
  sheet::Format format = sheet::Format::Csv;
  std::optional<std::vector<DebtorId>> people =
      {};  // Balances of these alone, in this order: those of a filtered list.
};
// Texts as people give them; empty: everything until today, as CSV.
[[nodiscard]] Result<ExportOrder> read_export_order(const Creditor& creditor, std::string_view what,
                                                    std::string_view from, std::string_view to,
                                                    std::string_view format, Instant now);

// What the record of an export says of the people it is about: no name stands in it. Empty:
// everybody.
[[nodiscard]] std::string filter_text(const PeopleQuery& query);
// Of balances: those of whom the query means alone.
[[nodiscard]] Result<void> narrow_export(ExportOrder& order, Store& store, NameIndex& names,
                                         const Creditor& creditor, const PeopleQuery& query,
                                         Instant now);

// {"by","from","to","format","filter"}: who takes which table, onto the timeline. To be asked
// before anything is written.
[[nodiscard]] Result<std::string> note_export_job(Store& store, const Creditor& creditor,
                                                  std::string_view what, std::string_view body,
                                                  Instant now);

// Row by row, as the books stand at one moment; how many rows. Invalid when there are more than
// `rows_max`: the file is not whole.
[[nodiscard]] Result<int64_t> write_export(Store& store, const Desk& desk, const Creditor& creditor,
                                           const ExportOrder& order, const std::string& path,
                                           int64_t rows_max = INT64_MAX);

}  // namespace puntual
