// The texts of the payer's page (web/pay/es.toml, pt.toml), in the language of who pays. Pure; thread-safe.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace puntual {

class PayWords {
 public:
  // Portuguese for "pt_BR", else Spanish. A country: what its documents are called.
  [[nodiscard]] static const PayWords& of(std::string_view locale);

  // With its {{names}} filled. The key must be one of the file's.
  [[nodiscard]] std::string say(std::string_view key, std::initializer_list<std::pair<std::string_view, std::string_view>> values = {}) const;
  [[nodiscard]] const json::object& all() const { return texts_; }
  [[nodiscard]] std::string document_in(std::string_view country) const;
  [[nodiscard]] std::string_view language() const { return language_; }  // "es"

 private:
  explicit PayWords(std::string_view language);
  std::string_view language_;
  json::object texts_, documents_;
};

}  // namespace puntual
