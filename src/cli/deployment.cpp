#include "cli/deployment.h"

#include <algorithm>

#include "app/witness.h"
#include "engine/editions.h"
#include "engine/number_owner.h"

namespace puntual::cli {

std::vector<Option> deployment_options() {
  return {{"--config", "FILE", "Settings; puntual.toml in the data directory when left out"},
          {"--data-dir", "DIR", "Where the deployment lives (PUNTUAL_DATA_DIR)"},
          {"--database", "URL", "sqlite:PATH or postgresql://… (PUNTUAL_DATABASE_URL)"}};
}

std::vector<Option> with_deployment_options(std::vector<Option> own) {
  for (const auto& option : deployment_options()) own.push_back(option);
  return own;
}

Result<Creditor> Deployment::creditor() {
  ASSIGN_OR_RETURN(auto found,
                   store->read([&](Tx& tx) { return tx.creditors.find(config.creditor.id); }));
  if (!found)
    return fail(ErrorCode::NotFound,
                "the database has no creditor yet (begin with: puntual import FILE)");
  return *found;
}

namespace {

// A test clock begins where the settings put it, but not before what has been written: a server
// before or beside us may have moved its own on.
Result<void> begin_test_clock(Deployment& deployment) {
  ASSIGN_OR_RETURN(const Instant start, parse_rfc3339(deployment.config.test_clock));
  ASSIGN_OR_RETURN(const auto latest, deployment.store->read([&](Tx& tx) {
    return tx.timeline.latest(deployment.config.creditor.id, 0, 1);
  }));
  const Instant begin = latest.empty() ? start : std::max(start, latest.front().at);
  deployment.clock.advance(begin - deployment.clock.now());
  return {};
}

}  // namespace

Result<Config> deployment_config(const Arguments& arguments) {
  return load_config(arguments.text("--config"), {{"data_dir", arguments.text("--data-dir")},
                                                  {"database", arguments.text("--database")}});
}

Result<std::unique_ptr<Deployment>> open_deployment(const Arguments& arguments, Access access) {
  auto deployment = std::make_unique<Deployment>();
  ASSIGN_OR_RETURN(deployment->config, deployment_config(arguments));
  const Config& config = deployment->config;
  deployment->random = std::make_unique<SystemRandom>();
  ASSIGN_OR_RETURN(Desk desk, make_desk(config, *deployment->random));
  deployment->desk = std::make_unique<Desk>(std::move(desk));
  if (access == Access::Write) RETURN_IF_ERROR(Store::exists(config.database_url));
  const StoreOptions options{
      .master_file = config.master_key_file,
      .node_ttl_ms = config.node_ttl_ms,
      .on_time = [&clock = deployment->clock](Instant at) { clock.compare(at, "the database"); }};
  ASSIGN_OR_RETURN(deployment->store, access == Access::ReadOnly
                                          ? Store::open_read_only(config.database_url, options)
                                          : Store::open(config.database_url, options));
  ASSIGN_OR_RETURN([[maybe_unused]] const bool has_launched,
                   engine::take_editions(*deployment->store, *deployment->desk));
  if (!config.test_clock.empty()) RETURN_IF_ERROR(begin_test_clock(*deployment));
  if (access != Access::ReadOnly) {
    RETURN_IF_ERROR(
        ask_witness(*deployment->store, config, *deployment->random, deployment->clock.now()));
    RETURN_IF_ERROR(deployment->store->write([&](Tx& tx) {
      tx.creditors.save(config.creditor);
      engine::note_sending_number(tx, config.creditor, config.whatsapp.number_owner,
                                  deployment->clock.now());
    }));
  }
  return deployment;
}

}  // namespace puntual::cli
