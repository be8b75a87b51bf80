// The people behind a figure of the analysis (app/analysis_view.h), as JSON: who they are and what
// each adds to it. The totals are the figure's own, to the cent.
#pragma once

#include <string>

#include "store/store.h"

namespace puntual {

// figure, and what of it:
//   month      "2026-03", or empty for invoices without a due date
//   recovered  of the period; dso; delivered: nothing more
//   reminded   sent, delivered, read, replied, paid
//   strategy   a version, of the people whose time to pay is over
//   heard      "0-9": Monday between nine and ten
//   agreements "plan-kept": kind and state
// currency: of figures of money. days as in analysis_view. after: `next` of the page before.
struct FigureQuery {
  std::string figure = {}, of = {}, currency = {}, days = {}, after = {}, limit = {};
};
// Who adds most stands first.
[[nodiscard]] Result<std::string> figure_people_view(Store& store, const Creditor& creditor,
                                                     const FigureQuery& query, Instant now);

}  // namespace puntual
