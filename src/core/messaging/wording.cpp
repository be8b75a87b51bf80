#include "core/messaging/wording.h"

#include <array>
#include <cctype>

namespace puntual::messaging {
namespace {

constexpr std::string_view kThreats[] = {"demanda*",
                                         "embarg*",
                                         "juicio",
                                         "juzgado*",
                                         "abogad*",
                                         "denunci*",
                                         "carcel",
                                         "policia",
                                         "fiscalia",
                                         "accion legal",
                                         "acciones legales",
                                         "acciones judiciales",
                                         "medidas legales",
                                         "via judicial",
                                         "proceso judicial",
                                         "cobro juridico",
                                         "etapa juridica",
                                         "cobro judicial",
                                         "ultima oportunidad",
                                         "se le advierte",
                                         "le advertimos",
                                         "atengase",
                                         "consecuencias",
                                         "de lo contrario",
                                         "so pena",
                                         "perdera",
                                         "suspenderemos",
                                         "suspension del servicio",
                                         "corte del servicio",
                                         "cortaremos",
                                         "visitaremos",
                                         "visita domiciliaria",
                                         "hablaremos con su familia",
                                         "su empleador",
                                         "publicaremos",
                                         "lista negra",
                                         "listas negras"};
constexpr std::string_view kCreditRegisters[] = {"datacredito",
                                                 "central de riesgo",
                                                 "centrales de riesgo",
                                                 "centrales de informacion",
                                                 "infocorp",
                                                 "buro de credito",
                                                 "dicom",
                                                 "boletin comercial",
                                                 "veraz",
                                                 "equifax",
                                                 "transunion",
                                                 "reporte negativo",
                                                 "sera reportad*",
                                                 "historial crediticio",
                                                 "historial de credito"};
constexpr std::string_view kReasons[] = {
    "por que no ha pagado", "por que no pago",     "por que no paga",  "por que se atraso",
    "motivo del atraso",    "motivo de su atraso", "razon del atraso", "motivo del no pago",
    "a que se debe",        "causa del no pago"};
constexpr std::string_view kCharges[] = {
    "interes*",           "recargo*",        "multa*",
    "penalidad*",         "penalizacion*",   "honorarios",
    "gastos de cobranza", "gastos de cobro", "costos de cobranza",
    "costo de cobranza",  "cargo adicional", "cargos adicionales",
    "comision por mora"};
constexpr std::string_view kPromotions[] = {
    "descuento*",  "oferta*",   "promocion*", "promo",     "aproveche*", "gratis",
    "premio*",     "sorteo*",   "regalo*",    "exclusiv*", "rebaja*",    "beneficio exclusivo",
    "condonacion", "condonamos"};
constexpr std::string_view kJargon[] = {"cartera",
                                        "mora",
                                        "en mora",
                                        "moros*",
                                        "deudor*",
                                        "acreedor*",
                                        "acreencia*",
                                        "obligacion",
                                        "obligaciones",
                                        "saldo insoluto",
                                        "capital vencido",
                                        "prejuridic*",
                                        "extrajudicial*",
                                        "normalizar",
                                        "subsanar",
                                        "reestructura*",
                                        "refinanci*",
                                        "dacion en pago",
                                        "devengad*",
                                        "exigible",
                                        "castigad*",
                                        "titular de la obligacion",
                                        "a la brevedad posible",
                                        "gestion de cobranza",
                                        "altura de mora",
                                        "vencimiento de terminos"};
constexpr std::string_view kPressure[] = {
    "urgente",      "inmediatamente", "de inmediato", "ultimo dia", "sin falta",
    "cuanto antes", "no espere mas",  "evite",        "ya mismo",   "plazo perentorio"};
constexpr std::string_view kInformal[] = {
    "tu",    "tus", "te",    "ti",    "contigo",    "tienes",      "puedes", "debes",
    "pagas", "vos", "tenes", "podes", "escribenos", "respondenos", "paga ya"};
constexpr std::string_view kFormal[] = {"usted",      "le",    "su",      "sus",
                                        "disculpe",   "tenga", "diganos", "cuentenos",
                                        "escribanos", "tiene", "hizo",    "prefiere"};
constexpr std::string_view kTuteo[] = {"ti",      "contigo",   "tienes", "puedes",
                                       "quieres", "prefieres", "dinos",  "cuentanos"};
constexpr std::string_view kVoseo[] = {"vos",      "tenes",   "podes",   "queres",
                                       "preferis", "decinos", "contanos"};

constexpr std::array<WordingRule, 7> kRules{{
    {"threat", true,
     "suena a amenaza, y la ley y la plataforma la prohíben; diga qué puede hacer la persona",
     kThreats},
    {"credit_register", true, "no se nombran las centrales de riesgo en un recordatorio; quítelo",
     kCreditRegisters},
    {"reason_question", true,
     "no se pregunta por qué no pagó (Colombia lo prohíbe); pregunte cuándo o cómo", kReasons},
    {"unagreed_charge", true, "es un cargo que la persona quizá no aceptó; hable solo del saldo",
     kCharges},
    {"promotion", true, "es promoción: la plataforma cambia la plantilla a MARKETING; quítelo",
     kPromotions},
    {"jargon", true,
     "es jerga de cobranza; dígalo con palabras de todos los días («pago», «factura», «pendiente»)",
     kJargon},
    {"pressure", false, "presiona; basta con decir la fecha", kPressure},
}};

// By treatment: what belongs to another one.
constexpr WordingRule kTreatmentRules[][2] = {
    {{"informal", false, "tutea o vosea; la casa trata de usted", kInformal}, {}},
    {{"treatment", false, "trata de usted en un texto de tú", kFormal},
     {"treatment", false, "vosea en un texto de tú", kVoseo}},
    {{"treatment", false, "trata de usted en un texto de vos", kFormal},
     {"treatment", false, "tutea en un texto de vos", kTuteo}},
};

bool is_word_byte(char byte) { return std::isalnum(static_cast<unsigned char>(byte)) != 0; }

bool stands_in(std::string_view folded, std::string_view phrase) {
  const bool any_ending = phrase.ends_with('*');
  if (any_ending) phrase.remove_suffix(1);
  for (size_t at = folded.find(phrase); at != std::string_view::npos;
       at = folded.find(phrase, at + 1)) {
    const bool begins = at == 0 || !is_word_byte(folded[at - 1]);
    const size_t end = at + phrase.size();
    if (begins && (any_ending || end == folded.size() || !is_word_byte(folded[end]))) return true;
  }
  return false;
}

}  // namespace

std::span<const WordingRule> wording_rules() { return kRules; }
std::span<const WordingRule> treatment_rules(Treatment treatment) {
  return kTreatmentRules[static_cast<size_t>(treatment)];
}

std::optional<std::string_view> find_phrase(std::string_view folded,
                                            std::span<const std::string_view> phrases) {
  for (const auto phrase : phrases) {
    if (stands_in(folded, phrase))
      return phrase.ends_with('*') ? phrase.substr(0, phrase.size() - 1) : phrase;
  }
  return std::nullopt;
}

}  // namespace puntual::messaging
