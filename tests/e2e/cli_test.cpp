// What holds of the commands without a deployment: help, exit codes, JSON lines, pipes.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

std::vector<json::value> lines_of(const std::string& text) {
  std::vector<json::value> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(parse_json(text.substr(at, end - at)).value_or(json::value()));
    at = end + 1;
  }
  return lines;
}

TEST(Cli, EveryCommandHasHelpOnStdout) {
  const std::vector<std::vector<std::string>> commands = {{},
                                                          {"init"},
                                                          {"import"},
                                                          {"serve"},
                                                          {"pay"},
                                                          {"explain"},
                                                          {"pause"},
                                                          {"resume"},
                                                          {"strategy", "check"},
                                                          {"strategy", "show"},
                                                          {"template", "check"},
                                                          {"template", "list"},
                                                          {"template", "show"},
                                                          {"forecast"},
                                                          {"gate"},
                                                          {"understand"},
                                                          {"chat"},
                                                          {"webhook", "parse"},
                                                          {"payments", "verify"},
                                                          {"sandbox"},
                                                          {"version"}};
  for (auto command : commands) {
    for (const char* flag : {"--help", "-h"}) {
      auto arguments = command;
      arguments.emplace_back(flag);
      const auto ran = run(arguments);
      EXPECT_EQ(ran.exit_code, 0) << testing::PrintToString(arguments) << ran.err;
      EXPECT_FALSE(ran.out.empty()) << testing::PrintToString(arguments);
      EXPECT_TRUE(ran.err.empty()) << testing::PrintToString(arguments) << ran.err;
    }
  }
}

TEST(Cli, MistakesInTheCommandLineAreUsageErrorsWithASuggestion) {
  const auto misspelt = run({"improt", "x.csv"});
  EXPECT_EQ(misspelt.exit_code, 2);
  EXPECT_TRUE(misspelt.err.contains("import")) << misspelt.err;
  EXPECT_TRUE(misspelt.out.empty());
  EXPECT_EQ(run({}).exit_code, 2);
  EXPECT_EQ(run({"import"}).exit_code, 2);
  EXPECT_EQ(run({"webhook"}).exit_code, 2);
  EXPECT_EQ(run({"pay", "F-1"}).exit_code, 2);
  EXPECT_EQ(run({"sandbox", "--port"}).exit_code, 2);
  EXPECT_EQ(run({"gate", "--no-such-option"}).exit_code, 2);
}

TEST(Cli, GateAnswersEachLineInOrderAndGoesOnAfterABadOne) {
  const std::string ask =
      R"("now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue","channel":"whatsapp"})";
  const std::string input = R"({"id":"a",)" + ask + "\nno json\n" +
                            R"({"id":"b","now":"yesterday"})" + "\n\n" + R"({"id":7,)" + ask + "\n";
  const auto ran = run({"gate"}, input);
  EXPECT_EQ(ran.exit_code, 1);  // A line could not be read.
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 4u) << ran.out;
  EXPECT_EQ(member_text(lines[0], "id"), "a");
  EXPECT_EQ(member_bool(lines[0], "allowed"), true);
  EXPECT_NE(member_object(lines[1], "error"), nullptr);
  EXPECT_EQ(member_text(lines[2], "id"), "b");
  EXPECT_NE(member_object(lines[2], "error"), nullptr);
  EXPECT_EQ(member_int(lines[3], "id"), 7);
  EXPECT_EQ(run({"gate"}, R"({"id":"a",)" + ask + "\n").exit_code, 0);
  EXPECT_EQ(run({"gate"}, "").exit_code, 0);
}

TEST(Cli, UnderstandReadsEachLineInOrderAndGoesOnAfterABadOne) {
  const std::string where =
      R"("now":"2026-11-24T10:00:00-05:00","zone":"America/Bogota","locale":"es-CO","currency":"COP","asked":null,"balance_minor":24000000})";
  const std::string input = R"({"id":"u1","text":"el viernes te pago la mitad porfa",)" + where +
                            "\n" + R"({"id":"u2","text":"hola","now":"ayer"})" + "\n" +
                            R"({"id":"u3","text":"ya pagué, y no me escriban más",)" + where + "\n";
  const auto ran = run({"understand"}, input);
  EXPECT_EQ(ran.exit_code, 1);  // A line could not be read.
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 3u) << ran.out;
  EXPECT_EQ(member_text(lines[0], "intent"), "promise") << ran.out;
  EXPECT_EQ(member_text(lines[0], "date"), "2026-11-27");
  EXPECT_EQ(member_int(lines[0], "amount_minor"), 12000000);
  EXPECT_EQ(member_text(lines[0], "decision"), "act");
  EXPECT_TRUE(member(lines[0], "instalments")->is_null());
  EXPECT_EQ(member_text(lines[1], "id"), "u2");
  EXPECT_NE(member_object(lines[1], "error"), nullptr);
  EXPECT_EQ(member_text(lines[2], "intent"), "paid") << ran.out;
  ASSERT_EQ(member_array(lines[2], "also")->size(), 1u) << ran.out;
  EXPECT_EQ(member_array(lines[2], "also")->at(0), "stop");
}

