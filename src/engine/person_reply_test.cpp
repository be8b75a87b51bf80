// Somebody of the creditor answers: what leaves, what is refused, and who is silent meanwhile.
#include "engine/person_reply.h"

#include "core/messaging/canned_reply.h"
#include "engine/note.h"
#include "engine/pause.h"
#include "engine/person_commands.h"
#include "engine/suspend.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"
#include "engine/test_house.h"
#include "engine/transcript.h"

namespace puntual::engine {
namespace {

class PeopleSpeak : public testing::Test {
 protected:
  PeopleSpeak() { house.add_people(2); }

  DebtorId id(int person = 1) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person))
          ->debtor_id;
    });
  }
  // Somebody has just written, and it was read.
  void hear(std::string_view message_id = "wamid.1", std::string_view text = "Buenas") {
    house.now =
        *parse_rfc3339("2026-11-24T09:00:00-05:00");  // The moment that TestHouse::said() carries.
    house.deliver(TestHouse::said(1, message_id, text));
    house.tick();
  }
  Result<PersonReply> reply(const PersonWords& words) {
    const DebtorId who = id();
    return house.store->write([&](Tx& tx) {
      return reply_by_person(tx, house.engine.desk(), creditor, who, words, house.now);
    });
  }
  static PersonWords words(std::string text, std::string key = "k1") {
    return {.text = std::move(text), .author = "laura", .key = std::move(key)};
  }
  Transcript talk() {
    const DebtorId who = id();
    return house.write([&](Tx& tx) { return *transcript(tx, creditor, who, house.now); });
  }
  int64_t open_task(store::TaskKind kind) {
    const DebtorId who = id();
    return house.write([&](Tx& tx) {
      tx.debtors.hold(creditor.id, {who});
      return hand_off(tx, house.engine.desk().settings, creditor.id, who, kind, "Lo pidió.", "chat",
                      house.now);
    });
  }
  void rest(store::SuspensionKind kind, std::optional<Instant> until = {}) {
    const DebtorId who = id();
    house.write([&](Tx& tx) {
      tx.debtors.hold(creditor.id, {who});
      suspend(tx, creditor.id, who,
              {.kind = kind, .since = house.now, .until = until, .through = "chat"}, house.now);
    });
  }
  Result<void> close(int64_t task, TaskOutcome outcome) {
    return house.store->write(
        [&](Tx& tx) { return close_task(tx, creditor, task, outcome, "laura", house.now); });
  }
  Result<void> release_it() {
    const DebtorId who = id();
    return house.store->write(
        [&](Tx& tx) { return release(tx, creditor, who, "operator", house.now); });
  }
  size_t rests() { return talk().rests.size(); }
  void pay(int64_t minor) {
    const DebtorId who = id();
    house.write([&](Tx& tx) {
      return settle_payment(tx, house.engine.desk(), creditor,
                            {.source_id = "p-1",
                             .reference = {},
                             .debtor_id = who,
                             .amount = {minor, Currency::of("COP")},
                             .method = {},
                             .paid_on = *parse_date("2026-11-24"),
                             .paid_at = {}},
                            house.now)
          .has_value();
    });
  }

  TestHouse house;
  const Creditor creditor = TestHouse::creditor();
};

TEST_F(PeopleSpeak, ALapsedConversationSaysWithWhatAndFromWhenItIsOpenedAgain) {
  hear();
  const auto opening = [&] {
    const DebtorId who = id();
    return house.write(
        [&](Tx& tx) { return *opening_for(tx, house.engine.desk(), creditor, who, house.now); });
  };
  house.now = *parse_rfc3339("2026-11-27T10:00:00-05:00");
  const auto open = opening();
  EXPECT_EQ(open.template_name, "vencido_amable_v1") << open.why_not;
  EXPECT_EQ(open.refusals, "");
  EXPECT_FALSE(open.not_before);
  EXPECT_TRUE(open.text.contains("F-0001")) << open.text;
  const auto sent = reply({.template_name = open.template_name, .author = "laura", .key = "k1"});
  ASSERT_TRUE(sent && sent->refusals.empty());
  house.now = *parse_rfc3339("2026-11-28T22:00:00-05:00");  // A Saturday night; Sunday is closed.
  EXPECT_EQ(opening().not_before, *parse_rfc3339("2026-11-30T07:00:00-05:00"));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='reply_refused'"), 0);
}

