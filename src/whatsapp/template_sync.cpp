#include "whatsapp/template_sync.h"

#include <algorithm>

#include "base/json.h"

namespace puntual::whatsapp {
namespace {

std::string upper_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string upper_member(const json::value& object, std::string_view key) {
  return upper_case(member_text(object, key).value_or(""));
}

// Everything of the components that a person sees, in one comparable text; examples and
// house-keeping members of the platform are left out. Headers without a format are texts.
std::string visible_content(const json::array& components) {
  std::vector<std::string> parts;
  for (const auto& component : components) {
    std::string part = upper_member(component, "type");
    std::string format = upper_member(component, "format");
    if (part == "HEADER" && format.empty()) format = "TEXT";
    part += "\n" + format + "\n" + member_text(component, "text").value_or("");
    if (const auto* buttons = member_array(component, "buttons")) {
      for (const auto& button : *buttons) {
        part += "\n" + upper_member(button, "type");
        for (const std::string_view key : {"text", "url", "phone_number"}) {
          part += "\n" + member_text(button, key).value_or("");
        }
      }
    }
    parts.push_back(std::move(part));
  }
  std::ranges::sort(parts);
  std::string all;
  for (const auto& part : parts) all += part + "\x1f";
  return all;
}

const PlatformTemplate* find_theirs(const LocalTemplate& ours,
                                    std::span<const PlatformTemplate> theirs) {
  const auto found = std::ranges::find_if(theirs, [&](const PlatformTemplate& one) {
    return one.name == ours.name && one.language == ours.language && one.status != "DELETED";
  });
  return found == theirs.end() ? nullptr : &*found;
}

struct Differences {
  bool text = false;
  bool ttl = false;
  bool category = false;
};

Differences differences_of(const json::value& definition, const PlatformTemplate& theirs) {
  Differences differ;
  const auto* ours = member_array(definition, "components");
  const auto parsed = parse_json(theirs.components.empty() ? "[]" : theirs.components);
  const json::array none;
  const json::array& there = parsed && parsed->is_array() ? parsed->get_array() : none;
  differ.text = visible_content(ours == nullptr ? none : *ours) != visible_content(there);
  const std::string format = upper_member(definition, "parameter_format");
  const std::string their_format = theirs.parameter_format;
  differ.text |= !their_format.empty() && (format.empty() ? "POSITIONAL" : format) != their_format;
  const auto ttl = member_int(definition, "message_send_ttl_seconds");
  differ.ttl = ttl.has_value() && ttl != theirs.ttl_seconds;
  const std::string category = upper_member(definition, "category");
  differ.category = !category.empty() && category != upper_case(theirs.category);
  return differ;
}

// Of an existing template only components and the time to live may be changed.
std::string edit_body(const json::value& definition, const Differences& differ) {
  json::object change;
  if (differ.text) {
    if (const auto* components = member_array(definition, "components"))
      change["components"] = *components;
  }
  if (const auto* ttl = member(definition, "message_send_ttl_seconds"))
    change["message_send_ttl_seconds"] = *ttl;
  return to_json(change);
}

void decide_by_category(TemplateAction& action, const PlatformTemplate& theirs,
                        const std::string& wanted) {
  action.step = SyncStep::AskPerson;
  action.can_send = false;
  action.notes_es.push_back(fmt::format(
      "WhatsApp cambió la categoría de {} a {}: cuesta más y puede no entregarse. No se enviará. "
      "Pida la revisión en "
      "el administrador de WhatsApp (hay 60 días) o cree otra versión sin frases de venta.",
      wanted, theirs.category));
}

void decide_by_status(TemplateAction& action, const PlatformTemplate& theirs) {
  const auto& status = theirs.status;
  if (status == "APPROVED") {
    action.step = SyncStep::Nothing;
    action.can_send = true;
  } else if (status == "PENDING" || status == "IN_APPEAL") {
    action.step = SyncStep::Wait;
    action.notes_es.emplace_back(
        "WhatsApp la está revisando; suele tardar minutos y a veces hasta 24 horas.");
  } else if (status == "PAUSED") {
    action.step = SyncStep::Wait;
    action.notes_es.emplace_back(
        "WhatsApp la puso en pausa por su baja calidad (3 horas la primera vez, 6 la segunda; a la "
        "tercera se pierde). "
        "Revise el texto y a quiénes les llega.");
  } else if (status == "REJECTED") {
    action.step = SyncStep::AskPerson;
    action.notes_es.push_back(
        fmt::format("WhatsApp la rechazó ({}). Corrija el texto y sincronice otra vez.",
                    theirs.rejected_reason.empty() ? "sin motivo" : theirs.rejected_reason));
  } else if (status == "DISABLED") {
    action.step = SyncStep::AskPerson;
    action.notes_es.emplace_back(
        "WhatsApp la inhabilitó para siempre. Cree una versión nueva con otro nombre.");
  } else if (status == "PENDING_DELETION") {
    action.step = SyncStep::AskPerson;
    action.notes_es.emplace_back(
        "Se está eliminando y su nombre queda bloqueado 30 días. Use otro nombre.");
  } else if (status == "ARCHIVED") {
    action.step = SyncStep::AskPerson;
    action.notes_es.emplace_back(
        "WhatsApp la archivó por falta de uso y la elimina a los 28 días. Desarchívela en Meta.");
  } else {
    action.step = SyncStep::AskPerson;
    action.notes_es.push_back(
        fmt::format("Su estado en WhatsApp es «{}», así que no se enviará.", status));
  }
}

bool is_editable(std::string_view status) {
  return status == "APPROVED" || status == "REJECTED" || status == "PAUSED";
}

void decide_by_differences(TemplateAction& action, const Differences& differ,
                           const json::value& definition) {
  if (!differ.text && !differ.ttl) return;
  action.can_send = false;
  if (differ.text) action.notes_es.emplace_back("El texto en WhatsApp no es el suyo.");
  if (differ.ttl) {
    action.notes_es.emplace_back(
        "Le falta el tiempo de vida: sin él, un aviso podría llegar hasta 30 días después, fuera "
        "de hora.");
  }
  if (is_editable(action.status)) {
    action.step = SyncStep::Edit;
    action.body = edit_body(definition, differ);
  }
}

Result<TemplateAction> action_for(const LocalTemplate& ours,
                                  std::span<const PlatformTemplate> theirs) {
  const auto definition = parse_json(ours.definition);
  if (!definition || !definition->is_object()) {
    return fail(ErrorCode::Invalid, "template {} ({}): its definition is not a JSON object",
                ours.name, ours.language);
  }
  TemplateAction action;
  action.name = ours.name;
  action.language = ours.language;
  const auto* found = find_theirs(ours, theirs);
  if (found == nullptr) {
    action.step = SyncStep::Create;
    action.body = ours.definition;
    return action;
  }
  action.template_id = found->id;
  action.status = found->status;
  action.category = found->category;
  if (found->quality != "UNKNOWN") action.quality = found->quality;
  decide_by_status(action, *found);
  const Differences differ = differences_of(*definition, *found);
  decide_by_differences(action, differ, *definition);
  if (differ.category) decide_by_category(action, *found, upper_member(*definition, "category"));
  if (!found->correct_category.empty() &&
      upper_case(found->correct_category) != upper_case(found->category)) {
    action.notes_es.push_back(
        fmt::format("WhatsApp anunció que pasará a {}. Revise el texto antes de ese día.",
                    found->correct_category));
  }
  return action;
}

void apply_create(Management& management, std::string_view waba_id, TemplateAction& action,
                  Error* error) {
  const auto created = management.create_template(waba_id, action.body);
  if (!created) {
    *error = created.error();
    return;
  }
  action.template_id = created->id;
  action.status = created->status;
  action.category = created->category;
  const auto definition = parse_json(action.body);
  const std::string wanted = definition ? upper_member(*definition, "category") : "";
  const bool is_flipped = !created->category.empty() && upper_case(created->category) != wanted;
  action.can_send = created->status == "APPROVED" && !is_flipped;
  action.notes_es.emplace_back("Se pidió a WhatsApp que la apruebe.");
  if (is_flipped) {
    decide_by_category(action, {.category = created->category}, wanted);
    action.step = SyncStep::Create;
  }
}

}  // namespace

namespace {

bool is_document_header(const json::value& component) {
  return upper_member(component, "format") == "DOCUMENT";
}

bool wants_sample(const TemplateAction& action) {
  const auto definition = parse_json(action.body);
  const auto* components =
      definition && definition->is_object() ? member_array(*definition, "components") : nullptr;
  return components != nullptr && std::ranges::any_of(*components, is_document_header);
}

Result<std::string> sample_handle(Management& management, std::string_view waba_id,
                                  const template_sync::SamplePrinter& print_sample) {
  ASSIGN_OR_RETURN(const std::string app, management.subscribed_app(waba_id));
  if (app.empty())
    return fail(ErrorCode::Invalid,
                "no app is subscribed to the account {}: subscribe yours in Meta's dashboard",
                waba_id);
  ASSIGN_OR_RETURN(const std::string pdf, print_sample());
  return management.upload_sample(
      app, {.bytes = pdf, .mime_type = "application/pdf", .file_name = "muestra.pdf"});
}

}  // namespace

std::string with_sample(const std::string& definition, std::string_view handle) {
  auto changed = parse_json(definition);
  if (!changed || !changed->is_object() || member_array(*changed, "components") == nullptr)
    return definition;
  for (auto& component : changed->at("components").as_array()) {
    if (is_document_header(component))
      component.as_object()["example"] = json::object{{"header_handle", json::array{handle}}};
  }
  return to_json(*changed);
}

namespace template_sync {

Result<std::vector<TemplateAction>> plan(std::span<const LocalTemplate> ours,
                                         std::span<const PlatformTemplate> theirs) {
  std::vector<TemplateAction> actions;
  for (const auto& one : ours) {
    ASSIGN_OR_RETURN(auto action, action_for(one, theirs));
    actions.push_back(std::move(action));
  }
  return actions;
}

void apply(Management& management, std::string_view waba_id, std::vector<TemplateAction>& actions,
           const SamplePrinter& print_sample) {
  std::optional<Result<std::string>> handle;  // The same sample for all.
  for (auto& action : actions) {
    Error error{.code = ErrorCode::Invalid, .message = ""};
    if ((action.step == SyncStep::Create || action.step == SyncStep::Edit) &&
        wants_sample(action)) {
      if (!handle) handle = sample_handle(management, waba_id, print_sample);
      if (*handle)
        action.body = with_sample(action.body, **handle);
      else
        error = {.code = ErrorCode::Invalid, .message = handle->error().message};
    }
    if (!error.message.empty()) {
      // Without a sample it would only be refused.
    } else if (action.step == SyncStep::Create) {
      apply_create(management, waba_id, action, &error);
    } else if (action.step == SyncStep::Edit) {
      const auto edited = management.edit_template(action.template_id, action.body);
      if (edited) {
        action.notes_es.emplace_back("Se envió el cambio a WhatsApp, que la revisa otra vez.");
      } else {
        error = edited.error();
      }
    }
    if (error.message.empty()) continue;
    action.has_failed = true;
    action.notes_es.push_back("No se pudo: " + error.message);
    // A refused token or a reached limit refuses the rest as well.
    if (error.code == ErrorCode::Forbidden || error.code == ErrorCode::Unavailable) break;
  }
}

Result<std::vector<TemplateAction>> run(Management& management, std::string_view waba_id,
                                        std::span<const LocalTemplate> ours,
                                        const SamplePrinter& print_sample) {
  ASSIGN_OR_RETURN(const auto theirs, management.templates(waba_id));
  ASSIGN_OR_RETURN(auto actions, plan(ours, theirs));
  apply(management, waba_id, actions, print_sample);
  return actions;
}

}  // namespace template_sync

std::string_view text_of(SyncStep step) {
  switch (step) {
    case SyncStep::Nothing:
      return "nothing";
    case SyncStep::Create:
      return "create";
    case SyncStep::Edit:
      return "edit";
    case SyncStep::Wait:
      return "wait";
    case SyncStep::AskPerson:
      return "ask_person";
  }
  return "nothing";
}

}  // namespace puntual::whatsapp
