// What is told of a person: the ledger it leaves, who it reaches, and what is refused.
#include "engine/person_commands.h"

#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class PersonCommands : public testing::Test {
 protected:
  PersonCommands() { house.add_people(3); }

  template <class F>
  bool done(F&& act) {
    const auto answer = house.store->write([&](Tx& tx) -> Result<void> { return act(tx); });
    if (!answer) said = answer.error().message;
    return answer.has_value();
  }
  DebtorId id(int person) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person))
          ->debtor_id;
    });
  }
  PersonFacts facts(int person) {
    const DebtorId who = id(person);
    return house.write([&](Tx& tx) { return *person_facts(tx, creditor, who, Law{}, house.now); });
  }
  bool link(int a, int b) {
    return done([&, x = id(a), y = id(b)](Tx& tx) {
      return link_people(tx, creditor, x, y, "operator", house.now);
    });
  }
  bool stop(int person) {
    return done([&, who = id(person)](Tx& tx) {
      return stop_person(tx, creditor, who, {.channel = {}, .why = "dijo en la calle que no"},
                         house.now);
    });
  }
  bool may_be_written_to(int person) { return facts(person).now.allowed; }
  bool allow(int person, Instant requested_at, std::string instrument) {
    return done([&, who = id(person)](Tx& tx) {
      return allow_person(tx, creditor, who,
                          {.channel = {}, .requested_at = requested_at, .instrument = instrument},
                          house.now);
    });
  }
  static store::ConsentEntry form(std::string instrument, Instant at) {
    return {.at = at,
            .kind = "form",
            .instrument = std::move(instrument),
            .text_version = "v3",
            .by = "operator"};
  }

  TestHouse house;
  const Creditor creditor = TestHouse::creditor();
  std::string said;
};

TEST_F(PersonCommands, AStopCancelsWhatIsPlannedAndKeepsItsWordsOutOfTheTimeline) {
  house.channel.room = 0;
  house.tick();
  ASSERT_EQ(house.state(), MessageState::Planned);
  ASSERT_TRUE(stop(1));
  EXPECT_EQ(house.state(), MessageState::Cancelled);
  EXPECT_EQ(house.state(2), MessageState::Planned);
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='opted_out' AND detail='all by operator'"),
      1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE detail LIKE '%calle%'"), 0);
  EXPECT_FALSE(may_be_written_to(1));
}

// The platform lets us answer the number that wrote; the other one has not written.
TEST_F(PersonCommands, AMessageFromOneNumberOpensNoWindowForTheOtherOfTheSamePerson) {
  ASSERT_TRUE(link(1, 2));
  house.deliver(TestHouse::said(1, "wamid.1", "hola"));
  house.tick();
  const auto heard = [&](int person) {
    return house.write([&, who = id(person)](Tx& tx) {
      return contact_facts(tx, *tx.debtors.find(creditor.id, who), house.now, Law{})
          .last_inbound_at;
    });
  };
  EXPECT_TRUE(heard(1));
  EXPECT_FALSE(heard(2));
}

TEST_F(PersonCommands, APersonSettlesWhoseTheNumberIs) {
  const auto settle = [&](int person, bool is_theirs, std::string_view evidence) {
    return done([&, who = id(person)](Tx& tx) {
      return settle_number(tx, creditor, who,
                           {.is_theirs = is_theirs, .evidence = std::string(evidence), .by = "ana"},
                           house.now);
    });
  };
  const auto state = [&](int person) {
    return house.write([&, who = id(person)](Tx& tx) {
      return address_in_use(tx, *tx.debtors.find(creditor.id, who)).state;
    });
  };
  EXPECT_FALSE(settle(1, false, ""));  // Not without saying how it is known.
  EXPECT_TRUE(settle(1, false, "llamada"));
  EXPECT_EQ(state(1), AddressState::Wrong);
  EXPECT_FALSE(settle(1, true, "contrato 8"));
  EXPECT_EQ(state(1), AddressState::Wrong);
  house.write([&, who = id(2)](Tx& tx) {
    const auto debtor = *tx.debtors.find(creditor.id, who);
    tx.debtors.hold(creditor.id, {who});
    tx.addresses.save(creditor.id, who, address_value(debtor), {.state = AddressState::Doubt});
  });
  EXPECT_TRUE(settle(2, true, "llamada del lunes"));
  EXPECT_EQ(state(2), AddressState::Confirmed);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='number_told' AND detail IN "
                        "('wrong by ana','confirmed by ana')"),
            2);
}

