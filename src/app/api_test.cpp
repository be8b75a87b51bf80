// The routes and the document say the same; examples are what they claim; what a running house
// answers is what stands written.
#include "app/api.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/agreement_job.h"
#include "app/bank_job.h"
#include "app/invoice_job.h"
#include "app/payment_job.h"
#include "app/rights_job.h"
#include "app/saved_view_job.h"
#include "app/service.h"
#include "app/test_house.h"
#include "base/json_schema.h"
#include "engine/plan_outreach.h"

namespace puntual {
namespace {

using access::Principal, access::Right, access::Role;

class ApiTest : public JobHouse {
 protected:
  ApiTest() {
    auto config = load_config("", {});
    EXPECT_TRUE(config);
    config->listen = "127.0.0.1:0";
    config->data_dir = folder_;
    auto desk_made = make_desk(*config, random);
    EXPECT_TRUE(desk_made);
    furnish();
    service = std::make_unique<Service>(
        *config, ServiceSecrets{.app_secrets = {}, .verify_token = {}, .api_token = "token"},
        std::move(store), *std::move(desk_made), clock);
    const auto opened = service->open_door();
    EXPECT_TRUE(opened) << opened.error().message;
  }

  // One of each thing that an answer may tell of: a planned message, money with and without an
  // invoice, a bank's file, an agreement, a debt given up, a request about somebody's data.
  void furnish() {
    import(
        "documento,nombre,celular,factura,monto,vence\n1018,Ana "
        "Gómez,+573001234567,F-1042,900000,2026-11-02\n"
        "1019,José Peña,+573001234568,F-1043,90000,2026-11-02\n1020,Luz "
        "Ruiz,+573001234569,F-3,80000,2026-11-02\n"
        "1021,Ian Díaz,+573001234570,F-4,70000,2026-11-02\n");
    desk->settings.import_grace_ms = 0;  // The file went in long ago.
    EXPECT_TRUE(store->write(
        [&](Tx& tx) { EXPECT_GT(engine::plan_outreach(tx, *desk, creditor, now).proposed, 0); }));
    const auto id_of = [](const Result<std::string>& told, std::string_view name) {
      EXPECT_TRUE(told) << told.error().message;
      return text_in(parse_json(told.value_or("{}")).value_or(json::value()), name);
    };
    ids["/v1/payments"] = id_of(
        run_payment_job(
            *store, *desk, creditor,
            R"({"id":"caja-1","invoice":"F-1042","amount_minor":100000,"currency":"COP"})", now),
        "id");
    (void)id_of(
        run_payment_job(
            *store, *desk, creditor,
            R"({"id":"caja-2","invoice":"F-99","amount_minor":100000,"currency":"COP"})", now),
        "id");
    (void)id_of(run_bank_import_job(*store, *desk, creditor, {},
                                    "Fecha,Descripción,Valor\n2026-11-23,PAGO FACTURA "
                                    "F-3,80000\n2026-11-23,ABONO 1018,700\n",
                                    {.account = "77", .name = "extracto.csv"}, now),
                "file");
    const auto lines = parse_json(list_bank_lines_job(*store, creditor, true, {}).value_or(""))
                           .value_or(json::value());
    EXPECT_EQ(member_array(lines, "lines")->size(), 2U);
    ids["/v1/bank-lines"] = text_in(member_array(lines, "lines")->front(), "id");
    ids["/v1/agreements"] = id_of(
        run_agreement_job(
            *store, *desk, creditor,
            R"({"action":"make","subject":"F-1043","beyond":true,"words":"por teléfono","by":"ana",
        "instalments":[{"due_on":"2026-11-26","amount":"40000"},{"due_on":"2026-12-10","amount":"50000"}]})",
            {}, now),
        "id");
    (void)id_of(
        run_invoice_job(
            *store, *desk, creditor,
            R"({"action":"write_off","number":"F-4","by":"ana","why":"no se encuentra"})", {}, now),
        "number");
    ids["/v1/saved-views"] =
        id_of(add_saved_view_job(*store, creditor,
                                 R"({"page":"portfolio","name":"Mora","query":{"age":"60"}})",
                                 owner(), now),
              "id");
    const auto loaded =
        parse_json(list_imports_job(*store, desk->settings, creditor, now).value_or(""))
            .value_or(json::value());
    ids["/v1/imports"] = text_in(member_array(loaded, "imports")->front(), "id");
    ids["/v1/rights"] =
        id_of(run_rights_job(
                  *store, desk->law, creditor,
                  R"({"action":"take","subject":"F-4","kind":"access","through":"letter"})", now),
              "id");
    EXPECT_TRUE(store->write([&](Tx& tx) {
      ids["/v1/editions"] = std::to_string(
          tx.editions.launch(creditor.id, {.number = 0,
                                           .kind = store::TextKind::Strategy,
                                           .name = "estandar",
                                           .text = desk->strategies.at("estandar").text,
                                           .why = "así empezamos",
                                           .editors = {"ana"},
                                           .approved_by = "",
                                           .launched_by = "ana",
                                           .launched_at = now,
                                           .people = 4}));
      tx.editions.begin_rehearsal(creditor.id, {.id = 77,
                                                .strategy = "estandar@1",
                                                .asked_by = "ana",
                                                .begun_at = now,
                                                .seen_at = now,
                                                .day = 0,
                                                .days = 30,
                                                .state = "running",
                                                .answer = {}});
    }));
    ids["/v1/rehearsals"] = "77";
  }
  // A request that names what is in this house.
  [[nodiscard]] http::Request request_of(const Api::Route& route) const {
    http::Request request{.target = route.path, .headers = {}};
    request.headers.add("Idempotency-Key", route.path);
    request.params = {{"id", "F-1042"},  {"debtor", "F-1043"}, {"number", "F-1042"},
                      {"country", "CO"}, {"name", "saludo"},   {"what", "payments"}};
    for (const auto& [begins, id] : ids) {
      if (route.path.starts_with(begins)) request.params.front().value = id;
    }
    request.headers.add("If-Match", "\"0\"");
    if (route.path.starts_with("/v1/strategies/")) request.params = {{"name", "estandar"}};
    if (route.path.starts_with("/v1/templates/"))
      request.params = {{"language", "es_CO"}, {"name", "vencido_amable_v1"}};
    if (route.path == "/v1/views/analysis/people") request.target += "?figure=dso&currency=COP";
    if (route.path.starts_with("/v1/editions/"))
      request.params = {{"number", ids.at("/v1/editions")}};
    return request;
  }
  // What it answers with, as JSON; none: a file, or a stream.
  [[nodiscard]] const json::value* answer_schema(const Api::Route& route) const {
    const auto* operation = document().operation(route.method, route.path);
    boost::system::error_code ignored;
    return operation == nullptr ? nullptr
                                : operation->find_pointer(
                                      "/responses/200/content/application~1json/schema", ignored);
  }
  [[nodiscard]] const ApiDocument& document() const { return service->api().document(); }

