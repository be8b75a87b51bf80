// puntual user …, puntual keys …: the creditor's people who sign in, and the keys of its systems. A
// password is never an argument, which others on the machine can read: it comes by stdin, or its
// owner chooses it by a link.
#include <cstdio>
#include <iostream>

#include "app/sign_in.h"
#include "app/user_job.h"
#include "app/words.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

const Option kUserJson{"--json", "", "As one JSON object"};
const Option kPasswordStdin{
    "--password-stdin", "",
    "The first line of stdin is their password; else a link is given, at which they choose it"};

// An order for the server that has the database open, or done here when none has.
struct AccessOrder {
  const char* method;
  std::string path;
  json::object body = {};
};
template <class Here>
Result<json::value> tell_access(const Arguments& arguments, const AccessOrder& order, Here&& here) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  const std::string body = to_json(order.body);
  std::string answer;
  if (remote) {
    ASSIGN_OR_RETURN(answer, remote->send(order.method, order.path, {}, "application/json", body));
  } else {
    ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
    ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
    ASSIGN_OR_RETURN(answer, here(*deployment->store, creditor, body, deployment->clock.now()));
  }
  return parse_json(answer.empty() ? "{}" : answer);
}

// Where people sign in, as far as the settings know it.
std::string address_of_house(const Config& config) {
  return config.payments.public_url.empty() ? "http://" + config.listen
                                            : config.payments.public_url;
}

Result<std::string> id_of_email(const Arguments& arguments) {
  const std::string email = arguments.text("EMAIL");
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const auto user, deployment->store->read([&](Tx& tx) {
    return tx.users.find_email(deployment->config.creditor.id, email);
  }));
  if (!user) return fail(ErrorCode::NotFound, "{} no tiene usuario (puntual user list)", email);
  return std::to_string(user->id);
}

// The link, or the password that came with the command, set by it.
Result<int> hand_over(const Arguments& arguments, const json::value& user) {
  const std::string token = text_in(user, "token"), email = text_in(user, "email");
  if (arguments.has("--password-stdin")) {
    std::string password;
    std::getline(std::cin, password);
    ASSIGN_OR_RETURN(
        const json::value done,
        tell_access(arguments, {"POST", "/v1/password", {{"token", token}, {"password", password}}},
                    [&](Store& store, const Creditor& creditor, const std::string&,
                        Instant now) -> Result<std::string> {
                      RETURN_IF_ERROR(choose_password(store, creditor, token, password, now));
                      return std::string();
                    }));
    (void)done;
    std::printf("%s puede entrar con esa contraseña.\n", email.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  std::printf("Para que %s elija su contraseña, una sola vez y dentro de una hora:\n%s/#clave=%s\n",
              email.c_str(), address_of_house(config).c_str(), token.c_str());
  return kOk;
}

Result<json::value> change_user(const Arguments& arguments, json::object change) {
  ASSIGN_OR_RETURN(const std::string id, id_of_email(arguments));
  return tell_access(
      arguments, {"PATCH", "/v1/users/" + id, std::move(change)},
      [&](Store& store, const Creditor& creditor, const std::string& body, Instant now) {
        return change_user_job(store, creditor, id, body, operator_principal(), now);
      });
}

Result<int> run_user_setup(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value answer,
                   tell_access(arguments, {"POST", "/v1/setup/token"},
                               [](Store& store, const Creditor& creditor, const std::string&,
                                  Instant now) -> Result<std::string> {
                                 ASSIGN_OR_RETURN(const std::string token, store.write([&](Tx& tx) {
                                   return make_setup_token(tx, creditor.id, 0,
                                                           operator_principal().name, now);
                                 }));
                                 return to_json(json::object{{"token", token}});
                               }));
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  const std::string token = text_in(answer, "token");
  std::printf(
      "Para crear la cuenta de quien será responsable, una sola vez y dentro de una "
      "hora:\n%s/#inicio=%s\n",
      address_of_house(config).c_str(), token.c_str());
  return kOk;
}

Result<int> run_user_add(const Arguments& arguments) {
  const json::object order{{"name", arguments.text("--name")},
                           {"email", arguments.text("EMAIL")},
                           {"role", arguments.text("--role")}};
  ASSIGN_OR_RETURN(
      const json::value user,
      tell_access(arguments, {"POST", "/v1/users", order},
                  [](Store& store, const Creditor& creditor, const std::string& body, Instant now) {
                    return add_user_job(store, creditor, body, operator_principal(), now);
                  }));
  return hand_over(arguments, user);
}

std::string state_of_user(const json::value& user) {
  if (!text_in(user, "disabled_at").empty()) return "no puede entrar";
  if (!member_bool(user, "has_password").value_or(false)) return "no ha elegido contraseña";
  return member_bool(user, "second_factor").value_or(false) ? "con segundo factor"
                                                            : "sin segundo factor";
}

Result<int> run_user_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const std::string text,
                   list_users_job(*deployment->store, deployment->config.creditor));
  if (arguments.has("--json")) {
    std::printf("%s\n", text.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value answer, parse_json(text));
  const auto& all = *member_array(answer, "users");
  if (all.empty()) std::printf("Nadie puede entrar todavía. Empiece con: puntual user setup\n");
  for (const auto& user : all) {
    std::printf("%-11s %s (%s), %s\n", text_in(user, "role").c_str(),
                for_terminal(text_in(user, "name")).c_str(),
                for_terminal(text_in(user, "email")).c_str(), state_of_user(user).c_str());
  }
  return kOk;
}