TEST_F(PersonCommands, HoursThatLeaveNoRoomForAReminderAreTold) {
  const auto wish = [&](int from, int to) {
    store::HoursWish wish{.hours = {.intervals = {{0b1111111, static_cast<int32_t>(from * kHourMs),
                                                   static_cast<int32_t>(to * kHourMs)}},
                                    .asked_at = house.now},
                          .instrument = "carta",
                          .by = "operator"};
    return done(
        [&, who = id(1)](Tx& tx) { return wish_hours(tx, creditor, who, wish, house.now); });
  };
  EXPECT_TRUE(facts(1).has_room);
  ASSERT_TRUE(wish(9, 12));  // Three hours hold no message that lives three, and its margin.
  EXPECT_FALSE(facts(1).has_room);
  ASSERT_TRUE(wish(9, 13));
  EXPECT_TRUE(facts(1).has_room);
  ASSERT_TRUE(wish(18, 23));  // One hour of it is lawful.
  EXPECT_FALSE(facts(1).has_room);
  EXPECT_TRUE(facts(1).hours_may_replace);
}

TEST_F(PersonCommands, OnlyALaterRequestWithItsProofLiftsAStop) {
  ASSERT_TRUE(stop(1));
  house.now = house.now + kHourMs;
  EXPECT_FALSE(allow(1, house.now, ""));
  EXPECT_FALSE(allow(1, house.now - 2 * kHourMs, "carta de antes"));
  EXPECT_FALSE(allow(1, house.now + kHourMs, "carta del futuro"));
  EXPECT_FALSE(may_be_written_to(1));
  EXPECT_TRUE(allow(1, house.now, "carta 12"));
  EXPECT_TRUE(may_be_written_to(1));
  EXPECT_FALSE(allow(1, house.now, "carta 12")) << "nothing is in force";
  // The stop and what lifted it are kept, and a second stop is a new one.
  ASSERT_TRUE(stop(1));
  EXPECT_FALSE(may_be_written_to(1));
  const auto stops = facts(1).opt_outs;
  ASSERT_EQ(stops.size(), 2u);
  EXPECT_EQ(stops[0].lifted_by_instrument, "carta 12");
  EXPECT_FALSE(stops[1].lifted_at);
}

TEST_F(PersonCommands, AskingForMessagesLiftsTheStopsThatCameFromThisPhone) {
  house.import(std::string(TestHouse::kTitles) +
               "Otra;20.000.001;+573000000001;F-0009;24/11/2026;90,00;90,00;COP\n");
  house.deliver(TestHouse::said(1, "wamid.1", "no me escriban más"));
  house.tick();
  ASSERT_FALSE(may_be_written_to(1));
  ASSERT_FALSE(may_be_written_to(9));
  house.now = house.now + kDayMs;
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
    return allow_by_words(tx, creditor, who, house.now, "wamid.2", house.now);
  }));
  EXPECT_TRUE(may_be_written_to(1));
  EXPECT_TRUE(may_be_written_to(9));
  EXPECT_EQ(facts(1).consents.back().instrument, "wamid.2");
}

TEST_F(PersonCommands, WhatAnotherSaidOfTheSamePhoneIsTheirsToTakeBack) {
  house.import(std::string(TestHouse::kTitles) +
               "Otra;20.000.001;+573000000001;F-0009;24/11/2026;90,00;90,00;COP\n");
  ASSERT_TRUE(stop(9));
  house.now = house.now + kHourMs;
  EXPECT_FALSE(may_be_written_to(1));
  EXPECT_FALSE(allow(1, house.now, "carta 12"));
  EXPECT_FALSE(may_be_written_to(1));
}

