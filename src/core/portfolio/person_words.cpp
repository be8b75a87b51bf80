#include "core/portfolio/person_words.h"

#include <algorithm>

#include "base/text.h"

namespace puntual::portfolio {
namespace {

constexpr uint8_t kNothing = 0;
constexpr uint8_t bit_of(CaseFlag flag) {
  return static_cast<uint8_t>(1U << static_cast<int>(flag));
}

struct RoleWords {
  Role role;
  std::string_view words;  // Folded, separated by '|'.
};
// clang-format off
constexpr RoleWords kRoles[] = {
    {Role::Debtor,
     "deudor|deudora|deudor principal|titular|principal|propio|obligado|obligado principal|cliente|asociado|socio|suscriptor|arrendatario|"
     "natural|n|pn|j|pj|persona natural|fisica|persona fisica|juridica|persona juridica|moral|persona moral|empresa|debtor|devedor|devedora"},
    {Role::CoDebtor,
     "codeudor|codeudora|co deudor|codeudor solidario|deudor solidario|obligado solidario|coobligado|co debtor|codevedor|deudora solidaria"},
    {Role::Guarantor, "fiador|fiadora|aval|avalista|garante|garante solidario|guarantor"},
    {Role::ThirdParty,
     "tercero|otro|contacto|familiar|madre|padre|mama|papa|hijo|hija|hermano|hermana|esposo|esposa|conyuge|pareja|companero permanente|"
     "companera permanente|tio|tia|primo|prima|abuelo|abuela|suegro|suegra|cunado|cunada|sobrino|sobrina|amigo|amiga|vecino|vecina|third party"},
    {Role::Reference, "referencia|referencia personal|referencia familiar|referencia comercial|referencia laboral|reference"},
    {Role::Beneficiary, "beneficiario|beneficiaria|estudiante|alumno|alumna|usuario del servicio|beneficiary"},
    {Role::Employer, "empleador|patrono|jefe|empresa donde trabaja|employer"},
    {Role::Minor, "menor|menor de edad|minor"},
};

struct CaseWords {
  uint8_t flags;
  std::string_view words;
};
constexpr CaseWords kCases[] = {
    {kNothing,
     "no|ninguno|ninguna|n/a|na|normal|activo|activa|vigente|al dia|mora|en mora|vencido|vencida|extrajudicial|prejuridico|prejuridica|"
     "pre juridico|prejudicial|pre judicial|administrativo|administrativa|cobro administrativo|sin proceso|open"},
    {bit_of(CaseFlag::Disputed),
     "en reclamo|reclamo|reclamacion|en reclamacion|disputa|en disputa|disputado|disputada|objetado|objetada|pqr|pqrs|en pqr|glosado|glosada|disputed"},
    {bit_of(CaseFlag::ServedInCourt),
     "judicial|juridico|juridica|cobro juridico|cobro judicial|demandado|demandada|demanda|en juzgado|juicio|en juicio|embargo|embargado|"
     "proceso judicial|proceso juridico|notificado judicialmente|served in court"},
    {bit_of(CaseFlag::Insolvency),
     "insolvencia|en insolvencia|insolvente|concurso|en concurso|concurso mercantil|reorganizacion|ley 1116|liquidacion|en liquidacion|quiebra|"
     "renegociacion de deudas|insolvency"},
    {bit_of(CaseFlag::Deceased), "fallecido|fallecida|difunto|difunta|muerto|muerta|occiso|deceased"},
    {bit_of(CaseFlag::UtilityClaimOpen),
     "reclamo de servicios|reclamo de servicio publico|reclamo de servicios publicos|recurso de reposicion|en recurso|reclamo osiptel|"
     "reclamo sunass|reclamo osinergmin|utility claim open"},
};
// clang-format on

bool has_word(std::string_view words, std::string_view wanted) {
  while (!words.empty()) {
    const size_t end = std::min(words.find('|'), words.size());
    if (words.substr(0, end) == wanted) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

// Letters and single blanks: "Co-deudor (1)" is no word of ours, "CO_DEUDOR." is.
std::string bare(std::string_view text) {
  std::string plain;
  for (const char c : fold_text(text)) {
    const bool is_blank = c == ' ' || c == '-' || c == '_' || c == '.';
    if (is_blank && (plain.empty() || plain.back() == ' ')) continue;
    plain += is_blank ? ' ' : c;
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

}  // namespace

std::optional<Role> role_of_words(std::string_view text) {
  const std::string wanted = bare(text);
  for (const auto& [role, words] : kRoles) {
    if (has_word(words, wanted)) return role;
  }
  return std::nullopt;
}

std::optional<uint8_t> case_flags_of_words(std::string_view text) {
  uint8_t flags = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(",;/+"), text.size());
    const std::string wanted =
        bare(text == "n/a" || text == "N/A" ? std::string_view("na") : text.substr(0, end));
    const auto* found = std::ranges::find_if(
        kCases, [&](const CaseWords& one) { return has_word(one.words, wanted); });
    if (found == std::end(kCases)) return std::nullopt;
    flags |= found->flags;
    if (wanted == "na") break;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return flags;
}

}  // namespace puntual::portfolio
