#include "app/words.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "base/embedded.h"
#include "base/phrase_index.h"
#include "base/text.h"
#include "core/messaging/money_words.h"
#include "engine/explain.h"
#include "engine/identify.h"

namespace puntual {
namespace {

struct CodeText {
  std::string_view code, spanish;
};
// Codes of the engine that are no reasons of the gate.
constexpr CodeText kCodeTexts[] = {
    {"PAID", "Ya pagó: no hay nada que recordar."},
    {"BALANCE_CHANGED", "El saldo cambió y el texto ya no sería cierto."},
    {"DEBT_CHANGED", "La deuda cambió en el archivo; el plan la mira de nuevo."},
    {"EXPIRED", "El mensaje dejó de ser oportuno."},
    {"SERVICE_WINDOW_CLOSED", "Pasaron más de 24 horas desde su último mensaje."},
    {"step_pending", "Todavía no toca: el plan espera a su próximo momento."},
    {"nothing_owed", "No debe nada."},
    {"no_due_date", "La factura no tiene fecha de vencimiento."},
    {"cadence_finished", "El plan terminó: insistir más no ayuda. Sigue una persona."},
    {"too_old", "Venció hace tanto que puede haber prescrito: decide una persona."},
    {"below_minimum", "Lo que debe es muy poco para molestarle."},
    {"needs_review", "El siguiente mensaje espera que una persona lo revise."},
    {"already_said", "Eso ya se le dijo, y no se repite."},
    {"erased", "Sus datos se borraron a pedido suyo."},
    {"UNREACHABLE",
     "WhatsApp no pudo entregarle el último mensaje; se le deja tranquilo unos días."},
    {"WHATSAPP_NOT_WANTED", "No quiere WhatsApp: no se le invita a usarlo."},
    {"REACHED", "WhatsApp vuelve a llegarle: ya no hace falta otra vía."},
    {"STRATEGY_CAP", "El plan ya le escribió lo bastante por ahora."},
    {"KINDER_HOUR", "La ley ya lo permite, pero la hora todavía no es amable."},
    {"PAIR_PACE", "WhatsApp pide una pausa entre dos mensajes a la misma persona."},
    {"BALANCE_CHANGED", "La respuesta iba a decir un saldo que ya cambió: queda para una persona."},
    {"IMPORT_GRACE",
     "El archivo se acaba de cargar: por unos segundos todavía se puede deshacer sin escribirle a "
     "nadie."},
    {"AGREEMENT_ENDED", "El acuerdo terminó, o ese pago ya se hizo."},
    {"SUPERSEDED", "Un mensaje más nuevo dice lo mismo mejor."},
    {"PAYMENT_REVERSED", "El pago se devolvió antes de que saliera el agradecimiento."},
    {"WRITTEN_OFF", "La factura se dio por perdida: ya no se recuerda."},
    {"OPTOUT_DOUBT",
     "Quizás pidió que no le escribamos más: no se le escribe hasta que alguien lo mire."},
    {"SUSPENDED_CLAIM", "Dice que ya pagó: se busca su pago antes de recordarle nada."},
    {"SUSPENDED_AGREEMENT", "Hay un acuerdo en curso: solo se le avisa de sus fechas."},
    {"SUSPENDED_DISPUTE",
     "No está de acuerdo con la deuda: una persona lo revisa antes de recordarle nada."},
    {"SUSPENDED_REVERSAL",
     "Un pago suyo se devolvió: una persona decide si se le vuelve a recordar."},
    {"SUSPENDED_HARDSHIP",
     "Dice que no puede pagar: los recordatorios descansan hasta que acuerde algo o una persona lo "
     "mire."},
    {"SUSPENDED_PERSON", "Queda en manos de una persona del equipo: el programa calla."},
    {"QUARANTINE", "Quizá ya se envió antes de restaurar la base de datos: no se repite."},
};

constexpr std::string_view kUnfitCodes[] = {"ERASED", "NO_ADDRESS", "IDENTITY_UNCONFIRMED",
                                            "IDENTITY_CONFIRMED", "WRONG_NUMBER"};

// All of them by code, the gate's and the engine's.
const std::map<std::string_view, std::string_view>& code_texts() {
  static const auto kTexts = [] {
    std::map<std::string_view, std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(Reason::ExemptOptOutAck); ++i) {
      texts.emplace(code_of(static_cast<Reason>(i)), explain_es(static_cast<Reason>(i)));
    }
    for (const auto& [code, spanish] : kCodeTexts) texts.emplace(code, spanish);
    for (const std::string_view code : {messaging::kForeignAccount, messaging::kSumNotInBooks})
      texts.emplace(code, messaging::explain_money_es(code));
    for (const std::string_view code : kUnfitCodes)
      texts.emplace(code, engine::explain_unfit_es(code));
    return texts;
  }();
  return kTexts;
}

// Those that stand until somebody does something: beside them the hour of the day does not matter.
bool is_lasting(std::string_view code) {
  if (code == "ERASED" || code == "erased" || code == "WRONG_NUMBER" || code == kStopDoubt)
    return true;
  for (int i = 0; i <= static_cast<int>(Reason::ChannelNotAuthorised); ++i) {
    if (code == code_of(static_cast<Reason>(i))) return true;
  }
  return false;
}

constexpr CodeText kEventTexts[] = {
    {"proposed", "se planea un mensaje"},
    {"rewritten", "el texto se pone al día antes de salir"},
    {"sending", "sale hacia WhatsApp"},
    {"accepted", "WhatsApp lo recibe"},
    {"sent", "WhatsApp lo envía"},
    {"delivered", "llega a su teléfono"},
    {"read", "lo lee"},
    {"failed", "WhatsApp no pudo entregarlo"},
    {"rejected", "WhatsApp no lo acepta"},
    {"try_later", "no salió; se intentará más tarde"},
    {"uncertain", "no se sabe si salió; no se repite"},
    {"unconfirmed", "nunca se supo si salió; no se repite"},
    {"postponed", "espera su momento"},
    {"cancelled", "ya no se envía"},
    {"expired", "dejó de ser oportuno y no se envía"},
    {"silent", "no se le escribe"},
    {"links_revoked", "sus enlaces de pago dejan de servir"},
    {"page_locked", "en su página de pago alguien falló cinco veces al decir quién es"},
    {"text_failed", "el texto no se pudo armar"},
    {"paid", "paga"},
    {"payment_asked", "empieza a pagar en la página de un proveedor"},
    {"place_withdrawn", "el proveedor cierra la página de un pago que ya no hace falta"},
    {"place_stays", "la página de un pago que ya no hace falta sigue abierta hasta que venza"},
    {"payment_not_asked", "el proveedor de pagos no abrió la página"},
    {"provider_payment", "el proveedor de pagos confirma cómo está su pago"},
    {"payment_notice_in_vain", "el proveedor nunca confirmó un pago del que avisó"},
    {"payment_dismissed", "una persona da por revisado un pago"},
    {"payment_applied", "un pago que esperaba encuentra lo que paga"},
    {"bank_applied", "el banco trajo el pago"},
    {"bank_ignored", "una línea del banco no cuenta"},
    {"bank_file", "llega un archivo del banco"},
    {"inbound", "escribe"},
    {"by_hand", "se le escribe a mano desde el teléfono"},
    {"opted_out", "pide que no se le escriba más"},
    {"opt_out_doubt", "quizás pide que no se le escriba más; una persona debe mirarlo"},
    {"identity", "cambia de número o de identificador en WhatsApp"},
    {"paused", "se pausan los envíos"},
    {"quarantined", "envíos en cuarentena"},
    {"quarantine_lifted", "termina la cuarentena"},
    {"possibly_contacted", "quizá se le escribió sin que haya constancia: cuenta como contacto"},
    {"resumed", "se reanudan los envíos"},
    {"address", "cambia lo que sabemos de su número"},
    {"number_told", "alguien de la empresa dice de quién es su número"},
    {"account_changed",
     "su cuenta de WhatsApp puede ser ya de otra persona; se le preguntará de nuevo"},
    {"identity_ambiguous",
     "contesta alguien en un número que comparten varios; una persona debe mirarlo"},
    {"identity_doubt", "contesta algo que no dice si el número es suyo; una persona debe mirarlo"},
    {"insolvency_told", "la persona dice que está en insolvencia; una persona debe mirarlo"},
    {"turn_retaken", "el saldo cambió antes de responderle: se le responde de nuevo"},
    {"deceased_doubt", "alguien dice que la persona murió; una persona debe mirarlo"},
    {"identity_unanswered",
     "no contesta si el número es suyo; una persona debe buscar otro camino"},
    {"next_number", "se pasa a otro número suyo"},
    {"told_hours_channels", "se le dijo por qué canal y a qué horas se le escribe"},
    {"sending_number", "se anota de quién es el número que envía"},
    {"number_owner_confirmed", "el dueño del número que envía da su permiso"},
    {"verified_name", "WhatsApp muestra el número con su nombre"},
    {"verified_name_differs", "WhatsApp muestra el número con otro nombre"},
    {"suspended", "los recordatorios descansan"},
    {"suspension_ended", "los recordatorios pueden seguir"},
    {"assistant", "el asistente dice de qué trata su mensaje"},
    {"assistant_off", "se apaga el asistente"},
    {"assistant_on", "se enciende el asistente"},
    {"understood", "se entiende lo que escribió"},
    {"document_failed", "el documento no se pudo hacer"},
    {"document_left_out", "el mensaje salió sin su PDF"},
    {"turn_failed", "no se le pudo responder; se intenta de nuevo"},
    {"follow_failed", "no se pudo revisar su acuerdo; se intenta de nuevo"},
    {"task_opened", "queda una tarea para una persona"},
    {"task_assigned", "alguien toma su tarea"},
    {"task_snoozed", "su tarea queda para después"},
    {"task_closed", "se cierra su tarea"},
    {"labelled", "se cambian sus etiquetas"},
    {"notice_asked", "una persona leyó su último aviso; falta otra que lo deje salir"},
    {"notice_released", "una persona leyó su último aviso y lo deja salir"},
    {"notice_held", "una persona leyó su último aviso y no lo deja salir"},
    {"note_added", "se anota algo sobre su caso"},
    {"replied", "le contesta una persona"},
    {"reply_refused", "no se envía lo que una persona quiso contestar"},
    {"flagged", "se anota un hecho de su caso"},
    {"unflagged", "se retira un hecho de su caso"},
    {"hours_wished", "pide que se le escriba a otras horas"},
    {"hours_withdrawn", "retira su pedido de horas"},
    {"role_changed", "cambia su papel en la deuda"},
    {"import", "se carga un archivo"},
    {"import_undone", "se deshace una importación"},
    {"linked", "se une con otro registro de la misma persona"},
    {"unlinked", "se separa de otro registro"},
    {"contact_told", "se anota un contacto por otro canal"},
    {"consent_granted", "autoriza que se le escriba"},
    {"consent_revoked", "retira su autorización"},
    {"opt_out_lifted", "pide que se le vuelva a escribir"},
    {"right_asked", "pide algo sobre sus datos"},
    {"right_answered", "se responde lo que pidió sobre sus datos"},
    {"rectified", "se corrige un dato suyo"},
    {"exported", "se le entrega lo que guardamos de él o ella"},
    {"erased", "se borran sus datos a pedido suyo"},
    {"retention", "se borra lo que cumplió su plazo"},
    {"setting", "cambian las reglas que se aplican"},
    {"template", "cambia el estado de una plantilla"},
    {"account", "WhatsApp avisa de un cambio en la cuenta"},
    {"charge_lowered", "bajan los intereses o gastos que se le cobraban"},
    {"refund_wanted", "se pide devolverle un pago"},
    {"refund_requested", "alguien pide devolverle un pago, y otra persona lo aprueba"},
    {"refund_approved", "otra persona aprueba devolverle un pago"},
    {"refund_not_approved", "no se aprueba devolverle un pago"},
    {"refund_given", "el medio de pago acepta devolverle un pago"},
    {"refund_refused", "el medio de pago no devuelve su pago"},
    {"payment_reversed", "un pago suyo se devuelve"},
    {"payment_reinstated", "un pago suyo que se había devuelto se recupera"},
    {"payment_told", "una persona anota un pago"},
    {"payment_assigned", "una persona dice qué paga un pago"},
    {"invoice_corrected", "se corrige el valor de una factura"},
    {"invoice_withdrawn", "una factura se retira: no se debía"},
    {"write_off_requested", "se pide dar por perdida una factura"},
    {"write_off_approved", "una factura se da por perdida"},
    {"write_off_refused", "no se aprueba dar por perdida una factura"},
    {"agreement_made", "acuerda cuándo y cómo paga"},
    {"agreement_active", "lo que acordó vuelve a estar en curso"},
    {"agreement_kept", "cumple lo que acordó"},
    {"agreement_partly_kept", "cumple solo una parte de lo que acordó"},
    {"agreement_broken", "no cumple lo que acordó"},
    {"agreement_cancelled", "el acuerdo queda sin efecto"},
    {"webhook_added", "se avisará a otro sistema de lo que pasa"},
    {"webhook_disabled", "se deja de avisar a otro sistema, que no recibe"},
    {"webhook_enable", "se vuelve a avisar a otro sistema"},
    {"webhook_remove", "se quita un sistema al que se avisaba"},
    {"webhook_replay", "se avisa otra vez de lo que pasó"},
    {"webhook_rotate", "cambia la clave con que se avisa a otro sistema"},
    {"webhook_tested", "se prueba el aviso a otro sistema"},
    {"data_read", "alguien de la empresa ve datos de personas"},
    {"table_exported", "alguien saca una tabla"},
    {"signed_in", "alguien de la empresa entra"},
    {"signed_out", "alguien de la empresa sale"},
    {"session_ended", "se cierra una sesión"},
    {"sign_in_failed", "alguien intenta entrar y no puede"},
    {"access_denied", "alguien pide lo que su papel no permite"},
    {"user_added", "se da entrada a alguien de la empresa"},
    {"user_role", "cambia el papel de alguien de la empresa"},
    {"user_disabled", "se quita la entrada a alguien de la empresa"},
    {"user_enabled", "se devuelve la entrada a alguien de la empresa"},
    {"setup_token_made", "se da un enlace para elegir contraseña"},
    {"password_set", "alguien de la empresa cambia su contraseña"},
    {"second_factor_set", "alguien de la empresa pone un segundo factor"},
    {"second_factor_removed", "se quita el segundo factor a alguien de la empresa"},
    {"recovery_codes_made", "alguien de la empresa saca códigos de recuperación"},
    {"key_added", "se da una llave a un sistema"},
    {"key_removed", "se retira la llave de un sistema"},
    {"unknown_update", "WhatsApp avisa de algo que todavía no conocemos"},
};

// Values of columns, as a person reads them in what they are given.
constexpr CodeText kValueTexts[] = {
    {"open", "abierta"},
    {"paid", "pagada"},
    {"disputed", "en reclamo"},
    {"written_off", "dada por perdida"},
    {"withdrawn", "retirada"},
    {"unconfirmed", "sin comprobar"},
    {"asked", "preguntado"},
    {"confirmed", "comprobado"},
    {"silent", "sin respuesta"},
    {"other_person", "contesta otra persona"},
    {"wrong", "equivocado"},
    {"granted", "autorizó"},
    {"revoked", "retiró"},
    {"told", "se le dijo"},
    {"file", "archivo"},
    {"form", "formulario"},
    {"chat", "conversación"},
    {"letter", "carta"},
    {"contract", "contrato"},
    {"conversation", "conversación previa"},
    {"answer", "su respuesta"},
    {"otp", "código de verificación"},
    {"phone", "teléfono"},
    {"document", "documento"},
    {"external", "código de cliente"},
    {"bsuid", "identificador de WhatsApp"},
    {"all", "todos"},
    {"voice", "llamada"},
    {"email", "correo"},
    {"visit", "visita"},
    {"word", "lo escribió"},
    {"button", "lo tocó"},
    {"page", "en su página de pago"},
    {"doubt", "en duda"},
    {"operator", "lo anotó una persona"},
    {"rights", "ejerció su derecho"},
    {"shared_phone", "comparten el número"},
    {"planned", "por salir"},
    {"in_flight", "saliendo"},
    {"accepted", "recibido por WhatsApp"},
    {"sent", "enviado"},
    {"delivered", "entregado"},
    {"read", "leído"},
    {"failed", "no entregado"},
    {"rejected", "no aceptado"},
    {"uncertain", "no se sabe si salió"},
    {"cancelled", "no se envió"},
    {"expired", "no se envió a tiempo"},
    {"pre_due", "aviso previo"},
    {"overdue", "recordatorio"},
    {"payment_confirmation", "gracias por su pago"},
    {"reply", "respuesta"},
    {"identity_check", "saber si el número es suyo"},
    {"optout_ack", "confirmar su baja"},
    {"done", "hecho"},
    {"partly", "hecho en parte"},
    {"refused", "negado"},
    {"deceased", "falleció"},
    {"served_in_court", "en un juicio"},
    {"insolvency", "en insolvencia"},
    {"utility_claim_open", "con reclamo abierto"},
    {"whatsapp", "WhatsApp"},
    {"sms", "SMS"},
    {"call", "llamada"},
    {"debtor", "quien debe"},
    {"co_debtor", "quien debe junto con otra persona"},
    {"guarantor", "quien responde por la deuda"},
    {"third_party", "otra persona"},
    {"reference", "referencia"},
    {"beneficiary", "beneficiario"},
    {"employer", "empleador"},
    {"minor", "menor de edad"},
    {"text", "texto"},
    {"image", "imagen"},
    {"audio", "nota de voz"},
    {"video", "video"},
    {"sticker", "sticker"},
    {"location", "ubicación"},
    {"contacts", "contacto"},
    {"settled", "resuelto"},
    {"right", "tenía razón"},
    {"cli", "a mano"},
    {"api", "su sistema"},
    {"claim", "dijo que ya pagó"},
    {"agreement", "hay un acuerdo"},
    {"dispute", "hay un reclamo"},
    {"hardship", "dijo que no puede pagar"},
    {"person", "le atiende una persona"},
    {"phone_app", "desde el teléfono"},
    {"books", "los libros"},
    {"time", "pasó el plazo"},
};

constexpr std::array<std::string_view, 7> kDays = {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"};
constexpr std::array<std::string_view, 12> kMonthsShort = {
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"};

std::string holiday_in(std::string_view country, CivilDate date) {
  std::string file = fmt::format("data/holidays/{}.tsv", fold_text(country));
  const auto bytes = embedded_file(file);
  if (!bytes) return {};
  const std::string wanted = "\n" + format_date(date) + "\t";
  const auto at = bytes->find(wanted);
  if (at == std::string_view::npos) return {};
  const auto name = bytes->substr(at + wanted.size());
  return std::string(name.substr(0, name.find_first_of("\t\n")));
}

}  // namespace

std::string reason_es(std::string_view codes) {
  if (codes.starts_with("text_failed")) return "El texto no se pudo armar; se intenta mañana.";
  std::string said;
  while (!codes.empty()) {
    const auto end = codes.find(' ');
    const auto code = codes.substr(0, end);
    codes = end == std::string_view::npos ? std::string_view() : codes.substr(end + 1);
    const auto text = code_texts().find(code);
    std::string_view sentence = text != code_texts().end() ? text->second
                                : code.starts_with("TEMPLATE_")
                                    ? "La plantilla no está aprobada en este momento."
                                    : std::string_view();
    if (sentence.empty() || said.find(sentence) != std::string::npos) continue;
    if (!said.empty()) said += ' ';
    said += sentence;
    if (is_lasting(code)) break;
  }
  return said;
}

bool is_until_told(std::string_view codes) {
  while (!codes.empty()) {
    const auto end = codes.find(' ');
    if (is_lasting(codes.substr(0, end))) return true;
    codes = end == std::string_view::npos ? std::string_view() : codes.substr(end + 1);
  }
  return false;
}

std::string_view step_es(std::string_view step) {
  if (step == "thanks") return "recibe las gracias";
  if (step == "claim_right") return "se le dice que tenía razón";
  if (step == "on_ramp") return "recibe por otra vía una invitación a escribirnos por WhatsApp";
  if (step == "identity") return "recibe la pregunta de si el número es suyo";
  if (step == "identity_yes") return "recibe por qué medio y a qué horas se le escribirá";
  if (step == "identity_wrong") return "recibe una disculpa: el número no es de quien buscamos";
  if (step == "identity_other") return "recibe una disculpa: contestó alguien cercano";
  if (step.starts_with("identity_")) return "recibe la respuesta a lo que contestó";
  if (step == "optout_ack") return "recibe la confirmación de su baja";
  if (step.starts_with("pre_")) return "recibe un aviso antes de vencer";
  if (step == "due_0") return "recibe un aviso: vence hoy";
  if (step.starts_with("aged_")) return "recibe un mensaje por una deuda antigua";
  if (step.starts_with("offer_")) return "recibe una propuesta para pagar con facilidades";
  if (step.starts_with("last_")) return "recibe el último aviso";
  return "recibe un recordatorio";
}

std::string_view event_es(std::string_view kind) {
  for (const auto& [code, spanish] : kEventTexts) {
    if (code == kind) return spanish;
  }
  return kind;
}

std::string_view value_es(std::string_view value) {
  for (const auto& [code, spanish] : kValueTexts) {
    if (code == value) return spanish;
  }
  return value;
}

std::string_view in_language(std::string_view locale, std::string_view spanish) {
  static const auto kPortuguese = [] {
    std::map<std::string_view, std::string_view> words;
    for (const auto line : split_words(embedded_file("data/words/pt_BR.tsv").value_or(""), '\n')) {
      if (const size_t tab = line.find('\t'); tab != std::string_view::npos)
        words.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
    return words;
  }();
  const auto found = locale.starts_with("pt") ? kPortuguese.find(spanish) : kPortuguese.end();
  return found == kPortuguese.end() ? spanish : found->second;
}

std::string_view segment_es(std::string_view segment) {
  if (segment == "new") return "Nueva";
  if (segment == "punctual") return "Puntual";
  if (segment == "forgetful") return "Olvidadiza";
  if (segment == "late_payer") return "Paga tarde";
  if (segment == "recurrent_defaulter") return "Se atrasa";
  if (segment == "aged_debt") return "Deuda antigua";
  if (segment == "hardship") return "En dificultades";
  return "";
}

std::string time_text(Instant at, Zone zone) {
  const int32_t minutes = zone.local(at).ms_of_day / 60'000;
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string day_text(CivilDate date) {
  const YearMonthDay ymd = ymd_of(date);
  return fmt::format("{} {} {}", kDays[static_cast<size_t>(weekday_of(date))], ymd.day,
                     kMonthsShort[static_cast<size_t>(ymd.month - 1)]);
}

std::string moment_text(Instant at, Zone zone) {
  const LocalTime local = zone.local(at);
  return local.ms_of_day == 0 ? day_text(local.date)
                              : fmt::format("{}, {}", day_text(local.date), time_text(at, zone));
}

std::string for_terminal(std::string_view text, std::string_view indent) {
  constexpr std::string_view kInstead = "\uFFFD";
  const auto byte = [&](size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto is_within = [](unsigned value, unsigned first, unsigned last) {
    return value >= first && value <= last;
  };
  std::string safe;
  for (size_t i = 0; i < text.size();) {
    const unsigned first = byte(i), second = byte(i + 1), third = byte(i + 2);
    size_t taken = 1;
    if (first == '\n') {
      safe.append("\n").append(indent);
    } else if (first < 0x20 || first == 0x7F) {
      safe += kInstead;
    } else if (first == 0xC2 && is_within(second, 0x80, 0x9F)) {  // U+0080–009F.
      safe += kInstead;
      taken = 2;
    } else if (first == 0xE2 && ((second == 0x80 && is_within(third, 0xAA, 0xAE)) ||
                                 (second == 0x81 && is_within(third, 0xA6, 0xA9)))) {
      safe += kInstead;  // U+202A–202E, U+2066–2069.
      taken = 3;
    } else {
      safe += text[i];
    }
    i += taken;
  }
  return safe;
}

std::string holiday_name(std::string_view country, std::string_view home, CivilDate date) {
  std::string name = holiday_in(country, date);
  if (name.empty() && home != country) name = holiday_in(home, date);
  return name;
}

}  // namespace puntual
