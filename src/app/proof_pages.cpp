#include "app/proof_pages.h"

#include "app/words.h"
#include "base/locale.h"
#include "base/money.h"

namespace puntual {
namespace {

std::string joined(const json::object& facts, std::string_view key) {
  std::string text;
  const auto* values = facts.if_contains(key);
  if (values == nullptr || !values->is_array()) return text;
  for (const auto& value : values->get_array()) {
    if (value.is_string())
      text += fmt::format("{}{}", text.empty() ? "" : ", ", std::string_view(value.get_string()));
  }
  return text;
}

std::string count_text(const json::value& object, std::string_view key) {
  const auto number = member_int(object, key);
  return number ? std::to_string(*number) : std::string("–");
}

std::string local_moment(Instant at, Zone zone) {
  std::string text = format_rfc3339({at.ms / kSecondMs * kSecondMs}, zone.offset_at(at));
  text[text.find('T')] = ' ';
  text.insert(text.size() - 6, " ");  // Broken there, not within the hour.
  return text;
}

// "comprobado (contrato, 2026-11-01)"
std::string identity_es(const json::value& identity) {
  std::string text(value_es(member_text(identity, "state").value_or("")));
  const std::string evidence = member_text(identity, "evidence").value_or(""),
                    on = member_text(identity, "verified_on").value_or("");
  if (!evidence.empty())
    text += fmt::format(" ({}{})", value_es(evidence), on.empty() ? "" : ", " + on);
  return text;
}

// A day told as a day; else the moment, in the pages' zone as all of them.
std::string consent_moment(const std::string& text, Zone zone) {
  const auto at = parse_rfc3339(text);
  if (!at) return text;
  const CivilDate day = zone.local(*at).date;
  return zone.instant(day, 0) == *at ? format_date(day) : local_moment(*at, zone);
}

std::string consent_es(const json::value& consent, Zone zone) {
  const auto text = [&](std::string_view key) { return member_text(consent, key).value_or(""); };
  const bool is_dated = member_bool(consent, "dated").value_or(true);
  return fmt::format(
      "{}{}, {} {}{}; documento con huella {}", value_es(text("kind")),
      text("text_version").empty() ? "" : ", texto " + text("text_version"),
      is_dated ? "del" : "fecha no dicha, cargada el", consent_moment(text("granted_at"), zone),
      text("revoked_at").empty() ? "" : "; retirada el " + consent_moment(text("revoked_at"), zone),
      text("instrument_sha256").substr(0, 16));
}

std::string counters_es(const json::value& counters, Zone zone) {
  std::string text = fmt::format("{} ese día, {} en siete días", count_text(counters, "today"),
                                 count_text(counters, "seven_dates"));
  if (const auto* channels = member_object(counters, "by_channel")) {
    for (const auto& one : *channels)
      text +=
          fmt::format("; {} por {}", count_text(one.value(), "seven_dates"), value_es(one.key()));
  }
  if (const auto last = member_text(counters, "last_at"))
    text += "; el último, " + consent_moment(*last, zone);
  return text;
}

std::vector<std::pair<std::string, std::string>> decision_rows(const json::object& facts,
                                                               Zone zone) {
  const json::value value = facts;
  const auto text = [&](std::string_view key) { return member_text(value, key).value_or(""); };
  std::vector<std::pair<std::string, std::string>> rows = {
      {"Hora local", fmt::format("{} ({})", text("local"), joined(facts, "zones"))},
      {"Reglas del país", fmt::format("{} {}, calendario {}", text("jurisdiction"),
                                      text("pack_version"), text("calendar_version"))}};
  if (!text("creditor_jurisdiction").empty()) {
    rows.emplace_back(
        "Reglas del país del acreedor",
        fmt::format("{} {}, calendario {}", text("creditor_jurisdiction"),
                    text("creditor_pack_version"), text("creditor_calendar_version")));
  }
  rows.emplace_back("Lectura de las reglas", text("profile") == "strict"
                                                 ? "estricta"
                                                 : "literal en " + joined(facts, "profile"));
  rows.emplace_back("Husos horarios", "tabla " + text("zone_table"));
  rows.emplace_back("Papel en la deuda", std::string(value_es(text("recipient_role"))));
  if (const auto* identity = member_object(value, "identity"))
    rows.emplace_back("Titular del número", identity_es(*identity));
  if (const auto* consent = member_object(value, "consent")) {
    rows.emplace_back("Autorización", consent_es(*consent, zone));
  } else {
    rows.emplace_back("Autorización", "no consta");
  }
  if (const auto* hours = member_object(value, "consumer_hours")) {
    rows.emplace_back("Horario que pidió",
                      "documento con huella " +
                          member_text(*hours, "instrument_sha256").value_or("").substr(0, 16));
  }
  if (const auto* counters = member_object(value, "counters"))
    rows.emplace_back("Contactos antes de este", counters_es(*counters, zone));
  const auto currency = Currency::parse(text("currency"));
  const auto balance = member_int(value, "balance_minor");
  if (currency && balance)
    rows.emplace_back("Saldo al enviar",
                      format_money_at_home({*balance, *currency}) + " " + text("currency"));
  rows.emplace_back("Plantilla", fmt::format("{} {} versión {}", text("template"), text("language"),
                                             text("template_version")));
  rows.emplace_back("Plan", text("strategy_version").empty()
                                ? "ninguno: no lo dice el plan, sino una respuesta o un aviso"
                                : fmt::format("{} de {}", text("step"), text("strategy_version")));
  rows.emplace_back("Intento", text("attempt_id"));
  return rows;
}

std::string sum_in(const json::value& of, std::string_view key, const std::string& currency) {
  const auto known = Currency::parse(currency);
  const auto minor = member_int(of, key);
  return known && minor ? fmt::format("{} {}", format_money_at_home({*minor, *known}), currency)
                        : std::string("–");
}

document::Block agreed_terms(const json::object& facts) {
  const json::value value = facts;
  const auto text = [&](std::string_view key) { return member_text(value, key).value_or(""); };
  std::vector<std::pair<std::string, std::string>> rows = {
      {"Clase", text("kind") == "plan" ? "plan de pagos" : "promesa de pago"},
      {"Total", sum_in(value, "total_minor", text("currency"))},
      {"Descuento si se cumple", sum_in(value, "discount_minor", text("currency"))}};
  if (const auto* parts = member_array(value, "instalments")) {
    for (const auto& part : *parts)
      rows.emplace_back(member_text(part, "due_on").value_or("?"),
                        sum_in(part, "amount_minor", text("currency")));
  }
  rows.emplace_back("Días de gracia", count_text(value, "grace_days"));
  rows.emplace_back("Mandato del acreedor", text("mandate_version").empty()
                                                ? "fuera de él, por decisión de una persona"
                                                : "versión " + text("mandate_version"));
  rows.emplace_back("Dónde se hizo", std::string(value_es(text("through"))));
  if (!text("by").empty()) rows.emplace_back("Quién lo hizo", text("by"));
  if (const auto* identity = member_object(value, "identity"))
    rows.emplace_back("Titular del número entonces", identity_es(*identity));
  return document::table(std::move(rows));
}

void add_events(std::vector<document::Block>& blocks, const audit::Proof& proof, Zone zone) {
  std::vector<std::pair<std::string, std::string>> events;
  for (const auto& one : proof.records)
    events.emplace_back(local_moment(one.record.at, zone), std::string(event_es(one.record.kind)));
  blocks.push_back(document::table(std::move(events)));
}

void add_hashes(std::vector<document::Block>& blocks, const audit::Proof& proof, Zone zone) {
  for (const auto& anchor : proof.anchors) {
    blocks.push_back(document::table({{"Ancla", local_moment(anchor.at, zone)},
                                      {"Raíz", anchor.merkle_root},
                                      {"Última huella", anchor.head},
                                      {"Registros", std::to_string(anchor.count)}}));
  }
  for (const auto& one : proof.records)
    blocks.push_back(document::monospace(
        fmt::format("{} {}\n{}", one.record.id, one.record.kind, one.record.hash)));
}

constexpr std::string_view kHowToCheck =
    "Cada registro lleva la huella SHA-256 de sí mismo y del anterior; un camino de huellas lleva "
    "de cada uno a la raíz del ancla, "
    "que se guarda fuera del sistema. El archivo JSON que acompaña a esta hoja contiene todo lo "
    "necesario: compruébelo con "
    "«puntual proof check», o con las treinta líneas de docs/proof.md. Esta hoja lo cuenta; la "
    "prueba es el archivo.";

}  // namespace

std::string_view missing_text_es(const audit::Proof& proof) {
  return proof.is_forgotten ? "el texto ya no se conserva: la persona pidió ser olvidada"
                            : "el texto ya no se conserva";
}

document::Document proof_pages(const audit::Proof& proof, Zone zone) {
  using document::heading, document::monospace, document::paragraph, document::table;
  const json::object facts = audit::facts_of_last_sending(proof);
  document::Document pages{.title = "Constancia de un mensaje",
                           .footer = fmt::format("Mensaje {}", proof.message.value),
                           .created = proof.made_at,
                           .blocks = {}};
  auto& blocks = pages.blocks;
  blocks.push_back(table({{"De", proof.creditor_name},
                          {"A", proof.address.empty() ? "(ya no se conserva)" : proof.address},
                          {"Mensaje", std::to_string(proof.message.value)},
                          {"En WhatsApp", proof.platform_id},
                          {"Constancia hecha el", local_moment(proof.made_at, zone)}}));
  blocks.push_back(heading("Lo que decía, exactamente"));
  blocks.push_back(proof.text.empty() ? paragraph(fmt::format("({})", missing_text_es(proof)))
                                      : monospace(proof.text));
  blocks.push_back(heading("En qué se basó la decisión de enviarlo"));
  blocks.push_back(table(decision_rows(facts, zone)));
  blocks.push_back(heading("Las reglas que se comprobaron"));
  std::vector<std::pair<std::string, std::string>> rules;
  for (const auto& rule : proof.rules) {
    rules.emplace_back(
        rule.id, rule.source.empty() ? rule.law : fmt::format("{}\n{}", rule.law, rule.source));
  }
  blocks.push_back(table(std::move(rules)));
  blocks.push_back(heading("Lo que pasó"));
  add_events(blocks, proof, zone);
  blocks.push_back(heading("Cómo se comprueba"));
  blocks.push_back(paragraph(std::string(kHowToCheck)));
  add_hashes(blocks, proof, zone);
  return pages;
}

document::Document agreement_proof_pages(const audit::AgreementProof& proof, Zone zone) {
  using document::heading, document::monospace, document::paragraph, document::table;
  document::Document pages{.title = "Constancia de un acuerdo",
                           .footer = fmt::format("Acuerdo {}", proof.agreement.value),
                           .created = proof.terms.made_at,
                           .blocks = {}};
  auto& blocks = pages.blocks;
  blocks.push_back(table({{"De", proof.terms.creditor_name},
                          {"Acuerdo", std::to_string(proof.agreement.value)},
                          {"Constancia hecha el", local_moment(proof.terms.made_at, zone)}}));
  blocks.push_back(heading("Lo que se acordó"));
  blocks.push_back(agreed_terms(audit::facts_of_making(proof)));
  blocks.push_back(heading("Lo que se ofreció y lo que se respondió, exactamente"));
  blocks.push_back(proof.words.empty() ? paragraph("(las palabras ya no se conservan)")
                                       : monospace(proof.words));
  blocks.push_back(heading("Lo que pasó con él"));
  add_events(blocks, proof.terms, zone);
  for (const auto& message : proof.messages) {
    const json::object facts = audit::facts_of_last_sending(message);
    blocks.push_back(heading(fmt::format("El mensaje {}, que salió el {}", message.message.value,
                                         member_text(facts, "local").value_or("?"))));
    blocks.push_back(message.text.empty() ? paragraph(fmt::format("({})", missing_text_es(message)))
                                          : monospace(message.text));
    add_events(blocks, message, zone);
  }
  blocks.push_back(heading("Cómo se comprueba"));
  blocks.push_back(paragraph(std::string(kHowToCheck)));
  add_hashes(blocks, proof.terms, zone);
  for (const auto& message : proof.messages) add_hashes(blocks, message, zone);
  return pages;
}

}  // namespace puntual
