#include "store/sql/sql_saved_views.h"

namespace puntual::store {
namespace {

SavedView view_of(const Rows& row) {
  return {.id = row.integer(0),
          .user_id = row.integer(1),
          .page = row.text(2),
          .name = row.text(3),
          .query = row.text(4),
          .is_shared = row.integer(5) != 0};
}

}  // namespace

std::vector<SavedView> SavedViews::of(CreditorId creditor, int64_t user, std::string_view page) {
  std::vector<SavedView> found;
  for (auto rows =
           db_.query("SELECT id, user_id, page, name, query, is_shared FROM saved_view WHERE "
                     "creditor_id=$1 AND page=$2 AND (user_id=$3 OR is_shared=1) ORDER BY name, id",
                     {creditor, page, user});
       rows.next();) {
    found.push_back(view_of(rows));
  }
  return found;
}

std::optional<SavedView> SavedViews::find(CreditorId creditor, int64_t id) {
  auto rows = db_.query(
      "SELECT id, user_id, page, name, query, is_shared FROM saved_view WHERE creditor_id=$1 AND "
      "id=$2",
      {creditor, id});
  return rows.next() ? std::optional(view_of(rows)) : std::nullopt;
}

void SavedViews::insert(CreditorId creditor, const SavedView& view) {
  db_.run(
      "INSERT INTO saved_view (id, creditor_id, user_id, page, name, query, is_shared) VALUES "
      "($1,$2,$3,$4,$5,$6,$7)",
      {view.id, creditor, view.user_id, view.page, view.name, view.query, view.is_shared});
}

void SavedViews::update(CreditorId creditor, const SavedView& view) {
  db_.run("UPDATE saved_view SET name=$3, query=$4, is_shared=$5 WHERE creditor_id=$1 AND id=$2",
          {creditor, view.id, view.name, view.query, view.is_shared});
}

void SavedViews::remove(CreditorId creditor, int64_t id) {
  db_.run("DELETE FROM saved_view WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

}  // namespace puntual::store
