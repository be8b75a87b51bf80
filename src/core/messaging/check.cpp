// What collectors get wrong in a template, found before anybody reads it: who writes, what is said, and
// what the platform would refuse. Limits: contract sections 3.1 and 2.4, checked 2026-11-21.
#include <algorithm>
#include <cctype>

#include "base/suggest.h"
#include "base/text.h"
#include "core/compliance/content.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/template.h"
#include "core/messaging/wording.h"

namespace puntual::messaging {
namespace {

constexpr size_t kBodyMax = 1024;
constexpr size_t kBodyAdvised = 750;  // Longer than a phone's screen.
constexpr size_t kFooterMax = 60;
constexpr size_t kLabelMax = 25;
constexpr size_t kButtonsMax = 10;
constexpr size_t kUrlButtonsMax = 2;
constexpr size_t kUrlMax = 2000;

struct Findings {
  std::vector<TemplateFinding> list;
  void error(std::string_view code, int line, std::string message) {
    list.push_back({std::string(code), true, std::move(message), line});
  }
  void warning(std::string_view code, int line, std::string message) {
    list.push_back({std::string(code), false, std::move(message), line});
  }
};

bool is_reminder(Purpose purpose) { return purpose == Purpose::PreDue || purpose == Purpose::Overdue; }

int line_at(const MessageTemplate& message, size_t offset) {
  const auto newlines = std::ranges::count(std::string_view(message.body).substr(0, offset), '\n');
  return message.body_line + static_cast<int>(newlines);
}

size_t offset_of(const MessageTemplate& message, std::string_view part) {
  return static_cast<size_t>(part.data() - message.body.data());
}

bool uses_variable(const MessageTemplate& message, std::string_view name) {
  for (const auto& piece : pieces_of(message.body)) {
    if (piece.is_variable && piece.text == name) return true;
  }
  return false;
}

bool has_payload(const MessageTemplate& message, std::string_view payload) {
  return std::ranges::find(message.buttons, payload, &TemplateButton::payload) != message.buttons.end();
}

bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || static_cast<unsigned char>(byte) >= 0x80;
  });
}

void check_head(const MessageTemplate& message, Findings& findings) {
  const auto is_name_byte = [](char b) { return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '_'; };
  if (!std::ranges::all_of(message.name, is_name_byte) || message.name.empty() || message.name.size() > 512) {
    findings.error("bad_name", 1, fmt::format("El nombre «{}» no sirve: use solo minúsculas sin tilde, números y "
                                              "guion bajo, por ejemplo recordatorio_v1.", message.name));
  }
  const std::string_view language = message.language;
  const bool two = language.size() == 2 || (language.size() == 5 && language[2] == '_');
  const bool shape = two && std::islower(language[0]) && std::islower(language[1]) &&
                     (language.size() == 2 || (std::isupper(language[3]) && std::isupper(language[4])));
  if (!shape) {
    findings.error("bad_language", 1, fmt::format("El idioma «{}» no sirve: escriba es, es_CO, es_MX…", language));
  }
  if (message.category != "UTILITY") {
    findings.error("bad_category", 1, "Un mensaje de cobro es UTILITY: como MARKETING cuesta más y puede no llegar.");
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
      findings.error("variable_at_edge", line, fmt::format("El texto empieza con {{{{{}}}}}: ponga antes al menos una "
                                                           "palabra, la plataforma lo rechaza.", piece.text));
    } else if (!letters_since_variable) {
      findings.error("adjacent_variables", line, fmt::format("{{{{{}}}}} está pegada a otra variable: ponga palabras "
                                                             "entre las dos.", piece.text));
    }
    letters_since_variable = false;
    ++variables;
  }
  if (variables > 0 && !letters_since_variable) {
    findings.error("variable_at_edge", line_at(message, message.body.size()),
                   "El texto termina con una variable: cierre con alguna palabra, la plataforma lo rechaza.");
  }
  if (words < 2 * variables + 1) {
    findings.error("too_many_variables", message.body_line,
                   fmt::format("Hay {} variables para tan poco texto: escriba más o quite alguna.", variables));
  }
}

