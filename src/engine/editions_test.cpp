// What is launched holds on every node from its next tick on; and a rehearsal tells what then
// happens.
#include "engine/editions.h"

#include "engine/rehearse.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

constexpr CreditorId kHouse = TestHouse::kCreditor;

std::string shipped(std::string_view file) { return std::string(*embedded_file(file)); }

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

store::Draft draft_of(store::TextKind kind, std::string name, std::string text) {
  return {.kind = kind,
          .name = std::move(name),
          .revision = 0,
          .text = std::move(text),
          .editors = {},
          .edited_at = {},
          .approved_by = {}};
}

// Writes a draft and launches it, as two people would.
Result<int64_t> launch_text(TestHouse& house, store::TextKind kind, const std::string& name,
                            const std::string& text, int64_t people) {
  return house.store->write([&](Tx& tx) -> Result<int64_t> {
    const auto kept = tx.editions.keep(kHouse, draft_of(kind, name, text), 0, "ana", house.now);
    if (!kept) return fail(ErrorCode::Conflict, "not kept");
    return launch(tx, house.creditor(),
                  {.draft = *kept, .why = "prueba", .by = "luz", .people = people}, house.now);
  });
}

TEST(Editions, ADraftDoesNothingAndALaunchedStrategyHoldsFromTheNextTickOn) {
  TestHouse house;
  ASSERT_TRUE(house.engine.start(house.now));
  house.add_people(3);
  const std::string text = replaced(shipped("strategies/estandar.toml"), "messages_per_week = 3",
                                    "messages_per_week = 1");
  ASSERT_TRUE(house.write([&](Tx& tx) {
    return tx.editions
        .keep(kHouse, draft_of(store::TextKind::Strategy, "estandar", text), 0, "ana", house.now)
        .has_value();
  }));
  house.tick();
  EXPECT_EQ(house.engine.desk().strategy_of(house.creditor()).messages_per_week_max, 3);
  const auto draft = house.write(
      [&](Tx& tx) { return *tx.editions.draft(kHouse, store::TextKind::Strategy, "estandar"); });
  const auto order = [&](int64_t people) {
    return LaunchOrder{.draft = draft, .why = "menos", .by = "luz", .people = people};
  };
  const auto miscounted =
      house.store->write([&](Tx& tx) { return launch(tx, house.creditor(), order(2), house.now); });
  ASSERT_FALSE(miscounted);
  EXPECT_EQ(miscounted.error().code, ErrorCode::Conflict);
  ASSERT_TRUE(house.store->write(
      [&](Tx& tx) { return launch(tx, house.creditor(), order(3), house.now); }));
  house.tick();
  EXPECT_EQ(house.engine.desk().strategy_of(house.creditor()).messages_per_week_max, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM draft"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE review_at IS NULL OR silence <> ''"), 3)
      << "everybody was looked at again";
  EXPECT_FALSE(house.store->write([&](Tx& tx) {
    return launch(tx, house.creditor(), order(3), house.now);
  })) << "it is no draft any more";
}

TEST(Editions, WhatThisProgramCannotReadStopsNothingAndTheLastGoodOneStands) {
  TestHouse house;
  ASSERT_TRUE(house.engine.start(house.now));
  house.add_people(3);
  const auto week = [&] {
    return house.engine.desk().strategy_of(house.creditor()).messages_per_week_max;
  };
  const auto launched = [&](store::TextKind kind, const std::string& name,
                            const std::string& text) {
    const auto number = launch_text(house, kind, name, text, 3);
    EXPECT_TRUE(number);
    EXPECT_TRUE(house.engine.tick(house.now));
    return number.value_or(0);
  };
  launched(store::TextKind::Strategy, "estandar", "name = 5\n");
  EXPECT_EQ(week(), 3) << "the file's";
  ASSERT_EQ(house.engine.desk().unread_editions.size(), 1U);
  EXPECT_EQ(house.engine.desk().unread_editions[0].instead, 0);
  const int64_t good = launched(store::TextKind::Strategy, "estandar",
                                replaced(shipped("strategies/estandar.toml"),
                                         "messages_per_week = 3", "messages_per_week = 1"));
  EXPECT_EQ(week(), 1);
  EXPECT_TRUE(house.engine.desk().unread_editions.empty());
  const int64_t bad =
      launched(store::TextKind::Strategy, "estandar", "of_a_later_version = true\n");
  launched(store::TextKind::Template, "es_CO/vencido_amable_v1", "[[otra cosa");
  EXPECT_EQ(week(), 1);
  EXPECT_NE(house.engine.desk().templates.find("vencido_amable_v1", "es_CO"), nullptr);
  const auto& unread = house.engine.desk().unread_editions;
  ASSERT_EQ(unread.size(), 2U);
  EXPECT_EQ(unread[0].number, bad);
  EXPECT_EQ(unread[0].instead, good);
  EXPECT_FALSE(unread[0].why.empty());
  EXPECT_EQ(unread[1].kind, "template");
}