  static const Principal& owner() {
    static const Principal kOwner{
        .role = Role::Owner, .rights = access::rights_of(Role::Owner), .user_id = 0, .name = "ana"};
    return kOwner;
  }

  Clock clock{*parse_rfc3339("2026-11-24T14:00:00Z")};
  std::unique_ptr<Service> service;
  std::map<std::string_view, std::string> ids;  // By what a path begins with.
};

std::string shown(const std::vector<SchemaFinding>& findings) {
  std::string text;
  for (const auto& one : findings) text += fmt::format("{}: {}\n", one.pointer, one.detail);
  return text;
}

TEST_F(ApiTest, RoutesAndDocumentAreTheSameBothWays) {
  std::set<std::string> routed, written;
  for (const auto& one : service->api().routes()) {
    const std::string name = fmt::format("{} {}", text_of(one.method), one.path);
    EXPECT_TRUE(routed.insert(name).second) << name << " twice";
    const auto* operation = document().operation(one.method, one.path);
    if (operation == nullptr) continue;
    EXPECT_EQ(text_in(*operation, "x-right"), one.right ? text_of(*one.right) : "") << name;
  }
  std::set<std::string> ids;
  for (const auto& [path, item] : document().whole().at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      std::string name(method);
      std::ranges::transform(name, name.begin(),
                             [](char c) { return static_cast<char>(c & ~0x20); });
      written.insert(fmt::format("{} {}", name, std::string_view(path)));
      EXPECT_TRUE(ids.insert(text_in(operation, "operationId")).second)
          << text_in(operation, "operationId");
    }
  }
  std::vector<std::string> differ;
  std::ranges::set_symmetric_difference(routed, written, std::back_inserter(differ));
  EXPECT_TRUE(differ.empty()) << fmt::format("in the routes or in docs/api, not in both: {}",
                                             fmt::join(differ, ", "));
}

