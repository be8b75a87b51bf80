// The order of the questions: is there a pack, may this person be written to at all, is the message
// exempt, is the window open, has there been too much contact, does the text hold what it must.
#include "core/compliance/gate.h"

#include <algorithm>

#include "core/compliance/content.h"
#include "core/compliance/counters.h"
#include "core/compliance/decide_read.h"
#include "core/compliance/local_clock.h"
#include "core/compliance/rule_book.h"
#include "core/compliance/window.h"

namespace puntual::compliance {
namespace {

constexpr int64_t kHorizonMs = 60 * kDayMs;
constexpr int64_t kReceiptMs = 2 * kHourMs;
constexpr int64_t kTtlMaxSeconds = 12 * 3600;

constexpr uint64_t bit_of(Reason reason) { return uint64_t{1} << static_cast<int>(reason); }

// Reasons found so far, and the rules behind them. No allocation: most requests have none.
struct Findings {
  uint64_t reasons = 0;
  std::array<std::string_view, 32> rules;
  size_t rule_count = 0;

  void add(Reason reason, std::string_view rule) {
    reasons |= bit_of(reason);
    const auto end = rules.begin() + static_cast<ptrdiff_t>(rule_count);
    if (!rule.empty() && rule_count < rules.size() && std::find(rules.begin(), end, rule) == end) {
      rules[rule_count++] = rule;
    }
  }
  [[nodiscard]] bool has(Reason reason) const { return (reasons & bit_of(reason)) != 0; }
};

bool strict(const ContactRequest& request, std::string_view rule) {
  return request.profile == nullptr || request.profile->is_strict(rule);
}

// One pack, as it stands on the day, as it applies to one request.
struct Applied {
  const Jurisdiction* jurisdiction = nullptr;
  const Pack* in_force = nullptr;
  Window window;
  Counting counting;

