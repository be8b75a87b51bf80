#include "store/sql/sql_permissions.h"

namespace puntual::store {
namespace {

Place place_of_opt_out(CreditorId creditor, DebtorId debtor, std::string_view channel) {
  return {.table = "opt_out", .creditor_id = creditor, .row = debtor.value, .part = channel};
}

}  // namespace

bool Permissions::grant(CreditorId creditor, DebtorId debtor, Channel channel, Instant granted_at,
                        std::string_view instrument, Instant now, IdSource& ids) {
  return db_.run("INSERT INTO consent (id, creditor_id, debtor_id, channel, granted_at, instrument, recorded_at) "
          "VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (creditor_id, debtor_id, channel, instrument) DO NOTHING",
          {ids.next<Id<Permission>>(now), creditor, debtor, text_of(channel), granted_at, instrument, now}) == 1;
}

void Permissions::opt_out(CreditorId creditor, DebtorId debtor, const OptOut& o) {
  db_.run("INSERT INTO opt_out (creditor_id, debtor_id, channel, at, through, words) VALUES ($1,$2,$3,$4,$5,$6) "
          "ON CONFLICT (creditor_id, debtor_id, channel) DO UPDATE SET at=excluded.at, through=excluded.through, "
          "words=excluded.words WHERE opt_out.through='doubt' AND excluded.through<>'doubt'",
          {creditor, debtor, o.channel, o.at, o.through,
           Bytes{keys_.seal(place_of_opt_out(creditor, debtor, o.channel), debtor, o.words)}});
}

std::vector<OptOut> Permissions::opt_outs(CreditorId creditor, DebtorId debtor) {
  std::vector<OptOut> found;
  auto rows = db_.query("SELECT channel, at, through, words FROM opt_out WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY at",
                        {creditor, debtor});
  while (rows.next()) {
    found.push_back({rows.text(0), rows.instant(1), rows.text(2),
                     keys_.open(place_of_opt_out(creditor, debtor, rows.view(0)), debtor, rows.bytes(3))});
  }
  return found;
}

Permission Permissions::of(CreditorId creditor, DebtorId debtor) {
  Permission permission;
  auto consents = db_.query("SELECT channel, granted_at, instrument, revoked_at FROM consent "
                            "WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY granted_at",
                            {creditor, debtor});
  while (consents.next()) {
    const auto channel = channel_of(consents.view(0));
    if (!channel) continue;
    auto& consent = permission.consent[static_cast<size_t>(*channel)];
    // One standing grant is enough; a revoked one is kept only while there is no standing one.
    if (consent.granted && !consent.revoked_at) continue;
    consent = {.granted = true, .granted_at = consents.instant(1), .instrument = consents.text(2),
               .revoked_at = consents.maybe_instant(3)};
  }
  auto opt_outs = db_.query("SELECT channel FROM opt_out WHERE creditor_id=$1 AND debtor_id=$2", {creditor, debtor});
  while (opt_outs.next()) {
    if (const auto channel = channel_of(opt_outs.view(0))) {
      permission.optout_channels |= static_cast<uint8_t>(1 << static_cast<int>(*channel));
    } else {
      permission.optout_all = true;
    }
  }
  return permission;
}

}  // namespace puntual::store
