// A no is recorded like a yes: with all that it rested on.
#include "engine/decision_record.h"

#include "base/crypto.h"
#include "base/json.h"
#include "engine/identify.h"
#include "engine/person_commands.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kAlways[] = {
    "purpose",      "channel",      "recipient_role",   "identity",
    "jurisdiction", "pack_version", "calendar_version", "zone_table",
    "profile",      "reasons",      "rule_ids",         "zones",
    "local",        "consent",      "counters"};
constexpr std::string_view kOfAMessage[] = {"balance_minor", "currency", "invoices",
                                            "text_sha256",   "template", "template_version"};

class DecisionRecord : public testing::Test {
 protected:
  DecisionRecord() {
    house.now = *parse_rfc3339("2026-11-24T05:00:00-05:00");
    house.add_people(1);
    who = house.write([](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    });
  }
  // The facts of the newest record of this kind.
  json::value facts(std::string_view kind, std::string_view detail) {
    json::value found;
    house.write([&](Tx& tx) {
      tx.timeline.each([&](const store::TimelineEvent& one) {
        if (one.kind == kind && one.detail.contains(detail) && !one.facts.empty())
          found = *parse_json(one.facts);
      });
    });
    return found;
  }
  void expect_whole(const json::value& record, bool has_message = true) {
    ASSERT_TRUE(record.is_object());
    for (const auto key : kAlways) EXPECT_NE(member(record, key), nullptr) << key;
    for (const auto key : kOfAMessage)
      EXPECT_EQ(member(record, key) != nullptr, has_message) << key;
    EXPECT_NE(member(record, "next_allowed"), nullptr);
    EXPECT_EQ(member_text(record, "pack_version").value_or("").substr(0, 3), "CO-");
    EXPECT_TRUE(member_text(record, "calendar_version").value_or("").contains("calendar"));
  }
  // Planned early, for the opening of the day.
  void plan_for_later() {
    house.tick();
    ASSERT_EQ(house.state(), MessageState::Planned);
    house.now = *parse_rfc3339("2026-11-24T10:00:00-05:00");
  }
  TestHouse house;
  DebtorId who;
};

TEST_F(DecisionRecord, OfAPlanForLater) {
  plan_for_later();
  const auto record = facts("proposed", "");
  expect_whole(record);
  EXPECT_EQ(record.at("reasons").at(0), "WINDOW_HOURS");
  EXPECT_EQ(record.at("consent").at("kind"), "file");
  EXPECT_EQ(member_text(record, "local"), "2026-11-24T05:00:00-05:00");
}

TEST_F(DecisionRecord, OfACancelledMessage) {
  plan_for_later();
  house.write([&](Tx& tx) { account_changed(tx, TestHouse::kCreditor, who, "test", house.now); });
  house.tick();
  const auto record = facts("cancelled", "IDENTITY_UNCONFIRMED");
  expect_whole(record);
  EXPECT_EQ(record.at("identity").at("state"), "unconfirmed");
  EXPECT_TRUE(member(record, "next_allowed")->is_null());
}

TEST_F(DecisionRecord, OfAWaitThatThePlatformAsksFor) {
  plan_for_later();
  house.write([&](Tx& tx) {
    const auto message = tx.outbox.of_debtor(TestHouse::kCreditor, who).at(0);
    tx.templates.save(TestHouse::kCreditor,
                      {message.template_name, message.language, "PAUSED", "", "", house.now});
  });
  house.tick();
  const auto record = facts("postponed", "TEMPLATE_PAUSED");
  expect_whole(record);
  EXPECT_EQ(record.at("reasons").at(0), "TEMPLATE_PAUSED");
  EXPECT_FALSE(member_array(record, "rule_ids")
                   ->empty());  // The law would have allowed it: these were asked.
}

TEST_F(DecisionRecord, OfASilenceByTheGateAndOfOneBeforeIt) {
  house.write([&](Tx& tx) {
    EXPECT_TRUE(stop_person(tx, TestHouse::creditor(), who, {.channel = {}, .by = "api", .why = {}},
                            house.now));
  });
  house.tick();
  expect_whole(facts("silent", "OPTOUT_ALL"));
}

