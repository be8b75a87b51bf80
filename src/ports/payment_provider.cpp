#include "ports/payment_provider.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"

namespace puntual {
namespace {

using NoticeFields = std::vector<std::pair<std::string, std::string>>;

json::array pairs_to_json(const NoticeFields& fields) {
  json::array all;
  for (const auto& [name, value] : fields)
    all.push_back(json::array{json::string(base64(name)), json::string(base64(value))});
  return all;
}

// What came in is bytes: base64 keeps what is no UTF-8.
Result<std::string> bytes_in(const json::value* text) {
  const auto bytes =
      text != nullptr && text->is_string() ? bytes_of_base64(text->as_string()) : std::nullopt;
  if (!bytes) return fail(ErrorCode::Invalid, "the envelope of a notice: a field is no base64");
  return *bytes;
}

Result<NoticeFields> pairs_in(const json::value& document, std::string_view key) {
  NoticeFields fields;
  const json::value* const all = member(document, key);
  if (all == nullptr || !all->is_array())
    return fail(ErrorCode::Invalid, "the envelope of a notice: {} are missing", key);
  for (const auto& one : all->get_array()) {
    if (!one.is_array() || one.get_array().size() != 2)
      return fail(ErrorCode::Invalid, "the envelope of a notice: {} are no pairs", key);
    ASSIGN_OR_RETURN(std::string name, bytes_in(&one.get_array()[0]));
    ASSIGN_OR_RETURN(std::string value, bytes_in(&one.get_array()[1]));
    fields.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

}  // namespace

std::string envelope_of(const ProviderNotice& notice) {
  return to_json(json::object{{"received_at", notice.received_at.ms},
                              {"method", base64(notice.method)},
                              {"path", base64(notice.path)},
                              {"query", pairs_to_json(notice.query)},
                              {"headers", pairs_to_json(notice.headers)},
                              {"body", base64(notice.body)}});
}

Result<ProviderNotice> notice_in(std::string_view envelope) {
  ASSIGN_OR_RETURN(const json::value document, parse_json(envelope));
  const auto at = member_int(document, "received_at");
  if (!at) return fail(ErrorCode::Invalid, "the envelope of a notice: received_at is missing");
  ProviderNotice notice{
      .received_at = {*at}, .method = {}, .path = {}, .query = {}, .headers = {}, .body = {}};
  ASSIGN_OR_RETURN(notice.method, bytes_in(member(document, "method")));
  ASSIGN_OR_RETURN(notice.path, bytes_in(member(document, "path")));
  ASSIGN_OR_RETURN(notice.query, pairs_in(document, "query"));
  ASSIGN_OR_RETURN(notice.headers, pairs_in(document, "headers"));
  ASSIGN_OR_RETURN(notice.body, bytes_in(member(document, "body")));
  return notice;
}

const ProviderCurrency* ProviderTraits::bounds(Currency currency) const {
  const auto known = std::ranges::find(currencies, currency.code(), &ProviderCurrency::code);
  return known == currencies.end() ? nullptr : &*known;
}

ProviderTraits ProviderTraits::of_account(std::span<const Currency> taken) const {
  ProviderTraits traits = *this;
  std::erase_if(traits.currencies, [&](const ProviderCurrency& one) {
    return std::ranges::find(taken, one.code, &Currency::code) == taken.end();
  });
  return traits;
}

bool ProviderTraits::takes(Money amount) const {
  const ProviderCurrency* const known = bounds(amount.currency);
  if (known == nullptr || amount.minor < known->minor_min || amount.minor > known->minor_max)
    return false;
  return !known->whole_units || amount.minor % amount.currency.minor_per_major() == 0;
}

std::vector<const ProviderMethod*> ProviderTraits::methods_for(Currency currency) const {
  std::vector<const ProviderMethod*> found;
  for (const auto& one : methods) {
    if (one.currencies.empty() ||
        std::ranges::find(one.currencies, currency.code()) != one.currencies.end())
      found.push_back(&one);
  }
  return found;
}

bool ProviderTraits::has_method(std::string_view code, Currency currency) const {
  return std::ranges::any_of(methods_for(currency),
                             [&](const ProviderMethod* one) { return one->code == code; });
}

std::string_view text_of(NoticeSignature signature) {
  switch (signature) {
    case NoticeSignature::Valid:
      return "valid";
    case NoticeSignature::Invalid:
      return "invalid";
    case NoticeSignature::Unsigned:
      return "unsigned";
  }
  return {};
}

Result<void> PaymentProvider::give_back(const RefundOrder&) {
  return fail(ErrorCode::Invalid,
              "{} gives no money back through its API: do it in its panel, and tell the books with "
              "puntual payments reverse",
              traits().title);
}

}  // namespace puntual