// Whether a message of this purpose always has a value for it.
bool is_given(Purpose purpose, std::string_view name) {
  if (name == "empresa" || name == "hoy" || name == "nombre_completo") return true;
  const bool about_invoices = is_reminder(purpose) || purpose == Purpose::PaymentConfirmation ||
                              purpose == Purpose::BureauNotice;
  if (!about_invoices) return false;
  if (name == "pagado" || name == "restante") return purpose == Purpose::PaymentConfirmation;
  return name == "factura" || name == "monto" || name == "vencimiento" || name == "cantidad" || name == "total" ||
         name == "detalle";
}

void check_variable(const MessageTemplate& message, std::string_view name, int line, Findings& findings) {
  const bool has_own = std::ranges::any_of(message.fallbacks, [&](const auto& one) { return one.first == name; });
  const VariableInfo* info = known_variable(name);
  if (info == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& known : known_variables()) names.push_back(known.name);
    const auto near = closest_word(name, names);
    const std::string remedy = near.empty() ? "vea la lista con: puntual template variables"
                                            : fmt::format("¿quiso decir {{{{{}}}}}?", near);
    findings.error("unknown_variable", line, fmt::format("{{{{{}}}}} no existe: {}", name, remedy));
  } else if (info->fallback.empty() && !has_own && !is_given(message.purpose, name)) {
    const std::string remedy = name == "enlace" ? "use {{como_pagar}}, que sabe qué decir sin enlace"
                                                : fmt::format("agregue [fallbacks] {} = \"…\" o quítela", name);
    findings.error("variable_without_fallback", line,
                   fmt::format("{{{{{}}}}} puede no tener valor en este mensaje y no tiene texto de reemplazo: {}.",
                               name, remedy));
  }
}

void check_variables(const MessageTemplate& message, Findings& findings) {
  std::vector<std::string_view> seen;
  for (const auto& piece : pieces_of(message.body)) {
    const int line = line_at(message, offset_of(message, piece.text));
    if (piece.is_variable) {
      if (std::ranges::find(seen, piece.text) == seen.end()) check_variable(message, piece.text, line, findings);
      seen.push_back(piece.text);
    } else if (piece.text.find_first_of("{}") != std::string_view::npos) {
      findings.error("broken_variable", line, "Hay una llave suelta: las variables se escriben {{nombre}}.");
    }
  }
  for (const auto& [name, fallback] : message.fallbacks) {
    const int line = message.fallbacks_line;
    if (fallback.find_first_of("\n\t\r") != std::string::npos || fallback.find("    ") != std::string::npos) {
      findings.error("newline_in_parameter", line, fmt::format("El reemplazo de {{{{{}}}}} tiene un salto de línea, un "
                                                               "tabulador o espacios seguidos: la plataforma rechaza el "
                                                               "mensaje (132018).", name));
    }
    if (std::ranges::find(seen, name) == seen.end()) {
      findings.warning("unused_fallback", line, fmt::format("El reemplazo de «{}» no se usa.", name));
    }
  }
}

// Agent and company come first, before anything is asked.
void check_identity(const MessageTemplate& message, Findings& findings) {
  size_t variables = 0;
  bool has_agent = false, has_company = false;
  for (const auto& piece : pieces_of(message.body)) {
    if (!piece.is_variable || ++variables > 2) continue;
    has_agent |= piece.text == "agente";
    has_company |= piece.text == "empresa";
  }
  if (!has_company || !has_agent) {
    findings.error("missing_identity", message.body_line,
                   fmt::format("No dice primero quién escribe{}: empiece con «le escribe {{{{agente}}}} de "
                               "{{{{empresa}}}}».", has_agent ? " y de parte de quién" : ""));
  }
}

bool says(std::string_view folded, std::initializer_list<std::string_view> phrases) {
  return find_phrase(folded, std::span(phrases.begin(), phrases.size())).has_value();
}

