// puntual doctor: is everything as it should be? One line each: what, why it matters, what to do.
#include <cstdio>

#include "app/checkup.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/open_providers.h"

namespace puntual::cli {
namespace {

std::string_view word_of(Grade grade) {
  switch (grade) {
    case Grade::Good:
      return "ok";
    case Grade::Finding:
      return "finding";
    case Grade::Danger:
      return "unsafe";
  }
  return "";
}

// Do the payment providers take our keys? None where they cannot be opened with them.
std::optional<Providers> check_providers(const PaymentsConfig& config,
                                         std::vector<Finding>& findings) {
  const Clock clock;
  auto providers = open_providers(config, clock);
  if (!providers) {
    findings.push_back({Grade::Danger, "payment_keys",
                        fmt::format("Las claves de un proveedor de pagos no sirven: {}",
                                    providers.error().message)});
    return std::nullopt;
  }
  for (const auto& [name, provider] : *providers) {
    const auto taken = provider->check_keys();
    if (taken)
      findings.push_back({Grade::Good, "payment_keys", fmt::format("{} acepta sus claves.", name)});
    else if (taken.error().code == ErrorCode::Unavailable)
      findings.push_back({Grade::Finding, "payment_keys",
                          fmt::format("{} no responde: {}", name, taken.error().message)});
    else
      findings.push_back(
          {Grade::Danger, "payment_keys",
           fmt::format(
               "{} rechaza sus claves: {} (revise secrets_file y environment en [payments.{}])",
               name, taken.error().message, name)});
  }
  return *std::move(providers);
}

Result<int> run_doctor(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  std::vector<Finding> findings;
  check_machine(config, findings);
  const auto providers = check_providers(config.payments, findings);
  if (const auto deployment = open_deployment(arguments, Access::ReadOnly)) {
    RETURN_IF_ERROR((*deployment)->store->read([&](Tx& tx) {
      check_database(tx, config.database_url.starts_with("sqlite:"), engine::PeoplesWords::Compared,
                     findings);
      check_keys(tx, findings);
      check_work(tx, config, *(*deployment)->desk, (*deployment)->clock.now(), findings);
      if (providers)
        check_ways_to_pay(tx, config.creditor.id, config.payments, *providers, findings);
    }));
  } else {
    // A missing or wrong key, another schema: that is a finding as well, and names its remedy.
    findings.push_back({Grade::Danger, "open",
                        fmt::format("La base de datos no abre: {}", deployment.error().message)});
  }
  const Grade worst = worst_of(findings);
  if (arguments.has("--json")) {
    json::array list;
    for (const auto& finding : findings)
      list.push_back(json::object{
          {"grade", word_of(finding.grade)}, {"code", finding.code}, {"es", finding.es}});
    std::printf("%s\n",
                to_json(json::object{{"grade", word_of(worst)}, {"findings", list}}).c_str());
  } else {
    for (const auto& finding : findings)
      std::printf("%-5s %s\n",
                  finding.grade == Grade::Good      ? "bien"
                  : finding.grade == Grade::Finding ? "ojo"
                                                    : "MAL",
                  finding.es.c_str());
  }
  return worst == Grade::Danger ? kUnsafe : worst == Grade::Finding ? kFailure : kOk;
}

}  // namespace

Command doctor_command() {
  return {.name = "doctor",
          .summary =
              "Look whether all is well, beside a running server; exit code 1: findings, 6: unsafe",
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .run = run_doctor};
}

}  // namespace puntual::cli
