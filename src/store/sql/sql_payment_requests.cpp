#include "store/sql/sql_payment_requests.h"

#include "base/json.h"

namespace puntual::store {
namespace {

#define PUNTUAL_PAYMENT_REQUEST_COLUMNS                                                   \
  "id, creditor_id, debtor_id, link_id, about, provider, currency, amount_minor, state, " \
  "provider_link_id, url, form, created_at, "                                             \
  "expires_at, next_check_at, checks, trouble, place, place_at, place_tries, method"

using Form = std::vector<std::pair<std::string, std::string>>;

std::string text_of_form(const Form& form) {
  if (form.empty()) return {};
  json::array all;
  for (const auto& [name, value] : form)
    all.push_back(json::array{json::string(name), json::string(value)});
  return to_json(all);
}

Form form_of(std::string_view text) {
  Form form;
  if (text.empty()) return form;
  const auto all = parse_json(text);
  PUNTUAL_CHECK(all.has_value());
  for (const auto& one : all->as_array())
    form.emplace_back(one.at(0).as_string(), one.at(1).as_string());
  return form;
}

PaymentRequest payment_request_of(const Rows& row) {
  const auto id = row.id<PaymentRequestId>(0);
  const auto about = pay_about_of(row.view(4));
  const auto state = provider_status_of(row.view(8));
  const auto place = place_state_of(row.view(17));
  PUNTUAL_CHECK(about && state && place);
  return {.id = id,
          .creditor_id = row.id<CreditorId>(1),
          .debtor_id = row.id<DebtorId>(2),
          .link_id = row.id<PayLinkId>(3),
          .about = *about,
          .provider = row.text(5),
          .method = row.text(20),
          .reference = payments::reference_of(id),
          .amount = {row.integer(7), Currency::of(row.view(6))},
          .state = *state,
          .provider_link_id = row.text(9),
          .url = row.text(10),
          .form = form_of(row.view(11)),
          .created_at = row.instant(12),
          .expires_at = row.instant(13),
          .next_check_at = row.maybe_instant(14),
          .checks = row.int32(15),
          .trouble = row.text(16),
          .place = *place,
          .place_at = row.maybe_instant(18),
          .place_tries = row.int32(19)};
}

}  // namespace

void PaymentRequests::insert(const PaymentRequest& r) {
  held_.require(r.debtor_id);
  db_.run("INSERT INTO payment_request (" PUNTUAL_PAYMENT_REQUEST_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)",
          {r.id,
           r.creditor_id,
           r.debtor_id,
           r.link_id,
           text_of(r.about),
           r.provider,
           r.amount.currency.code(),
           r.amount.minor,
           text_of(r.state),
           r.provider_link_id,
           r.url,
           text_of_form(r.form),
           r.created_at,
           r.expires_at,
           r.next_check_at,
           r.checks,
           r.trouble,
           text_of(r.place),
           r.place_at,
           r.place_tries,
           r.method});
}

void PaymentRequests::save(const PaymentRequest& r) {
  held_.require(r.debtor_id);
  db_.run(
      "UPDATE payment_request SET state=$3, provider_link_id=$4, url=$5, form=$6, expires_at=$7, "
      "next_check_at=$8, checks=$9, trouble=$10, "
      "place=$11, place_at=$12, place_tries=$13 WHERE creditor_id=$1 AND id=$2",
      {r.creditor_id, r.id, text_of(r.state), r.provider_link_id, r.url, text_of_form(r.form),
       r.expires_at, r.next_check_at, r.checks, r.trouble, text_of(r.place), r.place_at,
       r.place_tries});
}

std::optional<PaymentRequest> PaymentRequests::find(CreditorId creditor, PaymentRequestId id) {
  auto rows = db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                        " FROM payment_request WHERE creditor_id=$1 AND id=$2",
                        {creditor, id});
  return rows.next() ? std::optional(payment_request_of(rows)) : std::nullopt;
}

std::optional<PaymentRequest> PaymentRequests::find_by_place(CreditorId creditor,
                                                             std::string_view provider,
                                                             std::string_view provider_link_id) {
  if (provider_link_id.empty()) return std::nullopt;
  auto rows = db_.query(
      "SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
      " FROM payment_request WHERE creditor_id=$1 AND provider=$2 AND provider_link_id=$3 "
      "AND provider_link_id <> '' ORDER BY id DESC LIMIT 1",
      {creditor, provider, provider_link_id});
  return rows.next() ? std::optional(payment_request_of(rows)) : std::nullopt;
}

std::vector<PaymentRequest> PaymentRequests::of_link(CreditorId creditor, PayLinkId link) {
  return all_in(
      db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                " FROM payment_request WHERE creditor_id=$1 AND link_id=$2 ORDER BY id DESC",
                {creditor, link}));
}

std::vector<PaymentRequest> PaymentRequests::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_in(
      db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                " FROM payment_request WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id DESC",
                {creditor, debtor}));
}

std::vector<PaymentRequest> PaymentRequests::latest(CreditorId creditor, int limit) {
  return all_in(db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                          " FROM payment_request WHERE creditor_id=$1 ORDER BY id DESC LIMIT $2",
                          {creditor, limit}));
}

std::vector<PaymentRequest> PaymentRequests::due(CreditorId creditor, Instant now, int max) {
  return all_in(
      db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                " FROM payment_request WHERE creditor_id=$1 AND next_check_at IS NOT NULL "
                "AND next_check_at <= $2 ORDER BY next_check_at LIMIT $3",
                {creditor, now, max}));
}

std::optional<Instant> PaymentRequests::next_check(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT MIN(next_check_at) FROM payment_request WHERE creditor_id=$1 AND next_check_at IS "
      "NOT NULL",
      {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::vector<PaymentRequest> PaymentRequests::places_unwanted(CreditorId creditor, Instant now,
                                                             int max) {
  return all_in(db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                          " FROM payment_request WHERE creditor_id=$1 AND place_at IS NOT NULL "
                          "AND place_at <= $2 AND place='unwanted' ORDER BY place_at LIMIT $3",
                          {creditor, now, max}));
}

std::vector<PaymentRequest> PaymentRequests::places_open(CreditorId creditor,
                                                         PaymentRequestId after, int max) {
  return all_in(db_.query("SELECT " PUNTUAL_PAYMENT_REQUEST_COLUMNS
                          " FROM payment_request WHERE creditor_id=$1 AND place='open' AND id > $2 "
                          "ORDER BY id LIMIT $3",
                          {creditor, after, max}));
}

std::optional<Instant> PaymentRequests::next_place(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT MIN(place_at) FROM payment_request WHERE creditor_id=$1 AND place_at IS NOT NULL",
      {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::vector<PaymentRequest> PaymentRequests::all_in(Rows rows) {
  std::vector<PaymentRequest> found;
  while (rows.next()) found.push_back(payment_request_of(rows));
  return found;
}

}  // namespace puntual::store