TEST(Cli, WebhookParseTellsValidFromForgedAndNeverFallsOver) {
  const Scratch scratch;
  write_file(scratch / "secret", kAppSecret);
  const std::string body = inbound({1}, "wamid.A", "hola");
  std::string input;
  const auto add = [&](std::string_view id, json::value signature, std::string_view bytes) {
    input +=
        to_json(json::object{{"id", id}, {"signature", std::move(signature)}, {"body", bytes}}) +
        "\n";
  };
  add("good", json::string(sign(body)), body);
  add("forged", json::string(sign(body + " ")), body);
  add("bare", nullptr, body);
  add("garbage", json::string(sign("[[[[")), "[[[[");
  const auto ran = run({"webhook", "parse", "--app-secret-file", scratch / "secret"}, input);
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 4u) << ran.out << ran.err;
  EXPECT_EQ(member_text(lines[0], "signature"), "valid");
  const auto* updates = member_array(lines[0], "updates");
  ASSERT_TRUE(updates != nullptr && updates->size() == 1) << ran.out;
  EXPECT_EQ(member_text((*updates)[0], "kind"), "message");
  EXPECT_EQ(member_text((*updates)[0], "text"), "hola");
  EXPECT_EQ(member_text(lines[1], "signature"), "invalid");
  EXPECT_EQ(member_text(lines[2], "signature"), "absent");
  EXPECT_EQ(run({"webhook", "parse", "--app-secret-file", scratch / "none"}, input).exit_code, 3);
}

// One vector of the payments contract, as an integrator would try it.
TEST(Cli, PaymentsVerifyTellsValidFromForgedAndGoesOnAfterABadLine) {
  const Scratch scratch;
  write_file(scratch / "wompi.toml", "events_secret = 'test_events_DemoCobranza5Hn8Pv3Xs1Mb'\n");
  const std::string body =
      R"({"event":"transaction.updated","data":{"transaction":{"id":"13370-1795273445-44021","amount_in_cents":12500000,"reference":"COB-2026-000123-A1","currency":"COP","status":"APPROVED","payment_link_id":null}},"environment":"test","signature":{"properties":["transaction.id","transaction.status","transaction.amount_in_cents"],"checksum":"ad8c29950f52b84b4f949179b5ea1cb4cf4647def64fd5e424fcae1877329d62"},"timestamp":1795273446})";
  std::string forged = body;
  forged.replace(forged.find("12500000"), 8, "12500001");
  std::string input;
  const auto add = [&](json::value id, std::string_view at, std::string_view bytes) {
    input += to_json(json::object{{"id", std::move(id)},
                                  {"received_at", at},
                                  {"method", "POST"},
                                  {"path", "/"},
                                  {"query", json::object{}},
                                  {"headers", json::object{}},
                                  {"body", bytes}}) +
             "\n";
  };
  add("good", "2026-11-21T15:04:07Z", body);
  add("forged", "2026-11-21T15:04:07Z", forged);
  add(7, "ayer", body);
  input += "{\n";
  add("again", "2026-11-28T15:04:07Z", body);
  const std::vector<std::string> command = {"payments", "verify",         "--provider",
                                            "wompi",    "--secrets-file", scratch / "wompi.toml"};
  const auto ran = run(command, input);
  EXPECT_EQ(ran.exit_code, 1);
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 5u) << ran.out << ran.err;
  EXPECT_EQ(
      to_json(lines[0]),
      R"({"id":"good","signature":"valid","event_key":"13370-1795273445-44021:APPROVED","provider_payment_id":"13370-1795273445-44021","reference":"COB-2026-000123-A1","amount_minor":12500000,"currency":"COP","status":"PAID","must_reread":true})");
  EXPECT_EQ(member_text(lines[1], "signature"), "invalid");
  EXPECT_EQ(member_int(lines[2], "id"), 7);
  EXPECT_NE(member_object(lines[2], "error"), nullptr);
  EXPECT_NE(member_object(lines[3], "error"), nullptr);
  EXPECT_EQ(member_text(lines[4], "event_key"), member_text(lines[0], "event_key"));
  EXPECT_EQ(
      run({"payments", "verify", "--provider", "wonpi", "--secrets-file", scratch / "wompi.toml"})
          .exit_code,
      3);
  EXPECT_EQ(run({"payments", "verify", "--provider", "wompi"}).exit_code, 2);
}

