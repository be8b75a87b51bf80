#include "store/sql/sql_templates.h"

namespace puntual::store {

void Templates::save(CreditorId creditor, const TemplateState& s) {
  db_.run(
      "INSERT INTO template_state (creditor_id, name, language, status, category, platform_id, "
      "updated_at, quality) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (creditor_id, name, language) DO UPDATE SET "
      "status=excluded.status, "
      "category=CASE WHEN excluded.category='' THEN template_state.category ELSE excluded.category "
      "END, "
      "platform_id=CASE WHEN excluded.platform_id='' THEN template_state.platform_id ELSE "
      "excluded.platform_id END, "
      "quality=CASE WHEN excluded.quality='' THEN template_state.quality ELSE excluded.quality "
      "END, updated_at=excluded.updated_at",
      {creditor, s.name, s.language, s.status, s.category, s.platform_id, s.updated_at, s.quality});
}

std::string Templates::status(CreditorId creditor, std::string_view name,
                              std::string_view language) {
  auto rows = db_.query(
      "SELECT status FROM template_state WHERE creditor_id=$1 AND name=$2 AND language=$3",
      {creditor, name, language});
  return rows.next() ? rows.text(0) : std::string();
}

Instant Templates::updated_at(CreditorId creditor, std::string_view name,
                              std::string_view language) {
  auto rows = db_.query(
      "SELECT updated_at FROM template_state WHERE creditor_id=$1 AND name=$2 AND language=$3",
      {creditor, name, language});
  return rows.next() ? rows.instant(0) : Instant{0};
}

std::vector<TemplateState> Templates::all(CreditorId creditor) {
  std::vector<TemplateState> found;
  auto rows = db_.query(
      "SELECT name, language, status, category, platform_id, updated_at, quality FROM "
      "template_state "
      "WHERE creditor_id=$1 ORDER BY name, language",
      {creditor});
  while (rows.next())
    found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                     rows.instant(5), rows.text(6)});
  return found;
}

}  // namespace puntual::store
