// The texts of the payer's page (web/pay/es.toml, pt.toml), in the language of who pays. Pure;
// thread-safe.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace puntual {

class PayWords {
 public:
  // Portuguese for "pt_BR", else Spanish.
  [[nodiscard]] static const PayWords& of(std::string_view locale);

  // With its {{names}} filled. The key must be one of the file's.
  [[nodiscard]] std::string say(
      std::string_view key,
      std::initializer_list<std::pair<std::string_view, std::string_view>> values = {}) const;
  [[nodiscard]] const json::object& all() const { return texts_; }
  // As in that country: what identifies a person, or an account.
  [[nodiscard]] std::string document_in(std::string_view country) const {
    return in_country(documents_, country);
  }
  [[nodiscard]] std::string account_in(std::string_view country) const {
    return in_country(accounts_, country);
  }
  // A way to pay, by its Spanish name (ProviderMethod::name_es).
  [[nodiscard]] std::string method(std::string_view name_es) const;
  [[nodiscard]] std::string_view language() const { return language_; }  // "es"

 private:
  explicit PayWords(std::string_view language);
  std::string_view language_;
  [[nodiscard]] static std::string in_country(const json::object& names, std::string_view country);
  json::object texts_, documents_, accounts_, methods_;
};

}  // namespace puntual
