// What must hold for every request: the invariants of the law document, against the slow oracle.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include "base/random.h"
#include "core/compliance/gate.h"
#include "core/compliance/gate_oracle_test.h"
#include "core/compliance/rule_book.h"
#include "core/compliance/window.h"

namespace puntual::compliance {
namespace {

const std::vector<std::string_view> kCountries = jurisdictions();

// The built-in packs with days that a deployment closes: everywhere, and in places.
const RuleBook& with_closed_days() {
  static const auto book = RuleBook::with({.packs = {},
                                           .calendars = {},
                                           .closed_days = {{"feriados.tsv",
                                                            "2026-11-25\n"
                                                            "2026-12-24\t\tCierre de fin de año\n"
                                                            "2027-01-04\tCO\n"
                                                            "2027-04-02\tCL-MA\tAniversario\n"
                                                            "2027-03-01\tPE-ICA\n"}}});
  PUNTUAL_CHECK(book.has_value());
  return **book;
}

// A request with what it borrows. Everything lies on whole minutes, so that stepping by minutes is
// exact.
struct Scene {
  std::string_view country;
  std::string_view creditor;
  Instant now;
  std::vector<Zone> zones;
  Purpose purpose = Purpose::Overdue;
  Channel channel = Channel::WhatsApp;
  std::vector<Contact> history;
  std::optional<ConsumerHours> wish;
  std::optional<int64_t> ttl_seconds;
  std::optional<Profile> profile;
  const RuleBook* rules = nullptr;
  std::string_view region;

  [[nodiscard]] ContactRequest request() const {
    ContactRequest r;
    r.jurisdiction = country;
    r.creditor_jurisdiction = creditor;
    r.zones = zones;
    r.purpose = purpose;
    r.channel = channel;
    r.history = history;
    r.consumer_hours = wish ? &*wish : nullptr;
    r.ttl_seconds = ttl_seconds;
    r.profile = profile ? &*profile : nullptr;
    r.rules = rules;
    r.region = region;
    return r;
  }
};

// At full size from the first case on: a small range would test the same request again and again.
int pick(int from, int to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to));
}
bool one_in(int n) { return pick(0, n) == 0; }
template <class Value>
Value any_of_list(const std::vector<Value>& values) {
  return values[static_cast<size_t>(pick(0, static_cast<int>(values.size())))];
}

Channel some_channel() {
  return any_of_list<Channel>({Channel::WhatsApp, Channel::WhatsApp, Channel::Sms, Channel::Email,
                               Channel::Voice, Channel::Visit});
}

Instant some_now() {
  // The year of the known calendars, often near the edges of Chile's summer time.
  const Instant start = one_in(4) ? Instant{date_of(2027, 4, 1).days * kDayMs}
                                  : Instant{date_of(2026, 8, 25).days * kDayMs};
  const int days = start.ms == date_of(2027, 4, 1).days * kDayMs ? 6 : 300;
  return start + pick(0, days * 1440) * kMinuteMs;
}

std::vector<Contact> some_history(Instant now) {
  std::vector<Contact> history;
  for (int i = pick(0, 7); i > 0; --i) {
    Contact contact;
    contact.at = now + pick(-10 * 1440, one_in(6) ? 2 * 1440 : 0) * kMinuteMs;
    contact.direction = one_in(6) ? Direction::In : Direction::Out;
    contact.channel = one_in(2) ? Channel::WhatsApp : some_channel();
    contact.purpose = one_in(2) ? Purpose::Overdue : static_cast<Purpose>(pick(0, 8));
    contact.status = static_cast<ContactStatus>(pick(0, 7));
    history.push_back(contact);
  }
  return history;
}

ConsumerHours some_wish() {
  ConsumerHours wish;
  for (int i = pick(1, 4); i > 0; --i) {
    const int from = pick(0, 1440);
    const int to = std::min(1440, from + pick(1, 600));
    wish.intervals.push_back({static_cast<uint8_t>(pick(1, 128)),
                              static_cast<int32_t>(from * kMinuteMs),
                              static_cast<int32_t>(to * kMinuteMs)});
  }
  wish.separate_instrument = !one_in(4);
  wish.after_contract = !one_in(4);
  wish.names_sundays_holidays = one_in(2);
  // Long ago, never told, or around the moments that are asked for.
  if (!one_in(4)) wish.asked_at = one_in(2) ? Instant{0} : some_now();
  return wish;
}