TEST_F(PeopleSpeak, WordsLeaveOnceUnderOneKey) {
  hear();
  const auto first = reply(words("Hola, soy Laura. Cuénteme."));
  ASSERT_TRUE(first && first->refusals.empty()) << first.error().message;
  const auto again = reply(words("Hola, soy Laura. Cuénteme."));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, first->id);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(reply(words("Otra cosa.")).error().code, ErrorCode::Invalid);
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person' AND state='in_flight'"),
            1);
  const auto line = talk().lines.back();
  EXPECT_EQ(line.voice, Voice::Person);
  EXPECT_EQ(line.author, "laura");
  EXPECT_EQ(line.text, "Hola, soy Laura. Cuénteme.");
}

TEST_F(PeopleSpeak, TheirWordSilencesTheStrategyUntilReleased) {
  house.channel.room = 0;
  hear();
  ASSERT_EQ(house.state(), MessageState::Planned);  // A reminder waits.
  ASSERT_TRUE(reply(words("Hola, la leo.")));
  EXPECT_EQ(house.state(), MessageState::Cancelled);
  EXPECT_EQ(house.messages()[0].reasons, "SUSPENDED_PERSON");
  EXPECT_EQ(talk().rests.front().until, house.now + 12 * kHourMs);
  EXPECT_TRUE(release_it());
  EXPECT_EQ(rests(), 0U);
  EXPECT_EQ(release_it().error().code, ErrorCode::Conflict);
}

TEST_F(PeopleSpeak, WhatTheBotWasAboutToSayIsDropped) {
  house.channel.room = 0;
  hear();
  const DebtorId who = id();
  house.write([&](Tx& tx) {
    tx.debtors.hold(creditor.id, {who});
    OutboxMessage answer{.id = tx.ids.next<MessageId>(house.now),
                         .creditor_id = creditor.id,
                         .debtor_id = who,
                         .dedupe_key = "turn:1",
                         .purpose = Purpose::Reply,
                         .kind = "text",
                         .step = "turn",
                         .planned_at = house.now,
                         .not_before = house.now,
                         .expires_at = house.now + kHourMs};
    EXPECT_TRUE(tx.outbox.insert(answer));
  });
  ASSERT_TRUE(reply(words("Yo le contesto.")));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE dedupe_key='turn:1' AND "
                        "state='cancelled' AND reasons='SUSPENDED_PERSON'"),
            1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person' AND state='planned'"), 1);
}

TEST_F(PeopleSpeak, WhatSomebodyWroteOutlivesAPauseOfHours) {
  hear();
  house.write([&](Tx& tx) { pause_sending(tx, creditor.id, house.now, "feriado", "ana"); });
  ASSERT_TRUE(reply(words("Ya miro su caso.")));
  house.now = house.now + 5 * kHourMs;
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person' AND state='planned'"), 1);
  house.write([&](Tx& tx) { EXPECT_TRUE(resume_sending(tx, creditor, house.now, "ana")); });
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person' AND state='in_flight'"),
            1);
}

TEST_F(PeopleSpeak, TheGateRefusesThreatsAtOnceAndTheRefusalIsRecorded) {
  hear();
  const auto refused = reply(words("Si no paga, lo vamos a embargar."));
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->refusals.contains("CONTENT_")) << refused->refusals;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person'"), 0);
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='reply_refused' AND detail LIKE '%CONTENT_%'"),
      1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE detail LIKE '%embargar%' OR facts "
                        "LIKE '%embargar%'"),
            0);
  EXPECT_EQ(rests(), 0U);
}

TEST_F(PeopleSpeak, NobodyWhoSaidStopIsAnswered) {
  hear("wamid.1", "BAJA");
  const auto refused = reply(words("Espere, hablemos."));
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->refusals.contains("OPTOUT_ALL")) << refused->refusals;
}

