// Files of banks as the command line and the API hand them in, and what people decide about their
// lines: texts in, JSON out.
#pragma once

#include <string>
#include <string_view>

#include "app/list_page.h"
#include "engine/bank_import.h"

namespace puntual {

struct BankImportJob {
  std::string
      format;  // asobancaria2001, asobancaria1998, bcp-crep, statement; empty or auto: found out.
  std::string account;   // Which account it is of, where the file does not say.
  std::string currency;  // Of a statement; empty: the account's, else the creditor's.
  std::string mapping;   // TOML text of --save-mapping, or empty.
  std::string name;      // Of the file.
  bool dry_run = false;
};

// {"file","format","account","new","lines","unchanged","applied","proposed","unmatched","ignored","returned","applied_minor",
//  "currency","description","mapping"}
[[nodiscard]] Result<std::string> run_bank_import_job(Store& store, const Desk& desk,
                                                      const Creditor& creditor,
                                                      const BankSettings& settings,
                                                      std::string_view bytes,
                                                      const BankImportJob& job, Instant now);
// {"files":[…],"next"}, the newest first.
[[nodiscard]] Result<std::string> list_bank_files_job(Store& store, const Creditor& creditor,
                                                      const ListPage& page);
// {"lines":[…],"next"}, the oldest first.
[[nodiscard]] Result<std::string> list_bank_lines_job(Store& store, const Creditor& creditor,
                                                      bool is_waiting, const ListPage& page);
// One of {"accept":true}, {"invoice"}, {"debtor"}, {"split":[{"invoice","amount_minor"}]},
// {"ignore":true}, {"reverses"}; and "by". The line as it is then.
[[nodiscard]] Result<std::string> decide_bank_line_job(Store& store, const Desk& desk,
                                                       const Creditor& creditor,
                                                       const BankSettings& settings,
                                                       std::string_view id, std::string_view body,
                                                       Instant now);

}  // namespace puntual
