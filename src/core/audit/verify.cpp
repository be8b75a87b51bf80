#include "core/audit/verify.h"

#include <algorithm>
#include <array>

namespace puntual::audit {

ChainId chain_of(const TimelineEvent& record) {
  return {record.creditor_id, node_of_id(record.id)};
}

std::string_view code_of(FaultKind kind) {
  static constexpr std::array<std::string_view, 7> kCodes = {
      "changed", "removed", "inserted", "reordered", "truncated", "rewritten", "unrecorded"};
  return kCodes[static_cast<size_t>(kind)];
}

Verifier::Verifier(std::vector<Anchor> anchors) {
  for (auto& anchor : anchors) anchors_[anchor.chain].push_back(std::move(anchor));
  for (const auto& [chain, all] : anchors_) {
    known_.insert(chain);
    for (const auto& anchor : all) anchored_at_ = std::max(anchored_at_, anchor.at);
  }
  for (auto& [chain, all] : anchors_) std::ranges::sort(all, {}, &Anchor::last_id);
}

void Verifier::break_at(const TimelineEvent& record, FaultKind kind, std::string what) {
  const ChainId chain = chain_of(record);
  broken_.try_emplace(
      chain,
      Fault{.chain = chain, .record_id = record.id, .kind = kind, .what_es = std::move(what)});
}

void Verifier::see(const TimelineEvent& record) {
  ++count_;
  const ChainId chain = chain_of(record);
  ChainState& state = chains_[chain];
  // A chain that no anchor knows may only have begun after the last of them.
  if (state.count == 0 && record.at < anchored_at_ && !known_.contains(chain)) {
    break_at(record, FaultKind::Inserted,
             "pertenece a una cadena que ningún ancla conoce, y dice ser anterior a ellas: fue "
             "agregado");
  }
  if (record.id <= state.last_id) {
    break_at(record, FaultKind::Reordered, "está fuera de orden");
  } else if (hash_of(state.head, record) != record.hash) {
    // Alone the chain cannot tell these apart; the next anchor's count may.
    break_at(
        record, FaultKind::Changed,
        "no concuerda con su huella: fue cambiado, o se quitó o se agregó un registro justo antes");
  }
  if (state.first_id == 0) state.first_id = record.id;
  // Anchors of records that should have come before this one: they are not there.
  auto& anchors = anchors_[chain];
  while (!anchors.empty() && anchors.front().last_id <= record.id) {
    const bool is_here = anchors.front().last_id == record.id;
    if (is_here) {
      ++state.count;
      state.head = record.hash;
      state.last_id = record.id;
    }
    compare(chain, state, anchors.front(), record.id);
    anchors.erase(anchors.begin());
    if (is_here) {
      while (!anchors.empty() && anchors.front().last_id == record.id) {
        compare(chain, state, anchors.front(), record.id);
        anchors.erase(anchors.begin());
      }
      return;
    }
  }
  ++state.count;
  state.head = record.hash;
  state.last_id = record.id;
}

void Verifier::compare(const ChainId& chain, const ChainState& state, const Anchor& anchor,
                       int64_t at_id) {
  const auto broken = broken_.find(chain);
  if (state.count != anchor.count) {
    const bool fewer = state.count < anchor.count;
    const FaultKind kind = fewer ? FaultKind::Removed : FaultKind::Inserted;
    std::string what = fmt::format("hasta el registro {} el ancla del {} cuenta {} y hay {}: {}",
                                   anchor.last_id, format_utc(anchor.at), anchor.count, state.count,
                                   fewer ? "se quitaron registros" : "se agregaron registros");
    if (broken == broken_.end()) {
      broken_.try_emplace(chain, Fault{chain, at_id, kind, std::move(what)});
    } else if (broken->second.kind == FaultKind::Changed) {
      broken->second.kind = kind;
      broken->second.what_es += "; " + what;
    }
    return;
  }
  if (state.head != anchor.head && broken == broken_.end()) {
    broken_.try_emplace(chain, Fault{chain, anchor.last_id, FaultKind::Rewritten,
                                     fmt::format("la cadena concuerda consigo misma pero no con el "
                                                 "ancla del {}: fue escrita de nuevo",
                                                 format_utc(anchor.at))});
  }
}

std::vector<Fault> Verifier::finish() {
  for (const auto& [chain, anchors] : anchors_) {
    if (anchors.empty()) continue;
    const Anchor& last = anchors.back();
    const ChainState& state = chains_[chain];
    if (last.last_id == state.last_id) {
      compare(chain, state, last, last.last_id);
      continue;
    }
    broken_.try_emplace(
        chain,
        Fault{chain, state.last_id, FaultKind::Truncated,
              fmt::format(
                  "termina en el registro {} y el ancla del {} llega hasta el {}: falta el final",
                  state.last_id, format_utc(last.at), last.last_id)});
  }
  std::vector<Fault> faults;
  for (const auto& [chain, fault] : broken_) faults.push_back(fault);
  return faults;
}

}  // namespace puntual::audit
