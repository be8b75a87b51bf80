// What colleagues do with a conversation beside answering: labels to find it again, and its paper.
#include "app/conversation_job.h"

#include "app/agreement_job.h"
#include "app/test_house.h"
#include "app/transcript_pages.h"
#include "base/whole_number.h"

namespace puntual {
namespace {

class ConversationJob : public JobHouse {
 protected:
  ConversationJob() {
    import(
        "documento,nombre,celular,factura,monto,vence\n1018,Ana "
        "Gómez,+573001234567,F-1,150000,2026-11-02\n1019,José "
        "Peña,+573001234568,F-2,90000,2026-11-02\n");
  }

  Result<std::string> tell(std::string_view subject, std::string_view verb, std::string_view body) {
    return run_conversation_job(*store, *desk, creditor, subject, verb, body, {}, now);
  }
  json::value answer(const Result<std::string>& told) {
    EXPECT_TRUE(told) << told.error().message;
    return parse_json(told.value_or("{}")).value_or(json::value());
  }
};

TEST_F(ConversationJob, IsFoundAgainByItsLabels) {
  const auto kept =
      answer(tell("F-1", "labels", R"({"labels":["vip","llamar en diciembre","vip"],"by":"ana"})"));
  EXPECT_EQ(to_json(kept.at("labels")), R"(["llamar en diciembre","vip"])");
  (void)answer(tell("F-2", "labels", R"({"labels":["vip"],"by":"ana"})"));
  EXPECT_EQ(*list_labels_job(*store, creditor),
            R"({"labels":[{"label":"llamar en diciembre","count":1},{"label":"vip","count":2}]})");
  const auto page =
      answer(list_conversations_job(*store, creditor, {.label = "vip", .limit = "1"}, now));
  ASSERT_EQ(page.at("conversations").as_array().size(), 1U);
  const auto rest = answer(list_conversations_job(
      *store, creditor, {.label = "vip", .after = text_in(page, "next")}, now));
  ASSERT_EQ(rest.at("conversations").as_array().size(), 1U);
  EXPECT_NE(page.at("conversations").at(0).at("name"), rest.at("conversations").at(0).at("name"));
  EXPECT_EQ(answer(list_conversations_job(*store, creditor, {.label = "nunca"}, now))
                .at("conversations")
                .as_array()
                .size(),
            0U);
  (void)answer(tell("F-1", "labels", R"({"labels":[],"by":"ana"})"));
  EXPECT_EQ(*list_labels_job(*store, creditor), R"({"labels":[{"label":"vip","count":1}]})");
}

TEST_F(ConversationJob, ASearchFindsThoseWithWhomThereIsAConversation) {
  const auto found = [&](std::vector<DebtorId> among) {
    return answer(list_conversations_job(*store, creditor, {.among = std::move(among)}, now))
        .at("conversations")
        .as_array();
  };
  const auto ids = store->read([&](Tx& tx) { return tx.debtors.all(creditor.id); });
  ASSERT_TRUE(ids);
  EXPECT_EQ(found(*ids).size(), 0U) << "nobody has written, and nothing waits";
  (void)answer(tell("F-2", "tasks", R"({"kind":"wants_person","summary":"Llamó.","by":"ana"})"));
  const auto page = found(*ids);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].at("name"), "José Peña");
  EXPECT_TRUE(page[0].at("last").is_null());
  EXPECT_EQ(found({}).size(), 0U);
}

TEST_F(ConversationJob, WhoseDataWereErasedIsTold) {
  const auto show = [&](std::string_view subject) {
    return answer(show_conversation_job(*store, creditor, subject, LinesQuery{}, now));
  };
  const auto talk = show("F-1");
  EXPECT_EQ(talk.at("erased"), false);
  const std::string id = text_in(talk, "debtor");
  ASSERT_TRUE(store->erase(creditor.id, {*whole_number(id)}, now));
  EXPECT_EQ(show(id).at("erased"), true);
}

TEST_F(ConversationJob, ATaskWaitsUntilAnHourOfTheCreditorsClock) {
  const auto talk = answer(
      tell("F-1", "tasks", R"({"kind":"wants_person","summary":"Quiere hablar.","by":"ana"})"));
  const std::string task = text_in(talk.at("tasks").at(0), "id");
  const auto put_off = [&](std::string_view until) {
    return run_task_job(*store, creditor, task, "snooze",
                        fmt::format(R"({{"until":"{}","by":"ana"}})", until), now);
  };
  EXPECT_EQ(text_in(answer(put_off("2031-11-30T15:30:00")), "snoozed_until"),
            "2031-11-30T15:30:00-05:00");
  EXPECT_EQ(text_in(answer(put_off("2031-11-30")), "snoozed_until"), "2031-11-30T00:00:00-05:00");
  EXPECT_FALSE(put_off("2031-11-30T25:30:00"));
}

// Whoever offers terms is told that they say to have paid, as long as nobody has answered that.
TEST_F(ConversationJob, TermsAreOfferedKnowingThatThePersonSaysToHavePaid) {
  const auto claims = [&] {
    return answer(run_agreement_job(*store, *desk, creditor,
                                    R"({"action":"offers","subject":"F-1"})", {}, now))
        .at("claims_paid")
        .as_bool();
  };
  EXPECT_FALSE(claims());
  (void)answer(
      tell("F-1", "tasks", R"({"kind":"wants_person","summary":"Quiere hablar.","by":"ana"})"));
  EXPECT_FALSE(claims());
  const auto talk =
      answer(tell("F-1", "tasks", R"({"kind":"payment_claim","summary":"Pagó ayer.","by":"ana"})"));
  EXPECT_TRUE(claims());
  for (const auto& task : talk.at("tasks").as_array()) {
    (void)answer(run_task_job(*store, creditor, text_in(task, "id"), "close",
                              R"({"outcome":"settled","by":"ana"})", now));
  }
  EXPECT_FALSE(claims());
}

