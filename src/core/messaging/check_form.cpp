// What the platform would refuse in a template. Limits: contract sections 3.1 and 2.4, checked
// 2026-11-21.
#include <algorithm>
#include <cctype>

#include "base/address.h"
#include "base/suggest.h"
#include "core/messaging/findings.h"
#include "core/messaging/placeholder.h"

namespace puntual::messaging {
namespace {

constexpr size_t kBodyMax = 1024;
constexpr size_t kBodyAdvised = 750;  // Longer than a phone's screen.
constexpr size_t kFooterMax = 60;
constexpr size_t kLabelMax = 25;
constexpr size_t kButtonsMax = 10;
constexpr size_t kAnswerLabelMax = 20;  // Of an answer's reply buttons: contract section 2.4.
constexpr size_t kAnswerButtonsMax = 3;
constexpr size_t kUrlButtonsMax = 2;
constexpr size_t kUrlMax = 2000;

int line_at(const MessageTemplate& message, size_t offset) {
  const auto newlines = std::ranges::count(std::string_view(message.body).substr(0, offset), '\n');
  return message.body_line + static_cast<int>(newlines);
}

size_t offset_of(const MessageTemplate& message, std::string_view part) {
  return static_cast<size_t>(part.data() - message.body.data());
}

bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           static_cast<unsigned char>(byte) >= 0x80;
  });
}

void check_head(const MessageTemplate& message, Findings& findings) {
  const auto is_name_byte = [](char b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '_';
  };
  if (!std::ranges::all_of(message.name, is_name_byte) || message.name.empty() ||
      message.name.size() > 512) {
    findings.error("bad_name", 1,
                   fmt::format("El nombre «{}» no sirve: use solo minúsculas sin tilde, números y "
                               "guion bajo, por ejemplo recordatorio_v1.",
                               message.name));
  }
  const std::string_view language = message.language;
  const bool two = language.size() == 2 || (language.size() == 5 && language[2] == '_');
  const bool shape =
      two && std::islower(language[0]) && std::islower(language[1]) &&
      (language.size() == 2 || (std::isupper(language[3]) && std::isupper(language[4])));
  if (!shape) {
    findings.error("bad_language", 1,
                   fmt::format("El idioma «{}» no sirve: escriba es, es_CO, es_MX…", language));
  }
  if (message.category != "UTILITY") {
    findings.error("bad_category", 1,
                   "Un mensaje de cobro es UTILITY: como MARKETING cuesta más y puede no llegar.");
  }
}

// A named parameter has one value and one place; the platform refuses a second one of the same
// name.
void check_variables_once(const MessageTemplate& message, Findings& findings) {
  std::vector<std::string_view> seen;
  for (const auto& piece : pieces_of(message.body)) {
    if (!piece.is_variable) continue;
    if (std::ranges::find(seen, piece.text) != seen.end()) {
      findings.error(
          "variable_twice", line_at(message, offset_of(message, piece.text)),
          fmt::format("{{{{{}}}}} está dos veces: la plataforma acepta cada variable una "
                      "sola vez; diga lo mismo con otras palabras.",
                      piece.text));
    }
    seen.push_back(piece.text);
  }
}

// The platform counts the variables of the whole body, not of the words that our values bring.
void check_variable_places(const MessageTemplate& message, Findings& findings) {
  const auto pieces = pieces_of(message.body);
  size_t variables = 0, words = 0;
  bool letters_since_variable = false;
  for (const auto& piece : pieces) {
    if (!piece.is_variable) {
      letters_since_variable |= has_letter(piece.text);
      bool in_word = false;
      for (const char byte : piece.text) {
        const bool blank = byte == ' ' || byte == '\n';
        words += !blank && !in_word ? 1 : 0;
        in_word = !blank;
      }
      continue;
    }
    const int line = line_at(message, offset_of(message, piece.text));
    if (!letters_since_variable && variables == 0) {
      findings.error("variable_at_edge", line,
                     fmt::format("El texto empieza con {{{{{}}}}}: ponga antes al menos una "
                                 "palabra, la plataforma lo rechaza.",
                                 piece.text));
    } else if (!letters_since_variable) {
      findings.error("adjacent_variables", line,
                     fmt::format("{{{{{}}}}} está pegada a otra variable: ponga palabras "
                                 "entre las dos.",
                                 piece.text));
    }
    letters_since_variable = false;
    ++variables;
  }
  if (variables > 0 && !letters_since_variable) {
    findings.error(
        "variable_at_edge", line_at(message, message.body.size()),
        "El texto termina con una variable: cierre con alguna palabra, la plataforma lo rechaza.");
  }
  if (words < 2 * variables + 1) {
    findings.error("too_many_variables", message.body_line,
                   fmt::format("Hay {} variables para tan poco texto: escriba más o quite alguna.",
                               variables));
  }
}

