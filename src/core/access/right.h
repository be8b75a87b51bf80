// Who may do what. A role is what the owner makes somebody; a right is what a route asks for, named
// for what a person does with it. What the table does not allow is denied. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace puntual::access {

enum class Role : uint8_t { Owner, Admin, Supervisor, Agent, Compliance, Developer, Auditor };
inline constexpr size_t kRoles = 7;

enum class Right : uint8_t {
  OwnAccount,      // One's own session, password and second factor: everybody who has signed in.
  PortfolioRead,   // Debts, agreements, figures.
  PortfolioWrite,  // Imports, charges taken back, write-offs.
  PeopleRead,      // Who they are and what stands on their page.
  PeopleWrite,     // What a person asks of us: stop, allow, consent, hours, flags, numbers.
  ConversationsRead,
  ConversationsWrite,  // Answering, tasks, notes, a link to pay.
  PaymentsRead,
  PaymentsWrite,     // Telling of money, and deciding whose it is.
  PaymentsRefund,    // Money leaves: given back through its provider.
  AgreementsWrite,   // Offers within the mandate, and what came of them.
  AgreementsBeyond,  // Deciding what the mandate does not allow.
  StrategiesRead,
  StrategiesWrite,
  TemplatesRead,
  TemplatesWrite,  // Canned replies too.
  ComplianceRead,  // Proofs, the open requests of people, the audit's anchors.
  RightsWrite,     // Answering what people ask of their data; a person's whole file; erasure.
  ExportsRead,     // Tables of everybody.
  WebhooksRead,    // Endpoints, and the events without personal data.
  WebhooksWrite,
  SettingsRead,
  SettingsWrite,
  UsersWrite,
  KeysWrite,
  Pause,    // Nothing is sent any more: more people may stop than may go on.
  Operate,  // Sending again, quarantine, the number, the assistant.
};
inline constexpr size_t kRights = 27;

[[nodiscard]] std::string_view text_of(Role role);  // "compliance"
[[nodiscard]] std::string_view text_of(
    Right right);  // "portfolio_read": what stands in the API's document and in keys.
[[nodiscard]] std::optional<Role> role_named(std::string_view text);
[[nodiscard]] std::optional<Right> right_named(std::string_view text);

// A set of them: what a role has, or what is left of it to a key, or to who still lacks a second
// factor.
class Rights {
 public:
  constexpr Rights() = default;
  [[nodiscard]] constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }
  constexpr Rights with(Right right) const { return Rights(bits_ | bit(right)); }
  friend constexpr Rights operator&(Rights a, Rights b) { return Rights(a.bits_ & b.bits_); }
  friend constexpr bool operator==(Rights, Rights) = default;

 private:
  constexpr explicit Rights(uint32_t bits) : bits_(bits) {}
  static constexpr uint32_t bit(Right right) { return uint32_t{1} << static_cast<uint32_t>(right); }
  uint32_t bits_ = 0;
};

// Who stands before the API: a person, a key, or the token of the settings.
struct Principal {
  Role role = Role::Auditor;
  Rights rights;        // Of the role, or fewer.
  int64_t user_id = 0;  // Zero: no person.
  int64_t session_id = 0;
  int64_t key_id = 0;    // Zero: no key.
  bool is_fresh = true;  // They have proved who they are within the last minutes; a key proves it
                         // at every request.
  std::string name;      // As records have it: a login, or "api".
};

[[nodiscard]] bool may(Role role, Right right);
// Who can loosen rules, see everybody's data or make keys proves who they are twice.
[[nodiscard]] bool needs_second_factor(Role role);
[[nodiscard]] Rights rights_of(Role role);

}  // namespace puntual::access
