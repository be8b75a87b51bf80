// puntual sandbox: WhatsApp's Cloud API on this machine, for any client.
#include <csignal>
#include <cstdio>
#include <sstream>

#include "base/random.h"
#include "cli/command.h"
#include "sandbox/sandbox_server.h"

namespace puntual::cli {
namespace {

Result<void> read_pay_options(const Arguments& arguments, sandbox::PayOptions& pay) {
  std::istringstream names(arguments.text("--pay"));
  for (std::string name; std::getline(names, name, ',');) pay.providers.push_back(name);
  pay.notice_url = arguments.text("--pay-notice-url");
  while (pay.notice_url.ends_with('/')) pay.notice_url.pop_back();
  if (arguments.has("--pay-secrets-file")) {
    ASSIGN_OR_RETURN(pay.secrets, read_file(arguments.text("--pay-secrets-file")));
  }
  return {};
}

Result<sandbox::SandboxOptions> sandbox_options(const Arguments& arguments) {
  sandbox::SandboxOptions options;
  ASSIGN_OR_RETURN(const int64_t port, arguments.number("--port"));
  if (port < 0 || port > 65535)
    return fail(ErrorCode::Invalid, "--port: {} is not a port (0 to 65535)", port);
  options.port = static_cast<uint16_t>(port);
  ASSIGN_OR_RETURN(options.platform.app_secret,
                   read_secret_file(arguments.text("--app-secret-file")));
  options.webhook_url = arguments.text("--webhook-url");
  options.verify_token = arguments.text("--verify-token");
  if (arguments.has("--faults")) {
    ASSIGN_OR_RETURN(options.faults, read_file(arguments.text("--faults")));
  }
  if (arguments.has("--token-file")) {
    ASSIGN_OR_RETURN(options.platform.access_token,
                     read_secret_file(arguments.text("--token-file")));
  } else {
    SystemRandom random;
    options.platform.access_token = "EAASandbox" + random.hex128();
  }
  if (arguments.has("--phone-number-id"))
    options.platform.phone_number_id = arguments.text("--phone-number-id");
  if (arguments.has("--waba-id")) options.platform.waba_id = arguments.text("--waba-id");
  if (arguments.has("--now")) {
    ASSIGN_OR_RETURN(options.start_at, parse_rfc3339(arguments.text("--now")));
  }
  ASSIGN_OR_RETURN(const int64_t seed, arguments.number("--seed"));
  options.platform.seed = options.pay.seed = static_cast<uint64_t>(seed);
  RETURN_IF_ERROR(read_pay_options(arguments, options.pay));
  return options;
}

Result<int> run_sandbox(const Arguments& arguments) {
  // Blocked before any thread starts, so that only the wait below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ASSIGN_OR_RETURN(auto options, sandbox_options(arguments));
  ASSIGN_OR_RETURN(const auto server, sandbox::SandboxServer::start(std::move(options)));
  std::printf("%s\n", server->ready_line().c_str());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  server->stop();
  return received == SIGINT ? kInterrupted : kOk;
}

}  // namespace

Command sandbox_command() {
  return {
      .name = "sandbox",
      .summary =
          "WhatsApp's Cloud API on this machine: sends, templates, media, signed webhooks, faults; "
          "payment providers too",
      .options =
          {{"--port", "P", "Port on 127.0.0.1; 0 takes a free one", false, "0"},
           {"--webhook-url", "URL", "Where webhooks go"},
           {"--app-secret-file", "F", "File with the secret that signs webhooks", true},
           {"--verify-token", "T", "Sent in the handshake with the webhook URL"},
           {"--faults", "FILE", "Faults to begin with, TOML or JSON (docs/sandbox.md)"},
           {"--phone-number-id", "ID", "Our number's id"},
           {"--waba-id", "ID", "The account's id"},
           {"--token-file", "F", "File with the access token; else one is made and printed"},
           {"--pay", "NAME…",
            "A payment provider too, for example wompi; may be repeated (docs/payments.md)"},
           {"--pay-notice-url", "URL", "Where their notices go, each to URL/NAME"},
           {"--pay-secrets-file", "F",
            "TOML file with their keys, the same as for puntual; else those of the documentation"},
           {"--now", "RFC3339", "Virtual time to start at; it then runs on"},
           {"--seed", "N", "Seed of everything that is left to chance", false, "1"}},
      .examples =
          "  puntual sandbox --port 9090 --webhook-url http://127.0.0.1:8080/webhooks/whatsapp \\\n"
          "    --app-secret-file secret.txt --verify-token prueba\n"
          "  curl -X POST http://127.0.0.1:9090/_sandbox/say -d "
          "'{\"from\":\"+573001234567\",\"text\":\"ya pagué\"}'",
      .run = run_sandbox};
}

}  // namespace puntual::cli
