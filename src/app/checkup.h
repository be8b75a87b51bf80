// What an operator would ask of a deployment, asked of its database and its files without changing
// anything.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/pay_job.h"
#include "engine/audit.h"
#include "store/store.h"

namespace puntual {

enum class Grade : uint8_t { Good, Finding, Danger };

// One line: what is, why it matters, what to do.
struct Finding {
  Grade grade = Grade::Good;
  std::string code;  // "ledger", "audit", …: stable, for machines.
  std::string es;
};

// Of a database alone: does it hold together? A few seconds for a million invoices.
void check_database(Tx& tx, bool is_sqlite, engine::PeoplesWords words,
                    std::vector<Finding>& findings);
// Does the master key open the keys of all people? Not asked of a copy, whose master key is
// elsewhere.
void check_keys(Tx& tx, std::vector<Finding>& findings);
// Of a deployment at work.
void check_work(Tx& tx, const Config& config, const Desk& desk, Instant now,
                std::vector<Finding>& findings);
// Is there a debt in a currency that neither the account for transfers nor any provider takes?
// Asked where there is one of them at all.
void check_ways_to_pay(Tx& tx, CreditorId creditor, const PaymentsConfig& config,
                       const Providers& providers, std::vector<Finding>& findings);
// Is anybody written to there? A country without a pack, whose pack is past its review date or
// within sixty days of it, or without a calendar for this year and the next.
void check_pack(const compliance::RuleBook& book, std::string_view country, CivilDate today,
                std::vector<Finding>& findings);
// What the deployment's own packs allow beyond ours, those of countries where nobody in `lands` is,
// and the files of the folder that change nothing.
void check_own_packs(const compliance::RuleBook& book, std::span<const std::string> lands,
                     std::vector<Finding>& findings);
// Does the first message lack what the law of one of these countries wants told of the creditor? It
// does not leave then.
void check_first_contact(const Creditor& creditor, const compliance::RuleBook& book,
                         std::span<const std::string> lands, std::vector<Finding>& findings);
// Where bridge days are decreed each year: are those of this year in the calendar, and in December
// those of the next? Days that the deployment closed itself, or a calendar of its own, count as
// somebody having looked.
void check_bridge_days(const compliance::RuleBook& book, std::string_view country, CivilDate today,
                       std::vector<Finding>& findings);
// Of the machine: files, rights, room, file system.
void check_machine(const Config& config, std::vector<Finding>& findings);

[[nodiscard]] Grade worst_of(const std::vector<Finding>& findings);

}  // namespace puntual
