#include "app/transcript_pages.h"

#include "app/words.h"
#include "base/phone.h"
#include "engine/contact_facts.h"

namespace puntual {
namespace {

std::string_view voice_es(Voice voice) {
  switch (voice) {
    case Voice::Debtor:
      return "La persona";
    case Voice::Machine:
      return "Mensaje automático";
    case Voice::Person:
      return "Una persona de la empresa";
    case Voice::PhoneApp:
      return "La empresa, desde el teléfono";
    case Voice::Elsewhere:
      return "La empresa, por otro canal";
    case Voice::Note:
      break;
  }
  return "Nota interna";
}

// With the year: a paper is read long after.
std::string stamp(Instant at, Zone zone) {
  return fmt::format("{} {}", format_date(zone.local(at).date), time_text(at, zone));
}

std::vector<std::string> cells_of(const TranscriptLine& line, Zone zone) {
  const bool is_theirs = line.voice == Voice::Debtor;
  std::string what = line.text.empty() ? fmt::format("[{}]", line.type) : line.text;
  if (!is_theirs && !line.state.empty()) what += fmt::format("\n({})", event_es(line.state));
  return {stamp(line.at, zone),
          line.author.empty() ? std::string(voice_es(line.voice))
                              : fmt::format("{} ({})", voice_es(line.voice), line.author),
          std::move(what)};
}

}  // namespace

document::Document transcript_pages(const Transcript& talk, const Creditor& creditor,
                                    bool with_notes, Instant now) {
  const Zone zone = engine::home_zone(talk.debtor, creditor);
  std::vector<std::vector<std::string>> cells;
  for (const auto& line : talk.lines) {
    if (with_notes || line.voice != Voice::Note) cells.push_back(cells_of(line, zone));
  }
  document::Document pages{.title = "Conversación por WhatsApp",
                           .footer = fmt::format("{} · {}", creditor.name, talk.debtor.name),
                           .created = now,
                           .blocks = {}};
  pages.blocks.push_back(document::table(
      {{"Persona", talk.debtor.name},
       {"Teléfono", mask_phone(talk.debtor.phone)},
       {"Acreedor", creditor.name},
       {"Impreso", stamp(now, zone)},
       {"Horas", std::string(zone.name())},
       {"Notas internas", with_notes ? "incluidas: solo para la empresa" : "no incluidas"}}));
  if (cells.empty())
    pages.blocks.push_back(document::paragraph("No hay mensajes."));
  else
    pages.blocks.push_back(document::columns({{.title = "Cuándo", .share = 2},
                                              {.title = "Quién", .share = 3},
                                              {.title = "Qué se dijo", .share = 8}},
                                             std::move(cells)));
  return pages;
}

}  // namespace puntual