// Before any text is made, and without the gate being asked.
TEST_F(DecisionRecord, OfANumberThatIsNotTheirs) {
  house.write([&](Tx& tx) {
    Address address;
    address.state = AddressState::Wrong;
    tx.debtors.hold(TestHouse::kCreditor, {who});
    tx.addresses.save(TestHouse::kCreditor, who,
                      address_value(*tx.debtors.find(TestHouse::kCreditor, who)), address);
  });
  house.tick();
  const auto record = facts("silent", "WRONG_NUMBER");
  expect_whole(record, false);
  EXPECT_EQ(record.at("identity").at("state"), "wrong");
}

// A case of one's own making: what the builder says of it.
json::value record_of(const ContactRequest& request, ContactFacts facts, Instant now) {
  const Address address;
  return *parse_json(facts_of_no({.request = request,
                                  .facts = facts,
                                  .zone = Zone::of("America/Bogota"),
                                  .address = address,
                                  .reasons = {}},
                                 {}, now));
}

// A receipt, a reply and what was refused are no contacts that the caps speak of.
TEST(CountersOfADecision, AreThoseOfTheGate) {
  const Instant now = *parse_rfc3339("2026-11-24T09:00:00-05:00");
  ContactFacts facts;
  facts.history = {
      {now - kHourMs, Direction::Out, Channel::WhatsApp, Purpose::PaymentConfirmation,
       ContactStatus::Sent},
      {now - kHourMs, Direction::Out, Channel::WhatsApp, Purpose::Overdue, ContactStatus::Refused},
      {now - kHourMs, Direction::In, Channel::WhatsApp, Purpose::Overdue, ContactStatus::Sent},
      {now - 2 * kHourMs, Direction::Out, Channel::Voice, Purpose::Overdue, ContactStatus::Sent},
      {now - 3 * kDayMs, Direction::Out, Channel::WhatsApp, Purpose::PreDue,
       ContactStatus::Uncertain},
      {now - 8 * kDayMs, Direction::Out, Channel::WhatsApp, Purpose::Overdue, ContactStatus::Sent}};
  const json::value record = record_of({.jurisdiction = "CO"}, facts, now);
  EXPECT_EQ(
      record.at("counters"),
      *parse_json(
          R"({"today":1,"seven_dates":2,"by_channel":{"whatsapp":{"today":0,"seven_dates":1},"voice":{"today":1,"seven_dates":1}},)"
          R"("last_at":"2026-11-24T07:00:00-05:00"})"));
}

TEST(LawOfADecision, NamesBothPacksTheReadingAndTheWish) {
  const Instant now = *parse_rfc3339("2026-11-24T09:00:00-05:00");
  ContactFacts facts;
  facts.consumer_hours =
      ConsumerHours{.intervals = {}, .asked_at = now - kDayMs, .separate_instrument = true};
  facts.hours_instrument = "carta 7";
  facts.permission.words[0] = {.kind = "form", .text_version = "v3"};
  const Profile profile{
      .literal_by_default = false, .literal_rules = {"CO-PREDUE"}, .strict_rules = {}};
  ContactRequest request{.jurisdiction = "CO", .creditor_jurisdiction = "PE", .profile = &profile};
  request.consent[0] = {
      .granted = true, .granted_at = now - kDayMs, .instrument = "formulario 33", .revoked_at = {}};
  const json::value record = record_of(request, facts, now);
  EXPECT_TRUE(member_text(record, "pack_version")->starts_with("CO-"));
  EXPECT_TRUE(member_text(record, "creditor_pack_version")->starts_with("PE-"));
  EXPECT_TRUE(member_text(record, "creditor_calendar_version")->starts_with("PE-calendar-"));
  EXPECT_EQ(record.at("profile"), json::value(json::array{"CO-PREDUE"}));
  EXPECT_EQ(record.at("consumer_hours").at("instrument_sha256"),
            json::value(hex(sha256("carta 7"))));
  EXPECT_EQ(record.at("consent").at("instrument_sha256"),
            json::value(hex(sha256("formulario 33"))));
  EXPECT_EQ(record.at("consent").at("kind"), "form");
  EXPECT_EQ(record.at("consent").at("text_version"), "v3");
  EXPECT_FALSE(record.at("consent").as_object().contains("dated"));
  facts.permission.words[0].is_dated = false;
  EXPECT_EQ(record_of(request, facts, now).at("consent").at("dated"), json::value(false))
      << "nobody said since when";
  request.profile = nullptr;
  EXPECT_EQ(record_of(request, facts, now).at("profile"), "strict");
}

}  // namespace
}  // namespace puntual::engine