TEST(Cli, TheSandboxServesSeveralPaymentProviders) {
  const Scratch scratch;
  write_file(scratch / "secret", kAppSecret);
  Child sandbox({.arguments = {"sandbox", "--port", "0", "--app-secret-file", scratch / "secret",
                               "--pay", "wompi", "--pay", "bold"},
                 .stdout_path = scratch / "out",
                 .stderr_path = scratch / "err"});
  ASSERT_TRUE(eventually([&] { return sandbox.out().contains('\n'); })) << sandbox.err();
  const auto ready = lines_of(sandbox.out()).at(0);
  const auto* pay = member_object(ready, "pay");
  ASSERT_NE(pay, nullptr) << sandbox.out();
  EXPECT_EQ(text_in(pay->at("wompi"), "base_url"), text_in(ready, "base_url") + "/pay/wompi/v1");
  EXPECT_EQ(text_in(pay->at("bold"), "base_url"), text_in(ready, "base_url") + "/pay/bold");
  EXPECT_EQ(run({"sandbox", "--app-secret-file", scratch / "secret", "--pay", "nadie"}).exit_code,
            3);
}

// The clock of the settings is where a house begins; one that has lived goes on from there.
TEST(Cli, ATestClockDoesNotGoBackBehindWhatWasWritten) {
  House house;
  house.set_clock("2026-11-25T09:00:00-05:00");
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.set_clock(House::kMorning);
  ASSERT_EQ(house.command({"pause"}).exit_code, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='paused'"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline p JOIN timeline i ON i.kind='import' WHERE "
                        "p.kind='paused' AND p.at < i.at"),
            0);
}

TEST(Cli, SecretThatEverybodyCanReadIsRefused) {
  const Scratch scratch;
  write_file(scratch / "secret", kAppSecret);
  ::chmod((scratch / "secret").c_str(), 0644);
  const auto ran = run({"webhook", "parse", "--app-secret-file", scratch / "secret"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_TRUE(ran.err.contains("chmod")) << ran.err;
}

// A deployment's own template is checked before it can speak to anybody.
TEST(Cli, AnUnlawfulTemplateOfOnesOwnStopsTheStart) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "own");
  write_file(scratch / "own/own_v1.toml",
             "name = \"own_v1\"\nlanguage = \"es_CO\"\npurpose = \"identity_check\"\nbody = "
             "\"\"\"\nBuen día. Le escribe {{agente}} de "
             "{{empresa}}. Sabemos que {{nombre_completo}} tiene una deuda con "
             "nosotros.\n\"\"\"\nfooter = \"Para no recibir más, responda BAJA.\"\n");
  write_file(scratch / "p.toml",
             "templates_dir = \"" + (scratch / "own") +
                 "\"\n[creditor]\nname = \"Colegio San Marcos\"\ncountry = \"CO\"\n");
  const auto ran = run({"serve", "--config", scratch / "p.toml", "--data-dir", scratch / "data"});
  EXPECT_NE(ran.exit_code, 0);
  EXPECT_TRUE(ran.err.contains("own_v1.toml") && ran.err.contains("reveals_debt")) << ran.err;
}

