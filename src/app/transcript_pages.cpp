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

// "3 días 4 h", "2 h 15 min", "menos de un minuto": two parts at most.
std::string lasting(int64_t ms) {
  const int64_t minutes = ms / kMinuteMs, hours = minutes / 60, days = hours / 24;
  if (minutes == 0) return "menos de un minuto";
  if (hours == 0) return fmt::format("{} min", minutes);
  if (days == 0) return fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} {} {} h", days, days == 1 ? "día" : "días", hours % 24);
}

// How the conversation was looked after: who said how much, and how long what was asked of a
// person waited for one.
void add_report(document::Document& pages, const Transcript& talk, Zone zone, Instant now) {
  const auto said = [&](std::initializer_list<Voice> voices) {
    return std::to_string(std::ranges::count_if(talk.lines, [&](const TranscriptLine& line) {
      return std::ranges::find(voices, line.voice) != voices.end();
    }));
  };
  if (!talk.lines.empty()) {
    pages.blocks.push_back(
        document::table({{"Primer mensaje", stamp(talk.lines.front().at, zone)},
                         {"Último mensaje", stamp(talk.lines.back().at, zone)},
                         {"Escribió la persona", said({Voice::Debtor})},
                         {"Mensajes automáticos", said({Voice::Machine})},
                         {"Escribió alguien de la empresa",
                          said({Voice::Person, Voice::PhoneApp, Voice::Elsewhere})}}));
  }
  std::vector<std::vector<std::string>> tasks;
  for (const auto& task : talk.tasks) {
    const Instant until = task.closed_at.value_or(now);
    tasks.push_back({std::string(store::title_es(task.kind)), stamp(task.opened_at, zone),
                     task.closed_at ? stamp(until, zone) : "sigue abierta",
                     task.closed_by.empty() ? task.assignee : task.closed_by,
                     lasting(until - task.opened_at)});
  }
  if (tasks.empty()) return;
  pages.blocks.push_back(document::columns({{.title = "Lo que esperó a alguien", .share = 4},
                                            {.title = "Desde", .share = 3},
                                            {.title = "Atendida", .share = 3},
                                            {.title = "Por", .share = 2},
                                            {.title = "Tardó", .share = 2}},
                                           std::move(tasks)));
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
  if (with_notes) add_report(pages, talk, zone, now);
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
