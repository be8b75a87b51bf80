// The routes and the document say the same; examples are what they claim; what a running house answers is what stands written.
#include "app/api.h"

#include <algorithm>
#include <set>

#include "app/service.h"
#include "app/test_house.h"
#include "base/json_schema.h"

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
    import("documento,nombre,celular,factura,monto,vence\n1018,Ana Gómez,+573001234567,F-1,150000,2026-11-02\n");
    service = std::make_unique<Service>(*config, ServiceSecrets{.app_secrets = {}, .verify_token = {}, .api_token = "token"}, std::move(store), *std::move(desk_made), clock);
    const auto opened = service->open_door();
    EXPECT_TRUE(opened) << opened.error().message;
  }

  [[nodiscard]] const Api::Route& route(http::Method method, std::string_view path) const {
    const auto& routes = service->api().routes();
    const auto found = std::ranges::find_if(routes, [&](const auto& one) { return one.method == method && one.path == path; });
    if (found == routes.end()) throw std::runtime_error(std::string(path));
    return *found;
  }
  [[nodiscard]] const ApiDocument& document() const { return service->api().document(); }

  static const Principal& owner() {
    static const Principal kOwner{.role = Role::Owner, .rights = access::rights_of(Role::Owner), .user_id = 0, .name = "ana"};
    return kOwner;
  }

  Clock clock{*parse_rfc3339("2026-11-24T14:00:00Z")};
  std::unique_ptr<Service> service;
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
      std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c & ~0x20); });
      written.insert(fmt::format("{} {}", name, std::string_view(path)));
      EXPECT_TRUE(ids.insert(text_in(operation, "operationId")).second) << text_in(operation, "operationId");
    }
  }
  std::vector<std::string> differ;
  std::ranges::set_symmetric_difference(routed, written, std::back_inserter(differ));
  EXPECT_TRUE(differ.empty()) << fmt::format("in the routes or in docs/api, not in both: {}", fmt::join(differ, ", "));
}

TEST_F(ApiTest, WhatTheDocumentRefersToIsThere) {
  const json::value& whole = document().whole();
  std::set<std::string_view> codes;
  for (const auto& kind : problem_kinds()) EXPECT_TRUE(codes.insert(kind.code).second && !kind.es.empty() && !kind.pt.empty()) << kind.code;
  const auto follow = [&](const auto& self, const json::value& value) -> void {
    if (const auto* object = value.if_object()) {
      if (object->contains("$ref")) (void)resolve_schema(whole, value);
      for (const auto& [name, inner] : *object) {
        if (name == "x-problems") {
          for (const auto& code : inner.as_array()) EXPECT_TRUE(codes.contains(code.as_string())) << code;
        }
        self(self, inner);
      }
    } else if (const auto* array = value.if_array()) {
      for (const auto& inner : *array) self(self, inner);
    }
  };
  follow(follow, whole);
}

// Wherever a schema has an example: of answers, with nothing that is not written; of requests, as the server takes them.
TEST_F(ApiTest, ExamplesAreWhatTheyClaim) {
  int checked = 0;
  const auto follow = [&](const auto& self, const json::value& value, const std::string& at) -> void {
    if (const auto* object = value.if_object()) {
      if (const auto* example = object->if_contains("example")) {
        EXPECT_EQ(shown(check_schema(document().whole(), value, *example, UnknownFields::Reported)), "") << at;
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
  int asked = 0;
  for (const auto& one : service->api().routes()) {
    const auto* operation = document().operation(one.method, one.path);
    boost::system::error_code ignored;
    const auto* schema = operation == nullptr ? nullptr : operation->find_pointer("/responses/200/content/application~1json/schema", ignored);
    if (one.method != http::Method::Get || schema == nullptr) continue;
    http::Request request{.target = one.path, .headers = {}};
    request.params = {{"id", "F-1"}, {"debtor", "F-1"}, {"number", "F-1"}};
    const auto answer = one.answer(request, owner());
    if (!answer) continue;  // There is no such agreement, payment … here.
    ++asked;
    EXPECT_EQ(shown(check_schema(document().whole(), *schema, *parse_json(answer->body), UnknownFields::Reported)), "") << one.path << answer->body;
  }
  EXPECT_GE(asked, 14);
}

// What its body may not be, the document alone says: here by the request itself, field by field.
TEST_F(ApiTest, AWrongFieldIsToldByItsPointer) {
  const json::value& schema = *document().body_schema(*document().operation(http::Method::Post, "/v1/payments/{id}/assign"));
  const auto errors = document().check_body(schema, *parse_json(R"({"shares":[{"invoice":"F-1","amount_minor":"1"}],"why":"x","wy":1})"));
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
