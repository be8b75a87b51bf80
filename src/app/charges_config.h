// [charges]: what was agreed for paying late, and the tables of what the law lets one charge.
// Without it nothing is charged.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/toml.h"
#include "core/charges/charge_rules.h"

namespace puntual {

struct ChargesConfig {
  std::string tables_dir;  // Own tables (co.toml), which go before the ones that ship.
  std::shared_ptr<const ChargeRules> rules;  // Null: nothing is charged.
};

// The deployment's own table of a country, else the one that ships; a person must have confirmed it
// before it is in force. NotFound: there is neither.
[[nodiscard]] Result<ChargeTable> charge_table_of(const std::string& tables_dir,
                                                  std::string_view country);
// Where the own table of a country is, or would be.
[[nodiscard]] std::string charge_table_path(const std::string& tables_dir,
                                            std::string_view country);

// Mistakes in the settings are the table's problems; one in an own table stops the program.
[[nodiscard]] Result<ChargesConfig> read_charges(
    TomlTable root, const Creditor& creditor, const std::string& data_dir,
    const std::function<void(std::string&)>& anchor_path);

}  // namespace puntual
