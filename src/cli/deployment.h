// What the commands that touch a deployment's database share: its options, settings and store.
#pragma once

#include <memory>

#include "app/clock.h"
#include "app/config.h"
#include "cli/command.h"
#include "store/store.h"

namespace puntual::cli {

// --config, --data-dir, --database: given to every such command.
[[nodiscard]] std::vector<Option> deployment_options();
[[nodiscard]] std::vector<Option> with_deployment_options(std::vector<Option> own);

struct Deployment {
  Config config;
  Clock clock;  // Before the store, which tells it the database's time.
  std::unique_ptr<Store> store;
  std::unique_ptr<Random> random;
  std::unique_ptr<Desk> desk;
  // The creditor as it stands in the database (its pause included).
  [[nodiscard]] Result<Creditor> creditor();
};

// The settings alone, by the same options.
[[nodiscard]] Result<Config> deployment_config(const Arguments& arguments);

// Create: a database that is not there yet is made; Write: it must be there, so that a command
// given in the wrong folder says so instead of doing nothing to nobody.
enum class Access : uint8_t { Create, Write, ReadOnly };
[[nodiscard]] Result<std::unique_ptr<Deployment>> open_deployment(const Arguments& arguments,
                                                                  Access access);

}  // namespace puntual::cli