Scene some_scene() {
  Scene scene;
  scene.country = any_of_list(kCountries);
  if (one_in(5)) scene.creditor = any_of_list(kCountries);
  scene.now = some_now();
  const auto zones = zones_of(scene.country);
  for (int i = one_in(3) ? pick(1, 4) : 1; i > 0; --i) {
    scene.zones.push_back(zones[static_cast<size_t>(pick(0, static_cast<int>(zones.size())))]);
  }
  scene.purpose = any_of_list<Purpose>({Purpose::Overdue, Purpose::Overdue, Purpose::PreDue,
                                        Purpose::IdentityCheck, Purpose::BureauNotice,
                                        Purpose::Reply, Purpose::PaymentConfirmation});
  scene.channel = some_channel();
  scene.history = some_history(scene.now);
  if (one_in(3)) scene.wish = some_wish();
  if (one_in(4)) scene.ttl_seconds = pick(1, 13 * 60) * 60;
  if (one_in(3)) {
    scene.profile.emplace();
    scene.profile->literal_by_default = one_in(2);
    for (const auto rule : RuleBook::built_in().switchable_rules()) {
      if (one_in(4)) scene.profile->literal_rules.emplace_back(rule);
    }
  }
  if (one_in(3)) scene.rules = &with_closed_days();
  if (one_in(2)) scene.region = any_of_list<std::string_view>({"MA", "ICA", "ANT"});
  return scene;
}

std::string told(const Scene& s, const Decision& d) {
  std::string text =
      fmt::format("{} {} now {} purpose {} channel {} ttl {} literal {}\n", s.country, s.creditor,
                  format_utc(s.now), text_of(s.purpose), text_of(s.channel),
                  s.ttl_seconds.value_or(-1), s.profile && s.profile->literal_by_default);
  if (s.profile)
    text += fmt::format("literal rules {}\n", fmt::join(s.profile->literal_rules, " "));
  for (const auto& zone : s.zones) text += fmt::format("zone {}\n", zone.name());
  for (const auto& e : s.history) {
    text += fmt::format("event {} {} {} {} {}\n", format_utc(e.at), static_cast<int>(e.direction),
                        text_of(e.channel), text_of(e.purpose), static_cast<int>(e.status));
  }
  if (s.wish) {
    for (const auto& i : s.wish->intervals)
      text += fmt::format("wish {:07b} {}-{}\n", i.weekdays, i.from_ms / kMinuteMs,
                          i.to_ms / kMinuteMs);
  }
  for (const auto reason : d.reasons) text += fmt::format("{} ", code_of(reason));
  return text + (d.next_allowed ? format_utc(*d.next_allowed) : "null");
}

// (a) The gate and the oracle agree now, at every minute before next_allowed, and at next_allowed.
void expect_as_the_oracle(const Scene& scene) {
  const auto request = scene.request();
  const Decision decision = decide(request, scene.now);
  RC_LOG(told(scene, decision));
  RC_ASSERT(decision.allowed == oracle::allows(request, scene.now));
  if (decision.allowed) {
    RC_ASSERT(!decision.next_allowed);
    RC_ASSERT(decision.reasons.empty());
    return;
  }
  const bool never = !decision.next_allowed;
  const Instant end = never ? scene.now + 60 * kDayMs : *decision.next_allowed;
  if (!never) {
    RC_ASSERT(end > scene.now);
    RC_ASSERT(oracle::allows(request, end));
    RC_ASSERT(decide(request, end).allowed);
    RC_ASSERT(decide(request, end - 1).allowed == false);
  }
  const int64_t step = never ? 31 * kMinuteMs : kMinuteMs;
  for (Instant at = scene.now; at < end; at = at + step) {
    if (oracle::allows(request, at)) RC_FAIL(fmt::format("oracle allows {}", format_utc(at)));
  }
}

RC_GTEST_PROP(GateProperties, AgreesWithTheOracleMinuteByMinute, ()) {
  for (int round = 0; round < 2; ++round) expect_as_the_oracle(some_scene());
}

// (b) One more message out, or one more holiday, never opens anything.
RC_GTEST_PROP(GateProperties, MoreHistoryNeverOpens, ()) {
  for (int round = 0; round < 10; ++round) {
    Scene scene = some_scene();
    const bool before = decide(scene.request(), scene.now).allowed;
    const auto more = some_history(scene.now);
    for (auto contact : more) {
      contact.direction = Direction::Out;
      scene.history.push_back(contact);
    }
    const bool after = decide(scene.request(), scene.now).allowed;
    RC_ASSERT(before || !after);
  }
}