TEST_F(ApiTest, WhatTheDocumentRefersToIsThere) {
  const json::value& whole = document().whole();
  std::set<std::string_view> codes;
  for (const auto& kind : problem_kinds())
    EXPECT_TRUE(codes.insert(kind.code).second && !kind.es.empty() && !kind.pt.empty())
        << kind.code;
  const auto follow = [&](const auto& self, const json::value& value) -> void {
    if (const auto* object = value.if_object()) {
      if (object->contains("$ref")) (void)resolve_schema(whole, value);
      for (const auto& [name, inner] : *object) {
        if (name == "x-problems") {
          for (const auto& code : inner.as_array())
            EXPECT_TRUE(codes.contains(code.as_string())) << code;
        }
        self(self, inner);
      }
    } else if (const auto* array = value.if_array()) {
      for (const auto& inner : *array) self(self, inner);
    }
  };
  follow(follow, whole);
}

// Wherever a schema has an example: of answers, with nothing that is not written; of requests, as
// the server takes them.
TEST_F(ApiTest, ExamplesAreWhatTheyClaim) {
  int checked = 0;
  const auto follow = [&](const auto& self, const json::value& value,
                          const std::string& at) -> void {
    if (const auto* object = value.if_object()) {
      if (const auto* example = object->if_contains("example")) {
        EXPECT_EQ(shown(check_schema(document().whole(), value, *example, UnknownFields::Reported)),
                  "")
            << at;
        ++checked;
      }
      for (const auto& [name, inner] : *object) {
        if (name != "example") self(self, inner, fmt::format("{}/{}", at, std::string_view(name)));
      }
    } else if (const auto* array = value.if_array()) {
      for (const auto& inner : *array) self(self, inner, at);
    }
  };
  follow(follow, document().whole(), {});
  EXPECT_GT(checked, 90);
}

TEST_F(ApiTest, AHouseAnswersWhatTheDocumentSays) {
  static const std::set<std::string_view> kOfWhoHasSignedIn{"/v1/session", "/v1/me",
                                                            "/v1/me/passkeys", "/v1/sessions"};
  int asked = 0;
  for (const auto& one : service->api().routes()) {
    const auto* schema = answer_schema(one);
    if (one.method != http::Method::Get || schema == nullptr) continue;
    const auto answer = one.answer(request_of(one), owner());
    if (!answer && one.path == "/v1/phone")
      continue;  // This house writes to people (cli/demo/phone_test).
    if (!answer) {
      EXPECT_TRUE(answer.error().code == ErrorCode::Forbidden &&
                  kOfWhoHasSignedIn.contains(one.path))
          << one.path << ": " << answer.error().message;
      continue;
    }
    ++asked;
    EXPECT_EQ(shown(check_schema(document().whole(), *schema, *parse_json(answer->body),
                                 UnknownFields::Reported)),
              "")
        << one.path << answer->body;
  }
  EXPECT_GE(asked, 33);
}