TEST_F(PeopleSpeak, AStrangerHearsOfNoDebt) {
  hear();
  house.write([&](Tx& tx) { tx.db.run("DELETE FROM address"); });
  EXPECT_EQ(reply(words("Su saldo es de $ 150.000.", "k1"))->refusals, "IDENTITY_UNCONFIRMED");
  EXPECT_EQ(reply(words("Buenos días, ¿hablo con Persona?", "k2"))->refusals, "");
}

TEST_F(PeopleSpeak, AClosedWindowTakesAnApprovedTemplateOnly) {
  const auto never = reply(words("Hola"));
  EXPECT_EQ(never.error().code, ErrorCode::Conflict);
  hear();
  house.now = house.now + 24 * kHourMs - 1;
  EXPECT_TRUE(reply(words("A tiempo.", "k2")));
  house.now = house.now + 1;
  const auto late = reply(words("Tarde.", "k3"));
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().message.contains("vencido_amable_v1"))
      << late.error().message;  // Due yesterday by now.
  const auto opened = reply({.template_name = "vencido_amable_v1", .author = "laura", .key = "k4"});
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->refusals, "");
  house.tick();
  // A person's own template leaves although the strategy rests for them.
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE template='vencido_amable_v1' AND "
                        "step='person' AND state='in_flight'"),
            1);
  house.write([&](Tx& tx) {
    tx.templates.save(creditor.id,
                      {"vencido_amable_v1", "es_CO", "PAUSED", "UTILITY", "", house.now});
  });
  EXPECT_EQ(
      reply({.template_name = "vencido_amable_v1", .author = "laura", .key = "k5"}).error().code,
      ErrorCode::Conflict);
}

TEST_F(PeopleSpeak, WhoHasNotSeenTheLastMessageReadsItFirst) {
  hear("wamid.1", "Hola");
  PersonWords mine = words("Hola.");
  mine.last_seen = talk().last_seen;
  hear("wamid.2", "Ya pagué ayer");
  EXPECT_EQ(reply(mine).error().code, ErrorCode::Conflict);
  mine.anyway = true;
  EXPECT_TRUE(reply(mine));
}

TEST_F(PeopleSpeak, CannedRepliesArePersonalAndKindAtNight) {
  hear();
  house.now = *parse_rfc3339("2026-11-25T03:00:00-05:00");
  const auto too_early = reply({.canned = "pago_encontrado", .author = "laura", .key = "k0"});
  ASSERT_FALSE(too_early)
      << "nobody is told that a payment was found of which the books know nothing";
  EXPECT_TRUE(too_early.error().message.contains("registre primero el pago"))
      << too_early.error().message;
  pay(1000000);
  int asked = 0;
  for (const auto& one : messaging::built_in_replies()) {
    const auto said =
        reply({.canned = one.name, .author = "laura", .key = fmt::format("k{}", ++asked)});
    ASSERT_TRUE(said) << one.name << ": " << said.error().message;
    EXPECT_EQ(said->refusals, "") << one.name << ": " << said->text;
    EXPECT_FALSE(said->text.contains("{{")) << said->text;
  }
  EXPECT_EQ(asked, 8);
  house.write([&](Tx& tx) {
    tx.canned_replies.set(creditor.id, {"saludo", "Buenas, {{nombre}}. Su saldo: {{total}}."},
                          house.now);
  });
  EXPECT_EQ(reply({.canned = "saludo", .author = "laura", .key = "k20"})->text,
            "Buenas, Persona. Su saldo: $ 140.000.");
  EXPECT_EQ(reply({.canned = "ninguna", .author = "laura", .key = "k21"}).error().code,
            ErrorCode::NotFound);
  EXPECT_FALSE(messaging::check_reply({"x", "Hola {{apodo}}"}));
  EXPECT_FALSE(messaging::check_reply({"Con Espacio", "Hola"}));
}

TEST_F(PeopleSpeak, WhoAskedForAPersonWaitsForOneWithoutEnd) {
  hear();
  const int64_t task = open_task(store::TaskKind::WantsPerson);
  EXPECT_FALSE(talk().rests.front().until);
  ASSERT_TRUE(reply(words("Aquí estoy.")));
  EXPECT_FALSE(talk().rests.front().until);  // A word does not make it shorter.
  EXPECT_TRUE(close(task, TaskOutcome::Settled));
  EXPECT_EQ(rests(), 0U);
  EXPECT_EQ(close(task, TaskOutcome::Done).error().code, ErrorCode::Conflict);
}

