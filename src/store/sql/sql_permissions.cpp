#include "store/sql/sql_permissions.h"

#include <algorithm>
#include <charconv>

#include "base/crypto.h"
#include "store/token.h"

namespace puntual::store {
namespace {

Place place_of_opt_out(CreditorId creditor, DebtorId debtor, std::string_view channel) {
  return {.table = "opt_out", .creditor_id = creditor, .row = debtor.value, .part = channel};
}

constexpr std::array<std::string_view, 3> kActs = {"granted", "revoked", "told"};

const RowsInto kInsertConsent(
    "consent (id, creditor_id, debtor_id, act, channel, at, is_dated, kind, instrument, "
    "text_version, recorded_at, recorded_by)",
    12);
constexpr char kLedger[] =
    "SELECT act, channel, at, is_dated, kind, instrument, text_version, recorded_by, recorded_at, "
    "debtor_id FROM {{people_2}} consent "
    "WHERE creditor_id=$1 AND debtor_id {{among_2}} ORDER BY at, id";
constexpr char kOptOut[] =
    "INSERT INTO opt_out (creditor_id, debtor_id, channel, at, through, words) VALUES "
    "($1,$2,$3,$4,$5,$6) "
    "ON CONFLICT (creditor_id, debtor_id, channel, lifted_at) DO UPDATE SET at=excluded.at, "
    "through=excluded.through, "
    "words=excluded.words WHERE opt_out.through='doubt' AND excluded.through<>'doubt'";
constexpr char kOptOuts[] =
    "SELECT channel, at, through, words, lifted_at, lifted_through, lifted_by_instrument FROM "
    "opt_out "
    "WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY at";
constexpr char kOptOutsInForce[] =
    "SELECT debtor_id, channel FROM {{people_2}} opt_out WHERE creditor_id=$1 AND debtor_id "
    "{{among_2}} AND lifted_at=0";

// A grant that something of the ledger takes away: a revocation of the same day or later, one when
// its own date is not known, or one of the same instrument.
bool is_dead(const ConsentEntry& grant, std::span<const ConsentEntry> ledger) {
  std::optional<Instant> revoked_at;
  for (const auto& entry : ledger) {
    if (entry.act == ConsentAct::Revoked && entry.channel == grant.channel)
      revoked_at = std::max(entry.at, revoked_at.value_or(entry.at));
  }
  if (!revoked_at) return false;
  if (!grant.is_dated || grant.at <= *revoked_at) return true;
  return std::ranges::any_of(ledger, [&](const ConsentEntry& entry) {
    return entry.act == ConsentAct::Granted && entry.channel == grant.channel &&
           entry.instrument == grant.instrument && entry.at <= *revoked_at;
  });
}

}  // namespace

std::string_view text_of(ConsentAct act) { return kActs[static_cast<size_t>(act)]; }

void Permissions::append(CreditorId creditor, DebtorId debtor, const ConsentEntry& e, Instant now,
                         IdSource& ids) {
  held_.require(debtor);
  db_.insert(kInsertConsent,
             {ids.next<Id<Permission>>(now), creditor, debtor, text_of(e.act), text_of(e.channel),
              e.at, e.is_dated, e.kind, e.instrument, e.text_version, now, e.by});
}

bool Permissions::grant(CreditorId creditor, DebtorId debtor, const ConsentEntry& grant,
                        Instant now, IdSource& ids) {
  const auto known = ledger(creditor, debtor);
  const auto is_same = [&](const ConsentEntry& entry) {
    return entry.act == ConsentAct::Granted && entry.channel == grant.channel &&
           entry.instrument == grant.instrument;
  };
  if (std::ranges::any_of(known, is_same) || is_dead(grant, known)) return false;
  append(creditor, debtor, grant, now, ids);
  return true;
}

void Permissions::revoke(CreditorId creditor, DebtorId debtor, const ConsentEntry& revocation,
                         Instant now, IdSource& ids) {
  ConsentEntry entry = revocation;
  entry.act = ConsentAct::Revoked;
  append(creditor, debtor, entry, now, ids);
}

void Permissions::note_told(CreditorId creditor, DebtorId debtor, Channel channel, Instant at,
                            std::string_view instrument, Instant now, IdSource& ids) {
  append(creditor, debtor,
         {.act = ConsentAct::Told,
          .channel = channel,
          .at = at,
          .kind = "chat",
          .instrument = std::string(instrument),
          .text_version = {},
          .by = "chat"},
         now, ids);
}

std::vector<ConsentEntry> Permissions::ledger(CreditorId creditor, DebtorId debtor) {
  return std::move(records(creditor, People({debtor})).front().ledger);
}

std::vector<PermissionRecord> Permissions::records(CreditorId creditor, const People& people) {
  std::vector<PermissionRecord> found(people.size());
  for (auto rows = db_.query(kLedger, {creditor, people.text()}); rows.next();) {
    const auto act = std::ranges::find(kActs, rows.view(0)) - kActs.begin();
    const auto channel = channel_of(rows.view(1));
    if (!channel) continue;
    found[people.place_of(rows.id<DebtorId>(9))].ledger.push_back(
        {static_cast<ConsentAct>(act), *channel, rows.instant(2), rows.integer(3) != 0,
         rows.text(4), rows.text(5), rows.text(6), rows.text(7), rows.instant(8)});
  }
  for (auto rows = db_.query(kOptOutsInForce, {creditor, people.text()}); rows.next();) {
    PermissionRecord& record = found[people.place_of(rows.id<DebtorId>(0))];
    if (const auto channel = channel_of(rows.view(1))) {
      record.optout_channels |= static_cast<uint8_t>(1 << static_cast<int>(*channel));
    } else {
      record.optout_all = true;
    }
  }
  return found;
}

void Permissions::opt_out(CreditorId creditor, DebtorId debtor, const OptOut& o) {
  held_.require(debtor);
  db_.run(kOptOut,
          {creditor, debtor, o.channel, o.at, o.through,
           Bytes{keys_.seal(place_of_opt_out(creditor, debtor, o.channel), debtor, o.words)}});
}

bool Permissions::lift(CreditorId creditor, DebtorId debtor, std::string_view channel,
                       Instant requested_at, std::string_view through, std::string_view instrument,
                       Instant now) {
  held_.require(debtor);
  return db_.run(
             "UPDATE opt_out SET lifted_at=$6, lifted_through=$4, lifted_by_instrument=$5 WHERE "
             "creditor_id=$1 "
             "AND debtor_id=$2 AND channel=$3 AND lifted_at=0 AND at < $7",
             {creditor, debtor, channel, through, instrument, now, requested_at}) == 1;
}

std::vector<OptOut> Permissions::opt_outs(CreditorId creditor, DebtorId debtor) {
  auto all = all_opt_outs(creditor, debtor);
  std::erase_if(all, [](const OptOut& one) { return one.lifted_at.has_value(); });
  return all;
}

std::vector<OptOut> Permissions::all_opt_outs(CreditorId creditor, DebtorId debtor) {
  std::vector<OptOut> found;
  for (auto rows = db_.query(kOptOuts, {creditor, debtor}); rows.next();) {
    found.push_back(
        {rows.text(0), rows.instant(1), rows.text(2),
         keys_.open(place_of_opt_out(creditor, debtor, rows.view(0)), debtor, rows.bytes(3)),
         rows.integer(4) == 0 ? std::nullopt : std::optional(rows.instant(4)), rows.text(5),
         rows.text(6)});
  }
  return found;
}

Permission Permissions::of(CreditorId creditor, DebtorId debtor, std::span<const Kin> kin) {
  std::vector<DebtorId> ids{debtor};
  for (const auto& other : kin) ids.push_back(other.id);
  const People people(std::move(ids));
  const auto all = records(creditor, people);
  std::vector<KinRecord> others;
  for (const auto& other : kin)
    others.push_back({&all[people.place_of(other.id)], other.is_same_person});
  return permission_of(all[people.place_of(debtor)], others);
}

Permission permission_of(const PermissionRecord& own, std::span<const KinRecord> kin) {
  Permission permission{.optout_all = own.optout_all, .optout_channels = own.optout_channels};
  std::vector<ConsentEntry> entries = own.ledger;
  for (const auto& [record, is_same_person] : kin) {
    permission.optout_all |= record->optout_all;
    permission.optout_channels |= record->optout_channels;
    if (is_same_person) entries.insert(entries.end(), record->ledger.begin(), record->ledger.end());
  }
  for (const auto& entry : own.ledger) {
    if (entry.act != ConsentAct::Granted) continue;
    auto& consent = permission.consent[static_cast<size_t>(entry.channel)];
    // One standing grant is enough, and the first of them is the proof; a dead one is kept only
    // while there is none.
    if (consent.granted && !consent.revoked_at) continue;
    consent = {
        .granted = true, .granted_at = entry.at, .instrument = entry.instrument, .revoked_at = {}};
    permission.words[static_cast<size_t>(entry.channel)] = {
        .kind = entry.kind, .text_version = entry.text_version, .is_dated = entry.is_dated};
    if (is_dead(entry, entries)) {
      for (const auto& other : entries) {
        if (other.act == ConsentAct::Revoked && other.channel == entry.channel)
          consent.revoked_at = other.at;
      }
    }
  }
  return permission;
}

std::string Permissions::stop_token(CreditorId creditor, DebtorId debtor) {
  return fmt::format(
      "{}{}", debtor.value,
      token_of(keys_.lookup_key(creditor, "stop_token", std::to_string(debtor.value))));
}

std::optional<DebtorId> Permissions::of_stop_token(CreditorId creditor, std::string_view token) {
  if (token.size() <= kTokenLetters) return std::nullopt;
  const std::string_view number = token.substr(0, token.size() - kTokenLetters);
  DebtorId debtor;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), debtor.value);
  const bool is_ours = error == std::errc() && end == number.data() + number.size() &&
                       equal_constant_time(token, stop_token(creditor, debtor));
  return is_ours ? std::optional(debtor) : std::nullopt;
}

}  // namespace puntual::store