TEST(Editions, AnEditTakesTheApprovalAwayAndAnOlderPageDoesNotOverwrite) {
  TestHouse house;
  house.write([&](Tx& tx) {
    const auto first = tx.editions.keep(
        kHouse, draft_of(store::TextKind::Strategy, "estandar", "a"), 0, "ana", house.now);
    ASSERT_TRUE(first);
    EXPECT_FALSE(tx.editions.keep(kHouse, draft_of(store::TextKind::Strategy, "estandar", "b"), 0,
                                  "luz", house.now))
        << "they have not seen ana's";
    EXPECT_TRUE(tx.editions.approve(kHouse, *first, "luz"));
    const auto second =
        tx.editions.keep(kHouse, draft_of(store::TextKind::Strategy, "estandar", "c"),
                         first->revision, "eva", house.now);
    ASSERT_TRUE(second);
    const auto now = tx.editions.draft(kHouse, store::TextKind::Strategy, "estandar");
    EXPECT_EQ(now->approved_by, "");
    EXPECT_EQ(now->editors, (std::vector<std::string>{"ana", "eva"}));
    EXPECT_FALSE(tx.editions.approve(kHouse, *first, "luz"));
    EXPECT_FALSE(tx.editions.remove(kHouse, *first));
  });
}

TEST(Editions, ALaunchedTemplateIsWhatPeopleRead) {
  TestHouse house;
  ASSERT_TRUE(house.engine.start(house.now));
  house.add_people(1);
  const std::string text =
      replaced(shipped("templates/es_CO/vence_hoy_v1.toml"), "Buen día", "Muy buen día");
  ASSERT_TRUE(launch_text(house, store::TextKind::Template, "es_CO/vence_hoy_v1", text, 0));
  house.tick();
  EXPECT_NE(house.engine.desk().templates.find("vence_hoy_v1", "es_CO")->body.find("Muy buen día"),
            std::string::npos);
}

// Two houses alike: one rehearses, in the other the days pass, and nobody answers.
TEST(Rehearsal, TellsWhatHappensWhenNobodyAnswers) {
  constexpr int kDays = 30;
  TestHouse rehearsed, lived;
  for (TestHouse* house : {&rehearsed, &lived}) {
    ASSERT_TRUE(house->engine.start(house->now));
    house->add_people(12);
    house->write([](Tx& tx) { tx.db.run("UPDATE invoice SET due_on = due_on - (id % 40)"); });
  }
  const std::string text = shipped("strategies/suave.toml");
  int told = 0;
  const auto answer = rehearse(
      *rehearsed.store, rehearsed.engine.desk(),
      {.creditor = TestHouse::creditor(), .strategy = text, .from = rehearsed.now, .days = kDays},
      [&](int day) { return (told = day) < kDays; });
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(told, kDays - 1);

  ASSERT_TRUE(launch_text(lived, store::TextKind::Strategy, "suave", text, 12));
  const Zone zone = Zone::of(TestHouse::creditor().zone);
  const Instant until = zone.instant(zone.local(lived.now).date + kDays, 0);
  std::map<CivilDate, int64_t> by_day;
  lived.channel.room = 4096;
  while (lived.now < until) {
    const TickReport report = lived.tick();
    for (const auto& request : std::exchange(lived.channel.submitted, {})) {
      ++by_day[zone.local(lived.now).date];
      lived.channel.answer(request, SendOutcome::Accepted);
    }
    if (report.more || report.dispatch.claimed > 0 || report.results > 0) continue;
    const auto next = *lived.engine.next_wake();
    if (!next) break;
    lived.now = std::max(*next, lived.now + kSecondMs);
  }
  EXPECT_FALSE(by_day.empty());
  EXPECT_EQ(answer->messages_by_day, by_day);
  EXPECT_EQ(answer->owing, 12);
  int64_t unreached = 0;
  for (const auto& [codes, people] : answer->unreached) unreached += people;
  EXPECT_EQ(answer->reached + unreached, answer->owing);
  EXPECT_GT(answer->cost_usd_micros, 0);
}

TEST(Rehearsal, EndsWhenItIsTold) {
  TestHouse house;
  house.add_people(2);
  const auto answer = rehearse(*house.store, house.engine.desk(),
                               {.creditor = TestHouse::creditor(),
                                .strategy = shipped("strategies/suave.toml"),
                                .from = house.now,
                                .days = 30},
                               [](int day) { return day < 3; });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::Conflict);
}

}  // namespace
}  // namespace puntual::engine
