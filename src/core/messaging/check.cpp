// What collectors get wrong in a template, found before anybody reads it: who writes, what is
// offered, what is said. What the platform would refuse is in check_form.cpp.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/compliance/content.h"
#include "core/messaging/findings.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/wording.h"

namespace puntual::messaging {
namespace {

bool uses_variable(const MessageTemplate& message, std::string_view name) {
  for (const auto& piece : pieces_of(message.body)) {
    if (piece.is_variable && piece.text == name) return true;
  }
  return false;
}

bool has_payload(const MessageTemplate& message, std::string_view payload) {
  return std::ranges::find(message.buttons, payload, &TemplateButton::payload) !=
         message.buttons.end();
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
    findings.error(
        "missing_identity", message.body_line,
        fmt::format("No dice primero quién escribe{}: empiece con «le escribe {{{{agente}}}} de "
                    "{{{{empresa}}}}».",
                    has_agent ? " y de parte de quién" : ""));
  }
}

bool says(std::string_view folded, std::initializer_list<std::string_view> phrases) {
  return find_phrase(folded, std::span(phrases.begin(), phrases.size())).has_value();
}

// What every reminder must offer: what is owed, how to pay, how to get help, how to stop.
void check_offers(const MessageTemplate& message, Findings& findings) {
  const std::string folded = fold_text(message.body + "\n" + message.footer);
  const int line = message.body_line;
  const bool can_stop =
      has_payload(message, "BAJA") ||
      says(folded, {"baja", "no recibir", "no desea recibir", "nao receber", "responda sair"});
  if ((is_reminder(message.purpose) || message.purpose == Purpose::IdentityCheck) && !can_stop) {
    findings.error("missing_opt_out", line,
                   "No dice cómo dejar de recibir mensajes: agregue «responda BAJA».");
  }
  if (!is_reminder(message.purpose)) return;
  if (!uses_variable(message, "monto") && !uses_variable(message, "total") &&
      !uses_variable(message, "cuota")) {
    findings.error("missing_amount", line, "No dice cuánto es: agregue {{monto}} o {{total}}.");
  }
  if (!uses_variable(message, "vencimiento") && !uses_variable(message, "detalle") &&
      !uses_variable(message, "cuota_fecha")) {
    findings.error("missing_due_date", line,
                   "No dice cuándo vence: agregue {{vencimiento}} o {{detalle}}.");
  }
  const bool has_link =
      std::ranges::find(message.buttons, "url", &TemplateButton::kind) != message.buttons.end();
  if (!uses_variable(message, "como_pagar") && !uses_variable(message, "enlace") && !has_link) {
    findings.error("missing_way_to_pay", line, "No dice cómo pagar: agregue {{como_pagar}}.");
  }
  if (!uses_variable(message, "ayuda") && !has_payload(message, "AYUDA")) {
    findings.error("missing_help", line,
                   "No dice cómo pedir ayuda a una persona: agregue {{ayuda}}.");
  }
  if (!has_payload(message, "YA_PAGUE") &&
      !says(folded,
            {"ya pag*", "ya lo pag*", "ya abon*", "ya lo abon*", "ya los abon*",
             "ya realizo su pago", "ya realizaste tu pago", "ya hizo el pago", "ja pag*"})) {
    findings.error("missing_paid_line", line,
                   "Falta la frase para quien ya pagó («Si ya pagó, no tenga en cuenta…»).");
  }
  // Ley 19.496, art. 37 (checked 2026-11-21).
  if (message.language == "es_CL" && !compliance::read_text(message.body).statement) {
    findings.error("missing_statement", line,
                   "En Chile hay que decir que no es un procedimiento en contra de los "
                   "bienes de la persona.");
  }
}

void check_rules(std::span<const WordingRule> rules, std::string_view folded, int line,
                 Findings& findings) {
  for (const auto& rule : rules) {
    const auto phrase = find_phrase(folded, rule.phrases);
    if (!phrase) continue;
    const std::string message = fmt::format("«{}»: {}.", *phrase, rule.remedy);
    rule.is_error ? findings.error(rule.code, line, message)
                  : findings.warning(rule.code, line, message);
  }
}

void check_wording_of(const MessageTemplate& message, std::string_view text, int line,
                      Findings& findings) {
  const std::string folded = fold_text(text);
  check_rules(wording_rules(), folded, line, findings);
  if (message.language.starts_with("es"))
    check_rules(treatment_rules(message.treatment), folded, line, findings);
}

// An opener goes to somebody who may be a stranger: no facts of a debt in any part of it.
void check_opener(const MessageTemplate& message, Findings& findings) {
  if (message.purpose != Purpose::IdentityCheck) return;
  static constexpr std::string_view kHarmless[] = {
      "agente", "empresa", "nombre", "nombre_completo", "ayuda", "enlace_whatsapp", "como_salir"};
  std::string all = message.body + "\n" + message.footer;
  for (const auto& button : message.buttons) {
    all += "\n" + button.text;
    if (button.kind == "url")
      findings.error("reveals_debt", button.line,
                     "Un enlace cuenta de qué se trata: quítelo hasta saber quién responde.");
  }
  for (const auto& piece : pieces_of(all)) {
    if (!piece.is_variable || std::ranges::find(kHarmless, piece.text) != std::end(kHarmless))
      continue;
    findings.error(
        "reveals_debt", message.body_line,
        fmt::format("{{{{{}}}}} cuenta algo de la deuda a quien quizá no es la persona: quítelo.",
                    piece.text));
  }
  std::string words;
  for (const auto& piece : pieces_of(all))
    words += piece.is_variable ? std::string(" ") : std::string(piece.text);
  if (reveals_debt(words) ||
      std::ranges::any_of(words, [](char c) { return c >= '0' && c <= '9'; })) {
    findings.error("reveals_debt", message.body_line,
                   "Habla de un pago, de una cifra o de una deuda a quien quizá no es la persona: "
                   "diga solo «un mensaje».");
  }
}

// What the gate would refuse when it is sent, so that it is found now.
void check_lawful(std::string_view row, int line, Findings& findings) {
  const auto found = compliance::read_text(row);
  const auto add = [&](bool is_found, std::string_view code, std::string_view what) {
    const bool is_known = std::ranges::any_of(findings.list, [&](const TemplateFinding& one) {
      return one.code == code && one.line == line;
    });
    if (is_found && !is_known)
      findings.error(code, line, fmt::format("{}: la compuerta legal no lo dejará salir.", what));
  };
  add(found.threat, "threat", "Este renglón suena a amenaza o a ofensa");
  add(found.court && !found.statement, "threat", "Este renglón habla de juicios o abogados");
  add(found.credit_register, "credit_register", "Este renglón nombra las centrales de riesgo");
  add(found.advertising, "promotion", "Este renglón es publicidad");
  add(found.third_party, "third_party", "Este renglón cuenta la deuda a otras personas");
  // Lawful when it was agreed, and only the creditor knows that ([creditor] charges).
  if (found.charge)
    findings.warning(
        "charge", line,
        "Este renglón habla de gastos, recargos o multas: sin [creditor] charges no saldrá.");
  add(found.reason_question, "reason_question", "Este renglón pregunta por qué no pagó");
}

// A receipt or an answer that also asks for money loses its exemption from hours and caps.
void check_no_demand(const MessageTemplate& message, Findings& findings) {
  const bool is_answer = message.is_answer || message.purpose == Purpose::PaymentConfirmation ||
                         message.purpose == Purpose::OptOutAck;
  if (!is_answer) return;
  const auto found = compliance::read_text(message.body);
  if (found.demand || (found.still_owed && !message.is_answer)) {
    findings.error("demand", message.body_line,
                   "Un recibo o una confirmación de baja no pide otro pago: deje solo el "
                   "agradecimiento y el saldo.");
  }
}

void check_wording(const MessageTemplate& message, Findings& findings) {
  int line = message.body_line;
  for (size_t at = 0; at <= message.body.size(); ++line) {
    const size_t end = std::min(message.body.find('\n', at), message.body.size());
    const std::string_view row = std::string_view(message.body).substr(at, end - at);
    check_wording_of(message, row, line, findings);
    check_lawful(row, line, findings);
    if (row.find('\t') != std::string_view::npos || row.find("    ") != std::string_view::npos) {
      findings.error("blanks", line, "Hay un tabulador o espacios seguidos: deje uno solo.");
    }
    at = end + 1;
  }
  if (message.body.find("\n\n\n") != std::string::npos) {
    findings.warning("blank_lines", message.body_line,
                     "Hay dos renglones vacíos seguidos: deje uno.");
  }
  check_wording_of(message, message.footer, message.footer_line, findings);
  for (const auto& button : message.buttons)
    check_wording_of(message, button.text, button.line, findings);
  for (const auto& [name, fallback] : message.fallbacks)
    check_wording_of(message, fallback, message.fallbacks_line, findings);
}

}  // namespace

bool reveals_debt(std::string_view text) { return compliance::tells_of_debt(text); }

std::vector<TemplateFinding> check(const MessageTemplate& message_template) {
  Findings findings;
  check_form(message_template, findings);
  if (!message_template.is_answer) check_identity(message_template, findings);
  check_offers(message_template, findings);
  check_opener(message_template, findings);
  check_wording(message_template, findings);
  check_no_demand(message_template, findings);
  std::ranges::stable_sort(findings.list, {}, &TemplateFinding::line);
  return findings.list;
}

}  // namespace puntual::messaging
