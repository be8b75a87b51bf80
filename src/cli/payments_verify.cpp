// puntual payments verify: what the webhooks of a payment provider say, and whether they are
// theirs. For integrators.
#include <sys/stat.h>

#include <cstdio>

#include "base/json.h"
#include "base/json_text.h"
#include "cli/command.h"
#include "providers/registry.h"

namespace puntual::cli {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// {"name":"value"}, or a list of values for a name that came several times.
Fields fields_of(const JsonRef& object) {
  Fields fields;
  for (const JsonRef value : object) {
    const std::string name(value.key());
    if (!value.is_array())
      fields.emplace_back(name, value.text());
    else
      for (const JsonRef one : value) fields.emplace_back(name, one.text());
  }
  return fields;
}

Result<ProviderNotice> notice_of_line(const JsonRef& input) {
  if (input["body"].kind() != JsonKind::String)
    return fail(ErrorCode::Invalid,
                "body: not there or not a string (expected the webhook's bytes)");
  for (const std::string_view name : {"query", "headers"}) {
    const JsonKind kind = input[name].kind();
    if (kind != JsonKind::Object && kind != JsonKind::Null && kind != JsonKind::Missing)
      return fail(ErrorCode::Invalid, "{}: not an object", name);
  }
  const auto at = parse_rfc3339(input["received_at"].text());
  if (!at) return fail(ErrorCode::Invalid, "received_at: {}", at.error().message);
  const std::string method = input["method"].text();
  return ProviderNotice{.received_at = *at,
                        .method = method.empty() ? "POST" : method,
                        .path = input["path"].text(),
                        .query = fields_of(input["query"]),
                        .headers = fields_of(input["headers"]),
                        .body = input["body"].text()};
}

json::value known_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

Result<std::string> answer_notice(std::string_view line, const PaymentProvider& provider) {
  ASSIGN_OR_RETURN(const JsonDocument document, JsonDocument::read(line));
  ASSIGN_OR_RETURN(const ProviderNotice notice, notice_of_line(document.root()));
  const HeardNotice heard = provider.hear(notice);
  const auto id = parse_json(document.root()["id"].raw());
  json::object answer{{"id", id ? *id : json::value(nullptr)},
                      {"signature", text_of(heard.signature)},
                      {"event_key", heard.event_key},
                      {"provider_payment_id", known_or_null(heard.provider_payment_id)},
                      {"reference", known_or_null(heard.reference.value_or(""))},
                      {"amount_minor", nullptr},
                      {"currency", nullptr},
                      {"status", nullptr},
                      {"must_reread", heard.must_reread}};
  if (heard.amount) {
    answer["amount_minor"] = heard.amount->minor;
    answer["currency"] = heard.amount->currency.code();
  }
  if (heard.status) answer["status"] = text_of(*heard.status);
  if (!heard.why.empty()) answer["why"] = heard.why;
  return to_json(answer);
}

Result<int> run_verify(const Arguments& arguments) {
  const std::string provider_name = arguments.text("--provider"),
                    path = arguments.text("--secrets-file");
  ASSIGN_OR_RETURN(const std::string toml, read_file(path));
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && (info.st_mode & S_IROTH) != 0)
    std::fprintf(stderr, "puntual: %s can be read by everybody (mend it with: chmod 600 %s)\n",
                 path.c_str(), path.c_str());
  ASSIGN_OR_RETURN(const auto secrets, providers::ProviderSecrets::read(toml, provider_name, path));
  ASSIGN_OR_RETURN(const auto environment, providers::environment_of(provider_name, secrets));
  ASSIGN_OR_RETURN(
      const auto provider,
      providers::open(provider_name, secrets,
                      {.environment = environment.value_or(providers::ProviderEnvironment::Live)}));
  return answer_json_lines([&](std::string_view line) { return answer_notice(line, *provider); });
}

}  // namespace

Command payments_verify_command() {
  return {
      .name = "payments verify",
      .summary =
          "Say what a payment provider's webhooks hold, and whether they are theirs (JSON lines "
          "from stdin)",
      .options = {{"--provider", "P", "wompi, bold, … (docs/payments.md)", true},
                  {"--secrets-file", "F", "TOML file with the provider's keys", true}},
      .examples =
          "  puntual payments verify --provider wompi --secrets-file wompi.toml < notices.jsonl\n"
          "  a line in:  "
          "{\"id\":\"n1\",\"received_at\":\"2026-11-21T15:04:06Z\",\"method\":\"POST\",\"path\":\"/"
          "\",\"query\":{},\"headers\":{},\"body\":\"{…}\"}",
      .run = run_verify};
}

}  // namespace puntual::cli
