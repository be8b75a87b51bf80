// puntual serve: the whole house in one process.
#include <csignal>
#include <cstdio>
#include <optional>

#include "app/attachment_watch.h"
#include "app/log.h"
#include "app/payment_watch.h"
#include "app/service.h"
#include "app/sign_in.h"
#include "app/template_watch.h"
#include "app/webhook_sender.h"
#include "base/address.h"
#include "base/failpoint.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/open_providers.h"
#include "cli/sandbox_phone.h"
#include "on_ramp/channels.h"
#include "whatsapp/cloud_api.h"

namespace puntual::cli {
namespace {

constexpr int64_t kPayerWaitsMs = 5 * kSecondMs;  // For a provider's answer, looking at a page.

Result<ServiceSecrets> read_secrets(const Config& config) {
  ServiceSecrets secrets{
      .app_secrets = {}, .verify_token = config.whatsapp.verify_token, .api_token = {}};
  if (config.whatsapp.app_secret_file.empty()) {
    return fail(ErrorCode::Invalid,
                "whatsapp.app_secret_file is missing: without it no webhook can be believed");
  }
  ASSIGN_OR_RETURN(std::string secret, read_secret_file(config.whatsapp.app_secret_file));
  secrets.app_secrets.push_back(std::move(secret));
  if (!config.api_token_file.empty()) {
    ASSIGN_OR_RETURN(secrets.api_token, read_secret_file(config.api_token_file));
  }
  return secrets;
}

// The ways to people whom WhatsApp does not reach, as far as the settings have any.
Result<on_ramp::Ways> open_on_ramps(const OnRampConfig& config) {
  on_ramp::Ways ways;
  if (!config.email.url.empty()) {
    on_ramp::EmailOptions options = config.email;
    if (!config.email_password_file.empty()) {
      ASSIGN_OR_RETURN(options.password, read_secret_file(config.email_password_file));
    }
    ASSIGN_OR_RETURN(ways.email, on_ramp::Email::open(std::move(options)));
  }
  if (!config.sms.url.empty()) {
    on_ramp::SmsOptions options = config.sms;
    if (!config.sms_header_file.empty()) {
      ASSIGN_OR_RETURN(options.header, read_secret_file(config.sms_header_file));
    }
    ASSIGN_OR_RETURN(ways.sms, on_ramp::Sms::open(std::move(options)));
  }
  return ways;
}

// Where nobody can sign in yet, how the first one does. On stderr, which is whoever's who started
// us.
void tell_first_owner(Service& service, Instant now) {
  const CreditorId house = service.config().creditor.id;
  const auto token = service.store().write([&](Tx& tx) -> Result<std::string> {
    return tx.users.has_any(house) ? std::string() : make_setup_token(tx, house, 0, "serve", now);
  });
  if (!token) return log_event("error", "setup_token", token.error().message);
  if (token->empty()) return;
  std::fprintf(stderr,
               "Cree la cuenta de quien será responsable en %s/#inicio=%s (vale una hora y una "
               "vez; otro: puntual user setup)\n",
               service.server().base_url().c_str(), token->c_str());
}

// Has SIGINT or SIGTERM come within this time?
bool is_told_to_stop(const sigset_t& signals, int64_t within_ms) {
  const timespec wait{.tv_sec = within_ms / kSecondMs,
                      .tv_nsec = within_ms % kSecondMs * 1'000'000};
  return sigtimedwait(&signals, nullptr, &wait) > 0;
}

// Before any thread starts, so that all inherit it and the main thread alone takes the signal.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Who is writing, and from which number?
Result<void> check_sender(const Config& config) {
  if (config.creditor.name == kUnnamed && !is_this_machine(config.whatsapp.base_url)) {
    return fail(ErrorCode::Unsafe,
                "[creditor] name is still \"{}\": write in puntual.toml who is writing, before "
                "anybody reads it",
                kUnnamed);
  }
  if (config.whatsapp.phone_number_id.empty())
    return fail(ErrorCode::Invalid,
                "whatsapp.phone_number_id is missing: from which number shall we write?");
  return {};
}

// Who is asked when the bot is not sure; null: nobody.
Result<std::shared_ptr<SecondReader>> open_second_reader(const Config& config) {
  if (config.assistant.url.empty()) return nullptr;
  assistant::AssistantSettings settings = config.assistant;
  if (!config.assistant_key_file.empty()) {
    ASSIGN_OR_RETURN(settings.key, read_secret_file(config.assistant_key_file));
  }
  RETURN_IF_ERROR(assistant::check_settings(settings));
  return std::make_shared<assistant::Assistant>(std::move(settings));
}

void say_that_it_runs(Service& service, const Config& config) {
  std::printf("%s\n", to_json(json::object{{"url", service.server().base_url()},
                                           {"database", Store::shown(config.database_url)}})
                          .c_str());
  std::fflush(stdout);
  if (Store::is_shared(config.database_url))
    log_event("info", "node",
              fmt::format("this process is node {}", service.store().node().number));
}

Result<int> run_serve(const Arguments& arguments) {
  const sigset_t signals = block_signals();
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::Create));
  failpoint("start.opened");
  Config config = deployment->config;
  if (arguments.has("--listen")) config.listen = arguments.text("--listen");
  ASSIGN_OR_RETURN(ServiceSecrets secrets, read_secrets(config));
  RETURN_IF_ERROR(check_sender(config));
  ASSIGN_OR_RETURN(const std::string token, read_secret_file(config.whatsapp.access_token_file));
  ASSIGN_OR_RETURN(on_ramp::Ways ways, open_on_ramps(config.on_ramp));
  Clock& clock = deployment->clock;
  Desk& desk = *deployment->desk;
  ASSIGN_OR_RETURN(desk.second_reader, open_second_reader(config));
  std::atomic<bool> ends_calls = false;  // To payment providers.
  ASSIGN_OR_RETURN(desk.providers, open_providers(config.payments, clock, &ends_calls));
  ASSIGN_OR_RETURN(Providers asked,
                   open_providers(config.payments, clock, &ends_calls, kPayerWaitsMs));
  std::optional<SandboxPhone> phones;
  Service service(config, std::move(secrets), std::move(deployment->store), desk, clock);
  service.ask_through(std::move(asked));
  if (is_this_machine(config.whatsapp.base_url))
    service.show_phones_of(
        phones.emplace(config.whatsapp.base_url, clock, !config.test_clock.empty()));
  RETURN_IF_ERROR(service.open_door());
  failpoint("start.door_open");
  ASSIGN_OR_RETURN(
      auto channel,
      whatsapp::CloudApi::open({.base_url = config.whatsapp.base_url,
                                .version = config.whatsapp.graph_version,
                                .access_token = token,
                                .messages_per_second = config.whatsapp.messages_per_second,
                                .on_results = [&service] { service.wake(); },
                                .on_date = [&clock](Instant at) { clock.hear(at, "WhatsApp"); },
                                .now = [&clock] { return clock.now(); },
                                .boot_ms = {}}));
  on_ramp::Channels channels(
      *channel, std::move(ways), [&clock] { return clock.now(); }, [&service] { service.wake(); });
  const whatsapp::Endpoint endpoint{.base_url = config.whatsapp.base_url,
                                    .version = config.whatsapp.graph_version,
                                    .access_token = token};
  ASSIGN_OR_RETURN(auto management, whatsapp::Management::open(endpoint));
  ASSIGN_OR_RETURN(auto of_attachments, whatsapp::Management::open(endpoint));
  management.on_date([&clock](Instant at) { clock.hear(at, "WhatsApp"); });
  // Nothing is sent before the templates have been looked at once; what comes in is kept meanwhile.
  const DeskNow desk_now = [&service] { return service.desk(); };
  std::optional<TemplateWatch> watch(
      std::in_place, service.store(), desk_now, config, std::move(management), clock,
      [&service] { service.wake(); }, [&clock] { return !clock.doubt().empty(); });
  std::optional<AttachmentWatch> attachments(std::in_place, service.store(), config.creditor,
                                             std::move(of_attachments), clock);
  std::optional<PaymentWatch> payments;
  std::optional<WebhookSender> events(std::in_place, service.store(), config.creditor,
                                      hooks::PostOptions{.private_hosts = config.private_hosts},
                                      clock);
  bool stopping = false;
  while (!stopping && !watch->has_looked()) stopping = is_told_to_stop(signals, 10);
  failpoint("start.templates_known");
  if (!stopping) {
    if (!desk.providers.empty()) {
      payments.emplace(service.store(), desk_now, config.creditor, clock,
                       [&service] { service.wake(); });
      service.when_noticed([&payments] { payments->wake(); });
    }
    if (auto started = service.start_engine(channels); !started) {
      service.stop();  // Its door is open: who is asked behind it must outlive it.
      return std::unexpected(std::move(started.error()));
    }
    failpoint("start.engine_ready");
    tell_first_owner(service, clock.now());
    say_that_it_runs(service, config);
    while (!service.store().has_lost_node() && !is_told_to_stop(signals, kSecondMs)) {
    }
  }
  // Whoever has the number now goes on; started again, this process takes another.
  const bool is_lost = service.store().has_lost_node();
  if (is_lost)
    log_event("error", "node_lost",
              fmt::format("node {} is somebody else's, or the master key was changed: this process "
                          "was not heard of for too long",
                          service.store().node().number));
  log_event("info", "stopping");
  service.store().hurry();
  failpoint("stop.told");
  ends_calls = true;
  watch.reset();
  attachments.reset();
  events.reset();
  service.stop();
  payments.reset();
  channel->stop(5000);
  channels.stop();
  failpoint("stop.sender_ended");
  if (is_lost) return kTemporary;
  service.record_last_results(channels);
  failpoint("stop.recorded");
  return kOk;
}

}  // namespace

Command serve_command() {
  return {.name = "serve",
          .summary = "Run: webhooks in, reminders out, payments settled",
          .options = with_deployment_options(
              {{"--listen", "ADDRESS:PORT", "Where to open the door (PUNTUAL_LISTEN)"}}),
          .examples = "  puntual serve --data-dir /var/lib/puntual\n",
          .run = run_serve};
}

}  // namespace puntual::cli
