// Who may put which text in force: checked, approved by another, launched for as many as they have
// seen; and what a rehearsal tells.
#include "app/text_job.h"

#include <set>
#include <thread>

#include "app/rehearsal.h"
#include "app/test_house.h"
#include "base/embedded.h"
#include "engine/editions.h"

namespace puntual {
namespace {

using access::Principal, access::Right, access::Role;

class TextJobTest : public JobHouse {
 protected:
  static Principal user(int64_t id, std::string name) {
    return {.role = Role::Supervisor,
            .rights = access::rights_of(Role::Supervisor),
            .user_id = id,
            .name = std::move(name)};
  }
  static http::Request said(const json::object& body, const std::string& etag) {
    http::Request request;
    request.headers.add("If-Match", etag);
    request.body = to_json(body);
    return request;
  }
  [[nodiscard]] TextJob job() const { return TextJob(*store, *desk, settings, now); }
  static std::string etag(const Result<http::Response>& answer) {
    EXPECT_TRUE(answer && answer->status == 200)
        << (answer ? answer->body : answer.error().message);
    if (!answer) return {};
    for (const auto& [name, value] : answer->headers) {
      if (name == "ETag") return value;
    }
    return {};
  }
  static std::string code_of(const Result<http::Response>& answer) {
    if (!answer)
      return answer.error().code == ErrorCode::Forbidden  ? "forbidden"
             : answer.error().code == ErrorCode::Conflict ? "conflict"
                                                          : answer.error().message;
    return answer->status == 200
               ? "done"
               : text_in(parse_json(answer->body).value_or(json::value()), "code");
  }
  static std::string changed(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
  }
  void import_four() {
    import(
        "documento,nombre,celular,factura,monto,vence\n1018,Ana "
        "Gómez,+573001234567,F-1042,900000,2026-11-02\n1019,José "
        "Peña,+573001234568,F-1043,90000,2026-12-02\n"
        "1020,Luz Ruiz,+573001234569,F-3,80000,2026-11-02\n1021,Ian "
        "Díaz,+573001234570,F-4,70000,\n");
  }