TEST_F(PeopleSpeak, WhatIsWrittenToAPersonWaitsAsATask) {
  hear();
  ASSERT_TRUE(reply(words("Cuénteme.")));
  EXPECT_TRUE(talk().tasks.empty());
  hear("wamid.2", "Es que me cobraron dos veces");
  ASSERT_EQ(talk().tasks.size(), 1U);
  const int64_t task = talk().tasks.front().id;
  EXPECT_TRUE(house.store->write([&](Tx& tx) {
    return snooze_task(tx, creditor, task, house.now + kDayMs, "laura", house.now);
  }));
  const auto page = [&](store::TaskFilter filter, std::string_view assignee = {}) {
    return house.write([&](Tx& tx) {
      return inbox_page(tx, creditor.id, {.tasks = filter, .assignee = std::string(assignee)},
                        house.now)
          .entries.size();
    });
  };
  EXPECT_EQ(page(store::TaskFilter::Waiting), 0U);
  EXPECT_EQ(page(store::TaskFilter::Snoozed), 1U);
  hear("wamid.3", "¿Sigue ahí?");  // They do not wait because we put it off.
  EXPECT_EQ(page(store::TaskFilter::Waiting), 1U);
  EXPECT_EQ(page(store::TaskFilter::Mine, "laura"), 0U);
  EXPECT_TRUE(house.store->write(
      [&](Tx& tx) { return assign_task(tx, creditor, task, "laura", "jefa", house.now); }));
  EXPECT_EQ(page(store::TaskFilter::Mine, "laura"), 1U);
  EXPECT_EQ(talk().tasks.size(), 1U);
}

TEST_F(PeopleSpeak, TheListTellsWhatWasSaidLastByWhomever) {
  const auto last = [&] {
    const auto page = house.write([&](Tx& tx) {
      return inbox_page(tx, creditor.id, {.tasks = {}, .assignee = {}, .label = {}, .among = {}},
                        house.now);
    });
    EXPECT_EQ(page.entries.size(), 1U);
    return page.entries.empty() ? std::nullopt : page.entries.front().last;
  };
  hear("wamid.1", "¿Con quién hablo?");
  house.now = house.now + kMinuteMs;
  ASSERT_TRUE(reply(words("Con Laura, de cartera.")));
  EXPECT_NE(last()->text, "Con Laura, de cartera.") << "it waits still";
  house.tick();
  EXPECT_EQ(last()->text, "Con Laura, de cartera.");
  EXPECT_EQ(last()->voice, Voice::Person);
}

TEST_F(PeopleSpeak, ClosingATaskLetsGoOnWhatRestedForIt) {
  hear();
  const DebtorId who = id();
  const auto claim = open_task(store::TaskKind::PaymentClaim);
  rest(store::SuspensionKind::Claim, house.now + 3 * kDayMs);
  const auto dispute = open_task(store::TaskKind::Dispute);
  rest(store::SuspensionKind::Dispute);
  house.write([&](Tx& tx) -> Result<void> {
    return set_flag(tx, creditor, who,
                    {.flag = CaseFlag::Disputed, .since = house.now, .through = "chat", .note = {}},
                    house.now);
  });
  ASSERT_EQ(rests(), 3U);  // And the person who was asked.
  EXPECT_TRUE(close(claim, TaskOutcome::Done));
  EXPECT_EQ(rests(), 3U);
  EXPECT_TRUE(close(dispute, TaskOutcome::Settled));
  EXPECT_EQ(rests(), 2U);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM case_flag WHERE cleared_at IS NULL"), 0);
  EXPECT_TRUE(close(open_task(store::TaskKind::PaymentClaim), TaskOutcome::Settled));
  EXPECT_EQ(rests(), 2U) << "they were told a date";
  const auto claim_again = open_task(store::TaskKind::PaymentClaim);
  EXPECT_EQ(close(claim_again, TaskOutcome::Confirmed).error().code, ErrorCode::Conflict)
      << "the books know of no payment";
  EXPECT_EQ(rests(), 2U);
  pay(1000000);
  EXPECT_TRUE(close(claim_again, TaskOutcome::Confirmed));
  EXPECT_EQ(rests(), 1U);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='task_closed' AND "
                        "detail='payment_claim confirmed by laura'"),
            1);
  const auto insists = open_task(store::TaskKind::PaymentClaim);
  rest(store::SuspensionKind::Claim);
  EXPECT_TRUE(close(insists, TaskOutcome::Settled));
  EXPECT_EQ(rests(), 1U) << "they were told no date";
}