// What every reminder must offer: what is owed, how to pay, how to get help, how to stop.
void check_offers(const MessageTemplate& message, Findings& findings) {
  const std::string folded = fold_text(message.body + "\n" + message.footer);
  const int line = message.body_line;
  const bool can_stop = has_payload(message, "BAJA") || says(folded, {"baja", "no recibir", "no desea recibir"});
  if ((is_reminder(message.purpose) || message.purpose == Purpose::IdentityCheck) && !can_stop) {
    findings.error("missing_opt_out", line, "No dice cómo dejar de recibir mensajes: agregue «responda BAJA».");
  }
  if (!is_reminder(message.purpose)) return;
  if (!uses_variable(message, "monto") && !uses_variable(message, "total")) {
    findings.error("missing_amount", line, "No dice cuánto es: agregue {{monto}} o {{total}}.");
  }
  if (!uses_variable(message, "vencimiento") && !uses_variable(message, "detalle")) {
    findings.error("missing_due_date", line, "No dice cuándo vence: agregue {{vencimiento}} o {{detalle}}.");
  }
  const bool has_link = std::ranges::find(message.buttons, "url", &TemplateButton::kind) != message.buttons.end();
  if (!uses_variable(message, "como_pagar") && !uses_variable(message, "enlace") && !has_link) {
    findings.error("missing_way_to_pay", line, "No dice cómo pagar: agregue {{como_pagar}}.");
  }
  if (!uses_variable(message, "ayuda") && !has_payload(message, "AYUDA")) {
    findings.error("missing_help", line, "No dice cómo pedir ayuda a una persona: agregue {{ayuda}}.");
  }
  if (!has_payload(message, "YA_PAGUE") && !says(folded, {"ya pag*", "ya lo pag*", "ya abon*", "ya lo abon*",
                                                         "ya los abon*", "ya realizo su pago", "ya hizo el pago"})) {
    findings.error("missing_paid_line", line, "Falta la frase para quien ya pagó («Si ya pagó, no tenga en cuenta…»).");
  }
  // Ley 19.496, art. 37 (checked 2026-11-21).
  if (message.language == "es_CL" && !(says(folded, {"procedimiento"}) && says(folded, {"bienes"}))) {
    findings.error("missing_statement", line, "En Chile hay que decir que no es un procedimiento en contra de los "
                                              "bienes de la persona.");
  }
}

void check_wording_of(std::string_view text, int line, Findings& findings) {
  const std::string folded = fold_text(text);
  for (const auto& rule : wording_rules()) {
    const auto phrase = find_phrase(folded, rule.phrases);
    if (!phrase) continue;
    const std::string message = fmt::format("«{}»: {}.", *phrase, rule.remedy);
    rule.is_error ? findings.error(rule.code, line, message) : findings.warning(rule.code, line, message);
  }
}

// What the gate would refuse when it is sent, so that it is found now.
void check_lawful(std::string_view row, int line, Findings& findings) {
  const auto found = compliance::read_text(row);
  const auto add = [&](bool is_found, std::string_view code, std::string_view what) {
    const bool is_known = std::ranges::any_of(findings.list, [&](const TemplateFinding& one) {
      return one.code == code && one.line == line;
    });
    if (is_found && !is_known) findings.error(code, line, fmt::format("{}: la compuerta legal no lo dejará salir.", what));
  };
  add(found.threat, "threat", "Este renglón suena a amenaza o a ofensa");
  add(found.court && !found.statement, "threat", "Este renglón habla de juicios o abogados");
  add(found.credit_register, "credit_register", "Este renglón nombra las centrales de riesgo");
  add(found.advertising, "promotion", "Este renglón es publicidad");
  add(found.third_party, "third_party", "Este renglón cuenta la deuda a otras personas");
  add(found.reason_question, "reason_question", "Este renglón pregunta por qué no pagó");
}