TEST_F(PersonCommands, TheLedgerOfConsentsKeepsEverythingAndNamesTheProofInForce) {
  const auto grant = [&](std::string instrument, Instant at) {
    return done([&, who = id(1)](Tx& tx) {
      return grant_consent(tx, creditor, who, form(instrument, at), house.now);
    });
  };
  const auto revoke = [&] {
    return done([&, who = id(1)](Tx& tx) {
      return revoke_consent(tx, creditor, who, form("carta 8", house.now), house.now);
    });
  };
  const auto in_force = [&] {
    const auto consent = facts(1).permission.consent[static_cast<size_t>(Channel::WhatsApp)];
    return consent.granted && !consent.revoked_at ? consent.instrument : std::string();
  };
  EXPECT_EQ(in_force(), "Contrato");
  house.now = house.now + kDayMs;
  ASSERT_TRUE(revoke());
  EXPECT_EQ(in_force(), "");
  house.now = house.now + kDayMs;
  EXPECT_FALSE(grant("", house.now));
  EXPECT_FALSE(grant("Contrato", house.now)) << "the proof that was taken back";
  EXPECT_FALSE(grant("formulario 1", house.now - 30 * kDayMs)) << "older than the revocation";
  EXPECT_FALSE(grant("formulario 1", house.now + kDayMs)) << "in the future";
  EXPECT_EQ(in_force(), "");
  EXPECT_TRUE(grant("formulario 2", house.now));
  EXPECT_EQ(in_force(), "formulario 2");
  house.now = house.now + kDayMs;
  ASSERT_TRUE(revoke());
  EXPECT_EQ(in_force(), "");
  const auto ledger = facts(1).consents;
  ASSERT_EQ(ledger.size(), 4u);
  EXPECT_EQ(ledger[2].text_version, "v3");
}

TEST_F(PersonCommands, BeingToldOfHoursAndChannelsIsNoConsent) {
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) -> Result<void> {
    tx.debtors.hold(creditor.id, {who});
    tx.permissions.note_told(creditor.id, who, Channel::WhatsApp, house.now, "wamid.7", house.now,
                             tx.ids);
    return {};
  }));
  EXPECT_EQ(facts(1).consents.back().act, store::ConsentAct::Told);
  EXPECT_EQ(facts(1).permission.consent[static_cast<size_t>(Channel::WhatsApp)].instrument,
            "Contrato");
}

// Invariant (d) of the law document: splitting a debt in two changes nothing.
TEST_F(PersonCommands, LinkedRecordsGetOneAnswer) {
  ASSERT_TRUE(link(1, 2));
  const auto same_answer = [&] {
    const auto a = facts(1).now, b = facts(2).now;
    EXPECT_EQ(a.reasons, b.reasons);
    EXPECT_EQ(a.next_allowed, b.next_allowed);
    return a.allowed == b.allowed;
  };
  house.tick();  // One of them was written to.
  EXPECT_EQ(house.channel.submitted.size(), 2u) << "one for the linked, one for the third";
  EXPECT_TRUE(same_answer());
  ASSERT_TRUE(done([&, who = id(2)](Tx& tx) {
    return record_contact(tx, creditor, who, {.channel = Channel::Voice, .at = house.now},
                          house.now);
  }));
  EXPECT_TRUE(same_answer());
  for (const auto flag : kCaseFlags) {
    ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
      return set_flag(tx, creditor, who,
                      {.flag = flag, .since = house.now, .through = "operator", .note = {}},
                      house.now);
    }));
    EXPECT_TRUE(same_answer());
    EXPECT_FALSE(facts(2).now.allowed);
    ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
      return clear_flag(tx, creditor, who, {.flag = flag, .set_through = {}}, house.now);
    }));
  }
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
    return revoke_consent(tx, creditor, who, form("carta", house.now), house.now);
  }));
  EXPECT_TRUE(same_answer());
  ASSERT_TRUE(stop(2));
  EXPECT_TRUE(same_answer());
}