  Config settings = config();
  const TextName estandar{store::TextKind::Strategy, "estandar"};
  const std::string text = changed(std::string(*embedded_file("strategies/estandar.toml")),
                                   "messages_per_week = 3", "messages_per_week = 2");
};

TEST_F(TextJobTest, WhatIsWrongIsToldAtItsLineAndNotKept) {
  const std::string wrong = changed(changed(text, "messages_per_week = 2", "messages_per_wek = 2"),
                                    "\"ultimo_aviso_v1\"", "\"no_hay\"");
  const auto line = [&](std::string_view what) {
    return 1 + std::ranges::count(wrong.substr(0, wrong.find(what)), '\n');
  };
  const auto told = *parse_json(*job().check(estandar, to_json(json::object{{"text", wrong}})));
  EXPECT_FALSE(*member_bool(told, "right"));
  ASSERT_EQ(member_array(told, "findings")->size(), 1U) << to_json(told);
  EXPECT_EQ(member_array(told, "findings")->front().at("line"), line("messages_per_wek"));
  EXPECT_TRUE(member(told, "strategy")->is_null());
  EXPECT_EQ(code_of(job().keep(estandar, said({{"text", wrong}}, "\"0\""), user(1, "ana"))),
            "invalid_fields");

  const auto unknown = *parse_json(*job().check(
      estandar,
      to_json(json::object{{"text", changed(text, "\"ultimo_aviso_v1\"", "\"no_hay\"")}})));
  EXPECT_FALSE(*member_bool(unknown, "right")) << "a text that nobody has";
  EXPECT_EQ(text_in(*member(unknown, "strategy"), "name"), "estandar");
  const auto no_toml =
      *parse_json(*job().check(estandar, R"({"text":"name = \"estandar\"\n[caps"})"));
  EXPECT_EQ(member_array(no_toml, "findings")->front().at("line"), 2) << to_json(no_toml);
  const auto other = *parse_json(
      *job().check({store::TextKind::Strategy, "suave"}, to_json(json::object{{"text", text}})));
  EXPECT_FALSE(*member_bool(other, "right")) << "the draft of another name";
  const auto* waiting = member_array(other, "findings");
  std::set<int64_t> lines;
  for (const auto& one : *waiting) lines.insert(one.at("line").as_int64());
  EXPECT_EQ(lines.size(), waiting->size())
      << "each last notice at its own line: " << to_json(*waiting);
  const auto right = *parse_json(*job().check(estandar, to_json(json::object{{"text", text}})));
  EXPECT_TRUE(*member_bool(right, "right")) << to_json(*member(right, "findings"));
}

TEST_F(TextJobTest, NobodyOverwritesWhatTheyHaveNotSeen) {
  const std::string first =
      etag(job().keep(estandar, said({{"text", text}}, "\"0\""), user(1, "ana")));
  EXPECT_EQ(code_of(job().keep(estandar, said({{"text", text}}, "\"0\""), user(2, "luz"))),
            "version_mismatch");
  now = now + kSecondMs;
  const std::string later =
      etag(job().keep(estandar, said({{"text", text}}, first), user(2, "luz")));
  EXPECT_NE(first, later);
  EXPECT_EQ(code_of(job().discard(estandar, said({}, first))), "version_mismatch");
  EXPECT_EQ(etag(job().show(estandar)), later);
  EXPECT_EQ(code_of(job().discard(estandar, said({}, later))), "done");
  EXPECT_EQ(etag(job().show(estandar)), "\"0\"");
}

TEST_F(TextJobTest, WithFourEyesAnotherApprovesInPerson) {
  import_four();
  settings.needs_four_eyes = true;
  const json::object order{{"why", "menos"}, {"people", 4}};
  EXPECT_EQ(code_of(job().keep(estandar, said({{"text", text}}, "\"0\""),
                               {.role = Role::Owner,
                                .rights = access::rights_of(Role::Owner),
                                .key_id = 5,
                                .name = "key ERP"})),
            "forbidden")
      << "a key may be of who approves it";
  std::string now_at = etag(job().keep(estandar, said({{"text", text}}, "\"0\""), user(1, "ana")));
  EXPECT_EQ(code_of(job().launch(estandar, said(order, now_at), user(2, "luz"))), "forbidden");
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(1, "ana"))), "forbidden")
      << "who wrote it";
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at),
                                  {.role = Role::Owner,
                                   .rights = access::rights_of(Role::Owner),
                                   .user_id = 0,
                                   .name = "api"})),
            "forbidden")
      << "a key";
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(2, "luz"))), "done");
  now = now + kSecondMs;
  now_at = etag(job().keep(estandar,
                           said({{"text", changed(text, "gap_days = 2", "gap_days = 3")}}, now_at),
                           user(3, "eva")));
  EXPECT_EQ(code_of(job().launch(estandar, said(order, now_at), user(2, "luz"))), "forbidden")
      << "an edit takes the approval away";
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(2, "luz"))), "done");
  EXPECT_EQ(code_of(job().launch(estandar, said({{"why", "menos"}, {"people", 3}}, now_at),
                                 user(1, "ana"))),
            "conflict")
      << "for another number of people";
  EXPECT_EQ(code_of(job().launch(estandar, said(order, now_at), user(1, "ana"))), "done");
  ASSERT_TRUE(engine::take_editions(*store, *desk).value_or(false));
  EXPECT_EQ(desk->strategy_of(creditor).gap_days_min, 3);
  const auto edition = store->read([&](Tx& tx) { return tx.editions.last_strategy(creditor.id); });
  EXPECT_EQ((*edition)->approved_by, "luz");
  EXPECT_EQ((*edition)->editors, (std::vector<std::string>{"ana", "eva"}));
  EXPECT_EQ((*edition)->people, 4);
  EXPECT_FALSE(store->write([&](Tx& tx) { tx.db.run("UPDATE edition SET why='otra cosa'"); }))
      << "what was launched is never changed";
}

TEST_F(TextJobTest, WhatAKeyWroteBeforeFourEyesWereWantedIsSeenByTwo) {
  import_four();
  const json::object order{{"why", "menos"}, {"people", 4}};
  const Principal key{.role = Role::Developer,
                      .rights = access::rights_of(Role::Owner),
                      .key_id = 5,
                      .name = "key ERP"};
  std::string now_at = etag(job().keep(estandar, said({{"text", text}}, "\"0\""), key));
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(2, "luz"))), "done");
  settings.needs_four_eyes = true;
  EXPECT_EQ(code_of(job().launch(estandar, said(order, now_at), user(2, "luz"))), "forbidden")
      << "the key may be hers";
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(2, "luz"))), "forbidden");
  now = now + kSecondMs;
  now_at = etag(job().keep(estandar, said({{"text", text}}, now_at), user(1, "ana")));
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(1, "ana"))), "forbidden");
  EXPECT_EQ(code_of(job().approve(estandar, said({}, now_at), user(2, "luz"))), "done");
  EXPECT_EQ(code_of(job().launch(estandar, said(order, now_at), user(2, "luz"))), "done");
}

