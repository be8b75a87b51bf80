// The desk of a deployment: its texts, strategies, law and printed papers, by its settings.
#include <filesystem>

#include "app/config.h"
#include "app/settings_text.h"
#include "base/embedded.h"
#include "document/agreement_page.h"
#include "document/letterhead.h"
#include "document/receipt_page.h"
#include "document/statement.h"

namespace puntual {
namespace {

Result<void> add_strategies(const std::string& dir, Desk& desk) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
    if (entry.path().extension() != ".toml") continue;
    ASSIGN_OR_RETURN(const std::string text, settings_text(entry.path().string()));
    ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(text, entry.path().filename().string()));
    desk.strategies.insert_or_assign(strategy.name, std::move(strategy));
  }
  if (error) return fail(ErrorCode::NotFound, "strategies_dir {}: {}", dir, error.message());
  return {};
}

Result<void> add_templates(const std::string& dir, std::string_view link_base, Desk& desk) {
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir, error)) {
    if (entry.path().extension() != ".toml") continue;
    ASSIGN_OR_RETURN(const std::string text, settings_text(entry.path().string()));
    ASSIGN_OR_RETURN(auto templates, messaging::parse_templates(text, entry.path().string()));
    for (auto& one : templates) {
      for (const auto& finding : messaging::check(one)) {
        if (!finding.is_error) continue;
        return fail(ErrorCode::Invalid, "{}:{}: {}: {} (puntual template check lists all findings)",
                    entry.path().string(), finding.line, finding.code, finding.message);
      }
      desk.templates.add(messaging::with_link_base(std::move(one), link_base));
    }
  }
  if (error) return fail(ErrorCode::NotFound, "templates_dir {}: {}", dir, error.message());
  return {};
}
}  // namespace

Result<Desk> make_desk(const Config& config, Random& random) {
  ASSIGN_OR_RETURN(TemplateCatalog catalog,
                   TemplateCatalog::built_in(config.creditor.payment_link_base));
  Desk desk{.templates = std::move(catalog),
            .strategies = {},
            .random = random,
            .settings = {},
            .law = config.law.law};
  std::string logo;
  if (!config.logo_file.empty()) {
    ASSIGN_OR_RETURN(logo, settings_text(config.logo_file));
    if (const auto usable = document::check_logo(logo); !usable)
      return fail(ErrorCode::Invalid, "creditor.logo {} {}", config.logo_file,
                  usable.error().message);
  }
  desk.print = [logo](const Statement& statement) {
    return document::print_statement(statement, logo);
  };
  desk.print_receipt = [logo](const Receipt& receipt) {
    return document::print_receipt(receipt, logo);
  };
  desk.print_agreement = [logo](const AgreementPaper& paper) {
    return document::print_agreement(paper, logo);
  };
  desk.settings.numbers_confirmed_by = config.numbers_confirmed_by;
  desk.settings.numbers_evidence = config.numbers_evidence;
  desk.settings.allocation = config.allocation;
  desk.settings.tolerance_minor = config.tolerance_minor;
  desk.charges = config.charges.rules;
  desk.settings.retention = config.retention;
  desk.settings.person_ms = config.person_ms;
  desk.settings.settle_ms = config.settle_ms;
  desk.settings.import_grace_ms = config.import_grace_ms;
  desk.settings.transfer = config.payments.transfer;
  if (config.has_pay_page()) desk.settings.pay_link_days = config.payments.link_days;
  desk.settings.is_familiar = config.is_familiar;
  desk.settings.on_ramp.whatsapp_number = config.on_ramp.whatsapp_number;
  if (!config.payments.public_url.empty())
    desk.settings.on_ramp.stop_base = config.payments.public_url + "/baja/";
  if (!config.on_ramp.email.url.empty()) desk.settings.on_ramp.ways.push_back(Channel::Email);
  if (!config.on_ramp.sms.url.empty()) desk.settings.on_ramp.ways.push_back(Channel::Sms);
  for (const auto& file : embedded_files("strategies/")) {
    ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(file.bytes, file.name));
    desk.strategies.insert_or_assign(strategy.name, std::move(strategy));
  }
  if (!config.strategies_dir.empty()) RETURN_IF_ERROR(add_strategies(config.strategies_dir, desk));
  if (!config.templates_dir.empty())
    RETURN_IF_ERROR(add_templates(config.templates_dir, config.creditor.payment_link_base, desk));
  if (!desk.strategies.contains(config.creditor.strategy)) {
    return fail(
        ErrorCode::Invalid,
        "creditor.strategy = \"{}\": there is no such strategy (expected one of strategies/*.toml)",
        config.creditor.strategy);
  }
  desk.templates.add_documents_of(desk.strategies.at(config.creditor.strategy));
  return desk;
}

}  // namespace puntual