Result<int> run_user_role(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const json::value user,
                   change_user(arguments, {{"role", arguments.text("ROLE")}}));
  std::printf("%s es ahora %s; lo siente en su próxima entrada.\n", text_in(user, "email").c_str(),
              text_in(user, "role").c_str());
  return kOk;
}

Result<int> run_user_disable(const Arguments& arguments, bool is_disabled) {
  ASSIGN_OR_RETURN(const json::value user, change_user(arguments, {{"disabled", is_disabled}}));
  std::printf(is_disabled ? "%s ya no puede entrar.\n" : "%s puede entrar otra vez.\n",
              text_in(user, "email").c_str());
  return kOk;
}

Result<int> run_user_reset(const Arguments& arguments) {
  json::object change{{"reset", true}};
  if (arguments.has("--second-factor")) change["second_factor"] = false;
  ASSIGN_OR_RETURN(const json::value user, change_user(arguments, std::move(change)));
  return hand_over(arguments, user);
}

json::array words_in(std::string_view text) {
  json::array words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Result<int> run_keys_add(const Arguments& arguments) {
  json::object order{{"name", arguments.text("NAME")},
                     {"rights", words_in(arguments.text("--rights"))}};
  ASSIGN_OR_RETURN(order["days"], arguments.number("--days"));
  ASSIGN_OR_RETURN(
      const json::value key,
      tell_access(arguments, {"POST", "/v1/keys", order},
                  [](Store& store, const Creditor& creditor, const std::string& body, Instant now) {
                    return add_key_job(store, creditor, body, operator_principal(), now);
                  }));
  if (arguments.has("--json"))
    std::printf("%s\n", to_json(key).c_str());
  else
    std::printf("Llave %s, hasta %s; guárdela ahora, no se vuelve a mostrar:\n%s\n",
                text_in(key, "id").c_str(), text_in(key, "expires_at").c_str(),
                text_in(key, "key").c_str());
  return kOk;
}

Result<int> run_keys_list(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const std::string text,
                   list_keys_job(*deployment->store, deployment->config.creditor));
  if (arguments.has("--json")) {
    std::printf("%s\n", text.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value answer, parse_json(text));
  for (const auto& key : *member_array(answer, "keys")) {
    const std::string used = text_in(key, "used_at");
    std::string rights;
    for (const auto& right : *member_array(key, "rights"))
      rights +=
          fmt::format("{}{}", rights.empty() ? "" : " ", std::string_view(right.get_string()));
    std::printf("%s  %s (%s…): %s; hasta %s; %s\n", text_in(key, "id").c_str(),
                for_terminal(text_in(key, "name")).c_str(), text_in(key, "start").c_str(),
                rights.c_str(), text_in(key, "expires_at").c_str(),
                used.empty() ? "sin usar" : ("usada " + used).c_str());
  }
  return kOk;
}

Result<int> run_keys_revoke(const Arguments& arguments) {
  const std::string id = arguments.text("ID");
  ASSIGN_OR_RETURN(
      const json::value done,
      tell_access(arguments, {"DELETE", "/v1/keys/" + Remote::escaped(id)},
                  [&](Store& store, const Creditor& creditor, const std::string&,
                      Instant now) -> Result<std::string> {
                    RETURN_IF_ERROR(remove_key_job(store, creditor, id, operator_principal(), now));
                    return std::string();
                  }));
  (void)done;
  std::printf("La llave %s ya no abre nada.\n", id.c_str());
  return kOk;
}

}  // namespace

