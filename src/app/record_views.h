// What the pages Pagos, Acuerdos and Cumplimiento of the web application show (web/src/payments,
// agreements, compliance), as JSON; moments in the civil time of the creditor, money in minor
// units.
#pragma once

#include <string>
#include <string_view>

#include "app/list_page.h"
#include "engine/law.h"
#include "store/store.h"

namespace puntual {

// Money that came in, the newest first, with whose it is and what it pays. state: empty, or
// "unapplied".
[[nodiscard]] Result<std::string> payments_view(Store& store, const Creditor& creditor,
                                                std::string_view state, const ListPage& page);
// What waits for a person's word: money of nobody, and what a provider tells that cannot be booked
// as it is, the oldest first. Lines of banks are told by list_bank_lines_job.
[[nodiscard]] Result<std::string> waiting_money_view(Store& store, const Creditor& creditor);

// Agreements in one state (empty: active), the newest first, with what is paid of them and what
// comes next; and how many are in each.
[[nodiscard]] Result<std::string> agreements_view(Store& store, const Creditor& creditor,
                                                  std::string_view state, const ListPage& page,
                                                  Instant now);

// What people ask of their data and until when, who asked not to be written to, the law in force,
// and the anchors.
[[nodiscard]] Result<std::string> compliance_view(Store& store, const Law& law,
                                                  const Creditor& creditor, Instant now);
// Every rule of one country as the gate reads it. NotFound.
[[nodiscard]] Result<std::string> country_view(const Law& law, std::string_view country);
// Is the audit trail whole? Reads all of it.
[[nodiscard]] Result<std::string> audit_view(Store& store);

// The proof of one message (by its id, or as the platform calls it), with an anchor of its own
// where it needs one: the file that machines check, or ("pdf") the pages that people read.
[[nodiscard]] Result<std::string> proof_file(Store& store, const Creditor& creditor,
                                             std::string_view message, std::string_view kind,
                                             Instant now, const Law& law);

}  // namespace puntual