// A receipt or an answer that also asks for money loses its exemption from hours and caps.
void check_no_demand(const MessageTemplate& message, Findings& findings) {
  const bool is_answer = message.purpose == Purpose::PaymentConfirmation || message.purpose == Purpose::OptOutAck;
  if (is_answer && compliance::read_text(message.body).demand) {
    findings.error("demand", message.body_line, "Un recibo o una confirmación de baja no pide otro pago: deje solo el "
                                                "agradecimiento y el saldo.");
  }
}

void check_wording(const MessageTemplate& message, Findings& findings) {
  int line = message.body_line;
  for (size_t at = 0; at <= message.body.size(); ++line) {
    const size_t end = std::min(message.body.find('\n', at), message.body.size());
    const std::string_view row = std::string_view(message.body).substr(at, end - at);
    check_wording_of(row, line, findings);
    check_lawful(row, line, findings);
    if (row.find('\t') != std::string_view::npos || row.find("    ") != std::string_view::npos) {
      findings.error("blanks", line, "Hay un tabulador o espacios seguidos: deje uno solo.");
    }
    at = end + 1;
  }
  if (message.body.find("\n\n\n") != std::string::npos) {
    findings.warning("blank_lines", message.body_line, "Hay dos renglones vacíos seguidos: deje uno.");
  }
  check_wording_of(message.footer, message.footer_line, findings);
  for (const auto& button : message.buttons) check_wording_of(button.text, button.line, findings);
  for (const auto& [name, fallback] : message.fallbacks) check_wording_of(fallback, message.fallbacks_line, findings);
}

void check_length(const MessageTemplate& message, Findings& findings) {
  std::string text;
  for (const auto& piece : pieces_of(message.body)) {
    const VariableInfo* info = piece.is_variable ? known_variable(piece.text) : nullptr;
    text += info == nullptr ? piece.text : info->example;
  }
  const size_t length = count_characters(text);
  if (length > kBodyMax) {
    findings.error("too_long", message.body_line, fmt::format("El texto tiene unos {} caracteres con los datos de "
                                                              "ejemplo; caben {}.", length, kBodyMax));
  } else if (length > kBodyAdvised) {
    findings.warning("long", message.body_line, fmt::format("El texto tiene unos {} caracteres: más de {} no se lee "
                                                            "de un vistazo.", length, kBodyAdvised));
  }
  if (count_characters(message.footer) > kFooterMax) {
    findings.error("footer_too_long", message.footer_line,
                   fmt::format("El pie tiene {} caracteres; caben {}.", count_characters(message.footer), kFooterMax));
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
  if (!button.url.starts_with("https://") || !well_placed || button.url.size() > kUrlMax) {
    findings.error("bad_url", button.line, "El enlace del botón debe empezar con https:// y llevar a lo sumo una "
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
    if (length > kLabelMax || button.text.find("{{") != std::string::npos) {
      findings.error("bad_label", button.line, fmt::format("El botón «{}» tiene {} caracteres; caben {}, sin variables.",
                                                           button.text, length, kLabelMax));
    }
    if (std::ranges::count(message.buttons, button.text, &TemplateButton::text) > 1) {
      findings.error("repeated_label", button.line, fmt::format("Dos botones dicen «{}».", button.text));
    }
  }
  const int line = message.buttons.empty() ? 1 : message.buttons.front().line;
  if (message.buttons.size() > kButtonsMax || urls > kUrlButtonsMax) {
    findings.error("too_many_buttons", line, "La plataforma admite diez botones, y dos de ellos con enlace.");
  }
  if (groups > 1) {
    findings.error("button_order", line, "Los botones de respuesta deben ir juntos, sin un enlace en medio.");
  }
}

}  // namespace

std::vector<TemplateFinding> check(const MessageTemplate& message_template) {
  Findings findings;
  check_head(message_template, findings);
  check_identity(message_template, findings);
  check_variable_places(message_template, findings);
  check_variables(message_template, findings);
  check_offers(message_template, findings);
  check_wording(message_template, findings);
  check_no_demand(message_template, findings);
  check_length(message_template, findings);
  check_buttons(message_template, findings);
  std::ranges::stable_sort(findings.list, {}, &TemplateFinding::line);
  return findings.list;
}

}  // namespace puntual::messaging
