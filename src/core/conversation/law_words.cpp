// Courts, lawyers, and the authorities of each country (data/authorities.tsv).
#include "base/embedded.h"
#include "base/result.h"
#include "core/conversation/grave_list.h"
#include "core/conversation/grave_words.h"

namespace puntual::conversation {
namespace {

constexpr std::string_view kLaw[] = {
    "juzgado|juzgados|juez|jueza|jueces|tribunal|tribunales|juizado|juiz",
    "demanda|demandas|demandar|demandare|demandado|demandada|demandarlos|demandarles|demandando|"
    "demando",
    "tutela|tutelas|habeas|querella|querellar|denuncia|denuncias|denunciar|denunciare|denunciarlos|"
    "denunciando|denuncio|denunciei",
    "derecho|direito de peticion|peticao",
    "accion|acciones|acao|acoes|via|vias|medidas|instancias "
    "legal|legales|judicial|judiciales|judiciais|legais",
    "processar|processo|processos <1> voces|judicial|judiciais|empresa",
    "vou processar",
    "na justica",
    "a|ante|en la justicia|policia|fiscalia",
    "abogado|abogada|abogados|abogadas|advogado|advogada|advogados",
    "apoderado|apoderada judicial|legal",
    "carta documento|notarial",
    "fiscalia|contraloria",
    "ministerio publico",
    "autoridad|autoridades|entidad|ente de <1> control",
    "autoridad|autoridades competente|competentes"};
// Of goods and of work.
constexpr std::string_view kNotLaw[] = {
    "alta|mucha|muita|gran|poca|buena|boa demanda",
    "demanda de <2> productos|trabajo|clientes",
    "me|nos|le demanda|demando",
    "processar <1> pagamento|pagamentos|pago|pix|boleto|compra",
    "trabajo|trabaja|trabajaba|trabalho|trabalha|estudia|estudio|estuda <4> "
    "juzgado|juzgados|tribunal|fiscalia|defensoria|abogado|abogada|advogado|advogada|judicial",
    "cerca|frente|lado|atras|diagonal|perto <2> "
    "juzgado|juzgados|tribunal|tribunales|fiscalia|policia",
    "juez|jueza|juiz de linea|futbol|campo|mesa|paz"};

// What is being done already, or ends in a judgement: always somebody who knows the law.
constexpr std::string_view kCourt[] = {
    "juzgado|juzgados|juez|jueza|jueces|tribunal|tribunales|juizado|juiz",
    "demanda|demandas|demandado|demandada", "tutela|tutelas"};

// Aimed at us, with nobody named to go to.
constexpr std::string_view kThreat[] = {
    "voy|vamos|van|va a denunciar|denunciarlos|denunciarles|demandar|demandarlos|demandarles",
    "vou|vamos|vai <1> denunciar|processar", "los|les|os denuncio|denunciare|demando|demandare",
    "denunciarlos|denunciarles|demandarlos|demandarles"};

constexpr std::string_view kWarnsOff[] = {
    "si|se <4> vuelv*|volv*|volt*|sigu*|sig*|continu*|insist*|escrib*|escrev*|llam*|molest*"};

// "Country, authority, phrase": as people name those to whom a creditor answers for how it collects
// or charges. Heard in every country, since people move and write from abroad.
std::vector<std::string_view> authority_phrases() {
  const auto table = embedded_file("data/authorities.tsv");
  PUNTUAL_CHECK(table.has_value());
  std::vector<std::string_view> phrases;
  for (const auto line : split_words(*table, '\n')) {
    const auto cells = split_words(line, '\t');
    if (cells.size() == 3 && cells[0] != "country") phrases.push_back(cells[2]);
  }
  return phrases;
}

}  // namespace

bool names_an_authority(std::string_view text) {
  static const GraveList list(authority_phrases(), kNotLaw);
  return list.has(text);
}

bool speaks_of_the_law(std::string_view text) {
  static const GraveList list(kLaw, kNotLaw);
  return list.has(text) || names_an_authority(text) || threatens_to_denounce(text);
}

bool threatens_to_denounce(std::string_view text) {
  static const GraveList list(kThreat, kNotLaw);
  return list.has(text);
}

bool warns_us_off(std::string_view text) {
  static const GraveList list(kWarnsOff, {});
  return list.has(text);
}

bool speaks_of_a_court(std::string_view text) {
  static const GraveList list(kCourt, kNotLaw);
  return list.has(text);
}

}  // namespace puntual::conversation