std::vector<Command> user_commands() {
  const Option name{"--name", "NAME", "How they are called", true};
  const Option role{
      "--role", "ROLE",
      "owner, admin, supervisor, agent, compliance, developer or auditor (docs/access.md)", true};
  return {{.name = "user setup",
           .summary = "A link by which the first owner makes their account",
           .options = with_deployment_options({}),
           .run = run_user_setup},
          {.name = "user add",
           .summary = "Let somebody in: a link by which they choose their password",
           .positionals = {"EMAIL"},
           .options = with_deployment_options({name, role, kPasswordStdin}),
           .examples = "  puntual user add ana@empresa.co --name 'Ana Pérez' --role agent\n",
           .run = run_user_add},
          {.name = "user list",
           .summary = "Who can sign in, and as what",
           .options = with_deployment_options({kUserJson}),
           .run = run_user_list},
          {.name = "user role",
           .summary = "Another role; their sessions end",
           .positionals = {"EMAIL", "ROLE"},
           .options = with_deployment_options({}),
           .run = run_user_role},
          {.name = "user disable",
           .summary = "They cannot sign in any more, and are out at once",
           .positionals = {"EMAIL"},
           .options = with_deployment_options({}),
           .run = [](const Arguments& arguments) { return run_user_disable(arguments, true); }},
          {.name = "user enable",
           .summary = "They can sign in again",
           .positionals = {"EMAIL"},
           .options = with_deployment_options({}),
           .run = [](const Arguments& arguments) { return run_user_disable(arguments, false); }},
          {.name = "user reset",
           .summary = "A link by which they choose another password; their sessions end",
           .positionals = {"EMAIL"},
           .options = with_deployment_options(
               {{"--second-factor", "", "Their second factor goes as well: they have lost it"},
                kPasswordStdin}),
           .run = run_user_reset}};
}

std::vector<Command> key_commands() {
  return {{.name = "keys add",
           .summary = "A key for a system of yours, with the rights it needs; shown once",
           .positionals = {"NAME"},
           .options = with_deployment_options(
               {{"--rights", "RIGHTS",
                 "With blanks between: \"payments_write portfolio_read\" (docs/access.md)", true},
                {"--days", "N", "How long it is good for, 366 at most", false, "90"},
                kUserJson}),
           .examples = "  puntual keys add ERP --rights 'portfolio_write payments_write'\n",
           .run = run_keys_add},
          {.name = "keys list",
           .summary = "The keys there are, without the keys themselves",
           .options = with_deployment_options({kUserJson}),
           .run = run_keys_list},
          {.name = "keys revoke",
           .summary = "It opens nothing any more",
           .positionals = {"ID"},
           .options = with_deployment_options({}),
           .run = run_keys_revoke}};
}

}  // namespace puntual::cli