// By the examples of requests, as a reader of the document would try them: the house has what they
// name. What it has not stands below.
TEST_F(ApiTest, WhatAHouseHasDoneIsToldAsTheDocumentSays) {
  static const std::set<std::string> kRefusedHere{
      "/v1/agreements/beyond",  // One is running, and nobody says that it ends.
      // Nobody signs in, and no people are set up to.
      "/v1/session", "/v1/session/passkey/finish", "/v1/me/totp/confirm",
      // No provider, no page for payers, no interest; who has asked does not approve.
      "/v1/payments/{id}/check", "/v1/payments/{id}/dismiss", "/v1/payments/{id}/refund",
      "/v1/payments/{id}/approve_refund", "/v1/payments/{id}/refuse_refund", "/v1/links",
      "/v1/invoices/{number}/waive", "/v1/invoices/{number}/approve",
      // Some of the people whom the file brought have paid since.
      "/v1/imports/{id}/undo",
      // Their number is confirmed already, they ask for no more than they did, and have never
      // written.
      "/v1/debtors/{id}/number", "/v1/rights/file", "/v1/conversations/{debtor}/messages",
      "/v1/conversations/{debtor}/release", "/v1/tasks/{id}/assign", "/v1/tasks/{id}/snooze",
      "/v1/tasks/{id}/close",
      // Nobody is told of events; what these three need stands in the query.
      "/v1/webhook-endpoints/{id}/remove", "/v1/webhook-endpoints/{id}/enable",
      "/v1/webhook-endpoints/{id}/rotate", "/v1/webhook-endpoints/{id}/trigger",
      "/v1/webhook-endpoints/{id}/replay", "/v1/quarantine/raise", "/v1/quarantine/lift",
      "/v1/number/confirm",
      // One is running; who has edited a draft does not approve it, and there is no other draft.
      "/v1/rehearsals", "/v1/strategies/{name}/draft/approve",
      "/v1/strategies/{name}/draft/discard", "/v1/strategies/{name}/draft/launch",
      "/v1/templates/{language}/{name}/draft/approve",
      "/v1/templates/{language}/{name}/draft/discard",
      "/v1/templates/{language}/{name}/draft/launch",
      // This house writes to people.
      "/v1/phone/messages", "/v1/phone/clock"};
  std::set<std::string> refused;
  for (const auto& one : service->api().routes()) {
    const auto* schema = answer_schema(one);
    const auto* body = schema == nullptr || one.method != http::Method::Post
                           ? nullptr
                           : document().body_schema(*document().operation(one.method, one.path));
    const auto* example =
        body == nullptr
            ? nullptr
            : resolve_schema(document().whole(), *body).as_object().if_contains("example");
    if (example == nullptr || one.path == "/v1/invoices/{number}/withdraw")
      continue;  // It answers as …/correct, and nothing would be left to agree on.
    json::value told = *example;
    if (one.path.starts_with("/v1/rights/") && told.as_object().contains("id"))
      told.as_object()["id"] = ids.at("/v1/rights");
    http::Request request = request_of(one);
    request.body = to_json(told);
    clock.advance(
        kSecondMs);  // A wish to be written to again is later than the stop that it lifts.
    const auto answer = one.answer(request, owner());
    if (!answer || answer->status != 200) {
      refused.insert(one.path);
      continue;
    }
    EXPECT_EQ(shown(check_schema(document().whole(), *schema, *parse_json(answer->body),
                                 UnknownFields::Reported)),
              "")
        << one.path << answer->body;
  }
  EXPECT_EQ(refused, kRefusedHere);
}

// What its body may not be, the document alone says: here by the request itself, field by field.
TEST_F(ApiTest, AWrongFieldIsToldByItsPointer) {
  const json::value& schema = *document().body_schema(
      *document().operation(http::Method::Post, "/v1/payments/{id}/assign"));
  const auto errors = document().check_body(
      schema, *parse_json(R"({"shares":[{"invoice":"F-1","amount_minor":"1"}],"why":"x","wy":1})"));
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].pointer, "/shares/0/amount_minor");
  EXPECT_EQ(errors[1].pointer, "/wy");
  const auto& operation = *document().operation(http::Method::Get, "/v1/conversations");
  http::Request request{.target = "/v1/conversations?limit=201", .headers = {}};
  EXPECT_FALSE(document().check_query(operation, request));
  request.target = "/v1/conversations?limit=200&cursor=1";
  EXPECT_TRUE(document().check_query(operation, request));
  request.target = "/v1/conversations?page=2";
  const auto unknown = document().check_query(operation, request);
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("'page'"), std::string::npos) << unknown.error().message;
}

}  // namespace
}  // namespace puntual