  [[nodiscard]] const Pack& pack() const { return *in_force; }
};

struct Applicables {
  std::array<Applied, 2> items;
  size_t count = 0;
  Instant until{INT64_MAX};  // Then another edition of a pack, or a wish, is in force: ask again.
  [[nodiscard]] std::span<const Applied> all() const { return {items.data(), count}; }
};

bool is_free_literally(const ContactRequest& request, const Pack& pack) {
  return std::any_of(pack.literal_free.begin(), pack.literal_free.end(),
                     [&](const LiteralFree& free) {
                       return free.purpose == request.purpose && !strict(request, free.rule);
                     });
}

// May the wish take the place of the legal hours? Only one that was asked for, outside of the
// contract and after it; a clause inside the contract is void for that. What does not replace still
// narrows: nobody is written to when they asked not to be.
bool replaces(const ConsumerHours& wish, const Pack& pack, Instant now) {
  return !pack.wish_replaces_rule.empty() && wish.separate_instrument && wish.after_contract &&
         wish.asked_at && *wish.asked_at <= now;
}

Window window_of(const ContactRequest& request, const Jurisdiction& jurisdiction, const Pack& pack,
                 Instant now) {
  const bool personal = (kPersonal & channel_bit(request.channel)) != 0;
  const Hours& hours = personal ? pack.personal : pack.messages;
  const bool literal = !hours.literal_rule.empty() && !strict(request, hours.literal_rule);
  Window window{&hours, literal ? &hours.literal : &hours.strict, &jurisdiction.calendar};
  const ConsumerHours* wish = request.consumer_hours;
  if (wish != nullptr) {
    window.wish = wish;
    window.wish_replaces = replaces(*wish, pack, now);
    window.wish_rule = window.wish_replaces ? std::string_view(pack.wish_replaces_rule)
                                            : std::string_view("H-WISH");
    window.wish_opens_closed_days =
        wish->names_sundays_holidays || !strict(request, pack.wish_closed_days_rule);
  }
  if (window.week == &hours.literal && window.wish == nullptr &&
      !hours.literal.closed_on_holidays &&
      hours.literal.days[0].to - hours.literal.days[0].from == 24 * 60) {
    return {};  // Open at all times is no window.
  }
  return window;
}

Applied apply(const ContactRequest& request, const Jurisdiction& jurisdiction, const Pack& pack,
              Instant now) {
  Applied applied{&jurisdiction, &pack, {}, {}};
  if (!is_free_literally(request, pack)) {
    applied.window = window_of(request, jurisdiction, pack, now);
    applied.counting = counting_of(pack, request.profile);
  }
  applied.window.closed = &jurisdiction.closed;
  applied.window.region = request.region;
  return applied;
}

// The editions in force at an instant, by the date in the country's first zone.
Applicables applicables_at(const ContactRequest& request,
                           std::span<const Jurisdiction* const> jurisdictions, Instant now) {
  Applicables applicables;
  const ConsumerHours* wish = request.consumer_hours;
  if (wish != nullptr && wish->asked_at && *wish->asked_at > now)
    applicables.until = *wish->asked_at;
  for (const Jurisdiction* one : jurisdictions) {
    const Jurisdiction::Edition* edition = one->editions.data();
    if (one->editions.size() > 1) {
      const Zone zone = one->pack.zones.front();
      edition = &one->edition_on(zone.local(now).date);
      if (edition != &one->editions.back())
        applicables.until = std::min(applicables.until, zone.instant(edition[1].from, 0));
    }
    applicables.items[applicables.count++] = apply(request, *one, edition->pack, now);
  }
  return applicables;
}

// --- Hard blocks: nothing but a change of the facts ends them.

bool has_consent(const ContactRequest& request, Instant now) {
  if (request.consent_for_all) return true;
  const ChannelConsent& consent = request.consent[static_cast<size_t>(request.channel)];
  return consent.granted && consent.granted_at <= now && !consent.revoked_at;
}

// Does the text ask for money? What is left to pay may be told to whoever asked, and reminds the
// person who gets a receipt, a code or the confirmation of a stop.
bool asks_for_money(const ContactRequest& request, const TextFindings* text) {
  return text != nullptr &&
         (text->demand || (text->still_owed && request.purpose != Purpose::Reply));
}

void find_role_blocks(const ContactRequest& request, const Pack& pack, Findings& found) {
  if (request.role == Role::Minor) {
    found.add(Reason::Minor, pack.minor_rule.empty() ? pack.third_party_rule : pack.minor_rule);
  } else if (request.role > Role::Guarantor) {
    found.add(Reason::ThirdParty, pack.third_party_rule);
  }
}

void find_case_blocks(const ContactRequest& request, const Pack& pack, const TextFindings* text,
                      Findings& found) {
  if (request.has(CaseFlag::Deceased)) found.add(Reason::Deceased, "H-CLOSED");
  // A receipt is no collection: neither a debt that the last payment closed nor an open dispute
  // keeps it back. A demand by that name is.
  const bool is_receipt =
      request.purpose == Purpose::PaymentConfirmation && !asks_for_money(request, text);
  if (request.has(CaseFlag::Paid) && !is_receipt) {
    found.add(Reason::DebtClosed, "H-CLOSED");
  }
  if (!is_receipt && (request.has(CaseFlag::Disputed) || request.has(CaseFlag::UtilityClaimOpen))) {
    found.add(Reason::DisputePending,
              request.has(CaseFlag::UtilityClaimOpen) ? pack.dispute_rule : "H-DISPUTE");
  }
  if (request.has(CaseFlag::ServedInCourt) || request.has(CaseFlag::Insolvency)) {
    found.add(Reason::JudicialStage, pack.judicial_rule);
  }
}

// The acknowledgement of a stop passes the stop that it acknowledges; a reply passes a missing
// consent, because the person opened the channel, but never a stop.
void find_channel_blocks(const ContactRequest& request, const Pack& pack,
                         std::optional<Reason> exemption, Instant now, Findings& found) {
  if (exemption == Reason::ExemptOptOutAck) return;
  if (request.optout_all) found.add(Reason::OptOutAll, "H-STOP");
  if ((request.optout_channels & channel_bit(request.channel)) != 0)
    found.add(Reason::OptOutChannel, "H-STOP");
  for (const auto& [channel, rule] : pack.forbidden_channels) {
    if (channel != request.channel) continue;
    if (strict(request, rule) || !has_consent(request, now))
      found.add(Reason::ChannelNotAuthorised, rule);
  }
  if (exemption == Reason::ExemptReply) return;
  if ((pack.consent_channels & channel_bit(request.channel)) != 0 && !has_consent(request, now)) {
    found.add(Reason::ChannelNotAuthorised, pack.consent_rule);
  }
}

// --- Exemptions: what is no collection. A clock that is a little behind the sender's is forgiven.

bool was_acknowledged(std::span<const Contact> history) {
  return std::any_of(history.begin(), history.end(), [](const Contact& contact) {
    return contact.direction == Direction::Out && contact.purpose == Purpose::OptOutAck &&
           contact.status != ContactStatus::Refused;
  });
}

// A clock may be a little ahead of ours; what lies in the far future is no fact.
bool is_recent(Instant at, int64_t within_ms, Instant now) {
  return now - at <= within_ms && at - now <= 5 * kMinuteMs;
}

std::optional<Reason> exemption_of(const ContactRequest& request, const TextFindings* text,
                                   Instant now) {
  if (asks_for_money(request, text)) return std::nullopt;
  switch (request.purpose) {
    case Purpose::Authentication:
      return Reason::ExemptAuthentication;
    case Purpose::PaymentConfirmation:
      if (request.paid_at && is_recent(*request.paid_at, kReceiptMs, now))
        return Reason::ExemptPaymentConfirmation;
      return std::nullopt;
    case Purpose::Reply:
      if (request.last_inbound_at && request.last_inbound_channel == request.channel &&
          is_recent(*request.last_inbound_at, kServiceWindowMs, now)) {
        return Reason::ExemptReply;
      }
      return std::nullopt;
    case Purpose::OptOutAck:
      if (!was_acknowledged(request.history)) return Reason::ExemptOptOutAck;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string_view rule_of(Reason exemption, const Pack& pack) {
  if (exemption == Reason::ExemptReply) return pack.reply_rule;
  if (exemption == Reason::ExemptPaymentConfirmation) return pack.payment_rule;
  return "H-EXEMPT";
}

// --- Content.

bool is_asked(const ContentRule& rule, const ContactRequest& request, bool exempt) {
  const bool is_strict = strict(request, rule.rule);
  if (rule.strict_only && !is_strict) return false;
  if (rule.reason == Reason::ContentUnagreedCharge && request.charges_agreed)
    return rule.agreed_from_day > 0 && request.days_past_due.value_or(0) < rule.agreed_from_day;
  // Asking whether this is the right person must not tell the wrong one of a debt.
  if (rule.reason == Reason::ContentMissingStatement && request.purpose == Purpose::IdentityCheck)
    return false;
  switch (rule.scope) {
    case ContentScope::Always:
      return true;
    case ContentScope::ExceptNotice:
      return true;
    case ContentScope::EveryDemand:
      return !exempt;
    case ContentScope::FirstAction:
      return !exempt && request.first_action;
    case ContentScope::LiteralFirst:
      return !exempt && (is_strict || request.first_action);
  }
  return true;
}

bool is_broken(const ContentRule& rule, const TextFindings& text, bool is_notice) {
  switch (rule.reason) {
    case Reason::ContentThreat:
      return text.threat;
    case Reason::ContentCourt:
      return text.court;
    case Reason::ContentCreditRegister:
      // Its own notice names the bureau, but does not threaten with it.
      return rule.scope == ContentScope::ExceptNotice && is_notice ? text.register_threat
                                                                   : text.credit_register;
    case Reason::ContentAdvertising:
      return text.advertising;
    case Reason::ContentThirdPartyData:
      return text.third_party;
    case Reason::ContentReasonQuestion:
      return text.reason_question;
    case Reason::ContentUnagreedCharge:
      return text.charge;
    case Reason::ContentMissingIdentity:
      return !text.identity;
    case Reason::ContentMissingStatement:
      return !text.statement;
    case Reason::ContentMissingOptOut:
      return !text.way_out;
    default:
      return false;
  }
}

// The first message that asks for money must tell of the creditor what the law wants, and the
// settings do not know it.
bool is_untold(const ContentRule& rule, const ContactRequest& request, const Pack& pack) {
  return rule.reason == Reason::ContentMissingIdentity && request.first_action &&
         request.purpose != Purpose::IdentityCheck &&
         (pack.first_contact & ~request.creditor_words) != 0;
}

void find_content(const ContactRequest& request, const Pack& pack, const TextFindings& text,
                  bool exempt, Findings& found) {
  for (const ContentRule& rule : pack.content) {
    if (is_asked(rule, request, exempt) &&
        (is_broken(rule, text, request.purpose == Purpose::BureauNotice) ||
         is_untold(rule, request, pack)))
      found.add(rule.reason, rule.rule);
  }
  // Who is asked whether they are the right person may be another one.
  if (request.purpose == Purpose::IdentityCheck && tells_of_debt(*request.text))
    found.add(Reason::ContentThirdPartyData, pack.third_party_rule);
}

// --- Time.

std::optional<Reason> stale_reason(const ContactRequest& request, const Jurisdiction& jurisdiction,
                                   CivilDate date) {
  if (!jurisdiction.calendar.covers(date) ||
      (request.calendar_until && date > *request.calendar_until)) {
    return Reason::NoCalendar;
  }
  if (date > jurisdiction.pack.review_by) return Reason::PackStale;
  return std::nullopt;
}

// Until the window closes, twelve hours at most. Where there are no hours only the beginning of a
// closed day ends it: none when that is further off than the message lives.
std::optional<int64_t> ttl_max(const ContactRequest& request, const Window& window,
                               const LocalClock& clock, Instant now) {
  const int64_t left = (closing_after(window, clock, now) - now) / kSecondMs;
  if (!window.has_hours() && left >= std::max(kTtlMaxSeconds, request.ttl_seconds.value_or(0)))
    return std::nullopt;
  return window.has_hours() ? std::min(kTtlMaxSeconds, left) : left;
}

// Asks one pack in one zone at one instant. Returns the first instant after it that is worth asking
// again for what fails here: `now` itself when nothing does, none when nothing will.
struct Look {
  std::optional<Instant> next;
  std::optional<int64_t> ttl_max_seconds;
  bool closed = false;
};

void add_counter_reasons(const Applied& applied, const Tally& failed, Findings& found) {
  const Pack& pack = applied.pack();
  for (size_t i = 0; i < pack.caps.size(); ++i) {
    if (failed.caps[i]) found.add(pack.caps[i].reason, pack.caps[i].rule);
  }
  if (failed.lock) found.add(Reason::ChannelLock, pack.lock.rule);
  if (failed.separation) found.add(Reason::Separation, pack.separation.rule);
}

void postpone(Look& look, std::optional<Instant> until) {
  if (look.next) look.next = until ? std::optional(std::max(*look.next, *until)) : std::nullopt;
}

Look look_at(const ContactRequest& request, const Applied& applied, const LocalClock& clock,
             Instant now, bool window_reported, Findings* found) {
  Look look{now, std::nullopt, false};
  if (applied.window.applies()) {
    const auto closure = why_closed(applied.window, clock.local(now));
    bool wait = closure.has_value();
    look.closed = wait;
    if (!closure) {
      look.ttl_max_seconds = ttl_max(request, applied.window, clock, now);
      wait = request.ttl_seconds && look.ttl_max_seconds &&
             *request.ttl_seconds > *look.ttl_max_seconds;
      if (wait && found != nullptr) found->add(Reason::TtlTooShort, "H-TTL");
    } else if (found != nullptr && !window_reported) {
      found->add(closure->reason, closure->rule);
    }
    if (wait) postpone(look, next_opening(applied.window, clock, now));
  }
  if (applied.counting.pack != nullptr && !request.history.empty()) {
    const Tally failed = tally(applied.counting, request.channel, request.history, clock, now);
    if (failed.any()) {
      if (found != nullptr) add_counter_reasons(applied, failed, *found);
      postpone(look,
               counters_free_at(applied.counting, request.channel, request.history, clock, now));
    }
  }
  return look;
}

constexpr uint64_t kWindowReasons = bit_of(Reason::WindowHours) | bit_of(Reason::WindowWeekday) |
                                    bit_of(Reason::WindowHoliday) | bit_of(Reason::ConsumerHours);

// Every pack in every zone; reasons go to `found` when it is given. A window reports the first zone
// that fails, for each pack.
Look look_everywhere(const ContactRequest& request, const Applicables& applicables,
                     std::span<const Zone> zones, Instant now, Findings* found) {
  Look all{now, std::nullopt, false};
  for (const Applied& applied : applicables.all()) {
    bool reported = false;
    for (const Zone& zone : zones) {
      const Look one = look_at(request, applied, LocalClock(zone, now), now, reported, found);
      reported |= one.closed;
      all.closed |= one.closed;
      if (all.next) postpone(all, one.next);
      if (one.ttl_max_seconds) {
        all.ttl_max_seconds =
            std::min(*one.ttl_max_seconds, all.ttl_max_seconds.value_or(kTtlMaxSeconds));
      }
    }
  }
  // What fails now may pass under the next edition of a pack.
  if (all.next != now) all.next = std::min(all.next.value_or(applicables.until), applicables.until);
  if (all.next == Instant{INT64_MAX}) all.next = std::nullopt;
  return all;
}

bool is_stale_at(const ContactRequest& request, const Applicables& applicables,
                 std::span<const Zone> zones, Instant now, Findings* found) {
  bool stale = false;
  for (const Applied& applied : applicables.all()) {
    for (const Zone& zone : zones) {
      const auto reason = stale_reason(request, *applied.jurisdiction, zone.local(now).date);
      stale |= reason.has_value();
      if (reason && found != nullptr) found->add(*reason, "H-PACK");
    }
  }
  return stale;
}

// Jumps from one instant at which some rule still fails to the next at which that rule can pass.
std::optional<Instant> find_next(const ContactRequest& request, Applicables applicables,
                                 std::span<const Jurisdiction* const> jurisdictions,
                                 std::span<const Zone> zones, Instant now,
                                 std::optional<Instant> first) {
  std::optional<Instant> at = first;
  while (at && *at - now <= kHorizonMs) {
    if (*at >= applicables.until) applicables = applicables_at(request, jurisdictions, *at);
    if (is_stale_at(request, applicables, zones, *at, nullptr)) return std::nullopt;
    const Look look = look_everywhere(request, applicables, zones, *at, nullptr);
    if (look.next == at) return at;
    at = look.next;
  }
  return std::nullopt;
}

void finish(const Findings& found, Decision& decision) {
  for (int i = 0; found.reasons >> i != 0; ++i) {
    if ((found.reasons >> i & 1) != 0) decision.reasons.push_back(static_cast<Reason>(i));
  }
  decision.rule_ids.assign(found.rules.begin(),
                           found.rules.begin() + static_cast<ptrdiff_t>(found.rule_count));
}

Decision allow_exempt(Decision decision, Reason exemption, const Pack& pack) {
  decision.allowed = true;
  decision.reasons = {exemption};
  decision.rule_ids = {rule_of(exemption, pack)};
  return decision;
}

// Reasons that no passing of time ends.
constexpr uint64_t kTimeReasons = kWindowReasons | bit_of(Reason::DailyCap) |
                                  bit_of(Reason::ChannelLock) | bit_of(Reason::WeeklyCap) |
                                  bit_of(Reason::Separation) | bit_of(Reason::HouseDailyCap) |
                                  bit_of(Reason::HouseWeeklyCap) | bit_of(Reason::TtlTooShort);

Decision decide_in(const ContactRequest& request,
                   std::span<const Jurisdiction* const> jurisdictions, std::span<const Zone> zones,
                   const TextFindings* text, Instant now, Decision decision) {
  const Applicables applicables = applicables_at(request, jurisdictions, now);
  const auto exemption = exemption_of(request, text, now);

  Findings found;
  const bool stale = is_stale_at(request, applicables, zones, now, &found);
  for (const Applied& applied : applicables.all()) {
    find_role_blocks(request, applied.pack(), found);
    find_case_blocks(request, applied.pack(), text, found);
    find_channel_blocks(request, applied.pack(), exemption, now, found);
    if (text != nullptr) find_content(request, applied.pack(), *text, exemption.has_value(), found);
  }
  Look look{now, std::nullopt, false};
  if (!exemption && !stale) look = look_everywhere(request, applicables, zones, now, &found);
  if (!look.closed) decision.ttl_max_seconds = look.ttl_max_seconds;
  if (found.reasons == 0) {
    if (exemption)
      return allow_exempt(std::move(decision), *exemption, applicables.items[0].pack());
    decision.allowed = true;
    return decision;
  }
  const bool has_hours = std::ranges::any_of(
      applicables.all(), [](const Applied& applied) { return applied.window.has_hours(); });
  const bool ttl_never =
      found.has(Reason::TtlTooShort) && has_hours && *request.ttl_seconds > kTtlMaxSeconds;
  if ((found.reasons & ~kTimeReasons) == 0 && !ttl_never) {
    decision.next_allowed = find_next(request, applicables, jurisdictions, zones, now, look.next);
    if (decision.next_allowed) {
      decision.offset_seconds = zones.front().offset_at(*decision.next_allowed);
    } else {
      found.add(Reason::Horizon, {});
    }
  }
  finish(found, decision);
  return decision;
}

Decision refuse_without_pack(Decision decision) {
  decision.reasons = {Reason::NoRulePack};
  decision.rule_ids = {"H-PACK"};
  return decision;
}

Decision decide_on(const ContactRequest& request, const TextFindings* text, Instant now) {
  Decision decision;
  const RuleBook& book = request.rules != nullptr ? *request.rules : RuleBook::built_in();
  const Jurisdiction* own = book.find(request.jurisdiction);
  if (own != nullptr) {
    decision.pack_version = own->pack.version;
    decision.calendar_version = own->calendar_version;
  }
  const bool two = !request.creditor_jurisdiction.empty() &&
                   request.creditor_jurisdiction != request.jurisdiction;
  const Jurisdiction* other = two ? book.find(request.creditor_jurisdiction) : nullptr;
  if (own == nullptr || (two && other == nullptr)) return refuse_without_pack(std::move(decision));

  const std::span<const Zone> zones =
      request.zones.empty() ? std::span<const Zone>(own->pack.zones) : request.zones;
  decision.offset_seconds = zones.front().offset_at(now);
  const std::array<const Jurisdiction*, 2> both{own, other};
  return decide_in(request, std::span(both).first(two ? 2 : 1), zones, text, now,
                   std::move(decision));
}

}  // namespace

Decision decide(const ContactRequest& request, Instant now) {
  if (!request.text) return decide_on(request, nullptr, now);
  const TextFindings findings = read_text(*request.text);
  return decide_on(request, &findings, now);
}

Decision decide(const ContactRequest& request, const TextFindings& findings, Instant now) {
  return decide_on(request, &findings, now);
}

}  // namespace puntual::compliance