// Who may say that an account is right though the books do not know it: a supervisor and those
// above, and nobody who has left.
TEST_F(ConversationJob, AnAccountThatTheBooksDoNotKnowLeavesOnASupervisorsWord) {
  using enum access::Role;
  ASSERT_TRUE(store->write([&](Tx& tx) -> Result<void> {
    const DebtorId who = tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id;
    tx.debtors.hold(creditor.id, {who});
    tx.conversation.insert({.id = tx.ids.next<Id<store::ConversationMessage>>(now).value,
                            .creditor_id = creditor.id,
                            .debtor_id = who,
                            .platform_id = "wamid.1",
                            .at = now,
                            .received_at = now,
                            .type = "text",
                            .text = "buenas",
                            .sender = "+573001234567"});
    for (const auto role : {Owner, Supervisor, Agent, Compliance, Developer}) {
      store::User user{.id = tx.ids.next<Id<store::User>>(now).value,
                       .creditor_id = creditor.id,
                       .name = "X",
                       .email = fmt::format("{}@x.co", text_of(role)),
                       .role = role,
                       .created_at = now};
      RETURN_IF_ERROR(tx.users.insert(user));
    }
    return {};
  }));
  int keys = 0;
  const auto send = [&](std::string_view by, std::string_view despite) {
    const auto body = fmt::format(
        R"({{"text":"Puede transferir a la cuenta 998-877665-44.","by":"{}@x.co","despite":"{}"}})",
        by, despite);
    return run_conversation_job(*store, *desk, creditor, "F-1", "messages", body,
                                fmt::format("k{}", ++keys), now);
  };
  const auto plain = send("agent", "");
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().code, ErrorCode::Unsafe) << "a supervisor may send it: told by the code";
  EXPECT_TRUE(plain.error().message.contains("--despite")) << plain.error().message;
  EXPECT_TRUE(plain.error().message.contains("FOREIGN_ACCOUNT")) << plain.error().message;
  for (const std::string_view role : {"agent", "compliance", "developer"}) {
    const auto refused = send(role, "cuenta nueva");
    ASSERT_FALSE(refused) << role;
    EXPECT_EQ(refused.error().code, ErrorCode::Forbidden) << role;
  }
  for (const std::string_view role : {"supervisor", "owner"}) {
    const auto sent = send(role, "cuenta nueva");
    EXPECT_TRUE(sent) << role << ": " << sent.error().message;
  }
  ASSERT_TRUE(store->write([&](Tx& tx) -> Result<void> {
    tx.users.set_disabled(creditor.id, tx.users.find_email(creditor.id, "supervisor@x.co")->id,
                          now);
    return {};
  }));
  EXPECT_FALSE(send("supervisor", "cuenta nueva")) << "who has left decides nothing";
}

TEST_F(ConversationJob, LabelsAreShortAndFew) {
  EXPECT_FALSE(tell("F-1", "labels",
                    fmt::format(R"({{"labels":["{}"],"by":"ana"}})", std::string(61, 'x'))));
  EXPECT_FALSE(tell("F-1", "labels", R"({"labels":[""],"by":"ana"})"));
  EXPECT_FALSE(tell("F-1", "labels", R"({"labels":"vip","by":"ana"})"));
  std::string many;
  for (int i = 0; i < 21; ++i) many += fmt::format(R"({}"x{}")", i == 0 ? "" : ",", i);
  EXPECT_FALSE(tell("F-1", "labels", fmt::format(R"({{"labels":[{}],"by":"ana"}})", many)));
}

TEST_F(ConversationJob, IsPrintedWithAndWithoutWhatColleaguesWroteForEachOther) {
  (void)answer(tell("F-1", "notes", R"({"text":"prefiere la tarde","by":"ana"})"));
  ASSERT_TRUE(store->write([&](Tx& tx) {
    const auto who = tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id;
    tx.debtors.hold(creditor.id, {who});
    tx.tasks.open({.creditor_id = creditor.id,
                   .debtor_id = who,
                   .kind = store::TaskKind::WantsPerson,
                   .summary = "pide una persona",
                   .opened_at = {}},
                  now - 26 * kHourMs - 5 * kMinuteMs, tx.ids);
  }));
  const auto lines = [&](bool with_notes) {
    const auto pages =
        store
            ->read([&](Tx& tx) {
              const auto who = tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id;
              return transcript_pages(engine::transcript(tx, creditor, who, now).value(), creditor,
                                      with_notes, now);
            })
            .value();
    std::string text;
    for (const auto& block : pages.blocks) {
      for (const auto& row : block.cells) text += fmt::format("{}|", fmt::join(row, " · "));
      for (const auto& [name, value] : block.rows) text += fmt::format("{}: {}|", name, value);
    }
    return text;
  };
  EXPECT_TRUE(lines(true).contains("Nota interna (ana) · prefiere la tarde|")) << lines(true);
  EXPECT_FALSE(lines(false).contains("prefiere"));
  EXPECT_FALSE(lines(false).contains("Tardó"));
  EXPECT_TRUE(lines(true).contains("sigue abierta ·  · 1 día 2 h|")) << lines(true);
  EXPECT_TRUE(lines(false).contains("Persona: Ana Gómez|")) << lines(false);
  EXPECT_FALSE(lines(false).contains("3001234567"));
  EXPECT_TRUE(transcript_pdf(*store, creditor, "F-1", true, now)->starts_with("%PDF"));
}

}  // namespace
}  // namespace puntual