TEST_F(PersonCommands, RecordsAreLinkedInChainsAndTakenApart) {
  ASSERT_TRUE(link(1, 2));
  ASSERT_TRUE(link(3, 2));
  ASSERT_TRUE(stop(1));
  EXPECT_FALSE(may_be_written_to(3));
  EXPECT_EQ(facts(3).kin.size(), 2u);
  // Without the one in the middle, or the one that stands for all, the others keep together.
  ASSERT_TRUE(done([&, who = id(3)](Tx& tx) {
    return unlink_person(tx, creditor, who, "operator", house.now);
  }));
  EXPECT_TRUE(may_be_written_to(3));
  EXPECT_FALSE(may_be_written_to(2));
  EXPECT_FALSE(done([&, who = id(3)](Tx& tx) {
    return unlink_person(tx, creditor, who, "operator", house.now);
  }));
  EXPECT_FALSE(link(1, 1));
}

TEST_F(PersonCommands, TheOneThatStandsForTheOthersMayLeave) {
  ASSERT_TRUE(link(1, 2));
  ASSERT_TRUE(link(1, 3));
  ASSERT_TRUE(stop(2));
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
    return unlink_person(tx, creditor, who, "operator", house.now);
  }));
  EXPECT_TRUE(may_be_written_to(1));
  EXPECT_FALSE(may_be_written_to(3));
  EXPECT_EQ(facts(3).kin.size(), 1u);
}

TEST_F(PersonCommands, AContactToldTwiceCountsOnceAndNoneLiesInTheFuture) {
  const auto tell = [&](Instant at) {
    return done([&, who = id(1)](Tx& tx) {
      return record_contact(tx, creditor, who, {.channel = Channel::Voice, .at = at}, house.now);
    });
  };
  EXPECT_TRUE(tell(house.now));
  EXPECT_TRUE(tell(house.now));
  EXPECT_FALSE(tell(house.now + kHourMs));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='contact_told'"), 1);
}

TEST_F(PersonCommands, ACallOfTheirsOpensNoWindowOnWhatsApp) {
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
    return record_contact(tx, creditor, who,
                          {.channel = Channel::Voice, .direction = Direction::In, .at = house.now},
                          house.now);
  }));
  house.write([&, who = id(1)](Tx& tx) {
    EXPECT_FALSE(
        contact_facts(tx, *tx.debtors.find(creditor.id, who), house.now, Law{}).last_inbound_at);
  });
  EXPECT_TRUE(may_be_written_to(1));
}

TEST_F(PersonCommands, AFileTakesBackItsOwnWordOnly) {
  const std::string titles =
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Estado jurídico\n";
  const auto file = [&](std::string_view state, std::string_view second = {}) {
    std::string csv =
        titles +
        fmt::format("Persona 1;10.000.001;+573000000001;F-0001;24/11/2026;150000,00;{}\n", state);
    if (!second.empty())
      csv +=
          fmt::format("Persona 1;10.000.001;+573000000001;F-0007;24/11/2026;90000,00;{}\n", second);
    return house.import(csv);
  };
  file("Judicial", "normal");  // What one row tells of the person, the other does not take back.
  EXPECT_FALSE(may_be_written_to(1));
  file("Extrajudicial", "normal");
  EXPECT_TRUE(may_be_written_to(1));
  ASSERT_TRUE(done([&, who = id(1)](Tx& tx) {
    return set_flag(
        tx, creditor, who,
        {.flag = CaseFlag::ServedInCourt, .since = house.now, .through = "operator", .note = {}},
        house.now);
  }));
  file("Extrajudicial");
  EXPECT_FALSE(may_be_written_to(1));
  EXPECT_EQ(file("quizás").rejected, 1);
}

}  // namespace
}  // namespace puntual::engine
