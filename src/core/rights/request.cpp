#include "core/rights/request.h"

#include "core/compliance/rule_book.h"

namespace puntual {
namespace {

struct KindNames {
  RightKind kind;
  std::string_view text, es;
};
constexpr KindNames kRightKinds[] = {{RightKind::Access, "access", "acceso"},
                                     {RightKind::Rectification, "rectification", "rectificación"},
                                     {RightKind::Opposition, "opposition", "oposición"},
                                     {RightKind::Erasure, "erasure", "supresión"}};
constexpr std::string_view kRequestStates[] = {"open", "done", "partly", "refused"};

// A term that a law gives; `kind` none: for every kind.
struct LawTerm {
  std::string_view country;
  std::optional<RightKind> kind;
  rights::Term term;
  YearMonthDay from{2000, 1, 1};
};
constexpr LawTerm kLawTerms[] = {
    {"CO", RightKind::Access, {10, true, "CO-QUERY"}},
    {"CO", std::nullopt, {15, true, "CO-CLAIM"}},
    {"CL", std::nullopt, {30, false, "CL-DATA"}, {2026, 12, 1}},
};
constexpr rights::Term kHouseTerm{5, true, "H-RIGHTS"};

}  // namespace

std::string_view text_of(RightKind kind) { return kRightKinds[static_cast<size_t>(kind)].text; }
std::string_view name_es(RightKind kind) { return kRightKinds[static_cast<size_t>(kind)].es; }

std::optional<RightKind> right_kind_of(std::string_view text) {
  for (const auto& one : kRightKinds) {
    if (one.text == text) return one.kind;
  }
  return std::nullopt;
}

std::string_view text_of(RequestState state) { return kRequestStates[static_cast<size_t>(state)]; }

std::optional<RequestState> request_state_of(std::string_view text) {
  for (size_t i = 0; i < std::size(kRequestStates); ++i) {
    if (kRequestStates[i] == text) return static_cast<RequestState>(i);
  }
  return std::nullopt;
}

namespace rights {

Term term_of(std::string_view country, RightKind kind, CivilDate received_on) {
  for (const auto& one : kLawTerms) {
    if (one.country != country || (one.kind && *one.kind != kind)) continue;
    if (received_on >= date_of(one.from.year, one.from.month, one.from.day)) return one.term;
  }
  return kHouseTerm;
}

CivilDate due_on(std::string_view country, RightKind kind, CivilDate received_on,
                 const compliance::RuleBook& book) {
  const Term term = term_of(country, kind, received_on);
  if (!term.business_days) return received_on + term.days;
  const auto* const land = book.find(country);
  CivilDate day = received_on;
  for (int left = term.days; left > 0;) {
    day = day + 1;
    const bool weekend = weekday_of(day) == Weekday::Saturday || weekday_of(day) == Weekday::Sunday;
    if (!weekend && !(land != nullptr && land->calendar.is_holiday(day))) --left;
  }
  return day;
}

std::vector<ErasureHold> holds_of(const ErasureFacts& facts) {
  std::vector<ErasureHold> holds;
  if (facts.owes)
    holds.push_back({"OPEN_DEBT",
                     "hay una deuda vigente: mientras dure el contrato debemos conservar los datos "
                     "que la identifican",
                     "há uma dívida em aberto: enquanto durar o contrato, devemos conservar os "
                     "dados que a identificam"});
  if (facts.has_unapplied_money)
    holds.push_back({"UNAPPLIED_MONEY",
                     "hay dinero [suyo|tuyo] sin aplicar: primero hay que devolverlo o aplicarlo",
                     "há dinheiro seu a ser aplicado: primeiro é preciso devolvê-lo ou aplicá-lo"});
  if (facts.has_message_in_flight)
    holds.push_back({"MESSAGE_IN_FLIGHT",
                     "un mensaje está saliendo en este momento: [inténtelo|inténtalo|intentalo] de "
                     "nuevo en unos minutos",
                     "uma mensagem está saindo neste momento: tente de novo em alguns minutos"});
  return holds;
}

}  // namespace rights
}  // namespace puntual
