// Brings our templates and the platform's together. What to do is decided by a pure function of
// both lists; doing it is a handful of calls.
//
// A template may be sent only while the platform has it APPROVED, in our category, with our text
// and our time to live: a template turned into MARKETING costs more and loses its time to live
// without notice.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whatsapp/management.h"

namespace puntual::whatsapp {

// `definition` is the JSON body of POST /{waba}/message_templates.
struct LocalTemplate {
  std::string name;
  std::string language;
  std::string definition;
};

enum class SyncStep : uint8_t {
  Nothing,    // Approved and as we have it.
  Create,     // The platform does not know it.
  Edit,       // Its text or time to live differs, and may be changed now.
  Wait,       // The platform is reviewing or has paused it; time may mend that.
  AskPerson,  // Rejected, disabled, or in another category: somebody must decide.
};

struct TemplateAction {
  SyncStep step = SyncStep::Nothing;
  std::string name;
  std::string language;
  std::string template_id;   // Empty until it exists.
  std::string status;        // The platform's; empty when it does not exist.
  std::string category;      // The platform's.
  std::string quality = {};  // The platform's: GREEN, YELLOW, RED; empty: it does not say.
  bool can_send = false;
  std::string body;                   // What Create or Edit posts.
  std::vector<std::string> notes_es;  // For the owner of the account.
  bool has_failed = false;            // Set by apply.
};

namespace template_sync {

// One action for each local template, in their order. Invalid when a local definition is not JSON.
[[nodiscard]] Result<std::vector<TemplateAction>> plan(std::span<const LocalTemplate> ours,
                                                       std::span<const PlatformTemplate> theirs);

// A PDF for whoever reviews a template that carries one; made when one is needed.
using SamplePrinter = std::function<Result<std::string>()>;

// Creates and edits; what failed says so in its notes and the others go on, unless no call can
// succeed.
void apply(Management& management, std::string_view waba_id, std::vector<TemplateAction>& actions,
           const SamplePrinter& print_sample);

// Lists, plans, applies.
[[nodiscard]] Result<std::vector<TemplateAction>> run(Management& management,
                                                      std::string_view waba_id,
                                                      std::span<const LocalTemplate> ours,
                                                      const SamplePrinter& print_sample);

}  // namespace template_sync

// A definition, or a change of one, with this handle as the sample of its document; as it is when
// it carries none.
[[nodiscard]] std::string with_sample(const std::string& definition, std::string_view handle);
[[nodiscard]] std::string_view text_of(SyncStep step);  // "create"

}  // namespace puntual::whatsapp
