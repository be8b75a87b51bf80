// The one place that says whether a message may leave.
//
// Asked twice: when the strategy proposes, and again in the transaction that claims the message for
// sending, because a payment, a stop or another message can come in between. Pure: the packs and
// calendars are values (rule_book.h), the time is an argument. Law: docs/countries, contract
// sections 0–4 and 10–13. Thread-safe.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"

namespace puntual {

namespace compliance {
class RuleBook;
}

enum class Purpose : uint8_t {
  PreDue,
  Overdue,
  PaymentConfirmation,
  Reply,
  IdentityCheck,
  Authentication,
  BureauNotice,
  OptOutAck,
};
enum class Channel : uint8_t { WhatsApp, Sms, Email, Voice, Visit, Letter };
inline constexpr size_t kChannels = 6;
enum class Role : uint8_t {
  Debtor,
  CoDebtor,
  Guarantor,
  ThirdParty,
  Reference,
  Beneficiary,
  Employer,
  Minor
};
enum class Direction : uint8_t { Out, In };
enum class ContactStatus : uint8_t { Refused, Accepted, Sent, Delivered, Read, Failed, Uncertain };
enum class CaseFlag : uint8_t {
  Paid,
  Disputed,
  ServedInCourt,
  Insolvency,
  Deceased,
  UtilityClaimOpen
};
// Those that are told of a person; that a debt is paid, the books say.
inline constexpr std::array<CaseFlag, 5> kCaseFlags = {CaseFlag::Disputed, CaseFlag::ServedInCourt,
                                                       CaseFlag::Insolvency, CaseFlag::Deceased,
                                                       CaseFlag::UtilityClaimOpen};

// What the law of some countries wants told of the creditor in the first message of a collection,
// by its name in the settings ("person_in_charge").
enum class CreditorWord : uint8_t { PersonInCharge, Address, Phone, ComplaintsUnit, Charges };
inline constexpr size_t kCreditorWords = static_cast<size_t>(CreditorWord::Charges) + 1;
using CreditorWords = uint8_t;  // Bit per CreditorWord.
inline constexpr CreditorWords kAllCreditorWords = (1U << kCreditorWords) - 1;

// Reasons and exemptions; the texts of the closed list of section 12.2 come from code_of().
enum class Reason : uint8_t {
  NoRulePack,
  NoCalendar,
  PackStale,
  ThirdParty,
  Minor,
  Deceased,
  DebtClosed,
  DisputePending,
  JudicialStage,
  OptOutAll,
  OptOutChannel,
  ChannelNotAuthorised,
  WindowHours,
  WindowWeekday,
  WindowHoliday,
  ConsumerHours,
  DailyCap,
  ChannelLock,
  WeeklyCap,
  Separation,
  HouseDailyCap,
  HouseWeeklyCap,
  ContentThreat,
  ContentCourt,
  ContentCreditRegister,
  ContentAdvertising,
  ContentThirdPartyData,
  ContentReasonQuestion,
  ContentUnagreedCharge,
  ContentMissingIdentity,
  ContentMissingStatement,
  ContentMissingOptOut,
  TtlTooShort,
  Horizon,
  ExemptReply,
  ExemptAuthentication,
  ExemptPaymentConfirmation,
  ExemptOptOutAck,
};

struct Contact {
  Instant at;
  Direction direction = Direction::Out;
  Channel channel = Channel::WhatsApp;
  Purpose purpose = Purpose::Overdue;
  ContactStatus status = ContactStatus::Accepted;
};

struct ChannelConsent {
  bool granted = false;
  Instant granted_at;
  std::string instrument;  // Reference of the proof; empty when only declared.
  std::optional<Instant> revoked_at;
};

struct HoursInterval {
  uint8_t weekdays = 0;  // Bit 0 is Monday.
  int32_t from_ms = 0;   // Of the local day; [from, to).
  int32_t to_ms = 0;
};
// A wish narrows the legal hours. In Colombia it takes their place when it was asked for in an
// instrument of its own, after the contract, at a known moment that has been.
struct ConsumerHours {
  std::vector<HoursInterval> intervals;
  std::optional<Instant> asked_at;  // Unknown or yet to come: it narrows only.
  bool separate_instrument = false;
  bool after_contract = false;
  bool names_sundays_holidays = false;
};

// Which reading of a rule is used: strict satisfies every credible reading (the default); literal
// only the words of the statute, per rule id or for all.
struct Profile {
  bool literal_by_default = false;
  std::vector<std::string> literal_rules;
  std::vector<std::string> strict_rules;
  [[nodiscard]] bool is_strict(std::string_view rule_id) const;
};

// Everything that the decision depends on, about one person (all debts, numbers, agents and
// channels). Lists are borrowed: they must outlive the call.
struct ContactRequest {
  std::string_view jurisdiction;           // ISO 3166 alpha-2 of where the debtor is.
  std::string_view region;                 // Subdivision or empty.
  std::string_view creditor_jurisdiction;  // Empty: same as the debtor's. Both packs must allow.
  std::span<const Zone> zones;             // Candidates; empty: every zone of the jurisdiction.
  Purpose purpose = Purpose::Overdue;
  Channel channel = Channel::WhatsApp;
  Role role = Role::Debtor;
  bool consent_for_all = true;  // "authorised": every channel; else the array below decides.
  std::array<ChannelConsent, kChannels> consent{};
  bool optout_all = false;
  uint8_t optout_channels = 0;  // Bit per Channel.
  const ConsumerHours* consumer_hours = nullptr;
  std::span<const Contact> history;
  std::optional<Instant> last_inbound_at;
  Channel last_inbound_channel = Channel::WhatsApp;
  std::optional<Instant> paid_at;        // Of the payment that a confirmation is about.
  uint8_t case_flags = 0;                // Bit per CaseFlag.
  std::optional<std::string_view> text;  // Rendered; absent: content rules are not asked.
  bool first_action = false;
  CreditorWords creditor_words = kAllCreditorWords;  // What the settings tell of the creditor.
  bool charges_agreed = false;  // Fees that the text names were agreed with the debtor.
  // Of the debt in the lead, negative before it is due; absent: not known, as if it were not due
  // yet.
  std::optional<int64_t> days_past_due;
  std::optional<int64_t> ttl_seconds;       // The template's time to live; absent: not asked.
  std::optional<CivilDate> calendar_until;  // For tests: pretend that calendars end on this date.
  const Profile* profile = nullptr;         // Null: strict.
  const compliance::RuleBook* rules = nullptr;  // Null: the packs and calendars built in.