TEST(Cli, ForecastIsTheSameForTheSameSeedAndTouchesNoDatabase) {
  const Scratch scratch;
  write_file(scratch / "cartera.csv", portfolio_of(1, 20));
  const std::vector<std::string> arguments = {"forecast",
                                              "--portfolio",
                                              scratch / "cartera.csv",
                                              "--strategy",
                                              "strategies/estandar.toml",
                                              "--from",
                                              "2026-11-17",
                                              "--days",
                                              "10",
                                              "--seed",
                                              "7",
                                              "--json"};
  const auto first = run(arguments);
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const auto report = parse_json(first.out);
  ASSERT_TRUE(report.has_value()) << first.out;
  EXPECT_TRUE(member_text(*report, "trace_hash").has_value()) << first.out;
  const auto second = run(arguments);
  EXPECT_EQ(member_text(*report, "trace_hash"), member_text(*parse_json(second.out), "trace_hash"));
  auto wrong = arguments;
  wrong[6] = "2026-02-30";
  EXPECT_EQ(run(wrong).exit_code, 1);
  wrong = arguments;
  wrong[2] = scratch / "none.csv";
  EXPECT_EQ(run(wrong).exit_code, 3);
  wrong = arguments;
  wrong[8] = "-3";
  EXPECT_NE(run(wrong).exit_code, 0);
}

// Dollars are the currency of several countries: nobody's is guessed.
TEST(Cli, ForecastAsksWhereThePeopleAreAndGateAsksTheRulesOfTheDeployment) {
  const Scratch scratch;
  write_file(scratch / "cartera.csv",
             "documento;nombre;telefono;factura;vencimiento;saldo;moneda\n"
             "0912345678;Ana Paz;+50370123456;F-1;2026-11-10;100.00;USD\n");
  write_file(scratch / "dias.tsv", "2026-11-24\tSV\n");
  write_file(scratch / "puntual.toml",
             "[creditor]\nname = 'Casa'\ncountry = 'SV'\n[law]\nclosed_days = 'dias.tsv'\n");
  std::vector<std::string> arguments = {"forecast",  "--portfolio", scratch / "cartera.csv",
                                        "--strategy", "estandar",    "--from",
                                        "2026-11-17", "--days",      "2",
                                        "--json"};
  const auto unsaid = run(arguments);
  EXPECT_NE(unsaid.exit_code, 0);
  EXPECT_TRUE(unsaid.err.contains("nothing says where the people are") &&
              unsaid.err.contains("EC, SV") && unsaid.err.contains("--country"))
      << unsaid.err << unsaid.out;
  arguments.insert(arguments.end(), {"--config", scratch / "puntual.toml"});
  EXPECT_EQ(run(arguments).exit_code, 0) << run(arguments).err;
  const std::string line =
      R"({"id":1,"now":"2026-11-24T16:00:00-06:00","jurisdiction":"SV","purpose":"overdue",)"
      R"("channel":"whatsapp"})"
      "\n";
  EXPECT_FALSE(run({"gate"}, line).out.contains("H-CLOSED-DAY"));
  EXPECT_TRUE(run({"gate", "--config", scratch / "puntual.toml"}, line).out.contains("H-CLOSED-DAY"));
}

// The reader of the pipe goes away after one line, as with `puntual gate | head -1`.
TEST(Cli, ClosedPipeEndsQuietly) {
  const Scratch scratch;
  std::string input;
  for (int i = 0; i < 20'000; ++i) {
    input +=
        R"({"id":1,"now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue","channel":"whatsapp"})";
    input += '\n';
  }
  write_file(scratch / "in", input);
  const std::string command =
      fmt::format("'{}' gate <'{}' 2>'{}' | head -n 1 >'{}'", PUNTUAL_BINARY, scratch / "in",
                  scratch / "err", scratch / "out");
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(file_text(scratch / "err"), "");
  EXPECT_EQ(lines_of(file_text(scratch / "out")).size(), 1u);
}

TEST(Cli, ExplainSaysWhatItKnowsAndRefusesWhatItDoesNot) {
  House house;
  EXPECT_EQ(house.command({"explain", "F-0001"}).exit_code, 3);  // No database yet.
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  const Person person{1};
  for (const auto& subject : {person.invoice(), person.phone(), std::string("10000001")}) {
    const auto ran = house.command({"explain", subject, "--json"});
    EXPECT_EQ(ran.exit_code, 0) << subject << ran.err;
    EXPECT_TRUE(parse_json(ran.out).has_value()) << ran.out;
  }
  EXPECT_EQ(house.command({"explain", "F-9999"}).exit_code, 3);
  // For people: no code, no moment as machines write it, amounts as the country writes them.
  const std::string told = house.command({"explain", "CC 10.000.001"}).out;
  for (const char* word : {"IDENTITY", "WINDOW_", "T0", "T1", "silent", "proposed", "2026-"})
    EXPECT_FALSE(told.contains(word)) << word << "\n" << told;
  EXPECT_TRUE(told.contains("debe $")) << told;
  EXPECT_TRUE(
      house.command({"explain", person.invoice()}).out.starts_with("Factura " + person.invoice()))
      << told;
  EXPECT_EQ(house.command({"pay", "F-9999", "--amount", "1"}).exit_code, 3);
  EXPECT_EQ(house.command({"pay", "F-0001", "--amount", "-5"}).exit_code, 1);
  EXPECT_EQ(house.command({"pay", "F-0001", "--amount", "1,2,3x"}).exit_code, 1);
}

