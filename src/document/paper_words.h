// The words of our paper, each beside its translation, as its reader speaks: Spanish, or Portuguese
// in Brazil.
#pragma once

#include <string>
#include <string_view>

namespace puntual::document {

class PaperWords {
 public:
  explicit PaperWords(std::string_view locale) : is_portuguese_(locale.starts_with("pt")) {}
  [[nodiscard]] std::string operator()(std::string_view spanish,
                                       std::string_view portuguese) const {
    return std::string(is_portuguese_ ? portuguese : spanish);
  }
  [[nodiscard]] std::string language() const { return is_portuguese_ ? "pt-BR" : "es"; }

 private:
  bool is_portuguese_;
};

}  // namespace puntual::document
