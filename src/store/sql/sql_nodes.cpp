#include "store/sql/sql_nodes.h"

#include <fmt/format.h>

namespace puntual::store {
namespace {

// How long nothing is done with what another has let go: a sending number's rate is counted over a
// second, and both would be within it.
#define PUNTUAL_GONE "until < {{now_ms}} - 1000"

constexpr char kFree[] =
    "SELECT number, fence FROM node WHERE " PUNTUAL_GONE " ORDER BY number LIMIT 1{{skip_locked}}";
constexpr char kTake[] =
    "UPDATE node SET owner=$2, fence=$3, until={{now_ms}} + $4 WHERE number=$1";
constexpr char kRenew[] =
    "UPDATE node SET until={{now_ms}} + $3 WHERE number=$1 AND fence=$2 RETURNING until - $3";
constexpr char kRelease[] =
    "UPDATE node SET owner='', until={{now_ms}} WHERE number=$1 AND fence=$2";
constexpr char kConfirm[] = "SELECT 1 FROM node WHERE number=$1 AND fence=$2{{for_key_share}}";
constexpr char kAll[] =
    "SELECT number, owner, fence, until - {{now_ms}} FROM node WHERE fence > 0 ORDER BY number";
// A node in the middle of a transaction is passed over: it is not gone.
constexpr char kOther[] = "SELECT fence, CASE WHEN " PUNTUAL_GONE
                          " THEN 1 ELSE 0 END FROM node WHERE number=$1{{skip_locked}}";
constexpr char kFenceOut[] = "UPDATE node SET owner='', fence=fence+1 WHERE number=$1 AND fence=$2";

constexpr char kOthers[] =
    "SELECT owner, CASE WHEN " PUNTUAL_GONE
    " THEN 1 ELSE 0 END FROM node WHERE number <> $1 AND owner <> '' ORDER BY number{{for_update}}";
constexpr char kFenceOutOthers[] =
    "UPDATE node SET owner='', fence=fence+1 WHERE number <> $1 AND owner <> ''";
constexpr char kStandInLine[] =
    "INSERT INTO lease (name, node, fence) VALUES ($1,$2,$3) ON CONFLICT (name) DO UPDATE SET "
    "node=$2, fence=$3";

// A role may end its own sessions. https://www.postgresql.org/docs/15/functions-admin.html (checked
// 2026-11-22)
constexpr char kEndSessions[] =
    "SELECT pg_terminate_backend(a.pid) FROM node JOIN pg_stat_activity a ON a.application_name = "
    "'puntual node ' || number || '.' || fence "
    "WHERE a.datname = current_database() AND a.usename = current_user AND " PUNTUAL_GONE;

constexpr char kLease[] = "SELECT node, fence FROM lease WHERE name=$1";
constexpr char kOfOther[] =
    "SELECT 1 FROM lease l JOIN node n ON n.number = l.node AND n.fence = l.fence WHERE l.name=$1 "
    "AND NOT (" PUNTUAL_GONE ") AND NOT (l.node=$2 AND l.fence=$3)";
constexpr char kNewLease[] =
    "INSERT INTO lease (name, node, fence) VALUES ($1,$2,$3) ON CONFLICT (name) DO NOTHING";
constexpr char kTakeLease[] =
    "UPDATE lease SET node=$2, fence=$3 WHERE name=$1 AND node=$4 AND fence=$5";

}  // namespace

std::string session_name(const NodeLease& lease) {
  return fmt::format("puntual node {}.{}", lease.number, lease.fence);
}

std::optional<NodeLease> Nodes::take(std::string_view owner, int64_t ttl_ms) {
  NodeLease lease;
  {
    auto rows = db_.query(kFree);
    if (!rows.next()) return std::nullopt;
    lease = {.number = rows.int32(0), .fence = rows.integer(1) + 1};
  }
  db_.run(kTake, {lease.number, owner, lease.fence, ttl_ms});
  return lease;
}

NodeLease Nodes::take_alone(std::string_view owner) {
  NodeLease lease;
  {
    auto rows = db_.query("SELECT fence + 1 FROM node WHERE number=0");
    if (rows.next()) lease.fence = rows.integer(0);
  }
  db_.run(kTake, {0, owner, lease.fence, 0});
  return lease;
}

std::optional<Instant> Nodes::renew(const NodeLease& lease, int64_t ttl_ms) {
  auto rows = db_.query(kRenew, {lease.number, lease.fence, ttl_ms});
  if (!rows.next()) return std::nullopt;
  return Instant{rows.integer(0)};
}

void Nodes::release(const NodeLease& lease) { db_.run(kRelease, {lease.number, lease.fence}); }

void Nodes::confirm(const NodeLease& lease) {
  db_.expect(1, kConfirm, {lease.number, lease.fence});
}

void Nodes::end_sessions_of_the_gone() {
  for (auto rows = db_.query(kEndSessions); rows.next();) {
  }
}

std::vector<std::string> Nodes::fence_out_others() {
  std::vector<std::string> alive;
  for (auto rows = db_.query(kOthers, {own_.number}); rows.next();) {
    if (rows.integer(1) == 0) alive.push_back(rows.text(0));
  }
  if (alive.empty()) db_.run(kFenceOutOthers, {own_.number});
  return alive;
}

void Nodes::stand_in_line(std::string_view name) {
  db_.run(kStandInLine, {name, own_.number, own_.fence});
}

std::vector<NodeState> Nodes::all() {
  std::vector<NodeState> found;
  for (auto rows = db_.query(kAll); rows.next();)
    found.push_back({rows.int32(0), rows.text(1), rows.integer(2), rows.integer(3)});
  return found;
}

bool Nodes::is_gone(int number, int64_t fence) {
  {
    auto rows = db_.query(kOther, {number});
    if (!rows.next()) return false;
    if (rows.integer(0) != fence) return true;  // Its number was taken over, after the same second.
    if (rows.integer(1) == 0) return false;
  }
  return db_.run(kFenceOut, {number, fence}) == 1;
}

bool Nodes::is_of_other(std::string_view name) {
  return db_.query(kOfOther, {name, own_.number, own_.fence}).next();
}

bool Nodes::take_lease(std::string_view name) {
  int holder = 0;
  int64_t fence = 0;
  {
    auto rows = db_.query(kLease, {name});
    if (!rows.next()) return db_.run(kNewLease, {name, own_.number, own_.fence}) == 1;
    holder = rows.int32(0);
    fence = rows.integer(1);
  }
  if (holder == own_.number && fence == own_.fence) return true;
  return is_gone(holder, fence) &&
         db_.run(kTakeLease, {name, own_.number, own_.fence, holder, fence}) == 1;
}

}  // namespace puntual::store
