// The texts of the house that people edit, strategies and templates, as the API tells of them:
// checked with every mistake at its line, kept as a draft that does nothing, approved by somebody
// else where the house wants four eyes, and launched.
#pragma once

#include <string>
#include <string_view>

#include "app/api_problem.h"
#include "app/config.h"
#include "core/access/right.h"
#include "store/store.h"

namespace puntual {

// What somebody works on: a strategy by its name, a template by language and name
// ("es_CO/vencido_amable_v1").
struct TextName {
  store::TextKind kind = store::TextKind::Strategy;
  std::string name;
};

class TextJob {
 public:
  TextJob(Store& store, const Desk& desk, const Config& config, Instant now)
      : store_(store), desk_(desk), config_(config), now_(now) {}

  // {"text"}: what is wrong with it, and what people would read or live through.
  [[nodiscard]] Result<std::string> check(const TextName& name, std::string_view body) const;
  // The draft, beside what is in force; both may be missing, not at once: NotFound. With its ETag.
  [[nodiscard]] Result<http::Response> show(const TextName& name) const;
  // What follows needs If-Match: the ETag of the draft that is meant, "0" when there is none yet;
  // else 412.
  // {"text"}: kept if nothing is wrong with it; else 422 with the lines.
  [[nodiscard]] Result<http::Response> keep(const TextName& name, const http::Request& request,
                                            const access::Principal& by) const;
  [[nodiscard]] Result<http::Response> approve(const TextName& name, const http::Request& request,
                                               const access::Principal& by) const;
  [[nodiscard]] Result<http::Response> discard(const TextName& name,
                                               const http::Request& request) const;
  // {"why", "people"?}: in force on all nodes within seconds. A strategy is launched by who says
  // for how many.
  [[nodiscard]] Result<http::Response> launch(const TextName& name, const http::Request& request,
                                              const access::Principal& by) const;

 private:
  struct Finding {
    int64_t line = 0;
    std::string detail;
    bool is_error = true;
    std::string code = {};  // Of what is wrong with a template's words; of its form there is none.
  };
  [[nodiscard]] std::vector<Finding> findings(const TextName& name, std::string_view text) const;
  [[nodiscard]] std::vector<Finding> findings_of_strategy(const Strategy& strategy,
                                                          const TextName& name) const;
  [[nodiscard]] std::vector<Finding> findings_of_template(const TextName& name,
                                                          std::string_view text) const;
  [[nodiscard]] std::optional<std::string> in_force(const TextName& name) const;
  [[nodiscard]] Result<http::Response> shown(const std::optional<store::Draft>& draft,
                                             const TextName& name) const;

  Store& store_;
  const Desk& desk_;
  const Config& config_;
  Instant now_;
};

// Of an edition, whole. NotFound.
[[nodiscard]] Result<std::string> edition_text(Store& store, const Creditor& creditor,
                                               std::string_view number);

}  // namespace puntual
