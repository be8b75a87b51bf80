#include "cli/proof_pages.h"

#include "base/locale.h"
#include "base/money.h"
#include "cli/words.h"

namespace puntual::cli {
namespace {

std::string joined(const json::object& facts, std::string_view key) {
  std::string text;
  const auto* values = facts.if_contains(key);
  if (values == nullptr || !values->is_array()) return text;
  for (const auto& value : values->get_array()) {
    if (value.is_string()) text += fmt::format("{}{}", text.empty() ? "" : ", ", std::string_view(value.get_string()));
  }
  return text;
}

std::string number_in(const json::value& object, std::string_view key) {
  const auto number = member_int(object, key);
  return number ? std::to_string(*number) : std::string("–");
}

std::string local_moment(Instant at, Zone zone) {
  return format_rfc3339({at.ms / kSecondMs * kSecondMs}, zone.offset_at(at));
}

std::vector<std::pair<std::string, std::string>> decision_rows(const json::object& facts) {
  const json::value value = facts;
  const auto text = [&](std::string_view key) { return member_text(value, key).value_or(""); };
  std::vector<std::pair<std::string, std::string>> rows = {
      {"Hora local", fmt::format("{} ({})", text("local"), joined(facts, "zones"))},
      {"Reglas del país", fmt::format("{} {}, lectura {}", text("jurisdiction"), text("pack_version"),
                                      text("profile") == "strict" ? "estricta" : "propia")}};
  if (const auto* consent = member_object(value, "consent")) {
    rows.emplace_back("Autorización", fmt::format("{}, del {}", member_text(*consent, "instrument").value_or(""),
                                                  member_text(*consent, "granted_at").value_or("")));
  } else {
    rows.emplace_back("Autorización", "no consta");
  }
  if (const auto* counters = member_object(value, "counters")) {
    rows.emplace_back("Mensajes antes de este", fmt::format("{} ese día, {} en siete días", number_in(*counters, "today"),
                                                            number_in(*counters, "seven_dates")));
  }
  const auto currency = Currency::parse(text("currency"));
  const auto balance = member_int(value, "balance_minor");
  if (currency && balance) rows.emplace_back("Saldo al enviar", format_decimal({*balance, *currency}) + " " + text("currency"));
  rows.emplace_back("Plantilla", fmt::format("{} {} versión {}", text("template"), text("language"), text("template_version")));
  rows.emplace_back("Plan", fmt::format("{} de {}", text("step"), text("strategy_version")));
  rows.emplace_back("Intento", text("attempt_id"));
  return rows;
}

}  // namespace

document::Document proof_pages(const audit::Proof& proof, Zone zone) {
  using document::heading, document::monospace, document::paragraph, document::table;
  const json::object facts = audit::facts_of_last_sending(proof);
  document::Document pages{.title = "Constancia de un mensaje",
                           .footer = fmt::format("Mensaje {}", proof.message.value),
                           .created = proof.made_at, .blocks = {}};
  auto& blocks = pages.blocks;
  blocks.push_back(table({{"De", proof.creditor_name}, {"A", proof.address.empty() ? "(ya no se conserva)" : proof.address},
                          {"Mensaje", std::to_string(proof.message.value)}, {"En WhatsApp", proof.platform_id},
                          {"Constancia hecha el", local_moment(proof.made_at, zone)}}));
  blocks.push_back(heading("Lo que decía, exactamente"));
  blocks.push_back(monospace(proof.text));
  blocks.push_back(heading("En qué se basó la decisión de enviarlo"));
  blocks.push_back(table(decision_rows(facts)));
  blocks.push_back(heading("Las reglas que se comprobaron"));
  std::vector<std::pair<std::string, std::string>> rules;
  for (const auto& rule : proof.rules) {
    rules.emplace_back(rule.id, rule.source.empty() ? rule.law : fmt::format("{}\n{}", rule.law, rule.source));
  }
  blocks.push_back(table(std::move(rules)));
  blocks.push_back(heading("Lo que pasó"));
  std::vector<std::pair<std::string, std::string>> events;
  for (const auto& one : proof.records) events.emplace_back(local_moment(one.record.at, zone), std::string(event_es(one.record.kind)));
  blocks.push_back(table(std::move(events)));
  blocks.push_back(heading("Cómo se comprueba"));
  blocks.push_back(paragraph(
      "Cada registro lleva la huella SHA-256 de sí mismo y del anterior; un camino de huellas lleva de cada uno a la raíz del ancla, "
      "que se guarda fuera del sistema. El archivo JSON que acompaña a esta hoja contiene todo lo necesario: compruébelo con "
      "«puntual proof check», o con las treinta líneas de docs/proof.md. Esta hoja lo cuenta; la prueba es el archivo."));
  for (const auto& anchor : proof.anchors) {
    blocks.push_back(table({{"Ancla", local_moment(anchor.at, zone)}, {"Raíz", anchor.merkle_root}, {"Última huella", anchor.head},
                            {"Registros", std::to_string(anchor.count)}}));
  }
  for (const auto& one : proof.records) blocks.push_back(monospace(fmt::format("{} {}\n{}", one.record.id, one.record.kind, one.record.hash)));
  return pages;
}

}  // namespace puntual::cli
