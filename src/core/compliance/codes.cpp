// The words for the values of the gate: codes of the outside interface, and Spanish for people.
#include <algorithm>
#include <iterator>

#include "core/compliance/gate.h"

namespace puntual {
namespace {

struct ReasonText {
  std::string_view code;
  std::string_view spanish;
};

// In the order of Reason.
constexpr ReasonText kReasonTexts[] = {
    {"NO_RULE_PACK", "No hay reglas cargadas para este país; sin reglas no se escribe."},
    {"NO_CALENDAR", "El calendario de festivos no llega hasta esta fecha."},
    {"PACK_STALE", "Las reglas de este país ya pasaron su fecha de revisión."},
    {"THIRD_PARTY", "El destinatario no es el deudor, codeudor ni garante."},
    {"MINOR", "El destinatario es menor de edad."},
    {"DECEASED", "La persona ha fallecido."},
    {"DEBT_CLOSED", "La deuda ya está pagada."},
    {"DISPUTE_PENDING", "Hay un reclamo sin resolver."},
    {"JUDICIAL_STAGE", "El caso está en un juzgado o en un proceso de insolvencia."},
    {"OPTOUT_ALL", "La persona pidió que no le escribamos más."},
    {"OPTOUT_CHANNEL", "La persona pidió que no le escribamos por este canal."},
    {"CHANNEL_NOT_AUTHORISED", "La persona no ha autorizado este canal, o retiró la autorización."},
    {"WINDOW_HOURS", "Fuera del horario permitido."},
    {"WINDOW_WEEKDAY", "Este día de la semana no se permite contactar."},
    {"WINDOW_HOLIDAY", "Es día festivo."},
    {"CONSUMER_HOURS", "Fuera del horario que pidió la persona."},
    {"DAILY_CAP", "Ya hubo un contacto hoy; la ley permite uno al día."},
    {"CHANNEL_LOCK", "Esta semana ya se contactó por otro canal."},
    {"WEEKLY_CAP", "Ya se alcanzó el máximo legal de contactos de la semana."},
    {"SEPARATION", "Aún no pasan los días que la ley pide entre un contacto y otro."},
    {"HOUSE_DAILY_CAP", "Ya hubo un contacto hoy; escribimos como máximo una vez al día."},
    {"HOUSE_WEEKLY_CAP", "Ya hubo tres contactos en siete días; no escribimos más seguido."},
    {"CONTENT_THREAT", "El texto amenaza, intimida o apremia."},
    {"CONTENT_COURT", "El texto parece judicial o anuncia un juicio."},
    {"CONTENT_CREDIT_REGISTER", "El texto menciona centrales de riesgo."},
    {"CONTENT_ADVERTISING", "El texto contiene publicidad."},
    {"CONTENT_THIRD_PARTY_DATA", "El texto involucra a otras personas."},
    {"CONTENT_REASON_QUESTION", "El texto pregunta por qué no se ha pagado."},
    {"CONTENT_UNAGREED_CHARGE",
     "El texto cobra o anuncia gastos, recargos o multas que no constan como pactados."},
    {"CONTENT_MISSING_IDENTITY",
     "El texto no dice quién escribe, o al primer mensaje le falta lo que la ley manda decir del "
     "acreedor (puntual doctor dice qué llenar)."},
    {"CONTENT_MISSING_STATEMENT",
     "Falta decir que no es un procedimiento contra los bienes del deudor."},
    {"CONTENT_MISSING_OPTOUT", "Falta decir cómo dejar de recibir mensajes."},
    {"TTL_TOO_SHORT", "El mensaje podría llegar después del cierre del horario."},
    {"HORIZON", "No hay un momento permitido en los próximos 60 días."},
    {"EXEMPT_REPLY", "Es respuesta a un mensaje de la persona."},
    {"EXEMPT_AUTHENTICATION", "Es una verificación que pidió la persona."},
    {"EXEMPT_PAYMENT_CONFIRMATION", "Es la confirmación de un pago recién hecho."},
    {"EXEMPT_OPTOUT_ACK", "Es la confirmación de que no se le escribirá más."},
};
static_assert(std::size(kReasonTexts) == static_cast<size_t>(Reason::ExemptOptOutAck) + 1);

constexpr std::string_view kPurposeTexts[] = {
    "pre_due",        "overdue",        "payment_confirmation", "reply",
    "identity_check", "authentication", "bureau_notice",        "optout_ack"};
constexpr std::string_view kChannelTexts[] = {"whatsapp", "sms",   "email",
                                              "voice",    "visit", "letter"};
constexpr std::string_view kRoleTexts[] = {"debtor",    "co_debtor",   "guarantor", "third_party",
                                           "reference", "beneficiary", "employer",  "minor"};
constexpr std::string_view kStatusTexts[] = {"refused", "accepted", "sent",     "delivered",
                                             "read",    "failed",   "uncertain"};
constexpr std::string_view kFlagTexts[] = {"paid",       "disputed", "served_in_court",
                                           "insolvency", "deceased", "utility_claim_open"};

constexpr std::string_view kCreditorWordTexts[] = {"person_in_charge", "address", "phone",
                                                   "complaints_unit", "charges"};
static_assert(std::size(kCreditorWordTexts) == kCreditorWords);

template <class Value, size_t kCount>
std::optional<Value> value_of(const std::string_view (&texts)[kCount], std::string_view text) {
  const auto* found = std::find(std::begin(texts), std::end(texts), text);
  if (found == std::end(texts)) return std::nullopt;
  return static_cast<Value>(found - std::begin(texts));
}

bool holds(const std::vector<std::string>& rules, std::string_view id) {
  return std::find(rules.begin(), rules.end(), id) != rules.end();
}

}  // namespace

std::string_view code_of(Reason reason) { return kReasonTexts[static_cast<size_t>(reason)].code; }
std::string_view explain_es(Reason reason) {
  return kReasonTexts[static_cast<size_t>(reason)].spanish;
}
std::optional<Reason> reason_of(std::string_view code) {
  const auto* found = std::find_if(std::begin(kReasonTexts), std::end(kReasonTexts),
                                   [&](const ReasonText& text) { return text.code == code; });
  if (found == std::end(kReasonTexts)) return std::nullopt;
  return static_cast<Reason>(found - std::begin(kReasonTexts));
}
bool is_exemption(Reason reason) { return reason >= Reason::ExemptReply; }

std::string_view text_of(Purpose purpose) { return kPurposeTexts[static_cast<size_t>(purpose)]; }
std::string_view text_of(Channel channel) { return kChannelTexts[static_cast<size_t>(channel)]; }
std::string_view text_of(Role role) { return kRoleTexts[static_cast<size_t>(role)]; }
std::string_view text_of(CaseFlag flag) { return kFlagTexts[static_cast<size_t>(flag)]; }
std::string_view text_of(CreditorWord word) {
  return kCreditorWordTexts[static_cast<size_t>(word)];
}
std::optional<Purpose> purpose_of(std::string_view text) {
  return value_of<Purpose>(kPurposeTexts, text);
}
std::optional<Channel> channel_of(std::string_view text) {
  return value_of<Channel>(kChannelTexts, text);
}
std::optional<Role> role_of(std::string_view text) { return value_of<Role>(kRoleTexts, text); }
std::optional<ContactStatus> contact_status_of(std::string_view text) {
  return value_of<ContactStatus>(kStatusTexts, text);
}
std::optional<CaseFlag> case_flag_of(std::string_view text) {
  return value_of<CaseFlag>(kFlagTexts, text);
}

bool Profile::is_strict(std::string_view rule_id) const {
  if (holds(strict_rules, rule_id)) return true;
  if (holds(literal_rules, rule_id)) return false;
  return !literal_by_default;
}

}  // namespace puntual