RC_GTEST_PROP(GateProperties, OneMoreHolidayNeverOpens, ()) {
  for (int round = 0; round < 10; ++round) {
    const auto* jurisdiction = RuleBook::built_in().find(any_of_list(kCountries));
    Calendar more = jurisdiction->calendar;
    const CivilDate day = date_of(2026, 9, 1) + pick(0, 400);
    more.add(day);
    const ConsumerHours wish = some_wish();
    const Hours& hours = jurisdiction->pack.messages;
    Window window{&hours, &hours.strict, &jurisdiction->calendar};
    if (one_in(2)) window.wish = &wish;
    window.wish_replaces = !jurisdiction->pack.wish_replaces_rule.empty();
    window.wish_opens_closed_days = one_in(2);
    const LocalTime local{day, static_cast<int32_t>(pick(0, 1440) * kMinuteMs), 0};
    const bool before = !why_closed(window, local);
    window.calendar = &more;
    RC_ASSERT(before || why_closed(window, local));
  }
}

// Nor does a day that the deployment closes, whatever the reading, the wish or the exemption.
RC_GTEST_PROP(GateProperties, ClosedDaysNeverOpen, ()) {
  for (int round = 0; round < 10; ++round) {
    Scene scene = some_scene();
    if (one_in(2))
      scene.now = Instant{date_of(2026, 11, 24).days * kDayMs} + pick(0, 4320) * kMinuteMs;
    scene.rules = nullptr;
    const bool before = decide(scene.request(), scene.now).allowed;
    scene.rules = &with_closed_days();
    RC_ASSERT(before || !decide(scene.request(), scene.now).allowed);
  }
}

// (c) What every reading allows, the words of the statute allow.
RC_GTEST_PROP(GateProperties, StrictAllowedIsLiteralAllowed, ()) {
  for (int round = 0; round < 10; ++round) {
    Scene scene = some_scene();
    scene.profile.reset();
    if (one_in(2)) scene.ttl_seconds.reset();
    const bool strict = decide(scene.request(), scene.now).allowed;
    scene.profile.emplace();
    scene.profile->literal_by_default = true;
    RC_ASSERT(!strict || decide(scene.request(), scene.now).allowed);
  }
}

// (d) The order of the history, the names of proofs and splitting it over debts change nothing:
// debts and agents are no part of a request.
RC_GTEST_PROP(GateProperties, OnlyThePersonCounts, ()) {
  Scene scene = some_scene();
  const Decision first = decide(scene.request(), scene.now);
  std::reverse(scene.history.begin(), scene.history.end());
  auto request = scene.request();
  request.consent_for_all = false;
  for (auto& consent : request.consent)
    consent = {true, scene.now - kDayMs, "another proof", std::nullopt};
  const Decision second = decide(request, scene.now);
  RC_ASSERT(first.reasons == second.reasons);
  RC_ASSERT(first.next_allowed == second.next_allowed);
}

// (e) The zone of the process is nobody's.
RC_GTEST_PROP(GateProperties, TheProcessZoneIsIrrelevant, ()) {
  const Scene scene = some_scene();
  setenv("TZ", "Asia/Kathmandu", 1);
  tzset();
  const Decision first = decide(scene.request(), scene.now);
  setenv("TZ", "Pacific/Easter", 1);
  tzset();
  const Decision second = decide(scene.request(), scene.now);
  unsetenv("TZ");
  tzset();
  RC_ASSERT(first.reasons == second.reasons);
  RC_ASSERT(first.next_allowed == second.next_allowed);
}

// (f) Allowed for an unknown zone is allowed in each candidate.
RC_GTEST_PROP(GateProperties, UnknownZoneIsEveryZone, ()) {
  for (int round = 0; round < 10; ++round) {
    Scene scene = some_scene();
    scene.zones.clear();
    const bool unknown = decide(scene.request(), scene.now).allowed;
    for (const Zone& zone : zones_of(scene.country)) {
      scene.zones = {zone};
      RC_ASSERT(!unknown || decide(scene.request(), scene.now).allowed);
    }
  }
}

// --- Every minute of whole weeks, for every pack in each of its zones.

// Whole where the program is fast; a sample in debug builds and under the sanitizers.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr bool kWhole = true;
#else
constexpr bool kWhole = false;
#endif
constexpr int kMinuteStep = kWhole ? 1 : 5;  // Everything sampled lies on it.