TEST_F(TextJobTest, AnAnswerThatIsEditedIsSaidAsItIs) {
  const TextName name{store::TextKind::Template, "es_CO/vencido_amable_v1"};
  const auto shown = *parse_json(job().show(name)->body);
  const std::string mine = changed(text_in(shown, "in_force"), "Buen día", "Muy buen día");
  const auto told = *parse_json(*job().check(name, to_json(json::object{{"text", mine}})));
  EXPECT_TRUE(*member_bool(told, "right")) << to_json(told);
  EXPECT_TRUE(text_in(*member(told, "template"), "text").starts_with("Muy buen día"))
      << to_json(told);
  const auto threat = *parse_json(*job().check(
      name, to_json(json::object{{"text", changed(mine, "¡Muchas gracias!",
                                                  "Si no paga, lo reportamos a su jefe.")}})));
  EXPECT_FALSE(*member_bool(threat, "right"));
  const std::string kept = etag(job().keep(name, said({{"text", mine}}, "\"0\""), user(1, "ana")));
  EXPECT_EQ(code_of(job().launch(name, said({{"why", "más cercano"}}, kept), user(1, "ana"))),
            "done");
  ASSERT_TRUE(engine::take_editions(*store, *desk).value_or(false));
  for (const auto treatment : {Treatment::Usted, Treatment::Tu}) {
    EXPECT_TRUE(desk->templates.find("vencido_amable_v1", "es_CO", treatment)
                    ->body.starts_with("Muy buen día"));
  }
  EXPECT_EQ(text_in(*parse_json(job().show(name)->body), "in_force"), mine);
}

TEST_F(TextJobTest, ARehearsalRunsOnACopyAndIsToldAfterwards) {
  settings.data_dir = folder_;
  settings.database_url = "sqlite:" + folder_ + "/puntual.db";
  store = *Store::open(settings.database_url);
  ASSERT_TRUE(store->write([&](Tx& tx) {
    tx.creditors.save(creditor);
    for (const auto& one : desk->templates.all())
      tx.templates.save(creditor.id, {one.name, one.language, "APPROVED", "UTILITY", "", now});
  }));
  import_four();
  Clock clock(now);
  Rehearsals rehearsals(
      *store, settings, [this] { return std::make_shared<const Desk>(*desk); }, clock);
  const auto begun = rehearsals.begin(to_json(json::object{{"text", text}, {"days", 20}}), "ana");
  ASSERT_TRUE(begun) << begun.error().message;
  const std::string id = text_in(*parse_json(*begun), "id");
  json::value told;
  do {
    std::this_thread::yield();
    told = *parse_json(*rehearsals.show(id));
  } while (text_in(told, "state") == "running");
  ASSERT_EQ(text_in(told, "state"), "done") << to_json(told);
  const json::value& answer = *member(told, "answer");
  EXPECT_EQ(answer.at("owing"), 4);
  EXPECT_EQ(member_array(answer, "by_day")->size(), 20U);
  int64_t messages = 0, unreached = 0;
  for (const auto& day : *member_array(answer, "by_day")) messages += day.at("messages").as_int64();
  for (const auto& reason : *member_array(answer, "unreached"))
    unreached += reason.at("count").as_int64();
  EXPECT_GT(messages, 0);
  EXPECT_EQ(answer.at("messages"), messages);
  EXPECT_EQ(answer.at("reached").as_int64() + unreached, 4);
  EXPECT_TRUE(store
                  ->read([&](Tx& tx) {
                    return !tx.db.query("SELECT 1 FROM outbox").next() &&
                           !tx.db.query("SELECT 1 FROM edition").next();
                  })
                  .value_or(false))
      << "the house itself has not moved";
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".puntual")) << "the copy is gone";
}

TEST_F(TextJobTest, ARehearsalThatCannotEndSaysSoInSpanish) {
  settings.data_dir = folder_;
  settings.database_url = "sqlite:" + folder_ + "/puntual.db";
  store = *Store::open(settings.database_url);
  ASSERT_TRUE(store->write([&](Tx& tx) { tx.creditors.save(creditor); }));
  import_four();
  Clock clock(now);
  const auto trouble_of = [&] {
    std::string id;
    {
      Rehearsals rehearsals(
          *store, settings, [this] { return std::make_shared<const Desk>(*desk); }, clock);
      id = text_in(
          *parse_json(
              rehearsals.begin(to_json(json::object{{"text", text}, {"days", 92}}), "ana").value()),
          "id");
    }  // The server stops.
    Rehearsals later(
        *store, settings, [this] { return std::make_shared<const Desk>(*desk); }, clock);
    return text_in(*parse_json(*later.show(id)), "trouble");
  };
  EXPECT_TRUE(trouble_of().contains("se detuvo")) << trouble_of();
}

}  // namespace
}  // namespace puntual