// Its reminders speak of an instalment.
bool is_of_agreement(const MessageTemplate& message) {
  return message.name.starts_with("recordatorio_acuerdo");
}

// Whether such a message always has a value for it.
bool is_given(const MessageTemplate& message, std::string_view name) {
  const Purpose purpose = message.purpose;
  if (name == "empresa" || name == "hoy" || name == "nombre_completo" ||
      name == "enlace_whatsapp" || name == "como_salir")
    return true;
  // A talk chooses its answer by what there is to say (core/conversation/respond.h).
  if (message.is_answer)
    return name == "total" || name == "detalle" || name == "fecha" || name == "acuerdo" ||
           name == "opciones" || name == "pagado";
  if (is_of_agreement(message) &&
      (name == "cuota" || name == "cuota_fecha" || name == "cuota_numero"))
    return true;
  const bool about_invoices = is_reminder(purpose) || purpose == Purpose::PaymentConfirmation ||
                              purpose == Purpose::BureauNotice;
  if (!about_invoices) return false;
  if (name == "pagado" || name == "restante" || name == "aplicado")
    return purpose == Purpose::PaymentConfirmation;
  return name == "factura" || name == "monto" || name == "vencimiento" || name == "cantidad" ||
         name == "total" || name == "detalle";
}

void check_variable(const MessageTemplate& message, std::string_view name, int line,
                    Findings& findings) {
  const bool has_own =
      std::ranges::any_of(message.fallbacks, [&](const auto& one) { return one.first == name; });
  const VariableInfo* info = known_variable(name);
  if (info == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& known : known_variables()) names.push_back(known.name);
    const auto near = closest_word(name, names);
    const std::string remedy = near.empty() ? "vea la lista con: puntual template variables"
                                            : fmt::format("¿quiso decir {{{{{}}}}}?", near);
    findings.error("unknown_variable", line, fmt::format("{{{{{}}}}} no existe: {}", name, remedy));
  } else if (info->fallback.empty() && !has_own && !is_given(message, name)) {
    const std::string remedy = name == "enlace"
                                   ? "use {{como_pagar}}, que sabe qué decir sin enlace"
                                   : fmt::format("agregue [fallbacks] {} = \"…\" o quítela", name);
    findings.error(
        "variable_without_fallback", line,
        fmt::format(
            "{{{{{}}}}} puede no tener valor en este mensaje y no tiene texto de reemplazo: {}.",
            name, remedy));
  }
}

void check_variables(const MessageTemplate& message, Findings& findings) {
  std::vector<std::string_view> seen;
  for (const auto& piece : pieces_of(message.body)) {
    const int line = line_at(message, offset_of(message, piece.text));
    if (piece.is_variable) {
      if (std::ranges::find(seen, piece.text) == seen.end())
        check_variable(message, piece.text, line, findings);
      seen.push_back(piece.text);
    } else if (piece.text.find_first_of("{}") != std::string_view::npos) {
      findings.error("broken_variable", line,
                     "Hay una llave suelta: las variables se escriben {{nombre}}.");
    }
  }
  for (const auto& [name, fallback] : message.fallbacks) {
    const int line = message.fallbacks_line;
    if (fallback.find_first_of("\n\t\r") != std::string::npos ||
        fallback.find("    ") != std::string::npos) {
      findings.error("newline_in_parameter", line,
                     fmt::format("El reemplazo de {{{{{}}}}} tiene un salto de línea, un "
                                 "tabulador o espacios seguidos: la plataforma rechaza el "
                                 "mensaje (132018).",
                                 name));
    }
    if (std::ranges::find(seen, name) == seen.end()) {
      findings.warning("unused_fallback", line,
                       fmt::format("El reemplazo de «{}» no se usa.", name));
    }
  }
}

