#include "app/saved_view_job.h"

#include <algorithm>

#include "app/list_page.h"
#include "app/service.h"
#include "base/json.h"
#include "store/sql/sql_saved_views.h"

namespace puntual {
namespace {

using store::SavedView, store::SavedViews;

constexpr std::ptrdiff_t kSavedViewsMax = 100;  // That one person sees.

json::object saved_view_json(const SavedView& view, const access::Principal& who) {
  return {{"id", std::to_string(view.id)},
          {"page", view.page},
          {"name", view.name},
          {"query", parse_json(view.query).value_or(json::object())},
          {"shared", view.is_shared},
          {"own", view.user_id == who.user_id}};
}

// The document has held the body to its schema.
void take_fields(SavedView& view, const json::value& body) {
  if (const auto name = member_text(body, "name")) view.name = *name;
  if (const auto* query = member(body, "query")) view.query = to_json(*query);
  if (const auto* shared = member(body, "shared"); shared != nullptr && shared->is_bool())
    view.is_shared = shared->get_bool();
}

Result<void> check_sharing(const access::Principal& who) {
  if (who.rights.has(access::Right::PortfolioWrite)) return {};
  return fail(ErrorCode::Forbidden,
              "compartir vistas, o cambiar las compartidas, es de quien puede cambiar la cartera");
}

// All keys would share one drawer.
Result<void> check_drawer(const access::Principal& who) {
  if (who.key_id == 0) return {};
  return fail(ErrorCode::Forbidden,
              "las vistas guardadas son de personas: una llave no tiene las suyas");
}

Result<SavedView> seen_by(Tx& tx, CreditorId creditor, std::string_view id,
                          const access::Principal& who) {
  RETURN_IF_ERROR(check_drawer(who));
  ASSIGN_OR_RETURN(const int64_t number, number_in(id, "view"));
  auto view = SavedViews(tx.db).find(creditor, number);
  if (view && (view->user_id == who.user_id || view->is_shared)) return *std::move(view);
  return fail(ErrorCode::NotFound, "no hay una vista {}", id);
}

// Their own, or a shared one that they may change.
Result<SavedView> changeable(Tx& tx, CreditorId creditor, std::string_view id,
                             const access::Principal& who) {
  ASSIGN_OR_RETURN(SavedView view, seen_by(tx, creditor, id, who));
  if (view.user_id != who.user_id) RETURN_IF_ERROR(check_sharing(who));
  return view;
}

}  // namespace

Result<std::string> list_saved_views_job(Store& store, const Creditor& creditor,
                                         std::string_view page, const access::Principal& who) {
  RETURN_IF_ERROR(check_drawer(who));
  ASSIGN_OR_RETURN(const auto views, store.read([&](Tx& tx) {
    return SavedViews(tx.db).of(creditor.id, who.user_id, page);
  }));
  json::array list;
  for (const auto& view : views) list.push_back(saved_view_json(view, who));
  return to_json(json::object{{"views", list}});
}

Result<std::string> show_saved_view_job(Store& store, const Creditor& creditor, std::string_view id,
                                        const access::Principal& who) {
  ASSIGN_OR_RETURN(const SavedView view,
                   store.read([&](Tx& tx) { return seen_by(tx, creditor.id, id, who); }));
  return to_json(saved_view_json(view, who));
}

Result<std::string> add_saved_view_job(Store& store, const Creditor& creditor,
                                       std::string_view body, const access::Principal& who,
                                       Instant now) {
  RETURN_IF_ERROR(check_drawer(who));
  ASSIGN_OR_RETURN(const json::value order, parse_json(body));
  SavedView view{.user_id = who.user_id, .page = text_in(order, "page"), .name = {}, .query = "{}"};
  take_fields(view, order);
  if (view.is_shared) RETURN_IF_ERROR(check_sharing(who));
  RETURN_IF_ERROR(store.write([&](Tx& tx) -> Result<void> {
    SavedViews views(tx.db);
    if (std::ssize(views.of(creditor.id, who.user_id, view.page)) >= kSavedViewsMax)
      return fail(ErrorCode::Conflict, "ya hay {} vistas guardadas: borre alguna", kSavedViewsMax);
    view.id = tx.ids.next<Id<SavedView>>(now).value;
    views.insert(creditor.id, view);
    return {};
  }));
  return to_json(saved_view_json(view, who));
}

Result<std::string> change_saved_view_job(Store& store, const Creditor& creditor,
                                          std::string_view id, std::string_view body,
                                          const access::Principal& who) {
  ASSIGN_OR_RETURN(const json::value order, parse_json(body));
  ASSIGN_OR_RETURN(const SavedView changed, store.write([&](Tx& tx) -> Result<SavedView> {
    ASSIGN_OR_RETURN(SavedView view, changeable(tx, creditor.id, id, who));
    const bool was_shared = view.is_shared;
    take_fields(view, order);
    if (view.is_shared != was_shared) RETURN_IF_ERROR(check_sharing(who));
    SavedViews(tx.db).update(creditor.id, view);
    return view;
  }));
  return to_json(saved_view_json(changed, who));
}

Result<void> remove_saved_view_job(Store& store, const Creditor& creditor, std::string_view id,
                                   const access::Principal& who) {
  return store.write([&](Tx& tx) -> Result<void> {
    ASSIGN_OR_RETURN(const SavedView view, changeable(tx, creditor.id, id, who));
    SavedViews(tx.db).remove(creditor.id, view.id);
    return {};
  });
}

void Service::add_saved_view_routes() {
  using access::Right;
  using http::Method, http::Request;
  constexpr std::string_view kOne = "/v1/saved-views/{id}";
  const auto answered = [](int status, Result<std::string> text) -> Result<http::Response> {
    if (!text) return std::unexpected(std::move(text).error());
    return http::json_response(status, *std::move(text));
  };
  api_->add(Method::Get, "/v1/saved-views", Right::PortfolioRead,
            [this, answered](const Request& request, const access::Principal& by) {
              return answered(200, list_saved_views_job(*store_, config_.creditor,
                                                        request.query("page").value_or(""), by));
            });
  api_->add(Method::Post, "/v1/saved-views", Right::PortfolioRead,
            [this, answered](const Request& request, const access::Principal& by) {
              return answered(201, add_saved_view_job(*store_, config_.creditor, request.body, by,
                                                      clock_.now()));
            });
  api_->add(Method::Get, std::string(kOne), Right::PortfolioRead,
            [this, answered](const Request& request, const access::Principal& by) {
              return answered(
                  200, show_saved_view_job(*store_, config_.creditor, request.param("id"), by));
            });
  api_->add(Method::Patch, std::string(kOne), Right::PortfolioRead,
            [this, answered](const Request& request, const access::Principal& by) {
              return answered(200, change_saved_view_job(*store_, config_.creditor,
                                                         request.param("id"), request.body, by));
            },
            {.edits = std::string(kOne)});
  api_->add(
      Method::Delete, std::string(kOne), Right::PortfolioRead,
      [this](const Request& request, const access::Principal& by) -> Result<http::Response> {
        RETURN_IF_ERROR(remove_saved_view_job(*store_, config_.creditor, request.param("id"), by));
        return http::Response{.status = 204};
      },
      {.edits = std::string(kOne)});
}

}  // namespace puntual