  [[nodiscard]] bool has(CaseFlag flag) const { return case_flags >> static_cast<int>(flag) & 1; }
};

// A refusal is an answer, not an error: it is written to the timeline like any other.
struct Decision {
  bool allowed = false;
  std::vector<Reason> reasons;  // All that fail, hard blocks first; or the exemption used.
  std::optional<Instant>
      next_allowed;  // First instant worth asking again; none: not until the state changes.
  std::vector<std::string_view> rule_ids;  // Static storage.
  std::string_view pack_version;           // "CO-2026.11.1"; empty when there is no pack.
  std::string_view calendar_version;  // "CO-calendar-2026.11.1", "…+2-9f2a01c4" with closed days.
  std::optional<int64_t> ttl_max_seconds;  // min(12 h, end of window − now); when a window applies.
  int32_t offset_seconds = 0;              // Of the first zone, to write next_allowed with.
};

// The text of the closed list ("WINDOW_HOURS"), and back.
[[nodiscard]] std::string_view code_of(Reason reason);
[[nodiscard]] std::optional<Reason> reason_of(std::string_view code);
[[nodiscard]] std::string_view text_of(Purpose purpose);  // "pre_due"
[[nodiscard]] std::string_view text_of(Channel channel);
[[nodiscard]] std::string_view text_of(Role role);
[[nodiscard]] std::string_view text_of(CaseFlag flag);
[[nodiscard]] std::string_view text_of(CreditorWord word);
[[nodiscard]] std::optional<Purpose> purpose_of(std::string_view text);
[[nodiscard]] std::optional<Channel> channel_of(std::string_view text);
[[nodiscard]] std::optional<Role> role_of(std::string_view text);
[[nodiscard]] std::optional<ContactStatus> contact_status_of(std::string_view text);
[[nodiscard]] std::optional<CaseFlag> case_flag_of(std::string_view text);
// One Spanish sentence for people: "Fuera del horario permitido (lunes a viernes …)".
[[nodiscard]] std::string_view explain_es(Reason reason);
[[nodiscard]] bool is_exemption(Reason reason);

namespace compliance {

// So long after a message of theirs they are answered: freely for WhatsApp, and whatever the hour
// for the law (contract section 7, checked 2026-11-21).
inline constexpr int64_t kServiceWindowMs = 24 * kHourMs;

// May this message be handed to the provider at `now`?
[[nodiscard]] Decision decide(const ContactRequest& request, Instant now);

// The jurisdictions that have a pack built in ("CO", "PE", …).
[[nodiscard]] std::vector<std::string_view> jurisdictions();
// All zones of a jurisdiction; empty when there is no pack.
[[nodiscard]] std::span<const Zone> zones_of(std::string_view jurisdiction);
// Is this local date a holiday there (the pack's calendar)? False when unknown.
[[nodiscard]] bool is_holiday(std::string_view jurisdiction, CivilDate date);

}  // namespace compliance
}  // namespace puntual