// Every verb once, without a server; the facts that it leaves are what the command prints.
TEST(Cli, EveryFactOfAPersonCanBeTold) {
  House house;
  const std::string ana = Person{1}.phone(), luis = Person{2}.invoice();
  EXPECT_EQ(house.command({"person", "stop", ana}).exit_code, 3);  // No database yet.
  ASSERT_EQ(house.import(portfolio_of(1, 2)).exit_code, 0);
  const auto tell = [&](std::vector<std::string> words) {
    words.push_back("--json");
    const auto ran = house.command(words);
    EXPECT_EQ(ran.exit_code, 0) << words[1] << ran.err;
    const auto answer = parse_json(ran.out);
    EXPECT_TRUE(answer.has_value()) << ran.out;
    return answer.value_or(json::value(nullptr));
  };
  // Whatever the hour is: is this among the gate's reasons?
  const auto refuses = [](const json::value& person, std::string_view code) {
    const auto* reasons = member_array(*member(person, "now"), "reasons");
    return std::ranges::any_of(
        *reasons, [&](const json::value& one) { return member_text(one, "code") == code; });
  };
  EXPECT_FALSE(refuses(tell({"person", "show", ana}), "OPTOUT_ALL"));
  EXPECT_TRUE(refuses(tell({"person", "stop", ana, "--why", "pidió"}), "OPTOUT_ALL"));
  EXPECT_EQ(house.command({"person", "allow", ana}).exit_code, 1);  // Without a proof.
  EXPECT_EQ(house.command({"person", "allow", ana, "--instrument", "carta", "--at", "2026-11-20"})
                .exit_code,
            5);  // Before the stop.
  EXPECT_TRUE(
      refuses(tell({"person", "revoke", ana, "--instrument", "carta"}), "CHANNEL_NOT_AUTHORISED"));
  EXPECT_EQ(
      house.command({"person", "consent", ana, "--instrument", "Contrato de prueba"}).exit_code, 5);
  tell({"person", "consent", ana, "--channel", "sms", "--instrument", "formulario 7", "--kind",
        "form"});
  EXPECT_TRUE(
      refuses(tell({"person", "flag", luis, "disputed", "--note", "PQR 118"}), "DISPUTE_PENDING"));
  EXPECT_FALSE(refuses(tell({"person", "unflag", luis, "disputed"}), "DISPUTE_PENDING"));
  EXPECT_TRUE(refuses(tell({"person", "role", luis, "third_party"}), "THIRD_PARTY"));
  EXPECT_FALSE(refuses(tell({"person", "role", luis, "guarantor"}), "THIRD_PARTY"));
  EXPECT_EQ(
      member_array(tell({"person", "hours", luis, "--intervals", "lun-vie 14:00-19:00",
                         "--instrument", "carta 2", "--separate-instrument", "--after-contract"}),
                   "hours")
          ->size(),
      1u);
  tell({"person", "hours", luis, "--withdraw"});
  EXPECT_TRUE(refuses(tell({"person", "same", luis, ana}), "OPTOUT_ALL"));
  EXPECT_FALSE(refuses(tell({"person", "unlink", luis}), "OPTOUT_ALL"));
  EXPECT_TRUE(refuses(tell({"contact", "record", luis, "--channel", "voice"}), "CHANNEL_LOCK"));
  EXPECT_EQ(house.command({"contact", "record", luis, "--channel", "smoke"}).exit_code, 1);
  EXPECT_EQ(house.command({"person", "hours", luis, "--intervals", "siempre", "--instrument", "x"})
                .exit_code,
            1);
  EXPECT_EQ(house.command({"person", "role", luis}).exit_code, 2);
  const auto spoken = house.command({"person", "show", ana});
  EXPECT_TRUE(spoken.out.contains("Bajas:")) << spoken.out;
}

}  // namespace
}  // namespace puntual::e2e