// Weeks in which clocks change (Mexico's border, Spain, Chile, Easter Island), holidays move, Holy
// Week ends on a Saturday, the year ends; and some by chance.
std::vector<CivilDate> weeks(uint64_t seed) {
  std::vector<CivilDate> mondays = {
      date_of(2026, 3, 2),  date_of(2026, 3, 23),  date_of(2026, 3, 30),  date_of(2026, 7, 10),
      date_of(2026, 8, 31), date_of(2026, 10, 19), date_of(2026, 10, 26), date_of(2026, 12, 28)};
  SeededRandom random(seed);
  for (int i = 0; i < 3; ++i)
    mondays.push_back(date_of(2025, 6, 1) + static_cast<int32_t>(random.below(900)));
  if (!kWhole) mondays = {mondays[2]};
  return mondays;
}

// A week walked minute by minute: the gate says what the oracle says, and from the first to the
// last minute of each silence it names the minute that ends it.
void expect_week(const ContactRequest& request, CivilDate from) {
  const Instant begin{from.days * kDayMs};
  std::optional<Instant> promised;
  for (Instant now = begin; now < begin + 7 * kDayMs; now = now + kMinuteStep * kMinuteMs) {
    const Decision decision = decide(request, now);
    ASSERT_EQ(decision.allowed, oracle::allows(request, now))
        << request.jurisdiction << " " << request.zones[0].name() << " " << format_utc(now);
    if (decision.allowed) {
      if (promised) {
        ASSERT_EQ(format_utc(*promised), format_utc(now))
            << request.jurisdiction << " " << request.zones[0].name();
      }
      promised.reset();
      continue;
    }
    ASSERT_TRUE(decision.next_allowed && *decision.next_allowed > now) << format_utc(now);
    if (promised) {
      ASSERT_EQ(format_utc(*promised), format_utc(*decision.next_allowed)) << format_utc(now);
    }
    promised = decision.next_allowed;
  }
}

// What was sent in the week before and early in the week, so that caps end within it.
std::vector<Contact> sampled_history(CivilDate from, SeededRandom& random) {
  std::vector<Contact> history;
  for (int i = static_cast<int>(random.below(4)); i > 0; --i) {
    history.push_back({.at = Instant{from.days * kDayMs} -
                             static_cast<int64_t>(random.below(7 * 288)) * 5 * kMinuteMs,
                       .channel = random.below(3) == 0 ? Channel::Sms : Channel::WhatsApp});
  }
  return history;
}

TEST(GateWeeks, EveryMinuteInEveryPackAndZone) {
  const uint64_t seed = 20261121;
  SeededRandom random(seed);
  for (const auto& land : RuleBook::built_in().all()) {
    for (size_t i = 0; i < land.pack.zones.size(); ++i) {
      if (!kWhole && i > 0) break;
      for (const CivilDate from : weeks(seed + i)) {
        const auto history = sampled_history(from, random);
        ContactRequest request;
        request.jurisdiction = land.pack.country;
        request.zones = {&land.pack.zones[i], 1};
        request.history = history;
        if (random.below(3) == 0)
          request.ttl_seconds = 300 * static_cast<int64_t>(1 + random.below(60));
        if (random.below(3) == 0) request.channel = Channel::Voice;
        ASSERT_NO_FATAL_FAILURE(expect_week(request, from));
      }
    }
  }
}

// All candidate zones at once, a person's own hours, the words of the statute, closed days.
TEST(GateWeeks, EveryMinuteWithUnknownZonesWishesAndReadings) {
  SeededRandom random(7);
  const Profile literal{.literal_by_default = true};
  ConsumerHours wish{.intervals = {{0b1100101, 17 * 3'600'000, 20 * 3'600'000},
                                   {0b0000010, 9 * 3'600'000, 11 * 3'600'000}},
                     .asked_at = Instant{0},
                     .separate_instrument = true,
                     .after_contract = true};
  for (const auto& land : RuleBook::built_in().all()) {
    for (const CivilDate from :
         {date_of(2026, 3, 30), date_of(2026, 11, 23), date_of(2026, 12, 21)}) {
      const auto history = sampled_history(from, random);
      wish.names_sundays_holidays = random.below(2) == 0;
      ContactRequest request;
      request.jurisdiction = land.pack.country;
      request.zones = land.pack.zones;
      request.history = history;
      request.rules = &with_closed_days();
      if (random.below(2) == 0) request.consumer_hours = &wish;
      if (random.below(2) == 0) request.profile = &literal;
      ASSERT_NO_FATAL_FAILURE(expect_week(request, from));
      if (!kWhole) break;
    }
  }
}

}  // namespace
}  // namespace puntual::compliance