void check_length(const MessageTemplate& message, Findings& findings) {
  std::string text;
  for (const auto& piece : pieces_of(message.body)) {
    const VariableInfo* info = piece.is_variable ? known_variable(piece.text) : nullptr;
    text +=
        info == nullptr ? std::string(piece.text) : in_treatment(info->example, message.treatment);
  }
  const size_t length = count_characters(text);
  if (length > kBodyMax) {
    findings.error("too_long", message.body_line,
                   fmt::format("El texto tiene unos {} caracteres con los datos de "
                               "ejemplo; caben {}.",
                               length, kBodyMax));
  } else if (length > kBodyAdvised) {
    findings.warning("long", message.body_line,
                     fmt::format("El texto tiene unos {} caracteres: más de {} no se lee "
                                 "de un vistazo.",
                                 length, kBodyAdvised));
  }
  if (count_characters(message.footer) > kFooterMax) {
    findings.error("footer_too_long", message.footer_line,
                   fmt::format("El pie tiene {} caracteres; caben {}.",
                               count_characters(message.footer), kFooterMax));
  }
  if (message.footer.find("{{") != std::string::npos) {
    findings.error("variable_in_footer", message.footer_line, "El pie no admite variables.");
  }
}

void check_url(const TemplateButton& button, Findings& findings) {
  if (button.url == "{{enlace}}") return;
  const auto pieces = pieces_of(button.url);
  const auto variables = std::ranges::count_if(pieces, &TextPiece::is_variable);
  const bool well_placed = variables == 0 || (variables == 1 && pieces.back().is_variable);
  // A house that is tried out has its page on this machine; the settings of a real one refuse that.
  const bool is_tried = button.url.starts_with("http://") && is_this_machine(button.url);
  if (!(is_tried || button.url.starts_with("https://")) || !well_placed ||
      button.url.size() > kUrlMax) {
    findings.error("bad_url", button.line,
                   "El enlace del botón debe empezar con https:// y llevar a lo sumo una "
                   "variable, al final; o ser {{enlace}}.");
  }
}

void check_buttons(const MessageTemplate& message, Findings& findings) {
  size_t urls = 0, groups = 0;
  std::string_view before;
  for (const auto& button : message.buttons) {
    groups += button.kind == "quick_reply" && before != "quick_reply" ? 1 : 0;
    before = button.kind;
    urls += button.kind == "url" ? 1 : 0;
    if (button.kind == "url") check_url(button, findings);
    const size_t length = count_characters(button.text);
    const size_t length_max = message.is_answer ? kAnswerLabelMax : kLabelMax;
    if (length > length_max || button.text.find("{{") != std::string::npos) {
      findings.error("bad_label", button.line,
                     fmt::format("El botón «{}» tiene {} caracteres; caben {}, sin variables.",
                                 button.text, length, length_max));
    }
    if (std::ranges::count(message.buttons, button.text, &TemplateButton::text) > 1) {
      findings.error("repeated_label", button.line,
                     fmt::format("Dos botones dicen «{}».", button.text));
    }
  }
  const int line = message.buttons.empty() ? 1 : message.buttons.front().line;
  if (message.is_answer && (message.buttons.size() > kAnswerButtonsMax || urls > 0)) {
    findings.error("too_many_buttons", line,
                   "Una respuesta lleva a lo sumo tres botones, y ninguno con enlace.");
  }
  if (message.buttons.size() > kButtonsMax || urls > kUrlButtonsMax) {
    findings.error("too_many_buttons", line,
                   "La plataforma admite diez botones, y dos de ellos con enlace.");
  }
  if (groups > 1) {
    findings.error("button_order", line,
                   "Los botones de respuesta deben ir juntos, sin un enlace en medio.");
  }
}

}  // namespace

void check_form(const MessageTemplate& message, Findings& findings) {
  check_head(message, findings);
  if (!message.is_answer) check_variable_places(message, findings);
  check_variables_once(message, findings);
  check_variables(message, findings);
  check_length(message, findings);
  check_buttons(message, findings);
}

}  // namespace puntual::messaging
