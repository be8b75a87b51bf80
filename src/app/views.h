// What the pages of the web application show at a glance (web/src/today, web/src/portfolio), as
// JSON; moments in the civil time of the creditor, money in minor units.
#pragma once

#include <span>
#include <string>

#include "app/name_index.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// Today: what has left and what became of it, what came in, what waits for a person, who hears
// nothing and why, whether all is paused, and whom a file that was just loaded lets rest. `trouble`
// is Service::trouble().
[[nodiscard]] Result<std::string> today_view(Store& store, const EngineSettings& settings,
                                             const Creditor& creditor,
                                             std::span<const UnreadEdition> unread,
                                             const std::string& trouble, Instant now);

// As texts. search: a name or part of it, a document with or without dots, a phone, an invoice;
// else a page of who owes, by order (late, owed), with age (due, 30, 60, 90, more; empty: all),
// after (the cursor `next` of the page before), limit (1 to 200). silence: of everybody whom this
// keeps silent (debtor.silence, word for word), those who owe nothing too.
struct PeopleQuery {
  std::string search = {}, order = {}, age = {}, silence = {}, after = {}, limit = {};
};
[[nodiscard]] Result<std::string> people_view(Store& store, NameIndex& names,
                                              const Creditor& creditor, const PeopleQuery& query,
                                              Instant now);

// Everybody whom the query means, each once, in its order; after and limit do not count.
[[nodiscard]] Result<std::vector<DebtorId>> people_meant(Store& store, NameIndex& names,
                                                         const Creditor& creditor,
                                                         const PeopleQuery& query, Instant now);

// How many owe how much, by age and currency; and how many hear nothing, by why.
[[nodiscard]] Result<std::string> portfolio_view(Store& store, const Creditor& creditor,
                                                 Instant now);

// One person: debts, what the gate says now and why, messages and the whole record, money,
// promises, agreements.
[[nodiscard]] Result<std::string> person_view(Store& store, const Desk& desk,
                                              const Creditor& creditor, std::string_view subject,
                                              Instant now);

}  // namespace puntual