TEST_F(PeopleSpeak, TheSummaryTellsTheBooksAndTheLastWord) {
  hear("wamid.1", "no me llegó la factura");
  open_task(store::TaskKind::Unclear);
  EXPECT_EQ(talk().summary,
            "Debe $ 150.000 en una factura; vence hoy. Lo último que escribió (24 de noviembre de "
            "2026, 9:00): «no me llegó la factura». "
            "Abierto: No se entendió lo que pide.");
}

TEST_F(PeopleSpeak, WhatATurnUnderstoodStandsWithTheLastItRead) {
  hear("wamid.1", "hola");
  hear("wamid.2", "ya pagué");
  const DebtorId who = id();
  house.write(
      [&](Tx& tx) { note(tx, creditor.id, who, house.now, "understood", "paid sure claim"); });
  const auto lines = talk().lines;
  const auto of = [&](std::string_view text) {
    return std::ranges::find(lines, text, &TranscriptLine::text)->understood;
  };
  EXPECT_EQ(of("hola"), "");
  EXPECT_EQ(of("ya pagué"), "paid sure claim");
}

TEST_F(PeopleSpeak, SavedRepliesAreReadAsThePersonWouldReadThem) {
  hear();
  const DebtorId who = id();
  const auto filled = [&](std::string_view name) {
    return house.write([&](Tx& tx) {
      const auto all = *filled_replies(tx, house.engine.desk(), creditor, who, house.now);
      return std::ranges::find(all, name, [](const FilledReply& one) { return one.reply.name; })
          ->text;
    });
  };
  EXPECT_EQ(filled("pago_encontrado"), "") << "the books know of no payment";
  EXPECT_TRUE(filled("enlace").ends_with("Este es su enlace: {{enlace}}")) << filled("enlace");
  EXPECT_TRUE(filled("saldo").find("$ 150.000") != std::string::npos) << filled("saldo");
  EXPECT_EQ(filled("comprobante"),
            reply({.canned = "comprobante", .author = "laura", .key = "k1"})->text);
  pay(1000000);
  EXPECT_TRUE(filled("pago_encontrado").find("$ 10.000") != std::string::npos)
      << filled("pago_encontrado");
}

TEST_F(PeopleSpeak, WhoWritesInAPauseHearsThatItWaits) {
  hear();
  EXPECT_FALSE(reply(words("Buenos días.", "k1"))->is_paused);
  house.write([&](Tx& tx) { pause_sending(tx, creditor.id, house.now, "Revisión", "operator"); });
  EXPECT_TRUE(reply(words("Ya le cuento.", "k2"))->is_paused);
}

TEST_F(PeopleSpeak, NotesAreTheirsWhoTheyAreAboutAndGoWithThem) {
  hear();
  const DebtorId who = id();
  ASSERT_TRUE(house.store->write([&](Tx& tx) {
    return add_note(tx, creditor, who, "Prefiere la tarde.", "laura", house.now);
  }));
  ASSERT_TRUE(reply(words("Anotado.")));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM note WHERE content LIKE '%tarde%'"), 0);  // Sealed.
  const auto lines = talk().lines;
  EXPECT_EQ(std::ranges::count(lines, Voice::Note, &TranscriptLine::voice), 1);
  ASSERT_TRUE(house.store->erase(creditor.id, who, house.now));
  for (const auto& line : talk().lines) EXPECT_EQ(line.text, "");
  EXPECT_EQ(reply(words("Hola otra vez", "k9")).error().code, ErrorCode::Conflict);
}

}  // namespace
}  // namespace puntual::engine
