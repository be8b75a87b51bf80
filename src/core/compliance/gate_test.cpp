// One case a rule. The worked examples of the law document are in src/cli/gate_json_test.cpp.
#include "core/compliance/gate.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace puntual::compliance {
namespace {

Instant when(std::string_view text) { return *parse_rfc3339(text); }

ContactRequest overdue(std::string_view country) {
  ContactRequest request;
  request.jurisdiction = country;
  return request;
}

// "allowed", or the codes and what comes next.
std::string said(const Decision& decision) {
  std::string text = decision.allowed ? "allowed" : "";
  for (const auto reason : decision.reasons)
    text += (text.empty() ? "" : " ") + std::string(code_of(reason));
  if (decision.allowed) return text;
  return text + (decision.next_allowed
                     ? " > " + format_rfc3339(*decision.next_allowed, decision.offset_seconds)
                     : "");
}
std::string ask(const ContactRequest& request, std::string_view now) {
  return said(decide(request, when(now)));
}

constexpr std::string_view kTuesday = "2026-11-24T10:00:00-05:00";
constexpr std::string_view kSunday = "2026-11-29T10:00:00-05:00";

TEST(Gate, NoPackNoPermission) {
  EXPECT_EQ(ask(overdue("US"), kTuesday), "NO_RULE_PACK");
  EXPECT_EQ(ask(overdue(""), kTuesday), "NO_RULE_PACK");
  EXPECT_EQ(ask(overdue("co"), kTuesday), "NO_RULE_PACK");
  auto request = overdue("CO");
  request.creditor_jurisdiction = "US";
  EXPECT_EQ(ask(request, kTuesday), "NO_RULE_PACK");
}

TEST(Gate, OldPacksAndCalendarsRefuse) {
  EXPECT_EQ(ask(overdue("CO"), "2027-12-31T10:00:00-05:00"), "allowed");
  EXPECT_EQ(ask(overdue("CO"), "2028-02-01T10:00:00-05:00"), "PACK_STALE");
  EXPECT_EQ(ask(overdue("CO"), "2023-11-21T10:00:00-05:00"), "NO_CALENDAR");
  auto request = overdue("CO");
  request.calendar_until = date_of(2026, 11, 23);
  EXPECT_EQ(ask(request, kTuesday), "NO_CALENDAR");
  request.calendar_until = date_of(2026, 11, 24);
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  // Tomorrow is not in the calendar: nobody knows when it may be sent.
  EXPECT_EQ(ask(request, "2026-11-24T19:00:00-05:00"), "WINDOW_HOURS HORIZON");
  // Not even what is exempt leaves without rules.
  request.purpose = Purpose::Authentication;
  EXPECT_EQ(ask(request, kSunday), "NO_CALENDAR");
}

TEST(Gate, HardBlocksComeFirstAndHaveNoNext) {
  auto request = overdue("PE");
  request.case_flags = 0xFF;
  request.role = Role::Employer;
  request.optout_all = true;
  EXPECT_EQ(
      ask(request, kSunday),
      "THIRD_PARTY DECEASED DEBT_CLOSED DISPUTE_PENDING JUDICIAL_STAGE OPTOUT_ALL WINDOW_WEEKDAY");
  request = overdue("CO");
  request.role = Role::Minor;
  EXPECT_EQ(ask(request, kTuesday), "MINOR");
  for (const Role role : {Role::Debtor, Role::CoDebtor, Role::Guarantor}) {
    request.role = role;
    EXPECT_EQ(ask(request, kTuesday), "allowed");
  }
  request.optout_channels = 1 << static_cast<int>(Channel::WhatsApp);
  EXPECT_EQ(ask(request, kTuesday), "OPTOUT_CHANNEL");
  request.channel = Channel::Email;
  EXPECT_EQ(ask(request, kTuesday), "allowed");
}

TEST(Gate, ConsentByChannel) {
  auto request = overdue("CO");
  request.consent_for_all = false;
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
  auto& consent = request.consent[static_cast<size_t>(Channel::WhatsApp)];
  consent = {true, when("2026-01-10T10:00:00-05:00"), "c-1", std::nullopt};
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  consent.revoked_at = when("2026-11-23T10:00:00-05:00");
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
  request.channel = Channel::Sms;
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
  request.jurisdiction = "PE";  // Elsewhere the house asks for it on WhatsApp alone.
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  request.channel = Channel::WhatsApp;
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
}

TEST(Gate, RepliesAreExemptForADayOnTheirChannel) {
  auto request = overdue("CO");
  request.purpose = Purpose::Reply;
  EXPECT_EQ(ask(request, kSunday), "WINDOW_WEEKDAY > 2026-11-30T07:00:00-05:00");
  request.last_inbound_at = when("2026-11-28T10:00:00-05:00");
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_REPLY");
  EXPECT_EQ(decide(request, when(kSunday)).rule_ids, std::vector<std::string_view>{"CO-EXC-INFO"});
  EXPECT_EQ(ask(request, "2026-11-29T10:00:00.001-05:00"),
            "WINDOW_WEEKDAY > 2026-11-30T07:00:00-05:00");
  request.consent_for_all = false;  // The person opened the channel.
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_REPLY");
  request.last_inbound_channel = Channel::Sms;
  EXPECT_EQ(ask(request, kSunday), "CHANNEL_NOT_AUTHORISED WINDOW_WEEKDAY");
  request.last_inbound_channel = Channel::WhatsApp;
  request.optout_all = true;
  EXPECT_EQ(ask(request, kSunday), "OPTOUT_ALL");
}

TEST(Gate, AnExemptTextThatDemandsIsACollection) {
  auto request = overdue("CO");
  request.purpose = Purpose::Reply;
  request.last_inbound_at = when(kSunday);
  request.text = "Hola Ana, soy Laura de Colegio San Marcos. Tu saldo es de $ 240.000.";
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_REPLY");
  request.text =
      "Hola Ana, soy Laura de Colegio San Marcos. Tu saldo es de $ 240.000. Por favor realiza el "
      "pago.";
  EXPECT_EQ(ask(request, kSunday), "WINDOW_WEEKDAY > 2026-11-30T07:00:00-05:00");
}

TEST(Gate, ReceiptsAreExemptForTwoHours) {
  auto request = overdue("MX");
  request.purpose = Purpose::PaymentConfirmation;
  request.paid_at = when("2026-11-29T08:00:00-05:00");
  request.case_flags = 1 << static_cast<int>(CaseFlag::Paid);
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_PAYMENT_CONFIRMATION");
  EXPECT_EQ(ask(request, "2026-11-29T10:00:01-05:00"),
            "WINDOW_WEEKDAY > 2026-11-30T09:00:00-06:00");
}

TEST(Gate, APaidDebtIsNotAskedForUnderAReceiptsName) {
  auto request = overdue("CO");
  request.purpose = Purpose::PaymentConfirmation;
  request.paid_at = when("2026-11-24T09:59:00-05:00");
  request.case_flags = 1 << static_cast<int>(CaseFlag::Paid);
  request.text = "Gimnasio Sol: recibimos su pago. Muchas gracias.";
  EXPECT_TRUE(ask(request, "2026-11-24T10:00:00-05:00").starts_with("allowed"));
  request.text = "Gimnasio Sol: recibimos su pago. Por favor pague los $20.000 restantes hoy.";
  EXPECT_TRUE(ask(request, "2026-11-24T10:00:00-05:00").contains("DEBT_CLOSED"));
}

// What is left may be told to whoever asked for it; in a receipt it is a reminder.
TEST(Gate, AReceiptThatRemindsWaitsForTheWindow) {
  auto request = overdue("CO");
  request.purpose = Purpose::PaymentConfirmation;
  request.paid_at = when("2026-11-29T09:59:00-05:00");
  request.text = "Gimnasio Sol: recibimos su pago. Falta el pago de $20.000.";
  EXPECT_EQ(ask(request, kSunday), "WINDOW_WEEKDAY > 2026-11-30T07:00:00-05:00");
  request.text = "Gimnasio Sol: recibimos su pago. De esa factura quedan $20.000. ¡Gracias!";
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_PAYMENT_CONFIRMATION");
  request.purpose = Purpose::Reply;
  request.last_inbound_at = when("2026-11-29T09:58:00-05:00");
  request.text = "Su factura F-1 de $20.000 sigue pendiente desde el 5 de noviembre.";
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_REPLY");
}

TEST(Gate, AnOpenDisputeKeepsNoReceiptBack) {
  auto request = overdue("PE");
  request.purpose = Purpose::PaymentConfirmation;
  request.paid_at = when(kTuesday);
  request.case_flags =
      1 << static_cast<int>(CaseFlag::Disputed) | 1 << static_cast<int>(CaseFlag::UtilityClaimOpen);
  request.text = "Aguas del Valle: recibimos su pago. Muchas gracias.";
  EXPECT_EQ(ask(request, kTuesday), "allowed EXEMPT_PAYMENT_CONFIRMATION");
  request.text = "Aguas del Valle: recibimos su pago. Falta pagar el resto.";
  EXPECT_EQ(ask(request, kTuesday), "DISPUTE_PENDING");
}

// Ley 2300 de 2023, art. 6: not at home and not at work, but for a visit that was authorised.
TEST(Gate, ColombiaForbidsVisits) {
  auto request = overdue("CO");
  request.channel = Channel::Visit;
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
  EXPECT_EQ(decide(request, when(kTuesday)).rule_ids, std::vector<std::string_view>{"CO-VISIT"});
  const Profile literal{.literal_by_default = true};
  request.profile = &literal;
  request.consent_for_all = false;
  request.consent[static_cast<size_t>(Channel::WhatsApp)] = {
      .granted = true, .granted_at = when("2026-01-10T10:00:00-05:00")};
  EXPECT_EQ(ask(request, kTuesday), "CHANNEL_NOT_AUTHORISED");
  request.consent[static_cast<size_t>(Channel::Visit)] = {
      .granted = true, .granted_at = when("2026-01-10T10:00:00-05:00")};
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  request.profile = nullptr;
  request.channel = Channel::Voice;
  request.consent_for_all = true;
  EXPECT_EQ(ask(request, kTuesday), "allowed");
}

TEST(Gate, AStopIsAcknowledgedOnce) {
  auto request = overdue("CO");
  request.purpose = Purpose::OptOutAck;
  request.optout_all = true;
  EXPECT_EQ(ask(request, kSunday), "allowed EXEMPT_OPTOUT_ACK");
  const Contact acknowledged{when(kSunday), Direction::Out, Channel::WhatsApp, Purpose::OptOutAck,
                             ContactStatus::Sent};
  request.history = {&acknowledged, 1};
  EXPECT_EQ(ask(request, kSunday), "OPTOUT_ALL WINDOW_WEEKDAY");
}

TEST(Gate, WhatCountsAsAContact) {
  const auto after = [](Contact contact, const Profile* profile = nullptr) {
    auto request = overdue("CO");
    request.profile = profile;
    contact.at = when("2026-11-24T08:00:00-05:00");
    request.history = {&contact, 1};
    return decide(request, when(kTuesday)).allowed;
  };
  EXPECT_FALSE(after({.purpose = Purpose::PreDue}));
  EXPECT_FALSE(after({.purpose = Purpose::IdentityCheck}));
  EXPECT_FALSE(after({.status = ContactStatus::Failed}));
  EXPECT_FALSE(after({.status = ContactStatus::Uncertain}));
  EXPECT_TRUE(after({.status = ContactStatus::Refused}));
  EXPECT_TRUE(after({.direction = Direction::In}));
  EXPECT_TRUE(after({.purpose = Purpose::PaymentConfirmation}));
  EXPECT_TRUE(after({.purpose = Purpose::OptOutAck}));
  EXPECT_FALSE(after({.purpose = Purpose::Reply}));  // A talk about the debt is that day's contact.
  const Profile literal{.literal_rules = {"CO-COUNT"}};
  EXPECT_TRUE(after({.purpose = Purpose::Reply}, &literal));
}

TEST(Gate, AnEventFromTheFutureCountsAsToday) {
  auto request = overdue("CO");
  const Contact contact{.at = when("2026-11-24T11:00:00-05:00")};
  request.history = {&contact, 1};
  EXPECT_EQ(ask(request, kTuesday), "DAILY_CAP > 2026-11-25T07:00:00-05:00");
  EXPECT_EQ(ask(request, "2026-11-23T10:00:00-05:00"), "DAILY_CAP > 2026-11-25T07:00:00-05:00");
}

TEST(Gate, HouseCaps) {
  auto request = overdue("PE");
  std::vector<Contact> history = {{.at = when("2026-11-19T09:00:00-05:00")},
                                  {.at = when("2026-11-20T09:00:00-05:00")},
                                  {.at = when("2026-11-24T09:00:00-05:00")}};
  request.history = history;
  EXPECT_EQ(ask(request, kTuesday), "HOUSE_DAILY_CAP HOUSE_WEEKLY_CAP > 2026-11-26T07:00:00-05:00");
  const Profile literal{.literal_by_default = true};
  request.profile = &literal;
  EXPECT_EQ(ask(request, kTuesday), "HOUSE_DAILY_CAP HOUSE_WEEKLY_CAP > 2026-11-26T00:00:00-05:00");
}

TEST(Gate, ChileCallsHaveTheirOwnCounterAndHours) {
  auto request = overdue("CL");
  request.channel = Channel::Voice;
  const Contact visit{.at = when("2026-11-20T10:00:00-03:00"), .channel = Channel::Visit};
  request.history = {&visit, 1};
  const Zone santiago = Zone::of("America/Santiago");
  request.zones = {&santiago, 1};
  EXPECT_EQ(ask(request, "2026-11-24T10:00:00-03:00"), "WEEKLY_CAP > 2026-11-27T08:00:00-03:00");
  const Profile literal{.literal_by_default = true};
  request.profile = &literal;
  request.history = {};
  EXPECT_EQ(ask(request, "2026-11-24T21:00:00-03:00"), "WINDOW_HOURS > 2026-11-25T08:00:00-03:00");
  request.channel = Channel::Sms;
  EXPECT_EQ(ask(request, "2026-11-24T21:00:00-03:00"), "allowed");
}

TEST(Gate, TimeToLiveEndsWithTheWindow) {
  auto request = overdue("CO");
  EXPECT_EQ(decide(request, when(kTuesday)).ttl_max_seconds, 9 * 3600);
  EXPECT_EQ(decide(request, when("2026-11-24T18:59:30.500-05:00")).ttl_max_seconds, 29);
  EXPECT_EQ(decide(request, when(kSunday)).ttl_max_seconds, std::nullopt);
  request.ttl_seconds = 9 * 3600;
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  EXPECT_EQ(ask(request, "2026-11-27T10:00:01-05:00"),
            "TTL_TOO_SHORT > 2026-11-30T07:00:00-05:00");  // Saturday is short.
  request.ttl_seconds = 12 * 3600 + 1;
  EXPECT_EQ(ask(request, kTuesday), "TTL_TOO_SHORT");
  request.jurisdiction = "MX";  // Fifteen hours open, but never more than twelve.
  EXPECT_EQ(decide(overdue("MX"), when("2026-11-24T11:00:00-06:00")).ttl_max_seconds, 10 * 3600);
  const Zone city = Zone::of("America/Mexico_City");
  request.zones = {&city, 1};
  request.ttl_seconds.reset();
  EXPECT_EQ(decide(request, when("2026-11-24T07:30:00-06:00")).ttl_max_seconds, 12 * 3600);
  const Profile literal{.literal_by_default = true};
  request = overdue("PE");
  request.profile = &literal;
  EXPECT_EQ(decide(request, when(kTuesday)).ttl_max_seconds, std::nullopt);
}

ConsumerHours wish(uint8_t weekdays, int from, int to) {
  return {{{weekdays, static_cast<int32_t>(from * kHourMs), static_cast<int32_t>(to * kHourMs)}},
          Instant{0},
          true,
          true,
          false};
}

TEST(Gate, ColombiansMayAskForOtherHours) {
  auto request = overdue("CO");
  ConsumerHours hours = wish(0b0000010, 19, 21);  // Tuesdays.
  request.consumer_hours = &hours;
  EXPECT_EQ(ask(request, kTuesday), "CONSUMER_HOURS > 2026-11-24T19:00:00-05:00");
  EXPECT_EQ(ask(request, "2026-11-24T20:59:59-05:00"), "allowed");
  EXPECT_EQ(ask(request, "2026-11-25T10:00:00-05:00"), "allowed");  // A day it does not name.
  hours = wish(0b0000010, 17, 21);
  hours.after_contract = false;  // A clause of the contract opens no hour, but the wish is heard.
  EXPECT_EQ(ask(request, kTuesday), "CONSUMER_HOURS > 2026-11-24T17:00:00-05:00");
  EXPECT_EQ(ask(request, "2026-11-24T18:00:00-05:00"), "allowed");
  EXPECT_EQ(ask(request, "2026-11-24T20:00:00-05:00"), "WINDOW_HOURS > 2026-11-25T07:00:00-05:00");
}

// One that is not known to have been asked for yet opens no hour; from its moment on it does.
TEST(Gate, AWishTakesThePlaceOfTheLawOnlyOnceItIsAskedFor) {
  auto request = overdue("CO");
  ConsumerHours hours = wish(0b0000010, 17, 21);
  request.consumer_hours = &hours;
  constexpr std::string_view kNight = "2026-11-24T19:30:00-05:00";
  EXPECT_EQ(ask(request, kNight), "allowed");
  hours.asked_at.reset();
  EXPECT_EQ(ask(request, kNight), "WINDOW_HOURS > 2026-11-25T07:00:00-05:00");
  hours.asked_at = when("2026-11-24T20:00:00-05:00");
  EXPECT_EQ(ask(request, kNight), "WINDOW_HOURS > 2026-11-24T20:00:00-05:00");
  EXPECT_EQ(ask(request, "2026-11-24T20:00:00-05:00"), "allowed");
}

TEST(Gate, SundaysOpenOnlyWhenNamedAsSuch) {
  auto request = overdue("CO");
  ConsumerHours hours = wish(0b1000001, 9, 12);  // Sundays and Mondays.
  request.consumer_hours = &hours;
  EXPECT_EQ(ask(request, kSunday), "WINDOW_WEEKDAY > 2026-11-30T09:00:00-05:00");
  EXPECT_EQ(ask(request, "2027-01-11T10:00:00-05:00"),
            "WINDOW_HOLIDAY > 2027-01-12T07:00:00-05:00");
  hours.names_sundays_holidays = true;
  EXPECT_EQ(ask(request, kSunday), "allowed");
  EXPECT_EQ(ask(request, "2027-01-11T10:00:00-05:00"), "allowed");
  hours.names_sundays_holidays = false;
  const Profile literal{.literal_rules = {"CO-HOURS-CHANGE-SUN"}};
  request.profile = &literal;
  EXPECT_EQ(ask(request, kSunday), "allowed");
}

TEST(Gate, ElsewhereAWishOnlyNarrows) {
  auto request = overdue("PE");
  const ConsumerHours hours = wish(0b0000010, 18, 22);
  request.consumer_hours = &hours;
  EXPECT_EQ(ask(request, kTuesday), "CONSUMER_HOURS > 2026-11-24T18:00:00-05:00");
  EXPECT_EQ(ask(request, "2026-11-24T19:59:59-05:00"), "allowed");
  EXPECT_EQ(ask(request, "2026-11-24T20:00:00-05:00"), "WINDOW_HOURS > 2026-11-25T07:00:00-05:00");
  const ConsumerHours never = wish(0b1111111, 22, 23);
  request.consumer_hours = &never;
  EXPECT_EQ(ask(request, kTuesday), "CONSUMER_HOURS HORIZON");
}

TEST(Gate, BothCountriesMustAllow) {
  auto request = overdue("PE");
  request.creditor_jurisdiction = "CO";
  EXPECT_EQ(ask(request, kTuesday), "allowed");
  EXPECT_EQ(ask(request, "2026-11-24T19:30:00-05:00"), "WINDOW_HOURS > 2026-11-25T07:00:00-05:00");
  // 7 December in Peru is a working day; the 8th is a holiday in both, the 9th in Peru.
  EXPECT_EQ(ask(request, "2026-12-08T10:00:00-05:00"),
            "WINDOW_HOLIDAY > 2026-12-10T07:00:00-05:00");
  EXPECT_EQ(decide(request, when(kTuesday)).pack_version, "PE-2026.11.1");
  request.creditor_jurisdiction = "PE";
  EXPECT_EQ(ask(request, "2026-11-24T19:30:00-05:00"), "allowed");
}

TEST(Gate, TheFirstZoneThatFailsGivesTheReason) {
  auto request = overdue("MX");
  EXPECT_EQ(ask(request, "2026-11-24T14:30:00Z"), "WINDOW_HOURS > 2026-11-24T09:00:00-06:00");
  // Friday night in the capital, already Saturday in Cancún: the capital is asked first.
  EXPECT_EQ(ask(request, "2026-11-28T05:30:00Z"), "WINDOW_HOURS > 2026-11-30T09:00:00-06:00");
  const Zone zones[] = {Zone::of("America/Cancun"), Zone::of("America/Mexico_City")};
  request.zones = zones;
  EXPECT_EQ(ask(request, "2026-11-28T05:30:00Z"), "WINDOW_WEEKDAY > 2026-11-30T08:00:00-05:00");
}

TEST(Gate, ContentEndsIt) {
  auto request = overdue("CL");
  request.text = "Hola Ana, soy Laura de Colegio San Marcos. Tu cuota de noviembre venció el 20.";
  EXPECT_EQ(ask(request, "2026-11-24T16:00:00Z"), "CONTENT_MISSING_STATEMENT");
  const Profile literal{.literal_by_default = true};
  request.profile = &literal;
  EXPECT_EQ(ask(request, "2026-11-24T16:00:00Z"), "allowed");
  request.first_action = true;
  EXPECT_EQ(ask(request, "2026-11-24T16:00:00Z"), "CONTENT_MISSING_STATEMENT");
  request.profile = nullptr;
  request.text =
      "Hola Ana, soy Laura de Colegio San Marcos. Tu cuota de noviembre venció el 20. Este mensaje "
      "no "
      "constituye un procedimiento dirigido contra tus bienes. Si no quieres recibir más mensajes, "
      "responde BAJA.";
  EXPECT_EQ(ask(request, "2026-11-24T16:00:00Z"), "allowed");
  request.text = "¿Por qué no has pagado?";
  request.jurisdiction = "CO";
  EXPECT_EQ(
      ask(request, kSunday),
      "WINDOW_WEEKDAY CONTENT_REASON_QUESTION CONTENT_MISSING_IDENTITY CONTENT_MISSING_OPTOUT");
}

constexpr std::string_view kNoon = "2026-11-24T12:00:00-05:00";

TEST(Gate, AnOpenerTellsNoDebtToAStranger) {
  auto request = overdue("CO");
  request.purpose = Purpose::IdentityCheck;
  request.text =
      "Le escribe Laura de Colegio San Marcos. Tenemos un mensaje para Ana Ruiz. Para no recibir "
      "más, responda BAJA.";
  EXPECT_EQ(ask(request, kNoon), "allowed");
  request.text =
      "Le escribe Laura de Colegio San Marcos. Ana Ruiz debe $ 50.000. Para no recibir más, "
      "responda BAJA.";
  EXPECT_EQ(ask(request, kNoon), "CONTENT_THIRD_PARTY_DATA");
  EXPECT_EQ(decide(request, when(kNoon)).rule_ids, std::vector<std::string_view>{"CO-THIRD"});
}

// Ley 1266 art. 12: only with an authorisation and a true date, and the program knows neither.
TEST(Gate, ColombiaNamesNoRegisterNotEvenInItsNotice) {
  auto request = overdue("CO");
  request.purpose = Purpose::BureauNotice;
  for (const std::string_view term : {"20 días", "5 días", "45 días"}) {
    const std::string text = fmt::format(
        "Le escribe Laura de Banco Sur. Si no paga dentro de los {} calendario siguientes, podrá "
        "ser reportado a las centrales de riesgo.",
        term);
    request.text = text;
    EXPECT_EQ(ask(request, kNoon), "CONTENT_CREDIT_REGISTER") << term;
    EXPECT_EQ(decide(request, when(kNoon)).rule_ids,
              std::vector<std::string_view>{"CO-BUREAU-THREAT"});
  }
}

// What Mexico wants told at first is in the settings, or nothing leaves; later messages do.
TEST(Gate, AFirstMessageTellsOfTheCreditorWhatTheLawWants) {
  constexpr std::string_view kNoonMx = "2026-11-24T12:00:00-06:00";
  auto request = overdue("MX");
  request.text =
      "Le escribe Laura de Tienda Sur. Su cuota venció. Para no recibir más, responda BAJA.";
  request.first_action = true;
  EXPECT_EQ(ask(request, kNoonMx), "allowed");
  request.creditor_words = kAllCreditorWords & ~(1U << static_cast<int>(CreditorWord::Address));
  EXPECT_EQ(ask(request, kNoonMx), "CONTENT_MISSING_IDENTITY");
  EXPECT_EQ(decide(request, when(kNoonMx)).rule_ids, std::vector<std::string_view>{"MX-ID"});
  request.creditor_jurisdiction = "CO";
  EXPECT_EQ(ask(request, kNoonMx), "CONTENT_MISSING_IDENTITY") << "the debtor's country asks";
  request.creditor_words = 0;
  request.first_action = false;
  EXPECT_EQ(ask(request, kNoonMx), "allowed");
  request.first_action = true;
  request.purpose = Purpose::Reply;
  request.last_inbound_at = when(kNoonMx);
  request.text = "Le escribe Laura de Tienda Sur. Con gusto.";
  EXPECT_TRUE(decide(request, when(kNoonMx)).allowed);
}

TEST(Gate, ANoticeIsNoThreatWithTheRegister) {
  auto request = overdue("PE");
  request.purpose = Purpose::BureauNotice;
  request.text =
      "Le escribe Laura de Banco Sur. Si no paga dentro de los 20 días calendario siguientes, "
      "podrá ser reportado a las "
      "centrales de riesgo.";
  EXPECT_EQ(ask(request, kNoon), "allowed");
  request.text = "Le escribe Laura de Banco Sur. Mañana será reportado a las centrales de riesgo.";
  EXPECT_EQ(ask(request, kNoon), "CONTENT_CREDIT_REGISTER");
}

// Ley 19.496 art. 37 (checked 2026-11-21): collection costs only after twenty days of arrears.
TEST(Gate, ChileTellsAgreedChargesFromDay21) {
  auto request = overdue("CL");
  request.text =
      "Le escribe Laura de Tienda Sur. Su cuota venció y lleva gastos de cobranza. Este aviso no "
      "es un procedimiento en "
      "contra de sus bienes.";
  constexpr std::string_view kNoonCl = "2026-11-24T12:00:00-03:00";
  request.charges_agreed = true;
  EXPECT_EQ(ask(request, kNoonCl), "CONTENT_UNAGREED_CHARGE");
  request.days_past_due = 20;
  EXPECT_EQ(ask(request, kNoonCl), "CONTENT_UNAGREED_CHARGE");
  request.days_past_due = 21;
  EXPECT_EQ(ask(request, kNoonCl), "allowed");
  request.charges_agreed = false;
  EXPECT_EQ(ask(request, kNoonCl), "CONTENT_UNAGREED_CHARGE");
}

TEST(Gate, ChargesMustBeAgreed) {
  auto request = overdue("PY");
  request.text =
      "Hola Ana, le escribe Laura de Colegio San Marcos. Su cuota venció el 20 y lleva gastos de "
      "cobranza de Gs. 15.000.";
  constexpr std::string_view kNoonPy = "2026-11-24T12:00:00-03:00";
  EXPECT_EQ(ask(request, kNoonPy), "CONTENT_UNAGREED_CHARGE");
  EXPECT_EQ(decide(request, when(kNoonPy)).rule_ids, std::vector<std::string_view>{"PY-CHARGES"});
  request.charges_agreed = true;
  EXPECT_EQ(ask(request, kNoonPy), "allowed");
  request.charges_agreed = false;
  request.text =
      "Hola Ana, le escribe Laura de Colegio San Marcos. Su cuota venció el 20, sin recargos, "
      "multas ni gastos de cobranza. Intereses de mora pactados: Gs. 4.000.";
  EXPECT_EQ(ask(request, kNoonPy), "allowed");
  // In every pack, by whatever rule.
  request.text = "Le escribe Laura de Colegio San Marcos: su cuota tendrá una multa.";
  for (const auto country : jurisdictions()) {
    request.jurisdiction = country;
    const auto reasons = decide(request, when(kNoonPy)).reasons;
    EXPECT_NE(std::ranges::find(reasons, Reason::ContentUnagreedCharge), reasons.end()) << country;
  }
}

TEST(Gate, MexicoNamesMinorsByTheirOwnRule) {
  auto request = overdue("MX");
  request.role = Role::Minor;
  EXPECT_EQ(decide(request, when("2026-11-24T16:00:00Z")).rule_ids,
            std::vector<std::string_view>{"MX-MINOR"});
}

TEST(Gate, WordsOfTheOutsideInterface) {
  EXPECT_EQ(purpose_of("bureau_notice"), Purpose::BureauNotice);
  EXPECT_EQ(text_of(Purpose::OptOutAck), "optout_ack");
  EXPECT_EQ(channel_of("letter"), Channel::Letter);
  EXPECT_EQ(role_of("employer"), Role::Employer);
  EXPECT_EQ(contact_status_of("uncertain"), ContactStatus::Uncertain);
  EXPECT_EQ(case_flag_of("utility_claim_open"), CaseFlag::UtilityClaimOpen);
  EXPECT_EQ(channel_of("fax"), std::nullopt);
  EXPECT_TRUE(is_exemption(Reason::ExemptReply));
  EXPECT_FALSE(is_exemption(Reason::Horizon));
  for (int i = 0; i <= static_cast<int>(Reason::ExemptOptOutAck); ++i) {
    EXPECT_FALSE(explain_es(static_cast<Reason>(i)).empty());
  }
}

}  // namespace
}  // namespace puntual::compliance
