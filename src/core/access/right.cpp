#include "core/access/right.h"

#include <array>

#include "base/names.h"

namespace puntual::access {
namespace {

constexpr Names<Role, kRoles> kRoleNames = {{{{"owner"},
                                              {"admin"},
                                              {"supervisor"},
                                              {"agent"},
                                              {"compliance"},
                                              {"developer"},
                                              {"auditor"}}}};

// A letter a role, in their order: Owner, aDmin, Supervisor, aGent, Compliance, deVeloper, aUditor;
// a dot is a no.
struct RightRow {
  std::string_view text;
  std::string_view roles;
};
constexpr std::array<RightRow, kRights> kTable = {{
    {"own_account", "ODSGCVU"},
    {"portfolio_read", "ODSGC.U"},
    {"portfolio_write", "ODS...."},
    {"people_read", "ODSGC.U"},
    {"people_write", "ODSGC.."},
    {"conversations_read", "ODSGC.U"},
    {"conversations_write", "ODSG..."},
    {"payments_read", "ODSGC.U"},
    {"payments_write", "ODS...."},
    {"payments_refund", "OD....."},
    {"agreements_write", "ODSG..."},
    {"agreements_beyond", "ODS...."},
    {"strategies_read", "ODSGCVU"},
    {"strategies_write", "ODS...."},
    {"templates_read", "ODSGCVU"},
    {"templates_write", "ODS...."},
    {"compliance_read", "ODS.C.U"},
    {"rights_write", "OD..C.."},
    {"exports_read", "ODS.C.U"},
    {"webhooks_read", "OD...V."},
    {"webhooks_write", "OD...V."},
    {"settings_read", "ODS.CVU"},
    {"settings_write", "OD....."},
    {"users_write", "OD....."},
    {"keys_write", "OD...V."},
    {"pause", "ODSGC.."},
    {"operate", "OD....."},
}};

static_assert([] {
  for (const auto& row : kTable) {
    for (size_t i = 0; i < kRoles; ++i) {
      if (row.roles.size() != kRoles || (row.roles[i] != "ODSGCVU"[i] && row.roles[i] != '.'))
        return false;
    }
  }
  return static_cast<size_t>(Right::Operate) + 1 == kRights &&
         static_cast<size_t>(Role::Auditor) + 1 == kRoles;
}());

}  // namespace

std::string_view text_of(Role role) { return kRoleNames.text(role); }
std::string_view text_of(Right right) { return kTable[static_cast<size_t>(right)].text; }
std::optional<Role> role_named(std::string_view text) { return kRoleNames.find(text); }
std::optional<Right> right_named(std::string_view text) {
  const auto found = std::ranges::find(kTable, text, &RightRow::text);
  return found == kTable.end() ? std::nullopt
                               : std::optional(static_cast<Right>(found - kTable.begin()));
}

bool may(Role role, Right right) {
  return kTable[static_cast<size_t>(right)].roles[static_cast<size_t>(role)] != '.';
}

bool needs_second_factor(Role role) {
  return role == Role::Owner || role == Role::Admin || role == Role::Compliance ||
         role == Role::Developer;
}

Rights rights_of(Role role) {
  Rights all;
  for (size_t i = 0; i < kRights; ++i) {
    if (may(role, static_cast<Right>(i))) all = all.with(static_cast<Right>(i));
  }
  return all;
}

}  // namespace puntual::access
